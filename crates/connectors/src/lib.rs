//! Where commissions come from: the networks' own interfaces, and report files.
//!
//! A network is a [`Connector`]: rules and pure parsing, no I/O. Its [`Run`] says what to ask next and takes the pages;
//! [`driver::drive`] carries questions and answers over a patient [`http::Line`] and hands over what is to be kept.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod awin;
pub mod chain;
pub mod cj;
pub mod connector;
pub mod csv;
pub mod cursor;
pub mod digistore24;
pub mod driver;
pub mod firstpromoter;
pub mod http;
pub mod impact;
pub mod json;
pub mod kartra;
mod numbered;
pub mod page;
pub mod partnerstack;
mod record;
mod walk;
mod windows;

pub use connector::{Account, Ask, Connector, Depth, Form, Plan, address, by_name, networks};
pub use cursor::{Cursor, Known, Window};
pub use driver::{Landing, Objection, PageError, RefusedRecord, Run, Step, Trouble};
