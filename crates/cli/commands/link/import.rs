//! Links from another tool's file.

use crate::{context::Context, output, watch::watched};
use clap::Args;
use perennial_app::{
    App, Failure,
    commands::link_import,
    dto::{LinkColumns, LinkImport, LinkImportDone},
};

/// The name under which the terminal watches it.
const JOB: &str = "link-import";

/// Take links from another tool's CSV file
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file
    file: String,
    /// pretty-links, thirsty-affiliates, bitly, or columns; told from the header where not said
    #[arg(long, value_name = "TOOL")]
    from: Option<String>,
    /// Which column is what: address=NAME, label=NAME, short=NAME, tags=NAME, folder=NAME, note=NAME, channel=NAME
    #[arg(long = "column", value_name = "WHAT=NAME")]
    columns: Vec<String>,
    /// The program of rows whose host says none
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// The channel of rows that name none
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// The folder of rows that name none
    #[arg(long, value_name = "NAME")]
    folder: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context, app: &App) -> Result<(), Failure> {
    let input = LinkImport {
        path: arguments.file,
        source: arguments.from,
        columns: mapping(&arguments.columns)?,
        program: arguments.program,
        channel: arguments.channel,
        folder: arguments.folder,
        dry_run: arguments.dry_run,
        job: Some(JOB.to_owned()),
    };
    let done = watched(context, app, JOB, || link_import::import(app, input))?;
    output::answer(context, &done, || people(&done))
}

fn mapping(given: &[String]) -> Result<Option<LinkColumns>, Failure> {
    if given.is_empty() {
        return Ok(None);
    }
    let mut columns = LinkColumns::default();
    for text in given {
        let wrong = || {
            Failure::refused("link.bad_column", format!("“{text}” says no column."))
                .hint("Write it as address=NAME; the others are label, short, tags, folder, note and channel.")
        };
        let (what, name) = text.split_once('=').ok_or_else(wrong)?;
        let name = name.to_owned();
        match what.trim() {
            "address" => columns.address = name,
            "label" => columns.label = Some(name),
            "short" => columns.short = Some(name),
            "tags" => columns.tags = Some(name),
            "folder" => columns.folder = Some(name),
            "note" => columns.note = Some(name),
            "channel" => columns.channel = Some(name),
            _ => return Err(wrong()),
        }
    }
    Ok(Some(columns))
}

fn people(done: &LinkImportDone) -> String {
    let verb = if done.dry_run {
        "would be made"
    } else {
        "made"
    };
    let mut text = format!(
        "{} rows read as {}, {} links {verb}, {} known already, {} refused.\n",
        done.read,
        done.source,
        done.new,
        done.same,
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
