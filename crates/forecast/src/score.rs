//! How good forecasts were: scores of predictive distributions against what came.
//!
//! CRPS and the pinball loss are in the unit of the forecast (lower is better; CRPS is the absolute error's equal for
//! distributions: Gneiting & Raftery 2007). MASE is the median's mean absolute error over that of repeating the last
//! value within the history (Hyndman & Koehler 2006); below 1 is better than that. Coverage is the share of months
//! within the central interval of each level; near the level is good.

/// Quantiles whose pinball loss is told.
pub const QUANTILES: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];
/// Levels of the central intervals whose coverage is told.
pub const LEVELS: [f64; 2] = [0.8, 0.9];

/// Scores over several months.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Months that were scored.
    pub count: usize,
    /// The mean continuous ranked probability score.
    pub crps: f64,
    /// The mean pinball loss of each quantile.
    pub pinball: Vec<(f64, f64)>,
    /// The mean absolute scaled error of the median; `None` where the history never moved.
    pub mase: Option<f64>,
    /// For each level the share of months within its interval.
    pub coverage: Vec<(f64, f64)>,
    /// The mean of median less actual: above 0 forecasts were too high.
    pub mean_error: f64,
}

/// What was forecast for one month: draws, or quantiles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Forecast {
    /// Draws in order of size.
    Draws(Vec<f64>),
    /// (q, value), in order of q.
    Quantiles(Vec<(f64, f64)>),
}

impl Forecast {
    /// From draws in any order.
    pub(crate) fn from_draws(mut draws: Vec<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        Self::Draws(draws)
    }

    /// The value at `q`; between known quantiles on the straight line, past them the outermost.
    pub(crate) fn quantile(&self, q: f64) -> f64 {
        match self {
            Self::Draws(draws) => {
                let rank = (q * draws.len() as f64).ceil().max(1.0) as usize - 1;
                draws.get(rank).or(draws.last()).copied().unwrap_or(0.0)
            }
            Self::Quantiles(known) => {
                let after = known.partition_point(|&(at, _)| at < q);
                match (
                    after.checked_sub(1).and_then(|i| known.get(i)),
                    known.get(after),
                ) {
                    (Some(&(p, low)), Some(&(r, high))) if r > p => {
                        low + (high - low) * (q - p) / (r - p)
                    }
                    (_, Some(&(_, value))) | (Some(&(_, value)), None) => value,
                    (None, None) => 0.0,
                }
            }
        }
    }

    /// The continuous ranked probability score against what came.
    pub(crate) fn crps(&self, actual: f64) -> f64 {
        match self {
            Self::Draws(draws) => {
                let n = draws.len().max(1) as f64;
                let (mut off, mut spread) = (0.0, 0.0);
                for (i, &x) in draws.iter().enumerate() {
                    off += (x - actual).abs();
                    spread += (2.0 * i as f64 - n + 1.0) * x;
                }
                (off / n - spread / (n * n)).max(0.0)
            }
            // CRPS is twice the pinball loss integrated over q; here over 1 %, 3 %, … 99 %.
            Self::Quantiles(_) => {
                let steps = (0..50).map(|i| 0.01 + 0.02 * f64::from(i));
                let sum: f64 = steps.map(|q| pinball(q, self.quantile(q), actual)).sum();
                2.0 * sum / 50.0
            }
        }
    }
}

/// The pinball loss of forecasting `value` as the quantile `q`.
pub(crate) fn pinball(q: f64, value: f64, actual: f64) -> f64 {
    if actual >= value {
        q * (actual - value)
    } else {
        (1.0 - q) * (value - actual)
    }
}

/// The mean absolute change from month to month: MASE's unit.
pub(crate) fn scale(history: &[f64]) -> Option<f64> {
    let changes = history.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    let mean = changes.sum::<f64>() / (history.len() as f64 - 1.0).max(1.0);
    (mean > 0.0 && mean.is_finite()).then_some(mean)
}

/// Sums up scores month by month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    count: usize,
    crps: f64,
    pinball: [f64; QUANTILES.len()],
    inside: [usize; LEVELS.len()],
    absolute: f64,
    error: f64,
}

impl Tally {
    pub(crate) fn add(&mut self, forecast: &Forecast, actual: f64) {
        self.count += 1;
        self.crps += forecast.crps(actual);
        for (sum, q) in self.pinball.iter_mut().zip(QUANTILES) {
            *sum += pinball(q, forecast.quantile(q), actual);
        }
        for (inside, level) in self.inside.iter_mut().zip(LEVELS) {
            let low = forecast.quantile(0.5 * (1.0 - level));
            let high = forecast.quantile(0.5 * (1.0 + level));
            *inside += usize::from((low..=high).contains(&actual));
        }
        let error = forecast.quantile(0.5) - actual;
        self.error += error;
        self.absolute += error.abs();
    }

    pub(crate) fn scores(&self, scale: Option<f64>) -> Scores {
        let n = self.count.max(1) as f64;
        Scores {
            count: self.count,
            crps: self.crps / n,
            pinball: QUANTILES
                .iter()
                .zip(self.pinball)
                .map(|(&q, sum)| (q, sum / n))
                .collect(),
            mase: scale
                .filter(|_| self.count > 0)
                .map(|scale| self.absolute / n / scale),
            coverage: LEVELS
                .iter()
                .zip(self.inside)
                .map(|(&level, inside)| (level, inside as f64 / n))
                .collect(),
            mean_error: self.error / n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Draw;

    #[test]
    fn scores_by_hand() {
        let forecast = Forecast::from_draws(vec![3.0, 1.0, 2.0, 4.0]);
        // E|X − 2.5| = 1, E|X − X'|/2 = 0.625.
        assert!((forecast.crps(2.5) - 0.375).abs() < 1e-12);
        assert!((pinball(0.9, 10.0, 12.0) - 1.8).abs() < 1e-12);
        assert!((pinball(0.9, 10.0, 9.0) - 0.1).abs() < 1e-12);
        let certain = Forecast::from_draws(vec![7.0]);
        assert!((certain.crps(9.0) - 2.0).abs() < 1e-12);
        let mut tally = Tally::default();
        tally.add(&forecast, 2.0);
        tally.add(&forecast, 9.0);
        let scores = tally.scores(scale(&[1.0, 3.0, 2.0]));
        assert_eq!((scores.count, scores.coverage[0].1), (2, 0.5));
        assert!((scores.mase.unwrap() - 3.5 / 1.5).abs() < 1e-12);
        assert_eq!(scale(&[4.0, 4.0]), None);
    }

    #[test]
    fn quantiles_score_about_as_the_draws_they_are_of() {
        let mut draw = Draw::for_path(1, 1);
        let draws: Vec<f64> = (0..4_000).map(|_| 100.0 + 20.0 * draw.normal()).collect();
        let full = Forecast::from_draws(draws);
        let known: Vec<f64> = vec![0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
        let few = Forecast::Quantiles(known.iter().map(|&q| (q, full.quantile(q))).collect());
        for actual in [60.0, 95.0, 101.0, 150.0] {
            let (x, y) = (full.crps(actual), few.crps(actual));
            assert!((x / y - 1.0).abs() < 0.05, "{actual}: {x} {y}");
        }
    }
}
