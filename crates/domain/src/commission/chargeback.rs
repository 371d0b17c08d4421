//! What a payment that the customer's bank reversed takes from the affiliate.

use crate::{Money, MoneyError};

/// What is taken back, as a negative amount: the whole commission, and the program's fee where it has one.
///
/// ```
/// use perennial_domain::{Currency, Money, commission::charged_back};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// assert_eq!(charged_back(usd("39.60"), Some(usd("15"))), Ok(usd("-54.60")));
/// assert_eq!(charged_back(usd("39.60"), None), Ok(usd("-39.60")));
/// ```
///
/// # Errors
/// Where the fee is of another currency or the sum is past the book's range.
pub fn charged_back(commission: Money, fee: Option<Money>) -> Result<Money, MoneyError> {
    let whole = match fee {
        Some(fee) => commission.plus(fee)?,
        None => commission,
    };
    Ok(whole.posted().negated())
}
