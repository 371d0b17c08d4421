//! Reconciliation: what a program says it paid, the commissions it paid, and the money that arrived.
//!
//! A payout stands between two sums, and both have to come out at its own amount:
//!
//! ```text
//! commissions paid − clawbacks + missing lines + carried balance  =  payout  =  deposit + fees withheld − exchange
//! ```
//!
//! What is missing on either side is left to explain; a payout is reconciled when nothing is.

mod allot;
mod score;
mod sheet;

pub use allot::allot;
pub use score::{Arrival, Paid, Reason, Score, score};
pub use sheet::{Balance, Difference, Explanation, Landed, Rate, RateError, balance};
