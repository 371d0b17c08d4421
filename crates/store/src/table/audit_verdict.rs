//! What the user made of findings, and what was written about them.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, parse, word},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::{audit::State, ids::ConversionId};
use rusqlite::OptionalExtension as _;
use std::collections::HashMap;
use uuid::Uuid;

/// What is decided of a row: what it earned, or when it is paid.
pub type Topic = &'static str;

/// What was reported as earned.
pub const AMOUNT: Topic = "amount";
/// That it is not paid.
pub const LATE: Topic = "late";

/// What the user made of one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Identity.
    pub id: Uuid,
    /// What it came to.
    pub state: State,
    /// In the user's words.
    pub note: String,
    /// For a dispute: until when an answer is asked for.
    pub deadline: Option<NaiveDate>,
    /// The day it was decided.
    pub decided_on: NaiveDate,
    /// The difference it was decided on, in millionths.
    pub difference: i64,
}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Identity.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// `me` or `program`.
    pub who: String,
    /// What was written.
    pub text: String,
}

/// Every verdict whose row is in the ledger, by the row and its topic.
///
/// # Errors
/// Where the book cannot be read.
pub fn all(read: &Read<'_>) -> Result<HashMap<(ConversionId, Topic), Verdict>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT c.id AS row, v.id, v.topic, v.state, v.note, v.deadline, v.decided_on, v.difference
         FROM audit_verdict v JOIN conversion c ON c.connection = v.connection AND c.family = v.family
             AND c.identity = v.identity AND c.occurrence = v.occurrence",
    )?;
    let mut rows = statement.query([])?;
    let mut verdicts = HashMap::new();
    while let Some(row) = rows.next()? {
        let topic = topic(&col::<String>(row, "topic")?);
        let deadline: Option<String> = col(row, "deadline")?;
        verdicts.insert(
            (parse(&col::<String>(row, "row")?)?, topic),
            Verdict {
                id: parse(&col::<String>(row, "id")?)?,
                state: word(&col::<String>(row, "state")?, State::parse)?,
                note: col(row, "note")?,
                deadline: deadline.as_deref().map(parse).transpose()?,
                decided_on: parse(&col::<String>(row, "decided_on")?)?,
                difference: col(row, "difference")?,
            },
        );
    }
    Ok(verdicts)
}

/// The topic of a word.
pub fn topic(text: &str) -> Topic {
    if text == LATE { LATE } else { AMOUNT }
}

/// Keeps what was decided of a row, in place of what was decided before; says the identity that stands.
///
/// # Errors
/// Where there is no such row, or the book cannot be written.
pub fn decide(
    write: &Write<'_>,
    row: ConversionId,
    topic: Topic,
    verdict: &Verdict,
) -> Result<Uuid, StoreError> {
    let key: Option<(String, String, String, i64)> = write
        .0
        .query_row(
            "SELECT connection, family, identity, occurrence FROM conversion WHERE id = ?1",
            [row.to_string()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((connection, family, identity, occurrence)) = key else {
        return Err(StoreError::NoSuch {
            noun: "ledger row",
            name: row.to_string(),
        });
    };
    let known: Option<String> = write
        .0
        .query_row(
            "SELECT id FROM audit_verdict
             WHERE connection = ?1 AND family = ?2 AND identity = ?3 AND occurrence = ?4 AND topic = ?5",
            (&connection, &family, &identity, occurrence, topic),
            |row| row.get(0),
        )
        .optional()?;
    let deadline = verdict.deadline.map(|day| day.to_string());
    let decided_on = verdict.decided_on.to_string();
    if let Some(id) = known {
        write.0.execute(
            "UPDATE audit_verdict SET state = ?2, note = ?3, deadline = ?4, decided_on = ?5, difference = ?6,
                 revision = revision + 1 WHERE id = ?1",
            (
                &id,
                verdict.state.word(),
                &verdict.note,
                deadline,
                decided_on,
                verdict.difference,
            ),
        )?;
        return parse(&id);
    }
    write.0.execute(
        "INSERT INTO audit_verdict
             (id, connection, family, identity, occurrence, topic, state, note, deadline, decided_on, difference)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        (
            verdict.id.to_string(),
            connection,
            family,
            identity,
            occurrence,
            topic,
            verdict.state.word(),
            &verdict.note,
            deadline,
            decided_on,
            verdict.difference,
        ),
    )?;
    Ok(verdict.id)
}

/// What was written about a finding, oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn letters(read: &Read<'_>, verdict: Uuid) -> Result<Vec<Letter>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id, day, who, text FROM audit_letter WHERE verdict = ?1 ORDER BY day, id",
    )?;
    let mut rows = statement.query([verdict.to_string()])?;
    let mut letters = Vec::new();
    while let Some(row) = rows.next()? {
        letters.push(Letter {
            id: parse(&col::<String>(row, "id")?)?,
            day: parse(&col::<String>(row, "day")?)?,
            who: col(row, "who")?,
            text: col(row, "text")?,
        });
    }
    Ok(letters)
}

/// Adds a letter.
///
/// # Errors
/// Where the book cannot be written.
pub fn add_letter(write: &Write<'_>, verdict: Uuid, letter: &Letter) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO audit_letter (id, verdict, day, who, text) VALUES (?1, ?2, ?3, ?4, ?5)",
        (
            letter.id.to_string(),
            verdict.to_string(),
            letter.day.to_string(),
            &letter.who,
            &letter.text,
        ),
    )?;
    Ok(())
}

/// Takes a letter out.
///
/// # Errors
/// Where there is none of that id, or the book cannot be written.
pub fn remove_letter(write: &Write<'_>, id: Uuid) -> Result<(), StoreError> {
    let gone = write
        .0
        .execute("DELETE FROM audit_letter WHERE id = ?1", [id.to_string()])?;
    if gone == 0 {
        return Err(StoreError::NoSuch {
            noun: "letter",
            name: id.to_string(),
        });
    }
    Ok(())
}

/// Keeps what the last audit found, for the first screen.
///
/// # Errors
/// Where the book cannot be written.
pub fn keep_state(write: &Write<'_>, json: &str) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO audit_state (one, json) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET json = ?1",
        [json],
    )?;
    Ok(())
}

/// What the last audit found, where there was one.
///
/// # Errors
/// Where the book cannot be read.
pub fn state(read: &Read<'_>) -> Result<Option<String>, StoreError> {
    Ok(read
        .0
        .query_row("SELECT json FROM audit_state", [], |row| row.get(0))
        .optional()?)
}

/// What is known of the click behind a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Click {
    /// When it was, where the source says it.
    pub at: Option<DateTime<Utc>>,
    /// Clicks on the row's link in so many days before, where any are known.
    pub clicks: Option<u64>,
}

/// The click behind a row.
///
/// # Errors
/// Where the book cannot be read.
pub fn click(read: &Read<'_>, row: ConversionId, days: u32) -> Result<Click, StoreError> {
    let (at, clicks): (Option<String>, Option<i64>) = read.0.query_row(
        "SELECT c.click_at, (SELECT sum(d.clicks) FROM click_day d WHERE d.link = c.link
             AND d.day BETWEEN date(c.occurred_on, '-' || ?2 || ' days') AND c.occurred_on)
         FROM conversion c WHERE c.id = ?1",
        (row.to_string(), days),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Click {
        at: at.as_deref().map(instant).transpose()?,
        clicks: clicks.and_then(|clicks| u64::try_from(clicks).ok()),
    })
}

/// How many rows the ledger has, counted no further than one past a limit.
///
/// # Errors
/// Where the book cannot be read.
pub fn rows_up_to(read: &Read<'_>, limit: u64) -> Result<u64, StoreError> {
    let count: i64 = read.0.query_row(
        "SELECT count(*) FROM (SELECT 1 FROM conversion LIMIT ?1 + 1)",
        [i64::try_from(limit).unwrap_or(i64::MAX)],
        |row| row.get(0),
    )?;
    Ok(u64::try_from(count).unwrap_or(0))
}
