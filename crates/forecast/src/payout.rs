//! From commissions to payouts: which run pays what, and what is carried.
//!
//! A commission dated d matures on d + hold and enters the balance; on each run day the whole balance is paid if it
//! reaches the minimum. A clawback up to the maturity day voids the pending commission, a later one debits the
//! balance. On one day postings come first, then maturities, then the payout, so all that is dated up to a run day
//! is in that run.

use crate::assumptions::{PayoutTerms, Scenario, minor_units};
use crate::calendar::{Month, plus_days};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

/// The run days of a forecast.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    pub(crate) days: Vec<NaiveDate>,
    hold_days: u32,
    /// In minor units, rounded up: a balance of whole cents reaches 100.005 when it reaches 100.01.
    minimum: i64,
    /// The share that is released after the hold, and the days until the rest is.
    split: Option<(Decimal, u32)>,
}

/// The two parts in which one commission is released, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) first: i64,
    pub(crate) rest: i64,
}

impl Runs {
    /// One run in each month of the horizon; none where the scenario has no payout terms.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let Some(PayoutTerms {
            hold_days,
            minimum,
            run_day,
            split,
        }) = scenario.payout
        else {
            return Self {
                days: Vec::new(),
                hold_days: 0,
                minimum: 0,
                split: None,
            };
        };
        let days = (0..scenario.months)
            .map(|i| scenario.start.plus(i as i32).day(run_day))
            .collect();
        let digits = scenario.currency.minor_digits();
        let minimum = minimum.round_dp_with_strategy(digits, RoundingStrategy::AwayFromZero);
        Self {
            days,
            hold_days,
            minimum: minor_units(minimum, digits),
            split: split.map(|split| (split.first, split.rest_after_days)),
        }
    }

    /// How one commission is released.
    pub(crate) fn parts(&self, commission: i64) -> Parts {
        let Some((share, _)) = self.split else {
            return Parts {
                first: commission,
                rest: 0,
            };
        };
        let first = Decimal::from(commission)
            .checked_mul(share)
            .map(|part| part.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
            .and_then(|part| i64::try_from(part).ok())
            .unwrap_or(commission);
        Parts {
            first,
            rest: commission - first,
        }
    }

    /// The first run on or after a day; the number of runs where all are before it.
    pub(crate) fn on_or_after(&self, day: NaiveDate) -> usize {
        self.days.partition_point(|&run| run < day)
    }

    /// The run in which a commission of this day is in the balance.
    pub(crate) fn releasing(&self, posted: NaiveDate) -> usize {
        self.on_or_after(plus_days(posted, self.hold_days))
    }

    /// The run in which the second part of a split commission is in the balance.
    pub(crate) fn releasing_rest(&self, posted: NaiveDate) -> usize {
        let days = self.split.map_or(self.hold_days, |(_, days)| days);
        self.on_or_after(plus_days(posted, days))
    }

    /// In which run what is taken back of the first part, and of the rest, leaves the balance, for a clawback so
    /// many days after its commission: with the part itself where that is still pending, else at once.
    pub(crate) fn taking_back(&self, posted: NaiveDate, after_days: u32) -> (usize, usize) {
        let at_once = self.on_or_after(plus_days(posted, after_days));
        let rest_days = self.split.map_or(self.hold_days, |(_, days)| days);
        let first = if after_days <= self.hold_days {
            self.releasing(posted)
        } else {
            at_once
        };
        let rest = if after_days <= rest_days {
            self.releasing_rest(posted)
        } else {
            at_once
        };
        (first, rest)
    }

    /// Pays out: `released[r]` is what enters (or leaves) the balance for run r. Returns the balance carried at the
    /// end.
    pub(crate) fn pay(&self, released: &[i64], paid: &mut [i64]) -> i64 {
        let mut balance = 0_i64;
        for (&change, slot) in released.iter().zip(paid.iter_mut()) {
            balance += change;
            *slot = 0;
            if balance > 0 && balance >= self.minimum {
                *slot = balance;
                balance = 0;
            }
        }
        balance
    }
}

/// What one run is expected to pay.
#[derive(Clone, Debug, PartialEq)]
pub struct PayoutForecast {
    /// The run day.
    pub run: NaiveDate,
    /// The mean payout, in the currency, rounded to the minor unit.
    pub expected: Decimal,
    /// The chance that anything is paid.
    pub probability: f64,
    /// The quantiles asked for, in their order, in minor units.
    pub quantiles: Vec<i64>,
}

impl PayoutForecast {
    /// The month of the run.
    pub fn month(&self) -> Month {
        Month::of(self.run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(minimum: i64) -> Runs {
        let start: Month = "2026-01".parse().unwrap();
        Runs {
            days: (0..4).map(|i| start.plus(i).day(15)).collect(),
            hold_days: 45,
            minimum,
            split: None,
        }
    }

    #[test]
    fn maturing_on_the_run_day_counts() {
        let runs = runs(0);
        let day = |text: &str| text.parse().unwrap();
        // 29 January + 45 days is 15 March.
        assert_eq!(runs.releasing(day("2026-01-29")), 2);
        assert_eq!(runs.releasing(day("2026-01-30")), 3);
        assert_eq!(runs.releasing(day("2026-03-02")), 4);
        // Taken back on its maturity day it is voided with it, a day later it is a debit of that day.
        assert_eq!(runs.taking_back(day("2026-01-30"), 45), (3, 3));
        assert_eq!(runs.taking_back(day("2026-01-01"), 46), (2, 2));
        assert_eq!(runs.taking_back(day("2026-01-20"), 50), (2, 2));
    }

    #[test]
    fn the_balance_is_carried_until_it_reaches_the_minimum_and_may_go_below_zero() {
        let runs = runs(10_000);
        let mut paid = [0; 4];
        let left = runs.pay(&[9_999, 1, -5_000, 6_000], &mut paid);
        assert_eq!((paid, left), ([0, 10_000, 0, 0], 1_000));
    }

    #[test]
    fn a_split_commission_is_released_twice() {
        let split = Runs {
            hold_days: 0,
            split: Some((Decimal::new(4, 1), 60)),
            ..runs(0)
        };
        assert_eq!(
            split.parts(3_961),
            Parts {
                first: 1_584,
                rest: 2_377
            }
        );
        let day: NaiveDate = "2026-01-10".parse().unwrap();
        assert_eq!((split.releasing(day), split.releasing_rest(day)), (0, 2));
        // After 20 days the first part is paid and becomes a debt; the rest is still pending and is voided.
        assert_eq!(split.taking_back(day, 20), (1, 2));
    }

    #[test]
    fn without_a_minimum_nothing_is_still_no_payout() {
        let mut paid = [0; 4];
        let left = runs(0).pay(&[0, 1, -5, 5], &mut paid);
        assert_eq!((paid, left), ([0, 1, 0, 0], 0));
    }
}
