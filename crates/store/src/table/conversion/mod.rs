//! The ledger's rows, as people read them.

mod list;
mod sums;

pub use list::{Cursor, Filter, LedgerRow, Standing, count, get, page, related};
pub use sums::{OpenDay, Sums, SumsBy, earnings, open_days, owed};
