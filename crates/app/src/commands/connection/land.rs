//! Where the pages of one connection land.

use super::trouble;
use crate::{
    App, Failure,
    dto::{Refused, RowCounts, SyncedConnection, UnknownWord, Vanished},
    jobs::Job,
    privacy::Minimiser,
};
use chrono::{DateTime, Utc};
use perennial_connectors::{Connector, Cursor, Known, Landing, RefusedRecord, Window, http::Tally};
use perennial_domain::ids::BatchId;
use perennial_store::{
    StoreError, Write,
    table::{
        batch::{BatchKind, BatchSummary, BatchWriter, Coverage, NewBatch, Paused, Refusal},
        connection::{self, ConnectionRow},
    },
};
use std::fmt::Write as _;
use uuid::Uuid;

/// Refused records that an answer names; the batch keeps all of them.
const REFUSED_SHOWN: usize = 1_000;

/// Where the pages of one connection land.
pub(super) struct Land<'a> {
    app: &'a App,
    row: &'a ConnectionRow,
    network: &'a dyn Connector,
    cursor: Cursor,
    window: Window,
    batch: BatchId,
    ids: Box<dyn Fn() -> Uuid + 'a>,
    begun: DateTime<Utc>,
    paused: Option<Paused>,
    refused: Vec<Refused>,
}

impl<'a> Land<'a> {
    pub(super) fn new(
        app: &'a App,
        row: &'a ConnectionRow,
        network: &'a dyn Connector,
        since: Option<DateTime<Utc>>,
    ) -> Result<Self, Failure> {
        let (cursor, begun) = (Cursor::read(row.cursor.as_deref()), app.now());
        let (rows, first) = app.read(|read| connection::known(read, row.id))?;
        let known = Known { rows, first };
        Ok(Self {
            window: cursor.window(begun, since, known, network.depth()),
            batch: app.id(),
            ids: Box::new(|| app.id()),
            paused: None,
            refused: Vec::new(),
            app,
            row,
            network,
            cursor,
            begun,
        })
    }

    /// What is read.
    pub(super) fn window(&self) -> &Window {
        &self.window
    }

    /// When the last complete sync began.
    pub(super) fn last(&self) -> Option<DateTime<Utc>> {
        self.cursor.last()
    }

    /// Commits what came together with the place to go on from. The batch begins with the first page that lands.
    pub(super) fn take(&mut self, page: Landing, job: &Job) -> Result<(), Failure> {
        let paused = self.paused.take();
        let cursor = self
            .cursor
            .clone()
            .landed(&self.window, page.resume.clone())
            .text();
        let (laid, read) = self.app.write(|write| {
            let mut writer = self.writer(write, paused)?;
            let minimiser = Minimiser::of(write, self.app.id())?;
            for facts in &page.conversions {
                let mut facts = facts.clone();
                minimiser.minimise(&mut facts);
                writer.add(&facts)?;
            }
            for facts in &page.payouts {
                let mut facts = facts.clone();
                minimiser.minimise_payout(&mut facts);
                writer.add_payout(&facts)?;
            }
            for record in page.refused.iter().filter(|record| record.conversion) {
                let mut refusal = refusal(record);
                refusal.text = minimiser.text(refusal.text);
                refusal.reason = minimiser.text(refusal.reason);
                writer.refuse(&refusal)?;
                if record.native_id.is_none() {
                    writer.unidentified();
                }
            }
            connection::set_cursor(write, self.row.id, &cursor)?;
            let read = writer.so_far().rows.read;
            Ok((writer.pause()?, read))
        })?;
        self.paused = Some(laid);
        let room = REFUSED_SHOWN.saturating_sub(self.refused.len());
        self.refused
            .extend(page.refused.into_iter().take(room).map(refused));
        job.report(read, 0);
        Ok(())
    }

    fn writer<'w>(
        &'w self,
        write: &Write<'w>,
        paused: Option<Paused>,
    ) -> Result<BatchWriter<'w>, StoreError> {
        if let Some(paused) = paused {
            return BatchWriter::go_on(write, paused, &*self.ids);
        }
        let batch = NewBatch {
            id: self.batch,
            connection: self.row.id,
            kind: BatchKind::Sync,
            file: None,
            profile: Some(self.row.network.clone()),
            at: self.begun,
        };
        BatchWriter::begin(write, batch, &*self.ids)
    }

    /// Ends the batch. Only a complete sync can say what vanished, and only of the window it read.
    pub(super) fn end(
        mut self,
        failure: Option<Failure>,
        tally: Tally,
    ) -> Result<SyncedConnection, Failure> {
        let paused = match (self.paused.take(), &failure) {
            (None, Some(failure)) => return Err(failure.clone()),
            (paused, _) => paused,
        };
        let coverage = match &failure {
            Some(_) => Coverage::Partial,
            None if self.network.sees_everything() => Coverage::Window {
                from: self.window.since,
                to: None,
            },
            // Everything that was asked for came, which says nothing of the rest: nothing lies in this window.
            None => Coverage::Window {
                from: Some(DateTime::<Utc>::MAX_UTC),
                to: Some(DateTime::<Utc>::UNIX_EPOCH),
            },
        };
        let summary = self.app.write(|write| {
            let summary = self.writer(write, paused)?.finish(coverage)?;
            if failure.is_none() {
                connection::set_cursor(
                    write,
                    self.row.id,
                    &self.cursor.clone().completed(&self.window).text(),
                )?;
            }
            connection::set_run(
                write,
                self.row.id,
                self.begun,
                &outcome(&summary, failure.as_ref()),
            )?;
            Ok(summary)
        })?;
        Ok(SyncedConnection {
            name: self.row.name.clone(),
            batch: Some(self.batch.to_string()),
            rows: RowCounts {
                read: summary.rows.read,
                new: summary.rows.new,
                changed: summary.rows.changed,
                same: summary.rows.same,
                refused: summary.rows.refused,
            },
            refused: self.refused,
            vanished: summary
                .vanished
                .into_iter()
                .map(|row| Vanished {
                    native_id: row.native_id,
                    commission: row.commission.map(Into::into),
                })
                .collect(),
            unknown: summary
                .unknown
                .into_iter()
                .map(|word| UnknownWord {
                    field: word.field.to_owned(),
                    word: word.word,
                    count: word.count,
                })
                .collect(),
            requests: tally.requests,
            retries: tally.retries,
            complete: failure.is_none(),
            error: failure.as_ref().map(trouble::dto),
        })
    }
}

/// A connection of which nothing landed, beside others of which something did.
pub(super) fn nothing(row: &ConnectionRow, failure: &Failure, tally: Tally) -> SyncedConnection {
    SyncedConnection {
        name: row.name.clone(),
        batch: None,
        rows: RowCounts::default(),
        refused: Vec::new(),
        vanished: Vec::new(),
        unknown: Vec::new(),
        requests: tally.requests,
        retries: tally.retries,
        complete: false,
        error: Some(trouble::dto(failure)),
    }
}

/// What came of a sync, for the list of connections.
fn outcome(summary: &BatchSummary, failure: Option<&Failure>) -> String {
    let rows = summary.rows;
    let mut said = format!(
        "{} new, {} changed, {} same",
        rows.new, rows.changed, rows.same
    );
    for (count, word) in [
        (rows.refused, "refused"),
        (summary.vanished.len() as u64, "vanished"),
    ] {
        if count > 0 {
            // Writing into a String cannot fail.
            let _ = write!(said, ", {count} {word}");
        }
    }
    match failure {
        None => format!("Complete: {said}."),
        Some(failure) => format!("Partial: {said}. {}", failure.message),
    }
}

fn refusal(record: &RefusedRecord) -> Refusal {
    Refusal {
        line: None,
        column: Some(record.field.clone()),
        reason: record.reason.clone(),
        text: record.text.clone(),
        native_id: record.native_id.clone(),
    }
}

fn refused(record: RefusedRecord) -> Refused {
    Refused {
        line: None,
        column: Some(record.field),
        reason: record.reason,
        text: record.text,
    }
}
