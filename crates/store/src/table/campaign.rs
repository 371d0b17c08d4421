//! Campaigns, their log, and what they brought.

use crate::{
    Read, StoreError, Write,
    rows::{col, money, parse},
    table::campaign_sums::Of,
};
use perennial_domain::{
    Money,
    campaign::{Campaign, LogEntry},
    ids::{CampaignId, ChannelId, LogEntryId},
};
use rusqlite::{OptionalExtension as _, Row};

pub use super::campaign_sums::Results;

/// Adds a campaign, or changes the one of its id, channels included.
///
/// # Errors
/// [`StoreError::Taken`] where another one has the name.
pub fn save(write: &Write<'_>, campaign: &Campaign) -> Result<(), StoreError> {
    let id = campaign.id.to_string();
    let namesake = find(&write.read(), &campaign.name)?;
    if namesake.is_some_and(|other| other.id != campaign.id) {
        return Err(StoreError::Taken {
            noun: "campaign",
            name: campaign.name.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO campaign (id, name, starts_on, ends_on, goal, budget, budget_currency, archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, starts_on = excluded.starts_on,
             ends_on = excluded.ends_on, goal = excluded.goal, budget = excluded.budget,
             budget_currency = excluded.budget_currency, archived = excluded.archived, revision = revision + 1",
        (
            &id,
            &campaign.name,
            campaign.starts_on.map(|day| day.to_string()),
            campaign.ends_on.map(|day| day.to_string()),
            &campaign.goal,
            campaign.budget.map(Money::micros),
            campaign.budget.map(|money| money.currency().code()),
            campaign.archived,
        ),
    )?;
    write
        .0
        .execute("DELETE FROM campaign_channel WHERE campaign = ?1", [&id])?;
    let mut statement = write.0.prepare_cached(
        "INSERT OR IGNORE INTO campaign_channel (campaign, channel) VALUES (?1, ?2)",
    )?;
    for channel in &campaign.channels {
        statement.execute((&id, channel.to_string()))?;
    }
    Ok(())
}

/// The campaign of a name (without case) or an id.
///
/// # Errors
/// Where the book cannot be read.
pub fn find(read: &Read<'_>, name_or_id: &str) -> Result<Option<Campaign>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM campaign WHERE name = ?1 OR id = ?1")?;
    let found = statement
        .query_row([name_or_id.trim()], |row| Ok(campaign(row)))
        .optional()?;
    let Some(mut found) = found.transpose()? else {
        return Ok(None);
    };
    found.channels = channels(read, found.id)?;
    Ok(Some(found))
}

/// The campaign of a name or an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, name_or_id: &str) -> Result<Campaign, StoreError> {
    find(read, name_or_id)?.ok_or_else(|| StoreError::NoSuch {
        noun: "campaign",
        name: name_or_id.to_owned(),
    })
}

/// A page of campaigns, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    search: &str,
    archived: bool,
    before: Option<CampaignId>,
    limit: u32,
) -> Result<Vec<Campaign>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM campaign WHERE (?1 OR archived = 0) AND (name LIKE ?2 ESCAPE '\\' OR goal LIKE ?2 ESCAPE '\\')
             AND (?3 IS NULL OR id < ?3) ORDER BY id DESC LIMIT ?4",
    )?;
    let before = before.map(|id| id.to_string());
    let mut rows = statement.query((archived, super::link::like(search), before, limit))?;
    let mut campaigns = Vec::new();
    while let Some(row) = rows.next()? {
        let mut found = campaign(row)?;
        found.channels = channels(read, found.id)?;
        campaigns.push(found);
    }
    Ok(campaigns)
}

/// What a campaign brought so far. Amounts of two currencies stay apart.
///
/// # Errors
/// Where the book cannot be read.
pub fn results(read: &Read<'_>, campaign: CampaignId) -> Result<Results, StoreError> {
    super::campaign_sums::results(read, Of::Campaign, &campaign.to_string())
}

/// Short names of the programs that a campaign's links lead to.
///
/// # Errors
/// Where the book cannot be read.
pub fn programs(read: &Read<'_>, campaign: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT DISTINCT p.slug FROM link l JOIN program p ON p.id = l.program WHERE l.campaign = ?1",
    )?;
    let names = statement.query_map([campaign], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Adds a log entry, or changes the one of its id.
///
/// # Errors
/// Where the book cannot be written.
pub fn save_entry(write: &Write<'_>, entry: &LogEntry) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO log_entry (id, campaign, happened_on, what, channel, url, spend, spend_currency, minutes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET happened_on = excluded.happened_on, what = excluded.what,
             channel = excluded.channel, url = excluded.url, spend = excluded.spend,
             spend_currency = excluded.spend_currency, minutes = excluded.minutes, revision = revision + 1",
        (
            entry.id.to_string(),
            entry.campaign.to_string(),
            entry.on.to_string(),
            &entry.what,
            entry.channel.map(|id| id.to_string()),
            &entry.url,
            entry.spend.map(Money::micros),
            entry.spend.map(|money| money.currency().code()),
            entry.minutes,
        ),
    )?;
    Ok(())
}

/// Takes a log entry out; says of which campaign it was.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn remove_entry(write: &Write<'_>, id: &str) -> Result<CampaignId, StoreError> {
    let campaign: Option<String> = write
        .0
        .query_row(
            "DELETE FROM log_entry WHERE id = ?1 RETURNING campaign",
            [id],
            |row| row.get(0),
        )
        .optional()?;
    let campaign = campaign.ok_or_else(|| StoreError::NoSuch {
        noun: "log entry",
        name: id.to_owned(),
    })?;
    parse(&campaign)
}

/// A campaign's log, newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn entries(read: &Read<'_>, campaign: CampaignId) -> Result<Vec<LogEntry>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM log_entry WHERE campaign = ?1 ORDER BY happened_on DESC, id DESC",
    )?;
    let mut rows = statement.query([campaign.to_string()])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

fn channels(read: &Read<'_>, campaign: CampaignId) -> Result<Vec<ChannelId>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT channel FROM campaign_channel JOIN channel ON channel.id = channel WHERE campaign = ?1 ORDER BY name",
    )?;
    let mut rows = statement.query([campaign.to_string()])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        ids.push(parse(&row.get::<_, String>(0)?)?);
    }
    Ok(ids)
}

fn campaign(row: &Row<'_>) -> Result<Campaign, StoreError> {
    let day = |name: &str| -> Result<_, StoreError> {
        col::<Option<String>>(row, name)?
            .map(|text| parse(&text))
            .transpose()
    };
    Ok(Campaign {
        id: parse(&col::<String>(row, "id")?)?,
        name: col(row, "name")?,
        channels: Vec::new(),
        starts_on: day("starts_on")?,
        ends_on: day("ends_on")?,
        goal: col(row, "goal")?,
        budget: maybe_money(row, "budget", "budget_currency")?,
        archived: col(row, "archived")?,
        revision: col(row, "revision")?,
    })
}

fn entry(row: &Row<'_>) -> Result<LogEntry, StoreError> {
    Ok(LogEntry {
        id: parse::<LogEntryId>(&col::<String>(row, "id")?)?,
        campaign: parse(&col::<String>(row, "campaign")?)?,
        on: parse(&col::<String>(row, "happened_on")?)?,
        what: col(row, "what")?,
        channel: col::<Option<String>>(row, "channel")?
            .map(|text| parse(&text))
            .transpose()?,
        url: col(row, "url")?,
        spend: maybe_money(row, "spend", "spend_currency")?,
        minutes: col(row, "minutes")?,
        revision: col(row, "revision")?,
    })
}

fn maybe_money(row: &Row<'_>, amount: &str, currency: &str) -> Result<Option<Money>, StoreError> {
    match (
        col::<Option<i64>>(row, amount)?,
        col::<Option<String>>(row, currency)?,
    ) {
        (Some(micros), Some(code)) => Ok(Some(money(micros, &code)?)),
        _ => Ok(None),
    }
}
