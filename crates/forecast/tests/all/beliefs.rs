//! Simulations that draw what is not known for sure.

use crate::scenarios::{any_scenario, fixed, hundredths, plain, referrals};
use perennial_forecast::arrivals::{fit::fit_arrivals, mix::ArrivalMix};
use perennial_forecast::assumptions::{
    Arrivals, OpeningRow, PayoutTerms, Process, Retention, SplitRelease, Tier,
};
use perennial_forecast::beliefs::{ArrivalBelief, Share};
use perennial_forecast::expected::expect;
use perennial_forecast::retention::{Cohorts, Posterior, Prior};
use perennial_forecast::{
    Beliefs, Month, Number, Refusal, Scenario, SimulationOptions, draw_paths, simulate,
    simulate_with,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn options(paths: u32, threads: usize) -> SimulationOptions<'static> {
    SimulationOptions {
        paths: Some(paths),
        seed: 8,
        threads,
        stop: None,
    }
}

fn posterior(counts: &[u64]) -> Posterior {
    let cohorts = Cohorts::new(&[counts.to_vec()]).unwrap();
    Posterior::new(&cohorts, &Prior::FLAT).unwrap()
}

fn running(count: u64, renewals_made: u32) -> OpeningRow {
    OpeningRow {
        plan: 0,
        tier: Tier::Direct,
        count,
        renewals_made,
        next_due: None,
    }
}

/// A book of 500 and 10 referrals a month, with little known of either.
fn uncertain() -> (Scenario, Beliefs) {
    let posterior = posterior(&[40, 34, 31, 29]);
    let fit = fit_arrivals("2025-07".parse().unwrap(), &[8, 12, 10, 9, 11, 10]).unwrap();
    let mut scenario = plain(10_000, 1, 18);
    scenario.opening_book = vec![running(500, 0)];
    scenario.arrivals = fixed(vec![referrals(10, None, None)]);
    scenario.retention = vec![Some(posterior.equivalent(24))];
    scenario.refund.probability = hundredths(3);
    scenario.refund.after_days = 20;
    let beliefs = Beliefs {
        retention: vec![posterior],
        plans: vec![Some(0)],
        arrivals: vec![ArrivalBelief {
            plan: 0,
            tier: Tier::Direct,
            fit,
            share: None,
        }],
        conversion: None,
        refund: Some(Share { yes: 3.0, no: 97.0 }),
    };
    (scenario, beliefs)
}

#[test]
fn the_middle_stays_and_the_ranges_grow() {
    let (scenario, beliefs) = uncertain();
    let certain = simulate(&scenario, &options(3_000, 2)).unwrap().unwrap();
    let believed = simulate_with(&scenario, &beliefs, &options(3_000, 2))
        .unwrap()
        .unwrap();
    let expected = expect(&scenario);
    for month in [0, 6, 17] {
        let mean = expected.month(month).net.to_f64();
        assert!((believed.means[month] / mean - 1.0).abs() < 0.02, "{month}");
    }
    assert!(believed.deviations[12] > 2.0 * certain.deviations[12]);
    assert!((certain.deviations[12] / expected.sd(12) - 1.0).abs() < 0.5);
    assert!(believed.total_deviation > 2.0 * certain.total_deviation);
}

#[test]
fn what_does_not_differ_keeps_its_numbers() {
    let (mut scenario, beliefs) = uncertain();
    let mut second = scenario.plans[0].clone();
    second.id = "another".to_owned();
    scenario.plans.push(second);
    scenario.retention.push(scenario.retention[0]);
    let alone = draw_paths(&scenario, &beliefs, &options(50, 1))
        .unwrap()
        .unwrap();
    // Customers of a plan that earns nothing change no path, though they are drawn.
    scenario.plans[1].price = Decimal::ZERO;
    let mut free = referrals(7, None, None);
    free.plan = 1;
    scenario.arrivals.as_mut().unwrap().streams.insert(0, free);
    scenario.opening_book.insert(
        0,
        OpeningRow {
            plan: 1,
            ..running(30, 4)
        },
    );
    let beside = draw_paths(&scenario, &beliefs, &options(50, 1))
        .unwrap()
        .unwrap();
    assert_eq!(alone.totals(), beside.totals());
    assert_eq!(alone.nets(9), beside.nets(9));
    // Rows that are alike are still different people.
    scenario.opening_book = vec![running(100, 2)];
    let one = draw_paths(&scenario, &Beliefs::default(), &options(800, 1))
        .unwrap()
        .unwrap();
    scenario.opening_book = vec![running(50, 2), running(50, 2)];
    let two = simulate(&scenario, &options(800, 1)).unwrap().unwrap();
    let ratio = two.deviations[5] / one.summary(&scenario, None).unwrap().deviations[5];
    assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
}

#[test]
fn a_stop_sign_is_seen_soon() {
    let mut scenario = plain(9_900, 1, 600);
    scenario.arrivals = fixed(vec![referrals(1_000_000_000, None, None)]);
    let stop = AtomicBool::new(false);
    let long = SimulationOptions {
        stop: Some(&stop),
        ..options(2_000, 2)
    };
    // Fifty milliseconds on an idle machine; others may be at work on this one, though not at each of the tries.
    let mut tries = Vec::new();
    while tries.len() < 6 {
        stop.store(false, Ordering::Relaxed);
        let Some(took) = seen_after(&scenario, &long, &stop) else {
            return;
        };
        if took < Duration::from_millis(500) {
            return;
        }
        tries.push(took);
    }
    panic!("{tries:?}");
}

/// How long a simulation goes on after it is to stop; none where it had ended by itself.
fn seen_after(
    scenario: &Scenario,
    long: &SimulationOptions<'_>,
    stop: &AtomicBool,
) -> Option<Duration> {
    std::thread::scope(|scope| {
        let run = scope.spawn(|| {
            let result = simulate(scenario, long);
            (result, Instant::now())
        });
        std::thread::sleep(Duration::from_millis(100));
        let begun = Instant::now();
        stop.store(true, Ordering::Relaxed);
        let (result, ended) = run.join().unwrap();
        (result == Ok(None)).then(|| ended.saturating_duration_since(begun))
    })
}

#[test]
fn a_split_commission_is_paid_in_two_runs() {
    let mut scenario = plain(10_000, 12, 6);
    scenario.arrivals = fixed(vec![referrals(1, None, Some("2026-01"))]);
    scenario.payout = Some(PayoutTerms {
        hold_days: 0,
        minimum: Decimal::ZERO,
        run_day: 15,
        split: Some(SplitRelease {
            first: hundredths(40),
            rest_after_days: 60,
        }),
    });
    let paid = |scenario: &Scenario| -> Vec<String> {
        let simulated = simulate(scenario, &options(1, 1)).unwrap().unwrap();
        simulated
            .payouts
            .iter()
            .map(|p| p.expected.to_string())
            .collect()
    };
    // 40.00 on 1 January: 16.00 at once, 24.00 on 2 March.
    assert_eq!(
        paid(&scenario),
        ["16.00", "0.00", "24.00", "0.00", "0.00", "0.00"]
    );
    // Refunded after 20 days: the first part is a debt, the rest is never released.
    scenario.refund.probability = Decimal::ONE;
    scenario.refund.after_days = 20;
    assert_eq!(
        paid(&scenario),
        ["16.00", "0.00", "0.00", "0.00", "0.00", "0.00"]
    );
    scenario.payout.as_mut().unwrap().hold_days = 61;
    let error = scenario.check().unwrap_err();
    assert_eq!(error.at, "payout.split.rest_after_days");
}

#[test]
fn beliefs_that_do_not_fit_are_refused() {
    let (scenario, beliefs) = uncertain();
    let refused =
        |beliefs: Beliefs| simulate_with(&scenario, &beliefs, &options(1, 1)).unwrap_err();
    let odd = Beliefs {
        plans: vec![Some(3)],
        ..beliefs.clone()
    };
    assert_eq!(refused(odd).at, "beliefs.plans[0]");
    let share = Share {
        yes: 0.0,
        no: f64::NAN,
    };
    let odd = Beliefs {
        conversion: Some(share),
        ..beliefs.clone()
    };
    assert_eq!(refused(odd).refusal, Refusal::OutOfRange);
    let mut odd = beliefs;
    odd.arrivals[0].plan = 9;
    assert_eq!(refused(odd).refusal, Refusal::UnknownPlan);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn threads_do_not_change_the_result(
        scenario in any_scenario(), counts in prop::collection::vec(0_u64..50, 1..30), first in 1_u64..1_000, stay in 0.0_f64..1.0,
    ) {
        let second = (first as f64 * stay) as u64;
        let fit = fit_arrivals("2024-01".parse().unwrap(), &counts).unwrap();
        let belief = |plan| ArrivalBelief { plan, tier: Tier::Direct, fit: fit.clone(), share: None };
        let beliefs = Beliefs {
            retention: vec![posterior(&[first, second])],
            plans: vec![Some(0), None, Some(0)],
            arrivals: vec![belief(0), belief(2)],
            conversion: Some(Share { yes: 5.0, no: 2.0 }),
            refund: Some(Share { yes: 0.5, no: 20.0 }),
        };
        let one = simulate_with(&scenario, &beliefs, &options(23, 1)).unwrap();
        for threads in [2, 5] {
            prop_assert_eq!(&one, &simulate_with(&scenario, &beliefs, &options(23, threads)).unwrap());
        }
        prop_assert!(one.unwrap().deviations.iter().all(|d| d.is_finite()));
    }
}

/// Two plans of one flow rise and fall together; what each path's total strays by is that of the flow alone.
#[test]
fn shares_of_one_flow_stray_together() {
    let start: Month = "2026-01".parse().unwrap();
    let counts = [vec![8_u64; 12], vec![4; 12]];
    let mix = ArrivalMix::new(start.plus(-12), &counts).unwrap();
    let mut scenario = plain(10_000, 1, 12);
    scenario.plans.push(scenario.plans[0].clone());
    scenario.plans[1].id = "other".to_owned();
    scenario.retention = vec![
        Some(Retention::Constant {
            renewal: Decimal::ZERO
        });
        2
    ];
    let streams = (0..2).flat_map(|plan| mix.streams(plan, plan, Tier::Direct, start, 12));
    scenario.arrivals = Some(Arrivals {
        process: Process::Poisson,
        streams: streams.collect(),
    });
    let beliefs = Beliefs {
        arrivals: (0..2)
            .filter_map(|plan| mix.belief(plan, plan, Tier::Direct))
            .collect(),
        ..Beliefs::default()
    };
    let options = SimulationOptions {
        paths: Some(4_000),
        seed: 5,
        threads: 2,
        stop: None,
    };
    let both = simulate_with(&scenario, &beliefs, &options)
        .unwrap()
        .unwrap();
    // Together they stray as the flow itself does, were it one plan.
    let mut one = scenario.clone();
    one.arrivals = Some(Arrivals {
        process: Process::Poisson,
        streams: mix.flow().unwrap().streams(0, Tier::Direct, start, 12),
    });
    let flow = Beliefs {
        arrivals: vec![ArrivalBelief {
            plan: 0,
            tier: Tier::Direct,
            fit: mix.flow().unwrap().clone(),
            share: None,
        }],
        ..Beliefs::default()
    };
    let alone = simulate_with(&one, &flow, &options).unwrap().unwrap();
    let ratio = both.total_deviation / alone.total_deviation;
    assert!((ratio - 1.0).abs() < 0.08, "{ratio}");
    // Were each fitted alone, their errors would cancel.
    let apart = Beliefs {
        arrivals: (0..2)
            .map(|plan| ArrivalBelief {
                plan,
                tier: Tier::Direct,
                fit: fit_arrivals(start.plus(-12), &counts[plan]).unwrap(),
                share: None,
            })
            .collect(),
        ..Beliefs::default()
    };
    let apart = simulate_with(&scenario, &apart, &options).unwrap().unwrap();
    assert!(apart.total_deviation < 0.95 * both.total_deviation);
}
