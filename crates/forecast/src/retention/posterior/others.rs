//! The posteriors of the models beside sBG.
//!
//! Geometric: θ ~ Beta(lost + (1−r)w, kept + rw), where the prior's renewal r is worth w renewals. It is held as sBG cells
//! with a κ so large that customers are alike to twelve digits.
//!
//! Beta-discrete-Weibull: sBG's prior on φ, ln c normal around 0, so that an even clock is the likeliest, and a prior on κ
//! that is flatter than sBG's: a clock of its own and customers who differ explain much of the same, so that what is
//! supposed of κ would decide too much. Along that ridge the posterior is long and bent; across it, at a given κ, it is
//! nearly normal. So it is cut into slices of ln κ, each a small grid in (logit φ, ln c) around its own maximum, along the
//! axes of its curvature; the cells of all slices are then thinned by their weights.

use super::super::bdw;
use super::grid::{Cell, DEPTH, Grid, softplus};
use super::{Cohorts, Prior};

/// κ of customers who are all alike, as its logarithm.
const ALIKE: f64 = 27.6;
/// Cells on the line of θ.
const LINE: usize = 1_600;
/// Standard deviation of ln c before anything is seen.
const CLOCK: f64 = 0.7;

/// Cells that are kept.
const KEPT: usize = 1_000;
/// Cells to either side of a slice's maximum, and how many deviations apart.
const REACH: i32 = 5;
const APART: f64 = 0.8;
/// How far ln κ may go.
const SIZES: (f64, f64) = (-10.0, 16.0);
/// Slices that carry weight, at least; with fewer they are cut finer.
const SLICES: usize = 9;

type Point = [f64; 2];

/// The posterior of a chance of leaving that is the same for all.
pub(super) fn geometric(lost: f64, kept: f64, prior: &Prior) -> Grid {
    let leave = lost + (1.0 - prior.renewal) * prior.weight;
    let stay = kept + prior.renewal * prior.weight;
    // Of ln(θ/(1−θ)), Jacobian included.
    let density = |x: f64| -leave * softplus(-x) - stay * softplus(x);
    let mode = (leave / stay).ln();
    let top = density(mode);
    let end = |direction: f64| {
        let mut length = 1e-6;
        while density(mode + direction * length) > top - DEPTH && length < 4_000.0 {
            length *= 1.25;
        }
        length
    };
    let (low, high) = (mode - end(-1.0), mode + end(1.0));
    let step = (high - low) / LINE as f64;
    let cells: Vec<Cell> = (0..LINE)
        .map(|i| {
            let x = low + (i as f64 + 0.5) * step;
            Cell::at(x, ALIKE, 1.0, (density(x) - top).exp())
        })
        .filter(|cell| cell.alpha > 0.0 && cell.beta > 0.0)
        .collect();
    let sum = cells.iter().map(|cell| cell.weight).sum();
    Grid::of(cells, sum, [step, 0.0])
}

/// The unnormalised log-density in (x, z, ln c).
struct Density<'a> {
    cohorts: &'a Cohorts,
    leave: f64,
    stay: f64,
}

impl Density<'_> {
    fn at(&self, [x, log_c]: Point, z: f64) -> f64 {
        let (log_leave, log_stay) = (-softplus(-x), -softplus(x));
        let parameters = [z + log_leave, z + log_stay, log_c].map(f64::exp);
        let clock = log_c / CLOCK;
        let height = bdw::log_likelihood(self.cohorts, parameters)
            + self.leave * log_leave
            + self.stay * log_stay
            - softplus(0.5 * z)
            - softplus(-0.5 * z)
            - 0.5 * clock * clock;
        if height.is_finite() && log_c.abs() < 3.0 {
            height
        } else {
            f64::NEG_INFINITY
        }
    }

    /// The slope and minus the second derivatives (xx, xc, cc) at one ln κ, by differences.
    fn shape(&self, at: Point, z: f64, here: f64) -> (Point, [f64; 3]) {
        const STEP: f64 = 2e-3;
        let moved = |dx: f64, dc: f64| self.at([at[0] + dx * STEP, at[1] + dc * STEP], z);
        let (right, left, up, down) = (
            moved(1.0, 0.0),
            moved(-1.0, 0.0),
            moved(0.0, 1.0),
            moved(0.0, -1.0),
        );
        let (both, neither) = (moved(1.0, 1.0), moved(-1.0, -1.0));
        let square = STEP * STEP;
        let (xx, cc) = (
            (2.0 * here - right - left) / square,
            (2.0 * here - up - down) / square,
        );
        let mixed = (2.0 * here - both - neither) / square;
        let slope = [(right - left) / (2.0 * STEP), (up - down) / (2.0 * STEP)];
        (slope, [xx, 0.5 * (mixed - xx - cc), cc])
    }

    /// The highest point of a slice, its height and its curvature, by damped Newton.
    fn peak(&self, mut at: Point, z: f64) -> Option<(Point, f64, [f64; 3])> {
        let mut height = self.at(at, z);
        for _ in 0..40 {
            if !height.is_finite() {
                return None;
            }
            let (slope, curvature) = self.shape(at, z, height);
            let [xx, xc, cc] = firm(curvature);
            let determinant = xx * cc - xc * xc;
            let step = [
                (cc * slope[0] - xc * slope[1]) / determinant,
                (xx * slope[1] - xc * slope[0]) / determinant,
            ];
            let longest = step[0].abs().max(step[1].abs());
            let mut length = if longest > 1.0 { 1.0 / longest } else { 1.0 };
            let mut better = None;
            while length > 1e-4 {
                let next = [at[0] + length * step[0], at[1] + length * step[1]];
                let there = self.at(next, z);
                if there > height {
                    better = Some((next, there));
                    break;
                }
                length *= 0.4;
            }
            let Some((next, there)) = better else { break };
            let gained = there - height;
            (at, height) = (next, there);
            if gained < 1e-6 {
                break;
            }
        }
        Some((at, height, firm(self.shape(at, z, height).1)))
    }

    /// The cells of a slice, each with its weight as a logarithm, and its maximum.
    fn slice(&self, start: Point, z: f64) -> Option<Slice> {
        let (peak, height, [xx, xc, cc]) = self.peak(start, z)?;
        let determinant = xx * cc - xc * xc;
        // The lower triangle of the inverse's root: along x, and what is left across.
        let long = (cc / determinant).sqrt().min(3.0);
        let lean = -xc / determinant / long;
        let across = (xx / determinant - lean * lean).max(1e-12).sqrt().min(2.0);
        let place = |i: f64, j: f64| [peak[0] + i * long, peak[1] + i * lean + j * across];
        // Where the tails are longer than the curvature says, the cells lie further apart.
        let mut apart = APART;
        let edge = |apart: f64| {
            let far = f64::from(REACH) * apart;
            [(far, 0.0), (-far, 0.0), (0.0, far), (0.0, -far)]
                .into_iter()
                .map(|(i, j)| self.at(place(i, j), z))
                .fold(f64::NEG_INFINITY, f64::max)
        };
        while edge(apart) > height - 6.0 && apart < 4.0 * APART {
            apart *= 1.4;
        }
        let area = (long * across * apart * apart).ln();
        let mut cells = Vec::with_capacity(((2 * REACH + 1) * (2 * REACH + 1)) as usize);
        for i in -REACH..=REACH {
            for j in -REACH..=REACH {
                let at = place(apart * f64::from(i), apart * f64::from(j));
                let weight = self.at(at, z) + area;
                if weight > height + area - DEPTH {
                    cells.push((at, weight));
                }
            }
        }
        let top = height + area;
        Some(Slice {
            z,
            peak,
            top,
            cells,
        })
    }

    /// Slices to both sides of a point, as far as they carry weight.
    fn slices(&self, start: Point, z: f64, step: f64) -> Vec<Slice> {
        let mut found: Vec<Slice> = Vec::new();
        let mut top = f64::NEG_INFINITY;
        for direction in [1.0, -1.0] {
            let mut at = start;
            let mut away = if direction > 0.0 { 0.0 } else { step };
            loop {
                let here = z + direction * away;
                if !(SIZES.0..=SIZES.1).contains(&here) || found.len() > 400 {
                    break;
                }
                let Some(slice) = self.slice(at, here) else {
                    break;
                };
                at = slice.peak;
                top = top.max(slice.top);
                let negligible = slice.top < top - 0.6 * DEPTH;
                found.push(slice);
                if negligible {
                    break;
                }
                away += step;
            }
        }
        found.retain(|slice| slice.top > top - 0.6 * DEPTH);
        found
    }
}

/// The cells of one ln κ.
struct Slice {
    z: f64,
    peak: Point,
    /// The weight of its highest cell, as a logarithm.
    top: f64,
    cells: Vec<(Point, f64)>,
}

/// A curvature made safely positive.
fn firm([mut xx, xc, mut cc]: [f64; 3]) -> [f64; 3] {
    let size = xx.abs() + cc.abs() + 1e-6;
    let mut damping = 1e-6 * size;
    while !(xx > 0.0 && cc > 0.0 && xx * cc - xc * xc > 1e-9 * size * size) {
        damping *= 4.0;
        xx += damping;
        cc += damping;
        if !damping.is_finite() {
            return [1.0, 0.0, 1.0];
        }
    }
    [xx, xc, cc]
}

/// The posterior of (a, b, c); `None` where too little was seen.
pub(super) fn bdw(cohorts: &Cohorts, prior: &Prior) -> Option<Grid> {
    let (lost, kept) = cohorts.totals();
    if cohorts.periods() < 3 || lost == 0.0 || kept == 0.0 {
        return None;
    }
    let density = Density {
        cohorts,
        leave: (1.0 - prior.renewal) * prior.weight,
        stay: prior.renewal * prior.weight,
    };
    let (mut start, mut z) = match bdw::summit(cohorts) {
        Some([log_a, log_b, log_c]) => {
            let x = log_a - log_b;
            ([x, log_c], log_b + softplus(x))
        }
        None => ([(lost / kept).ln(), 0.0], 1.0),
    };
    z = z.clamp(SIZES.0 + 1.0, SIZES.1 - 1.0);
    let mut step = 0.5;
    let mut slices = density.slices(start, z, step);
    for _ in 0..8 {
        let best = slices.iter().max_by(|a, b| a.top.total_cmp(&b.top))?;
        let weighty = slices.iter().filter(|s| s.top > best.top - 8.0).count();
        if weighty >= SLICES {
            break;
        }
        (start, z) = (best.peak, best.z);
        step *= 0.4;
        slices = density.slices(start, z, step);
    }
    thinned(slices)
}

/// As many cells as are kept, each as often as its weight says (systematic resampling).
fn thinned(slices: Vec<Slice>) -> Option<Grid> {
    let top = slices
        .iter()
        .map(|s| s.top)
        .fold(f64::NEG_INFINITY, f64::max);
    let all: Vec<(Point, f64, f64)> = slices
        .into_iter()
        .flat_map(|slice| {
            let z = slice.z;
            slice
                .cells
                .into_iter()
                .map(move |(at, weight)| (at, z, (weight - top).exp()))
        })
        .collect();
    let sum: f64 = all.iter().map(|(.., weight)| weight).sum();
    if !(sum.is_finite() && sum > 0.0) {
        return None;
    }
    let mut cells = Vec::with_capacity(KEPT);
    let (mut reached, mut next) = (0.0, 0.5);
    for ([x, log_c], z, weight) in all {
        reached += weight / sum * KEPT as f64;
        let mut times = 0.0;
        while next < reached {
            times += 1.0;
            next += 1.0;
        }
        if times > 0.0 {
            cells.push(Cell::at(x, z, log_c.exp(), times));
        }
    }
    let kept = cells.iter().map(|cell| cell.weight).sum();
    Some(Grid::of(cells, kept, [0.0; 2]))
}
