//! `perennial ledger audit` and `perennial ledger finding`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::audit,
    dto::{
        AuditDecide, AuditDetail, AuditInput, AuditItem, AuditLetterAdd, AuditLetterRemove,
        AuditPage, ById, DossierSave,
    },
};
use std::path::PathBuf;

/// Which findings.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Of one program
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// `short_paid`, `over_paid`, `missing_second_tier`, late, `rate_changed`, vanished, shrunk or `refund_without_sale`
    #[arg(long)]
    kind: Option<String>,
    /// open, accepted, disputed or explained
    #[arg(long)]
    state: Option<String>,
    #[command(flatten)]
    list: List,
}

/// What to do with a finding.
#[derive(Debug, Subcommand)]
pub enum Finding {
    /// A finding with its story and what was written about it
    Show {
        /// Its id, as `ledger audit` prints it
        id: String,
    },
    /// It is as it should be
    Accept(Decided),
    /// There is a reason that the terms do not tell
    Explain(Decided),
    /// Ask the program about it
    Dispute {
        #[command(flatten)]
        decided: Decided,
        /// Until when an answer is asked for
        #[arg(long, value_name = "DATE")]
        deadline: Option<String>,
    },
    /// Open it again
    Reopen(Decided),
    /// Note what was written about it
    Letter {
        /// Its id
        id: String,
        /// What was written
        text: String,
        /// me or program
        #[arg(long, default_value = "me")]
        from: String,
        /// The day; today without it
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Take out what was written about it
    LetterRemove {
        /// Its id
        id: String,
        /// The letter's id
        letter: String,
    },
    /// Write a document for the program
    Dossier {
        /// Its id
        id: String,
        /// A file that ends in .pdf or .md
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// A finding and a note.
#[derive(Debug, Args)]
pub struct Decided {
    /// Its id, as `ledger audit` prints it
    id: String,
    /// In your words
    #[arg(long)]
    note: Option<String>,
}

/// Prints the findings; some that are open are something found.
///
/// # Errors
/// What the use case says.
pub fn list(arguments: Arguments, context: &Context) -> Result<Outcome, Failure> {
    let format = arguments.list.format;
    let page = audit::list(
        context.open()?,
        AuditInput {
            program: arguments.program,
            kind: arguments.kind,
            state: arguments.state,
            limit: arguments.list.limit,
            after: arguments.list.after,
        },
    )?;
    output::page_of(context, format, &page, || table(&page.items))?;
    if format == crate::args::Format::Table && !context.json {
        output::note(&summary(&page));
    }
    Ok(if page.summary.open > 0 {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

/// Does something with a finding.
///
/// # Errors
/// What the use case says.
pub fn finding(command: Finding, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let decide = |decided: Decided, state: &str, deadline| {
        audit::decide(
            app,
            AuditDecide {
                id: decided.id,
                state: state.to_owned(),
                note: decided.note,
                deadline,
            },
        )
    };
    let detail = match command {
        Finding::Show { id } => audit::show(app, ById { id })?,
        Finding::Accept(decided) => decide(decided, "accepted", None)?,
        Finding::Explain(decided) => decide(decided, "explained", None)?,
        Finding::Reopen(decided) => decide(decided, "open", None)?,
        Finding::Dispute { decided, deadline } => decide(decided, "disputed", deadline)?,
        Finding::Letter { id, text, from, on } => audit::letter_add(
            app,
            AuditLetterAdd {
                id,
                day: on,
                who: from,
                text,
            },
        )?,
        Finding::LetterRemove { id, letter } => {
            audit::letter_remove(app, AuditLetterRemove { id, letter })?
        }
        Finding::Dossier { id, out } => {
            let path = out.display().to_string();
            let written = audit::dossier_save(app, DossierSave { id, path })?;
            output::answer(context, &written, || {
                format!("Wrote {}.", written.files.join(", "))
            })?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &detail, || people(&detail))?;
    Ok(Outcome::Done)
}

fn table(items: &[AuditItem]) -> Table {
    let mut table = Table::new(&[
        "Finding",
        "Day",
        "Program",
        "Row",
        "What",
        ">Expected",
        ">Reported",
        ">Difference",
        "State",
    ]);
    for item in items {
        table.row([
            item.id.clone(),
            item.occurred_on.clone(),
            output::maybe(item.program.as_deref()),
            item.native_id.clone().unwrap_or_else(|| item.row.clone()),
            item.kind.replace('_', " "),
            output::amount(&item.expected),
            output::amount(&item.reported),
            output::amount(&item.difference),
            item.state.clone(),
        ]);
    }
    table
}

fn summary(page: &AuditPage) -> String {
    let summary = &page.summary;
    let stake: Vec<String> = summary.at_stake.iter().map(output::amount).collect();
    let mut lines = vec![if summary.open == 0 {
        format!(
            "{} rows were judged; nothing is left to look at.",
            summary.judged
        )
    } else {
        format!(
            "{} rows were judged; {} findings are open or disputed, {} at stake.",
            summary.judged,
            summary.open,
            stake.join(" and ")
        )
    }];
    lines.extend(
        summary
            .unjudged
            .iter()
            .map(|one| format!("{} cannot be judged: {}.", one.count, one.why)),
    );
    if summary.unpaid_unknown > 0 {
        lines.push(format!(
            "{} are due and unpaid, but the book has no payment of their program, so nobody can say whether they are late.",
            summary.unpaid_unknown
        ));
    }
    if let Some(next) = &page.next {
        lines.push(format!("More: --after {next}"));
    }
    lines.join("\n")
}

fn people(detail: &AuditDetail) -> String {
    let finding = &detail.finding;
    let mut lines = vec![format!(
        "{}: {} ({})",
        finding.kind.replace('_', " "),
        output::amount(&finding.difference),
        finding.state
    )];
    lines.extend(finding.computation.clone());
    if !finding.note.is_empty() {
        lines.push(format!("Note: {}", finding.note));
    }
    if let Some(deadline) = &finding.deadline {
        lines.push(format!("An answer is asked for until {deadline}."));
    }
    lines.push(String::new());
    lines.extend(detail.story.clone());
    lines.extend(detail.letters.iter().map(|letter| {
        format!(
            "{} {}: {} [{}]",
            letter.day,
            if letter.who == "me" { "you" } else { "program" },
            letter.text,
            letter.id
        )
    }));
    lines.join("\n")
}
