//! How long a referral earns.

use chrono::{Months, NaiveDate};

/// Whether a payment on `day` still earns when the referral's first payment was on `first`.
///
/// With `max_months` 12 the first payment and the twelve monthly ones after it earn; none means for life.
///
/// ```
/// use perennial_domain::commission::earns_on;
/// let day = |text: &str| text.parse().unwrap();
/// assert!(earns_on(day("2026-01-15"), day("2027-01-15"), Some(12)));
/// assert!(!earns_on(day("2026-01-15"), day("2027-02-15"), Some(12)));
/// ```
pub fn earns_on(first: NaiveDate, day: NaiveDate, max_months: Option<u32>) -> bool {
    let Some(months) = max_months else {
        return true;
    };
    first
        .checked_add_months(Months::new(months))
        .is_none_or(|last| day <= last)
}

#[cfg(test)]
mod tests {
    use super::earns_on;

    #[test]
    fn the_last_earning_day_is_the_anchor_of_the_last_month() {
        let day = |text: &str| text.parse().unwrap();
        assert!(earns_on(day("2026-01-15"), day("2027-01-15"), Some(12)));
        assert!(!earns_on(day("2026-01-15"), day("2027-01-16"), Some(12)));
        assert!(earns_on(day("2026-01-15"), day("2099-01-01"), None));
    }
}
