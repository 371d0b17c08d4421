//! Headings of lists and columns of exports, in the languages of the editor.

use super::list::MatchType;
use std::collections::HashMap;

/// The columns of an export.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    /// Where the keyword stands.
    pub keyword: usize,
    /// Where its match type stands.
    pub kinds: [Option<usize>; 2],
}

/// Whether a row is a heading, and then whether a negative one.
pub(super) fn heading(raw: &str, cells: &[String], columns: &mut Option<Columns>) -> Option<bool> {
    let only = cells.iter().filter(|cell| !cell.trim().is_empty()).count() == 1;
    let word: String = raw
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if !only || word.is_empty() {
        return None;
    }
    let title = KEYWORD_HEADINGS.contains(&word.as_str());
    let negative = is_negative_word(&word)
        && (word.contains("keyword")
            || word.contains("list")
            || NEGATIVE_HEADINGS.contains(&word.as_str())
            || raw.trim_end().ends_with(':')
            || raw.starts_with('#'));
    if negative || title {
        if cells.len() == 1 {
            *columns = columns.take().filter(|_| !title && !negative);
        }
        // "negative: kartra" is one keyword, not a heading.
        return (!raw.contains(": ")).then_some(negative);
    }
    let section = raw.trim_end().ends_with(':') && !raw.starts_with('-');
    let commented =
        raw.starts_with('#') && (word.contains("keywords") || word.contains("positive"));
    (section || commented).then_some(false)
}

pub(super) const KEYWORD_HEADINGS: &[&str] = &[
    "keyword",
    "keywords",
    "search keyword",
    "search keywords",
    "positive keywords",
    "schlüsselwörter",
    "suchbegriffe",
    "suchbegriff",
    "palabras clave",
    "palabra clave",
    "mots clés",
    "mots-clés",
    "mot clé",
    "palavras-chave",
    "palavra-chave",
    "search term",
    "search terms",
    "exact match",
    "phrase match",
    "broad match",
    "ad group keywords",
    "keyword list",
    "keyword text",
    "broad",
    "phrase",
    "exact",
];
pub(super) const NEGATIVE_HEADINGS: &[&str] = &[
    "negative",
    "negatives",
    "ausschließende",
    "ausgeschlossen",
    "negativas",
    "négatifs",
    "negativos",
    "exclusions",
    "excluded",
];

pub(super) fn is_negative_word(word: &str) -> bool {
    [
        "negativ",
        "négativ",
        "ausschließ",
        "auszuschließ",
        "ausgeschloss",
        "exclu",
    ]
    .iter()
    .any(|part| word.contains(part))
}

/// The columns a header row names; none where it is no header.
pub(super) fn header(cells: &[String]) -> Option<Columns> {
    let names: HashMap<String, usize> = cells
        .iter()
        .enumerate()
        .rev()
        .map(|(at, cell)| {
            (
                cell.trim().trim_matches(['"', '\u{feff}']).to_lowercase(),
                at,
            )
        })
        .collect();
    let keyword = [
        "keyword",
        "search keyword",
        "keywords",
        "keyword text",
        "negative keyword",
        "negative keywords",
        "schlüsselwort",
        "suchbegriff",
        "palabra clave",
        "palabras clave",
        "mot clé",
        "mot-clé",
        "mots clés",
        "palavra-chave",
        "palavras-chave",
        "search term",
        "keyword / placement",
        "criterion",
        "text",
    ]
    .iter()
    .find_map(|name| names.get(*name).copied())?;
    let kind = [
        "match type",
        "criterion type",
        "keyword type",
        "matchtype",
        "match",
        "type",
        "keyword match type",
        "keyword-option",
        "übereinstimmungstyp",
        "match-typ",
        "keyword-typ",
        "typ",
        "tipo de concordancia",
        "tipo",
        "type de correspondance",
        "type de mot clé",
        "tipo de correspondência",
        "tipo de palavra-chave",
    ]
    .iter()
    .find_map(|name| names.get(*name).copied());
    let second = ["criterion type", "keyword type", "negative", "level"]
        .iter()
        .find_map(|name| names.get(*name).copied())
        .filter(|at| Some(*at) != kind);
    // A row of keywords is no header: beside the name of a keyword column another known name must stand.
    (kind.is_some()
        || names.keys().any(|name| {
            name.contains("campaign")
                || name.contains("kampagne")
                || name.contains("ad group")
                || name.contains("campaña")
                || name.contains("campagne")
                || name.contains("campanha")
                || name.contains("cpc")
                || name.contains("status")
                || name.contains("clicks")
        }))
    .then_some(Columns {
        keyword,
        kinds: [kind, second],
    })
}

/// The match type an export names; none where the word names none.
pub(super) fn match_type(word: &str) -> Option<MatchType> {
    let word = word.trim().trim_matches('"');
    if word.split_whitespace().count() > 4 {
        return None;
    }
    let has = |parts: &[&str]| {
        parts.iter().any(|part| {
            word == *part
                || word
                    .strip_suffix(part)
                    .is_some_and(|rest| rest.ends_with(' '))
                || word
                    .strip_prefix(part)
                    .is_some_and(|rest| rest.starts_with(' '))
        })
    };
    if has(&[
        "exact",
        "exact match",
        "genau passend",
        "genau",
        "exacta",
        "exata",
        "correspondência exata",
        "concordancia exacta",
        "mot clé exact",
        "exacte",
    ]) {
        Some(MatchType::Exact)
    } else if has(&[
        "phrase",
        "phrase match",
        "passende wortgruppe",
        "wortgruppe",
        "frase",
        "concordancia de frase",
        "expression exacte",
        "expression",
        "expressão",
        "correspondência de frase",
    ]) {
        Some(MatchType::Phrase)
    } else if has(&[
        "broad",
        "broad match",
        "broad match modifier",
        "weitgehend passend",
        "weitgehend",
        "amplia",
        "concordancia amplia",
        "large",
        "requête large",
        "ampla",
        "correspondência ampla",
        "negative",
        "campaign negative",
        "negative keyword",
        "negativ",
        "negativa",
        "auszuschließendes keyword",
    ]) {
        Some(MatchType::Broad)
    } else {
        None
    }
}
