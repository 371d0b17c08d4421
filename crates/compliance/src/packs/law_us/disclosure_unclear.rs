//! Words that readers do not understand as a disclosure.

use crate::disclosure::Vague;
use crate::packs::kartra::disclosure_missing;
use crate::rule::{Finding, RuleInfo, Severity};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "disclosure-unclear",
    pack: "law-us",
    severity: Severity::Error,
    demands: "Say in words everybody understands, in the language of the text, that you are paid.",
    why: "Tags such as \"aff\", \"sp\" or \"collab\" and hints such as \"supports the channel\" do not tell readers that money flows.",
    source: "FTC 16 CFR 255.5 and the FTC's Endorsement Guides FAQ",
    bad: "(aff) Try Kartra: https://try.kartra.com/abc",
    good: "#ad Try Kartra: https://try.kartra.com/abc",
};

/// The finding for words at a place.
pub(crate) fn finding(why: Vague, span: (usize, usize), wording: &str) -> Finding {
    Finding::of(
        &RULE,
        disclosure_missing::vague_message(why),
        format!("Write instead: {wording}"),
    )
    .at(span)
}
