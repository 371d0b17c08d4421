//! Dates and times as reports write them.

use chrono::{
    DateTime, Datelike as _, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc,
};
use chrono_tz::Tz;
use thiserror::Error;

/// What comes first where a date is written with slashes, hyphens or dots and the year at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `12/31/2026`
    MonthFirst,
    /// `31/12/2026`
    DayFirst,
}

impl DateOrder {
    /// The order of a word: `month-first`, `day-first`, or as spreadsheets say it.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "month-first" | "mdy" | "mm/dd/yyyy" => Some(Self::MonthFirst),
            "day-first" | "dmy" | "dd/mm/yyyy" | "dd.mm.yyyy" | "dd-mm-yyyy" => {
                Some(Self::DayFirst)
            }
            _ => None,
        }
    }

    /// Its word: `month-first` or `day-first`.
    pub fn word(self) -> &'static str {
        match self {
            Self::MonthFirst => "month-first",
            Self::DayFirst => "day-first",
        }
    }

    /// What the dates of a file prove; none where each could be read either way.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut month_first, mut day_first) = (false, false);
        for text in dates {
            let parts: Vec<u32> = text
                .trim()
                .split(|c: char| !c.is_ascii_digit())
                .take(3)
                .map_while(|part| {
                    if part.len() <= 4 {
                        part.parse().ok()
                    } else {
                        None
                    }
                })
                .collect();
            if let [first, second, year] = parts.as_slice() {
                let has_year = *year > 31 || text.contains('/');
                month_first |= has_year && *second > 12 && *first <= 12;
                day_first |= has_year && *first > 12 && *first <= 31 && *second <= 12;
            }
        }
        match (month_first, day_first) {
            (true, false) => Some(Self::MonthFirst),
            (false, true) => Some(Self::DayFirst),
            _ => None,
        }
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A cell that is no date; it holds the cell.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not a date")]
pub struct NotADate(String);

/// Reads a date, with or without a time. Without a zone of its own it is one of `zone`; a date alone is the start of its day.
///
/// # Errors
/// [`NotADate`].
pub fn parse_instant(text: &str, order: DateOrder, zone: Tz) -> Result<DateTime<Utc>, NotADate> {
    let text = text.trim();
    read(text, order, zone).ok_or_else(|| NotADate(text.to_owned()))
}

fn read(text: &str, order: DateOrder, zone: Tz) -> Option<DateTime<Utc>> {
    let (date, time) = split(text);
    let day = date_of(date, order).filter(|day| (1990..=2200).contains(&day.year()))?;
    let (time, offset) = time_of(time)?;
    let local = day.and_time(time);
    if let Some(offset) = offset {
        let at = offset.from_local_datetime(&local).single()?;
        return Some(at.with_timezone(&Utc));
    }
    let known = zone.from_local_datetime(&local).earliest();
    // In the hour that daylight saving skips, the clock stood an hour later.
    let known = known.or_else(|| {
        let later = local.checked_add_signed(Duration::hours(1))?;
        zone.from_local_datetime(&later).earliest()
    });
    known.map(|at| at.with_timezone(&Utc))
}

/// The date and the time of day; a date may itself hold spaces (`5 Jan 2026`).
fn split(text: &str) -> (&str, &str) {
    let colon = text.find(':').unwrap_or(text.len());
    let head = text.get(..colon).unwrap_or(text);
    let cut = if colon < text.len() {
        head.rfind(|c: char| c == 'T' || c == 't' || c.is_whitespace())
    } else {
        None
    };
    match cut {
        Some(at) => {
            let (date, time) = text.split_at(at);
            (
                date.trim_end_matches([',', ' ']),
                time.trim_start_matches(|c: char| c == 'T' || c == 't' || c.is_whitespace()),
            )
        }
        None => (text, ""),
    }
}

fn date_of(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|c: char| "-/., ".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts.as_slice() else {
        // 20260131
        let whole = parts.as_slice() == [text]
            && text.len() == 8
            && text.bytes().all(|byte| byte.is_ascii_digit());
        return if whole {
            NaiveDate::parse_from_str(text, "%Y%m%d").ok()
        } else {
            None
        };
    };
    let number = |part: &str| -> Option<u32> {
        (part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let named = |part: &str| -> Option<u32> {
        let name = part.to_ascii_lowercase();
        let index = MONTHS.iter().position(|month| name.starts_with(month))?;
        u32::try_from(index + 1).ok()
    };
    let year = |part: &str| -> Option<i32> {
        let year = i32::try_from(number(part)?).ok()?;
        match part.len() {
            4 => Some(year),
            2 => Some(2000 + year),
            _ => None,
        }
    };
    if a.len() == 4 && number(a).is_some() {
        return NaiveDate::from_ymd_opt(year(a)?, named(b).or_else(|| number(b))?, number(c)?);
    }
    if let Some(month) = named(b) {
        return NaiveDate::from_ymd_opt(year(c)?, month, number(a)?);
    }
    if let Some(month) = named(a) {
        return NaiveDate::from_ymd_opt(year(c)?, month, number(b)?);
    }
    // Dots are never written month first.
    let day_first = order == DateOrder::DayFirst || text.contains('.');
    let (month, day) = if day_first {
        (number(b)?, number(a)?)
    } else {
        (number(a)?, number(b)?)
    };
    NaiveDate::from_ymd_opt(year(c)?, month, day)
}

fn time_of(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    if text.is_empty() {
        return Some((NaiveTime::MIN, None));
    }
    let clock_end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.')
        .unwrap_or(text.len());
    let (clock, rest) = text.split_at(clock_end);
    let mut parts = clock.split(':');
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: u32 = match parts.next() {
        Some(second) => second.split('.').next()?.parse().ok()?,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    let mut rest = rest.trim();
    let half = rest.get(..2).map(str::to_ascii_lowercase);
    match half.as_deref() {
        Some("am") if hour <= 12 => hour %= 12,
        Some("pm") if hour <= 12 => hour = hour % 12 + 12,
        _ => {}
    }
    if matches!(half.as_deref(), Some("am" | "pm")) {
        rest = rest.get(2..).unwrap_or_default().trim();
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    if rest.is_empty() {
        return Some((time, None));
    }
    Some((time, Some(offset_of(rest)?)))
}

fn offset_of(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z")
        || text.eq_ignore_ascii_case("utc")
        || text.eq_ignore_ascii_case("gmt")
    {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '−'])?),
    };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if rest.chars().any(|c| !c.is_ascii_digit() && c != ':') || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|text| !text.is_empty())
        .map_or(Some(0), |text| text.parse().ok())?;
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utc(text: &str, order: DateOrder) -> Option<String> {
        parse_instant(text, order, Tz::UTC)
            .ok()
            .map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string())
    }

    #[test]
    fn reads_what_reports_write() {
        for (text, at) in [
            ("2026-03-05", "2026-03-05T00:00:00"),
            ("2026/03/05 14:30", "2026-03-05T14:30:00"),
            ("2026-03-05T14:30:15.250Z", "2026-03-05T14:30:15"),
            ("2026-03-05T14:30:15-08:00", "2026-03-05T22:30:15"),
            ("03/05/2026", "2026-03-05T00:00:00"),
            ("3/5/26 2:05 PM", "2026-03-05T14:05:00"),
            ("05.03.2026", "2026-03-05T00:00:00"),
            ("5 Mar 2026", "2026-03-05T00:00:00"),
            ("March 5, 2026 09:00", "2026-03-05T09:00:00"),
            ("20260305", "2026-03-05T00:00:00"),
        ] {
            assert_eq!(
                utc(text, DateOrder::MonthFirst).as_deref(),
                Some(at),
                "{text}"
            );
        }
        assert_eq!(
            utc("05/03/2026", DateOrder::DayFirst).as_deref(),
            Some("2026-03-05T00:00:00")
        );
        for text in [
            "",
            "2026-02-30",
            "13/13/2026",
            "yesterday",
            "2026-03-05 25:00",
            "2026-03-05 10:00 XST",
            "0001-01-01",
        ] {
            assert_eq!(utc(text, DateOrder::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_a_day_of_the_books_zone() {
        let at = parse_instant("2026-03-05", DateOrder::MonthFirst, Tz::America__New_York).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-03-05T05:00:00+00:00");
        assert!(
            parse_instant(
                "2026-03-08 02:30",
                DateOrder::MonthFirst,
                Tz::America__New_York
            )
            .is_ok()
        );
    }

    #[test]
    fn an_order_needs_proof() {
        let of = |dates: &[&str]| DateOrder::of(dates.iter().copied());
        assert_eq!(of(&["01/02/2026", "25/02/2026"]), Some(DateOrder::DayFirst));
        assert_eq!(of(&["01/25/2026 10:00"]), Some(DateOrder::MonthFirst));
        assert_eq!(of(&["01/02/2026"]), None);
        assert_eq!(of(&["2026-01-25"]), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = utc(&text, DateOrder::DayFirst);
        }

        #[test]
        fn shaped_text_never_panics(text in "[0-9TZ:+./ -]{0,25}") {
            let _ = utc(&text, DateOrder::MonthFirst);
        }
    }
}
