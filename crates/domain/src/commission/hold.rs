//! How long a commission is held.

use crate::ledger::run_date;
use chrono::{Datelike as _, Days, Months, NaiveDate};

/// The day a commission of `day` is released: so many days later, and where the program releases on one day of the
/// month, on the first such day (clamped to the month's end) that is not before.
///
/// Held 30 days and released on the 15th, a commission of 20 January is free on 15 March, since its 30 days end on
/// 19 February:
///
/// ```
/// use perennial_domain::commission::held_until;
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(held_until(day("2026-01-20"), 30, Some(15)), day("2026-03-15"));
/// assert_eq!(held_until(day("2026-01-20"), 30, None), day("2026-02-19"));
/// assert_eq!(held_until(day("2026-02-10"), 0, Some(31)), day("2026-02-28"));
/// ```
pub fn held_until(day: NaiveDate, hold_days: u32, until_day: Option<u32>) -> NaiveDate {
    let free = day
        .checked_add_days(Days::new(u64::from(hold_days)))
        .unwrap_or(NaiveDate::MAX);
    let Some(until) = until_day else {
        return free;
    };
    let this = run_date(free.year(), free.month(), until);
    if let Some(this) = this.filter(|this| *this >= free) {
        return this;
    }
    free.checked_add_months(Months::new(1))
        .and_then(|next| run_date(next.year(), next.month(), until))
        .unwrap_or(free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_for_the_day_and_no_month_longer(offset in 0_u64..20_000, hold in 0_u32..400, until in 1_u32..=31) {
            let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(offset);
            let free = held_until(day, hold, None);
            let released = held_until(day, hold, Some(until));
            prop_assert!(released >= free);
            prop_assert!(released.signed_duration_since(free).num_days() <= 31);
            let last = run_date(released.year(), released.month(), 31).unwrap().day();
            prop_assert_eq!(released.day(), until.min(last));
        }
    }
}
