//! Clear words that are read too late.

use crate::disclosure::Late;
use crate::packs::kartra::disclosure_missing;
use crate::rule::{Finding, RuleInfo, Severity};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "disclosure-not-prominent",
    pack: "law-us",
    severity: Severity::Error,
    demands: "The disclosure stands before the first paid link, near the top, in plain sight.",
    why: "A disclosure in a footer, behind a \"more\" or in pale small print is not read before the click.",
    source: "FTC 16 CFR 255.5 and 255.0(f): clearly and conspicuously",
    bad: "Try Kartra: https://try.kartra.com/abc. P.S. I earn a commission.",
    good: "I earn a commission if you buy. Try Kartra: https://try.kartra.com/abc",
};

/// The finding for words at a place.
pub(crate) fn finding(why: Late, span: (usize, usize), wording: &str) -> Finding {
    let fix = format!(
        "Move it above the first paid link, in the same size and colour as the text, for instance: {wording}"
    );
    Finding::of(&RULE, disclosure_missing::place_message(why), fix).at(span)
}
