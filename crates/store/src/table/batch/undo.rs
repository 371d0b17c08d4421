//! Taking a whole batch out again.

use super::{
    aside,
    changes::{self, CONVERSION, PAYOUT},
};
use crate::{StoreError, Write, derive, rows::instant_text};
use chrono::{DateTime, Utc};
use perennial_domain::ids::BatchId;
use rusqlite::OptionalExtension as _;

/// Rows named where a batch cannot be undone.
const NAMED: usize = 10;

/// What undoing a batch did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Rows taken out.
    pub removed: u64,
    /// Rows put back as they were.
    pub restored: u64,
}

/// Takes a batch out: what it brought goes, what it changed or flagged is put back. Its file can then come in afresh.
///
/// # Errors
/// [`StoreError::BuiltOn`] with the later batches that changed its rows, newest first;
/// [`StoreError::TiedToPayments`] where recorded payments pay its rows; [`StoreError::NothingTo`] where it is undone already.
pub fn undo(write: &Write<'_>, id: BatchId, at: DateTime<Utc>) -> Result<Undone, StoreError> {
    derive::current(write)?;
    let connection = write.0;
    let batch = id.to_string();
    let found: Option<(String, Option<String>)> = connection
        .query_row(
            "SELECT connection, undone_at FROM batch WHERE id = ?1",
            [&batch],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((of, undone_at)) = found else {
        return Err(StoreError::NoSuch {
            noun: "batch",
            name: batch,
        });
    };
    if undone_at.is_some() {
        return Err(StoreError::NothingTo("undo"));
    }
    refuse_where_built_on(write, &batch)?;

    let restored: Vec<i64> = {
        let mut statement = connection.prepare(
            "SELECT c.rowid FROM batch_before b JOIN conversion c ON c.id = b.id
             WHERE b.batch = ?1 AND b.noun = 'conversion' ORDER BY c.rowid",
        )?;
        let rows = statement.query_map([&batch], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    connection.execute("DELETE FROM status_event WHERE batch = ?1", [&batch])?;
    let mut back = changes::restore(connection, &batch, "conversion", CONVERSION)?;
    back += changes::restore(connection, &batch, "payout", PAYOUT)?;
    connection.execute("DELETE FROM batch_before WHERE batch = ?1", [&batch])?;
    // Rows that were left out because this batch had them count again.
    let stood_in: Vec<String> = {
        let mut statement = connection.prepare(
            "SELECT d.conversion FROM duplicate d JOIN conversion c ON c.id = d.other
             WHERE c.batch = ?1 AND d.batch <> ?1 AND d.decision = 'skip'",
        )?;
        let rows = statement.query_map([&batch], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut gone = connection.execute("DELETE FROM conversion WHERE batch = ?1", [&batch])?;
    gone += connection.execute("DELETE FROM payout WHERE batch = ?1", [&batch])?;
    connection.execute("DELETE FROM set_aside WHERE batch = ?1", [&batch])?;
    connection.execute("DELETE FROM after_lock WHERE batch = ?1", [&batch])?;
    connection.execute("DELETE FROM duplicate WHERE batch = ?1", [&batch])?;
    for id in &stood_in {
        aside::put_back(write, id)?;
        connection.execute(
            "UPDATE duplicate SET decision = 'take' WHERE conversion = ?1",
            [id],
        )?;
    }
    derive::rows_of(write, &restored)?;
    derive::parents(write, Some(&of))?;
    // What the connection remembers of its last sync no longer holds: the next one reads everything again.
    connection.execute("UPDATE connection SET cursor = NULL WHERE id = ?1", [&of])?;
    connection.execute(
        "UPDATE batch SET undone_at = ?2 WHERE id = ?1",
        (&batch, instant_text(at)),
    )?;
    Ok(Undone {
        removed: gone as u64,
        restored: back as u64,
    })
}

/// Forgets a batch that was undone, as taking out the sample data does.
///
/// # Errors
/// Where the book cannot be written, or rows of it are still there.
pub fn purge(write: &Write<'_>, id: BatchId) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM batch WHERE id = ?1 AND undone_at IS NOT NULL",
        [id.to_string()],
    )?;
    Ok(())
}

fn refuse_where_built_on(write: &Write<'_>, batch: &str) -> Result<(), StoreError> {
    let mut statement = write.0.prepare(
        "SELECT DISTINCT later.id, later.rowid FROM batch_before b JOIN batch later ON later.id = b.batch
         WHERE b.batch <> ?1 AND later.rowid > (SELECT rowid FROM batch WHERE id = ?1)
           AND (EXISTS (SELECT 1 FROM conversion c WHERE c.id = b.id AND c.batch = ?1)
             OR EXISTS (SELECT 1 FROM payout p WHERE p.id = b.id AND p.batch = ?1)
             OR EXISTS (SELECT 1 FROM batch_before mine WHERE mine.id = b.id AND mine.batch = ?1))
         ORDER BY later.rowid DESC",
    )?;
    let later = statement
        .query_map([batch], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    if !later.is_empty() {
        let (rows, count) = built_on(write, batch)?;
        return Err(StoreError::BuiltOn {
            batches: later,
            rows,
            count,
        });
    }
    let tied: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM payout_line l JOIN conversion c ON c.id = l.conversion
                        JOIN payout p ON p.id = l.payout WHERE c.batch = ?1 AND p.batch IS NOT ?1)
             OR EXISTS (SELECT 1 FROM payout_line l JOIN payout p ON p.id = l.payout
                        JOIN conversion c ON c.id = l.conversion WHERE p.batch = ?1 AND c.batch <> ?1)",
        [batch],
        |row| row.get(0),
    )?;
    if tied {
        return Err(StoreError::TiedToPayments);
    }
    let matched: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM payout y JOIN deposit d ON d.payout = y.id WHERE y.batch = ?1)
             OR EXISTS (SELECT 1 FROM payout y JOIN explanation e ON e.payout = y.id WHERE y.batch = ?1)",
        [batch],
        |row| row.get(0),
    )?;
    if matched {
        Err(StoreError::Matched)
    } else {
        Ok(())
    }
}

/// The first rows of a batch, or ones that it changed, that later batches changed; and how many there are.
fn built_on(write: &Write<'_>, batch: &str) -> Result<(Vec<String>, u64), StoreError> {
    let mut statement = write.0.prepare(
        "SELECT coalesce(c.native_id, c.occurred_on) FROM conversion c
         WHERE EXISTS (SELECT 1 FROM batch_before b JOIN batch later ON later.id = b.batch
                       WHERE b.id = c.id AND b.batch <> ?1 AND later.rowid > (SELECT rowid FROM batch WHERE id = ?1))
           AND (c.batch = ?1 OR EXISTS (SELECT 1 FROM batch_before mine WHERE mine.id = c.id AND mine.batch = ?1))
         ORDER BY c.rowid",
    )?;
    let names = statement
        .query_map([batch], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    let count = names.len() as u64;
    Ok((names.into_iter().take(NAMED).collect(), count))
}
