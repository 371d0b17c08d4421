//! Ranges and payouts, by Monte Carlo.
//!
//! Each path draws the referrals, their conversions, refunds and lifetimes, and carries the commissions through hold,
//! minimum and run day. Because of the minimum the mean payout is not the payout of the mean.
//! Work and memory do not grow with the counts: many customers at once are thinned by binomial draws.
//! Each part of a path (a month's referrals of a plan, a row of the opening book, a belief) has random numbers of its
//! own, so scenarios that differ in one place are compared on common random numbers.

mod build;
mod model;
mod path;
mod paths;

use crate::assumptions::{AssumptionError, Refusal, Scenario};
use crate::beliefs::Beliefs;
use crate::payout::PayoutForecast;
use model::Model;
use path::Workspace;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

pub use paths::Paths;

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

/// Blocks of paths that each thread takes, if none is held up.
const BLOCKS: usize = 16;

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
    /// For each month the standard deviation of its net; with beliefs it holds their uncertainty too.
    pub deviations: Vec<f64>,
    /// The quantiles of the net over all months.
    pub total: Vec<i64>,
    /// The standard deviation of the net over all months.
    pub total_deviation: f64,
    /// The payout runs within the horizon; empty without payout terms.
    pub payouts: Vec<PayoutForecast>,
}

/// Simulates a scenario, its values taken as certain. `None` where `stop` was set on the way.
///
/// # Errors
/// [`AssumptionError`] for a scenario that fails its checks, and where so many paths, or so large a scenario, would
/// take too long or too much memory.
pub fn simulate(
    scenario: &Scenario,
    options: &SimulationOptions<'_>,
) -> Result<Option<Simulated>, AssumptionError> {
    simulate_with(scenario, &Beliefs::default(), options)
}

/// Simulates a scenario, with the parameters that are believed drawn anew on each path. `None` where `stop` was set
/// on the way.
///
/// # Errors
/// As [`simulate`], and for beliefs that do not fit the scenario.
pub fn simulate_with(
    scenario: &Scenario,
    beliefs: &Beliefs,
    options: &SimulationOptions<'_>,
) -> Result<Option<Simulated>, AssumptionError> {
    let paths = draw_paths(scenario, beliefs, options)?;
    Ok(paths.and_then(|paths| paths.summary(scenario, options.stop)))
}

/// Draws the paths themselves, for questions that no summary answers. `None` where `stop` was set on the way.
///
/// # Errors
/// As [`simulate_with`].
pub fn draw_paths(
    scenario: &Scenario,
    beliefs: &Beliefs,
    options: &SimulationOptions<'_>,
) -> Result<Option<Paths>, AssumptionError> {
    scenario.check()?;
    beliefs.check(scenario)?;
    if stopped(options.stop) {
        return Ok(None);
    }
    let model = Model::new(scenario, beliefs)?;
    let paths = paths_to_draw(scenario, &model, options.paths)?;
    let width = model.width();
    let mut rows = vec![0_i64; width * paths as usize];
    let threads = options.threads.clamp(1, 64).min(paths as usize);
    // Blocks are handed out as threads come free: one that is held up by other work holds up nobody else.
    let share = (paths as usize).div_ceil(threads * BLOCKS).max(1);
    let blocks = Mutex::new(rows.chunks_mut(share * width).enumerate());
    let draw = || {
        let mut workspace = Workspace::new(&model);
        loop {
            let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((block, rows)) = next else { return };
            for (i, row) in rows.chunks_exact_mut(width).enumerate() {
                if stopped(options.stop) {
                    return;
                }
                let path = (block * share + i) as u64;
                workspace.run(&model, options.seed, path, row, options.stop);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(draw);
        }
        draw();
    });
    if stopped(options.stop) {
        return Ok(None);
    }
    let months = scenario.months as usize;
    Ok(Some(Paths::new(
        rows,
        months,
        model.runs.days,
        paths,
        options.seed,
    )))
}

fn stopped(stop: Option<&AtomicBool>) -> bool {
    stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
}

fn paths_to_draw(
    scenario: &Scenario,
    model: &Model<'_>,
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
