//! Every rule there is: what it demands, why, its source and examples.

use crate::packs::{kartra, law_us, search_engines};
use crate::rule::RuleInfo;

/// Which state of the rules this is; written into everything that is kept as evidence. What stands after the plus is a
/// hash of this crate's sources, which the build computes: no rule can change and keep its version.
pub const RULES_VERSION: &str = concat!("2026.11+", env!("RULES_DIGEST"));

/// Every rule, in the order of the documentation.
pub fn registry() -> &'static [RuleInfo] {
    const RULES: &[RuleInfo] = &[
        kartra::disclosure_missing::RULE,
        law_us::disclosure_not_prominent::RULE,
        law_us::disclosure_unclear::RULE,
        kartra::typical_customer_claim::RULE,
        law_us::income_claim::RULE,
        law_us::fake_review::RULE,
        kartra::brand_keyword::RULE,
        kartra::brand_in_handle::RULE,
        law_us::spam_no_postal_address::RULE,
        law_us::spam_no_opt_out::RULE,
        law_us::spam_misleading_subject::RULE,
        kartra::link_wrong_host::RULE,
        kartra::link_lost_parameter::RULE,
        search_engines::link_not_sponsored::RULE,
    ];
    RULES
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    registry().iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check_keywords, check_page, check_text, page::PageOptions};
    use perennial_domain::channel::ChannelKind;

    #[test]
    fn the_examples_of_each_rule_do_what_they_say() {
        for rule in registry() {
            let finds = |text: &str| -> bool {
                let findings = match rule.id {
                    "brand-keyword" => check_keywords(text, &Options::default()).findings,
                    "link-not-sponsored" => {
                        check_page(text, &Options::default(), &PageOptions::default())
                    }
                    id if id.starts_with("spam") => {
                        check_text(text, ChannelKind::Email, &Options::default())
                    }
                    _ => check_text(text, ChannelKind::Blog, &Options::default()),
                };
                findings.iter().any(|finding| finding.rule == rule.id)
            };
            assert!(finds(rule.bad), "{}: {}", rule.id, rule.bad);
            assert!(!finds(rule.good), "{}: {}", rule.id, rule.good);
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = registry().iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), registry().len());
    }
}
