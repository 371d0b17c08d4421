//! The guard over locked periods: whatever statement would change a figure of one is refused.
//!
//! It stands in temporary triggers on the writer's connection, as the notes of the history do, so no edit, undo or batch
//! can forget it, and the book's file has nothing in it that another program could stumble over.
//!
//! A row of the ledger is locked where its day is on or before the day its program is locked through, in its currency.
//! Its figures are its existence, day, program, currency, sale, commission and what of it is earned. A payout is locked by
//! the day it was sent, with its lines, its deposits and what was explained. What a later payout pays is an event of that
//! payout's day, so a locked commission can still be paid.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension as _};
use std::fmt::Write as _;

/// What the triggers say, before the program, the currency and the day.
const SAYS: &str = "period_lock|";

/// Takes the guard over new rows of the ledger away while a batch puts its rows in: beside a trigger SQLite copies each
/// page that an insert writes to, in case the statement fails halfway, and a large import would take half as long again.
/// The batch asks before each row by itself; [`settle`] looks at them all before they are kept.
pub(crate) fn stand_aside(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(
        "DROP TRIGGER IF EXISTS temp.closed_row_new;
         INSERT INTO temp.closed_since SELECT coalesce((SELECT max(rowid) FROM main.conversion), 0)
         WHERE NOT EXISTS (SELECT 1 FROM temp.closed_since);",
    )?)
}

/// Puts the guard over new rows back.
pub(crate) fn stand_again(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(&new_rows())?)
}

/// Refuses what was put in without the guard in this transaction, where a row of it is of a locked period.
///
/// Such rows have the highest numbers, since a batch takes none out before it has put all in.
///
/// # Errors
/// [`StoreError::PeriodLocked`].
pub(crate) fn settle(connection: &Connection) -> Result<(), StoreError> {
    let since: Option<i64> = connection
        .prepare_cached("SELECT min(since) FROM temp.closed_since")?
        .query_row([], |row| row.get(0))?;
    let Some(since) = since else {
        return Ok(());
    };
    connection.execute("DELETE FROM temp.closed_since", [])?;
    let locked: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM main.period_lock)",
        [],
        |row| row.get(0),
    )?;
    if !locked {
        return Ok(());
    }
    let found = connection
        .query_row(
            "SELECT p.slug, k.currency, k.through FROM main.conversion c
             CROSS JOIN main.period_lock k ON k.program = c.program AND k.currency = c.currency
             JOIN main.program p ON p.id = k.program
             WHERE c.rowid > ?1 AND c.occurred_on <= k.through LIMIT 1",
            [since],
            |row| {
                Ok(StoreError::PeriodLocked {
                    program: row.get(0)?,
                    currency: row.get(1)?,
                    through: row.get(2)?,
                })
            },
        )
        .optional()?;
    found.map_or(Ok(()), Err)
}

/// Sets up the guard on the writer's connection.
pub(crate) fn guard(connection: &Connection) -> Result<(), StoreError> {
    let mut sql = new_rows();
    sql.push_str("CREATE TEMP TABLE closed_since (since INTEGER NOT NULL);");
    let mut trigger = |name: &str, event: &str, when: &str, body: &str| {
        let when = if when.is_empty() {
            String::new()
        } else {
            format!("WHEN {when}")
        };
        // Writing into a string cannot fail.
        let _ = writeln!(
            sql,
            "CREATE TEMP TRIGGER \"closed_{name}\" BEFORE {event} {when} BEGIN {body} END;"
        );
    };
    trigger(
        "row_gone",
        "DELETE ON main.conversion",
        "OLD.program IS NOT NULL",
        &row("OLD"),
    );
    trigger(
        "row_changed",
        "UPDATE OF program, occurred_on, currency, sale, commission, earned ON main.conversion",
        "(OLD.program, OLD.occurred_on, OLD.currency, OLD.sale, OLD.commission, OLD.earned)
             IS NOT (NEW.program, NEW.occurred_on, NEW.currency, NEW.sale, NEW.commission, NEW.earned)",
        &format!("{} {}", row("OLD"), row("NEW")),
    );
    let payout = |image: &str| {
        refuse(&format!(
            "WHERE k.currency = {image}.currency AND {image}.sent_on <= k.through AND (k.program = {image}.program
                 OR ({image}.program IS NULL AND EXISTS (SELECT 1 FROM main.payout_line l JOIN main.conversion c
                     ON c.id = l.conversion WHERE l.payout = {image}.id AND c.program = k.program)))"
        ))
    };
    trigger("payout_new", "INSERT ON main.payout", "", &payout("NEW"));
    trigger("payout_gone", "DELETE ON main.payout", "", &payout("OLD"));
    trigger(
        "payout_changed",
        "UPDATE OF program, amount, currency, sent_on ON main.payout",
        "(OLD.program, OLD.amount, OLD.currency, OLD.sent_on) IS NOT (NEW.program, NEW.amount, NEW.currency, NEW.sent_on)",
        &format!("{} {}", payout("OLD"), payout("NEW")),
    );
    // What belongs to a payout is locked with it; a line of a payout without a program, with the program of its row.
    let of_payout = |image: &str| {
        refuse(&format!(
            "JOIN main.payout y ON y.currency = k.currency AND y.sent_on <= k.through WHERE y.id = {image}.payout
                 AND (k.program = y.program OR (y.program IS NULL AND EXISTS (SELECT 1 FROM main.payout_line l
                     JOIN main.conversion c ON c.id = l.conversion WHERE l.payout = y.id AND c.program = k.program)))"
        ))
    };
    let of_row = |image: &str| {
        refuse(&format!(
            "JOIN main.payout y ON y.currency = k.currency AND y.sent_on <= k.through WHERE y.id = {image}.payout
                 AND y.program IS NULL AND k.program = (SELECT c.program FROM main.conversion c WHERE c.id = {image}.conversion)"
        ))
    };
    for (table, lines) in [
        ("payout_line", true),
        ("explanation", false),
        ("deposit", false),
    ] {
        let body = |image: &str| {
            let more = if lines { of_row(image) } else { String::new() };
            format!("{} {more}", of_payout(image))
        };
        trigger(
            &format!("{table}_new"),
            &format!("INSERT ON main.{table}"),
            "NEW.payout IS NOT NULL",
            &body("NEW"),
        );
        trigger(
            &format!("{table}_gone"),
            &format!("DELETE ON main.{table}"),
            "OLD.payout IS NOT NULL",
            &body("OLD"),
        );
        trigger(
            &format!("{table}_changed"),
            &format!("UPDATE ON main.{table}"),
            "OLD.payout IS NOT NULL OR NEW.payout IS NOT NULL",
            &format!("{} {}", body("OLD"), body("NEW")),
        );
    }
    connection.execute_batch(&sql)?;
    Ok(())
}

/// The guard over rows that are put in.
fn new_rows() -> String {
    format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS closed_row_new BEFORE INSERT ON main.conversion
         WHEN NEW.program IS NOT NULL BEGIN {} END;",
        row("NEW")
    )
}

/// Refuses a row of the ledger, by its image before or after, where its period is locked.
fn row(image: &str) -> String {
    refuse(&format!(
        "WHERE k.program = {image}.program AND k.currency = {image}.currency AND {image}.occurred_on <= k.through"
    ))
}

fn refuse(from: &str) -> String {
    format!(
        "SELECT RAISE(ABORT, '{SAYS}' || p.slug || '|' || k.currency || '|' || k.through)
         FROM main.period_lock k JOIN main.program p ON p.id = k.program {from};"
    )
}

/// What the guard says, read back: program, currency and day.
pub(crate) fn refusal(error: &rusqlite::Error) -> Option<StoreError> {
    let rusqlite::Error::SqliteFailure(_, Some(message)) = error else {
        return None;
    };
    let mut parts = message.strip_prefix(SAYS)?.split('|');
    Some(StoreError::PeriodLocked {
        program: parts.next()?.to_owned(),
        currency: parts.next()?.to_owned(),
        through: parts.next()?.to_owned(),
    })
}
