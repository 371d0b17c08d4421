//! Rows left out of the ledger because another source has them: kept whole, known again, and put back when wanted.

use super::changes::CONVERSION;
use crate::{StoreError, Write, derive, tally};
use rusqlite::{Connection, OptionalExtension as _};

/// Columns that no batch changes, and those that follow from the others but cannot be empty.
const LASTING: &[&str] = &[
    "id",
    "connection",
    "batch",
    "family",
    "identity",
    "occurrence",
    "native_id",
    "occurred_on",
    "matures_on",
    "earned",
    "paid",
];

fn columns() -> impl Iterator<Item = &'static str> {
    LASTING.iter().chain(CONVERSION).copied()
}

/// Whether rows of a connection were set aside at all.
pub(super) fn any(connection: &Connection, of: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM set_aside WHERE connection = ?1)")?
        .query_row([of], |row| row.get(0))?)
}

/// Whether a row was set aside.
pub(super) fn has(
    connection: &Connection,
    of: &str,
    family: &str,
    identity: &str,
    occurrence: u32,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM set_aside
             WHERE connection = ?1 AND family = ?2 AND identity = ?3 AND occurrence = ?4)",
    )?;
    Ok(statement.query_row((of, family, identity, occurrence), |row| row.get(0))?)
}

/// Takes a row out of the ledger and keeps it; gives what it brought to its batch's total.
pub(super) fn lay(
    connection: &Connection,
    rowid: i64,
) -> Result<(String, Option<i64>), StoreError> {
    let tied: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM payout_line l JOIN conversion c ON c.id = l.conversion WHERE c.rowid = ?1)",
        )?
        .query_row([rowid], |row| row.get(0))?;
    if tied {
        return Err(StoreError::TiedToPayments);
    }
    let brought = connection
        .prepare_cached(
            "WITH first AS (
                 SELECT k.row FROM batch_before k JOIN batch t ON t.id = k.batch JOIN conversion c ON c.id = k.id
                 WHERE c.rowid = ?1 AND k.noun = 'conversion' ORDER BY t.rowid LIMIT 1)
             SELECT coalesce((SELECT json_extract(row, '$.currency') FROM first), currency),
                 iif((SELECT count(*) FROM first) > 0, (SELECT json_extract(row, '$.commission') FROM first), commission)
             FROM conversion WHERE rowid = ?1",
        )?
        .query_row([rowid], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let pairs: Vec<String> = columns()
        .map(|name| format!("'{name}', {name}"))
        .chain(["'program', program".to_owned()])
        .collect();
    connection
        .prepare_cached(&format!(
            "INSERT INTO set_aside (id, connection, batch, family, identity, occurrence, row)
             SELECT id, connection, batch, family, identity, occurrence, json_object({}) FROM conversion WHERE rowid = ?1",
            pairs.join(", ")
        ))?
        .execute([rowid])?;
    for sql in [
        "DELETE FROM status_event WHERE conversion = (SELECT id FROM conversion WHERE rowid = ?1)",
        "DELETE FROM batch_before WHERE id = (SELECT id FROM conversion WHERE rowid = ?1)",
        "DELETE FROM conversion WHERE rowid = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([rowid])?;
    }
    Ok(brought)
}

/// Takes a row of a finished batch out of the ledger; the batch's numbers follow.
pub(in crate::table) fn leave_out(write: &Write<'_>, id: &str) -> Result<(), StoreError> {
    let rowid: Option<i64> = write
        .0
        .query_row("SELECT rowid FROM conversion WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(rowid) = rowid else { return Ok(()) };
    let (currency, commission) = lay(write.0, rowid)?;
    count(write, id, -1, &currency, commission)
}

/// Puts a row back into the ledger; the numbers of its batch follow.
pub(in crate::table) fn put_back(write: &Write<'_>, id: &str) -> Result<(), StoreError> {
    let kept: Option<(String, Option<i64>)> = write
        .0
        .query_row(
            "SELECT json_extract(row, '$.currency'), json_extract(row, '$.commission') FROM set_aside WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((currency, commission)) = kept else {
        return Ok(());
    };
    count(write, id, 1, &currency, commission)?;
    let names: Vec<&str> = columns().collect();
    let values: Vec<String> = columns()
        .map(|name| format!("json_extract(row, '$.{name}')"))
        .collect();
    write.0.execute(
        &format!(
            "INSERT INTO conversion ({}) SELECT {} FROM set_aside WHERE id = ?1",
            names.join(", "),
            values.join(", ")
        ),
        [id],
    )?;
    tally::note_row(write.0, id)?;
    let (rowid, of): (i64, String) = write.0.query_row(
        "SELECT rowid, connection FROM conversion WHERE id = ?1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    write
        .0
        .execute("DELETE FROM set_aside WHERE id = ?1", [id])?;
    derive::rows_of(write, &[rowid])?;
    derive::parents(write, Some(&of))?;
    Ok(())
}

/// Moves one row between `new` and `same` of its batch; called while the row is set aside.
fn count(
    write: &Write<'_>,
    id: &str,
    by: i64,
    currency: &str,
    commission: Option<i64>,
) -> Result<(), StoreError> {
    write.0.execute(
        "UPDATE batch SET rows_new = rows_new + ?2, rows_same = rows_same - ?2
         WHERE id = (SELECT batch FROM set_aside WHERE id = ?1)",
        (id, by),
    )?;
    if let Some(micros) = commission {
        write.0.execute(
            "INSERT INTO batch_total (batch, currency, amount)
             VALUES ((SELECT batch FROM set_aside WHERE id = ?1), ?2, ?3)
             ON CONFLICT (batch, currency) DO UPDATE SET amount = amount + excluded.amount",
            (id, currency, micros.saturating_mul(by)),
        )?;
    }
    Ok(())
}
