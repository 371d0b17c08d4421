//! Places that hold links.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, parse, word},
};
use chrono::NaiveDate;
use perennial_domain::{
    ids::{LinkId, PlacementId},
    placement::{Placement, PlacementKind},
};
use rusqlite::{OptionalExtension as _, Row, named_params};

/// A place with the link that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementRow {
    /// The place.
    pub placement: Placement,
    /// The link's code.
    pub code: String,
    /// The link's label.
    pub label: String,
    /// The link's address.
    pub url: String,
    /// Name of the link's channel.
    pub channel: String,
    /// The link is archived.
    pub archived: bool,
    /// The link's last day.
    pub expires_on: Option<NaiveDate>,
    /// The link is broken.
    pub broken: bool,
}

/// Which places.
#[derive(Clone, Debug, Default)]
pub struct PlacementFilter {
    /// Of this link.
    pub link: Option<LinkId>,
    /// Words to find.
    pub search: String,
    /// Only those that still hold their link and must have it replaced, as of this day.
    pub replace_on: Option<NaiveDate>,
    /// Also those that no longer hold their link.
    pub past: bool,
    /// Older than this one.
    pub before: Option<PlacementId>,
}

const COLUMNS: &str =
    "p.*, l.code, l.label, l.url, c.name AS channel_name, l.archived, f.expires_on,
        h.state IS 'broken' AS broken
    FROM placement p JOIN link l ON l.id = p.link JOIN channel c ON c.id = l.channel
    LEFT JOIN link_filing f ON f.link = l.id LEFT JOIN link_health h ON h.link = l.id";

/// Adds a place.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert(write: &Write<'_>, placement: &Placement) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO placement (id, link, kind, place, since, until, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    statement.execute((
        placement.id.to_string(),
        placement.link.to_string(),
        placement.kind.word(),
        &placement.place,
        placement.since.to_string(),
        placement.until.map(|day| day.to_string()),
        &placement.note,
    ))?;
    Ok(())
}

/// Writes what a user may change of a place.
///
/// # Errors
/// Where the book cannot be written.
pub fn update(write: &Write<'_>, placement: &Placement) -> Result<(), StoreError> {
    write.0.execute(
        "UPDATE placement SET kind = ?2, place = ?3, since = ?4, until = ?5, note = ?6, revision = revision + 1 WHERE id = ?1",
        (
            placement.id.to_string(),
            placement.kind.word(),
            &placement.place,
            placement.since.to_string(),
            placement.until.map(|day| day.to_string()),
            &placement.note,
        ),
    )?;
    Ok(())
}

/// Takes a place out.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: PlacementId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM placement WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// A place.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: &str) -> Result<PlacementRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE p.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([id.trim()], |row| Ok(placement_row(row)))
        .optional()?;
    found.ok_or_else(|| StoreError::NoSuch {
        noun: "placement",
        name: id.to_owned(),
    })?
}

/// A page of places, the newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    filter: &PlacementFilter,
    limit: u32,
) -> Result<Vec<PlacementRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE (:link IS NULL OR p.link = :link) AND (:past OR p.until IS NULL)
             AND (:search = '' OR p.place LIKE :like ESCAPE '\\' OR p.note LIKE :like ESCAPE '\\' OR l.label LIKE :like ESCAPE '\\')
             AND (:on IS NULL OR p.until IS NULL AND (l.archived OR f.expires_on < :on OR h.state = 'broken'))
             AND (:before IS NULL OR p.id < :before) ORDER BY p.id DESC LIMIT :limit"
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":link": filter.link.map(|id| id.to_string()),
        ":past": filter.past,
        ":search": filter.search.trim(),
        ":like": super::link::like(&filter.search),
        ":on": filter.replace_on.map(|day| day.to_string()),
        ":before": filter.before.map(|id| id.to_string()),
        ":limit": limit,
    })?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        places.push(placement_row(row)?);
    }
    Ok(places)
}

/// How many places still hold a link that must be replaced.
///
/// # Errors
/// Where the book cannot be read.
pub fn to_replace(read: &Read<'_>, today: NaiveDate) -> Result<u64, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT count(*) FROM placement p JOIN link l ON l.id = p.link
         LEFT JOIN link_filing f ON f.link = l.id LEFT JOIN link_health h ON h.link = l.id
         WHERE p.until IS NULL AND (l.archived OR f.expires_on < ?1 OR h.state = 'broken')",
    )?;
    Ok(statement.query_row([today.to_string()], |row| row.get(0))?)
}

fn placement_row(row: &Row<'_>) -> Result<PlacementRow, StoreError> {
    let days = |name: &str| -> Result<Option<NaiveDate>, StoreError> {
        col::<Option<String>>(row, name)?
            .as_deref()
            .map(day)
            .transpose()
    };
    Ok(PlacementRow {
        placement: Placement {
            id: parse(&col::<String>(row, "id")?)?,
            link: parse(&col::<String>(row, "link")?)?,
            kind: word(&col::<String>(row, "kind")?, PlacementKind::parse)?,
            place: col(row, "place")?,
            since: day(&col::<String>(row, "since")?)?,
            until: days("until")?,
            note: col(row, "note")?,
            revision: col(row, "revision")?,
        },
        code: col(row, "code")?,
        label: col(row, "label")?,
        url: col(row, "url")?,
        channel: col(row, "channel_name")?,
        archived: col(row, "archived")?,
        expires_on: days("expires_on")?,
        broken: col(row, "broken")?,
    })
}
