//! A scenario laid out for drawing paths: flat tables, everything that does not change from path to path.

use crate::arrivals::{Cohort, cohorts, is_fixed};
use crate::assumptions::{AssumptionError, OpeningRow, Refusal, Scenario, Tier};
use crate::calendar::anchored;
use crate::payout::Runs;
use crate::retention::conditional_survival;
use crate::sample::Lifetimes;
use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;

/// Most entries of all lifetime tables together.
const MAX_TABLE: usize = 20_000_000;

/// Payments of one plan, tier and anchor day: they fall on one day of each month and earn one amount.
pub(super) struct Lane {
    /// The posted commission of one payment, in minor units.
    pub commission: i64,
    /// Months from one payment to the next.
    pub term: usize,
    /// Where the lane's counts begin in the workspace.
    pub offset: usize,
    /// For each month the run that releases that month's payment.
    pub releasing: Vec<usize>,
}

/// How many referrals a cohort has.
pub(super) enum Count {
    Exactly(u64),
    /// Poisson, of this mean.
    About(f64),
}

/// What becomes of the unrefunded customers of a cohort.
#[derive(Clone, Copy)]
pub(super) enum Life {
    /// They renew by a lifetime table; at most so many renewals matter (horizon, commission cap).
    Renews { table: usize, cap: usize },
    /// They join a switching group.
    Switches { group: usize, state: usize },
}

/// New referrals who first pay in one month.
pub(super) struct NewCohort {
    pub count: Count,
    pub lane: usize,
    /// The month of the first payment.
    pub month: usize,
    pub life: Life,
    /// The month in which refunds are posted, where within the horizon.
    pub refund_month: Option<usize>,
    /// The run that a refund reduces.
    pub refund_run: usize,
}

/// Opening-book customers whose next renewal falls in one month.
pub(super) struct RunningCohort {
    pub count: u64,
    pub lane: usize,
    pub month: usize,
    pub life: Life,
}

/// Customers who move between plans and pay on one anchor day. With a commission cap those whose commissions end
/// together form a group.
pub(super) struct Group {
    /// The lane of each state.
    pub lanes: Vec<usize>,
    /// Months through which the group earns.
    pub months: usize,
    /// Where the group's tables begin in the workspace.
    pub offset: usize,
}

pub(super) struct Model {
    pub months: usize,
    pub runs: Runs,
    pub conversion: f64,
    pub refund: f64,
    pub lanes: Vec<Lane>,
    /// Entries that all lanes need together.
    pub lane_entries: usize,
    pub tables: Vec<Lifetimes>,
    pub arriving: Vec<NewCohort>,
    pub running: Vec<RunningCohort>,
    pub groups: Vec<Group>,
    /// States of the switching chain, and from each state the chance of each.
    pub states: usize,
    pub matrix: Vec<f64>,
    /// Entries that all groups need together.
    pub group_entries: usize,
}

impl Model {
    pub(super) fn new(scenario: &Scenario) -> Result<Self, AssumptionError> {
        Builder::new(scenario).build()
    }

    /// Columns of a path's row: the months' nets, then the runs' payouts.
    pub(super) fn width(&self) -> usize {
        self.months + self.runs.days.len()
    }

    /// About how many elementary draws a path takes.
    pub(super) fn work(&self) -> f64 {
        let life = |count: f64, life: Life| match life {
            Life::Renews { cap, .. } => count.min(8.0 * cap as f64) + 4.0,
            Life::Switches { .. } => 4.0,
        };
        let arriving: f64 = self
            .arriving
            .iter()
            .map(|cohort| match cohort.count {
                Count::Exactly(n) => life(n as f64, cohort.life),
                Count::About(mean) => life(mean, cohort.life),
            })
            .sum();
        let running: f64 = self
            .running
            .iter()
            .map(|row| life(row.count as f64, row.life))
            .sum();
        let switching: usize = self
            .groups
            .iter()
            .map(|group| group.months * self.states * self.states)
            .sum();
        arriving
            + running
            + 4.0 * switching as f64
            + 0.2 * self.lane_entries as f64
            + self.width() as f64
    }
}

fn too_large(at: &str, message: &str) -> AssumptionError {
    AssumptionError {
        refusal: Refusal::TooLarge,
        at: at.to_owned(),
        message: message.to_owned(),
    }
}

struct Builder<'a> {
    scenario: &'a Scenario,
    months: usize,
    model: Model,
    lanes: BTreeMap<(usize, Tier, u32), usize>,
    tables: BTreeMap<(usize, u32), usize>,
    groups: BTreeMap<(Tier, u32, usize), usize>,
    table_entries: usize,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let float = |value: Decimal| value.to_f64().unwrap_or(0.0);
        let rows = scenario.switching.as_ref().map_or(&[][..], |s| &s.matrix);
        let model = Model {
            months: scenario.months as usize,
            runs: Runs::new(scenario),
            conversion: float(scenario.trial.conversion),
            refund: float(scenario.refund.probability),
            lanes: Vec::new(),
            lane_entries: 0,
            tables: Vec::new(),
            arriving: Vec::new(),
            running: Vec::new(),
            groups: Vec::new(),
            states: rows.len(),
            matrix: rows.iter().flatten().map(|&p| float(p)).collect(),
            group_entries: 0,
        };
        Self {
            scenario,
            months: scenario.months as usize,
            model,
            lanes: BTreeMap::new(),
            tables: BTreeMap::new(),
            groups: BTreeMap::new(),
            table_entries: 0,
        }
    }

    fn build(mut self) -> Result<Model, AssumptionError> {
        for cohort in cohorts(self.scenario) {
            self.add_cohort(&cohort)?;
        }
        for row in &self.scenario.opening_book {
            self.add_row(row)?;
        }
        if self.model.lane_entries + self.model.group_entries > MAX_TABLE {
            return Err(too_large(
                "plans",
                "the scenario has too many plans and payment days to simulate",
            ));
        }
        Ok(self.model)
    }

    fn add_cohort(&mut self, cohort: &Cohort) -> Result<(), AssumptionError> {
        let month = cohort.pay_month as usize;
        let lane = self.lane(cohort.plan, cohort.tier, cohort.first_payment, month);
        let life = if let Some(state) = self.scenario.switching_index(cohort.plan) {
            // The first payment earns; the group earns through so many months after it.
            let last = self
                .scenario
                .commission
                .max_months
                .map(|most| month as u64 + u64::from(most));
            Life::Switches {
                group: self.group(cohort.tier, cohort.first_payment, month, last),
                state,
            }
        } else {
            let cap = self
                .renewals_that_matter(cohort.plan, month, 0)
                .saturating_sub(1);
            Life::Renews {
                table: self.table(cohort.plan, None)?,
                cap,
            }
        };
        let after_days = self.scenario.refund.after_days;
        let runs = &self.model.runs;
        let refund_run = if runs.voids(after_days) {
            runs.releasing(cohort.first_payment)
        } else {
            runs.on_or_after(cohort.refund_day)
        };
        let count = if is_fixed(self.scenario) {
            Count::Exactly(cohort.count.to_u64().unwrap_or(u64::MAX))
        } else {
            Count::About(cohort.count.to_f64().unwrap_or(0.0))
        };
        let refund_month = Some(cohort.refund_month as usize).filter(|&month| month < self.months);
        self.model.arriving.push(NewCohort {
            count,
            lane,
            month,
            life,
            refund_month,
            refund_run,
        });
        Ok(())
    }

    fn add_row(&mut self, row: &OpeningRow) -> Result<(), AssumptionError> {
        let month = row.due_month(self.scenario.start) as usize;
        if month >= self.months || row.count == 0 {
            return Ok(());
        }
        let due = row.due_day(self.scenario.start);
        let made = u64::from(row.renewals_made) + 1;
        let lane = self.lane(row.plan, row.tier, due, month);
        let life = if let Some(state) = self.scenario.switching_index(row.plan) {
            let most = self.scenario.commission.max_months.map(u64::from);
            if most.is_some_and(|most| most < made) {
                return Ok(());
            }
            let last = most.map(|most| month as u64 + most - made);
            Life::Switches {
                group: self.group(row.tier, due, month, last),
                state,
            }
        } else {
            let cap = self.renewals_that_matter(row.plan, month, made);
            if cap == 0 {
                return Ok(());
            }
            Life::Renews {
                table: self.table(row.plan, Some(row.renewals_made))?,
                cap,
            }
        };
        self.model.running.push(RunningCohort {
            count: row.count,
            lane,
            month,
            life,
        });
        Ok(())
    }

    /// Payments from `month` on that fall within the horizon and still earn, where the first of them is the
    /// `number`-th renewal (0 the first payment).
    fn renewals_that_matter(&self, plan: usize, month: usize, number: u64) -> usize {
        let term = self.scenario.term(plan);
        let fall = (self.months - month).div_ceil(term as usize);
        let Some(most) = self.scenario.commission.max_months else {
            return fall;
        };
        let earning = (u64::from(most) / u64::from(term) + 1).saturating_sub(number);
        fall.min(usize::try_from(earning).unwrap_or(usize::MAX))
    }

    /// The lane of payments anchored to this day, whose first falls in `month`.
    fn lane(&mut self, plan: usize, tier: Tier, first: NaiveDate, month: usize) -> usize {
        if let Some(&lane) = self.lanes.get(&(plan, tier, first.day())) {
            return lane;
        }
        let runs = &self.model.runs;
        // Any payment of the lane falls on the anchor day of its month, clamped; count from a month long enough.
        let anchor = NaiveDate::from_ymd_opt(self.scenario.start.year() - 1, 1, first.day())
            .unwrap_or(first);
        debug_assert!(month < self.months);
        let ahead = 11 + self.scenario.start.month();
        let releasing = (0..self.months)
            .map(|m| runs.releasing(anchored(anchor, ahead + m as u32)))
            .collect();
        let term = self.scenario.term(plan) as usize;
        let lane = Lane {
            commission: self.scenario.commission_minor(plan, tier),
            term,
            offset: self.model.lane_entries,
            releasing,
        };
        self.model.lane_entries += self.months + term;
        self.model.lanes.push(lane);
        let index = self.model.lanes.len() - 1;
        self.lanes.insert((plan, tier, first.day()), index);
        index
    }

    /// The lifetime table of a plan, from the first payment or from `renewals` on. Constant retention forgets.
    fn table(&mut self, plan: usize, renewals: Option<u32>) -> Result<usize, AssumptionError> {
        let Some(retention) = self.scenario.retention.get(plan).copied().flatten() else {
            return Ok(0);
        };
        let made = renewals.unwrap_or(0);
        let key = (plan, made);
        if let Some(&table) = self.tables.get(&key) {
            return Ok(table);
        }
        let length = self.months.div_ceil(self.scenario.term(plan) as usize);
        self.table_entries += length + 128;
        if self.table_entries > MAX_TABLE {
            let message =
                "the opening book has too many different histories to simulate; group its rows";
            return Err(too_large("opening_book", message));
        }
        let mut survival = conditional_survival::<f64>(retention, made, length as u32);
        survival.remove(0);
        self.model.tables.push(Lifetimes::new(survival));
        let index = self.model.tables.len() - 1;
        self.tables.insert(key, index);
        Ok(index)
    }

    /// The switching group of this anchor day that earns through month `last`.
    fn group(&mut self, tier: Tier, first: NaiveDate, month: usize, last: Option<u64>) -> usize {
        let months = last.map_or(self.months, |last| {
            self.months
                .min(usize::try_from(last + 1).unwrap_or(usize::MAX))
        });
        if let Some(&group) = self.groups.get(&(tier, first.day(), months)) {
            return group;
        }
        let plans = self
            .scenario
            .switching
            .as_ref()
            .map_or(&[][..], |s| &s.plans)
            .to_vec();
        let lanes = plans
            .iter()
            .map(|&plan| self.lane(plan, tier, first, month))
            .collect();
        self.model.groups.push(Group {
            lanes,
            months,
            offset: self.model.group_entries,
        });
        self.model.group_entries += 2 * self.months * self.model.states;
        let index = self.model.groups.len() - 1;
        self.groups.insert((tier, first.day(), months), index);
        index
    }
}
