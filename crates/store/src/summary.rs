//! What a book holds, in a few numbers.

use crate::{Read, StoreError};

/// A few numbers about a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Version of its schema.
    pub schema: i64,
    /// Programs.
    pub programs: u64,
    /// Links.
    pub links: u64,
    /// Campaigns.
    pub campaigns: u64,
    /// Rows of the ledger.
    pub conversions: u64,
}

/// Counts what is in the book.
///
/// # Errors
/// Where the book cannot be read.
pub fn summary(read: &Read<'_>) -> Result<Summary, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM program),
             (SELECT count(*) FROM link), (SELECT count(*) FROM campaign), (SELECT coalesce(sum(total_rows), 0) FROM ledger_day)",
    )?;
    Ok(statement.query_row([], |row| {
        Ok(Summary {
            schema: row.get(0)?,
            programs: row.get(1)?,
            links: row.get(2)?,
            campaigns: row.get(3)?,
            conversions: row.get(4)?,
        })
    })?)
}
