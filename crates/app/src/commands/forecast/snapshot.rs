//! Forecasts as they were made, kept to be compared with what came.

use super::{
    bands::{band_quantiles, draw, quantile},
    loaded::Loaded,
    months::nets,
    scenario::Prepared,
};
use crate::{App, Failure, files::forecast::DEFAULT_SEED, jobs::Job};
use chrono::NaiveDate;
use perennial_store::table::forecast as table;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Months that a snapshot has.
const MONTHS: u32 = 24;
/// Paths that its ranges are drawn from: few, for it is made whenever a forecast opens.
const PATHS: u32 = 400;

/// A kept forecast, as it lies in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// ISO 4217.
    pub currency: String,
    /// Its months.
    pub months: Vec<SnapshotMonth>,
}

/// One of its months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotMonth {
    /// `2026-03`.
    pub month: String,
    /// Expected net.
    pub net: String,
    /// 10%.
    pub low: String,
    /// 50%.
    pub middle: String,
    /// 90%.
    pub high: String,
}

/// Keeps the forecast of the day, once a day; says on which day the newest one was kept. Nothing is kept while the ledger
/// says nothing.
pub fn keep(app: &App, loaded: &Loaded) -> Result<Option<String>, Failure> {
    let id = loaded.book.program.id;
    let newest = app
        .read(|read| table::snapshots(read, id, 1))?
        .into_iter()
        .next();
    let kept_on = |day: NaiveDate| Ok(Some(day.to_string()));
    if let Some((day, _)) = &newest
        && *day >= loaded.today
    {
        return kept_on(*day);
    }
    if !loaded.has_rows() {
        return Ok(newest.map(|(day, _)| day.to_string()));
    }
    let json = serde_json::to_string(&make(loaded)?)
        .map_err(|error| Failure::resource("forecast.snapshot", format!("{error}.")))?;
    // The same forecast as the day before says nothing new: a book that nobody touched keeps one.
    if let Some((day, known)) = &newest
        && *known == json
    {
        return kept_on(*day);
    }
    app.book()?
        .note(|write| table::keep_snapshot(write, id, loaded.today, &json))?;
    kept_on(loaded.today)
}

fn make(loaded: &Loaded) -> Result<Snapshot, Failure> {
    let mut prepared = Prepared::new(loaded, &loaded.assumptions(MONTHS)?)?;
    prepared.scenario.quantiles = band_quantiles();
    let job = Job::default();
    let paths = draw(
        &job,
        &prepared.scenario,
        &prepared.beliefs,
        Some(PATHS),
        DEFAULT_SEED,
    )?;
    let digits = loaded.currency().minor_digits();
    let months = nets(&prepared)
        .into_iter()
        .enumerate()
        .map(|(index, (month, net))| {
            let mut values = paths.nets(prepared.skip + index);
            values.sort_unstable();
            let at = |q: f64| Decimal::new(quantile(&values, q), digits).to_string();
            SnapshotMonth {
                month,
                net,
                low: at(0.1),
                middle: at(0.5),
                high: at(0.9),
            }
        })
        .collect();
    Ok(Snapshot {
        currency: loaded.currency().code().to_owned(),
        months,
    })
}
