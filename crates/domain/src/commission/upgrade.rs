//! Upgrades and downgrades within a term.

use crate::{Money, MoneyError, program::Proration};
use rust_decimal::Decimal;

/// What is charged when a customer changes from a plan to another with `days_left` of the term's `days` unused; a
/// downgrade whose credit is larger than the new price charges nothing. The commission follows what is charged.
///
/// From Starter (99) to Gold (299) in the middle of a 30-day month:
///
/// ```
/// use perennial_domain::{Currency, Money, commission::charged_on_change, program::Proration};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// let charged = |rule| charged_on_change(usd("99"), usd("299"), 15, 30, rule).unwrap();
/// assert_eq!(charged(Proration::None), usd("299"));
/// assert_eq!(charged(Proration::Daily), usd("249.50"));
/// ```
///
/// # Errors
/// Where the prices are of two currencies.
pub fn charged_on_change(
    old: Money,
    new: Money,
    days_left: u32,
    days: u32,
    rule: Proration,
) -> Result<Money, MoneyError> {
    if rule == Proration::None || days == 0 {
        return Ok(new);
    }
    let unused = Decimal::from(days_left.min(days)) / Decimal::from(days);
    let charged = new.minus(old.share(unused)?)?;
    Ok(if charged.is_negative() {
        Money::zero(new.currency())
    } else {
        charged
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn charges_between_nothing_and_the_new_price(
            old in 0_i64..1_000_000,
            new in 0_i64..1_000_000,
            left in 0_u32..400,
            days in 1_u32..370,
        ) {
            let usd = |cents| Money::from_minor(cents, Currency::USD).unwrap();
            let charged = charged_on_change(usd(old), usd(new), left, days, Proration::Daily).unwrap();
            prop_assert!(!charged.is_negative() && charged.amount() <= usd(new).amount());
        }
    }
}
