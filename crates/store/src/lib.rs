//! The book: one SQLite file that its owner can move. This is the only room that speaks SQL.
//!
//! [`Book`] hands out two kinds of access: [`Read`] (a snapshot) and [`Write`] (one transaction; there is one writer).
//! A person's edit goes through [`Book::edit`], which records it in the change history; imports, syncs and derived
//! values go through [`Book::write`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod book;
mod derive;
mod error;
pub mod history;
mod migrations;
mod rows;
pub mod table;

pub use book::{Book, Edit, Read, Write};
pub use error::StoreError;
pub use history::ChangeRow;
