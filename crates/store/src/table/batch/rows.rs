//! The batches as a list.

use super::{BatchCounts, BatchKind, Refusal};
use crate::{
    Read, StoreError,
    rows::{col, instant, money, parse, word},
};
use chrono::{DateTime, Utc};
use perennial_domain::{Money, ids::BatchId};
use rusqlite::{OptionalExtension as _, Row};

const SELECT: &str =
    "SELECT b.*, n.name AS connection_name FROM batch b JOIN connection n ON n.id = b.connection";

/// A batch as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRecord {
    /// Identity.
    pub id: BatchId,
    /// Name of its connection.
    pub connection: String,
    /// Where it is from.
    pub kind: BatchKind,
    /// Name of the file.
    pub file: Option<String>,
    /// How the file was read.
    pub profile: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the source served everything that was asked for.
    pub complete: bool,
    /// Its rows.
    pub rows: BatchCounts,
    /// Rows it flagged as vanished.
    pub vanished: u64,
    /// Sums of the new rows' commissions.
    pub totals: Vec<Money>,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// Known rows that it reversed.
    pub reversed: u64,
    /// When it was accepted in the inbox.
    pub accepted_at: Option<DateTime<Utc>>,
}

/// Records that did not land, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// The first ones.
    pub items: Vec<Refusal>,
    /// In all.
    pub total: u64,
}

/// The batches, newest first, of one connection name or file where `search` says so; `after` is the last one seen.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(
    read: &Read<'_>,
    search: &str,
    after: Option<BatchId>,
    limit: u32,
) -> Result<Vec<BatchRecord>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{SELECT} WHERE (?1 = '' OR instr(lower(n.name || ' ' || coalesce(b.file, '') || ' ' || b.id), lower(?1)) > 0)
           AND (?2 IS NULL OR b.rowid < (SELECT rowid FROM batch WHERE id = ?2))
         ORDER BY b.rowid DESC LIMIT ?3"
    ))?;
    let mut rows = statement.query((search.trim(), after.map(|id| id.to_string()), limit))?;
    let mut batches = Vec::new();
    while let Some(row) = rows.next()? {
        batches.push(batch(read, row)?);
    }
    Ok(batches)
}

/// One batch.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: BatchId) -> Result<BatchRecord, StoreError> {
    let mut statement = read
        .0
        .prepare_cached(&format!("{SELECT} WHERE b.id = ?1"))?;
    let mut rows = statement.query([id.to_string()])?;
    match rows.next()? {
        Some(row) => batch(read, row),
        None => Err(StoreError::NoSuch {
            noun: "batch",
            name: id.to_string(),
        }),
    }
}

/// The last import of a file of this name that still stands and brought something; else the last one.
///
/// # Errors
/// Where the book cannot be read.
pub fn last_of_file(read: &Read<'_>, file: &str) -> Result<Option<BatchId>, StoreError> {
    let id: Option<String> = read
        .0
        .query_row(
            "SELECT id FROM batch WHERE file = ?1 AND undone_at IS NULL
             ORDER BY rows_new + rows_changed + rows_vanished > 0 DESC, rowid DESC LIMIT 1",
            [file],
            |row| row.get(0),
        )
        .optional()?;
    id.map(|id| parse(&id)).transpose()
}

/// Records of a batch that did not land, the first `limit` of them.
///
/// # Errors
/// Where the book cannot be read.
pub fn refusals(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Refusals, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT line, column_name, reason, text FROM batch_refusal WHERE batch = ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query((id.to_string(), limit))?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(Refusal {
            line: row
                .get::<_, Option<i64>>(0)?
                .and_then(|line| u64::try_from(line).ok()),
            column: row.get(1)?,
            reason: row.get(2)?,
            text: row.get(3)?,
            native_id: None,
        });
    }
    let total: i64 = read.0.query_row(
        "SELECT count(*) FROM batch_refusal WHERE batch = ?1",
        [id.to_string()],
        |row| row.get(0),
    )?;
    Ok(Refusals {
        items,
        total: u64::try_from(total).unwrap_or(0),
    })
}

fn batch(read: &Read<'_>, row: &Row<'_>) -> Result<BatchRecord, StoreError> {
    let count = |name: &str| -> Result<u64, StoreError> {
        Ok(u64::try_from(col::<i64>(row, name)?).unwrap_or(0))
    };
    let id: String = col(row, "id")?;
    let mut statement = read.0.prepare_cached(
        "SELECT amount, currency FROM batch_total WHERE batch = ?1 ORDER BY currency",
    )?;
    let mut sums = statement.query([&id])?;
    let mut totals = Vec::new();
    while let Some(sum) = sums.next()? {
        totals.push(money(sum.get(0)?, &sum.get::<_, String>(1)?)?);
    }
    Ok(BatchRecord {
        id: parse(&id)?,
        connection: col(row, "connection_name")?,
        kind: word(&col::<String>(row, "kind")?, BatchKind::parse)?,
        file: col(row, "file")?,
        profile: col(row, "profile")?,
        at: instant(&col::<String>(row, "at")?)?,
        complete: col(row, "complete")?,
        rows: BatchCounts {
            read: count("rows_read")?,
            new: count("rows_new")?,
            changed: count("rows_changed")?,
            same: count("rows_same")?,
            refused: count("rows_refused")?,
        },
        vanished: count("rows_vanished")?,
        totals,
        undone_at: col::<Option<String>>(row, "undone_at")?
            .as_deref()
            .map(instant)
            .transpose()?,
        reversed: count("rows_reversed")?,
        accepted_at: col::<Option<String>>(row, "accepted_at")?
            .as_deref()
            .map(instant)
            .transpose()?,
    })
}
