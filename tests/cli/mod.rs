//! The command line, one module a noun.

mod audit;
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
mod link_care;
mod program;
mod reconcile;
mod referral;
mod report;
mod sync;
mod workbook;
