//! The log of syncs: written at the end of each, read by people.

use super::{find, instant, journal::Journal, trouble};
use crate::{
    App, Failure,
    dto::{ListInput, LogLine, Page, SyncError, SyncRunDto, SyncedConnection},
};
use perennial_connectors::http::Tally;
use perennial_store::table::{
    connection::ConnectionRow,
    sync_run::{self, RunOutcome, SyncRunRow},
};

/// The syncs of a connection, newest first; `search` is its name.
///
/// # Errors
/// Where there is no such connection.
pub fn log(app: &App, input: ListInput) -> Result<Page<SyncRunDto>, Failure> {
    let row = find(app, &input.search)?;
    let mut runs = app.read(|read| sync_run::list(read, row.id))?;
    for one in app.tries.of(row.id) {
        // One that a write of the book took over, and whose file could not be removed, is there already.
        if runs.iter().all(|run| run.id != one.id) {
            runs.push(one);
        }
    }
    runs.sort_by_key(|run| std::cmp::Reverse((run.begun_at, run.id)));
    let runs = runs.into_iter().map(|run| dto(&row, run)).collect();
    Ok(crate::commands::whole(runs, &input))
}

/// The latest sync of a connection, be it in the book or a try that wrote nothing there.
pub(super) fn last(app: &App, row: &ConnectionRow) -> Result<Option<SyncRunRow>, Failure> {
    let run = app.read(|read| sync_run::last(read, row.id))?;
    let tried = app.tries.last(row.id);
    Ok(run.into_iter().chain(tried).max_by_key(|run| run.begun_at))
}

/// Notes how a sync ended: one that fetched something in the book, with the failed tries before it; one that fetched
/// nothing apart from it, since such a sync writes nothing there. Where not even a question was asked, as without a key,
/// a person is told at once and nothing is noted; a schedule has nobody to tell.
pub(super) fn note(
    app: &App,
    row: &ConnectionRow,
    scheduled: bool,
    journal: &Journal<'_>,
    done: &Result<SyncedConnection, Failure>,
    tally: Tally,
) -> Result<(), Failure> {
    if done.is_err() && tally.requests == 0 && !scheduled {
        return Ok(());
    }
    let (outcome, summary, error) = match done {
        Ok(done) => {
            let rows = done.rows;
            let outcome = if done.complete {
                RunOutcome::Complete
            } else {
                RunOutcome::Partial
            };
            let summary = format!(
                "{} read: {} new, {} changed, {} same, {} refused; {} vanished.",
                rows.read,
                rows.new,
                rows.changed,
                rows.same,
                rows.refused,
                done.vanished.len()
            );
            (outcome, summary, done.error.clone())
        }
        Err(failure) => (
            RunOutcome::Failed,
            format!("Failed: {}", failure.message),
            Some(trouble::dto(failure)),
        ),
    };
    if let Some(error) = &error {
        journal.say(format!("Ended early ({}): {}", error.code, error.message));
    }
    journal.say(summary.clone());
    let lines: Vec<(String, String)> = journal
        .lines()
        .into_iter()
        .map(|line| (line.at, line.text))
        .collect();
    let run = SyncRunRow {
        id: app.id(),
        connection: row.id,
        scheduled,
        begun_at: journal.begun_at(),
        ended_at: app.now(),
        outcome,
        summary,
        batch: done.as_ref().ok().and_then(|done| done.batch.clone()),
        requests: tally.requests,
        retries: tally.retries,
        error: error.and_then(|error| serde_json::to_string(&error).ok()),
        lines: serde_json::to_string(&lines).unwrap_or_default(),
    };
    if outcome == RunOutcome::Failed {
        app.tries.keep(&run);
        return Ok(());
    }
    let before = app.tries.of(row.id);
    app.write(|write| {
        before
            .iter()
            .chain([&run])
            .try_for_each(|run| sync_run::insert(write, run))
    })?;
    app.tries.forget(row.id);
    Ok(())
}

/// How a connection is.
pub(super) fn health(row: &ConnectionRow, last: Option<&SyncRunRow>) -> &'static str {
    match (last, row.last_run_at) {
        (Some(run), _) => match run.outcome {
            RunOutcome::Complete => "good",
            RunOutcome::Partial => "partial",
            RunOutcome::Failed => "failed",
        },
        (None, Some(_)) => "good",
        (None, None) => "new",
    }
}

/// Why a sync ended early.
pub(super) fn error(run: &SyncRunRow) -> Option<SyncError> {
    serde_json::from_str(run.error.as_deref()?).ok()
}

fn dto(row: &ConnectionRow, run: SyncRunRow) -> SyncRunDto {
    let lines: Vec<(String, String)> = serde_json::from_str(&run.lines).unwrap_or_default();
    SyncRunDto {
        id: run.id.to_string(),
        connection: row.name.clone(),
        by: if run.scheduled { "schedule" } else { "person" }.to_owned(),
        begun_at: instant(run.begun_at),
        ended_at: instant(run.ended_at),
        outcome: run.outcome.word().to_owned(),
        error: error(&run),
        summary: run.summary,
        batch: run.batch,
        requests: run.requests,
        retries: run.retries,
        lines: lines
            .into_iter()
            .map(|(at, text)| LogLine { at, text })
            .collect(),
    }
}
