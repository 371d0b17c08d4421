//! When new referrals come, and on which days they first pay and may be refunded.

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

/// Whether a stream brings referrals in this month.
fn comes_in(stream: &Stream, start: Month, month: Month) -> bool {
    let from = stream.from.unwrap_or(start);
    let since = month.since(from);
    since >= 0
        && stream.until.is_none_or(|until| month <= until)
        && since % stream.every.max(1) as i32 == 0
}

/// Every cohort whose first payment falls within the horizon, streams of one plan and tier merged month by month.
/// Referrals that never convert, and those whose trial ends past the horizon, bring nothing before its end.
pub fn cohorts(scenario: &Scenario) -> Vec<Cohort> {
    let mut counts = BTreeMap::<(usize, Tier, u32), Decimal>::new();
    for stream in scenario
        .arrivals
        .iter()
        .flat_map(|arrivals| &arrivals.streams)
    {
        for offset in 0..scenario.months {
            if comes_in(stream, scenario.start, scenario.start.plus(offset as i32)) {
                *counts
                    .entry((stream.plan, stream.tier, offset))
                    .or_default() += stream.count;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| !count.is_zero())
        .filter_map(|((plan, tier, offset), count)| {
            let signed_up = scenario.start.plus(offset as i32).day(1);
            let first_payment = plus_days(signed_up, scenario.trial.days);
            let refund_day = plus_days(first_payment, scenario.refund.after_days);
            let from_start = |day| Month::of(day).since(scenario.start).unsigned_abs();
            let pay_month = from_start(first_payment);
            (pay_month < scenario.months).then(|| Cohort {
                plan,
                tier,
                count,
                pay_month,
                first_payment,
                refund_month: from_start(refund_day),
                refund_day,
            })
        })
        .collect()
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
        (0..12)
            .map(|i| start.plus(i))
            .filter(|&m| comes_in(stream, start, m))
            .map(|m| m.to_string())
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
