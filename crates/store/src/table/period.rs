//! Locked periods: up to and with a day the figures of a program in a currency no longer change. The guard itself stands
//! in `closed.rs`.

use super::batch::later;
use crate::{
    Read, StoreError, Write,
    rows::{day, instant, instant_text, parse},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::{
    Currency,
    ids::{PayoutId, ProgramId},
};
use rusqlite::OptionalExtension as _;

/// A locked period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The program.
    pub program: ProgramId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The currency.
    pub currency: Currency,
    /// The last locked day.
    pub through: NaiveDate,
    /// When it was locked.
    pub locked_at: DateTime<Utc>,
    /// In the user's words.
    pub note: String,
    /// Rows that came otherwise since and wait.
    pub waiting: u64,
}

/// Every lock.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<Lock>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT k.program, p.slug, p.name, k.currency, k.through, k.locked_at, k.note,
             (SELECT count(*) FROM after_lock a LEFT JOIN conversion c ON a.noun = 'conversion' AND c.id = a.id
              WHERE json_extract(a.row, '$.program') = k.program AND json_extract(a.row, '$.currency') = k.currency
                 OR c.program = k.program AND c.currency = k.currency)
         FROM period_lock k JOIN program p ON p.id = k.program ORDER BY p.name, k.currency",
    )?;
    let mut rows = statement.query([])?;
    let mut locks = Vec::new();
    while let Some(row) = rows.next()? {
        locks.push(Lock {
            program: parse(&row.get::<_, String>(0)?)?,
            slug: row.get(1)?,
            name: row.get(2)?,
            currency: parse(&row.get::<_, String>(3)?)?,
            through: day(&row.get::<_, String>(4)?)?,
            locked_at: instant(&row.get::<_, String>(5)?)?,
            note: row.get(6)?,
            waiting: row.get(7)?,
        });
    }
    Ok(locks)
}

/// Program, currency and last locked day of every lock.
pub(crate) fn days(read: &Read<'_>) -> Result<Vec<(String, String, NaiveDate)>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT program, currency, through FROM period_lock")?;
    let mut rows = statement.query([])?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        days.push((row.get(0)?, row.get(1)?, day(&row.get::<_, String>(2)?)?));
    }
    Ok(days)
}

/// Through which day a program is locked in a currency.
///
/// # Errors
/// Where the book cannot be read.
pub fn through(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
) -> Result<Option<NaiveDate>, StoreError> {
    let found: Option<String> = read
        .0
        .prepare_cached("SELECT through FROM period_lock WHERE program = ?1 AND currency = ?2")?
        .query_row((program.to_string(), currency.code()), |row| row.get(0))
        .optional()?;
    found.as_deref().map(day).transpose()
}

/// Whether a payout is in a locked period.
pub(crate) fn payout(read: &Read<'_>, id: &str) -> Result<bool, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM payout y JOIN period_lock k ON k.currency = y.currency AND y.sent_on <= k.through
             WHERE y.id = ?1 AND (k.program = y.program OR (y.program IS NULL AND EXISTS (SELECT 1 FROM payout_line l
                 JOIN conversion c ON c.id = l.conversion WHERE l.payout = y.id AND c.program = k.program))))",
    )?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// Whether a payout is in a locked period.
///
/// # Errors
/// Where the book cannot be read.
pub fn has_payout(read: &Read<'_>, id: PayoutId) -> Result<bool, StoreError> {
    payout(read, &id.to_string())
}

/// The payouts of a program in a currency sent on or before a day, oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn payouts_through(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    through: NaiveDate,
) -> Result<Vec<PayoutId>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT y.id FROM payout y WHERE y.currency = ?2 AND y.sent_on <= ?3 AND (y.program = ?1
             OR (y.program IS NULL AND EXISTS (SELECT 1 FROM payout_line l JOIN conversion c ON c.id = l.conversion
                 WHERE l.payout = y.id AND c.program = ?1))) ORDER BY y.sent_on, y.id",
    )?;
    let ids = statement
        .query_map(
            (program.to_string(), currency.code(), through.to_string()),
            |row| row.get(0),
        )?
        .collect::<Result<Vec<String>, _>>()?;
    ids.iter().map(|id| parse(id)).collect()
}

/// Locks a program in a currency through a day, or moves its lock on.
///
/// # Errors
/// [`StoreError::PeriodLocked`] where it is locked through a later day already.
pub fn lock(
    write: &Write<'_>,
    program: ProgramId,
    currency: Currency,
    through: NaiveDate,
    (at, note): (DateTime<Utc>, &str),
) -> Result<(), StoreError> {
    if let Some(known) = self::through(&write.read(), program, currency)?
        && known > through
    {
        return Err(StoreError::PeriodLocked {
            program: slug(write, program)?,
            currency: currency.code().to_owned(),
            through: known.to_string(),
        });
    }
    write.0.execute(
        "INSERT INTO period_lock (program, currency, through, locked_at, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (program, currency) DO UPDATE SET through = excluded.through, locked_at = excluded.locked_at,
             note = excluded.note",
        (
            program.to_string(),
            currency.code(),
            through.to_string(),
            instant_text(at),
            note,
        ),
    )?;
    Ok(())
}

/// Unlocks a program in a currency, whole or after an earlier day.
///
/// # Errors
/// [`StoreError::NothingTo`] where it is not locked past that day.
pub fn unlock(
    write: &Write<'_>,
    program: ProgramId,
    currency: Currency,
    keep: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let program = program.to_string();
    let changed = match keep {
        None => write.0.execute(
            "DELETE FROM period_lock WHERE program = ?1 AND currency = ?2",
            (&program, currency.code()),
        )?,
        Some(keep) => write.0.execute(
            "UPDATE period_lock SET through = ?3 WHERE program = ?1 AND currency = ?2 AND through > ?3",
            (&program, currency.code(), keep.to_string()),
        )?,
    };
    if changed == 0 {
        return Err(StoreError::NothingTo("unlock"));
    }
    Ok(())
}

/// Takes in what sources said of the period while it was locked; says how many rows. What is still locked waits on.
///
/// # Errors
/// Where the book cannot be written.
pub fn take_in(
    write: &Write<'_>,
    program: ProgramId,
    currency: Currency,
) -> Result<u64, StoreError> {
    later::take_in(write, Some((&program.to_string(), currency.code())))
}

fn slug(write: &Write<'_>, program: ProgramId) -> Result<String, StoreError> {
    Ok(write.0.query_row(
        "SELECT slug FROM program WHERE id = ?1",
        [program.to_string()],
        |row| row.get(0),
    )?)
}
