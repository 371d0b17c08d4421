//! Copies of a book that are known to be whole.

use crate::{
    Book, StoreError,
    lock::{BookLock, beside},
    migrations::{STEPS, newest},
    open::{build, claim, connect, find, whole},
    open_look::look,
};
use chrono::NaiveDate;
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};
use std::{fs, path::Path, time::Duration};

impl Book {
    /// Writes a verified copy of the book as it is now; it is a book itself and can be opened as one.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where something is there already; nothing half-written is left.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.read(|read| copy(read.0, to))
    }

    /// Makes a book from a backup and opens it. The backup is only read.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where something is there already; what [`Book::open`] and [`Book::check`] say of a file
    /// that is no book, newer, damaged or open elsewhere. Nothing half-written is left.
    pub fn restore(backup: &Path, to: &Path, today: NaiveDate) -> Result<Self, StoreError> {
        let backup = &find(backup)?;
        // A book in use must not change while it is copied. Where no lock can be made, as on a disk that is only
        // read, nobody can be writing either.
        let source = match BookLock::take(backup) {
            Err(StoreError::Locked(path)) => return Err(StoreError::Locked(path)),
            other => other.ok(),
        };
        look(backup, newest(STEPS))?;
        let (path, place) = claim(to)?;
        build(&path, |part| {
            for ending in ["", "-wal"] {
                let from = beside(backup, ending);
                if ending.is_empty() || from.exists() {
                    fs::copy(&from, beside(part, ending))
                        .map_err(|error| StoreError::Io { path: from, error })?;
                }
            }
            let connection = connect(part, OpenFlags::empty())?;
            whole(&connection, "integrity_check")?;
            settle(connection)
        })?;
        drop(source);
        drop(place);
        Self::open(&path, today)
    }
}

/// Copies a database with SQLite's Backup API and verifies the copy before it gets its name.
pub(crate) fn copy(source: &Connection, to: &Path) -> Result<(), StoreError> {
    let (path, _place) = claim(to)?;
    build(&path, |part| {
        let mut target = connect(part, OpenFlags::SQLITE_OPEN_CREATE)?;
        {
            let backup = Backup::new(source, &mut target)?;
            while backup.step(4096)? != StepResult::Done {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        whole(&target, "integrity_check")?;
        settle(target)
    })
}

/// Leaves one file that needs no other beside it.
fn settle(connection: Connection) -> Result<(), StoreError> {
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}
