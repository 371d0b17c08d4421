//! The book: its file, its history, its settings, its sample data, and the work that runs on it.

mod file;
mod sample;
mod settings;
#[cfg(test)]
mod tests;

pub use file::{backup, check, damaged, default_path, export, info, new, open, restore, status};
pub use sample::{sample_load, sample_remove};
pub use settings::{set_up, settings_get, settings_set};

use super::{MAX_PAGE, PAGE};
use crate::{
    App, Failure,
    dto::{Change, Empty, JobInput, JobStatus, ListInput, Page, Turned},
};
use chrono::SecondsFormat;
use perennial_store::{ChangeRow, history};

/// The change history, newest first.
///
/// # Errors
/// Where no book is open or the cursor is none of this list's.
pub fn history_list(app: &App, input: ListInput) -> Result<Page<Change>, Failure> {
    let before = input
        .after
        .map(|text| text.parse::<i64>())
        .transpose()
        .map_err(|_| {
            Failure::refused(
                "list.bad_cursor",
                "That is not where a page of the history begins.",
            )
        })?;
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let (mut rows, total) = app.read(|read| {
        Ok((
            history::page(read, &input.search, before, limit + 1)?,
            history::count(read)?,
        ))
    })?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.seq.to_string());
    Ok(Page {
        items: rows.into_iter().map(change).collect(),
        next,
        total: Some(total),
    })
}

/// Turns the last edit around.
///
/// # Errors
/// Where there is none, or what it changed was changed again since.
pub fn undo(app: &App, _: Empty) -> Result<Turned, Failure> {
    let row = app.book()?.undo()?;
    turned(app, row)
}

/// Does the last undone edit again.
///
/// # Errors
/// As [`undo`].
pub fn redo(app: &App, _: Empty) -> Result<Turned, Failure> {
    let row = app.book()?.redo()?;
    turned(app, row)
}

/// How far a running job is.
///
/// # Errors
/// None: a job that is not there does not run.
pub fn job_status(app: &App, input: JobInput) -> Result<JobStatus, Failure> {
    let job = app.jobs.get(&input.job);
    let (done, total) = job.as_ref().map(|job| job.progress()).unwrap_or_default();
    Ok(JobStatus {
        running: job.is_some(),
        done,
        total,
    })
}

/// Asks a running job to stop.
///
/// # Errors
/// As [`job_status`].
pub fn job_cancel(app: &App, input: JobInput) -> Result<JobStatus, Failure> {
    if let Some(job) = app.jobs.get(&input.job) {
        job.cancel();
    }
    job_status(app, input)
}

fn turned(app: &App, row: ChangeRow) -> Result<Turned, Failure> {
    let (undo, redo) = app.read(history::ahead)?;
    Ok(Turned {
        label: row.label,
        undo,
        redo,
    })
}

fn change(row: ChangeRow) -> Change {
    Change {
        id: row.id.to_string(),
        at: row.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        label: row.label,
        undone: row.undone,
    }
}
