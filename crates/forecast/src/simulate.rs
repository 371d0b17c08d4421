//! Ranges and payouts, by Monte Carlo.
//!
//! Each path draws the referrals, their conversions, refunds and lifetimes, and carries the commissions through hold,
//! minimum and run day. Because of the minimum the mean payout is not the payout of the mean.
//! Work and memory do not grow with the counts: many customers at once are thinned by binomial draws.

mod model;
mod path;

use crate::assumptions::{AssumptionError, Refusal, Scenario};
use crate::payout::PayoutForecast;
use model::Model;
use path::Workspace;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::sync::atomic::{AtomicBool, Ordering};

/// Most paths of one simulation.
pub const MAX_PATHS: u32 = 1_000_000;
/// Paths drawn where nobody asks for another number and the scenario is of ordinary size.
pub const DEFAULT_PATHS: u32 = 4_000;
/// Most paths × months: bounds the memory for the quantiles to about 400 MB.
const MAX_CELLS: u64 = 25_000_000;
/// Elementary draws that a simulation of default size may take: about a second of computing.
const DEFAULT_WORK: f64 = 6e7;
/// Elementary draws past which a simulation is refused: a minute or two of computing.
const MAX_WORK: f64 = 5e9;

/// How to simulate.
#[derive(Clone, Copy, Debug)]
pub struct SimulationOptions<'a> {
    /// Paths, 1..=[`MAX_PATHS`]; `None` takes [`DEFAULT_PATHS`], fewer where the scenario is very large.
    pub paths: Option<u32>,
    /// One seed gives one result.
    pub seed: u64,
    /// Threads to use; the result does not depend on it.
    pub threads: usize,
    /// Set from outside to give up early.
    pub stop: Option<&'a AtomicBool>,
}

/// What the simulated paths say. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Paths drawn.
    pub paths: u32,
    /// The seed they were drawn with.
    pub seed: u64,
    /// For each month the quantiles of its net, in the order asked for.
    pub months: Vec<Vec<i64>>,
    /// For each month the mean of its net.
    pub means: Vec<f64>,
    /// The quantiles of the net over all months.
    pub total: Vec<i64>,
    /// The payout runs within the horizon; empty without payout terms.
    pub payouts: Vec<PayoutForecast>,
}

/// Simulates a scenario. `None` where `stop` was set on the way.
///
/// # Errors
/// [`AssumptionError`] for a scenario that fails its checks, and where so many paths, or so large a scenario, would
/// take too long or too much memory.
pub fn simulate(
    scenario: &Scenario,
    options: &SimulationOptions<'_>,
) -> Result<Option<Simulated>, AssumptionError> {
    scenario.check()?;
    let model = Model::new(scenario)?;
    let paths = paths_to_draw(scenario, &model, options.paths)?;
    let width = model.width();
    let mut rows = vec![0_i64; width * paths as usize];
    let threads = options.threads.clamp(1, 64).min(paths as usize);
    let share = (paths as usize).div_ceil(threads);
    let stopped = || {
        options
            .stop
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    };
    std::thread::scope(|scope| {
        for (thread, block) in rows.chunks_mut(share * width).enumerate() {
            let (model, stopped) = (&model, &stopped);
            scope.spawn(move || {
                let mut workspace = Workspace::new(model);
                for (i, row) in block.chunks_exact_mut(width).enumerate() {
                    if stopped() {
                        return;
                    }
                    workspace.run(model, options.seed, (thread * share + i) as u64, row);
                }
            });
        }
    });
    if stopped() {
        return Ok(None);
    }
    Ok(Some(summarise(
        scenario,
        &model,
        &rows,
        paths,
        options.seed,
    )))
}

fn paths_to_draw(
    scenario: &Scenario,
    model: &Model,
    asked: Option<u32>,
) -> Result<u32, AssumptionError> {
    let refuse = |message: String| AssumptionError {
        refusal: Refusal::TooLarge,
        at: "paths".to_owned(),
        message,
    };
    let most = (MAX_CELLS / u64::from(scenario.months)).min(u64::from(MAX_PATHS)) as u32;
    let Some(paths) = asked else {
        let affordable = (DEFAULT_WORK / model.work()).clamp(100.0, f64::from(DEFAULT_PATHS));
        return Ok((affordable as u32).min(most));
    };
    if paths == 0 {
        let message = "0 paths say nothing; ask for 1 or more".to_owned();
        return Err(AssumptionError {
            refusal: Refusal::OutOfRange,
            at: "paths".to_owned(),
            message,
        });
    }
    if paths > most {
        let months = scenario.months;
        return Err(refuse(format!(
            "{paths} paths are too many; over {months} months at most {most} can be drawn"
        )));
    }
    if f64::from(paths) * model.work() > MAX_WORK {
        return Err(refuse(format!(
            "{paths} paths of so large a scenario would take too long; ask for fewer"
        )));
    }
    Ok(paths)
}

/// The smallest of the sorted values with at least a share `q` of them at or below it.
fn rank(q: Decimal, count: usize) -> usize {
    let exact = q.checked_mul(Decimal::from(count)).unwrap_or_default();
    let rank = exact
        .round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity)
        .to_usize()
        .unwrap_or(0);
    rank.clamp(1, count.max(1)) - 1
}

/// The quantiles of one column; `column` is reordered.
fn quantiles(column: &mut [i64], asked: &[Decimal]) -> Vec<i64> {
    let count = column.len();
    asked
        .iter()
        .map(|&q| *column.select_nth_unstable(rank(q, count)).1)
        .collect()
}

fn summarise(scenario: &Scenario, model: &Model, rows: &[i64], paths: u32, seed: u64) -> Simulated {
    let width = model.width();
    let months = scenario.months as usize;
    let mut column = vec![0_i64; paths as usize];
    let fill = |column: &mut [i64], index: usize| -> i128 {
        let mut sum = 0_i128;
        for (slot, row) in column.iter_mut().zip(rows.chunks_exact(width)) {
            *slot = row[index];
            sum += i128::from(row[index]);
        }
        sum
    };
    let mut result = Simulated {
        paths,
        seed,
        months: Vec::with_capacity(months),
        means: Vec::with_capacity(months),
        total: Vec::new(),
        payouts: Vec::with_capacity(model.runs.days.len()),
    };
    for month in 0..months {
        let sum = fill(&mut column, month);
        result.means.push(sum as f64 / f64::from(paths));
        result
            .months
            .push(quantiles(&mut column, &scenario.quantiles));
    }
    for (slot, row) in column.iter_mut().zip(rows.chunks_exact(width)) {
        *slot = row.iter().take(months).sum();
    }
    result.total = quantiles(&mut column, &scenario.quantiles);
    let digits = scenario.currency.minor_digits();
    for (index, &run) in model.runs.days.iter().enumerate() {
        let sum = fill(&mut column, months + index);
        let paid = column.iter().filter(|&&payout| payout > 0).count();
        // Half away from zero, in whole numbers: payouts are never below zero.
        let mean = (2 * sum + i128::from(paths)).div_euclid(2 * i128::from(paths));
        result.payouts.push(PayoutForecast {
            run,
            expected: Decimal::try_from_i128_with_scale(mean, digits).unwrap_or(Decimal::MAX),
            probability: paid as f64 / f64::from(paths),
            quantiles: quantiles(&mut column, &scenario.quantiles),
        });
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_smallest_value_that_reaches_its_share() {
        let q = |text: &str| text.parse::<Decimal>().unwrap();
        let asked = [q("0"), q("0.25"), q("0.26"), q("0.5"), q("0.75"), q("1")];
        assert_eq!(
            quantiles(&mut [40, 10, 30, 20], &asked),
            [10, 10, 20, 20, 30, 40]
        );
        // 0.05 × 2,000 is 100 exactly, not a hair above.
        assert_eq!(rank(q("0.05"), 2_000), 99);
        assert_eq!(rank(q("0.0501"), 2_000), 100);
        assert_eq!(quantiles(&mut [7], &[q("0.3")]), [7]);
    }
}
