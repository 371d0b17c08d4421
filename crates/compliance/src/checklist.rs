//! What an affiliate must do, per program, version of its terms and market.

use crate::options::Market;

/// Where an item comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A term of the program.
    Program,
    /// A law of a market.
    Law(Market),
}

/// One thing to do or to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// Stable within its program: `kartra.disclose-everywhere`.
    pub id: &'static str,
    /// Short, as a line to tick.
    pub title: &'static str,
    /// What is demanded.
    pub demands: &'static str,
    /// Why.
    pub why: &'static str,
    /// The term or law.
    pub source: &'static str,
    /// Program or law.
    pub origin: Origin,
    /// Versions of the terms it belongs to; empty for every version.
    pub versions: &'static [&'static str],
    /// The rules of this crate that look after it; empty where only a person can tell.
    pub rules: &'static [&'static str],
    /// Whether a campaign should not go out before it is done.
    pub blocks: bool,
}

const KARTRA: &[ChecklistItem] = &[
    ChecklistItem {
        id: "kartra.disclose-everywhere",
        title: "Show the affiliate disclosure everywhere you promote",
        demands: "Every page, mail, video, post and ad that carries your link says clearly, before the link, that you are paid.",
        why: "The program asks for it in its terms, and readers are entitled to know.",
        source: "Kartra affiliate terms (S1)",
        origin: Origin::Program,
        versions: &[],
        rules: &[
            "disclosure-missing",
            "disclosure-not-prominent",
            "disclosure-unclear",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "kartra.no-junk-mail",
        title: "Send no junk mail",
        demands: "Mail only people who asked for it, with an honest subject, your postal address and a way out.",
        why: "The program ends partnerships over junk mail.",
        source: "Kartra affiliate terms (S1)",
        origin: Origin::Program,
        versions: &[],
        rules: &[
            "spam-no-postal-address",
            "spam-no-opt-out",
            "spam-misleading-subject",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "kartra.no-social-spam",
        title: "Do not spam on social media",
        demands: "Post your link where it is welcome, once, as an answer or a contribution, never in strangers' comments or messages.",
        why: "Spam reflects on the program and closes the channel to you.",
        source: "Kartra affiliate terms (S1)",
        origin: Origin::Program,
        versions: &[],
        rules: &[],
        blocks: false,
    },
    ChecklistItem {
        id: "kartra.no-typical-customer",
        title: "Do not pose as a typical customer",
        demands: "Speak as what you are: an affiliate, and a customer as well if you are one.",
        why: "A recommendation is weighed by who makes it.",
        source: "Kartra affiliate terms (S1)",
        origin: Origin::Program,
        versions: &[],
        rules: &["typical-customer-claim"],
        blocks: true,
    },
    ChecklistItem {
        id: "kartra.no-brand-bidding",
        title: "Do not bid on the program's name",
        demands: "No ad keyword contains Kartra or Kartra.com, in any match type; negatives keep broad keywords away from it.",
        why: "The program does not pay for people who were looking for it.",
        source: "Kartra affiliate terms (S1)",
        origin: Origin::Program,
        versions: &[],
        rules: &["brand-keyword"],
        blocks: true,
    },
    ChecklistItem {
        id: "kartra.no-brand-in-username",
        title: "Keep the program's name out of your account names",
        demands: "No account you promote from has Kartra in its username.",
        why: "It would look like the company's own account.",
        source: "Kartra: the name may not be part of an account's username",
        origin: Origin::Program,
        versions: &[],
        rules: &["brand-in-handle"],
        blocks: true,
    },
    ChecklistItem {
        id: "kartra.partnerstack-agreement",
        title: "Keep PartnerStack's partner agreement",
        demands: "Read and accept the partner agreement of the network that runs the program, and keep it as well.",
        why: "Commissions are paid under both agreements.",
        source: "PartnerStack partner agreement",
        origin: Origin::Program,
        versions: &[],
        rules: &[],
        blocks: false,
    },
    ChecklistItem {
        id: "kartra.links-intact",
        title: "Use your links as the program gave them",
        demands: "Links lead to the program's own host, and sub-IDs stand in the query with a value.",
        why: "A damaged link pays nothing.",
        source: "PartnerStack links: ?sid= or ?sid1=&sid2=",
        origin: Origin::Program,
        versions: &[],
        rules: &["link-wrong-host", "link-lost-parameter"],
        blocks: false,
    },
];

const LAW: &[ChecklistItem] = &[
    ChecklistItem {
        id: "us.material-connection",
        title: "Disclose that you are paid, clearly and conspicuously",
        demands: "Plain words near the recommendation, before the link, in the same language and size.",
        why: "A material connection changes how people weigh an endorsement.",
        source: "FTC 16 CFR 255.5",
        origin: Origin::Law(Market::Us),
        versions: &[],
        rules: &[
            "disclosure-missing",
            "disclosure-not-prominent",
            "disclosure-unclear",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "us.typical-results",
        title: "Give the generally expected result beside an unusual one",
        demands: "No earnings figure without its support and the typical result.",
        why: "Examples of success are taken for what to expect.",
        source: "FTC 16 CFR 255.2",
        origin: Origin::Law(Market::Us),
        versions: &[],
        rules: &["income-claim"],
        blocks: true,
    },
    ChecklistItem {
        id: "us.no-fake-reviews",
        title: "No fake, bought or swapped reviews",
        demands: "Neither buy, sell, swap nor invent reviews, and reward nobody for a favourable one.",
        why: "In force since 2024-10-21, with civil penalties.",
        source: "FTC 16 CFR Part 465",
        origin: Origin::Law(Market::Us),
        versions: &[],
        rules: &["fake-review"],
        blocks: true,
    },
    ChecklistItem {
        id: "us.can-spam",
        title: "Keep CAN-SPAM in every commercial mail",
        demands: "Honest headers and subject, a postal address, a working opt-out honoured within ten business days.",
        why: "Each mail counts on its own.",
        source: "CAN-SPAM Act, 15 U.S.C. 7704",
        origin: Origin::Law(Market::Us),
        versions: &[],
        rules: &[
            "spam-no-postal-address",
            "spam-no-opt-out",
            "spam-misleading-subject",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "uk.obviously-identifiable",
        title: "Label affiliate content so that it is obvious before the click",
        demands: "A label such as \"Ad\" where readers see it first; an affiliate link alone is not enough.",
        why: "Business and affiliate both answer for it.",
        source: "UK: CAP Code 2.1 and 2.4 (ASA); CMA guidance on hidden advertising",
        origin: Origin::Law(Market::Uk),
        versions: &[],
        rules: &[
            "disclosure-missing",
            "disclosure-not-prominent",
            "disclosure-unclear",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "eu.no-hidden-advertising",
        title: "Say that editorial content is paid for",
        demands: "What is paid is recognisable as advertising, in the reader's language.",
        why: "Undisclosed paid editorial content is unfair in all circumstances.",
        source: "EU: Directive 2005/29/EC, Annex I no. 11",
        origin: Origin::Law(Market::Eu),
        versions: &[],
        rules: &[
            "disclosure-missing",
            "disclosure-not-prominent",
            "disclosure-unclear",
        ],
        blocks: true,
    },
    ChecklistItem {
        id: "eu.no-posing-as-consumer",
        title: "Do not pose as a consumer",
        demands: "Never give the impression of writing as a private customer while you are paid.",
        why: "Unfair in all circumstances.",
        source: "EU: Directive 2005/29/EC, Annex I no. 22",
        origin: Origin::Law(Market::Eu),
        versions: &[],
        rules: &["typical-customer-claim"],
        blocks: true,
    },
];

/// Whether a version of a built-in program's terms says anything of conduct: what was decided before one that does is
/// open again. Of Kartra's versions, 2026 changed plans and prices alone. A program of the user's own may have changed
/// anything with each version.
pub fn touches_conduct(program: &str, version: &str) -> bool {
    program != "kartra" || version == "2021"
}

/// Everything to tick for a program under a version of its terms, its own terms first, then the markets' laws.
/// A program without built-in terms gets the laws alone.
pub fn items_for(program: &str, terms_version: &str, markets: &[Market]) -> Vec<ChecklistItem> {
    let own = if program == "kartra" { KARTRA } else { &[] };
    own.iter()
        .chain(LAW)
        .filter(|item| item.versions.is_empty() || item.versions.contains(&terms_version))
        .filter(|item| match item.origin {
            Origin::Program => true,
            Origin::Law(market) => markets.contains(&market),
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::rule;

    #[test]
    fn items_name_rules_that_exist() {
        for item in items_for("kartra", "2021", Market::ALL) {
            assert!(
                item.rules.iter().all(|id| rule(id).is_some()),
                "{}",
                item.id
            );
        }
    }

    #[test]
    fn prices_alone_open_nothing_again() {
        assert!(touches_conduct("kartra", "2021"));
        assert!(!touches_conduct("kartra", "2026"));
        assert!(touches_conduct("my-program", "2"));
    }

    #[test]
    fn markets_choose_the_laws() {
        let us = items_for("kartra", "2026", &[Market::Us]);
        assert!(us.iter().any(|item| item.id == "us.can-spam"));
        assert!(us.iter().all(|item| !item.id.starts_with("eu.")));
        assert!(
            items_for("other", "1", &[Market::Eu])
                .iter()
                .all(|item| item.id.starts_with("eu."))
        );
    }
}
