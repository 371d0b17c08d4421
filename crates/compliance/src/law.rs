//! The laws behind the rules, market by market, so that a finding names those the user is bound by.

use crate::options::{Market, Options};
use crate::registry;
use crate::rule::Finding;

/// The law of a market behind a rule; none where only the program's terms ask for it.
pub fn law(rule: &str, market: Market) -> Option<&'static str> {
    match market {
        Market::Us => us(rule),
        Market::Uk => uk(rule),
        Market::Eu => eu(rule),
    }
}

fn us(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "disclosure-missing" | "typical-customer-claim" => "FTC 16 CFR 255.5",
        "disclosure-not-prominent" => "FTC 16 CFR 255.5 and 255.0(f): clearly and conspicuously",
        "disclosure-unclear" => "FTC 16 CFR 255.5 and the FTC's Endorsement Guides FAQ",
        "income-claim" => "FTC 16 CFR 255.2; FTC Act, section 5",
        "fake-review" => "FTC 16 CFR Part 465 (since 2024-10-21)",
        "spam-no-postal-address" => "CAN-SPAM Act, 15 U.S.C. 7704(a)(5)",
        "spam-no-opt-out" => "CAN-SPAM Act, 15 U.S.C. 7704(a)(3) and (5)",
        "spam-misleading-subject" => "CAN-SPAM Act, 15 U.S.C. 7704(a)(1) and (2)",
        "link-wrong-host" => "FTC Act, section 5 (deception)",
        _ => return None,
    })
}

fn uk(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "disclosure-missing" | "disclosure-not-prominent" | "disclosure-unclear" => {
            "UK: CAP Code 2.1 and 2.4, CMA guidance on hidden advertising"
        }
        "typical-customer-claim" => {
            "UK: CAP Code 2.3, DMCC Act 2024, Schedule 20 (posing as a consumer)"
        }
        "income-claim" => "UK: CAP Code 3.1 and 3.7",
        "fake-review" => "UK: DMCC Act 2024, Schedule 20 (fake reviews)",
        "spam-no-postal-address" => "UK: Electronic Commerce Regulations 2002, regulation 6",
        "spam-no-opt-out" => {
            "UK: Privacy and Electronic Communications Regulations 2003, 22 and 23"
        }
        "spam-misleading-subject" => {
            "UK: Privacy and Electronic Communications Regulations 2003, 23; CAP Code 3.1"
        }
        "link-wrong-host" => "UK: CAP Code 3.1",
        _ => return None,
    })
}

fn eu(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "disclosure-missing" | "disclosure-not-prominent" | "disclosure-unclear" => {
            "EU: Directive 2005/29/EC, Annex I no. 11"
        }
        "typical-customer-claim" => "EU: Directive 2005/29/EC, Annex I no. 22",
        "income-claim" => "EU: Directive 2005/29/EC, articles 6 and 12",
        "fake-review" => "EU: Directive 2005/29/EC, Annex I no. 23b and 23c",
        "spam-no-postal-address" => "EU: Directive 2000/31/EC, article 5",
        "spam-no-opt-out" => "EU: Directive 2002/58/EC, article 13",
        "spam-misleading-subject" => {
            "EU: Directive 2000/31/EC, article 6; 2002/58/EC, article 13(4)"
        }
        "link-wrong-host" => "EU: Directive 2005/29/EC, article 6",
        _ => return None,
    })
}

/// The program's term behind a rule, where there is one.
pub fn term(rule: &str) -> Option<&'static str> {
    registry::rule(rule)?.source.split("; ").find(|part| {
        !["FTC", "CAN-SPAM", "EU", "UK"]
            .iter()
            .any(|law| part.starts_with(law))
    })
}

/// What a finding of a rule rests on: the program's term, then the laws of the markets, in their order.
pub fn source(rule: &str, markets: &[Market]) -> String {
    let laws = Market::ALL
        .iter()
        .filter(|market| markets.contains(market))
        .filter_map(|market| law(rule, *market));
    let parts: Vec<&str> = term(rule).into_iter().chain(laws).collect();
    if parts.is_empty() {
        // A law of a market the user did not choose: still good to know where it is from.
        return registry::rule(rule).map_or(String::new(), |info| info.source.to_owned());
    }
    parts.join("; ")
}

/// Names in each finding what binds this user.
pub(crate) fn name(findings: &mut [Finding], options: &Options) {
    for finding in findings {
        finding.source = source(finding.rule, &options.markets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_law_has_a_source_in_each_market() {
        for rule in registry::registry() {
            for market in Market::ALL {
                assert_eq!(
                    law(rule.id, *market).is_some(),
                    law(rule.id, Market::Us).is_some(),
                    "{}",
                    rule.id
                );
            }
            assert!(!source(rule.id, &[Market::Us]).is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn the_markets_decide_which_laws_are_named() {
        let us = source("disclosure-missing", &[Market::Us]);
        assert!(
            us.contains("Kartra") && us.contains("255.5") && !us.contains("EU"),
            "{us}"
        );
        let eu = source("disclosure-missing", &[Market::Eu]);
        assert!(eu.contains("no. 11") && !eu.contains("FTC"), "{eu}");
        let both = source("fake-review", &[Market::Uk, Market::Us]);
        assert!(both.contains("465") && both.contains("DMCC"), "{both}");
        assert!(source("link-not-sponsored", &[Market::Eu]).contains("Google"));
    }
}
