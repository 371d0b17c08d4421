//! Settings of the book: a name and a text.

use crate::{Read, StoreError, Write};
use rusqlite::OptionalExtension as _;

/// The value of a setting, where it is set.
///
/// # Errors
/// Where the book cannot be read.
pub fn get(read: &Read<'_>, name: &str) -> Result<Option<String>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Sets a setting.
///
/// # Errors
/// Where the book cannot be written.
pub fn set(write: &Write<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute([name, value])?;
    Ok(())
}
