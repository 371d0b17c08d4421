//! The two sums around a payout, and what is left to explain.

use crate::{Currency, Money, MoneyError, money::parse_decimal};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use thiserror::Error;

/// An exchange rate of one day: one unit of `from` is worth `value` units of `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// One unit of this …
    pub from: Currency,
    /// … is so many units of this.
    pub to: Currency,
    /// Above zero.
    pub value: Decimal,
    /// The day it held.
    pub on: NaiveDate,
    /// Who says so; never empty.
    pub source: String,
}

/// Why a rate was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RateError {
    /// Not of the form.
    #[error("“{0}” is no dated rate")]
    Form(String),
    /// A currency that ISO 4217 does not have, or an amount that is none.
    #[error("{0}")]
    Money(#[from] MoneyError),
    /// Not above zero.
    #[error("a rate is above zero")]
    NotPositive,
    /// From and to the same.
    #[error("{0} needs no rate to itself")]
    Same(Currency),
    /// Nobody is named who says so.
    #[error("the rate {0} names no source")]
    NoSource(String),
    /// It is of other currencies.
    #[error("a rate of {from} to {to} says nothing of {of}")]
    OfOthers {
        /// One of its currencies.
        from: Currency,
        /// The other.
        to: Currency,
        /// What was asked of it.
        of: Currency,
    },
}

impl Rate {
    /// Reads `EUR/USD=1.0858@2026-01-15`: one euro was 1.0858 dollars on that day.
    ///
    /// # Errors
    /// [`RateError`].
    pub fn parse(text: &str, source: &str) -> Result<Self, RateError> {
        let form = || RateError::Form(text.trim().to_owned());
        let (pair, rest) = text.trim().split_once('=').ok_or_else(form)?;
        let (from, to) = pair.split_once('/').ok_or_else(form)?;
        let (value, on) = rest.split_once('@').ok_or_else(form)?;
        Self::new(
            Currency::parse(from)?,
            Currency::parse(to)?,
            parse_decimal(value)?,
            on.trim().parse().map_err(|_| form())?,
            source,
        )
    }

    /// A rate of its parts.
    ///
    /// # Errors
    /// [`RateError`].
    pub fn new(
        from: Currency,
        to: Currency,
        value: Decimal,
        on: NaiveDate,
        source: &str,
    ) -> Result<Self, RateError> {
        if value <= Decimal::ZERO {
            return Err(RateError::NotPositive);
        }
        if from == to {
            return Err(RateError::Same(from));
        }
        if source.trim().is_empty() {
            return Err(RateError::NoSource(format!("{from}/{to}")));
        }
        Ok(Self {
            from,
            to,
            value: value.normalize(),
            on,
            source: source.trim().to_owned(),
        })
    }

    /// Whether it turns amounts of one of these into the other.
    #[must_use]
    pub fn joins(&self, one: Currency, other: Currency) -> bool {
        (self.from, self.to) == (one, other) || (self.to, self.from) == (one, other)
    }

    /// An amount of one of its currencies in the other, posted to the minor unit.
    ///
    /// # Errors
    /// [`RateError::OfOthers`] where the amount is of neither; [`MoneyError::TooLarge`].
    pub fn convert(&self, amount: Money) -> Result<Money, RateError> {
        let (exact, into) = if amount.currency() == self.from {
            (amount.amount().checked_mul(self.value), self.to)
        } else if amount.currency() == self.to {
            (amount.amount().checked_div(self.value), self.from)
        } else {
            return Err(RateError::OfOthers {
                from: self.from,
                to: self.to,
                of: amount.currency(),
            });
        };
        let exact = exact.ok_or(MoneyError::TooLarge)?;
        Ok(Money::new(crate::money::round_posted(exact, into), into)?)
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "1 {} = {} {} on {} ({})",
            self.from, self.value, self.to, self.on, self.source
        )
    }
}

/// What a part of the difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Explanation {
    /// Commissions that the payout pays and the book does not have.
    Missing,
    /// A balance carried in from earlier payouts (a debt is below zero) or, with the other sign, on to later ones.
    Carried,
    /// What was withheld on the way; below zero.
    Fee,
    /// What the exchange gained or lost.
    Exchange,
}

impl Explanation {
    /// Every one.
    pub const ALL: &'static [Self] = &[Self::Missing, Self::Carried, Self::Fee, Self::Exchange];

    /// The word of the book, the command line and the window.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Carried => "carried",
            Self::Fee => "fee",
            Self::Exchange => "exchange",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Whether it stands between the commissions and the payout; else between the payout and the deposit.
    #[must_use]
    pub fn is_of_lines(self) -> bool {
        matches!(self, Self::Missing | Self::Carried)
    }
}

/// Money that arrived for a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// What arrived.
    pub amount: Money,
    /// What was withheld of it before; zero or above, of the same currency.
    pub fee: Money,
    /// The rate between its currency and the payout's, where they differ.
    pub rate: Option<Rate>,
}

impl Landed {
    /// What arrived and what was withheld, together, in the payout's currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] where the currencies differ and no rate joins them.
    pub fn gross_in(&self, currency: Currency) -> Result<Money, RateError> {
        let gross = self.amount.plus(self.fee)?;
        match &self.rate {
            _ if gross.currency() == currency => Ok(gross),
            Some(rate) if rate.joins(gross.currency(), currency) => rate.convert(gross),
            _ => Err(MoneyError::CurrencyMismatch(gross.currency(), currency).into()),
        }
    }
}

/// What goes into the two sums; all of the payout's currency but the deposits.
#[derive(Clone, Debug)]
pub struct Balance<'a> {
    /// What the program says it paid.
    pub payout: Money,
    /// What the commissions tied to it add up to, clawbacks included.
    pub lines: Money,
    /// What the user explained, with its sign.
    pub explained: &'a [(Explanation, Money)],
    /// What arrived.
    pub landed: &'a [Landed],
}

/// What is left to explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Payout less its commissions, missing lines and carried balance.
    pub lines: Money,
    /// Payout less what arrived and what was withheld: above zero where money is still missing.
    pub deposit: Money,
    /// Both without their signs; zero when everything is explained.
    pub left: Money,
}

/// What is left to explain of a payout.
///
/// A payout of 100.00 for commissions of 110.00 and a clawback of 10.00, of which 97.00 arrived: 3.00 are left. With a
/// fee of 3.00 nothing is.
///
/// # Errors
/// Where amounts of two currencies meet without a rate, or a sum is past the book's range.
pub fn balance(of: &Balance<'_>) -> Result<Difference, RateError> {
    let currency = of.payout.currency();
    let mut lines = of.payout.minus(of.lines)?;
    let mut deposit = of.payout;
    for (kind, amount) in of.explained {
        if kind.is_of_lines() {
            lines = lines.minus(*amount)?;
        } else {
            deposit = deposit.plus(*amount)?;
        }
    }
    for landed in of.landed {
        deposit = deposit.minus(landed.gross_in(currency)?)?;
    }
    let size = |money: Money| {
        if money.is_negative() {
            money.negated()
        } else {
            money
        }
    };
    Ok(Difference {
        lines,
        deposit,
        left: size(lines).plus(size(deposit))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn eur(text: &str) -> Money {
        Money::parse(text, Currency::parse("EUR").unwrap()).unwrap()
    }

    fn rate() -> Rate {
        Rate::parse("EUR/USD=1.0858@2026-01-15", "ECB").unwrap()
    }

    fn landed(amount: Money, fee: Money, rate: Option<Rate>) -> Landed {
        Landed { amount, fee, rate }
    }

    #[test]
    fn a_fee_closes_the_gap_that_it_left() {
        let fee = [landed(usd("97"), usd("3"), None)];
        let none = [landed(usd("97"), usd("0"), None)];
        let of = |landed| Balance {
            payout: usd("100"),
            lines: usd("100"),
            explained: &[],
            landed,
        };
        assert_eq!(balance(&of(&none)).unwrap().deposit, usd("3"));
        assert!(balance(&of(&fee)).unwrap().left.is_zero());
    }

    #[test]
    fn gaps_on_both_sides_never_cancel_out() {
        let arrived = [landed(usd("97"), usd("0"), None)];
        let of = |explained| Balance {
            payout: usd("100"),
            lines: usd("97"),
            explained,
            landed: &arrived,
        };
        let open = balance(&of(&[])).unwrap();
        assert_eq!(
            (open.lines, open.deposit, open.left),
            (usd("3"), usd("3"), usd("6"))
        );
        let all = [
            (Explanation::Missing, usd("3")),
            (Explanation::Fee, usd("-3")),
        ];
        assert!(balance(&of(&all)).unwrap().left.is_zero());
    }

    #[test]
    fn a_debt_carried_in_lowers_what_is_paid() {
        let arrived = [landed(usd("80"), usd("0"), None)];
        let carried = [(Explanation::Carried, usd("-20"))];
        let of = Balance {
            payout: usd("80"),
            lines: usd("100"),
            explained: &carried,
            landed: &arrived,
        };
        assert!(balance(&of).unwrap().left.is_zero());
    }

    #[test]
    fn another_currency_needs_a_dated_rate_and_the_rest_is_the_exchange() {
        let without = [landed(eur("92.10"), eur("0"), None)];
        let with = [landed(eur("92.10"), eur("0"), Some(rate()))];
        let of = |landed, explained| Balance {
            payout: usd("100"),
            lines: usd("100"),
            explained,
            landed,
        };
        assert!(balance(&of(&without, &[])).is_err());
        assert_eq!(rate().convert(eur("92.10")).unwrap(), usd("100.00"));
        assert!(balance(&of(&with, &[])).unwrap().left.is_zero());
        let less = [landed(eur("91"), eur("0"), Some(rate()))];
        let exchange = [(Explanation::Exchange, usd("-1.19"))];
        assert_eq!(balance(&of(&less, &[])).unwrap().left, usd("1.19"));
        assert!(balance(&of(&less, &exchange)).unwrap().left.is_zero());
    }

    #[test]
    fn a_rate_says_its_day_and_its_source_or_is_none() {
        assert_eq!(rate().to_string(), "1 EUR = 1.0858 USD on 2026-01-15 (ECB)");
        assert_eq!(rate().convert(usd("108.58")).unwrap(), eur("100.00"));
        for text in [
            "",
            "EUR/USD",
            "EUR/USD=1",
            "EUR/USD=0@2026-01-01",
            "EUR/EUR=1@2026-01-01",
            "EUR/XXQ=1@2026-01-01",
            "EUR/USD=-1@2026-01-01",
            "EUR/USD=1@yesterday",
        ] {
            assert!(Rate::parse(text, "ECB").is_err(), "{text}");
        }
        assert!(matches!(
            Rate::parse("EUR/USD=1@2026-01-01", " "),
            Err(RateError::NoSource(_))
        ));
        assert!(
            rate()
                .convert(Money::parse("1", Currency::parse("JPY").unwrap()).unwrap())
                .is_err()
        );
    }

    proptest! {
        #[test]
        fn explaining_what_is_left_leaves_nothing(payout in 0_i64..1_000_000, lines in -1_000_000_i64..1_000_000, arrived in 0_i64..1_000_000) {
            let usd = |cents: i64| Money::from_minor(cents, Currency::USD).unwrap();
            let landed = [landed(usd(arrived), usd(0), None)];
            let of = |explained| Balance { payout: usd(payout), lines: usd(lines), explained, landed: &landed };
            let open = balance(&of(&[])).unwrap();
            let all = [(Explanation::Missing, open.lines), (Explanation::Fee, open.deposit.negated())];
            prop_assert!(balance(&of(&all)).unwrap().left.is_zero());
        }
    }
}
