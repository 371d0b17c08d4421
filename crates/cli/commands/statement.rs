//! `perennial ledger statement`: money that arrived, from PayPal or a bank.

use crate::{
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::ledger,
    dto::{ById, Empty, StatementColumn, StatementDone, StatementDto, StatementImport},
    files,
};
use std::{fmt::Write as _, path::PathBuf};

/// Refused rows listed for people; the JSON document has all of them.
const SHOWN: usize = 20;

/// Statements of PayPal or a bank.
#[derive(Debug, Subcommand)]
pub enum Statement {
    /// Take in the money that arrived: PayPal's activity download, or any bank's file by mapping
    Import {
        /// CSV or XLSX
        file: PathBuf,
        /// A saved mapping, or paypal; told from the header without it
        #[arg(long, value_name = "NAME")]
        mapping: Option<String>,
        /// What the columns mean, as a TOML document; kept for later files with this header
        #[arg(long, value_name = "FILE.toml", conflicts_with = "mapping")]
        map: Option<PathBuf>,
        /// What a column means: date=Date, amount=Credit, id=…, currency=…, who=…, reference=…
        #[arg(long, value_name = "FIELD=COLUMN", conflicts_with_all = ["map", "mapping"])]
        column: Vec<String>,
        /// Name that these columns are kept under
        #[arg(long, value_name = "NAME", requires = "column")]
        name: Option<String>,
        /// Currency of a file that names none
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
        /// Say what would happen and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// The statements, newest first
    List,
    /// Take a whole statement out again
    Undo {
        /// Its id
        statement: String,
    },
}

/// Statements.
///
/// # Errors
/// What the use case says.
pub fn statement(command: Statement, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Statement::Import {
            file,
            mapping,
            map,
            column,
            name,
            currency,
            dry_run,
        } => {
            let columns = column
                .iter()
                .map(|text| {
                    let (field, column) = text.split_once('=').ok_or_else(|| {
                        Failure::refused("statement.mapping", format!("“{text}” names no column."))
                            .hint("Write it as amount=Credit.")
                    })?;
                    Ok(StatementColumn {
                        field: field.trim().to_owned(),
                        column: column.trim().to_owned(),
                    })
                })
                .collect::<Result<_, Failure>>()?;
            let map = map.map(|path| files::read_text(&path)).transpose()?;
            let done = ledger::statement_import(
                context.open()?,
                StatementImport {
                    path: file.display().to_string(),
                    mapping,
                    map,
                    columns,
                    name,
                    currency,
                    dry_run,
                },
            )?;
            output::answer(context, &done, || taken(&done))?;
        }
        Statement::List => {
            let page = ledger::statement_list(context.open()?, Empty {})?;
            output::page(context, crate::args::Format::Table, &page, statement_table)?;
        }
        Statement::Undo { statement } => {
            let done = ledger::statement_undo(context.open()?, ById { id: statement })?;
            output::answer(context, &done, || {
                format!("Took out {} deposits.", done.removed)
            })?;
        }
    }
    Ok(Outcome::Done)
}

fn statement_table(rows: &[StatementDto]) -> Table {
    let mut table = Table::new(&[
        "Taken in",
        "File",
        "Read as",
        ">New",
        ">Known",
        ">Left out",
        ">Refused",
        ">Matched",
        "Id",
    ]);
    for row in rows {
        table.row([
            row.at.clone(),
            row.file.clone(),
            row.mapping.clone(),
            row.rows.new.to_string(),
            row.rows.same.to_string(),
            row.rows.left.to_string(),
            row.rows.refused.to_string(),
            row.matched.to_string(),
            row.id.clone(),
        ]);
    }
    table
}

fn taken(done: &StatementDone) -> String {
    let rows = &done.rows;
    let totals: Vec<String> = done.totals.iter().map(output::amount).collect();
    let mut text = format!(
        "{}: {} rows read as {}; {} new deposits{}, {} known, {} of no money that came in, {} refused.\n",
        done.file,
        rows.read,
        done.mapping,
        rows.new,
        if totals.is_empty() {
            String::new()
        } else {
            format!(" of {}", totals.join(", "))
        },
        rows.same,
        rows.left,
        rows.refused
    );
    if done.proposed > 0 {
        let _ = writeln!(
            text,
            "{} of them are most likely payouts: `perennial ledger reconcile PAYOUT` shows which.",
            done.proposed
        );
    }
    for refused in done.refused.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "Line {}: {} {}",
            refused.line.unwrap_or(0),
            refused.column.as_deref().unwrap_or(""),
            refused.reason
        );
    }
    match &done.statement {
        Some(id) => {
            let _ = writeln!(
                text,
                "Take it out again with `perennial ledger statement undo {id}`."
            );
        }
        None => text.push_str("Nothing was written.\n"),
    }
    text
}
