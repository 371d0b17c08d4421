//! Checks a list of ad keywords and proposes negatives.

mod heading;
mod list;
mod negative;
mod table;

use crate::options::Options;
use crate::packs::kartra::brand_keyword;
use crate::rule::Finding;

pub use list::{Keyword, MatchType, read};
pub use negative::blocks;

/// What a keyword list came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeywordReport {
    /// What the rule objects to, in the order of the list, with line and keyword.
    pub findings: Vec<Finding>,
    /// Negative keywords, one each, in the notation of the list (`"phrase"`, `[exact]`): together with the list's
    /// own negatives they block every flagged search and none of the other keywords.
    pub negatives: Vec<String>,
}

/// Judges a keyword list: one column in the usual notation, or an editor's export.
pub fn check_keywords(text: &str, options: &Options) -> KeywordReport {
    let keywords = read(text);
    let mut report = KeywordReport::default();
    let mut flagged = Vec::new();
    let mut clean = Vec::new();
    let mut own = Vec::new();
    for keyword in &keywords {
        if keyword.negative {
            own.push((keyword.kind, keyword.search.clone()));
            continue;
        }
        match brand_keyword::offends(&keyword.search, options) {
            Some((sort, part)) => {
                report.findings.push(brand_keyword::finding(
                    sort,
                    &keyword.written,
                    keyword.line,
                    options,
                ));
                flagged.push((keyword.search.clone(), part));
            }
            None => clean.push(keyword.search.clone()),
        }
    }
    report.negatives = negative::propose(&flagged, &clean, &own);
    report
}
