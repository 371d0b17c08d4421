//! `perennial report`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::report,
    dto::{Report, ReportInput, ReportSave, YearInput},
};
use std::path::PathBuf;

/// Reports over the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Earnings by a key; earned = reserve + due + paid
    Earnings(Earnings),
    /// The statement of a year: what was earned and received, by program and month
    Statement {
        /// Four digits
        #[arg(long, value_name = "YYYY")]
        year: i32,
        /// Where to write it: .pdf, .csv or .xlsx
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        rates: Rates,
    },
}

/// Dated rates for one sum over all currencies.
#[derive(Debug, Args)]
pub struct Rates {
    /// EUR/USD=1.08@2026-01-01: one euro was 1.08 dollars on that day; adds all currencies up in the second one
    #[arg(long, value_name = "FROM/TO=RATE@DATE")]
    rate: Vec<String>,
    /// Who says so; stands beside the sum
    #[arg(long, value_name = "TEXT")]
    rate_source: Option<String>,
}

/// What to report.
#[derive(Debug, Args)]
pub struct Earnings {
    /// month, program, plan, tier, channel, campaign, link or country
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
    /// First month of the period to compare with
    #[arg(long, value_name = "MONTH")]
    before_from: Option<String>,
    /// Last month of it
    #[arg(long, value_name = "MONTH")]
    before_to: Option<String>,
    /// Also sales, refunds, clicks, EPC, conversion and days
    #[arg(long)]
    measures: bool,
    /// Write it into a file instead: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    rates: Rates,
    #[command(flatten)]
    list: List,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Statement { year, out, rates } => {
            let done = report::statement(
                context.open()?,
                YearInput {
                    year,
                    rates: rates.rate,
                    rate_source: rates.rate_source,
                    path: out.display().to_string(),
                },
            )?;
            output::answer(context, &done, || {
                format!("Wrote {}.", done.files.join(", "))
            })?;
        }
        Command::Earnings(arguments) => earnings(arguments, context)?,
    }
    Ok(Outcome::Done)
}

fn earnings(arguments: Earnings, context: &Context) -> Result<(), Failure> {
    let input = ReportInput {
        by: arguments.by,
        from: arguments.from,
        to: arguments.to,
        program: arguments.program,
        before_from: arguments.before_from,
        before_to: arguments.before_to,
        measures: arguments.measures,
        rates: arguments.rates.rate,
        rate_source: arguments.rates.rate_source,
    };
    if let Some(out) = arguments.out {
        let done = report::report_save(
            context.open()?,
            ReportSave {
                report: input,
                path: out.display().to_string(),
            },
        )?;
        return output::answer(context, &done, || {
            format!("Wrote {}.", done.files.join(", "))
        });
    }
    let mut report = report::show(context.open()?, input)?;
    // A report is short; the cursor is the number of rows before it.
    let list = arguments.list;
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
    output::page_of(context, list.format, &report, || table(&report))?;
    if !context.json
        && list.format == crate::args::Format::Table
        && let Some(sum) = &report.converted
    {
        let rates: Vec<String> = sum
            .rates
            .iter()
            .map(|rate| {
                format!(
                    "1 {} = {} {} on {} ({})",
                    rate.from, rate.value, rate.to, rate.on, rate.source
                )
            })
            .collect();
        output::print(&format!(
            "All currencies at your rates: earned {}, reserve {}, due {}, paid {} {}. {}.",
            sum.earned.amount,
            sum.reserve.amount,
            sum.due.amount,
            sum.paid.amount,
            sum.currency,
            rates.join("; ")
        ))?;
    }
    Ok(())
}

fn table(report: &Report) -> Table {
    let compared = report.rows.iter().any(|row| row.before.is_some());
    let measured = report.rows.iter().any(|row| row.measures.is_some());
    let mut heading = vec![
        report.by.as_str(),
        "Currency",
        ">Earned",
        ">Reserve",
        ">Due",
        ">Paid",
    ];
    if compared {
        heading.extend([">Before", ">Change"]);
    }
    if measured {
        heading.extend([
            ">Sales",
            ">Refunded",
            ">Refund rate",
            ">Clicks",
            ">Conversion",
            ">EPC",
            ">Hold days",
            ">Days to payout",
        ]);
    }
    let mut table = Table::new(&heading);
    for row in &report.rows {
        let plain = |amount: Option<&perennial_app::dto::Amount>| {
            output::maybe(amount.map(|amount| amount.amount.as_str()))
        };
        let mut cells = vec![
            output::maybe(row.key.values().next().and_then(|key| key.as_deref())),
            row.earned.currency.clone(),
            row.earned.amount.clone(),
            row.reserve.amount.clone(),
            row.due.amount.clone(),
            row.paid.amount.clone(),
        ];
        if compared {
            cells.extend([plain(row.before.as_ref()), plain(row.change.as_ref())]);
        }
        if measured {
            let of = row.measures.as_ref();
            let text = |text: Option<&String>| output::maybe(text.map(String::as_str));
            cells.extend([
                of.map_or_else(|| "–".to_owned(), |of| of.sales.to_string()),
                of.map_or_else(|| "–".to_owned(), |of| of.refunded.to_string()),
                text(of.and_then(|of| of.refund_rate.as_ref())),
                of.and_then(|of| of.clicks)
                    .map_or_else(|| "–".to_owned(), |clicks| clicks.to_string()),
                text(of.and_then(|of| of.conversion.as_ref())),
                plain(of.and_then(|of| of.epc.as_ref())),
                text(of.and_then(|of| of.hold_days.as_ref())),
                text(of.and_then(|of| of.payout_days.as_ref())),
            ]);
        }
        table.row(cells);
    }
    table
}
