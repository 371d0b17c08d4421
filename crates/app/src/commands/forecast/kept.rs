//! Answers that the first screen and the campaigns show beside other things: kept in the book, so that a large one is not
//! read through for them.

use super::{
    flows::{self, Flow},
    loaded, months, of_program,
    scenario::Prepared,
    sum,
    value::{self, Own},
};
use crate::{
    App, Code, Failure,
    dto::{Amount, AssumptionsInput, Empty, ListInput, OverviewMonth},
};
use perennial_store::{summary, table::kept};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// Rows of a ledger that is read through while somebody waits.
const SMALL: u64 = 20_000;

const AHEAD: &str = "ahead";
const TO_COME: &str = "to_come";
const FLOWS: &str = "flows";

/// What the first screen shows of the months ahead at once.
pub struct Ahead {
    /// Expected net by month and currency, where a forecast is possible.
    pub months: Vec<OverviewMonth>,
    /// Whether they are of an earlier state of the book; [`overview_ahead`] works them out anew.
    pub due: bool,
}

/// The months ahead as they are known without reading a large ledger.
///
/// # Errors
/// Where the book cannot be read.
pub fn ahead(app: &App) -> Result<Ahead, Failure> {
    let (known, fresh) = known::<Vec<OverviewMonth>>(app, AHEAD)?;
    if let Some(months) = known
        && fresh
    {
        return Ok(Ahead { months, due: false });
    }
    let small = app.read(summary)?.conversions <= SMALL;
    if small {
        return Ok(Ahead {
            months: overview_ahead(app, Empty {})?,
            due: false,
        });
    }
    Ok(Ahead {
        months: known_or_none(app)?,
        due: true,
    })
}

fn known_or_none(app: &App) -> Result<Vec<OverviewMonth>, Failure> {
    Ok(known::<Vec<OverviewMonth>>(app, AHEAD)?
        .0
        .unwrap_or_default())
}

/// The expected net of the coming months by currency, worked out from the book and kept.
///
/// # Errors
/// Where the book cannot be read.
pub fn overview_ahead(app: &App, _: Empty) -> Result<Vec<OverviewMonth>, Failure> {
    if let (Some(months), true) = known(app, AHEAD)? {
        return Ok(months);
    }
    let version = app.read(kept::version)?;
    let mut months: Vec<OverviewMonth> = Vec::new();
    let programs = crate::commands::program::list(app, ListInput::default())?;
    for row in programs.items {
        let Some(loaded) = possible(of_program(app, &row.id))?.filter(|loaded| loaded.has_rows())
        else {
            continue;
        };
        let supposed = loaded.assumptions(12);
        let prepared = possible(supposed.and_then(|supposed| Prepared::new(&loaded, &supposed)))?;
        let Some(prepared) = prepared else { continue };
        let currency = loaded.currency().code().to_owned();
        for (month, amount) in months::nets(&prepared) {
            let known = months
                .iter_mut()
                .find(|known| known.month == month && known.amount.currency == currency);
            match known {
                Some(known) => known.amount.amount = sum(&known.amount.amount, &amount),
                None => months.push(OverviewMonth {
                    month,
                    amount: Amount {
                        amount,
                        currency: currency.clone(),
                    },
                }),
            }
        }
    }
    keep(app, AHEAD, version, &months)?;
    forget_large(app)?;
    Ok(months)
}

/// What the paying customers of each campaign are expected to bring still, by campaign and currency: discounted by a
/// tenth a year, as the residual value is where nobody says.
///
/// # Errors
/// Where the book cannot be read.
pub fn to_come(app: &App) -> Result<HashMap<(String, String), Decimal>, Failure> {
    if let (Some(known), true) = known::<Vec<(String, String, String)>>(app, TO_COME)? {
        return Ok(known
            .into_iter()
            .filter_map(|(campaign, currency, amount)| {
                Some(((campaign, currency), amount.parse().ok()?))
            })
            .collect());
    }
    let version = app.read(kept::version)?;
    let found = value::to_come(app)?;
    let mut list: Vec<(String, String, String)> = found
        .iter()
        .map(|((campaign, currency), amount)| {
            (campaign.clone(), currency.clone(), amount.to_string())
        })
        .collect();
    list.sort();
    keep(app, TO_COME, version, &list)?;
    forget_large(app)?;
    Ok(found)
}

/// What is expected of the paying customers of each campaign and each channel, month by month.
///
/// # Errors
/// Where the book cannot be read.
pub fn flows(app: &App) -> Result<Vec<Flow>, Failure> {
    if let (Some(flows), true) = known(app, FLOWS)? {
        return Ok(flows);
    }
    let version = app.read(kept::version)?;
    let flows = flows::flows(app)?;
    keep(app, FLOWS, version, &flows)?;
    forget_large(app)?;
    Ok(flows)
}

/// Terms that do not allow a forecast are said by the forecast itself; anything else that fails is said here.
fn possible<T>(made: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match made {
        Ok(made) => Ok(Some(made)),
        Err(failure) if failure.kind() == Code::Refused => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// How the customers of a program stay; of the first program with rows where it is none of the book's or has none.
///
/// # Errors
/// Where the book cannot be read.
pub fn own_customers(app: &App, program: Option<&str>) -> Result<Option<Own>, Failure> {
    let name = format!("own:{}", program.unwrap_or_default());
    if let (Some(own), true) = known::<Option<Own>>(app, &name)? {
        return Ok(own);
    }
    let version = app.read(kept::version)?;
    let own = value::own_customers(app, program)?;
    keep(app, &name, version, &own)?;
    forget_large(app)?;
    Ok(own)
}

/// What the second tier, and both tiers, are expected to bring a program in so many months, with the currency; none where
/// no forecast is possible.
///
/// # Errors
/// Where the book cannot be read.
pub fn second_tier_ahead(
    app: &App,
    program: &str,
    months: u32,
) -> Result<Option<(Decimal, Decimal, String)>, Failure> {
    let name = format!("second:{months}:{program}");
    if let (Some(ahead), true) = known::<Option<(String, String, String)>>(app, &name)? {
        return Ok(ahead.and_then(|(second, all, code)| {
            Some((second.parse().ok()?, all.parse().ok()?, code))
        }));
    }
    let version = app.read(kept::version)?;
    let input = AssumptionsInput {
        program: Some(program.to_owned()),
        months: Some(months),
    };
    let done =
        possible(super::assumptions(app, input).and_then(|supposed| super::run(app, supposed)))?;
    let ahead = done.map(|done| {
        let total = |of: &dyn Fn(&crate::dto::ForecastMonth) -> &str| -> Decimal {
            done.months
                .iter()
                .map(|month| of(month).parse::<Decimal>().unwrap_or_default())
                .sum()
        };
        (
            total(&|month| &month.second_tier),
            total(&|month| &month.net),
            done.currency.clone(),
        )
    });
    let text = ahead
        .as_ref()
        .map(|(second, all, code)| (second.to_string(), all.to_string(), code.clone()));
    keep(app, &name, version, &text)?;
    forget_large(app)?;
    Ok(ahead)
}

/// What is kept, and whether it is of today and of the book as it is.
fn known<T: DeserializeOwned>(app: &App, name: &str) -> Result<(Option<T>, bool), Failure> {
    let today = app.today()?;
    let Some(kept) = app.read(|read| kept::get(read, name))? else {
        return Ok((None, false));
    };
    let fresh = kept.fresh && kept.made_on == today;
    // What an earlier version wrote in another form is worked out anew.
    let value: Option<T> = serde_json::from_str(&kept.json).ok();
    let fresh = fresh && value.is_some();
    Ok((value, fresh))
}

fn keep<T: Serialize>(app: &App, name: &str, version: i64, value: &T) -> Result<(), Failure> {
    let today = app.today()?;
    let json = serde_json::to_string(value).map_err(|error| {
        Failure::resource(
            "forecast.keep",
            format!("The forecast could not be kept: {error}."),
        )
    })?;
    app.book()?
        .note(|write| kept::put(write, name, today, version, &json))?;
    Ok(())
}

/// Everybody of a large book is not held in memory only because the first screen was looked at.
fn forget_large(app: &App) -> Result<(), Failure> {
    if app.read(summary)?.conversions > SMALL {
        loaded::forget(app);
    }
    Ok(())
}
