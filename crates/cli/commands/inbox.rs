//! `perennial inbox`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::inbox,
    dto::{
        ById, ChangedRow, DuplicateRow, InboxDecide, InboxDetail, InboxInput, InboxRow, InboxShow,
        RowChoice,
    },
};
use std::fmt::Write as _;

/// Rows of each kind listed for people; the JSON document has more.
const SHOWN: usize = 20;

/// What changed since last time.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Imports and syncs that nobody has looked at, newest first
    List {
        #[command(flatten)]
        list: List,
        /// Also those that were accepted
        #[arg(long)]
        all: bool,
    },
    /// Everything that one of them brought
    Show {
        /// Its id, or the name of the file
        batch: String,
        /// Rows of each kind at most
        #[arg(long)]
        limit: Option<u32>,
    },
    /// Decide on rows that another source may have already
    Decide {
        /// Its id, or the name of the file
        batch: String,
        /// A row that stays, by its id in the ledger
        #[arg(long = "take", value_name = "ID")]
        take: Vec<String>,
        /// A row that is left out, by its id in the ledger
        #[arg(long = "skip", value_name = "ID")]
        skip: Vec<String>,
        /// All that are still open stay
        #[arg(long, conflicts_with = "skip_all")]
        take_all: bool,
        /// All that are still open are left out
        #[arg(long)]
        skip_all: bool,
    },
    /// Note that it has been looked at
    Accept {
        /// Its id, or the name of the file; --all for every one that waits
        #[arg(required_unless_present = "all")]
        batch: Option<String>,
        /// Every one that waits
        #[arg(long, conflicts_with = "batch")]
        all: bool,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::List { list, all } => {
            let input = InboxInput {
                all,
                limit: list.limit,
                after: list.after.clone(),
            };
            let page = inbox::list(app, input)?;
            output::page(context, list.format, &page, |rows| {
                let mut table = Table::new(&[
                    "Batch",
                    "From",
                    "When",
                    ">New",
                    ">Changed",
                    ">Reversed",
                    ">Vanished",
                    ">Refused",
                    ">To decide",
                    "State",
                ]);
                for row in rows {
                    table.row([
                        row.batch.clone(),
                        row.file.clone().unwrap_or_else(|| row.connection.clone()),
                        row.at.clone(),
                        row.rows.new.to_string(),
                        row.rows.changed.to_string(),
                        row.reversed.to_string(),
                        row.vanished.to_string(),
                        row.rows.refused.to_string(),
                        row.open_duplicates.to_string(),
                        if row.accepted_at.is_some() {
                            "accepted"
                        } else {
                            "waits"
                        }
                        .to_owned(),
                    ]);
                }
                table
            })?;
        }
        Command::Show { batch, limit } => {
            let detail = inbox::show(app, InboxShow { id: batch, limit })?;
            output::answer(context, &detail, || people(&detail))?;
        }
        Command::Decide {
            batch,
            take,
            skip,
            take_all,
            skip_all,
        } => {
            let choice = |ids: Vec<String>, take: bool| {
                ids.into_iter().map(move |id| RowChoice { id, take })
            };
            let all = match (take_all, skip_all) {
                (true, _) => Some("take".to_owned()),
                (_, true) => Some("skip".to_owned()),
                _ => None,
            };
            let input = InboxDecide {
                batch,
                rows: choice(take, true).chain(choice(skip, false)).collect(),
                all,
            };
            let detail = inbox::decide(app, input)?;
            output::answer(context, &detail, || people(&detail))?;
        }
        Command::Accept {
            batch: Some(batch), ..
        } => {
            let entry = inbox::accept(app, ById { id: batch })?;
            output::answer(context, &entry, || format!("Accepted {}.", entry.batch))?;
        }
        Command::Accept { batch: None, .. } => {
            let mut accepted = Vec::new();
            loop {
                let page = inbox::list(app, InboxInput::default())?;
                if page.items.is_empty() {
                    break;
                }
                for entry in page.items {
                    accepted.push(inbox::accept(app, ById { id: entry.batch })?);
                }
            }
            let count = accepted.len();
            let page = perennial_app::dto::Page {
                items: accepted,
                next: None,
                total: u64::try_from(count).ok(),
            };
            output::answer(context, &page, || format!("Accepted {count}."))?;
        }
    }
    Ok(Outcome::Done)
}

fn people(detail: &InboxDetail) -> String {
    let entry = &detail.entry;
    let from = entry.file.as_deref().unwrap_or(&entry.connection);
    let mut text = format!(
        "{from}, {}: {} new, {} changed, {} reversed, {} vanished, {} refused.\n",
        entry.at,
        entry.rows.new,
        entry.rows.changed,
        entry.reversed,
        entry.vanished,
        entry.rows.refused
    );
    for (what, amounts) in [
        ("New commissions", &entry.totals),
        ("Vanished commissions", &entry.vanished_totals),
    ] {
        if !amounts.is_empty() {
            let amounts: Vec<String> = amounts.iter().map(output::amount).collect();
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{what}: {}.", amounts.join(", "));
        }
    }
    part(&mut text, "Reversed", &detail.reversed, change);
    part(&mut text, "Changed", &detail.changed, change);
    part(&mut text, "Vanished", &detail.vanished, short);
    part(
        &mut text,
        "May be duplicates",
        &detail.duplicates,
        duplicate,
    );
    part(&mut text, "Not known", &detail.unknown, |word| {
        format!("{} “{}”, {} times", word.field, word.word, word.count)
    });
    part(&mut text, "Refused", &detail.refused, |row| {
        let line = row
            .line
            .map(|line| format!("line {line}, "))
            .unwrap_or_default();
        format!(
            "{line}{}: {}",
            output::maybe(row.column.as_deref()),
            row.reason
        )
    });
    part(&mut text, "New", &detail.new, short);
    text
}

fn part<T>(text: &mut String, title: &str, rows: &[T], line: impl Fn(&T) -> String) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for row in rows.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", line(row));
    }
    if rows.len() > SHOWN {
        let _ = writeln!(text, "  … and more; --json lists them.");
    }
}

fn short(row: &InboxRow) -> String {
    format!(
        "{} {} {}: {}, {}",
        row.occurred_on,
        row.program.as_deref().unwrap_or("–"),
        row.native_id.as_deref().unwrap_or(&row.id),
        output::maybe_amount(row.commission.as_ref()),
        row.approval
    )
}

fn change(changed: &ChangedRow) -> String {
    let fields: Vec<String> = changed
        .fields
        .iter()
        .map(|field| {
            format!(
                "{} {} → {}",
                field.field,
                output::maybe(field.before.as_deref()),
                output::maybe(field.after.as_deref())
            )
        })
        .collect();
    format!("{}; {}", short(&changed.row), fields.join(", "))
}

fn duplicate(row: &DuplicateRow) -> String {
    format!(
        "{} ({}) is like {} of {}, by {}: {}",
        short(&row.row),
        row.id,
        row.other.native_id.as_deref().unwrap_or(&row.other.id),
        row.other_connection,
        row.reason,
        row.decision
    )
}
