//! What crosses the boundary: plain data, the same for the window and the command line.

mod audit;
mod book;
mod campaign;
mod click;
mod compliance;
mod connection;
mod content;
mod evidence;
mod forecast;
mod import;
mod inbox;
mod key;
mod ledger;
mod link;
mod link_care;
mod mapping;
mod notebook;
mod overview;
mod picture;
mod program;
mod reconcile;
mod referral;
mod report;
mod swipe;
mod terms;

pub use audit::*;
pub use book::*;
pub use campaign::*;
pub use click::*;
pub use compliance::*;
pub use connection::*;
pub use content::*;
pub use evidence::*;
pub use forecast::*;
pub use import::*;
pub use inbox::*;
pub use key::*;
pub use ledger::*;
pub use link::*;
pub use link_care::*;
pub use mapping::*;
pub use notebook::*;
pub use overview::*;
pub use picture::*;
pub use program::*;
pub use reconcile::*;
pub use referral::*;
pub use report::*;
pub use swipe::*;
pub use terms::*;

use perennial_domain::Money;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Declares data that crosses the boundary.
macro_rules! dto {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident : $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),* }
    )*};
}
pub(crate) use dto;

/// No input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "Record<string, never>")]
pub struct Empty {}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last one.
    pub next: Option<String>,
    /// Rows in all, where it was counted.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
}

dto! {
    /// An exact amount.
    pub struct Amount {
        /// A decimal such as `39.60`.
        pub amount: String,
        /// ISO 4217.
        pub currency: String,
    }

    /// One thing by its id or unique name.
    pub struct ById {
        /// The id, or the name where names are unique.
        pub id: String,
    }

    /// Which page of a list.
    #[derive(Default)]
    pub struct ListInput {
        /// Words to find; empty for all.
        #[serde(default)]
        pub search: String,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
        /// Also what is archived.
        #[serde(default)]
        pub archived: bool,
    }
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self {
            amount: money.to_plain(),
            currency: money.currency().code().to_owned(),
        }
    }
}
