//! A goal: so much net a month by a month, and what it takes.
//!
//! The net of a month is its posted commissions less the clawbacks posted in it, as everywhere in this crate. It is
//! expected to grow in proportion to the referrals, so what one more referral a month of a plan adds to the goal's
//! month answers how many are needed; rounded up to whole referrals the answer reaches the goal on average. How
//! likely the goal is reached is simulated, before and after on common random numbers.

use crate::assumptions::{
    Arrivals, AssumptionError, MAX_COUNT, MAX_MONTHS, Process, Scenario, Stream, Tier,
};
use crate::beliefs::Beliefs;
use crate::calendar::Month;
use crate::expected::expect_fast;
use crate::simulate::{SimulationOptions, draw_paths};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;
use thiserror::Error;

/// Paths that a chance is taken from where nobody asks for another number.
const PATHS: u32 = 1_000;

/// What is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The net of that month, in minor units.
    pub target: i64,
    /// The month in which it is to be reached.
    pub month: Month,
    /// The first month in which more referrals come; one before the scenario's start counts as its start.
    pub from: Month,
    /// A mix of plans and tiers with their weights, each 0 or more, not all 0; empty where no mix is asked about.
    pub mix: Vec<(usize, Tier, f64)>,
}

/// Why a goal has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GoalError {
    /// The scenario or its beliefs.
    #[error(transparent)]
    Assumption(#[from] AssumptionError),
    /// The goal's month lies before the start or too far ahead.
    #[error("the goal's month must lie within {MAX_MONTHS} months from the forecast's start")]
    Month,
    /// More referrals would come only after the goal's month.
    #[error("more referrals must come in the goal's month or before it")]
    From,
    /// A mix with a weight below 0, without any above 0, or of a plan that is not there.
    #[error("the mix needs weights of 0 or more, one of them above 0, for plans that are there")]
    Mix,
}

/// What it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalAnswer {
    /// The expected net of the goal's month under the scenario, in minor units.
    pub base: f64,
    /// What is missing to the target, in minor units; not above 0 where it is reached on average.
    pub gap: f64,
    /// The chance that the scenario reaches the target.
    pub chance: f64,
    /// For each plan and tier what it takes of it alone, the fewest referrals first.
    pub alone: Vec<PlanAnswer>,
    /// What it takes of the mix.
    pub mix: Option<MixAnswer>,
}

/// What it takes of one plan and tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanAnswer {
    /// Index into the scenario's plans.
    pub plan: usize,
    /// Direct or second tier.
    pub tier: Tier,
    /// What one more referral a month brings in the goal's month, in minor units.
    pub per_referral: f64,
    /// Referrals a month in the scenario, on average from `from` to the goal's month.
    pub current: f64,
    /// More referrals a month needed; `None` where no number of them reaches the target.
    pub more: Option<f64>,
    /// The same rounded up.
    pub whole: Option<u64>,
    /// The chance of reaching the target with so many whole referrals more.
    pub chance: Option<f64>,
}

/// What it takes of a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct MixAnswer {
    /// More referrals a month of each plan and tier.
    pub shares: Vec<(usize, Tier, f64)>,
    /// More referrals a month in all.
    pub more: f64,
    /// The chance of reaching the target with them, as Poisson means.
    pub chance: f64,
}

/// What it takes to reach a goal. `None` where the stop sign was set on the way.
///
/// # Errors
/// [`GoalError`] for a goal, scenario or beliefs out of range.
pub fn seek(
    scenario: &Scenario,
    beliefs: &Beliefs,
    goal: &Goal,
    options: &SimulationOptions<'_>,
) -> Result<Option<GoalAnswer>, GoalError> {
    let seeker = Seeker::new(scenario, beliefs, goal, options)?;
    let base = seeker.net(&seeker.scenario);
    let gap = goal.target as f64 - base;
    let Some(chance) = seeker.chance(&seeker.scenario)? else {
        return Ok(None);
    };
    let mut alone = Vec::new();
    for (plan, tier) in seeker.cells() {
        match seeker.alone(plan, tier, gap, chance)? {
            Some(answer) => alone.push(answer),
            None => return Ok(None),
        }
    }
    alone.sort_by(|x, y| {
        let key = |answer: &PlanAnswer| answer.more.unwrap_or(f64::INFINITY);
        key(x).total_cmp(&key(y))
    });
    let mix = if goal.mix.is_empty() {
        None
    } else {
        match seeker.mix(gap, chance)? {
            Mixed::Takes(mix) => Some(mix),
            Mixed::Never => None,
            Mixed::Stopped => return Ok(None),
        }
    };
    Ok(Some(GoalAnswer {
        base,
        gap,
        chance,
        alone,
        mix,
    }))
}

/// What came of the question about the mix.
enum Mixed {
    Takes(MixAnswer),
    /// No number of them reaches the target.
    Never,
    Stopped,
}

struct Seeker<'a> {
    /// The scenario up to the goal's month.
    scenario: Scenario,
    beliefs: &'a Beliefs,
    goal: &'a Goal,
    options: SimulationOptions<'a>,
    month: usize,
    from: Month,
}

impl<'a> Seeker<'a> {
    fn new(
        scenario: &Scenario,
        beliefs: &'a Beliefs,
        goal: &'a Goal,
        options: &SimulationOptions<'a>,
    ) -> Result<Self, GoalError> {
        let month = goal.month.since(scenario.start);
        if !(0..MAX_MONTHS as i32).contains(&month) {
            return Err(GoalError::Month);
        }
        let from = goal.from.max(scenario.start);
        if from > goal.month {
            return Err(GoalError::From);
        }
        let weights = || goal.mix.iter().map(|&(_, _, weight)| weight);
        let known = goal
            .mix
            .iter()
            .all(|&(plan, ..)| plan < scenario.plans.len());
        let bad = !weights().all(|w| (0.0..=1e12).contains(&w)) || !weights().any(|w| w > 0.0);
        if !known || (bad && !goal.mix.is_empty()) {
            return Err(GoalError::Mix);
        }
        let scenario = Scenario {
            months: month as u32 + 1,
            payout: None,
            quantiles: Vec::new(),
            ..scenario.clone()
        };
        scenario.check()?;
        beliefs.check(&scenario)?;
        Ok(Self {
            scenario,
            beliefs,
            goal,
            options: SimulationOptions {
                paths: options.paths.or(Some(PATHS)),
                ..*options
            },
            month: month as usize,
            from,
        })
    }

    /// Plans and tiers that the scenario has referrals of; where there are none, its plans' direct sales.
    fn cells(&self) -> Vec<(usize, Tier)> {
        let streams = self.scenario.arrivals.iter().flat_map(|a| &a.streams);
        let mut cells: Vec<(usize, Tier)> = streams.map(|s| (s.plan, s.tier)).collect();
        if cells.is_empty() {
            let usable = |&plan: &usize| {
                let retained = self
                    .scenario
                    .retention
                    .get(plan)
                    .is_some_and(Option::is_some);
                retained || self.scenario.switching_index(plan).is_some()
            };
            let plans = (0..self.scenario.plans.len()).filter(usable);
            cells = plans.map(|plan| (plan, Tier::Direct)).collect();
        }
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    fn net(&self, scenario: &Scenario) -> f64 {
        expect_fast(scenario).month(self.month).net
    }

    /// The chance of the target; `None` where stopped.
    fn chance(&self, scenario: &Scenario) -> Result<Option<f64>, GoalError> {
        let paths = draw_paths(scenario, self.beliefs, &self.options)?;
        Ok(paths.map(|paths| paths.chance(self.month, self.goal.target)))
    }

    /// What one more referral a month brings in the goal's month.
    fn per_referral(&self, plan: usize, tier: Tier) -> f64 {
        self.net(&Scenario {
            arrivals: Some(Arrivals {
                process: Process::Poisson,
                streams: vec![self.stream(plan, tier, Decimal::ONE)],
            }),
            opening_book: Vec::new(),
            ..self.scenario.clone()
        })
    }

    fn stream(&self, plan: usize, tier: Tier, count: Decimal) -> Stream {
        Stream {
            plan,
            tier,
            count,
            from: Some(self.from),
            until: None,
            every: 1,
        }
    }

    /// The scenario with more referrals.
    fn with(
        &self,
        more: impl Iterator<Item = (usize, Tier, Decimal)>,
        process: Option<Process>,
    ) -> Scenario {
        let mut scenario = self.scenario.clone();
        let arrivals = scenario.arrivals.get_or_insert_with(|| Arrivals {
            process: Process::Poisson,
            streams: Vec::new(),
        });
        arrivals.process = process.unwrap_or(arrivals.process);
        arrivals
            .streams
            .extend(more.map(|(plan, tier, count)| self.stream(plan, tier, count)));
        scenario
    }

    fn alone(
        &self,
        plan: usize,
        tier: Tier,
        gap: f64,
        now: f64,
    ) -> Result<Option<PlanAnswer>, GoalError> {
        let per_referral = self.per_referral(plan, tier);
        let mut answer = PlanAnswer {
            plan,
            tier,
            per_referral,
            current: self.current(plan, tier),
            more: needed(gap, per_referral),
            whole: None,
            chance: None,
        };
        let Some(more) = answer.more else {
            return Ok(Some(answer));
        };
        // A hair of rounding must not ask for one more.
        let whole = (more - 1e-9).ceil().max(0.0) as u64;
        answer.whole = Some(whole);
        answer.chance = if whole == 0 {
            Some(now)
        } else {
            let more = [(plan, tier, Decimal::from(whole))];
            match self.chance(&self.with(more.into_iter(), None))? {
                Some(chance) => Some(chance),
                None => return Ok(None),
            }
        };
        Ok(Some(answer))
    }

    /// Referrals a month in the scenario, from the first month of more referrals to the goal's.
    fn current(&self, plan: usize, tier: Tier) -> f64 {
        let months = f64::from(self.goal.month.since(self.from) + 1);
        let streams = self.scenario.arrivals.iter().flat_map(|a| &a.streams);
        let counts = streams
            .filter(|s| (s.plan, s.tier) == (plan, tier))
            .map(|stream| {
                let months =
                    crate::arrivals::comes_in(stream, self.scenario.start, self.scenario.months);
                let since = self.from.since(self.scenario.start).unsigned_abs();
                months.filter(|&month| month >= since).count() as f64
                    * stream.count.to_f64().unwrap_or(0.0)
            });
        counts.sum::<f64>() / months
    }

    fn mix(&self, gap: f64, now: f64) -> Result<Mixed, GoalError> {
        let mut weights = BTreeMap::<(usize, Tier), f64>::new();
        for &(plan, tier, weight) in &self.goal.mix {
            *weights.entry((plan, tier)).or_default() += weight;
        }
        let all: f64 = weights.values().sum();
        let per_referral: f64 = weights
            .iter()
            .map(|(&(plan, tier), weight)| weight / all * self.per_referral(plan, tier))
            .sum();
        let Some(more) = needed(gap, per_referral) else {
            return Ok(Mixed::Never);
        };
        let shares: Vec<(usize, Tier, f64)> = weights
            .iter()
            .map(|(&(plan, tier), weight)| (plan, tier, more * weight / all))
            .collect();
        let chance = if more > 0.0 {
            let decimal =
                |count: f64| Decimal::try_from((count * 1e6).round() / 1e6).unwrap_or_default();
            let counts = shares
                .iter()
                .map(|&(plan, tier, count)| (plan, tier, decimal(count)));
            match self.chance(&self.with(counts, Some(Process::Poisson)))? {
                Some(chance) => chance,
                None => return Ok(Mixed::Stopped),
            }
        } else {
            now
        };
        Ok(Mixed::Takes(MixAnswer {
            shares,
            more,
            chance,
        }))
    }
}

/// How many of so much each fill a gap; `None` where none do, or more than can be counted.
fn needed(gap: f64, each: f64) -> Option<f64> {
    if gap <= 0.0 {
        return Some(0.0);
    }
    let more = gap / each;
    (each > 0.0 && more <= MAX_COUNT as f64).then_some(more)
}

#[cfg(test)]
mod tests;
