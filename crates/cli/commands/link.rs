//! `perennial link`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::link,
    dto::{
        ById, LinkBulk, LinkBulkDone, LinkDto, LinkList, LinkNew, LinkUpdate, PathInput, QrSave,
    },
};
use serde::Serialize;

/// Tracking links.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a link; several --channel make one for each
    New {
        /// The program
        #[arg(long, value_name = "ID")]
        program: String,
        /// The channel
        #[arg(long = "channel", value_name = "NAME", required = true)]
        channels: Vec<String>,
        /// The campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
        /// What tells it from its siblings
        #[arg(long, value_name = "TEXT", default_value = "")]
        label: String,
        /// A saved destination's name, or an address
        #[arg(long, value_name = "URL")]
        destination: Option<String>,
        /// Accept a host that is not one of the program's
        #[arg(long)]
        any_host: bool,
        /// Only show the link
        #[arg(long)]
        dry_run: bool,
    },
    /// The links, newest first
    List {
        #[command(flatten)]
        list: List,
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// Of this program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// For this channel
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
        /// For this campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
        /// Archived ones too
        #[arg(long)]
        archived: bool,
    },
    /// A link
    Show {
        /// Its code or id
        id: String,
    },
    /// Change a link's label, note or archive state
    Edit {
        /// Its code or id
        id: String,
        /// New label
        #[arg(long)]
        label: Option<String>,
        /// New note
        #[arg(long)]
        note: Option<String>,
        /// Archive it (true) or bring it back (false)
        #[arg(long)]
        archive: Option<bool>,
    },
    /// Make links from a CSV file with the columns program, channel, campaign, label, destination
    Bulk {
        /// The file
        #[arg(long, value_name = "FILE")]
        from: String,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Write all links as CSV
    Export {
        /// The file
        #[arg(long, value_name = "FILE")]
        out: String,
    },
    /// Write a link as a QR code
    Qr {
        /// Its code or id
        id: String,
        /// The file; its ending (.svg or .png) decides the format
        #[arg(long, value_name = "FILE")]
        out: String,
    },
}

/// One link made, with what to know about it beside its own keys.
#[derive(Serialize)]
struct Made<'a> {
    #[serde(flatten)]
    link: &'a LinkDto,
    warnings: &'a [String],
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::New {
            program,
            channels,
            campaign,
            label,
            destination,
            any_host,
            dry_run,
        } => {
            let input = LinkNew {
                program,
                channels,
                campaign,
                label,
                destination,
                any_host,
            };
            let made = if dry_run {
                link::preview(app, input)?
            } else {
                link::new(app, input)?
            };
            let people = || {
                made.links
                    .iter()
                    .map(|one| format!("{}\n", one.url))
                    .collect()
            };
            match made.links.as_slice() {
                [one] => output::answer(
                    context,
                    &Made {
                        link: one,
                        warnings: &made.warnings,
                    },
                    people,
                )?,
                _ => output::answer(context, &made, people)?,
            }
            for warning in &made.warnings {
                output::note(warning);
            }
        }
        Command::List {
            list,
            search,
            program,
            channel,
            campaign,
            archived,
        } => {
            let input = LinkList {
                search,
                program,
                channel,
                campaign,
                archived,
                limit: list.limit,
                after: list.after,
            };
            output::page(context, list.format, &link::list(app, input)?, table)?;
        }
        Command::Show { id } => show(context, &link::show(app, ById { id })?)?,
        Command::Edit {
            id,
            label,
            note,
            archive,
        } => {
            show(
                context,
                &link::update(
                    app,
                    LinkUpdate {
                        id,
                        label,
                        note,
                        archived: archive,
                    },
                )?,
            )?;
        }
        Command::Bulk { from, dry_run } => {
            let done = link::bulk(
                app,
                LinkBulk {
                    path: from,
                    dry_run,
                    job: None,
                },
            )?;
            output::answer(context, &done, || bulk_text(&done))?;
        }
        Command::Export { out } => {
            let written = link::export(app, PathInput { path: out })?;
            output::answer(context, &written, || written.files.join("\n"))?;
        }
        Command::Qr { id, out } => {
            let written = link::qr_save(app, QrSave { id, out })?;
            output::answer(context, &written, || written.files.join("\n"))?;
        }
    }
    Ok(Outcome::Done)
}

fn show(context: &Context, link: &LinkDto) -> Result<(), Failure> {
    output::answer(context, link, || {
        let mut text = format!(
            "{}\n{} · {} · {}\n",
            link.url, link.program, link.channel, link.code
        );
        for earned in &link.earned {
            text += &format!(
                "Earned {} from {} referrals\n",
                output::amount(earned),
                link.referrals
            );
        }
        text
    })
}

fn table(rows: &[LinkDto]) -> Table {
    let mut table = Table::new(&[
        "Code",
        "Program",
        "Channel",
        "Campaign",
        "Label",
        ">Referrals",
        ">Earned",
        "Address",
    ]);
    for row in rows {
        let earned: Vec<String> = row.earned.iter().map(output::amount).collect();
        table.row([
            row.code.clone(),
            row.program.clone(),
            row.channel.clone(),
            output::maybe(row.campaign.as_deref()),
            row.label.clone(),
            row.referrals.to_string(),
            earned.join(", "),
            row.url.clone(),
        ]);
    }
    table
}

fn bulk_text(done: &LinkBulkDone) -> String {
    let verb = if done.dry_run {
        "would be made"
    } else {
        "made"
    };
    let mut text = format!(
        "{} rows read, {} links {verb}, {} refused.\n",
        done.read,
        done.new,
        done.refused.len()
    );
    for row in &done.refused {
        let line = row
            .line
            .map(|line| format!("line {line}: "))
            .unwrap_or_default();
        text += &format!("  {line}{} ({})\n", row.reason, row.text);
    }
    text
}
