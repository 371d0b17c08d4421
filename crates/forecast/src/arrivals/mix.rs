//! The referrals of many plans and tiers together.
//!
//! A plan and tier whose own history shows a trend or a season goes by its own fit. All others are too few to show one
//! alone, so they are taken as shares of one flow: what they bring together is fitted, and each keeps the share it had.
//! Growth that all have in common is then seen, and its uncertainty is common to all. Where the flow is a constant Poisson
//! rate Gamma(Σy, n) and the shares are Dirichlet, each one's rate is Gamma(y, n), as if fitted alone; but the trend that a
//! short history may hide is common to all.

use super::fit::{ArrivalError, ArrivalFit, fit_arrivals};
use crate::assumptions::{Stream, Tier};
use crate::beliefs::ArrivalBelief;
use crate::calendar::Month;
use crate::draw::Draw;
use rust_decimal::Decimal;

/// Draws that limits are taken from.
const DRAWS: u64 = 1_000;

/// How the referrals of several plans and tiers come.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalMix {
    flow: Option<ArrivalFit>,
    /// All referrals of the flow.
    total: u64,
    parts: Vec<Part>,
}

/// One plan and tier of it.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    seen: u64,
    /// Its own fit; with none it is a share of the flow.
    own: Option<ArrivalFit>,
}

impl ArrivalMix {
    /// From the referrals of consecutive months, the first of which is `start`, one list for each plan and tier.
    ///
    /// # Errors
    /// [`ArrivalError`] for histories that are empty, overlong or hold counts that are too large.
    pub fn new(start: Month, counts: &[Vec<u64>]) -> Result<Self, ArrivalError> {
        let months = counts.iter().map(Vec::len).max().unwrap_or(0);
        let mut flow = vec![0_u64; months];
        let mut parts = Vec::with_capacity(counts.len());
        for cell in counts {
            let seen = cell.iter().fold(0_u64, |all, &n| all.saturating_add(n));
            let own = fit_arrivals(start, cell)?;
            let own = Some(own).filter(|fit| fit.has_trend() || fit.has_season());
            if own.is_none() {
                for (all, &count) in flow.iter_mut().zip(cell) {
                    *all = all.saturating_add(count);
                }
            }
            parts.push(Part { seen, own });
        }
        let total = flow.iter().fold(0_u64, |all, &n| all.saturating_add(n));
        let flow = if total > 0 {
            Some(fit_arrivals(start, &flow)?)
        } else {
            None
        };
        Ok(Self { flow, total, parts })
    }

    /// What the plans and tiers without a fit of their own bring together; `None` where they brought nobody.
    pub fn flow(&self) -> Option<&ArrivalFit> {
        self.flow.as_ref()
    }

    /// The referrals of one of them so far.
    pub fn seen(&self, cell: usize) -> u64 {
        self.parts.get(cell).map_or(0, |part| part.seen)
    }

    /// Whether one of them goes by a fit of its own.
    pub fn has_own(&self, cell: usize) -> bool {
        self.parts.get(cell).is_some_and(|part| part.own.is_some())
    }

    /// The expected referrals of one of them in a month.
    pub fn mean(&self, cell: usize, month: Month) -> f64 {
        let Some(part) = self.parts.get(cell) else {
            return 0.0;
        };
        match (&part.own, &self.flow) {
            (Some(own), _) => own.mean(month),
            (None, Some(flow)) => flow.mean(month) * self.share(part),
            (None, None) => 0.0,
        }
    }

    /// The limits that hold its mean in a month with a probability of 80%, as factors on that mean.
    pub fn spread(&self, cell: usize, month: Month) -> (f64, f64) {
        let Some(belief) = self.belief(cell, 0, Tier::Direct) else {
            return (1.0, 1.0);
        };
        let mut factor = [1.0];
        let mut factors: Vec<f64> = (0..DRAWS)
            .map(|path| {
                let mut draw = Draw::for_path(0xA11, path);
                belief.fit.draw_means(&mut draw, month, &mut factor);
                factor[0] * belief.draw_share(&mut draw)
            })
            .collect();
        factors.sort_by(f64::total_cmp);
        let at = |q: f64| {
            let place = (q * DRAWS as f64) as usize;
            factors.get(place).copied().unwrap_or(1.0)
        };
        (at(0.1), at(0.9))
    }

    /// How sure its referrals are, where it brought any.
    pub fn belief(&self, cell: usize, plan: usize, tier: Tier) -> Option<ArrivalBelief> {
        let part = self.parts.get(cell).filter(|part| part.seen > 0)?;
        if let Some(own) = &part.own {
            return Some(ArrivalBelief {
                plan,
                tier,
                fit: own.clone(),
                share: None,
            });
        }
        // The flow's own spread and the share's together are those of the rate alone: 1/y = 1/Σy + (1−y/Σy)/y.
        let rest = 1.0 - self.share(part);
        Some(ArrivalBelief {
            plan,
            tier,
            fit: self.flow.clone()?,
            share: Some(if rest > 0.0 {
                part.seen as f64 / rest
            } else {
                f64::INFINITY
            }),
        })
    }

    /// Its means of the months from `start` on as streams of a scenario, one where they do not change.
    pub fn streams(
        &self,
        cell: usize,
        plan: usize,
        tier: Tier,
        start: Month,
        months: u32,
    ) -> Vec<Stream> {
        let Some(part) = self.parts.get(cell) else {
            return Vec::new();
        };
        if let Some(own) = &part.own {
            return own.streams(plan, tier, start, months);
        }
        let share = Decimal::try_from(self.share(part)).unwrap_or_default();
        let flow = self.flow.iter();
        let mut streams: Vec<Stream> = flow
            .flat_map(|flow| flow.streams(plan, tier, start, months))
            .collect();
        for stream in &mut streams {
            let count = stream.count.checked_mul(share).unwrap_or_default();
            stream.count = count.round_dp(6);
        }
        streams
    }

    fn share(&self, part: &Part) -> f64 {
        part.seen as f64 / (self.total as f64).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Month {
        "2024-01".parse().unwrap()
    }

    #[test]
    fn shares_of_a_constant_flow_are_as_if_fitted_alone() {
        let counts = vec![vec![3, 2, 4, 3, 2, 4], vec![0, 1, 0, 1, 0, 1], vec![0; 6]];
        let mix = ArrivalMix::new(start(), &counts).unwrap();
        assert!(!mix.flow().unwrap().has_trend());
        for (cell, rate) in [(0, 3.0), (1, 0.5), (2, 0.0)] {
            assert!((mix.mean(cell, start().plus(9)) - rate).abs() < 1e-9);
        }
        // The rate of three referrals is Gamma(3): half to twice as many, eight times of ten.
        let (low, high) = mix.spread(1, start().plus(9));
        assert!(
            (low - 0.367).abs() < 0.08 && (high - 1.774).abs() < 0.15,
            "{low} {high}"
        );
        assert!(mix.belief(2, 2, Tier::Direct).is_none());
    }

    #[test]
    fn growth_that_all_have_in_common_is_seen() {
        let growing = |scale: f64| -> Vec<u64> {
            (0..18)
                .map(|m| (scale * (0.08 * f64::from(m)).exp()).round() as u64)
                .collect()
        };
        let mix = ArrivalMix::new(start(), &[growing(0.55), growing(0.5), growing(0.45)]).unwrap();
        let flow = mix.flow().unwrap();
        assert!(flow.has_trend());
        assert!(mix.mean(0, start().plus(18)) > 2.0 * mix.mean(0, start()));
        let streams = mix.streams(0, 7, Tier::Second, start().plus(18), 6);
        assert!(
            streams.len() > 1
                && streams
                    .iter()
                    .all(|s| (s.plan, s.tier) == (7, Tier::Second))
        );
    }

    #[test]
    fn what_shows_a_season_of_its_own_goes_by_it() {
        let seasonal: Vec<u64> = (0..48).map(|m| if m % 12 == 10 { 40 } else { 6 }).collect();
        let mix = ArrivalMix::new(start(), &[seasonal, vec![1; 48]]).unwrap();
        assert!(mix.has_own(0) && !mix.has_own(1));
        assert!(mix.belief(0, 0, Tier::Direct).unwrap().share.is_none());
        assert!((mix.mean(1, start().plus(50)) - 1.0).abs() < 1e-9);
        assert_eq!(mix.seen(1), 48);
    }

    #[test]
    fn nobody_at_all_is_an_answer_too() {
        let mix = ArrivalMix::new(start(), &[vec![0, 0, 0]]).unwrap();
        assert!(mix.flow().is_none() && mix.streams(0, 0, Tier::Direct, start(), 3).is_empty());
        assert_eq!(
            ArrivalMix::new(start(), &[vec![]]),
            Err(ArrivalError::Months)
        );
    }
}
