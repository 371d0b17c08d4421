//! `perennial book`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Subcommand, ValueEnum};
use perennial_app::{
    Failure,
    commands::book,
    dto::{
        BookInfo, BookNew, CheckReport, Empty, ExportInput, PathInput, RestoreInput, Turned,
        Written,
    },
};
use std::path::{Path, PathBuf};

/// The book: one file that holds everything.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new book
    New {
        /// Where
        file: PathBuf,
        /// Put sample data into it
        #[arg(long)]
        sample: bool,
    },
    /// What there is to know about the book
    Info,
    /// What the first screen shows: earned and expected by month, what needs you, the newest rows
    Overview,
    /// Print the settings, or change some of them
    Settings(super::settings::Change),
    /// Check that everything in the book holds together
    Check,
    /// Write a verified copy of the book
    Backup {
        /// Where
        file: PathBuf,
    },
    /// Make a book from a backup
    Restore {
        /// The backup
        backup: PathBuf,
        /// Where the book shall lie; nothing may be there
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Write everything as plain files
    Export {
        /// The folder
        dir: PathBuf,
        /// Which sort of files
        #[arg(long, value_enum)]
        format: ExportFormat,
    },
    /// Turn the last edit around
    Undo {
        /// Only list what was done, newest first
        #[arg(long)]
        list: bool,
        #[command(flatten)]
        page: List,
    },
    /// Do the last undone edit again
    Redo,
    /// Put sample data into the book
    LoadSample,
    /// Take the sample data out again
    RemoveSample,
}

/// Which sort of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values, one file a table
    Csv,
    /// JSON, one file a table
    Json,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::New { file, sample } => {
            let made = book::new(
                &context.app,
                BookNew {
                    path: text(&file)?,
                    sample,
                },
            )?;
            output::answer(context, &made, || format!("Made {}.", made.path))?;
        }
        Command::Restore { backup, to } => {
            let input = RestoreInput {
                backup: text(&backup)?,
                to: text(&to)?,
            };
            let made = book::restore(&context.app, input)?;
            output::answer(context, &made, || format!("Restored {}.", made.path))?;
        }
        Command::Check => return check(context),
        Command::Overview => return super::settings::overview(context),
        Command::Settings(change) => return super::settings::run(change, context),
        Command::Info => info(context, &book::info(context.open()?)?)?,
        Command::Backup { file } => {
            let done = book::backup(context.open()?, PathInput { path: text(&file)? })?;
            written(context, &done)?;
        }
        Command::Export { dir, format } => {
            let format = match format {
                ExportFormat::Csv => "csv",
                ExportFormat::Json => "json",
            };
            let input = ExportInput {
                dir: text(&dir)?,
                format: format.to_owned(),
            };
            written(context, &book::export(context.open()?, input)?)?;
        }
        Command::Undo { list: true, page } => {
            let changes = book::history_list(context.open()?, page.input())?;
            output::page(context, page.format, &changes, |rows| {
                let mut table = Table::new(&["When", "What", "Undone"]);
                for row in rows {
                    table.row([
                        row.at.as_str(),
                        &row.label,
                        if row.undone { "yes" } else { "" },
                    ]);
                }
                table
            })?;
        }
        Command::Undo { .. } => turned(context, "Undone", &book::undo(context.open()?, Empty {})?)?,
        Command::Redo => turned(
            context,
            "Done again",
            &book::redo(context.open()?, Empty {})?,
        )?,
        Command::LoadSample => info(context, &book::sample_load(context.open()?, Empty {})?)?,
        Command::RemoveSample => info(context, &book::sample_remove(context.open()?, Empty {})?)?,
    }
    Ok(Outcome::Done)
}

/// A book too damaged to be opened is what the check found, not a failure to check.
fn check(context: &Context) -> Result<Outcome, Failure> {
    let report = match context.open().and_then(|app| book::check(app, Empty {})) {
        Ok(report) => report,
        Err(failure) => book::damaged(&failure).ok_or(failure)?,
    };
    output::answer(context, &report, || check_text(&report))?;
    Ok(if report.ok {
        Outcome::Done
    } else {
        Outcome::Findings
    })
}

fn check_text(report: &CheckReport) -> String {
    let mut table = Table::new(&["Check", "Holds", "Found"]);
    for line in &report.checks {
        table.row([
            line.name.as_str(),
            if line.ok { "yes" } else { "NO" },
            &line.detail,
        ]);
    }
    table.text()
}

fn info(context: &Context, info: &BookInfo) -> Result<(), Failure> {
    output::answer(context, info, || {
        let counts = &info.counts;
        let next = |label: &Option<String>| output::maybe(label.as_deref());
        format!(
            "{}\n\n{} programs, {} links, {} campaigns, {} ledger rows{}\nSchema {}, {} bytes, time zone {}\n\
             Undo would turn around: {}\nRedo would do again: {}\n",
            info.path,
            counts.programs,
            counts.links,
            counts.campaigns,
            counts.conversions,
            if info.sample {
                " (with sample data)"
            } else {
                ""
            },
            info.schema,
            info.bytes,
            info.time_zone,
            next(&info.undo),
            next(&info.redo),
        )
    })
}

fn written(context: &Context, written: &Written) -> Result<(), Failure> {
    output::answer(context, written, || written.files.join("\n"))
}

fn turned(context: &Context, verb: &str, turned: &Turned) -> Result<(), Failure> {
    output::answer(context, turned, || format!("{verb}: {}", turned.label))
}

/// Paths cross as text, so that both faces name files alike.
fn text(path: &Path) -> Result<String, Failure> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Failure::refused(
            "book.bad_path",
            format!("{} is not readable as text.", path.display()),
        )
        .hint("Rename it, or open it from its own folder.")
    })
}
