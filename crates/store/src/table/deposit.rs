//! Money that arrived.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, money, parse},
};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    ids::{DepositId, PayoutId, StatementId},
    reconcile::Rate,
};
use rusqlite::{OptionalExtension as _, Row, params};

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Identity.
    pub id: DepositId,
    /// The statement that has it; none where it was entered by hand.
    pub statement: Option<StatementId>,
    /// Name of the account's mapping; empty where it was entered by hand.
    pub account: String,
    /// The bank's own number, or the row's hash.
    pub identity: String,
    /// Which of several equal rows.
    pub occurrence: u32,
    /// The day.
    pub on: NaiveDate,
    /// What arrived; above zero.
    pub amount: Money,
    /// What was withheld before; zero or above.
    pub fee: Money,
    /// Who sent it.
    pub who: String,
    /// What they wrote.
    pub reference: String,
    /// The record as it came.
    pub raw: Option<String>,
    /// The payout that it is, once confirmed.
    pub payout: Option<PayoutId>,
    /// It is no payout at all.
    pub aside: bool,
    /// The rate between its currency and the payout's.
    pub rate: Option<Rate>,
}

/// Which deposits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// Those that are no payout yet and may be one.
    Open,
    /// Those that were matched.
    Matched,
}

/// What became of a deposit that was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    New,
    /// It was there.
    Same,
    /// One that was entered by hand is it.
    ByHand,
}

/// The deposits, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    which: Which,
    search: &str,
    after: Option<DepositId>,
    limit: u32,
) -> Result<Vec<Deposit>, StoreError> {
    let narrow = match which {
        Which::All => "1",
        Which::Open => "d.payout IS NULL AND d.aside = 0",
        Which::Matched => "d.payout IS NOT NULL",
    };
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT d.* FROM deposit d WHERE {narrow}
             AND (?1 = '' OR instr(lower(d.who || ' ' || d.reference || ' ' || d.account || ' ' || d.identity), lower(?1)) > 0)
             AND (?2 IS NULL OR (d.arrived_on, d.id) < (SELECT arrived_on, id FROM deposit WHERE id = ?2))
         ORDER BY d.arrived_on DESC, d.id DESC LIMIT ?3"
    ))?;
    let mut rows = statement.query((search.trim(), after.map(|id| id.to_string()), limit))?;
    let mut page = Vec::new();
    while let Some(found) = rows.next()? {
        page.push(row(found)?);
    }
    Ok(page)
}

/// Open deposits that arrived between two days, both included.
///
/// # Errors
/// Where the book cannot be read.
pub fn open_between(
    read: &Read<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Deposit>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM deposit WHERE payout IS NULL AND aside = 0 AND arrived_on BETWEEN ?1 AND ?2
         ORDER BY arrived_on, id LIMIT 1000",
    )?;
    let mut rows = statement.query((from.to_string(), to.to_string()))?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(next)?);
    }
    Ok(found)
}

/// What arrived for a payout.
///
/// # Errors
/// Where the book cannot be read.
pub fn of_payout(read: &Read<'_>, payout: PayoutId) -> Result<Vec<Deposit>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM deposit WHERE payout = ?1 ORDER BY arrived_on, id")?;
    let mut rows = statement.query([payout.to_string()])?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(next)?);
    }
    Ok(found)
}

/// One deposit.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: DepositId) -> Result<Deposit, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM deposit WHERE id = ?1")?;
    let mut rows = statement.query([id.to_string()])?;
    match rows.next()? {
        Some(found) => row(found),
        None => Err(none(id)),
    }
}

/// Puts a deposit in. One of a statement that is there already, or that somebody entered by hand within three days, is
/// not put in again.
///
/// # Errors
/// Where the book cannot be written.
pub fn put(write: &Write<'_>, deposit: &Deposit) -> Result<Put, StoreError> {
    if deposit.statement.is_some() {
        let by_hand: bool = write
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM deposit WHERE account = '' AND currency = ?1 AND amount = ?2
                     AND arrived_on BETWEEN date(?3, '-3 days') AND date(?3, '+3 days'))",
            )?
            .query_row(
                (
                    deposit.amount.currency().code(),
                    deposit.amount.micros(),
                    deposit.on.to_string(),
                ),
                |row| row.get(0),
            )?;
        if by_hand {
            return Ok(Put::ByHand);
        }
    }
    let mut statement = write.0.prepare_cached(
        "INSERT INTO deposit (id, statement, account, identity, occurrence, arrived_on, amount, fee, currency, who,
             reference, raw, payout, aside, rate, rate_source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (account, identity, occurrence) DO NOTHING",
    )?;
    let (rate, source) = rate_texts(deposit.rate.as_ref());
    let changed = statement.execute(params![
        deposit.id.to_string(),
        deposit.statement.map(|id| id.to_string()),
        deposit.account,
        deposit.identity,
        deposit.occurrence,
        deposit.on.to_string(),
        deposit.amount.micros(),
        deposit.fee.micros(),
        deposit.amount.currency().code(),
        deposit.who,
        deposit.reference,
        deposit.raw,
        deposit.payout.map(|id| id.to_string()),
        deposit.aside,
        rate,
        source,
    ])?;
    Ok(if changed == 1 { Put::New } else { Put::Same })
}

/// An open deposit of this amount on this day, from a statement or entered by hand.
///
/// # Errors
/// Where the book cannot be read.
pub fn like(read: &Read<'_>, amount: Money, on: NaiveDate) -> Result<Option<Deposit>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM deposit WHERE payout IS NULL AND currency = ?1 AND amount = ?2 AND arrived_on = ?3
         ORDER BY aside, id LIMIT 1",
    )?;
    let mut rows = statement.query((amount.currency().code(), amount.micros(), on.to_string()))?;
    rows.next()?.map(row).transpose()
}

/// Says which payout a deposit is, and at which rate; or that it is none.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::PeriodLocked`].
pub fn tie(
    write: &Write<'_>,
    id: DepositId,
    payout: Option<PayoutId>,
    rate: Option<&Rate>,
) -> Result<(), StoreError> {
    let (rate, source) = rate_texts(rate);
    let changed = write.0.execute(
        "UPDATE deposit SET payout = ?2, aside = 0, rate = ?3, rate_source = ?4, revision = revision + 1 WHERE id = ?1",
        params![
            id.to_string(),
            payout.map(|id| id.to_string()),
            rate,
            source
        ],
    )?;
    if changed == 0 { Err(none(id)) } else { Ok(()) }
}

/// Notes what was withheld of a deposit before it arrived.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::PeriodLocked`].
pub fn set_fee(write: &Write<'_>, id: DepositId, fee: Money) -> Result<(), StoreError> {
    let changed = write.0.execute(
        "UPDATE deposit SET fee = ?2, revision = revision + 1 WHERE id = ?1",
        (id.to_string(), fee.micros()),
    )?;
    if changed == 0 { Err(none(id)) } else { Ok(()) }
}

/// Leaves a deposit aside as no payout, or takes that back.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::Matched`] where it is a payout.
pub fn set_aside(write: &Write<'_>, id: DepositId, aside: bool) -> Result<(), StoreError> {
    if get(&write.read(), id)?.payout.is_some() {
        return Err(StoreError::Matched);
    }
    write.0.execute(
        "UPDATE deposit SET aside = ?2, revision = revision + 1 WHERE id = ?1",
        (id.to_string(), aside),
    )?;
    Ok(())
}

/// Takes out a deposit that was entered by hand.
///
/// # Errors
/// [`StoreError::NoSuch`], also where a statement has it: that is undone whole.
pub fn remove(write: &Write<'_>, id: DepositId) -> Result<(), StoreError> {
    let changed = write.0.execute(
        "DELETE FROM deposit WHERE id = ?1 AND account = ''",
        [id.to_string()],
    )?;
    if changed == 0 { Err(none(id)) } else { Ok(()) }
}

/// The deposit that a commission arrived with, by way of the payout that paid it.
///
/// # Errors
/// Where the book cannot be read.
pub fn payouts_of_row(
    read: &Read<'_>,
    conversion: &str,
) -> Result<Vec<(PayoutId, i64)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT l.payout, l.amount FROM payout_line l JOIN payout y ON y.id = l.payout WHERE l.conversion = ?1
         ORDER BY coalesce(y.sent_on, ''), y.id",
    )?;
    let rows = statement
        .query_map([conversion], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, i64)>, _>>()?;
    rows.into_iter()
        .map(|(id, amount)| Ok((parse(&id)?, amount)))
        .collect()
}

/// How many deposits nobody has looked at.
///
/// # Errors
/// Where the book cannot be read.
pub fn open(read: &Read<'_>) -> Result<u64, StoreError> {
    let count: Option<u64> = read
        .0
        .query_row(
            "SELECT count(*) FROM deposit WHERE payout IS NULL AND aside = 0",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok(count.unwrap_or(0))
}

fn none(id: DepositId) -> StoreError {
    StoreError::NoSuch {
        noun: "deposit",
        name: id.to_string(),
    }
}

fn rate_texts(rate: Option<&Rate>) -> (Option<String>, Option<&str>) {
    (
        rate.map(|rate| format!("{}/{}={}@{}", rate.from, rate.to, rate.value, rate.on)),
        rate.map(|rate| rate.source.as_str()),
    )
}

pub(crate) fn row(row: &Row<'_>) -> Result<Deposit, StoreError> {
    let currency: String = col(row, "currency")?;
    let rate: Option<String> = col(row, "rate")?;
    let source: Option<String> = col(row, "rate_source")?;
    let id = |name: &str| -> Result<Option<String>, StoreError> { col(row, name) };
    Ok(Deposit {
        id: parse(&col::<String>(row, "id")?)?,
        statement: id("statement")?.as_deref().map(parse).transpose()?,
        account: col(row, "account")?,
        identity: col(row, "identity")?,
        occurrence: col(row, "occurrence")?,
        on: day(&col::<String>(row, "arrived_on")?)?,
        amount: money(col(row, "amount")?, &currency)?,
        fee: money(col(row, "fee")?, &currency)?,
        who: col(row, "who")?,
        reference: col(row, "reference")?,
        raw: col(row, "raw")?,
        payout: id("payout")?.as_deref().map(parse).transpose()?,
        aside: col(row, "aside")?,
        rate: match (rate, source) {
            (Some(rate), Some(source)) => Some(
                Rate::parse(&rate, &source)
                    .map_err(|_| StoreError::Unreadable(format!("the rate {rate}")))?,
            ),
            _ => None,
        },
    })
}
