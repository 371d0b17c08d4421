//! How links stand, what checks saw, and what the user accepted.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse, word},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::{
    ids::{LinkId, ProgramId},
    link_health::{Health, HealthState},
};
use rusqlite::{OptionalExtension as _, Row, named_params};
use std::collections::HashSet;

/// Differing results of one link that are kept.
const KEPT: u32 = 20;

/// How a link stands after its last check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HealthRow {
    /// The state and what led to it.
    pub health: Health,
    /// What was asked; none where only the tracked address leads there.
    pub asked: Option<String>,
    /// Host of the last address.
    pub last_host: Option<String>,
    /// Status of the last answer.
    pub status: Option<u16>,
    /// What the verdict has in common with others that found the same.
    pub fingerprint: String,
    /// What is wrong: word and detail.
    pub problems: Vec<(String, String)>,
}

/// A result, dated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// The first check that saw it.
    pub first_at: DateTime<Utc>,
    /// The last one.
    pub last_at: DateTime<Utc>,
    /// How many in a row.
    pub times: u64,
    /// Every address of the chain.
    pub chain: Vec<String>,
    /// What it was, in words.
    pub outcome: String,
}

/// A link to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The link.
    pub link: LinkId,
    /// Its code.
    pub code: String,
    /// Its address.
    pub url: String,
    /// Its program.
    pub program: ProgramId,
    /// How it stands.
    pub health: Health,
    /// What the user accepted of it.
    pub accepted: Option<String>,
}

/// How many links stand how, archived ones and those past their last day apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// Links in all.
    pub links: u64,
    /// They lead where they should.
    pub healthy: u64,
    /// As the user accepted.
    pub expected: u64,
    /// Nobody can tell.
    pub unverifiable: u64,
    /// Never checked.
    pub unchecked: u64,
    /// Failed three times over time.
    pub broken: u64,
    /// Failed, not yet often enough.
    pub failing: u64,
    /// When one of them was last checked.
    pub last: Option<DateTime<Utc>>,
}

/// The links to check: these, or else all in use (archived ones too where asked), those that were not checked for
/// longest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn targets(
    read: &Read<'_>,
    these: &[LinkId],
    archived: bool,
    today: NaiveDate,
) -> Result<Vec<Target>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT l.id, l.code, l.url, l.program, h.*, a.fingerprint AS accepted FROM link l
         LEFT JOIN link_health h ON h.link = l.id LEFT JOIN link_accepted a ON a.link = l.id
         WHERE :one IS NOT NULL AND l.id = :one
            OR :one IS NULL AND (:archived OR l.archived = 0
                AND NOT EXISTS (SELECT 1 FROM link_filing f WHERE f.link = l.id AND f.expires_on < :today))
         ORDER BY h.checked_at, l.id",
    )?;
    let ids: Vec<Option<String>> = if these.is_empty() {
        vec![None]
    } else {
        these.iter().map(|id| Some(id.to_string())).collect()
    };
    let mut targets = Vec::new();
    for id in ids {
        let mut rows = statement.query(
            named_params! {":one": id, ":archived": archived, ":today": today.to_string()},
        )?;
        while let Some(row) = rows.next()? {
            targets.push(Target {
                link: parse(&col::<String>(row, "id")?)?,
                code: col(row, "code")?,
                url: col(row, "url")?,
                program: parse(&col::<String>(row, "program")?)?,
                health: match col::<Option<String>>(row, "state")? {
                    Some(_) => health(row)?,
                    None => Health::default(),
                },
                accepted: col(row, "accepted")?,
            });
        }
    }
    Ok(targets)
}

/// Keeps what a check saw.
///
/// # Errors
/// Where the book cannot be written.
pub fn note(
    write: &Write<'_>,
    link: LinkId,
    row: &HealthRow,
    chain: &[String],
    outcome: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = link.to_string();
    let at = instant_text(at);
    let problems = serde_json::Value::from(
        row.problems
            .iter()
            .map(|(word, detail)| serde_json::Value::from(vec![word.as_str(), detail.as_str()]))
            .collect::<Vec<_>>(),
    );
    let mut put = write.0.prepare_cached(
        "INSERT INTO link_health (link, state, failures, failing_since, counted_at, checked_at, asked, last_host, status,
             fingerprint, problems)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE EXISTS (SELECT 1 FROM link WHERE id = ?1)
         ON CONFLICT (link) DO UPDATE SET state = excluded.state, failures = excluded.failures,
             failing_since = excluded.failing_since, counted_at = excluded.counted_at, checked_at = excluded.checked_at,
             asked = excluded.asked, last_host = excluded.last_host, status = excluded.status,
             fingerprint = excluded.fingerprint, problems = excluded.problems",
    )?;
    let there = put.execute(rusqlite::params![
        id,
        row.health.state.word(),
        row.health.failures,
        row.health.failing_since.map(instant_text),
        row.health.counted_at.map(instant_text),
        at,
        row.asked,
        row.last_host,
        row.status,
        row.fingerprint,
        problems.to_string(),
    ])?;
    // The link was taken away while it was checked.
    if there == 0 {
        return Ok(());
    }
    let chain = serde_json::Value::from(chain.to_vec()).to_string();
    let mut again = write.0.prepare_cached(
        "UPDATE link_check SET last_at = ?2, times = times + 1
         WHERE id = (SELECT max(id) FROM link_check WHERE link = ?1) AND fingerprint = ?3 AND chain = ?4",
    )?;
    if again.execute((&id, &at, &row.fingerprint, &chain))? == 0 {
        let mut add = write.0.prepare_cached(
            "INSERT INTO link_check (link, first_at, last_at, times, fingerprint, chain, outcome)
             VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5)",
        )?;
        add.execute((&id, &at, &row.fingerprint, &chain, outcome))?;
        let mut prune = write.0.prepare_cached(
            "DELETE FROM link_check WHERE link = ?1
             AND id NOT IN (SELECT id FROM link_check WHERE link = ?1 ORDER BY id DESC LIMIT ?2)",
        )?;
        prune.execute((&id, KEPT))?;
    }
    Ok(())
}

/// How a link stands, where it was checked.
///
/// # Errors
/// Where the book cannot be read.
pub fn get(read: &Read<'_>, link: LinkId) -> Result<Option<HealthRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM link_health WHERE link = ?1")?;
    statement
        .query_row([link.to_string()], |row| Ok(health_row(row)))
        .optional()?
        .transpose()
}

/// What checks of a link saw, the newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn checks(read: &Read<'_>, link: LinkId) -> Result<Vec<CheckRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM link_check WHERE link = ?1 ORDER BY id DESC")?;
    let mut rows = statement.query([link.to_string()])?;
    let mut checks = Vec::new();
    while let Some(row) = rows.next()? {
        let chain: String = col(row, "chain")?;
        checks.push(CheckRow {
            first_at: instant(&col::<String>(row, "first_at")?)?,
            last_at: instant(&col::<String>(row, "last_at")?)?,
            times: col(row, "times")?,
            chain: serde_json::from_str(&chain).map_err(|_| StoreError::Unreadable(chain))?,
            outcome: col(row, "outcome")?,
        });
    }
    Ok(checks)
}

/// Notes what the user says is fine, or takes that back where none. How the link stands follows at once.
///
/// # Errors
/// Where the book cannot be written.
pub fn accept(
    write: &Write<'_>,
    link: LinkId,
    fingerprint: Option<&str>,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let id = link.to_string();
    match fingerprint {
        Some(fingerprint) => write.0.execute(
            "INSERT INTO link_accepted (link, fingerprint, accepted_on) VALUES (?1, ?2, ?3)
             ON CONFLICT (link) DO UPDATE SET fingerprint = excluded.fingerprint, accepted_on = excluded.accepted_on",
            (&id, fingerprint, today.to_string()),
        )?,
        None => write
            .0
            .execute("DELETE FROM link_accepted WHERE link = ?1", [&id])?,
    };
    Ok(())
}

/// What the user accepted of a link, and when.
///
/// # Errors
/// Where the book cannot be read.
pub fn accepted(read: &Read<'_>, link: LinkId) -> Result<Option<(String, String)>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT fingerprint, accepted_on FROM link_accepted WHERE link = ?1")?;
    Ok(statement
        .query_row([link.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Programs whose tracked addresses may be asked.
///
/// # Errors
/// Where the book cannot be read.
pub fn allowed(read: &Read<'_>) -> Result<HashSet<ProgramId>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT program FROM link_check_allowed")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut programs = HashSet::new();
    for row in rows {
        programs.insert(parse(&row?)?);
    }
    Ok(programs)
}

/// Allows tracked addresses of a program to be asked, or no longer.
///
/// # Errors
/// Where the book cannot be written.
pub fn allow(write: &Write<'_>, program: ProgramId, allowed: bool) -> Result<(), StoreError> {
    let sql = if allowed {
        "INSERT INTO link_check_allowed (program) VALUES (?1) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM link_check_allowed WHERE program = ?1"
    };
    write.0.execute(sql, [program.to_string()])?;
    Ok(())
}

/// How many links stand how.
///
/// # Errors
/// Where the book cannot be read.
pub fn digest(read: &Read<'_>, today: NaiveDate) -> Result<Digest, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT coalesce(h.state, 'unchecked') AS state, count(*) AS links, count(*) FILTER (WHERE h.failures > 0) AS failing,
             max(h.checked_at) AS last
         FROM link l LEFT JOIN link_health h ON h.link = l.id
         WHERE l.archived = 0
           AND NOT EXISTS (SELECT 1 FROM link_filing f WHERE f.link = l.id AND f.expires_on < ?1) GROUP BY 1",
    )?;
    let mut rows = statement.query([today.to_string()])?;
    let mut digest = Digest::default();
    while let Some(row) = rows.next()? {
        let state = word(&col::<String>(row, "state")?, HealthState::parse)?;
        let (links, failing): (u64, u64) = (col(row, "links")?, col(row, "failing")?);
        digest.links += links;
        match state {
            HealthState::Healthy => digest.healthy = links,
            HealthState::Expected => digest.expected = links,
            HealthState::Unverifiable => digest.unverifiable = links,
            HealthState::Unchecked => digest.unchecked = links,
            HealthState::Broken => digest.broken = links,
        }
        if state != HealthState::Broken {
            digest.failing += failing;
        }
        let last = col::<Option<String>>(row, "last")?;
        let last = last.as_deref().map(instant).transpose()?;
        digest.last = digest.last.max(last);
    }
    Ok(digest)
}

/// How many links in use are broken; quick, for the first screen.
///
/// # Errors
/// Where the book cannot be read.
pub fn broken(read: &Read<'_>) -> Result<u64, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT count(*) FROM link_health h JOIN link l ON l.id = h.link WHERE h.state = 'broken' AND l.archived = 0",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

fn health(row: &Row<'_>) -> Result<Health, StoreError> {
    let at = |name: &str| -> Result<Option<DateTime<Utc>>, StoreError> {
        col::<Option<String>>(row, name)?
            .as_deref()
            .map(instant)
            .transpose()
    };
    Ok(Health {
        state: word(&col::<String>(row, "state")?, HealthState::parse)?,
        failures: col(row, "failures")?,
        failing_since: at("failing_since")?,
        counted_at: at("counted_at")?,
        checked_at: at("checked_at")?,
    })
}

fn health_row(row: &Row<'_>) -> Result<HealthRow, StoreError> {
    let problems: String = col(row, "problems")?;
    Ok(HealthRow {
        health: health(row)?,
        asked: col(row, "asked")?,
        last_host: col(row, "last_host")?,
        status: col(row, "status")?,
        fingerprint: col(row, "fingerprint")?,
        problems: serde_json::from_str(&problems).map_err(|_| StoreError::Unreadable(problems))?,
    })
}
