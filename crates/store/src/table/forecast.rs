//! What belongs to forecasts: saved scenarios, kept snapshots, and common values of the user's own.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::ids::ProgramId;
use rusqlite::{OptionalExtension as _, Row};
use uuid::Uuid;

/// A saved scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioRow {
    /// Identity.
    pub id: Uuid,
    /// Name, unique whatever its case.
    pub name: String,
    /// The program whose book it is supposed on top of; none for a whole scenario that came as a file.
    pub program: Option<ProgramId>,
    /// What is supposed, or the whole scenario; its form is the caller's.
    pub json: String,
    /// In the user's words.
    pub note: String,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// Counts edits.
    pub revision: i64,
}

/// Every saved scenario, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn scenarios(read: &Read<'_>) -> Result<Vec<ScenarioRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM scenario ORDER BY name, id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(scenario_row(row)?);
    }
    Ok(found)
}

/// A scenario by its id or name.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn scenario(read: &Read<'_>, name: &str) -> Result<ScenarioRow, StoreError> {
    find_scenario(read, name)?.ok_or_else(|| StoreError::NoSuch {
        noun: "scenario",
        name: name.to_owned(),
    })
}

/// The same, none where there is none.
///
/// # Errors
/// Where the book cannot be read.
pub fn find_scenario(read: &Read<'_>, name: &str) -> Result<Option<ScenarioRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM scenario WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC",
    )?;
    statement
        .query_row([name.trim()], |row| Ok(scenario_row(row)))
        .optional()?
        .transpose()
}

/// Adds a scenario, or changes the one of its id.
///
/// # Errors
/// [`StoreError::Taken`] where another one has the name.
pub fn save_scenario(write: &Write<'_>, scenario: &ScenarioRow) -> Result<(), StoreError> {
    let id = scenario.id.to_string();
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM scenario WHERE name = ?1 AND id <> ?2)",
        (&scenario.name, &id),
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "scenario",
            name: scenario.name.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO scenario (id, name, kind, program, json, note, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, program = excluded.program,
             json = excluded.json, note = excluded.note, saved_at = excluded.saved_at, revision = revision + 1",
        (
            &id,
            &scenario.name,
            if scenario.program.is_some() { "book" } else { "file" },
            scenario.program.map(|program| program.to_string()),
            &scenario.json,
            &scenario.note,
            instant_text(scenario.saved_at),
        ),
    )?;
    Ok(())
}

/// Takes a scenario out.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn remove_scenario(write: &Write<'_>, id: Uuid) -> Result<(), StoreError> {
    let gone = write
        .0
        .execute("DELETE FROM scenario WHERE id = ?1", [id.to_string()])?;
    if gone == 0 {
        return Err(StoreError::NoSuch {
            noun: "scenario",
            name: id.to_string(),
        });
    }
    Ok(())
}

fn scenario_row(row: &Row<'_>) -> Result<ScenarioRow, StoreError> {
    Ok(ScenarioRow {
        id: parse(&col::<String>(row, "id")?)?,
        name: col(row, "name")?,
        program: col::<Option<String>>(row, "program")?
            .as_deref()
            .map(parse)
            .transpose()?,
        json: col(row, "json")?,
        note: col(row, "note")?,
        saved_at: instant(&col::<String>(row, "saved_at")?)?,
        revision: col(row, "revision")?,
    })
}

/// Keeps a forecast of a day; the last one of a day stands. Says whether it was new or differs from what was kept.
///
/// # Errors
/// Where the book cannot be written.
pub fn keep_snapshot(
    write: &Write<'_>,
    program: ProgramId,
    made_on: NaiveDate,
    json: &str,
) -> Result<bool, StoreError> {
    let changed = write.0.execute(
        "INSERT INTO forecast_snapshot (program, made_on, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (program, made_on) DO UPDATE SET json = excluded.json WHERE json <> excluded.json",
        (program.to_string(), made_on.to_string(), json),
    )?;
    Ok(changed > 0)
}

/// The kept forecasts of a program, newest first, at most so many.
///
/// # Errors
/// Where the book cannot be read.
pub fn snapshots(
    read: &Read<'_>,
    program: ProgramId,
    limit: u32,
) -> Result<Vec<(NaiveDate, String)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT made_on, json FROM forecast_snapshot WHERE program = ?1 ORDER BY made_on DESC LIMIT ?2",
    )?;
    let mut rows = statement.query((program.to_string(), limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((parse(&row.get::<_, String>(0)?)?, row.get(1)?));
    }
    Ok(found)
}

/// A common value of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorRow {
    /// What of.
    pub key: String,
    /// The value, a decimal.
    pub value: String,
    /// How many observations it counts as, a decimal.
    pub weight: String,
    /// Where it comes from.
    pub source: String,
}

/// Every common value of the user's own.
///
/// # Errors
/// Where the book cannot be read.
pub fn priors(read: &Read<'_>) -> Result<Vec<PriorRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT key, value, weight, source FROM forecast_prior ORDER BY key")?;
    let rows = statement.query_map([], |row| {
        Ok(PriorRow {
            key: row.get(0)?,
            value: row.get(1)?,
            weight: row.get(2)?,
            source: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets a common value; `None` goes back to the built-in one.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_prior(write: &Write<'_>, key: &str, prior: Option<&PriorRow>) -> Result<(), StoreError> {
    match prior {
        Some(prior) => write.0.execute(
            "INSERT INTO forecast_prior (key, value, weight, source) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, weight = excluded.weight, source = excluded.source",
            (key, &prior.value, &prior.weight, &prior.source),
        )?,
        None => write
            .0
            .execute("DELETE FROM forecast_prior WHERE key = ?1", [key])?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Book, Edit};
    use std::sync::atomic::{AtomicU64, Ordering};

    fn edit(label: &str) -> Edit {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Edit {
            id: Uuid::from_u128(number.into()).into(),
            at: "2026-03-01T10:00:00Z".parse().unwrap(),
            label: label.to_owned(),
        }
    }

    fn scenario(name: &str) -> ScenarioRow {
        ScenarioRow {
            id: Uuid::from_u128(7),
            name: name.to_owned(),
            program: None,
            json: "{}".to_owned(),
            note: String::new(),
            saved_at: "2026-03-01T10:00:00Z".parse().unwrap(),
            revision: 1,
        }
    }

    #[test]
    fn a_new_name_and_a_removal_are_undone() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book.perennial")).unwrap();
        let save = |row: ScenarioRow| book.edit(&edit("Saved"), |write| save_scenario(write, &row));
        save(scenario("More")).unwrap();
        save(scenario("Many more")).unwrap();
        assert!(matches!(
            save(ScenarioRow {
                id: Uuid::from_u128(8),
                ..scenario("MANY MORE")
            }),
            Err(StoreError::Taken { .. })
        ));
        let names = || -> Vec<String> {
            let rows = book.read(scenarios).unwrap();
            rows.into_iter().map(|row| row.name).collect()
        };
        book.undo().unwrap();
        assert_eq!(names(), ["More"]);
        book.edit(&edit("Removed"), |write| {
            remove_scenario(write, Uuid::from_u128(7))
        })
        .unwrap();
        assert!(names().is_empty());
        book.undo().unwrap();
        assert_eq!(names(), ["More"]);
    }

    #[test]
    fn a_common_value_is_set_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book.perennial")).unwrap();
        let row = PriorRow {
            key: "refund".to_owned(),
            value: "0.1".to_owned(),
            weight: "30".to_owned(),
            source: "mine".to_owned(),
        };
        book.edit(&edit("Set"), |write| set_prior(write, "refund", Some(&row)))
            .unwrap();
        assert_eq!(book.read(priors).unwrap(), [row]);
        let before = book.commits();
        book.undo().unwrap();
        assert!(book.read(priors).unwrap().is_empty());
        assert!(book.commits() > before);
    }
}
