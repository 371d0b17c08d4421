//! `perennial import`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::import,
    dto::{ById, ImportDone, ImportInput, ImportOptions, RowCounts},
    files,
};
use std::{fmt::Write as _, path::PathBuf};

/// Refused rows and other details listed for people; the JSON document has all of them.
const SHOWN: usize = 20;

/// Bring a report file in
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The report: CSV or other delimited text
    #[arg(required = true, value_name = "FILE")]
    file: Option<PathBuf>,
    /// A built-in profile or a saved mapping; told from the header without it
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    profile: Option<String>,
    /// What the columns mean, as a TOML document; kept for later files with this header
    #[arg(long, value_name = "FILE.toml")]
    map: Option<PathBuf>,
    /// Currency of a file that names none
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Program that the rows belong to
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// Such as utf-8, utf-16le or windows-1252; told from the file without it
    #[arg(long)]
    encoding: Option<String>,
    /// Comma, semicolon, tab or |; told from the file without it
    #[arg(long)]
    delimiter: Option<String>,
    /// Point or comma before decimals; told from the file without it
    #[arg(long)]
    decimal: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
}

/// What has come in.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Imports and syncs, newest first
    List(List),
    /// Take a whole import or sync out again
    Undo {
        /// Its id, or the name of the file
        batch: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match (arguments.command, arguments.file) {
        (Some(Command::List(list)), _) => {
            let page = import::batch_list(app, list.input())?;
            output::page(context, list.format, &page, |rows| {
                let mut table = Table::new(&[
                    "Batch", "File", "Profile", "When", ">Read", ">New", ">Changed", ">Refused",
                    "State",
                ]);
                for row in rows {
                    table.row([
                        row.batch.clone(),
                        output::maybe(row.file.as_deref().or(Some(&row.connection))),
                        output::maybe(row.profile.as_deref()),
                        row.at.clone(),
                        row.rows.read.to_string(),
                        row.rows.new.to_string(),
                        row.rows.changed.to_string(),
                        row.rows.refused.to_string(),
                        if row.undone_at.is_some() {
                            "undone"
                        } else {
                            "in"
                        }
                        .to_owned(),
                    ]);
                }
                table
            })?;
        }
        (Some(Command::Undo { batch }), _) => {
            let done = import::batch_undo(app, ById { id: batch })?;
            output::answer(context, &done, || {
                format!(
                    "Undone: {} rows taken out, {} put back as they were.",
                    done.removed, done.restored
                )
            })?;
        }
        (None, file) => {
            let options = ImportOptions {
                profile: arguments.profile,
                map: arguments
                    .map
                    .map(|path| files::read_text(&path))
                    .transpose()?,
                currency: arguments.currency,
                program: arguments.program,
                encoding: arguments.encoding,
                delimiter: arguments.delimiter,
                decimal: arguments.decimal,
            };
            let input = ImportInput {
                path: file.unwrap_or_default().to_string_lossy().into_owned(),
                options,
                dry_run: arguments.dry_run,
                job: None,
            };
            let done = import::run(app, input)?;
            output::answer(context, &done, || people(&done))?;
        }
    }
    Ok(Outcome::Done)
}

fn people(done: &ImportDone) -> String {
    let RowCounts {
        read,
        new,
        changed,
        same,
        refused,
    } = done.rows;
    let mut text = format!(
        "{} by {}: {read} rows read, {new} new, {changed} changed, {same} known, {refused} refused.\n",
        done.file, done.profile
    );
    if !done.totals.is_empty() {
        let totals: Vec<String> = done.totals.iter().map(output::amount).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "New commissions: {}.", totals.join(", "));
    }
    for row in done.refused.iter().take(SHOWN) {
        let line = row
            .line
            .map(|line| format!("line {line}"))
            .unwrap_or_default();
        let column = row
            .column
            .as_ref()
            .map(|column| format!(", {column}"))
            .unwrap_or_default();
        let _ = writeln!(text, "  Refused {line}{column}: {}", row.reason);
    }
    if done.refused.len() > SHOWN {
        let _ = writeln!(
            text,
            "  … and {} more; --json lists them all.",
            done.refused.len() - SHOWN
        );
    }
    for word in done.unknown.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "  Not known: {} “{}”, {} times. Such rows count nowhere.",
            word.field, word.word, word.count
        );
    }
    if !done.vanished.is_empty() {
        let _ = writeln!(
            text,
            "  {} rows of the book are no longer in the file; they are kept and flagged.",
            done.vanished.len()
        );
    }
    match &done.batch {
        Some(batch) => {
            let _ = writeln!(
                text,
                "Batch {batch}. Undo it with `perennial import undo {batch}`."
            );
        }
        None => text.push_str("Nothing was written: this was a dry run.\n"),
    }
    text
}
