//! The commission on the user's own sale.

use crate::{Money, MoneyError, program::Terms};

/// What one payment of `price` earns the affiliate who referred it, posted to the minor unit.
///
/// Starter at 99.00 USD under 40% earns 39.60 USD.
///
/// # Errors
/// Where the product is past the book's range, or a fixed commission is of another currency.
pub fn direct(terms: &Terms, price: Money) -> Result<Money, MoneyError> {
    terms.direct.of(price)
}
