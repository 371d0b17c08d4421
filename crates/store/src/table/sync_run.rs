//! The log of syncs: what came of each, also of one that brought nothing.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::ids::{ConnectionId, SyncRunId};
use rusqlite::{Row, params};

/// Runs of a connection that are kept.
const KEPT: u32 = 100;

/// How a sync ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    /// Everything was fetched.
    Complete,
    /// It broke off; what had landed is kept.
    Partial,
    /// Nothing could be fetched.
    Failed,
}

impl RunOutcome {
    /// The word of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Failed => "failed",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Complete, Self::Partial, Self::Failed]
            .into_iter()
            .find(|outcome| outcome.word() == word)
    }
}

/// One sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncRunRow {
    /// Identity.
    pub id: SyncRunId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// Whether the schedule began it.
    pub scheduled: bool,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// How.
    pub outcome: RunOutcome,
    /// The same in a sentence.
    pub summary: String,
    /// What it brought, where it brought anything.
    pub batch: Option<String>,
    /// Questions asked.
    pub requests: u64,
    /// Of these, repeats.
    pub retries: u64,
    /// Why it ended early; the application's own text.
    pub error: Option<String>,
    /// What happened, and when; the application's own text.
    pub lines: String,
}

/// Notes a sync, once, and forgets the oldest ones.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert(write: &Write<'_>, row: &SyncRunRow) -> Result<(), StoreError> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    write.0.execute(
        "INSERT INTO sync_run (id, connection, scheduled, begun_at, ended_at, outcome, summary, batch, requests, retries,
             error, lines) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (id) DO NOTHING",
        params![
            row.id.to_string(),
            row.connection.to_string(),
            row.scheduled,
            instant_text(row.begun_at),
            instant_text(row.ended_at),
            row.outcome.word(),
            row.summary,
            row.batch,
            count(row.requests),
            count(row.retries),
            row.error,
            row.lines,
        ],
    )?;
    write.0.execute(
        "DELETE FROM sync_run WHERE connection = ?1 AND id NOT IN
             (SELECT id FROM sync_run WHERE connection = ?1 ORDER BY begun_at DESC, id DESC LIMIT ?2)",
        (row.connection.to_string(), KEPT),
    )?;
    Ok(())
}

/// The syncs of a connection, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>, connection: ConnectionId) -> Result<Vec<SyncRunRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM sync_run WHERE connection = ?1 ORDER BY begun_at DESC, id DESC",
    )?;
    let mut rows = statement.query([connection.to_string()])?;
    let mut runs = Vec::new();
    while let Some(found) = rows.next()? {
        runs.push(row(found)?);
    }
    Ok(runs)
}

/// The latest sync of a connection.
///
/// # Errors
/// Where the book cannot be read.
pub fn last(read: &Read<'_>, connection: ConnectionId) -> Result<Option<SyncRunRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM sync_run WHERE connection = ?1 ORDER BY begun_at DESC, id DESC LIMIT 1",
    )?;
    let mut rows = statement.query([connection.to_string()])?;
    rows.next()?.map(row).transpose()
}

fn row(row: &Row<'_>) -> Result<SyncRunRow, StoreError> {
    let outcome: String = col(row, "outcome")?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(SyncRunRow {
        id: parse(&col::<String>(row, "id")?)?,
        connection: parse(&col::<String>(row, "connection")?)?,
        scheduled: col(row, "scheduled")?,
        begun_at: instant(&col::<String>(row, "begun_at")?)?,
        ended_at: instant(&col::<String>(row, "ended_at")?)?,
        outcome: RunOutcome::parse(&outcome).ok_or(StoreError::Unreadable(outcome))?,
        summary: col(row, "summary")?,
        batch: col(row, "batch")?,
        requests: count(col(row, "requests")?),
        retries: count(col(row, "retries")?),
        error: col(row, "error")?,
        lines: col(row, "lines")?,
    })
}
