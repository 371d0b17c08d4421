//! Rates by the sales of the last twelve months.

use crate::program::Rate;
use rust_decimal::Decimal;

/// The tier that a volume has reached, and the way to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SalesTier {
    /// The rate of the tier; none below the first.
    pub rate: Option<Rate>,
    /// From which volume on the tier holds.
    pub from: Decimal,
    /// The next tier: from which volume on, and its rate.
    pub next: Option<(Decimal, Rate)>,
    /// What is missing to it; nothing at the top.
    pub missing: Decimal,
}

/// The tier of a volume of sales. Tiers are ascending, and a volume that just reaches a tier has it.
///
/// With `0=20%; 1000=30%; 10000=40%` and 4,000 sold in the last twelve months, 30% holds and 6,000 are missing to 40%:
///
/// ```
/// use perennial_domain::{commission::sales_tier, program::Rate};
/// use rust_decimal::Decimal;
/// let rate = |text| Rate::parse(text).unwrap();
/// let tiers = [(0.into(), rate("20%")), (1000.into(), rate("30%")), (10000.into(), rate("40%"))];
/// let now = sales_tier(&tiers, 4000.into());
/// assert_eq!(now.rate, Some(rate("30%")));
/// assert_eq!(now.next, Some((10000.into(), rate("40%"))));
/// assert_eq!(now.missing, Decimal::from(6000));
/// ```
pub fn sales_tier(tiers: &[(Decimal, Rate)], volume: Decimal) -> SalesTier {
    let reached = tiers.iter().rev().find(|(from, _)| *from <= volume);
    let next = tiers.iter().find(|(from, _)| *from > volume).copied();
    SalesTier {
        rate: reached.map(|(_, rate)| *rate),
        from: reached.map_or(Decimal::ZERO, |(from, _)| *from),
        next,
        missing: next.map_or(Decimal::ZERO, |(from, _)| from - volume),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn more_sales_never_lead_to_a_lower_tier(
            steps in proptest::collection::btree_set(0_u32..1_000_000, 1..6),
            volume in 0_u32..2_000_000,
            more in 0_u32..100_000,
        ) {
            let tiers: Vec<(Decimal, Rate)> = steps
                .iter()
                .enumerate()
                .map(|(index, from)| (Decimal::from(*from), Rate::Percent(Decimal::new(i64::try_from(index).unwrap(), 1))))
                .collect();
            let now = sales_tier(&tiers, volume.into());
            let later = sales_tier(&tiers, (volume + more).into());
            prop_assert!(later.from >= now.from);
            prop_assert!(now.next.is_none_or(|(from, _)| from == Decimal::from(volume) + now.missing));
        }
    }
}
