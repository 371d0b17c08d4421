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
        let (alpha, beta) = posterior.draw(&mut Draw::for_path(1, path));
        drawn += (0..5)
            .map(|age| stay(alpha, beta, f64::from(age)))
            .product::<f64>();
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
        let (alpha, beta) = posterior.draw(&mut Draw::for_path(1, 1));
        prop_assert!(alpha > 0.0 && beta > 0.0 && alpha.is_finite() && beta.is_finite());
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
