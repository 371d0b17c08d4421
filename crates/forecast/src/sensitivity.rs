//! What moves the result most: each driver to a low and a high value in turn, the others as they are.
//!
//! Where a belief says how sure a value is, low and high are its 10% and 90% points; else they are a common change,
//! and always the caller's to edit. Nets are compared by expectation, payouts by simulation on common random numbers.

mod swing;

use crate::assumptions::{AssumptionError, Process, Refusal, Scenario, Tier};
use crate::beliefs::Beliefs;
use crate::expected::expect_fast;
use crate::simulate::{SimulationOptions, draw_paths};
use rust_decimal::{Decimal, prelude::ToPrimitive};

pub use swing::swings;

/// Paths that payouts are compared on where nobody asks for another number.
const PATHS: u32 = 500;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The expected net over all months.
    TotalNet,
    /// The expected net of one month, counted from the start.
    MonthNet(usize),
    /// What all runs within the horizon are expected to pay; needs payout terms.
    Paid,
}

/// What is moved. Plans are indices into the scenario's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The chance of a plan's first renewal, 0..=1; how alike its customers are stays as it is.
    Renewal(usize),
    /// New referrals of a plan and tier, on average a month.
    Arrivals(usize, Tier),
    /// The chance that a first payment is refunded, 0..=1.
    Refund,
    /// The chance that a referral becomes a customer, 0..=1.
    Conversion,
    /// A plan's price, in the currency.
    Price(usize),
    /// The commission rate of a tier, 0..=1.
    Rate(Tier),
    /// Days from a commission to its maturity.
    Hold,
    /// The least balance that is paid, in the currency.
    Minimum,
}

/// A driver and the values it is moved between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swing {
    /// What is moved.
    pub driver: Driver,
    /// The lower value.
    pub low: Decimal,
    /// Its value in the scenario.
    pub base: Decimal,
    /// The higher value.
    pub high: Decimal,
}

/// What a driver does to the result, in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The driver and its values.
    pub swing: Swing,
    /// The result at the lower value; where less is better, above the base.
    pub low: f64,
    /// The result of the scenario as it is.
    pub base: f64,
    /// The result at the higher value.
    pub high: f64,
}

impl Bar {
    /// How far the driver moves the result.
    pub fn reach(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// The drivers' effects, the largest first. `None` where the stop sign was set on the way.
///
/// # Errors
/// [`AssumptionError`] for a scenario out of range, a driver's value out of its range, a month past the horizon, and
/// payouts without payout terms.
pub fn tornado(
    scenario: &Scenario,
    swings: &[Swing],
    measure: Measure,
    options: &SimulationOptions<'_>,
) -> Result<Option<Vec<Bar>>, AssumptionError> {
    scenario.check()?;
    let refuse = |at: &str, message: &str| AssumptionError {
        refusal: Refusal::OutOfRange,
        at: at.to_owned(),
        message: message.to_owned(),
    };
    match measure {
        Measure::MonthNet(month) if month >= scenario.months as usize => {
            return Err(refuse(
                "measure",
                "the month lies past the forecast's horizon",
            ));
        }
        Measure::Paid if scenario.payout.is_none() => {
            return Err(refuse(
                "measure",
                "payouts cannot be compared without payout terms",
            ));
        }
        _ => {}
    }
    let mut scenario = scenario.clone();
    scenario.quantiles.clear();
    // A referral more or less need not be a whole one; for means the process does not matter.
    if let Some(arrivals) = &mut scenario.arrivals {
        arrivals.process = Process::Poisson;
    }
    let options = SimulationOptions {
        paths: options.paths.or(Some(PATHS)),
        ..*options
    };
    let Some(base) = result(&scenario, measure, &options)? else {
        return Ok(None);
    };
    let mut bars = Vec::with_capacity(swings.len());
    for &swing in swings {
        let mut bar = Bar {
            swing,
            low: base,
            base,
            high: base,
        };
        for (value, slot) in [(swing.low, &mut bar.low), (swing.high, &mut bar.high)] {
            let moved = moved(&scenario, swing.driver, value);
            moved.check()?;
            match result(&moved, measure, &options)? {
                Some(result) => *slot = result,
                None => return Ok(None),
            }
        }
        bars.push(bar);
    }
    bars.sort_by(|x, y| y.reach().total_cmp(&x.reach()));
    Ok(Some(bars))
}

fn result(
    scenario: &Scenario,
    measure: Measure,
    options: &SimulationOptions<'_>,
) -> Result<Option<f64>, AssumptionError> {
    if options
        .stop
        .is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed))
    {
        return Ok(None);
    }
    Ok(match measure {
        Measure::TotalNet => Some(expect_fast(scenario).total_net()),
        Measure::MonthNet(month) => Some(expect_fast(scenario).month(month).net),
        Measure::Paid => draw_paths(scenario, &Beliefs::default(), options)?.map(|paths| {
            let paid = paths.paid();
            paid.iter().map(|&paid| paid as f64).sum::<f64>() / paid.len().max(1) as f64
        }),
    })
}

/// The scenario with one driver at another value.
fn moved(scenario: &Scenario, driver: Driver, value: Decimal) -> Scenario {
    let mut moved = scenario.clone();
    match driver {
        Driver::Renewal(plan) => {
            if let Some(Some(retention)) = moved.retention.get_mut(plan) {
                *retention = swing::with_renewal(*retention, value);
            }
        }
        Driver::Arrivals(plan, tier) => {
            let now = swing::monthly(scenario, plan, tier);
            let factor = value.checked_div(now).unwrap_or_default();
            for stream in moved.arrivals.iter_mut().flat_map(|a| &mut a.streams) {
                if (stream.plan, stream.tier) == (plan, tier) {
                    let count = stream.count.checked_mul(factor);
                    // Past what a decimal holds the checks refuse it by name.
                    stream.count = count.map_or(Decimal::MAX, |count| count.round_dp(9));
                }
            }
        }
        Driver::Refund => moved.refund.probability = value,
        Driver::Conversion => moved.trial.conversion = value,
        Driver::Price(plan) => {
            if let Some(plan) = moved.plans.get_mut(plan) {
                plan.price = value;
            }
        }
        Driver::Rate(Tier::Direct) => moved.commission.direct = value,
        Driver::Rate(Tier::Second) => moved.commission.second_tier = value,
        Driver::Hold => {
            if let Some(payout) = &mut moved.payout {
                payout.hold_days = value.to_u32().unwrap_or(u32::MAX);
                if let Some(split) = &mut payout.split {
                    split.rest_after_days = split.rest_after_days.max(payout.hold_days);
                }
            }
        }
        Driver::Minimum => {
            if let Some(payout) = &mut moved.payout {
                payout.minimum = value;
            }
        }
    }
    moved
}

#[cfg(test)]
mod tests;
