//! How fast the engine is: the jobs of `numpy/baseline.py`, printed as `name<TAB>seconds a job`.
//!
//! CPU time of the thread, the best of several rounds; `cargo xtask bench forecast` runs both and divides.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

use perennial_domain::Currency;
use perennial_forecast::assumptions::{
    Arrivals, OpeningRow, Plan, Process, Rates, Refund, Retention, Stream, Tier, Trial,
};
use perennial_forecast::expected::expect_fast;
use perennial_forecast::retention::{Cohorts, Posterior, Prior, sbg};
use perennial_forecast::{Beliefs, Scenario, SimulationOptions, simulate_with};
use rust_decimal::Decimal;
use std::hint::black_box;
use std::time::Instant;

const ALPHA: f64 = 0.668;
const BETA: f64 = 3.806;
const PATHS: u32 = 1_000;

/// Seconds that this thread has been on a processor, to the nanosecond: what `/proc` says of it moves on by whole ticks of
/// several milliseconds, which is longer than a round of the shortest jobs.
#[cfg(target_os = "linux")]
fn on_processor(_begun: Instant) -> f64 {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// By the clock, where the system does not say.
#[cfg(not(target_os = "linux"))]
fn on_processor(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

/// The best round's seconds for one job.
fn best(rounds: u32, repeats: u32, mut job: impl FnMut()) -> f64 {
    job();
    let begun = Instant::now();
    let mut least = f64::INFINITY;
    for _ in 0..rounds {
        let before = on_processor(begun);
        for _ in 0..repeats {
            job();
        }
        least = least.min((on_processor(begun) - before) / f64::from(repeats));
    }
    least
}

/// Prints what a job took.
///
/// # Panics
/// Where it took no time: then nothing was done, or the clock did not move.
fn tell(name: &str, seconds: f64) {
    assert!(
        seconds.is_finite() && seconds > 0.0,
        "“{name}” took {seconds} s: it was not measured"
    );
    println!("{name}\t{seconds:.9}");
}

/// Ten cohorts of 1,000, observed for 3 to 12 periods.
fn cohorts() -> Vec<Vec<u64>> {
    (3..13)
        .map(|periods| {
            let survival = sbg::survival(ALPHA, BETA, periods);
            survival
                .iter()
                .map(|s| (1000.0 * s).round() as u64)
                .collect()
        })
        .collect()
}

/// A small generator for the resampling, which is not timed.
fn uniform(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / 9_007_199_254_740_992.0
}

/// The cohorts drawn again customer by customer, with replacement.
fn resampled(data: &[Vec<u64>], state: &mut u64) -> Vec<Vec<u64>> {
    data.iter()
        .map(|cohort| {
            let mut again = vec![0_u64; cohort.len()];
            for _ in 0..cohort[0] {
                let rank = (uniform(state) * cohort[0] as f64) as u64;
                let lived = cohort.iter().take_while(|&&left| left > rank).count();
                for left in again.iter_mut().take(lived) {
                    *left += 1;
                }
            }
            again
        })
        .collect()
}

fn decimal(value: f64) -> Decimal {
    Decimal::try_from(value).unwrap().round_dp(6)
}

/// Eight monthly plans with renewals of their own.
fn scenario(months: u32) -> Scenario {
    Scenario {
        start: "2026-01".parse().unwrap(),
        months,
        currency: Currency::USD,
        plans: (0..8)
            .map(|p| Plan {
                id: format!("plan {p}"),
                price: Decimal::new(3_960 + 1_000 * p, 2),
                term_months: 1,
            })
            .collect(),
        commission: Rates {
            direct: Decimal::ONE,
            second_tier: Decimal::ONE,
            max_months: None,
        },
        trial: Trial {
            days: 0,
            conversion: Decimal::ONE,
        },
        retention: (0..8)
            .map(|p| {
                Some(Retention::Sbg {
                    alpha: decimal(0.5 + 0.05 * f64::from(p)),
                    beta: decimal(8.0),
                })
            })
            .collect(),
        refund: Refund {
            probability: Decimal::ZERO,
            after_days: 20,
        },
        arrivals: None,
        opening_book: Vec::new(),
        switching: None,
        payout: None,
        quantiles: vec![Decimal::new(5, 2), Decimal::new(5, 1), Decimal::new(95, 2)],
    }
}

fn arrivals(count: u32) -> Arrivals {
    let stream = |plan| Stream {
        plan,
        tier: Tier::Direct,
        count: Decimal::from(count),
        from: None,
        until: None,
        every: 1,
    };
    Arrivals {
        process: Process::Poisson,
        streams: (0..8).map(stream).collect(),
    }
}

fn run(scenario: &Scenario, threads: usize) {
    let options = SimulationOptions {
        paths: Some(PATHS),
        seed: 1,
        threads,
        stop: None,
    };
    let simulated = simulate_with(black_box(scenario), &Beliefs::default(), &options);
    black_box(simulated.unwrap().unwrap());
}

fn wall(mut job: impl FnMut()) -> f64 {
    let times = (0..3).map(|_| {
        let begun = Instant::now();
        job();
        begun.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn main() {
    let data = cohorts();
    let mut state = 88_172_645_463_325_252;
    let again: Vec<_> = (0..1_000).map(|_| resampled(&data, &mut state)).collect();
    let pooled = || Cohorts::new(black_box(&data)).unwrap();
    println!("# fit {:?}", sbg::fit(&pooled()));
    tell(
        "fit",
        best(9, 2_000, || {
            black_box(sbg::fit(&pooled()).unwrap());
        }),
    );
    tell(
        "bootstrap",
        best(5, 5, || {
            for data in &again {
                black_box(sbg::fit(&Cohorts::new(black_box(data)).unwrap()));
            }
        }),
    );
    tell(
        "posterior",
        best(9, 50, || {
            black_box(Posterior::new(&pooled(), &Prior::FLAT).unwrap());
        }),
    );
    let mut running = scenario(60);
    for plan in 0..8 {
        for renewals_made in 0..25 {
            running.opening_book.push(OpeningRow {
                plan,
                tier: Tier::Direct,
                count: 500,
                renewals_made,
                next_due: None,
            });
        }
    }
    tell("thinning", best(3, 1, || run(&running, 1)));
    tell("thinning, wall, 1 thread", wall(|| run(&running, 1)));
    tell("thinning, wall, 2 threads", wall(|| run(&running, 2)));
    let mut arriving = scenario(60);
    arriving.arrivals = Some(arrivals(35));
    tell("arrivals", best(3, 1, || run(&arriving, 1)));
    let mut expected = scenario(60);
    expected.arrivals = Some(arrivals(10));
    expected.trial.conversion = Decimal::new(6, 1);
    expected.refund.probability = Decimal::new(3, 2);
    tell(
        "analytic",
        best(9, 500, || {
            black_box(expect_fast(black_box(&expected)));
        }),
    );
}
