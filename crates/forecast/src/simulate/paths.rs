//! Simulated paths, and what they are asked.

use super::{Simulated, stopped};
use crate::assumptions::Scenario;
use crate::payout::PayoutForecast;
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::sync::atomic::AtomicBool;

/// The nets of every month and the payouts of every run, path by path, in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    rows: Vec<i64>,
    months: usize,
    runs: Vec<NaiveDate>,
    count: u32,
    seed: u64,
}

impl Paths {
    pub(super) fn new(
        rows: Vec<i64>,
        months: usize,
        runs: Vec<NaiveDate>,
        count: u32,
        seed: u64,
    ) -> Self {
        Self {
            rows,
            months,
            runs,
            count,
            seed,
        }
    }

    /// How many paths.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// How many months.
    pub fn months(&self) -> usize {
        self.months
    }

    fn each(&self) -> impl Iterator<Item = &[i64]> {
        self.rows.chunks_exact(self.months + self.runs.len())
    }

    /// The net of one month on each path; zeros past the horizon.
    pub fn nets(&self, month: usize) -> Vec<i64> {
        let inside = month < self.months;
        self.each()
            .map(|row| if inside { row[month] } else { 0 })
            .collect()
    }

    /// The net over all months on each path.
    pub fn totals(&self) -> Vec<i64> {
        let total = |row: &[i64]| row.iter().take(self.months).sum();
        self.each().map(total).collect()
    }

    /// What all runs within the horizon pay on each path; zeros without payout terms.
    pub fn paid(&self) -> Vec<i64> {
        let paid = |row: &[i64]| row.iter().skip(self.months).sum();
        self.each().map(paid).collect()
    }

    /// The net over all months on each path, each month discounted to the start at a yearly rate, 0 or more.
    pub fn discounted(&self, yearly: f64) -> Vec<f64> {
        let monthly = (-yearly.max(0.0).ln_1p() / 12.0).exp();
        self.each()
            .map(|row| {
                let nets = row.iter().take(self.months).rev();
                nets.fold(0.0, |later, &net| later * monthly + net as f64)
            })
            .collect()
    }

    /// The share of paths on which a month's net is at least this.
    pub fn chance(&self, month: usize, at_least: i64) -> f64 {
        let nets = self.nets(month);
        let reached = nets.iter().filter(|&&net| net >= at_least).count();
        reached as f64 / f64::from(self.count)
    }

    /// The quantiles of a month's net, in the order asked for.
    pub fn quantiles(&self, month: usize, asked: &[Decimal]) -> Vec<i64> {
        quantiles(&mut self.nets(month), asked)
    }

    /// Everything in one view, by the quantiles that the scenario asks for; `None` where `stop` is set on the way.
    pub fn summary(&self, scenario: &Scenario, stop: Option<&AtomicBool>) -> Option<Simulated> {
        let count = f64::from(self.count);
        let mut column = vec![0_i64; self.count as usize];
        let asked = &scenario.quantiles;
        let mut result = Simulated {
            paths: self.count,
            seed: self.seed,
            months: Vec::with_capacity(self.months),
            means: Vec::with_capacity(self.months),
            deviations: Vec::with_capacity(self.months),
            total: Vec::new(),
            total_deviation: 0.0,
            payouts: Vec::with_capacity(self.runs.len()),
        };
        for month in 0..self.months {
            if stopped(stop) {
                return None;
            }
            let sum = self.fill(&mut column, month);
            result.means.push(sum as f64 / count);
            result
                .deviations
                .push(deviation(&column, sum as f64 / count));
            result.months.push(quantiles(&mut column, asked));
        }
        column = self.totals();
        let mean = column.iter().map(|&total| total as f64).sum::<f64>() / count;
        result.total_deviation = deviation(&column, mean);
        result.total = quantiles(&mut column, asked);
        let digits = scenario.currency.minor_digits();
        let paths = i128::from(self.count);
        for (index, &run) in self.runs.iter().enumerate() {
            if stopped(stop) {
                return None;
            }
            let sum = self.fill(&mut column, self.months + index);
            let paid = column.iter().filter(|&&payout| payout > 0).count();
            // Half away from zero, in whole numbers: payouts are never below zero.
            let mean = (2 * sum + paths).div_euclid(2 * paths);
            result.payouts.push(PayoutForecast {
                run,
                expected: Decimal::try_from_i128_with_scale(mean, digits).unwrap_or(Decimal::MAX),
                probability: paid as f64 / count,
                quantiles: quantiles(&mut column, asked),
            });
        }
        Some(result)
    }

    /// Copies one column and sums it.
    fn fill(&self, column: &mut [i64], index: usize) -> i128 {
        let mut sum = 0_i128;
        for (slot, row) in column.iter_mut().zip(self.each()) {
            *slot = row[index];
            sum += i128::from(row[index]);
        }
        sum
    }
}

fn deviation(column: &[i64], mean: f64) -> f64 {
    let square = |x: &i64| (*x as f64 - mean).powi(2);
    let sum: f64 = column.iter().map(square).sum();
    (sum / (column.len() as f64 - 1.0).max(1.0)).sqrt()
}

/// The smallest of the sorted values with at least a share `q` of them at or below it.
fn rank(q: Decimal, count: usize) -> usize {
    let exact = q.checked_mul(Decimal::from(count)).unwrap_or_default();
    let rank = exact
        .round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity)
        .to_usize()
        .unwrap_or(0);
    rank.clamp(1, count.max(1)) - 1
}

/// Quantiles that are selected one by one.
const FEW: usize = 12;

/// The quantiles of one column; `column` is reordered.
fn quantiles(column: &mut [i64], asked: &[Decimal]) -> Vec<i64> {
    let count = column.len();
    // Each selection goes through the whole column; for more than a few, sorting once is quicker.
    if asked.len() > FEW {
        column.sort_unstable();
        return asked.iter().map(|&q| column[rank(q, count)]).collect();
    }
    asked
        .iter()
        .map(|&q| *column.select_nth_unstable(rank(q, count)).1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_smallest_value_that_reaches_its_share() {
        let q = |text: &str| text.parse::<Decimal>().unwrap();
        let asked = [q("0"), q("0.25"), q("0.26"), q("0.5"), q("0.75"), q("1")];
        assert_eq!(
            quantiles(&mut [40, 10, 30, 20], &asked),
            [10, 10, 20, 20, 30, 40]
        );
        // 0.05 × 2,000 is 100 exactly, not a hair above.
        assert_eq!(rank(q("0.05"), 2_000), 99);
        assert_eq!(rank(q("0.0501"), 2_000), 100);
        assert_eq!(quantiles(&mut [7], &[q("0.3")]), [7]);
    }

    #[test]
    fn many_quantiles_are_the_same_as_a_few_and_keep_their_order() {
        let column: Vec<i64> = (0..997).map(|i| (i * 619) % 997).collect();
        let asked: Vec<Decimal> = (0..40).rev().map(|i| Decimal::new(i * 25, 3)).collect();
        let together = quantiles(&mut column.clone(), &asked);
        let alone: Vec<i64> = asked
            .iter()
            .map(|q| quantiles(&mut column.clone(), std::slice::from_ref(q))[0])
            .collect();
        assert_eq!(together, alone);
        assert!(together.first() > together.last());
    }
}
