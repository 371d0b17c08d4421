//! A month's sums in their tables.

use super::month::{Day, Month, PARTS, Part};
use crate::StoreError;
use rusqlite::{Connection, params};

/// Writes a program's month in place of what was kept of it.
pub(super) fn replace(
    connection: &Connection,
    program: &str,
    month: &str,
    sums: &Month,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM ledger_day WHERE program = ?1 AND occurred_on BETWEEN ?2 || '-01' AND ?2 || '-31'",
        "DELETE FROM ledger_open WHERE program = ?1 AND occurred_on BETWEEN ?2 || '-01' AND ?2 || '-31'",
        "DELETE FROM ledger_part WHERE program = ?1 AND month = ?2",
    ] {
        connection.prepare_cached(sql)?.execute([program, month])?;
    }
    let mut gone = connection.prepare_cached(
        "DELETE FROM ledger_part_open WHERE part = ?3 AND program = ?1 AND month = ?2",
    )?;
    for part in PARTS {
        gone.execute([program, month, part])?;
    }

    let mut put = connection.prepare_cached(
        "INSERT INTO ledger_day (program, occurred_on, other, currency, earned, paid, unknown, total_rows, paid_rows,
             reversed_rows, unknown_rows, back_rows, refund_rows, stood_rows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    for ((day, other, currency), sums) in &sums.days {
        put.execute(params![
            program,
            day,
            other,
            currency,
            sums.earned,
            sums.paid,
            sums.unknown,
            sums.rows,
            sums.paid_rows,
            sums.reversed_rows,
            sums.unknown_rows,
            sums.back_rows,
            sums.refund_rows,
            sums.stood_rows,
        ])?;
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO ledger_open (program, occurred_on, matures_on, other, currency, amount, open_rows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for ((day, matures, other, currency), (amount, rows)) in &sums.open {
        put.execute(params![
            program, day, matures, other, currency, amount, rows
        ])?;
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO ledger_part (part, key, program, month, currency, earned, paid, total_rows, referrals)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for ((part, key, currency), sums) in &sums.parts {
        put.execute(params![
            part,
            key,
            program,
            month,
            currency,
            sums.earned,
            sums.paid,
            sums.rows,
            sums.referrals
        ])?;
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO ledger_part_open (part, program, month, matures_on, key, currency, amount)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for ((part, matures, key, currency), amount) in &sums.part_open {
        put.execute(params![
            part, program, month, matures, key, currency, amount
        ])?;
    }
    Ok(())
}

/// What is kept of a program's month.
pub(super) fn kept(
    connection: &Connection,
    program: &str,
    month: &str,
) -> Result<Month, StoreError> {
    let mut kept = Month::default();
    let mut statement = connection.prepare_cached(
        "SELECT occurred_on, other, currency, earned, paid, unknown, total_rows, paid_rows, reversed_rows, unknown_rows,
             back_rows, refund_rows, stood_rows
         FROM ledger_day WHERE program = ?1 AND occurred_on BETWEEN ?2 || '-01' AND ?2 || '-31'",
    )?;
    let mut rows = statement.query([program, month])?;
    while let Some(row) = rows.next()? {
        let day = Day {
            earned: row.get(3)?,
            paid: row.get(4)?,
            unknown: row.get(5)?,
            rows: row.get(6)?,
            paid_rows: row.get(7)?,
            reversed_rows: row.get(8)?,
            unknown_rows: row.get(9)?,
            back_rows: row.get(10)?,
            refund_rows: row.get(11)?,
            stood_rows: row.get(12)?,
        };
        kept.days
            .insert((row.get(0)?, row.get(1)?, row.get(2)?), day);
    }
    let mut statement = connection.prepare_cached(
        "SELECT occurred_on, matures_on, other, currency, amount, open_rows FROM ledger_open
         WHERE program = ?1 AND occurred_on BETWEEN ?2 || '-01' AND ?2 || '-31'",
    )?;
    let mut rows = statement.query([program, month])?;
    while let Some(row) = rows.next()? {
        kept.open.insert(
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?),
            (row.get(4)?, row.get(5)?),
        );
    }
    let mut statement = connection.prepare_cached(
        "SELECT key, currency, earned, paid, total_rows, referrals FROM ledger_part
         WHERE program = ?1 AND month = ?2 AND part = ?3",
    )?;
    let mut open = connection.prepare_cached(
        "SELECT matures_on, key, currency, amount FROM ledger_part_open
         WHERE program = ?1 AND month = ?2 AND part = ?3",
    )?;
    for part in PARTS {
        let mut rows = statement.query([program, month, part])?;
        while let Some(row) = rows.next()? {
            let sums = Part {
                earned: row.get(2)?,
                paid: row.get(3)?,
                rows: row.get(4)?,
                referrals: row.get(5)?,
            };
            kept.parts.insert((part, row.get(0)?, row.get(1)?), sums);
        }
        let mut rows = open.query([program, month, part])?;
        while let Some(row) = rows.next()? {
            kept.part_open
                .insert((part, row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?);
        }
    }
    Ok(kept)
}
