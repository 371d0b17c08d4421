//! Opening a book, reading it and writing it.

use crate::{
    ChangeRow, StoreError, closed, derive, history, link_texts,
    lock::BookLock,
    migrations::STEPS,
    open::{self, Opened},
    table::{batch::later, conversion::find},
    tally,
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::ids::ChangeId;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// An open book. Readers see the last committed state and never wait for the writer.
pub struct Book {
    path: PathBuf,
    // Dropped in this order: the writer goes last of the connections and tidies the log, then the lock is given back.
    readers: Mutex<Vec<Connection>>,
    // Counts what was committed, so that what is worked out from the book is known to be fresh.
    commits: AtomicU64,
    writer: Mutex<Connection>,
    _lock: BookLock,
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
        Self::from_opened(open::create(path, STEPS)?)
    }

    /// Opens a book. An older one is brought up to date, after a verified backup beside it whose name has `today`.
    ///
    /// # Errors
    /// See [`StoreError`]: what is no book, a newer book or a damaged one is left as it is.
    pub fn open(path: &Path, today: NaiveDate) -> Result<Self, StoreError> {
        Self::from_opened(open::open(path, today, STEPS)?)
    }

    fn from_opened(mut opened: Opened) -> Result<Self, StoreError> {
        tally::catch_up(&mut opened.writer)?;
        history::watch(&opened.writer)?;
        closed::guard(&opened.writer)?;
        tally::watch(&opened.writer)?;
        find::watch(&opened.writer)?;
        link_texts::watch(&opened.writer)?;
        Ok(Self {
            path: opened.path,
            readers: Mutex::default(),
            commits: AtomicU64::new(0),
            writer: Mutex::new(opened.writer),
            _lock: opened.lock,
        })
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
        self.written(|write| Ok((f(write)?, BTreeSet::new())))
    }

    /// Writes, brings the sums up to date that are kept beside the rows, and commits. `f` also says which tables of the
    /// user's it wrote into, where it knows.
    fn written<T>(
        &self,
        f: impl FnOnce(&Write<'_>) -> Result<(T, BTreeSet<String>), StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let write = Write(&transaction);
        let (value, touched) = f(&write)?;
        closed::settle(&transaction)?;
        derive::settle_milestones(&write)?;
        tally::settle(&write, &touched)?;
        find::settle(&write)?;
        link_texts::settle(&write)?;
        transaction.commit()?;
        self.commits.fetch_add(1, Ordering::Release);
        Ok(value)
    }

    /// Writes what nothing else is worked out from, such as a kept forecast: [`Book::commits`] does not count it.
    ///
    /// # Errors
    /// As [`Book::write`].
    pub fn note<T>(
        &self,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = f(&Write(&transaction))?;
        transaction.commit()?;
        Ok(value)
    }

    /// How often something was committed since the book was opened. Nobody else writes an open book, so what was worked
    /// out from it holds as long as this stays.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Does everything that [`Book::write`] would, then keeps nothing of it: what it says is exact.
    ///
    /// # Errors
    /// As [`Book::write`].
    pub fn rehearse<T>(
        &self,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = lock(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = f(&Write(&transaction))?;
        closed::settle(&transaction)?;
        transaction.rollback()?;
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
        self.written(|write| {
            let (value, touched) = history::record(write, edit, f)?;
            derive::after(write, &touched)?;
            Ok((value, touched))
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
        let mut label = String::new();
        let turned = self.written(|write| {
            let (change, touched) = way(write)?;
            label.clone_from(&change.label);
            derive::after(write, &touched)?;
            if touched.contains("period_lock") {
                // What came while a period was locked lands as soon as it no longer is, whichever way.
                later::take_in(write, None)?;
            }
            Ok((change, touched))
        });
        match turned {
            // References are checked at the end: something newer still refers to a row that would go.
            Err(StoreError::Sql(error)) if dangling(&error) => Err(StoreError::Entangled(label)),
            turned => turned,
        }
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        open::connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }
}

fn dangling(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|error| error.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

/// A poisoned lock only means that another thread panicked between two statements; its transaction is rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
