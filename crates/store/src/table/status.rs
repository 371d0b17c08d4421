//! What changed at the source, as it was seen.

use crate::{
    Read, StoreError,
    rows::{instant, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::ids::{BatchId, ConversionId};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEvent {
    /// The batch that saw it.
    pub batch: BatchId,
    /// When it was seen.
    pub at: DateTime<Utc>,
    /// What changed: a word of [`perennial_domain::ledger::StatusField`].
    pub field: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// The changes of a row, oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn of(read: &Read<'_>, conversion: ConversionId) -> Result<Vec<StatusEvent>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT batch, at, field, before, after FROM status_event WHERE conversion = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([conversion.to_string()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(StatusEvent {
            batch: parse(&row.get::<_, String>(0)?)?,
            at: instant(&row.get::<_, String>(1)?)?,
            field: row.get(2)?,
            before: row.get(3)?,
            after: row.get(4)?,
        });
    }
    Ok(events)
}
