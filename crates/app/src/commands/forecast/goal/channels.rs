//! What a goal takes through one channel alone: more of those who come through it, in the mix of plans that it brings.

use super::{GoalAnswer, Search, decimal, money};
use crate::{Failure, dto::GoalChannel};
use perennial_forecast::{
    assumptions::{Stream, Tier},
    goal::PlanAnswer,
};
use rust_decimal::{Decimal, prelude::FromPrimitive as _};

/// Channels that are looked at, those that bring the most.
const MOST: usize = 12;

/// What one channel brings.
struct Brought {
    channel: usize,
    /// New referrals a month of each plan and tier through it.
    cells: Vec<(usize, Tier, f64)>,
    /// All of them.
    now: f64,
    /// What one more of them a month adds to the goal's month, in minor units.
    each: f64,
}

impl Search<'_> {
    /// By channel, the one that it takes the fewest more of first.
    pub(super) fn channels(
        &self,
        answer: &GoalAnswer,
        digits: u32,
    ) -> Result<Vec<GoalChannel>, Failure> {
        let channels = self.loaded.channels();
        let mut brought: Vec<Brought> = (0..channels.names.len())
            .map(|channel| self.brought(channel, &answer.alone))
            .filter(|brought| brought.now > 1e-9)
            .collect();
        brought.sort_by(|a, b| b.now.total_cmp(&a.now));
        brought.truncate(MOST);
        let mut rows = Vec::with_capacity(brought.len());
        for one in brought {
            let gap = answer.gap.max(0.0);
            let more = if gap <= 0.0 { 0.0 } else { gap / one.each };
            let reaches = one.each > 0.0 && more <= 1e9;
            let probability = if !reaches {
                None
            } else if more > 0.0 {
                Some(self.chance_with(&one, more)?)
            } else {
                Some(answer.chance)
            };
            let row = GoalChannel {
                channel: channels.names.get(one.channel).cloned().flatten(),
                new_now: decimal(one.now, 2),
                new_needed: reaches.then(|| decimal(one.now + more, 2)),
                each: money(one.each, digits),
                probability: probability.map(|chance| decimal(chance, 4)),
            };
            rows.push((if reaches { more } else { f64::INFINITY }, row));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// What a channel brings a month, on average until the goal's month.
    fn brought(&self, channel: usize, alone: &[PlanAnswer]) -> Brought {
        let mut one = Brought {
            channel,
            cells: Vec::new(),
            now: 0.0,
            each: 0.0,
        };
        for plan in alone.iter().filter(|plan| plan.current > 0.0) {
            let count = plan.current * self.share(channel, plan.plan);
            if count > 0.0 {
                one.cells.push((plan.plan, plan.tier, count));
                one.now += count;
                one.each += count * plan.per_referral;
            }
        }
        if one.now > 0.0 {
            one.each /= one.now;
        }
        one
    }

    /// A channel's share of a plan's new referrals, on average until the goal's month.
    fn share(&self, channel: usize, plan: usize) -> f64 {
        let channels = self.loaded.channels();
        let cell = self.loaded.cell_of(self.prepared, plan);
        let unplaced = f64::from(u8::from(channels.position(None) == Some(channel)));
        let months = self.month.since(self.first).max(0) + 1;
        let sum: f64 = (0..months)
            .map(|offset| {
                let shares = channels
                    .split
                    .as_ref()
                    .map(|split| split.shares(cell, self.first.plus(offset)))
                    .unwrap_or_default();
                if shares.is_empty() {
                    unplaced
                } else {
                    shares.get(channel).copied().unwrap_or(0.0)
                }
            })
            .sum();
        sum / f64::from(months)
    }

    /// The chance with so many more a month through a channel.
    fn chance_with(&self, brought: &Brought, more: f64) -> Result<f64, Failure> {
        let mut scenario = self.prepared.scenario.clone();
        if let Some(arrivals) = &mut scenario.arrivals {
            arrivals
                .streams
                .extend(brought.cells.iter().map(|&(plan, tier, count)| {
                    Stream {
                        plan,
                        tier,
                        count: Decimal::from_f64(more * count / brought.now)
                            .unwrap_or_default()
                            .round_dp(6),
                        from: Some(self.first),
                        until: None,
                        every: 1,
                    }
                }));
        }
        self.chance_of(&scenario)
    }
}
