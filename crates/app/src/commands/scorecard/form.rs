//! What a card may say, and how each of it is written.

use perennial_domain::{Currency, Money, program::Rate};
use rust_decimal::Decimal;

/// What is known under a key, and how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `40%` or `25.00 USD`.
    Rate,
    /// `yes` or `no`.
    YesNo,
    /// Days.
    Days,
    /// A number of months, or `unlimited`.
    Months,
    /// `25.00 USD`.
    Amount,
    /// `monthly` or `annual`.
    Rhythm,
    /// 1 to 5.
    Stars,
    /// A share such as `2.5%`.
    Share,
    /// Any words.
    Words,
}

/// Every key, in the order of a card.
pub(super) const KEYS: &[(&str, Form)] = &[
    ("price", Form::Amount),
    ("billing", Form::Rhythm),
    ("commission", Form::Rate),
    ("recurring", Form::YesNo),
    ("months", Form::Months),
    ("second_tier", Form::Rate),
    ("cookie_days", Form::Days),
    ("trial_days", Form::Days),
    ("hold_days", Form::Days),
    ("minimum", Form::Amount),
    ("methods", Form::Words),
    ("conversion", Form::Share),
    ("material", Form::Stars),
    ("product", Form::Stars),
    ("support", Form::Stars),
];

impl Form {
    /// What would fit, where a text does not.
    pub(super) fn misfit(self, text: &str) -> Option<&'static str> {
        let whole = || text.parse::<u32>().is_ok_and(|number| number <= 10_000);
        let (fits, form) = match self {
            Self::Rate => (
                text == "none" || Rate::parse(text).is_ok(),
                "give a share such as 40%, an amount such as 25.00 USD, or none",
            ),
            Self::YesNo => (matches!(text, "yes" | "no"), "give yes or no"),
            Self::Days => (whole(), "give a number of days"),
            Self::Months => (
                text == "unlimited" || whole(),
                "give a number of months, or unlimited",
            ),
            Self::Amount => (
                amount(text).is_some_and(|amount| !amount.is_negative()),
                "give an amount such as 25.00 USD",
            ),
            Self::Rhythm => (
                matches!(text, "monthly" | "annual"),
                "give monthly or annual",
            ),
            Self::Stars => (
                text.parse::<u32>()
                    .is_ok_and(|stars| (1..=5).contains(&stars)),
                "give a number from 1 to 5",
            ),
            Self::Share => (share(text).is_some(), "give a share such as 2.5%"),
            Self::Words => (text.chars().count() <= 500, "keep it to 500 letters"),
        };
        (!fits).then_some(form)
    }
}

/// An amount with its currency behind it.
pub(super) fn amount(text: &str) -> Option<Money> {
    let (amount, code) = text.trim().rsplit_once(' ')?;
    Money::parse(amount, Currency::parse(code).ok()?).ok()
}

/// A share of one.
pub(super) fn share(text: &str) -> Option<Decimal> {
    match Rate::parse(text).ok()? {
        Rate::Percent(share) => Some(share),
        Rate::Fixed(_) => None,
    }
}
