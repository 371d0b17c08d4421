//! Building of the fixed patterns.

use crate::lang::Language;
use crate::prose::Prose;
use regex::Regex;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A pattern of the program's own.
///
/// # Panics
/// On a malformed pattern. Every caller is a constant that the tests compile.
pub(crate) fn one(text: &str) -> Regex {
    // Folded prose is plain letters; the words of every script would make each pattern ten times as large to build.
    let folded = if text.contains("(?i)") {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace(r"\w", "[0-9a-z_]"))
    };
    match Regex::new(&folded) {
        Ok(pattern) => pattern,
        Err(error) => unreachable!("a built-in pattern is malformed: {error}"),
    }
}

/// Patterns in which capital names stand for parts.
pub(crate) fn list(parts: &[(&str, &str)], patterns: &[&str]) -> Vec<Regex> {
    patterns
        .iter()
        .map(|text| {
            one(
                &parts.iter().fold((*text).to_owned(), |text, (name, part)| {
                    text.replace(name, part)
                }),
            )
        })
        .collect()
}

/// Patterns by the language they read, each built when a text first may speak it: to build all of them takes longer
/// than the check itself.
pub(crate) struct ByLanguage {
    groups: &'static [(&'static [Language], &'static [&'static str])],
    parts: &'static [(&'static str, &'static str)],
    built: [OnceLock<Vec<Regex>>; 5],
}

impl ByLanguage {
    /// At most five groups: the languages, then the patterns, in which capital names stand for parts.
    pub const fn new(
        parts: &'static [(&'static str, &'static str)],
        groups: &'static [(&'static [Language], &'static [&'static str])],
    ) -> Self {
        assert!(groups.len() <= 5);
        Self {
            groups,
            parts,
            built: [const { OnceLock::new() }; 5],
        }
    }

    /// The patterns that may find something in the prose.
    pub fn of<'a>(&'a self, prose: &'a Prose) -> impl Iterator<Item = &'a Regex> {
        self.groups
            .iter()
            .zip(&self.built)
            .filter(|((languages, _), _)| languages.iter().any(|one| prose.may_speak(*one)))
            .flat_map(|((_, patterns), built)| built.get_or_init(|| list(self.parts, patterns)))
    }
}
