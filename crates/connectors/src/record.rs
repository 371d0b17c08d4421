//! Reading a network's record: exact amounts, instants, and a refusal that names the field at fault.

use crate::{
    RefusedRecord,
    json::{Json, fingerprint},
};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use perennial_domain::{
    Currency, Money, MoneyError,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier},
    money::parse_decimal,
};
use rust_decimal::Decimal;
use thiserror::Error;

/// Characters kept of a refused record.
const SHOWN: usize = 1_000;
/// Characters kept of a value that is no instant.
const VALUE_SHOWN: usize = 40;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Flaw {
    /// It is not there.
    #[error("it has no {0}")]
    Missing(&'static str),
    /// No currency, neither here nor with the connection.
    #[error("it names no currency; the connection can name one")]
    NoCurrency,
    /// Not an amount, finer than a millionth, too large, or not a currency.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Not an instant.
    #[error("“{0}” is not {1}")]
    NoInstant(String, &'static str),
    /// Not money at all.
    #[error("{0} are no money")]
    NotMoney(String),
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {flaw}")]
pub(crate) struct Flawed {
    /// The field.
    pub(crate) field: &'static str,
    /// What is wrong.
    #[source]
    pub(crate) flaw: Flaw,
}

/// Names the field of a flaw.
pub(crate) trait In<T> {
    /// The same with the field named.
    fn of(self, field: &'static str) -> Result<T, Flawed>;
}

impl<T> In<T> for Result<T, Flaw> {
    fn of(self, field: &'static str) -> Result<T, Flawed> {
        self.map_err(|flaw| Flawed { field, flaw })
    }
}

/// What a record would have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// A conversion.
    Conversion,
    /// A payout.
    Payout,
}

/// Reads a record, or says why it is refused.
pub(crate) fn read<T>(
    noun: Noun,
    item: &Json,
    ids: &[&str],
    read: impl FnOnce(&Json) -> Result<T, Flawed>,
) -> Result<T, RefusedRecord> {
    read(item).map_err(|flawed| RefusedRecord {
        conversion: noun == Noun::Conversion,
        native_id: item.text_at(ids).map(str::to_owned),
        field: match noun {
            Noun::Conversion => flawed.field.to_owned(),
            Noun::Payout => format!("payout.{}", flawed.field),
        },
        reason: flawed.flaw.to_string(),
        text: item.canonical().chars().take(SHOWN).collect(),
    })
}

/// A conversion that only says what it is, when it was, and how it came: all else is for the network to fill in.
pub(crate) fn conversion(
    item: &Json,
    native_id: &str,
    occurred_at: DateTime<Utc>,
    currency: Currency,
) -> ConversionFacts {
    let raw = item.canonical();
    ConversionFacts {
        native_id: Some(native_id.to_owned()),
        occurrence: 0,
        program_text: None,
        plan_text: None,
        parent_native_id: None,
        kind: Kind::Sale,
        tier: Tier::Direct,
        occurred_at,
        click_at: None,
        order_ref: None,
        customer_ref: None,
        sub_ids: Vec::new(),
        currency,
        sale: None,
        commission: None,
        approval: Approval::Pending,
        approval_text: None,
        payment: Payment::Unpaid,
        payment_text: None,
        lock_at: None,
        approved_at: None,
        reversed_at: None,
        reason: None,
        source_updated_at: None,
        raw_hash: fingerprint(&raw),
        raw,
    }
}

/// A payout that only says what it is, how much, and how it came.
pub(crate) fn payout(item: &Json, native_id: &str, amount: Money) -> PayoutFacts {
    let raw = item.canonical();
    PayoutFacts {
        native_id: native_id.to_owned(),
        amount,
        status_text: String::new(),
        period: None,
        sent_at: None,
        raw_hash: fingerprint(&raw),
        raw,
    }
}

/// The first of these fields that says something; a network's "N/A" says nothing.
pub(crate) fn owned(item: &Json, keys: &[&str]) -> Option<String> {
    item.text_at(keys).map(str::to_owned)
}

/// The sub-IDs in these fields, in their order.
pub(crate) fn sub_ids(item: &Json, keys: &[&str]) -> Vec<String> {
    keys.iter().filter_map(|key| owned(item, &[key])).collect()
}

/// The record's own id.
pub(crate) fn id<'a>(item: &'a Json, key: &'static str) -> Result<&'a str, Flawed> {
    item.text_at(&[key]).ok_or(Flaw::Missing(key)).of(key)
}

/// The currency of a record, else the connection's.
pub(crate) fn currency(
    item: &Json,
    keys: &[&str],
    fallback: Option<Currency>,
) -> Result<Currency, Flaw> {
    match (item.text_at(keys), fallback) {
        (Some(code), _) => Ok(Currency::parse(code)?),
        (None, Some(fallback)) => Ok(fallback),
        (None, None) => Err(Flaw::NoCurrency),
    }
}

/// A decimal amount, exactly as written.
pub(crate) fn decimal(token: &str, currency: Currency) -> Result<Money, Flaw> {
    Ok(Money::parse(token, currency)?)
}

/// An amount of minor units: cents, yen, fils.
pub(crate) fn minor(token: &str, currency: Currency) -> Result<Money, Flaw> {
    let exact = parse_decimal(token)?
        .checked_mul(Decimal::new(1, currency.minor_digits()))
        .ok_or(MoneyError::TooLarge)?;
    Ok(Money::new(exact, currency)?)
}

/// The decimal amount of the first of these fields, where there is one.
pub(crate) fn decimal_at(
    item: &Json,
    keys: &[&str],
    currency: Currency,
) -> Result<Option<Money>, Flaw> {
    item.text_at(keys)
        .map(|token| decimal(token, currency))
        .transpose()
}

/// An instant with its offset: `2024-09-10T10:42:38-07:00`. One without an offset is read in `zone`.
pub(crate) fn instant(text: &str, zone: Tz) -> Result<DateTime<Utc>, Flaw> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f %z"));
    let at = with_offset.map(|at| at.with_timezone(&Utc)).ok();
    at.or_else(|| naive(text).map(|local| in_zone(local, zone)))
        .filter(|at| in_range(*at))
        .ok_or_else(|| no_instant(text, "an instant"))
}

/// The instant of the first of these fields.
pub(crate) fn instant_at(
    item: &Json,
    keys: &[&'static str],
    zone: Tz,
) -> Result<DateTime<Utc>, Flaw> {
    let missing = Flaw::Missing(keys.first().copied().unwrap_or("instant"));
    instant(item.text_at(keys).ok_or(missing)?, zone)
}

/// An instant in epoch milliseconds.
pub(crate) fn millis(item: &Json, key: &'static str) -> Result<DateTime<Utc>, Flaw> {
    let text = item.text_at(&[key]).ok_or(Flaw::Missing(key))?;
    let at = text.parse().ok().and_then(DateTime::from_timestamp_millis);
    at.filter(|at| in_range(*at))
        .ok_or_else(|| no_instant(text, "an instant in epoch milliseconds"))
}

/// A reason for a field of another kind.
pub(crate) fn no_instant(text: &str, expected: &'static str) -> Flaw {
    Flaw::NoInstant(text.chars().take(VALUE_SHOWN).collect(), expected)
}

/// The book's instants are text, ordered as such: years of four digits.
fn in_range(at: DateTime<Utc>) -> bool {
    (1970..=9999).contains(&at.year())
}

fn naive(text: &str) -> Option<NaiveDateTime> {
    [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .or_else(|| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_time(NaiveTime::MIN))
    })
}

/// A wall clock's reading as an instant. What it shows twice is the first time; what it skips is an hour later.
pub(crate) fn in_zone(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let at = zone.from_local_datetime(&local).earliest();
    at.or_else(|| {
        let later = local.checked_add_signed(chrono::TimeDelta::hours(1))?;
        zone.from_local_datetime(&later).earliest()
    })
    .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::US::Eastern;
    use proptest::prelude::*;

    fn at(text: &str) -> String {
        instant(text, Eastern)
            .unwrap()
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn instants_are_read_with_and_without_an_offset() {
        assert_eq!(at("2024-09-10T10:42:38-07:00"), "2024-09-10T17:42:38Z");
        assert_eq!(at("2024-09-10T10:42:38.123Z"), "2024-09-10T10:42:38Z");
        assert_eq!(at("2024-09-10T10:42:38+0200"), "2024-09-10T08:42:38Z");
        assert_eq!(at("2024-09-10 10:42:38"), "2024-09-10T14:42:38Z");
        assert_eq!(at("2024-01-10"), "2024-01-10T05:00:00Z");
        // A clock that is put forward skips an hour, one that is put back shows it twice.
        assert_eq!(at("2024-03-10 02:30:00"), "2024-03-10T07:30:00Z");
        assert_eq!(at("2024-11-03 01:30:00"), "2024-11-03T05:30:00Z");
        for bad in [
            "",
            "soon",
            "2024-13-01",
            "0001-01-01",
            "99999-01-01T00:00:00Z",
        ] {
            assert!(instant(bad, Eastern).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_brings_it_down(text in ".{0,40}") {
            let _ = instant(&text, Eastern);
            let _ = decimal(&text, Currency::USD);
            let _ = minor(&text, Currency::USD);
        }
    }
}
