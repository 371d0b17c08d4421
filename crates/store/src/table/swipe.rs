//! Swipes, their versions, and the links that they are published with.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse, word},
    table::conversion::{Part, brought},
};
use perennial_domain::{
    ids::{LinkId, ProgramId, SwipeId},
    swipe::{Swipe, SwipeKind, SwipeVersion},
};
use rusqlite::{OptionalExtension as _, Row, named_params};

/// A swipe with what it says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwipeRow {
    /// The swipe.
    pub swipe: Swipe,
    /// Short name of its program.
    pub program: Option<String>,
    /// Its newest version.
    pub version: SwipeVersion,
    /// Links that it is published with.
    pub links: u64,
}

/// Which swipes.
#[derive(Clone, Debug, Default)]
pub struct SwipeFilter {
    /// Words to find in title, words, note and tags.
    pub search: String,
    /// Of this kind.
    pub kind: Option<SwipeKind>,
    /// Of this program, or of none.
    pub program: Option<ProgramId>,
    /// With this tag.
    pub tag: Option<String>,
    /// Archived ones too.
    pub archived: bool,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// `image/png` and the like.
    pub media: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What came through the links of a swipe, or through one link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Clicks, where any are known.
    pub clicks: Option<u64>,
    /// New customers.
    pub referrals: u64,
}

const COLUMNS: &str = "s.*, p.slug AS program_slug, v.id AS version_id, v.number, v.saved_at, v.subject, v.body, v.image,
        (SELECT count(*) FROM swipe_link WHERE swipe = s.id) AS links
    FROM swipe s JOIN swipe_version v ON v.swipe = s.id
        AND v.number = (SELECT max(number) FROM swipe_version WHERE swipe = s.id)
    LEFT JOIN program p ON p.id = s.program";

/// Adds a swipe, or changes the one of its id, tags included.
///
/// # Errors
/// [`StoreError::Taken`] where another one has the title.
pub fn save(write: &Write<'_>, swipe: &Swipe) -> Result<(), StoreError> {
    let id = swipe.id.to_string();
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM swipe WHERE title = ?1 AND id <> ?2)",
        (&swipe.title, &id),
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "swipe",
            name: swipe.title.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO swipe (id, kind, title, program, note, archived, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, program = excluded.program, note = excluded.note,
             archived = excluded.archived, revision = revision + 1",
        (
            &id,
            swipe.kind.word(),
            &swipe.title,
            swipe.program.map(|id| id.to_string()),
            &swipe.note,
            swipe.archived,
            instant_text(swipe.created_at),
        ),
    )?;
    set_tags(write, "swipe_tag", "swipe", &id, &swipe.tags)
}

/// Adds a version. The one before it stays.
///
/// # Errors
/// Where the book cannot be written.
pub fn add_version(
    write: &Write<'_>,
    swipe: SwipeId,
    version: &SwipeVersion,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO swipe_version (id, swipe, number, saved_at, subject, body, image) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            version.id.to_string(),
            swipe.to_string(),
            version.number,
            instant_text(version.saved_at),
            &version.subject,
            &version.body,
            &version.image,
        ),
    )?;
    Ok(())
}

/// Keeps an image under the hash of its bytes.
///
/// # Errors
/// Where the book cannot be written.
pub fn keep_image(write: &Write<'_>, sha256: &str, image: &Image) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT OR IGNORE INTO swipe_image (sha256, media, content) VALUES (?1, ?2, ?3)",
        (sha256, &image.media, &image.content),
    )?;
    Ok(())
}

/// An image.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn image(read: &Read<'_>, sha256: &str) -> Result<Image, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT media, content FROM swipe_image WHERE sha256 = ?1")?;
    let found = statement
        .query_row([sha256], |row| {
            Ok(Image {
                media: row.get(0)?,
                content: row.get(1)?,
            })
        })
        .optional()?;
    found.ok_or_else(|| StoreError::NoSuch {
        noun: "image",
        name: sha256.to_owned(),
    })
}

/// Takes a swipe out, with its versions.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: SwipeId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM swipe WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// Says with which links a swipe is published.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_links(write: &Write<'_>, swipe: SwipeId, links: &[LinkId]) -> Result<(), StoreError> {
    let id = swipe.to_string();
    let wanted: Vec<String> = links.iter().map(ToString::to_string).collect();
    for link in links_of(&write.read(), swipe)? {
        let link = link.to_string();
        if !wanted.contains(&link) {
            write.0.execute(
                "DELETE FROM swipe_link WHERE swipe = ?1 AND link = ?2",
                (&id, link),
            )?;
        }
    }
    let mut statement = write
        .0
        .prepare_cached("INSERT OR IGNORE INTO swipe_link (swipe, link) VALUES (?1, ?2)")?;
    for link in wanted {
        statement.execute((&id, link))?;
    }
    Ok(())
}

/// The links that a swipe is published with.
///
/// # Errors
/// Where the book cannot be read.
pub fn links_of(read: &Read<'_>, swipe: SwipeId) -> Result<Vec<LinkId>, StoreError> {
    texts(
        read,
        "SELECT link FROM swipe_link WHERE swipe = ?1 ORDER BY link",
        &swipe.to_string(),
    )?
    .iter()
    .map(|id| parse(id))
    .collect()
}

/// The links by which a swipe is told from others: those it is published with, and those of what was made from it.
///
/// # Errors
/// Where the book cannot be read.
pub fn used_links(read: &Read<'_>, swipe: SwipeId) -> Result<Vec<LinkId>, StoreError> {
    texts(
        read,
        "SELECT link FROM swipe_link WHERE swipe = ?1
         UNION SELECT u.link FROM content_item i JOIN content_link u ON u.item = i.id WHERE i.swipe = ?1 ORDER BY 1",
        &swipe.to_string(),
    )?
    .iter()
    .map(|id| parse(id))
    .collect()
}

/// What came through links. Links of which no click is known count with neither clicks nor referrals where others have
/// some, since a share needs both.
///
/// # Errors
/// Where the book cannot be read.
pub fn brought_by(read: &Read<'_>, links: &[LinkId]) -> Result<Brought, StoreError> {
    let mut sums = Brought::default();
    let mut without = 0;
    for link in links {
        let id = link.to_string();
        let clicks: Option<u64> = read
            .0
            .prepare_cached("SELECT sum(clicks) FROM click_day WHERE link = ?1")?
            .query_row([&id], |row| row.get(0))?;
        let (referrals, _) = brought(read, Part::Link, &id)?;
        if let Some(clicks) = clicks {
            sums.clicks = Some(sums.clicks.unwrap_or(0) + clicks);
            sums.referrals += referrals;
        } else {
            without += referrals;
        }
    }
    if sums.clicks.is_none() {
        sums.referrals = without;
    }
    Ok(sums)
}

/// New customers that came through links, whether clicks are known or not.
///
/// # Errors
/// Where the book cannot be read.
pub fn referrals_of(read: &Read<'_>, links: &[LinkId]) -> Result<u64, StoreError> {
    links.iter().try_fold(0, |sum, link| {
        Ok(sum + brought(read, Part::Link, &link.to_string())?.0)
    })
}

/// The swipe of a title (without case) or an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, title_or_id: &str) -> Result<SwipeRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE s.title = ?1 OR s.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([title_or_id.trim()], |row| Ok(swipe(row)))
        .optional()?;
    let mut row = found.ok_or_else(|| StoreError::NoSuch {
        noun: "swipe",
        name: title_or_id.to_owned(),
    })??;
    row.swipe.tags = tags_of(read, row.swipe.id)?;
    Ok(row)
}

/// The swipes by title.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>, filter: &SwipeFilter) -> Result<Vec<SwipeRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE (:archived OR s.archived = 0) AND (:kind IS NULL OR s.kind = :kind)
             AND (:program IS NULL OR s.program IS NULL OR s.program = :program)
             AND (:tag IS NULL OR EXISTS (SELECT 1 FROM swipe_tag g WHERE g.swipe = s.id AND g.tag = :tag))
             AND (s.title LIKE :like ESCAPE '\\' OR s.note LIKE :like ESCAPE '\\' OR v.subject LIKE :like ESCAPE '\\'
                  OR v.body LIKE :like ESCAPE '\\'
                  OR EXISTS (SELECT 1 FROM swipe_tag g WHERE g.swipe = s.id AND g.tag LIKE :like ESCAPE '\\'))
         ORDER BY s.title"
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":archived": filter.archived,
        ":kind": filter.kind.map(SwipeKind::word),
        ":program": filter.program.map(|id| id.to_string()),
        ":tag": filter.tag.as_deref().map(str::trim).filter(|tag| !tag.is_empty()),
        ":like": super::link::like(&filter.search),
    })?;
    let mut swipes = Vec::new();
    while let Some(row) = rows.next()? {
        let mut found = swipe(row)?;
        found.swipe.tags = tags_of(read, found.swipe.id)?;
        swipes.push(found);
    }
    Ok(swipes)
}

/// A swipe's versions, the newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn versions(read: &Read<'_>, swipe: SwipeId) -> Result<Vec<SwipeVersion>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id AS version_id, number, saved_at, subject, body, image FROM swipe_version WHERE swipe = ?1
         ORDER BY number DESC",
    )?;
    let mut rows = statement.query([swipe.to_string()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(version(row)?);
    }
    Ok(versions)
}

/// Makes the tags of a row those that are given; writes what differs alone.
pub(super) fn set_tags(
    write: &Write<'_>,
    table: &str,
    owner: &str,
    id: &str,
    tags: &[String],
) -> Result<(), StoreError> {
    let kept = texts(
        &write.read(),
        &format!("SELECT tag FROM {table} WHERE {owner} = ?1"),
        id,
    )?;
    for tag in kept.iter().filter(|tag| !tags.contains(tag)) {
        write.0.execute(
            &format!("DELETE FROM {table} WHERE {owner} = ?1 AND tag = ?2"),
            (id, tag),
        )?;
    }
    for tag in tags.iter().filter(|tag| !kept.contains(tag)) {
        write.0.execute(
            &format!("INSERT OR IGNORE INTO {table} ({owner}, tag) VALUES (?1, ?2)"),
            (id, tag),
        )?;
    }
    Ok(())
}

/// One column of texts for one parameter.
pub(super) fn texts(read: &Read<'_>, sql: &str, about: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let texts = statement.query_map([about], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

fn tags_of(read: &Read<'_>, id: SwipeId) -> Result<Vec<String>, StoreError> {
    texts(
        read,
        "SELECT tag FROM swipe_tag WHERE swipe = ?1 ORDER BY tag",
        &id.to_string(),
    )
}

fn swipe(row: &Row<'_>) -> Result<SwipeRow, StoreError> {
    Ok(SwipeRow {
        swipe: Swipe {
            id: parse(&col::<String>(row, "id")?)?,
            kind: word(&col::<String>(row, "kind")?, SwipeKind::parse)?,
            title: col(row, "title")?,
            program: col::<Option<String>>(row, "program")?
                .as_deref()
                .map(parse)
                .transpose()?,
            note: col(row, "note")?,
            archived: col(row, "archived")?,
            created_at: instant(&col::<String>(row, "created_at")?)?,
            tags: Vec::new(),
            revision: col(row, "revision")?,
        },
        program: col(row, "program_slug")?,
        version: version(row)?,
        links: col(row, "links")?,
    })
}

fn version(row: &Row<'_>) -> Result<SwipeVersion, StoreError> {
    Ok(SwipeVersion {
        id: parse(&col::<String>(row, "version_id")?)?,
        number: col(row, "number")?,
        saved_at: instant(&col::<String>(row, "saved_at")?)?,
        subject: col(row, "subject")?,
        body: col(row, "body")?,
        image: col(row, "image")?,
    })
}
