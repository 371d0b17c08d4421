//! Tracking links.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, money, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::{
    Money,
    attribution::sub_id_key,
    ids::{CampaignId, ChannelId, LinkId, ProgramId},
    link::Link,
};
use rusqlite::{OptionalExtension as _, Row, named_params};
use std::collections::HashMap;

/// Which links; what is none does not narrow.
#[derive(Clone, Debug, Default)]
pub struct LinkFilter {
    /// Words to find in label, address, code and note.
    pub search: String,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// For this channel.
    pub channel: Option<ChannelId>,
    /// For this campaign.
    pub campaign: Option<CampaignId>,
    /// Also archived ones.
    pub archived: bool,
    /// Older than this one.
    pub before: Option<LinkId>,
}

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
}

const COLUMNS: &str =
    "l.*, p.slug AS program_slug, d.name AS destination_name, c.name AS channel_name,
    c.kind AS channel_kind, k.name AS campaign_name
    FROM link l JOIN program p ON p.id = l.program JOIN channel c ON c.id = l.channel
    LEFT JOIN destination d ON d.id = l.destination LEFT JOIN campaign k ON k.id = l.campaign";

const MATCHES: &str = "(:archived OR l.archived = 0) AND (:program IS NULL OR l.program = :program)
    AND (:channel IS NULL OR l.channel = :channel) AND (:campaign IS NULL OR l.campaign = :campaign)
    AND (:search = '' OR l.label LIKE :like ESCAPE '\\' OR l.url LIKE :like ESCAPE '\\' OR l.code = :search
         OR l.note LIKE :like ESCAPE '\\')";

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
    add_earnings(read, &mut rows)?;
    rows.pop().ok_or_else(|| StoreError::NoSuch {
        noun: "link",
        name: code_or_id.to_owned(),
    })
}

/// A page of links, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(read: &Read<'_>, filter: &LinkFilter, limit: u32) -> Result<Vec<LinkRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE {MATCHES} AND (:before IS NULL OR l.id < :before) ORDER BY l.id DESC LIMIT :limit"
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":archived": filter.archived,
        ":program": filter.program.map(|id| id.to_string()),
        ":channel": filter.channel.map(|id| id.to_string()),
        ":campaign": filter.campaign.map(|id| id.to_string()),
        ":search": filter.search.trim(),
        ":like": like(&filter.search),
        ":before": filter.before.map(|id| id.to_string()),
        ":limit": limit,
    })?;
    let mut links = Vec::new();
    while let Some(row) = rows.next()? {
        links.push(link_row(row)?);
    }
    add_earnings(read, &mut links)?;
    Ok(links)
}

/// How many links a filter finds.
///
/// # Errors
/// Where the book cannot be read.
pub fn count(read: &Read<'_>, filter: &LinkFilter) -> Result<u64, StoreError> {
    let sql = format!("SELECT count(*) FROM link l WHERE {MATCHES}");
    let mut statement = read.0.prepare_cached(&sql)?;
    Ok(statement.query_row(
        named_params! {
            ":archived": filter.archived,
            ":program": filter.program.map(|id| id.to_string()),
            ":channel": filter.channel.map(|id| id.to_string()),
            ":campaign": filter.campaign.map(|id| id.to_string()),
            ":search": filter.search.trim(),
            ":like": like(&filter.search),
        },
        |row| row.get(0),
    )?)
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

/// New customers and what came of them: the conversions of each link on the page.
fn add_earnings(read: &Read<'_>, links: &mut [LinkRow]) -> Result<(), StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT currency, sum(earned), sum(kind IN ('sale', 'lead') AND approval <> 'reversed')
         FROM conversion WHERE link = ?1 GROUP BY currency ORDER BY currency",
    )?;
    let mut seen: HashMap<LinkId, (u64, Vec<Money>)> = HashMap::new();
    for row in links.iter() {
        let mut sums = statement.query([row.link.id.to_string()])?;
        let entry = seen.entry(row.link.id).or_default();
        while let Some(sum) = sums.next()? {
            entry.1.push(money(sum.get(1)?, &sum.get::<_, String>(0)?)?);
            entry.0 += sum.get::<_, u64>(2)?;
        }
    }
    for row in links {
        (row.referrals, row.earned) = seen.remove(&row.link.id).unwrap_or_default();
    }
    Ok(())
}

fn link_row(row: &Row<'_>) -> Result<LinkRow, StoreError> {
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
    })
}
