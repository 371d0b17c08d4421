//! A paid link without `rel=sponsored`.

use crate::reading::{Pays, Reading};
use crate::rule::{Finding, RuleInfo, Severity};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "link-not-sponsored",
    pack: "search-engines",
    severity: Severity::Warning,
    demands: "A paid link on a page carries rel=\"sponsored\".",
    why: "Search engines count unmarked paid links as link spam.",
    source: "Google Search Essentials: qualify outbound links",
    bad: "<a href=\"https://try.kartra.com/abc\">Kartra</a>",
    good: "<a href=\"https://try.kartra.com/abc\" rel=\"sponsored\">Kartra</a>",
};

/// Judges every paid link that is an element of the page.
pub(crate) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    for link in reading
        .links
        .iter()
        .filter(|link| link.pays == Pays::Surely)
    {
        let Some(rel) = &link.rel else { continue };
        if !rel
            .split_whitespace()
            .any(|word| word.eq_ignore_ascii_case("sponsored"))
        {
            out.push(
                Finding::of(
                    &RULE,
                    "This paid link is not marked for search engines.",
                    "Add rel=\"sponsored\" to the link.",
                )
                .at(link.span),
            );
        }
    }
}
