//! Ranges and payouts, simulated. Long enough to be a job that the next move of a slider cancels.

use super::{
    assume::decimal, lives::End, loaded::Loaded, months::money, of_program, scenario::Prepared,
};
use crate::{
    App, Failure,
    dto::{Band, BandMonth, BandsInput, ForecastBands, PayoutCalendar, PayoutRun},
    files::forecast::{DEFAULT_SEED, from_assumption_error},
    jobs::Job,
};
use chrono::{Days, NaiveDate};
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
    let risks = at_risk(loaded, prepared);
    let mut runs = Vec::new();
    let mut after: Option<NaiveDate> = None;
    let payouts = paths
        .summary(&prepared.scenario, None)
        .map(|summary| summary.payouts)
        .unwrap_or_default();
    for payout in payouts.iter().filter(|payout| payout.run >= loaded.today) {
        let run = payout.run;
        let within = |day: NaiveDate| day <= run && after.is_none_or(|after| day > after);
        let risk: f64 = risks
            .iter()
            .filter(|(day, _)| within(*day))
            .map(|(_, amount)| amount)
            .sum();
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
            at_risk: money(risk, digits),
        });
        after = Some(run);
    }
    PayoutCalendar {
        runs,
        due_now: sum(&|day| day <= loaded.today).to_plain(),
        on_hold: sum(&|day| day > loaded.today).to_plain(),
        at_risk: money(risks.iter().map(|(_, amount)| amount).sum(), digits),
        minimum: loaded.terms.minimum.to_plain(),
        hold_days: loaded.terms.hold_days,
        currency: currency.code().to_owned(),
    }
}

/// What refunds are expected to take back of first payments that are young enough: the day each matures, and the amount
/// in minor units.
fn at_risk(loaded: &Loaded, prepared: &Prepared) -> Vec<(NaiveDate, f64)> {
    let chance = prepared.scenario.refund.probability.to_f64().unwrap_or(0.0);
    let window = Days::new(u64::from(prepared.scenario.refund.after_days));
    let hold = Days::new(u64::from(loaded.terms.hold_days));
    loaded
        .active()
        .filter(|life| life.end == End::Paying && life.paid == 0)
        .filter(|life| {
            life.first
                .checked_add_days(window)
                .is_some_and(|day| day > loaded.today)
        })
        .filter_map(|life| {
            let earned = commission_of(loaded, life.product, life.tier)?;
            let matures = life.first.checked_add_days(hold)?;
            Some((matures, chance * minor(earned, loaded.currency())))
        })
        .collect()
}

/// What one payment of a plan earns.
pub fn commission_of(loaded: &Loaded, product: usize, tier: Tier) -> Option<Money> {
    let plan = loaded.plan(product)?;
    match tier {
        Tier::Direct => commission::direct(&loaded.terms, plan.price).ok(),
        Tier::Second => commission::second_tier(&loaded.terms, plan.price).ok()?,
    }
}

/// An amount in minor units, as a statistic.
pub fn minor(amount: Money, currency: Currency) -> f64 {
    let scale = super::months::minor_scale(currency.minor_digits());
    amount.amount().to_f64().unwrap_or(0.0) * scale
}
