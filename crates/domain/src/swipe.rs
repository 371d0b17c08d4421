//! Texts and images of one's own that are used again, and how their variables are filled.

use crate::ids::{ProgramId, SwipeId, SwipeVersionId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What a swipe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SwipeKind {
    /// A text.
    Text,
    /// An email with its subject.
    Email,
    /// An image with its alternative text.
    Image,
}

impl SwipeKind {
    /// Every kind, in the order it is offered.
    pub const ALL: &'static [Self] = &[Self::Text, Self::Email, Self::Image];

    /// The word of the command line and of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Image => "image",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// A text or an image of the user's own, whatever its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swipe {
    /// Identity.
    pub id: SwipeId,
    /// What it is.
    pub kind: SwipeKind,
    /// Its name; no other swipe has it.
    pub title: String,
    /// The program that it is for.
    pub program: Option<ProgramId>,
    /// In the user's words.
    pub note: String,
    /// No longer used.
    pub archived: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Counts edits.
    pub revision: i64,
}

/// What a swipe said at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwipeVersion {
    /// Identity.
    pub id: SwipeVersionId,
    /// Counted from 1.
    pub number: u32,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Subject of an email.
    pub subject: String,
    /// The words; of an image its alternative text.
    pub body: String,
    /// SHA-256 of the image, hexadecimal.
    pub image: Option<String>,
}

impl SwipeVersion {
    /// Whether both say the same.
    pub fn says_the_same(&self, other: &Self) -> bool {
        (&self.subject, &self.body, &self.image) == (&other.subject, &other.body, &other.image)
    }
}

/// The variables that have a meaning of their own.
pub const KNOWN: &[&str] = &[
    "link",
    "disclosure",
    "name",
    "program",
    "channel",
    "campaign",
];

/// A text with its variables filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text; a variable without a value stands as it was.
    pub text: String,
    /// Known variables that had no value, each once, in their order.
    pub unfilled: Vec<String>,
    /// Words in braces that mean nothing here, each once, in their order.
    pub unknown: Vec<String>,
}

/// Puts values in the place of variables: `{link}` is a variable, `{{link}}` is what another tool fills and stays.
/// Values are put in as they are: what looks like a variable in one is none.
pub fn fill(text: &str, values: &BTreeMap<String, String>) -> Filled {
    let mut filled = Filled::default();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.text.push_str(before);
        let braces = from.len() - from.trim_start_matches('{').len();
        if braces > 1 {
            let (open, after) = from.split_at(braces);
            filled.text.push_str(open);
            // What such a run of braces closes is another tool's.
            let end = after.find('}').unwrap_or(0);
            let (inside, after) = after.split_at(end);
            filled.text.push_str(inside);
            rest = after;
            continue;
        }
        let after = from.get(1..).unwrap_or_default();
        let Some(name) = after
            .split_once('}')
            .map(|(name, _)| name)
            .filter(|name| is_name(name))
        else {
            filled.text.push('{');
            rest = after;
            continue;
        };
        let key = name.to_ascii_lowercase();
        if let Some(value) = values.get(&key) {
            filled.text.push_str(value);
        } else {
            filled.text.push('{');
            filled.text.push_str(name);
            filled.text.push('}');
            let missing = if KNOWN.contains(&key.as_str()) {
                &mut filled.unfilled
            } else {
                &mut filled.unknown
            };
            if !missing.contains(&key) {
                missing.push(key);
            }
        }
        rest = after.get(name.len() + 1..).unwrap_or_default();
    }
    filled.text.push_str(rest);
    filled
}

/// Whether it may name a variable: up to 40 letters, digits and underscores, a letter first.
pub fn is_name(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn variables_are_filled_and_what_is_missing_is_said() {
        let filled = fill(
            "Hi {Name}, {disclosure} {link} {link} – {bonus} {unsubscribe} {unsubscribe}",
            &values(&[("link", "https://x.example/a"), ("bonus", "a template")]),
        );
        assert_eq!(
            filled.text,
            "Hi {Name}, {disclosure} https://x.example/a https://x.example/a – a template {unsubscribe} {unsubscribe}"
        );
        assert_eq!(filled.unfilled, ["name", "disclosure"]);
        assert_eq!(filled.unknown, ["unsubscribe"]);
    }

    #[test]
    fn what_another_tool_fills_stays() {
        let all = values(&[("link", "L"), ("name", "N")]);
        for text in [
            "{{name}}",
            "{{ link }} {",
            "{ link }",
            "a } b",
            "{{{name}}}",
            "{",
            "{}",
        ] {
            assert_eq!(fill(text, &all).text, text);
        }
        assert_eq!(fill("{{name}}{name}", &all).text, "{{name}}N");
    }

    #[test]
    fn a_value_is_not_read_again() {
        let filled = fill("{name}", &values(&[("name", "{link}"), ("link", "L")]));
        assert_eq!(filled.text, "{link}");
        assert!(filled.unfilled.is_empty());
    }

    proptest! {
        #[test]
        fn nothing_but_variables_changes(text in "[a-z{} é\\n]{0,60}") {
            let filled = fill(&text, &BTreeMap::new());
            prop_assert_eq!(filled.text, text);
        }

        #[test]
        fn every_known_variable_is_filled_or_said(text in "(\\{[a-z]{1,3}\\}|[a-z ]){0,12}") {
            let filled = fill(&text, &values(&[("a", "1")]));
            let kept = filled.text.contains("{a}");
            prop_assert!(!kept);
            for name in &filled.unknown {
                let said = filled.text.contains(&format!("{{{name}}}"));
                prop_assert!(said);
            }
        }
    }
}
