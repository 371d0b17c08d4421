//! A commission that is released in parts.

use crate::{Money, MoneyError, commission::held_until, program::Terms};
use chrono::NaiveDate;

/// One part of a commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The day it is free.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// The parts in which a commission of `day` is released: by the split of the terms, counted from the day of the sale,
/// else all of it after the hold. The parts add up to the commission to the cent: the last one takes what rounding
/// leaves.
///
/// 40% now and 60% after 60 days, of 39.60 USD on 1 March:
///
/// ```
/// use perennial_domain::{Currency, Money, commission::releases, program::{TermKey, TermsVersion, terms_on}};
/// let version = TermsVersion {
///     from: "2020-01-01".parse().unwrap(), version: "1".into(), source: String::new(), note: String::new(), own: false,
///     values: vec![
///         (TermKey::Currency, "USD".into()), (TermKey::DirectRate, "40%".into()),
///         (TermKey::SplitRelease, "0=40%; 60=60%".into()),
///     ],
/// };
/// let day = "2026-03-01".parse().unwrap();
/// let terms = terms_on(&[version], &[], day).unwrap();
/// let parts = releases(&terms, day, Money::parse("39.60", Currency::USD).unwrap()).unwrap();
/// let parts: Vec<String> = parts.iter().map(|part| format!("{} {}", part.on, part.amount)).collect();
/// assert_eq!(parts, ["2026-03-01 15.84 USD", "2026-04-30 23.76 USD"]);
/// ```
///
/// # Errors
/// Where an amount is past the book's range.
pub fn releases(
    terms: &Terms,
    day: NaiveDate,
    commission: Money,
) -> Result<Vec<Release>, MoneyError> {
    let until = terms.rules.hold_until_day;
    let Some((last, before)) = terms.rules.split.split_last() else {
        return Ok(vec![Release {
            on: held_until(day, terms.hold_days, until),
            amount: commission,
        }]);
    };
    let mut left = commission;
    let mut parts = Vec::with_capacity(terms.rules.split.len());
    for (days, share) in before {
        let amount = commission.share(*share)?;
        left = left.minus(amount)?;
        parts.push(Release {
            on: held_until(day, *days, until),
            amount,
        });
    }
    parts.push(Release {
        on: held_until(day, last.0, until),
        amount: left,
    });
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Currency,
        program::{TermKey, TermsVersion, terms_on},
    };
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_cent(cents in 0_i64..100_000_000, first in 1_u32..99) {
            let day = "2026-01-31".parse().unwrap();
            let version = TermsVersion {
                from: day,
                version: String::new(),
                source: String::new(),
                note: String::new(),
                own: false,
                values: vec![
                    (TermKey::Currency, "USD".into()),
                    (TermKey::DirectRate, "40%".into()),
                    (TermKey::SplitRelease, format!("0={first}%; 30={}%", 100 - first)),
                ],
            };
            let terms = terms_on(&[version], &[], day).unwrap();
            let whole = Money::from_minor(cents, Currency::USD).unwrap();
            let parts = releases(&terms, day, whole).unwrap();
            let sum = parts.iter().try_fold(Money::zero(Currency::USD), |sum, part| sum.plus(part.amount)).unwrap();
            prop_assert_eq!(sum, whole);
            prop_assert!(parts.windows(2).all(|two| two[0].on <= two[1].on));
        }
    }
}
