//! What a source says of a locked period: kept whole beside the ledger, so that a lock makes no import and no sync fail,
//! and taken in when the period is unlocked.

use super::{
    changes::{self, CONVERSION, PAYOUT, Stamp},
    writer::BatchWriter,
};
use crate::{StoreError, Write, derive, derive::Derived, table::period, tally};
use chrono::NaiveDate;
use perennial_domain::ledger::{ConversionFacts, PayoutFacts};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashMap;

/// The days through which programs are locked: by program, for each of its currencies.
#[derive(Debug, Default)]
pub(super) struct Locks(HashMap<String, Vec<(String, NaiveDate)>>);

impl Locks {
    pub(super) fn read(write: &Write<'_>) -> Result<Self, StoreError> {
        let mut locks: HashMap<String, Vec<_>> = HashMap::new();
        for (program, currency, through) in period::days(&write.read())? {
            locks.entry(program).or_default().push((currency, through));
        }
        Ok(Self(locks))
    }

    pub(super) fn has(&self, program: Option<&str>, currency: &str, day: NaiveDate) -> bool {
        program
            .and_then(|program| self.0.get(program))
            .is_some_and(|locks| {
                locks
                    .iter()
                    .any(|(of, through)| of == currency && day <= *through)
            })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The figures of a row that a lock keeps.
#[derive(PartialEq, Eq)]
pub(super) struct Figures {
    program: Option<String>,
    day: String,
    currency: String,
    sale: Option<i64>,
    commission: Option<i64>,
    earned: i64,
}

impl Figures {
    pub(super) fn read(connection: &Connection, rowid: i64) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT program, occurred_on, currency, sale, commission, earned FROM conversion WHERE rowid = ?1",
        )?;
        Ok(statement.query_row([rowid], |row| {
            Ok(Self {
                program: row.get(0)?,
                day: row.get(1)?,
                currency: row.get(2)?,
                sale: row.get(3)?,
                commission: row.get(4)?,
                earned: row.get(5)?,
            })
        })?)
    }

    pub(super) fn of(facts: &ConversionFacts, derived: &Derived) -> Self {
        Self {
            program: derived.program.as_deref().map(str::to_owned),
            day: derived.occurred_on.to_string(),
            currency: facts.currency.code().to_owned(),
            sale: facts.sale.map(perennial_domain::Money::micros),
            commission: facts.commission.map(perennial_domain::Money::micros),
            earned: derived.earned,
        }
    }

    pub(super) fn locked(&self, locks: &Locks) -> Result<bool, StoreError> {
        Ok(!locks.is_empty()
            && locks.has(
                self.program.as_deref(),
                &self.currency,
                crate::rows::day(&self.day)?,
            ))
    }
}

/// Keeps a row as it came; the numbers of its values are those of [`super::statement::INSERT`].
pub(super) const KEEP: &str = "INSERT INTO after_lock (noun, id, batch, connection, family, identity, occurrence, known, row, raw_hash)
 VALUES ('conversion', ?1, ?3, ?2, ?4, ?5, ?6, EXISTS (SELECT 1 FROM conversion WHERE id = ?1), json_object(
     'id', ?1, 'connection', ?2, 'batch', ?3, 'family', ?4, 'identity', ?5, 'occurrence', ?6, 'native_id', ?7,
     'program', ?8, 'program_text', ?9, 'plan', ?10, 'plan_text', ?11, 'parent_native_id', ?12, 'kind', ?13, 'tier', ?14,
     'occurred_at', ?15, 'occurred_on', ?16, 'click_at', ?17, 'order_ref', ?18, 'customer_ref', ?19, 'sub_ids', ?20,
     'sub_id_key', ?21, 'currency', ?22, 'sale', ?23, 'commission', ?24, 'approval', ?25, 'approval_text', ?26,
     'payment', ?27, 'payment_text', ?28, 'lock_at', ?29, 'approved_at', ?30, 'reversed_at', ?31, 'reason', ?32,
     'source_updated_at', ?33, 'link', ?34, 'matures_on', ?35, 'earned', ?36, 'paid', ?37, 'raw', ?38, 'raw_hash', ?39,
     'vanished', 0), ?39)
 ON CONFLICT (noun, connection, family, identity, occurrence) DO UPDATE SET
     batch = excluded.batch, row = json_set(excluded.row, '$.id', after_lock.id), raw_hash = excluded.raw_hash";

/// Whether what came is what is kept already.
pub(super) fn is_kept(
    writer: &BatchWriter<'_>,
    family: &str,
    (identity, occurrence): (&str, u32),
    raw_hash: &str,
) -> Result<bool, StoreError> {
    let mut statement = writer.connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM after_lock WHERE noun = 'conversion' AND connection = ?1 AND family = ?2
             AND identity = ?3 AND occurrence = ?4 AND raw_hash = ?5)",
    )?;
    Ok(statement.query_row(
        (
            &writer.connection_text,
            family,
            identity,
            occurrence,
            raw_hash,
        ),
        |row| row.get(0),
    )?)
}

/// Forgets what is kept of a row: its source says again what the ledger says.
pub(super) fn forget(
    writer: &BatchWriter<'_>,
    family: &str,
    (identity, occurrence): (&str, u32),
) -> Result<(), StoreError> {
    let mut statement = writer.connection.prepare_cached(
        "DELETE FROM after_lock WHERE noun = 'conversion' AND connection = ?1 AND family = ?2 AND identity = ?3
             AND occurrence = ?4",
    )?;
    statement.execute((&writer.connection_text, family, identity, occurrence))?;
    Ok(())
}

/// A payout as it is known.
struct KnownPayout {
    program: Option<String>,
    amount: i64,
    currency: String,
    sent_on: Option<String>,
}

/// Keeps a payout of a locked period as it came; none where it is of none. Says whether it is news.
pub(super) fn payout(
    writer: &BatchWriter<'_>,
    facts: &PayoutFacts,
    known: Option<i64>,
    id: &str,
    sent_on: Option<NaiveDate>,
) -> Result<Option<bool>, StoreError> {
    if writer.locks.is_empty() {
        return Ok(None);
    }
    let connection = writer.connection;
    let (currency, day) = (
        facts.amount.currency().code(),
        sent_on.map(|day| day.to_string()),
    );
    let mut locked =
        sent_on.is_some_and(|day| writer.locks.has(writer.program.as_deref(), currency, day));
    let mut id = id.to_owned();
    if let Some(rowid) = known {
        let before = connection
            .prepare_cached(
                "SELECT id, program, amount, currency, sent_on FROM payout WHERE rowid = ?1",
            )?
            .query_row([rowid], |row| {
                id = row.get(0)?;
                Ok(KnownPayout {
                    program: row.get(1)?,
                    amount: row.get(2)?,
                    currency: row.get(3)?,
                    sent_on: row.get(4)?,
                })
            })?;
        if before.program == writer.program
            && before.amount == facts.amount.micros()
            && before.currency == currency
            && before.sent_on == day
        {
            return Ok(None);
        }
        locked |= period::payout(&Write(connection).read(), &id)?;
    }
    if !locked {
        return Ok(None);
    }
    let same: Option<bool> = connection
        .prepare_cached(
            "SELECT raw_hash IS ?3 FROM after_lock WHERE noun = 'payout' AND connection = ?1 AND identity = ?2",
        )?
        .query_row((&writer.connection_text, &facts.native_id, &facts.raw_hash), |row| row.get(0))
        .optional()?;
    if same == Some(true) {
        return Ok(Some(false));
    }
    connection
        .prepare_cached(
            "INSERT INTO after_lock (noun, id, batch, connection, family, identity, occurrence, known, row, raw_hash)
             VALUES ('payout', ?1, ?2, ?3, '', ?4, 0, ?5, json_object('id', ?1, 'connection', ?3, 'batch', ?2,
                 'native_id', ?4, 'program', ?6, 'amount', ?7, 'currency', ?8, 'status_text', ?9, 'period', ?10,
                 'sent_on', ?11, 'raw', ?12, 'raw_hash', ?13), ?13)
             ON CONFLICT (noun, connection, family, identity, occurrence) DO UPDATE SET
                 batch = excluded.batch, row = json_set(excluded.row, '$.id', after_lock.id), raw_hash = excluded.raw_hash",
        )?
        .execute(params![
            id,
            writer.batch_text,
            writer.connection_text,
            facts.native_id,
            known.is_some(),
            writer.program,
            facts.amount.micros(),
            currency,
            facts.status_text,
            facts.period,
            day,
            facts.raw,
            facts.raw_hash,
        ])?;
    Ok(Some(true))
}

/// One kept row.
struct Kept {
    noun: String,
    id: String,
    batch: String,
    known: bool,
}

/// Takes in what was kept of a program and currency, or of all, and is no longer locked; says how many rows.
pub(crate) fn take_in(write: &Write<'_>, of: Option<(&str, &str)>) -> Result<u64, StoreError> {
    let kept: Vec<Kept> = {
        let mut statement = write.0.prepare(
            "SELECT a.noun, a.id, a.batch, a.known FROM after_lock a
             LEFT JOIN conversion c ON a.noun = 'conversion' AND c.id = a.id
             LEFT JOIN payout y ON a.noun = 'payout' AND y.id = a.id
             WHERE ?1 IS NULL OR (json_extract(a.row, '$.program') = ?1 AND json_extract(a.row, '$.currency') = ?2)
                OR (c.program = ?1 AND c.currency = ?2) OR (y.program = ?1 AND y.currency = ?2)
             ORDER BY a.noun, json_extract(a.row, '$.occurred_at'), a.id",
        )?;
        let rows = statement.query_map((of.map(|of| of.0), of.map(|of| of.1)), |row| {
            Ok(Kept {
                noun: row.get(0)?,
                id: row.get(1)?,
                batch: row.get(2)?,
                known: row.get(3)?,
            })
        })?;
        rows.collect::<Result<_, _>>()?
    };
    let mut taken = 0;
    for one in kept {
        write.0.execute_batch("SAVEPOINT later")?;
        match take_one(write, &one) {
            Ok(()) => {
                write.0.execute_batch("RELEASE later")?;
                taken += 1;
            }
            // Its new day, or its old one, is still locked: it waits on.
            Err(StoreError::PeriodLocked { .. }) => {
                write.0.execute_batch("ROLLBACK TO later; RELEASE later")?;
            }
            Err(error) => return Err(error),
        }
    }
    if taken > 0 {
        // What takes back may have come in before what it takes back.
        derive::parents(write, None)?;
    }
    Ok(taken)
}

fn take_one(write: &Write<'_>, kept: &Kept) -> Result<(), StoreError> {
    let connection = write.0;
    if kept.noun == "payout" {
        return take_payout(connection, kept);
    }
    let set = |columns: &[&str]| -> Vec<String> {
        columns
            .iter()
            .map(|name| format!("{name} = json_extract(a.row, '$.{name}')"))
            .collect()
    };
    let rowid: i64;
    if !kept.known && landed(connection, kept)? {
        connection.execute(
            "DELETE FROM after_lock WHERE noun = 'conversion' AND id = ?1",
            [&kept.id],
        )?;
        return Ok(());
    }
    if kept.known {
        rowid = connection.query_row(
            "SELECT rowid FROM conversion WHERE id = ?1",
            [&kept.id],
            |row| row.get(0),
        )?;
        changes::keep_conversion(connection, &kept.batch, rowid)?;
        events(connection, kept)?;
        connection.execute(
            &format!(
                "UPDATE conversion SET {} FROM after_lock a WHERE a.noun = 'conversion' AND a.id = ?1 AND conversion.id = ?1",
                set(CONVERSION).join(", ")
            ),
            [&kept.id],
        )?;
    } else {
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
        let names: Vec<&str> = LASTING.iter().chain(CONVERSION).copied().collect();
        let values: Vec<String> = names
            .iter()
            .map(|name| format!("json_extract(row, '$.{name}')"))
            .collect();
        connection.execute(
            &format!(
                "INSERT INTO conversion ({}) SELECT {} FROM after_lock WHERE noun = 'conversion' AND id = ?1",
                names.join(", "),
                values.join(", ")
            ),
            [&kept.id],
        )?;
        rowid = connection.last_insert_rowid();
        tally::note_row(connection, &kept.id)?;
        connection.execute(
            "INSERT INTO batch_total (batch, currency, amount)
             SELECT batch, currency, commission FROM conversion WHERE id = ?1 AND commission IS NOT NULL
             ON CONFLICT (batch, currency) DO UPDATE SET amount = amount + excluded.amount",
            [&kept.id],
        )?;
    }
    let moved = if kept.known {
        "rows_changed"
    } else {
        "rows_new"
    };
    connection.execute(
        &format!("UPDATE batch SET {moved} = {moved} + 1, rows_same = rows_same - 1 WHERE id = ?1"),
        [&kept.batch],
    )?;
    connection.execute(
        "DELETE FROM after_lock WHERE noun = 'conversion' AND id = ?1",
        [&kept.id],
    )?;
    derive::rows_of(write, &[rowid])
}

/// Whether the row came again since and landed; then that is what its source said last.
fn landed(connection: &Connection, kept: &Kept) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM after_lock a JOIN conversion c ON c.connection = a.connection AND c.family = a.family
             AND c.identity = a.identity AND c.occurrence = a.occurrence WHERE a.noun = 'conversion' AND a.id = ?1)",
    )?;
    Ok(statement.query_row([&kept.id], |row| row.get(0))?)
}

/// What people see change in a row, as its batch would have noted it.
fn events(connection: &Connection, kept: &Kept) -> Result<(), StoreError> {
    let at: String =
        connection.query_row("SELECT at FROM batch WHERE id = ?1", [&kept.batch], |row| {
            row.get(0)
        })?;
    let stamp = Stamp {
        batch: &kept.batch,
        at: &at,
    };
    let before: Option<i64> = connection.query_row(
        "SELECT rowid FROM conversion WHERE id = ?1",
        [&kept.id],
        |row| row.get(0),
    )?;
    let Some(rowid) = before else { return Ok(()) };
    let seen = changes::Seen::read(connection, rowid)?;
    let after = connection.query_row(
        "SELECT json_extract(row, '$.approval'), json_extract(row, '$.approval_text'), json_extract(row, '$.payment'),
             json_extract(row, '$.payment_text'), json_extract(row, '$.sale'), json_extract(row, '$.commission'),
             json_extract(row, '$.currency') FROM after_lock WHERE noun = 'conversion' AND id = ?1",
        [&kept.id],
        |row| {
            let word = |word: String, text: Option<String>| if word == "other" { text } else { Some(word) };
            Ok(changes::Seen::of(
                word(row.get(0)?, row.get(1)?),
                word(row.get(2)?, row.get(3)?),
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
            ))
        },
    )?;
    changes::events_between(connection, &stamp, &kept.id, &seen, &after)
}

fn take_payout(connection: &Connection, kept: &Kept) -> Result<(), StoreError> {
    let names: &[&str] = &[
        "program",
        "amount",
        "currency",
        "status_text",
        "period",
        "sent_on",
        "raw",
        "raw_hash",
    ];
    if kept.known {
        let rowid: i64 = connection.query_row(
            "SELECT rowid FROM payout WHERE id = ?1",
            [&kept.id],
            |row| row.get(0),
        )?;
        changes::keep_payout(connection, &kept.batch, rowid)?;
        debug_assert!(names.iter().all(|name| PAYOUT.contains(name)));
        let set: Vec<String> = names
            .iter()
            .map(|name| format!("{name} = json_extract(a.row, '$.{name}')"))
            .collect();
        connection.execute(
            &format!(
                "UPDATE payout SET {}, revision = revision + 1 FROM after_lock a
                 WHERE a.noun = 'payout' AND a.id = ?1 AND payout.id = ?1",
                set.join(", ")
            ),
            [&kept.id],
        )?;
    } else {
        let names: Vec<&str> = ["id", "connection", "batch", "native_id"]
            .iter()
            .chain(names)
            .copied()
            .collect();
        let values: Vec<String> = names
            .iter()
            .map(|name| format!("json_extract(row, '$.{name}')"))
            .collect();
        connection.execute(
            &format!(
                "INSERT INTO payout ({}) SELECT {} FROM after_lock WHERE noun = 'payout' AND id = ?1",
                names.join(", "),
                values.join(", ")
            ),
            [&kept.id],
        )?;
    }
    connection.execute(
        "DELETE FROM after_lock WHERE noun = 'payout' AND id = ?1",
        [&kept.id],
    )?;
    Ok(())
}
