//! Exact money: a decimal amount with its ISO 4217 currency.
//!
//! Amounts keep up to six decimals (millionths of the unit), because networks report fractions of a cent.
//! [`Money::posted`] is the only place where the project rounds.

use rust_decimal::{Decimal, RoundingStrategy};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Decimals that an amount may carry: the book stores millionths of the unit.
pub const MAX_DECIMALS: u32 = 6;
const MICROS: i64 = 1_000_000;

/// Why an amount was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text is not a decimal number.
    #[error("“{0}” is not an amount")]
    NotANumber(String),
    /// The text is not an ISO 4217 code.
    #[error("“{0}” is not a currency code")]
    UnknownCurrency(String),
    /// More than six decimals: it would have to be rounded to be kept.
    #[error("{0} is finer than a millionth")]
    TooFine(Decimal),
    /// Outside what the book can hold (about ±9.2 trillion).
    #[error("the amount is too large")]
    TooLarge,
    /// Amounts of two currencies never add up.
    #[error("{0} and {1} do not add up")]
    CurrencyMismatch(Currency, Currency),
}

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollars.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The currency of a three-letter code, in any case.
    ///
    /// # Errors
    /// [`MoneyError::UnknownCurrency`] where ISO 4217 has no such code.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase())
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency(code.trim().to_owned()))
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(2))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(code: &str) -> Result<Self, MoneyError> {
        Self::parse(code)
    }
}

/// Reads a plain decimal such as `-39.60`; no thousands marks, no exponent.
///
/// # Errors
/// [`MoneyError::NotANumber`] where the text is anything else.
pub fn parse_decimal(text: &str) -> Result<Decimal, MoneyError> {
    let trimmed = text.trim();
    let refused = || MoneyError::NotANumber(trimmed.to_owned());
    let digits = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.contains('_') {
        return Err(refused());
    }
    Decimal::from_str_exact(trimmed.strip_prefix('+').unwrap_or(trimmed)).map_err(|_| refused())
}

/// An exact amount of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount of at most six decimals.
    ///
    /// # Errors
    /// [`MoneyError::TooFine`] or [`MoneyError::TooLarge`] where the book could not hold it exactly.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let amount = amount.normalize();
        if amount.scale() > MAX_DECIMALS {
            return Err(MoneyError::TooFine(amount));
        }
        let money = Self { amount, currency };
        money.micros_checked().ok_or(MoneyError::TooLarge)?;
        Ok(money)
    }

    /// An amount from its decimal text.
    ///
    /// # Errors
    /// As [`parse_decimal`] and [`Money::new`].
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::new(parse_decimal(amount)?, currency)
    }

    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Self {
        Self {
            amount: Decimal::ZERO,
            currency,
        }
    }

    /// The amount of so many millionths of the unit; the book's own form.
    pub fn from_micros(micros: i64, currency: Currency) -> Self {
        Self {
            amount: Decimal::new(micros, MAX_DECIMALS).normalize(),
            currency,
        }
    }

    /// The amount of so many minor units (cents, yen, fils), as some networks report it.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] where the book could not hold it.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        Self::new(Decimal::new(minor, currency.minor_digits()), currency)
    }

    /// Millionths of the unit.
    pub fn micros(self) -> i64 {
        // `new` has checked the range; sums are checked as they are made.
        self.micros_checked().unwrap_or(i64::MAX)
    }

    fn micros_checked(self) -> Option<i64> {
        let scaled = self.amount.checked_mul(Decimal::from(MICROS))?;
        i64::try_from(scaled.trunc().mantissa() / 10_i128.pow(scaled.trunc().scale())).ok()
    }

    /// The decimal amount.
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.amount < Decimal::ZERO
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] for two currencies, [`MoneyError::TooLarge`] past the book's range.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let sum = self
            .amount
            .checked_add(other.amount)
            .ok_or(MoneyError::TooLarge)?;
        Self::new(sum, self.currency)
    }

    /// The difference; errors as [`Money::plus`].
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated())
    }

    /// The same amount with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            amount: -self.amount,
            ..self
        }
    }

    /// The amount as it is posted: rounded half-up, away from zero, to the minor unit.
    /// This is the only rounding of money in the project.
    #[must_use]
    pub fn posted(self) -> Self {
        Self {
            amount: round_posted(self.amount, self.currency),
            ..self
        }
    }

    /// Price × rate, posted. `rate` is a fraction: 0.40 for 40%.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] past the book's range.
    pub fn share(self, rate: Decimal) -> Result<Self, MoneyError> {
        let exact = self.amount.checked_mul(rate).ok_or(MoneyError::TooLarge)?;
        Self::new(round_posted(exact, self.currency), self.currency)
    }

    /// The amount alone: at least the minor unit's decimals, more only where the amount has them.
    pub fn to_plain(self) -> String {
        let digits = self
            .amount
            .normalize()
            .scale()
            .max(self.currency.minor_digits());
        let mut amount = self.amount;
        amount.rescale(digits);
        amount.to_string()
    }
}

/// Rounds half-up, away from zero, to the currency's minor unit.
pub fn round_posted(exact: Decimal, currency: Currency) -> Decimal {
    exact.round_dp_with_strategy(
        currency.minor_digits(),
        RoundingStrategy::MidpointAwayFromZero,
    )
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_plain(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn shows_the_minor_unit_and_no_more_than_there_is() {
        assert_eq!(usd("39.6").to_string(), "39.60 USD");
        assert_eq!(usd("39.605").to_plain(), "39.605");
        assert_eq!(
            Money::parse("1200", Currency::parse("jpy").unwrap())
                .unwrap()
                .to_plain(),
            "1200"
        );
        assert_eq!(
            Money::parse("1.5", Currency::parse("KWD").unwrap())
                .unwrap()
                .to_plain(),
            "1.500"
        );
    }

    #[test]
    fn rounds_halves_away_from_zero_when_posted() {
        assert_eq!(usd("0.005").posted(), usd("0.01"));
        assert_eq!(usd("-0.005").posted(), usd("-0.01"));
        assert_eq!(usd("2.345").posted(), usd("2.35"));
    }

    #[test]
    fn refuses_what_it_would_have_to_round_or_guess() {
        assert!(matches!(
            Money::parse("0.0000001", Currency::USD),
            Err(MoneyError::TooFine(_))
        ));
        assert_eq!(
            Money::parse("99999999999999", Currency::USD),
            Err(MoneyError::TooLarge)
        );
        for text in ["", "abc", "1,5", "1e3", ".5", "NaN", "--1", "1_000"] {
            assert!(Money::parse(text, Currency::USD).is_err(), "{text}");
        }
        let eur = Money::zero(Currency::parse("EUR").unwrap());
        assert!(matches!(
            usd("1").plus(eur),
            Err(MoneyError::CurrencyMismatch(..))
        ));
    }

    proptest! {
        #[test]
        fn micros_round_trip(micros in any::<i64>()) {
            prop_assert_eq!(Money::from_micros(micros, Currency::USD).micros(), micros);
        }

        #[test]
        fn parsing_never_panics(text in "\\PC*") {
            let _ = Money::parse(&text, Currency::USD);
        }

        #[test]
        fn posting_moves_by_half_a_cent_at_most(micros in -1_000_000_000_i64..1_000_000_000) {
            let exact = Money::from_micros(micros, Currency::USD);
            prop_assert!((exact.posted().micros() - micros).abs() <= 5_000);
        }
    }
}
