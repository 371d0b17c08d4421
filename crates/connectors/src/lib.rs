//! Where commissions come from: the networks' own interfaces, and report files.
//!
//! A network is a [`Connector`]: rules and pure parsing, no I/O. Its [`Run`] says what to ask next and takes the pages;
//! [`driver::drive`] carries questions and answers over a patient [`http::Line`] and hands over what is to be kept.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod connector;
pub mod csv;
pub mod cursor;
pub mod driver;
pub mod http;
pub mod json;
pub mod partnerstack;

pub use connector::{Account, Connector, Plan, by_name, networks};
pub use cursor::{Cursor, Window};
pub use driver::{Landing, PageError, RefusedRecord, Run, Step, Trouble};
