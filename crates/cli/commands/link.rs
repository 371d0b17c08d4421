//! `perennial link`.

mod check;
mod clicks;
mod import;
mod many;
mod place;
mod rule;
mod template;

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::{link, link_check, link_deep, link_sheet},
    dto::{
        ById, LinkAccept, LinkAddress, LinkBulk, LinkBulkDone, LinkDto, LinkList, LinkNew,
        LinkUpdate, PathInput, QrSave, QrSheet,
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
        /// With this tag
        #[arg(long, value_name = "NAME")]
        tag: Option<String>,
        /// In this folder
        #[arg(long, value_name = "NAME")]
        folder: Option<String>,
        /// How they stand: unchecked, healthy, expected, unverifiable, broken, failing or expired
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        /// Archived ones too
        #[arg(long)]
        archived: bool,
    },
    /// A link
    Show {
        /// Its code or id
        id: String,
    },
    /// Change a link's label, note, archive state, tags, folder or last day
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
        /// All its tags, separated by commas; empty for none
        #[arg(long, value_name = "NAMES")]
        tags: Option<String>,
        /// The folder; empty takes it out of its folder
        #[arg(long, value_name = "NAME")]
        folder: Option<String>,
        /// Its last day; empty takes that away
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
    },
    /// Change how many links are kept, in one step
    EditMany(many::Arguments),
    /// Note how often a link was clicked, or show it
    Clicks(clicks::Arguments),
    /// The tags and folders in use
    Tags {
        #[command(flatten)]
        list: List,
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
    /// Write links as QR codes on pages to print (PDF)
    QrSheet {
        /// Their codes or ids, in this order; all in use where none is named
        ids: Vec<String>,
        /// The PDF
        #[arg(long, value_name = "FILE")]
        out: String,
        /// a4 or letter
        #[arg(long, default_value = "a4")]
        paper: String,
        /// Codes in a row, 2 to 6
        #[arg(long, default_value_t = 3)]
        columns: u32,
    },
    /// Check where links lead, without a click of one's own
    Check(check::Arguments),
    /// How a link stands, what checks saw, and which places hold it
    Health {
        /// Its code or id
        id: String,
    },
    /// Accept what a link answers now as fine
    Accept {
        /// Its code or id
        id: String,
        /// Take that back
        #[arg(long)]
        undo: bool,
    },
    /// How all links in use stand
    Digest,
    /// When links are checked, and for which programs also the tracked address
    Checking(check::Checking),
    /// Places that hold links
    #[command(subcommand)]
    Place(place::Command),
    /// How links of a channel are written and named
    #[command(subcommand)]
    Template(template::Command),
    /// Rules that map ready-made IDs of reports to a channel and a campaign
    #[command(subcommand)]
    Rule(rule::Command),
    /// Take links from another tool's CSV file
    Import(import::Arguments),
    /// Read an address that another program handed over (perennial://link/new?url=…)
    Asked {
        /// It
        address: String,
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
            tag,
            folder,
            state,
            archived,
        } => {
            let input = LinkList {
                search,
                program,
                channel,
                campaign,
                tag,
                folder,
                state,
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
            tags,
            folder,
            expires,
        } => {
            let ends = archive == Some(true) || expires.is_some();
            let input = LinkUpdate {
                id,
                label,
                note,
                archived: archive,
                tags: tags.as_deref().map(many::names),
                folder,
                expires_on: expires,
            };
            let changed = link::update(app, input)?;
            show(context, &changed)?;
            if ends {
                place::remind(app, &changed.code)?;
            }
        }
        Command::EditMany(arguments) => many::run(arguments, context, app)?,
        Command::Clicks(arguments) => clicks::run(arguments, context, app)?,
        Command::Tags { list } => many::tags(&list, context, app)?,
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
        Command::QrSheet {
            ids,
            out,
            paper,
            columns,
        } => {
            let sheet = QrSheet {
                ids,
                out,
                paper: Some(paper),
                columns: Some(columns),
            };
            let written = link_sheet::qr_sheet(app, sheet)?;
            output::answer(context, &written, || written.files.join("\n"))?;
        }
        Command::Check(arguments) => return check::run(arguments, context, app),
        Command::Health { id } => check::health(context, &link_check::health(app, ById { id })?)?,
        Command::Accept { id, undo } => {
            let accept = LinkAccept { id, accept: !undo };
            check::health(context, &link_check::accept(app, accept)?)?;
        }
        Command::Digest => check::digest(context, app)?,
        Command::Checking(checking) => check::checking(checking, context, app)?,
        Command::Place(command) => place::run(command, context, app)?,
        Command::Template(command) => template::run(command, context, app)?,
        Command::Rule(command) => rule::run(command, context, app)?,
        Command::Import(arguments) => import::run(arguments, context, app)?,
        Command::Asked { address } => {
            let asked = link_deep::asked(app, LinkAddress { address })?;
            output::answer(context, &asked, || asked.url.clone())?;
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
        for (name, value) in [
            ("Tags", link.tags.join(", ")),
            ("Folder", link.folder.clone()),
            ("Last day", link.expires_on.clone().unwrap_or_default()),
        ] {
            if !value.is_empty() {
                text += &format!("{name}: {value}\n");
            }
        }
        text += &format!("Health: {}\n", link.state);
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
        "State",
        "Tags",
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
            row.state.clone(),
            row.tags.join(", "),
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
