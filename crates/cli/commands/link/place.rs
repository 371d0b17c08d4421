//! Places that hold links.

use crate::{
    args::List,
    context::Context,
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    App, Failure,
    commands::placement,
    dto::{ById, PlacementDone, PlacementDto, PlacementList, PlacementSave},
};

/// Places that hold links.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The places, newest first
    List {
        #[command(flatten)]
        list: List,
        /// Of this link
        #[arg(long, value_name = "CODE")]
        link: Option<String>,
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// Only those whose link must be replaced: it is broken, expired or archived
        #[arg(long)]
        replace: bool,
        /// Also those that no longer hold their link
        #[arg(long)]
        past: bool,
    },
    /// Note where a link stands
    Add {
        /// The link's code or id
        link: String,
        /// The address, or words such as "Welcome email 3"
        place: String,
        /// page, email, video, bio, post, ad, print or other
        #[arg(long, default_value = "page")]
        kind: String,
        /// First day; today where not said
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// In your words
        #[arg(long)]
        note: Option<String>,
    },
    /// Change a place
    Edit {
        /// Its id
        id: String,
        /// The address, or words
        #[arg(long)]
        place: Option<String>,
        /// What it is
        #[arg(long)]
        kind: Option<String>,
        /// First day
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// In your words
        #[arg(long)]
        note: Option<String>,
    },
    /// Note that a place no longer holds its link
    Done {
        /// The place's id
        id: String,
        /// The link that stands there now
        #[arg(long, value_name = "CODE")]
        by: Option<String>,
    },
    /// Take a place out of the register
    Remove {
        /// Its id
        id: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context, app: &App) -> Result<(), Failure> {
    let one = |place: &PlacementDto| output::answer(context, place, || line(place));
    match command {
        Command::List {
            list,
            link,
            search,
            replace,
            past,
        } => {
            let input = PlacementList {
                link,
                search,
                replace,
                past,
                limit: list.limit,
                after: list.after,
            };
            output::page(context, list.format, &placement::list(app, input)?, table)
        }
        Command::Add {
            link,
            place,
            kind,
            since,
            note,
        } => one(&placement::save(
            app,
            PlacementSave {
                id: None,
                link: Some(link),
                kind: Some(kind),
                place: Some(place),
                since,
                note,
            },
        )?),
        Command::Edit {
            id,
            place,
            kind,
            since,
            note,
        } => one(&placement::save(
            app,
            PlacementSave {
                id: Some(id),
                link: None,
                kind,
                place,
                since,
                note,
            },
        )?),
        Command::Done { id, by } => one(&placement::done(app, PlacementDone { id, by })?),
        Command::Remove { id } => {
            let removed = placement::remove(app, ById { id })?;
            output::answer(context, &removed, || "Taken out.".to_owned())
        }
    }
}

/// Says where a link that ends still stands.
///
/// # Errors
/// Where the book cannot be read.
pub fn remind(app: &App, link: &str) -> Result<(), Failure> {
    let input = PlacementList {
        link: Some(link.to_owned()),
        replace: true,
        ..PlacementList::default()
    };
    for place in placement::list(app, input)?.items {
        output::note(&format!("To be replaced: {}", line(&place)));
    }
    Ok(())
}

fn line(place: &PlacementDto) -> String {
    let until = place
        .until
        .as_ref()
        .map(|day| format!(" until {day}"))
        .unwrap_or_default();
    let why = place
        .replace
        .as_ref()
        .map(|why| format!(" ({why})"))
        .unwrap_or_default();
    format!(
        "{} {} since {}{until}: {}{why}",
        place.kind, place.place, place.since, place.link
    )
}

fn table(rows: &[PlacementDto]) -> Table {
    let mut table = Table::new(&[
        "Id", "Kind", "Place", "Link", "Since", "Until", "Replace", "Note",
    ]);
    for row in rows {
        table.row([
            row.id.clone(),
            row.kind.clone(),
            row.place.clone(),
            row.link.clone(),
            row.since.clone(),
            output::maybe(row.until.as_deref()),
            output::maybe(row.replace.as_deref()),
            row.note.clone(),
        ]);
    }
    table
}
