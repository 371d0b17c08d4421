//! How a batch begins, is laid aside between two transactions, and goes on.

use super::{
    BatchSummary, Choices, NewBatch, aside, finish, later::Locks, others::Others,
    statement::INSERT, writer::BatchWriter,
};
use crate::{
    StoreError, Write, closed,
    derive::{self, Deriver},
    rows::instant_text,
};
use chrono::NaiveDate;
use perennial_domain::{Currency, ids::BatchId};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a large batch needs while it is written: room for pages, so that its indexes are not written out again and again,
/// and no trigger beside its new rows; they are held against locked periods before they are kept.
pub(super) struct Room<'a>(&'a Connection);

impl<'a> Room<'a> {
    fn make(connection: &'a Connection) -> Result<Self, StoreError> {
        connection.execute_batch("PRAGMA cache_size = -65536")?;
        closed::stand_aside(connection)?;
        Ok(Self(connection))
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        // Where the transaction is given up the guard is back by itself.
        let _ = closed::stand_again(self.0);
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
    others: Option<Others>,
    looked_at: Vec<(i64, Option<u64>)>,
    choices: Choices,
}

impl Paused {
    /// The batch.
    pub fn id(&self) -> BatchId {
        self.batch.id
    }
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
        derive::current_unless_locked(write)?;
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
            others: None,
            looked_at: Vec::new(),
            choices: Choices::default(),
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
        derive::current_unless_locked(write)?;
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
            others: self.others,
            looked_at: self.looked_at,
            choices: self.choices,
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
            _room: Room::make(connection)?,
            connection,
            deriver: Deriver::read(&write.read())?,
            find: connection.prepare_cached(
                // The record may be the same and its reading not: a word that has been learnt since counts as a change, and
                // so does what it takes back, where that is known now.
                "SELECT rowid, id, raw_hash = ?6 AND approval = ?7 AND payment = ?8
                     AND commission IS ?9 AND (?10 IS NULL OR parent_native_id IS ?10), vanished, batch = ?5, source_updated_at FROM conversion
                 WHERE connection = ?1 AND family = ?2 AND identity = ?3 AND occurrence = ?4",
            )?,
            insert: connection.prepare_cached(INSERT)?,
            refuse: connection.prepare_cached(
                "INSERT INTO batch_refusal (batch, seq, line, column_name, reason, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            summary: paused.summary,
            totals: paused.totals,
            unknown: paused.unknown,
            others: paused.others,
            looked_at: paused.looked_at,
            noted: BTreeMap::new(),
            choices: paused.choices,
            stop: None,
            all_new: false,
            locks: Locks::read(write)?,
            set_aside: aside::any(connection, &paused.connection_text)?,
            seen: paused.seen,
            days: paused.days,
            blind: paused.blind,
            batch: paused.batch,
            batch_text: paused.batch_text,
            connection_text: paused.connection_text,
            at_text: paused.at_text,
            program: paused.program,
            ids,
        })
    }
}
