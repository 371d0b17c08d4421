//! `perennial report`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::ledger,
    dto::{EarningsInput, EarningsReport},
};

/// Reports over the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Earnings by a key; earned = reserve + due + paid
    Earnings {
        /// month, program, plan, channel, campaign or link
        #[arg(long, default_value = "month")]
        by: String,
        /// First month
        #[arg(long, value_name = "MONTH")]
        from: Option<String>,
        /// Last month
        #[arg(long, value_name = "MONTH")]
        to: Option<String>,
        /// Of one program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        #[command(flatten)]
        list: List,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let Command::Earnings {
        by,
        from,
        to,
        program,
        list,
    } = command;
    let input = EarningsInput {
        by: by.clone(),
        from,
        to,
        program,
    };
    let mut report = ledger::earnings(context.open()?, input)?;
    // A report is short; the cursor is the number of rows before it.
    let skip = list
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let take = list
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    report.rows = report.rows.into_iter().skip(skip).take(take).collect();
    output::page_of(context, list.format, &report, || table(&report, &by))?;
    Ok(Outcome::Done)
}

fn table(report: &EarningsReport, by: &str) -> Table {
    let heading = [by, "Currency", ">Earned", ">Reserve", ">Due", ">Paid"];
    let mut table = Table::new(&heading);
    for row in &report.rows {
        table.row([
            output::maybe(row.key.values().next().and_then(|key| key.as_deref())),
            row.earned.currency.clone(),
            row.earned.amount.clone(),
            row.reserve.amount.clone(),
            row.due.amount.clone(),
            row.paid.amount.clone(),
        ]);
    }
    table
}
