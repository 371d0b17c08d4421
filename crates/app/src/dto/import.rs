//! Report files on their way in.

use super::{Amount, dto};

dto! {
    /// A file to be looked at.
    pub struct ImportPreviewInput {
        /// The file.
        pub path: String,
        /// How it is to be read; what is null is detected.
        #[serde(default)]
        pub options: ImportOptions,
    }

    /// How a file is to be read; what is null is detected.
    #[derive(Default)]
    pub struct ImportOptions {
        /// A built-in profile or a saved mapping.
        #[serde(default)]
        pub profile: Option<String>,
        /// A mapping as a TOML document, in place of a profile.
        #[serde(default)]
        pub map: Option<String>,
        /// Currency of a file that names none.
        #[serde(default)]
        pub currency: Option<String>,
        /// Program that the rows belong to.
        #[serde(default)]
        pub program: Option<String>,
        /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`.
        #[serde(default)]
        pub encoding: Option<String>,
        /// `,`, `;`, tab or `|`.
        #[serde(default)]
        pub delimiter: Option<String>,
        /// `.` or `,`.
        #[serde(default)]
        pub decimal: Option<String>,
    }

    /// What is in a file, before anything is imported.
    pub struct ImportPreview {
        /// Name of the file.
        pub file: String,
        /// Detected or chosen.
        pub encoding: String,
        /// Detected or chosen.
        pub delimiter: String,
        /// Detected or chosen.
        pub decimal: String,
        /// Line of the header, from 1.
        #[ts(type = "number")]
        pub header_line: u64,
        /// Columns.
        pub header: Vec<String>,
        /// The first rows.
        pub rows: Vec<Vec<String>>,
        /// The profile or saved mapping that fits.
        pub profile: Option<String>,
        /// Profiles and saved mappings to choose from.
        pub profiles: Vec<String>,
        /// Fields that a mapping may name.
        pub fields: Vec<MappingField>,
        /// Columns guessed for a mapping, as field and column.
        pub suggested: Vec<MappedColumn>,
        /// The file names no currency: one must be chosen.
        pub needs_currency: bool,
    }

    /// A field of the ledger that a column can be mapped to.
    pub struct MappingField {
        /// Its name in a mapping.
        pub name: String,
        /// What it is.
        pub label: String,
        /// Whether a mapping must have it.
        pub required: bool,
    }

    /// A field and the column it is read from.
    pub struct MappedColumn {
        /// The field.
        pub field: String,
        /// The column's name.
        pub column: String,
    }

    /// A mapping to be saved for later files.
    pub struct MappingSave {
        /// Its name.
        pub name: String,
        /// The TOML document.
        pub toml: String,
        /// The header it was made for.
        pub header: Vec<String>,
    }

    /// A file to be imported.
    pub struct ImportInput {
        /// The file.
        pub path: String,
        /// How it is to be read.
        #[serde(default)]
        pub options: ImportOptions,
        /// Only say what would happen.
        #[serde(default)]
        pub dry_run: bool,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// What an import did, or would do.
    pub struct ImportDone {
        /// The batch; null in a dry run.
        pub batch: Option<String>,
        /// Name of the file.
        pub file: String,
        /// How it was read.
        pub profile: String,
        /// Nothing was written.
        pub dry_run: bool,
        /// Every data row is one of these.
        pub rows: RowCounts,
        /// Rows that did not land.
        pub refused: Vec<Refused>,
        /// Lines that are no data: title, header, blank, totals.
        pub skipped: Vec<Skipped>,
        /// Rows of the book that the file no longer has.
        pub vanished: Vec<Vanished>,
        /// Words that are not known.
        pub unknown: Vec<UnknownWord>,
        /// Sums of the new rows' commissions.
        pub totals: Vec<Amount>,
    }

    /// read = new + changed + same + refused.
    #[derive(Default, Copy, Eq)]
    pub struct RowCounts {
        /// Data rows.
        #[ts(type = "number")]
        pub read: u64,
        /// Landed for the first time.
        #[ts(type = "number")]
        pub new: u64,
        /// Known, and different now.
        #[ts(type = "number")]
        pub changed: u64,
        /// Known, and as before.
        #[ts(type = "number")]
        pub same: u64,
        /// Did not land.
        #[ts(type = "number")]
        pub refused: u64,
    }

    /// A row that did not land.
    pub struct Refused {
        /// Physical line of its start, from 1; null for a sync.
        #[ts(type = "number | null")]
        pub line: Option<u64>,
        /// The column at fault.
        pub column: Option<String>,
        /// Why.
        pub reason: String,
        /// The row as it came.
        pub text: String,
    }

    /// A line that is no data.
    pub struct Skipped {
        /// Physical line, from 1.
        #[ts(type = "number")]
        pub line: u64,
        /// `title`, `header`, `blank` or `totals`.
        pub kind: String,
        /// The line as it came.
        pub text: String,
    }

    /// A row that its source no longer has.
    pub struct Vanished {
        /// The source's own id.
        pub native_id: Option<String>,
        /// What it was worth.
        pub commission: Option<Amount>,
    }

    /// A word of a source that is not known.
    pub struct UnknownWord {
        /// `approval`, `payment` or `kind`.
        pub field: String,
        /// Verbatim.
        pub word: String,
        /// How often it came.
        #[ts(type = "number")]
        pub count: u64,
    }

    /// One import or sync.
    pub struct BatchRow {
        /// UUID.
        pub batch: String,
        /// `import`, `sync` or `sample`.
        pub kind: String,
        /// Name of the connection.
        pub connection: String,
        /// Name of the file.
        pub file: Option<String>,
        /// How it was read.
        pub profile: Option<String>,
        /// When, RFC 3339.
        pub at: String,
        /// Its rows.
        pub rows: RowCounts,
        /// Rows it flagged as vanished.
        #[ts(type = "number")]
        pub vanished: u64,
        /// Sums of the new rows' commissions.
        pub totals: Vec<Amount>,
        /// When it was undone.
        pub undone_at: Option<String>,
    }

    /// A batch that was undone.
    pub struct BatchUndone {
        /// The batch.
        pub batch: String,
        /// Rows taken out.
        #[ts(type = "number")]
        pub removed: u64,
        /// Rows put back as they were.
        #[ts(type = "number")]
        pub restored: u64,
    }
}
