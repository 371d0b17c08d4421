//! Kept forecasts against what came.

use crate::calendar::Month;
use crate::score::{Forecast, Scores, Tally, scale};
use std::collections::BTreeMap;
use thiserror::Error;

/// Most kept values that are scored at once.
pub const MAX_KEPT: usize = 1_000_000;

/// What was once forecast for a month, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The month in which the forecast was made.
    pub made: Month,
    /// The month it is about, not before `made`.
    pub month: Month,
    /// (q, value) pairs, q within 0..=1; values must not fall as q grows.
    pub quantiles: Vec<(f64, f64)>,
    /// What came.
    pub actual: f64,
}

/// Why kept forecasts cannot be scored. Positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AccuracyError {
    /// Nothing to score, or too much.
    #[error("there must be 1 to {MAX_KEPT} kept forecasts")]
    Count,
    /// A month before the one the forecast was made in.
    #[error("kept forecast {0} is about a month before it was made")]
    Month(usize),
    /// No quantiles, or such that are out of range or order, or not numbers.
    #[error("the quantiles of kept forecast {0} are not in order")]
    Quantiles(usize),
}

/// How kept forecasts did.
#[derive(Clone, Debug, PartialEq)]
pub struct Accuracy {
    /// All of them.
    pub all: Scores,
    /// By how many months ahead they looked.
    pub by_months_ahead: Vec<(u32, Scores)>,
}

/// Scores kept forecasts; `history` holds the actual values month by month, for MASE's scale.
///
/// # Errors
/// [`AccuracyError`] for what cannot be scored.
pub fn accuracy(kept: &[Kept], history: &[f64]) -> Result<Accuracy, AccuracyError> {
    if kept.is_empty() || kept.len() > MAX_KEPT {
        return Err(AccuracyError::Count);
    }
    let scale = scale(history);
    let mut all = Tally::default();
    let mut by_months_ahead = BTreeMap::<u32, Tally>::new();
    for (i, one) in kept.iter().enumerate() {
        let ahead = one.month.since(one.made);
        if ahead < 0 {
            return Err(AccuracyError::Month(i));
        }
        let mut quantiles = one.quantiles.clone();
        quantiles.sort_by(|x, y| x.0.total_cmp(&y.0));
        let fine = |&(q, value): &(f64, f64)| (0.0..=1.0).contains(&q) && value.is_finite();
        let falls = quantiles.windows(2).any(|pair| pair[1].1 < pair[0].1);
        if quantiles.is_empty() || !quantiles.iter().all(fine) || falls || !one.actual.is_finite() {
            return Err(AccuracyError::Quantiles(i));
        }
        let forecast = Forecast::Quantiles(quantiles);
        all.add(&forecast, one.actual);
        by_months_ahead
            .entry(ahead.unsigned_abs())
            .or_default()
            .add(&forecast, one.actual);
    }
    Ok(Accuracy {
        all: all.scores(scale),
        by_months_ahead: by_months_ahead
            .into_iter()
            .map(|(ahead, tally)| (ahead, tally.scores(scale)))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(month: &str, quantiles: &[(f64, f64)], actual: f64) -> Kept {
        Kept {
            made: "2026-01".parse().unwrap(),
            month: month.parse().unwrap(),
            quantiles: quantiles.to_vec(),
            actual,
        }
    }

    #[test]
    fn scores_by_months_ahead() {
        let bands = [(0.9, 120.0), (0.1, 80.0), (0.5, 100.0)];
        let log = [
            kept("2026-01", &bands, 101.0),
            kept("2026-03", &bands, 90.0),
            kept("2026-03", &bands, 150.0),
        ];
        let accuracy = accuracy(&log, &[100.0, 110.0, 90.0]).unwrap();
        assert_eq!(accuracy.all.count, 3);
        assert!((accuracy.all.coverage[0].1 - 2.0 / 3.0).abs() < 1e-12);
        assert!((accuracy.all.mase.unwrap() - (1.0 + 10.0 + 50.0) / 3.0 / 15.0).abs() < 1e-12);
        let ahead: Vec<u32> = accuracy.by_months_ahead.iter().map(|row| row.0).collect();
        assert_eq!(ahead, [0, 2]);
    }

    #[test]
    fn refuses_what_cannot_be_scored() {
        assert_eq!(accuracy(&[], &[]), Err(AccuracyError::Count));
        let one = |month: &str, quantiles: &[(f64, f64)]| {
            accuracy(&[kept(month, quantiles, 1.0)], &[]).unwrap_err()
        };
        assert_eq!(one("2025-12", &[(0.5, 1.0)]), AccuracyError::Month(0));
        for bad in [
            &[][..],
            &[(0.5, f64::NAN)],
            &[(1.5, 1.0)],
            &[(0.1, 2.0), (0.9, 1.0)],
        ] {
            assert_eq!(one("2026-02", bad), AccuracyError::Quantiles(0));
        }
    }

    proptest! {
        #[test]
        fn scores_are_numbers(
            rows in prop::collection::vec((0_i32..30, -1e9_f64..1e9, 0.0_f64..1e6, -1e9_f64..1e9), 1..30),
            history in prop::collection::vec(-1e9_f64..1e9, 0..30),
        ) {
            let start: Month = "2026-01".parse().unwrap();
            let log: Vec<Kept> = rows
                .into_iter()
                .map(|(ahead, low, width, actual)| Kept {
                    made: start, month: start.plus(ahead), quantiles: vec![(0.1, low), (0.9, low + width)], actual,
                })
                .collect();
            let scores = accuracy(&log, &history).unwrap().all;
            prop_assert!(scores.crps.is_finite() && scores.crps >= 0.0 && scores.mean_error.is_finite());
            prop_assert!(scores.coverage.iter().all(|(_, share)| (0.0..=1.0).contains(share)));
        }
    }
}
