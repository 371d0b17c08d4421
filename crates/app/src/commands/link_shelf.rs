//! How links are kept: tags, folders, last days, and edits of many at once.

use super::link::filter;
use crate::{
    App, Failure,
    dto::{Empty, LinkBulkEdit, LinkBulkEdited, LinkShelves, ShelfName},
};
use chrono::NaiveDate;
use perennial_domain::ids::LinkId;
use perennial_store::table::{
    link, link_find,
    link_shelf::{self, ShelfEdit},
    placement::{self, PlacementFilter},
};

/// Characters of a tag or a folder at most.
const LONGEST: usize = 80;

/// The tags and folders in use.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn shelves(app: &App, _: Empty) -> Result<LinkShelves, Failure> {
    let (tags, folders) =
        app.read(|read| Ok((link_shelf::tags(read)?, link_shelf::folders(read)?)))?;
    let names = |rows: Vec<link_shelf::ShelfName>| {
        rows.into_iter()
            .map(|row| ShelfName {
                name: row.name,
                links: row.links,
            })
            .collect()
    };
    Ok(LinkShelves {
        tags: names(tags),
        folders: names(folders),
    })
}

/// Changes many links in one step of the history, and says how many places must have one replaced then.
///
/// # Errors
/// Where a link is not known, nothing is to be changed, or a tag, folder or day cannot be kept; then nothing is.
pub fn bulk_edit(app: &App, input: LinkBulkEdit) -> Result<LinkBulkEdited, Failure> {
    let edit = ShelfEdit {
        add_tags: tags_of(&input.add_tags)?,
        remove_tags: tags_of(&input.remove_tags)?,
        folder: input.folder.as_deref().map(named).transpose()?,
        expires_on: input.expires_on.as_deref().map(last_day).transpose()?,
        archived: input.archived,
    };
    if edit == ShelfEdit::default() {
        return Err(Failure::refused(
            "link.nothing_to_change",
            "Nothing was said that should change.",
        )
        .hint("Name a tag, a folder, a last day or an archive state."));
    }
    let today = app.today()?;
    let links: Vec<LinkId> = app.read(|read| match &input.which {
        Some(which) if input.ids.is_empty() => link_find::all(read, &filter(read, which, today)?),
        _ => input
            .ids
            .iter()
            .map(|id| Ok(link::get(read, id)?.link.id))
            .collect(),
    })?;
    if input.ids.is_empty() && input.which.is_none() {
        return Err(
            Failure::refused("link.none_chosen", "No links were chosen.")
                .hint("Name them, or say which with a search or a filter."),
        );
    }
    let label = match links.len() {
        1 => "Changed how a link is kept".to_owned(),
        count => format!("Changed how {count} links are kept"),
    };
    if !input.dry_run && !links.is_empty() {
        app.edit(label, |write| link_shelf::edit(write, &links, &edit))?;
    }
    Ok(LinkBulkEdited {
        to_replace: to_replace(app, &links, &edit, today)?,
        links: links.len() as u64,
        dry_run: input.dry_run,
    })
}

/// Places that hold one of the links and must have it replaced, as far as the edit makes it so.
fn to_replace(
    app: &App,
    links: &[LinkId],
    edit: &ShelfEdit,
    today: NaiveDate,
) -> Result<u64, Failure> {
    let ends =
        edit.archived == Some(true) || edit.expires_on.flatten().is_some_and(|day| day < today);
    if !ends {
        return Ok(0);
    }
    app.read(|read| {
        let mut places = 0;
        for link in links {
            let filter = PlacementFilter {
                link: Some(*link),
                ..PlacementFilter::default()
            };
            places += placement::page(read, &filter, u32::MAX)?.len() as u64;
        }
        Ok(places)
    })
}

/// A name of a tag or a folder, cleaned.
///
/// # Errors
/// Where it is too long or holds what no name has.
pub(super) fn named(text: &str) -> Result<String, Failure> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return Err(Failure::refused(
            "link.bad_name",
            format!("“{name}” cannot be a name of a tag or folder."),
        )
        .hint(format!("Use up to {LONGEST} ordinary characters.")));
    }
    Ok(name)
}

/// Tags, cleaned; each once.
///
/// # Errors
/// As [`named`].
pub(super) fn tags_of(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut tags: Vec<String> = Vec::new();
    for text in given {
        let tag = named(text.trim().trim_start_matches('#'))?;
        let known = tags
            .iter()
            .any(|one| one.to_lowercase() == tag.to_lowercase());
        if !tag.is_empty() && !known {
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// A last day; none for an empty text.
///
/// # Errors
/// Where it is no day.
pub(super) fn last_day(text: &str) -> Result<Option<NaiveDate>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Failure::refused("link.bad_day", format!("“{text}” is not a day."))
            .hint("Write it as 2026-03-31.")
    })
}
