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
}

impl Runs {
    /// One run in each month of the horizon; none where the scenario has no payout terms.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let Some(PayoutTerms {
            hold_days,
            minimum,
            run_day,
        }) = scenario.payout
        else {
            return Self {
                days: Vec::new(),
                hold_days: 0,
                minimum: 0,
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

    /// Whether a clawback so many days after its commission voids it while it is pending.
    pub(crate) fn voids(&self, after_days: u32) -> bool {
        after_days <= self.hold_days
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
        assert!(runs.voids(45) && !runs.voids(46));
    }

    #[test]
    fn the_balance_is_carried_until_it_reaches_the_minimum_and_may_go_below_zero() {
        let runs = runs(10_000);
        let mut paid = [0; 4];
        let left = runs.pay(&[9_999, 1, -5_000, 6_000], &mut paid);
        assert_eq!((paid, left), ([0, 10_000, 0, 0], 1_000));
    }

    #[test]
    fn without_a_minimum_nothing_is_still_no_payout() {
        let mut paid = [0; 4];
        let left = runs(0).pay(&[0, 1, -5, 5], &mut paid);
        assert_eq!((paid, left), ([0, 1, 0, 0], 0));
    }
}
