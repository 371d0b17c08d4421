//! Reads a keyword list, plain or exported.

use super::heading::{Columns, header, heading, is_negative_word, match_type};
use super::table::{delimiter, rows};

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
