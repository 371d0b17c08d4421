//! From the window's assumptions to a scenario of the engine.
//!
//! Each plan becomes two, one a tier, priced at the commission that its program's rules give and earning the whole of it.
//! So every rule (a percentage, a fixed amount, a second tier of the commission) is the domain's, and no rule is
//! written twice.

use super::{super::terms_view::Book, history::History};
use crate::{
    Failure,
    dto::Assumptions,
    error::Place,
    files::{forecast::from_assumption_error, program::date},
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, commission,
    ledger::Tier as LedgerTier,
    money::parse_decimal,
    program::{Plan as Product, plan_on},
};
use perennial_forecast::{
    Month, Scenario,
    assumptions::{
        Arrivals, OpeningRow, Plan, Process, Rates, Refund, Retention, Stream, Tier, Trial,
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A checked scenario, and which plan each of its plans is.
pub struct Prepared {
    /// The scenario.
    pub scenario: Scenario,
    /// Plans in the order they are shown.
    pub plans: Vec<String>,
}

impl Prepared {
    /// Makes and checks it.
    ///
    /// # Errors
    /// Where a value is out of its range, by name.
    pub fn new(
        book: &Book,
        history: &History,
        input: &Assumptions,
        today: NaiveDate,
    ) -> Result<Self, Failure> {
        let terms = book.on(today)?;
        let first = date(&format!("{}-01", input.start.trim()), "start")?;
        let start = Month::of(first);
        let currency = Currency::parse(&input.currency)
            .map_err(|error| bad("currency", format!("{error}.")))?;
        let (mut plans, mut retention, mut streams, mut ids) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for supposed in &input.plans {
            let key = |name: &str| format!("plans.{}.{name}", supposed.plan);
            let product: &Product = plan_on(&book.sets, &supposed.plan)
                .ok_or_else(|| bad("plans", format!("There is no plan “{}”.", supposed.plan)))?;
            let refused =
                |error: perennial_domain::MoneyError| bad(&key("price"), format!("{error}."));
            let own = commission::direct(&terms, product.price).map_err(refused)?;
            let recruited = commission::second_tier(&terms, product.price).map_err(refused)?;
            let renewal = share(&supposed.renewal, &key("renewal"))?;
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
                let count = number(count, &key(name))?;
                streams.push(Stream {
                    plan: plans.len(),
                    tier,
                    count,
                    from: None,
                    until: None,
                    every: 1,
                });
                plans.push(Plan {
                    id: format!("{} {name}", supposed.plan),
                    price: earned
                        .map(perennial_domain::Money::amount)
                        .unwrap_or_default(),
                    term_months: product.term.months(),
                });
                retention.push(Some(Retention::Constant { renewal }));
            }
            ids.push(supposed.plan.clone());
        }
        let scenario = Scenario {
            start,
            months: input.months,
            currency,
            opening_book: opening(history, &ids, first),
            plans,
            commission: Rates {
                direct: Decimal::ONE,
                second_tier: Decimal::ONE,
                max_months: terms.max_months,
            },
            trial: Trial {
                days: input.trial_days,
                conversion: share(&input.trial_conversion, "trial_conversion")?,
            },
            retention,
            refund: Refund {
                probability: share(&input.refund_probability, "refund_probability")?,
                after_days: input.refund_after_days,
            },
            arrivals: Some(Arrivals {
                process: Process::Poisson,
                streams,
            }),
            switching: None,
            payout: None,
            quantiles: Vec::new(),
        };
        scenario
            .check()
            .map_err(|error| from_assumption_error(&error))?;
        Ok(Self {
            scenario,
            plans: ids,
        })
    }

    /// The plan that a plan of the scenario is.
    pub fn plan_of(&self, index: usize) -> Option<&str> {
        self.plans.get(index / 2).map(String::as_str)
    }
}

/// Those who pay now, gathered by plan, tier, renewals and day.
fn opening(history: &History, plans: &[String], start: NaiveDate) -> Vec<OpeningRow> {
    let mut rows: BTreeMap<(usize, bool, u32, NaiveDate), u64> = BTreeMap::new();
    for active in &history.active {
        let Some(index) = plans.iter().position(|plan| *plan == active.plan) else {
            continue;
        };
        let second = active.tier == LedgerTier::Second;
        // One that is overdue within the grace may still come: on the first day.
        let key = (
            index * 2 + usize::from(second),
            second,
            active.renewals,
            active.due.max(start),
        );
        *rows.entry(key).or_default() += 1;
    }
    let row = |((plan, second, renewals_made, due), count)| OpeningRow {
        plan,
        tier: if second { Tier::Second } else { Tier::Direct },
        count,
        renewals_made,
        next_due: Some(due),
    };
    rows.into_iter().map(row).collect()
}

fn number(text: &str, key: &str) -> Result<Decimal, Failure> {
    parse_decimal(text).map_err(|error| bad(key, format!("{error}.")))
}

fn share(text: &str, key: &str) -> Result<Decimal, Failure> {
    let share = number(text, key)?;
    if share < Decimal::ZERO || share > Decimal::ONE {
        return Err(bad(key, format!("“{text}” is not between 0 and 1.")));
    }
    Ok(share)
}

fn bad(key: &str, message: String) -> Failure {
    Failure::refused("forecast.out_of_range", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
