//! `perennial channel`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{Failure, commands::channel, dto::ChannelAdd};

/// Places where you promote.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The channels
    List(List),
    /// Add a channel
    Add {
        /// Its name
        name: String,
        /// blog, email, youtube, quora, reddit, social, facebook-group, facebook-ads, google-ads, funnel, personal or other
        #[arg(long)]
        kind: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::List(list) => {
            let page = channel::list(app, list.input())?;
            output::page(context, list.format, &page, |rows| {
                let mut table = Table::new(&["Name", "Kind"]);
                for row in rows {
                    table.row([&row.name, &row.kind]);
                }
                table
            })?;
        }
        Command::Add { name, kind } => {
            let made = channel::add(app, ChannelAdd { name, kind })?;
            output::answer(context, &made, || {
                format!("Added the channel {}.", made.name)
            })?;
        }
    }
    Ok(Outcome::Done)
}
