//! How referrals come: a count model fitted to the months of a book, and what it says of the months ahead.
//!
//! Constant, with a trend, with effects of the month of the year, or both; Poisson or negative binomial. A richer
//! model is only tried where the history is long and full enough, is held towards no effect by its priors
//! (see `glm.rs`) and is taken only where its AIC, corrected for small samples (Hurvich & Tsai 1989), is lower by 2.
//! A constant Poisson rate has the posterior Gamma(Σy, n), whose mean is the plain average; where there was no referral
//! at all it is Gamma(½, n), so that months without any are an answer too. Ahead of the history a trend fades: each month goes on by 0.95 of the month before, because trends
//! that never end are the commonest way for a forecast to be absurd.

use super::glm::{Effects, Point, Regression, TREND_SPREAD, dot, regress};
use crate::assumptions::{Stream, Tier};
use crate::calendar::Month;
use crate::draw::Draw;
use crate::sample::poisson;
use rust_decimal::Decimal;
use thiserror::Error;

/// Most months of a history of arrivals.
pub const MAX_HISTORY: usize = 1_200;
/// Most referrals in one month.
pub const MAX_COUNT: u64 = 1_000_000_000_000;
/// Months, and referrals in all, from which a trend is tried.
const FOR_TREND: (usize, u64) = (12, 24);
/// Months, and referrals in all, from which effects of the month of the year are tried.
const FOR_SEASON: (usize, u64) = (24, 48);
/// How likely it is that a history which shows no trend hides one.
const HIDDEN: f64 = 0.5;
/// How much of the trend each month ahead keeps of the month before.
const FADE: f64 = 0.95;
/// Draws that a quantile is taken from.
const DRAWS: u64 = 4_000;

/// How counts stray from their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// Variance = mean.
    Poisson,
    /// Variance = mean + mean²/r.
    NegativeBinomial {
        /// r > 0; the smaller, the wilder.
        r: f64,
    },
}

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ArrivalError {
    /// No month, or too many.
    #[error("a history of arrivals has 1 to {MAX_HISTORY} months")]
    Months,
    /// A count that is too large. Positions count from 0.
    #[error("month {0} has more referrals than can be counted")]
    TooLarge(usize),
}

/// A fitted model of arrivals.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalFit {
    start: Month,
    months: usize,
    total: u64,
    family: Family,
    /// `None` is a constant rate.
    regression: Option<Regression>,
    /// The constant rate a month; with a regression its overall mean.
    rate: f64,
    /// Shape of the rate's gamma distribution.
    shape: f64,
    aic: f64,
}

/// Fits the referrals of consecutive months, the first of which is `start`.
///
/// # Errors
/// [`ArrivalError`] for an empty or overlong history, or counts past [`MAX_COUNT`].
pub fn fit_arrivals(start: Month, counts: &[u64]) -> Result<ArrivalFit, ArrivalError> {
    if counts.is_empty() || counts.len() > MAX_HISTORY {
        return Err(ArrivalError::Months);
    }
    if let Some(at) = counts.iter().position(|&count| count > MAX_COUNT) {
        return Err(ArrivalError::TooLarge(at));
    }
    let total: u64 = counts.iter().sum();
    let n = counts.len();
    let middle = 0.5 * (n as f64 - 1.0);
    let points: Vec<Point> = counts
        .iter()
        .enumerate()
        .map(|(i, &count)| Point {
            years: (i as f64 - middle) / 12.0,
            month: start.plus(i as i32).month() as usize - 1,
            count: count as f64,
        })
        .collect();
    let enough = |(months, referrals): (usize, u64)| n >= months && total >= referrals;
    let (trend, season) = (enough(FOR_TREND), enough(FOR_SEASON));
    let mut best: Option<(Regression, Option<f64>, f64)> = None;
    for effects in [
        Effects {
            trend: false,
            season: false,
        },
        Effects {
            trend: true,
            season: false,
        },
        Effects {
            trend: false,
            season: true,
        },
        Effects {
            trend: true,
            season: true,
        },
    ] {
        if (effects.trend && !trend) || (effects.season && !season) {
            continue;
        }
        for (regression, r) in families(&points, effects, total) {
            let parameters = regression.freedom + f64::from(u8::from(r.is_some()));
            let aic = corrected(regression.log_likelihood, parameters, n);
            if best
                .as_ref()
                .is_none_or(|(_, _, lowest)| aic < lowest - 2.0)
            {
                best = Some((regression, r, aic));
            }
        }
    }
    Ok(finished(start, n, total, best))
}

/// The Poisson regression, and the negative binomial one where counts stray more than Poisson ones.
fn families(points: &[Point], effects: Effects, total: u64) -> Vec<(Regression, Option<f64>)> {
    if total == 0 {
        return Vec::new();
    }
    let mut found: Vec<(Regression, Option<f64>)> = regress(points, effects, None)
        .map(|regression| (regression, None))
        .into_iter()
        .collect();
    if points.len() >= 4
        && let Some((regression, r)) = dispersed(points, effects)
    {
        found.push((regression, Some(r)));
    }
    found
}

/// The dispersion of the highest likelihood, by golden section on ln r.
fn dispersed(points: &[Point], effects: Effects) -> Option<(Regression, f64)> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let value = |log_r: f64| regress(points, effects, Some(log_r.exp()));
    let height = |fit: &Option<Regression>| {
        fit.as_ref()
            .map_or(f64::NEG_INFINITY, |fit| fit.log_likelihood)
    };
    let (mut low, mut high) = (-2.5_f64, 9.0_f64);
    let mut left = high - GOLDEN * (high - low);
    let mut right = low + GOLDEN * (high - low);
    let (mut at_left, mut at_right) = (value(left), value(right));
    while high - low > 0.02 {
        if height(&at_left) > height(&at_right) {
            (high, right) = (right, left);
            left = high - GOLDEN * (high - low);
            at_right = std::mem::replace(&mut at_left, value(left));
        } else {
            (low, left) = (left, right);
            right = low + GOLDEN * (high - low);
            at_left = std::mem::replace(&mut at_right, value(right));
        }
    }
    // At the upper end it is Poisson, which is fitted anyway.
    let r = (0.5 * (low + high)).exp();
    (r < 4_000.0).then(|| Some((value(r.ln())?, r))).flatten()
}

fn corrected(log_likelihood: f64, parameters: f64, n: usize) -> f64 {
    let rest = n as f64 - parameters - 1.0;
    let correction = if rest > 0.0 {
        2.0 * parameters * (parameters + 1.0) / rest
    } else {
        1e9
    };
    2.0 * parameters - 2.0 * log_likelihood + correction
}

fn finished(
    start: Month,
    months: usize,
    total: u64,
    best: Option<(Regression, Option<f64>, f64)>,
) -> ArrivalFit {
    let n = months as f64;
    let (regression, r, aic) = match best {
        Some((regression, r, aic)) => (Some(regression), r, aic),
        None => (None, None, 0.0),
    };
    let family = r.map_or(Family::Poisson, |r| Family::NegativeBinomial { r });
    let seen = (total as f64).max(0.5);
    let rate = seen / n;
    // The variance of an estimated rate, relative to its square: chance, and dispersion where there is any.
    let relative = 1.0 / seen + r.map_or(0.0, |r| 1.0 / (r * n));
    ArrivalFit {
        start,
        months,
        total,
        family,
        regression: regression.filter(|fit| fit.effects.trend || fit.effects.season),
        rate,
        shape: 1.0 / relative,
        aic,
    }
}

impl ArrivalFit {
    /// Poisson or negative binomial.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Whether a trend was taken in.
    pub fn has_trend(&self) -> bool {
        self.regression
            .as_ref()
            .is_some_and(|fit| fit.effects.trend)
    }

    /// Whether effects of the month of the year were taken in.
    pub fn has_season(&self) -> bool {
        self.regression
            .as_ref()
            .is_some_and(|fit| fit.effects.season)
    }

    /// The limits that hold the growth from month to month over the next year with a probability of 80%, as shares: 0.02 is
    /// 2% more each month. Without a trend they say how large a one the history leaves open.
    pub fn growth_range(&self) -> (f64, f64) {
        let fit = self.regression.as_ref().filter(|fit| fit.effects.trend);
        let known = fit.and_then(|fit| Some((*fit.coefficients.get(1)?, fit.spread.get(1)?)));
        let (trend, deviation) = known.map_or_else(
            || (0.0, self.hidden_trend()),
            |(trend, row)| (trend, row.iter().map(|x| x * x).sum::<f64>().sqrt()),
        );
        // Of twelve months ahead so much of the trend is left as fades in them.
        let left = FADE * (1.0 - FADE.powi(12)) / (1.0 - FADE) / 12.0;
        let at = |z: f64| ((trend + z * deviation) * left / 12.0).exp_m1();
        (at(-1.2816), at(1.2816))
    }

    /// The limits that hold the season's strength with a probability of 80%, as a factor on the logarithms of its months: 0
    /// is no season, 1 the one that was fitted. None without a season.
    pub fn season_range(&self) -> Option<(f64, f64)> {
        let fit = self.regression.as_ref().filter(|fit| fit.effects.season)?;
        let first = 1 + usize::from(fit.effects.trend);
        let months = || fit.coefficients.iter().zip(&fit.spread).skip(first);
        let strength: f64 = months().map(|(effect, _)| effect * effect).sum();
        // The deviation along the season itself: each month's own, by how much it has a part in it.
        let variance: f64 = months()
            .map(|(effect, row)| effect * effect * row.iter().map(|x| x * x).sum::<f64>())
            .sum();
        if strength <= 0.0 {
            return None;
        }
        let deviation = variance.sqrt() / strength;
        Some((
            (1.0 - 1.2816 * deviation).max(0.0),
            1.0 + 1.2816 * deviation,
        ))
    }

    /// By how much a year multiplies arrivals, within the history; 1 without a trend.
    pub fn trend_per_year(&self) -> f64 {
        self.regression
            .as_ref()
            .filter(|fit| fit.effects.trend)
            .and_then(|fit| fit.coefficients.get(1))
            .map_or(1.0, |trend| trend.exp())
    }

    /// January to December: by how much each month of the year multiplies arrivals; all 1 without such effects.
    pub fn month_factors(&self) -> [f64; 12] {
        let mut factors = [1.0; 12];
        if let Some(fit) = self.regression.as_ref().filter(|fit| fit.effects.season) {
            let first = 1 + usize::from(fit.effects.trend);
            for (factor, effect) in factors.iter_mut().zip(fit.coefficients.iter().skip(first)) {
                *factor = effect.exp();
            }
        }
        factors
    }

    /// Months and referrals that it rests on.
    pub fn seen(&self) -> (usize, u64) {
        (self.months, self.total)
    }

    /// Akaike's criterion, corrected for small samples, without the terms that depend on the counts alone. Of use
    /// only beside fits of the same counts.
    pub fn aic(&self) -> f64 {
        self.aic
    }

    /// The expected referrals of a month.
    pub fn mean(&self, month: Month) -> f64 {
        match &self.regression {
            None => self.rate,
            Some(fit) => dot(&self.row(fit.effects, month), &fit.coefficients)
                .clamp(-40.0, 30.0)
                .exp(),
        }
    }

    fn row(&self, effects: Effects, month: Month) -> Vec<f64> {
        let since = f64::from(month.since(self.start));
        effects.row(self.years(since), month.month() as usize - 1)
    }

    /// The smallest count that a month's referrals stay at or below with probability `q`; parameters' uncertainty
    /// and chance are both in it.
    pub fn quantile(&self, month: Month, q: f64) -> u64 {
        let mut counts = self.counts(month);
        let rank = (q.clamp(0.0, 1.0) * DRAWS as f64).ceil().max(1.0) as usize - 1;
        *counts.select_nth_unstable(rank.min(DRAWS as usize - 1)).1
    }

    /// The limits that hold a month's referrals with probability `level`, equal tails.
    pub fn interval(&self, month: Month, level: f64) -> (u64, u64) {
        let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
        (self.quantile(month, tail), self.quantile(month, 1.0 - tail))
    }

    /// Counts of one month, drawn with one fixed seed: always the same.
    pub(crate) fn counts(&self, month: Month) -> Vec<u64> {
        let mut factor = [0.0];
        (0..DRAWS)
            .map(|path| {
                let mut draw = Draw::for_path(0x5EED, path);
                self.draw_factors(&mut draw, month, &mut factor);
                poisson(&mut draw, self.mean(month) * factor[0])
            })
            .collect()
    }

    /// For the months from `start` on by what each one's mean is to be multiplied on one path: the parameters'
    /// uncertainty, and with the negative binomial each month's own. Their mean is 1.
    pub(crate) fn draw_factors(&self, draw: &mut Draw, start: Month, factors: &mut [f64]) {
        self.draw_means(draw, start, factors);
        if let Family::NegativeBinomial { r } = self.family {
            for factor in factors {
                *factor *= draw.gamma(r) / r;
            }
        }
    }

    /// The same of the means alone, without what is each month's own.
    pub(crate) fn draw_means(&self, draw: &mut Draw, start: Month, factors: &mut [f64]) {
        match &self.regression {
            None => {
                let level = draw.gamma(self.shape) / self.shape;
                factors.fill(level);
                self.draw_hidden_trend(draw, start, factors);
            }
            Some(fit) => {
                let normals: Vec<f64> = fit.coefficients.iter().map(|_| draw.normal()).collect();
                let moved: Vec<f64> = fit.spread.iter().map(|row| dot(row, &normals)).collect();
                for (i, factor) in factors.iter_mut().enumerate() {
                    let row = self.row(fit.effects, start.plus(i as i32));
                    let variance: f64 = (0..row.len())
                        .map(|k| {
                            let column = row.iter().zip(&fit.spread);
                            column.map(|(x, spread)| x * spread[k]).sum::<f64>().powi(2)
                        })
                        .sum();
                    *factor = (dot(&row, &moved) - 0.5 * variance).clamp(-40.0, 8.0).exp();
                }
            }
        }
    }

    /// A history too short to show a trend does not say that there is none: on every other path there is one, as large as
    /// the history leaves open. The mean stays.
    fn draw_hidden_trend(&self, draw: &mut Draw, start: Month, factors: &mut [f64]) {
        let (there, normal) = (draw.uniform() < HIDDEN, draw.normal());
        let deviation = self.hidden_trend();
        let last = self.months as f64 - 1.0;
        for (i, factor) in factors.iter_mut().enumerate() {
            let since = f64::from(start.plus(i as i32).since(self.start));
            let years = self.years(since.max(last));
            let spread = deviation * years;
            let mean = 1.0 - HIDDEN + HIDDEN * (0.5 * spread * spread).exp();
            let drawn = if there { (normal * spread).exp() } else { 1.0 };
            *factor *= drawn / mean;
        }
    }

    /// How large a trend, in logarithms a year, the history leaves open where it shows none.
    fn hidden_trend(&self) -> f64 {
        // Of a count spread evenly over so many years, and of the prior.
        let years = self.months as f64 / 12.0;
        let seen = self.total as f64 * years * years / 12.0;
        (1.0 / (seen + TREND_SPREAD.powi(-2))).sqrt()
    }

    /// Years from the middle of the history to a month, in which a trend fades ahead of it.
    fn years(&self, since: f64) -> f64 {
        let last = self.months as f64 - 1.0;
        let ahead = (since - last).max(0.0);
        // 0.95 + 0.95² + …: as many months of trend as are left of it.
        let faded = FADE * (1.0 - FADE.powf(ahead)) / (1.0 - FADE);
        (since.min(last) + faded - 0.5 * last) / 12.0
    }

    /// The means of the months from `start` on as streams of a scenario (to be taken as Poisson means), one stream
    /// where they do not change.
    pub fn streams(&self, plan: usize, tier: Tier, start: Month, months: u32) -> Vec<Stream> {
        let count = |month| {
            let mean = (self.mean(month).min(MAX_COUNT as f64) * 1e6).round() / 1e6;
            Decimal::try_from(mean).unwrap_or_default()
        };
        let stream = |from: Month, until: Month| Stream {
            plan,
            tier,
            count: count(from),
            from: Some(from),
            until: Some(until),
            every: 1,
        };
        let last = start.plus(months.max(1) as i32 - 1);
        if self.regression.is_none() {
            return vec![stream(start, last)];
        }
        (0..months.max(1))
            .map(|i| start.plus(i as i32))
            .map(|month| stream(month, month))
            .collect()
    }
}

#[cfg(test)]
mod tests;
