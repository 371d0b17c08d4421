//! What a campaign or a channel was worth: the arithmetic of its results, in one currency.
//!
//! ```
//! use perennial_domain::{Currency, Money, campaign_results::{Payback, Sums, payback}};
//! # fn usd(text: &str) -> Money { Money::parse(text, Currency::USD).unwrap() }
//! # fn day(text: &str) -> chrono::NaiveDate { text.parse().unwrap() }
//!
//! // 162.80 earned, 25.00 spent, 220 clicks and three hours of work.
//! let sums = Sums { commission: usd("162.80"), spend: usd("25.00"), clicks: Some(220), minutes: 180 };
//! assert_eq!(sums.profit()?, usd("137.80"));
//! assert_eq!(sums.epc(), Some(usd("0.74")));
//! assert_eq!(sums.hourly()?, Some(usd("45.93")));
//!
//! // 10.00 came on the 3rd, 20.00 on the 9th: on the 9th the 25.00 that were spent on the 2nd were back.
//! let earned = [(day("2026-03-03"), usd("10.00")), (day("2026-03-09"), usd("20.00"))];
//! assert_eq!(payback(usd("25.00"), Some(day("2026-03-02")), &earned, &[])?, Payback::Reached(day("2026-03-09")));
//! # Ok::<(), perennial_domain::MoneyError>(())
//! ```

use crate::{Money, MoneyError, money::round_posted};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What results are made of: all of one currency, but for clicks and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Commission so far, on hold included, refunds taken off.
    pub commission: Money,
    /// Spent so far.
    pub spend: Money,
    /// Clicks, where any are known.
    pub clicks: Option<u64>,
    /// Minutes of work.
    pub minutes: u64,
}

impl Sums {
    /// Commission less spend.
    ///
    /// # Errors
    /// Where the two are of different currencies, or too large.
    pub fn profit(&self) -> Result<Money, MoneyError> {
        self.commission.minus(self.spend)
    }

    /// Earnings per click: commission over clicks, posted to the minor unit. None where no clicks are known.
    #[must_use]
    pub fn epc(&self) -> Option<Money> {
        let clicks = self.clicks.filter(|clicks| *clicks > 0)?;
        each(
            self.commission.amount(),
            Decimal::from(clicks),
            self.commission,
        )
    }

    /// Profit an hour of work, posted to the minor unit. None where no work was noted.
    ///
    /// # Errors
    /// As [`Self::profit`].
    pub fn hourly(&self) -> Result<Option<Money>, MoneyError> {
        let profit = self.profit()?;
        if self.minutes == 0 {
            return Ok(None);
        }
        let an_hour = profit.amount().checked_mul(Decimal::from(60));
        Ok(an_hour.and_then(|amount| each(amount, Decimal::from(self.minutes), profit)))
    }
}

fn each(amount: Decimal, by: Decimal, like: Money) -> Option<Money> {
    let quotient = amount.checked_div(by)?;
    Money::new(round_posted(quotient, like.currency()), like.currency()).ok()
}

/// Whether what was spent came back, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payback {
    /// Nothing was spent, so nothing has to come back.
    NothingSpent,
    /// The first day by whose end the commission had reached everything that was spent.
    Reached(NaiveDate),
    /// Not yet; with what is expected of the customers so far, by this day.
    Expected(NaiveDate),
    /// Not with the customers so far: this much stays open after everything that is expected of them.
    NotInSight(Money),
}

/// When commission reaches the spend.
///
/// `earned` holds the commission of each day, oldest first; `first_spent` is the day of the first spend, before which
/// nothing can come back. Where a clawback took the commission below the spend again, it counts as not reached. `ahead`
/// holds what is expected, not discounted, by the day until which it comes, soonest first.
///
/// # Errors
/// Where amounts of two currencies meet, or their sum is too large.
pub fn payback(
    spend: Money,
    first_spent: Option<NaiveDate>,
    earned: &[(NaiveDate, Money)],
    ahead: &[(NaiveDate, Money)],
) -> Result<Payback, MoneyError> {
    if spend.is_zero() || spend.is_negative() {
        return Ok(Payback::NothingSpent);
    }
    let enough = |sum: Money| sum.minus(spend).map(|left| !left.is_negative());
    let mut sum = Money::zero(spend.currency());
    let mut first = None;
    for (index, (day, amount)) in earned.iter().enumerate() {
        sum = sum.plus(*amount)?;
        // A day before the first spend counts for the day of that spend, once all such days are in.
        let next = earned.get(index + 1).map(|(day, _)| *day);
        let waits = first_spent.is_some_and(|spent| next.is_some_and(|next| next <= spent));
        if first.is_none() && !waits && enough(sum)? {
            first = Some(first_spent.map_or(*day, |spent| spent.max(*day)));
        }
    }
    if let Some(day) = first
        && enough(sum)?
    {
        return Ok(Payback::Reached(day));
    }
    for (day, amount) in ahead {
        sum = sum.plus(*amount)?;
        if enough(sum)? {
            return Ok(Payback::Expected(*day));
        }
    }
    Ok(Payback::NotInSight(spend.minus(sum)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::from(number))
    }

    #[test]
    fn quotients_need_something_to_divide_by() {
        let mut sums = Sums {
            commission: usd("10.00"),
            spend: usd("40.00"),
            clicks: Some(0),
            minutes: 0,
        };
        assert_eq!((sums.epc(), sums.hourly().unwrap()), (None, None));
        sums.minutes = 90;
        assert_eq!(
            sums.hourly().unwrap(),
            Some(usd("-20.00")),
            "a loss is a loss an hour, too"
        );
    }

    #[test]
    fn two_currencies_never_meet() {
        let sums = Sums {
            commission: usd("10.00"),
            spend: Money::parse("1.00", Currency::parse("EUR").unwrap()).unwrap(),
            clicks: None,
            minutes: 0,
        };
        assert!(sums.profit().is_err());
    }

    #[test]
    fn what_was_taken_back_again_did_not_pay_back() {
        let earned = [(day(1), usd("50.00")), (day(9), usd("-30.00"))];
        let ahead = [(day(30), usd("4.00")), (day(60), usd("6.00"))];
        let found = payback(usd("25.00"), Some(day(0)), &earned, &ahead).unwrap();
        assert_eq!(found, Payback::Expected(day(60)));
        let found = payback(usd("40.00"), Some(day(0)), &earned, &ahead).unwrap();
        assert_eq!(found, Payback::NotInSight(usd("10.00")));
        let found = payback(usd("20.00"), Some(day(0)), &earned, &[]).unwrap();
        assert_eq!(found, Payback::Reached(day(1)));
    }

    #[test]
    fn nothing_comes_back_before_it_is_spent() {
        let earned = [(day(1), usd("50.00")), (day(2), usd("5.00"))];
        let found = payback(usd("25.00"), Some(day(7)), &earned, &[]).unwrap();
        assert_eq!(found, Payback::Reached(day(7)));
        // What was taken back before the first spend was not there on its day.
        let earned = [
            (day(1), usd("50.00")),
            (day(3), usd("-40.00")),
            (day(8), usd("90.00")),
        ];
        let found = payback(usd("25.00"), Some(day(5)), &earned, &[]).unwrap();
        assert_eq!(found, Payback::Reached(day(8)));
        let found = payback(usd("0.00"), None, &earned, &[]).unwrap();
        assert_eq!(found, Payback::NothingSpent);
    }

    proptest! {
        #[test]
        fn the_day_is_the_first_that_covers_the_spend(
            spend in 1_i64..100_000, first in 0_u32..60, amounts in prop::collection::vec(-20_000_i64..40_000, 0..40),
        ) {
            let spend = Money::from_minor(spend, Currency::USD).unwrap();
            let earned: Vec<_> = (0_u32..).step_by(3).zip(&amounts)
                .map(|(number, minor)| (day(number), Money::from_minor(*minor, Currency::USD).unwrap()))
                .collect();
            let until = |last: NaiveDate| {
                earned.iter().filter(|(on, _)| *on <= last).try_fold(Money::zero(Currency::USD), |sum, (_, one)| sum.plus(*one)).unwrap()
            };
            let covers = |sum: Money| !sum.minus(spend).unwrap().is_negative();
            let all = until(NaiveDate::MAX);
            match payback(spend, Some(day(first)), &earned, &[]).unwrap() {
                Payback::Reached(on) => {
                    prop_assert!(covers(all) && covers(until(on)) && on >= day(first));
                    for before in (first..200).map(day).take_while(|before| *before < on) {
                        prop_assert!(!covers(until(before)));
                    }
                }
                Payback::NotInSight(missing) => {
                    prop_assert!(!covers(all));
                    prop_assert_eq!(missing.plus(all).unwrap(), spend);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn a_larger_spend_is_never_back_earlier(spend in 1_i64..50_000, more in 0_i64..50_000, amounts in prop::collection::vec(0_i64..9_000, 0..30)) {
            let earned: Vec<_> = (0_u32..).zip(&amounts)
                .map(|(number, minor)| (day(number), Money::from_minor(*minor, Currency::USD).unwrap()))
                .collect();
            let of = |minor| payback(Money::from_minor(minor, Currency::USD).unwrap(), Some(day(0)), &earned, &[]).unwrap();
            match (of(spend), of(spend + more)) {
                (Payback::Reached(sooner), Payback::Reached(later)) => prop_assert!(sooner <= later),
                (Payback::NotInSight(_), other) => prop_assert!(matches!(other, Payback::NotInSight(_))),
                (Payback::Reached(_), Payback::NotInSight(_)) => {}
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
