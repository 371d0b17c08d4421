//! Saved scenarios.

use super::{Assumptions, Band, ForecastDone, dto};

dto! {
    /// A saved scenario in a list.
    pub struct ScenarioRow {
        /// UUID.
        pub id: String,
        /// Name.
        pub name: String,
        /// `book` (what is supposed on top of the book) or `file` (a whole scenario that came as a file).
        pub kind: String,
        /// Slug; null for a file.
        pub program: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// Months.
        pub months: u32,
        /// In the user's words.
        pub note: String,
        /// When it was saved last.
        pub saved_at: String,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// A saved scenario.
    pub struct ScenarioDetail {
        /// As in the list.
        pub scenario: ScenarioRow,
        /// What it supposes, with the book as it is today; null for a file.
        pub assumptions: Option<Assumptions>,
        /// Its months.
        pub forecast: ForecastDone,
    }

    /// A scenario to be saved.
    pub struct ScenarioSave {
        /// Null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Name.
        pub name: String,
        /// What it supposes; null keeps what it has (so a new name alone renames it).
        #[serde(default)]
        pub assumptions: Option<Assumptions>,
        /// In the user's words; null keeps them.
        #[serde(default)]
        pub note: Option<String>,
    }

    /// A scenario as a file.
    pub struct ScenarioFile {
        /// The scenario by id or name.
        pub id: String,
        /// The path.
        pub path: String,
    }

    /// A file to be taken in.
    pub struct ScenarioImport {
        /// The path.
        pub path: String,
        /// The name; the file's where null.
        #[serde(default)]
        pub name: Option<String>,
    }

    /// Scenarios to be compared.
    pub struct CompareInput {
        /// Ids or names, two to eight. `book` is the forecast from the book as it is.
        pub scenarios: Vec<String>,
        /// Slug for `book`; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Simulated paths.
        #[serde(default)]
        pub paths: Option<u32>,
        /// One seed for all of them.
        #[serde(default)]
        #[ts(type = "number | null")]
        pub seed: Option<u64>,
        /// A name to cancel it by.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// Scenarios side by side. All are drawn with the same random numbers, so what differs is the scenarios and not
    /// chance.
    pub struct Comparison {
        /// In the order asked for.
        pub scenarios: Vec<ComparedScenario>,
        /// The months that any of them has, in order.
        pub months: Vec<ComparedMonth>,
        /// Paths drawn for each.
        pub paths: u32,
        /// Their seed.
        #[ts(type = "number")]
        pub seed: u64,
        /// In sentences.
        pub sentences: Vec<String>,
    }

    /// One of them.
    pub struct ComparedScenario {
        /// UUID; `book` for the forecast from the book.
        pub id: String,
        /// Name.
        pub name: String,
        /// ISO 4217.
        pub currency: String,
        /// Net over its months.
        pub total: String,
        /// Its range.
        pub band: Band,
        /// Against the first; null for the first and where the currency differs.
        pub difference: Option<String>,
        /// The range of that difference.
        pub difference_band: Option<Band>,
        /// The chance that it brings more than the first.
        pub better: Option<String>,
    }

    /// One month of all.
    pub struct ComparedMonth {
        /// `2026-03`.
        pub month: String,
        /// Expected net, in the order of the scenarios; null where one has no such month.
        pub net: Vec<Option<String>>,
        /// The ranges.
        pub bands: Vec<Option<Band>>,
    }
}
