//! Payments by the programs.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, money, parse},
};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    ids::{PayoutId, ProgramId},
    reconcile::allot,
};
use rusqlite::{Row, params};

const SELECT: &str = "SELECT y.*, n.name AS connection_name, p.slug AS program_slug,
        (SELECT coalesce(sum(l.amount), 0) FROM payout_line l WHERE l.payout = y.id) AS allocated
     FROM payout y LEFT JOIN connection n ON n.id = y.connection LEFT JOIN program p ON p.id = y.program";

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutRow {
    /// Identity.
    pub id: PayoutId,
    /// The source's own id.
    pub native_id: Option<String>,
    /// Name of the connection.
    pub connection: Option<String>,
    /// Slug.
    pub program: Option<String>,
    /// What was paid.
    pub amount: Money,
    /// The network's word.
    pub status_text: String,
    /// The period it covers, in the network's words.
    pub period: Option<String>,
    /// The day it was sent.
    pub sent_on: Option<NaiveDate>,
    /// In the user's words.
    pub note: String,
    /// What of it is tied to commissions.
    pub allocated: Money,
}

/// A payment that the user saw arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Identity.
    pub id: PayoutId,
    /// The program.
    pub program: ProgramId,
    /// What arrived; above zero.
    pub amount: Money,
    /// The day.
    pub on: NaiveDate,
    /// In the user's words.
    pub note: String,
}

/// The payments, newest first; `after` is the last one seen.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    search: &str,
    after: Option<PayoutId>,
    limit: u32,
) -> Result<Vec<PayoutRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{SELECT} WHERE (?1 = '' OR instr(lower(coalesce(y.native_id, '') || ' ' || y.note || ' ' || y.status_text || ' '
                 || coalesce(p.slug, '') || ' ' || coalesce(n.name, '')), lower(?1)) > 0)
           AND (?2 IS NULL OR (coalesce(y.sent_on, ''), y.id) <
                (SELECT coalesce(sent_on, ''), id FROM payout WHERE id = ?2))
         ORDER BY coalesce(y.sent_on, '') DESC, y.id DESC LIMIT ?3"
    ))?;
    let mut rows = statement.query(params![
        search.trim(),
        after.map(|id| id.to_string()),
        limit
    ])?;
    let mut page = Vec::new();
    while let Some(found) = rows.next()? {
        page.push(row(found)?);
    }
    Ok(page)
}

/// One payment.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: PayoutId) -> Result<PayoutRow, StoreError> {
    let mut statement = read
        .0
        .prepare_cached(&format!("{SELECT} WHERE y.id = ?1"))?;
    let mut rows = statement.query([id.to_string()])?;
    match rows.next()? {
        Some(found) => row(found),
        None => Err(StoreError::NoSuch {
            noun: "payout",
            name: id.to_string(),
        }),
    }
}

/// One payout by its identity, or by the source's own id where only one has it.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn find(read: &Read<'_>, name: &str) -> Result<PayoutRow, StoreError> {
    let name = name.trim();
    let mut statement = read.0.prepare_cached(&format!(
        "{SELECT} WHERE y.id = ?1 OR y.native_id = ?1 ORDER BY y.id <> ?1 LIMIT 2"
    ))?;
    let mut rows = statement.query([name])?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(next)?);
    }
    match found.len() {
        1 | 2
            if found
                .first()
                .is_some_and(|first| first.id.to_string() == name)
                || found.len() == 1 =>
        {
            Ok(found.swap_remove(0))
        }
        _ => Err(StoreError::NoSuch {
            noun: "payout",
            name: name.to_owned(),
        }),
    }
}

/// Records a payment and ties it to what was due on its day, the longest due first. What was taken back lowers what
/// was due, so it is settled along as far as the payment goes.
///
/// # Errors
/// Where the book cannot be written.
pub fn record(write: &Write<'_>, arrived: &Arrived) -> Result<(), StoreError> {
    let payout = arrived.id.to_string();
    write.0.execute(
        "INSERT INTO payout (id, program, amount, currency, sent_on, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            payout,
            arrived.program.to_string(),
            arrived.amount.micros(),
            arrived.amount.currency().code(),
            arrived.on.to_string(),
            arrived.note,
        ],
    )?;
    let open = open(write, arrived)?;
    let micros: Vec<i64> = open.iter().map(|(_, micros)| *micros).collect();
    let mut insert = write.0.prepare_cached(
        "INSERT INTO payout_line (payout, conversion, amount) VALUES (?1, ?2, ?3)",
    )?;
    for (index, part) in allot(&micros, arrived.amount.micros()) {
        if let Some((conversion, _)) = open.get(index) {
            insert.execute((&payout, conversion, part))?;
        }
    }
    Ok(())
}

/// What was open and due on the day, the longest due first.
fn open(write: &Write<'_>, arrived: &Arrived) -> Result<Vec<(String, i64)>, StoreError> {
    let mut statement = write.0.prepare_cached(
        "SELECT id, earned - paid FROM conversion
         WHERE program = ?1 AND currency = ?2 AND matures_on <= ?3 AND earned <> paid
         ORDER BY matures_on, occurred_on, rowid",
    )?;
    let rows = statement.query_map(
        (
            arrived.program.to_string(),
            arrived.amount.currency().code(),
            arrived.on.to_string(),
        ),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn row(row: &Row<'_>) -> Result<PayoutRow, StoreError> {
    let currency: String = col(row, "currency")?;
    Ok(PayoutRow {
        id: parse(&col::<String>(row, "id")?)?,
        native_id: col(row, "native_id")?,
        connection: col(row, "connection_name")?,
        program: col(row, "program_slug")?,
        amount: money(col(row, "amount")?, &currency)?,
        status_text: col(row, "status_text")?,
        period: col(row, "period")?,
        sent_on: col::<Option<String>>(row, "sent_on")?
            .as_deref()
            .map(day)
            .transpose()?,
        note: col(row, "note")?,
        allocated: money(col(row, "allocated")?, &currency)?,
    })
}
