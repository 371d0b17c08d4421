//! When a commission becomes due, and what the next payout will be.

use crate::{Money, MoneyError};
use chrono::{Datelike, Days, Months, NaiveDate};

/// The day a commission of `occurred_on` is due.
///
/// The program's own locking date wins; else `hold_days` after the day. What is taken back at or before its
/// commission's maturity reduces the held amount, so it matures with it (`parent_matures`); a later one, or one
/// whose commission is not known, counts at once.
pub fn matures_on(
    occurred_on: NaiveDate,
    hold_days: u32,
    lock_on: Option<NaiveDate>,
    negative: bool,
    parent_matures: Option<NaiveDate>,
) -> NaiveDate {
    if negative {
        return parent_matures.map_or(occurred_on, |parent| parent.max(occurred_on));
    }
    lock_on.unwrap_or_else(|| {
        occurred_on
            .checked_add_days(Days::new(u64::from(hold_days)))
            .unwrap_or(NaiveDate::MAX)
    })
}

/// Stands for a day that nobody knows yet: before it something else has to happen, such as a number of sales.
pub const NOT_YET: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The day a commission is due of a program that releases nothing before a number of sales is approved: `reached` is the
/// day of the last of them, none while there are too few. See [`NOT_YET`].
///
/// ```
/// use perennial_domain::ledger::{NOT_YET, released_on};
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(released_on(day("2026-03-06"), Some(day("2026-04-01"))), day("2026-04-01"));
/// assert_eq!(released_on(day("2026-03-06"), Some(day("2026-01-01"))), day("2026-03-06"));
/// assert_eq!(released_on(day("2026-03-06"), None), NOT_YET);
/// ```
pub fn released_on(matures: NaiveDate, reached: Option<NaiveDate>) -> NaiveDate {
    reached.map_or(NOT_YET, |reached| matures.max(reached))
}

/// The run day of a month, clamped to the month's end.
pub fn run_date(year: i32, month: u32, run_day: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    first.with_day(run_day.clamp(1, last.day()))
}

/// The first run on or after a day.
pub fn first_run(day: NaiveDate, run_day: u32) -> Option<NaiveDate> {
    let this = run_date(day.year(), day.month(), run_day)?;
    if this >= day {
        Some(this)
    } else {
        next_run(this, run_day)
    }
}

/// The run after a run.
pub(super) fn next_run(run: NaiveDate, run_day: u32) -> Option<NaiveDate> {
    let month = run.with_day(1)?.checked_add_months(Months::new(1))?;
    run_date(month.year(), month.month(), run_day)
}

/// What is still to be paid of one commission (negative for what is to be taken back), and when it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The day it is due.
    pub matures_on: NaiveDate,
    /// The open amount.
    pub amount: Money,
}

/// The next payment to expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPayout {
    /// The run.
    pub date: NaiveDate,
    /// The whole balance of that day.
    pub amount: Money,
}

/// The first run on or after `today` whose balance reaches the minimum, counting only what is in the book.
/// None where the balance never gets there.
///
/// # Errors
/// Where the open amounts are of several currencies or their sum is past the book's range.
pub fn next_payout(
    open: &[Open],
    today: NaiveDate,
    run_day: u32,
    minimum: Money,
) -> Result<Option<NextPayout>, MoneyError> {
    let mut by_day: Vec<&Open> = open
        .iter()
        .filter(|item| item.matures_on < NOT_YET)
        .collect();
    let Some(last) = by_day.iter().map(|item| item.matures_on).max() else {
        return Ok(None);
    };
    by_day.sort_by_key(|item| item.matures_on);
    let mut items = by_day.into_iter().peekable();
    let mut balance = Money::zero(minimum.currency());
    let mut run = first_run(today, run_day);
    while let Some(date) = run {
        while let Some(item) = items.next_if(|item| item.matures_on <= date) {
            balance = balance.plus(item.amount)?;
        }
        if balance.amount() >= minimum.amount() && !balance.is_zero() && !balance.is_negative() {
            return Ok(Some(NextPayout {
                date,
                amount: balance.posted(),
            }));
        }
        if date >= last {
            break;
        }
        run = next_run(date, run_day);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn a_refund_in_the_hold_matures_with_its_commission() {
        let parent = matures_on(day("2026-01-20"), 45, None, false, None);
        assert_eq!(parent, day("2026-03-06"));
        assert_eq!(
            matures_on(day("2026-02-01"), 45, None, true, Some(parent)),
            parent
        );
        assert_eq!(
            matures_on(day("2026-04-01"), 45, None, true, Some(parent)),
            day("2026-04-01")
        );
    }

    #[test]
    fn a_balance_under_the_minimum_waits_for_a_later_run() {
        let open = [
            Open {
                matures_on: day("2026-03-06"),
                amount: usd("39.60"),
            },
            Open {
                matures_on: day("2026-04-15"),
                amount: usd("79.60"),
            },
        ];
        let next = next_payout(&open, day("2026-03-01"), 15, usd("100"))
            .unwrap()
            .unwrap();
        assert_eq!((next.date, next.amount), (day("2026-04-15"), usd("119.20")));
        assert_eq!(
            next_payout(&open[..1], day("2026-03-01"), 15, usd("100")),
            Ok(None)
        );
    }

    #[test]
    fn what_waits_for_more_sales_is_in_no_payout() {
        let open = [
            Open {
                matures_on: day("2026-03-06"),
                amount: usd("100"),
            },
            Open {
                matures_on: NOT_YET,
                amount: usd("79.60"),
            },
        ];
        let next = next_payout(&open, day("2026-03-01"), 15, usd("100")).unwrap();
        assert_eq!(next.map(|next| next.amount), Some(usd("100")));
        assert_eq!(
            next_payout(&open[1..], day("2026-03-01"), 15, usd("10")),
            Ok(None)
        );
    }

    #[test]
    fn the_run_day_is_clamped_to_the_months_end() {
        assert_eq!(run_date(2026, 2, 31), Some(day("2026-02-28")));
        assert_eq!(next_run(day("2026-02-28"), 31), Some(day("2026-03-31")));
    }
}
