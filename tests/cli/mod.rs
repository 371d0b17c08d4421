//! The command line, one module a noun.

mod book;
mod campaign;
mod link;
mod program;
mod sync;
mod compliance;
mod forecast;
mod import;
mod ledger;
mod report;
