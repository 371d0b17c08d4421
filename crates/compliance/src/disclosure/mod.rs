//! Whether a text says, clearly and in time, that its author is paid.
//!
//! Each language has a file with two lists of patterns over folded prose: sentences that readers understand
//! (the author is paid) and words they do not (a bare tag, a partnership, help for the channel). What stands
//! in quotation marks, is denied, asked or told of others says nothing.

mod english;
mod french;
mod german;
mod iberian;
mod label;
mod place;
mod vague;

use crate::lang::{self, Language};
use crate::prose::Prose;
use regex::Regex;
use std::ops::Range;

pub use place::{Late, Zone};

/// How well a text discloses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clear words in time and in the text's language.
    Clear(Range<usize>),
    /// Clear words where they are read too late or not at all.
    Late(Range<usize>, Late),
    /// Words that readers do not understand.
    Unclear(Range<usize>, Vague),
    /// Nothing that says so.
    Missing,
}

/// Why words are not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    /// A tag, a hint, or a bare link to a page.
    Words,
    /// Clear in another language than the text's.
    Language(Language),
}

/// Words found, before their place is judged.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    pub range: Range<usize>,
    pub language: Option<Language>,
    /// A label such as "ad", not in the first place of a line.
    pub buried: bool,
    /// One word rather than a sentence.
    pub label: bool,
}

/// Judges folded prose. `first_link` is the byte where the first paid link stands; `assumed` is the language
/// to take where the words do not tell (a page's `lang`).
pub fn judge(
    prose: &Prose,
    first_link: usize,
    zones: &[Zone],
    assumed: Option<Language>,
) -> Verdict {
    // Words in time stand before the first paid link, and most pages have them there.
    let beginning = prose.beginning(first_link);
    let whole = beginning.text.len() == prose.text.len();
    if !whole && let Verdict::Clear(range) = weigh(&beginning, prose, first_link, zones, assumed) {
        return Verdict::Clear(range);
    }
    match weigh(prose, prose, first_link, zones, assumed) {
        Verdict::Missing => match vague::first(prose) {
            Some(range) => Verdict::Unclear(range, Vague::Words),
            None => Verdict::Missing,
        },
        verdict => verdict,
    }
}

/// Judges the clear words of a part of the prose, or of all of it.
fn weigh(
    part: &Prose,
    prose: &Prose,
    first_link: usize,
    zones: &[Zone],
    assumed: Option<Language>,
) -> Verdict {
    let mut late: Option<(Range<usize>, Late)> = None;
    let mut foreign: Option<(Range<usize>, Language)> = None;
    for spoken in clear(part).into_iter().take(50) {
        if let Some(language) = spoken.language
            && let Some(text) = lang::detect(&prose.text, &around(prose, &spoken)).or(assumed)
            && !understood(language, text, &prose.text[spoken.range.clone()])
        {
            foreign.get_or_insert((spoken.range, language));
            continue;
        }
        match place::late(prose, &spoken, first_link, zones) {
            None => return Verdict::Clear(spoken.range),
            Some(why) => {
                late.get_or_insert((spoken.range, why));
            }
        }
    }
    if let Some((range, why)) = late {
        return Verdict::Late(range, why);
    }
    foreign.map_or(Verdict::Missing, |(range, language)| {
        Verdict::Unclear(range, Vague::Language(language))
    })
}

/// Whether any clear words stand in the prose, wherever.
pub fn spoken(prose: &Prose) -> Option<Range<usize>> {
    clear(prose).into_iter().next().map(|spoken| spoken.range)
}

/// Whether the author says that they are paid or an affiliate, in any words that are not denied.
pub fn owns_up(prose: &Prose) -> bool {
    spoken(prose).is_some() || vague::affiliate(prose)
}

/// "Publi" is both Spanish and Portuguese; all other words belong to one language.
fn understood(language: Language, text: Language, words: &str) -> bool {
    language == text
        || (matches!((language, text), (Language::Spanish, Language::Portuguese))
            && words.contains("publi")
            && !words.contains("publici"))
}

/// What to leave out when the language of the text around the words is judged.
fn around(prose: &Prose, spoken: &Spoken) -> Range<usize> {
    if spoken.label {
        spoken.range.clone()
    } else {
        prose.sentence(&spoken.range)
    }
}

/// All clear words, first to last.
fn clear(prose: &Prose) -> Vec<Spoken> {
    let mut found = label::find(prose);
    // English phrases stand in texts of every language.
    found.extend(english::clear(prose));
    if prose.may_speak(Language::German) {
        found.extend(german::clear(prose));
    }
    found.extend(iberian::clear(prose));
    if prose.may_speak(Language::French) {
        found.extend(french::clear(prose));
    }
    found.sort_by_key(|spoken| spoken.range.start);
    found
}

/// Matches of a pattern that are neither quoted nor asked nor denied.
fn stated<'a>(
    prose: &'a Prose,
    pattern: &'a Regex,
    language: Language,
    denied: &'a Regex,
) -> impl Iterator<Item = Spoken> + 'a {
    prose
        .unquoted(pattern)
        .filter(move |range| !denied.is_match(tail(prose.before(range))) && !asked(prose, range))
        .map(move |range| Spoken {
            range,
            language: Some(language),
            buried: false,
            label: false,
        })
}

/// A question says nothing, unless a yes follows.
pub(crate) fn asked(prose: &Prose, range: &Range<usize>) -> bool {
    let sentence = prose.sentence(range);
    prose.text[sentence].ends_with('?')
        && ![
            "yes",
            "yep",
            "ja",
            "jawohl",
            "si",
            "oui",
            "sim",
            "i do",
            "of course",
            "absolutely",
            "correct",
        ]
        .iter()
        .any(|word| prose.next_sentence(range).trim_start().starts_with(word))
}

/// The last few words before a match, where a denial would stand.
fn tail(before: &str) -> &str {
    let mut start = before.len();
    for (at, _) in before.rmatch_indices(' ').take(7) {
        start = at;
    }
    if before.matches(' ').count() < 7 {
        before
    } else {
        &before[start..]
    }
}
