//! Ranges and payouts, simulated. Long enough to be a job that the next move of a slider cancels.

use super::{assume::decimal, loaded::Loaded, months::money, of_program, scenario::Prepared};
use crate::{
    App, Failure,
    dto::{Band, BandMonth, BandsInput, ForecastBands, PayoutCalendar, PayoutRun},
    files::forecast::{DEFAULT_SEED, from_assumption_error},
    jobs::Job,
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money, commission, ledger::Tier};
use perennial_forecast::{Beliefs, Paths, Scenario, SimulationOptions, draw_paths};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};

/// The quantiles of a band.
pub fn band_quantiles() -> Vec<Decimal> {
    vec![Decimal::new(1, 1), Decimal::new(5, 1), Decimal::new(9, 1)]
}

/// The ranges of the months, and the payouts.
///
/// # Errors
/// Where a value is out of its range, by name; `job.cancelled`.
pub fn bands(app: &App, input: BandsInput) -> Result<ForecastBands, Failure> {
    let loaded = of_program(app, &input.assumptions.program)?;
    let mut prepared = Prepared::with_payouts(&loaded, &input.assumptions)?;
    prepared.scenario.quantiles = band_quantiles();
    let seed = input.seed.unwrap_or(DEFAULT_SEED);
    let paths = drawn(
        app,
        input.job.as_deref(),
        &prepared.scenario,
        &prepared.beliefs,
        input.paths,
        seed,
    )?;
    let digits = prepared.scenario.currency.minor_digits();
    let months: Vec<Vec<i64>> = (prepared.skip..paths.months())
        .map(|month| paths.nets(month))
        .collect();
    let bands = months
        .iter()
        .enumerate()
        .map(|(index, nets)| {
            let offset = i32::try_from(prepared.skip + index).unwrap_or(i32::MAX);
            BandMonth {
                month: prepared.scenario.start.plus(offset).to_string(),
                band: band(nets, digits),
            }
        })
        .collect();
    let totals = totals(&paths, prepared.skip);
    Ok(ForecastBands {
        months: bands,
        total: band(&totals, digits),
        payouts: calendar(&loaded, &prepared, &paths),
        paths: paths.count(),
        seed,
        method: "bands".to_owned(),
    })
}

/// Draws paths as a job of that name.
pub fn drawn(
    app: &App,
    job: Option<&str>,
    scenario: &Scenario,
    beliefs: &Beliefs,
    paths: Option<u32>,
    seed: u64,
) -> Result<Paths, Failure> {
    app.jobs
        .run(job, |job| draw(job, scenario, beliefs, paths, seed))
}

/// Draws paths until the job is cancelled.
pub fn draw(
    job: &Job,
    scenario: &Scenario,
    beliefs: &Beliefs,
    paths: Option<u32>,
    seed: u64,
) -> Result<Paths, Failure> {
    let options = SimulationOptions {
        paths,
        seed,
        threads: threads(),
        stop: Some(job.flag()),
    };
    draw_paths(scenario, beliefs, &options)
        .map_err(|error| from_assumption_error(&error))?
        .ok_or_else(cancelled)
}

/// How many threads to draw with.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// What a cancelled job says.
pub fn cancelled() -> Failure {
    Failure::refused("job.cancelled", "The forecast was cancelled.")
}

/// Each path's sum over the months from `skip` on.
pub fn totals(paths: &Paths, skip: usize) -> Vec<i64> {
    let mut totals = vec![0_i64; usize::try_from(paths.count()).unwrap_or(0)];
    for month in skip..paths.months() {
        for (total, net) in totals.iter_mut().zip(paths.nets(month)) {
            *total += net;
        }
    }
    totals
}

/// The smallest value that at least a share `q` of the values stay at or below.
pub fn quantile(sorted: &[i64], q: f64) -> i64 {
    let count = sorted.len().to_f64().unwrap_or(0.0);
    let rank = (q * count - 1e-9).ceil().max(1.0).to_usize().unwrap_or(1);
    sorted
        .get(rank.min(sorted.len()).saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// The range of values in minor units.
pub fn band(values: &[i64], digits: u32) -> Band {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let at = |q: f64| Decimal::new(quantile(&sorted, q), digits).to_string();
    Band {
        low: at(0.1),
        middle: at(0.5),
        high: at(0.9),
    }
}

fn calendar(loaded: &Loaded, prepared: &Prepared, paths: &Paths) -> PayoutCalendar {
    let currency = loaded.currency();
    let digits = currency.minor_digits();
    let nothing = Money::zero(currency);
    let sum = |take: &dyn Fn(NaiveDate) -> bool| {
        loaded
            .open
            .iter()
            .filter(|open| take(open.matures_on))
            .fold(nothing, |all, open| all.plus(open.amount).unwrap_or(all))
    };
    let risk = |take: &dyn Fn(NaiveDate) -> bool| {
        minor(loaded.unsure.sum(currency, take), currency) * loaded.unsure.chance()
    };
    let mut runs = Vec::new();
    let mut after: Option<NaiveDate> = None;
    let payouts = paths
        .summary(&prepared.scenario, None)
        .map(|summary| summary.payouts)
        .unwrap_or_default();
    for payout in payouts.iter().filter(|payout| payout.run >= loaded.today) {
        let run = payout.run;
        let within = |day: NaiveDate| day <= run && after.is_none_or(|after| day > after);
        let at = |index: usize| {
            let minor = payout.quantiles.get(index).copied().unwrap_or_default();
            Decimal::new(minor, digits).to_string()
        };
        runs.push(PayoutRun {
            run: run.to_string(),
            expected: payout.expected.to_string(),
            probability: decimal(payout.probability, 4),
            band: Band {
                low: at(0),
                middle: at(1),
                high: at(2),
            },
            pending: sum(&within).to_plain(),
            at_risk: money(risk(&within), digits),
        });
        after = Some(run);
    }
    PayoutCalendar {
        runs,
        due_now: sum(&|day| day <= loaded.today).to_plain(),
        on_hold: sum(&|day| day > loaded.today).to_plain(),
        at_risk: money(risk(&|_| true), digits),
        minimum: loaded.terms.minimum.to_plain(),
        hold_days: loaded.terms.hold_days,
        currency: currency.code().to_owned(),
    }
}

/// What one payment of a plan earns.
pub fn commission_of(loaded: &Loaded, product: usize, tier: Tier) -> Option<Money> {
    let plan = loaded.plan(product)?;
    commission::promise_of_plan(&loaded.terms, plan, tier).ok()?
}

/// An amount in minor units, as a statistic.
pub fn minor(amount: Money, currency: Currency) -> f64 {
    let scale = super::months::minor_scale(currency.minor_digits());
    amount.amount().to_f64().unwrap_or(0.0) * scale
}
