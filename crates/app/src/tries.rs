//! Syncs that fetched nothing. They write nothing into the book, so they are kept here until one that brings something
//! takes them into the book's log.

use chrono::DateTime;
use perennial_domain::ids::{ConnectionId, SyncRunId};
use perennial_store::table::sync_run::{RunOutcome, SyncRunRow};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

/// Failed tries of a connection that are kept; a schedule without a network makes many.
const KEPT: usize = 20;

/// One failed try, as its file has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Try {
    id: String,
    scheduled: bool,
    /// Instants are microseconds since 1970.
    begun_at: i64,
    ended_at: i64,
    summary: String,
    requests: u64,
    retries: u64,
    error: Option<String>,
    lines: String,
}

/// The failed tries of all connections: in a folder, a file a connection, or else in memory. A book is open in one
/// process at a time, so a file has one writer.
#[derive(Debug, Default)]
pub struct Tries {
    folder: Option<PathBuf>,
    held: Mutex<HashMap<ConnectionId, Vec<Try>>>,
}

impl Tries {
    /// Kept in a folder, which is made when it is needed.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            held: Mutex::default(),
        }
    }

    /// Those of a connection, oldest first.
    pub(crate) fn of(&self, connection: ConnectionId) -> Vec<SyncRunRow> {
        let rows = self.read(connection).into_iter();
        rows.filter_map(|one| row(connection, one)).collect()
    }

    /// The latest of a connection.
    pub(crate) fn last(&self, connection: ConnectionId) -> Option<SyncRunRow> {
        self.of(connection).pop()
    }

    /// Keeps one. Where it cannot be written only the log misses it: the person or the schedule was told.
    pub(crate) fn keep(&self, run: &SyncRunRow) {
        let mut tries = self.read(run.connection);
        tries.push(Try {
            id: run.id.to_string(),
            scheduled: run.scheduled,
            begun_at: run.begun_at.timestamp_micros(),
            ended_at: run.ended_at.timestamp_micros(),
            summary: run.summary.clone(),
            requests: run.requests,
            retries: run.retries,
            error: run.error.clone(),
            lines: run.lines.clone(),
        });
        let old = tries.len().saturating_sub(KEPT);
        tries.drain(..old);
        self.write(run.connection, tries);
    }

    /// Forgets those of a connection.
    pub(crate) fn forget(&self, connection: ConnectionId) {
        match self.file(connection) {
            // A file that is not there is forgotten already; one that stays is known again by its id.
            Some(file) => drop(fs::remove_file(file)),
            None => self.write(connection, Vec::new()),
        }
    }

    fn file(&self, connection: ConnectionId) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("{connection}.json")))
    }

    fn read(&self, connection: ConnectionId) -> Vec<Try> {
        if let Some(file) = self.file(connection) {
            let bytes = fs::read(file).unwrap_or_default();
            return serde_json::from_slice(&bytes).unwrap_or_default();
        }
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&connection).cloned().unwrap_or_default()
    }

    fn write(&self, connection: ConnectionId, tries: Vec<Try>) {
        let Some(file) = self.file(connection) else {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            held.insert(connection, tries);
            return;
        };
        let Some(folder) = &self.folder else { return };
        let new = file.with_extension("new");
        let text = serde_json::to_vec(&tries).unwrap_or_default();
        if fs::create_dir_all(folder).is_ok() && fs::write(&new, text).is_ok() {
            let _ = fs::rename(new, file);
        }
    }
}

fn row(connection: ConnectionId, one: Try) -> Option<SyncRunRow> {
    Some(SyncRunRow {
        id: one.id.parse::<SyncRunId>().ok()?,
        connection,
        scheduled: one.scheduled,
        begun_at: DateTime::from_timestamp_micros(one.begun_at)?,
        ended_at: DateTime::from_timestamp_micros(one.ended_at)?,
        outcome: RunOutcome::Failed,
        summary: one.summary,
        batch: None,
        requests: one.requests,
        retries: one.retries,
        error: one.error,
        lines: one.lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn run(connection: ConnectionId, second: i64) -> SyncRunRow {
        let at = DateTime::from_timestamp(second, 0).unwrap();
        SyncRunRow {
            id: Uuid::from_u128(u128::try_from(second).unwrap()).into(),
            connection,
            scheduled: true,
            begun_at: at,
            ended_at: at,
            outcome: RunOutcome::Failed,
            summary: format!("Failed: no answer at {second}."),
            batch: None,
            requests: 3,
            retries: 2,
            error: Some("{}".to_owned()),
            lines: "[]".to_owned(),
        }
    }

    #[test]
    fn the_latest_are_kept_also_by_the_next_process() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("not yet there");
        let (one, other) = (
            ConnectionId::from(Uuid::from_u128(1)),
            ConnectionId::from(Uuid::from_u128(2)),
        );
        for tries in [Tries::default(), Tries::in_folder(folder.clone())] {
            assert!(tries.last(one).is_none());
            for second in 1..=25 {
                tries.keep(&run(one, second));
            }
            assert_eq!(tries.of(one).len(), KEPT);
            assert_eq!(tries.last(one), Some(run(one, 25)));
            assert!(tries.of(other).is_empty());
        }
        let next = Tries::in_folder(folder.clone());
        assert_eq!(next.last(one), Some(run(one, 25)));
        next.forget(one);
        assert!(next.of(one).is_empty());
        fs::write(folder.join(format!("{other}.json")), "no JSON").unwrap();
        assert!(next.of(other).is_empty());
    }
}
