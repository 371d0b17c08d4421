//! One path.

use super::model::{Count, Group, Life, Model};
use crate::draw::Draw;
use crate::sample::{binomial, poisson};

/// The buffers that a thread uses for one path after another.
pub(super) struct Workspace {
    /// For each lane and month the change in the number of paying customers against one term before.
    counts: Vec<i64>,
    /// For each group, month and state: customers who start, and customers whose next renewal is due.
    joining: Vec<u64>,
    /// For each run what enters or leaves the balance; one more for what comes later.
    released: Vec<i64>,
    states: Vec<u64>,
    moved: Vec<u64>,
    /// What the last path carried at its end; with `released`'s last entry it closes the books.
    pub(super) closing: i64,
}

impl Workspace {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            counts: vec![0; model.lane_entries],
            joining: vec![0; model.group_entries],
            released: vec![0; model.runs.days.len() + 1],
            states: vec![0; model.states],
            moved: vec![0; model.states],
            closing: 0,
        }
    }

    /// What is earned but released after the last run of the horizon.
    #[cfg(test)]
    pub(super) fn pending(&self) -> i64 {
        self.released.last().copied().unwrap_or(0)
    }

    /// Draws a path into its row: the months' nets, then the runs' payouts.
    pub(super) fn run(&mut self, model: &Model, seed: u64, path: u64, row: &mut [i64]) {
        let mut draw = Draw::for_path(seed, path);
        self.counts.fill(0);
        self.joining.fill(0);
        self.released.fill(0);
        row.fill(0);
        let (net, payouts) = row.split_at_mut(model.months);
        self.arrive(model, &mut draw, net);
        self.renew(model, &mut draw);
        for group in &model.groups {
            self.switch(model, &mut draw, group);
        }
        self.post(model, net);
        let runs = payouts.len();
        self.closing = model.runs.pay(&self.released[..runs], payouts);
    }

    fn arrive(&mut self, model: &Model, draw: &mut Draw, net: &mut [i64]) {
        for cohort in &model.arriving {
            let converted = match cohort.count {
                Count::Exactly(referrals) => binomial(draw, referrals, model.conversion),
                Count::About(mean) => poisson(draw, mean * model.conversion),
            };
            if converted == 0 {
                continue;
            }
            let lane = &model.lanes[cohort.lane];
            let first = lane.offset + cohort.month;
            let refunded = binomial(draw, converted, model.refund);
            if refunded > 0 {
                // They pay once; what is taken back is never paid out, or debited where it was released before.
                self.counts[first] += refunded as i64;
                self.counts[first + lane.term] -= refunded as i64;
                if let Some(month) = cohort.refund_month {
                    let taken = refunded as i64 * lane.commission;
                    net[month] -= taken;
                    self.released[cohort.refund_run] -= taken;
                }
            }
            let kept = converted - refunded;
            match cohort.life {
                Life::Switches { group, state } => {
                    let group = &model.groups[group];
                    self.joining[group.offset + cohort.month * model.states + state] += kept;
                }
                Life::Renews { table, cap } => {
                    self.counts[first] += kept as i64;
                    self.counts[first + (cap + 1) * lane.term] -= kept as i64;
                    let counts = &mut self.counts;
                    model.tables[table].split(draw, kept, cap, |renewals, n| {
                        counts[first + (renewals + 1) * lane.term] -= n as i64;
                        counts[first + (cap + 1) * lane.term] += n as i64;
                    });
                }
            }
        }
    }

    fn renew(&mut self, model: &Model, draw: &mut Draw) {
        for row in &model.running {
            let lane = &model.lanes[row.lane];
            let first = lane.offset + row.month;
            match row.life {
                Life::Switches { group, state } => {
                    let group = &model.groups[group];
                    let due = group.offset + model.months * model.states;
                    self.joining[due + row.month * model.states + state] += row.count;
                }
                Life::Renews { table, cap } => {
                    self.counts[first] += row.count as i64;
                    self.counts[first + cap * lane.term] -= row.count as i64;
                    let counts = &mut self.counts;
                    model.tables[table].split(draw, row.count, cap, |renewals, n| {
                        counts[first + renewals * lane.term] -= n as i64;
                        counts[first + cap * lane.term] += n as i64;
                    });
                }
            }
        }
    }

    /// Months of one switching group: those who are due move or churn, then pay; those who start pay.
    fn switch(&mut self, model: &Model, draw: &mut Draw, group: &Group) {
        self.states.fill(0);
        let due = group.offset + model.months * model.states;
        for month in 0..group.months {
            self.moved.fill(0);
            for state in 0..model.states {
                let count = self.states[state] + self.joining[due + month * model.states + state];
                let row = &model.matrix[state * model.states..(state + 1) * model.states];
                scatter(draw, count, row, &mut self.moved);
            }
            for state in 0..model.states {
                let count =
                    self.moved[state] + self.joining[group.offset + month * model.states + state];
                self.states[state] = count;
                let slot = model.lanes[group.lanes[state]].offset + month;
                self.counts[slot] += count as i64;
                self.counts[slot + 1] -= count as i64;
            }
        }
    }

    /// Turns the counts into commissions: into the month's net, and into the run that releases them.
    fn post(&mut self, model: &Model, net: &mut [i64]) {
        for lane in &model.lanes {
            let counts = &mut self.counts[lane.offset..lane.offset + model.months];
            for month in 0..model.months {
                if month >= lane.term {
                    counts[month] += counts[month - lane.term];
                }
                let earned = counts[month] * lane.commission;
                net[month] += earned;
                self.released[lane.releasing[month]] += earned;
            }
        }
    }
}

/// Spreads `count` customers over the states of a row; who is left over has churned.
fn scatter(draw: &mut Draw, count: u64, row: &[f64], moved: &mut [u64]) {
    let (mut left, mut chance) = (count, 1.0);
    for (slot, &p) in moved.iter_mut().zip(row) {
        if left == 0 {
            return;
        }
        let taken = binomial(draw, left, if chance > 0.0 { p / chance } else { 0.0 });
        *slot += taken;
        left -= taken;
        chance -= p;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumptions::{
        Arrivals, OpeningRow, PayoutTerms, Plan, Process, Rates, Refund, Retention, Scenario,
        Stream, Switching, Tier, Trial,
    };
    use perennial_domain::Currency;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn scenario(
        days: [u32; 4],
        max_months: Option<u32>,
        minimum: i64,
        process: Process,
        switching: bool,
    ) -> Scenario {
        let plan = |id: &str, cents, term_months| Plan {
            id: id.to_owned(),
            price: Decimal::new(cents, 2),
            term_months,
        };
        let stream = |plan, tier, count| Stream {
            plan,
            tier,
            count,
            from: None,
            until: None,
            every: 1,
        };
        let fraction = Decimal::new(85, 2);
        Scenario {
            start: "2026-01".parse().unwrap(),
            months: 18,
            currency: Currency::USD,
            plans: vec![
                plan("m", 9_900, 1),
                plan("s", 19_900, 1),
                plan("q", 50_001, 3),
            ],
            commission: Rates {
                direct: Decimal::new(4, 1),
                second_tier: Decimal::new(1, 1),
                max_months,
            },
            trial: Trial {
                days: days[0],
                conversion: fraction,
            },
            retention: vec![Some(Retention::Constant { renewal: fraction }); 3],
            refund: Refund {
                probability: Decimal::new(2, 1),
                after_days: days[1],
            },
            arrivals: Some(Arrivals {
                process,
                streams: vec![
                    stream(0, Tier::Direct, Decimal::from(30)),
                    stream(1, Tier::Second, Decimal::from(2)),
                    stream(2, Tier::Direct, Decimal::from(3)),
                ],
            }),
            opening_book: vec![OpeningRow {
                plan: 0,
                tier: Tier::Direct,
                count: 40,
                renewals_made: 2,
                next_due: "2026-02-27".parse().ok(),
            }],
            switching: switching.then(|| Switching {
                plans: vec![0, 1],
                matrix: vec![
                    vec![fraction, Decimal::new(1, 1)],
                    vec![Decimal::new(5, 2), fraction],
                ],
            }),
            payout: Some(PayoutTerms {
                hold_days: days[2],
                minimum: Decimal::new(minimum, 2),
                run_day: 1 + days[3],
            }),
            quantiles: Vec::new(),
        }
    }

    proptest! {
        /// What is earned is paid, carried or pending: sum of payouts + balance + pending = commissions − clawbacks.
        #[test]
        fn the_books_close(
            days in [0_u32..70, 0_u32..120, 0_u32..120, 0_u32..31], max in prop::option::of(0_u32..14),
            minimum in 0_i64..2_000_000, poisson in any::<bool>(), switching in any::<bool>(), seed in any::<u64>(),
        ) {
            let process = if poisson { Process::Poisson } else { Process::Fixed };
            let scenario = scenario(days, max, minimum, process, switching);
            let model = Model::new(&scenario).unwrap();
            let mut workspace = Workspace::new(&model);
            let mut row = vec![0; model.width()];
            for path in 0..5 {
                workspace.run(&model, seed, path, &mut row);
                let (net, payouts) = row.split_at(model.months);
                let earned: i64 = net.iter().sum();
                prop_assert_eq!(payouts.iter().sum::<i64>() + workspace.closing + workspace.pending(), earned);
                prop_assert!(payouts.iter().all(|&p| p == 0 || p >= minimum));
            }
        }
    }
}
