//! Scenarios to test with.

use perennial_domain::Currency;
use perennial_forecast::Scenario;
use perennial_forecast::assumptions::{
    Arrivals, OpeningRow, PayoutTerms, Plan, Process, Rates, Refund, Retention, Stream, Switching,
    Tier, Trial,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// A number of hundredths.
pub fn hundredths(value: i64) -> Decimal {
    Decimal::new(value, 2)
}

/// One plan, nobody in it.
pub fn plain(price_cents: i64, term_months: u32, months: u32) -> Scenario {
    Scenario {
        start: "2026-01".parse().unwrap(),
        months,
        currency: Currency::USD,
        plans: vec![Plan {
            id: "p".to_owned(),
            price: hundredths(price_cents),
            term_months,
        }],
        commission: Rates {
            direct: hundredths(40),
            second_tier: hundredths(10),
            max_months: None,
        },
        trial: Trial {
            days: 0,
            conversion: Decimal::ONE,
        },
        retention: vec![Some(Retention::Constant {
            renewal: Decimal::ONE,
        })],
        refund: Refund {
            probability: Decimal::ZERO,
            after_days: 0,
        },
        arrivals: None,
        opening_book: Vec::new(),
        switching: None,
        payout: None,
        quantiles: Vec::new(),
    }
}

/// Referrals to the first plan.
pub fn referrals(count: i64, from: Option<&str>, until: Option<&str>) -> Stream {
    let month = |text: &str| text.parse().unwrap();
    Stream {
        plan: 0,
        tier: Tier::Direct,
        count: Decimal::from(count),
        from: from.map(month),
        until: until.map(month),
        every: 1,
    }
}

/// Arrivals of a fixed number, as a scenario holds them.
#[allow(clippy::unnecessary_wraps)]
pub fn fixed(streams: Vec<Stream>) -> Option<Arrivals> {
    Some(Arrivals {
        process: Process::Fixed,
        streams,
    })
}

fn retention() -> impl Strategy<Value = Retention> {
    prop_oneof![
        (0_i64..=100).prop_map(|r| Retention::Constant {
            renewal: hundredths(r)
        }),
        (1_i64..500, 1_i64..500).prop_map(|(a, b)| Retention::Sbg {
            alpha: hundredths(a),
            beta: hundredths(b)
        }),
        // c = 2 keeps the clock in whole steps, which the brute force can multiply out.
        (1_i64..300, 1_i64..3000).prop_map(|(a, b)| Retention::Bdw {
            a: hundredths(a),
            b: hundredths(b),
            c: Decimal::TWO
        }),
    ]
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![Just(Tier::Direct), Just(Tier::Second)]
}

fn stream() -> impl Strategy<Value = Stream> {
    (
        0_usize..3,
        tier(),
        0_i64..4,
        prop::option::of(-4_i32..8),
        prop::option::of(-2_i32..9),
        1_u32..4,
    )
        .prop_map(|(plan, tier, count, from, until, every)| {
            let start: perennial_forecast::Month = "2027-11".parse().unwrap();
            let month = |offset: i32| start.plus(offset);
            Stream {
                plan,
                tier,
                count: Decimal::from(count),
                from: from.map(month),
                until: until.map(month),
                every,
            }
        })
}

fn opening_row() -> impl Strategy<Value = OpeningRow> {
    (
        0_usize..3,
        tier(),
        0_u64..4,
        0_u32..6,
        prop::option::of(0_u64..400),
    )
        .prop_map(|(plan, tier, count, renewals_made, due)| OpeningRow {
            plan,
            tier,
            count,
            renewals_made,
            next_due: due.map(|days| {
                let start: chrono::NaiveDate = "2027-11-01".parse().unwrap();
                start + chrono::Days::new(days)
            }),
        })
}

prop_compose! {
    /// Small scenarios of every kind, over a leap day and month ends.
    pub fn any_scenario()(
        months in 1_u32..8,
        prices in prop::array::uniform3(0_i64..60_000),
        terms in prop::array::uniform3(1_u32..5),
        rates in (0_i64..=100, 0_i64..=100),
        max_months in prop::option::of(0_u32..9),
        trial in (0_u32..70, 0_i64..=100),
        retentions in prop::collection::vec(retention(), 3),
        refund in (0_i64..=100, 0_u32..100),
        poisson in any::<bool>(),
        streams in prop::collection::vec(stream(), 0..4),
        opening_book in prop::collection::vec(opening_row(), 0..3),
        switching in prop::option::of((0_i64..=50, 0_i64..=50, 0_i64..=50, 0_i64..=50)),
        payout in (0_u32..100, 0_i64..50_000, 1_u32..=31),
    ) -> Scenario {
        let plan = |i: usize| Plan {
            id: format!("p{i}"),
            price: hundredths(prices[i]),
            // The first two may switch, so they are monthly where they do.
            term_months: if switching.is_some() && i < 2 { 1 } else { terms[i] },
        };
        Scenario {
            start: "2027-11".parse().unwrap(),
            months,
            currency: Currency::USD,
            plans: (0..3).map(plan).collect(),
            commission: Rates { direct: hundredths(rates.0), second_tier: hundredths(rates.1), max_months },
            trial: Trial { days: trial.0, conversion: hundredths(trial.1) },
            retention: retentions.into_iter().map(Some).collect(),
            refund: Refund { probability: hundredths(refund.0), after_days: refund.1 },
            arrivals: Some(Arrivals {
                process: if poisson { Process::Poisson } else { Process::Fixed },
                streams,
            }),
            opening_book,
            switching: switching.map(|(a, b, c, d)| Switching {
                plans: vec![0, 1],
                matrix: vec![vec![hundredths(a), hundredths(b)], vec![hundredths(c), hundredths(d)]],
            }),
            payout: Some(PayoutTerms { hold_days: payout.0, minimum: hundredths(payout.1), run_day: payout.2, split: None }),
            quantiles: vec![hundredths(5), hundredths(50), hundredths(95)],
        }
    }
}
