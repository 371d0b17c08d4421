//! A penalised count regression: log mean = level + trend · years + effect of the month of the year.
//!
//! Poisson or negative binomial (variance μ + μ²/r) by damped Newton. The trend and the months' effects are held
//! towards 0 by normal priors, so that a short history moves them little; the level is free.

use crate::special::log_gamma_rise;

/// Standard deviation of the prior of the trend, in logarithms a year: a factor of 1.65 either way.
pub(super) const TREND_SPREAD: f64 = 0.5;
/// Standard deviation of the prior of each month's effect.
const MONTH_SPREAD: f64 = 0.3;

/// Which effects a model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effects {
    pub trend: bool,
    pub season: bool,
}

impl Effects {
    pub(super) fn size(self) -> usize {
        1 + usize::from(self.trend) + if self.season { 12 } else { 0 }
    }

    /// The row of the design for `years` from the middle and a month of the year, 0..12.
    pub(super) fn row(self, years: f64, month: usize) -> Vec<f64> {
        let mut row = vec![1.0];
        if self.trend {
            row.push(years);
        }
        if self.season {
            row.extend((0..12).map(|m| f64::from(u8::from(m == month))));
        }
        row
    }

    fn precision(self, i: usize) -> f64 {
        match (i, self.trend) {
            (0, _) => 0.0,
            (1, true) => TREND_SPREAD.powi(-2),
            _ => MONTH_SPREAD.powi(-2),
        }
    }
}

/// A fitted regression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Regression {
    pub effects: Effects,
    /// Level, trend, months: as many as the effects ask for.
    pub coefficients: Vec<f64>,
    /// The lower triangle L of the coefficients' covariance LLᵀ.
    pub spread: Vec<Vec<f64>>,
    /// Log-likelihood without the terms that depend on the counts alone.
    pub log_likelihood: f64,
    /// Coefficients in effect, the priors' pull taken off.
    pub freedom: f64,
}

/// One observed month.
pub(super) struct Point {
    pub years: f64,
    pub month: usize,
    pub count: f64,
}

/// The regression with a given dispersion r (`None` is Poisson); `None` where it does not settle.
pub(super) fn regress(points: &[Point], effects: Effects, r: Option<f64>) -> Option<Regression> {
    let size = effects.size();
    let rows: Vec<Vec<f64>> = points
        .iter()
        .map(|p| effects.row(p.years, p.month))
        .collect();
    let mean = points.iter().map(|p| p.count).sum::<f64>() / points.len() as f64;
    let mut at = vec![0.0; size];
    at[0] = mean.max(0.1).ln();
    let mut value = penalised(points, &rows, effects, &at, r);
    for _ in 0..60 {
        let (slope, information) = derivatives(points, &rows, effects, &at, r);
        let lower = cholesky(&information)?;
        let step = solve(&lower, &slope);
        let mut length = 1.0;
        let gain = loop {
            let next: Vec<f64> = at.iter().zip(&step).map(|(b, s)| b + length * s).collect();
            let there = penalised(points, &rows, effects, &next, r);
            if there >= value {
                let gain = there - value;
                (at, value) = (next, there);
                break gain;
            }
            length *= 0.5;
            if length < 1e-6 {
                break 0.0;
            }
        };
        if gain < 1e-10 {
            return finish(points, &rows, effects, at, r);
        }
    }
    None
}

fn finish(
    points: &[Point],
    rows: &[Vec<f64>],
    effects: Effects,
    at: Vec<f64>,
    r: Option<f64>,
) -> Option<Regression> {
    let (_, information) = derivatives(points, rows, effects, &at, r);
    let lower = cholesky(&information)?;
    let size = at.len();
    let mut covariance = vec![vec![0.0; size]; size];
    let mut freedom = size as f64;
    for i in 0..size {
        let mut unit = vec![0.0; size];
        unit[i] = 1.0;
        covariance[i] = solve(&lower, &unit);
        // tr((H + P)⁻¹H) = size − tr((H + P)⁻¹P).
        freedom -= covariance[i][i] * effects.precision(i);
    }
    let spread = cholesky(&covariance)?;
    let log_likelihood = likelihood(points, rows, &at, r);
    let finite = at.iter().all(|b| b.is_finite()) && log_likelihood.is_finite();
    finite.then_some(Regression {
        effects,
        coefficients: at,
        spread,
        log_likelihood,
        freedom,
    })
}

pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b).sum()
}

fn likelihood(points: &[Point], rows: &[Vec<f64>], at: &[f64], r: Option<f64>) -> f64 {
    points
        .iter()
        .zip(rows)
        .map(|(point, row)| {
            let log_mean = dot(row, at).clamp(-40.0, 40.0);
            let mean = log_mean.exp();
            match r {
                None => point.count * log_mean - mean,
                Some(r) => {
                    log_gamma_rise(r, point.count) + point.count * (log_mean - (r + mean).ln())
                        - r * (mean / r).ln_1p()
                }
            }
        })
        .sum()
}

fn penalised(
    points: &[Point],
    rows: &[Vec<f64>],
    effects: Effects,
    at: &[f64],
    r: Option<f64>,
) -> f64 {
    let penalty: f64 = at
        .iter()
        .enumerate()
        .map(|(i, b)| 0.5 * effects.precision(i) * b * b)
        .sum();
    likelihood(points, rows, at, r) - penalty
}

/// The slope, and the expected information with the priors' precisions.
fn derivatives(
    points: &[Point],
    rows: &[Vec<f64>],
    effects: Effects,
    at: &[f64],
    r: Option<f64>,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = at.len();
    let mut slope: Vec<f64> = (0..size).map(|i| -effects.precision(i) * at[i]).collect();
    let mut information = vec![vec![0.0; size]; size];
    for (i, row) in information.iter_mut().enumerate() {
        row[i] = effects.precision(i) + 1e-9;
    }
    for (point, row) in points.iter().zip(rows) {
        let mean = dot(row, at).clamp(-40.0, 40.0).exp();
        let damp = r.map_or(1.0, |r| r / (r + mean));
        for (i, &x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            slope[i] += x * (point.count - mean) * damp;
            for (j, &y) in row.iter().enumerate() {
                information[i][j] += x * y * mean * damp;
            }
        }
    }
    (slope, information)
}

/// The lower triangle L of LLᵀ, or `None` where the matrix is not positive definite.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let mut lower = vec![vec![0.0; size]; size];
    for i in 0..size {
        for j in 0..=i {
            let rest = matrix[i][j] - dot(&lower[i][..j], &lower[j][..j]);
            if i == j {
                if rest.is_nan() || rest <= 1e-14 * matrix[i][i].abs() {
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

fn solve(lower: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let size = right.len();
    let mut x = right.to_vec();
    for i in 0..size {
        let known = dot(&lower[i][..i], &x[..i]);
        x[i] = (x[i] - known) / lower[i][i];
    }
    for i in (0..size).rev() {
        let known: f64 = (i + 1..size).map(|k| lower[k][i] * x[k]).sum();
        x[i] = (x[i] - known) / lower[i][i];
    }
    x
}
