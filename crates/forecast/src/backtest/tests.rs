use super::*;
use crate::assumptions::Tier;
use crate::calendar::anchored;
use crate::draw::Draw;
use crate::history::{End, HistoryPlan, Referral};
use crate::sample::poisson;
use chrono::NaiveDate;
use proptest::prelude::*;

/// A book simulated customer by customer: sBG renewals, Poisson arrivals.
fn book(months: i32, rate: f64, seed: u64) -> History {
    let first: Month = "2023-01".parse().unwrap();
    let last = first.plus(months - 1);
    let plan = |term_months, commission, group| HistoryPlan {
        id: format!("every {term_months}"),
        term_months,
        commission,
        tier: Tier::Direct,
        group,
    };
    let plans = vec![plan(1, 3_960, 0), plan(12, 39_600, 1)];
    let mut draw = Draw::for_path(seed, 0);
    let mut referrals = Vec::new();
    for month in 0..months {
        for (plan, rate, alpha, beta) in [(0, rate, 0.7, 6.0), (1, 0.2 * rate, 1.0, 3.0)] {
            for _ in 0..poisson(&mut draw, rate) {
                let day = 1 + (draw.uniform() * 28.0) as u32;
                let first = first.plus(month).day(day);
                referrals.push(life(&mut draw, plan, first, last, alpha, beta));
            }
        }
    }
    History::new(first, last, plans, referrals).unwrap()
}

fn life(
    draw: &mut Draw,
    plan: usize,
    first: NaiveDate,
    last: Month,
    alpha: f64,
    beta: f64,
) -> Referral {
    let term = if plan == 0 { 1 } else { 12 };
    let mut referral = Referral {
        plan,
        first,
        entry: 0,
        paid: 0,
        end: End::Paying,
    };
    let refund = first + chrono::Days::new(20);
    if draw.uniform() < 0.03 && refund <= last.day(31) {
        referral.end = End::Refunded { on: refund };
        return referral;
    }
    let leave = draw.beta(alpha, beta);
    while anchored(first, (referral.paid + 1) * term) <= last.day(31) {
        if draw.uniform() < leave {
            referral.end = End::Lost;
            break;
        }
        referral.paid += 1;
    }
    referral
}

fn options() -> BacktestOptions<'static> {
    BacktestOptions {
        ahead: 6,
        origins: 12,
        least_history: 8,
        currency: Currency::USD,
        max_months: None,
        priors: &[],
        paths: 300,
        seed: 1,
        threads: 1,
        stop: None,
    }
}

#[test]
fn the_engine_beats_what_anybody_can_do() {
    let (mut ours, mut others) = ([0.0; 3], [[0.0; 3]; 3]);
    let (mut inside, mut all) = (0.0, 0.0);
    for seed in 0..4 {
        let result = backtest(&book(30, 12.0, seed), &options())
            .unwrap()
            .unwrap();
        assert_eq!(result.origins.len(), 12);
        for (s, series) in result.series.iter().enumerate() {
            assert_eq!(series.points.len(), series.methods[0].scores.count);
            ours[s] += series.methods[0].scores.crps;
            for (m, other) in others.iter_mut().enumerate() {
                other[s] += series.methods[m + 1].scores.crps;
            }
            let scores = &series.methods[0].scores;
            inside += scores.coverage[1].1 * scores.count as f64;
            all += scores.count as f64;
        }
    }
    println!(
        "CRPS of net, arrivals, renewals: {ours:?}; last value, seasonal naive, constant churn: {others:?}"
    );
    println!("90% intervals cover {:.1}%", 100.0 * inside / all);
    for (s, ours) in ours.iter().enumerate() {
        for (m, other) in others.iter().enumerate() {
            // Where arrivals are constant an average of them is as good as a fit.
            let room = if m == 2 { 1.1 } else { 1.0 };
            assert!(
                *ours < room * other[s],
                "series {s} against method {}",
                m + 1
            );
        }
    }
    assert!((0.8..=0.99).contains(&(inside / all)), "{}", inside / all);
}

#[test]
fn one_seed_gives_one_result_on_any_number_of_threads() {
    let history = book(14, 4.0, 9);
    let one = backtest(&history, &options()).unwrap();
    let three = BacktestOptions {
        threads: 3,
        ..options()
    };
    assert_eq!(one, backtest(&history, &three).unwrap());
}

#[test]
fn refuses_what_it_cannot_do() {
    let history = book(8, 4.0, 9);
    let error = backtest(&history, &options()).unwrap_err();
    assert_eq!(
        error,
        BacktestError::TooShort {
            months: 8,
            needed: 9
        }
    );
    for (name, odd) in [
        (
            "ahead",
            BacktestOptions {
                ahead: 25,
                ..options()
            },
        ),
        (
            "origins",
            BacktestOptions {
                origins: 0,
                ..options()
            },
        ),
        (
            "least_history",
            BacktestOptions {
                least_history: 2,
                ..options()
            },
        ),
        (
            "paths",
            BacktestOptions {
                paths: 10_001,
                ..options()
            },
        ),
    ] {
        assert_eq!(
            backtest(&history, &odd).unwrap_err(),
            BacktestError::Option(name)
        );
    }
    let stop = AtomicBool::new(true);
    let stopped = BacktestOptions {
        stop: Some(&stop),
        ..options()
    };
    assert_eq!(backtest(&book(20, 4.0, 9), &stopped), Ok(None));
}

/// A small book as most are: few referrals, spread over many plans of very different commissions.
fn small_book(months: i32, growth: f64, seed: u64) -> History {
    let first: Month = "2023-01".parse().unwrap();
    let last = first.plus(months - 1);
    let cells = [
        (1, 3_960, 1.6),
        (1, 7_960, 0.8),
        (12, 39_600, 0.5),
        (12, 79_900, 0.3),
        (1, 990, 0.5),
        (1, 15_960, 0.2),
        (12, 109_900, 0.15),
        (12, 9_900, 0.1),
    ];
    let plans = cells
        .iter()
        .enumerate()
        .map(|(i, &(term_months, commission, _))| HistoryPlan {
            id: i.to_string(),
            term_months,
            commission,
            tier: Tier::Direct,
            group: usize::from(term_months == 12),
        });
    let mut draw = Draw::for_path(seed, 0);
    let mut referrals = Vec::new();
    for month in 0..months {
        let grown = (growth * f64::from(month)).exp();
        for (plan, &(term, _, rate)) in cells.iter().enumerate() {
            let (alpha, beta) = if term == 1 { (0.7, 6.0) } else { (1.0, 3.0) };
            for _ in 0..poisson(&mut draw, rate * grown) {
                let day = 1 + (draw.uniform() * 28.0) as u32;
                let first = first.plus(month).day(day);
                let rhythm = usize::from(term == 12);
                let one = life(&mut draw, rhythm, first, last, alpha, beta);
                referrals.push(Referral { plan, ..one });
            }
        }
    }
    History::new(first, last, plans.collect(), referrals).unwrap()
}

/// The ranges of one small book fall together, so only many of them tell whether they hold what they say.
#[test]
fn ranges_of_small_books_hold_what_they_say() {
    for growth in [0.0, 0.03] {
        let (mut shares, mut all) = ([0.0; 3], 0.0);
        for seed in 0..24 {
            let options = BacktestOptions {
                least_history: 6,
                ..options()
            };
            let result = backtest(&small_book(18, growth, seed), &options);
            let result = result.unwrap().unwrap();
            for (share, series) in shares.iter_mut().zip(&result.series) {
                let scores = &series.methods[0].scores;
                let of_80 = scores.coverage.iter().find(|(l, _)| (l - 0.8).abs() < 1e-9);
                *share += of_80.unwrap().1 * scores.count as f64;
            }
            all += result.series[0].methods[0].scores.count as f64;
        }
        let shares = shares.map(|share| share / all);
        println!("growth {growth}: 80% ranges of net, arrivals, renewals hold {shares:.3?}");
        for share in shares {
            assert!(
                (0.74..=0.93).contains(&share),
                "growth {growth}: {shares:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_score_is_a_number(months in 9_i32..26, rate in 0.0_f64..8.0, seed in any::<u64>()) {
        let few = BacktestOptions { paths: 40, ahead: 14, ..options() };
        let result = backtest(&book(months, rate, seed), &few).unwrap().unwrap();
        for series in &result.series {
            for method in &series.methods {
                let scores = &method.scores;
                prop_assert!(scores.crps.is_finite() && scores.crps >= 0.0, "{method:?}");
                prop_assert!(scores.mase.is_none_or(f64::is_finite) && scores.mean_error.is_finite());
            }
        }
    }
}
