//! The schema, as numbered steps; step N brings a book from version N−1 to N (`PRAGMA user_version`).

/// `PRAGMA application_id` of every book: "PRNL".
pub const APPLICATION_ID: i32 = 0x5052_4E4C;

/// Every step, in order.
pub const STEPS: &[&str] = &[include_str!("0001_book.sql")];

/// The newest version that this program knows.
pub fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}
