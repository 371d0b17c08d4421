//! What campaigns and channels brought: sums from the ledger, the clicks and the log.

use crate::{
    Read, StoreError,
    rows::{day, money, parse},
    table::conversion::{Part, brought},
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money, ids::CampaignId};
use std::collections::BTreeMap;

/// What a campaign or a channel brought so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Links it uses.
    pub links: u64,
    /// Clicks, where any are known.
    pub clicks: Option<u64>,
    /// New customers.
    pub referrals: u64,
    /// Log entries.
    pub entries: u64,
    /// Minutes of work.
    pub minutes: u64,
    /// Commission so far, one amount a currency.
    pub commission: Vec<Money>,
    /// Spent so far, one amount a currency.
    pub spend: Vec<Money>,
}

/// Of which noun results are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of a campaign: through its links, and by its log.
    Campaign,
    /// Of a channel: through its links, and by the entries of logs that name it.
    Channel,
}

impl Of {
    /// The column of links and log entries that names it.
    fn column(self) -> &'static str {
        match self {
            Self::Campaign => "campaign",
            Self::Channel => "channel",
        }
    }

    fn part(self) -> Part {
        match self {
            Self::Campaign => Part::Campaign,
            Self::Channel => Part::Channel,
        }
    }
}

/// What one campaign or channel brought so far. Amounts of two currencies stay apart.
///
/// # Errors
/// Where the book cannot be read.
pub fn results(read: &Read<'_>, of: Of, id: &str) -> Result<Results, StoreError> {
    let column = of.column();
    let mut results = Results::default();
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT count(DISTINCT l.id), sum(c.clicks) FROM link l LEFT JOIN click_day c ON c.link = l.id WHERE l.{column} = ?1"
    ))?;
    (results.links, results.clicks) =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT count(*), coalesce(sum(minutes), 0) FROM log_entry WHERE {column} = ?1"
    ))?;
    (results.entries, results.minutes) =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    (results.referrals, results.commission) = brought(read, of.part(), id)?;
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT spend_currency, sum(spend) FROM log_entry WHERE {column} = ?1 AND spend IS NOT NULL
         GROUP BY spend_currency ORDER BY spend_currency"
    ))?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        results
            .spend
            .push(money(row.get(1)?, &row.get::<_, String>(0)?)?);
    }
    Ok(results)
}

/// The commission of each day in a currency, oldest first. This reads the rows themselves.
///
/// # Errors
/// Where the book cannot be read.
pub fn days(
    read: &Read<'_>,
    of: Of,
    id: &str,
    currency: Currency,
) -> Result<Vec<(NaiveDate, Money)>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT c.occurred_on, sum(c.earned) FROM link l JOIN conversion c ON c.link = l.id
         WHERE l.{} = ?1 AND c.currency = ?2 GROUP BY c.occurred_on ORDER BY c.occurred_on",
        of.column()
    ))?;
    let mut rows = statement.query((id, currency.code()))?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        let amount = Money::from_micros(row.get(1)?, currency);
        days.push((day(&row.get::<_, String>(0)?)?, amount));
    }
    Ok(days)
}

/// The day of the first spend in a currency.
///
/// # Errors
/// Where the book cannot be read.
pub fn first_spent(
    read: &Read<'_>,
    of: Of,
    id: &str,
    currency: Currency,
) -> Result<Option<NaiveDate>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT min(happened_on) FROM log_entry WHERE {} = ?1 AND spend_currency = ?2 AND spend <> 0",
        of.column()
    ))?;
    let found: Option<String> = statement.query_row((id, currency.code()), |row| row.get(0))?;
    found.map(|text| parse(&text)).transpose()
}

/// One channel's part in a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelPart {
    /// Clicks, where any are known.
    pub clicks: Option<u64>,
    /// New customers.
    pub referrals: u64,
    /// Commission so far, one amount a currency.
    pub commission: Vec<Money>,
}

/// What came through each channel of a campaign, by the channel's name.
///
/// # Errors
/// Where the book cannot be read.
pub fn by_channel(
    read: &Read<'_>,
    campaign: CampaignId,
) -> Result<BTreeMap<String, ChannelPart>, StoreError> {
    let id = campaign.to_string();
    let mut found: BTreeMap<String, ChannelPart> = BTreeMap::new();
    let mut statement = read.0.prepare_cached(
        "SELECT h.name, sum(c.clicks) FROM link l JOIN channel h ON h.id = l.channel LEFT JOIN click_day c ON c.link = l.id
         WHERE l.campaign = ?1 GROUP BY h.id",
    )?;
    let mut rows = statement.query([&id])?;
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().clicks = row.get(1)?;
    }
    let mut statement = read.0.prepare_cached(
        "SELECT h.name, p.currency, sum(p.earned), sum(p.referrals)
         FROM link l JOIN channel h ON h.id = l.channel JOIN ledger_part p ON p.part = 'link' AND p.key = l.id
         WHERE l.campaign = ?1 GROUP BY h.id, p.currency ORDER BY p.currency",
    )?;
    let mut rows = statement.query([&id])?;
    while let Some(row) = rows.next()? {
        let part = found.entry(row.get(0)?).or_default();
        part.commission
            .push(money(row.get(2)?, &row.get::<_, String>(1)?)?);
        part.referrals += row.get::<_, u64>(3)?;
    }
    Ok(found)
}
