//! A program's terms as dated, sourced versions; what holds on a day is looked up, never assumed.

use super::{
    plan::PlanSet,
    rate::Rate,
    rules::{self, Rules},
    term_value::TermValue,
};
use crate::money::{Currency, Money, MoneyError};
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
    /// Days a payment takes from the day it runs until it arrives.
    PayoutLead = "payout_lead_days",
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

impl TermKey {
    /// Whether nothing said means that there is no such rule. The others always hold in some form, so what is said of a
    /// later day stands in for an earlier one.
    fn off_unless_said(self) -> bool {
        !matches!(
            self,
            Self::Currency
                | Self::DirectRate
                | Self::SecondTierBase
                | Self::CookieDays
                | Self::TrialDays
                | Self::HoldDays
                | Self::Minimum
                | Self::RunDay
                | Self::PlanVersion
        )
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
    let rules = rules::of_values(&value, currency)?;
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
    // A rule that nobody had stated yet did not hold yet. Only before every version the first one stands in.
    if key.off_unless_said() {
        let first = versions.iter().min_by_key(|version| version.from);
        return latest(true)
            .or_else(|| latest(false))
            .or_else(|| first.filter(|first| day < first.from).and_then(said));
    }
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
    fn a_rule_holds_from_the_day_it_is_set_and_not_before() {
        let versions = [
            version(
                "2021-01-01",
                false,
                &[
                    (TermKey::Currency, "USD"),
                    (TermKey::DirectRate, "40%"),
                    (TermKey::MinSales, "2"),
                ],
            ),
            version(
                "2026-01-01",
                true,
                &[(TermKey::MaxMonths, "12"), (TermKey::PlanRates, "a=50%")],
            ),
        ];
        let before = on(&versions, "2025-12-31");
        assert_eq!(
            (before.max_months, before.rules.plan_rates.len()),
            (None, 0)
        );
        let after = on(&versions, "2026-01-01");
        assert_eq!(
            (after.max_months, after.rules.plan_rates.len()),
            (Some(12), 1)
        );
        assert_eq!(on(&versions, "1999-01-01").rules.min_sales, 2);
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
