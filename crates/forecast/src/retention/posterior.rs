//! How sure a renewal rate is: the posterior of a model's parameters.
//!
//! Of sBG it is computed on a grid of (φ, κ); of the geometric model, whose posterior is a beta distribution, on a fine
//! line of θ; of the beta-discrete-Weibull on slices of ln κ (see `others.rs`).
//!
//! φ = α/(α+β) is the mean chance of leaving at the first renewal and κ = α+β says how alike customers are; at κ → ∞
//! all are (the geometric model). The prior of φ is a beta distribution worth a chosen number of renewals. The
//! polarisation 1/(1+κ), which runs from 0 (all alike) to 1 (some never leave, the others at once), is uniform a
//! priori. Cells lie at the middles of equal steps of the logit of φ and of the logit of the polarisation, within
//! limits that are first found on a coarse grid, so an 80 × 80 grid resolves narrow posteriors too.
//! The likelihood is the same as for the maximum-likelihood fit; see [`sbg`](super::sbg).

mod grid;
mod others;
mod predict;

use super::{Cohorts, Model};
use crate::assumptions::Retention;
use crate::draw::Draw;
use crate::special::log_beta_fall;
use grid::Cell;
use rust_decimal::Decimal;
use std::sync::Arc;
use thiserror::Error;

pub use predict::CountPrediction;

/// Cells along each side of the grid.
pub const SIDE: usize = 80;

/// What is supposed before anything is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The mean chance of the first renewal, above 0 and below 1.
    pub renewal: f64,
    /// How many observed renewals the supposition is worth, 0.01..=1e6.
    pub weight: f64,
}

impl Prior {
    /// Every chance of a renewal is as likely as any other.
    pub const FLAT: Self = Self {
        renewal: 0.5,
        weight: 2.0,
    };

    fn check(&self) -> Result<(), PosteriorError> {
        let renewal = self.renewal > 0.0 && self.renewal < 1.0;
        if renewal && (0.01..=1e6).contains(&self.weight) {
            return Ok(());
        }
        Err(PosteriorError::Prior)
    }
}

/// Why there is no posterior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PosteriorError {
    /// A prior out of its range.
    #[error("the prior's renewal must lie between 0 and 1, its weight between 0.01 and 1,000,000")]
    Prior,
}

/// A mean with the limits that hold it with a probability of 80%.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CredibleMean {
    /// The posterior mean.
    pub mean: f64,
    /// The 10% point.
    pub low: f64,
    /// The 90% point.
    pub high: f64,
}

/// Customers lost, and renewals that were due, from which the shape of the customers' clock is asked for.
const SHAPE: (f64, usize) = (20.0, 4);

/// What cohorts and a prior say of a model's parameters together.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    model: Model,
    /// Shared, so that a posterior is cheap to hand on.
    grid: Arc<grid::Grid>,
    /// Renewals that were due in the data.
    seen: f64,
    prior: Prior,
}

impl Posterior {
    /// The posterior of these cohorts under sBG.
    ///
    /// # Errors
    /// [`PosteriorError::Prior`] for a prior out of range.
    pub fn new(cohorts: &Cohorts, prior: &Prior) -> Result<Self, PosteriorError> {
        Self::of_model(cohorts, prior, Model::Sbg)
    }

    /// The posterior of these cohorts under a model. Where they do not speak of the beta-discrete-Weibull (fewer than three
    /// renewals due, nobody lost, everybody lost) it is that of sBG; [`Posterior::model`] tells.
    ///
    /// # Errors
    /// [`PosteriorError::Prior`] for a prior out of range.
    pub fn of_model(
        cohorts: &Cohorts,
        prior: &Prior,
        model: Model,
    ) -> Result<Self, PosteriorError> {
        prior.check()?;
        let (lost, kept) = cohorts.totals();
        let sampled = match model {
            Model::Sbg => None,
            Model::Bdw => others::bdw(cohorts, prior),
            Model::Geometric => Some(others::geometric(lost, kept, prior)),
        };
        let (model, grid) = match sampled {
            Some(grid) => (model, grid),
            None => (Model::Sbg, grid::Grid::new(cohorts, prior)),
        };
        Ok(Self {
            model,
            grid: Arc::new(grid),
            seen: lost + kept,
            prior: *prior,
        })
    }

    /// The posterior under the richest model that these cohorts can speak of: the beta-discrete-Weibull where so many left
    /// over so many renewals that the shape of their clock shows, else sBG. Each holds the simpler ones as limits (c = 1;
    /// κ → ∞) and begins with them as the likeliest, so what is not known of the model is carried, too. Taking the model of
    /// the lowest AIC alone as certain would not: it covers too little.
    ///
    /// # Errors
    /// [`PosteriorError::Prior`] for a prior out of range.
    pub fn chosen(cohorts: &Cohorts, prior: &Prior) -> Result<Self, PosteriorError> {
        let (lost, _) = cohorts.totals();
        let shows = lost >= SHAPE.0 && cohorts.periods() >= SHAPE.1;
        let model = if shows { Model::Bdw } else { Model::Sbg };
        Self::of_model(cohorts, prior, model)
    }

    /// Whose parameters it is about.
    pub fn model(&self) -> Model {
        self.model
    }

    /// The prior alone: nothing was seen yet.
    ///
    /// # Errors
    /// [`PosteriorError::Prior`] for a prior out of range.
    pub fn of_prior(prior: &Prior) -> Result<Self, PosteriorError> {
        Self::new(&Cohorts::default(), prior)
    }

    /// Renewals that were due in the data; beside the prior's weight it says how much of this was seen.
    pub fn seen(&self) -> f64 {
        self.seen
    }

    /// The prior it began with.
    pub fn prior(&self) -> Prior {
        self.prior
    }

    /// (α, β) at the posterior means of φ and ln κ.
    pub fn mean(&self) -> (f64, f64) {
        let (mut share, mut log_size) = (0.0, 0.0);
        for cell in self.grid.cells() {
            share += cell.weight * cell.alpha / (cell.alpha + cell.beta);
            log_size += cell.weight * (cell.alpha + cell.beta).ln();
        }
        let size = log_size.exp();
        (share * size, (1.0 - share) * size)
    }

    /// E[S(t)] for t = 0..=`periods`: the chance that a new customer is still there after t renewals.
    pub fn survival(&self, periods: usize) -> Vec<f64> {
        let mut mean = vec![0.0; periods + 1];
        for cell in self.grid.cells() {
            let mut alive = cell.weight;
            for (t, slot) in mean.iter_mut().enumerate() {
                *slot += alive;
                alive *= stays(cell, t as f64);
            }
        }
        // The weights sum to 1 but for rounding.
        for alive in &mut mean {
            *alive = alive.min(1.0);
        }
        mean
    }

    /// For t = 0..=`periods` the limits within which S(t) lies with probability `level` (0..1), equal tails.
    pub fn survival_interval(&self, periods: usize, level: f64) -> Vec<(f64, f64)> {
        let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
        let mut alive: Vec<(f64, f64)> = self.grid.cells().map(|c| (1.0, c.weight)).collect();
        let mut result = Vec::with_capacity(periods + 1);
        for t in 0..=periods {
            let mut sorted = alive.clone();
            sorted.sort_by(|x, y| x.0.total_cmp(&y.0));
            result.push((quantile(&sorted, tail), quantile(&sorted, 1.0 - tail)));
            for (slot, cell) in alive.iter_mut().zip(self.grid.cells()) {
                slot.0 *= stays(cell, t as f64);
            }
        }
        result
    }

    /// The chance of the first renewal.
    pub fn renewal(&self) -> CredibleMean {
        let mut stays: Vec<(f64, f64)> = self
            .grid
            .cells()
            .map(|cell| (stays(cell, 0.0), cell.weight))
            .collect();
        stays.sort_by(|x, y| x.0.total_cmp(&y.0));
        CredibleMean {
            mean: stays.iter().map(|(s, w)| s * w).sum::<f64>().min(1.0),
            low: quantile(&stays, 0.1),
            high: quantile(&stays, 0.9),
        }
    }

    /// The curve of its kind that is nearest, in likelihood, to the mean survival over so many periods (at least 2): what a
    /// scenario takes for a forecast without spread. Constant renewal where the mean curve is geometric.
    pub fn equivalent(&self, periods: usize) -> Retention {
        const CUSTOMERS: f64 = 1e11;
        let survival = self.survival(periods.clamp(2, 600));
        let counts = survival.iter().map(|s| (s * CUSTOMERS).round() as u64);
        let decimal = |value: f64| Decimal::try_from((value * 1e9).round() / 1e9);
        let cohorts = Cohorts::new(&[counts.collect()]).ok();
        if self.model == Model::Bdw
            && let Some(fit) = cohorts.as_ref().and_then(super::bdw::fit)
            && let [Ok(a), Ok(b), Ok(c)] = fit.parameters.map(decimal)
            && [a, b, c].iter().all(|value| *value > Decimal::ZERO)
        {
            return Retention::Bdw { a, b, c };
        }
        let fit = cohorts.as_ref().and_then(super::sbg::fit);
        if let Some(fit) = fit
            && let (Ok(alpha), Ok(beta)) = (decimal(fit.alpha), decimal(fit.beta))
            && alpha > Decimal::ZERO
            && beta > Decimal::ZERO
        {
            return Retention::Sbg { alpha, beta };
        }
        let renewal = survival.get(1).copied().unwrap_or(1.0);
        Retention::Constant {
            renewal: decimal(renewal).unwrap_or(Decimal::ONE).min(Decimal::ONE),
        }
    }

    /// How many of `customers`, who have each paid `age` renewals, will pay `ahead` more. Customers are independent
    /// given α and β, so the count is binomial given them, and the binomials are mixed over the posterior.
    pub fn predict(&self, customers: u64, age: u32, ahead: u32) -> CountPrediction {
        let survivals = self.grid.cells().map(|cell| {
            let each = (0..ahead).map(|j| stays(cell, f64::from(age) + f64::from(j)));
            (each.product::<f64>(), cell.weight)
        });
        CountPrediction::new(customers, survivals.collect())
    }

    /// One set of parameters drawn from it: a cell by its weight, then a place within the cell.
    pub(crate) fn draw(&self, draw: &mut Draw) -> Drawn {
        let [alpha, beta, c] = self.grid.draw(draw);
        Drawn { alpha, beta, c }
    }
}

/// Parameters drawn for one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Drawn {
    alpha: f64,
    beta: f64,
    c: f64,
}

impl Drawn {
    /// Nobody ever leaves or all do: what stands before the first draw.
    pub(crate) const NONE: Self = Self {
        alpha: 1.0,
        beta: 1.0,
        c: 1.0,
    };

    /// Whether the customers' clock runs evenly, so that [`Drawn::survival`] is a plain product.
    pub(crate) fn is_even(self) -> bool {
        is_plain(self.c)
    }

    /// ln s(0), ln s(1), … as long as the slots given.
    pub(crate) fn fill(self, logs: &mut [f64]) {
        let Self { alpha, beta, c } = self;
        for (t, slot) in logs.iter_mut().enumerate() {
            *slot = log_beta_fall(alpha, beta, 0.0, (t as f64).powf(c));
        }
    }

    /// s(k+1)/s(k), s(k+2)/s(k), … of those who have paid `k` renewals.
    pub(crate) fn survival(self, k: u32) -> impl Iterator<Item = f64> {
        let Self { alpha, beta, c } = self;
        let (start, mut age, mut alive) = (f64::from(k), f64::from(k), 1.0);
        let plain = is_plain(c);
        std::iter::repeat_with(move || {
            if plain {
                alive *= stay(alpha, beta, age);
                age += 1.0;
            } else {
                age += 1.0;
                alive = log_beta_fall(alpha, beta, start.powf(c), age.powf(c)).exp();
            }
            alive
        })
    }
}

/// Whether the customers' clock runs evenly, as in sBG.
fn is_plain(c: f64) -> bool {
    (c - 1.0).abs() < 1e-12
}

/// The chance of the next renewal after `age` of them.
fn stays(cell: &Cell, age: f64) -> f64 {
    if is_plain(cell.c) {
        return stay(cell.alpha, cell.beta, age);
    }
    let (before, after) = (age.powf(cell.c), (age + 1.0).powf(cell.c));
    log_beta_fall(cell.alpha, cell.beta, before, after).exp()
}

/// The same where the clock runs evenly.
fn stay(alpha: f64, beta: f64, age: f64) -> f64 {
    (beta + age) / (alpha + beta + age)
}

/// The smallest of sorted, weighted values with at least a share `q` at or below it.
fn quantile(sorted: &[(f64, f64)], q: f64) -> f64 {
    let mut sum = 0.0;
    for &(value, weight) in sorted {
        sum += weight;
        if sum >= q - 1e-12 {
            return value;
        }
    }
    sorted.last().map_or(0.0, |last| last.0)
}

#[cfg(test)]
mod tests;
