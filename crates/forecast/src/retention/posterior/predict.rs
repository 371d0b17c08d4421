//! The number who stay, as a mixture of binomials over the posterior.

use crate::special::binomial_cdf;

/// Most groups that the posterior's survivals are gathered into.
const GROUPS: usize = 400;

/// The predictive distribution of a count.
#[derive(Clone, Debug, PartialEq)]
pub struct CountPrediction {
    customers: u64,
    /// (survival, weight), in order of survival.
    groups: Vec<(f64, f64)>,
}

impl CountPrediction {
    /// From weighted survivals.
    pub(super) fn new(customers: u64, mut survivals: Vec<(f64, f64)>) -> Self {
        survivals.sort_by(|x, y| x.0.total_cmp(&y.0));
        let mut groups: Vec<(f64, f64)> = Vec::new();
        let (mut product, mut weight) = (0.0, 0.0);
        for (survival, share) in survivals {
            product += survival * share;
            weight += share;
            if weight * GROUPS as f64 >= 1.0 {
                groups.push((product / weight, weight));
                (product, weight) = (0.0, 0.0);
            }
        }
        if weight > 0.0 {
            groups.push((product / weight, weight));
        }
        Self { customers, groups }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        let share: f64 = self.groups.iter().map(|(s, w)| s * w).sum();
        self.customers as f64 * share
    }

    /// P(count ≤ `x`).
    pub fn cdf(&self, x: u64) -> f64 {
        let sum: f64 = self
            .groups
            .iter()
            .map(|&(s, w)| w * binomial_cdf(x, self.customers, s))
            .sum();
        sum.clamp(0.0, 1.0)
    }

    /// The smallest count with P(count ≤ x) ≥ `q`.
    pub fn quantile(&self, q: f64) -> u64 {
        let (mut low, mut high) = (0, self.customers);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.cdf(middle) >= q - 1e-12 {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The limits with at most (1−level)/2 of the probability below and above them, both included.
    pub fn interval(&self, level: f64) -> (u64, u64) {
        let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
        (self.quantile(tail), self.quantile(1.0 - tail))
    }
}
