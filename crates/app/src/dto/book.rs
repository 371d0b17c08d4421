//! The book, its history and its settings.

use super::dto;

dto! {
    /// What the window needs to know before it shows anything.
    pub struct Status {
        /// The open book.
        pub book: Option<BookInfo>,
        /// Where the book of a new user would lie.
        pub default_path: String,
        /// Version of the application.
        pub version: String,
        /// What opening the last book said, where it could not be opened.
        pub trouble: Option<Trouble>,
    }

    /// Why a book is not open.
    pub struct Trouble {
        /// The file.
        pub path: String,
        /// The stable code.
        pub code: String,
        /// What happened.
        pub message: String,
        /// Ways out.
        pub hints: Vec<String>,
    }

    /// An open book.
    pub struct BookInfo {
        /// Where it lies.
        pub path: String,
        /// Its file's name without the ending.
        pub name: String,
        /// Its schema.
        #[ts(type = "number")]
        pub schema: i64,
        /// Bytes of the file.
        #[ts(type = "number")]
        pub bytes: u64,
        /// Whether the first questions are answered.
        pub set_up: bool,
        /// Whether sample data is in it.
        pub sample: bool,
        /// Rows by noun.
        pub counts: Counts,
        /// IANA name of the time zone that decides days.
        pub time_zone: String,
        /// Today in that time zone.
        pub today: String,
        /// What undo would turn around.
        pub undo: Option<String>,
        /// What redo would do again.
        pub redo: Option<String>,
    }

    /// Rows by noun.
    pub struct Counts {
        /// Programs.
        #[ts(type = "number")]
        pub programs: u64,
        /// Links.
        #[ts(type = "number")]
        pub links: u64,
        /// Campaigns.
        #[ts(type = "number")]
        pub campaigns: u64,
        /// Ledger rows.
        #[ts(type = "number")]
        pub conversions: u64,
    }

    /// A new book.
    pub struct BookNew {
        /// Where.
        pub path: String,
        /// With sample data.
        #[serde(default)]
        pub sample: bool,
    }

    /// A file's path.
    pub struct PathInput {
        /// The path.
        pub path: String,
    }

    /// A backup to be restored.
    pub struct RestoreInput {
        /// The backup.
        pub backup: String,
        /// Where the book shall lie; nothing may be there.
        pub to: String,
    }

    /// An export of everything.
    pub struct ExportInput {
        /// The folder.
        pub dir: String,
        /// `csv` or `json`.
        pub format: String,
    }

    /// Files that were written.
    pub struct Written {
        /// Their paths.
        pub files: Vec<String>,
    }

    /// What checking the book found.
    pub struct CheckReport {
        /// Whether everything holds.
        pub ok: bool,
        /// One line for each check.
        pub checks: Vec<CheckLine>,
    }

    /// One check.
    pub struct CheckLine {
        /// Its name: `integrity`, `foreign_keys`, `identity`, `batch_totals`, `derived`.
        pub name: String,
        /// Whether it holds.
        pub ok: bool,
        /// What was found, in a sentence.
        pub detail: String,
    }

    /// One step of the change history.
    pub struct Change {
        /// Identity.
        pub id: String,
        /// When, RFC 3339.
        pub at: String,
        /// What was done.
        pub label: String,
        /// Whether it is undone now.
        pub undone: bool,
    }

    /// What undo or redo did.
    pub struct Turned {
        /// What was turned around or done again.
        pub label: String,
        /// What undo would turn around next.
        pub undo: Option<String>,
        /// What redo would do next.
        pub redo: Option<String>,
    }

    /// Settings of the book.
    pub struct Settings {
        /// IANA name; decides days.
        pub time_zone: String,
        /// `system`, `light` or `dark`.
        pub appearance: String,
        /// Markets whose rules apply: `us`, `uk`, `eu`.
        pub markets: Vec<String>,
        /// Currency that is offered first.
        pub currency: String,
        /// What is kept of customers: `alias` (no addresses, no names) or `clear` (as networks report them).
        #[serde(default)]
        pub customers: String,
        /// Days that a payment may take beyond those of the terms before the audit calls it late, 0 to 365; null leaves it.
        #[serde(default)]
        pub late_after: Option<u32>,
    }

    /// The answers of the first run.
    pub struct SetUp {
        /// The affiliate's code or tracking link of the first program.
        pub identity: String,
        /// Slug of that program.
        pub program: String,
        /// Channels to have, by the word of their kind.
        pub channels: Vec<String>,
        /// IANA name of the time zone.
        pub time_zone: Option<String>,
    }

    /// Which job.
    pub struct JobInput {
        /// The name its caller chose.
        pub job: String,
    }

    /// How far a job is.
    pub struct JobStatus {
        /// Whether it runs.
        pub running: bool,
        /// Done so far.
        #[ts(type = "number")]
        pub done: u64,
        /// In all; 0 where not known.
        #[ts(type = "number")]
        pub total: u64,
    }
}
