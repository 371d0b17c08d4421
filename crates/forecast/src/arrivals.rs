//! When new referrals come, and on which days they first pay and may be refunded.

pub mod fit;
mod glm;
pub mod mix;
pub mod split;

use crate::assumptions::{Process, Scenario, Stream, Tier};
use crate::calendar::{Month, plus_days};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The referrals of one plan and tier that sign up in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// Index into the scenario's plans.
    pub plan: usize,
    /// Direct or second tier.
    pub tier: Tier,
    /// Referrals: exactly so many, or that many on average.
    pub count: Decimal,
    /// The month of the sign-up, counted from the scenario's start.
    pub signup_month: u32,
    /// The month of the first payment, counted from the scenario's start. Always within the horizon.
    pub pay_month: u32,
    /// The day of the first payment.
    pub first_payment: NaiveDate,
    /// The month in which a refund is posted, counted from the start; may lie past the horizon.
    pub refund_month: u32,
    /// The day on which a refund is posted.
    pub refund_day: NaiveDate,
}

impl Cohort {
    /// The day of the month that later payments keep to.
    pub fn anchor_day(&self) -> u32 {
        self.first_payment.day()
    }
}

/// The months of a scenario in which a stream brings referrals, counted from its start.
pub(crate) fn comes_in(stream: &Stream, start: Month, months: u32) -> impl Iterator<Item = u32> {
    let from = stream.from.unwrap_or(start);
    let every = stream.every.max(1);
    let late = start.since(from).max(0).unsigned_abs();
    let first = from.since(start).max(0).unsigned_abs() + late.next_multiple_of(every) - late;
    let end = stream
        .until
        .map_or(i64::from(months), |until| i64::from(until.since(start)) + 1);
    let end = end.clamp(0, i64::from(months)) as u32;
    (first..end.max(first)).step_by(every as usize)
}

/// Every cohort whose first payment falls within the horizon, streams of one plan and tier merged month by month.
/// Referrals that never convert, and those whose trial ends past the horizon, bring nothing before its end.
pub fn cohorts(scenario: &Scenario) -> Vec<Cohort> {
    let months = scenario.months as usize;
    let mut counts = BTreeMap::<(usize, Tier), Vec<Decimal>>::new();
    for stream in scenario
        .arrivals
        .iter()
        .flat_map(|arrivals| &arrivals.streams)
    {
        let row = counts
            .entry((stream.plan, stream.tier))
            .or_insert_with(|| vec![Decimal::ZERO; months]);
        for offset in comes_in(stream, scenario.start, scenario.months) {
            row[offset as usize] += stream.count;
        }
    }
    let days: Vec<_> = (0..scenario.months)
        .map_while(|offset| Days::of(scenario, offset))
        .collect();
    let mut cohorts = Vec::new();
    for ((plan, tier), row) in counts {
        for (days, count) in days.iter().zip(row) {
            if !count.is_zero() {
                cohorts.push(Cohort {
                    plan,
                    tier,
                    count,
                    signup_month: days.signup_month,
                    pay_month: days.pay_month,
                    first_payment: days.first_payment,
                    refund_month: days.refund_month,
                    refund_day: days.refund_day,
                });
            }
        }
    }
    cohorts
}

/// The dates of those who sign up in one month.
struct Days {
    signup_month: u32,
    pay_month: u32,
    first_payment: NaiveDate,
    refund_month: u32,
    refund_day: NaiveDate,
}

impl Days {
    /// `None` where the first payment falls past the horizon.
    fn of(scenario: &Scenario, offset: u32) -> Option<Self> {
        let signed_up = scenario.start.plus(offset as i32).day(1);
        let first_payment = plus_days(signed_up, scenario.trial.days);
        let refund_day = plus_days(first_payment, scenario.refund.after_days);
        let from_start = |day| Month::of(day).since(scenario.start).unsigned_abs();
        let pay_month = from_start(first_payment);
        (pay_month < scenario.months).then(|| Self {
            signup_month: offset,
            pay_month,
            first_payment,
            refund_month: from_start(refund_day),
            refund_day,
        })
    }
}

/// Whether counts are certain. True for a scenario without arrivals.
pub fn is_fixed(scenario: &Scenario) -> bool {
    scenario
        .arrivals
        .as_ref()
        .is_none_or(|arrivals| arrivals.process == Process::Fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(from: Option<&str>, until: Option<&str>, every: u32) -> Stream {
        let month = |text: &str| text.parse().unwrap();
        Stream {
            plan: 0,
            tier: Tier::Direct,
            count: Decimal::ONE,
            from: from.map(month),
            until: until.map(month),
            every,
        }
    }

    fn months_of(stream: &Stream) -> Vec<String> {
        let start: Month = "2026-01".parse().unwrap();
        comes_in(stream, start, 12)
            .map(|i| start.plus(i as i32).to_string())
            .collect()
    }

    #[test]
    fn streams_keep_their_rhythm() {
        assert_eq!(months_of(&stream(None, None, 1)).len(), 12);
        assert_eq!(
            months_of(&stream(Some("2026-05"), Some("2026-09"), 2)),
            ["2026-05", "2026-07", "2026-09"]
        );
        // Begun in November by threes: February, May, August, November.
        assert_eq!(
            months_of(&stream(Some("2025-11"), Some("2026-08"), 3)),
            ["2026-02", "2026-05", "2026-08"]
        );
        assert!(months_of(&stream(Some("2026-05"), Some("2026-04"), 1)).is_empty());
    }
}
