//! Reads a keyword list, plain or exported.

use std::collections::HashMap;

/// How a keyword matches searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchType {
    /// All its words, in any order, with others around them.
    Broad,
    /// Its words in order, with others around them.
    Phrase,
    /// Its words and nothing else.
    Exact,
}

/// One keyword of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The physical line where it begins; the first is 1.
    pub line: usize,
    /// As it stands in the list.
    pub written: String,
    /// The words searched for, without notation.
    pub search: String,
    /// How it matches.
    pub kind: MatchType,
    /// Whether it keeps ads away.
    pub negative: bool,
}

/// The columns of an export.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    keyword: usize,
    kinds: [Option<usize>; 2],
}

/// Every keyword of a list, in its order.
pub fn read(text: &str) -> Vec<Keyword> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = delimiter(text);
    let rows = rows(text, delimiter);
    let mut keywords = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut negative_list = false;
    for (line, raw, cells) in rows {
        let raw = raw.trim();
        if raw.is_empty() {
            continue;
        }
        if cells.len() > 1
            && let Some(found) = header(&cells)
        {
            columns = Some(found);
            negative_list = is_negative_word(&cells[found.keyword].to_lowercase());
            continue;
        }
        if let Some(negative) = heading(raw, &cells, &mut columns) {
            negative_list = negative;
            continue;
        }
        let comment = raw.starts_with("//") || raw.starts_with('#') && !raw.starts_with("#1");
        if comment {
            continue;
        }
        match columns {
            Some(columns) if cells.len() > 1 => {
                let kind = columns
                    .kinds
                    .iter()
                    .flatten()
                    .filter_map(|at| cells.get(*at))
                    .map(|cell| cell.to_lowercase())
                    .collect::<Vec<_>>()
                    .join(" ");
                let Some(cell) = cells.get(columns.keyword) else {
                    continue;
                };
                keywords.extend(keyword(line, cell, Some(&kind), negative_list));
            }
            _ => plain(line, raw, &cells, negative_list, &mut keywords),
        }
    }
    keywords
}

/// A row without a header: one keyword, a keyword and its match type, or several keywords.
fn plain(
    line: usize,
    raw: &str,
    cells: &[String],
    negative_list: bool,
    keywords: &mut Vec<Keyword>,
) {
    let filled: Vec<&String> = cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .collect();
    if let Some(at) = filled
        .iter()
        .rposition(|cell| match_type(&cell.to_lowercase()).is_some())
        && at > 0
        && filled.len() > 1
    {
        let kind = filled[at].to_lowercase();
        keywords.extend(keyword(line, filled[at - 1], Some(&kind), negative_list));
    } else if filled.len() > 1 && !raw.starts_with('"') {
        let negative = negative_prefix(raw).1;
        for cell in filled {
            keywords.extend(keyword(line, cell, None, negative_list || negative));
        }
    } else if cells.len() > 1 || raw.starts_with("\"\"\"") {
        for cell in filled {
            keywords.extend(keyword(line, cell, None, negative_list));
        }
    } else {
        keywords.extend(keyword(line, raw, None, negative_list));
    }
}

/// Whether a row is a heading, and then whether a negative one.
fn heading(raw: &str, cells: &[String], columns: &mut Option<Columns>) -> Option<bool> {
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

const KEYWORD_HEADINGS: &[&str] = &[
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
const NEGATIVE_HEADINGS: &[&str] = &[
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

fn is_negative_word(word: &str) -> bool {
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
fn header(cells: &[String]) -> Option<Columns> {
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
fn match_type(word: &str) -> Option<MatchType> {
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

/// A cell as a keyword; none where it holds no word.
fn keyword(line: usize, cell: &str, kind: Option<&str>, negative_list: bool) -> Option<Keyword> {
    let written = cell.trim();
    let (rest, minus) = negative_prefix(written);
    let (text, notation) = notation(rest);
    let search: String = text
        .split_whitespace()
        .map(|word| {
            if word.len() > 1 {
                word.trim_start_matches('+')
            } else {
                word
            }
        })
        .collect::<Vec<_>>()
        .join(" ");
    if !search.chars().any(char::is_alphanumeric) {
        return None;
    }
    let named = kind.and_then(match_type);
    let negative = negative_list
        || minus
        || kind.is_some_and(|kind| {
            is_negative_word(kind)
                || kind
                    .split_whitespace()
                    .any(|word| word == "true" || word == "yes")
        });
    Some(Keyword {
        line,
        written: written.to_owned(),
        search,
        kind: notation.or(named).unwrap_or(MatchType::Broad),
        negative,
    })
}

/// Takes a leading minus or "negative:" off.
fn negative_prefix(text: &str) -> (&str, bool) {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        return (rest.trim_start(), true);
    }
    let lower = text.to_lowercase();
    for prefix in [
        "negative keyword:",
        "negative:",
        "neg:",
        "negativ:",
        "negativa:",
        "negativo:",
        "négatif:",
        "négatif :",
        "exclude:",
        "ausschließen:",
    ] {
        if lower.starts_with(prefix) {
            // Lower case keeps the length of these prefixes.
            return (
                text.get(prefix.len()..).unwrap_or_default().trim_start(),
                true,
            );
        }
    }
    (text, false)
}

/// Takes brackets or quotation marks off.
fn notation(text: &str) -> (&str, Option<MatchType>) {
    let text = text.trim();
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return (inner, Some(MatchType::Exact));
    }
    for (open, close) in [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('\'', '\'')] {
        if let Some(inner) = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
        {
            return (inner, Some(MatchType::Phrase));
        }
    }
    (text, None)
}

/// The character between the columns: the one that most of the first lines share.
fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(20)
        .collect();
    ['\t', ';', ',']
        .into_iter()
        .map(|candidate| {
            (
                lines.iter().filter(|line| line.contains(candidate)).count(),
                candidate,
            )
        })
        .rev()
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0)
        .map_or('\t', |(_, candidate)| candidate)
}

/// Rows with the physical line where each begins, the raw text and the cells.
fn rows(text: &str, delimiter: char) -> Vec<(usize, String, Vec<String>)> {
    let mut rows = Vec::new();
    let mut row = (1, String::new(), Vec::new());
    let mut cell = String::new();
    let mut quoted = false;
    let mut line = 1;
    let mut chars = text.chars().peekable();
    // Quotation marks are columns' quoting only where the quoted cell ends at a delimiter or line end.
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.1.push_str("\"\"");
                cell.push('"');
            }
            '"' if quoted => {
                row.1.push('"');
                quoted = false;
            }
            '"' if cell.trim().is_empty() && closes(chars.clone(), delimiter) => {
                row.1.push('"');
                quoted = true;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.2.push(std::mem::take(&mut cell));
                line += 1;
                rows.push(std::mem::replace(
                    &mut row,
                    (line, String::new(), Vec::new()),
                ));
            }
            c if c == delimiter && !quoted => {
                row.1.push(c);
                row.2.push(std::mem::take(&mut cell));
            }
            c => {
                if c == '\n' {
                    line += 1;
                }
                row.1.push(c);
                cell.push(c);
            }
        }
    }
    row.2.push(cell);
    rows.push(row);
    rows
}

/// Whether a quotation mark that opens a cell is closed before a delimiter, within reason.
fn closes(rest: impl Iterator<Item = char>, delimiter: char) -> bool {
    let mut rest = rest.take(2000).peekable();
    while let Some(c) = rest.next() {
        if c == '"' {
            match rest.peek() {
                Some('"') => {
                    rest.next();
                }
                None | Some('\n' | '\r') => return true,
                Some(next) => return *next == delimiter,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searches(text: &str) -> Vec<(usize, String, bool)> {
        read(text)
            .into_iter()
            .map(|k| (k.line, k.search, k.negative))
            .collect()
    }

    #[test]
    fn reads_plain_notation() {
        let list = read(
            "Keyword\n[kartra]\n\"kartra pricing\"\n+kartra +crm\n-kartra login\nnegative: kartra jobs\nfunnel",
        );
        let kinds: Vec<_> = list.iter().map(|k| (k.line, k.kind, k.negative)).collect();
        assert_eq!(
            kinds,
            [
                (2, MatchType::Exact, false),
                (3, MatchType::Phrase, false),
                (4, MatchType::Broad, false),
                (5, MatchType::Broad, true),
                (6, MatchType::Broad, true),
                (7, MatchType::Broad, false),
            ]
        );
        assert_eq!(list[2].search, "kartra crm");
    }

    #[test]
    fn reads_exports() {
        let text = "\u{feff}Campaign;Ad group;Keyword;Match type\r\nA;B;kartra;Exact\r\nA;B;\"kartra; crm\";Negative Phrase\r\n";
        assert_eq!(
            searches(text),
            [
                (2, "kartra".to_owned(), false),
                (3, "kartra; crm".to_owned(), true)
            ]
        );
        let text = "Keyword\tCriterion Type\n\"\"\"kartra\"\"\"\tPhrase\nfunnel\tBroad";
        assert_eq!(
            searches(text),
            [
                (2, "kartra".to_owned(), false),
                (3, "funnel".to_owned(), false)
            ]
        );
    }

    #[test]
    fn a_negative_heading_reaches_to_the_next() {
        let text = "Keywords\nfunnel\n\nNegative keywords\nkartra\n\"kartra login\"\n";
        assert_eq!(
            searches(text),
            [
                (2, "funnel".to_owned(), false),
                (5, "kartra".to_owned(), true),
                (6, "kartra login".to_owned(), true)
            ]
        );
    }
}
