//! Results of record: what campaigns and channels brought and are still to bring, each number with how it comes about.

use super::{
    MAX_PAGE,
    forecast::{self, Flow},
};
use crate::{
    App, Failure,
    dto::{
        CampaignCompare, CampaignComparison, CampaignFigures, ComparedRow, FigureHow, PaybackDto,
    },
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money, MoneyError,
    campaign_results::{Payback, Sums, payback},
};
use perennial_store::table::{
    campaign, campaign_sums,
    campaign_sums::{Of, Results},
    channel,
};
use std::collections::BTreeSet;

/// Campaigns or channels side by side.
///
/// # Errors
/// Where it is said neither, or the book cannot be read.
pub fn compare(app: &App, input: CampaignCompare) -> Result<CampaignComparison, Failure> {
    let of = match input.by.trim() {
        "campaign" => Of::Campaign,
        "channel" => Of::Channel,
        other => {
            return Err(Failure::refused(
                "campaign.compare_by",
                format!("“{other}” cannot be compared here."),
            )
            .hint("Compare by campaign or by channel."));
        }
    };
    let named: Vec<(String, String, bool)> = app.read(|read| {
        Ok(match of {
            Of::Campaign => campaign::page(read, "", input.archived, None, MAX_PAGE)?
                .into_iter()
                .map(|row| (row.id.to_string(), row.name, row.archived))
                .collect(),
            Of::Channel => channel::list(read)?
                .into_iter()
                .filter(|row| input.archived || !row.archived)
                .map(|row| (row.id.to_string(), row.name, row.archived))
                .collect(),
        })
    })?;
    let flows = forecast::flows(app)?;
    let mut rows = Vec::with_capacity(named.len());
    for (id, name, archived) in named {
        let results = app.read(|read| campaign_sums::results(read, of, &id))?;
        rows.push(ComparedRow {
            figures: figures(app, of, (&id, &name), &results, &flows)?,
            id,
            name,
            archived,
            links: results.links,
            clicks: results.clicks,
            referrals: results.referrals,
            minutes: results.minutes,
        });
    }
    rows.sort_by_cached_key(|row| row.name.to_lowercase());
    Ok(CampaignComparison {
        by: input.by.trim().to_owned(),
        rows,
        method: method(of),
    })
}

fn method(of: Of) -> Vec<String> {
    let spend = match of {
        Of::Campaign => "Spend and minutes are those of the campaign's log.",
        Of::Channel => {
            "Spend and minutes are those of log entries that name the channel; entries without one count for none."
        }
    };
    vec![
        "A sale counts where its link belongs; sales without a link count for none.".to_owned(),
        spend.to_owned(),
        "Commission is what was earned, on hold included; refunds and clawbacks are taken off.".to_owned(),
        "What is still to come is expected of those who pay now; what comes a year later counts 10 % less.".to_owned(),
        "Amounts of different currencies stand on lines of their own and never add up.".to_owned(),
    ]
}

/// The figures of each currency, with how they come about.
///
/// # Errors
/// Where the book cannot be read, or a sum is too large.
pub(super) fn figures(
    app: &App,
    of: Of,
    (id, name): (&str, &str),
    results: &Results,
    flows: &[Flow],
) -> Result<Vec<CampaignFigures>, Failure> {
    let mine = |flow: &&Flow| flow.campaign == (of == Of::Campaign) && flow.name == name;
    let money = results.commission.iter().chain(&results.spend);
    let mut currencies: BTreeSet<Currency> = money.map(|money| money.currency()).collect();
    for flow in flows.iter().filter(mine) {
        currencies.extend(Currency::parse(&flow.currency));
    }
    let mut found = Vec::with_capacity(currencies.len());
    for currency in currencies {
        let flow = flows
            .iter()
            .find(|flow| mine(flow) && flow.currency == currency.code());
        found.push(of_currency(app, of, id, currency, results, flow)?);
    }
    Ok(found)
}

fn of_currency(
    app: &App,
    of: Of,
    id: &str,
    currency: Currency,
    results: &Results,
    flow: Option<&Flow>,
) -> Result<CampaignFigures, Failure> {
    let pick = |all: &[Money]| {
        let found = all.iter().find(|money| money.currency() == currency);
        found.copied().unwrap_or_else(|| Money::zero(currency))
    };
    let sums = Sums {
        commission: pick(&results.commission),
        spend: pick(&results.spend),
        clicks: results.clicks,
        minutes: results.minutes,
    };
    let to_come = flow.map_or(Ok(Money::zero(currency)), |flow| {
        Money::parse(&flow.to_come, currency)
    });
    let to_come = to_come.map_err(refused)?;
    let profit = sums.profit().map_err(refused)?;
    let whole = profit.plus(to_come).map_err(refused)?;
    let back = back(app, of, id, &sums, flow)?;
    let (epc, hourly) = (sums.epc(), sums.hourly().map_err(refused)?);
    let customers = flow.map_or(0, |flow| flow.customers);
    let mut how = money_words(&sums, results, customers, (to_come, profit, whole));
    how.push(say("payback", payback_words(&back, &sums)));
    how.extend(rate_words(&sums, profit, epc, hourly));
    Ok(CampaignFigures {
        currency: currency.code().to_owned(),
        commission: sums.commission.to_plain(),
        to_come: to_come.to_plain(),
        spend: sums.spend.to_plain(),
        profit: profit.to_plain(),
        profit_with_to_come: whole.to_plain(),
        payback: payback_dto(back),
        epc: epc.map(Money::to_plain),
        hourly: hourly.map(Money::to_plain),
        how,
    })
}

fn say(key: &str, text: String) -> FigureHow {
    FigureHow {
        key: key.to_owned(),
        text,
    }
}

/// How commission, what is still to come, spend and profit come about.
fn money_words(
    sums: &Sums,
    results: &Results,
    customers: u32,
    (to_come, profit, whole): (Money, Money, Money),
) -> Vec<FigureHow> {
    let paying = if customers == 1 {
        "1 customer pays".to_owned()
    } else {
        format!("{customers} customers pay")
    };
    vec![
        say(
            "commission",
            format!(
                "Everything earned through {}, on hold included; refunds and clawbacks are taken off.",
                many(results.links, "link")
            ),
        ),
        say(
            "to_come",
            format!(
                "{paying} now. Every renewal still expected, times what it earns, is worth {to_come} today; what comes a \
                 year later counts 10 % less."
            ),
        ),
        say(
            "spend",
            format!(
                "The spend of {} added up.",
                many(results.entries, "log entry")
            ),
        ),
        say(
            "profit",
            format!(
                "{} earned − {} spent = {profit}.",
                sums.commission, sums.spend
            ),
        ),
        say(
            "profit_with_to_come",
            format!("{profit} profit so far + {to_come} still to come = {whole}."),
        ),
    ]
}

/// How earnings per click and an hour's worth come about.
fn rate_words(
    sums: &Sums,
    profit: Money,
    epc: Option<Money>,
    hourly: Option<Money>,
) -> [FigureHow; 2] {
    let click = match (epc, sums.clicks) {
        (Some(epc), Some(clicks)) => format!(
            "{} earned over {} = {epc} a click.",
            sums.commission,
            many(clicks, "click")
        ),
        _ => "No clicks are known.".to_owned(),
    };
    let hour = hourly.map_or_else(
        || "No work was noted.".to_owned(),
        |hourly| {
            format!(
                "{profit} profit over {} of work = {hourly} an hour.",
                many(sums.minutes, "minute")
            )
        },
    );
    [say("epc", click), say("hourly", hour)]
}

/// When the spend comes back. Days are read only where the commission covers it.
fn back(app: &App, of: Of, id: &str, sums: &Sums, flow: Option<&Flow>) -> Result<Payback, Failure> {
    let currency = sums.spend.currency();
    let covered = !sums.profit().map_err(refused)?.is_negative();
    let (first, earned) = app.read(|read| {
        let first = campaign_sums::first_spent(read, of, id, currency)?;
        let days = if covered && first.is_some() {
            campaign_sums::days(read, of, id, currency)?
        } else {
            Vec::new()
        };
        Ok((first, days))
    })?;
    // Without its days, all that was earned stands on one of them.
    let earned = if covered {
        earned
    } else {
        vec![(NaiveDate::MIN, sums.commission)]
    };
    let ahead: Result<Vec<_>, Failure> = flow
        .map_or(&[][..], |flow| &flow.months)
        .iter()
        .filter_map(|(day, amount)| Some((day.parse::<NaiveDate>().ok()?, amount)))
        .map(|(day, amount)| Ok((day, Money::parse(amount, currency).map_err(refused)?)))
        .collect();
    payback(sums.spend, first, &earned, &ahead?).map_err(refused)
}

fn payback_words(back: &Payback, sums: &Sums) -> String {
    let so_far = format!("{} of {} came back so far", sums.commission, sums.spend);
    match back {
        Payback::NothingSpent => "Nothing was spent, so nothing has to come back.".to_owned(),
        Payback::Reached(day) => format!(
            "{day} is the first day by whose end the commission had reached the {} that were spent.",
            sums.spend
        ),
        Payback::Expected(day) => format!(
            "{so_far}. With what those who pay now are expected to bring, the rest is back by {day}, the end of that month."
        ),
        Payback::NotInSight(missing) => format!(
            "{so_far}. Even with every renewal expected of those who pay now, {missing} stay open; new customers can close \
             that."
        ),
    }
}

fn payback_dto(back: Payback) -> PaybackDto {
    let (state, on, missing) = match back {
        Payback::NothingSpent => ("nothing_spent", None, None),
        Payback::Reached(day) => ("reached", Some(day), None),
        Payback::Expected(day) => ("expected", Some(day), None),
        Payback::NotInSight(missing) => ("not_in_sight", None, Some(missing)),
    };
    PaybackDto {
        state: state.to_owned(),
        on: on.map(|day| day.to_string()),
        missing: missing.map(Money::to_plain),
    }
}

/// A count with its noun: `1 click`, `2 clicks`, `3 log entries`.
fn many(count: u64, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

fn refused(error: MoneyError) -> Failure {
    Failure::refused("amount.refused", format!("{error}."))
}
