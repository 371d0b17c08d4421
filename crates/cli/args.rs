//! The command tree: nouns first.

use crate::commands;
use clap::{Args, Parser, Subcommand, ValueEnum};
use perennial_app::dto::ListInput;
use std::path::PathBuf;

/// The local-first companion for affiliates.
#[derive(Debug, Parser)]
#[command(
    name = "perennial",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// The book; else PERENNIAL_BOOK, else the one in the data directory
    #[arg(long, global = true, env = "PERENNIAL_BOOK", value_name = "FILE")]
    pub book: Option<PathBuf>,
    /// Print one JSON document on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Every noun.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The book: one file that holds everything
    #[command(subcommand)]
    Book(commands::book::Command),
    /// Affiliate programs and their dated terms
    #[command(subcommand)]
    Program(commands::program::Command),
    /// Places where you promote
    #[command(subcommand)]
    Channel(commands::channel::Command),
    /// Tracking links
    #[command(subcommand)]
    Link(commands::link::Command),
    /// Campaigns and what was published where
    #[command(subcommand)]
    Campaign(commands::campaign::Command),
    /// Your own texts and images, to use again
    #[command(subcommand)]
    Swipe(commands::swipe::Command),
    /// What programs announced and wrote to you
    #[command(subcommand)]
    Notebook(commands::notebook::Command),
    /// Whom you write to at a program
    #[command(subcommand)]
    Contact(commands::contact::Command),
    /// What you must not forget
    #[command(subcommand)]
    Reminder(commands::reminder::Command),
    /// The months ahead
    #[command(subcommand)]
    Forecast(commands::forecast::Command),
    /// Terms and law: checks and checklists
    #[command(subcommand)]
    Compliance(commands::compliance::Command),
    /// Bring a report file in
    Import(commands::import::Arguments),
    /// What changed since last time
    #[command(subcommand)]
    Inbox(commands::inbox::Command),
    /// The ledger: earned, on hold, due, paid
    #[command(subcommand)]
    Ledger(commands::ledger::Command),
    /// Reports over the ledger
    #[command(subcommand)]
    Report(commands::report::Command),
    /// Whom you referred, and where they stand
    #[command(subcommand)]
    Referral(commands::referral::Command),
    /// Affiliates you recruited, and what their sales bring you
    #[command(subcommand)]
    SecondTier(commands::second_tier::Command),
    /// Programs side by side: your own and candidates
    #[command(subcommand)]
    Scorecard(commands::scorecard::Command),
    /// Networks that commissions are fetched from
    #[command(subcommand)]
    Connection(commands::connection::Command),
    /// Fetch what is new from the networks
    Sync(commands::sync::Arguments),
}

/// How a list is asked for.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct List {
    /// Rows at most
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub limit: Option<u32>,
    /// Begin after this cursor (the `next` of the page before)
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

impl List {
    /// As the use cases take it.
    pub fn input(&self) -> ListInput {
        ListInput {
            search: String::new(),
            limit: self.limit,
            after: self.after.clone(),
            archived: false,
        }
    }
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// As with --json
    Json,
}
