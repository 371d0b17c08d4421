//! The stream of a batch's records into the book.

use super::{
    BatchSummary, Choices, Coverage, NewBatch, Refusal, Unknown, aside, changes, finish,
    later::{self, Figures, Locks},
    life::Room,
    others::Others,
    payouts,
    statement::{UPDATE, bind, identity},
};
use crate::{
    StoreError,
    derive::{Derived, Deriver, Facts},
    rows::{instant_text, parse},
    tally,
};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{
    Currency, Money,
    attribution::sub_id_key,
    ledger::{Approval, ConversionFacts, Payment, PayoutFacts},
};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _};
use std::{collections::BTreeMap, rc::Rc};
use uuid::Uuid;

/// Unknown words to tell apart; a hostile report may have one a row.
const UNKNOWN_WORDS: usize = 200;
/// Characters kept of a refused record.
const REFUSED_CHARS: usize = 1_000;

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
    /// What other sources have; read when the first new row comes.
    pub(super) others: Option<Others>,
    /// Programs by the months that have new rows in this transaction.
    pub(super) noted: BTreeMap<(i32, u32), Vec<Option<Rc<str>>>>,
    /// New rows that another source may have, with their lines.
    pub(super) looked_at: Vec<(i64, Option<u64>)>,
    pub(super) choices: Choices,
    /// Periods whose figures stay as they are.
    pub(super) locks: Locks,
    /// Rows of this connection were left out before.
    pub(super) set_aside: bool,
    /// The row before was new.
    pub(super) all_new: bool,
    /// Whether somebody wants it to stop.
    pub(super) stop: Option<&'a dyn Fn() -> bool>,
    pub(super) ids: &'a dyn Fn() -> Uuid,
    pub(super) find: CachedStatement<'a>,
    pub(super) insert: CachedStatement<'a>,
    pub(super) refuse: CachedStatement<'a>,
    pub(super) unknown: BTreeMap<(&'static str, String), u64>,
    pub(super) _room: Room<'a>,
}

/// What became of a row that was put in.
enum Brought {
    New,
    /// It is there already.
    There,
    /// It is of a locked period, with what follows from it.
    Locked(Derived),
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
    /// Says what becomes of rows that another source may have already; without it all land.
    pub fn choose(&mut self, choices: Choices) {
        self.choices = choices;
    }

    /// Hands in whom to ask whether to stop; the end of a long batch asks now and then.
    pub fn stop_when(&mut self, stop: &'a dyn Fn() -> bool) {
        self.stop = Some(stop);
    }

    /// Ends the work where somebody wants it to stop.
    pub(super) fn go_on_only(&self) -> Result<(), StoreError> {
        match self.stop {
            Some(stop) if stop() => Err(StoreError::Cancelled),
            _ => Ok(()),
        }
    }

    /// Takes a conversion in.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn add(&mut self, facts: &ConversionFacts) -> Result<Outcome, StoreError> {
        self.add_from(facts, None)
    }

    /// Takes a conversion in from a line of a file.
    ///
    /// # Errors
    /// Where the book cannot be written.
    pub fn add_from(
        &mut self,
        facts: &ConversionFacts,
        line: Option<u64>,
    ) -> Result<Outcome, StoreError> {
        self.note_unknown(facts);
        let day = self.deriver.day(facts.occurred_at);
        self.days = Some(
            self.days
                .map_or((day, day), |(first, last)| (first.min(day), last.max(day))),
        );
        // Most rows go as the row before them: where it was new, putting this one in tells whether it is, too.
        let known = if self.all_new {
            None
        } else {
            self.find(facts)?
        };
        let outcome = match known {
            Some(known) => self.again(facts, &known)?,
            None if self.set_aside && self.is_aside(facts)? => Outcome::Same,
            None => match self.bring(facts, line)? {
                Brought::New => Outcome::New,
                Brought::There => {
                    let known = self.find(facts)?.ok_or_else(|| {
                        StoreError::Unreadable("a row that is there and is not".to_owned())
                    })?;
                    self.again(facts, &known)?
                }
                Brought::Locked(derived) => {
                    if let Some(known) = self.find(facts)? {
                        self.again(facts, &known)?
                    } else {
                        let id = (self.ids)().to_string();
                        self.keep_for_later(facts, &id, &derived)?
                    }
                }
            },
        };
        self.all_new = outcome == Outcome::New;
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

    /// Puts a row in, unless it is there already or of a locked period.
    fn bring(&mut self, facts: &ConversionFacts, line: Option<u64>) -> Result<Brought, StoreError> {
        let key = sub_id_key(&facts.sub_ids);
        let derived = self.derive(facts, &key, 0);
        if self.locks.has(
            derived.program.as_deref(),
            facts.currency.code(),
            derived.occurred_on,
        ) {
            return Ok(Brought::Locked(derived));
        }
        let id = (self.ids)().to_string();
        let inserted = bind(
            &mut self.insert,
            &id,
            &self.connection_text,
            &self.batch_text,
            identity(facts),
            facts,
            &key,
            &derived,
        )?;
        if inserted {
            self.note_month(&derived)?;
            self.total(facts);
            self.look_at(facts, &derived, line)?;
        }
        Ok(if inserted {
            Brought::New
        } else {
            Brought::There
        })
    }

    /// Has the month of a new row summed anew, once for all its rows.
    fn note_month(&mut self, derived: &Derived) -> Result<(), StoreError> {
        let day = derived.occurred_on;
        let programs = self.noted.entry((day.year(), day.month())).or_default();
        if !programs.contains(&derived.program) {
            tally::note(self.connection, derived.program.as_deref(), day)?;
            programs.push(derived.program.clone());
        }
        Ok(())
    }

    /// Keeps what a source says of a locked period; the ledger stays as it is. It is no news where it is kept already.
    fn keep_for_later(
        &mut self,
        facts: &ConversionFacts,
        id: &str,
        derived: &Derived,
    ) -> Result<Outcome, StoreError> {
        let identity = identity(facts);
        if !later::is_kept(self, facts.kind.family(), identity, &facts.raw_hash)? {
            let mut keep = self.connection.prepare_cached(later::KEEP)?;
            bind(
                &mut keep,
                id,
                &self.connection_text,
                &self.batch_text,
                identity,
                facts,
                &sub_id_key(&facts.sub_ids),
                derived,
            )?;
            self.summary.after_lock += 1;
        }
        Ok(Outcome::Same)
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
            &facts.parent_native_id,
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
            if known.same && !self.locks.is_empty() {
                later::forget(self, facts.kind.family(), identity(facts))?;
            }
            return Ok(Outcome::Same);
        }
        if !known.same && !stale && !self.locks.is_empty() {
            let allotted = changes::Seen::read(self.connection, known.rowid)?.allotted;
            let derived = self.derive(facts, &sub_id_key(&facts.sub_ids), allotted);
            let (was, is) = (
                Figures::read(self.connection, known.rowid)?,
                Figures::of(facts, &derived),
            );
            if was != is && (was.locked(&self.locks)? || is.locked(&self.locks)?) {
                return self.keep_for_later(facts, &known.id, &derived);
            }
            later::forget(self, facts.kind.family(), identity(facts))?;
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
        if facts.approval == Approval::Reversed && !before.is_reversed() {
            self.summary.reversed += 1;
        }
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

    fn is_aside(&self, facts: &ConversionFacts) -> Result<bool, StoreError> {
        let (id, occurrence) = identity(facts);
        aside::has(
            self.connection,
            &self.connection_text,
            facts.kind.family(),
            id,
            occurrence,
        )
    }

    /// Remembers a new row that another source may have.
    fn look_at(
        &mut self,
        facts: &ConversionFacts,
        derived: &Derived,
        line: Option<u64>,
    ) -> Result<(), StoreError> {
        if self.others.is_none() {
            self.others = Some(Others::read(self.connection, &self.connection_text)?);
        }
        let worth = self.others.as_ref().is_some_and(|others| {
            !others.is_empty()
                && others.has(
                    &derived.occurred_on.to_string(),
                    facts.currency.code(),
                    facts.commission.map(Money::micros),
                    facts.order_ref.as_deref(),
                )
        });
        if worth {
            let rowid = self.connection.last_insert_rowid();
            self.looked_at.push((rowid, line));
        }
        Ok(())
    }

    fn total(&mut self, facts: &ConversionFacts) {
        if let Some(commission) = facts.commission {
            let total = self.totals.entry(commission.currency()).or_default();
            *total = total.saturating_add(commission.micros());
        }
    }

    /// Notes a word for what happened that is not known.
    pub fn unknown_kind(&mut self, word: &str) {
        self.note_word("kind", word);
    }

    fn note_word(&mut self, field: &'static str, text: &str) {
        let room = self.unknown.len() < UNKNOWN_WORDS;
        let key = (field, text.to_owned());
        if room || self.unknown.contains_key(&key) {
            *self.unknown.entry(key).or_default() += 1;
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
            if let Some(text) = text.as_deref().filter(|_| other) {
                self.note_word(field, text);
            }
        }
    }
}
