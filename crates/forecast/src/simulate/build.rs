//! From a scenario to its tables.

use super::model::{
    Believed, Count, Group, Lane, Life, MAX_TABLE, Model, NewCohort, RunningCohort, part,
};
use crate::arrivals::{Cohort, cohorts, is_fixed};
use crate::assumptions::{AssumptionError, OpeningRow, Refusal, Scenario, Tier};
use crate::beliefs::Beliefs;
use crate::calendar::anchored;
use crate::lifetimes::Lifetimes;
use crate::payout::Runs;
use crate::retention::conditional_survival;
use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;

/// Plan, tier and what tells cohorts of one plan and tier apart (below 2^31), as one number.
fn key(plan: usize, tier: Tier, rest: u64) -> u64 {
    (plan as u64) << 40 | u64::from(tier == Tier::Second) << 36 | rest
}

fn too_large(at: &str, message: &str) -> AssumptionError {
    AssumptionError {
        refusal: Refusal::TooLarge,
        at: at.to_owned(),
        message: message.to_owned(),
    }
}

pub(super) struct Builder<'a> {
    scenario: &'a Scenario,
    months: usize,
    model: Model<'a>,
    lanes: BTreeMap<(usize, Tier, u32), usize>,
    tables: BTreeMap<(usize, u32), usize>,
    groups: BTreeMap<(Tier, u32, usize), usize>,
    table_entries: usize,
    alike: BTreeMap<u64, u64>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(scenario: &'a Scenario, beliefs: &'a Beliefs) -> Self {
        let float = |value: Decimal| value.to_f64().unwrap_or(0.0);
        let rows = scenario.switching.as_ref().map_or(&[][..], |s| &s.matrix);
        let model = Model {
            months: scenario.months as usize,
            start: scenario.start,
            beliefs,
            runs: Runs::new(scenario),
            conversion: float(scenario.trial.conversion),
            refund: float(scenario.refund.probability),
            lanes: Vec::new(),
            lane_entries: 0,
            tables: Vec::new(),
            believed: Vec::new(),
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
            alike: BTreeMap::new(),
        }
    }

    pub(super) fn build(mut self) -> Result<Model<'a>, AssumptionError> {
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
        let refund_runs = self
            .model
            .runs
            .taking_back(cohort.first_payment, after_days);
        let belief = self.model.beliefs.arrivals_of(cohort.plan, cohort.tier);
        let count = if is_fixed(self.scenario) && belief.is_none() {
            Count::Exactly(cohort.count.to_u64().unwrap_or(u64::MAX))
        } else {
            Count::About {
                mean: cohort.count.to_f64().unwrap_or(0.0),
                belief,
            }
        };
        let refund_month = Some(cohort.refund_month as usize).filter(|&month| month < self.months);
        self.model.arriving.push(NewCohort {
            count,
            signup: cohort.signup_month as usize,
            part: part::NEW | key(cohort.plan, cohort.tier, u64::from(cohort.signup_month)),
            lane,
            month,
            life,
            refund_month,
            refund_runs,
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
        let history =
            u64::from(row.renewals_made) << 16 | u64::from(due.day()) << 10 | month as u64;
        let part = part::RUNNING | key(row.plan, row.tier, history);
        // Rows that are alike in all this are customers of their own, so they need numbers of their own.
        let alike = self.alike.entry(part).or_default();
        let part = part.wrapping_add(alike.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        *alike += 1;
        self.model.running.push(RunningCohort {
            count: row.count,
            part,
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
        let payments = (0..self.months).map(|m| anchored(anchor, ahead + m as u32));
        let commission = self.scenario.commission_minor(plan, tier);
        let parts = runs.parts(commission);
        let releasing_rest = if parts.rest == 0 {
            Vec::new()
        } else {
            payments
                .clone()
                .map(|day| runs.releasing_rest(day))
                .collect()
        };
        let term = self.scenario.term(plan) as usize;
        let lane = Lane {
            commission,
            term,
            offset: self.model.lane_entries,
            releasing: payments.map(|day| runs.releasing(day)).collect(),
            releasing_rest,
            parts,
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
        let belief = self.model.beliefs.retention_of(plan);
        self.model
            .believed
            .push(belief.map(|belief| Believed { belief, made }));
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
            part: part::GROUP | key(0, tier, u64::from(first.day()) << 16 | months as u64),
        });
        self.model.group_entries += 2 * self.months * self.model.states;
        let index = self.model.groups.len() - 1;
        self.groups.insert((tier, first.day(), months), index);
        index
    }
}
