//! Payouts that a batch brings.

use super::{
    changes, later,
    writer::{BatchWriter, Outcome},
};
use crate::StoreError;
use chrono::NaiveDate;
use perennial_domain::ledger::PayoutFacts;
use rusqlite::{OptionalExtension as _, params};

/// Takes a payout in; known ones are known by their own id.
pub(super) fn add(
    writer: &BatchWriter<'_>,
    facts: &PayoutFacts,
    id: &str,
    sent_on: Option<NaiveDate>,
) -> Result<Outcome, StoreError> {
    let connection = writer.connection;
    let mut find = connection.prepare_cached(
        "SELECT rowid, raw_hash IS ?3, batch IS ?4 FROM payout WHERE connection = ?1 AND native_id = ?2",
    )?;
    let known: Option<(i64, bool, bool)> = find
        .query_row(
            (
                &writer.connection_text,
                &facts.native_id,
                &facts.raw_hash,
                &writer.batch_text,
            ),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let unchanged = known.is_some_and(|(_, same, _)| same);
    if !unchanged
        && later::payout(writer, facts, known.map(|(rowid, ..)| rowid), id, sent_on)?.is_some()
    {
        return Ok(Outcome::Same);
    }
    let (sent_on, currency) = (sent_on.map(|day| day.to_string()), facts.amount.currency());
    match known {
        None => {
            let mut insert = connection.prepare_cached(
                "INSERT INTO payout (id, connection, batch, native_id, program, amount, currency, status_text, period,
                     sent_on, raw, raw_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?;
            insert.execute(params![
                id,
                writer.connection_text,
                writer.batch_text,
                facts.native_id,
                writer.program,
                facts.amount.micros(),
                currency.code(),
                facts.status_text,
                facts.period,
                sent_on,
                facts.raw,
                facts.raw_hash,
            ])?;
            Ok(Outcome::New)
        }
        Some((_, true, _)) => Ok(Outcome::Same),
        Some((rowid, false, own)) => {
            if !own {
                changes::keep_payout(connection, &writer.batch_text, rowid)?;
            }
            let mut update = connection.prepare_cached(
                "UPDATE payout SET program = ?2, amount = ?3, currency = ?4, status_text = ?5, period = ?6, sent_on = ?7,
                     raw = ?8, raw_hash = ?9, revision = revision + 1 WHERE rowid = ?1",
            )?;
            update.execute(params![
                rowid,
                writer.program,
                facts.amount.micros(),
                currency.code(),
                facts.status_text,
                facts.period,
                sent_on,
                facts.raw,
                facts.raw_hash,
            ])?;
            Ok(Outcome::Changed)
        }
    }
}
