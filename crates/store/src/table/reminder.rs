//! Reminders.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, parse},
};
use chrono::NaiveDate;
use perennial_domain::{ids::ReminderId, notebook::Reminder};
use rusqlite::{OptionalExtension as _, Row};

/// A reminder with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderRow {
    /// The reminder.
    pub reminder: Reminder,
    /// Short name of the program.
    pub program: Option<String>,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// Code of the link.
    pub link: Option<String>,
}

const COLUMNS: &str =
    "r.*, p.slug AS program_slug, k.name AS campaign_name, l.code AS link_code
    FROM reminder r LEFT JOIN program p ON p.id = r.program LEFT JOIN campaign k ON k.id = r.campaign
    LEFT JOIN link l ON l.id = r.link";

/// Adds a reminder, or changes the one of its id.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, reminder: &Reminder) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO reminder (id, text, due_on, program, campaign, link, done_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET text = excluded.text, due_on = excluded.due_on, program = excluded.program,
             campaign = excluded.campaign, link = excluded.link, done_on = excluded.done_on, revision = revision + 1",
        (
            reminder.id.to_string(),
            &reminder.text,
            reminder.due.to_string(),
            reminder.program.map(|id| id.to_string()),
            reminder.campaign.map(|id| id.to_string()),
            reminder.link.map(|id| id.to_string()),
            reminder.done.map(|day| day.to_string()),
        ),
    )?;
    Ok(())
}

/// Takes a reminder out.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: ReminderId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM reminder WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// A reminder.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: &str) -> Result<ReminderRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE r.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([id.trim()], |row| Ok(reminder(row)))
        .optional()?;
    found.ok_or_else(|| StoreError::NoSuch {
        noun: "reminder",
        name: id.to_owned(),
    })?
}

/// The reminders that some words are found in: open ones by the day they are due, then those done, the last one first.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>, search: &str, done: bool) -> Result<Vec<ReminderRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE (?1 OR r.done_on IS NULL) AND (r.text LIKE ?2 ESCAPE '\\' OR k.name LIKE ?2 ESCAPE '\\')
         ORDER BY r.done_on IS NOT NULL, CASE WHEN r.done_on IS NULL THEN r.due_on END, r.done_on DESC, r.id"
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query((done, super::link::like(search)))?;
    let mut reminders = Vec::new();
    while let Some(row) = rows.next()? {
        reminders.push(reminder(row)?);
    }
    Ok(reminders)
}

/// Reminders that wait on a day, the longest waiting first, and how many there are.
///
/// # Errors
/// Where the book cannot be read.
pub fn waiting(
    read: &Read<'_>,
    today: NaiveDate,
    limit: u32,
) -> Result<(Vec<ReminderRow>, u64), StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE r.done_on IS NULL AND r.due_on <= ?1 ORDER BY r.due_on, r.id LIMIT ?2"
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query((today.to_string(), limit))?;
    let mut reminders = Vec::new();
    while let Some(row) = rows.next()? {
        reminders.push(reminder(row)?);
    }
    let count = read
        .0
        .prepare_cached("SELECT count(*) FROM reminder WHERE done_on IS NULL AND due_on <= ?1")?
        .query_row([today.to_string()], |row| row.get(0))?;
    Ok((reminders, count))
}

fn reminder(row: &Row<'_>) -> Result<ReminderRow, StoreError> {
    let text = |name: &str| col::<Option<String>>(row, name);
    Ok(ReminderRow {
        reminder: Reminder {
            id: parse(&col::<String>(row, "id")?)?,
            text: col(row, "text")?,
            due: day(&col::<String>(row, "due_on")?)?,
            program: text("program")?.as_deref().map(parse).transpose()?,
            campaign: text("campaign")?.as_deref().map(parse).transpose()?,
            link: text("link")?.as_deref().map(parse).transpose()?,
            done: text("done_on")?.as_deref().map(day).transpose()?,
            revision: col(row, "revision")?,
        },
        program: text("program_slug")?,
        campaign: text("campaign_name")?,
        link: text("link_code")?,
    })
}
