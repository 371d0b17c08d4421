//! Instants and amounts as networks write them, without the code that is tested.

use super::super::loopback::Asked;
use super::DAY;

pub(super) fn utc(at: i64) -> String {
    let days = at.div_euclid(DAY);
    let (hour, minute, second) = (
        at.rem_euclid(DAY) / 3600,
        at.rem_euclid(3600) / 60,
        at.rem_euclid(60),
    );
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Days since 1970 as a date.
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Seconds since 1970 of `2026-01-31`, with or without a time in UTC.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let years = if month <= 2 { year - 1 } else { year };
    let era = years.div_euclid(400);
    let year_of_era = years.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    let time = if text.len() >= 19 {
        number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?
    } else {
        0
    };
    Some(days * DAY + time)
}

pub(super) fn decimal(micros: i64, places: usize) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, fine) = (micros.abs() / 1_000_000, micros.abs() % 1_000_000);
    format!("{sign}{whole}.{}", &format!("{fine:06}")[..places])
}

/// A window of two dates, no longer than so many days.
pub(super) fn window(
    asked: &Asked,
    from: &str,
    to: &str,
    days: i64,
) -> Result<Option<(i64, i64)>, u16> {
    match (asked.query.get(from), asked.query.get(to)) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => {
            let (from, to) = (seconds(from).ok_or(400_u16)?, seconds(to).ok_or(400_u16)?);
            if from > to || to - from > days * DAY {
                return Err(400);
            }
            Ok(Some((from, to)))
        }
        _ => Err(400),
    }
}
