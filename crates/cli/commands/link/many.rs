//! How many links are kept, and the names they are kept under.

use crate::{
    args::List,
    context::Context,
    output::{self, Table},
};
use clap::Args;
use perennial_app::{
    App, Failure,
    commands::link_shelf,
    dto::{Empty, LinkBulkEdit, LinkList, Page, ShelfName},
};
use serde::Serialize;

/// Change how many links are kept, in one step
#[derive(Debug, Args)]
pub struct Arguments {
    /// Their codes or ids; else all that the filters below find
    ids: Vec<String>,
    /// All that these words find
    #[arg(long, value_name = "WORDS", conflicts_with = "ids")]
    search: Option<String>,
    /// All with this tag
    #[arg(long, value_name = "NAME", conflicts_with = "ids")]
    tag: Option<String>,
    /// All in this folder
    #[arg(long = "in-folder", value_name = "NAME", conflicts_with = "ids")]
    in_folder: Option<String>,
    /// All of this program
    #[arg(long, value_name = "ID", conflicts_with = "ids")]
    program: Option<String>,
    /// All for this channel
    #[arg(long, value_name = "NAME", conflicts_with = "ids")]
    channel: Option<String>,
    /// All for this campaign
    #[arg(long, value_name = "NAME", conflicts_with = "ids")]
    campaign: Option<String>,
    /// All that stand so
    #[arg(long, value_name = "STATE", conflicts_with = "ids")]
    state: Option<String>,
    /// Tags to add, separated by commas
    #[arg(long, value_name = "NAMES", default_value = "")]
    add_tags: String,
    /// Tags to take off, separated by commas
    #[arg(long, value_name = "NAMES", default_value = "")]
    remove_tags: String,
    /// The folder; empty takes them out of their folder
    #[arg(long, value_name = "NAME")]
    folder: Option<String>,
    /// The last day; empty takes it away
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// Archive them (true) or bring them back (false)
    #[arg(long)]
    archive: Option<bool>,
    /// Only say how many
    #[arg(long)]
    dry_run: bool,
}

/// Names separated by commas.
pub fn names(text: &str) -> Vec<String> {
    text.split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context, app: &App) -> Result<(), Failure> {
    let narrowed = arguments.search.is_some()
        || arguments.tag.is_some()
        || arguments.in_folder.is_some()
        || arguments.program.is_some()
        || arguments.channel.is_some()
        || arguments.campaign.is_some()
        || arguments.state.is_some();
    let which = narrowed.then(|| LinkList {
        search: arguments.search.unwrap_or_default(),
        program: arguments.program,
        channel: arguments.channel,
        campaign: arguments.campaign,
        tag: arguments.tag,
        folder: arguments.in_folder,
        state: arguments.state,
        archived: arguments.archive == Some(false),
        ..LinkList::default()
    });
    let input = LinkBulkEdit {
        ids: arguments.ids,
        which,
        add_tags: names(&arguments.add_tags),
        remove_tags: names(&arguments.remove_tags),
        folder: arguments.folder,
        expires_on: arguments.expires,
        archived: arguments.archive,
        dry_run: arguments.dry_run,
    };
    let done = link_shelf::bulk_edit(app, input)?;
    output::answer(context, &done, || {
        let verb = if done.dry_run {
            "would change"
        } else {
            "changed"
        };
        let mut text = format!("{} links {verb}.\n", done.links);
        if done.to_replace > 0 {
            text += &format!(
                "{} places hold one of them; see `perennial link place list --replace`.\n",
                done.to_replace
            );
        }
        text
    })
}

/// A tag or a folder in a list.
#[derive(Serialize)]
struct Shelf {
    kind: &'static str,
    name: String,
    links: u64,
}

/// The tags and folders in use.
///
/// # Errors
/// What the use case says.
pub fn tags(list: &List, context: &Context, app: &App) -> Result<(), Failure> {
    let shelves = link_shelf::shelves(app, Empty {})?;
    let of = |kind: &'static str, rows: Vec<ShelfName>| {
        rows.into_iter().map(move |row| Shelf {
            kind,
            name: row.name,
            links: row.links,
        })
    };
    let all: Vec<Shelf> = of("tag", shelves.tags)
        .chain(of("folder", shelves.folders))
        .collect();
    let begin: usize = list
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let limit = list.limit.map_or(usize::MAX, |limit| limit as usize);
    let total = all.len();
    let end = begin.saturating_add(limit);
    let page = Page {
        items: all.into_iter().skip(begin).take(limit).collect(),
        next: (end < total).then(|| end.to_string()),
        total: Some(total as u64),
    };
    output::page(context, list.format, &page, |rows| {
        let mut table = Table::new(&["Kind", "Name", ">Links"]);
        for row in rows {
            table.row([row.kind.to_owned(), row.name.clone(), row.links.to_string()]);
        }
        table
    })
}
