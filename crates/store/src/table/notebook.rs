//! The program notebook.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, parse, word},
};
use perennial_domain::{
    ids::{EntryId, ProgramId},
    notebook::{Entry, Origin},
};
use rusqlite::{OptionalExtension as _, Row, named_params};
use uuid::Uuid;

/// An entry with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// The entry.
    pub entry: Entry,
    /// Short name of the program.
    pub program: Option<String>,
    /// Name of the terms' version.
    pub terms_version: Option<String>,
    /// The first day of that version.
    pub terms_from: Option<String>,
    /// Title of the swipe.
    pub swipe: Option<String>,
    /// Name of the campaign.
    pub campaign: Option<String>,
}

/// Which entries.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Words to find in title, sender, words and tags.
    pub search: String,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// With this tag.
    pub tag: Option<String>,
}

const COLUMNS: &str = "n.*, p.slug AS program_slug, t.version AS version_name, t.valid_from AS version_from,
        s.title AS swipe_title, k.name AS campaign_name
    FROM notebook n LEFT JOIN program p ON p.id = n.program LEFT JOIN terms_version t ON t.id = n.terms_version
    LEFT JOIN swipe s ON s.id = n.swipe LEFT JOIN campaign k ON k.id = n.campaign";

/// Adds an entry, or changes the one of its id, tags included.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, entry: &Entry) -> Result<(), StoreError> {
    let id = entry.id.to_string();
    write.0.execute(
        "INSERT INTO notebook (id, program, dated_on, title, sender, body, origin, message_id, terms_version, swipe, campaign)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET program = excluded.program, dated_on = excluded.dated_on, title = excluded.title,
             sender = excluded.sender, body = excluded.body, terms_version = excluded.terms_version,
             swipe = excluded.swipe, campaign = excluded.campaign, revision = revision + 1",
        (
            &id,
            entry.program.map(|id| id.to_string()),
            entry.on.to_string(),
            &entry.title,
            &entry.sender,
            &entry.body,
            entry.origin.word(),
            &entry.message_id,
            entry.terms_version.map(|id| id.to_string()),
            entry.swipe.map(|id| id.to_string()),
            entry.campaign.map(|id| id.to_string()),
        ),
    )?;
    super::swipe::set_tags(write, "notebook_tag", "entry", &id, &entry.tags)
}

/// Takes an entry out, with its tags.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: EntryId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM notebook WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// An entry.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: &str) -> Result<EntryRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE n.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([id.trim()], |row| Ok(entry(row)))
        .optional()?;
    let mut row = found.ok_or_else(|| StoreError::NoSuch {
        noun: "entry",
        name: id.to_owned(),
    })??;
    row.entry.tags = tags_of(read, row.entry.id)?;
    Ok(row)
}

/// The entry that a mail was taken in as, by the identity in its headers.
///
/// # Errors
/// Where the book cannot be read.
pub fn by_message(read: &Read<'_>, message_id: &str) -> Result<Option<EntryId>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT id FROM notebook WHERE message_id = ?1")?;
    let found: Option<String> = statement
        .query_row([message_id], |row| row.get(0))
        .optional()?;
    found.as_deref().map(parse).transpose()
}

/// A page of entries, the newest first, after so many; and how many there are in all.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    filter: &EntryFilter,
    after: u64,
    limit: u32,
) -> Result<(Vec<EntryRow>, u64), StoreError> {
    let which = "(:program IS NULL OR n.program = :program)
        AND (:tag IS NULL OR EXISTS (SELECT 1 FROM notebook_tag g WHERE g.entry = n.id AND g.tag = :tag))
        AND (n.title LIKE :like ESCAPE '\\' OR n.sender LIKE :like ESCAPE '\\' OR n.body LIKE :like ESCAPE '\\'
             OR EXISTS (SELECT 1 FROM notebook_tag g WHERE g.entry = n.id AND g.tag LIKE :like ESCAPE '\\'))";
    let program = filter.program.map(|id| id.to_string());
    let tag = filter
        .tag
        .as_deref()
        .map(str::trim)
        .filter(|tag| !tag.is_empty());
    let like = super::link::like(&filter.search);
    let total = read
        .0
        .prepare_cached(&format!("SELECT count(*) FROM notebook n WHERE {which}"))?
        .query_row(
            named_params! { ":program": program, ":tag": tag, ":like": like },
            |row| row.get(0),
        )?;
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE {which} ORDER BY n.dated_on DESC, n.id DESC LIMIT :limit OFFSET :after"
    ))?;
    let mut rows = statement.query(named_params! {
        ":program": program, ":tag": tag, ":like": like, ":limit": limit, ":after": after,
    })?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let mut found = entry(row)?;
        found.entry.tags = tags_of(read, found.entry.id)?;
        entries.push(found);
    }
    Ok((entries, total))
}

/// The version of a program's terms of a name or an id; of two with one name the later.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn terms_version(
    read: &Read<'_>,
    program: ProgramId,
    name_or_id: &str,
) -> Result<Uuid, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id FROM terms_version WHERE program = ?1 AND (version = ?2 OR id = ?2)
         ORDER BY valid_from DESC, seq DESC LIMIT 1",
    )?;
    let found: Option<String> = statement
        .query_row((program.to_string(), name_or_id.trim()), |row| row.get(0))
        .optional()?;
    let id = found.ok_or_else(|| StoreError::NoSuch {
        noun: "terms version",
        name: name_or_id.to_owned(),
    })?;
    parse(&id)
}

fn tags_of(read: &Read<'_>, id: EntryId) -> Result<Vec<String>, StoreError> {
    super::swipe::texts(
        read,
        "SELECT tag FROM notebook_tag WHERE entry = ?1 ORDER BY tag",
        &id.to_string(),
    )
}

fn entry(row: &Row<'_>) -> Result<EntryRow, StoreError> {
    let text = |name: &str| col::<Option<String>>(row, name);
    Ok(EntryRow {
        entry: Entry {
            id: parse(&col::<String>(row, "id")?)?,
            program: text("program")?.as_deref().map(parse).transpose()?,
            on: day(&col::<String>(row, "dated_on")?)?,
            title: col(row, "title")?,
            sender: col(row, "sender")?,
            body: col(row, "body")?,
            origin: word(&col::<String>(row, "origin")?, Origin::parse)?,
            message_id: text("message_id")?,
            terms_version: text("terms_version")?.as_deref().map(parse).transpose()?,
            swipe: text("swipe")?.as_deref().map(parse).transpose()?,
            campaign: text("campaign")?.as_deref().map(parse).transpose()?,
            tags: Vec::new(),
            revision: col(row, "revision")?,
        },
        program: text("program_slug")?,
        terms_version: text("version_name")?,
        terms_from: text("version_from")?,
        swipe: text("swipe_title")?,
        campaign: text("campaign_name")?,
    })
}
