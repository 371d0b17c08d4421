//! Sums of the ledger, kept beside its rows: by day, by the day that they mature, and by month for each plan, tier, link,
//! channel and campaign.
//!
//! Temporary triggers on the writer's connection note the program and month of each row that is changed or taken out,
//! whichever statement did it. Rows that are put in are noted by whoever puts them in: beside a trigger SQLite would copy
//! each page that an insert writes to, in case the statement fails halfway, and a large import would take twice the time.
//! At the end of the same transaction those months are summed anew from their rows: one index holds everything that is
//! needed, so this costs a large import little and a small edit one or two months.

mod month;
mod store;

use crate::{Read, StoreError, Write};
use chrono::NaiveDate;
use month::{Month, count};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Tables of the user's that sums or forecasts follow from, beside the rows themselves.
const INPUTS: &[&str] = &[
    "campaign",
    "channel",
    "connection",
    "forecast_prior",
    "link",
    "plan",
    "program",
    "recruit",
    "setting",
    "term_value",
    "terms_version",
];

/// A program's month: the id (empty for none) and `2026-03`.
type Key = (String, String);

/// Sets up the notes on the writer's connection.
pub(crate) fn watch(connection: &Connection) -> Result<(), StoreError> {
    let note = |row: &str| {
        // An OR clause would give way to that of the outer statement; a condition does not.
        format!(
            "INSERT INTO ledger_stale SELECT coalesce({row}.program, ''), substr({row}.occurred_on, 1, 7)
             WHERE NOT EXISTS (SELECT 1 FROM ledger_stale
                 WHERE program = coalesce({row}.program, '') AND month = substr({row}.occurred_on, 1, 7));"
        )
    };
    let (old, new) = (note("OLD"), note("NEW"));
    connection.execute_batch(&format!(
        "CREATE TEMP TRIGGER tally_delete AFTER DELETE ON main.conversion BEGIN {old} END;
         CREATE TEMP TRIGGER tally_update AFTER UPDATE OF program, program_text, plan, kind, tier, occurred_on, currency,
             commission, approval, payment, link, matures_on, earned, paid ON main.conversion BEGIN {old} {new} END;
         CREATE TEMP TRIGGER tally_link AFTER UPDATE OF channel, campaign ON main.link
         WHEN OLD.channel IS NOT NEW.channel OR OLD.campaign IS NOT NEW.campaign BEGIN
             INSERT INTO ledger_stale SELECT DISTINCT p.program, p.month FROM ledger_part p
             WHERE p.part = 'link' AND p.key = NEW.id
                 AND NOT EXISTS (SELECT 1 FROM ledger_stale s WHERE s.program = p.program AND s.month = p.month);
         END;"
    ))?;
    Ok(())
}

/// Notes that a row of this program and day was put in.
pub(crate) fn note(
    connection: &Connection,
    program: Option<&str>,
    day: NaiveDate,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO ledger_stale VALUES (coalesce(?1, ''), substr(?2, 1, 7))",
        )?
        .execute((program, day.to_string()))?;
    Ok(())
}

/// Notes that the row with this id was put in.
pub(crate) fn note_row(connection: &Connection, id: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO ledger_stale
             SELECT coalesce(program, ''), substr(occurred_on, 1, 7) FROM conversion WHERE id = ?1",
        )?
        .execute([id])?;
    Ok(())
}

/// Sums anew what changed in this transaction; `touched` are the tables of the user's that an edit wrote into.
pub(crate) fn settle(write: &Write<'_>, touched: &BTreeSet<String>) -> Result<(), StoreError> {
    let stale = keys(write.0, "SELECT program, month FROM ledger_stale")?;
    let inputs = INPUTS.iter().any(|table| touched.contains(*table));
    if stale.is_empty() && !inputs {
        return Ok(());
    }
    write.0.execute(
        "UPDATE ledger_state SET version = version + 1 WHERE id = 1",
        [],
    )?;
    if stale.is_empty() {
        return Ok(());
    }
    let places = month::places(write.0)?;
    for (program, month) in &stale {
        let sums = count(write.0, program, month, &places)?;
        store::replace(write.0, program, month, &sums)?;
    }
    write.0.execute("DELETE FROM ledger_stale", [])?;
    Ok(())
}

/// Brings sums up to date that a step of the schema left to be made.
pub(crate) fn catch_up(connection: &mut Connection) -> Result<(), StoreError> {
    let waiting: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM ledger_stale)", [], |row| {
            row.get(0)
        })?;
    if waiting {
        let transaction = connection.transaction()?;
        settle(&Write(&transaction), &BTreeSet::new())?;
        transaction.commit()?;
    }
    Ok(())
}

/// The state that sums and forecasts belong to: it changes with everything that they follow from.
///
/// # Errors
/// Where the book cannot be read.
pub(crate) fn version(read: &Read<'_>) -> Result<i64, StoreError> {
    Ok(read
        .0
        .prepare_cached("SELECT version FROM ledger_state WHERE id = 1")?
        .query_row([], |row| row.get(0))?)
}

/// Programs and months whose kept sums are other than their rows give. There should be none.
pub(crate) fn differences(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let places = month::places(read.0)?;
    let mut all: BTreeSet<Key> = BTreeSet::new();
    for sql in [
        "SELECT DISTINCT coalesce(program, ''), substr(occurred_on, 1, 7) FROM conversion",
        "SELECT DISTINCT program, substr(occurred_on, 1, 7) FROM ledger_day",
        "SELECT DISTINCT program, substr(occurred_on, 1, 7) FROM ledger_open",
        "SELECT DISTINCT program, month FROM ledger_part",
        "SELECT DISTINCT program, month FROM ledger_part_open",
        "SELECT program, month FROM ledger_stale",
    ] {
        all.extend(keys(read.0, sql)?);
    }
    let mut found = Vec::new();
    for (program, month) in all {
        let should: Month = count(read.0, &program, &month, &places)?;
        if store::kept(read.0, &program, &month)? != should {
            let name: Option<String> = read
                .0
                .prepare_cached("SELECT max(slug) FROM program WHERE id = ?1")?
                .query_row([&program], |row| row.get(0))?;
            found.push(format!(
                "the sums of {month}{} are not those of its rows",
                name.map(|name| format!(" of {name}")).unwrap_or_default()
            ));
        }
    }
    Ok(found)
}

fn keys(connection: &Connection, sql: &str) -> Result<Vec<Key>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
