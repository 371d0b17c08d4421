//! Other rates for the first payments of a referral.

use crate::program::Rate;

/// The rate of the `number`th payment (1 the first) where the terms have one for it.
///
/// With `1=100%; 3=50%` the first payment earns everything, the second and third half, and later ones what else the
/// terms say:
///
/// ```
/// use perennial_domain::{commission::first_payments_rate, program::Rate};
/// let rates = [(1, Rate::parse("100%").unwrap()), (3, Rate::parse("50%").unwrap())];
/// assert_eq!(first_payments_rate(&rates, 1), Some(rates[0].1));
/// assert_eq!(first_payments_rate(&rates, 3), Some(rates[1].1));
/// assert_eq!(first_payments_rate(&rates, 4), None);
/// ```
pub fn first_payments_rate(rates: &[(u32, Rate)], number: u32) -> Option<Rate> {
    rates
        .iter()
        .find(|(last, _)| number <= *last)
        .map(|(_, rate)| *rate)
}
