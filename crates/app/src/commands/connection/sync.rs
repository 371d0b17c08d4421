//! A sync: whole pages land as they come, each with the place to go on from in the same transaction, all in one batch.

use super::{account, connector, find, given, open, trouble};
use crate::{
    App, Failure,
    dto::{Refused, RowCounts, SyncDone, SyncInput, SyncedConnection, UnknownWord, Vanished},
    files::program::date,
    jobs::Job,
};
use chrono::{DateTime, NaiveTime, TimeZone as _, Utc};
use perennial_connectors::{
    Connector, Cursor, Landing, Plan, RefusedRecord, Trouble, Window,
    driver::drive,
    http::{Line, Tally},
};
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

/// Fetches what is new. A connection that breaks off keeps what has landed, and says so; one of which nothing could be
/// fetched writes nothing.
///
/// # Errors
/// Where there is no such connection, or nothing could be fetched from any of them.
pub fn sync(app: &App, input: SyncInput) -> Result<SyncDone, Failure> {
    let since = since(app, given(input.since.as_deref()))?;
    let rows = rows(app, &input.names)?;
    let secret = input.secret.as_deref();
    app.jobs.run(input.job.as_deref(), |job| {
        let mut connections = Vec::new();
        let (mut first, mut landed) = (None, false);
        for row in rows {
            match one(app, &row, since, secret, job) {
                Ok(done) => {
                    landed = true;
                    connections.push(done);
                }
                Err((failure, tally)) => {
                    connections.push(nothing(&row, failure.clone(), tally));
                    first.get_or_insert(failure);
                }
            }
        }
        match first {
            Some(failure) if !landed => Err(failure),
            _ => Ok(SyncDone { connections }),
        }
    })
}

/// The connections of these names, or all of them.
fn rows(app: &App, names: &[String]) -> Result<Vec<ConnectionRow>, Failure> {
    if !names.is_empty() {
        return names.iter().map(|name| find(app, name)).collect();
    }
    let rows: Vec<ConnectionRow> = app
        .read(connection::list)?
        .into_iter()
        .filter(|row| !row.archived)
        .collect();
    if rows.is_empty() {
        return Err(
            Failure::refused("sync.no_connections", "There is no connection to sync.")
                .hint("Add one: perennial connection add partnerstack --name NAME."),
        );
    }
    Ok(rows)
}

/// The beginning of a day where the book is.
fn since(app: &App, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let midnight = date(text, "since")?.and_time(NaiveTime::MIN);
    // Where clocks skip midnight the day begins a little later; reading from UTC's midnight on loses nothing.
    let local = app.zone()?.from_local_datetime(&midnight).earliest();
    Ok(Some(local.map_or_else(
        || midnight.and_utc(),
        |at| at.with_timezone(&Utc),
    )))
}

/// One connection; an error means that nothing was written.
fn one(
    app: &App,
    row: &ConnectionRow,
    since: Option<DateTime<Utc>>,
    secret: Option<&str>,
    job: &Job,
) -> Result<SyncedConnection, (Failure, Tally)> {
    let before = |failure| (failure, Tally::default());
    let network = connector(&row.network).map_err(before)?;
    let http = open(app, row, network, secret).map_err(before)?;
    let mut landing = Land::new(app, row, network, since).map_err(before)?;
    let plan = Plan {
        account: account(row),
        since: landing.window.since,
        resume: landing.window.resume.clone(),
    };
    let stop = || job.cancelled();
    let mut line = Line::new(&*http, app.gateway.pace(), &app.gateway.limits, &stop);
    let mut run = network.run(plan);
    let ended = drive(&mut *run, &mut line, |page| landing.take(page, job));
    let tally = line.tally();
    // A book that cannot be written ends the sync; what was committed before stands as a partial batch.
    let trouble = ended.map_err(|failure| (failure, tally))?;
    landing
        .end(trouble.as_ref(), tally)
        .map_err(|failure| (failure, tally))
}

/// Where the pages of one connection land.
struct Land<'a> {
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
    fn new(
        app: &'a App,
        row: &'a ConnectionRow,
        network: &'a dyn Connector,
        since: Option<DateTime<Utc>>,
    ) -> Result<Self, Failure> {
        let (cursor, begun) = (Cursor::read(row.cursor.as_deref()), app.now());
        let known = app.read(|read| connection::conversions(read, row.id))?;
        Ok(Self {
            window: cursor.window(begun, since, known, network.trailing_days()),
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

    /// Commits what came together with the place to go on from. The batch begins with the first page that lands.
    fn take(&mut self, page: Landing, job: &Job) -> Result<(), Failure> {
        let paused = self.paused.take();
        let cursor = self
            .cursor
            .clone()
            .landed(&self.window, page.resume.clone())
            .text();
        let (laid, read) = self.app.write(|write| {
            let mut writer = self.writer(write, paused)?;
            for facts in &page.conversions {
                writer.add(facts)?;
            }
            for facts in &page.payouts {
                writer.add_payout(facts)?;
            }
            for record in page.refused.iter().filter(|record| record.conversion) {
                writer.refuse(&refusal(record))?;
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
    fn end(mut self, trouble: Option<&Trouble>, tally: Tally) -> Result<SyncedConnection, Failure> {
        let failure = trouble.map(|trouble| trouble::failure(self.network.title(), trouble));
        let paused = match (self.paused.take(), &failure) {
            (None, Some(failure)) => return Err(failure.clone()),
            (paused, _) => paused,
        };
        let coverage = match &failure {
            Some(_) => Coverage::Partial,
            None => Coverage::Window {
                from: self.window.since,
                to: None,
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
            error: failure.map(trouble::dto),
        })
    }
}

/// A connection of which nothing landed, beside others of which something did.
fn nothing(row: &ConnectionRow, failure: Failure, tally: Tally) -> SyncedConnection {
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
