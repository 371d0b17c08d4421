//! Compliance checks: text, keyword lists and pages in, findings out.
//!
//! No I/O and no clock: the caller reads files and fetches pages. What each rule demands stands in
//! [`registry()`]; spans are Unicode scalar values of the text given. None of this is legal advice.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod brand;
pub mod checklist;
pub mod disclosure;
pub mod evidence;
pub mod keywords;
pub mod lang;
pub mod law;
pub mod library;
pub mod link;
mod mail;
pub mod options;
pub mod packs;
pub mod page;
mod pattern;
pub mod prose;
pub mod publishing;
mod quotation;
mod reading;
pub mod reference;
pub mod registry;
pub mod rule;
pub mod text;

pub use keywords::{KeywordReport, check_keywords};
pub use options::{Market, Options, ProgramPack};
pub use page::{PageOptions, check_page};
pub use registry::registry;
pub use rule::{Finding, RuleInfo, Severity};
pub use text::check_text;
