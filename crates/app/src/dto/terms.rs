//! Terms over time: what differs between two days, and what a change would do.

use super::{Amount, ProvenanceDto, dto};

dto! {
    /// Which two days.
    pub struct TermsDiffInput {
        /// The program.
        pub id: String,
        /// The first day; the one before the version that holds on the second where null.
        #[serde(default)]
        pub before: Option<String>,
        /// The second day; today where null.
        #[serde(default)]
        pub on: Option<String>,
    }

    /// What differs between the terms of two days.
    pub struct TermsDiff {
        /// The program.
        pub program: String,
        /// The first day.
        pub before: String,
        /// The second day.
        pub on: String,
        /// The terms that differ.
        pub changes: Vec<TermsChange>,
        /// The plans whose commission differs.
        pub plans: Vec<PlanChange>,
    }

    /// One term that differs.
    pub struct TermsChange {
        /// The term.
        pub key: String,
        /// Its name for people.
        pub label: String,
        /// What held before.
        pub before: Option<ProvenanceDto>,
        /// What holds after.
        pub after: Option<ProvenanceDto>,
    }

    /// One plan whose price or commission differs.
    pub struct PlanChange {
        /// `Starter`.
        pub name: String,
        /// monthly or annual.
        pub term: String,
        /// What a payment earned before; null where the plan was not on sale.
        pub before: Option<Amount>,
        /// What a payment earns after; null where the plan is no longer on sale.
        pub after: Option<Amount>,
    }

    /// What a change of terms would do.
    pub struct TermsConsequences {
        /// What would differ on the first day.
        pub diff: TermsDiff,
        /// Open commissions of the program.
        pub open: u32,
        /// Of those, how many would be promised another amount or come due on another day.
        pub affected: u32,
        /// What the affected ones are promised, by currency.
        pub sums: Vec<ConsequenceSum>,
        /// The affected ones, the largest difference first, the first hundred.
        pub rows: Vec<ConsequenceRow>,
        /// The forecast under both, where one is possible.
        pub forecast: Option<ConsequenceForecast>,
    }

    /// What affected commissions are promised in one currency.
    pub struct ConsequenceSum {
        /// Under the terms as they are.
        pub before: Amount,
        /// Under the change.
        pub after: Amount,
        /// After less before.
        pub difference: Amount,
    }

    /// One affected commission.
    pub struct ConsequenceRow {
        /// The ledger row's id.
        pub row: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// The day.
        pub occurred_on: String,
        /// The plan.
        pub plan: Option<String>,
        /// What was reported.
        pub reported: Option<Amount>,
        /// Promised under the terms as they are.
        pub before: Amount,
        /// Promised under the change.
        pub after: Amount,
        /// Due under the terms as they are; null while too few sales are approved for anything to be released.
        pub due_before: Option<String>,
        /// Due under the change; null as above.
        pub due_after: Option<String>,
    }

    /// Expected net commission of the coming months under both.
    pub struct ConsequenceForecast {
        /// The next 12 months, terms as they are.
        pub year_before: Amount,
        /// The next 12 months, changed.
        pub year_after: Amount,
        /// The next 24 months, terms as they are.
        pub two_before: Amount,
        /// The next 24 months, changed.
        pub two_after: Amount,
        /// From which day the forecast supposes the change.
        pub from: String,
    }
}
