//! The schema, as numbered steps; step N brings a book from version N−1 to N (`PRAGMA user_version`).
//!
//! A step that is shipped never changes again. A step that adds or drops columns of a table empties `change` too: the
//! history keeps whole rows, and those of another form can no longer be put back.

use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// `PRAGMA application_id` of every book: "PRNL".
pub const APPLICATION_ID: i32 = 0x5052_4E4C;

/// Every step, in order.
pub const STEPS: &[&str] = &[
    include_str!("0001_book.sql"),
    include_str!("0002_forecast.sql"),
    include_str!("0003_inbox.sql"),
    include_str!("0006_sync.sql"),
    include_str!("0007_audit.sql"),
    include_str!("0008_reconcile.sql"),
    include_str!("0009_summaries.sql"),
    include_str!("0010_links.sql"),
    include_str!("0011_notebook.sql"),
    include_str!("0012_campaigns.sql"),
    include_str!("0013_evidence.sql"),
    include_str!("0015_decided.sql"),
    include_str!("0017_find.sql"),
    include_str!("0020_link_texts.sql"),
];

/// The version that a list of steps leads to.
pub fn newest(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// Takes every step that the book has not taken yet, all in one transaction.
pub(crate) fn run(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_check)",
        [],
        |row| row.get(0),
    )? {
        return Err(StoreError::Damaged(
            "rows refer to others that are not there".to_owned(),
        ));
    }
    transaction.pragma_update(None, "user_version", newest(steps))?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()?;
    Ok(())
}
