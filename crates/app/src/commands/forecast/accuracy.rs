//! Kept forecasts against what came.

use super::{assume::percent, chosen, loaded::Loaded, months::actuals, snapshot::Snapshot};
use crate::{
    App, Failure,
    dto::{Accuracy, AccuracyMonth, AccuracySummary, AssumptionsInput, SnapshotRow},
};
use chrono::NaiveDate;
use perennial_forecast::Month;
use perennial_store::table::forecast as table;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Snapshots that are looked at: some years of daily ones.
const SNAPSHOTS: u32 = 1_500;

/// Every kept forecast of a program, and every month of it that is over, beside what came.
///
/// # Errors
/// Where there is no such program.
pub fn accuracy(app: &App, input: AssumptionsInput) -> Result<Accuracy, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let id = loaded.book.program.id;
    let kept = app.read(|read| table::snapshots(read, id, SNAPSHOTS))?;
    let kept: Vec<(NaiveDate, Snapshot)> = kept
        .into_iter()
        .filter_map(|(day, json)| Some((day, serde_json::from_str(&json).ok()?)))
        .collect();
    let came = came(&loaded);
    let mut snapshots = Vec::new();
    let mut months = Vec::new();
    for (made_on, snapshot) in &kept {
        if snapshot.currency != loaded.currency().code() {
            continue;
        }
        let before = months.len();
        compare(*made_on, snapshot, &came, &mut months);
        let total: Decimal = snapshot.months.iter().map(|month| read(&month.net)).sum();
        snapshots.push(SnapshotRow {
            made_on: made_on.to_string(),
            start: snapshot
                .months
                .first()
                .map(|month| month.month.clone())
                .unwrap_or_default(),
            months: count(snapshot.months.len()),
            total: total.to_string(),
            over: count(months.len() - before),
        });
    }
    let by_distance = summaries(&months, loaded.currency().minor_digits());
    months.sort_by(|a, b| (&b.month, &b.made_on).cmp(&(&a.month, &a.made_on)));
    Ok(Accuracy {
        sentence: sentence(&months, kept.len()),
        snapshots,
        months,
        by_distance,
        currency: loaded.currency().code().to_owned(),
    })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What came in every month that is over and wholly reported.
fn came(loaded: &Loaded) -> BTreeMap<String, Decimal> {
    let last = Month::of(loaded.known).min(Month::of(loaded.today).plus(-1));
    actuals(loaded)
        .into_iter()
        .filter(|month| {
            month
                .month
                .parse::<Month>()
                .is_ok_and(|month| month <= last)
        })
        .map(|month| (month.month, read(&month.net)))
        .collect()
}

fn compare(
    made_on: NaiveDate,
    snapshot: &Snapshot,
    came: &BTreeMap<String, Decimal>,
    out: &mut Vec<AccuracyMonth>,
) {
    for forecast in &snapshot.months {
        let Some(actual) = came.get(&forecast.month) else {
            continue;
        };
        let Ok(month) = forecast.month.parse::<Month>() else {
            continue;
        };
        let within = *actual >= read(&forecast.low) && *actual <= read(&forecast.high);
        out.push(AccuracyMonth {
            made_on: made_on.to_string(),
            month: forecast.month.clone(),
            ahead: u32::try_from(month.since(Month::of(made_on))).unwrap_or(0),
            expected: forecast.net.clone(),
            low: forecast.low.clone(),
            high: forecast.high.clone(),
            actual: actual.to_string(),
            error: (*actual - read(&forecast.net)).to_string(),
            within,
        });
    }
}

fn summaries(months: &[AccuracyMonth], digits: u32) -> Vec<AccuracySummary> {
    let mut by: BTreeMap<u32, Vec<&AccuracyMonth>> = BTreeMap::new();
    for month in months {
        by.entry(month.ahead).or_default().push(month);
    }
    by.into_iter()
        .map(|(ahead, months)| {
            let n = Decimal::from(months.len());
            let mean = |sum: Decimal| {
                (sum / n)
                    .round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
                    .to_string()
            };
            let errors = || months.iter().map(|month| read(&month.error));
            let within = months.iter().filter(|month| month.within).count();
            AccuracySummary {
                ahead,
                count: count(months.len()),
                bias: mean(errors().sum()),
                mean_error: mean(errors().map(|error| error.abs()).sum()),
                within: (Decimal::from(within) / n)
                    .round_dp(4)
                    .normalize()
                    .to_string(),
            }
        })
        .collect()
}

fn sentence(months: &[AccuracyMonth], snapshots: usize) -> String {
    if months.is_empty() {
        return match snapshots {
            0 => "No forecast has been kept yet. One is kept on every day on which you look at it."
                .to_owned(),
            1 => "One forecast is kept; none of its months is over yet.".to_owned(),
            many => format!("{many} forecasts are kept; none of their months is over yet."),
        };
    }
    let within = months.iter().filter(|month| month.within).count();
    let share = f64::from(count(within)) / f64::from(count(months.len()));
    format!(
        "Of {} forecast months {within} came within the range that should hold eight of ten: {}.",
        months.len(),
        percent(share)
    )
}

/// An amount that this module wrote itself.
fn read(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::forecast::snapshot::SnapshotMonth;

    #[test]
    fn a_month_is_compared_with_what_came() {
        let snapshot = Snapshot {
            currency: "USD".to_owned(),
            months: vec![SnapshotMonth {
                month: "2026-03".to_owned(),
                net: "100.00".to_owned(),
                low: "80.00".to_owned(),
                middle: "99.00".to_owned(),
                high: "120.00".to_owned(),
            }],
        };
        let mut out = Vec::new();
        let came = BTreeMap::from([("2026-03".to_owned(), Decimal::new(12_100, 2))]);
        compare("2026-01-15".parse().unwrap(), &snapshot, &came, &mut out);
        assert_eq!((out[0].ahead, out[0].within), (2, false));
        assert_eq!(out[0].error, "21.00");
        let summary = summaries(&out, 2);
        assert_eq!(
            (summary[0].mean_error.as_str(), summary[0].within.as_str()),
            ("21.00", "0")
        );
    }
}
