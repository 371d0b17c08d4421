//! What a refund takes back.

use crate::{Money, MoneyError, program::RefundRule};

/// What is taken back of a commission, as a negative amount, when `refunded` of a `sale` is given back; posted to the
/// minor unit, and never more than the commission. A refund whose amount is not known is a whole one.
///
/// ```
/// use perennial_domain::{Currency, Money, commission::taken_back, program::RefundRule};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// let rule = RefundRule::Proportional;
/// assert_eq!(taken_back(usd("39.60"), Some((usd("99"), usd("33"))), rule), Ok(usd("-13.20")));
/// assert_eq!(taken_back(usd("39.60"), None, rule), Ok(usd("-39.60")));
/// assert_eq!(taken_back(usd("39.60"), Some((usd("99"), usd("33"))), RefundRule::Whole), Ok(usd("-39.60")));
/// ```
///
/// # Errors
/// Where the amounts are of several currencies, or past the book's range.
pub fn taken_back(
    commission: Money,
    sale_and_refunded: Option<(Money, Money)>,
    rule: RefundRule,
) -> Result<Money, MoneyError> {
    let whole = commission.posted().negated();
    let Some((sale, refunded)) = sale_and_refunded else {
        return Ok(whole);
    };
    for amount in [sale, refunded] {
        if amount.currency() != commission.currency() {
            return Err(MoneyError::CurrencyMismatch(
                amount.currency(),
                commission.currency(),
            ));
        }
    }
    let (sale, refunded) = (sale.amount().abs(), refunded.amount().abs());
    if rule == RefundRule::Whole || refunded >= sale {
        return Ok(whole);
    }
    // `refunded` is below `sale`, so the sale is not nothing.
    let share = refunded.checked_div(sale).ok_or(MoneyError::TooLarge)?;
    Ok(commission.share(share)?.negated())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_back_no_more_than_was_earned(
            commission in 0_i64..10_000_000,
            sale in 1_i64..10_000_000,
            refunded in 0_i64..20_000_000,
        ) {
            let usd = |cents| Money::from_minor(cents, Currency::USD).unwrap();
            let back = taken_back(usd(commission), Some((usd(sale), usd(refunded))), RefundRule::Proportional).unwrap();
            prop_assert!(back.amount() <= usd(0).amount());
            prop_assert!(back.amount() >= usd(-commission).amount());
            if refunded >= sale {
                prop_assert_eq!(back, usd(-commission));
            }
        }
    }
}
