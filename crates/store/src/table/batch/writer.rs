//! The stream of a batch's records into the book.

use super::{BatchSummary, Coverage, NewBatch, Refusal, Unknown, changes, finish, payouts};
use crate::{
    StoreError, Write,
    derive::{self, Derived, Deriver, Facts},
    rows::{instant_text, parse},
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money,
    attribution::sub_id_key,
    ids::BatchId,
    ledger::{Approval, ConversionFacts, Payment, PayoutFacts},
};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Unknown words to tell apart; a hostile report may have one a row.
const UNKNOWN_WORDS: usize = 200;
/// Characters kept of a refused record.
const REFUSED_CHARS: usize = 1_000;

/// The columns of a row, in the order in which they are bound from `?1`; the first seven never change.
const INSERT: &str = "INSERT INTO conversion (id, connection, batch, family, identity, occurrence, native_id,
     program, program_text, plan, plan_text, parent_native_id, kind, tier, occurred_at, occurred_on, click_at, order_ref,
     customer_ref, sub_ids, sub_id_key, currency, sale, commission, approval, approval_text, payment, payment_text,
     lock_at, approved_at, reversed_at, reason, source_updated_at, link, matures_on, earned, paid, raw, raw_hash)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
     ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39)";
const UPDATE: &str = "UPDATE conversion SET program = ?8, program_text = ?9, plan = ?10, plan_text = ?11,
     parent_native_id = ?12, kind = ?13, tier = ?14, occurred_at = ?15, occurred_on = ?16, click_at = ?17, order_ref = ?18,
     customer_ref = ?19, sub_ids = ?20, sub_id_key = ?21, currency = ?22, sale = ?23, commission = ?24, approval = ?25,
     approval_text = ?26, payment = ?27, payment_text = ?28, lock_at = ?29, approved_at = ?30, reversed_at = ?31,
     reason = ?32, source_updated_at = ?33, link = ?34, matures_on = ?35, earned = ?36, paid = ?37, raw = ?38, raw_hash = ?39
 WHERE id = ?1";

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Landed for the first time.
    New,
    /// Known, and different now.
    Changed,
    /// Known, and as before.
    Same,
}

/// Writes one batch. Records may come in any order and again; the book ends the same.
pub struct BatchWriter<'a> {
    pub(super) connection: &'a Connection,
    pub(super) batch: NewBatch,
    pub(super) batch_text: String,
    pub(super) connection_text: String,
    pub(super) at_text: String,
    pub(super) program: Option<String>,
    pub(super) deriver: Deriver,
    pub(super) summary: BatchSummary,
    /// Rows of earlier batches that came again.
    pub(super) seen: Vec<i64>,
    /// First and last day of the records.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// A record could not even be identified, so nothing can be said about what is missing.
    pub(super) blind: bool,
    pub(super) totals: BTreeMap<Currency, i64>,
    ids: &'a dyn Fn() -> Uuid,
    find: CachedStatement<'a>,
    insert: CachedStatement<'a>,
    refuse: CachedStatement<'a>,
    unknown: BTreeMap<(&'static str, String), u64>,
    _room: Room<'a>,
}

/// More room for pages while a batch is written, so that its indexes are not written out again and again.
struct Room<'a>(&'a Connection);

impl<'a> Room<'a> {
    fn make(connection: &'a Connection) -> Result<Self, StoreError> {
        connection.execute_batch("PRAGMA cache_size = -65536")?;
        Ok(Self(connection))
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        // Where this fails the memory is merely given back later, with the connection.
        let _ = self
            .0
            .execute_batch("PRAGMA cache_size = -2000; PRAGMA shrink_memory");
    }
}

/// A batch between two transactions: a sync commits what has come before it asks for more.
#[derive(Debug)]
pub struct Paused {
    batch: NewBatch,
    batch_text: String,
    connection_text: String,
    at_text: String,
    program: Option<String>,
    summary: BatchSummary,
    seen: Vec<i64>,
    days: Option<(NaiveDate, NaiveDate)>,
    blind: bool,
    totals: BTreeMap<Currency, i64>,
    unknown: BTreeMap<(&'static str, String), u64>,
}

impl Paused {
    /// The batch.
    pub fn id(&self) -> BatchId {
        self.batch.id
    }
}

/// A known row, as far as deciding needs it.
struct Known {
    rowid: i64,
    id: String,
    same: bool,
    vanished: bool,
    own: bool,
    source_updated_at: Option<String>,
}

impl<'a> BatchWriter<'a> {
    /// Begins a batch. `ids` makes new identities, later ones sorting later.
    ///
    /// # Errors
    /// Where the connection is not in the book or the book cannot be written.
    pub fn begin(
        write: &Write<'a>,
        batch: NewBatch,
        ids: &'a dyn Fn() -> Uuid,
    ) -> Result<Self, StoreError> {
        derive::current(write)?;
        let connection = write.0;
        let connection_text = batch.connection.to_string();
        let program = connection
            .query_row(
                "SELECT program FROM connection WHERE id = ?1",
                [&connection_text],
                |row| row.get(0),
            )
            .optional()?
            .ok_or_else(|| StoreError::NoSuch {
                noun: "connection",
                name: connection_text.clone(),
            })?;
        let (batch_text, at_text) = (batch.id.to_string(), instant_text(batch.at));
        connection.execute(
            "INSERT INTO batch (id, connection, kind, file, profile, at, complete) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
            (&batch_text, &connection_text, batch.kind.word(), &batch.file, &batch.profile, &at_text),
        )?;
        let fresh = Paused {
            summary: BatchSummary::default(),
            totals: BTreeMap::new(),
            unknown: BTreeMap::new(),
            seen: Vec::new(),
            days: None,
            blind: false,
            batch,
            batch_text,
            connection_text,
            at_text,
            program,
        };
        Self::assemble(write, fresh, ids)
    }

    /// Goes on with a batch that [`BatchWriter::pause`] laid aside, in another transaction.
    ///
    /// # Errors
    /// Where the book cannot be read.
    pub fn go_on(
        write: &Write<'a>,
        paused: Paused,
        ids: &'a dyn Fn() -> Uuid,
    ) -> Result<Self, StoreError> {
        derive::current(write)?;
        Self::assemble(write, paused, ids)
    }

    /// Lays the batch aside: what it has so far can be committed, and stands as an incomplete batch if nothing follows.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn pause(self) -> Result<Paused, StoreError> {
        finish::note(&self, false)?;
        Ok(Paused {
            summary: self.summary,
            totals: self.totals,
            unknown: self.unknown,
            seen: self.seen,
            days: self.days,
            blind: self.blind,
            batch: self.batch,
            batch_text: self.batch_text,
            connection_text: self.connection_text,
            at_text: self.at_text,
            program: self.program,
        })
    }

    fn assemble(
        write: &Write<'a>,
        paused: Paused,
        ids: &'a dyn Fn() -> Uuid,
    ) -> Result<Self, StoreError> {
        let connection = write.0;
        Ok(Self {
            connection,
            deriver: Deriver::read(&write.read())?,
            find: connection.prepare_cached(
                // The record may be the same and its reading not: a word that has been learnt since counts as a change.
                "SELECT rowid, id, raw_hash = ?6 AND approval = ?7 AND payment = ?8
                     AND commission IS ?9, vanished, batch = ?5, source_updated_at FROM conversion
                 WHERE connection = ?1 AND family = ?2 AND identity = ?3 AND occurrence = ?4",
            )?,
            insert: connection.prepare_cached(INSERT)?,
            refuse: connection.prepare_cached(
                "INSERT INTO batch_refusal (batch, seq, line, column_name, reason, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            summary: paused.summary,
            totals: paused.totals,
            unknown: paused.unknown,
            seen: paused.seen,
            days: paused.days,
            blind: paused.blind,
            batch: paused.batch,
            batch_text: paused.batch_text,
            connection_text: paused.connection_text,
            at_text: paused.at_text,
            program: paused.program,
            ids,
            _room: Room::make(connection)?,
        })
    }

    /// Takes a conversion in.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn add(&mut self, facts: &ConversionFacts) -> Result<Outcome, StoreError> {
        self.note_unknown(facts);
        let day = self.deriver.day(facts.occurred_at);
        self.days = Some(
            self.days
                .map_or((day, day), |(first, last)| (first.min(day), last.max(day))),
        );
        let outcome = match self.find(facts)? {
            None => {
                let id = (self.ids)().to_string();
                let key = sub_id_key(&facts.sub_ids);
                let derived = self.derive(facts, &key, 0);
                let identity = identity(facts);
                bind(
                    &mut self.insert,
                    &id,
                    &self.connection_text,
                    &self.batch_text,
                    identity,
                    facts,
                    &key,
                    &derived,
                )?;
                self.total(facts);
                Outcome::New
            }
            Some(known) => self.again(facts, &known)?,
        };
        let rows = &mut self.summary.rows;
        rows.read += 1;
        match outcome {
            Outcome::New => rows.new += 1,
            Outcome::Changed => rows.changed += 1,
            Outcome::Same => rows.same += 1,
        }
        Ok(outcome)
    }

    /// Takes a payout in.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn add_payout(&mut self, facts: &PayoutFacts) -> Result<Outcome, StoreError> {
        let id = (self.ids)().to_string();
        let sent_on = facts.sent_at.map(|at| self.deriver.day(at));
        let outcome = payouts::add(self, facts, &id, sent_on)?;
        let rows = &mut self.summary.payouts;
        rows.read += 1;
        match outcome {
            Outcome::New => rows.new += 1,
            Outcome::Changed => rows.changed += 1,
            Outcome::Same => rows.same += 1,
        }
        Ok(outcome)
    }

    /// Notes a record that did not land.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn refuse(&mut self, refusal: &Refusal) -> Result<(), StoreError> {
        self.summary.rows.read += 1;
        self.summary.rows.refused += 1;
        let text: String = refusal.text.chars().take(REFUSED_CHARS).collect();
        let line = refusal
            .line
            .map(|line| i64::try_from(line).unwrap_or(i64::MAX));
        let seq = i64::try_from(self.summary.rows.refused).unwrap_or(i64::MAX);
        self.refuse.execute((
            &self.batch_text,
            seq,
            line,
            &refusal.column,
            &refusal.reason,
            &text,
        ))?;
        if let Some(native_id) = &refusal.native_id {
            let mut statement = self.connection.prepare_cached(
                "SELECT rowid FROM conversion WHERE connection = ?1 AND family IN ('conversion', 'reversal')
                 AND identity = ?2 AND native_id IS NOT NULL",
            )?;
            let mut rows = statement.query((&self.connection_text, native_id))?;
            while let Some(row) = rows.next()? {
                self.seen.push(row.get(0)?);
            }
        }
        Ok(())
    }

    /// Says that a record came whose identity could not be read: then no row can be taken for vanished.
    pub fn unidentified(&mut self) {
        self.blind = true;
    }

    /// What became of the records so far.
    pub fn so_far(&self) -> &BatchSummary {
        &self.summary
    }

    /// Ends the batch: flags what vanished, adds up, and says what it did.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn finish(mut self, coverage: Coverage) -> Result<BatchSummary, StoreError> {
        let mut unknown: Vec<Unknown> = std::mem::take(&mut self.unknown)
            .into_iter()
            .map(|((field, word), count)| Unknown { field, word, count })
            .collect();
        unknown.sort_by_key(|unknown| std::cmp::Reverse(unknown.count));
        self.summary.unknown = unknown;
        finish::finish(self, coverage)
    }

    fn find(&mut self, facts: &ConversionFacts) -> Result<Option<Known>, StoreError> {
        let (identity, occurrence) = identity(facts);
        let family = facts.kind.family();
        let values = (
            &self.connection_text,
            family,
            identity,
            occurrence,
            &self.batch_text,
            &facts.raw_hash,
            facts.approval.word(),
            facts.payment.word(),
            facts.commission.map(Money::micros),
        );
        let known = self.find.query_row(values, |row| {
            Ok(Known {
                rowid: row.get(0)?,
                id: row.get(1)?,
                same: row.get(2)?,
                vanished: row.get(3)?,
                own: row.get(4)?,
                source_updated_at: row.get(5)?,
            })
        });
        Ok(known.optional()?)
    }

    /// A known row came again.
    fn again(&mut self, facts: &ConversionFacts, known: &Known) -> Result<Outcome, StoreError> {
        if !known.own {
            self.seen.push(known.rowid);
        }
        // What the source changed earlier than what is known already is no news.
        let stale = match (&known.source_updated_at, facts.source_updated_at) {
            (Some(known), Some(now)) => instant_text(now) < *known,
            _ => false,
        };
        if (known.same || stale) && !known.vanished {
            return Ok(Outcome::Same);
        }
        if !known.own {
            changes::keep_conversion(self.connection, &self.batch_text, known.rowid)?;
        }
        let stamp = changes::Stamp {
            batch: &self.batch_text,
            at: &self.at_text,
        };
        if known.vanished {
            changes::flag(self.connection, &stamp, known.rowid, &known.id, false)?;
        }
        if known.same || stale {
            return Ok(Outcome::Changed);
        }
        let before = changes::Seen::read(self.connection, known.rowid)?;
        changes::events(self.connection, &stamp, &known.id, &before, facts)?;
        if known.own {
            if let Some(micros) = before.commission {
                let total = self.totals.entry(parse(&before.currency)?).or_default();
                *total = total.saturating_sub(micros);
            }
            self.total(facts);
        }
        let key = sub_id_key(&facts.sub_ids);
        let derived = self.derive(facts, &key, before.allotted);
        let mut update = self.connection.prepare_cached(UPDATE)?;
        let identity = identity(facts);
        bind(
            &mut update,
            &known.id,
            &self.connection_text,
            &self.batch_text,
            identity,
            facts,
            &key,
            &derived,
        )?;
        Ok(Outcome::Changed)
    }

    fn derive(&mut self, facts: &ConversionFacts, key: &str, allotted: i64) -> Derived {
        self.deriver.derive(&Facts {
            connection_program: self.program.as_deref(),
            program_text: facts.program_text.as_deref(),
            plan_text: facts.plan_text.as_deref(),
            kind: facts.kind,
            occurred_at: facts.occurred_at,
            lock_at: facts.lock_at,
            sub_id_key: key,
            currency: facts.currency,
            sale: facts.sale.map(Money::micros),
            commission: facts.commission.map(Money::micros),
            approval: facts.approval,
            payment: facts.payment,
            // What it takes back may still be to come; the end of the batch looks.
            parent_matures: None,
            allotted,
        })
    }

    fn total(&mut self, facts: &ConversionFacts) {
        if let Some(commission) = facts.commission {
            let total = self.totals.entry(commission.currency()).or_default();
            *total = total.saturating_add(commission.micros());
        }
    }

    fn note_unknown(&mut self, facts: &ConversionFacts) {
        let words = [
            (
                "approval",
                facts.approval == Approval::Other,
                &facts.approval_text,
            ),
            (
                "payment",
                facts.payment == Payment::Other,
                &facts.payment_text,
            ),
        ];
        for (field, other, text) in words {
            let Some(text) = text.as_deref().filter(|_| other) else {
                continue;
            };
            let room = self.unknown.len() < UNKNOWN_WORDS;
            let key = (field, text.to_owned());
            if room || self.unknown.contains_key(&key) {
                *self.unknown.entry(key).or_default() += 1;
            }
        }
    }
}

/// What tells a record from its siblings: the source's id, else the record itself and which of several equal ones.
fn identity(facts: &ConversionFacts) -> (&str, u32) {
    facts
        .native_id
        .as_deref()
        .map_or((facts.raw_hash.as_str(), facts.occurrence), |id| (id, 0))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one statement's values, bound in one place"
)]
fn bind(
    statement: &mut CachedStatement<'_>,
    id: &str,
    connection: &str,
    batch: &str,
    (identity, occurrence): (&str, u32),
    facts: &ConversionFacts,
    key: &str,
    derived: &Derived,
) -> Result<(), StoreError> {
    let sub_ids = if facts.sub_ids.is_empty() {
        "[]".to_owned()
    } else {
        serde_json::to_string(&facts.sub_ids)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?
    };
    let instant = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(instant_text);
    statement.execute(params![
        id,
        connection,
        batch,
        facts.kind.family(),
        identity,
        occurrence,
        facts.native_id,
        derived.program.as_deref(),
        facts.program_text,
        derived.plan.as_deref(),
        facts.plan_text,
        facts.parent_native_id,
        facts.kind.word(),
        facts.tier.word(),
        instant_text(facts.occurred_at),
        derived.occurred_on.to_string(),
        instant(facts.click_at),
        facts.order_ref,
        facts.customer_ref,
        sub_ids,
        key,
        facts.currency.code(),
        facts.sale.map(Money::micros),
        facts.commission.map(Money::micros),
        facts.approval.word(),
        facts.approval_text,
        facts.payment.word(),
        facts.payment_text,
        instant(facts.lock_at),
        instant(facts.approved_at),
        instant(facts.reversed_at),
        facts.reason,
        instant(facts.source_updated_at),
        derived.link.as_deref(),
        derived.matures_on.to_string(),
        derived.earned,
        derived.paid,
        facts.raw,
        facts.raw_hash,
    ])?;
    Ok(())
}
