//! `perennial reminder`.

use crate::{
    args::Format,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::reminder,
    dto::{ById, ReminderDto, ReminderList, ReminderSave},
};

/// What you must not forget.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set a reminder
    Add {
        /// What
        text: String,
        /// The day it is due
        #[arg(long, value_name = "DATE")]
        due: String,
        /// The program that it is about
        #[arg(long)]
        program: Option<String>,
        /// The campaign that it is about
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
        /// The link that it is about, by code
        #[arg(long, value_name = "CODE")]
        link: Option<String>,
    },
    /// The reminders by their day
    List {
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// Those that are done too
        #[arg(long)]
        done: bool,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Note that it is done
    Done {
        /// Its id
        id: String,
        /// Open it again
        #[arg(long)]
        again: bool,
    },
    /// Take a reminder out
    Remove {
        /// Its id
        id: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let saved = match command {
        Command::Add {
            text,
            due,
            program,
            campaign,
            link,
        } => {
            let input = ReminderSave {
                text: Some(text),
                due: Some(due),
                program,
                campaign,
                link,
                ..ReminderSave::default()
            };
            reminder::save(app, input)?
        }
        Command::Done { id, again } => {
            let input = ReminderSave {
                id: Some(id),
                done: Some(!again),
                ..ReminderSave::default()
            };
            reminder::save(app, input)?
        }
        Command::List {
            search,
            done,
            format,
        } => {
            let page = reminder::list(app, ReminderList { search, done })?;
            output::page(context, format, &page, table)?;
            return Ok(Outcome::Done);
        }
        Command::Remove { id } => {
            let gone = reminder::remove(app, ById { id })?;
            output::answer(context, &gone, || "Took the reminder out.".to_owned())?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &saved, || {
        table(std::slice::from_ref(&saved)).text()
    })?;
    Ok(Outcome::Done)
}

fn table(rows: &[ReminderDto]) -> Table {
    let mut table = Table::new(&["Due", "State", "What", "About", "Id"]);
    for row in rows {
        let about = [&row.program, &row.campaign, &row.link];
        let about: Vec<&str> = about.into_iter().flatten().map(String::as_str).collect();
        table.row([
            row.due.clone(),
            row.state.clone(),
            row.text.clone(),
            about.join(", "),
            row.id.clone(),
        ]);
    }
    table
}
