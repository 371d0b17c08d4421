//! A sync: whole pages land as they come, each with the place to go on from in the same transaction, all in one batch.

use super::{
    account, connector, find, given,
    journal::Journal,
    land::{Land, nothing},
    log, open, trouble, turnstile,
};
use crate::{
    App, Failure,
    dto::{Key, SyncDone, SyncInput, SyncedConnection},
    files::program::date,
    jobs::Job,
};
use chrono::{DateTime, NaiveTime, TimeZone as _, Utc};
use perennial_connectors::{
    Plan,
    driver::drive,
    http::{Event, Line, Tally},
};
use perennial_store::table::connection::{self, ConnectionRow};

/// What one run is to do.
#[derive(Clone, Copy, Default)]
pub(super) struct Order<'a> {
    pub since: Option<DateTime<Utc>>,
    pub secret: Option<&'a str>,
    pub scheduled: bool,
}

/// Fetches what is new. A connection that breaks off keeps what has landed, and says so; one of which nothing could be
/// fetched writes no row.
///
/// # Errors
/// Where there is no such connection, or nothing could be fetched from any of them.
pub fn sync(app: &App, input: SyncInput) -> Result<SyncDone, Failure> {
    let order = Order {
        since: since(app, given(input.since.as_deref()))?,
        secret: input.secret.as_ref().map(Key::expose),
        scheduled: false,
    };
    let rows = rows(app, &input.names)?;
    app.jobs.run(input.job.as_deref(), |job| {
        let (done, first) = all(app, &rows, order, job);
        let landed = done.connections.iter().any(|one| one.batch.is_some());
        match first {
            Some(failure) if !landed => Err(failure),
            _ => Ok(done),
        }
    })
}

/// Syncs connections one after the other; says what came of each, and the first failure that let nothing land.
pub(super) fn all(
    app: &App,
    rows: &[ConnectionRow],
    order: Order<'_>,
    job: &Job,
) -> (SyncDone, Option<Failure>) {
    let mut connections = Vec::new();
    let mut first = None;
    for row in rows {
        match one(app, row, order, job) {
            Ok(done) => connections.push(done),
            Err((failure, tally)) => {
                connections.push(nothing(row, &failure, tally));
                first.get_or_insert(failure);
            }
        }
    }
    (SyncDone { connections }, first)
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

/// One connection; an error means that no row was written.
fn one(
    app: &App,
    row: &ConnectionRow,
    order: Order<'_>,
    job: &Job,
) -> Result<SyncedConnection, (Failure, Tally)> {
    let journal = Journal::new(app);
    let (done, tally) = run(app, row, order, job, &journal);
    let noted = log::note(app, row, order.scheduled, &journal, &done, tally);
    match (done, noted) {
        (Ok(done), Ok(())) => Ok(done),
        (Ok(_), Err(failure)) | (Err(failure), _) => Err((failure, tally)),
    }
}

fn run(
    app: &App,
    row: &ConnectionRow,
    order: Order<'_>,
    job: &Job,
    journal: &Journal<'_>,
) -> (Result<SyncedConnection, Failure>, Tally) {
    let mut tally = Tally::default();
    let done = (|| {
        let network = connector(&row.network)?;
        let account = account(app, row)?;
        if network.form().leads && account.leads.is_empty() {
            let message = format!("“{}” has no leads to ask for.", row.name);
            return Err(Failure::refused("sync.no_leads", message).hint(format!(
                "Name them, one a line in a file: perennial connection leads {} --from FILE.",
                row.name
            )));
        }
        let http = open(app, row, network, order.secret)?;
        let mut landing = Land::new(app, row, network, order.since)?;
        journal.begun(network.title(), landing.window());
        let plan = Plan {
            account,
            since: landing.window().since,
            begun: landing.window().begun,
            last: landing.last(),
            resume: landing.window().resume.clone(),
        };
        let (stop, watch) = (|| job.cancelled(), |event: Event<'_>| journal.event(event));
        let mut line = Line::new(&*http, app.gateway.pace(), &app.gateway.limits, &stop)
            .paced(turnstile(app, row, network))
            .watched(&watch);
        let mut run = network.run(plan);
        let ended = drive(&mut *run, &mut line, |page| landing.take(page, job));
        tally = line.tally();
        // A book that cannot be written ends the sync; what was committed before stands as a partial batch.
        let trouble = ended?;
        let failure = trouble
            .as_ref()
            .map(|trouble| trouble::failure(network.title(), trouble));
        landing.end(failure, tally)
    })();
    (done, tally)
}
