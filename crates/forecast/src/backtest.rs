//! Would it have been right? Forecasts made from what was known at earlier months, against what came.
//!
//! A rolling origin: at each of several months the book is taken back to what was known then, forecast, and every
//! later month up to `ahead` is scored. Beside this engine stand what anybody can do without it: repeating the last
//! value, repeating the same month of the year before, and the customary “constant churn” forecast.

mod methods;

use crate::calendar::Month;
use crate::history::History;
use crate::score::{Forecast, Scores, Tally, scale};
use methods::Origin;
use perennial_domain::Currency;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// Most months ahead that are scored.
pub const MAX_AHEAD: u32 = 24;
/// Most origins.
pub const MAX_ORIGINS: u32 = 120;

/// How to backtest.
#[derive(Clone, Copy, Debug)]
pub struct BacktestOptions<'a> {
    /// Months ahead of each origin that are scored, 1..=24.
    pub ahead: u32,
    /// Most origins, the latest ones, 1..=120.
    pub origins: u32,
    /// Months of history that the first origin must have, 3 or more.
    pub least_history: u32,
    /// The currency of the book's amounts.
    pub currency: Currency,
    /// Months after the first payment in which payments still earn; `None` is for life.
    pub max_months: Option<u32>,
    /// What is supposed of renewals, by the plans' groups.
    pub priors: &'a [crate::retention::Prior],
    /// Paths of each forecast, 1..=10,000.
    pub paths: u32,
    /// One seed gives one result.
    pub seed: u64,
    /// Threads to use.
    pub threads: usize,
    /// Set from outside to give up early.
    pub stop: Option<&'a AtomicBool>,
}

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// Commissions less clawbacks, in minor units.
    Net,
    /// New referrals who first pay.
    Arrivals,
    /// Renewals by those who were paying at the origin.
    Renewals,
}

/// How it is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// This engine: fitted retention and arrivals with their uncertainty, simulated.
    Perennial,
    /// The last month's value goes on; its spread is that of past changes, growing with √months (random walk).
    LastValue,
    /// The value of the same month a year before; with less than a year of history the last value.
    SeasonalNaive,
    /// The last six months' average of referrals and one average churn for all plans, taken as certain.
    ConstantChurn,
}

/// Every method in the order it is told.
pub const METHODS: [Method; 4] = [
    Method::Perennial,
    Method::LastValue,
    Method::SeasonalNaive,
    Method::ConstantChurn,
];
/// Every series in the order it is told.
pub const SERIES: [Series; 3] = [Series::Net, Series::Arrivals, Series::Renewals];

/// One month as this engine forecast it, and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The last month that was known.
    pub origin: Month,
    /// The month forecast.
    pub month: Month,
    /// What came.
    pub actual: f64,
    /// The median.
    pub median: f64,
    /// The 5% point.
    pub low: f64,
    /// The 95% point.
    pub high: f64,
}

/// How one method did.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodScores {
    /// The method.
    pub method: Method,
    /// Its scores over all origins and months ahead.
    pub scores: Scores,
}

/// How all methods did on one series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesScores {
    /// The series.
    pub series: Series,
    /// In the order of [`METHODS`].
    pub methods: Vec<MethodScores>,
    /// This engine's forecasts, origin by origin.
    pub points: Vec<Point>,
}

/// The whole backtest.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// The months at whose end forecasts were made.
    pub origins: Vec<Month>,
    /// In the order of [`SERIES`].
    pub series: Vec<SeriesScores>,
}

/// Why there is no backtest.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BacktestError {
    /// An option out of its range.
    #[error("`{0}` is out of its range")]
    Option(&'static str),
    /// Too few months to hold any back.
    #[error("the history of {months} months is too short: a backtest needs {needed} or more")]
    TooShort {
        /// Months there are.
        months: usize,
        /// Months needed.
        needed: usize,
    },
    /// The forecast at one of the origins.
    #[error(transparent)]
    Book(#[from] crate::book::BookError),
}

/// Forecasts the past. `None` where the stop sign was set on the way.
///
/// # Errors
/// [`BacktestError`] for options out of range, a history too short, and plans that cannot be forecast.
pub fn backtest(
    history: &History,
    options: &BacktestOptions<'_>,
) -> Result<Option<Backtest>, BacktestError> {
    check(history, options)?;
    let first = options.least_history as usize - 1;
    let last = history.months() - 2;
    let begin = first.max((last + 1).saturating_sub(options.origins as usize));
    let actual_net: Vec<f64> = history.net().iter().map(|&net| net as f64).collect();
    let actual_arrivals = floats(&history.arrivals(|_| true));
    let scales = [
        scale(&actual_net),
        scale(&actual_arrivals),
        scale(&floats(&history.renewals(|_| true))),
    ];
    let mut tallies = vec![vec![Tally::default(); METHODS.len()]; SERIES.len()];
    let mut points: Vec<Vec<Point>> = vec![Vec::new(); SERIES.len()];
    let mut origins = Vec::new();
    for at in begin..=last {
        let month = history.first().plus(at as i32);
        origins.push(month);
        let Some(past) = history.as_of(month) else {
            continue;
        };
        let ahead = (options.ahead as usize).min(history.months() - 1 - at);
        let renewals = floats(&history.renewals_of_those_paying(month));
        let Some(origin) = Origin::new(&past, ahead, options)? else {
            return Ok(None);
        };
        for (s, series) in SERIES.into_iter().enumerate() {
            let actual = match series {
                Series::Net => &actual_net,
                Series::Arrivals => &actual_arrivals,
                Series::Renewals => &renewals,
            };
            for h in 1..=ahead {
                let came = actual.get(at + h).copied().unwrap_or(0.0);
                for (m, method) in METHODS.into_iter().enumerate() {
                    if stopped(options.stop) {
                        return Ok(None);
                    }
                    let forecast = origin.forecast(series, method, h);
                    tallies[s][m].add(&forecast, came);
                    if method == Method::Perennial {
                        points[s].push(point(month, h, came, &forecast));
                    }
                }
            }
        }
    }
    let series = SERIES.into_iter().zip(tallies).zip(points).zip(scales);
    let series = series.map(|(((series, tallies), points), scale)| SeriesScores {
        series,
        methods: METHODS
            .into_iter()
            .zip(tallies)
            .map(|(method, tally)| MethodScores {
                method,
                scores: tally.scores(scale),
            })
            .collect(),
        points,
    });
    Ok(Some(Backtest {
        origins,
        series: series.collect(),
    }))
}

fn point(origin: Month, ahead: usize, actual: f64, forecast: &Forecast) -> Point {
    Point {
        origin,
        month: origin.plus(ahead as i32),
        actual,
        median: forecast.quantile(0.5),
        low: forecast.quantile(0.05),
        high: forecast.quantile(0.95),
    }
}

fn floats(counts: &[u64]) -> Vec<f64> {
    counts.iter().map(|&count| count as f64).collect()
}

fn stopped(stop: Option<&AtomicBool>) -> bool {
    stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
}

fn check(history: &History, options: &BacktestOptions<'_>) -> Result<(), BacktestError> {
    let ranges = [
        ("ahead", options.ahead, 1..=MAX_AHEAD),
        ("origins", options.origins, 1..=MAX_ORIGINS),
        ("least_history", options.least_history, 3..=1_200),
        ("paths", options.paths, 1..=10_000),
    ];
    for (name, value, range) in ranges {
        if !range.contains(&value) {
            return Err(BacktestError::Option(name));
        }
    }
    let needed = options.least_history as usize + 1;
    if history.months() < needed {
        let months = history.months();
        return Err(BacktestError::TooShort { months, needed });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
