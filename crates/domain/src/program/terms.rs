//! A program's terms as dated, sourced versions; what holds on a day is looked up, never assumed.

use super::{
    plan::PlanSet,
    rate::Rate,
    rules::{self, Proration, RefundRule, Rules},
};
use crate::money::{Currency, Money, MoneyError, parse_decimal};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::{collections::BTreeMap, fmt};
use thiserror::Error;

/// Why a term was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TermError {
    /// No such term.
    #[error("there is no term “{0}”")]
    UnknownKey(String),
    /// The value does not fit the term.
    #[error("“{value}” does not fit {key}: {why}")]
    BadValue {
        /// The term.
        key: TermKey,
        /// What was given.
        value: String,
        /// What would fit.
        why: String,
    },
    /// The amount was refused.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// No version sets a term that everything else needs.
    #[error("the program's terms do not say “{0}”")]
    Missing(TermKey),
    /// The plan set that the terms name does not exist.
    #[error("there is no plan set “{0}”")]
    UnknownPlanSet(String),
}

macro_rules! term_keys {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// One thing that terms say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TermKey { $($(#[$doc])* $name),* }

        impl TermKey {
            /// Every key, in the order it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word of the command line and of files.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

term_keys! {
    /// ISO 4217 code in which the program pays.
    Currency = "currency",
    /// Commission on the user's own sales: a fraction (`0.40`), a percentage (`40%`) or an amount (`25.00 USD`).
    DirectRate = "direct_rate",
    /// Commission on the sales of affiliates the user recruited; same forms.
    SecondTierRate = "second_tier_rate",
    /// What the second tier is a share of: `price` or `commission`.
    SecondTierBase = "second_tier_base",
    /// Months after the first payment in which payments still earn, or `lifetime`.
    MaxMonths = "max_months",
    /// Days a click counts.
    CookieDays = "cookie_days",
    /// Days before the first payment.
    TrialDays = "trial_days",
    /// Days a commission is held before it is due.
    HoldDays = "hold_days",
    /// Smallest payout.
    Minimum = "minimum",
    /// Day of the month on which payouts run, 1–31 (clamped to the month's end).
    RunDay = "run_day",
    /// The set of plans on sale.
    PlanVersion = "plan_version",
    /// Rates of single plans or products: `starter-monthly=50%; gold-annual=25.00 USD`.
    PlanRates = "plan_rates",
    /// Rates of a referral's first payments: `1=100%; 3=50%` (the first, then the second and third).
    FirstPayments = "first_payments",
    /// Rates by the sales of the last twelve months: `0=20%; 1000=30%; 10000=40%`.
    SalesTiers = "sales_tiers",
    /// The affiliate's level, such as `vip` or `standard`.
    Level = "level",
    /// Rates of the levels: `vip=50%; standard=40%`.
    LevelRates = "level_rates",
    /// Price of a paid trial.
    TrialPrice = "trial_price",
    /// What the payment of a trial earns.
    TrialRate = "trial_rate",
    /// What a change of plan within a term charges: `none` (the whole price) or `daily` (less what is unused).
    Proration = "proration",
    /// What a partial refund takes back: `proportional` or `whole`.
    PartialRefund = "partial_refund",
    /// Taken for each chargeback, beside the commission.
    ChargebackFee = "chargeback_fee",
    /// Approved sales before anything is released.
    MinSales = "min_sales",
    /// Parts in which a commission is released, by days after the sale: `0=40%; 60=60%`.
    SplitRelease = "split_release",
    /// A held commission waits until this day of the month, 1–31, or `none`.
    HoldUntilDay = "hold_until_day",
    /// Taken from each payout: `2%` or `1.00 USD`.
    PayoutFee = "payout_fee",
}

impl TermKey {
    /// The key of a word.
    ///
    /// # Errors
    /// [`TermError::UnknownKey`].
    pub fn parse(word: &str) -> Result<Self, TermError> {
        Self::ALL
            .iter()
            .copied()
            .find(|key| key.word() == word)
            .ok_or_else(|| TermError::UnknownKey(word.to_owned()))
    }
}

impl fmt::Display for TermKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => {
                write!(f, "{}%", (*share * Decimal::ONE_HUNDRED).normalize())
            }
            Self::Fixed(money) => money.fmt(f),
        }
    }
}

/// What the second tier's rate applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondTierBase {
    /// The plan's price.
    Price,
    /// The first affiliate's commission.
    Commission,
}

/// One dated statement of terms: the keys it sets, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsVersion {
    /// First day it holds.
    pub from: NaiveDate,
    /// Name of the version: `2021`, or the user's own.
    pub version: String,
    /// Where it is from.
    pub source: String,
    /// What to know about it.
    pub note: String,
    /// Set by the user; an own value stands against every value that came with the program.
    pub own: bool,
    /// What it sets, as text.
    pub values: Vec<(TermKey, String)>,
}

/// Where the value of a term comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// First day it holds.
    pub from: NaiveDate,
    /// Version that set it.
    pub version: String,
    /// Where that version is from.
    pub source: String,
    /// Set by the user.
    pub own: bool,
    /// The text as it was given.
    pub text: String,
}

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
            Self::CookieDays | Self::TrialDays | Self::HoldDays => {
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

/// What holds on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Currency of payouts.
    pub currency: Currency,
    /// Commission on own sales.
    pub direct: Rate,
    /// Commission on recruited affiliates' sales, where the program has a second tier.
    pub second_tier: Option<Rate>,
    /// What the second tier is a share of.
    pub second_tier_base: SecondTierBase,
    /// Months after the first payment that still earn; none for life.
    pub max_months: Option<u32>,
    /// Days a click counts.
    pub cookie_days: u32,
    /// Days before the first payment.
    pub trial_days: u32,
    /// Days a commission is held.
    pub hold_days: u32,
    /// Smallest payout.
    pub minimum: Money,
    /// Day of the month on which payouts run.
    pub run_day: u32,
    /// The plans on sale, where the program has any.
    pub plans: Option<PlanSet>,
    /// The finer rules.
    pub rules: Rules,
    /// Where each value is from.
    pub provenance: BTreeMap<TermKey, Provenance>,
}

/// The terms of a day: per key the latest own version on or before it, else the latest of the program's.
/// Before the first version the earliest one stands in.
///
/// # Errors
/// Where a value does not fit, or a term that everything needs (currency, direct rate) is not said.
pub fn terms_on(
    versions: &[TermsVersion],
    sets: &[PlanSet],
    day: NaiveDate,
) -> Result<Terms, TermError> {
    let mut provenance = BTreeMap::new();
    for &key in TermKey::ALL {
        if let Some(found) = value_on(versions, key, day) {
            provenance.insert(key, found);
        }
    }
    let value = |key: TermKey| -> Result<Option<TermValue>, TermError> {
        provenance
            .get(&key)
            .map(|p: &Provenance| key.check(&p.text))
            .transpose()
    };
    let days = |key| {
        Ok::<_, TermError>(match value(key)? {
            Some(TermValue::Days(days)) => days,
            _ => 0,
        })
    };
    let Some(TermValue::Currency(currency)) = value(TermKey::Currency)? else {
        return Err(TermError::Missing(TermKey::Currency));
    };
    let rate = |key| {
        Ok::<_, TermError>(match value(key)? {
            Some(TermValue::Rate(rate)) => Some(rate),
            _ => None,
        })
    };
    let rules = rules_of(&value, currency)?;
    let plans = match value(TermKey::PlanVersion)? {
        Some(TermValue::Text(version)) => Some(
            sets.iter()
                .find(|set| set.version == version)
                .ok_or(TermError::UnknownPlanSet(version))?
                .clone(),
        ),
        _ => None,
    };
    Ok(Terms {
        currency,
        direct: rate(TermKey::DirectRate)?.ok_or(TermError::Missing(TermKey::DirectRate))?,
        second_tier: rate(TermKey::SecondTierRate)?,
        second_tier_base: match value(TermKey::SecondTierBase)? {
            Some(TermValue::Base(base)) => base,
            _ => SecondTierBase::Price,
        },
        max_months: match value(TermKey::MaxMonths)? {
            Some(TermValue::Months(months)) => months,
            _ => None,
        },
        cookie_days: days(TermKey::CookieDays)?,
        trial_days: days(TermKey::TrialDays)?,
        hold_days: days(TermKey::HoldDays)?,
        minimum: match value(TermKey::Minimum)? {
            Some(TermValue::Amount(amount)) => Money::new(amount, currency)?,
            _ => Money::zero(currency),
        },
        run_day: match value(TermKey::RunDay)? {
            Some(TermValue::RunDay(day)) => day,
            _ => 1,
        },
        plans,
        rules,
        provenance,
    })
}

/// The finer rules out of the values of a day.
fn rules_of(
    value: &impl Fn(TermKey) -> Result<Option<TermValue>, TermError>,
    currency: Currency,
) -> Result<Rules, TermError> {
    let named = |key| {
        Ok::<_, TermError>(match value(key)? {
            Some(TermValue::NamedRates(rates)) => rates,
            _ => Vec::new(),
        })
    };
    let amount = |key| match value(key)? {
        Some(TermValue::Amount(amount)) => Ok::<_, TermError>(Some(Money::new(amount, currency)?)),
        _ => Ok(None),
    };
    let rate = |key| {
        Ok::<_, TermError>(match value(key)? {
            Some(TermValue::Rate(rate)) => Some(rate),
            _ => None,
        })
    };
    Ok(Rules {
        plan_rates: named(TermKey::PlanRates)?,
        first_payments: match value(TermKey::FirstPayments)? {
            Some(TermValue::CountedRates(rates)) => rates,
            _ => Vec::new(),
        },
        sales_tiers: match value(TermKey::SalesTiers)? {
            Some(TermValue::TieredRates(rates)) => rates,
            _ => Vec::new(),
        },
        level: match value(TermKey::Level)? {
            Some(TermValue::Text(level)) => Some(level),
            _ => None,
        },
        level_rates: named(TermKey::LevelRates)?,
        trial_price: amount(TermKey::TrialPrice)?,
        trial_rate: rate(TermKey::TrialRate)?,
        proration: match value(TermKey::Proration)? {
            Some(TermValue::Proration(proration)) => proration,
            _ => Proration::default(),
        },
        refund: match value(TermKey::PartialRefund)? {
            Some(TermValue::Refund(rule)) => rule,
            _ => RefundRule::default(),
        },
        chargeback_fee: amount(TermKey::ChargebackFee)?,
        min_sales: match value(TermKey::MinSales)? {
            Some(TermValue::Count(count)) => count,
            _ => 0,
        },
        split: match value(TermKey::SplitRelease)? {
            Some(TermValue::Split(parts)) => parts,
            _ => Vec::new(),
        },
        hold_until_day: match value(TermKey::HoldUntilDay)? {
            Some(TermValue::UntilDay(day)) => day,
            _ => None,
        },
        payout_fee: rate(TermKey::PayoutFee)?,
    })
}

fn value_on(versions: &[TermsVersion], key: TermKey, day: NaiveDate) -> Option<Provenance> {
    let said = |version: &TermsVersion| {
        let (_, text) = version.values.iter().rev().find(|(k, _)| *k == key)?;
        Some(Provenance {
            from: version.from,
            version: version.version.clone(),
            source: version.source.clone(),
            own: version.own,
            text: text.clone(),
        })
    };
    let latest = |own: bool| {
        versions
            .iter()
            .filter(|v| v.own == own && v.from <= day)
            .filter_map(said)
            // Of two versions from one day the later written stands.
            .max_by_key(|p| p.from)
    };
    let earliest = || {
        versions
            .iter()
            .filter(|v| !v.own)
            .filter_map(said)
            .min_by_key(|p| p.from)
    };
    let earliest_own = || versions.iter().filter_map(said).min_by_key(|p| p.from);
    latest(true)
        .or_else(|| latest(false))
        .or_else(earliest)
        .or_else(earliest_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(from: &str, own: bool, values: &[(TermKey, &str)]) -> TermsVersion {
        TermsVersion {
            from: from.parse().unwrap(),
            version: from.to_owned(),
            source: String::new(),
            note: String::new(),
            own,
            values: values.iter().map(|(k, v)| (*k, (*v).to_owned())).collect(),
        }
    }

    fn on(versions: &[TermsVersion], day: &str) -> Terms {
        terms_on(versions, &[], day.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_latest_own_value_stands_against_the_programs() {
        let versions = [
            version(
                "2021-01-01",
                false,
                &[
                    (TermKey::Currency, "USD"),
                    (TermKey::DirectRate, "40%"),
                    (TermKey::HoldDays, "45"),
                ],
            ),
            version("2023-06-01", true, &[(TermKey::HoldDays, "30")]),
            version(
                "2024-01-01",
                false,
                &[(TermKey::HoldDays, "60"), (TermKey::DirectRate, "0.3")],
            ),
        ];
        assert_eq!(on(&versions, "2022-01-01").hold_days, 45);
        assert_eq!(on(&versions, "2023-06-01").hold_days, 30);
        assert_eq!(on(&versions, "2025-01-01").hold_days, 30);
        assert_eq!(on(&versions, "2025-01-01").direct.to_string(), "30%");
        assert!(on(&versions, "2025-01-01").provenance[&TermKey::HoldDays].own);
        assert_eq!(
            on(&versions, "1999-01-01").hold_days,
            45,
            "the earliest stands in before it"
        );
    }

    #[test]
    fn says_what_is_missing_or_does_not_fit() {
        let none = terms_on(&[], &[], NaiveDate::MIN);
        assert_eq!(none, Err(TermError::Missing(TermKey::Currency)));
        for (key, text) in [
            (TermKey::DirectRate, "140%"),
            (TermKey::DirectRate, "-1"),
            (TermKey::RunDay, "0"),
            (TermKey::HoldDays, "-3"),
            (TermKey::HoldDays, "99999"),
            (TermKey::MaxMonths, "forever"),
            (TermKey::Minimum, "-5"),
            (TermKey::SecondTierBase, "sale"),
        ] {
            assert!(key.check(text).is_err(), "{key} {text}");
        }
    }

    #[test]
    fn a_rate_is_a_share_or_an_amount() {
        let price = Money::parse("99", Currency::USD).unwrap();
        let of = |text: &str| Rate::parse(text).unwrap().of(price).unwrap().to_string();
        assert_eq!(of("40%"), "39.60 USD");
        assert_eq!(of("0.10"), "9.90 USD");
        assert_eq!(of("25 USD"), "25.00 USD");
    }
}
