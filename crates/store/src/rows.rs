//! Between columns and the domain's types.

use crate::StoreError;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use perennial_domain::{Currency, Money};
use rusqlite::Row;
use std::str::FromStr;

/// An instant as the book writes it: RFC 3339 UTC with milliseconds, so that text order is time order.
pub(crate) fn instant_text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(crate) fn instant(text: &str) -> Result<DateTime<Utc>, StoreError> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| StoreError::Unreadable(text.to_owned()))
}

pub(crate) fn day(text: &str) -> Result<NaiveDate, StoreError> {
    parse(text)
}

/// Any value that the domain reads from its own text.
pub(crate) fn parse<T: FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Unreadable(text.to_owned()))
}

/// A word of one of the domain's closed lists.
pub(crate) fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Unreadable(text.to_owned()))
}

pub(crate) fn money(micros: i64, currency: &str) -> Result<Money, StoreError> {
    Ok(Money::from_micros(micros, parse::<Currency>(currency)?))
}

/// A column by name; the names are those of the statement above the call.
pub(crate) fn col<T: rusqlite::types::FromSql>(row: &Row<'_>, name: &str) -> Result<T, StoreError> {
    Ok(row.get(name)?)
}
