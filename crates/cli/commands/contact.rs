//! `perennial contact`.

use crate::{
    args::Format,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::contact,
    dto::{ById, ContactDto, ContactList, ContactSave},
};

/// Whom you write to at a program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a contact
    Add {
        /// The program
        program: String,
        /// Name
        name: String,
        #[command(flatten)]
        more: More,
    },
    /// Change a contact
    Edit {
        /// Id, address or name
        contact: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        /// Another program
        #[arg(long)]
        program: Option<String>,
        #[command(flatten)]
        more: More,
    },
    /// The contacts, by name
    List {
        /// At this program
        #[arg(long)]
        program: Option<String>,
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Take a contact out
    Remove {
        /// Id, address or name
        contact: String,
    },
}

/// What else is known.
#[derive(Debug, clap::Args)]
pub struct More {
    /// Address
    #[arg(long)]
    mail: Option<String>,
    /// What they do there
    #[arg(long)]
    role: Option<String>,
    /// A note for yourself
    #[arg(long)]
    note: Option<String>,
}

impl More {
    fn save(self) -> ContactSave {
        ContactSave {
            mail: self.mail,
            role: self.role,
            note: self.note,
            ..ContactSave::default()
        }
    }
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let saved = match command {
        Command::Add {
            program,
            name,
            more,
        } => contact::save(
            app,
            ContactSave {
                program: Some(program),
                name: Some(name),
                ..more.save()
            },
        )?,
        Command::Edit {
            contact: id,
            name,
            program,
            more,
        } => contact::save(
            app,
            ContactSave {
                id: Some(id),
                name,
                program,
                ..more.save()
            },
        )?,
        Command::List {
            program,
            search,
            format,
        } => {
            let page = contact::list(app, ContactList { search, program })?;
            output::page(context, format, &page, table)?;
            return Ok(Outcome::Done);
        }
        Command::Remove { contact: id } => {
            let gone = contact::remove(app, ById { id })?;
            output::answer(context, &gone, || "Took the contact out.".to_owned())?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &saved, || {
        table(std::slice::from_ref(&saved)).text()
    })?;
    Ok(Outcome::Done)
}

fn table(rows: &[ContactDto]) -> Table {
    let mut table = Table::new(&["Name", "Program", "Role", "Mail", "Note"]);
    for row in rows {
        table.row([
            row.name.clone(),
            row.program.clone(),
            row.role.clone(),
            row.mail.clone(),
            row.note.clone(),
        ]);
    }
    table
}
