//! A scenario laid out for drawing paths: flat tables, everything that does not change from path to path.

use super::build::Builder;
use crate::assumptions::{AssumptionError, Scenario};
use crate::beliefs::Beliefs;
use crate::calendar::Month;
use crate::lifetimes::Lifetimes;
use crate::payout::{Parts, Runs};

/// Most entries of all lifetime tables together.
pub(super) const MAX_TABLE: usize = 20_000_000;

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
    /// For each month the run that releases the rest of a split payment; empty without a split.
    pub releasing_rest: Vec<usize>,
    /// How one payment is released.
    pub parts: Parts,
}

/// How many referrals a cohort has.
pub(super) enum Count {
    Exactly(u64),
    /// Poisson, of this mean; where there is a belief, times its factor of the month of sign-up.
    About {
        mean: f64,
        belief: Option<usize>,
    },
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
    /// The month of sign-up.
    pub signup: usize,
    /// What its random numbers are drawn for.
    pub part: u64,
    pub lane: usize,
    /// The month of the first payment.
    pub month: usize,
    pub life: Life,
    /// The month in which refunds are posted, where within the horizon.
    pub refund_month: Option<usize>,
    /// The runs that a refund reduces: by the first part of the commission, and by the rest.
    pub refund_runs: (usize, usize),
}

/// Opening-book customers whose next renewal falls in one month.
pub(super) struct RunningCohort {
    pub count: u64,
    /// What its random numbers are drawn for.
    pub part: u64,
    pub lane: usize,
    pub month: usize,
    pub life: Life,
}

/// A lifetime table that is made anew on each path: of which belief, after how many renewals.
#[derive(Clone, Copy)]
pub(super) struct Believed {
    pub belief: usize,
    pub made: u32,
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
    /// What its random numbers are drawn for.
    pub part: u64,
}

/// Kinds of parts that draw their own random numbers.
pub(super) mod part {
    pub(in super::super) const NEW: u64 = 1 << 60;
    pub(in super::super) const RUNNING: u64 = 2 << 60;
    pub(in super::super) const GROUP: u64 = 3 << 60;
    pub(in super::super) const RETENTION: u64 = 4 << 60;
    pub(in super::super) const ARRIVALS: u64 = 5 << 60;
    pub(in super::super) const SHARES: u64 = 6 << 60;
    /// Of arrivals: what all shares of one flow have in common, and what each has for itself.
    pub(in super::super) const FLOW: u64 = 1 << 32;
    pub(in super::super) const OWN: u64 = 1 << 33;
}

pub(super) struct Model<'a> {
    pub months: usize,
    pub start: Month,
    pub beliefs: &'a Beliefs,
    pub runs: Runs,
    pub conversion: f64,
    pub refund: f64,
    pub lanes: Vec<Lane>,
    /// Entries that all lanes need together.
    pub lane_entries: usize,
    pub tables: Vec<Lifetimes>,
    /// For each table the belief that it is made from, if any.
    pub believed: Vec<Option<Believed>>,
    pub arriving: Vec<NewCohort>,
    pub running: Vec<RunningCohort>,
    pub groups: Vec<Group>,
    /// States of the switching chain, and from each state the chance of each.
    pub states: usize,
    pub matrix: Vec<f64>,
    /// Entries that all groups need together.
    pub group_entries: usize,
}

impl<'a> Model<'a> {
    pub(super) fn new(
        scenario: &'a Scenario,
        beliefs: &'a Beliefs,
    ) -> Result<Self, AssumptionError> {
        Builder::new(scenario, beliefs).build()
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
                Count::About { mean, .. } => life(mean, cohort.life),
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
        // A table made anew costs about as much as one draw for each of its entries.
        let anew = self.believed.iter().zip(&self.tables);
        let tables: f64 = anew
            .filter(|(belief, _)| belief.is_some())
            .map(|(_, table)| 16.0 + table.len() as f64)
            .sum();
        let factors = (self.beliefs.arrivals.len() * self.months) as f64;
        arriving
            + running
            + tables
            + 4.0 * factors
            + 4.0 * switching as f64
            + 0.2 * self.lane_entries as f64
            + self.width() as f64
    }
}
