//! The book: one SQLite file that its owner can move. This is the only room that speaks SQL.
//!
//! [`Book`] hands out two kinds of access: [`Read`] (a snapshot) and [`Write`] (one transaction; there is one writer).
//! A person's edit goes through [`Book::edit`], which records it in the change history; imports, syncs and derived
//! values go through [`Book::write`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod backup;
mod book;
mod check;
mod closed;
pub mod derive;
mod error;
mod export;
pub mod history;
#[cfg(test)]
mod history_tests;
mod link_texts;
mod lock;
mod migrations;
mod open;
mod open_look;
#[cfg(test)]
mod open_tests;
mod rows;
mod summary;
pub mod table;
mod tally;

pub use book::{Book, Edit, Read, Write};
pub use check::Check;
pub use error::StoreError;
pub use export::ExportFormat;
pub use history::ChangeRow;
pub use summary::{Summary, summary};
