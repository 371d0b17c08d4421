//! Syncs by schedule. It is off until a person turns it on; the window's process asks while it is open, and the command
//! line where the system's own clock calls it.

use super::{
    ConnectionDto, dto, find,
    sync::{Order, all},
};
use crate::{
    App, Failure,
    dto::{Key, ScheduleSet, SyncDone, SyncDueInput},
};
use chrono::{DateTime, TimeDelta, Utc};
use perennial_store::table::connection::{self, ConnectionRow};

/// Thirty days.
const LONGEST_HOURS: u32 = 720;

/// Sets how often a connection is asked by itself.
///
/// # Errors
/// Where there is no such connection or the hours are not between 1 and 720.
pub fn schedule(app: &App, input: ScheduleSet) -> Result<ConnectionDto, Failure> {
    let row = find(app, &input.name)?;
    if input
        .every_hours
        .is_some_and(|hours| !(1..=LONGEST_HOURS).contains(&hours))
    {
        return Err(Failure::refused(
            "connection.bad_schedule",
            format!("A schedule is every 1 to {LONGEST_HOURS} hours."),
        ));
    }
    let label = match input.every_hours {
        Some(hours) => format!("Scheduled {} every {hours} hours", row.name),
        None => format!("Turned the schedule of {} off", row.name),
    };
    app.edit(label, |write| {
        connection::set_schedule(write, row.id, input.every_hours)
    })?;
    dto(app, find(app, &input.name)?)
}

/// When the schedule asks next: at once where it never did. A last run in the future is one of a clock that was wrong.
pub(super) fn next_run(
    app: &App,
    row: &ConnectionRow,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let every = TimeDelta::hours(row.every_hours?.into());
    let tried = app.tries.last(row.id).map(|run| run.begun_at);
    let last = tried.into_iter().chain(row.last_run_at).max();
    match last.filter(|last| *last <= now) {
        Some(last) => last.checked_add_signed(every),
        None => Some(now),
    }
}

/// The connections that are due.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn due(app: &App) -> Result<Vec<ConnectionRow>, Failure> {
    let now = app.now();
    let rows = app.read(connection::list)?;
    Ok(rows
        .into_iter()
        .filter(|row| !row.archived && next_run(app, row, now).is_some_and(|at| at <= now))
        .collect())
}

/// Syncs what is due by schedule; where nothing is, nothing happens. One that fails waits for its next turn.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn sync_due(app: &App, input: SyncDueInput) -> Result<SyncDone, Failure> {
    let rows = due(app)?;
    let order = Order {
        since: None,
        secret: input.secret.as_ref().map(Key::expose),
        scheduled: true,
    };
    Ok(app
        .jobs
        .run(input.job.as_deref(), |job| all(app, &rows, order, job).0))
}
