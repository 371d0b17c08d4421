//! Plans, curves and new referrals of a scenario, from what the window supposes.

use super::{
    assume::parts_of,
    loaded::Loaded,
    scenario::{bad, number, share},
};
use crate::{
    Failure,
    dto::{Assumptions, PlanAssumption},
};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{
    Money, commission,
    ledger::Tier as LedgerTier,
    program::{Plan as Product, plan_on},
};
use perennial_forecast::{
    Month,
    assumptions::{Plan, Retention, Stream, Tier},
    beliefs::ArrivalBelief,
};
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive as _, ToPrimitive as _},
};

/// The plans of a scenario as they are gathered.
pub struct Parts<'a> {
    loaded: &'a Loaded,
    begin: Month,
    shown: Month,
    until: Month,
    growth: f64,
    season: Vec<f64>,
    /// The plans, two for each of the book's: own sales and second tier.
    pub plans: Vec<Plan>,
    /// Their curves.
    pub retention: Vec<Option<Retention>>,
    /// New referrals.
    pub streams: Vec<Stream>,
    /// Which belief each plan's renewals follow, where they are as the book has them.
    pub beliefs: Vec<Option<usize>>,
    /// What is believed of new referrals that are as the book has them.
    pub arrivals: Vec<ArrivalBelief>,
}

impl<'a> Parts<'a> {
    /// None yet.
    pub fn new(
        loaded: &'a Loaded,
        input: &Assumptions,
        begin: Month,
        shown: Month,
    ) -> Result<Self, Failure> {
        let growth = if input.growth.trim().is_empty() {
            Decimal::ZERO
        } else {
            number(&input.growth, "growth")?
        };
        if growth < Decimal::new(-9, 1) || growth > Decimal::ONE {
            let message = format!("“{growth}” is not between -0.9 and 1.");
            return Err(bad("growth", message));
        }
        if !matches!(input.season.len(), 0 | 12) {
            return Err(bad(
                "season",
                "A season has twelve months, or none.".to_owned(),
            ));
        }
        let mut season = Vec::new();
        for (index, text) in input.season.iter().enumerate() {
            let key = format!("season[{index}]");
            let weight = number(text, &key)?;
            if weight < Decimal::ZERO || weight > Decimal::from(100) {
                return Err(bad(&key, format!("“{text}” is not between 0 and 100.")));
            }
            season.push(weight.to_f64().unwrap_or(1.0));
        }
        let months = i32::try_from(input.months).unwrap_or(0);
        Ok(Self {
            loaded,
            begin,
            shown,
            until: shown.plus(months),
            growth: growth.to_f64().unwrap_or(0.0),
            season,
            plans: Vec::new(),
            retention: Vec::new(),
            streams: Vec::new(),
            beliefs: Vec::new(),
            arrivals: Vec::new(),
        })
    }

    /// One more plan.
    pub fn add(&mut self, supposed: &PlanAssumption) -> Result<(), Failure> {
        let loaded = self.loaded;
        let key = |name: &str| format!("plans.{}.{name}", supposed.plan);
        let product: &Product = plan_on(&loaded.book.sets, &supposed.plan)
            .ok_or_else(|| bad("plans", format!("There is no plan “{}”.", supposed.plan)))?;
        let index = loaded.products.iter().position(|p| p.id == supposed.plan);
        let refused = |error: perennial_domain::MoneyError| bad(&key("price"), format!("{error}."));
        let earns =
            |tier| commission::promise_of_plan(&loaded.terms, product, tier).map_err(refused);
        let own =
            earns(LedgerTier::Direct)?.unwrap_or_else(|| Money::zero(product.price.currency()));
        let recruited = earns(LedgerTier::Second)?;
        let retention = retention(supposed)?;
        let in_book = index.filter(|index| {
            let (renewal, concentration, shape) = parts_of(loaded.curve(*index));
            renewal == supposed.renewal
                && concentration == supposed.concentration
                && shape == supposed.shape
        });
        let tiers = [
            (Tier::Direct, Some(own), &supposed.new_direct, "new_direct"),
            (
                Tier::Second,
                recruited,
                &supposed.new_second_tier,
                "new_second_tier",
            ),
        ];
        for (tier, earned, count, name) in tiers {
            let plan = self.plans.len();
            let count_now = number(count, &key(name))?;
            if count_now.is_sign_negative() && !count_now.is_zero() {
                return Err(bad(&key(name), format!("“{count}” is below zero.")));
            }
            self.stream(plan, tier, count_now);
            self.plans.push(Plan {
                id: format!("{} {name}", supposed.plan),
                price: earned.map(Money::amount).unwrap_or_default(),
                term_months: product.term.months(),
            });
            self.retention.push(Some(retention));
            self.beliefs
                .push(in_book.and_then(|index| loaded.belief_of.get(index).copied()));
            let second = tier == Tier::Second;
            let cell = index.and_then(|index| loaded.cell(index, second));
            if let Some((mix, at)) = cell
                && !count_now.is_zero()
                && index.is_some_and(|index| loaded.level_text(index, second) == *count)
            {
                self.arrivals.extend(mix.belief(at, plan, tier));
            }
        }
        Ok(())
    }

    /// New referrals of one plan and tier: from the day after the newest row on.
    fn stream(&mut self, plan: usize, tier: Tier, count: Decimal) {
        let known = Month::of(self.loaded.known).max(self.begin);
        let mut add = |count: Decimal, from: Month, until: Option<Month>| {
            self.streams.push(Stream {
                plan,
                tier,
                count,
                from: Some(from),
                until,
                every: 1,
            });
        };
        let left = left_of_month(self.loaded.known);
        if self.growth == 0.0 && self.season.is_empty() {
            add((count * left).round_dp(6), known, Some(known));
            add(count, known.plus(1), None);
            return;
        }
        let mut month = known;
        while month < self.until {
            let since = f64::from(month.since(self.shown));
            let index = usize::try_from(month.month().saturating_sub(1)).unwrap_or(0);
            let season = self.season.get(index).copied().unwrap_or(1.0);
            let factor = ((1.0 + self.growth).powf(since) * season).min(1e9);
            let factor = Decimal::from_f64(factor).unwrap_or_default();
            let share = if month == known { left } else { Decimal::ONE };
            let scaled = count.checked_mul(factor * share).unwrap_or(Decimal::MAX);
            add(scaled.round_dp(6), month, Some(month));
            month = month.plus(1);
        }
    }
}

/// The share of a day's month that comes after it.
fn left_of_month(day: NaiveDate) -> Decimal {
    let last = Month::of(day).day(31).day();
    Decimal::from(last - day.day().min(last)) / Decimal::from(last.max(1))
}

/// The curve of a chance of the first renewal and of how alike customers are.
fn retention(supposed: &PlanAssumption) -> Result<Retention, Failure> {
    let key = |name: &str| format!("plans.{}.{name}", supposed.plan);
    let renewal = share(&supposed.renewal, &key("renewal"))?;
    let Some(text) = &supposed.concentration else {
        return Ok(Retention::Constant { renewal });
    };
    let size = number(text, &key("concentration"))?;
    if size < Decimal::new(1, 4) || size > Decimal::from(100_000_000) {
        let message = format!("“{text}” is not between 0.0001 and 100000000.");
        return Err(bad(&key("concentration"), message));
    }
    // At the ends everybody renews, or nobody does: there is no difference between customers.
    let (leave, stay) = ((Decimal::ONE - renewal) * size, renewal * size);
    let least = Decimal::new(1, 8);
    if leave < least || stay < least {
        return Ok(Retention::Constant { renewal });
    }
    match &supposed.shape {
        None => Ok(Retention::Sbg {
            alpha: leave,
            beta: stay,
        }),
        Some(text) => {
            let shape = number(text, &key("shape"))?;
            if shape < Decimal::new(1, 3) || shape > Decimal::from(100) {
                let message = format!("“{text}” is not between 0.001 and 100.");
                return Err(bad(&key("shape"), message));
            }
            Ok(Retention::Bdw {
                a: leave,
                b: stay,
                c: shape,
            })
        }
    }
}
