//! `perennial import`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
    watch::watched,
};
use clap::{Args, Subcommand};
use perennial_app::{
    App, Failure,
    commands::{import, mapping},
    dto::{
        ById, Empty, ImportDone, ImportInput, ImportOptions, LineChoice, MappingExport, PathInput,
        RowCounts,
    },
    files,
};
use std::{fmt::Write as _, path::PathBuf};

/// Refused rows and other details listed for people; the JSON document has all of them.
const SHOWN: usize = 20;
/// Name under which progress is asked for.
const JOB: &str = "import";

/// Bring a report file in
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The report: CSV or other delimited text, or an Excel workbook (XLSX)
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
    /// Line of the header, from 1; searched for without it
    #[arg(long, value_name = "LINE")]
    header_line: Option<u64>,
    /// Between thousands: , . ' space or none; what reports write is accepted without it
    #[arg(long, value_name = "MARK")]
    thousands: Option<String>,
    /// Dates such as 05/03/2026: day-first or month-first; told from the file without it
    #[arg(long, value_name = "ORDER")]
    date_order: Option<String>,
    /// Zone of times that name none, such as America/New_York; the book's without it
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Sheet of a workbook; the first without it
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Leave out rows that another source has already
    #[arg(long)]
    skip_duplicates: bool,
    /// Leave out this line, which another source has already
    #[arg(long = "skip", value_name = "LINE")]
    skip: Vec<u64>,
    /// Take this line although another source may have it
    #[arg(long = "take", value_name = "LINE")]
    take: Vec<u64>,
    /// Write the refused rows into this file, to be mended and imported alone
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
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
    /// Saved mappings of columns, and the built-in profiles
    #[command(subcommand)]
    Mapping(Mapping),
}

/// Mappings of columns.
#[derive(Debug, Subcommand)]
pub enum Mapping {
    /// Saved mappings, then the built-in profiles
    List(List),
    /// A mapping as a TOML document
    Show {
        /// Its name
        name: String,
        /// Write it into this file
        #[arg(long, value_name = "FILE.toml")]
        out: Option<PathBuf>,
    },
    /// Save a mapping for later files
    Add {
        /// The document
        #[arg(long, value_name = "FILE.toml")]
        from: PathBuf,
    },
    /// Forget a saved mapping; what was imported with it stays
    Remove {
        /// Its name
        name: String,
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
        (Some(Command::Mapping(command)), _) => mappings(command, app, context)?,
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
                draft: None,
                header_line: arguments.header_line,
                thousands: arguments.thousands,
                date_order: arguments.date_order,
                time_zone: arguments.time_zone,
                sheet: arguments.sheet,
            };
            let choice = |lines: Vec<u64>, take: bool| {
                lines.into_iter().map(move |line| LineChoice { line, take })
            };
            let input = ImportInput {
                path: file.unwrap_or_default().to_string_lossy().into_owned(),
                options,
                dry_run: arguments.dry_run,
                job: Some(JOB.to_owned()),
                skip_duplicates: arguments.skip_duplicates,
                decisions: choice(arguments.skip, false)
                    .chain(choice(arguments.take, true))
                    .collect(),
                refused_file: arguments
                    .refused
                    .map(|path| path.to_string_lossy().into_owned()),
            };
            let done = watched(context, app, JOB, || import::run(app, input))?;
            output::answer(context, &done, || people(&done))?;
        }
    }
    Ok(Outcome::Done)
}

fn mappings(command: Mapping, app: &App, context: &Context) -> Result<(), Failure> {
    match command {
        Mapping::List(list) => {
            let page = mapping::list(app, Empty {})?;
            output::page(context, list.format, &page, |rows| {
                let mut table = Table::new(&["Mapping", "From", "Columns"]);
                for row in rows {
                    let from = if row.builtin { "Perennial" } else { "you" };
                    let columns: Vec<String> = row
                        .draft
                        .columns
                        .iter()
                        .map(|column| format!("{} ← {}", column.field, column.column))
                        .collect();
                    table.row([row.name.clone(), from.to_owned(), columns.join(", ")]);
                }
                table
            })
        }
        Mapping::Show { name, out: None } => {
            let row = mapping::one(app, &name)?;
            output::answer(context, &row, || row.toml.clone())
        }
        Mapping::Show {
            name,
            out: Some(out),
        } => {
            let path = out.to_string_lossy().into_owned();
            let written = mapping::export(app, MappingExport { name, path })?;
            output::answer(context, &written, || {
                format!("Wrote {}.", written.files.join(", "))
            })
        }
        Mapping::Add { from } => {
            let path = from.to_string_lossy().into_owned();
            let row = mapping::import(app, PathInput { path })?;
            output::answer(context, &row, || format!("Saved the mapping {}.", row.name))
        }
        Mapping::Remove { name } => {
            let done = mapping::remove(app, ById { id: name.clone() })?;
            output::answer(context, &done, || format!("Removed the mapping {name}."))
        }
    }
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
    for row in done.duplicates.iter().take(SHOWN) {
        let line = row
            .line
            .map(|line| format!("line {line}"))
            .unwrap_or_default();
        let becomes = match row.decision.as_str() {
            "skip" => "left out",
            "take" => "taken",
            _ => "to be decided",
        };
        let _ = writeln!(
            text,
            "  May be a duplicate: {line} is like {} of {}, by {}; {becomes}.",
            row.other.native_id.as_deref().unwrap_or(&row.other.id),
            row.other_connection,
            row.reason
        );
    }
    if done.duplicates.iter().any(|row| row.decision == "open") {
        text.push_str(
            "  Leave duplicates out with --skip-duplicates, or decide in `perennial inbox`.\n",
        );
    }
    if let Some(path) = &done.refused_file {
        let _ = writeln!(
            text,
            "  The refused rows are in {path}. Mend them and import it."
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
