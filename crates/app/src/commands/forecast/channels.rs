//! What each channel brings of the months ahead. The parts add up to the forecast: new referrals are divided, not fitted
//! anew, and those who pay now belong to one channel each.

use super::{
    assume::decimal,
    lives::Life,
    loaded::Loaded,
    months::done,
    of_program,
    scenario::{Prepared, opening},
};
use crate::{
    App, Failure,
    dto::{Assumptions, ForecastChannel, ForecastChannelMonth, ForecastChannels},
};
use perennial_domain::ledger::Tier;
use perennial_forecast::{
    Expected, Month, Scenario,
    arrivals::split::ChannelSplit,
    assumptions::Stream,
    expected::{Origin, expect_fast},
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use std::collections::BTreeMap;

/// The channels that customers came through.
pub struct Channels {
    /// Their names, those with the most customers first; `None` stands for no channel.
    pub names: Vec<Option<String>>,
    /// How new referrals divide among them; none in a book without a full month.
    pub split: Option<ChannelSplit>,
}

impl Channels {
    fn of(loaded: &Loaded) -> Self {
        let mut customers: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for life in &loaded.lives.all {
            *customers.entry(loaded.place(life).0).or_default() += 1;
        }
        // Referrals that no history places come through none.
        customers.entry(None).or_default();
        let mut names: Vec<(Option<&str>, u64)> = customers.into_iter().collect();
        names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let names: Vec<Option<&str>> = names.into_iter().map(|(name, _)| name).collect();
        let split = split(loaded, &names);
        let names = names.iter().map(|name| name.map(str::to_owned)).collect();
        Self { names, split }
    }

    /// The place of a name among them.
    pub fn position(&self, name: Option<&str>) -> Option<usize> {
        self.names.iter().position(|one| one.as_deref() == name)
    }

    /// The place of those who came through none.
    fn none(&self) -> usize {
        self.position(None).unwrap_or_default()
    }
}

/// How the new referrals of each plan and tier divided, month by month.
fn split(loaded: &Loaded, names: &[Option<&str>]) -> Option<ChannelSplit> {
    let (first, last) = loaded.full_months()?;
    let months = usize::try_from(last.since(first) + 1).ok()?;
    let mut counts = vec![vec![vec![0_u64; months]; names.len()]; loaded.cells.len()];
    let place: BTreeMap<Option<&str>, usize> = names.iter().copied().zip(0..).collect();
    for life in loaded.lives.all.iter().filter(|l| l.new && l.entry == 0) {
        let cell = loaded.cells.get(&(life.bought, life.tier == Tier::Second));
        let at = usize::try_from(Month::of(life.first).since(first)).ok();
        let channel = place.get(&loaded.place(life).0);
        if let (Some(cell), Some(at), Some(channel)) = (cell, at, channel)
            && let Some(slot) = counts
                .get_mut(*cell)
                .and_then(|cell| cell.get_mut(*channel)?.get_mut(at))
        {
            *slot += 1;
        }
    }
    ChannelSplit::new(first, &counts).ok()
}

impl Loaded {
    /// Which channel customers come through.
    pub fn channels(&self) -> &Channels {
        self.channels.get_or_init(|| Channels::of(self))
    }

    /// The place of a plan of a scenario among the plans and tiers that brought somebody.
    pub fn cell_of(&self, prepared: &Prepared, plan: usize) -> Option<usize> {
        let id = prepared.plan_of(plan)?;
        let product = self.products.iter().position(|one| one.id == id)?;
        self.cells.get(&(product, plan % 2 == 1)).copied()
    }

    /// New referrals of each channel in each full month that is looked at.
    pub fn channel_by_month(&self, name: Option<&str>) -> Vec<(Month, u64)> {
        let months = self.arrivals_by_month(None).into_iter();
        let mut counts: BTreeMap<Month, u64> = months.map(|(month, _)| (month, 0)).collect();
        for life in self.lives.all.iter().filter(|l| l.new && l.entry == 0) {
            if self.place(life).0 == name
                && let Some(count) = counts.get_mut(&Month::of(life.first))
            {
                *count += 1;
            }
        }
        counts.into_iter().collect()
    }
}

/// A forecast divided by channel.
pub struct Divided {
    /// For each channel its part, as a scenario of its own.
    pub scenarios: Vec<Scenario>,
}

impl Divided {
    /// Divides a scenario.
    pub fn new(loaded: &Loaded, prepared: &Prepared) -> Self {
        let channels = loaded.channels();
        let whole = &prepared.scenario;
        let mut streams: Vec<Vec<Stream>> = vec![Vec::new(); channels.names.len()];
        for stream in whole.arrivals.iter().flat_map(|all| &all.streams) {
            let cell = loaded.cell_of(prepared, stream.plan);
            let parts = channels
                .split
                .as_ref()
                .map(|split| split.streams(stream, cell, whole.start, whole.months))
                .unwrap_or_default();
            if parts.is_empty() {
                if let Some(slot) = streams.get_mut(channels.none()) {
                    slot.push(stream.clone());
                }
                continue;
            }
            for (slot, part) in streams.iter_mut().zip(parts) {
                slot.extend(part);
            }
        }
        let start = whole.start.day(1);
        let scenarios = channels
            .names
            .iter()
            .zip(streams)
            .map(|(name, streams)| {
                let mine = |life: &Life| loaded.place(life).0 == name.as_deref();
                let mut scenario = whole.clone();
                scenario.opening_book = opening(loaded, &prepared.plans, start, mine);
                if let Some(arrivals) = &mut scenario.arrivals {
                    arrivals.streams = streams;
                }
                scenario
            })
            .collect();
        Self { scenarios }
    }
}

/// The months ahead by channel. Analytic, as the forecast that they add up to.
///
/// # Errors
/// Where a value is out of its range, by name.
pub fn channels(app: &App, input: Assumptions) -> Result<ForecastChannels, Failure> {
    let loaded = of_program(app, &input.program)?;
    by_channel(&loaded, &input)
}

/// The same of a program that is at hand.
pub fn by_channel(loaded: &Loaded, input: &Assumptions) -> Result<ForecastChannels, Failure> {
    let prepared = Prepared::new(loaded, input)?;
    let whole = done(&prepared);
    let digits = prepared.scenario.currency.minor_digits();
    let divided = Divided::new(loaded, &prepared);
    let expected: Vec<Expected<f64>> = divided.scenarios.iter().map(expect_fast).collect();
    let channels = loaded.channels();
    // What brings something now or later, the most first.
    let sums: Vec<[f64; 2]> = expected
        .iter()
        .map(|expected| origins(expected, prepared.skip))
        .collect();
    let mut shown: Vec<usize> = (0..channels.names.len())
        .filter(|at| {
            let active = divided.scenarios.get(*at);
            sums.get(*at)
                .is_some_and(|sum| sum.iter().any(|part| *part != 0.0))
                || active.is_some_and(|scenario| !scenario.opening_book.is_empty())
        })
        .collect();
    let net = |at: usize| sums.get(at).map_or(0.0, |sum| sum.iter().sum::<f64>());
    shown.sort_by(|a, b| net(*b).total_cmp(&net(*a)));
    let nets: Vec<Vec<f64>> = shown
        .iter()
        .filter_map(|at| expected.get(*at))
        .map(|expected| {
            (prepared.skip..expected.months())
                .map(|month| expected.month(month).net)
                .collect()
        })
        .collect();
    let months = whole
        .months
        .iter()
        .enumerate()
        .map(|(index, month)| {
            let parts: Vec<f64> = nets
                .iter()
                .map(|list| list.get(index).copied().unwrap_or(0.0))
                .collect();
            ForecastChannelMonth {
                month: month.month.clone(),
                channels: amounts(&parts, &month.net, digits),
            }
        })
        .collect();
    let parts: Vec<f64> = shown
        .iter()
        .filter_map(|at| sums.get(*at))
        .flatten()
        .copied()
        .collect();
    let amounts = amounts(&parts, &whole.total, digits);
    let history = loaded.arrivals_by_month(None);
    let came = (history.iter().map(|(_, count)| count).sum(), history.len());
    let rows = shown
        .iter()
        .zip(amounts.chunks(2))
        .filter_map(|(at, pair)| {
            let scenario = divided.scenarios.get(*at)?;
            let [contracted, assumed] = pair else {
                return None;
            };
            let mut row = described(loaded, *at, scenario, prepared.skip, came);
            row.net = super::sum(contracted, assumed);
            (row.contracted, row.assumed) = (contracted.clone(), assumed.clone());
            Some(row)
        })
        .collect();
    Ok(ForecastChannels {
        channels: rows,
        months,
        total: whole.total,
        currency: whole.currency,
    })
}

/// What the shown months bring from those who pay now and from new ones, in minor units.
fn origins(expected: &Expected<f64>, skip: usize) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for part in &expected.parts {
        let months = part.gross.iter().zip(&part.clawback).skip(skip);
        let net: f64 = months.map(|(gross, back)| gross - back).sum();
        sums[usize::from(part.origin == Origin::Assumed)] += net;
    }
    sums
}

/// A channel's new referrals and customers, and what the book says of them.
fn described(
    loaded: &Loaded,
    at: usize,
    scenario: &Scenario,
    skip: usize,
    (all, months): (u64, usize),
) -> ForecastChannel {
    let channels = loaded.channels();
    let month = scenario.start.plus(i32::try_from(skip).unwrap_or(0));
    let now: f64 = perennial_forecast::arrivals::cohorts(scenario)
        .iter()
        .filter(|cohort| usize::try_from(cohort.signup_month).is_ok_and(|month| month == skip))
        .map(|cohort| cohort.count.to_f64().unwrap_or(0.0))
        .sum();
    let active: u64 = scenario.opening_book.iter().map(|row| row.count).sum();
    let seen = channels.split.as_ref().map_or(0, |split| split.seen(at));
    let (low, high) = channels
        .split
        .as_ref()
        .filter(|_| seen > 0)
        .map_or((1.0, 1.0), |split| split.spread(at, month));
    let own = channels
        .split
        .as_ref()
        .is_some_and(|split| split.has_own(at));
    let course = match (seen, own) {
        (0, _) => "",
        (_, true) => " They have a course of their own, and its share follows it.",
        (_, false) => {
            " They show no course of their own: each plan divides as it did so far, held towards how all divide."
        }
    };
    ForecastChannel {
        channel: channels.names.get(at).cloned().flatten(),
        new_now: decimal(now, 2),
        new_low: decimal(now * low, 2),
        new_high: decimal(now * high, 2),
        active,
        contracted: String::new(),
        assumed: String::new(),
        net: String::new(),
        sentence: format!("{seen} of {all} new referrals in {months} full months.{course}"),
    }
}

/// Amounts in minor units as texts that add up to a whole: what rounding leaves goes to those it took the most from.
pub fn amounts(parts: &[f64], whole: &str, digits: u32) -> Vec<String> {
    let scale = Decimal::from(10_u64.pow(digits));
    let whole = whole.parse::<Decimal>().unwrap_or_default() * scale;
    let mut left = whole.to_i64().unwrap_or(0);
    let mut rounded: Vec<i64> = Vec::with_capacity(parts.len());
    for part in parts {
        let minor = Decimal::try_from(part.round())
            .ok()
            .and_then(|part| part.to_i64());
        rounded.push(minor.unwrap_or(0));
        left = left.saturating_sub(minor.unwrap_or(0));
    }
    let step = left.signum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let lost = |at: usize| parts.get(at).map_or(0.0, |part| part - part.round());
    order.sort_by(|a, b| lost(*a).total_cmp(&lost(*b)));
    if step > 0 {
        order.reverse();
    }
    let mut turn = 0;
    while left != 0 && !order.is_empty() {
        if let Some(slot) = order
            .get(turn % order.len())
            .and_then(|at| rounded.get_mut(*at))
        {
            // Past one each it is no rounding any more: the first takes it.
            let by = if turn < order.len() { step } else { left };
            *slot += by;
            left -= by;
        }
        turn += 1;
    }
    rounded
        .into_iter()
        .map(|minor| Decimal::new(minor, digits).to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_rounding_leaves_is_not_lost() {
        assert_eq!(
            amounts(&[33.4, 33.3, 33.3], "1.00", 2),
            ["0.34", "0.33", "0.33"]
        );
        assert_eq!(
            amounts(&[0.6, 0.6, -0.2], "0.01", 2),
            ["0.00", "0.01", "0.00"]
        );
        assert_eq!(amounts(&[], "0.00", 2), Vec::<String>::new());
    }

    proptest! {
        /// The texts add up to the whole to the cent, and each is its part to a cent.
        #[test]
        fn parts_add_up_to_the_whole(parts in prop::collection::vec(-1e9_f64..1e9, 1..12), digits in 0_u32..4) {
            let sum: f64 = parts.iter().sum();
            let whole = super::super::months::money(sum, digits);
            let texts = amounts(&parts, &whole, digits);
            let read = |text: &String| text.parse::<Decimal>().unwrap();
            let total: Decimal = texts.iter().map(read).sum();
            prop_assert_eq!(total, whole.parse::<Decimal>().unwrap());
            for (text, part) in texts.iter().zip(&parts) {
                let minor = read(text).to_f64().unwrap() * 10_f64.powi(i32::try_from(digits).unwrap());
                prop_assert!((minor - part).abs() <= 1.500_001, "{minor} {part}");
            }
        }
    }
}
