//! Mean, variance, active customers and MRR by writing out every fate of every customer.

use crate::scenarios::any_scenario;
use chrono::{Datelike, Days, Months, NaiveDate};
use perennial_forecast::Number;
use perennial_forecast::assumptions::{Process, Retention, Scenario, Tier};
use perennial_forecast::expected::{expect, expect_fast};
use proptest::prelude::*;
use rust_decimal::{Decimal, prelude::ToPrimitive};

fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap()
}

/// The chance of paying renewal `j` for one who has paid the one before, from the definition.
fn renews(retention: Retention, j: u32) -> f64 {
    let steps = |a: f64, b: f64, from: u32, to: u32| -> f64 {
        (from..to)
            .map(|i| (b + f64::from(i)) / (a + b + f64::from(i)))
            .product()
    };
    match retention {
        Retention::Constant { renewal } => float(renewal),
        Retention::Sbg { alpha, beta } => steps(float(alpha), float(beta), j - 1, j),
        Retention::Bdw { a, b, .. } => steps(float(a), float(b), (j - 1) * (j - 1), j * j),
    }
}

/// One fate: how likely, and what it brings in each month.
#[derive(Clone)]
struct Fate {
    chance: f64,
    net: Vec<f64>,
    active: Vec<f64>,
    mrr: Vec<f64>,
}

/// A payment: when, which plan, and whether it earns.
#[derive(Clone, Copy)]
struct Payment {
    day: NaiveDate,
    plan: usize,
    earns: bool,
}

struct Book<'a> {
    scenario: &'a Scenario,
    tier: Tier,
}

impl Book<'_> {
    fn month_end(&self, month: usize) -> NaiveDate {
        self.scenario.start.plus(month as i32).day(31)
    }

    /// The month of a day, counted from the start; a day before it counts as far past the end.
    fn index(&self, day: NaiveDate) -> usize {
        usize::try_from(self.months_from_start(day)).unwrap_or(usize::MAX)
    }

    fn months_from_start(&self, day: NaiveDate) -> i32 {
        let start = self.scenario.start;
        (day.year() - start.year()) * 12 + day.month() as i32 - start.month() as i32
    }

    /// The posted commission in cents.
    fn commission(&self, plan: usize) -> f64 {
        let rate = match self.tier {
            Tier::Direct => self.scenario.commission.direct,
            Tier::Second => self.scenario.commission.second_tier,
        };
        (float(self.scenario.plans[plan].price * rate) * 100.0 + 1e-6).round()
    }

    /// What payments and a refund on some day bring.
    fn fate(&self, chance: f64, payments: &[Payment], refunded: Option<NaiveDate>) -> Fate {
        let months = self.scenario.months as usize;
        let mut fate = Fate {
            chance,
            net: vec![0.0; months],
            active: vec![0.0; months],
            mrr: vec![0.0; months],
        };
        for payment in payments.iter().filter(|p| p.earns) {
            if let Some(net) = fate.net.get_mut(self.index(payment.day)) {
                *net += self.commission(payment.plan);
            }
        }
        if let (Some(day), Some(first)) = (refunded, payments.first())
            && let Some(net) = fate.net.get_mut(self.index(day))
        {
            *net -= self.commission(first.plan);
        }
        for month in 0..months {
            let end = self.month_end(month);
            let running = payments.iter().rev().find(|p| p.day <= end).filter(|p| {
                let term = self.scenario.plans[p.plan].term_months;
                let next = self.months_from_start(p.day) + term as i32;
                (month as i32) < next && refunded.is_none_or(|day| day > end)
            });
            if let Some(payment) = running {
                fate.active[month] = 1.0;
                if payment.earns {
                    let term = f64::from(self.scenario.plans[payment.plan].term_months);
                    fate.mrr[month] = self.commission(payment.plan) / term;
                }
            }
        }
        fate
    }

    /// Every way to go on from the `j`-th renewal, due `gap` terms after `anchor`.
    fn go_on(
        &self,
        chance: f64,
        paid: &[Payment],
        anchor: NaiveDate,
        gap: u32,
        j: u32,
        fates: &mut Vec<Fate>,
    ) {
        if chance == 0.0 {
            return;
        }
        let plan = paid.last().unwrap().plan;
        let term = self.scenario.plans[plan].term_months;
        let day = anchor + Months::new(gap * term);
        if self.index(day) >= self.scenario.months as usize {
            fates.push(self.fate(chance, paid, None));
            return;
        }
        let earns = self
            .scenario
            .commission
            .max_months
            .is_none_or(|most| j * term <= most);
        let switching = self
            .scenario
            .switching
            .as_ref()
            .filter(|s| s.plans.contains(&plan));
        let next: Vec<(usize, f64)> = match switching {
            Some(switching) => {
                let row = switching.plans.iter().position(|&p| p == plan).unwrap();
                switching
                    .plans
                    .iter()
                    .copied()
                    .zip(switching.matrix[row].iter().map(|&p| float(p)))
                    .collect()
            }
            None => vec![(plan, renews(self.scenario.retention[plan].unwrap(), j))],
        };
        let stays: f64 = next.iter().map(|(_, p)| p).sum();
        fates.push(self.fate(chance * (1.0 - stays), paid, None));
        for (plan, p) in next {
            let mut paid = paid.to_vec();
            paid.push(Payment { day, plan, earns });
            self.go_on(chance * p, &paid, anchor, gap + 1, j + 1, fates);
        }
    }

    fn new_referral(&self, plan: usize, signed_up: NaiveDate) -> Vec<Fate> {
        let scenario = self.scenario;
        let day = signed_up + Days::new(u64::from(scenario.trial.days));
        let (converts, refunds) = (
            float(scenario.trial.conversion),
            float(scenario.refund.probability),
        );
        let mut fates = vec![self.fate(1.0 - converts, &[], None)];
        let first = [Payment {
            day,
            plan,
            earns: true,
        }];
        let posted = day + Days::new(u64::from(scenario.refund.after_days));
        fates.push(self.fate(converts * refunds, &first, Some(posted)));
        self.go_on(converts * (1.0 - refunds), &first, day, 1, 1, &mut fates);
        fates
    }

    fn running_customer(&self, plan: usize, renewals: u32, due: NaiveDate) -> Vec<Fate> {
        let term = self.scenario.plans[plan].term_months;
        let earned = self
            .scenario
            .commission
            .max_months
            .is_none_or(|most| renewals * term <= most);
        // A payment before the start that lasts until the next one is due, however far off that is.
        let months = self.scenario.months as usize;
        let mut fates = Vec::new();
        let before = Payment {
            day: self.scenario.start.plus(-600).day(1),
            plan,
            earns: false,
        };
        self.go_on(1.0, &[before], due, 0, renewals + 1, &mut fates);
        for fate in &mut fates {
            for month in 0..months.min(self.index(due)) {
                fate.active[month] = 1.0;
                fate.mrr[month] = if earned {
                    self.commission(plan) / f64::from(term)
                } else {
                    0.0
                };
            }
        }
        fates
    }
}

/// Mean and variance of Σ weight·x over fates, for so many customers.
fn moments(fates: &[Fate], x: impl Fn(&Fate) -> f64) -> (f64, f64) {
    let mean: f64 = fates.iter().map(|f| f.chance * x(f)).sum();
    let square: f64 = fates.iter().map(|f| f.chance * x(f) * x(f)).sum();
    (mean, square)
}

struct Totals {
    net: Vec<f64>,
    variance: Vec<f64>,
    active: Vec<f64>,
    mrr: Vec<f64>,
    total_variance: f64,
}

fn brute(scenario: &Scenario) -> Totals {
    let months = scenario.months as usize;
    let zeros = || vec![0.0; months];
    let mut totals = Totals {
        net: zeros(),
        variance: zeros(),
        active: zeros(),
        mrr: zeros(),
        total_variance: 0.0,
    };
    let mut add = |count: f64, poisson: bool, fates: &[Fate]| {
        let whole: f64 = fates.iter().map(|f| f.chance).sum();
        assert!((whole - 1.0).abs() < 1e-9, "the fates make {whole}");
        let variance = |(mean, square): (f64, f64)| {
            if poisson {
                square
            } else {
                square - mean * mean
            }
        };
        for month in 0..months {
            let net = moments(fates, |f| f.net[month]);
            totals.net[month] += count * net.0;
            totals.variance[month] += count * variance(net);
            totals.active[month] += count * moments(fates, |f| f.active[month]).0;
            totals.mrr[month] += count * moments(fates, |f| f.mrr[month]).0;
        }
        totals.total_variance += count * variance(moments(fates, |f| f.net.iter().sum()));
    };
    let arrivals = scenario.arrivals.as_ref().unwrap();
    for stream in &arrivals.streams {
        let from = stream.from.unwrap_or(scenario.start);
        for offset in 0..600 {
            let month = from.plus(offset * stream.every as i32);
            let inside =
                month >= scenario.start && month < scenario.start.plus(scenario.months as i32);
            if inside && stream.until.is_none_or(|until| month <= until) {
                let book = Book {
                    scenario,
                    tier: stream.tier,
                };
                let poisson = arrivals.process == Process::Poisson;
                add(
                    float(stream.count),
                    poisson,
                    &book.new_referral(stream.plan, month.day(1)),
                );
            }
        }
    }
    for row in &scenario.opening_book {
        let book = Book {
            scenario,
            tier: row.tier,
        };
        let due = row.next_due.unwrap_or(scenario.start.day(1));
        add(
            row.count as f64,
            false,
            &book.running_customer(row.plan, row.renewals_made, due),
        );
    }
    totals
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_analytic_engine_agrees_with_every_fate(scenario in any_scenario()) {
        prop_assert_eq!(scenario.check(), Ok(()));
        let (exact, fast, truth) = (expect(&scenario), expect_fast(&scenario), brute(&scenario));
        let close = |ours: f64, truth: f64, scale: f64| (ours - truth).abs() <= 1e-9 * (1.0 + scale.abs());
        for month in 0..scenario.months as usize {
            let (ours, quick) = (exact.month(month), fast.month(month));
            prop_assert!(close(ours.net.to_f64(), truth.net[month], 1e5), "net {} {} {}", month, ours.net.to_f64(), truth.net[month]);
            prop_assert!(close(ours.active.to_f64(), truth.active[month], 1.0), "active {} {} {}", month, ours.active.to_f64(), truth.active[month]);
            prop_assert!(close(ours.mrr.to_f64(), truth.mrr[month], 1e5), "mrr {} {} {}", month, ours.mrr.to_f64(), truth.mrr[month]);
            let variance = exact.variance[month].to_f64();
            prop_assert!(close(variance, truth.variance[month], 1e9), "variance {} {} {}", month, variance, truth.variance[month]);
            prop_assert!(close(quick.net, truth.net[month], 1e5) && close(quick.active, truth.active[month], 1.0));
            prop_assert!(close(fast.variance[month], variance, 1e9));
        }
        let total = exact.total_variance.to_f64();
        prop_assert!(close(total, truth.total_variance, 1e10), "total {} {}", total, truth.total_variance);
        let sum: f64 = truth.net.iter().sum();
        prop_assert!(close(exact.total_net().to_f64(), sum, 1e6));
    }
}
