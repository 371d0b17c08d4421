//! Connections to networks. Those that files come through are made by the imports themselves and not listed here.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::{
    Currency,
    ids::{ConnectionId, ProgramId},
};
use rusqlite::{OptionalExtension as _, Row, params};

const SELECT: &str =
    "SELECT c.*, p.slug AS program_slug, s.every_hours FROM connection c LEFT JOIN program p ON p.id = c.program
     LEFT JOIN connection_schedule s ON s.connection = c.id
     WHERE c.network NOT IN ('file', 'sample')";

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Identity; its key is kept under it.
    pub id: ConnectionId,
    /// Unique without case, also among removed ones.
    pub name: String,
    /// Network, in lower case.
    pub network: String,
    /// The account at the network.
    pub account: String,
    /// The program that everything of it belongs to.
    pub program: Option<ProgramId>,
    /// Its short name; read, never written.
    pub program_slug: Option<String>,
    /// Currency where the network reports none.
    pub currency: Option<Currency>,
    /// In place of the network's own address.
    pub base_url: Option<String>,
    /// What the last sync left to remember; the connectors' own text.
    pub cursor: Option<String>,
    /// When it last ran.
    pub last_run_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub last_outcome: Option<String>,
    /// Removed; its rows stay.
    pub archived: bool,
    /// Hours between two syncs by schedule; none where it is off. Written by [`set_schedule`] alone.
    pub every_hours: Option<u32>,
}

/// Adds a connection.
///
/// # Errors
/// [`StoreError::Taken`] where the name is in use, also by a removed one or by files.
pub fn insert(write: &Write<'_>, row: &ConnectionRow) -> Result<(), StoreError> {
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM connection WHERE name = ?1)",
        [&row.name],
        |found| found.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "connection",
            name: row.name.clone(),
        });
    }
    let mut statement = write.0.prepare_cached(
        "INSERT INTO connection (id, name, network, account, program, currency, base_url)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    statement.execute(params![
        row.id.to_string(),
        row.name,
        row.network,
        row.account,
        row.program.map(|id| id.to_string()),
        row.currency.map(Currency::code),
        row.base_url,
    ])?;
    Ok(())
}

/// Writes what a person may change: name, account, program, currency, address, and whether it is removed. What the
/// last sync left to remember is forgotten, because it may be of another account now.
///
/// # Errors
/// Where the book cannot be written.
pub fn update(write: &Write<'_>, row: &ConnectionRow) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "UPDATE connection SET name = ?2, account = ?3, program = ?4, currency = ?5, base_url = ?6, archived = ?7,
             cursor = NULL, revision = revision + 1 WHERE id = ?1",
    )?;
    statement.execute(params![
        row.id.to_string(),
        row.name,
        row.account,
        row.program.map(|id| id.to_string()),
        row.currency.map(Currency::code),
        row.base_url,
        row.archived,
    ])?;
    Ok(())
}

/// The connection of a name (without case) or an id, a removed one too.
///
/// # Errors
/// Where the book cannot be read.
pub fn find(read: &Read<'_>, name_or_id: &str) -> Result<Option<ConnectionRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached(&format!("{SELECT} AND (c.name = ?1 OR c.id = ?1)"))?;
    statement
        .query_row([name_or_id.trim()], |row| Ok(connection(row)))
        .optional()?
        .transpose()
}

/// The connection of a name or an id that is not removed.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, name_or_id: &str) -> Result<ConnectionRow, StoreError> {
    find(read, name_or_id)?
        .filter(|row| !row.archived)
        .ok_or_else(|| StoreError::NoSuch {
            noun: "connection",
            name: name_or_id.to_owned(),
        })
}

/// Every connection, by name. There are few: no pages.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<ConnectionRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached(&format!("{SELECT} ORDER BY c.name"))?;
    let mut rows = statement.query([])?;
    let mut connections = Vec::new();
    while let Some(row) = rows.next()? {
        connections.push(connection(row)?);
    }
    Ok(connections)
}

/// How many conversions came through a connection, and when the first of them happened.
///
/// # Errors
/// Where the book cannot be read.
pub fn known(
    read: &Read<'_>,
    id: ConnectionId,
) -> Result<(u64, Option<DateTime<Utc>>), StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT count(*), min(occurred_at) FROM conversion WHERE connection = ?1",
    )?;
    let (count, first): (i64, Option<String>) =
        statement.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let first = first.as_deref().map(instant).transpose()?;
    Ok((u64::try_from(count).unwrap_or(0), first))
}

/// Sets how often a connection is asked by itself; none turns it off.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_schedule(
    write: &Write<'_>,
    id: ConnectionId,
    every_hours: Option<u32>,
) -> Result<(), StoreError> {
    match every_hours {
        Some(hours) => write.0.execute(
            "INSERT INTO connection_schedule (connection, every_hours) VALUES (?1, ?2)
             ON CONFLICT (connection) DO UPDATE SET every_hours = excluded.every_hours",
            (id.to_string(), hours),
        )?,
        None => write.0.execute(
            "DELETE FROM connection_schedule WHERE connection = ?1",
            [id.to_string()],
        )?,
    };
    Ok(())
}

/// The leads that a connection asks for, in the person's order.
///
/// # Errors
/// Where the book cannot be read.
pub fn leads(read: &Read<'_>, id: ConnectionId) -> Result<Vec<String>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT lead FROM connection_lead WHERE connection = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([id.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Replaces the leads that a connection asks for.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_leads(write: &Write<'_>, id: ConnectionId, leads: &[String]) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM connection_lead WHERE connection = ?1",
        [id.to_string()],
    )?;
    let mut insert = write.0.prepare_cached(
        "INSERT INTO connection_lead (connection, position, lead) VALUES (?1, ?2, ?3)",
    )?;
    for (position, lead) in leads.iter().enumerate() {
        insert.execute((
            id.to_string(),
            i64::try_from(position).unwrap_or(i64::MAX),
            lead,
        ))?;
    }
    Ok(())
}

/// Remembers where a sync is. It belongs into the transaction of the rows it speaks of.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_cursor(write: &Write<'_>, id: ConnectionId, cursor: &str) -> Result<(), StoreError> {
    let mut statement = write
        .0
        .prepare_cached("UPDATE connection SET cursor = ?2 WHERE id = ?1")?;
    statement.execute((id.to_string(), cursor))?;
    Ok(())
}

/// Notes what came of a sync.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_run(
    write: &Write<'_>,
    id: ConnectionId,
    at: DateTime<Utc>,
    outcome: &str,
) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "UPDATE connection SET last_run_at = ?2, last_outcome = ?3 WHERE id = ?1",
    )?;
    statement.execute((id.to_string(), instant_text(at), outcome))?;
    Ok(())
}

fn connection(row: &Row<'_>) -> Result<ConnectionRow, StoreError> {
    Ok(ConnectionRow {
        id: parse(&col::<String>(row, "id")?)?,
        name: col(row, "name")?,
        network: col(row, "network")?,
        account: col(row, "account")?,
        program: col::<Option<String>>(row, "program")?
            .as_deref()
            .map(parse)
            .transpose()?,
        program_slug: col(row, "program_slug")?,
        currency: col::<Option<String>>(row, "currency")?
            .as_deref()
            .map(parse)
            .transpose()?,
        base_url: col(row, "base_url")?,
        cursor: col(row, "cursor")?,
        last_run_at: col::<Option<String>>(row, "last_run_at")?
            .as_deref()
            .map(instant)
            .transpose()?,
        last_outcome: col(row, "last_outcome")?,
        archived: col(row, "archived")?,
        every_hours: col(row, "every_hours")?,
    })
}
