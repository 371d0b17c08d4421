//! The months ahead as the window shows them, and the months behind.

use super::{loaded::Loaded, scenario::Prepared};
use crate::{
    dto::{ForecastDone, ForecastMonth, ForecastPlanMonth, MonthActual, PlanActual},
    files::forecast::significant,
};
use perennial_domain::{Currency, Money};
use perennial_forecast::{
    Exact, Expected, Month, Number as _, Scenario,
    expected::{Origin, expect_fast},
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Minor units in one unit, for statistics, which are no amounts.
pub fn minor_scale(digits: u32) -> f64 {
    10_f64.powi(i32::try_from(digits).unwrap_or_default())
}

/// A mean of so many minor units as an amount.
pub fn money(minor: f64, digits: u32) -> String {
    let text = Exact::from_f64(minor).minor_units(digits).to_string();
    // A hair below zero is nothing.
    if text.trim_start_matches(['-', '0', '.']).is_empty() {
        Decimal::new(0, digits).to_string()
    } else {
        text
    }
}

/// The months ahead, analytic.
pub fn done(prepared: &Prepared) -> ForecastDone {
    let expected = expect_fast(&prepared.scenario);
    let plans = Plans::new(prepared);
    done_with(
        &prepared.scenario,
        &expected,
        &plans,
        prepared.lead,
        prepared.skip,
    )
}

/// The months ahead of a whole scenario, which begins with its first month.
pub fn done_of_file(scenario: &Scenario) -> ForecastDone {
    let expected = expect_fast(scenario);
    let plans = Plans {
        names: scenario.plans.iter().map(|plan| plan.id.clone()).collect(),
        of: (0..scenario.plans.len()).map(Some).collect(),
    };
    done_with(scenario, &expected, &plans, usize::MAX, 0)
}

/// Which of the plans shown each plan of a scenario is.
struct Plans {
    names: Vec<String>,
    of: Vec<Option<usize>>,
}

impl Plans {
    fn new(prepared: &Prepared) -> Self {
        let names = prepared.plans.clone();
        let of = (0..prepared.scenario.plans.len())
            .map(|index| Some(index / 2).filter(|plan| *plan < names.len()))
            .collect();
        Self { names, of }
    }
}

fn done_with(
    scenario: &Scenario,
    expected: &Expected<f64>,
    plans: &Plans,
    lead: usize,
    skip: usize,
) -> ForecastDone {
    let digits = scenario.currency.minor_digits();
    let month = |index: usize| one(scenario, expected, plans, index);
    let nets: f64 = (skip..expected.months())
        .map(|index| expected.month(index).net)
        .sum();
    // Months are not independent; where some are left out, what they vary is taken off the whole in proportion.
    let (all, shown): (f64, f64) = (
        expected.variance.iter().sum(),
        expected.variance.iter().skip(skip).sum(),
    );
    let share = if all > 0.0 { (shown / all).sqrt() } else { 0.0 };
    ForecastDone {
        months: (skip..expected.months()).map(month).collect(),
        rest: (lead < skip).then(|| month(lead)),
        total: money(nets, digits),
        total_sd: significant(expected.total_sd() * share / minor_scale(digits), 8),
        currency: scenario.currency.code().to_owned(),
    }
}

fn one(
    scenario: &Scenario,
    expected: &Expected<f64>,
    plans: &Plans,
    index: usize,
) -> ForecastMonth {
    let digits = scenario.currency.minor_digits();
    let total = expected.month(index);
    let mut split = vec![[0.0_f64; 2]; plans.names.len()];
    let mut origin = [0.0_f64; 2];
    let at = |figures: &[f64]| figures.get(index).copied().unwrap_or_default();
    for part in &expected.parts {
        let net = at(&part.gross) - at(&part.clawback);
        let which = usize::from(part.origin == Origin::Assumed);
        if let Some(slot) = origin.get_mut(which) {
            *slot += net;
        }
        let plan = plans.of.get(part.plan).copied().flatten();
        if let Some(slot) = plan.and_then(|plan| split.get_mut(plan)?.get_mut(which)) {
            *slot += net;
        }
    }
    let offset = i32::try_from(index).unwrap_or(i32::MAX);
    ForecastMonth {
        month: scenario.start.plus(offset).to_string(),
        net: money(total.net, digits),
        contracted: money(origin[0], digits),
        assumed: money(origin[1], digits),
        direct: money(total.gross_direct - total.clawback_direct, digits),
        second_tier: money(total.gross_second_tier - total.clawback_second_tier, digits),
        clawback: money(total.clawback_direct + total.clawback_second_tier, digits),
        sd: significant(expected.sd(index) / minor_scale(digits), 8),
        active_paying: Exact::from_f64(total.active).decimal(4).to_string(),
        plans: plans
            .names
            .iter()
            .zip(&split)
            .map(|(plan, parts)| ForecastPlanMonth {
                plan: plan.clone(),
                contracted: money(parts[0], digits),
                assumed: money(parts[1], digits),
            })
            .collect(),
    }
}

/// Month and net alone, for the first screen.
pub fn nets(prepared: &Prepared) -> Vec<(String, String)> {
    let expected = expect_fast(&prepared.scenario);
    let digits = prepared.scenario.currency.minor_digits();
    (prepared.skip..expected.months())
        .map(|index| {
            let offset = i32::try_from(index).unwrap_or(i32::MAX);
            (
                prepared.scenario.start.plus(offset).to_string(),
                money(expected.month(index).net, digits),
            )
        })
        .collect()
}

/// An amount of millionths as the ledger has it.
pub fn posted(micros: i64, currency: Currency) -> String {
    Money::from_micros(micros, currency).to_plain()
}

/// The months behind, oldest first, without gaps.
pub fn actuals(loaded: &Loaded) -> Vec<MonthActual> {
    let mut months: BTreeMap<Month, (i64, BTreeMap<String, i64>)> = BTreeMap::new();
    for ((first, plan), micros) in &loaded.monthly {
        let month = months.entry(Month::of(*first)).or_default();
        month.0 += micros;
        if let Some(plan) = plan {
            *month.1.entry(plan.clone()).or_default() += micros;
        }
    }
    let present = Month::of(loaded.today);
    let Some((&first, _)) = months.first_key_value() else {
        return Vec::new();
    };
    let currency = loaded.currency();
    (0..=present.since(first).max(0))
        .map(|offset| {
            let month = first.plus(offset);
            let (net, plans) = months.remove(&month).unwrap_or_default();
            MonthActual {
                month: month.to_string(),
                net: posted(net, currency),
                partial: month == present,
                plans: plans
                    .into_iter()
                    .map(|(plan, micros)| PlanActual {
                        plan,
                        net: posted(micros, currency),
                    })
                    .collect(),
            }
        })
        .collect()
}
