//! `perennial referral`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::referral,
    dto::{Amount, ById, ReferralDetail, ReferralItem, ReferralList, ReferralNote, ReferralShow},
};

/// Whom you referred, and where they stand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The referrals, the one heard of last first
    List(Rows),
    /// One referral: steps, windows, payments, and what is to come
    Show {
        /// Its id, or the name you gave
        id: String,
        /// Discount a year on what is to come, such as 0.10
        #[arg(long, value_name = "SHARE")]
        discount: Option<String>,
    },
    /// Note something of a referral by hand, or give it a name
    Note(Note),
    /// Forget what you noted of a referral; rows of the ledger stay
    Forget {
        /// Its id, or the name you gave
        id: String,
    },
}

/// Which rows.
#[derive(Debug, Args)]
pub struct Rows {
    /// Words to find in names and notes
    #[arg(long, default_value = "")]
    search: String,
    /// Of one program
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// click, lead, trial, paying, upgraded, past_due, cancelled or refunded
    #[arg(long)]
    stage: Option<String>,
    #[command(flatten)]
    list: List,
}

/// What is noted.
#[allow(clippy::struct_field_names, reason = "the options are called so")]
#[derive(Debug, Args)]
pub struct Note {
    /// Its id, or the name you gave; without it a new referral is noted
    id: Option<String>,
    /// The program of a new referral
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// What to call them
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    /// In your words
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What they reached: click, lead, trial, paying, upgraded, past_due, cancelled or refunded
    #[arg(long)]
    stage: Option<String>,
    /// On which day; today without it
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The plan
    #[arg(long)]
    plan: Option<String>,
    /// About this step, in your words
    #[arg(long, value_name = "TEXT")]
    step_note: Option<String>,
    /// Take this note out instead
    #[arg(long, value_name = "NOTE")]
    remove: Option<String>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::List(rows) => {
            let input = ReferralList {
                search: rows.search,
                program: rows.program,
                stage: rows.stage,
                limit: rows.list.limit,
                after: rows.list.after,
            };
            let page = referral::list(app, input)?;
            output::page(context, rows.list.format, &page, table)?;
        }
        Command::Show { id, discount } => {
            let detail = referral::show(app, ReferralShow { id, discount })?;
            output::answer(context, &detail, || people(&detail))?;
        }
        Command::Note(note) => {
            let input = ReferralNote {
                id: note.id,
                program: note.program,
                alias: note.alias,
                note: note.note,
                stage: note.stage,
                on: note.on,
                plan: note.plan,
                step_note: note.step_note,
                remove: note.remove,
            };
            let detail = referral::note(app, input)?;
            output::answer(context, &detail, || people(&detail))?;
        }
        Command::Forget { id } => {
            referral::forget(app, ById { id: id.clone() })?;
            output::answer(context, &serde_json::json!({ "forgotten": id }), || {
                format!("Forgot the notes of {id}.")
            })?;
        }
    }
    Ok(Outcome::Done)
}

fn amounts(amounts: &[Amount]) -> String {
    if amounts.is_empty() {
        return "–".to_owned();
    }
    amounts
        .iter()
        .map(output::amount)
        .collect::<Vec<_>>()
        .join(", ")
}

fn table(items: &[ReferralItem]) -> Table {
    let mut table = Table::new(&[
        "Referral",
        "Program",
        "Stage",
        "Since",
        "Plan",
        ">Earned",
        ">Months left",
        "Id",
    ]);
    for item in items {
        table.row([
            item.alias.clone(),
            output::maybe(item.program.as_deref()),
            item.stage.clone(),
            output::maybe(item.since.as_deref()),
            output::maybe(item.plan.as_deref()),
            amounts(&item.earned),
            item.months_left
                .map_or_else(|| "–".to_owned(), |months| months.to_string()),
            item.id.clone(),
        ]);
    }
    table
}

fn people(detail: &ReferralDetail) -> String {
    let item = &detail.referral;
    let mut lines = vec![format!(
        "{}: {} since {}",
        item.alias,
        item.stage,
        output::maybe(item.since.as_deref())
    )];
    lines.push(format!(
        "Earned {}; paid out {}; still to come {}.",
        amounts(&item.earned),
        amounts(&detail.paid),
        output::maybe_amount(detail.to_come.as_ref())
    ));
    lines.push(detail.to_come_how.clone());
    if let Some(months) = item.months_left {
        lines.push(format!("{months} months still earn."));
    }
    lines.extend(detail.windows.iter().map(|window| window.sentence.clone()));
    for step in &detail.steps {
        let noted = if step.noted { " (noted)" } else { "" };
        let plan = step
            .plan
            .as_ref()
            .map(|plan| format!(", {plan}"))
            .unwrap_or_default();
        lines.push(format!("{}  {}{plan}{noted}", step.on, step.stage));
    }
    if !detail.note.is_empty() {
        lines.push(detail.note.clone());
    }
    lines.join("\n")
}
