//! Report files on their way in, and the batches that are in.

mod messages;
mod preview;
mod reading;
mod run;
mod source;
pub(crate) mod statement_source;
mod stream;

pub use preview::preview;
pub use run::run;

use super::{MAX_PAGE, PAGE};
use crate::{
    App, Failure,
    dto::{Amount, BatchRow, BatchUndone, ById, ListInput, Page, RowCounts},
};
use perennial_domain::ids::BatchId;
use perennial_store::{
    StoreError,
    table::batch::{self, BatchCounts, BatchRecord},
};

/// Imports and syncs, newest first.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn batch_list(app: &App, input: ListInput) -> Result<Page<BatchRow>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after = input.after.as_deref().and_then(|text| text.parse().ok());
    let mut rows = app.read(|read| batch::list(read, &input.search, after, limit + 1))?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(Page {
        items: rows.into_iter().map(row).collect(),
        next,
        total: None,
    })
}

/// Takes a whole import or sync out again, by its id or by the name of the file.
///
/// # Errors
/// Where there is no such batch, or later ones built on it.
pub fn batch_undo(app: &App, input: ById) -> Result<BatchUndone, Failure> {
    let id = find(app, &input.id)?;
    let undone = app.write(|write| batch::undo(write, id, app.now()))?;
    Ok(BatchUndone {
        batch: id.to_string(),
        removed: undone.removed,
        restored: undone.restored,
    })
}

pub(super) fn find(app: &App, text: &str) -> Result<BatchId, Failure> {
    if let Ok(id) = text.trim().parse() {
        return Ok(id);
    }
    let last = app.read(|read| batch::last_of_file(read, text.trim()))?;
    Ok(last.ok_or_else(|| StoreError::NoSuch {
        noun: "batch",
        name: text.trim().to_owned(),
    })?)
}

fn row(record: BatchRecord) -> BatchRow {
    BatchRow {
        batch: record.id.to_string(),
        kind: record.kind.word().to_owned(),
        connection: record.connection,
        file: record.file,
        profile: record.profile,
        at: instant(record.at),
        rows: counts(record.rows),
        vanished: record.vanished,
        totals: record.totals.into_iter().map(Amount::from).collect(),
        undone_at: record.undone_at.map(instant),
    }
}

/// An instant as it crosses the boundary: RFC 3339 UTC, to the second.
pub(super) fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

pub(super) fn counts(counts: BatchCounts) -> RowCounts {
    RowCounts {
        read: counts.read,
        new: counts.new,
        changed: counts.changed,
        same: counts.same,
        refused: counts.refused,
    }
}
