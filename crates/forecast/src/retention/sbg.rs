//! The shifted-beta-geometric model: customers differ, and the ones who stay are the ones who tend to stay.
//!
//! Fader & Hardie, “How to project customer retention”, Journal of Interactive Marketing 21 (2007) 76–90. The chance
//! of leaving is Beta(α, β) over customers; hence the hazard of period t is α/(α+β+t−1), a rational function, and
//! the log-likelihood, its slope and its curvature need no gamma function.

use super::Cohorts;

/// A finite sBG fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sbg {
    /// α > 0.
    pub alpha: f64,
    /// β > 0.
    pub beta: f64,
    /// From the observed information; `None` where the likelihood is too flat to say.
    pub standard_errors: Option<[f64; 2]>,
    /// The maximum of the log-likelihood.
    pub log_likelihood: f64,
}

/// α+β below or above which the maximum counts as lying at a limit: everybody alike (geometric), or leaving at
/// once or never.
const SIZES: (f64, f64) = (1e-5, 1e7);

/// The log-likelihood at (α, β).
pub fn log_likelihood(cohorts: &Cohorts, alpha: f64, beta: f64) -> f64 {
    cohorts
        .rows()
        .map(|(t, lost, kept)| {
            let all = alpha + beta + (t - 1.0);
            let left = if lost > 0.0 {
                lost * (alpha / all).ln()
            } else {
                0.0
            };
            let stayed = if kept > 0.0 {
                kept * (-alpha / all).ln_1p()
            } else {
                0.0
            };
            left + stayed
        })
        .sum()
}

/// Slope (ln α, ln β) and negative curvature (αα, αβ, ββ, in α and β) of the log-likelihood.
fn slope_and_information(cohorts: &Cohorts, alpha: f64, beta: f64) -> ([f64; 2], [f64; 3]) {
    let (mut slope_alpha, mut slope_beta) = (0.0, 0.0);
    let (mut shared, mut of_alpha, mut of_beta) = (0.0, 0.0, 0.0);
    for (t, lost, kept) in cohorts.rows() {
        let (age, all) = (beta + t - 1.0, alpha + beta + t - 1.0);
        let risk = (lost + kept) / all;
        slope_alpha += lost / alpha - risk;
        slope_beta += kept / age - risk;
        of_alpha += lost / (alpha * alpha);
        of_beta += kept / (age * age);
        shared += risk / all;
    }
    (
        [slope_alpha * alpha, slope_beta * beta],
        [of_alpha - shared, -shared, of_beta - shared],
    )
}

/// The maximum-likelihood fit, or `None` where no finite maximum exists: fewer than two periods observed, nobody or
/// everybody lost, hazards that do not fall (the geometric limit), or nobody lost after the first period.
pub fn fit(cohorts: &Cohorts) -> Option<Sbg> {
    let (lost, kept) = cohorts.totals();
    if cohorts.periods() < 2 || lost == 0.0 || kept == 0.0 || !heterogeneity_helps(cohorts) {
        return None;
    }
    let [alpha, beta] = match quick(cohorts) {
        Some(at) => at,
        None => climb(cohorts, start(cohorts))?,
    };
    let size = alpha + beta;
    if !(SIZES.0..=SIZES.1).contains(&size) || alpha < 1e-6 || beta < 1e-9 {
        return None;
    }
    let log_likelihood = log_likelihood(cohorts, alpha, beta);
    if log_likelihood < super::geometric::fit(cohorts).log_likelihood {
        return None;
    }
    let (_, information) = slope_and_information(cohorts, alpha, beta);
    Some(Sbg {
        alpha,
        beta,
        standard_errors: standard_errors(information),
        log_likelihood,
    })
}

fn standard_errors([aa, ab, bb]: [f64; 3]) -> Option<[f64; 2]> {
    let determinant = aa * bb - ab * ab;
    let errors = [(bb / determinant).sqrt(), (aa / determinant).sqrt()];
    (determinant > 0.0 && errors.iter().all(|e| e.is_finite())).then_some(errors)
}

/// With α = m/u, β = (1−m)/u the geometric model is the edge u = 0. The likelihood's slope into u > 0 there says
/// whether any difference between customers fits better than none.
fn heterogeneity_helps(cohorts: &Cohorts) -> bool {
    let (lost, kept) = cohorts.totals();
    let stay = kept / (lost + kept);
    let slope: f64 = cohorts
        .rows()
        .map(|(t, lost, kept)| (t - 1.0) * (kept / stay - lost - kept))
        .sum();
    let scale: f64 = cohorts
        .rows()
        .map(|(t, lost, kept)| (t - 1.0) * (lost + kept))
        .sum();
    slope > 1e-12 * scale
}

/// Newton from where the first two hazards would put α and β: h₁ = α/κ and h₂ = α/(κ+1) for κ = α+β. It looks at
/// slopes alone, so it takes no logarithm; `None` unless it settles quickly on a maximum, and then the careful way is
/// taken instead.
fn quick(cohorts: &Cohorts) -> Option<[f64; 2]> {
    let hazard = |t: usize| {
        let (lost, kept) = (cohorts.lost.get(t)?, cohorts.kept.get(t)?);
        (lost + kept > 0.0).then(|| lost / (lost + kept))
    };
    let (first, second) = (hazard(0)?, hazard(1)?);
    if !(first < 1.0 && second > 0.0 && second < 0.95 * first) {
        return None;
    }
    let size = second / (first - second);
    let (mut alpha, mut beta) = (first * size, (1.0 - first) * size);
    for _ in 0..25 {
        let (slope, information) = slope_and_information(cohorts, alpha, beta);
        let step = newton_step(slope, information, alpha, beta);
        alpha *= step[0].exp();
        beta *= step[1].exp();
        if !(1e-4..=1e4).contains(&alpha) || !(1e-4..=1e5).contains(&beta) {
            return None;
        }
        // Quadratic convergence: after so small a step what is left is below rounding.
        if step[0].abs().max(step[1].abs()) < 1e-8 {
            let (slope, [aa, ab, bb]) = slope_and_information(cohorts, alpha, beta);
            let level = slope
                .iter()
                .all(|s| s.abs() <= 1e-9 * cohorts.totals().0.max(1.0));
            return (level && aa > 0.0 && aa * bb > ab * ab).then_some([alpha, beta]);
        }
    }
    None
}

/// The best of a coarse grid: the mean chance of leaving near the first period's, heterogeneity over six decades.
fn start(cohorts: &Cohorts) -> [f64; 2] {
    let (lost, kept) = cohorts.totals();
    let mean = (lost / (lost + kept)).clamp(1e-6, 1.0 - 1e-6);
    let mut best = ([1.0, 1.0], f64::NEG_INFINITY);
    for odds in [0.5, 1.0, 2.0, 4.0, 8.0] {
        let m = odds * mean / (1.0 - mean + odds * mean);
        for size in [0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 20.0, 100.0, 1e3, 1e4] {
            let at = [m * size, (1.0 - m) * size];
            let value = log_likelihood(cohorts, at[0], at[1]);
            if value > best.1 {
                best = (at, value);
            }
        }
    }
    best.0
}

/// Newton in (ln α, ln β), the curvature bent to be negative where it is not, steps halved until they climb.
fn climb(cohorts: &Cohorts, start: [f64; 2]) -> Option<[f64; 2]> {
    let [mut alpha, mut beta] = start;
    let mut value = log_likelihood(cohorts, alpha, beta);
    let scale = cohorts.totals().0.max(1.0);
    for _ in 0..200 {
        let (slope, information) = slope_and_information(cohorts, alpha, beta);
        let step = newton_step(slope, information, alpha, beta);
        let gain = slope[0] * step[0] + slope[1] * step[1];
        if gain.abs() <= 1e-20 * scale || step.iter().all(|s| s.abs() < 1e-14) {
            return Some([alpha, beta]);
        }
        let mut length = 1.0;
        loop {
            let next = [
                alpha * (length * step[0]).exp(),
                beta * (length * step[1]).exp(),
            ];
            let there = log_likelihood(cohorts, next[0], next[1]);
            if there > value {
                ([alpha, beta], value) = (next, there);
                break;
            }
            length *= 0.5;
            if length < 1e-8 {
                // No step climbs any more: the maximum to rounding. One plain step, if small, polishes its digits.
                let small = step.iter().all(|s| s.abs() < 1e-6);
                let polished = [alpha * step[0].exp(), beta * step[1].exp()];
                return Some(if small { polished } else { [alpha, beta] });
            }
        }
        if !(1e-12..=1e12).contains(&alpha) || !(1e-12..=1e12).contains(&beta) {
            return None;
        }
    }
    Some([alpha, beta])
}

fn newton_step(slope: [f64; 2], [aa, ab, bb]: [f64; 3], alpha: f64, beta: f64) -> [f64; 2] {
    // Minus the second derivatives in the logarithms.
    let mut h = [
        aa * alpha * alpha - slope[0],
        ab * alpha * beta,
        bb * beta * beta - slope[1],
    ];
    let mut damping = 0.0;
    let size = h[0].abs() + h[2].abs() + 1e-12;
    while h[0] <= 0.0 || h[0] * h[2] - h[1] * h[1] <= 1e-14 * size * size {
        damping = f64::max(2.0 * damping, 1e-6 * size);
        h[0] += damping;
        h[2] += damping;
    }
    let determinant = h[0] * h[2] - h[1] * h[1];
    let step = [
        (h[2] * slope[0] - h[1] * slope[1]) / determinant,
        (h[0] * slope[1] - h[1] * slope[0]) / determinant,
    ];
    let longest = step[0].abs().max(step[1].abs());
    let shorten = if longest > 2.0 { 2.0 / longest } else { 1.0 };
    [step[0] * shorten, step[1] * shorten]
}

/// S(0), S(1), … S(`periods`) by the recursion S(t) = S(t−1)·(β+t−1)/(α+β+t−1).
pub fn survival(alpha: f64, beta: f64, periods: usize) -> Vec<f64> {
    let mut survival = vec![1.0];
    let mut alive = 1.0;
    for t in 0..periods {
        let age = beta + t as f64;
        alive *= age / (alpha + age);
        survival.push(alive);
    }
    survival
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_the_published_fit() {
        let cohorts = Cohorts::new(&[vec![1000, 631, 468, 382, 326, 289, 262, 241]]).unwrap();
        let fit = fit(&cohorts).unwrap();
        assert!(
            (fit.alpha / 0.704_077_298_473_516_2 - 1.0).abs() < 1e-10,
            "{fit:?}"
        );
        assert!(
            (fit.beta / 1.182_043_026_209_475_7 - 1.0).abs() < 1e-10,
            "{fit:?}"
        );
        assert!(
            (fit.log_likelihood + 1_680.265_188_463_287).abs() < 1e-9,
            "{fit:?}"
        );
        let errors = fit.standard_errors.unwrap();
        assert!(
            (errors[0] / 0.065_598_964_234_037_2 - 1.0).abs() < 1e-8,
            "{errors:?}"
        );
        assert!(
            (errors[1] / 0.152_475_631_675_909_36 - 1.0).abs() < 1e-8,
            "{errors:?}"
        );
    }

    #[test]
    fn recovers_the_parameters_that_made_the_counts() {
        for (alpha, beta) in [
            (0.3, 0.4),
            (0.668, 3.806),
            (5.0, 90.0),
            (40.0, 20.0),
            (300.0, 4_000.0),
        ] {
            let counts = |periods: usize| -> Vec<u64> {
                survival(alpha, beta, periods)
                    .iter()
                    .map(|s| (s * 1e12).round() as u64)
                    .collect()
            };
            let fit = fit(&Cohorts::new(&[counts(12), counts(5), counts(3)]).unwrap()).unwrap();
            assert!(
                (fit.alpha / alpha - 1.0).abs() < 1e-3,
                "{alpha} {beta}: {fit:?}"
            );
            assert!(
                (fit.beta / beta - 1.0).abs() < 1e-3,
                "{alpha} {beta}: {fit:?}"
            );
        }
    }

    proptest! {
        /// The quick way and the careful one end at the same place.
        #[test]
        fn the_quick_way_finds_the_same(
            first in 20_u64..100_000, stays in prop::collection::vec(0.3_f64..=1.0, 2..14), second in prop::collection::vec(0.3_f64..=1.0, 1..6),
        ) {
            let counts = |stays: &[f64]| {
                let mut counts = vec![first];
                for stay in stays {
                    counts.push((*counts.last().unwrap() as f64 * stay) as u64);
                }
                counts
            };
            let cohorts = Cohorts::new(&[counts(&stays), counts(&second)]).unwrap();
            if !heterogeneity_helps(&cohorts) {
                return Ok(());
            }
            if let (Some(quick), Some(careful)) = (quick(&cohorts), climb(&cohorts, start(&cohorts))) {
                let value = |[alpha, beta]: [f64; 2]| log_likelihood(&cohorts, alpha, beta);
                prop_assert!(value(quick) >= value(careful) - 1e-7 * value(careful).abs(), "{quick:?} {careful:?}");
            }
        }
    }

    #[test]
    fn says_where_no_finite_maximum_exists() {
        let none = |counts: &[u64]| fit(&Cohorts::new(&[counts.to_vec()]).unwrap()).is_none();
        assert!(none(&[1000, 500, 250, 125]), "geometric");
        assert!(none(&[1000, 900, 700, 400]), "hazards rise");
        assert!(none(&[1000, 1000, 1000]), "nobody lost");
        assert!(none(&[1000, 0, 0]), "everybody lost");
        assert!(none(&[1000, 700]), "one period");
        assert!(none(&[1000, 600, 600, 600]), "nobody lost after the first");
    }
}
