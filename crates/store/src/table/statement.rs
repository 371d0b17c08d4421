//! Statements of accounts, and how those of a bank are read.

use crate::{
    Read, StoreError, Write,
    rows::{instant, instant_text, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::ids::StatementId;
use rusqlite::params;

/// A statement that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Identity.
    pub id: StatementId,
    /// Name of the file.
    pub file: String,
    /// Name of its mapping.
    pub account: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Rows read; the sum of the others.
    pub read: u64,
    /// Deposits that are new.
    pub new: u64,
    /// Deposits that were there.
    pub same: u64,
    /// Rows of no money that came in.
    pub left: u64,
    /// Rows that could not be read.
    pub refused: u64,
    /// How many of its deposits are payouts.
    pub matched: u64,
}

/// How statements of one bank are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementMapping {
    /// Name.
    pub name: String,
    /// The document.
    pub toml: String,
    /// The header it was made for.
    pub header_key: String,
}

/// The statements, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<Statement>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT s.id, s.file, s.account, s.at, s.rows_read, s.rows_new, s.rows_same, s.rows_left, s.rows_refused,
             (SELECT count(*) FROM deposit d WHERE d.statement = s.id AND d.payout IS NOT NULL)
         FROM statement s ORDER BY s.at DESC, s.id DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Statement {
            id: parse(&row.get::<_, String>(0)?)?,
            file: row.get(1)?,
            account: row.get(2)?,
            at: instant(&row.get::<_, String>(3)?)?,
            read: row.get(4)?,
            new: row.get(5)?,
            same: row.get(6)?,
            left: row.get(7)?,
            refused: row.get(8)?,
            matched: row.get(9)?,
        });
    }
    Ok(found)
}

/// Lets deposits come before the statement that has them: one that brings nothing new is not noted at all.
///
/// # Errors
/// Where the book cannot be written.
pub fn defer(write: &Write<'_>) -> Result<(), StoreError> {
    Ok(write.0.execute_batch("PRAGMA defer_foreign_keys = ON")?)
}

/// Notes a statement.
///
/// # Errors
/// Where the book cannot be written.
pub fn add(write: &Write<'_>, of: &Statement) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO statement (id, file, account, at, rows_read, rows_new, rows_same, rows_left, rows_refused)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            of.id.to_string(),
            of.file,
            of.account,
            instant_text(of.at),
            of.read,
            of.new,
            of.same,
            of.left,
            of.refused
        ],
    )?;
    Ok(())
}

/// Takes a statement out with its deposits; says how many.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::Matched`] where one of its deposits is a payout.
pub fn remove(write: &Write<'_>, id: StatementId) -> Result<u64, StoreError> {
    let text = id.to_string();
    let matched: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM deposit WHERE statement = ?1 AND payout IS NOT NULL)",
        [&text],
        |row| row.get(0),
    )?;
    if matched {
        return Err(StoreError::Matched);
    }
    let gone = write
        .0
        .execute("DELETE FROM deposit WHERE statement = ?1", [&text])?;
    if write
        .0
        .execute("DELETE FROM statement WHERE id = ?1", [&text])?
        == 0
    {
        return Err(StoreError::NoSuch {
            noun: "statement",
            name: text,
        });
    }
    Ok(gone as u64)
}

/// The saved mappings, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn mappings(read: &Read<'_>) -> Result<Vec<StatementMapping>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT name, toml, header_key FROM statement_mapping ORDER BY name")?;
    let rows = statement.query_map([], |row| {
        Ok(StatementMapping {
            name: row.get(0)?,
            toml: row.get(1)?,
            header_key: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Saves a mapping in place of one of the same name.
///
/// # Errors
/// Where the book cannot be written.
pub fn save_mapping(write: &Write<'_>, mapping: &StatementMapping) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO statement_mapping (name, toml, header_key) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET toml = excluded.toml, header_key = excluded.header_key, revision = revision + 1
             WHERE (toml, header_key) IS NOT (excluded.toml, excluded.header_key)",
        (&mapping.name, &mapping.toml, &mapping.header_key),
    )?;
    Ok(())
}
