use super::*;
use crate::assumptions::{OpeningRow, Plan, Rates, Refund, Retention, Trial};
use perennial_domain::Currency;
use proptest::prelude::*;

fn scenario(process: Process, count: i64) -> Scenario {
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
        months: 24,
        currency: Currency::USD,
        plans: vec![plan("monthly", 100, 1), plan("yearly", 1_000, 12)],
        commission: Rates {
            direct: Decimal::new(4, 1),
            second_tier: Decimal::new(1, 1),
            max_months: None,
        },
        trial: Trial {
            days: 0,
            conversion: Decimal::ONE,
        },
        retention: vec![
            Some(Retention::Constant {
                renewal: Decimal::ONE
            });
            2
        ],
        refund: Refund {
            probability: Decimal::ZERO,
            after_days: 0,
        },
        arrivals: Some(Arrivals {
            process,
            streams: vec![stream(0, count), stream(1, count)],
        }),
        opening_book: vec![OpeningRow {
            plan: 0,
            tier: Tier::Direct,
            count: 10,
            renewals_made: 0,
            next_due: None,
        }],
        switching: None,
        payout: None,
        quantiles: Vec::new(),
    }
}

fn options() -> SimulationOptions<'static> {
    SimulationOptions {
        paths: Some(400),
        seed: 3,
        threads: 1,
        stop: None,
    }
}

fn goal(target: i64, month: &str) -> Goal {
    Goal {
        target,
        month: month.parse().unwrap(),
        from: "2026-01".parse().unwrap(),
        mix: vec![(0, Tier::Direct, 3.0), (1, Tier::Direct, 1.0)],
    }
}

#[test]
fn says_what_it_takes() {
    // Nobody leaves: in the 12th month 10 + 12 monthly customers pay 40 each, one new yearly one 400.
    let scenario = scenario(Process::Fixed, 1);
    let goal = goal(500_000, "2026-12");
    let answer = seek(&scenario, &Beliefs::default(), &goal, &options())
        .unwrap()
        .unwrap();
    assert!((answer.base - 128_000.0).abs() < 1e-6, "{answer:?}");
    assert!((answer.gap - 372_000.0).abs() < 1e-6);
    assert!(answer.chance.abs() < 1e-12);
    let monthly = answer.alone.iter().find(|a| a.plan == 0).unwrap();
    assert!((monthly.per_referral - 48_000.0).abs() < 1e-6);
    assert!((monthly.current - 1.0).abs() < 1e-12);
    assert_eq!(monthly.whole, Some(8));
    assert!((monthly.chance.unwrap() - 1.0).abs() < 1e-12);
    let yearly = answer.alone.iter().find(|a| a.plan == 1).unwrap();
    assert_eq!(yearly.whole, Some(10));
    let mix = answer.mix.unwrap();
    assert!((mix.more - 372_000.0 / (0.75 * 48_000.0 + 0.25 * 40_000.0)).abs() < 1e-9);
    assert!(mix.chance > 0.3 && mix.chance < 0.8, "{mix:?}");
}

#[test]
fn a_goal_already_reached_takes_nothing() {
    let answer = seek(
        &scenario(Process::Fixed, 1),
        &Beliefs::default(),
        &goal(100, "2026-12"),
        &options(),
    )
    .unwrap()
    .unwrap();
    assert!(answer.gap < 0.0 && answer.chance > 0.999);
    assert!(answer.alone.iter().all(|a| a.whole == Some(0)));
}

#[test]
fn refuses_what_it_cannot_answer() {
    let ask = |goal: Goal| {
        seek(
            &scenario(Process::Fixed, 1),
            &Beliefs::default(),
            &goal,
            &options(),
        )
        .unwrap_err()
    };
    assert_eq!(ask(goal(1, "2025-12")), GoalError::Month);
    assert_eq!(ask(goal(1, "2099-12")), GoalError::Month);
    let late = Goal {
        from: "2027-01".parse().unwrap(),
        ..goal(1, "2026-12")
    };
    assert_eq!(ask(late), GoalError::From);
    for weight in [0.0, -1.0, f64::NAN] {
        let odd = Goal {
            mix: vec![(0, Tier::Direct, weight)],
            ..goal(1, "2026-12")
        };
        assert_eq!(ask(odd), GoalError::Mix);
    }
    let unknown = Goal {
        mix: vec![(7, Tier::Direct, 1.0)],
        ..goal(1, "2026-12")
    };
    assert_eq!(ask(unknown), GoalError::Mix);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// With the referrals of the answer the expectation is the target.
    #[test]
    fn the_answer_reaches_the_target(
        target in 0_i64..10_000_000_000, month in 0_i32..40, from in -3_i32..40, renewal in 0_i64..=100, fixed in any::<bool>(),
    ) {
        let process = if fixed { Process::Fixed } else { Process::Poisson };
        let mut scenario = scenario(process, 2);
        scenario.retention = vec![Some(Retention::Constant { renewal: Decimal::new(renewal, 2) }); 2];
        let start = scenario.start;
        let goal = Goal { target, month: start.plus(month), from: start.plus(from), mix: Vec::new() };
        let few = SimulationOptions { paths: Some(5), ..options() };
        let answer = match seek(&scenario, &Beliefs::default(), &goal, &few) {
            Err(error) => {
                prop_assert_eq!(error, GoalError::From);
                return Ok(());
            }
            Ok(answer) => answer.unwrap(),
        };
        for plan in answer.alone {
            let Some(more) = plan.more else { continue };
            let reached = answer.base + more * plan.per_referral;
            prop_assert!(reached >= target as f64 - 1e-6 * target as f64 - 1e-6, "{plan:?}");
            prop_assert!((0.0..=1.0).contains(&plan.chance.unwrap()));
        }
    }
}
