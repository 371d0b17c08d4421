//! What a payment earns: a share of its price, or an amount.

use crate::money::{Currency, Money, MoneyError, parse_decimal};
use rust_decimal::Decimal;
use thiserror::Error;

/// Why a rate was refused; each says what would fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RateError {
    /// Neither a share nor an amount.
    #[error("give a share such as 40% or 0.40, or an amount such as 25.00 USD")]
    NotARate,
    /// A share below nothing or above everything.
    #[error("a share lies between 0 and 100%")]
    OutOfRange,
}

/// A commission: a share of the price, or an amount per payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// A fraction of the price, 0..=1.
    Percent(Decimal),
    /// A fixed amount per payment.
    Fixed(Money),
}

impl Rate {
    /// Reads `0.40`, `40%` or `25.00 USD`.
    ///
    /// # Errors
    /// See [`RateError`].
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let unfit = |_| RateError::NotARate;
        let text = text.trim();
        if let Some((amount, code)) = text.rsplit_once(' ') {
            let currency = Currency::parse(code).map_err(unfit)?;
            let fixed = Money::parse(amount, currency).map_err(unfit)?;
            return if fixed.is_negative() {
                Err(RateError::NotARate)
            } else {
                Ok(Self::Fixed(fixed))
            };
        }
        let share = match text.strip_suffix('%') {
            Some(percent) => parse_decimal(percent)
                .map_err(unfit)?
                .checked_div(Decimal::ONE_HUNDRED)
                .ok_or(RateError::NotARate)?,
            None => parse_decimal(text).map_err(unfit)?,
        };
        if share < Decimal::ZERO || share > Decimal::ONE {
            return Err(RateError::OutOfRange);
        }
        Ok(Self::Percent(share))
    }

    /// The commission on one payment, posted to the minor unit.
    ///
    /// # Errors
    /// Where the product is past the book's range, or the fixed amount is of another currency.
    pub fn of(self, price: Money) -> Result<Money, MoneyError> {
        match self {
            Self::Percent(share) => price.share(share),
            Self::Fixed(fixed) if fixed.currency() == price.currency() => Ok(fixed.posted()),
            Self::Fixed(fixed) => Err(MoneyError::CurrencyMismatch(
                fixed.currency(),
                price.currency(),
            )),
        }
    }
}
