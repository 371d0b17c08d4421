//! What the columns of a report mean.

use super::dto;

dto! {
    /// A field and the column it is read from.
    pub struct MappedColumn {
        /// The field.
        pub field: String,
        /// The column's name.
        pub column: String,
    }

    /// A word of a report and what it counts as.
    pub struct MappedWord {
        /// `approval`, `payment` or `kind`.
        pub field: String,
        /// As the report writes it; case does not matter.
        pub word: String,
        /// A word of the ledger, such as `approved`.
        pub meaning: String,
    }

    /// A mapping as a form holds it. What is null is told from the file, or left at its usual value.
    #[derive(Default)]
    pub struct MappingDraft {
        /// Its name.
        pub name: String,
        /// Fields and their columns; several columns of `sub_id` are several sub-IDs.
        pub columns: Vec<MappedColumn>,
        /// Program of every row.
        #[serde(default)]
        pub program: Option<String>,
        /// Currency where no column says it.
        #[serde(default)]
        pub currency: Option<String>,
        /// What every row is, where no column says it.
        #[serde(default)]
        pub kind: Option<String>,
        /// direct or second.
        #[serde(default)]
        pub tier: Option<String>,
        /// Approval where no column says it.
        #[serde(default)]
        pub approval: Option<String>,
        /// `day-first` or `month-first`.
        #[serde(default)]
        pub date_order: Option<String>,
        /// `.` or `,`.
        #[serde(default)]
        pub decimal: Option<String>,
        /// Zone of times that name none.
        #[serde(default)]
        pub time_zone: Option<String>,
        /// What the report's own words count as.
        #[serde(default)]
        pub words: Vec<MappedWord>,
    }

    /// A mapping to be saved for later files: as a draft or as a document.
    pub struct MappingSave {
        /// Its name.
        pub name: String,
        /// The TOML document; null where a draft is given.
        #[serde(default)]
        pub toml: Option<String>,
        /// The form; null where a document is given.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub draft: Option<MappingDraft>,
        /// The header it was made for.
        pub header: Vec<String>,
    }

    /// A profile or a saved mapping.
    pub struct MappingRow {
        /// Its name.
        pub name: String,
        /// Comes with Perennial and cannot be changed; saving a mapping of the same name stands before it.
        pub builtin: bool,
        /// The columns it was made for; empty for a built-in profile.
        pub header: Vec<String>,
        /// As a form.
        pub draft: MappingDraft,
        /// As a document.
        pub toml: String,
    }

    /// A mapping to be written into a file.
    pub struct MappingExport {
        /// Its name.
        pub name: String,
        /// The file.
        pub path: String,
    }
}
