//! Words in the ledger: an index of three letters in a row says which rows may have them.
//!
//! Nothing is done when a row is put in. Temporary triggers on the writer's connection note what a row said that is changed
//! or taken out, and at the end of the same transaction the index follows in a few statements for all rows: within a trigger
//! each row would make it write what it holds to the book.

use crate::{Read, StoreError, Write};
use rusqlite::Connection;

/// Letters that the index can tell of.
const LETTERS: usize = 3;

/// Rows that are fetched and looked at one by one.
const FETCHED: usize = 3_000;

/// Rows that the days are leafed through for; where more may have a word, any page of rows soon has it.
const LEAFED: usize = 300_000;

const COLUMNS: &str =
    "native_id, order_ref, customer_ref, sub_id_key, program_text, plan_text, plan";

/// Which rows may have a text. What is named is still to be compared with the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Among {
    /// Any: the text is too short to tell, or too many have it.
    Any,
    /// These, by their number in the book.
    Rows(Vec<i64>),
    /// Those that the index finds by this, too many to be named.
    Found(String),
}

/// Sets up the notes on the writer's connection.
pub(crate) fn watch(connection: &Connection) -> Result<(), StoreError> {
    let row = |image: &str| {
        let columns: Vec<String> = COLUMNS
            .split(", ")
            .map(|column| format!("{image}.{column}"))
            .collect();
        columns.join(", ")
    };
    let (old, new) = (row("OLD"), row("NEW"));
    // The first image of a row is the one in the index. An OR clause would give way to that of the outer statement.
    let note = format!(
        "INSERT INTO ledger_said SELECT OLD.rowid, {old}
         WHERE OLD.rowid <= (SELECT through FROM ledger_found) AND OLD.rowid NOT IN (SELECT number FROM ledger_said);"
    );
    Ok(connection.execute_batch(&format!(
        "CREATE TEMP TABLE ledger_said (number INTEGER PRIMARY KEY, {COLUMNS});
         CREATE TEMP TRIGGER find_delete AFTER DELETE ON main.conversion BEGIN {note} END;
         CREATE TEMP TRIGGER find_update AFTER UPDATE OF {COLUMNS} ON main.conversion
         WHEN ({old}) IS NOT ({new}) BEGIN {note} END;"
    ))?)
}

/// Lets the index follow what this transaction did to rows.
pub(crate) fn settle(write: &Write<'_>) -> Result<(), StoreError> {
    let run = |sql: &str| write.0.prepare_cached(sql)?.execute([]);
    if write
        .0
        .prepare_cached("SELECT 1 FROM ledger_said LIMIT 1")?
        .exists([])?
    {
        // What is taken out of an index has to be told by its text.
        run(&format!(
            "INSERT INTO ledger_find (ledger_find, rowid, {COLUMNS}) SELECT 'delete', number, {COLUMNS} FROM ledger_said"
        ))?;
        run(&format!(
            "INSERT INTO ledger_find (rowid, {COLUMNS}) SELECT rowid, {COLUMNS} FROM conversion
             WHERE rowid IN (SELECT number FROM ledger_said)"
        ))?;
        run("DELETE FROM ledger_said")?;
    }
    // SQLite numbers a row one higher than the highest there is: one that came has a higher number than those in the index,
    // or that of one that went and was noted.
    let came = "SELECT 1 FROM conversion WHERE rowid > (SELECT through FROM ledger_found) LIMIT 1";
    if write.0.prepare_cached(came)?.exists([])? {
        run(&format!(
            "INSERT INTO ledger_find (rowid, {COLUMNS}) SELECT rowid, {COLUMNS} FROM conversion
             WHERE rowid > (SELECT through FROM ledger_found) ORDER BY rowid"
        ))?;
    }
    run(
        "UPDATE ledger_found SET through = (SELECT coalesce(max(rowid), 0) FROM conversion)
         WHERE through <> (SELECT coalesce(max(rowid), 0) FROM conversion)",
    )?;
    Ok(())
}

/// Which rows may have a text.
pub(crate) fn among(read: &Read<'_>, search: &str) -> Result<Among, StoreError> {
    let Some(parts) = parts(search) else {
        return Ok(Among::Any);
    };
    let sql = format!(
        "SELECT rowid FROM ledger_find WHERE ledger_find MATCH ?1 LIMIT {}",
        LEAFED + 1
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement.query_map([&parts], |row| row.get(0))?;
    let mut found: Vec<i64> = found.collect::<Result<_, _>>()?;
    if found.len() > LEAFED {
        return Ok(Among::Any);
    }
    if found.len() > FETCHED {
        return Ok(Among::Found(parts));
    }
    // A row is also found by its own id, which is in no text.
    let mut own = read
        .0
        .prepare_cached("SELECT rowid FROM conversion WHERE id = ?1")?;
    let own = own.query_map([search], |row| row.get(0))?;
    found.extend(own.collect::<Result<Vec<i64>, _>>()?);
    Ok(Among::Rows(found))
}

/// What the index is asked: every three letters in a row of a text.
fn parts(search: &str) -> Option<String> {
    let letters: Vec<char> = search.chars().collect();
    // SQLite takes a NUL for the end of a text.
    if letters.len() < LETTERS || letters.contains(&'\0') {
        return None;
    }
    let mut parts: Vec<String> = letters
        .windows(LETTERS)
        .map(|part| {
            let part: String = part.iter().collect();
            format!("\"{}\"", part.replace('"', "\"\""))
        })
        .collect();
    parts.sort();
    parts.dedup();
    Some(parts.join(" AND "))
}

/// Lets a connection look at the index as it is now: it remembers its shape from the last time it searched.
pub(crate) fn wake(read: &Read<'_>) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM ledger_find WHERE ledger_find MATCH '\"wok\"' LIMIT 1";
    read.0.prepare_cached(sql)?.exists([])?;
    Ok(())
}

/// What is wrong with the index; nothing should be. SQLite's own look at it counts as a write, which the caller rolls back.
pub(crate) fn differences(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let missing: i64 = read.0.query_row(
        "SELECT count(*) FROM conversion WHERE rowid > (SELECT through FROM ledger_found)",
        [],
        |row| row.get(0),
    )?;
    let mut found = Vec::new();
    if missing > 0 {
        found.push(format!("{missing} rows of the ledger would not be found"));
    }
    let sql = "INSERT INTO ledger_find (ledger_find, rank) VALUES ('integrity-check', 1)";
    if read.0.execute(sql, []).is_err() {
        found.push("the index ledger_find does not fit the ledger".to_owned());
    }
    Ok(found)
}
