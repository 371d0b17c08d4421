//! What changed since last time: what every import and sync brought, until someone has looked at it.

use super::batch::{
    self, BatchRecord, Duplicate, Refusal, Short, Unknown, aside,
    duplicates::{SHORT, connection_of, short, short_of},
};
use crate::{
    Read, StoreError, Write,
    rows::{instant_text, money, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::{Money, ids::BatchId};

/// A batch in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The batch.
    pub batch: BatchRecord,
    /// Different words that are not known.
    pub unknown: u64,
    /// Rows that may be duplicates, undecided.
    pub open_duplicates: u64,
    /// Sums of the commissions that vanished.
    pub vanished_totals: Vec<Money>,
    /// Rows and payouts of locked periods that came otherwise and wait.
    pub after_lock: u64,
}

/// What a source says of a locked period since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterLock {
    /// The row in the ledger; none where it is new, or a payout.
    pub row: Option<Short>,
    /// `conversion` or `payout`.
    pub noun: String,
    /// The source's own id.
    pub native_id: Option<String>,
    /// Its day.
    pub on: Option<String>,
    /// What it says the commission or the payout is.
    pub amount: Option<Money>,
    /// What it says of its approval.
    pub approval: Option<String>,
}

/// A known row that a batch changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As it is now.
    pub row: Short,
    /// Field, before, after.
    pub fields: Vec<(String, Option<String>, Option<String>)>,
}

/// Which known rows that a batch changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them but those that vanished.
    All,
    /// Those that are reversed now.
    Reversed,
    /// All of them but those that are reversed or vanished.
    Rest,
}

/// The batches that wait, newest first; with `all` also those that were accepted.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(
    read: &Read<'_>,
    all: bool,
    after: Option<BatchId>,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id FROM batch WHERE undone_at IS NULL AND kind <> 'sample' AND (?1 OR accepted_at IS NULL)
             AND (?2 IS NULL OR rowid < (SELECT rowid FROM batch WHERE id = ?2))
         ORDER BY rowid DESC LIMIT ?3",
    )?;
    let ids = statement
        .query_map((all, after.map(|id| id.to_string()), limit), |row| {
            row.get(0)
        })?
        .collect::<Result<Vec<String>, _>>()?;
    ids.iter().map(|id| entry(read, parse(id)?)).collect()
}

/// How many batches wait.
///
/// # Errors
/// Where the book cannot be read.
pub fn waiting(read: &Read<'_>) -> Result<u64, StoreError> {
    Ok(read.0.query_row(
        "SELECT count(*) FROM batch WHERE accepted_at IS NULL AND undone_at IS NULL AND kind <> 'sample'",
        [],
        |row| row.get(0),
    )?)
}

/// One batch, in short.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn entry(read: &Read<'_>, id: BatchId) -> Result<Entry, StoreError> {
    let text = id.to_string();
    let count = |sql: &str| -> Result<u64, StoreError> {
        Ok(read
            .0
            .prepare_cached(sql)?
            .query_row([&text], |row| row.get(0))?)
    };
    Ok(Entry {
        batch: batch::get(read, id)?,
        unknown: count("SELECT count(*) FROM batch_unknown WHERE batch = ?1")?,
        open_duplicates: count(
            "SELECT count(*) FROM duplicate WHERE batch = ?1 AND decision = 'open'",
        )?,
        vanished_totals: vanished_totals(read, &text)?,
        after_lock: count("SELECT count(*) FROM after_lock WHERE batch = ?1")?,
    })
}

fn vanished_totals(read: &Read<'_>, batch: &str) -> Result<Vec<Money>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT c.currency, sum(c.commission) FROM status_event e JOIN conversion c ON c.id = e.conversion
         WHERE e.batch = ?1 AND e.field = 'vanished' AND e.after = 'gone' AND c.commission IS NOT NULL
         GROUP BY c.currency ORDER BY c.currency",
    )?;
    let mut rows = statement.query([batch])?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        totals.push(money(row.get(1)?, &row.get::<_, String>(0)?)?);
    }
    Ok(totals)
}

/// New rows of a batch, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn new_rows(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Vec<Short>, StoreError> {
    shorts(
        read,
        &format!(
            "SELECT {SHORT} FROM conversion c LEFT JOIN program p ON p.id = c.program
             WHERE c.batch = ?1 ORDER BY c.rowid DESC LIMIT ?2"
        ),
        id,
        limit,
    )
}

/// Rows that a batch no longer found at their source.
///
/// # Errors
/// Where the book cannot be read.
pub fn vanished(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Vec<Short>, StoreError> {
    shorts(
        read,
        &format!(
            "SELECT {SHORT} FROM status_event e JOIN conversion c ON c.id = e.conversion
             LEFT JOIN program p ON p.id = c.program
             WHERE e.batch = ?1 AND e.field = 'vanished' AND e.after = 'gone' ORDER BY e.id LIMIT ?2"
        ),
        id,
        limit,
    )
}

fn shorts(read: &Read<'_>, sql: &str, id: BatchId, limit: u32) -> Result<Vec<Short>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let mut rows = statement.query((id.to_string(), limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(short_of(row)?);
    }
    Ok(found)
}

/// Known rows that a batch changed, with what changed in each.
///
/// # Errors
/// Where the book cannot be read.
pub fn changed(
    read: &Read<'_>,
    id: BatchId,
    which: Which,
    limit: u32,
) -> Result<Vec<Changed>, StoreError> {
    let having = match which {
        Which::All => "",
        Which::Reversed => "HAVING max(e.field = 'approval' AND e.after IS 'reversed')",
        Which::Rest => "HAVING NOT max(e.field = 'approval' AND e.after IS 'reversed')",
    };
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT e.conversion FROM status_event e
         WHERE e.batch = ?1 AND NOT (e.field = 'vanished' AND e.after = 'gone')
         GROUP BY e.conversion {having} ORDER BY min(e.id) LIMIT ?2"
    ))?;
    let batch = id.to_string();
    let ids = statement
        .query_map((&batch, limit), |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    let mut events = read.0.prepare_cached(
        "SELECT field, before, after FROM status_event WHERE conversion = ?1 AND batch = ?2 ORDER BY id",
    )?;
    ids.iter()
        .map(|id| {
            Ok(Changed {
                row: short(read.0, id)?,
                fields: events
                    .query_map((id, &batch), |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })?
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

/// What a batch brought of locked periods: kept beside the ledger until they are unlocked.
///
/// # Errors
/// Where the book cannot be read.
pub fn after_lock(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Vec<AfterLock>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT noun, id, known, json_extract(row, '$.native_id'),
             coalesce(json_extract(row, '$.occurred_on'), json_extract(row, '$.sent_on')),
             coalesce(json_extract(row, '$.commission'), json_extract(row, '$.amount')), json_extract(row, '$.currency'),
             json_extract(row, '$.approval')
         FROM after_lock WHERE batch = ?1 ORDER BY noun, 5, id LIMIT ?2",
    )?;
    let mut rows = statement.query((id.to_string(), limit))?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        let (noun, row, known): (String, String, bool) = (next.get(0)?, next.get(1)?, next.get(2)?);
        let currency: String = next.get(6)?;
        let amount: Option<i64> = next.get(5)?;
        found.push(AfterLock {
            row: if known && noun == "conversion" {
                Some(short(read.0, &row)?)
            } else {
                None
            },
            noun,
            native_id: next.get(3)?,
            on: next.get(4)?,
            amount: amount.map(|micros| money(micros, &currency)).transpose()?,
            approval: next.get(7)?,
        });
    }
    Ok(found)
}

/// Words of a batch that are not known, most frequent first.
///
/// # Errors
/// Where the book cannot be read.
pub fn unknown(read: &Read<'_>, id: BatchId) -> Result<Vec<Unknown>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT field, word, count FROM batch_unknown WHERE batch = ?1 ORDER BY count DESC, field, word",
    )?;
    let rows = statement.query_map([id.to_string()], |row| {
        Ok(Unknown {
            field: match row.get_ref(0)?.as_str()? {
                "approval" => "approval",
                "payment" => "payment",
                _ => "kind",
            },
            word: row.get(1)?,
            count: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of a batch that another source may have already.
///
/// # Errors
/// Where the book cannot be read.
pub fn duplicates(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Vec<Duplicate>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT conversion, other, line, reason, decision FROM duplicate WHERE batch = ?1
         ORDER BY decision <> 'open', line, conversion LIMIT ?2",
    )?;
    let mut rows = statement.query((id.to_string(), limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (own, other): (String, String) = (row.get(0)?, row.get(1)?);
        let shorts = (short(read.0, &own), short(read.0, &other));
        let (Ok(mine), Ok(theirs)) = shorts else {
            // One of them was taken out with its batch: nothing is left to decide.
            continue;
        };
        found.push(Duplicate {
            other_connection: connection_of(read.0, &other)?,
            id: own,
            line: row.get(2)?,
            row: mine,
            other: theirs,
            reason: row.get(3)?,
            decision: row.get(4)?,
        });
    }
    Ok(found)
}

/// Records of a batch that did not land.
///
/// # Errors
/// Where the book cannot be read.
pub fn refused(read: &Read<'_>, id: BatchId, limit: u32) -> Result<Vec<Refusal>, StoreError> {
    Ok(batch::refusals(read, id, limit)?.items)
}

/// Decides on a row that another source may have already: with `take` both stay, else it is left out.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::TiedToPayments`] where a payment pays the row.
pub fn decide(write: &Write<'_>, id: BatchId, row: &str, take: bool) -> Result<(), StoreError> {
    let changed = write.0.execute(
        "UPDATE duplicate SET decision = ?3 WHERE batch = ?1 AND conversion = ?2",
        (id.to_string(), row, if take { "take" } else { "skip" }),
    )?;
    if changed == 0 {
        return Err(StoreError::NoSuch {
            noun: "duplicate",
            name: row.to_owned(),
        });
    }
    if take {
        aside::put_back(write, row)
    } else {
        aside::leave_out(write, row)
    }
}

/// The rows of a batch on which nobody has decided yet.
///
/// # Errors
/// Where the book cannot be read.
pub fn undecided(read: &Read<'_>, id: BatchId) -> Result<Vec<String>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT conversion FROM duplicate WHERE batch = ?1 AND decision = 'open'",
    )?;
    let rows = statement.query_map([id.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Accepts a batch: it has been looked at. Rows that nobody decided on stay.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::NothingTo`] where it was undone.
pub fn accept(write: &Write<'_>, id: BatchId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let record = batch::get(&write.read(), id)?;
    if record.undone_at.is_some() {
        return Err(StoreError::NothingTo("accept"));
    }
    write.0.execute(
        "UPDATE batch SET accepted_at = coalesce(accepted_at, ?2) WHERE id = ?1",
        (id.to_string(), instant_text(at)),
    )?;
    write.0.execute(
        "UPDATE duplicate SET decision = 'take' WHERE batch = ?1 AND decision = 'open'",
        [id.to_string()],
    )?;
    Ok(())
}
