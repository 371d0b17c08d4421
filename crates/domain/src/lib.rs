//! The nouns and rules of affiliate work.
//!
//! Nothing in here reads a file, a clock, a network or a database: every function takes what it needs and
//! returns what it found. Amounts are [`Money`] (exact decimals with their currency), days are calendar dates.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod attribution;
pub mod audit;
pub mod campaign;
pub mod campaign_results;
pub mod channel;
pub mod commission;
pub mod content;
pub mod ids;
pub mod ledger;
pub mod link;
pub mod link_health;
pub mod link_template;
pub mod money;
pub mod notebook;
pub mod placement;
pub mod program;
pub mod reconcile;
pub mod referral;
pub mod slug;
pub mod swipe;

pub use money::{Currency, Money, MoneyError};
pub use slug::slug;
