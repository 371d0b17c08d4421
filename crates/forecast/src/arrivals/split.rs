//! Which channel the referrals of each plan and tier come through.
//!
//! How many come is fitted by plan and tier ([`mix`](super::mix)); channels divide that among themselves, so what they
//! bring adds up to the whole whatever is known of them. A plan and tier divides as it did so far, shrunk to how all
//! referrals divide: the channels of its n referrals are Dirichlet-multinomial around the shares of all, and how firmly
//! they hold to them is the value of the highest likelihood over all plans and tiers. Where one channel's referrals show a
//! trend or a season of their own, its share follows it; channels too few for that share one course.

use super::fit::ArrivalError;
use super::mix::ArrivalMix;
use crate::assumptions::Stream;
use crate::calendar::Month;
use crate::special::log_gamma_rise;
use rust_decimal::Decimal;

/// How many referrals the shares of all may count as, at least and at most, and steps between.
const FIRM: (f64, f64, u32) = (1.0, 1_000.0, 30);

/// How plans and tiers divide into channels.
#[derive(Clone, Debug, PartialEq)]
pub struct ChannelSplit {
    /// How each channel's referrals come.
    courses: ArrivalMix,
    /// What each channel brought a month, on average.
    averages: Vec<f64>,
    /// The share of each channel in each plan and tier, over the whole history.
    shares: Vec<Vec<f64>>,
    /// Whether shares change from month to month.
    moves: bool,
}

impl ChannelSplit {
    /// From the referrals of consecutive months, the first of which is `start`: for each plan and tier, for each channel, a
    /// list of months. All have the same channels.
    ///
    /// # Errors
    /// [`ArrivalError`] for histories that are empty, overlong or hold counts that are too large.
    pub fn new(start: Month, counts: &[Vec<Vec<u64>>]) -> Result<Self, ArrivalError> {
        let channels = counts.iter().map(Vec::len).max().unwrap_or(0);
        let months = counts.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let mut all = vec![vec![0_u64; months]; channels];
        let mut seen = vec![vec![0_u64; channels]; counts.len()];
        for (cell, row) in counts.iter().zip(&mut seen) {
            for ((list, sum), slot) in cell.iter().zip(&mut all).zip(row) {
                for (count, total) in list.iter().zip(sum) {
                    *total = total.saturating_add(*count);
                    *slot = slot.saturating_add(*count);
                }
            }
        }
        let courses = ArrivalMix::new(start, &all)?;
        let totals: Vec<f64> = (0..channels).map(|at| courses.seen(at) as f64).collect();
        let whole: f64 = totals.iter().sum();
        let overall: Vec<f64> = totals.iter().map(|n| n / whole.max(1.0)).collect();
        let seen: Vec<Vec<f64>> = seen
            .iter()
            .map(|row| row.iter().map(|&n| n as f64).collect())
            .collect();
        let firm = firmness(&seen, &overall);
        let shares = seen
            .iter()
            .map(|row| {
                let all: f64 = row.iter().sum();
                row.iter()
                    .zip(&overall)
                    .map(|(n, share)| (n + firm * share) / (all + firm))
                    .collect()
            })
            .collect();
        Ok(Self {
            moves: (0..channels).any(|at| courses.has_own(at)),
            averages: totals.iter().map(|n| n / months.max(1) as f64).collect(),
            courses,
            shares,
        })
    }

    /// The referrals of a channel so far.
    pub fn seen(&self, channel: usize) -> u64 {
        self.courses.seen(channel)
    }

    /// Whether a channel's referrals show a trend or a season of their own.
    pub fn has_own(&self, channel: usize) -> bool {
        self.courses.has_own(channel)
    }

    /// The limits that hold what a channel brings in a month with a probability of 80%, as factors on its mean.
    pub fn spread(&self, channel: usize, month: Month) -> (f64, f64) {
        self.courses.spread(channel, month)
    }

    /// The shares of the channels in a plan and tier in a month: none below 0, together 1. For a plan and tier that never
    /// brought anybody they are those of all. Empty where nobody came at all.
    pub fn shares(&self, cell: Option<usize>, month: Month) -> Vec<f64> {
        let own = cell.and_then(|cell| self.shares.get(cell));
        let whole: f64 = self.averages.iter().sum();
        let mut shares: Vec<f64> = (0..self.averages.len())
            .map(|at| {
                let average = self.averages.get(at).copied().unwrap_or(0.0);
                if average <= 0.0 {
                    return 0.0;
                }
                let course = if self.moves {
                    (self.courses.mean(at, month) / average).clamp(1e-6, 1e6)
                } else {
                    1.0
                };
                own.and_then(|own| own.get(at).copied())
                    .unwrap_or(average / whole)
                    * course
            })
            .collect();
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return Vec::new();
        }
        for share in &mut shares {
            *share /= sum;
        }
        shares
    }

    /// A stream of a plan and tier as the streams of each channel, which bring exactly as much together. `months` are
    /// those that a scenario from `start` on looks at. Empty where nobody came at all.
    pub fn streams(
        &self,
        stream: &Stream,
        cell: Option<usize>,
        start: Month,
        months: u32,
    ) -> Vec<Vec<Stream>> {
        let mut channels: Vec<Vec<Stream>> = vec![Vec::new(); self.averages.len()];
        let mut add = |stream: &Stream, month: Month| {
            let shares = self.shares(cell, month);
            for (slot, count) in channels.iter_mut().zip(parts(stream.count, &shares)) {
                if count > Decimal::ZERO {
                    slot.push(Stream {
                        count,
                        ..stream.clone()
                    });
                }
            }
        };
        if self.moves {
            for offset in super::comes_in(stream, start, months) {
                let month = start.plus(offset as i32);
                let once = Stream {
                    from: Some(month),
                    until: Some(month),
                    every: 1,
                    ..stream.clone()
                };
                add(&once, month);
            }
        } else {
            add(stream, start);
        }
        if channels.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        channels
    }
}

/// A count divided by shares to a millionth of a millionth; the largest takes what rounding leaves, so nothing is lost.
fn parts(count: Decimal, shares: &[f64]) -> Vec<Decimal> {
    let mut parts: Vec<Decimal> = shares
        .iter()
        .map(|share| {
            let share = Decimal::try_from(*share).unwrap_or_default();
            count
                .checked_mul(share)
                .unwrap_or_default()
                .round_dp(12)
                .max(Decimal::ZERO)
        })
        .collect();
    let most = (0..shares.len()).max_by(|&a, &b| {
        let of = |at: usize| shares.get(at).copied().unwrap_or(0.0);
        of(a).total_cmp(&of(b))
    });
    let others: Decimal = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != most)
        .map(|(_, part)| *part)
        .sum();
    if let Some(slot) = most.and_then(|at| parts.get_mut(at)) {
        *slot = (count - others).max(Decimal::ZERO);
    }
    parts
}

/// How many referrals the shares of all count as for each plan and tier, where that is most likely.
fn firmness(seen: &[Vec<f64>], overall: &[f64]) -> f64 {
    let (least, most, steps) = FIRM;
    let log_likelihood = |firm: f64| -> f64 {
        seen.iter()
            .map(|row| {
                let all: f64 = row.iter().sum();
                let each: f64 = row
                    .iter()
                    .zip(overall)
                    .filter(|(n, _)| **n > 0.0)
                    .map(|(n, share)| log_gamma_rise(firm * share, *n))
                    .sum();
                each - log_gamma_rise(firm, all)
            })
            .sum()
    };
    let mut best = (most, log_likelihood(most));
    // From the firmest on, so that cells which say nothing divide as all do.
    for step in (0..steps).rev() {
        let firm = least * (most / least).powf(f64::from(step) / f64::from(steps));
        let value = log_likelihood(firm);
        if value > best.1 + 1e-9 {
            best = (firm, value);
        }
    }
    best.0
}

#[cfg(test)]
mod tests;
