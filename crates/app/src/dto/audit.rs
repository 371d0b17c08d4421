//! The audit: what was promised, held against what was reported.

use super::{Amount, LedgerItem, dto};

dto! {
    /// Which findings.
    #[derive(Default)]
    pub struct AuditInput {
        /// Slug; all programs where null.
        #[serde(default)]
        pub program: Option<String>,
        /// `short_paid`, `over_paid`, `missing_second_tier`, `late`, `rate_changed`, `vanished`, `shrunk`, `refund_without_sale`.
        #[serde(default)]
        pub kind: Option<String>,
        /// open, accepted, disputed or explained.
        #[serde(default)]
        pub state: Option<String>,
        /// Findings at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A page of findings, the most money first.
    pub struct AuditPage {
        /// The findings.
        pub items: Vec<AuditItem>,
        /// Where the next page begins; null on the last one.
        pub next: Option<String>,
        /// Findings in all under the filters.
        pub total: u32,
        /// What the audit came to, whatever the filters of kind and state.
        pub summary: AuditSummary,
    }

    /// One finding.
    pub struct AuditItem {
        /// Names the finding; commands take it.
        pub id: String,
        /// The ledger row's id.
        pub row: String,
        /// The source's own id of the row.
        pub native_id: Option<String>,
        /// Slug of the program.
        pub program: Option<String>,
        /// The plan.
        pub plan: Option<String>,
        /// The row's day.
        pub occurred_on: String,
        /// In which way it does not fit.
        pub kind: String,
        /// What the customer paid.
        pub sale: Option<Amount>,
        /// What the terms promise.
        pub expected: Amount,
        /// What was reported.
        pub reported: Amount,
        /// Reported less expected.
        pub difference: Amount,
        /// The money at stake, never below nothing.
        pub at_stake: Amount,
        /// The arithmetic in words, step by step.
        pub computation: Vec<String>,
        /// The version of the terms that decided.
        pub terms: Option<AuditTerms>,
        /// open, accepted, disputed or explained.
        pub state: String,
        /// What the state was before its amount changed; null where it is as decided.
        pub state_before: Option<String>,
        /// In the user's words.
        pub note: String,
        /// The day it was decided.
        pub decided_on: Option<String>,
        /// For a dispute: until when an answer is asked for.
        pub deadline: Option<String>,
    }

    /// The version of the terms that decided.
    pub struct AuditTerms {
        /// The term.
        pub key: String,
        /// Its name for people.
        pub label: String,
        /// Its value.
        pub value: String,
        /// The version.
        pub version: String,
        /// First day it holds.
        pub from: String,
        /// Where it is from.
        pub source: String,
        /// Set by the user.
        pub own: bool,
    }

    /// What an audit came to.
    pub struct AuditSummary {
        /// Rows that were held against their terms.
        #[ts(type = "number")]
        pub judged: u64,
        /// Rows that could not be judged, by why.
        pub unjudged: Vec<AuditUnjudged>,
        /// Rows that are due and unpaid, of programs of which the book has no payment: nobody can say whether they are late.
        #[ts(type = "number")]
        pub unpaid_unknown: u64,
        /// Findings by kind, with the money at stake.
        pub kinds: Vec<AuditKind>,
        /// Findings that are open or disputed.
        pub open: u32,
        /// The money at stake in those, by currency.
        pub at_stake: Vec<Amount>,
    }

    /// Rows that could not be judged.
    pub struct AuditUnjudged {
        /// Stable word.
        pub reason: String,
        /// Why, in words.
        pub why: String,
        /// How many.
        #[ts(type = "number")]
        pub count: u64,
    }

    /// Findings of one kind.
    pub struct AuditKind {
        /// The kind.
        pub kind: String,
        /// How many.
        pub count: u32,
        /// The money at stake, by currency.
        pub at_stake: Vec<Amount>,
    }

    /// One finding with its story.
    pub struct AuditDetail {
        /// The finding.
        pub finding: AuditItem,
        /// The row.
        pub row: LedgerItem,
        /// Why the row stands as it does.
        pub story: Vec<String>,
        /// The address of the link it came through.
        pub link_url: Option<String>,
        /// When the click was, RFC 3339, where the source says it.
        pub click_at: Option<String>,
        /// Clicks on that link in the thirty days before, where they are known.
        #[ts(type = "number | null")]
        pub clicks: Option<u64>,
        /// What was written about it, oldest first.
        pub letters: Vec<AuditLetter>,
    }

    /// What was written about a finding.
    pub struct AuditLetter {
        /// UUID.
        pub id: String,
        /// The day.
        pub day: String,
        /// `me` or `program`.
        pub who: String,
        /// What was written.
        pub text: String,
    }

    /// Decides a finding.
    pub struct AuditDecide {
        /// The finding.
        pub id: String,
        /// open, accepted, disputed or explained.
        pub state: String,
        /// In the user's words; null leaves them.
        #[serde(default)]
        pub note: Option<String>,
        /// For a dispute: until when an answer is asked for.
        #[serde(default)]
        pub deadline: Option<String>,
    }

    /// Adds what was written about a finding.
    pub struct AuditLetterAdd {
        /// The finding.
        pub id: String,
        /// The day; today where null.
        #[serde(default)]
        pub day: Option<String>,
        /// `me` or `program`.
        pub who: String,
        /// What was written.
        pub text: String,
    }

    /// Takes out what was written about a finding.
    pub struct AuditLetterRemove {
        /// The finding.
        pub id: String,
        /// The letter.
        pub letter: String,
    }

    /// Writes a finding's dossier.
    pub struct DossierSave {
        /// The finding.
        pub id: String,
        /// Where; the ending (.pdf or .md) decides the format.
        pub path: String,
    }
}
