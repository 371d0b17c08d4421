//! The engines against independent arithmetic: every customer's every fate, written out date by date.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
#![allow(clippy::cast_possible_wrap, clippy::missing_panics_doc)]

mod beliefs;
mod brute;
mod calendar;
mod monte_carlo;
mod scenarios;
