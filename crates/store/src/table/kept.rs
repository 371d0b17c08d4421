//! Answers of the forecast, kept so that a large book need not be read again to give them.

use crate::{Read, StoreError, Write, rows::day, tally};
use chrono::NaiveDate;
use rusqlite::OptionalExtension as _;

/// An answer as it was last worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The day.
    pub made_on: NaiveDate,
    /// Whether nothing that it follows from changed since.
    pub fresh: bool,
    /// The application's own.
    pub json: String,
}

/// What was last kept under a name.
///
/// # Errors
/// Where the book cannot be read.
pub fn get(read: &Read<'_>, name: &str) -> Result<Option<Kept>, StoreError> {
    let version = tally::version(read)?;
    let found: Option<(String, i64, String)> = read
        .0
        .prepare_cached("SELECT made_on, version, json FROM forecast_kept WHERE name = ?1")?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    found
        .map(|(made_on, made_of, json)| {
            Ok(Kept {
                made_on: day(&made_on)?,
                fresh: made_of == version,
                json,
            })
        })
        .transpose()
}

/// Keeps an answer that was worked out from the book at a version (see [`version`]).
///
/// # Errors
/// Where the book cannot be written.
pub fn put(
    write: &Write<'_>,
    name: &str,
    made_on: NaiveDate,
    version: i64,
    json: &str,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO forecast_kept (name, made_on, version, json) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET made_on = excluded.made_on, version = excluded.version, json = excluded.json",
        (name, made_on.to_string(), version, json),
    )?;
    Ok(())
}

/// The state of everything that forecasts follow from.
///
/// # Errors
/// Where the book cannot be read.
pub fn version(read: &Read<'_>) -> Result<i64, StoreError> {
    tally::version(read)
}
