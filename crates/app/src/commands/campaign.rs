//! Campaigns: what was planned, what was done, what it brought.

use super::{MAX_PAGE, PAGE, campaign_figures::figures, forecast, link_draft};
use crate::{
    App, Failure,
    dto::{
        Amount, ById, CampaignDetail, CampaignMoney, CampaignResults, CampaignRow, CampaignSave,
        ListInput, LogEntryDto, LogSave, Page,
    },
    files::program::date,
};
use perennial_domain::{
    Currency, Money,
    campaign::{Campaign, LogEntry},
    campaign_results::Sums,
    channel::Channel,
    ids::ChannelId,
    link::check_address,
};
use perennial_store::{
    StoreError,
    table::{
        campaign::{self, Results},
        campaign_sums::Of,
        channel,
        link_find::{self as links, LinkFilter},
    },
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// The campaigns, newest first.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<CampaignRow>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let before = input.after.as_deref().and_then(|text| text.parse().ok());
    let (mut rows, channels) = app.read(|read| {
        let rows = campaign::page(read, &input.search, input.archived, before, limit + 1)?;
        let rows: Result<Vec<_>, StoreError> = rows
            .into_iter()
            .map(|row| Ok((campaign::results(read, row.id)?, row)))
            .collect();
        Ok((rows?, channel::list(read)?))
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows
        .last()
        .filter(|_| more)
        .map(|(_, row)| row.id.to_string());
    let ahead = forecast::to_come(app)?;
    let items = rows
        .into_iter()
        .map(|(results, row)| self::row(row, &results, &channels, &ahead));
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        next,
        total: None,
    })
}

/// A campaign with its log, links and results.
///
/// # Errors
/// Where there is no such campaign.
pub fn show(app: &App, input: ById) -> Result<CampaignDetail, Failure> {
    let today = app.today()?;
    let (used, results, log, channels, found) = app.read(|read| {
        let found = campaign::get(read, &input.id)?;
        let filter = LinkFilter {
            campaign: Some(found.id),
            archived: true,
            ..LinkFilter::default()
        };
        Ok((
            links::page(read, &filter, MAX_PAGE)?,
            campaign::results(read, found.id)?,
            campaign::entries(read, found.id)?,
            channel::list(read)?,
            found,
        ))
    })?;
    let flows = forecast::flows(app)?;
    let of = (found.id.to_string(), found.name.clone());
    let figures = figures(app, Of::Campaign, (&of.0, &of.1), &results, &flows)?;
    Ok(CampaignDetail {
        figures,
        log: log
            .into_iter()
            .map(|entry| entry_dto(entry, &channels))
            .collect(),
        links: used
            .into_iter()
            .map(|row| link_draft::dto(row, today))
            .collect(),
        campaign: row(found, &results, &channels, &forecast::to_come(app)?)?,
    })
}

/// Makes or changes a campaign.
///
/// # Errors
/// Where the name is empty or in use, a channel is not known, or the days are the wrong way round.
pub fn save(app: &App, input: CampaignSave) -> Result<CampaignDetail, Failure> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::refused(
            "campaign.no_name",
            "A campaign needs a name.",
        ));
    }
    let day = |text: &Option<String>, key: &str| {
        text.as_deref()
            .filter(|text| !text.trim().is_empty())
            .map(|text| date(text, key))
            .transpose()
    };
    let (starts_on, ends_on) = (
        day(&input.starts_on, "starts_on")?,
        day(&input.ends_on, "ends_on")?,
    );
    if starts_on
        .zip(ends_on)
        .is_some_and(|(first, last)| last < first)
    {
        return Err(Failure::refused(
            "campaign.days",
            "The last day lies before the first.",
        ));
    }
    let (channels, id) = app.read(|read| {
        let channels: Result<Vec<ChannelId>, _> = input
            .channels
            .iter()
            .map(|name| channel::get(read, name).map(|row| row.id))
            .collect();
        let id = input
            .id
            .as_deref()
            .map(|id| campaign::get(read, id).map(|row| row.id))
            .transpose()?;
        Ok((channels?, id))
    })?;
    let saved = Campaign {
        id: id.unwrap_or_else(|| app.id()),
        name: name.clone(),
        channels,
        starts_on,
        ends_on,
        goal: input.goal.trim().to_owned(),
        budget: input.budget.as_ref().map(amount).transpose()?,
        archived: input.archived,
        revision: 1,
    };
    let label = if id.is_some() {
        format!("Changed {name}")
    } else {
        format!("Started {name}")
    };
    app.edit(label, |write| campaign::save(write, &saved))?;
    show(
        app,
        ById {
            id: saved.id.to_string(),
        },
    )
}

/// Adds or changes a log entry.
///
/// # Errors
/// Where the campaign or channel is not known, or a value does not fit.
pub fn log(app: &App, input: LogSave) -> Result<CampaignDetail, Failure> {
    let what = input.what.trim().to_owned();
    if what.is_empty() {
        return Err(Failure::refused(
            "log.nothing",
            "Say in a few words what was done.",
        ));
    }
    let url = input
        .url
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    if let Some(url) = url {
        check_address(url).map_err(|error| super::program::link_refused(&error))?;
    }
    let on = date(&input.on, "on")?;
    let (owner, place) = app.read(|read| {
        let name = input
            .channel
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let place = name.map(|name| channel::get(read, name)).transpose()?;
        Ok((campaign::get(read, &input.campaign)?, place))
    })?;
    let id = match input.id.as_deref() {
        None => app.id(),
        Some(text) => text.parse().map_err(|_| StoreError::NoSuch {
            noun: "log entry",
            name: text.to_owned(),
        })?,
    };
    let spend = input.spend.as_ref().map(amount).transpose()?;
    if spend.is_some_and(Money::is_negative) {
        return Err(Failure::refused(
            "log.spend",
            "What was spent is not below zero.",
        ));
    }
    let entry = LogEntry {
        id,
        campaign: owner.id,
        on,
        what,
        channel: place.map(|row| row.id),
        url: url.map(str::to_owned),
        spend,
        minutes: input.minutes,
        revision: 1,
    };
    app.edit(format!("Logged work on {}", owner.name), |write| {
        campaign::save_entry(write, &entry)
    })?;
    show(
        app,
        ById {
            id: owner.id.to_string(),
        },
    )
}

/// Takes a log entry out.
///
/// # Errors
/// Where there is no such entry.
pub fn log_remove(app: &App, input: ById) -> Result<CampaignDetail, Failure> {
    let owner = app.edit("Took a log entry out", |write| {
        campaign::remove_entry(write, &input.id)
    })?;
    show(
        app,
        ById {
            id: owner.to_string(),
        },
    )
}

/// An amount that crossed the boundary.
///
/// # Errors
/// `amount.refused`.
pub fn amount(given: &Amount) -> Result<Money, Failure> {
    Currency::parse(&given.currency)
        .and_then(|currency| Money::parse(&given.amount, currency))
        .map_err(|error| {
            Failure::refused("amount.refused", format!("{error}."))
                .hint("Write an amount such as 25.00 and a currency such as USD.")
        })
}

/// What is still to come, by a campaign's name and currency.
type ToCome = HashMap<(String, String), Decimal>;

fn row(
    campaign: Campaign,
    results: &Results,
    channels: &[Channel],
    ahead: &ToCome,
) -> Result<CampaignRow, Failure> {
    let money = money(results, &campaign.name, ahead)?;
    Ok(CampaignRow {
        id: campaign.id.to_string(),
        channels: campaign
            .channels
            .iter()
            .filter_map(|id| channel_name(channels, *id))
            .collect(),
        name: campaign.name,
        starts_on: campaign.starts_on.map(|day| day.to_string()),
        ends_on: campaign.ends_on.map(|day| day.to_string()),
        goal: campaign.goal,
        budget: campaign.budget.map(Into::into),
        results: CampaignResults {
            links: results.links,
            clicks: results.clicks,
            referrals: results.referrals,
            entries: results.entries,
            minutes: results.minutes,
            money,
        },
        archived: campaign.archived,
        revision: campaign.revision,
    })
}

/// Commission, spend and profit, each currency for itself.
fn money(results: &Results, name: &str, ahead: &ToCome) -> Result<Vec<CampaignMoney>, Failure> {
    let mut both: BTreeMap<Currency, (Money, Money)> = BTreeMap::new();
    let nothing = |currency| (Money::zero(currency), Money::zero(currency));
    for earned in &results.commission {
        both.entry(earned.currency())
            .or_insert_with_key(|code| nothing(*code))
            .0 = *earned;
    }
    for spent in &results.spend {
        both.entry(spent.currency())
            .or_insert_with_key(|code| nothing(*code))
            .1 = *spent;
    }
    let rows = both.into_iter().map(|(currency, (commission, spend))| {
        let sums = Sums {
            commission,
            spend,
            clicks: results.clicks,
            minutes: results.minutes,
        };
        let profit = sums
            .profit()
            .map_err(|error| Failure::refused("amount.refused", format!("{error}.")))?;
        let to_come = ahead.get(&(name.to_owned(), currency.code().to_owned()));
        let with = to_come.and_then(|more| profit.amount().checked_add(*more));
        Ok(CampaignMoney {
            currency: currency.code().to_owned(),
            commission: commission.to_plain(),
            spend: spend.to_plain(),
            profit: profit.to_plain(),
            to_come: to_come.map(ToString::to_string),
            profit_with_to_come: with.map(|amount| amount.to_string()),
            epc: sums.epc().map(Money::to_plain),
        })
    });
    rows.collect()
}

fn entry_dto(entry: LogEntry, channels: &[Channel]) -> LogEntryDto {
    LogEntryDto {
        id: entry.id.to_string(),
        on: entry.on.to_string(),
        what: entry.what,
        channel: entry.channel.and_then(|id| channel_name(channels, id)),
        url: entry.url,
        spend: entry.spend.map(Into::into),
        minutes: entry.minutes,
    }
}

fn channel_name(channels: &[Channel], id: ChannelId) -> Option<String> {
    channels
        .iter()
        .find(|row| row.id == id)
        .map(|row| row.name.clone())
}
