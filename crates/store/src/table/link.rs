//! Tracking links.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse},
    table::{
        conversion::{Part, brought},
        link_health,
        link_shelf::{self, Shelf},
    },
};
use chrono::{DateTime, Utc};
use perennial_domain::{Money, attribution::sub_id_key, link::Link, link_health::Health};
use rusqlite::{OptionalExtension as _, Row};

/// A link with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The link.
    pub link: Link,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Short name of its program.
    pub program: String,
    /// Name of its destination.
    pub destination: Option<String>,
    /// Name of its channel.
    pub channel: String,
    /// Word of the channel's kind.
    pub channel_kind: String,
    /// Name of its campaign.
    pub campaign: Option<String>,
    /// New customers attributed to it.
    pub referrals: u64,
    /// What they earned, one amount a currency.
    pub earned: Vec<Money>,
    /// How it is kept.
    pub shelf: Shelf,
    /// How it stands.
    pub health: Health,
}

pub(super) const COLUMNS: &str =
    "l.*, p.slug AS program_slug, d.name AS destination_name, c.name AS channel_name,
    c.kind AS channel_kind, k.name AS campaign_name
    FROM link l JOIN program p ON p.id = l.program JOIN channel c ON c.id = l.channel
    LEFT JOIN destination d ON d.id = l.destination LEFT JOIN campaign k ON k.id = l.campaign";

/// Adds a link.
///
/// # Errors
/// [`StoreError::Taken`] where its code is in use.
pub fn insert(write: &Write<'_>, link: &Link, created_at: DateTime<Utc>) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO link (id, program, destination, channel, campaign, label, code, url, sub_ids, sub_id_key, note,
             archived, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (code) DO NOTHING",
    )?;
    let sub_ids = serde_json::Value::from(link.sub_ids.clone()).to_string();
    let added = statement.execute(rusqlite::params![
        link.id.to_string(),
        link.program.to_string(),
        link.destination.map(|id| id.to_string()),
        link.channel.to_string(),
        link.campaign.map(|id| id.to_string()),
        &link.label,
        &link.code,
        &link.url,
        sub_ids,
        sub_id_key(&link.sub_ids),
        &link.note,
        link.archived,
        instant_text(created_at),
    ])?;
    if added == 0 {
        return Err(StoreError::Taken {
            noun: "link",
            name: link.code.clone(),
        });
    }
    Ok(())
}

/// Writes what a user may change: label, note, archive state. The address stays: it is out in the world.
///
/// # Errors
/// Where the book cannot be written.
pub fn update(write: &Write<'_>, link: &Link) -> Result<(), StoreError> {
    write.0.execute(
        "UPDATE link SET label = ?2, note = ?3, archived = ?4, revision = revision + 1 WHERE id = ?1",
        (link.id.to_string(), &link.label, &link.note, link.archived),
    )?;
    Ok(())
}

/// The link of a code or an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, code_or_id: &str) -> Result<LinkRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE l.code = ?1 OR l.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([code_or_id.trim()], |row| Ok(link_row(row)))
        .optional()?;
    let row = found.ok_or_else(|| StoreError::NoSuch {
        noun: "link",
        name: code_or_id.to_owned(),
    })??;
    let mut rows = vec![row];
    complete(read, &mut rows)?;
    rows.pop().ok_or_else(|| StoreError::NoSuch {
        noun: "link",
        name: code_or_id.to_owned(),
    })
}

/// Clicks known of links, and the new customers that came through those links; none where no click is known.
///
/// # Errors
/// Where the book cannot be read.
pub fn conversion(read: &Read<'_>) -> Result<Option<(u64, u64)>, StoreError> {
    let found: (Option<u64>, Option<u64>) = read
        .0
        .prepare_cached(
            "SELECT (SELECT sum(clicks) FROM click_day),
                 (SELECT sum(referrals) FROM ledger_part WHERE part = 'link' AND key IN (SELECT link FROM click_day))",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found
        .0
        .filter(|clicks| *clicks > 0)
        .map(|clicks| (clicks, found.1.unwrap_or(0))))
}

/// A pattern that finds a text anywhere, taken literally.
pub(crate) fn like(search: &str) -> String {
    let escaped = search
        .trim()
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

/// What came of each link on the page, how it is kept and how it stands.
pub(super) fn complete(read: &Read<'_>, links: &mut [LinkRow]) -> Result<(), StoreError> {
    for row in links {
        let id = row.link.id;
        row.shelf = link_shelf::get(read, id)?;
        row.health = link_health::get(read, id)?.map_or_else(Health::default, |row| row.health);
        (row.referrals, row.earned) = brought(read, Part::Link, &id.to_string())?;
    }
    Ok(())
}

pub(super) fn link_row(row: &Row<'_>) -> Result<LinkRow, StoreError> {
    let optional = |name: &str| col::<Option<String>>(row, name);
    let sub_ids: String = col(row, "sub_ids")?;
    Ok(LinkRow {
        link: Link {
            id: parse(&col::<String>(row, "id")?)?,
            program: parse(&col::<String>(row, "program")?)?,
            destination: optional("destination")?
                .map(|text| parse(&text))
                .transpose()?,
            channel: parse(&col::<String>(row, "channel")?)?,
            campaign: optional("campaign")?.map(|text| parse(&text)).transpose()?,
            label: col(row, "label")?,
            code: col(row, "code")?,
            url: col(row, "url")?,
            sub_ids: serde_json::from_str(&sub_ids).map_err(|_| StoreError::Unreadable(sub_ids))?,
            note: col(row, "note")?,
            archived: col(row, "archived")?,
            revision: col(row, "revision")?,
        },
        created_at: instant(&col::<String>(row, "created_at")?)?,
        program: col(row, "program_slug")?,
        destination: optional("destination_name")?,
        channel: col(row, "channel_name")?,
        channel_kind: col(row, "channel_kind")?,
        campaign: optional("campaign_name")?,
        referrals: 0,
        earned: Vec::new(),
        shelf: Shelf::default(),
        health: Health::default(),
    })
}
