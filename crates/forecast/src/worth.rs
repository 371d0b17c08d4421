//! What is still to come: the residual value of a new referral and of the whole book, discounted.
//!
//! Further commissions less clawbacks are discounted month by month to the forecast's start, as far ahead as is
//! counted (at most 600 months; at 10% a year what lies beyond fifty years is below 1% of a value). The expectation
//! is the analytic engine's, the limits come from simulated paths and so carry chance and, where there are beliefs,
//! the uncertainty of the estimates. The plain sum for one subscription, without calendar, is in
//! [`residual`](crate::residual).

use crate::assumptions::{
    Arrivals, AssumptionError, MAX_MONTHS, Process, Refusal, Scenario, Stream, Tier,
};
use crate::beliefs::Beliefs;
use crate::expected::expect_fast;
use crate::simulate::{SimulationOptions, draw_paths};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Paths that limits are taken from where nobody asks for another number.
const PATHS: u32 = 2_000;

/// How far ahead is counted, and how much less later money is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discount {
    /// The discount of one year, 0..=1; 0.10 for 10%.
    pub yearly: f64,
    /// Months that are counted, 1..=600.
    pub months: u32,
}

/// A residual value, in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// The expected value.
    pub expected: f64,
    /// Below this with probability (1−level)/2.
    pub low: f64,
    /// Above this with probability (1−level)/2.
    pub high: f64,
    /// The expected value by plan (the one paid, with switching), in the plans' order.
    pub by_plan: Vec<(usize, f64)>,
}

/// What the opening book is still worth at the scenario's start: no new referrals. `None` where stopped.
///
/// # Errors
/// [`AssumptionError`] for a scenario, beliefs, discount or level out of range.
pub fn book_worth(
    scenario: &Scenario,
    beliefs: &Beliefs,
    discount: Discount,
    level: f64,
    options: &SimulationOptions<'_>,
) -> Result<Option<Worth>, AssumptionError> {
    let book = Scenario {
        arrivals: None,
        ..scenario.clone()
    };
    worth(book, beliefs, discount, level, options)
}

/// What one more referral who signs up at the scenario's start is worth, whether or not it becomes a customer.
/// `None` where stopped.
///
/// # Errors
/// [`AssumptionError`] for a scenario, beliefs, discount or level out of range, and for a plan that is not there.
pub fn referral_worth(
    scenario: &Scenario,
    beliefs: &Beliefs,
    plan: usize,
    tier: Tier,
    discount: Discount,
    level: f64,
    options: &SimulationOptions<'_>,
) -> Result<Option<Worth>, AssumptionError> {
    let one = Scenario {
        arrivals: Some(Arrivals {
            process: Process::Fixed,
            streams: vec![Stream {
                plan,
                tier,
                count: Decimal::ONE,
                from: Some(scenario.start),
                until: Some(scenario.start),
                every: 1,
            }],
        }),
        opening_book: Vec::new(),
        ..scenario.clone()
    };
    // One referral is one: how many come is no part of what it is worth.
    let beliefs = Beliefs {
        arrivals: Vec::new(),
        ..beliefs.clone()
    };
    worth(one, &beliefs, discount, level, options)
}

fn worth(
    scenario: Scenario,
    beliefs: &Beliefs,
    discount: Discount,
    level: f64,
    options: &SimulationOptions<'_>,
) -> Result<Option<Worth>, AssumptionError> {
    let refuse = |refusal, at: &str, message: String| {
        Err(AssumptionError {
            refusal,
            at: at.to_owned(),
            message,
        })
    };
    let Discount { yearly, months } = discount;
    if !(0.0..=1.0).contains(&yearly) {
        let message = format!("`discount.yearly` is {yearly}; it must lie between 0 and 1");
        return refuse(Refusal::OutOfRange, "discount.yearly", message);
    }
    if !(1..=MAX_MONTHS).contains(&months) {
        let message =
            format!("`discount.months` is {months}; it must lie between 1 and {MAX_MONTHS}");
        return refuse(Refusal::Months, "discount.months", message);
    }
    if !(0.0..1.0).contains(&level) {
        let message = format!("`level` is {level}; it must lie between 0 and 1");
        return refuse(Refusal::OutOfRange, "level", message);
    }
    let scenario = Scenario {
        months,
        payout: None,
        quantiles: Vec::new(),
        ..scenario
    };
    scenario.check()?;
    let monthly = (-yearly.ln_1p() / 12.0).exp();
    let mut by_plan = BTreeMap::<usize, f64>::new();
    for part in expect_fast(&scenario).parts {
        let nets = part.gross.iter().zip(&part.clawback).rev();
        let value = nets.fold(0.0, |later, (gross, taken)| later * monthly + gross - taken);
        *by_plan.entry(part.plan).or_default() += value;
    }
    let options = SimulationOptions {
        paths: options.paths.or(Some(PATHS)),
        ..*options
    };
    let Some(paths) = draw_paths(&scenario, beliefs, &options)? else {
        return Ok(None);
    };
    let mut values = paths.discounted(yearly);
    values.sort_by(f64::total_cmp);
    let at = |q: f64| {
        let rank = (q * values.len() as f64).ceil().max(1.0) as usize - 1;
        values.get(rank).or(values.last()).copied().unwrap_or(0.0)
    };
    Ok(Some(Worth {
        expected: by_plan.values().sum(),
        low: at(0.5 * (1.0 - level)),
        high: at(0.5 * (1.0 + level)),
        by_plan: by_plan.into_iter().collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumptions::{OpeningRow, Plan, Rates, Refund, Retention, Trial};
    use crate::residual::{Subscription, residual};
    use crate::retention::{Cohorts, Posterior, Prior};
    use perennial_domain::Currency;
    use proptest::prelude::*;

    fn scenario(count: u64, renewals_made: u32) -> Scenario {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        Scenario {
            start: "2026-01".parse().unwrap(),
            months: 12,
            currency: Currency::USD,
            plans: vec![Plan {
                id: "p".to_owned(),
                price: Decimal::from(100),
                term_months: 1,
            }],
            commission: Rates {
                direct: decimal("0.4"),
                second_tier: Decimal::ZERO,
                max_months: None,
            },
            trial: Trial {
                days: 0,
                conversion: decimal("0.5"),
            },
            retention: vec![Some(Retention::Sbg {
                alpha: decimal("0.668"),
                beta: decimal("3.806"),
            })],
            refund: Refund {
                probability: decimal("0.1"),
                after_days: 0,
            },
            arrivals: None,
            opening_book: vec![OpeningRow {
                plan: 0,
                tier: Tier::Direct,
                count,
                renewals_made,
                next_due: None,
            }],
            switching: None,
            payout: None,
            quantiles: Vec::new(),
        }
    }

    fn options() -> SimulationOptions<'static> {
        SimulationOptions {
            paths: Some(800),
            seed: 5,
            threads: 1,
            stop: None,
        }
    }

    const LONG: Discount = Discount {
        yearly: 1.0,
        months: 600,
    };

    #[test]
    fn agrees_with_the_plain_residual_value() {
        let discount = 2_f64.powf(1.0 / 12.0) - 1.0;
        let plain = |renewals_made| {
            let subscription = Subscription {
                alpha: 0.668,
                beta: 3.806,
                c: None,
                renewals_made,
                discount,
                horizon: None,
            };
            4_000.0 * residual(&subscription).unwrap().before_renewal
        };
        let book = scenario(30, 7);
        let worth = book_worth(&book, &Beliefs::default(), LONG, 0.9, &options())
            .unwrap()
            .unwrap();
        assert!(
            (worth.expected / (30.0 * plain(7)) - 1.0).abs() < 1e-9,
            "{worth:?}"
        );
        assert!(worth.low < worth.expected && worth.expected < worth.high);
        assert_eq!(worth.by_plan.len(), 1);
        // A new referral: half of them pay, 90% of those stay for what a running one is worth after its payment.
        let new = referral_worth(
            &book,
            &Beliefs::default(),
            0,
            Tier::Direct,
            LONG,
            0.9,
            &options(),
        )
        .unwrap()
        .unwrap();
        let after = plain(0) / (1.0 + discount);
        assert!(
            (new.expected / (0.5 * 0.9 * (4_000.0 + after)) - 1.0).abs() < 1e-9,
            "{new:?}"
        );
        assert!(new.low.abs() < 1e-9);
    }

    #[test]
    fn less_knowledge_means_wider_limits() {
        let book = scenario(2_000, 0);
        let posterior = Posterior::new(&Cohorts::new(&[vec![30, 25, 22]]).unwrap(), &Prior::FLAT);
        let beliefs = Beliefs {
            retention: vec![posterior.unwrap()],
            plans: vec![Some(0)],
            ..Beliefs::default()
        };
        let width = |beliefs: &Beliefs| {
            let worth = book_worth(&book, beliefs, LONG, 0.9, &options())
                .unwrap()
                .unwrap();
            worth.high - worth.low
        };
        assert!(width(&beliefs) > 3.0 * width(&Beliefs::default()));
    }

    #[test]
    fn refuses_what_is_out_of_range() {
        let refused = |discount, level| {
            book_worth(
                &scenario(1, 0),
                &Beliefs::default(),
                discount,
                level,
                &options(),
            )
            .unwrap_err()
            .at
        };
        assert_eq!(
            refused(
                Discount {
                    yearly: -0.1,
                    months: 1
                },
                0.9
            ),
            "discount.yearly"
        );
        assert_eq!(
            refused(
                Discount {
                    yearly: f64::NAN,
                    months: 1
                },
                0.9
            ),
            "discount.yearly"
        );
        assert_eq!(
            refused(
                Discount {
                    yearly: 0.1,
                    months: 601
                },
                0.9
            ),
            "discount.months"
        );
        assert_eq!(refused(LONG, 1.0), "level");
        let nowhere = referral_worth(
            &scenario(1, 0),
            &Beliefs::default(),
            9,
            Tier::Direct,
            LONG,
            0.9,
            &options(),
        );
        assert_eq!(nowhere.unwrap_err().refusal, Refusal::UnknownPlan);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn is_always_a_number_between_its_limits(
            count in 0_u64..1_000_000_000, renewals in 0_u32..500, yearly in 0.0_f64..=1.0, months in 1_u32..=600, level in 0.0_f64..0.99,
        ) {
            let few = SimulationOptions { paths: Some(20), ..options() };
            let discount = Discount { yearly, months };
            let worth = book_worth(&scenario(count, renewals), &Beliefs::default(), discount, level, &few).unwrap().unwrap();
            prop_assert!(worth.expected.is_finite() && worth.low <= worth.high && worth.low >= 0.0);
        }
    }
}
