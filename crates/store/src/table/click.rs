//! Clicks of a link, by day. No program's report says them link by link, so what is here was typed in.

use crate::{Read, StoreError, Write, rows::day};
use chrono::NaiveDate;
use perennial_domain::ids::LinkId;

/// Clicks of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClickDay {
    /// The day.
    pub on: NaiveDate,
    /// How many.
    pub clicks: u64,
}

/// Says how many clicks a link had on a day, in place of what was said before.
///
/// # Errors
/// Where the book cannot be written.
pub fn set(write: &Write<'_>, link: LinkId, day: ClickDay) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO click_day (day, link, clicks) VALUES (?1, ?2, ?3)
         ON CONFLICT (link, day) DO UPDATE SET clicks = excluded.clicks",
        (day.on.to_string(), link.to_string(), day.clicks),
    )?;
    Ok(())
}

/// Takes a day's clicks out; whether there were any.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, link: LinkId, on: NaiveDate) -> Result<bool, StoreError> {
    let gone = write.0.execute(
        "DELETE FROM click_day WHERE link = ?1 AND day = ?2",
        (link.to_string(), on.to_string()),
    )?;
    Ok(gone > 0)
}

/// The days of which clicks of a link are known, the latest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn of(read: &Read<'_>, link: LinkId) -> Result<Vec<ClickDay>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT day, clicks FROM click_day WHERE link = ?1 ORDER BY day DESC")?;
    let mut rows = statement.query([link.to_string()])?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        days.push(ClickDay {
            on: day(&row.get::<_, String>(0)?)?,
            clicks: row.get(1)?,
        });
    }
    Ok(days)
}
