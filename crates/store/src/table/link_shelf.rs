//! How links are kept: tags, folders, the last day, archive state.

use crate::{
    Read, StoreError, Write,
    rows::{col, day},
};
use chrono::NaiveDate;
use perennial_domain::ids::LinkId;
use rusqlite::OptionalExtension as _;

/// How one link is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// In order.
    pub tags: Vec<String>,
    /// Empty for none.
    pub folder: String,
    /// Its last day.
    pub expires_on: Option<NaiveDate>,
}

/// A tag or a folder, and how many links have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfName {
    /// As it was first written.
    pub name: String,
    /// Links, archived ones apart.
    pub links: u64,
}

/// An edit of how links are kept; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfEdit {
    /// Tags to add.
    pub add_tags: Vec<String>,
    /// Tags to take off.
    pub remove_tags: Vec<String>,
    /// The folder; empty takes it out of its folder.
    pub folder: Option<String>,
    /// The last day; none within takes it away.
    pub expires_on: Option<Option<NaiveDate>>,
    /// Archive state.
    pub archived: Option<bool>,
}

/// How a link is kept.
///
/// # Errors
/// Where the book cannot be read.
pub fn get(read: &Read<'_>, link: LinkId) -> Result<Shelf, StoreError> {
    let id = link.to_string();
    let mut statement = read
        .0
        .prepare_cached("SELECT tag FROM link_tag WHERE link = ?1 ORDER BY tag")?;
    let tags = statement.query_map([&id], |row| row.get(0))?;
    let tags = tags.collect::<Result<Vec<String>, _>>()?;
    let mut statement = read
        .0
        .prepare_cached("SELECT folder, expires_on FROM link_filing WHERE link = ?1")?;
    let filing: Option<(String, Option<String>)> = statement
        .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (folder, expires) = filing.unwrap_or_default();
    Ok(Shelf {
        tags,
        folder,
        expires_on: expires.as_deref().map(day).transpose()?,
    })
}

/// Changes how links are kept.
///
/// # Errors
/// Where the book cannot be written.
pub fn edit(write: &Write<'_>, links: &[LinkId], edit: &ShelfEdit) -> Result<(), StoreError> {
    // The first spelling of a tag or folder stands for all of them.
    let spelled = |sql: &str, name: &str| -> Result<String, StoreError> {
        let mut statement = write.0.prepare_cached(sql)?;
        let known: Option<String> = statement.query_row([name], |row| row.get(0)).optional()?;
        Ok(known.unwrap_or_else(|| name.to_owned()))
    };
    let mut add = Vec::new();
    for tag in &edit.add_tags {
        add.push(spelled(
            "SELECT tag FROM link_tag WHERE tag = ?1 LIMIT 1",
            tag,
        )?);
    }
    let folder = match &edit.folder {
        Some(name) if !name.is_empty() => Some(spelled(
            "SELECT folder FROM link_filing WHERE folder = ?1 AND folder <> '' LIMIT 1",
            name,
        )?),
        other => other.clone(),
    };
    let mut insert = write.0.prepare_cached(
        "INSERT INTO link_tag (link, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    let mut remove = write
        .0
        .prepare_cached("DELETE FROM link_tag WHERE link = ?1 AND tag = ?2")?;
    let mut archive = write.0.prepare_cached(
        "UPDATE link SET archived = ?2, revision = revision + 1 WHERE id = ?1 AND archived <> ?2",
    )?;
    for link in links {
        let id = link.to_string();
        for tag in &add {
            insert.execute([&id, tag])?;
        }
        for tag in &edit.remove_tags {
            remove.execute([&id, tag])?;
        }
        if folder.is_some() || edit.expires_on.is_some() {
            file(write, &id, folder.as_deref(), edit.expires_on.as_ref())?;
        }
        if let Some(archived) = edit.archived {
            archive.execute((&id, archived))?;
        }
    }
    Ok(())
}

fn file(
    write: &Write<'_>,
    link: &str,
    folder: Option<&str>,
    expires_on: Option<&Option<NaiveDate>>,
) -> Result<(), StoreError> {
    let mut put = write.0.prepare_cached(
        "INSERT INTO link_filing (link, folder, expires_on) VALUES (?1, coalesce(?2, ''), ?4)
         ON CONFLICT (link) DO UPDATE SET folder = coalesce(?2, folder), expires_on = iif(?3, ?4, expires_on)",
    )?;
    let expiry = expires_on.and_then(|day| day.map(|day| day.to_string()));
    put.execute((link, folder, expires_on.is_some(), expiry))?;
    let mut clear = write.0.prepare_cached(
        "DELETE FROM link_filing WHERE link = ?1 AND folder = '' AND expires_on IS NULL",
    )?;
    clear.execute([link])?;
    Ok(())
}

/// The tags in use, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn tags(read: &Read<'_>) -> Result<Vec<ShelfName>, StoreError> {
    names(
        read,
        "SELECT t.tag AS name, count(*) FILTER (WHERE l.archived = 0) AS links
         FROM link_tag t JOIN link l ON l.id = t.link GROUP BY t.tag ORDER BY t.tag",
    )
}

/// The folders in use, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn folders(read: &Read<'_>) -> Result<Vec<ShelfName>, StoreError> {
    names(
        read,
        "SELECT f.folder AS name, count(*) FILTER (WHERE l.archived = 0) AS links
         FROM link_filing f JOIN link l ON l.id = f.link WHERE f.folder <> '' GROUP BY f.folder ORDER BY f.folder",
    )
}

fn names(read: &Read<'_>, sql: &str) -> Result<Vec<ShelfName>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(ShelfName {
            name: col(row, "name")?,
            links: col(row, "links")?,
        });
    }
    Ok(names)
}
