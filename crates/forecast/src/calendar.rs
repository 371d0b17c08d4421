//! Months, and the days on which subscriptions are paid.

use chrono::{Datelike, Days, Months, NaiveDate};
use std::{fmt, str::FromStr};

/// A calendar month, counted so that subtraction gives months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// Years a forecast may speak of; far from the ends of what dates can hold.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

impl Month {
    /// The month `month` (1..=12) of `year` (1900..=2999), else `None`.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (YEARS.contains(&year) && (1..=12).contains(&month))
            .then(|| Self(year * 12 + month as i32 - 1))
    }

    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + day.month0() as i32)
    }

    /// The month `count` months later (earlier where negative).
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        Self(self.0.saturating_add(count))
    }

    /// Months from `earlier` to this month; negative where this one is earlier.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1..=12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The day `day` of this month, clamped to the month's end.
    pub fn day(self, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), day.clamp(1, self.last_day()))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The number of days in this month.
    pub fn last_day(self) -> u32 {
        match self.month() {
            2 if NaiveDate::from_ymd_opt(self.year(), 2, 29).is_some() => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// The text is not a month written `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written YYYY-MM, from 1900-01 to 2999-12")]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(NotAMonth);
        }
        let year = year.parse().map_err(|_| NotAMonth)?;
        let month = month.parse().map_err(|_| NotAMonth)?;
        Self::new(year, month).ok_or(NotAMonth)
    }
}

/// `day` and so many days more.
pub fn plus_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

/// The day `months` months after `first`, on its anchor day, clamped to the month's end. Always counted from the
/// first day, never from a clamped one: 31 January, 28 February, 31 March.
pub fn anchored(first: NaiveDate, months: u32) -> NaiveDate {
    first
        .checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_read_and_write() {
        let month: Month = "2026-01".parse().unwrap();
        assert_eq!(month.plus(13).to_string(), "2027-02");
        assert_eq!(month.plus(-1).to_string(), "2025-12");
        assert_eq!(month.plus(25).since(month), 25);
        for text in [
            "2026-13",
            "2026-00",
            "26-01",
            "2026-1",
            "2026",
            "2026-01-01",
            "+026-01",
            "1899-12",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn anchors_clamp_and_come_back() {
        let first = day("2026-01-31");
        assert_eq!(anchored(first, 1), day("2026-02-28"));
        assert_eq!(anchored(first, 2), day("2026-03-31"));
        assert_eq!(anchored(first, 25), day("2028-02-29"));
    }

    #[test]
    fn run_days_clamp_to_the_month() {
        let month: Month = "2028-02".parse().unwrap();
        assert_eq!(month.day(31), day("2028-02-29"));
        assert_eq!(month.day(15), day("2028-02-15"));
    }
}
