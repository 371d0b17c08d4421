//! Making a book and opening one. Nothing is changed before it is known to be a book that this version understands,
//! and nothing is ever overwritten.

use crate::{
    StoreError, backup,
    lock::{BookLock, beside, unwritable},
    migrations::{self, newest},
    open_look::look,
};
use chrono::NaiveDate;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// Below it, SQLite can lose commits when the write-ahead log starts anew.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Books up to this size are looked through whole each time; larger ones by `book check`, since it takes a while.
const LOOK_THROUGH: u64 = 8 << 20;

/// A book that is ready: its place, the connection that writes, and the lock that is dropped last.
pub(crate) struct Opened {
    pub(crate) path: PathBuf,
    pub(crate) writer: Connection,
    pub(crate) lock: BookLock,
}

/// Makes a new, empty book.
pub(crate) fn create(path: &Path, steps: &[&str]) -> Result<Opened, StoreError> {
    new_enough(rusqlite::version_number())?;
    let (path, lock) = claim(path)?;
    build(&path, |part| {
        let mut connection = connect(part, OpenFlags::SQLITE_OPEN_CREATE)?;
        migrations::run(&mut connection, steps)?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error.into())
    })?;
    ready(path, lock, newest(steps))
}

/// Opens a book, bringing an older one up to date after a verified backup beside it.
pub(crate) fn open(path: &Path, today: NaiveDate, steps: &[&str]) -> Result<Opened, StoreError> {
    new_enough(rusqlite::version_number())?;
    let path = find(path)?;
    let lock = BookLock::take(&path)?;
    let version = look(&path, newest(steps))?;
    alone(&path)?;
    if version < newest(steps) {
        let mut connection = connect(&path, OpenFlags::empty())?;
        backup::copy(&connection, &backup_name(&path, version, today))?;
        migrations::run(&mut connection, steps)?;
        connection.close().map_err(|(_, error)| error)?;
    }
    ready(path, lock, newest(steps))
}

/// Takes the place of a book that is not there yet.
pub(crate) fn claim(path: &Path) -> Result<(PathBuf, BookLock), StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = path
        .file_name()
        .ok_or_else(|| StoreError::Folder(path.to_owned()))?;
    let folder = resolve(folder).map_err(|error| StoreError::Io {
        path: folder.to_owned(),
        error,
    })?;
    let path = folder.join(name);
    vacant(&path)?;
    let lock = BookLock::take(&path)?;
    vacant(&path)?;
    Ok((path, lock))
}

/// Builds a file under another name and gives it its own when it is whole and on the disk.
pub(crate) fn build(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let unfinished = beside(path, ".perennial-unfinished");
    let sweep = || {
        for ending in ["", "-journal", "-wal", "-shm"] {
            // Mostly there is none.
            drop(fs::remove_file(beside(&unfinished, ending)));
        }
    };
    sweep();
    let result = make(&unfinished).and_then(|()| {
        fs::File::open(&unfinished)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&unfinished, path))
            .and_then(|()| sync_folder(path))
            .map_err(|error| unwritable(path, error))
    });
    if result.is_err() {
        sweep();
    }
    result
}

/// Opens a connection and sets what holds for every one.
pub(crate) fn connect(path: &Path, extra: OpenFlags) -> Result<Connection, StoreError> {
    let access = if extra.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        OpenFlags::empty()
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    let connection =
        Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX | extra)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;
         PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Refuses where anything is in the way of a new book. A log without its book would be taken for that of the new one.
fn vacant(path: &Path) -> Result<(), StoreError> {
    for ending in ["", "-wal", "-journal"] {
        let there = beside(path, ending);
        if there.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(there));
        }
    }
    Ok(())
}

/// The one path of a file that is to be read as a book.
pub(crate) fn find(path: &Path) -> Result<PathBuf, StoreError> {
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => Err(StoreError::Folder(path.to_owned())),
        Ok(data) if !data.is_file() => Err(StoreError::NotABook(path.to_owned())),
        Ok(_) => resolve(path).map_err(|error| StoreError::Io {
            path: path.to_owned(),
            error,
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(StoreError::NotFound(path.to_owned()))
        }
        Err(error) => Err(StoreError::Io {
            path: path.to_owned(),
            error,
        }),
    }
}

/// The one path of a file, so that two names of it meet at one lock. Windows' own form of it is hard to read and not
/// taken everywhere, so there the path is only made absolute.
fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    if cfg!(windows) {
        std::path::absolute(path)
    } else {
        fs::canonicalize(path)
    }
}

/// Refuses where any process holds this very file open, under whichever name and wherever it was moved meanwhile:
/// SQLite's own locks lie on the file itself.
fn alone(path: &Path) -> Result<(), StoreError> {
    // Before anything is read, or SQLite would already share the file.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly(path.to_owned()));
    }
    let held = connection.execute_batch(
        "PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;",
    );
    match held.map_err(|error| (error.sqlite_error_code(), StoreError::from(error))) {
        Ok(()) => connection.close().map_err(|(_, error)| error.into()),
        Err((Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _)) => {
            Err(StoreError::Locked(path.to_owned()))
        }
        Err((Some(ErrorCode::ReadOnly), _)) => Err(StoreError::ReadOnly(path.to_owned())),
        Err((_, error)) => Err(error),
    }
}

fn ready(path: PathBuf, lock: BookLock, version: i64) -> Result<Opened, StoreError> {
    let writer = connect(&path, OpenFlags::empty())?;
    let mode: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    let found: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if mode != "wal" {
        let error = std::io::Error::other("no write-ahead log can be kept on this disk");
        return Err(StoreError::Io { path, error });
    }
    if found != version {
        return Err(StoreError::Damaged(format!(
            "it says schema {version} and {found} at once"
        )));
    }
    if fs::metadata(&path).is_ok_and(|data| data.len() <= LOOK_THROUGH) {
        whole(&writer, "quick_check")?;
    }
    Ok(Opened { path, writer, lock })
}

/// Runs one of SQLite's own checks of a database and reports the first thing it finds.
pub(crate) fn whole(connection: &Connection, pragma: &str) -> Result<(), StoreError> {
    let says: String =
        connection.query_row(&format!("PRAGMA {pragma}(1)"), [], |row| row.get(0))?;
    if says == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(says.replace('\n', " ")))
    }
}

fn new_enough(version: i32) -> Result<(), StoreError> {
    if version < OLDEST_SQLITE {
        Err(StoreError::OldSqlite(rusqlite::version()))
    } else {
        Ok(())
    }
}

/// A free name beside the book: `My book.perennial.schema-1.2026-03-01.backup`.
fn backup_name(path: &Path, version: i64, today: NaiveDate) -> PathBuf {
    let first = beside(path, &format!(".schema-{version}.{today}.backup"));
    let later = (2..).map(|n| beside(path, &format!(".schema-{version}.{today}.{n}.backup")));
    std::iter::once(first.clone())
        .chain(later)
        .find(|name| !name.exists())
        .unwrap_or(first)
}

/// Makes a rename last through a power cut, where the system can.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_loses_commits_is_refused() {
        assert!(matches!(
            new_enough(3_051_002),
            Err(StoreError::OldSqlite(_))
        ));
        assert!(new_enough(rusqlite::version_number()).is_ok());
    }
}
