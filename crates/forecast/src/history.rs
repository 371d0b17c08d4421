//! A book's referrals, month by month, as the models need them: cohorts, arrivals, who pays now, what came in.
//!
//! Everything is told by what was known at the end of a month, so that [`History::as_of`] can take a forecast back
//! to an earlier month and compare it with what came.

mod views;

use crate::assumptions::{MAX_PLANS, MAX_RENEWALS, MAX_TERM, Tier};
use crate::calendar::{Month, anchored};
use chrono::NaiveDate;
use thiserror::Error;

pub use views::{CohortRow, Durations};

/// Most referrals of one history.
pub const MAX_REFERRALS: usize = 5_000_000;
/// Most months of one history.
pub const MAX_HISTORY: u32 = 1_200;

/// A plan and tier that referrals paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPlan {
    /// Its name.
    pub id: String,
    /// Months that one payment covers, 1..=600.
    pub term_months: u32,
    /// The posted commission of one payment, in minor units, not below 0.
    pub commission: i64,
    /// Direct or second tier.
    pub tier: Tier,
    /// Plans of one group share their retention; any small number, below [`MAX_PLANS`].
    pub group: usize,
}

/// How it stands with a referral at the end of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Still paying: the next renewal is not due yet.
    Paying,
    /// The renewal after the paid ones was due and was not paid.
    Lost,
    /// The first payment was refunded on this day, and the customer is gone.
    Refunded {
        /// The day on which the refund was posted.
        on: NaiveDate,
    },
}

/// A referral who has paid at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referral {
    /// Index into the history's plans.
    pub plan: usize,
    /// The day of the very first payment, also where it was not seen.
    pub first: NaiveDate,
    /// Renewals already paid when first seen (late entry); 0 where seen from the first payment on.
    pub entry: u32,
    /// Renewals paid by the end of the history, `entry` among them.
    pub paid: u32,
    /// How it stands at the end.
    pub end: End,
}

/// Why referrals make no history. Positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HistoryError {
    /// The last month lies before the first, or too many months lie between them.
    #[error("a history spans 1 to {MAX_HISTORY} months")]
    Months,
    /// Too many referrals or plans.
    #[error("a history has at most {MAX_REFERRALS} referrals and {MAX_PLANS} plans")]
    TooLarge,
    /// A plan whose term, commission or group is out of range.
    #[error("plan {0} is out of its range")]
    Plan(usize),
    /// A referral to a plan that is not there, first paid after the end, or with more renewals seen than paid.
    #[error("referral {0} does not fit the history")]
    Referral(usize),
    /// Not one net for each month.
    #[error("there must be one net for each month of the history")]
    Nets,
}

/// The referrals of a book over a span of full months.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    first: Month,
    last: Month,
    plans: Vec<HistoryPlan>,
    referrals: Vec<Referral>,
    net: Option<Vec<i64>>,
}

impl History {
    /// The history of the full months `first`..=`last`.
    ///
    /// # Errors
    /// [`HistoryError`] for what does not fit together.
    pub fn new(
        first: Month,
        last: Month,
        plans: Vec<HistoryPlan>,
        referrals: Vec<Referral>,
    ) -> Result<Self, HistoryError> {
        if !(0..MAX_HISTORY as i32).contains(&last.since(first)) {
            return Err(HistoryError::Months);
        }
        if referrals.len() > MAX_REFERRALS || plans.len() > MAX_PLANS {
            return Err(HistoryError::TooLarge);
        }
        let fits = |plan: &HistoryPlan| {
            (1..=MAX_TERM).contains(&plan.term_months)
                && (0..=1_000_000_000_000_000).contains(&plan.commission)
                && plan.group < MAX_PLANS
        };
        if let Some(bad) = plans.iter().position(|plan| !fits(plan)) {
            return Err(HistoryError::Plan(bad));
        }
        let belongs = |referral: &Referral| {
            referral.plan < plans.len()
                && Month::of(referral.first) <= last
                && referral.entry <= referral.paid
                && referral.paid <= MAX_RENEWALS
        };
        if let Some(bad) = referrals.iter().position(|referral| !belongs(referral)) {
            return Err(HistoryError::Referral(bad));
        }
        Ok(Self {
            first,
            last,
            plans,
            referrals,
            net: None,
        })
    }

    /// With what the ledger posted in each month, in minor units, where that is more than these referrals' payments.
    ///
    /// # Errors
    /// [`HistoryError::Nets`] unless there is one for each month.
    pub fn with_net(mut self, net: Vec<i64>) -> Result<Self, HistoryError> {
        if net.len() != self.months() {
            return Err(HistoryError::Nets);
        }
        self.net = Some(net);
        Ok(self)
    }

    /// The first month.
    pub fn first(&self) -> Month {
        self.first
    }

    /// The last month.
    pub fn last(&self) -> Month {
        self.last
    }

    /// How many months.
    pub fn months(&self) -> usize {
        self.last.since(self.first) as usize + 1
    }

    /// The plans.
    pub fn plans(&self) -> &[HistoryPlan] {
        &self.plans
    }

    /// The referrals.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// What was known at the end of `month`; this history where that is not before its end. A renewal due by then
    /// counts as paid or lost. `None` where `month` lies before the first.
    pub fn as_of(&self, month: Month) -> Option<Self> {
        if month < self.first {
            return None;
        }
        if month >= self.last {
            return Some(self.clone());
        }
        let end = month.day(31);
        let referrals = self
            .referrals
            .iter()
            .filter_map(|referral| self.known(referral, end))
            .collect();
        let months = month.since(self.first) as usize + 1;
        Some(Self {
            first: self.first,
            last: month,
            plans: self.plans.clone(),
            referrals,
            net: self
                .net
                .as_ref()
                .map(|net| net.iter().take(months).copied().collect()),
        })
    }

    /// A referral as it stood at the end of a day; `None` where it was not seen by then.
    pub(crate) fn known(&self, referral: &Referral, day: NaiveDate) -> Option<Referral> {
        let seen = self.renewal_day(referral, referral.entry);
        if seen > day {
            return None;
        }
        let term = self.term(referral);
        let months = Month::of(day).since(Month::of(referral.first)).max(0) as u32;
        let mut due = months / term;
        if self.renewal_day(referral, due) > day {
            due = due.saturating_sub(1);
        }
        let paid = referral.paid.min(due);
        let end = match referral.end {
            End::Lost if due > referral.paid => End::Lost,
            End::Refunded { on } if on <= day => End::Refunded { on },
            _ => End::Paying,
        };
        Some(Referral {
            paid: paid.max(referral.entry),
            end,
            ..*referral
        })
    }

    fn term(&self, referral: &Referral) -> u32 {
        self.plans
            .get(referral.plan)
            .map_or(1, |plan| plan.term_months)
    }

    /// The day on which the `j`-th renewal is due; the 0th is the first payment.
    fn renewal_day(&self, referral: &Referral, j: u32) -> NaiveDate {
        anchored(referral.first, j.saturating_mul(self.term(referral)))
    }

    /// The position of a day's month, where it lies within the history.
    fn position(&self, day: NaiveDate) -> Option<usize> {
        let since = Month::of(day).since(self.first);
        usize::try_from(since).ok().filter(|&i| i < self.months())
    }
}

#[cfg(test)]
mod tests;
