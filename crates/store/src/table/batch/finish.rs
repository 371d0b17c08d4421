//! The end of a batch: what vanished, what it adds up to.

use super::{
    BatchKind, BatchSummary, Coverage, VanishedRow, changes, duplicates, writer::BatchWriter,
};
use crate::{
    StoreError, Write, closed, derive,
    rows::{instant_text, money},
};
use perennial_domain::Money;
use rusqlite::params;

/// Rows between two looks at whether to stop.
const STEP: u64 = 1_000;

/// Ends a batch.
pub(super) fn finish(
    mut writer: BatchWriter<'_>,
    coverage: Coverage,
) -> Result<BatchSummary, StoreError> {
    let write = Write(writer.connection);
    // All its rows are in; what follows may also take some out and put others back.
    closed::stand_again(writer.connection)?;
    writer.summary.duplicates = duplicates::decide(&mut writer)?;
    writer.summary.vanished = vanished(&mut writer, coverage)?;
    derive::parents(&write, Some(&writer.connection_text))?;
    note(
        &writer,
        writer.batch.kind == BatchKind::Import || coverage != Coverage::Partial,
    )?;
    remember(&writer)?;
    writer.summary.totals = writer
        .totals
        .iter()
        .map(|(currency, micros)| Money::from_micros(*micros, *currency))
        .collect();
    Ok(writer.summary)
}

/// Notes how far a batch is, so that what is committed adds up at any moment.
pub(super) fn note(writer: &BatchWriter<'_>, complete: bool) -> Result<(), StoreError> {
    let mut statement = writer.connection.prepare_cached(
        "INSERT INTO batch_total (batch, currency, amount) VALUES (?1, ?2, ?3)
         ON CONFLICT (batch, currency) DO UPDATE SET amount = excluded.amount",
    )?;
    for (currency, micros) in &writer.totals {
        statement.execute((&writer.batch_text, currency.code(), micros))?;
    }
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = writer.summary.rows;
    let mut statement = writer.connection.prepare_cached(
        "UPDATE batch SET complete = ?2, rows_read = ?3, rows_new = ?4, rows_changed = ?5, rows_same = ?6,
             rows_refused = ?7, rows_vanished = ?8, rows_reversed = ?9 WHERE id = ?1",
    )?;
    statement.execute(params![
        writer.batch_text,
        complete,
        count(rows.read),
        count(rows.new),
        count(rows.changed),
        count(rows.same),
        count(rows.refused),
        count(writer.summary.vanished.len() as u64),
        count(writer.summary.reversed),
    ])?;
    Ok(())
}

/// Keeps what the inbox shows beside the rows. A batch that brought nothing to look at does not wait there.
fn remember(writer: &BatchWriter<'_>) -> Result<(), StoreError> {
    let mut statement = writer.connection.prepare_cached(
        "INSERT INTO batch_unknown (batch, field, word, count) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (batch, field, word) DO UPDATE SET count = excluded.count",
    )?;
    for unknown in &writer.summary.unknown {
        let count = i64::try_from(unknown.count).unwrap_or(i64::MAX);
        statement.execute((&writer.batch_text, unknown.field, &unknown.word, count))?;
    }
    let rows = writer.summary.rows;
    let nothing = rows.new + rows.changed + rows.refused == 0
        && writer.summary.after_lock == 0
        && writer.summary.vanished.is_empty()
        && writer.summary.duplicates.is_empty();
    if nothing || writer.batch.kind == BatchKind::Sample {
        writer.connection.execute(
            "UPDATE batch SET accepted_at = at WHERE id = ?1",
            [&writer.batch_text],
        )?;
    }
    Ok(())
}

/// Flags the rows that the source should have served and did not.
fn vanished(
    writer: &mut BatchWriter<'_>,
    coverage: Coverage,
) -> Result<Vec<VanishedRow>, StoreError> {
    if writer.blind {
        return Ok(Vec::new());
    }
    let (column, from, to) = match coverage {
        Coverage::Partial => return Ok(Vec::new()),
        Coverage::Window { from, to } => {
            ("occurred_at", from.map(instant_text), to.map(instant_text))
        }
        // A file that knows nothing of the book is another file, not a newer one.
        Coverage::File if writer.seen.is_empty() => return Ok(Vec::new()),
        Coverage::File => {
            let Some((first, last)) = writer.days else {
                return Ok(Vec::new());
            };
            (
                "occurred_on",
                Some(first.to_string()),
                Some(last.to_string()),
            )
        }
    };
    writer.seen.sort_unstable();
    let mut missing = Vec::new();
    {
        let mut statement = writer.connection.prepare_cached(&format!(
            "SELECT rowid, id, native_id, commission, currency FROM conversion
             WHERE connection = ?1 AND batch <> ?2 AND vanished = 0
               AND (?3 IS NULL OR {column} >= ?3) AND (?4 IS NULL OR {column} <= ?4) ORDER BY occurred_on, rowid"
        ))?;
        let mut rows = statement.query((&writer.connection_text, &writer.batch_text, from, to))?;
        let mut looked: u64 = 0;
        while let Some(row) = rows.next()? {
            looked += 1;
            if looked.is_multiple_of(STEP) {
                writer.go_on_only()?;
            }
            let rowid: i64 = row.get(0)?;
            if writer.seen.binary_search(&rowid).is_ok() {
                continue;
            }
            let currency: String = row.get(4)?;
            let commission: Option<i64> = row.get(3)?;
            let commission = commission
                .map(|micros| money(micros, &currency))
                .transpose()?;
            missing.push((
                rowid,
                row.get::<_, String>(1)?,
                VanishedRow {
                    native_id: row.get(2)?,
                    commission,
                },
            ));
        }
    }
    let stamp = changes::Stamp {
        batch: &writer.batch_text,
        at: &writer.at_text,
    };
    let mut flagged = Vec::with_capacity(missing.len());
    for (index, (rowid, id, row)) in (1_u64..).zip(missing) {
        if index.is_multiple_of(STEP) {
            writer.go_on_only()?;
        }
        changes::keep_conversion(writer.connection, &writer.batch_text, rowid)?;
        changes::flag(writer.connection, &stamp, rowid, &id, true)?;
        flagged.push(row);
    }
    Ok(flagged)
}
