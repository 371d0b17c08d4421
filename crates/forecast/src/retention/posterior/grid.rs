//! The cells of the sBG posterior, in x = ln(φ/(1−φ)) and z = ln κ.

use super::super::sbg;
use super::{Cohorts, Prior, SIDE};
use crate::draw::Draw;

/// How far x and z may go; past it the curve is a limit (all leave, none leave, all alike, all different).
const LIMITS: [(f64, f64); 2] = [(-25.0, 25.0), (-12.0, 16.0)];
/// Cells whose density is below e^−DEPTH of the highest one's carry nothing.
pub(super) const DEPTH: f64 = 18.0;

/// One cell: its middle, and its share of the posterior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub alpha: f64,
    pub beta: f64,
    /// The exponent of the customers' clock: 1 but for the beta-discrete-Weibull.
    pub c: f64,
    pub weight: f64,
    pub x: f64,
    pub z: f64,
}

impl Cell {
    /// At this x, z and c, of this density relative to the others'.
    pub(super) fn at(x: f64, z: f64, c: f64, weight: f64) -> Self {
        let (alpha, beta) = shapes(x, z);
        Self {
            alpha,
            beta,
            c,
            weight,
            x,
            z,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    cells: Vec<Cell>,
    /// Running sums of the weights, for drawing.
    sums: Vec<f64>,
    /// The sides of a cell in x and z.
    step: [f64; 2],
}

/// The unnormalised log-density in (x, z), prior and Jacobian included.
struct Density<'a> {
    cohorts: &'a Cohorts,
    lost: f64,
    /// Weights of ln φ and ln(1−φ).
    leave: f64,
    stay: f64,
}

impl<'a> Density<'a> {
    fn new(cohorts: &'a Cohorts, prior: &Prior) -> Self {
        Self {
            cohorts,
            lost: cohorts.totals().0,
            leave: (1.0 - prior.renewal) * prior.weight,
            stay: prior.renewal * prior.weight,
        }
    }

    /// What depends on z alone.
    fn of_size(&self, z: f64) -> f64 {
        let size = z.exp();
        let risks: f64 = self
            .cohorts
            .rows()
            .map(|(t, lost, kept)| {
                if lost + kept > 0.0 {
                    (lost + kept) * (size + t - 1.0).ln()
                } else {
                    0.0
                }
            })
            .sum();
        // The polarisation p = 1/(1+κ) is uniform: p(1−p) in its logit, which is −z.
        -softplus(z) - softplus(-z) - risks
    }

    /// What depends on both.
    fn of_both(&self, x: f64, z: f64) -> f64 {
        let (log_leave, log_stay) = (-softplus(-x), -softplus(x));
        self.plain(log_leave, log_stay, z) + self.of_beta(log_stay + z).0
    }

    /// What needs no sum over periods.
    fn plain(&self, log_leave: f64, log_stay: f64, z: f64) -> f64 {
        self.leave * log_leave + self.stay * log_stay + self.lost * (log_leave + z)
    }

    /// Σ kept·ln(β+t−1) and its slope: of both coordinates it depends on ln β alone.
    fn of_beta(&self, log_beta: f64) -> (f64, f64) {
        let beta = log_beta.exp();
        let first = self.cohorts.kept.first().copied().unwrap_or(0.0);
        let (mut sum, mut slope) = (first * log_beta, first);
        for (i, &kept) in self.cohorts.kept.iter().enumerate().skip(1) {
            if kept > 0.0 {
                let age = beta + i as f64;
                sum += kept * age.ln();
                slope += kept * beta / age;
            }
        }
        (sum, slope)
    }

    fn at(&self, [x, z]: [f64; 2]) -> f64 {
        self.of_size(z) + self.of_both(x, z)
    }

    /// The slope in (x, z).
    fn slope(&self, [x, z]: [f64; 2]) -> [f64; 2] {
        let leave = 1.0 / (1.0 + (-x).exp());
        let stay = 1.0 / (1.0 + x.exp());
        let size = z.exp();
        let beta = stay * size;
        let mut slope = [
            self.leave * stay - self.stay * leave + self.lost * stay,
            1.0 / (1.0 + size) - 1.0 / (1.0 + (-z).exp()) + self.lost,
        ];
        for (t, lost, kept) in self.cohorts.rows() {
            let share = kept * beta / (beta + t - 1.0);
            slope[0] -= share * leave;
            slope[1] += share - (lost + kept) * size / (size + t - 1.0);
        }
        slope
    }

    /// Minus the second derivatives, by differences of the slope: (xx, xz, zz).
    fn curvature(&self, at: [f64; 2]) -> [f64; 3] {
        const STEP: f64 = 1e-4;
        let change = |i: usize| {
            let moved = |by: f64| {
                let mut to = at;
                to[i] += by;
                self.slope(to)
            };
            let (up, down) = (moved(STEP), moved(-STEP));
            [0, 1].map(|j| (down[j] - up[j]) / (2.0 * STEP))
        };
        let (by_x, by_z) = (change(0), change(1));
        [by_x[0], 0.5 * (by_x[1] + by_z[0]), by_z[1]]
    }

    /// Where to begin: the likelihood's maximum where there is one, else the best of a coarse grid.
    fn start(&self) -> ([f64; 2], f64) {
        if let Some(fit) = sbg::fit(self.cohorts) {
            let at = [(fit.alpha / fit.beta).ln(), (fit.alpha + fit.beta).ln()];
            return (at, self.at(at));
        }
        let mut best = ([0.0, 0.0], f64::NEG_INFINITY);
        for i in 0..17 {
            for j in 0..15 {
                let at = [-16.0 + 2.0 * f64::from(i), -12.0 + 2.0 * f64::from(j)];
                let value = self.at(at);
                if value > best.1 {
                    best = (at, value);
                }
            }
        }
        best
    }

    /// The highest point, by damped Newton.
    fn mode(&self) -> ([f64; 2], f64) {
        let mut best = self.start();
        for _ in 0..60 {
            let (at, value) = best;
            let slope = self.slope(at);
            let [mut xx, xz, mut zz] = self.curvature(at);
            let size = xx.abs() + zz.abs() + 1e-9;
            let mut damping = 1e-9 * size;
            while xx <= 0.0 || xx * zz - xz * xz <= 1e-9 * size * size {
                damping *= 4.0;
                xx += damping;
                zz += damping;
            }
            let determinant = xx * zz - xz * xz;
            let step = [
                (zz * slope[0] - xz * slope[1]) / determinant,
                (xx * slope[1] - xz * slope[0]) / determinant,
            ];
            let longest = step[0].abs().max(step[1].abs());
            let mut length = if longest > 2.0 { 2.0 / longest } else { 1.0 };
            while length > 1e-6 {
                let next = [at[0] + length * step[0], at[1] + length * step[1]];
                let next = [0, 1].map(|i| next[i].clamp(LIMITS[i].0, LIMITS[i].1));
                let there = self.at(next);
                if there > value {
                    best = (next, there);
                    break;
                }
                length *= 0.5;
            }
            if length <= 1e-6 || best.1 - value < 1e-9 {
                break;
            }
        }
        best
    }

    /// A box that holds all that counts: first by the curvature at the mode, then each side moved outwards until
    /// the density along it is negligible.
    fn limits(&self) -> ([(f64, f64); 2], f64) {
        let (mode, highest) = self.mode();
        let [xx, xz, zz] = self.curvature(mode);
        let determinant = xx * zz - xz * xz;
        let spread = |variance: f64| {
            let sd = (variance / determinant).sqrt();
            if sd.is_finite() {
                sd.clamp(1e-7, 3.0)
            } else {
                1.0
            }
        };
        let widths = [spread(zz), spread(xx)];
        let mut limits = [0, 1].map(|i| (mode[i] - 4.5 * widths[i], mode[i] + 4.5 * widths[i]));
        for _ in 0..40 {
            let mut moved = false;
            for side in 0..2 {
                for upper in [false, true] {
                    let (low, high) = limits[side];
                    let edge = if upper { high } else { low };
                    let at_limit = if upper {
                        edge >= LIMITS[side].1
                    } else {
                        edge <= LIMITS[side].0
                    };
                    if at_limit || self.highest_along(limits, side, edge) < highest - 11.0 {
                        continue;
                    }
                    let wider = 0.3 * (high - low);
                    if upper {
                        limits[side].1 = (edge + wider).min(LIMITS[side].1);
                    } else {
                        limits[side].0 = (edge - wider).max(LIMITS[side].0);
                    }
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
        (limits, highest)
    }

    fn highest_along(&self, limits: [(f64, f64); 2], side: usize, edge: f64) -> f64 {
        let (low, high) = limits[1 - side];
        (0..=8)
            .map(|i| {
                let other = low + (high - low) * f64::from(i) / 8.0;
                self.at(if side == 0 {
                    [edge, other]
                } else {
                    [other, edge]
                })
            })
            .fold(f64::NEG_INFINITY, f64::max)
    }
}

/// ln(1 + e^x).
pub(super) fn softplus(x: f64) -> f64 {
    if x > 0.0 {
        x + (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p()
    }
}

/// What all cells of one φ share.
struct Column {
    x: f64,
    leave: f64,
    stay: f64,
    log_leave: f64,
    log_stay: f64,
}

impl Column {
    fn at(x: f64) -> Self {
        let (log_leave, log_stay) = (-softplus(-x), -softplus(x));
        Self {
            x,
            leave: log_leave.exp(),
            stay: log_stay.exp(),
            log_leave,
            log_stay,
        }
    }
}

/// Pieces of an interpolated curve.
const PIECES: usize = 256;

/// A smooth function by cubic pieces through its values and slopes (Hermite). Its error is h⁴/384 of the fourth
/// derivative; the narrower the posterior, the shorter h, so it stays far below what a likelihood shows.
struct Curve {
    first: f64,
    per_step: f64,
    /// The four coefficients of each piece, in the share of its step.
    pieces: Vec<[f64; 4]>,
}

impl Curve {
    fn new(first: f64, last: f64, at: impl Fn(f64) -> (f64, f64)) -> Self {
        let step = ((last - first) / PIECES as f64).max(1e-300);
        let mut pieces = Vec::with_capacity(PIECES);
        let mut before = at(first);
        for i in 1..=PIECES {
            let after = at(first + i as f64 * step);
            let (rise, left, right) = (after.0 - before.0, before.1 * step, after.1 * step);
            let cubic = left + right - 2.0 * rise;
            pieces.push([before.0, left, rise - left - cubic, cubic]);
            before = after;
        }
        Self {
            first,
            per_step: 1.0 / step,
            pieces,
        }
    }

    fn at(&self, x: f64) -> f64 {
        let place = (x - self.first) * self.per_step;
        let index = (place as usize).min(PIECES - 1);
        let share = place - index as f64;
        self.pieces.get(index).map_or(0.0, |[a, b, c, d]| {
            a + share * (b + share * (c + share * d))
        })
    }
}

impl Grid {
    pub(super) fn new(cohorts: &Cohorts, prior: &Prior) -> Self {
        let density = Density::new(cohorts, prior);
        let (limits, _) = density.limits();
        let step = limits.map(|(low, high)| (high - low) / SIDE as f64);
        let middle = |side: usize, i: usize| limits[side].0 + (i as f64 + 0.5) * step[side];
        let columns: Vec<Column> = (0..SIDE).map(|i| Column::at(middle(0, i))).collect();
        let stays = || columns.iter().map(|column| column.log_stay);
        let lowest = stays().fold(f64::INFINITY, f64::min) + limits[1].0;
        let highest = stays().fold(f64::NEG_INFINITY, f64::max) + limits[1].1;
        let periods = Curve::new(lowest, highest, |log_beta| density.of_beta(log_beta));
        let mut heights = Vec::with_capacity(SIDE * SIDE);
        let mut top = f64::NEG_INFINITY;
        for j in 0..SIDE {
            let z = middle(1, j);
            let own = density.of_size(z);
            for column in &columns {
                let height = own
                    + density.plain(column.log_leave, column.log_stay, z)
                    + periods.at(column.log_stay + z);
                top = top.max(height);
                heights.push(height);
            }
        }
        let mut cells = Vec::new();
        let mut sum = 0.0;
        for (j, row) in heights.chunks_exact(SIDE).enumerate() {
            let z = middle(1, j);
            let size = z.exp();
            for (column, height) in columns.iter().zip(row) {
                if *height > top - DEPTH {
                    let weight = (height - top).exp();
                    sum += weight;
                    cells.push(Cell {
                        alpha: column.leave * size,
                        beta: column.stay * size,
                        c: 1.0,
                        weight,
                        x: column.x,
                        z,
                    });
                }
            }
        }
        Self::of(cells, sum, step)
    }

    /// Cells whose weights sum to `sum`, with the sides in x and z that a draw may lie within.
    pub(super) fn of(mut cells: Vec<Cell>, sum: f64, step: [f64; 2]) -> Self {
        let mut sums = Vec::with_capacity(cells.len());
        let mut running = 0.0;
        for cell in &mut cells {
            cell.weight /= sum;
            running += cell.weight;
            sums.push(running);
        }
        Self { cells, sums, step }
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter()
    }

    pub(super) fn draw(&self, draw: &mut Draw) -> [f64; 3] {
        let u = draw.uniform();
        let (dx, dz) = (draw.uniform() - 0.5, draw.uniform() - 0.5);
        let last = self.cells.len().saturating_sub(1);
        let at = self.sums.partition_point(|&sum| sum <= u).min(last);
        // There is always a cell: the highest one.
        self.cells.get(at).map_or([1.0; 3], |cell| {
            let (alpha, beta) = shapes(cell.x + dx * self.step[0], cell.z + dz * self.step[1]);
            [alpha, beta, cell.c]
        })
    }
}

/// (α, β) of a point.
fn shapes(x: f64, z: f64) -> (f64, f64) {
    ((z - softplus(-x)).exp(), (z - softplus(x)).exp())
}
