//! Opening a book, reading it and writing it.

use crate::{
    ChangeRow, StoreError, derive, history,
    migrations::{APPLICATION_ID, STEPS},
};
use chrono::{DateTime, Utc};
use perennial_domain::ids::ChangeId;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// An open book. Readers see the last committed state and never wait for the writer.
pub struct Book {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// A snapshot of the book.
pub struct Read<'a>(pub(crate) &'a Connection);

/// The one open write transaction. It reads its own writes.
pub struct Write<'a>(pub(crate) &'a Connection);

impl<'a> Write<'a> {
    /// The same transaction, for reading.
    pub fn read(&self) -> Read<'a> {
        Read(self.0)
    }
}

/// What the change history says of an edit.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Identity of the change.
    pub id: ChangeId,
    /// When.
    pub at: DateTime<Utc>,
    /// A short sentence in the past tense: `Made 5 links`.
    pub label: String,
}

impl Book {
    /// Makes a new, empty book.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where something is there already.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        Self::open_with(path, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a book, bringing an older one up to date.
    ///
    /// # Errors
    /// See [`StoreError`]: a newer or damaged book is left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        Self::open_with(path, OpenFlags::empty())
    }

    fn open_with(path: &Path, extra: OpenFlags) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | extra;
        let mut writer = Connection::open_with_flags(path, flags)?;
        configure(&writer)?;
        let version: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let done = usize::try_from(version).unwrap_or(usize::MAX);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (index, step) in STEPS.iter().enumerate().skip(done) {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", i64::try_from(index + 1).unwrap_or(i64::MAX))?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
        history::watch(&writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Where the book lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads a consistent snapshot.
    ///
    /// # Errors
    /// What `f` returns, or what SQLite says.
    pub fn read<T>(
        &self,
        f: impl FnOnce(&Read<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = match lock(&self.readers).pop() {
            Some(connection) => connection,
            None => self.reader()?,
        };
        let result = (|| {
            let snapshot = connection.unchecked_transaction()?;
            f(&Read(&snapshot))
        })();
        lock(&self.readers).push(connection);
        result
    }

    /// Writes what is nobody's personal edit: a batch, a sync's cursor, derived values. All or nothing.
    ///
    /// # Errors
    /// What `f` returns, or what SQLite says; nothing is kept then.
    pub fn write<T>(
        &self,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = f(&Write(&transaction))?;
        transaction.commit()?;
        Ok(value)
    }

    /// Writes a person's edit and records it in the change history, so that it can be undone. All or nothing; an edit
    /// that changes nothing leaves no trace.
    ///
    /// # Errors
    /// What `f` returns, or what SQLite says; nothing is kept then.
    pub fn edit<T>(
        &self,
        edit: &Edit,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|write| {
            let (value, touched) = history::record(write, edit, f)?;
            derive::after(write, &touched)?;
            Ok(value)
        })
    }

    /// Turns the last personal edit around and says what it was.
    ///
    /// # Errors
    /// [`StoreError::NothingTo`], or [`StoreError::Entangled`] where its rows were changed again since.
    pub fn undo(&self) -> Result<ChangeRow, StoreError> {
        self.turn(history::undo)
    }

    /// Does the last undone edit again.
    ///
    /// # Errors
    /// As [`Book::undo`].
    pub fn redo(&self) -> Result<ChangeRow, StoreError> {
        self.turn(history::redo)
    }

    fn turn(
        &self,
        way: impl FnOnce(&Write<'_>) -> Result<(ChangeRow, BTreeSet<String>), StoreError>,
    ) -> Result<ChangeRow, StoreError> {
        self.write(|write| {
            let (change, touched) = way(write)?;
            derive::after(write, &touched)?;
            Ok(change)
        })
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        configure(&connection)?;
        Ok(connection)
    }
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// A poisoned lock only means that another thread panicked between two statements; its transaction is rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
