use super::*;
use crate::sample::binomial;
use proptest::prelude::*;

fn regular() -> Cohorts {
    Cohorts::new(&[vec![1000, 631, 468, 382, 326, 289, 262, 241]]).unwrap()
}

#[test]
fn much_data_leads_to_the_likelihood_s_maximum() {
    let counts: Vec<u64> = super::super::sbg::survival(0.668, 3.806, 9)
        .iter()
        .map(|s| (s * 1e10).round() as u64)
        .collect();
    let posterior = Posterior::new(&Cohorts::new(&[counts]).unwrap(), &Prior::FLAT).unwrap();
    let (alpha, beta) = posterior.mean();
    assert!((alpha / 0.668 - 1.0).abs() < 1e-3 && (beta / 3.806 - 1.0).abs() < 1e-3);
    let renewal = posterior.renewal();
    assert!(renewal.high - renewal.low < 1e-4, "{renewal:?}");
}

#[test]
fn the_prior_alone_is_the_prior() {
    let flat = Posterior::of_prior(&Prior::FLAT).unwrap().renewal();
    assert!((flat.mean - 0.5).abs() < 0.01, "{flat:?}");
    assert!(
        (flat.low - 0.1).abs() < 0.03 && (flat.high - 0.9).abs() < 0.03,
        "{flat:?}"
    );
    let firm = Prior {
        renewal: 0.95,
        weight: 20.0,
    };
    let posterior = Posterior::of_prior(&firm).unwrap();
    assert!((posterior.renewal().mean - 0.95).abs() < 0.003);
    assert!(posterior.seen() == 0.0);
}

/// The posterior mean of S(1) by plain integration on a far finer and wider grid.
#[test]
fn agrees_with_brute_integration() {
    for data in [
        &[30_u64, 27, 26][..],
        &[1000, 631, 468, 382],
        &[5, 5],
        &[8, 0],
    ] {
        let cohorts = Cohorts::new(&[data.to_vec()]).unwrap();
        let (mut sum, mut mean, mut later) = (0.0, 0.0, 0.0);
        let geometric = super::super::geometric::fit(&cohorts).log_likelihood;
        let fitted = super::super::sbg::fit(&cohorts).map_or(geometric, |fit| fit.log_likelihood);
        let peak = fitted.max(geometric);
        for i in 1..600 {
            let leave = f64::from(i) / 600.0;
            for j in 1..600 {
                let size = 600.0 / f64::from(j) - 1.0;
                let (alpha, beta) = (leave * size, (1.0 - leave) * size);
                let fall = super::super::sbg::log_likelihood(&cohorts, alpha, beta);
                let weight = (fall - peak).exp();
                sum += weight;
                mean += weight * (1.0 - leave);
                later += weight * (1.0 - leave) * (beta + 1.0) / (size + 1.0);
            }
        }
        let survival = Posterior::new(&cohorts, &Prior::FLAT).unwrap().survival(2);
        assert!(
            (survival[1] - mean / sum).abs() < 2e-3,
            "{data:?}: {survival:?} {}",
            mean / sum
        );
        assert!(
            (survival[2] - later / sum).abs() < 3e-3,
            "{data:?}: {survival:?} {}",
            later / sum
        );
    }
}

#[test]
fn draws_follow_the_cells() {
    let posterior = Posterior::new(&regular(), &Prior::FLAT).unwrap();
    let mean = posterior.survival(5);
    let mut drawn = 0.0;
    for path in 0..4_000 {
        let parameters = posterior.draw(&mut Draw::for_path(1, path));
        drawn += parameters.survival(0).nth(4).unwrap();
    }
    assert!((drawn / 4_000.0 - mean[5]).abs() < 2e-3);
}

#[test]
fn the_equivalent_curve_is_the_mean_curve() {
    for data in [vec![30, 27, 26], vec![1000, 631, 468, 382, 326]] {
        let posterior = Posterior::new(&Cohorts::new(&[data]).unwrap(), &Prior::FLAT).unwrap();
        let mean = posterior.survival(24);
        let curve = crate::retention::conditional_survival::<f64>(posterior.equivalent(24), 0, 24);
        for (ours, truth) in curve.iter().zip(&mean) {
            assert!((ours - truth).abs() < 0.02, "{ours} {truth}");
        }
    }
}

/// 95% predictive intervals of those still there, over simulated cohorts; beside them what the plain fit's own
/// binomial intervals cover.
#[test]
fn predictive_intervals_cover_what_they_say() {
    let curves = [(0.704, 1.182), (0.668, 3.806), (1.5, 28.0), (4.0, 20.0)];
    let (seen, ahead) = (6_usize, 5_u32);
    for (customers, rounds) in [(30_u64, 150), (100, 150), (1_000, 150)] {
        let (mut hits, mut plain, mut all) = (0.0, 0.0, 0.0);
        for (k, &(alpha, beta)) in curves.iter().enumerate() {
            for round in 0..rounds {
                let mut draw = Draw::for_path(customers + k as u64, round);
                let mut counts = vec![customers];
                for age in 0..seen as u32 + ahead {
                    let left = *counts.last().unwrap();
                    counts.push(binomial(&mut draw, left, stay(alpha, beta, f64::from(age))));
                }
                let (now, then) = (counts[seen], counts[seen + ahead as usize]);
                let cohorts = Cohorts::new(&[counts[..=seen].to_vec()]).unwrap();
                let posterior = Posterior::new(&cohorts, &Prior::FLAT).unwrap();
                let (low, high) = posterior.predict(now, seen as u32, ahead).interval(0.95);
                hits += f64::from(u8::from((low..=high).contains(&then)));
                let fit = crate::retention::fit(
                    &cohorts,
                    crate::retention::Choice::Only(crate::retention::Model::Sbg),
                );
                let share = fit.survival[seen + ahead as usize] / fit.survival[seen].max(1e-300);
                let (low, high) = CountPrediction::new(now, vec![(share, 1.0)]).interval(0.95);
                plain += f64::from(u8::from((low..=high).contains(&then)));
                all += 1.0;
            }
        }
        println!(
            "cohorts of {customers}: 95% intervals cover {:.1}%, of the plain fit {:.1}% ({all} cohorts)",
            100.0 * hits / all,
            100.0 * plain / all
        );
        assert!(
            (hits / all - 0.95).abs() <= 0.03,
            "{customers}: {}",
            hits / all
        );
    }
}

/// One simulated cohort: those left after 0, 1, 2 … renewals under the hazards of a curve.
fn simulated(draw: &mut Draw, customers: u64, survival: &[f64]) -> Vec<u64> {
    let mut counts = vec![customers];
    for pair in survival.windows(2) {
        let left = *counts.last().unwrap();
        counts.push(binomial(draw, left, pair[1] / pair[0]));
    }
    counts
}

/// How often 95% predictive intervals hold what came.
struct Covered {
    /// Limits included, as they are shown.
    shown: f64,
    /// Limits counted with the part of their own chance that lies within: what a continuous outcome would give.
    fair: f64,
    /// The chance that the intervals themselves give to what lies within the limits, on average.
    promised: f64,
    cohorts: f64,
}

impl Covered {
    fn print(&self, what: &str, customers: u64) {
        println!(
            "{what}, cohorts of {customers}: 95% intervals cover {:.1}% ± {:.1}, with limits in part {:.1}%, and promise {:.1}%",
            100.0 * self.shown,
            100.0 * (self.shown * (1.0 - self.shown) / self.cohorts).sqrt(),
            100.0 * self.fair,
            100.0 * self.promised
        );
    }
}

/// 95% predictive intervals of who is left five renewals after `seen` of them.
///
/// A count has few values, so its interval holds more than 95%, and the fewer are left the more: whole limits cannot cut
/// off 2.5% exactly. How much of what is covered that is, the chances of the limits tell (the probability integral
/// transform of counts: Czado, Gneiting & Held, Biometrics 65 (2009) 1254–1261).
fn covered(
    curves: &[Vec<f64>],
    customers: u64,
    seen: usize,
    rounds: u64,
    posterior: impl Fn(&Cohorts) -> Posterior,
) -> Covered {
    let ahead = 5;
    let mut all = Covered {
        shown: 0.0,
        fair: 0.0,
        promised: 0.0,
        cohorts: 0.0,
    };
    for (k, curve) in curves.iter().enumerate() {
        for round in 0..rounds {
            let mut draw = Draw::for_path(customers + 7 * k as u64, round);
            let counts = simulated(&mut draw, customers, &curve[..=seen + ahead]);
            let Ok(cohorts) = Cohorts::new(&[counts[..=seen].to_vec()]) else {
                continue;
            };
            let count = posterior(&cohorts).predict(counts[seen], seen as u32, ahead as u32);
            let (low, high) = count.interval(0.95);
            let came = counts[seen + ahead];
            let below = |x: u64| x.checked_sub(1).map_or(0.0, |x| count.cdf(x));
            let (from, to) = (below(came), count.cdf(came));
            all.shown += f64::from(u8::from((low..=high).contains(&came)));
            all.fair += (to.min(0.975) - from.max(0.025)).max(0.0) / (to - from).max(1e-300);
            all.promised += count.cdf(high) - below(low);
            all.cohorts += 1.0;
        }
    }
    all.shown /= all.cohorts;
    all.fair /= all.cohorts;
    all.promised /= all.cohorts;
    all
}

#[test]
fn geometric_intervals_cover_what_they_say() {
    let curves: Vec<Vec<f64>> = [0.04, 0.1, 0.3]
        .map(|theta| super::super::geometric::survival(theta, 11))
        .to_vec();
    for customers in [30, 100, 1_000] {
        let share = covered(&curves, customers, 6, 200, |cohorts| {
            Posterior::of_model(cohorts, &Prior::FLAT, Model::Geometric).unwrap()
        });
        share.print("geometric", customers);
        assert!(
            (share.shown - 0.95).abs() <= 0.03,
            "{customers}: {}",
            share.shown
        );
    }
}

#[test]
fn weibull_intervals_cover_what_they_say() {
    let truths = [
        [1.5, 8.0, 1.3],
        [2.0, 15.0, 0.7],
        [0.8, 2.0, 1.6],
        [0.8, 3.0, 0.6],
        [80.0, 920.0, 1.0],
        [0.668, 3.806, 1.0],
    ];
    let curves: Vec<Vec<f64>> = truths
        .map(|parameters| super::super::bdw::survival(parameters, 14))
        .to_vec();
    // Of few customers so much is chance that the share is only known from many cohorts: of 960 to ±0.6 points.
    for (customers, rounds) in [(30, 160), (100, 50), (1_000, 50)] {
        let share = covered(&curves, customers, 8, rounds, |cohorts| {
            Posterior::of_model(cohorts, &Prior::FLAT, Model::Bdw).unwrap()
        });
        share.print("beta-discrete-Weibull", customers);
        for share in [share.shown, share.fair] {
            assert!((share - 0.95).abs() <= 0.03, "{customers}: {share}");
        }
    }
}

#[test]
fn intervals_of_the_model_that_is_chosen_cover_what_they_say() {
    let mut curves = vec![
        super::super::geometric::survival(0.08, 14),
        super::super::sbg::survival(0.668, 3.806, 14),
        super::super::sbg::survival(4.0, 20.0, 14),
        super::super::bdw::survival([1.5, 8.0, 1.3], 14),
        super::super::bdw::survival([2.0, 15.0, 0.7], 14),
    ];
    // One hazard that falls from period to period faster than any mixture makes it, and rises again.
    curves.push(super::super::bdw::survival([0.8, 3.0, 0.6], 14));
    for customers in [30, 100, 1_000] {
        let share = covered(&curves, customers, 8, 30, |cohorts| {
            Posterior::chosen(cohorts, &Prior::FLAT).unwrap()
        });
        share.print("the model chosen", customers);
        assert!(
            (share.shown - 0.95).abs() <= 0.03,
            "{customers}: {}",
            share.shown
        );
    }
}

/// θ ~ Beta: its moments are known exactly.
#[test]
fn the_geometric_posterior_is_its_beta() {
    let cohorts = Cohorts::new(&[vec![40, 31, 26]]).unwrap();
    let posterior = Posterior::of_model(&cohorts, &Prior::FLAT, Model::Geometric).unwrap();
    assert_eq!(posterior.model(), Model::Geometric);
    let (lost, kept) = (14.0 + 1.0, 57.0 + 1.0);
    let all: f64 = lost + kept;
    let survival = posterior.survival(2);
    assert!((survival[1] - kept / all).abs() < 1e-6);
    assert!((survival[2] - kept / all * (kept + 1.0) / (all + 1.0)).abs() < 1e-6);
    let mean: f64 = (0..20_000)
        .map(|path| {
            let parameters = posterior.draw(&mut Draw::for_path(3, path));
            parameters.survival(4).next().unwrap()
        })
        .sum::<f64>()
        / 2e4;
    assert!((mean - kept / all).abs() < 2e-3, "{mean}");
}

/// Much data leaves one answer; where the clock runs evenly it is that of sBG.
#[test]
fn the_weibull_posterior_finds_the_parameters_and_agrees_with_the_even_clock() {
    let truth = [1.5, 8.0, 1.4];
    let curve = super::super::bdw::survival(truth, 20);
    let counts = |size: f64| {
        curve[..=14]
            .iter()
            .map(|s| (s * size).round() as u64)
            .collect()
    };
    let much = Cohorts::new(&[counts(1e7)]).unwrap();
    let posterior = Posterior::chosen(&much, &Prior::FLAT).unwrap();
    assert_eq!(posterior.model(), Model::Bdw);
    for (ours, true_value) in posterior.survival(20).iter().zip(&curve) {
        assert!((ours - true_value).abs() < 2e-3, "{ours} {true_value}");
    }
    assert!(matches!(posterior.equivalent(20), Retention::Bdw { .. }));
    let drawn = posterior
        .draw(&mut Draw::for_path(1, 1))
        .survival(3)
        .nth(2)
        .unwrap();
    assert!((drawn - curve[6] / curve[3]).abs() < 0.02, "{drawn}");
    let even = vec![
        9_000, 6_400, 5_000, 4_150, 3_550, 3_120, 2_800, 2_550, 2_340,
    ];
    let even = Cohorts::new(&[even]).unwrap();
    let of = |model| Posterior::of_model(&even, &Prior::FLAT, model).unwrap();
    let (free, plain) = (of(Model::Bdw).survival(8), of(Model::Sbg).survival(8));
    for (ours, other) in free.iter().zip(&plain) {
        assert!((ours - other).abs() < 5e-3, "{ours} {other}");
    }
    // Few who left say nothing of a clock.
    let few = Cohorts::new(&[vec![30, 27, 26, 25, 24]]).unwrap();
    let few = Posterior::chosen(&few, &Prior::FLAT).unwrap();
    assert_eq!(few.model(), Model::Sbg);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_ever_not_a_number(
        first in 1_u64..1_000_000_000_000, stays in prop::collection::vec(0.0_f64..=1.0, 0..15), extreme in any::<bool>(),
        renewal in 0.001_f64..0.999, weight in 0.01_f64..1e6, age in 0_u32..10_000, ahead in 0_u32..100,
    ) {
        let mut counts = vec![first];
        for stay in stays {
            let stay = if extreme { stay.round() } else { stay };
            counts.push((*counts.last().unwrap() as f64 * stay) as u64);
        }
        let prior = Prior { renewal, weight };
        let posterior = match Cohorts::new(&[counts]) {
            Ok(cohorts) => Posterior::new(&cohorts, &prior).unwrap(),
            Err(_) => Posterior::of_prior(&prior).unwrap(),
        };
        let survival = posterior.survival(30);
        prop_assert!(survival.iter().all(|s| (0.0..=1.0).contains(s)));
        prop_assert!(survival.windows(2).all(|w| w[1] <= w[0]));
        for (low, high) in posterior.survival_interval(5, 0.8) {
            prop_assert!(0.0 <= low && low <= high && high <= 1.0);
        }
        let drawn: Vec<f64> = posterior.draw(&mut Draw::for_path(1, 1)).survival(0).take(9).collect();
        prop_assert!(drawn.iter().all(|s| (0.0..=1.0).contains(s)));
        let count = posterior.predict(first, age, ahead);
        let (low, high) = count.interval(0.9);
        prop_assert!(low <= high && high <= first && count.mean().is_finite());
        let mean = posterior.mean();
        prop_assert!(mean.0.is_finite() && mean.1.is_finite());
    }
}

#[test]
fn refuses_a_prior_out_of_range() {
    for (renewal, weight) in [
        (0.0, 1.0),
        (1.0, 1.0),
        (f64::NAN, 1.0),
        (0.5, 0.0),
        (0.5, f64::INFINITY),
    ] {
        let prior = Prior { renewal, weight };
        assert_eq!(Posterior::of_prior(&prior), Err(PosteriorError::Prior));
    }
}
