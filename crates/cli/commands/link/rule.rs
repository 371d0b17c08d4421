//! Rules that map ready-made IDs of reports to a channel and a campaign.

use crate::{
    args::List,
    context::Context,
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    App, Failure,
    commands::id_rule,
    dto::{ById, IdRuleAdd, IdRuleDto},
};

/// Rules for ready-made IDs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The rules in the order they are tried, and IDs that none of them means
    List {
        #[command(flatten)]
        list: List,
    },
    /// Map IDs to a channel and a campaign
    Add {
        /// The IDs: yt-01, or yt-* for all that begin so
        pattern: String,
        /// The program
        #[arg(long, value_name = "ID")]
        program: String,
        /// The channel
        #[arg(long, value_name = "NAME")]
        channel: String,
        /// The campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
    },
    /// Take a rule out
    Remove {
        /// Its id or its pattern
        id: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context, app: &App) -> Result<(), Failure> {
    match command {
        Command::List { list } => {
            let rules = id_rule::list(app, list.input())?;
            output::page_of(context, list.format, &rules, || table(&rules.items))?;
            for id in &rules.unassigned {
                output::note(&format!(
                    "No rule: {} ({} rows)",
                    id.sub_ids.join(" / "),
                    id.rows
                ));
            }
            Ok(())
        }
        Command::Add {
            pattern,
            program,
            channel,
            campaign,
        } => {
            let rule = id_rule::add(
                app,
                IdRuleAdd {
                    pattern,
                    program,
                    channel,
                    campaign,
                },
            )?;
            output::answer(context, &rule, || {
                format!(
                    "{} speaks for {} rows of the ledger.",
                    rule.pattern, rule.rows
                )
            })
        }
        Command::Remove { id } => {
            let removed = id_rule::remove(app, ById { id })?;
            output::answer(context, &removed, || "Taken out.".to_owned())
        }
    }
}

fn table(rows: &[IdRuleDto]) -> Table {
    let mut table = Table::new(&["Pattern", "Program", "Channel", "Campaign", ">Rows", "Id"]);
    for row in rows {
        table.row([
            row.pattern.clone(),
            output::maybe(row.program.as_deref()),
            row.channel.clone(),
            output::maybe(row.campaign.as_deref()),
            row.rows.to_string(),
            row.id.clone(),
        ]);
    }
    table
}
