//! What arrives of a payout after the program's or the network's fee.

use crate::{Money, MoneyError, program::Rate};

/// The payout less its fee; never below nothing.
///
/// ```
/// use perennial_domain::{Currency, Money, commission::after_fee, program::Rate};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// assert_eq!(after_fee(usd("250"), Some(Rate::parse("2%").unwrap())), Ok(usd("245.00")));
/// assert_eq!(after_fee(usd("250"), Some(Rate::parse("1.50 USD").unwrap())), Ok(usd("248.50")));
/// assert_eq!(after_fee(usd("1"), Some(Rate::parse("1.50 USD").unwrap())), Ok(usd("0")));
/// ```
///
/// # Errors
/// Where a fixed fee is of another currency.
pub fn after_fee(payout: Money, fee: Option<Rate>) -> Result<Money, MoneyError> {
    let Some(fee) = fee else {
        return Ok(payout);
    };
    let left = payout.minus(fee.of(payout)?)?;
    Ok(if left.is_negative() {
        Money::zero(payout.currency())
    } else {
        left
    })
}

#[cfg(test)]
mod tests {
    use super::after_fee;
    use crate::{Currency, Money, program::Rate};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    proptest! {
        #[test]
        fn a_fee_takes_no_more_than_there_is(cents in 0_i64..100_000_000, percent in 0_i64..=100) {
            let payout = Money::from_minor(cents, Currency::USD).unwrap();
            let fee = Rate::Percent(Decimal::new(percent, 2));
            let left = after_fee(payout, Some(fee)).unwrap();
            prop_assert!(!left.is_negative() && left.amount() <= payout.amount());
        }
    }
}
