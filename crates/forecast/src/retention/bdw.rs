//! The beta-discrete-Weibull model: sBG whose clock runs as t^c, so that a customer's own hazard may rise or fall.
//!
//! Fader, Hardie, Liu, Davin & Steenburgh, “How to project customer retention revisited”, Journal of Interactive
//! Marketing 43 (2018) 1–16: S(t) = B(a, b+t^c)/B(a, b).

use super::Cohorts;
use crate::special::{digamma_fall, log_beta_fall};

/// A finite BdW fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bdw {
    /// a, b, c, all above 0.
    pub parameters: [f64; 3],
    /// From the observed information; `None` where the likelihood is too flat to say.
    pub standard_errors: Option<[f64; 3]>,
    /// The maximum of the log-likelihood.
    pub log_likelihood: f64,
}

/// Where a maximum counts as finite: a, b, then c.
const SIZES: [(f64, f64); 3] = [(1e-5, 1e6), (1e-8, 1e6), (1e-2, 20.0)];

type Vector = [f64; 3];
type Matrix = [[f64; 3]; 3];

/// The log-likelihood at (a, b, c).
pub fn log_likelihood(cohorts: &Cohorts, [a, b, c]: Vector) -> f64 {
    let mut before = 0.0;
    let mut sum = 0.0;
    for (t, lost, kept) in cohorts.rows() {
        let now = t.powf(c);
        let stay = log_beta_fall(a, b, before, now);
        sum += kept * stay;
        if lost > 0.0 {
            sum += lost * (-stay.exp_m1()).ln();
        }
        before = now;
    }
    sum
}

/// The slope of the log-likelihood in (ln a, ln b, ln c).
fn slope(cohorts: &Cohorts, logs: Vector) -> Vector {
    let [a, b, c] = logs.map(f64::exp);
    let mut slope = [0.0; 3];
    let (mut before, mut log_before) = (0.0, 0.0);
    for (t, lost, kept) in cohorts.rows() {
        let (now, log_now) = (t.powf(c), t.ln());
        let stay = log_beta_fall(a, b, before, now);
        let leave = -stay.exp_m1();
        let weight = kept
            - if lost > 0.0 {
                lost * stay.exp() / leave
            } else {
                0.0
            };
        let (early, late) = (digamma_fall(b + before, a), digamma_fall(b + now, a));
        slope[0] += weight * digamma_fall(a + b + before, now - before);
        slope[1] += weight * (late - early);
        slope[2] += weight * (late * now * log_now - early * before * log_before);
        (before, log_before) = (now, log_now);
    }
    [slope[0] * a, slope[1] * b, slope[2] * c]
}

/// Minus the second derivatives in the logarithms: central differences of the slope, extrapolated once.
fn information(cohorts: &Cohorts, logs: Vector) -> Matrix {
    let differences = |step: f64| -> Matrix {
        std::array::from_fn(|i| {
            let shifted = |by: f64| {
                let mut at = logs;
                at[i] += by;
                slope(cohorts, at)
            };
            let (up, down) = (shifted(step), shifted(-step));
            std::array::from_fn(|j| (down[j] - up[j]) / (2.0 * step))
        })
    };
    let (wide, narrow) = (differences(2e-3), differences(1e-3));
    let rough: Matrix =
        std::array::from_fn(|i| std::array::from_fn(|j| (4.0 * narrow[i][j] - wide[i][j]) / 3.0));
    std::array::from_fn(|i| std::array::from_fn(|j| 0.5 * (rough[i][j] + rough[j][i])))
}

/// Where the likelihood is the highest, in logarithms, climbing from sBG's maximum with an even clock; from several
/// places where that leads nowhere.
pub(super) fn summit(cohorts: &Cohorts) -> Option<Vector> {
    let even = super::sbg::fit(cohorts).map(|fit| [fit.alpha.ln(), fit.beta.ln(), 0.0]);
    let near = even
        .and_then(|start| climb(cohorts, start))
        .map(|(at, _)| at);
    let within = |at: &Vector| {
        let sizes = at.iter().zip(SIZES);
        sizes
            .into_iter()
            .all(|(log, (low, high))| (low..=high).contains(&log.exp()))
    };
    near.filter(within)
        .or_else(|| fit(cohorts).map(|fit| fit.parameters.map(f64::ln)))
}

/// The lower triangle L of LLᵀ, or `None` where the matrix is not safely positive definite.
fn cholesky(matrix: &Matrix) -> Option<Matrix> {
    let mut lower = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - dot;
            if i == j {
                if rest.is_nan() || rest <= 1e-13 * matrix[i][i].abs() {
                    return None;
                }
                lower[i][i] = rest.sqrt();
            } else {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    Some(lower)
}

fn solve(lower: &Matrix, right: Vector) -> Vector {
    let mut x = right;
    for i in 0..3 {
        let dot: f64 = (0..i).map(|k| lower[i][k] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i][i];
    }
    for i in (0..3).rev() {
        let dot: f64 = (i + 1..3).map(|k| lower[k][i] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i][i];
    }
    x
}

/// The maximum-likelihood fit, or `None` where no finite maximum exists or fewer than three periods were observed.
pub fn fit(cohorts: &Cohorts) -> Option<Bdw> {
    let (lost, kept) = cohorts.totals();
    if cohorts.periods() < 3 || lost == 0.0 || kept == 0.0 {
        return None;
    }
    let best = starts(cohorts)
        .into_iter()
        .filter_map(|start| climb(cohorts, start))
        .max_by(|x, y| x.1.total_cmp(&y.1))?;
    let (logs, log_likelihood) = best;
    let parameters = logs.map(f64::exp);
    let inside = parameters
        .iter()
        .zip(SIZES)
        .all(|(p, (low, high))| (low..=high).contains(p));
    let geometric = super::geometric::fit(cohorts).log_likelihood;
    if !inside || !log_likelihood.is_finite() || log_likelihood < geometric {
        return None;
    }
    let lower = cholesky(&information(cohorts, logs))?;
    let errors: Vector = std::array::from_fn(|i| {
        let mut unit = [0.0; 3];
        unit[i] = 1.0;
        parameters[i] * solve(&lower, unit)[i].sqrt()
    });
    let standard_errors = errors.iter().all(|e| e.is_finite()).then_some(errors);
    Some(Bdw {
        parameters,
        standard_errors,
        log_likelihood,
    })
}

/// The sBG fit (c = 1) where there is one, and the best points of a coarse grid.
fn starts(cohorts: &Cohorts) -> Vec<Vector> {
    let (lost, kept) = cohorts.totals();
    let mean = (lost / (lost + kept)).clamp(1e-6, 1.0 - 1e-6);
    let mut grid: Vec<(Vector, f64)> = Vec::new();
    for c in [0.4_f64, 0.7, 1.0, 1.4, 2.0, 3.0] {
        for odds in [0.25, 1.0, 4.0] {
            let m = odds * mean / (1.0 - mean + odds * mean);
            for size in [0.1, 1.0, 5.0, 30.0, 300.0] {
                let at = [m * size, (1.0 - m) * size, c];
                grid.push((at.map(f64::ln), log_likelihood(cohorts, at)));
            }
        }
    }
    grid.sort_by(|x, y| y.1.total_cmp(&x.1));
    let sbg = super::sbg::fit(cohorts).map(|s| [s.alpha.ln(), s.beta.ln(), 0.0]);
    sbg.into_iter()
        .chain(grid.into_iter().take(3).map(|(at, _)| at))
        .collect()
}

/// Damped Newton (Levenberg's) in the logarithms; `None` where it runs off or does not settle.
fn climb(cohorts: &Cohorts, start: Vector) -> Option<(Vector, f64)> {
    let mut at = start;
    let mut value = log_likelihood(cohorts, at.map(f64::exp));
    let mut damping = 1e-3;
    for _ in 0..300 {
        let slope = slope(cohorts, at);
        let curvature = information(cohorts, at);
        let size = curvature
            .iter()
            .enumerate()
            .map(|(i, row)| row[i].abs())
            .sum::<f64>()
            .max(1e-9);
        loop {
            let mut damped = curvature;
            for (i, row) in damped.iter_mut().enumerate() {
                row[i] += damping * (row[i].abs() + 1e-3 * size);
            }
            let step = cholesky(&damped).map(|lower| solve(&lower, slope));
            if let Some(step) = step.filter(|s| s.iter().all(|x| x.abs() <= 3.0)) {
                let next: Vector = std::array::from_fn(|i| at[i] + step[i]);
                let there = log_likelihood(cohorts, next.map(f64::exp));
                let longest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
                if longest < 1e-9 && damping < 1.0 {
                    return Some(if there >= value {
                        (next, there)
                    } else {
                        (at, value)
                    });
                }
                if there > value {
                    (at, value) = (next, there);
                    damping = f64::max(damping * 0.1, 1e-12);
                    break;
                }
            }
            damping = f64::max(damping * 8.0, 1e-9);
            if damping > 1e12 {
                // Nothing climbs any more: settled if the slope is level, else lost in rounding.
                let level = slope.iter().all(|s| s.abs() <= 1e-6 * size.max(1.0));
                return level.then_some((at, value));
            }
        }
        if at.iter().any(|x| !x.is_finite() || x.abs() > 25.0) {
            return None;
        }
    }
    None
}

/// S(0), S(1), … S(`periods`).
pub fn survival([a, b, c]: Vector, periods: usize) -> Vec<f64> {
    (0..=periods)
        .map(|t| log_beta_fall(a, b, 0.0, (t as f64).powf(c)).exp())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(parameters: Vector, customers: f64, periods: usize) -> Vec<u64> {
        survival(parameters, periods)
            .iter()
            .map(|s| (s * customers).round() as u64)
            .collect()
    }

    #[test]
    fn the_slope_is_the_likelihood_s() {
        let cohorts = Cohorts::new(&[
            vec![1000, 631, 468, 382, 326, 289, 262, 241],
            vec![50, 40, 33],
        ])
        .unwrap();
        for at in [[0.7_f64, 1.2, 1.0], [3.0, 20.0, 1.7], [0.2, 0.1, 0.5]] {
            let logs = at.map(f64::ln);
            let slope = slope(&cohorts, logs);
            for i in 0..3 {
                let shifted = |by: f64| {
                    let mut moved = logs;
                    moved[i] += by;
                    log_likelihood(&cohorts, moved.map(f64::exp))
                };
                let numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
                assert!(
                    (slope[i] - numeric).abs() < 1e-5 * numeric.abs().max(1.0),
                    "{i}: {} {numeric}",
                    slope[i]
                );
            }
        }
    }

    #[test]
    fn recovers_the_parameters_that_made_the_counts() {
        for truth in [
            [0.668, 3.806, 1.0],
            [0.26, 0.75, 1.6],
            [2.0, 15.0, 0.7],
            [1.5, 8.0, 1.3],
        ] {
            let data = [counts(truth, 1e11, 14), counts(truth, 1e10, 7)];
            let fit = fit(&Cohorts::new(&data).unwrap()).unwrap();
            for (ours, true_value) in fit.parameters.iter().zip(truth) {
                assert!((ours / true_value - 1.0).abs() < 1e-2, "{truth:?}: {fit:?}");
            }
        }
    }

    #[test]
    fn is_never_below_sbg() {
        let cohorts = Cohorts::new(&[vec![1000, 631, 468, 382, 326, 289, 262, 241]]).unwrap();
        let (ours, sbg) = (
            fit(&cohorts).unwrap(),
            super::super::sbg::fit(&cohorts).unwrap(),
        );
        assert!(ours.log_likelihood >= sbg.log_likelihood - 1e-9);
        assert!(ours.standard_errors.is_some());
    }

    #[test]
    fn says_where_no_finite_maximum_exists() {
        for data in [
            &[1000_u64, 700, 600][..],
            &[100, 100, 100, 100],
            &[100, 0, 0, 0],
        ] {
            assert_eq!(
                fit(&Cohorts::new(&[data.to_vec()]).unwrap()),
                None,
                "{data:?}"
            );
        }
    }
}
