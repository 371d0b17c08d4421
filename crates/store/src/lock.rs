//! One process at a time: a lock of the operating system on a small file beside the book.
//!
//! The book itself is never locked this way: SQLite keeps its own locks there, and closing any other handle of that
//! file would drop them. What a killed process leaves behind is an unlocked file, which stops nobody.

use crate::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// Held for as long as the book is open.
#[derive(Debug)]
pub(crate) struct BookLock {
    path: PathBuf,
    file: File,
}

impl BookLock {
    /// Takes the lock of a book; `book` is absolute and free of symbolic links.
    pub(crate) fn take(book: &Path) -> Result<Self, StoreError> {
        let path = beside(book, ".lock");
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(|error| unwritable(&path, error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(book.to_owned())),
                Err(TryLockError::Error(error)) => return Err(StoreError::Io { path, error }),
            }
            // Between opening and locking, its last owner may have removed it: then this is a lock on nothing.
            if still_there(&path, &file) {
                return Ok(Self { path, file });
            }
        }
    }
}

impl Drop for BookLock {
    fn drop(&mut self) {
        // Only what this program makes is taken away: its file is empty. Elsewhere than on Unix it stays, since there
        // is no telling whether the one that was locked is still the one at that path.
        let ours = cfg!(unix) && self.file.metadata().is_ok_and(|data| data.len() == 0);
        if ours && std::fs::remove_file(&self.path).is_err() {
            // Left behind it stops nobody.
        }
    }
}

/// The path with something added to the file's name.
pub(crate) fn beside(book: &Path, ending: &str) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// What a refusal of the system to write there means.
pub(crate) fn unwritable(path: &Path, error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(path.parent().unwrap_or(path).to_owned())
        }
        _ => StoreError::Io {
            path: path.to_owned(),
            error,
        },
    }
}

#[cfg(unix)]
fn still_there(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (std::fs::metadata(path), file.metadata()) {
        (Ok(there), Ok(held)) => there.dev() == held.dev() && there.ino() == held.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn still_there(_path: &Path, _file: &File) -> bool {
    true
}
