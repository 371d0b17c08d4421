//! The command line, one module a noun.

mod audit;
mod book;
mod campaign;
mod campaign_results;
mod compliance;
mod evidence;
mod forecast;
mod forecast_bad;
mod forecast_book;
mod forecast_parts;
mod import;
mod inbox;
mod killed;
mod ledger;
mod link;
mod link_care;
mod notebook;
mod program;
mod reconcile;
mod referral;
mod report;
mod swipe;
mod sync;
mod workbook;
