//! The command line, one module a noun.

mod book;
mod campaign;
mod compliance;
mod forecast;
mod forecast_book;
mod import;
mod inbox;
mod killed;
mod ledger;
mod link;
mod program;
mod report;
mod sync;
mod workbook;
