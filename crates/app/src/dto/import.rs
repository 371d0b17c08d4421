//! Report files on their way in.

use super::{Amount, ChangedRow, DuplicateRow, MappedColumn, MappingDraft, dto};

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
        /// A mapping as the wizard holds it, in place of a profile.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub draft: Option<MappingDraft>,
        /// Line of the header, from 1.
        #[serde(default)]
        #[ts(type = "number", optional = nullable)]
        pub header_line: Option<u64>,
        /// Between thousands: `,`, `.`, `'`, `space` or `none`; what reports write is accepted where null.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub thousands: Option<String>,
        /// `day-first` or `month-first`.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub date_order: Option<String>,
        /// Zone of times that name none, such as `America/New_York`.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub time_zone: Option<String>,
        /// The sheet of a workbook; the first that holds anything where null.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub sheet: Option<String>,
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
        /// `text` or `workbook`.
        pub format: String,
        /// Sheets of a workbook; empty for text.
        pub sheets: Vec<String>,
        /// The sheet that is read.
        pub sheet: Option<String>,
        /// Between thousands, chosen or seen in the first rows: `,`, `.`, `'`, `space` or `none`.
        pub thousands: String,
        /// `day-first` or `month-first`.
        pub date_order: String,
        /// Whether the first rows prove the order of dates; where not, it should be looked at.
        pub date_proven: bool,
        /// Zone of times that name none.
        pub time_zone: String,
        /// The mapping that the rows below were read by: the profile's, the draft's, or a guess.
        pub draft: MappingDraft,
        /// Words for status, payment and kind in the first rows, and what each counts as.
        pub words: Vec<FoundWord>,
        /// The first rows as they would land.
        pub sample: Vec<PreviewRow>,
    }

    /// A word of the file.
    pub struct FoundWord {
        /// `approval`, `payment` or `kind`.
        pub field: String,
        /// Verbatim.
        pub word: String,
        /// What it counts as; null where it is not known, and then it stays as it is and counts nowhere.
        pub meaning: Option<String>,
        /// How often it came in the first rows.
        #[ts(type = "number")]
        pub count: u64,
    }

    /// One of the first rows, as it would land or be refused.
    pub struct PreviewRow {
        /// Physical line of its start, from 1.
        #[ts(type = "number")]
        pub line: u64,
        /// The source's own id.
        pub native_id: Option<String>,
        /// When it happened, RFC 3339.
        pub occurred_at: Option<String>,
        /// Its day in the book's time zone.
        pub occurred_on: Option<String>,
        /// The program as the file says it.
        pub program: Option<String>,
        /// sale, rebill, lead …
        pub kind: Option<String>,
        /// pending, approved, reversed, other.
        pub approval: Option<String>,
        /// unpaid, scheduled, paid, `clawed_back`, other.
        pub payment: Option<String>,
        /// What the customer paid.
        pub sale: Option<Amount>,
        /// What the affiliate earns.
        pub commission: Option<Amount>,
        /// Sub-IDs, in the order of the columns.
        pub sub_ids: Vec<String>,
        /// Why it would be refused; null where it lands.
        pub refused: Option<Refused>,
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
        /// Leave out every row that another source has already.
        #[serde(default)]
        #[ts(as = "Option<bool>", optional)]
        pub skip_duplicates: bool,
        /// Choices for single rows; they stand before `skip_duplicates`.
        #[serde(default)]
        #[ts(as = "Option<Vec<LineChoice>>", optional)]
        pub decisions: Vec<LineChoice>,
        /// A file to write the refused rows into, so that they can be mended and imported alone.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub refused_file: Option<String>,
    }

    /// Whether a row that may be a duplicate lands.
    pub struct LineChoice {
        /// Its line in the file.
        #[ts(type = "number")]
        pub line: u64,
        /// Whether it lands.
        pub take: bool,
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
        /// Sums of the vanished rows' commissions.
        pub vanished_totals: Vec<Amount>,
        /// Known rows that are different now, the first 1,000 of them.
        pub changes: Vec<ChangedRow>,
        /// How many known rows are reversed now.
        #[ts(type = "number")]
        pub reversed: u64,
        /// New rows that another source may have already, and what becomes of each. A row that is left out counts as
        /// `same`.
        pub duplicates: Vec<DuplicateRow>,
        /// The file that the refused rows were written into.
        pub refused_file: Option<String>,
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
