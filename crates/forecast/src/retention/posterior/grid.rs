//! The cells of the posterior, in x = ln(φ/(1−φ)) and z = ln κ.

use super::{Cohorts, Prior, SIDE};
use crate::draw::Draw;

/// How far x and z may go; past it the curve is a limit (all leave, none leave, all alike, all different).
const LIMITS: [(f64, f64); 2] = [(-25.0, 25.0), (-12.0, 16.0)];
/// Cells whose density is below e^−DEPTH of the highest one's carry nothing.
const DEPTH: f64 = 18.0;

/// One cell: its middle, and its share of the posterior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub alpha: f64,
    pub beta: f64,
    pub weight: f64,
    x: f64,
    z: f64,
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
        let beta = (log_stay + z).exp();
        let mut sum = self.leave * log_leave + self.stay * log_stay + self.lost * (log_leave + z);
        for (i, &kept) in self.cohorts.kept.iter().enumerate() {
            if kept > 0.0 {
                sum += kept
                    * if i == 0 {
                        log_stay + z
                    } else {
                        (beta + i as f64).ln()
                    };
            }
        }
        sum
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

    /// The highest point: the best of a coarse grid, then damped Newton.
    fn mode(&self) -> ([f64; 2], f64) {
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
        (0..=12)
            .map(|i| {
                let other = low + (high - low) * f64::from(i) / 12.0;
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
fn softplus(x: f64) -> f64 {
    if x > 0.0 {
        x + (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p()
    }
}

impl Grid {
    pub(super) fn new(cohorts: &Cohorts, prior: &Prior) -> Self {
        let density = Density::new(cohorts, prior);
        let (limits, _) = density.limits();
        let step = limits.map(|(low, high)| (high - low) / SIDE as f64);
        let middle = |side: usize, i: usize| limits[side].0 + (i as f64 + 0.5) * step[side];
        let mut cells = Vec::with_capacity(SIDE * SIDE);
        let mut highest = f64::NEG_INFINITY;
        for j in 0..SIDE {
            let z = middle(1, j);
            let own = density.of_size(z);
            for i in 0..SIDE {
                let x = middle(0, i);
                let height = own + density.of_both(x, z);
                highest = highest.max(height);
                cells.push(Cell {
                    alpha: 0.0,
                    beta: 0.0,
                    weight: height,
                    x,
                    z,
                });
            }
        }
        cells.retain(|cell| cell.weight > highest - DEPTH);
        let mut sum = 0.0;
        for cell in &mut cells {
            cell.weight = (cell.weight - highest).exp();
            sum += cell.weight;
            (cell.alpha, cell.beta) = shapes(cell.x, cell.z);
        }
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

    pub(super) fn draw(&self, draw: &mut Draw) -> (f64, f64) {
        let u = draw.uniform();
        let (dx, dz) = (draw.uniform() - 0.5, draw.uniform() - 0.5);
        let last = self.cells.len().saturating_sub(1);
        let at = self.sums.partition_point(|&sum| sum <= u).min(last);
        // There is always a cell: the highest one.
        self.cells.get(at).map_or((1.0, 1.0), |cell| {
            shapes(cell.x + dx * self.step[0], cell.z + dz * self.step[1])
        })
    }
}

/// (α, β) of a point.
fn shapes(x: f64, z: f64) -> (f64, f64) {
    ((z - softplus(-x)).exp(), (z - softplus(x)).exp())
}
