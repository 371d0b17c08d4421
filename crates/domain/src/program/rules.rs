//! The finer rules of a program's terms, beside the plain rate, hold and minimum: how they are written and read.

use super::{Rate, RateError, TermError, TermKey, TermValue};
use crate::money::{Currency, Money, parse_decimal};
use rust_decimal::Decimal;

/// What a program does with what was paid for a plan when the customer changes to another within a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Proration {
    /// The new plan's whole price is charged.
    #[default]
    None,
    /// The unused days of the old plan are taken off the new plan's price.
    Daily,
}

/// What a partial refund takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RefundRule {
    /// The same share of the commission as of the sale.
    #[default]
    Proportional,
    /// The whole commission.
    Whole,
}

/// Rules that most programs do not have; everything is off by default.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rules {
    /// Rates of single plans or products, by plan key or by a text that the product's name holds.
    pub plan_rates: Vec<(String, Rate)>,
    /// Rates of the first payments of a referral: (up to and including this payment, rate), ascending.
    pub first_payments: Vec<(u32, Rate)>,
    /// Rates by the sales of the last twelve months: (from this volume on, rate), ascending; in the terms' currency.
    pub sales_tiers: Vec<(Decimal, Rate)>,
    /// The affiliate's level, such as `vip`.
    pub level: Option<String>,
    /// Rates of the levels.
    pub level_rates: Vec<(String, Rate)>,
    /// Price of a paid trial.
    pub trial_price: Option<Money>,
    /// What the payment of a trial earns; nothing where none.
    pub trial_rate: Option<Rate>,
    /// What is charged on a change of plan.
    pub proration: Proration,
    /// What a partial refund takes back.
    pub refund: RefundRule,
    /// Taken from the affiliate for each chargeback, beside the commission.
    pub chargeback_fee: Option<Money>,
    /// Sales that must have been approved before anything is released.
    pub min_sales: u32,
    /// Parts in which a commission is released: (days after the sale, share), ascending; the shares make up 1.
    pub split: Vec<(u32, Decimal)>,
    /// A held commission waits on until this day of the month, 1–31.
    pub hold_until_day: Option<u32>,
    /// Taken by the program or its network from each payout: a share or an amount.
    pub payout_fee: Option<Rate>,
    /// Days a payment takes from the day it runs until it arrives.
    pub payout_lead: u32,
}

/// A list of `key=value`, parted by semicolons; `none` is the empty list.
fn pairs(text: &str) -> Option<Vec<(&str, &str)>> {
    let text = text.trim();
    if text == "none" {
        return Some(Vec::new());
    }
    let pairs: Option<Vec<_>> = text
        .trim_end_matches(';')
        .split(';')
        .map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let (key, value) = (key.trim(), value.trim());
            (!key.is_empty() && !value.is_empty()).then_some((key, value))
        })
        .collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

/// Reads `starter-monthly=50%; gold-annual=25.00 USD`.
///
/// # Errors
/// Where it is of another form, a rate does not fit or a name is there twice.
pub(super) fn named_rates(text: &str) -> Result<Vec<(String, Rate)>, RateError> {
    let mut rates: Vec<(String, Rate)> = Vec::new();
    for (name, rate) in pairs(text).ok_or(RateError::NotARate)? {
        let name = name.to_lowercase();
        if rates.iter().any(|(known, _)| *known == name) {
            return Err(RateError::NotARate);
        }
        rates.push((name, Rate::parse(rate)?));
    }
    Ok(rates)
}

/// Reads `1=100%; 3=50%`: keys above nothing and ascending.
pub(super) fn counted_rates(text: &str) -> Option<Vec<(u32, Rate)>> {
    let mut rates = Vec::new();
    for (number, rate) in pairs(text)? {
        rates.push((number.parse().ok()?, Rate::parse(rate).ok()?));
    }
    let rising = rates
        .iter()
        .zip(rates.iter().skip(1))
        .all(|(one, next)| one.0 < next.0);
    let first = rates.first().is_none_or(|(number, _)| *number > 0);
    (rising && first).then_some(rates)
}

/// Reads `0=20%; 1000=30%; 10000=40%`: volumes not below nothing and ascending.
pub(super) fn tiered_rates(text: &str) -> Option<Vec<(Decimal, Rate)>> {
    let mut rates = Vec::new();
    for (volume, rate) in pairs(text)? {
        let volume = parse_decimal(volume).ok().filter(|v| *v >= Decimal::ZERO)?;
        rates.push((volume, Rate::parse(rate).ok()?));
    }
    let rising = rates
        .iter()
        .zip(rates.iter().skip(1))
        .all(|(one, next)| one.0 < next.0);
    rising.then_some(rates)
}

/// Reads `0=40%; 60=60%`: days ascending, shares that make up the whole.
pub(super) fn split(text: &str) -> Option<Vec<(u32, Decimal)>> {
    let mut parts: Vec<(u32, Decimal)> = Vec::new();
    for (days, share) in pairs(text)? {
        let days = days.parse().ok().filter(|days| *days <= 3660)?;
        let Rate::Percent(share) = Rate::parse(share).ok()? else {
            return None;
        };
        if parts.last().is_some_and(|(before, _)| *before >= days) {
            return None;
        }
        parts.push((days, share));
    }
    let whole: Decimal = parts.iter().map(|(_, share)| *share).sum();
    (parts.is_empty() || whole == Decimal::ONE).then_some(parts)
}

/// The finer rules out of the values of a day.
pub(super) fn of_values(
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
        payout_lead: match value(TermKey::PayoutLead)? {
            Some(TermValue::Days(days)) => days,
            _ => 0,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_are_read_strictly() {
        assert_eq!(named_rates("A=50%; b=25.00 USD").unwrap().len(), 2);
        assert_eq!(named_rates("none"), Ok(Vec::new()));
        for bad in ["", "a", "a=", "=1%", "a=1%; a=2%", "a=140%"] {
            assert!(named_rates(bad).is_err(), "{bad}");
        }
        assert_eq!(counted_rates("1=100%; 3=50%").unwrap()[1].0, 3);
        for bad in ["0=10%", "3=10%; 1=20%", "1=x"] {
            assert_eq!(counted_rates(bad), None, "{bad}");
        }
        assert_eq!(tiered_rates("0=20%;1000=30%;").unwrap().len(), 2);
        assert_eq!(tiered_rates("-1=20%"), None);
        assert_eq!(split("0=40%; 60=60%").unwrap().len(), 2);
        for bad in ["0=40%", "0=40%; 60=70%", "60=50%; 0=50%", "0=1.00 USD"] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_refuse(text in "\\PC*") {
            let _ = (named_rates(&text).is_ok(), counted_rates(&text), tiered_rates(&text), split(&text));
        }
    }
}
