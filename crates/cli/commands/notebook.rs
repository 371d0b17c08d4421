//! `perennial notebook`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::notebook,
    dto::{ById, EntryDetail, EntryDto, EntryList, EntrySave, MailImport},
};
use std::path::PathBuf;

/// What programs announced and wrote to you.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Note an announcement
    Add {
        /// The program
        program: String,
        /// Its words
        #[arg(long, value_name = "TEXT")]
        text: String,
        /// A title; the first line else
        #[arg(long)]
        title: Option<String>,
        /// The day; today else
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Who wrote it
        #[arg(long)]
        from: Option<String>,
        #[command(flatten)]
        about: About,
    },
    /// Change an entry
    Edit {
        /// Its id
        id: String,
        /// Other words
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
        /// Another title
        #[arg(long)]
        title: Option<String>,
        /// Another day
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Another sender
        #[arg(long)]
        from: Option<String>,
        /// Another program
        #[arg(long)]
        program: Option<String>,
        #[command(flatten)]
        about: About,
    },
    /// The entries, newest first
    List {
        #[command(flatten)]
        list: List,
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// Of this program
        #[arg(long)]
        program: Option<String>,
        /// With this tag
        #[arg(long)]
        tag: Option<String>,
    },
    /// An entry with all its words
    Show {
        /// Its id
        id: String,
    },
    /// Take in a mail from a file that ends in .eml
    Import {
        /// The file
        file: PathBuf,
        /// The program; told from the sender else
        #[arg(long)]
        program: Option<String>,
        /// Tags, separated by commas
        #[arg(long, default_value = "")]
        tags: String,
    },
    /// Take an entry out
    Remove {
        /// Its id
        id: String,
    },
}

/// What an entry is about.
#[derive(Debug, clap::Args)]
pub struct About {
    /// Tags, separated by commas
    #[arg(long)]
    tags: Option<String>,
    /// A version of the program's terms
    #[arg(long, value_name = "NAME")]
    terms: Option<String>,
    /// A swipe
    #[arg(long, value_name = "TITLE")]
    swipe: Option<String>,
    /// A campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
}

impl About {
    fn save(self) -> EntrySave {
        EntrySave {
            tags: self.tags.map(|tags| vec![tags]),
            terms_version: self.terms,
            swipe: self.swipe,
            campaign: self.campaign,
            ..EntrySave::default()
        }
    }
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let detail = match command {
        Command::Add {
            program,
            text,
            title,
            on,
            from,
            about,
        } => {
            let input = EntrySave {
                program: Some(program),
                body: Some(text),
                title,
                on,
                sender: from,
                ..about.save()
            };
            notebook::save(app, input)?
        }
        Command::Edit {
            id,
            text,
            title,
            on,
            from,
            program,
            about,
        } => {
            let input = EntrySave {
                id: Some(id),
                program,
                body: text,
                title,
                on,
                sender: from,
                ..about.save()
            };
            notebook::save(app, input)?
        }
        Command::List {
            list,
            search,
            program,
            tag,
        } => {
            let input = EntryList {
                search,
                program,
                tag,
                limit: list.limit,
                after: list.after.clone(),
            };
            output::page(context, list.format, &notebook::list(app, input)?, table)?;
            return Ok(Outcome::Done);
        }
        Command::Show { id } => notebook::show(app, ById { id })?,
        Command::Import {
            file,
            program,
            tags,
        } => {
            let input = MailImport {
                path: file.to_string_lossy().into_owned(),
                program,
                tags: vec![tags],
            };
            notebook::import(app, input)?
        }
        Command::Remove { id } => {
            let gone = notebook::remove(app, ById { id })?;
            output::answer(context, &gone, || "Took the entry out.".to_owned())?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &detail, || text(&detail))?;
    if !context.json {
        for note in &detail.notes {
            output::note(note);
        }
    }
    Ok(Outcome::Done)
}

fn table(rows: &[EntryDto]) -> Table {
    let mut table = Table::new(&["On", "Program", "Title", "From", "Tags", "Id"]);
    for row in rows {
        table.row([
            row.on.clone(),
            output::maybe(row.program.as_deref()),
            row.title.clone(),
            row.sender.clone(),
            row.tags.join(", "),
            row.id.clone(),
        ]);
    }
    table
}

fn text(detail: &EntryDetail) -> String {
    let entry = &detail.entry;
    let mut text = table(std::slice::from_ref(entry)).text();
    for (what, value) in [
        ("Terms", &entry.terms_version),
        ("Swipe", &entry.swipe),
        ("Campaign", &entry.campaign),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("{what}: {value}\n"));
        }
    }
    format!("{text}\n{}", detail.body)
}
