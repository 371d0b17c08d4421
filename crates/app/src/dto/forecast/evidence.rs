//! What the user's own history shows: cohorts and survival.

use super::dto;

dto! {
    /// Which part of the history.
    #[derive(Default)]
    pub struct EvidenceInput {
        /// Slug; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// `term`, `plan`, `tier`, `channel` or `campaign`: what makes a group; `term` where null.
        #[serde(default)]
        pub by: Option<String>,
        /// One group by its key; the first where null. (Cohorts alone.)
        #[serde(default)]
        pub group: Option<String>,
    }

    /// A group of customers.
    pub struct EvidenceGroup {
        /// `monthly`, a plan's id, a channel's name.
        pub key: String,
        /// For people.
        pub label: String,
        /// `month` or `year`: what one period of it is.
        pub period: String,
        /// Customers in it.
        pub customers: u32,
    }

    /// Observed against fitted, cohort by cohort.
    pub struct CohortTable {
        /// The groups that there are.
        pub groups: Vec<EvidenceGroup>,
        /// The one shown; null where there is none.
        pub group: Option<EvidenceGroup>,
        /// Oldest first.
        pub cohorts: Vec<CohortRow>,
        /// The fitted share that is still there after 0, 1, 2 … renewals.
        pub fitted: Vec<String>,
        /// What was fitted, in a sentence.
        pub fit: String,
        /// What was left out and why, in sentences.
        pub notes: Vec<String>,
    }

    /// Customers who began in one month.
    pub struct CohortRow {
        /// `2026-03`.
        pub month: String,
        /// How many.
        pub size: u32,
        /// After 0, 1, 2 … renewals, as far as was observed.
        pub cells: Vec<CohortCell>,
    }

    /// One cohort after so many renewals.
    pub struct CohortCell {
        /// Renewals.
        pub renewals: u32,
        /// Whose renewal had come due.
        pub due: u32,
        /// Who paid it.
        pub paid: u32,
        /// Share of the cohort that is still there, 0..1.
        pub observed: String,
        /// What the fit says of that share.
        pub fitted: String,
    }

    /// Survival curves.
    pub struct SurvivalCurves {
        /// One a group.
        pub curves: Vec<SurvivalCurve>,
        /// What was left out and why, in sentences.
        pub notes: Vec<String>,
    }

    /// Who stays, in one group.
    pub struct SurvivalCurve {
        /// The group.
        pub group: EvidenceGroup,
        /// As observed (Kaplan–Meier), with 95% limits.
        pub points: Vec<SurvivalPoint>,
        /// As fitted, after 0, 1, 2 … renewals, with what parameters leave open.
        pub fitted: Vec<SurvivalPoint>,
        /// The first renewal that half of them do not pay; null where it does not come to that.
        pub median: Option<String>,
        /// In a sentence: `Of 100 who pay once, 82 pay a sixth time.`
        pub sentence: String,
    }

    /// One point.
    pub struct SurvivalPoint {
        /// Renewals.
        pub renewals: u32,
        /// Share that is still there, 0..1.
        pub survival: String,
        /// Lower limit.
        pub low: String,
        /// Upper limit.
        pub high: String,
        /// Customers at risk there; 0 on a fitted curve.
        pub at_risk: u32,
    }
}
