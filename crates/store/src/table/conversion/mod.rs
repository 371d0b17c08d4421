//! The ledger's rows, as people read them.

pub(crate) mod find;
mod list;
mod sums;
mod ways;

pub use list::{Cursor, Filter, LedgerRow, Standing, count, get, page, related};
pub use sums::{OpenDay, Part, Sums, SumsBy, brought, earnings, open_days, owed};
