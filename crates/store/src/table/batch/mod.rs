//! Imports and syncs: one batch each, written in one transaction, undone whole.

pub(in crate::table) mod aside;
mod changes;
pub(in crate::table) mod duplicates;
#[cfg(test)]
mod find_tests;
mod finish;
#[cfg(test)]
mod histories_tests;
pub(crate) mod later;
mod life;
#[cfg(test)]
mod locked_tests;
mod others;
mod payouts;
mod rows;
mod statement;
#[cfg(test)]
mod tests;
mod undo;
mod writer;
#[cfg(test)]
mod zone_tests;

pub use duplicates::{Choices, Duplicate, Short};
pub use life::Paused;
pub use rows::{BatchRecord, Refusals, get, last_of_file, list, refusals};
pub use undo::{Undone, purge, undo};
pub use writer::{BatchWriter, Outcome};

use crate::{StoreError, Write};
use chrono::{DateTime, Utc};
use perennial_domain::{
    Money,
    ids::{BatchId, ConnectionId},
};
use rusqlite::OptionalExtension as _;
use uuid::Uuid;

/// Where a batch is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchKind {
    /// A report file.
    Import,
    /// A network.
    Sync,
    /// The sample data.
    Sample,
}

impl BatchKind {
    /// The word of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Sync => "sync",
            Self::Sample => "sample",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Import, Self::Sync, Self::Sample]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// A batch about to be written.
#[derive(Clone, Debug)]
pub struct NewBatch {
    /// Identity.
    pub id: BatchId,
    /// Through which connection; for a file see [`file_connection`].
    pub connection: ConnectionId,
    /// Where it is from.
    pub kind: BatchKind,
    /// Name of the file.
    pub file: Option<String>,
    /// How the file was read.
    pub profile: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the source served completely; only in there a row that did not come is taken for vanished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Nothing: the sync was partial, or the source says nothing of what it leaves out.
    Partial,
    /// Everything that happened between two instants, both included; none for no bound.
    Window {
        /// First instant.
        from: Option<DateTime<Utc>>,
        /// Last instant.
        to: Option<DateTime<Utc>>,
    },
    /// A file: everything between its first and its last day, if it shares a row with the book.
    File,
}

/// A record that did not land.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Physical line of its start in a file, from 1.
    pub line: Option<u64>,
    /// The column at fault.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
    /// The record as it came, cut to a readable length.
    pub text: String,
    /// The source's own id where it could be read, so that the row is not taken for vanished.
    pub native_id: Option<String>,
}

/// A row that its source no longer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VanishedRow {
    /// The source's own id.
    pub native_id: Option<String>,
    /// What it was worth.
    pub commission: Option<Money>,
}

/// A word of the source that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// `approval`, `payment` or `kind`.
    pub field: &'static str,
    /// Verbatim.
    pub word: String,
    /// How often it came.
    pub count: u64,
}

/// Rows by what became of them; `read` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// Records read.
    pub read: u64,
    /// Landed for the first time.
    pub new: u64,
    /// Known, and different now.
    pub changed: u64,
    /// Known, and as before.
    pub same: u64,
    /// Did not land.
    pub refused: u64,
}

/// What a batch did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// Conversions by what became of them.
    pub rows: BatchCounts,
    /// Payouts by what became of them.
    pub payouts: BatchCounts,
    /// Rows flagged as vanished.
    pub vanished: Vec<VanishedRow>,
    /// Words that are not known, most frequent first.
    pub unknown: Vec<Unknown>,
    /// Sums of the new rows' commissions, by currency.
    pub totals: Vec<Money>,
    /// Known rows that are reversed now.
    pub reversed: u64,
    /// Rows of locked periods that came other than the ledger has them; they count as known.
    pub after_lock: u64,
    /// New rows that another source may have already; those that were left out count as known.
    pub duplicates: Vec<Duplicate>,
}

/// The connection that files of a profile come through; made where it is not there yet.
///
/// # Errors
/// Where the book cannot be written.
pub fn file_connection(
    write: &Write<'_>,
    profile: &str,
    new: Uuid,
) -> Result<ConnectionId, StoreError> {
    let known: Option<String> = write
        .0
        .query_row(
            "SELECT id FROM connection WHERE network = 'file' AND account = ?1 ORDER BY id LIMIT 1",
            [profile],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        return crate::rows::parse(&id);
    }
    let mut statement = write.0.prepare_cached(
        "INSERT INTO connection (id, name, network, account)
         VALUES (?1, CASE WHEN EXISTS (SELECT 1 FROM connection WHERE name = ?2) THEN ?2 || ' (file)' ELSE ?2 END, 'file', ?2)",
    )?;
    statement.execute((new.to_string(), profile))?;
    Ok(new.into())
}
