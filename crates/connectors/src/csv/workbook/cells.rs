//! The text of a cell.

use calamine::{DataRef, ExcelDateTime};
use std::fmt::Write as _;

/// Digits that a spreadsheet shows of a number. It keeps numbers in binary, so that what lies behind the fifteenth digit
/// of 13.2 is noise: 13.200000000000001.
const DIGITS: usize = 15;

/// Appends the text of a cell: numbers as plain decimals, dates as `2026-03-15 09:30:00`, line ends as spaces, so that a
/// row of the sheet stays a line.
pub(super) fn text(out: &mut String, cell: &DataRef<'_>) {
    match cell {
        DataRef::Int(number) => {
            // Writing into a String cannot fail.
            let _ = write!(out, "{number}");
        }
        DataRef::Float(number) => out.push_str(&decimal(*number)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            plain(out, text);
        }
        DataRef::SharedString(text) => plain(out, text),
        DataRef::Bool(is) => out.push_str(if *is { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(at) => instant(out, at),
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
        }
        DataRef::Empty => {}
    }
}

fn plain(out: &mut String, text: &str) {
    if text.contains(['\r', '\n']) {
        out.push_str(&text.replace("\r\n", " ").replace(['\r', '\n'], " "));
    } else {
        out.push_str(text);
    }
}

/// A stored number as a plain decimal of at most fifteen digits; whole numbers keep all of theirs.
pub(super) fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let exact = number.to_string();
    let digits = exact.bytes().filter(u8::is_ascii_digit).count();
    if digits <= DIGITS || !exact.contains('.') {
        return exact;
    }
    // The exponent's form rounds to a number of digits; read back, it prints as a plain decimal.
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1)
        .parse()
        .unwrap_or(number);
    rounded.to_string()
}

fn instant(out: &mut String, at: &ExcelDateTime) {
    if at.is_duration() {
        out.push_str(&decimal(at.as_f64()));
        return;
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) != (0, 0, 0, 0) {
        let _ = write!(out, " {hour:02}:{minute:02}:{second:02}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;
    use proptest::prelude::*;

    fn shown(cell: &DataRef<'_>) -> String {
        let mut out = String::new();
        text(&mut out, cell);
        out
    }

    #[test]
    fn numbers_are_what_the_sheet_shows() {
        for (number, text) in [
            (39.6, "39.6"),
            (33.0 * 0.4, "13.2"),
            (0.1 + 0.2, "0.3"),
            (-5.0, "-5"),
            (1_234_567.891_234, "1234567.891234"),
            (0.000_001, "0.000001"),
            (0.000_000_1, "0.0000001"),
            (123_456_789_012_345_680.0, "123456789012345680"),
        ] {
            assert_eq!(decimal(number), text);
        }
    }

    #[test]
    fn serial_days_count_from_either_epoch() {
        let at = |serial, is_1904| {
            shown(&DataRef::DateTime(ExcelDateTime::new(
                serial,
                ExcelDateTimeType::DateTime,
                is_1904,
            )))
        };
        assert_eq!(at(46_096.0, false), "2026-03-15");
        assert_eq!(at(46_096.0 - 1_462.0, true), "2026-03-15");
        assert_eq!(at(46_096.395_833_333_336, false), "2026-03-15 09:30:00");
    }

    proptest! {
        #[test]
        fn cents_are_exact(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            let text = format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
            let number: f64 = text.parse().unwrap();
            let shown = decimal(number);
            prop_assert_eq!(shown.parse::<rust_decimal::Decimal>().unwrap(), text.parse::<rust_decimal::Decimal>().unwrap());
        }
    }
}
