//! What a payment earns, when it is released and what is taken back: one small pure function for each rule.
//!
//! [`promise`] puts the rules of a day's terms together for one payment and can say in words how it came to its amount.

mod chargeback;
mod direct;
mod fee;
mod first_payments;
mod hold;
mod level;
mod milestone;
mod plan_rate;
mod promise;
#[cfg(test)]
mod promise_tests;
mod refund;
mod sales_tier;
mod second_tier;
mod split;
mod trial;
mod unjudged;
mod upgrade;
mod window;

pub use chargeback::charged_back;
pub use direct::direct;
pub use fee::after_fee;
pub use first_payments::first_payments_rate;
pub use hold::held_until;
pub use level::level_rate;
pub use milestone::{Milestone, milestone};
pub use plan_rate::plan_rate;
pub use promise::{Explained, Payment, Promise, promise, promise_of_plan};
pub use refund::taken_back;
pub use sales_tier::{SalesTier, sales_tier};
pub use second_tier::second_tier;
pub use split::{Release, releases};
pub use trial::is_trial_payment;
pub use unjudged::Unjudged;
pub use upgrade::charged_on_change;
pub use window::earns_on;
