//! The residual value of a subscription (`forecast residual --from FILE`).

use super::document::{Node, parse, refused};
use crate::Failure;
use perennial_forecast::residual::{ResidualError, Subscription, residual as value};
use serde::Serialize;

/// Expected further payments, discounted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ResidualResult {
    /// Seen just before the next renewal.
    pub before_renewal: f64,
    /// Seen just after a payment.
    pub after_payment: f64,
}

/// Reads a subscription and values it.
///
/// # Errors
/// `forecast.unknown_key` and its like for the document, `forecast.out_of_range`, and `forecast.infinite_life` where
/// the sum has no end.
pub fn residual(text: &str) -> Result<ResidualResult, Failure> {
    let json = parse(text)?;
    let root = Node::root(&json).object(&[
        "alpha",
        "beta",
        "c",
        "renewals_made",
        "discount_per_period",
        "horizon",
    ])?;
    let subscription = Subscription {
        alpha: root.required("alpha")?.float()?,
        beta: root.required("beta")?.float()?,
        c: root.optional("c").map(Node::float).transpose()?,
        renewals_made: root.required("renewals_made")?.whole_u32()?,
        discount: root.required("discount_per_period")?.float()?,
        horizon: root
            .optional("horizon")
            .map(|node| node.whole(u64::MAX))
            .transpose()?,
    };
    let worth = value(&subscription).map_err(|error| match error {
        ResidualError::OutOfRange(key) => refused(
            "forecast.out_of_range",
            key,
            format!("`{key}` {}.", range_of(key)),
        ),
        ResidualError::Infinite => refused("forecast.infinite_life", "alpha", format!("{error}."))
            .hint(
                "Give `discount_per_period` above 0, or `horizon`: the number of periods to count.",
            ),
    })?;
    Ok(ResidualResult {
        before_renewal: worth.before_renewal,
        after_payment: worth.after_payment,
    })
}

/// What a value must be, in words.
fn range_of(key: &str) -> &'static str {
    match key {
        "c" => "must lie between 0.001 and 20",
        "discount_per_period" => "must lie between 0 and 1",
        _ => "must be above 0 and at most a thousand million",
    }
}
