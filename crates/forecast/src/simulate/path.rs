//! One path.

use super::model::{Believed, Count, Group, Life, Model, part};
use crate::draw::Draw;
use crate::lifetimes::Lifetimes;
use crate::retention::posterior::Drawn;
use crate::sample::{binomial, poisson};
use std::sync::atomic::{AtomicBool, Ordering};

/// Cohorts that are drawn before the stop sign is looked at again.
const BETWEEN_LOOKS: usize = 256;

/// Renewals up to which a belief's curve is worked out as a whole.
const LONGEST_CURVE: usize = 4_096;

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
    /// Of this path: the tables of the beliefs (empty where a table is certain), the factors of each arrival belief
    /// by month, the chances of conversion and refund.
    tables: Vec<Option<Lifetimes>>,
    shapes: Vec<Drawn>,
    /// For each belief the logarithms of its survival curve, as far as the tables need them.
    curves: Vec<Vec<f64>>,
    factors: Vec<f64>,
    conversion: f64,
    refund: f64,
    /// What the last path carried at its end; with `released`'s last entry it closes the books.
    pub(super) closing: i64,
}

impl Workspace {
    pub(super) fn new(model: &Model<'_>) -> Self {
        Self {
            counts: vec![0; model.lane_entries],
            joining: vec![0; model.group_entries],
            released: vec![0; model.runs.days.len() + 1],
            states: vec![0; model.states],
            moved: vec![0; model.states],
            tables: model
                .believed
                .iter()
                .zip(&model.tables)
                .map(|(belief, table)| belief.map(|_| table.clone()))
                .collect(),
            shapes: vec![Drawn::NONE; model.beliefs.retention.len()],
            curves: curves(model),
            factors: vec![1.0; model.beliefs.arrivals.len() * model.months],
            conversion: model.conversion,
            refund: model.refund,
            closing: 0,
        }
    }

    /// What is earned but released after the last run of the horizon.
    #[cfg(test)]
    pub(super) fn pending(&self) -> i64 {
        self.released.last().copied().unwrap_or(0)
    }

    /// Draws a path into its row: the months' nets, then the runs' payouts. Leaves the row unfinished where `stop`
    /// is set on the way.
    pub(super) fn run(
        &mut self,
        model: &Model<'_>,
        seed: u64,
        path: u64,
        row: &mut [i64],
        stop: Option<&AtomicBool>,
    ) {
        let key = Draw::path_key(seed, path);
        self.counts.fill(0);
        self.joining.fill(0);
        self.released.fill(0);
        row.fill(0);
        let (net, payouts) = row.split_at_mut(model.months);
        self.believe(model, key);
        if !self.arrive(model, key, net, stop) || !self.renew(model, key, stop) {
            return;
        }
        for group in &model.groups {
            if stopped(stop) {
                return;
            }
            self.switch(model, &mut Draw::for_part(key, group.part), group);
        }
        self.post(model, net);
        let runs = payouts.len();
        self.closing = model.runs.pay(&self.released[..runs], payouts);
    }

    /// Draws what is not known for sure.
    fn believe(&mut self, model: &Model<'_>, key: u64) {
        let beliefs = model.beliefs;
        for (i, (shapes, posterior)) in self.shapes.iter_mut().zip(&beliefs.retention).enumerate() {
            *shapes = posterior.draw(&mut Draw::for_part(key, part::RETENTION | i as u64));
        }
        for (logs, shapes) in self.curves.iter_mut().zip(&self.shapes) {
            if !shapes.is_even() {
                shapes.fill(logs);
            }
        }
        for (table, believed) in self.tables.iter_mut().zip(&model.believed) {
            if let (Some(table), Some(Believed { belief, made })) = (table, believed) {
                let (length, drawn) = (table.len(), self.shapes[*belief]);
                let logs = &self.curves[*belief];
                let from = *made as usize;
                if drawn.is_even() || logs.len() <= from + length {
                    table.refill(drawn.survival(*made).take(length));
                } else {
                    // Its logarithms were worked out once for all tables of the belief.
                    let later = &logs[from + 1..=from + length];
                    table.refill(later.iter().map(|log| (log - logs[from]).exp()));
                }
            }
        }
        self.believe_arrivals(model, key);
        if let Some(share) = beliefs.conversion {
            self.conversion = Draw::for_part(key, part::SHARES).beta(share.yes, share.no);
        }
        if let Some(share) = beliefs.refund {
            self.refund = Draw::for_part(key, part::SHARES | 1).beta(share.yes, share.no);
        }
    }

    /// The factors of the referrals: first of the fits, that of a flow once for all its shares, then of each share.
    fn believe_arrivals(&mut self, model: &Model<'_>, key: u64) {
        let months = model.months;
        let mut flow: Option<usize> = None;
        for (i, belief) in model.beliefs.arrivals.iter().enumerate() {
            let own = i * months..(i + 1) * months;
            let shared = belief.share.is_some();
            if let (true, Some(first)) = (shared, flow) {
                self.factors.copy_within(first..first + months, own.start);
                continue;
            }
            let part = if shared { part::FLOW } else { i as u64 };
            let mut draw = Draw::for_part(key, part::ARRIVALS | part);
            if shared {
                flow = Some(own.start);
            }
            belief
                .fit
                .draw_factors(&mut draw, model.start, &mut self.factors[own]);
        }
        let each = self.factors.chunks_mut(months.max(1));
        for (i, (factors, belief)) in each.zip(&model.beliefs.arrivals).enumerate() {
            if belief.share.is_some_and(f64::is_finite) {
                let mut draw = Draw::for_part(key, part::ARRIVALS | part::OWN | i as u64);
                let factor = belief.draw_share(&mut draw);
                for slot in factors {
                    *slot *= factor;
                }
            }
        }
    }

    fn arrive(
        &mut self,
        model: &Model<'_>,
        key: u64,
        net: &mut [i64],
        stop: Option<&AtomicBool>,
    ) -> bool {
        for (i, cohort) in model.arriving.iter().enumerate() {
            if i % BETWEEN_LOOKS == 0 && stopped(stop) {
                return false;
            }
            let draw = &mut Draw::for_part(key, cohort.part);
            let converted = match cohort.count {
                Count::Exactly(referrals) => binomial(draw, referrals, self.conversion),
                Count::About { mean, belief } => {
                    let factor =
                        belief.map_or(1.0, |b| self.factors[b * model.months + cohort.signup]);
                    poisson(draw, mean * self.conversion * factor)
                }
            };
            if converted == 0 {
                continue;
            }
            let lane = &model.lanes[cohort.lane];
            let first = lane.offset + cohort.month;
            let refunded = binomial(draw, converted, self.refund);
            if refunded > 0 {
                // They pay once; what is taken back is never paid out, or debited where it was released before.
                self.counts[first] += refunded as i64;
                self.counts[first + lane.term] -= refunded as i64;
                if let Some(month) = cohort.refund_month {
                    let (first_run, rest_run) = cohort.refund_runs;
                    net[month] -= refunded as i64 * lane.commission;
                    self.released[first_run] -= refunded as i64 * lane.parts.first;
                    self.released[rest_run] -= refunded as i64 * lane.parts.rest;
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
                    let lifetimes = self.tables[table].as_ref().unwrap_or(&model.tables[table]);
                    let gone = lifetimes.split(draw, kept, cap, |renewals, n| {
                        counts[first + (renewals + 1) * lane.term] -= n as i64;
                    });
                    counts[first + (cap + 1) * lane.term] += gone as i64;
                }
            }
        }
        true
    }

    fn renew(&mut self, model: &Model<'_>, key: u64, stop: Option<&AtomicBool>) -> bool {
        for (i, row) in model.running.iter().enumerate() {
            if i % BETWEEN_LOOKS == 0 && stopped(stop) {
                return false;
            }
            let draw = &mut Draw::for_part(key, row.part);
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
                    let lifetimes = self.tables[table].as_ref().unwrap_or(&model.tables[table]);
                    let gone = lifetimes.split(draw, row.count, cap, |renewals, n| {
                        counts[first + renewals * lane.term] -= n as i64;
                    });
                    counts[first + cap * lane.term] += gone as i64;
                }
            }
        }
        true
    }

    /// Months of one switching group: those who are due move or churn, then pay; those who start pay.
    fn switch(&mut self, model: &Model<'_>, draw: &mut Draw, group: &Group) {
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
    fn post(&mut self, model: &Model<'_>, net: &mut [i64]) {
        for lane in &model.lanes {
            let counts = &mut self.counts[lane.offset..lane.offset + model.months];
            for month in 0..model.months {
                if month >= lane.term {
                    counts[month] += counts[month - lane.term];
                }
                net[month] += counts[month] * lane.commission;
                self.released[lane.releasing[month]] += counts[month] * lane.parts.first;
            }
            for (&count, &run) in counts.iter().zip(&lane.releasing_rest) {
                self.released[run] += count * lane.parts.rest;
            }
        }
    }
}

/// Room for the logarithms of each belief's curve.
fn curves(model: &Model<'_>) -> Vec<Vec<f64>> {
    let mut curves = vec![Vec::new(); model.beliefs.retention.len()];
    for (table, believed) in model.tables.iter().zip(&model.believed) {
        let Some(Believed { belief, made }) = believed else {
            continue;
        };
        let needed = *made as usize + table.len() + 1;
        let curve: &mut Vec<f64> = &mut curves[*belief];
        if needed <= LONGEST_CURVE && curve.len() < needed {
            curve.resize(needed, 0.0);
        }
    }
    curves
}

fn stopped(stop: Option<&AtomicBool>) -> bool {
    stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
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
        SplitRelease, Stream, Switching, Tier, Trial,
    };
    use crate::beliefs::Beliefs;
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
                split: None,
            }),
            quantiles: Vec::new(),
        }
    }

    proptest! {
        /// What is earned is paid, carried or pending: sum of payouts + balance + pending = commissions − clawbacks.
        #[test]
        fn the_books_close(
            days in [0_u32..70, 0_u32..120, 0_u32..120, 0_u32..31], max in prop::option::of(0_u32..14),
            minimum in 0_i64..2_000_000, poisson in any::<bool>(), switching in any::<bool>(), seed in any::<u64>(), split in any::<bool>(),
        ) {
            let process = if poisson { Process::Poisson } else { Process::Fixed };
            let mut scenario = scenario(days, max, minimum, process, switching);
            if let Some(payout) = scenario.payout.as_mut().filter(|_| split) {
                payout.split = Some(SplitRelease { first: Decimal::new(4, 1), rest_after_days: days[2] + 60 });
            }
            let beliefs = Beliefs::default();
            let model = Model::new(&scenario, &beliefs).unwrap();
            let mut workspace = Workspace::new(&model);
            let mut row = vec![0; model.width()];
            for path in 0..5 {
                workspace.run(&model, seed, path, &mut row, None);
                let (net, payouts) = row.split_at(model.months);
                let earned: i64 = net.iter().sum();
                prop_assert_eq!(payouts.iter().sum::<i64>() + workspace.closing + workspace.pending(), earned);
                prop_assert!(payouts.iter().all(|&p| p == 0 || p >= minimum));
            }
        }
    }
}
