//! What the commissions of the coming months may be, and how sure that is.
//!
//! Text or numbers in, results out: nothing in here reads a file, a clock or a random device. A seed is handed in
//! and one seed gives one result, whatever the number of threads.
//!
//! - [`assumptions`]: what a forecast is made from, and the checks it must pass.
//! - [`expected`]: mean and variance of every month, analytic.
//! - [`simulate`]: quantiles and payouts, by Monte Carlo; [`beliefs`] are drawn anew on each path.
//! - [`history`]: a book's referrals as cohorts, arrivals and what was known when.
//! - [`retention`]: survival from cohorts (sBG, BdW, geometric), its posterior, and from durations (Kaplan–Meier).
//! - [`arrivals`]: when referrals come, and the model of how many.
//! - [`residual`]: what a running subscription is still worth.
//!
//! Amounts inside are counted in minor units (cents); they become decimals where results leave the crate.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]
// Numeric code: the ranges are checked in `assumptions`, so casts between counts, months and floats are in range,
// and the literature's names (a, b, c, k, t; sBG, BdW) are the readable ones here.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::doc_markdown,
    clippy::many_single_char_names,
    clippy::similar_names
)]

pub mod accuracy;
pub mod arrivals;
pub mod assumptions;
pub mod backtest;
pub mod beliefs;
pub mod book;
pub mod calendar;
mod check;
mod draw;
pub mod expected;
pub mod goal;
pub mod history;
mod kernel;
mod lifetimes;
pub mod number;
pub mod payout;
pub mod proportion;
pub mod residual;
pub mod retention;
mod sample;
pub mod score;
pub mod sensitivity;
pub mod simulate;
mod special;
pub mod worth;

pub use assumptions::{AssumptionError, Refusal, Scenario};
pub use beliefs::Beliefs;
pub use calendar::Month;
pub use expected::{Expected, expect};
pub use number::{Exact, Number};
pub use simulate::{Paths, Simulated, SimulationOptions, draw_paths, simulate, simulate_with};
