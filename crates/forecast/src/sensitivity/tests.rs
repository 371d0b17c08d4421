use super::*;
use crate::assumptions::{
    Arrivals, OpeningRow, PayoutTerms, Plan, Rates, Refund, Retention, Stream, Trial,
};
use perennial_domain::Currency;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn scenario() -> Scenario {
    let plan = |id: &str, price, term_months| Plan {
        id: id.to_owned(),
        price: Decimal::from(price),
        term_months,
    };
    let stream = |plan, count| Stream {
        plan,
        tier: Tier::Direct,
        count: Decimal::from(count),
        from: None,
        until: None,
        every: 1,
    };
    Scenario {
        start: "2026-01".parse().unwrap(),
        months: 12,
        currency: Currency::USD,
        plans: vec![plan("m", 100, 1), plan("y", 1_000, 12)],
        commission: Rates {
            direct: decimal("0.4"),
            second_tier: decimal("0.1"),
            max_months: None,
        },
        trial: Trial {
            days: 14,
            conversion: decimal("0.6"),
        },
        retention: vec![
            Some(Retention::Sbg {
                alpha: decimal("0.5"),
                beta: decimal("9.5"),
            }),
            Some(Retention::Constant {
                renewal: decimal("0.7"),
            }),
        ],
        refund: Refund {
            probability: decimal("0.03"),
            after_days: 20,
        },
        arrivals: Some(Arrivals {
            process: Process::Fixed,
            streams: vec![stream(0, 10), stream(1, 1)],
        }),
        opening_book: vec![OpeningRow {
            plan: 0,
            tier: Tier::Direct,
            count: 50,
            renewals_made: 2,
            next_due: None,
        }],
        switching: None,
        payout: Some(PayoutTerms {
            hold_days: 45,
            minimum: decimal("100"),
            run_day: 15,
            split: None,
        }),
        quantiles: vec![decimal("0.5")],
    }
}

fn options() -> SimulationOptions<'static> {
    SimulationOptions {
        paths: Some(200),
        seed: 1,
        threads: 1,
        stop: None,
    }
}

#[test]
fn ranks_what_moves_the_result() {
    let scenario = scenario();
    let swings = swings(&scenario, &Beliefs::default());
    let bars = tornado(&scenario, &swings, Measure::TotalNet, &options())
        .unwrap()
        .unwrap();
    assert!(bars.windows(2).all(|w| w[0].reach() >= w[1].reach()));
    let bar = |driver| *bars.iter().find(|bar| bar.swing.driver == driver).unwrap();
    let price = bar(Driver::Price(0));
    assert!(price.low < price.base && price.base < price.high);
    let refund = bar(Driver::Refund);
    assert!(refund.low > refund.base && refund.base > refund.high);
    // A plan whose renewals never fall due within the horizon does not matter, nor does the hold for what is earned.
    assert!(bar(Driver::Renewal(1)).reach() < 1e-6);
    assert!(bar(Driver::Hold).reach() < 1e-6);
    // All rates up a tenth is all commissions up a tenth.
    let rate = bar(Driver::Rate(Tier::Direct));
    assert!((rate.high / rate.base - 1.1).abs() < 1e-3);
}

#[test]
fn payouts_feel_the_hold_and_the_minimum() {
    let scenario = scenario();
    let swings: Vec<Swing> = swings(&scenario, &Beliefs::default())
        .into_iter()
        .filter(|swing| matches!(swing.driver, Driver::Hold | Driver::Minimum))
        .collect();
    let bars = tornado(&scenario, &swings, Measure::Paid, &options())
        .unwrap()
        .unwrap();
    assert_eq!(bars[0].swing.driver, Driver::Hold);
    assert!(bars[0].low > bars[0].base && bars[0].base > bars[0].high);
    assert!(bars[1].low >= bars[1].base && bars[1].base >= bars[1].high);
}

#[test]
fn refuses_what_is_out_of_range() {
    let scenario = scenario();
    let swing = Swing {
        driver: Driver::Conversion,
        low: Decimal::ZERO,
        base: decimal("0.6"),
        high: Decimal::TWO,
    };
    let refused = |measure| tornado(&scenario, &[swing], measure, &options()).unwrap_err();
    assert_eq!(refused(Measure::TotalNet).at, "trial.conversion");
    assert_eq!(refused(Measure::MonthNet(12)).at, "measure");
    let without = Scenario {
        payout: None,
        ..scenario.clone()
    };
    let error = tornado(&without, &[], Measure::Paid, &options()).unwrap_err();
    assert_eq!(error.at, "measure");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the scenario, the proposed values pass its checks and the base lies between them.
    #[test]
    fn proposed_values_can_be_taken(
        renewal in 0_i64..=100, alpha in 1_i64..100_000, refund in 0_i64..=100, conversion in 0_i64..=100, price in 0_i64..1_000_000,
        count in 0_i64..1_000_000_000, hold in 0_u32..3_660,
    ) {
        let mut scenario = scenario();
        let hundredths = |value| Decimal::new(value, 2);
        scenario.retention[1] = Some(Retention::Constant { renewal: hundredths(renewal) });
        scenario.retention[0] = Some(Retention::Sbg { alpha: hundredths(alpha), beta: hundredths(100_000 - alpha + 1) });
        scenario.refund.probability = hundredths(refund);
        scenario.trial.conversion = hundredths(conversion);
        scenario.plans[0].price = hundredths(price);
        scenario.payout.as_mut().unwrap().hold_days = hold;
        scenario.arrivals.as_mut().unwrap().streams[0].count = Decimal::from(count);
        let swings = swings(&scenario, &Beliefs::default());
        for swing in &swings {
            prop_assert!(swing.low <= swing.base && swing.base <= swing.high, "{swing:?}");
        }
        let bars = tornado(&scenario, &swings, Measure::TotalNet, &options()).unwrap().unwrap();
        prop_assert!(bars.iter().all(|bar| bar.low.is_finite() && bar.high.is_finite()));
    }
}
