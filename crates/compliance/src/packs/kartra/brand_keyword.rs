//! The program's name among the keywords of an ad.

use crate::brand::{self, Match};
use crate::options::Options;
use crate::rule::{Finding, RuleInfo, Severity};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "brand-keyword",
    pack: "kartra",
    severity: Severity::Error,
    demands: "Bid on no keyword with the program's name in it, in any match type or spelling.",
    why: "The program does not want to pay twice for people who look for it by name.",
    source: "Kartra affiliate terms (S1): do not bid on keywords with Kartra or Kartra.com in them",
    bad: "[kartra pricing]",
    good: "funnel software",
};

/// How a keyword breaks the rule, and the part of it that does; none where it does not.
pub(crate) fn offends(keyword: &str, options: &Options) -> Option<(Match, String)> {
    let found = options
        .pack
        .brands
        .iter()
        .filter_map(|name| brand::in_keyword(keyword, name))
        .min_by_key(|(sort, _)| *sort != Match::Name)?;
    let part: String = keyword
        .chars()
        .skip(found.1.start)
        .take(found.1.len())
        .collect();
    Some((found.0, part))
}

/// The finding for a keyword of a list.
pub(crate) fn finding(sort: Match, keyword: &str, line: usize, options: &Options) -> Finding {
    let name = &options.pack.name;
    let (message, severity) = match sort {
        Match::Name => (
            format!("This keyword contains {name}'s name."),
            Severity::Error,
        ),
        Match::Misspelt => (
            format!("This looks like a misspelling of {name}."),
            Severity::Warning,
        ),
    };
    let fix = "Take it out, and add the exported negatives so that broad keywords do not reach it either.";
    let mut finding = Finding::of(&RULE, message, fix).weighing(severity);
    finding.line = Some(line);
    finding.keyword = Some(keyword.to_owned());
    finding
}
