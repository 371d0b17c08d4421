//! Mean and variance of every month, analytic.
//!
//! Each referral is a customer of their own, so means add up over customers, and so do variances. For a referral
//! with conversion p and refund probability q, a month's commission X has
//! E[X] = p(1−q)·E[payment] and E[X²] = p(1−q)·E[payment²], plus the refunded ones' payment and its clawback.
//! A fixed count n gives the variance n(E[X²] − E[X]²); a Poisson count of mean n gives n·E[X²].

use crate::arrivals::{Cohort, cohorts, is_fixed};
use crate::assumptions::{OpeningRow, Scenario, Tier};
use crate::calendar::Month;
use crate::kernel::{History, Kernel};
use crate::number::{Exact, Number};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Whether commissions come from customers who pay already, or from referrals that are assumed to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The opening book.
    Contracted,
    /// New referrals.
    Assumed,
}

/// What one plan and tier is expected to bring from one origin; a figure for each month, in minor units.
#[derive(Clone, Debug)]
pub struct Part<N = Exact> {
    /// Contracted or assumed.
    pub origin: Origin,
    /// Direct or second tier.
    pub tier: Tier,
    /// Index into the scenario's plans; with switching the plan that is paid, not the one first bought.
    pub plan: usize,
    /// Commissions before clawbacks.
    pub gross: Vec<N>,
    /// Commissions taken back (positive).
    pub clawback: Vec<N>,
    /// Customers inside a paid term at the month's end.
    pub active: Vec<N>,
    /// Commission a month of those customers' terms.
    pub mrr: Vec<N>,
}

/// The expected stream. Amounts are in minor units.
#[derive(Clone, Debug)]
pub struct Expected<N = Exact> {
    /// The first month.
    pub start: Month,
    /// Everything by origin, tier and plan; only what occurs.
    pub parts: Vec<Part<N>>,
    /// The variance of each month's net.
    pub variance: Vec<N>,
    /// The variance of the net over all months.
    pub total_variance: N,
}

/// One month summed over all parts, in minor units (`active` in customers).
#[derive(Clone, Copy, Debug, Default)]
pub struct MonthExpected<N = Exact> {
    /// Direct commissions before clawbacks.
    pub gross_direct: N,
    /// Second-tier commissions before clawbacks.
    pub gross_second_tier: N,
    /// Direct commissions taken back.
    pub clawback_direct: N,
    /// Second-tier commissions taken back.
    pub clawback_second_tier: N,
    /// Commissions less clawbacks.
    pub net: N,
    /// Customers inside a paid term at the month's end.
    pub active: N,
    /// Commission a month of those customers' terms.
    pub mrr: N,
}

impl<N: Number> Expected<N> {
    /// The number of months.
    pub fn months(&self) -> usize {
        self.variance.len()
    }

    /// One month over all parts; zeros past the horizon.
    pub fn month(&self, index: usize) -> MonthExpected<N> {
        let mut month = MonthExpected::default();
        let at = |figures: &[N]| figures.get(index).copied().unwrap_or_default();
        for part in &self.parts {
            let (gross, clawback) = (at(&part.gross), at(&part.clawback));
            match part.tier {
                Tier::Direct => {
                    month.gross_direct += gross;
                    month.clawback_direct += clawback;
                }
                Tier::Second => {
                    month.gross_second_tier += gross;
                    month.clawback_second_tier += clawback;
                }
            }
            month.net += gross - clawback;
            month.active += at(&part.active);
            month.mrr += at(&part.mrr);
        }
        month
    }

    /// The net over all months.
    pub fn total_net(&self) -> N {
        let mut total = N::default();
        for part in &self.parts {
            for (&gross, &clawback) in part.gross.iter().zip(&part.clawback) {
                total += gross - clawback;
            }
        }
        total
    }

    /// Standard deviation of a month's net, in minor units.
    pub fn sd(&self, index: usize) -> f64 {
        self.variance
            .get(index)
            .map_or(0.0, |v| v.to_f64().max(0.0).sqrt())
    }

    /// Standard deviation of the net over all months, in minor units.
    pub fn total_sd(&self) -> f64 {
        self.total_variance.to_f64().max(0.0).sqrt()
    }
}

/// The expected stream of a checked scenario, exact to the cent.
pub fn expect(scenario: &Scenario) -> Expected<Exact> {
    expect_in(scenario)
}

/// The expected stream in plain floats: for sliders, good to about twelve digits and several times faster.
pub fn expect_fast(scenario: &Scenario) -> Expected<f64> {
    expect_in(scenario)
}

fn expect_in<N: Number>(scenario: &Scenario) -> Expected<N> {
    let mut engine = Engine::new(scenario);
    engine.add_arrivals();
    engine.add_opening_book();
    Expected {
        start: scenario.start,
        parts: engine.parts.into_values().collect(),
        variance: engine.variance,
        total_variance: engine.total_variance,
    }
}

struct Engine<'a, N> {
    scenario: &'a Scenario,
    months: usize,
    parts: BTreeMap<(Origin, Tier, usize), Part<N>>,
    variance: Vec<N>,
    total_variance: N,
}

impl<'a, N: Number> Engine<'a, N> {
    fn new(scenario: &'a Scenario) -> Self {
        let months = scenario.months as usize;
        Self {
            scenario,
            months,
            parts: BTreeMap::new(),
            variance: vec![N::default(); months],
            total_variance: N::default(),
        }
    }

    fn part(&mut self, origin: Origin, tier: Tier, plan: usize) -> &mut Part<N> {
        let zeros = || vec![N::default(); self.months];
        self.parts
            .entry((origin, tier, plan))
            .or_insert_with(|| Part {
                origin,
                tier,
                plan,
                gross: zeros(),
                clawback: zeros(),
                active: zeros(),
                mrr: zeros(),
            })
    }

    fn add_arrivals(&mut self) {
        let mut cells = BTreeMap::<(usize, Tier), Vec<Cohort>>::new();
        for cohort in cohorts(self.scenario) {
            cells
                .entry((cohort.plan, cohort.tier))
                .or_default()
                .push(cohort);
        }
        for ((plan, tier), members) in cells {
            self.add_cell(plan, tier, &members);
        }
    }

    /// All new referrals of one plan and tier. They share a kernel, so those who first pay in one month are one.
    fn add_cell(&mut self, plan: usize, tier: Tier, members: &[Cohort]) {
        let kernel = Kernel::<N>::new(self.scenario, plan, tier, History::New, self.months);
        let conversion = N::from_decimal(self.scenario.trial.conversion);
        let refunded = N::from_decimal(self.scenario.refund.probability);
        let kept = conversion * (N::ONE - refunded);
        let mut starts = vec![N::default(); self.months];
        for cohort in members {
            if let Some(start) = starts.get_mut(cohort.pay_month as usize) {
                *start += N::from_decimal(cohort.count);
            }
        }
        for own in &kernel.plans {
            let part = self.part(Origin::Assumed, tier, own.plan);
            for (month, &start) in starts.iter().enumerate() {
                let weight = start * kept;
                add_scaled(&mut part.gross, month, weight, &own.pay);
                add_scaled(&mut part.active, month, weight, &own.active);
                add_scaled(&mut part.mrr, month, weight, &own.mrr);
            }
        }
        let customer = NewCustomer {
            kernel: &kernel,
            conversion,
            refunded,
            kept,
        };
        let fixed = is_fixed(self.scenario);
        let monthly: Vec<N> = (0..self.months)
            .map(|age| customer.variance(age, fixed))
            .collect();
        for (month, &start) in starts.iter().enumerate() {
            add_scaled(&mut self.variance, month, start, &monthly);
        }
        self.add_refunds(plan, tier, members, &customer);
        self.add_refund_variance(plan, tier, members, &customer, fixed);
    }

    /// What refunds change: the first payment is earned and taken back, and the customer is gone.
    fn add_refunds(
        &mut self,
        plan: usize,
        tier: Tier,
        members: &[Cohort],
        customer: &NewCustomer<'_, N>,
    ) {
        let term = self.scenario.term(plan);
        let commission = N::from_int(self.scenario.commission_minor(plan, tier));
        let monthly = commission.over(N::from_int(i64::from(term)));
        let refunds = customer.conversion * customer.refunded;
        let months = self.months;
        let part = self.part(Origin::Assumed, tier, plan);
        for cohort in members {
            let (paid, posted) = (cohort.pay_month as usize, cohort.refund_month as usize);
            let weight = N::from_decimal(cohort.count) * refunds;
            part.gross[paid] += weight * commission;
            if posted < months {
                part.clawback[posted] += weight * commission;
            }
            for month in paid..posted.min(paid.saturating_add(term as usize)).min(months) {
                part.active[month] += weight;
                part.mrr[month] += weight * monthly;
            }
        }
    }

    /// What refunds change in the variances, and each cohort's part of the total's.
    fn add_refund_variance(
        &mut self,
        plan: usize,
        tier: Tier,
        members: &[Cohort],
        customer: &NewCustomer<'_, N>,
        fixed: bool,
    ) {
        let commission = N::from_int(self.scenario.commission_minor(plan, tier));
        let months = self.months;
        for cohort in members {
            let (paid, posted) = (cohort.pay_month as usize, cohort.refund_month as usize);
            let count = N::from_decimal(cohort.count);
            if posted < months {
                let change = customer.refund_variance(posted - paid, commission, fixed);
                self.variance[posted] += count * change;
            }
            let total = customer.total_variance(months - paid, commission, posted < months, fixed);
            self.total_variance += count * total;
        }
    }

    fn add_opening_book(&mut self) {
        let scenario = self.scenario;
        let mut rows: Vec<&OpeningRow> = scenario.opening_book.iter().collect();
        // Rows of one history share a kernel; sorted, only one kernel is held at a time.
        let key = |row: &OpeningRow| (row.plan, row.tier, row.renewals_made);
        rows.sort_by_key(|row| key(row));
        for alike in rows.chunk_by(|x, y| key(x) == key(y)) {
            let Some(&&OpeningRow {
                plan,
                tier,
                renewals_made,
                ..
            }) = alike.first()
            else {
                continue;
            };
            let kernel = Kernel::new(
                scenario,
                plan,
                tier,
                History::Running(renewals_made),
                self.months,
            );
            for row in alike {
                self.add_opening_row(row, &kernel);
            }
        }
    }

    fn add_opening_row(&mut self, row: &OpeningRow, kernel: &Kernel<N>) {
        let count = N::from_decimal(Decimal::from(row.count));
        let due = row.due_month(self.scenario.start) as usize;
        self.add_running_term(row, count, due.min(self.months));
        if due >= self.months {
            return;
        }
        for own in &kernel.plans {
            let part = self.part(Origin::Contracted, row.tier, own.plan);
            add_scaled(&mut part.gross, due, count, &own.pay);
            add_scaled(&mut part.active, due, count, &own.active);
            add_scaled(&mut part.mrr, due, count, &own.mrr);
        }
        for (age, variance) in self.variance.iter_mut().skip(due).enumerate() {
            let mean = kernel.pay(age);
            *variance += count * (kernel.square[age] - mean * mean);
        }
        let last = self.months - due - 1;
        let (mean, square) = (kernel.total[last], kernel.total_square[last]);
        self.total_variance += count * (square - mean * mean);
    }

    /// Until its next payment is due, an opening-book customer is inside the term paid last.
    fn add_running_term(&mut self, row: &OpeningRow, count: N, due: usize) {
        let (plan, tier) = (row.plan, row.tier);
        let term = self.scenario.term(plan);
        let commission = N::from_int(self.scenario.commission_minor(plan, tier));
        let months = u64::from(row.renewals_made) * u64::from(term);
        let earns = self
            .scenario
            .commission
            .max_months
            .is_none_or(|most| months <= u64::from(most));
        let monthly = count * commission.over(N::from_int(i64::from(term)));
        let part = self.part(Origin::Contracted, tier, plan);
        for month in 0..due {
            part.active[month] += count;
            if earns {
                part.mrr[month] += monthly;
            }
        }
    }
}

/// A new referral, seen from sign-up: the kernel is per unrefunded customer.
struct NewCustomer<'a, N> {
    kernel: &'a Kernel<N>,
    conversion: N,
    refunded: N,
    /// Conversion × (1 − refund).
    kept: N,
}

impl<N: Number> NewCustomer<'_, N> {
    /// E[X] and E[X²] of the commission at an age, clawbacks aside. At age 0 the refunded pay as well.
    fn moments(&self, age: usize) -> (N, N) {
        let weight = if age == 0 { self.conversion } else { self.kept };
        let square = self.kernel.square.get(age).copied().unwrap_or_default();
        (weight * self.kernel.pay(age), weight * square)
    }

    fn variance(&self, age: usize, fixed: bool) -> N {
        let (mean, square) = self.moments(age);
        if fixed { square - mean * mean } else { square }
    }

    /// What a clawback at this age changes in that month's variance.
    fn refund_variance(&self, age: usize, commission: N, fixed: bool) -> N {
        let (mean, _) = self.moments(age);
        let taken = self.conversion * self.refunded * commission;
        // In the month of the payment itself the two cancel; later the clawback stands alone.
        let taken_square = if age == 0 {
            -(taken * commission)
        } else {
            taken * commission
        };
        let after = mean - taken;
        if fixed {
            taken_square + mean * mean - after * after
        } else {
            taken_square
        }
    }

    /// The variance of the customer's total over the first `len` months.
    fn total_variance(&self, len: usize, commission: N, taken_back: bool, fixed: bool) -> N {
        let last = len.saturating_sub(1);
        let at = |figures: &[N]| figures.get(last).copied().unwrap_or_default();
        let mut mean = self.kept * at(&self.kernel.total);
        let mut square = self.kept * at(&self.kernel.total_square);
        if !taken_back {
            let once = self.conversion * self.refunded * commission;
            mean += once;
            square += once * commission;
        }
        if fixed { square - mean * mean } else { square }
    }
}

/// Adds `weight` × `figures` to `target` from `offset` on.
fn add_scaled<N: Number>(target: &mut [N], offset: usize, weight: N, figures: &[N]) {
    if weight.to_f64() == 0.0 {
        return;
    }
    let Some(target) = target.get_mut(offset..) else {
        return;
    };
    for (slot, &figure) in target.iter_mut().zip(figures) {
        *slot += weight * figure;
    }
}
