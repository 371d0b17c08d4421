//! How many renewals customers pay, drawn from a survival curve.

use crate::draw::Draw;
use crate::sample::{Coin, binomial};

/// Draws the number of renewals from a survival curve: one uniform, a table look-up and a short scan.
#[derive(Clone, Debug)]
pub(crate) struct Lifetimes {
    /// s(1), s(2), …: falling.
    survival: Vec<f64>,
    /// For each 1/256 of the interval the renewals that all its uniforms reach.
    guide: Vec<u32>,
    /// For each renewal the draw of those who pay it; empty in a table that is made anew on each path.
    coins: Vec<Coin>,
}

/// The guide has 2^8 slots: a slot is the first 8 bits of a random number.
const GUIDE_BITS: u32 = 8;
const GUIDE: usize = 1 << GUIDE_BITS;
/// Up to so many customers for each renewal in the table they are drawn one by one, which is then the faster way.
const ONE_BY_ONE: u64 = 8;

impl Lifetimes {
    /// From s(1), s(2), …, up to as many renewals as matter.
    pub(crate) fn new(survival: Vec<f64>) -> Self {
        let mut before = 1.0;
        let coins = survival
            .iter()
            .map(|&alive| Coin::new(share(alive, std::mem::replace(&mut before, alive))))
            .collect();
        let mut lifetimes = Self {
            survival,
            guide: vec![0; GUIDE],
            coins,
        };
        lifetimes.guide();
        lifetimes
    }

    /// Another curve in the same table.
    pub(crate) fn refill(&mut self, survival: impl Iterator<Item = f64>) {
        self.survival.clear();
        self.survival.extend(survival);
        self.coins.clear();
        self.guide();
    }

    fn guide(&mut self) {
        // Survival falls, so the last slot reaches the fewest renewals and they grow from there.
        let mut reached = 0;
        for (g, slot) in self.guide.iter_mut().enumerate().rev() {
            let highest = (g + 1) as f64 / GUIDE as f64;
            while self.survival.get(reached).is_some_and(|&s| s >= highest) {
                reached += 1;
            }
            *slot = reached as u32;
        }
    }

    /// How many renewals are in the table.
    pub(crate) fn len(&self) -> usize {
        self.survival.len()
    }

    /// One customer's renewals, at most as many as the table has.
    fn one(&self, draw: &mut Draw) -> usize {
        let (slot, u) = draw.slot_and_uniform(GUIDE_BITS);
        let mut renewals = self.guide.get(slot).map_or(0, |&start| start as usize);
        while let Some(&alive) = self.survival.get(renewals)
            && alive > u
        {
            renewals += 1;
        }
        renewals
    }

    /// Calls `leave(r, n)` for the `n` of `count` customers who pay exactly `r` renewals, r < `cap`, and returns how
    /// many that are in all; those who pay `cap` and more are left out. Few customers are drawn one by one, many are
    /// thinned renewal by renewal.
    pub(crate) fn split(
        &self,
        draw: &mut Draw,
        count: u64,
        cap: usize,
        mut leave: impl FnMut(usize, u64),
    ) -> u64 {
        let cap = cap.min(self.len());
        if count <= ONE_BY_ONE * cap as u64 {
            let mut gone = 0;
            for _ in 0..count {
                let renewals = self.one(draw);
                if renewals < cap {
                    leave(renewals, 1);
                    gone += 1;
                }
            }
            return gone;
        }
        let (mut left, mut before) = (count, 1.0);
        for (renewals, &alive) in self.survival.iter().take(cap).enumerate() {
            let stayed = match self.coins.get(renewals) {
                Some(coin) => coin.toss(draw, left),
                None => binomial(draw, left, share(alive, before)),
            };
            if stayed < left {
                leave(renewals, left - stayed);
            }
            left = stayed;
            before = alive;
            if left == 0 {
                break;
            }
        }
        count - left
    }
}

/// Of those alive before, the share alive after.
fn share(after: f64, before: f64) -> f64 {
    if before > 0.0 { after / before } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_follow_the_curve_one_by_one_and_thinned() {
        let survival: Vec<f64> = (1..=30).map(|j| 0.9_f64.powi(j)).collect();
        let lifetimes = Lifetimes::new(survival.clone());
        let mut draw = Draw::for_path(3, 3);
        for count in [100_u64, 1_000_000] {
            let mut reached = vec![0.0; 31];
            let rounds = 2_000_000 / count;
            for _ in 0..rounds {
                let mut left = [0_u64; 31];
                lifetimes.split(&mut draw, count, 30, |renewals, n| left[renewals] += n);
                let mut alive = count;
                for (r, &gone) in left.iter().enumerate().take(30) {
                    alive -= gone;
                    reached[r] += alive as f64;
                }
            }
            for (r, &s) in survival.iter().enumerate() {
                let share = reached[r] / (rounds * count) as f64;
                let error = (s * (1.0 - s) / 2e6).sqrt();
                assert!(
                    (share - s).abs() < 5.0 * error,
                    "{count} {r}: {share}, not {s}"
                );
            }
        }
    }
}
