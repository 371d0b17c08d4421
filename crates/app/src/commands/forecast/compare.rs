//! Scenarios side by side, drawn with the same random numbers.

use super::{
    assume::{decimal, percent},
    bands::{band, cancelled, draw, totals},
    chosen,
    months::money,
    saved::{Ready, ready, ready_of},
};
use crate::{
    App, Failure,
    dto::{Band, CompareInput, ComparedMonth, ComparedScenario, Comparison},
    files::forecast::DEFAULT_SEED,
};
use perennial_forecast::{Month, Paths, expected::expect_fast};
use perennial_store::table::forecast as table;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// Paths where nobody says.
const PATHS: u32 = 2_000;

/// One of them, drawn.
struct Drawn {
    id: String,
    name: String,
    ready: Ready,
    paths: Paths,
}

/// Scenarios side by side: what each brings, how sure that is, and the chance that one brings more than the first.
///
/// # Errors
/// Where there are fewer than two or more than eight, or one is not known; `job.cancelled`.
pub fn scenario_compare(app: &App, input: CompareInput) -> Result<Comparison, Failure> {
    if !(2..=8).contains(&input.scenarios.len()) {
        return Err(Failure::refused(
            "scenario.how_many",
            "Two to eight scenarios can be compared.",
        )
        .hint("`book` stands for the forecast from the book as it is."));
    }
    let seed = input.seed.unwrap_or(DEFAULT_SEED);
    let paths = input.paths.unwrap_or(PATHS);
    let mut prepared = Vec::new();
    for name in &input.scenarios {
        prepared.push(if name == "book" {
            let loaded = chosen(app, input.program.as_deref())?;
            let assumptions = loaded.assumptions(super::HORIZON)?;
            let label = "As the book is".to_owned();
            ("book".to_owned(), label, ready_of(&loaded, &assumptions)?)
        } else {
            let row = app.read(|read| table::scenario(read, name))?;
            (row.id.to_string(), row.name.clone(), ready(app, &row)?)
        });
    }
    let count = u64::try_from(prepared.len()).unwrap_or(0);
    let drawn = app.jobs.run(input.job.as_deref(), |job| {
        let mut drawn = Vec::new();
        for (done, (id, name, ready)) in (0..).zip(prepared) {
            if job.cancelled() {
                return Err(cancelled());
            }
            job.report(done, count);
            let paths = draw(job, &ready.scenario, &ready.beliefs, Some(paths), seed)?;
            drawn.push(Drawn {
                id,
                name,
                ready,
                paths,
            });
        }
        Ok(drawn)
    })?;
    Ok(side_by_side(&drawn, seed))
}

fn side_by_side(drawn: &[Drawn], seed: u64) -> Comparison {
    let mut months: BTreeMap<Month, ComparedMonth> = BTreeMap::new();
    let mut scenarios = Vec::new();
    let mut sentences = Vec::new();
    let first = drawn.first().map(|one| {
        let totals = totals(&one.paths, one.ready.skip);
        (totals, one.ready.scenario.currency, one.name.clone())
    });
    for (index, one) in drawn.iter().enumerate() {
        let scenario = &one.ready.scenario;
        let digits = scenario.currency.minor_digits();
        let expected = expect_fast(scenario);
        let mut total = 0.0;
        for month in one.ready.skip..expected.months() {
            let net = expected.month(month).net;
            total += net;
            let at = scenario
                .start
                .plus(i32::try_from(month).unwrap_or(i32::MAX));
            let row = months.entry(at).or_insert_with(|| ComparedMonth {
                month: at.to_string(),
                net: vec![None; drawn.len()],
                bands: vec![None; drawn.len()],
            });
            if let Some(slot) = row.net.get_mut(index) {
                *slot = Some(money(net, digits));
            }
            if let Some(slot) = row.bands.get_mut(index) {
                *slot = Some(band(&one.paths.nets(month), digits));
            }
        }
        let own = totals(&one.paths, one.ready.skip);
        let against = first
            .as_ref()
            .filter(|(base, currency, _)| {
                index > 0 && *currency == scenario.currency && base.len() == own.len()
            })
            .map(|(base, _, name)| {
                let differences: Vec<i64> = own.iter().zip(base).map(|(a, b)| a - b).collect();
                let sum: f64 = differences.iter().filter_map(ToPrimitive::to_f64).sum();
                let count = differences.len().max(1).to_f64().unwrap_or(1.0);
                let more = differences.iter().filter(|d| **d > 0).count();
                let better = more.to_f64().unwrap_or(0.0) / count;
                sentences.push(format!(
                    "{} brings {} {} against {name}, and more than it in {} of the cases.",
                    one.name,
                    money(sum / count, digits),
                    scenario.currency.code(),
                    percent(better)
                ));
                (
                    money(sum / count, digits),
                    band(&differences, digits),
                    decimal(better, 4),
                )
            });
        let (difference, difference_band, better): (Option<String>, Option<Band>, Option<String>) =
            match against {
                Some((difference, band, better)) => (Some(difference), Some(band), Some(better)),
                None => (None, None, None),
            };
        scenarios.push(ComparedScenario {
            id: one.id.clone(),
            name: one.name.clone(),
            currency: scenario.currency.code().to_owned(),
            total: money(total, digits),
            band: band(&own, digits),
            difference,
            difference_band,
            better,
        });
    }
    Comparison {
        scenarios,
        months: months.into_values().collect(),
        paths: drawn.first().map_or(0, |one| one.paths.count()),
        seed,
        sentences,
    }
}
