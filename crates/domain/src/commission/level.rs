//! Levels of affiliates: VIP and standard, or whatever a program calls them.

use crate::program::Rate;

/// The rate of the affiliate's level, where the terms have one for it; names are compared without case.
///
/// ```
/// use perennial_domain::{commission::level_rate, program::Rate};
/// let rates = [("vip".to_owned(), Rate::parse("50%").unwrap())];
/// assert_eq!(level_rate(&rates, Some("VIP")), Some(rates[0].1));
/// assert_eq!(level_rate(&rates, Some("standard")), None);
/// assert_eq!(level_rate(&rates, None), None);
/// ```
pub fn level_rate(rates: &[(String, Rate)], level: Option<&str>) -> Option<Rate> {
    let level = level?.to_lowercase();
    rates
        .iter()
        .find(|(name, _)| *name == level)
        .map(|(_, rate)| *rate)
}
