//! What the models take from a history.

use super::{End, History, Referral};
use crate::assumptions::OpeningRow;
use crate::calendar::Month;
use crate::retention::{CohortError, Cohorts};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Referrals who first paid in one month, and how many were left after each period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortRow {
    /// The month of the first payment.
    pub month: Month,
    /// How many first paid in it and were not refunded.
    pub customers: u64,
    /// Customers left after 0, 1, 2 … renewals, as far as all of them were observed.
    pub survivors: Vec<u64>,
}

/// Lifetimes in renewals, as [`kaplan_meier`](crate::retention::kaplan_meier::kaplan_meier) takes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Durations {
    /// Periods under observation, late entry included.
    pub durations: Vec<f64>,
    /// Whether each ended by being lost.
    pub observed: Vec<bool>,
    /// Periods that had passed before each was first seen.
    pub entry: Vec<f64>,
}

impl History {
    /// Lost and kept in each period over the referrals that `take` picks. One that was already running when first
    /// seen is at risk from then on, one still paying until its last renewal; refunded ones are left out.
    ///
    /// # Errors
    /// [`CohortError::NothingObserved`] where no renewal was due yet.
    pub fn cohorts(&self, take: impl Fn(&Referral) -> bool) -> Result<Cohorts, CohortError> {
        let (mut lost, mut kept) = (Vec::new(), Vec::new());
        let add = |counts: &mut Vec<u64>, from: usize, to: usize| {
            if counts.len() < to {
                counts.resize(to, 0);
            }
            for count in counts.iter_mut().take(to).skip(from) {
                *count += 1;
            }
        };
        for referral in self.renewing(&take) {
            let (entry, paid) = (referral.entry as usize, referral.paid as usize);
            add(&mut kept, entry, paid);
            if referral.end == End::Lost {
                add(&mut lost, paid, paid + 1);
            }
        }
        Cohorts::from_periods(&lost, &kept)
    }

    /// Cohorts by the month of the first payment, those seen from it on; a period counts once it was due for all.
    pub fn heatmap(&self, take: impl Fn(&Referral) -> bool) -> Vec<CohortRow> {
        let mut cohorts = BTreeMap::<Month, Vec<&Referral>>::new();
        for referral in self.renewing(&take).filter(|r| r.entry == 0) {
            let month = Month::of(referral.first);
            if month >= self.first {
                cohorts.entry(month).or_default().push(referral);
            }
        }
        cohorts
            .into_iter()
            .map(|(month, members)| cohort_row(month, &members))
            .collect()
    }

    /// Lifetimes for a survival curve. One lost before its `paid + 1`-th renewal lived that many periods.
    pub fn durations(&self, take: impl Fn(&Referral) -> bool) -> Durations {
        let mut result = Durations::default();
        for referral in self.renewing(&take) {
            let lost = referral.end == End::Lost;
            let lived = referral.paid + u32::from(lost);
            // Who was seen for no period says nothing.
            if lived <= referral.entry {
                continue;
            }
            result.durations.push(f64::from(lived));
            result.observed.push(lost);
            result.entry.push(f64::from(referral.entry));
        }
        result
    }

    /// First payments seen in each month of the history.
    pub fn arrivals(&self, take: impl Fn(&Referral) -> bool) -> Vec<u64> {
        let mut counts = vec![0; self.months()];
        for referral in self.referrals.iter().filter(|r| r.entry == 0 && take(r)) {
            if let Some(count) = self
                .position(referral.first)
                .and_then(|i| counts.get_mut(i))
            {
                *count += 1;
            }
        }
        counts
    }

    /// Renewals paid in each month of the history.
    pub fn renewals(&self, take: impl Fn(&Referral) -> bool) -> Vec<u64> {
        let mut counts = vec![0; self.months()];
        for referral in self.referrals.iter().filter(|r| take(r)) {
            for j in referral.entry.max(1)..=referral.paid {
                let at = self.position(self.renewal_day(referral, j));
                if let Some(count) = at.and_then(|i| counts.get_mut(i)) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// Renewals paid in each month by those who were paying at the end of `origin`.
    pub(crate) fn renewals_of_those_paying(&self, origin: Month) -> Vec<u64> {
        let end = origin.day(31);
        self.renewals(|referral| {
            self.known(referral, end)
                .is_some_and(|then| then.end == End::Paying)
        })
    }

    /// Those who pay now, gathered by plan, renewals and due day, for a forecast that begins with `start`.
    /// A renewal that is overdue falls on its first day.
    pub fn opening(&self, start: Month) -> Vec<OpeningRow> {
        let mut rows = BTreeMap::<(usize, u32, NaiveDate), u64>::new();
        for referral in self.referrals.iter().filter(|r| r.end == End::Paying) {
            let due = self.renewal_day(referral, referral.paid.saturating_add(1));
            let key = (referral.plan, referral.paid, due.max(start.day(1)));
            *rows.entry(key).or_default() += 1;
        }
        rows.into_iter()
            .map(|((plan, renewals_made, due), count)| OpeningRow {
                plan,
                tier: self.plans[plan].tier,
                count,
                renewals_made,
                next_due: Some(due),
            })
            .collect()
    }

    /// How many first payments were refunded, of how many seen.
    pub fn refunds(&self, take: impl Fn(&Referral) -> bool) -> (u64, u64) {
        let seen = self.referrals.iter().filter(|r| r.entry == 0 && take(r));
        seen.fold((0, 0), |(refunded, all), referral| {
            let gone = matches!(referral.end, End::Refunded { .. });
            (refunded + u64::from(gone), all + 1)
        })
    }

    /// What each month of the history brought, in minor units: the ledger's own figures where they were given, else
    /// the payments and refunds of these referrals.
    pub fn net(&self) -> Vec<i64> {
        if let Some(net) = &self.net {
            return net.clone();
        }
        let mut net = vec![0_i64; self.months()];
        let mut post = |day: NaiveDate, amount: i64| {
            if let Some(slot) = self.position(day).and_then(|i| net.get_mut(i)) {
                *slot = slot.saturating_add(amount);
            }
        };
        for referral in &self.referrals {
            let commission = self.plans[referral.plan].commission;
            for j in referral.entry..=referral.paid {
                post(self.renewal_day(referral, j), commission);
            }
            if let End::Refunded { on } = referral.end {
                post(on, -commission);
            }
        }
        net
    }

    /// Those picked whose renewals count.
    fn renewing<'a>(
        &'a self,
        take: &'a impl Fn(&Referral) -> bool,
    ) -> impl Iterator<Item = &'a Referral> {
        self.referrals
            .iter()
            .filter(move |r| !matches!(r.end, End::Refunded { .. }) && take(r))
    }
}

fn cohort_row(month: Month, members: &[&Referral]) -> CohortRow {
    // Those still paying bound how far all were observed; where none is left, the last loss does.
    let paying = members.iter().filter(|r| r.end == End::Paying);
    let observed = match paying.map(|r| r.paid).min() {
        Some(shortest) => shortest,
        None => members.iter().map(|r| r.paid + 1).max().unwrap_or(0),
    };
    let left = |period: u32| members.iter().filter(|r| r.paid >= period).count() as u64;
    CohortRow {
        month,
        customers: members.len() as u64,
        survivors: (0..=observed).map(left).collect(),
    }
}
