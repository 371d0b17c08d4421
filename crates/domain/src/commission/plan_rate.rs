//! Other rates for single plans or products.

use crate::program::{Plan, Rate};

/// The rate of a plan by its key (`gold-annual`) or its name (`Gold`), else the first whose name the product's text
/// holds; names are compared without case.
///
/// ```
/// use perennial_domain::{commission::plan_rate, program::Rate};
/// let rates = [("agency".to_owned(), Rate::parse("25.00 USD").unwrap())];
/// assert_eq!(plan_rate(&rates, None, Some("Agency add-on")), Some(rates[0].1));
/// assert_eq!(plan_rate(&rates, None, Some("Starter")), None);
/// ```
pub fn plan_rate(
    rates: &[(String, Rate)],
    plan: Option<&Plan>,
    product: Option<&str>,
) -> Option<Rate> {
    let of = |name: &str| {
        let name = name.to_lowercase();
        rates.iter().find(|(key, _)| *key == name)
    };
    let by_plan = plan.and_then(|plan| of(&plan.key).or_else(|| of(&plan.name)));
    by_plan
        .or_else(|| {
            let text = product?.to_lowercase();
            rates.iter().find(|(key, _)| text.contains(key.as_str()))
        })
        .map(|(_, rate)| *rate)
}
