//! `perennial program`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Code, Failure,
    commands::{program, terms_change},
    dto::{
        ById, DestinationSave, JoiningSet, ProgramAdd, ProgramDetail, ProgramTermsInput,
        ProgramUpdate, ProvenanceDto, TermsConsequences, TermsDiff, TermsDiffInput, TermsDto,
        TermsSet,
    },
    files,
};
use std::{collections::BTreeMap, path::PathBuf};

/// Affiliate programs and their dated terms.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The programs
    List(List),
    /// A program with everything
    Show {
        /// Its short name, such as kartra
        id: String,
    },
    /// What holds on a day, with what each plan earns
    Terms {
        /// The program
        id: String,
        /// The day; today without it
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// What differs from an earlier day; without DATE from the day before the version that holds
        #[arg(long, value_name = "DATE", num_args = 0..=1, default_missing_value = "")]
        diff: Option<String>,
    },
    /// Add a program of your own from a TOML file
    Add {
        /// The file
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Set your affiliate code
    Identity {
        /// The program
        id: String,
        /// The code; empty clears it
        code: String,
    },
    /// Set terms of your own from a date on
    SetTerms {
        /// The program
        id: String,
        /// First day they hold
        #[arg(long, value_name = "DATE")]
        from: String,
        /// Where they are from
        #[arg(long, default_value = "")]
        source: String,
        /// What to know about them
        #[arg(long, default_value = "")]
        note: String,
        /// Say what they would do to open commissions and to the forecast, and keep nothing
        #[arg(long)]
        dry_run: bool,
        /// Such as hold_days=30 or direct_rate=40%
        #[arg(required = true, value_name = "KEY=VALUE")]
        values: Vec<String>,
    },
    /// Note a step on the way into a program
    Joining {
        /// The program
        id: String,
        /// applied, terms_accepted, questionnaire, waiting, approved or declined
        step: String,
        /// The day; without it the step is taken back
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Which version of the terms was accepted
        #[arg(long, value_name = "VERSION")]
        terms: Option<String>,
        /// In your words
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Add a page that links lead to
    Destination {
        /// The program
        id: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// main, trial, landing, funnel or other
        #[arg(long, default_value = "landing")]
        kind: String,
        /// Its address; {identity} stands for your affiliate code
        #[arg(long)]
        url: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let detail = match command {
        Command::List(list) => {
            let page = program::list(app, list.input())?;
            output::page(context, list.format, &page, |rows| {
                let mut table = Table::new(&[
                    "Program",
                    "Name",
                    "Commission",
                    "Second tier",
                    "Your code",
                    "Joining",
                ]);
                for row in rows {
                    table.row([
                        row.id.clone(),
                        row.name.clone(),
                        row.direct_rate.clone(),
                        output::maybe(row.second_tier_rate.as_deref()),
                        output::maybe(row.identity.as_deref()),
                        output::maybe(row.joining.as_deref()),
                    ]);
                }
                table
            })?;
            return Ok(Outcome::Done);
        }
        Command::Terms {
            id,
            on,
            diff: Some(before),
        } => {
            let before = Some(before).filter(|day| !day.is_empty());
            let diff = terms_change::diff(app, TermsDiffInput { id, before, on })?;
            output::answer(context, &diff, || diff_text(&diff))?;
            return Ok(Outcome::Done);
        }
        Command::Terms { id, on, diff: None } => {
            let terms = program::terms(app, ProgramTermsInput { id, on })?;
            output::answer(context, &terms, || terms_text(&terms))?;
            return Ok(Outcome::Done);
        }
        Command::Show { id } => program::show(app, ById { id })?,
        Command::Add { from } => program::add(
            app,
            ProgramAdd {
                toml: files::read_text(&from)?,
            },
        )?,
        Command::Identity { id, code } => {
            let update = ProgramUpdate {
                id,
                identity: Some(code),
                link_style: None,
                archived: None,
            };
            program::update(app, update)?
        }
        Command::SetTerms {
            id,
            from,
            source,
            note,
            dry_run,
            values,
        } => {
            let values = values
                .iter()
                .map(|pair| key_value(pair))
                .collect::<Result<_, _>>()?;
            let set = TermsSet {
                id,
                from,
                values,
                source,
                note,
            };
            if dry_run {
                let done = terms_change::preview(app, set)?;
                output::answer(context, &done, || consequences_text(&done))?;
                return Ok(Outcome::Done);
            }
            program::set_terms(app, set)?
        }
        Command::Joining {
            id,
            step,
            on,
            terms,
            note,
        } => program::joining_set(
            app,
            JoiningSet {
                program: id,
                step,
                on,
                terms_version: terms,
                note,
            },
        )?,
        Command::Destination {
            id,
            name,
            kind,
            url,
        } => program::destination_save(
            app,
            DestinationSave {
                program: id,
                id: None,
                name,
                kind,
                url,
                archived: false,
            },
        )?,
    };
    output::answer(context, &detail, || show_text(&detail))?;
    Ok(Outcome::Done)
}

fn key_value(pair: &str) -> Result<(String, String), Failure> {
    let (key, value) = pair.split_once('=').ok_or_else(|| {
        Failure::new(
            Code::Usage,
            "usage",
            format!("“{pair}” is not of the form key=value."),
        )
    })?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

fn terms_text(terms: &TermsDto) -> String {
    let mut table = Table::new(&["Plan", "Term", ">Price", ">Direct", ">Second tier"]);
    for plan in &terms.plans {
        table.row([
            plan.name.clone(),
            plan.term.clone(),
            output::amount(&plan.price),
            output::amount(&plan.direct),
            output::maybe_amount(plan.second_tier.as_ref()),
        ]);
    }
    let mut facts = Table::new(&["Term", "Value", "From", "Source"]);
    for (key, from) in &terms.sources {
        let whose = if from.own { "you: " } else { "" };
        facts.row([
            key.clone(),
            from.value.clone(),
            from.from.clone(),
            format!("{whose}{}", from.source),
        ]);
    }
    let mut text = format!(
        "{} on {}\n\n{}\n{}",
        terms.program,
        terms.on,
        facts.text(),
        table.text()
    );
    if let Some(tier) = &terms.sales_tier {
        text += &format!(
            "\nSales of the last twelve months: {}, which earns {}.",
            output::amount(&tier.volume),
            tier.rate
        );
        if let (Some(missing), Some(rate)) = (&tier.missing, &tier.next_rate) {
            text += &format!(" {} more and it is {rate}.", output::amount(missing));
        }
        text.push('\n');
    }
    text
}

fn diff_text(diff: &TermsDiff) -> String {
    if diff.changes.is_empty() && diff.plans.is_empty() {
        return format!("Nothing differs between {} and {}.", diff.before, diff.on);
    }
    let value = |from: Option<&ProvenanceDto>| output::maybe(from.map(|from| from.value.as_str()));
    let mut table = Table::new(&["Term", "Before", "After", "From", "Source"]);
    for change in &diff.changes {
        let source = change.after.as_ref().or(change.before.as_ref());
        table.row([
            change.key.clone(),
            value(change.before.as_ref()),
            value(change.after.as_ref()),
            output::maybe(source.map(|from| from.from.as_str())),
            output::maybe(source.map(|from| from.source.as_str())),
        ]);
    }
    let mut plans = Table::new(&["Plan", "Term", ">Commission before", ">After"]);
    for plan in &diff.plans {
        plans.row([
            plan.name.clone(),
            plan.term.clone(),
            output::maybe_amount(plan.before.as_ref()),
            output::maybe_amount(plan.after.as_ref()),
        ]);
    }
    let mut text = format!(
        "{}: {} to {}\n\n{}",
        diff.program,
        diff.before,
        diff.on,
        table.text()
    );
    if !diff.plans.is_empty() {
        text += &format!("\n{}", plans.text());
    }
    text
}

fn consequences_text(done: &TermsConsequences) -> String {
    let mut text = diff_text(&done.diff);
    text += &format!(
        "\n{} of {} open commissions would change.\n",
        done.affected, done.open
    );
    for sum in &done.sums {
        text += &format!(
            "Promised: {} now, {} then ({}).\n",
            output::amount(&sum.before),
            output::amount(&sum.after),
            output::amount(&sum.difference)
        );
    }
    if let Some(ahead) = &done.forecast {
        text += &format!(
            "Expected of the next 12 months: {} now, {} then; of 24 months: {} now, {} then.\n",
            output::amount(&ahead.year_before),
            output::amount(&ahead.year_after),
            output::amount(&ahead.two_before),
            output::amount(&ahead.two_after)
        );
    }
    if done.rows.is_empty() {
        return text;
    }
    let mut table = Table::new(&["Day", "Row", "Plan", ">Now", ">Then", "Due now", "Due then"]);
    for row in &done.rows {
        table.row([
            row.occurred_on.clone(),
            row.native_id.clone().unwrap_or_else(|| row.row.clone()),
            output::maybe(row.plan.as_deref()),
            output::amount(&row.before),
            output::amount(&row.after),
            due(row.due_before.as_deref()),
            due(row.due_after.as_deref()),
        ]);
    }
    text + "\n" + &table.text()
}

fn due(day: Option<&str>) -> String {
    day.unwrap_or("enough sales").to_owned()
}

fn show_text(detail: &ProgramDetail) -> String {
    let mut text = terms_text(&detail.terms);
    let undecided: BTreeMap<_, _> = detail
        .claims
        .iter()
        .filter(|claim| !claim.decided)
        .map(|c| (&c.key, c))
        .collect();
    for claim in undecided.values() {
        text += &format!(
            "\nSources disagree on {} (now {}):\n",
            claim.label, claim.current
        );
        for says in &claim.says {
            text += &format!("  {} ({})\n", says.says, says.source);
        }
    }
    if !detail.joining.is_empty() {
        let mut table = Table::new(&["Joining step", "On", "Note"]);
        for step in &detail.joining {
            table.row([&step.step, &step.on, &step.note]);
        }
        text += &format!("\n{}", table.text());
    }
    let mut table = Table::new(&["Destination", "Kind", "Address"]);
    for page in &detail.destinations {
        table.row([&page.name, &page.kind, &page.url]);
    }
    text + "\n" + &table.text()
}
