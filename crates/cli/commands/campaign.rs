//! `perennial campaign`.

mod compare;
mod item;

use crate::{
    args::{Format, List},
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Code, Failure,
    commands::{book, campaign, campaign_report},
    dto::{
        Amount, ById, CampaignDetail, CampaignReportSave, CampaignRow, CampaignSave, Empty,
        ListInput, LogSave,
    },
};

/// Campaigns and what was published where.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a campaign
    New {
        /// Its name
        name: String,
        /// Where it runs; may be given several times
        #[arg(long = "channel", value_name = "NAME")]
        channels: Vec<String>,
        /// First day
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// What you want of it
        #[arg(long, default_value = "")]
        goal: String,
        /// What may be spent, such as 200.00 or "200.00 EUR"
        #[arg(long, value_name = "AMOUNT")]
        budget: Option<String>,
    },
    /// Log what was done for it
    Log {
        /// The campaign
        name: String,
        /// The day
        #[arg(long, value_name = "DATE")]
        at: String,
        /// What was done
        #[arg(long, value_name = "TEXT")]
        what: String,
        /// Where
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
        /// Where it can be seen
        #[arg(long)]
        url: Option<String>,
        /// What it cost, such as 25.00 or "25.00 EUR"
        #[arg(long, value_name = "AMOUNT")]
        spend: Option<String>,
        /// Minutes of work
        #[arg(long, value_name = "N")]
        minutes: Option<u32>,
    },
    /// The campaigns, newest first
    List {
        #[command(flatten)]
        list: List,
        /// Archived ones too
        #[arg(long)]
        archived: bool,
    },
    /// A campaign with its log, links and results
    Show {
        /// The campaign
        name: String,
    },
    /// What is planned and published
    #[command(subcommand)]
    Item(item::Command),
    /// Campaigns or channels side by side: what each brought and is still to bring
    Compare {
        /// campaign or channel
        #[arg(long, value_name = "NOUN", default_value = "campaign")]
        by: String,
        /// Archived ones too
        #[arg(long)]
        archived: bool,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Its results on one page for a partner, as a PDF
    Report {
        /// The campaign
        name: String,
        /// The file
        #[arg(long, value_name = "FILE")]
        out: String,
        /// Leave out spend, profit, payback and the hour's worth
        #[arg(long)]
        without_costs: bool,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let money =
        |text: &Option<String>| text.as_deref().map(|text| money(context, text)).transpose();
    let detail = match command {
        Command::New {
            name,
            channels,
            from,
            to,
            goal,
            budget,
        } => {
            let budget = money(&budget)?;
            let input = CampaignSave {
                id: None,
                name,
                channels,
                starts_on: from,
                ends_on: to,
                goal,
                budget,
                archived: false,
            };
            campaign::save(app, input)?
        }
        Command::Log {
            name,
            at,
            what,
            channel,
            url,
            spend,
            minutes,
        } => {
            let spend = money(&spend)?;
            let input = LogSave {
                campaign: name,
                id: None,
                on: at,
                what,
                channel,
                url,
                spend,
                minutes,
            };
            campaign::log(app, input)?
        }
        Command::Show { name } => campaign::show(app, ById { id: name })?,
        Command::List { list, archived } => {
            let page = campaign::list(
                app,
                ListInput {
                    archived,
                    ..list.input()
                },
            )?;
            output::page(context, list.format, &page, table)?;
            return Ok(Outcome::Done);
        }
        Command::Item(command) => return item::run(command, context),
        Command::Compare {
            by,
            archived,
            format,
        } => return compare::run(by, archived, format, context),
        Command::Report {
            name,
            out,
            without_costs,
        } => {
            let input = CampaignReportSave {
                campaign: name,
                path: out,
                without_costs,
            };
            let written = campaign_report::save(app, input)?;
            output::answer(context, &written, || {
                format!("Wrote {}.", written.files.join(", "))
            })?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &detail, || text(&detail))?;
    Ok(Outcome::Done)
}

/// An amount, in the book's own currency where none is named.
fn money(context: &Context, text: &str) -> Result<Amount, Failure> {
    let mut parts = text.split_whitespace();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(amount), currency, None) => {
            let currency = match currency {
                Some(code) => code.to_owned(),
                None => book::settings_get(context.open()?, Empty {})?.currency,
            };
            Ok(Amount {
                amount: amount.to_owned(),
                currency,
            })
        }
        _ => Err(Failure::new(
            Code::Usage,
            "usage",
            format!("“{text}” is not an amount such as 25.00."),
        )),
    }
}

fn table(rows: &[CampaignRow]) -> Table {
    let mut table = Table::new(&[
        "Campaign",
        "Channels",
        "From",
        ">Links",
        ">Referrals",
        ">Commission",
        ">Spend",
        ">Profit",
    ]);
    for row in rows {
        let column = |pick: fn(&perennial_app::dto::CampaignMoney) -> &str| {
            let amounts: Vec<String> = row
                .results
                .money
                .iter()
                .map(|money| format!("{} {}", pick(money), money.currency))
                .collect();
            amounts.join(", ")
        };
        table.row([
            row.name.clone(),
            row.channels.join(", "),
            output::maybe(row.starts_on.as_deref()),
            row.results.links.to_string(),
            row.results.referrals.to_string(),
            column(|money| &money.commission),
            column(|money| &money.spend),
            column(|money| &money.profit),
        ]);
    }
    table
}

fn text(detail: &CampaignDetail) -> String {
    let mut log = Table::new(&["On", "What", "Where", ">Spend", ">Minutes"]);
    for entry in &detail.log {
        log.row([
            entry.on.clone(),
            entry.what.clone(),
            output::maybe(entry.channel.as_deref()),
            output::maybe_amount(entry.spend.as_ref()),
            entry.minutes.map(|n| n.to_string()).unwrap_or_default(),
        ]);
    }
    let mut text = format!(
        "{}\n{}",
        table(std::slice::from_ref(&detail.campaign)).text(),
        log.text()
    );
    for figures in &detail.figures {
        text.push_str("\nHow it comes about, in ");
        text.push_str(&figures.currency);
        text.push_str(":\n");
        for how in &figures.how {
            text.push_str("  ");
            text.push_str(&how.text);
            text.push('\n');
        }
    }
    text
}
