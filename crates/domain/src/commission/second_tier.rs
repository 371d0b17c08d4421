//! The commission on a recruited affiliate's sale.

use super::direct;
use crate::{
    Money, MoneyError,
    program::{SecondTierBase, Terms},
};

/// What one payment of `price` earns the affiliate who recruited the referrer, posted to the minor unit; none where
/// the program has no second tier.
///
/// Starter at 99.00 USD under 10% of the price earns 9.90 USD; under 10% of a 39.60 USD commission, 3.96 USD.
///
/// # Errors
/// Where the product is past the book's range, or a fixed commission is of another currency.
pub fn second_tier(terms: &Terms, price: Money) -> Result<Option<Money>, MoneyError> {
    let Some(rate) = terms.second_tier else {
        return Ok(None);
    };
    let base = match terms.second_tier_base {
        SecondTierBase::Price => price,
        SecondTierBase::Commission => direct(terms, price)?,
    };
    rate.of(base).map(Some)
}
