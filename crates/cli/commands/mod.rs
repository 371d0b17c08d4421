//! One module for each noun.

pub mod audit;
pub mod book;
pub mod campaign;
pub mod channel;
pub mod compliance;
pub mod connection;
pub mod contact;
pub mod forecast;
pub mod import;
pub mod inbox;
pub mod ledger;
pub mod link;
pub mod notebook;
pub mod program;
pub mod reconcile;
pub mod referral;
pub mod reminder;
pub mod report;
pub mod scorecard;
pub mod second_tier;
pub mod settings;
pub mod statement;
pub mod swipe;
pub mod sync;

use crate::{
    args::Command,
    context::{Context, Outcome},
};
use perennial_app::Failure;

/// Runs a command.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Book(command) => book::run(command, context),
        Command::Program(command) => program::run(command, context),
        Command::Channel(command) => channel::run(command, context),
        Command::Link(command) => link::run(command, context),
        Command::Campaign(command) => campaign::run(command, context),
        Command::Forecast(command) => forecast::run(command, context),
        Command::Compliance(command) => compliance::run(command, context),
        Command::Connection(command) => connection::run(command, context),
        Command::Import(arguments) => import::run(arguments, context),
        Command::Inbox(command) => inbox::run(command, context),
        Command::Ledger(command) => ledger::run(command, context),
        Command::Referral(command) => referral::run(command, context),
        Command::Swipe(command) => swipe::run(command, context),
        Command::Notebook(command) => notebook::run(command, context),
        Command::Contact(command) => contact::run(command, context),
        Command::Reminder(command) => reminder::run(command, context),
        Command::Report(command) => report::run(command, context),
        Command::Scorecard(command) => scorecard::run(command, context),
        Command::SecondTier(command) => second_tier::run(command, context),
        Command::Sync(arguments) => sync::run(arguments, context),
    }
}
