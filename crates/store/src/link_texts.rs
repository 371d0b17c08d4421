//! The texts by which links are found, and the two indexes over them.
//!
//! Temporary triggers on the writer's connection note each link whose text may have changed, whichever statement did it.
//! At the end of the same transaction the texts of those links are written and indexed in a few statements for all: the
//! text index keeps what is new in memory until a statement within a trigger makes it write, so doing it row by row would
//! take four times as long for ten thousand links.

use crate::{Read, StoreError, Write};
use rusqlite::Connection;
use std::fmt::Write as _;

/// Three letters in a row and more, anywhere; and one or two at the beginning of a word.
const INDEXES: [(&str, &str); 2] = [("link_part", "path, words"), ("link_word", "words")];

/// Sets up the notes on the writer's connection.
pub(crate) fn watch(connection: &Connection) -> Result<(), StoreError> {
    let mut sql = "CREATE TEMP TABLE link_stale (link TEXT NOT NULL) STRICT;".to_owned();
    for (table, key, changes) in [
        ("link", "id", "label, url, code, note"),
        ("link_tag", "link", "link, tag"),
        ("link_filing", "link", "folder"),
    ] {
        for (event, image) in [
            ("INSERT".to_owned(), "NEW"),
            (format!("UPDATE OF {changes}"), "NEW"),
            ("DELETE".to_owned(), "OLD"),
        ] {
            let name = event.split(' ').next().unwrap_or_default();
            // Writing into a string cannot fail.
            let _ = writeln!(
                sql,
                "CREATE TEMP TRIGGER \"text_{table}_{name}\" AFTER {event} ON main.{table}
                 BEGIN INSERT INTO link_stale VALUES ({image}.{key}); END;"
            );
        }
    }
    Ok(connection.execute_batch(&sql)?)
}

/// Writes and indexes anew the texts of the links that this transaction changed.
pub(crate) fn settle(write: &Write<'_>) -> Result<(), StoreError> {
    let run = |sql: &str| write.0.prepare_cached(sql)?.execute([]);
    let any = "SELECT 1 FROM link_stale";
    if !write.0.prepare_cached(any)?.exists([])? {
        return Ok(());
    }
    run(
        "DELETE FROM link_stale WHERE link IN (SELECT d.link FROM link_doc d JOIN link_text t ON t.link = d.link
         WHERE d.link IN (SELECT link FROM link_stale) AND d.path = t.path AND d.words = t.words)",
    )?;
    for (index, columns) in INDEXES {
        // What is taken out of an index has to be told by its text.
        run(&format!(
            "INSERT INTO {index} ({index}, rowid, {columns}) SELECT 'delete', docid, {columns} FROM link_doc
             WHERE link IN (SELECT link FROM link_stale)"
        ))?;
    }
    run(
        "DELETE FROM link_doc WHERE link IN (SELECT link FROM link_stale) AND link NOT IN (SELECT id FROM link)",
    )?;
    run(
        "UPDATE link_doc SET (path, words) = (SELECT t.path, t.words FROM link_text t WHERE t.link = link_doc.link)
         WHERE link IN (SELECT link FROM link_stale)",
    )?;
    // Ids are in the order in which links were made, and so are found links.
    run(
        "INSERT INTO link_doc (link, path, words) SELECT link, path, words FROM link_text
         WHERE link IN (SELECT link FROM link_stale) AND link NOT IN (SELECT link FROM link_doc) ORDER BY link",
    )?;
    for (index, columns) in INDEXES {
        run(&format!(
            "INSERT INTO {index} (rowid, {columns}) SELECT docid, {columns} FROM link_doc
             WHERE link IN (SELECT link FROM link_stale) ORDER BY docid"
        ))?;
    }
    run("DELETE FROM link_stale")?;
    Ok(())
}

/// Lets the indexes look at the book as it is now. A connection remembers their shape from the last time it searched, and
/// SQLite's own check of a book would take a newer one for damage.
pub(crate) fn wake(read: &Read<'_>) -> Result<(), StoreError> {
    for (index, _) in INDEXES {
        let sql = format!("SELECT 1 FROM {index} WHERE {index} MATCH '\"woken\"' LIMIT 1");
        read.0.prepare_cached(&sql)?.exists([])?;
    }
    Ok(())
}

/// What is wrong with the texts and their indexes; nothing should be.
pub(crate) fn differences(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let texts: i64 = read.0.query_row(
        "SELECT count(*) FROM link_text t LEFT JOIN link_doc d ON d.link = t.link
         WHERE d.path IS NOT t.path OR d.words IS NOT t.words",
        [],
        |row| row.get(0),
    )?;
    let left: i64 = read.0.query_row(
        "SELECT count(*) FROM link_doc d WHERE NOT EXISTS (SELECT 1 FROM link l WHERE l.id = d.link)",
        [],
        |row| row.get(0),
    )?;
    let mut found = Vec::new();
    if texts > 0 {
        found.push(format!(
            "{texts} links are found by another text than theirs"
        ));
    }
    if left > 0 {
        found.push(format!("{left} links that are gone would still be found"));
    }
    // SQLite's own look at each index against the texts. It counts as a write, so the caller rolls it back.
    for (index, _) in INDEXES {
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        if read.0.execute(&sql, []).is_err() {
            found.push(format!("the index {index} does not fit the texts"));
        }
    }
    Ok(found)
}
