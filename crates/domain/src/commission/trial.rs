//! Paid trials.

use crate::Money;

/// Whether a payment is that of a trial: the referral's first one, of exactly the trial's price.
///
/// ```
/// use perennial_domain::{Currency, Money, commission::is_trial_payment};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// assert!(is_trial_payment(Some(usd("1")), usd("1"), Some(1)));
/// assert!(!is_trial_payment(Some(usd("1")), usd("99"), Some(1)));
/// assert!(!is_trial_payment(None, usd("1"), Some(1)));
/// ```
pub fn is_trial_payment(trial_price: Option<Money>, paid: Money, number: Option<u32>) -> bool {
    trial_price == Some(paid) && number.is_none_or(|number| number == 1)
}
