//! What it takes to reach so much a month by a month.

mod channels;

use super::{
    assume::{decimal, percent},
    bands::{cancelled, threads},
    loaded::Loaded,
    months::money,
    scenario::{Prepared, refused},
    supposed,
};
use crate::{
    App, Failure,
    dto::{Assumptions, Goal, GoalChannel, GoalInput, GoalMix, GoalPlan},
    files::forecast::{DEFAULT_SEED, from_assumption_error},
};
use perennial_domain::{Money, money::parse_decimal};
use perennial_forecast::{
    Beliefs, Month, Scenario, SimulationOptions,
    assumptions::Tier,
    draw_paths,
    goal::{self as engine, GoalAnswer, GoalError},
};
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive as _, ToPrimitive as _},
};

/// Paths that a chance is taken from where nobody says.
const PATHS: u32 = 1_000;
/// Most steps of the search for a factor.
const STEPS: u32 = 12;
/// The largest factor on all new referrals that is looked at.
const LARGEST: f64 = 1_000.0;
/// “Sure” is eight times of ten.
const SURE: f64 = 0.8;

/// “5,000 a month by December”: the chance as things are, and what it takes of each plan alone and of all alike.
///
/// # Errors
/// Where the amount or the month is out of its range, by name; `job.cancelled`.
pub fn goal(app: &App, input: GoalInput) -> Result<Goal, Failure> {
    let (loaded, mut assumptions) =
        supposed(app, input.assumptions.clone(), input.program.as_deref())?;
    let currency = loaded.currency();
    let digits = currency.minor_digits();
    let (wanted, month) = asked(&loaded, &input)?;
    let first = loaded.next_month();
    let ahead = month.since(first);
    // The goal's month is the last that matters.
    assumptions.start = first.to_string();
    assumptions.months = u32::try_from(ahead).unwrap_or(0) + 1;
    let prepared = Prepared::new(&loaded, &assumptions)?;
    let target = (wanted.amount() * Decimal::from(10_u64.pow(digits)))
        .to_i64()
        .unwrap_or(i64::MAX);
    let answer: Result<_, Failure> = app.jobs.run(input.job.as_deref(), |job| {
        let options = SimulationOptions {
            paths: Some(input.paths.unwrap_or(PATHS)),
            seed: input.seed.unwrap_or(DEFAULT_SEED),
            threads: threads(),
            stop: Some(job.flag()),
        };
        let question = engine::Goal {
            target,
            month,
            from: first,
            mix: Vec::new(),
        };
        let answer = engine::seek(&prepared.scenario, &prepared.beliefs, &question, &options)
            .map_err(|error| goal_refused(&error))?
            .ok_or_else(cancelled)?;
        let index = usize::try_from(month.since(prepared.scenario.start)).unwrap_or(0);
        let search = Search {
            loaded: &loaded,
            prepared: &prepared,
            first,
            month,
            index,
            target,
            options: &options,
        };
        let mix = search.mix(&answer)?;
        let channels = search.channels(&answer, digits)?;
        Ok((answer, mix, channels))
    });
    let (answer, mix, channels) = answer?;
    let plans = plans(&prepared, &assumptions, &answer, digits);
    let sentences = sentences(month, wanted, &answer, &plans, &channels, mix.as_ref());
    Ok(Goal {
        program: assumptions.program,
        month: month.to_string(),
        wanted: wanted.to_plain(),
        expected: money(answer.base, digits),
        missing: money(answer.gap.max(0.0), digits),
        probability: decimal(answer.chance, 4),
        currency: currency.code().to_owned(),
        plans,
        channels,
        mix,
        sentences,
    })
}

/// The amount and the month asked about.
fn asked(loaded: &Loaded, input: &GoalInput) -> Result<(Money, Month), Failure> {
    let currency = loaded.currency();
    let wanted = parse_decimal(&input.net)
        .map_err(|error| refused("forecast.out_of_range", "net", format!("{error}.")))?;
    if wanted <= Decimal::ZERO || wanted > Decimal::from(1_000_000_000_000_u64) {
        let message = format!("`net` is {wanted}; it must lie above 0.");
        return Err(refused("forecast.out_of_range", "net", message));
    }
    let wanted = Money::new(
        perennial_domain::money::round_posted(wanted, currency),
        currency,
    )
    .map_err(|error| refused("forecast.out_of_range", "net", format!("{error}.")))?;
    let month: Month = input.by.trim().parse().map_err(|_| {
        let message = format!("“{}” is not a month.", input.by);
        refused("forecast.out_of_range", "by", message)
            .hint("Write it as YYYY-MM, such as 2026-12.")
    })?;
    let first = loaded.next_month();
    let ahead = month.since(first);
    if !(0..594).contains(&ahead) {
        let message =
            format!("`by` is {month}; it must be a month from {first} on, within 49 years.");
        return Err(refused("forecast.out_of_range", "by", message));
    }
    Ok((wanted, month))
}

fn plans(
    prepared: &Prepared,
    assumptions: &Assumptions,
    answer: &GoalAnswer,
    digits: u32,
) -> Vec<GoalPlan> {
    answer
        .alone
        .iter()
        .filter_map(|plan| {
            let id = prepared.plan_of(plan.plan)?;
            // Every plan is two, one a tier; the other half of each is empty.
            let second = plan.plan % 2 == 1;
            if second != (plan.tier == Tier::Second) || plan.per_referral <= 0.0 {
                return None;
            }
            let supposed = assumptions.plans.iter().find(|p| p.plan == id)?;
            let now = plan.current;
            let needed = plan.more.map(|more| now + more.max(0.0));
            Some(GoalPlan {
                plan: id.to_owned(),
                name: name_of(supposed),
                tier: if second { "second" } else { "direct" }.to_owned(),
                new_now: decimal(now, 2),
                new_needed: needed.map(|needed| decimal(needed, 2)),
                each: money(plan.per_referral, digits),
                probability: plan.chance.map(|chance| decimal(chance, 4)),
            })
        })
        .collect()
}

/// A plan's name for people, told apart from others of the same name.
pub fn name_of(plan: &crate::dto::PlanAssumption) -> String {
    let version = plan
        .vintage
        .as_ref()
        .map_or_else(String::new, |version| format!(" ({version})"));
    format!("{} {}{version}", plan.name, plan.term)
}

fn sentences(
    month: Month,
    wanted: Money,
    answer: &GoalAnswer,
    plans: &[GoalPlan],
    channels: &[GoalChannel],
    mix: Option<&GoalMix>,
) -> Vec<String> {
    let code = wanted.currency().code();
    let digits = wanted.currency().minor_digits();
    let mut sentences = vec![format!(
        "As things are, {month} is expected to bring {} {code}; the chance to reach {} {code} is {}.",
        money(answer.base, digits),
        wanted.to_plain(),
        percent(answer.chance)
    )];
    if answer.gap > 0.0 {
        if let Some(easiest) = plans.iter().find(|plan| plan.new_needed.is_some()) {
            sentences.push(format!(
                "With {} alone it takes {} new referrals a month instead of {}.",
                easiest.name,
                easiest.new_needed.clone().unwrap_or_default(),
                easiest.new_now
            ));
        }
        // The channel that it takes the fewest more of; one alone is no choice.
        let easiest = channels.iter().find(|channel| channel.new_needed.is_some());
        if let Some(easiest) = easiest.filter(|_| channels.len() > 1) {
            let name = easiest.channel.as_deref().unwrap_or("no channel");
            sentences.push(format!(
                "Through {name} alone it takes {} new referrals a month instead of {}.",
                easiest.new_needed.clone().unwrap_or_default(),
                easiest.new_now
            ));
        }
        if let Some(mix) = mix {
            sentences.push(format!(
                "With {} times as many of every plan it is reached in {} of the cases.",
                mix.factor,
                percent(mix.probability.parse().unwrap_or(0.0))
            ));
        }
    } else {
        sentences.push("It is expected to be reached without anything more.".to_owned());
    }
    sentences
}

fn goal_refused(error: &GoalError) -> Failure {
    match error {
        GoalError::Assumption(error) => from_assumption_error(error),
        other => refused("forecast.out_of_range", "by", format!("{other}.")),
    }
}

/// Looks for the factor on all new referrals.
struct Search<'a> {
    loaded: &'a Loaded,
    prepared: &'a Prepared,
    first: Month,
    month: Month,
    index: usize,
    target: i64,
    options: &'a SimulationOptions<'a>,
}

impl Search<'_> {
    fn mix(&self, answer: &GoalAnswer) -> Result<Option<GoalMix>, Failure> {
        let now: f64 = answer.alone.iter().map(|plan| plan.current).sum();
        let from_new: f64 = answer
            .alone
            .iter()
            .map(|plan| plan.current * plan.per_referral)
            .sum();
        if from_new <= 0.0 || now <= 0.0 {
            return Ok(None);
        }
        let factor = 1.0 + answer.gap.max(0.0) / from_new;
        if factor > LARGEST {
            return Ok(None);
        }
        let probability = self.chance(factor)?;
        Ok(Some(GoalMix {
            factor: decimal(factor, 2),
            new_needed: decimal(now * factor, 2),
            probability: decimal(probability, 4),
            factor_sure: self.sure(factor, probability)?.map(|f| decimal(f, 2)),
        }))
    }

    /// The smallest factor that reaches the goal eight times of ten, to a hundredth or so.
    fn sure(&self, factor: f64, chance: f64) -> Result<Option<f64>, Failure> {
        let (mut low, mut high) = (0.0, factor);
        if chance < SURE {
            loop {
                (low, high) = (high, high * 1.5 + 0.1);
                if high > LARGEST {
                    return Ok(None);
                }
                if self.chance(high)? >= SURE {
                    break;
                }
            }
        }
        for _ in 0..STEPS {
            if high - low < 0.02 {
                break;
            }
            let middle = 0.5 * (low + high);
            if self.chance(middle)? >= SURE {
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok(Some(high))
    }

    fn chance(&self, factor: f64) -> Result<f64, Failure> {
        self.chance_of(&scaled(&self.prepared.scenario, self.first, factor))
    }

    fn chance_of(&self, scenario: &Scenario) -> Result<f64, Failure> {
        let beliefs: &Beliefs = &self.prepared.beliefs;
        let paths = draw_paths(scenario, beliefs, self.options)
            .map_err(|error| from_assumption_error(&error))?
            .ok_or_else(cancelled)?;
        Ok(paths.chance(self.index, self.target))
    }
}

/// The scenario with so many times the new referrals from a month on.
fn scaled(scenario: &Scenario, first: Month, factor: f64) -> Scenario {
    let mut scaled = scenario.clone();
    let factor = Decimal::from_f64(factor).unwrap_or(Decimal::ONE);
    let Some(arrivals) = &mut scaled.arrivals else {
        return scaled;
    };
    let mut before = Vec::new();
    for stream in &mut arrivals.streams {
        let from = stream.from.unwrap_or(scenario.start);
        let last = stream.until;
        if last.is_some_and(|last| last < first) {
            continue;
        }
        if from < first {
            let mut early = stream.clone();
            early.until = Some(first.plus(-1));
            before.push(early);
            stream.from = Some(first);
        }
        let count = stream.count.checked_mul(factor).unwrap_or(Decimal::MAX);
        stream.count = count.round_dp(6);
    }
    arrivals.streams.extend(before);
    scaled
}
