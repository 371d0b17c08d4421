//! What can go wrong with a book.

use rusqlite::{ErrorCode, types::FromSqlError};
use std::path::PathBuf;
use thiserror::Error;

/// Why the book did not do as asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No file there.
    #[error("there is no book at {}", .0.display())]
    NotFound(PathBuf),
    /// Something is there already.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// Another process has it open.
    #[error("the book is open in another window or program")]
    Locked(PathBuf),
    /// A folder where a book was meant.
    #[error("{} is a folder, not a book", .0.display())]
    Folder(PathBuf),
    /// The file or its folder cannot be written.
    #[error("{} cannot be written", .0.display())]
    ReadOnly(PathBuf),
    /// The SQLite in this program is too old to be trusted with a book.
    #[error("SQLite {0} can lose changes; 3.51.3 or newer is needed")]
    OldSqlite(&'static str),
    /// A SQLite file of something else, or no SQLite file at all.
    #[error("{} is not a Perennial book", .0.display())]
    NotABook(PathBuf),
    /// Written by a newer version; left as it is.
    #[error("the book was written by a newer version of Perennial")]
    Newer {
        /// The schema of the book.
        found: i64,
        /// The newest schema that this version knows.
        known: i64,
    },
    /// Its pages do not hold together; left as it is.
    #[error("the book is damaged: {0}")]
    Damaged(String),
    /// The row is not there.
    #[error("there is no {noun} “{name}”")]
    NoSuch {
        /// The noun, such as `link`.
        noun: &'static str,
        /// What was asked for.
        name: String,
    },
    /// A name that must be unique is taken.
    #[error("there is a {noun} “{name}” already")]
    Taken {
        /// The noun.
        noun: &'static str,
        /// The name.
        name: String,
    },
    /// The row was changed by someone else since it was read.
    #[error("the {0} was changed in the meantime")]
    Stale(&'static str),
    /// There is nothing to undo or redo.
    #[error("there is nothing to {0}")]
    NothingTo(&'static str),
    /// What a change touched was changed again since, so it cannot be turned around.
    #[error("“{0}” cannot be undone: what it changed was changed again since")]
    Entangled(String),
    /// A batch that later ones built on.
    #[error("later batches changed rows of this one")]
    BuiltOn {
        /// The later batches, newest first.
        batches: Vec<String>,
        /// The first rows that they changed, by the source's own id or else the day.
        rows: Vec<String>,
        /// How many such rows there are.
        count: u64,
    },
    /// A recorded payment is tied to rows of this batch.
    #[error("payments that you recorded are tied to rows of this batch")]
    TiedToPayments,
    /// It would change a figure of a locked period.
    #[error("{program} in {currency} is locked up to {through}")]
    PeriodLocked {
        /// Slug of the program.
        program: String,
        /// Code of the currency.
        currency: String,
        /// The last locked day.
        through: String,
    },
    /// Deposits are matched to payouts that would go.
    #[error("deposits are matched to it")]
    Matched,
    /// A value in the book that no version of Perennial writes.
    #[error("the book holds an unreadable value: {0}")]
    Unreadable(String),
    /// The work was cancelled; nothing was kept.
    #[error("cancelled")]
    Cancelled,
    /// A file could not be read or written.
    #[error("{}: {error}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: std::io::Error,
    },
    /// SQLite refused.
    #[error("the book's database answered: {0}")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let Some(locked) = crate::closed::refusal(&error) {
            return locked;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Sql(error),
        }
    }
}

impl From<FromSqlError> for StoreError {
    fn from(error: FromSqlError) -> Self {
        Self::Unreadable(error.to_string())
    }
}
