//! The simulation against the analytic engine, and against itself.

use crate::scenarios::{any_scenario, fixed, hundredths, plain, referrals};
use perennial_forecast::assumptions::PayoutTerms;
use perennial_forecast::expected::expect;
use perennial_forecast::{Number, Refusal, SimulationOptions, simulate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::atomic::AtomicBool;

fn options(paths: u32, seed: u64, threads: usize) -> SimulationOptions<'static> {
    SimulationOptions {
        paths: Some(paths),
        seed,
        threads,
        stop: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_mean_of_the_paths_is_the_expectation(scenario in any_scenario(), seed in any::<u64>()) {
        let paths = 2_000;
        let expected = expect(&scenario);
        let simulated = simulate(&scenario, &options(paths, seed, 2)).unwrap().unwrap();
        for month in 0..scenario.months as usize {
            let mean = expected.month(month).net.to_f64();
            let error = expected.sd(month) / f64::from(paths).sqrt();
            // Six standard errors; rare large amounts need a little more room than a normal error would.
            let room = 6.0 * error + 40.0 * error / f64::from(paths).sqrt() + 1e-6;
            let off = simulated.means[month] - mean;
            let rare = expected.sd(month) > 0.2 * f64::from(paths).sqrt() * mean.abs();
            prop_assert!(off.abs() <= room || rare, "month {month}: off by {off}, standard error {error}");
        }
    }

    #[test]
    fn threads_do_not_change_the_result(scenario in any_scenario(), seed in any::<u64>(), paths in 1_u32..40) {
        let one = simulate(&scenario, &options(paths, seed, 1)).unwrap();
        for threads in [2, 3, 64] {
            prop_assert_eq!(&one, &simulate(&scenario, &options(paths, seed, threads)).unwrap());
        }
    }
}

#[test]
fn payouts_are_not_the_threshold_applied_to_means() {
    // One payment of 60.00 with chance one half each month: the mean never reaches 100 in one run, yet some is paid.
    let mut scenario = plain(15_000, 1, 4);
    scenario.trial.conversion = hundredths(50);
    scenario.retention = vec![Some(perennial_forecast::assumptions::Retention::Constant {
        renewal: Decimal::ZERO,
    })];
    scenario.arrivals = fixed(vec![referrals(1, None, None)]);
    scenario.payout = Some(PayoutTerms {
        hold_days: 0,
        minimum: Decimal::ONE_HUNDRED,
        run_day: 15,
        split: None,
    });
    scenario.quantiles = vec![hundredths(10), hundredths(90)];
    let simulated = simulate(&scenario, &options(20_000, 5, 2))
        .unwrap()
        .unwrap();
    let chances: Vec<f64> = simulated.payouts.iter().map(|p| p.probability).collect();
    // Two of two, two of three with the second in the third, …: 1/4, 1/4, 3/16 of the fourth run's.
    for (ours, truth) in chances.iter().zip([0.0, 0.25, 0.25, 0.1875 + 0.0625]) {
        assert!((ours - truth).abs() < 0.015, "{chances:?}");
    }
    let second = &simulated.payouts[1];
    assert_eq!(second.run.to_string(), "2026-02-15");
    assert_eq!(second.quantiles, [0, 12_000]);
    let mean: f64 = second.expected.to_string().parse().unwrap();
    assert!((mean - 30.0).abs() < 2.0, "{mean}");
}

#[test]
fn the_number_of_paths_is_bounded() {
    let mut scenario = plain(9_900, 1, 600);
    scenario.arrivals = fixed(vec![referrals(1_000_000_000, None, None)]);
    let refusal = |paths| {
        simulate(&scenario, &options(paths, 1, 1))
            .unwrap_err()
            .refusal
    };
    assert_eq!(refusal(0), Refusal::OutOfRange);
    assert_eq!(refusal(u32::MAX), Refusal::TooLarge);
    scenario.months = 24;
    let some = SimulationOptions {
        paths: None,
        ..options(1, 1, 2)
    };
    assert!(simulate(&scenario, &some).unwrap().unwrap().paths >= 100);
}

#[test]
fn a_stop_sign_ends_it() {
    let mut scenario = plain(9_900, 1, 24);
    scenario.arrivals = fixed(vec![referrals(5, None, None)]);
    let stop = AtomicBool::new(true);
    let stopped = SimulationOptions {
        stop: Some(&stop),
        ..options(1_000, 1, 2)
    };
    assert_eq!(simulate(&scenario, &stopped), Ok(None));
}
