//! Cards of programs, to hold them side by side.

use crate::{
    Read, StoreError, Write,
    rows::{day, parse},
};
use chrono::NaiveDate;
use perennial_domain::ids::ScorecardId;
use rusqlite::params;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Identity.
    pub id: ScorecardId,
    /// The program's name.
    pub name: String,
    /// Slug, where it is one of the book's programs.
    pub program: Option<String>,
    /// Whether it is put aside.
    pub archived: bool,
    /// What the user knows of it, by key.
    pub values: Vec<CardValue>,
}

/// One thing that the user knows of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardValue {
    /// Which.
    pub key: String,
    /// Its value, as the key's form demands.
    pub value: String,
    /// In the user's words.
    pub note: String,
    /// Where it is from.
    pub source: String,
    /// When it was seen.
    pub on: NaiveDate,
}

/// Every card, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<Card>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT s.id, s.name, p.slug, s.archived FROM scorecard s LEFT JOIN program p ON p.id = s.program ORDER BY s.name",
    )?;
    let mut values = read.0.prepare_cached(
        "SELECT key, value, note, source, dated_on FROM scorecard_value WHERE scorecard = ?1 ORDER BY key",
    )?;
    let mut rows = statement.query([])?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let mut found = values.query([&id])?;
        let mut card = Card {
            id: parse(&id)?,
            name: row.get(1)?,
            program: row.get(2)?,
            archived: row.get(3)?,
            values: Vec::new(),
        };
        while let Some(value) = found.next()? {
            card.values.push(CardValue {
                key: value.get(0)?,
                value: value.get(1)?,
                note: value.get(2)?,
                source: value.get(3)?,
                on: day(&value.get::<_, String>(4)?)?,
            });
        }
        cards.push(card);
    }
    Ok(cards)
}

/// Adds a card, or changes the one of the id; its values are not touched.
///
/// # Errors
/// [`StoreError::Taken`] where another card has the name.
pub fn save(write: &Write<'_>, card: &Card) -> Result<(), StoreError> {
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM scorecard WHERE name = ?1 AND id <> ?2)",
        params![card.name, card.id.to_string()],
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "scorecard",
            name: card.name.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO scorecard (id, name, program, archived)
         VALUES (?1, ?2, (SELECT id FROM program WHERE slug = ?3), ?4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, archived = excluded.archived, revision = revision + 1",
        params![card.id.to_string(), card.name, card.program, card.archived],
    )?;
    Ok(())
}

/// Sets a value of a card.
///
/// # Errors
/// Where the book cannot be written.
pub fn set(write: &Write<'_>, card: ScorecardId, value: &CardValue) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO scorecard_value (scorecard, key, value, note, source, dated_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (scorecard, key) DO UPDATE SET value = excluded.value, note = excluded.note,
             source = excluded.source, dated_on = excluded.dated_on",
        params![
            card.to_string(),
            value.key,
            value.value,
            value.note,
            value.source,
            value.on.to_string()
        ],
    )?;
    Ok(())
}

/// Takes a value of a card out.
///
/// # Errors
/// Where the book cannot be written.
pub fn unset(write: &Write<'_>, card: ScorecardId, key: &str) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM scorecard_value WHERE scorecard = ?1 AND key = ?2",
        params![card.to_string(), key],
    )?;
    Ok(())
}
