//! Values of terms: how each is written, and what it means.

use super::{
    rate::Rate,
    rules::{self, Proration, RefundRule},
    terms::{SecondTierBase, TermError, TermKey},
};
use crate::money::{Currency, parse_decimal};
use rust_decimal::Decimal;

/// A value of any term, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermValue {
    /// A currency.
    Currency(Currency),
    /// A rate.
    Rate(Rate),
    /// A base of the second tier.
    Base(SecondTierBase),
    /// Days, 0..=3660.
    Days(u32),
    /// Months, none for life.
    Months(Option<u32>),
    /// An amount, its currency being the terms' own.
    Amount(Decimal),
    /// A day of the month, 1..=31.
    RunDay(u32),
    /// Free text.
    Text(String),
    /// Rates by name.
    NamedRates(Vec<(String, Rate)>),
    /// Rates by number of payment.
    CountedRates(Vec<(u32, Rate)>),
    /// Rates by volume.
    TieredRates(Vec<(Decimal, Rate)>),
    /// Parts of a release.
    Split(Vec<(u32, Decimal)>),
    /// What a change of plan charges.
    Proration(Proration),
    /// What a partial refund takes back.
    Refund(RefundRule),
    /// How many.
    Count(u32),
    /// A day of the month, none where there is no such rule.
    UntilDay(Option<u32>),
}

impl TermKey {
    /// Checks a value's text.
    ///
    /// # Errors
    /// [`TermError::BadValue`] with what would fit.
    pub fn check(self, text: &str) -> Result<TermValue, TermError> {
        let bad = |why: &str| TermError::BadValue {
            key: self,
            value: text.to_owned(),
            why: why.to_owned(),
        };
        let whole = |low: u32, high: u32, why| {
            text.trim()
                .parse()
                .ok()
                .filter(|n| (low..=high).contains(n))
                .ok_or_else(|| bad(why))
        };
        Ok(match self {
            Self::Currency => TermValue::Currency(Currency::parse(text)?),
            Self::DirectRate | Self::SecondTierRate | Self::TrialRate | Self::PayoutFee => {
                TermValue::Rate(Rate::parse(text).map_err(|error| bad(&error.to_string()))?)
            }
            Self::SecondTierBase => TermValue::Base(match text.trim() {
                "price" => SecondTierBase::Price,
                "commission" => SecondTierBase::Commission,
                _ => return Err(bad("it is price or commission")),
            }),
            Self::MaxMonths => TermValue::Months(match text.trim() {
                "lifetime" => None,
                _ => Some(whole(
                    1,
                    600,
                    "it is lifetime, or whole months from 1 to 600",
                )?),
            }),
            Self::CookieDays | Self::TrialDays | Self::HoldDays | Self::PayoutLead => {
                TermValue::Days(whole(0, 3660, "it is whole days from 0 to 3660")?)
            }
            Self::Minimum | Self::TrialPrice | Self::ChargebackFee => {
                let amount =
                    parse_decimal(text).map_err(|_| bad("it is an amount such as 100.00"))?;
                if amount < Decimal::ZERO {
                    return Err(bad("it is not below zero"));
                }
                TermValue::Amount(amount)
            }
            Self::RunDay => TermValue::RunDay(whole(1, 31, "it is a day of the month, 1 to 31")?),
            Self::PlanVersion if text.trim().is_empty() => return Err(bad("name a plan set")),
            Self::PlanVersion => TermValue::Text(text.trim().to_owned()),
            Self::Level if text.trim().is_empty() => return Err(bad("name a level")),
            Self::Level => TermValue::Text(text.trim().to_lowercase()),
            Self::PlanRates | Self::LevelRates => {
                TermValue::NamedRates(rules::named_rates(text).map_err(|_| {
                    bad("it is a list such as starter-monthly=50%; gold-annual=25.00 USD, or none")
                })?)
            }
            Self::FirstPayments => TermValue::CountedRates(
                rules::counted_rates(text)
                    .ok_or_else(|| bad("it is a rising list such as 1=100%; 3=50%, or none"))?,
            ),
            Self::SalesTiers => TermValue::TieredRates(rules::tiered_rates(text).ok_or_else(
                || bad("it is a rising list such as 0=20%; 1000=30%; 10000=40%, or none"),
            )?),
            Self::SplitRelease => TermValue::Split(rules::split(text).ok_or_else(|| {
                bad("it is a list of days and shares that make up 100%, such as 0=40%; 60=60%, or none")
            })?),
            Self::Proration => TermValue::Proration(match text.trim() {
                "none" => Proration::None,
                "daily" => Proration::Daily,
                _ => return Err(bad("it is none or daily")),
            }),
            Self::PartialRefund => TermValue::Refund(match text.trim() {
                "proportional" => RefundRule::Proportional,
                "whole" => RefundRule::Whole,
                _ => return Err(bad("it is proportional or whole")),
            }),
            Self::MinSales => TermValue::Count(whole(
                0,
                1_000_000,
                "it is a whole number of sales from 0 to 1000000",
            )?),
            Self::HoldUntilDay => TermValue::UntilDay(match text.trim() {
                "none" => None,
                _ => Some(whole(1, 31, "it is none, or a day of the month, 1 to 31")?),
            }),
        })
    }
}
