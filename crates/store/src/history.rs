//! The change history: what every personal edit did to every row, so that it can be turned around.
//!
//! Temporary triggers on the writer's connection note each row before and after, whichever statement touched it; an
//! edit therefore cannot forget a row. Rows are kept as arrays of SQL literals, which hold every column type exactly.

use crate::{
    StoreError,
    book::{Edit, Read, Write},
    rows::{col, instant, instant_text, parse},
};
use chrono::{DateTime, Utc};
use perennial_domain::ids::ChangeId;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeSet;

/// Tables that hold nothing personal: rows from networks, what follows from them, and the history itself.
const NOT_PERSONAL: &[&str] = &[
    "audit_state",
    "after_lock",
    "batch",
    "batch_before",
    "batch_refusal",
    "batch_total",
    "batch_unknown",
    "change",
    "change_row",
    "conversion",
    "duplicate",
    "evidence_content",
    "forecast_kept",
    "forecast_snapshot",
    "ledger_day",
    "ledger_found",
    "ledger_open",
    "ledger_part",
    "ledger_part_open",
    "ledger_stale",
    "ledger_state",
    "link_check",
    "link_doc",
    "link_health",
    "set_aside",
    "status_event",
    "swipe_image",
    "sync_run",
];

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Identity.
    pub id: ChangeId,
    /// Place in the history, counted from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What was done, as a short sentence.
    pub label: String,
    /// Whether it is undone now.
    pub undone: bool,
}

/// Which way a change is turned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

/// Sets up the notes on the writer's connection. They are kept only while an edit runs.
pub(crate) fn watch(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "CREATE TEMP TABLE noting (active INTEGER NOT NULL);
         INSERT INTO noting VALUES (0);
         CREATE TEMP TABLE note (seq INTEGER PRIMARY KEY, table_name TEXT NOT NULL, before TEXT, after TEXT);",
    )?;
    for table in personal_tables(connection)? {
        let columns = columns(connection, &table)?;
        let (old, new) = (image("OLD", &columns), image("NEW", &columns));
        for (event, before, after) in [
            ("INSERT", "NULL", new.as_str()),
            ("UPDATE", &old, &new),
            ("DELETE", &old, "NULL"),
        ] {
            connection.execute_batch(&format!(
                "CREATE TEMP TRIGGER \"note_{table}_{event}\" AFTER {event} ON main.\"{table}\"
                 WHEN (SELECT active FROM noting)
                 BEGIN INSERT INTO note (table_name, before, after) VALUES ('{table}', {before}, {after}); END;"
            ))?;
        }
    }
    Ok(())
}

/// Runs an edit and keeps what it did; says which tables it touched.
pub(crate) fn record<T>(
    write: &Write<'_>,
    edit: &Edit,
    f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
) -> Result<(T, BTreeSet<String>), StoreError> {
    write
        .0
        .execute_batch("DELETE FROM note; UPDATE noting SET active = 1;")?;
    let value = f(write)?;
    write.0.execute("UPDATE noting SET active = 0", [])?;
    // A row that ends as it began was not changed.
    write
        .0
        .execute("DELETE FROM note WHERE before IS after", [])?;
    let touched = {
        let mut statement = write.0.prepare("SELECT DISTINCT table_name FROM note")?;
        let names = statement.query_map([], |row| row.get(0))?;
        names.collect::<Result<BTreeSet<String>, _>>()?
    };
    if touched.is_empty() {
        return Ok((value, touched));
    }
    // What was undone can no longer be redone once something new is done.
    write.0.execute("DELETE FROM change WHERE undone = 1", [])?;
    write.0.execute(
        "INSERT INTO change (id, seq, at, label)
         VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM change), ?2, ?3)",
        (edit.id.to_string(), instant_text(edit.at), &edit.label),
    )?;
    write.0.execute(
        "INSERT INTO change_row (change, seq, table_name, before, after)
         SELECT ?1, seq, table_name, before, after FROM note",
        [edit.id.to_string()],
    )?;
    Ok((value, touched))
}

/// Runs what is no step of the history although it writes into tables of the user's, such as taking sample data out.
/// Steps that touched the same rows could no longer be turned around and would bar the way to those before them, so they
/// are forgotten.
pub(crate) fn aside<T>(
    write: &Write<'_>,
    f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    write
        .0
        .execute_batch("DELETE FROM note; UPDATE noting SET active = 1;")?;
    let value = f(write)?;
    write.0.execute_batch(
        "UPDATE noting SET active = 0;
         DELETE FROM change WHERE id IN (
             SELECT r.change FROM change_row r JOIN note n ON n.table_name = r.table_name
                 AND json_extract(coalesce(n.before, n.after), '$[0]') = json_extract(coalesce(r.before, r.after), '$[0]')
             WHERE n.after IS NULL);",
    )?;
    Ok(value)
}

/// Turns the last change around; says what it was and which tables it touched.
pub(crate) fn undo(write: &Write<'_>) -> Result<(ChangeRow, BTreeSet<String>), StoreError> {
    turn(write, Way::Undo)
}

/// Does the last undone change again.
pub(crate) fn redo(write: &Write<'_>) -> Result<(ChangeRow, BTreeSet<String>), StoreError> {
    turn(write, Way::Redo)
}

/// A page of the history, the newest steps first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    search: &str,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id, seq, at, label, undone FROM change
         WHERE (?1 IS NULL OR seq < ?1) AND instr(lower(label), lower(?2)) ORDER BY seq DESC LIMIT ?3",
    )?;
    let mut rows = statement.query((before, search.trim(), limit))?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(change_row(row)?);
    }
    Ok(steps)
}

/// How many steps the history has.
///
/// # Errors
/// Where the book cannot be read.
pub fn count(read: &Read<'_>) -> Result<u64, StoreError> {
    Ok(read
        .0
        .query_row("SELECT count(*) FROM change", [], |row| row.get(0))?)
}

/// The labels of what undo would turn around and of what redo would do again.
///
/// # Errors
/// Where the book cannot be read.
pub fn ahead(read: &Read<'_>) -> Result<(Option<String>, Option<String>), StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT (SELECT label FROM change WHERE undone = 0 ORDER BY seq DESC LIMIT 1),
             (SELECT label FROM change WHERE undone = 1 ORDER BY seq LIMIT 1)",
    )?;
    Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn turn(write: &Write<'_>, way: Way) -> Result<(ChangeRow, BTreeSet<String>), StoreError> {
    let (which, nothing) = match way {
        Way::Undo => ("undone = 0 ORDER BY seq DESC", "undo"),
        Way::Redo => ("undone = 1 ORDER BY seq", "redo"),
    };
    let sql = format!("SELECT id, seq, at, label, undone FROM change WHERE {which} LIMIT 1");
    let found = write
        .0
        .query_row(&sql, [], |row| Ok(change_row(row)))
        .optional()?;
    let mut change = found.ok_or(StoreError::NothingTo(nothing))??;
    // Rows refer to each other in any order; the references are checked when all are in place.
    write.0.execute_batch(
        "PRAGMA defer_foreign_keys = ON; DELETE FROM note; UPDATE noting SET active = 1;",
    )?;
    let order = if way == Way::Undo { "DESC" } else { "ASC" };
    let mut statement = write.0.prepare(&format!(
        "SELECT table_name, before, after FROM change_row WHERE change = ?1 ORDER BY seq {order}"
    ))?;
    let mut rows = statement.query([change.id.to_string()])?;
    let mut touched = BTreeSet::new();
    let mut turned = 0;
    while let Some(row) = rows.next()? {
        let table: String = row.get(0)?;
        let (before, after): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
        let (now, then) = if way == Way::Undo {
            (after, before)
        } else {
            (before, after)
        };
        if !replace(write.0, &table, now.as_deref(), then.as_deref())? {
            return Err(StoreError::Entangled(change.label));
        }
        touched.insert(table);
        turned += 1;
    }
    write.0.execute("UPDATE noting SET active = 0", [])?;
    // A row that went along with another, such as clicks with their link, is not in the change and would not come back.
    let noted: i64 = write
        .0
        .query_row("SELECT count(*) FROM note", [], |row| row.get(0))?;
    if noted != turned {
        return Err(StoreError::Entangled(change.label));
    }
    let undone = way == Way::Undo;
    write.0.execute(
        "UPDATE change SET undone = ?2 WHERE id = ?1",
        (change.id.to_string(), undone),
    )?;
    change.undone = undone;
    Ok((change, touched))
}

/// Puts a row's other image in place; false where the row is not as the history left it.
fn replace(
    connection: &Connection,
    table: &str,
    now: Option<&str>,
    then: Option<&str>,
) -> Result<bool, StoreError> {
    let columns = columns(connection, table)?;
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    if let Some(image) = now {
        let now = literals(image, columns.len())?;
        let pairs =
            |sign: &str, values: &[String], wanted: &dyn Fn(usize) -> bool| -> Vec<String> {
                let wanted = names
                    .iter()
                    .zip(values)
                    .enumerate()
                    .filter(|(index, _)| wanted(*index));
                wanted
                    .map(|(_, (name, value))| format!("{name} {sign} {value}"))
                    .collect()
            };
        let changed = match then {
            None => {
                let same = pairs("IS", &now, &|_| true).join(" AND ");
                connection.execute(&format!("DELETE FROM \"{table}\" WHERE {same}"), [])?
            }
            Some(then) => {
                // Only what this change touched is compared and put back: what a sync wrote into other columns of the
                // row meanwhile is none of its business. The revision counts every write, so it tells nothing here.
                let then = literals(then, columns.len())?;
                let touched = |index: usize| now.get(index) != then.get(index);
                let compared = |index: usize| {
                    columns.get(index).is_some_and(|column| {
                        column.key || touched(index) && column.name != "revision"
                    })
                };
                let set = pairs("=", &then, &touched).join(", ");
                let same = pairs("IS", &now, &compared).join(" AND ");
                connection.execute(&format!("UPDATE \"{table}\" SET {set} WHERE {same}"), [])?
            }
        };
        return Ok(changed == 1);
    }
    let Some(image) = then else { return Ok(true) };
    let values = literals(image, columns.len())?.join(", ");
    let sql = format!(
        "INSERT OR IGNORE INTO \"{table}\" ({}) VALUES ({values})",
        names.join(", ")
    );
    Ok(connection.execute(&sql, [])? == 1)
}

/// The literals of an image. They were written by SQLite's own `quote()`, so they are safe to put into a statement.
fn literals(image: &str, count: usize) -> Result<Vec<String>, StoreError> {
    let unreadable = || StoreError::Unreadable("a step of the change history".to_owned());
    let literals: Vec<String> = serde_json::from_str(image).map_err(|_| unreadable())?;
    if literals.len() == count {
        Ok(literals)
    } else {
        Err(unreadable())
    }
}

fn image(row: &str, columns: &[Column]) -> String {
    let quoted: Vec<String> = columns
        .iter()
        .map(|column| format!("quote({row}.\"{}\")", column.name))
        .collect();
    format!("json_array({})", quoted.join(", "))
}

fn personal_tables(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    let names = names.collect::<Result<Vec<String>, _>>()?;
    Ok(names
        .into_iter()
        .filter(|name| !NOT_PERSONAL.contains(&name.as_str()))
        .collect())
}

struct Column {
    name: String,
    /// Part of the primary key.
    key: bool,
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Column>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = statement.query_map([table], |row| {
        Ok(Column {
            name: row.get(0)?,
            key: row.get(1)?,
        })
    })?;
    Ok(columns.collect::<Result<_, _>>()?)
}

fn change_row(row: &rusqlite::Row<'_>) -> Result<ChangeRow, StoreError> {
    Ok(ChangeRow {
        id: parse(&col::<String>(row, "id")?)?,
        seq: col(row, "seq")?,
        at: instant(&col::<String>(row, "at")?)?,
        label: col(row, "label")?,
        undone: col(row, "undone")?,
    })
}
