//! What in the book needs its owner.

use crate::{Read, StoreError};

/// A program and how many things of it wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Slug of a program, or name of a connection.
    pub target: String,
    /// Name that people read.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// Terms that sources say differently and that the user has not decided, by program.
///
/// # Errors
/// Where the book cannot be read.
pub fn undecided_terms(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT p.slug, p.name, count(DISTINCT t.key) FROM term_claim t JOIN program p ON p.id = t.program
         WHERE p.archived = 0 AND NOT EXISTS (
             SELECT 1 FROM terms_version v JOIN term_value o ON o.terms_version = v.id
             WHERE v.program = t.program AND v.own = 1 AND o.key = t.key)
         GROUP BY p.id ORDER BY p.name",
    )
}

/// Programs whose affiliate code is not known.
///
/// # Errors
/// Where the book cannot be read.
pub fn without_identity(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT slug, name, 1 FROM program WHERE archived = 0 AND coalesce(identity, '') = '' ORDER BY name",
    )
}

/// Rows that their source no longer has, by connection.
///
/// # Errors
/// Where the book cannot be read.
pub fn vanished(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT n.name, n.name, count(*) FROM conversion c JOIN connection n ON n.id = c.connection
         WHERE c.vanished = 1 GROUP BY c.connection ORDER BY n.name",
    )
}

/// Rows reported with a word that is not known, by program.
///
/// # Errors
/// Where the book cannot be read.
pub fn unknown_words(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT coalesce(p.slug, ''), coalesce(p.name, 'no program'), count(*)
         FROM conversion c LEFT JOIN program p ON p.id = c.program WHERE c.approval = 'other' GROUP BY c.program ORDER BY 2",
    )
}

/// Records that the last batch of a connection refused.
///
/// # Errors
/// Where the book cannot be read.
pub fn refused(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT b.id, coalesce(b.file, n.name), b.rows_refused FROM batch b JOIN connection n ON n.id = b.connection
         WHERE b.undone_at IS NULL AND b.rows_refused > 0
           AND b.rowid = (SELECT max(rowid) FROM batch l WHERE l.connection = b.connection AND l.undone_at IS NULL)
         ORDER BY b.rowid DESC",
    )
}

/// Connections whose last sync was not complete.
///
/// # Errors
/// Where the book cannot be read.
pub fn partial_syncs(read: &Read<'_>) -> Result<Vec<Waiting>, StoreError> {
    waiting(
        read,
        "SELECT n.name, n.name, 1 FROM connection n
         JOIN batch b ON b.rowid = (SELECT max(rowid) FROM batch l WHERE l.connection = n.id AND l.undone_at IS NULL)
         WHERE n.archived = 0 AND n.network <> 'file' AND b.kind = 'sync' AND b.complete = 0 ORDER BY n.name",
    )
}

fn waiting(read: &Read<'_>, sql: &str) -> Result<Vec<Waiting>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Waiting {
            target: row.get(0)?,
            name: row.get(1)?,
            count: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
