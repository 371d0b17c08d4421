//! Programs: what they are called, how their links are written, where their links lead.

use crate::{
    Read, StoreError, Write,
    rows::{col, parse, word},
};
use perennial_domain::{
    ids::ProgramId,
    link::{LinkStyle, Slot},
    program::{Destination, DestinationKind, Joining, JoiningStep, Program},
};
use rusqlite::{OptionalExtension as _, Row};
use serde_json::{Value, json};

/// Adds a program.
///
/// # Errors
/// [`StoreError::Taken`] where its short name is in use.
pub fn insert(write: &Write<'_>, program: &Program) -> Result<(), StoreError> {
    if find(&write.read(), &program.slug)?.is_some() {
        return Err(StoreError::Taken {
            noun: "program",
            name: program.slug.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO program (id, slug, name, website, network, builtin, link_style, identity, archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (
            program.id.to_string(),
            &program.slug,
            &program.name,
            &program.website,
            &program.network,
            program.builtin,
            style_json(&program.link_style).to_string(),
            &program.identity,
            program.archived,
        ),
    )?;
    Ok(())
}

/// Writes what a user may change: identity, link style, archive state.
///
/// # Errors
/// Where the book cannot be written.
pub fn update(write: &Write<'_>, program: &Program) -> Result<(), StoreError> {
    write.0.execute(
        "UPDATE program SET link_style = ?2, identity = ?3, archived = ?4, revision = revision + 1 WHERE id = ?1",
        (
            program.id.to_string(),
            style_json(&program.link_style).to_string(),
            &program.identity,
            program.archived,
        ),
    )?;
    Ok(())
}

/// The program of a short name or an id.
///
/// # Errors
/// Where the book cannot be read.
pub fn find(read: &Read<'_>, slug_or_id: &str) -> Result<Option<Program>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM program WHERE slug = ?1 OR id = ?1")?;
    statement
        .query_row([slug_or_id.trim()], |row| Ok(program(row)))
        .optional()?
        .transpose()
}

/// The program of a short name or an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, slug_or_id: &str) -> Result<Program, StoreError> {
    find(read, slug_or_id)?.ok_or_else(|| StoreError::NoSuch {
        noun: "program",
        name: slug_or_id.to_owned(),
    })
}

/// Every program, by name. There are few: no pages.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<Program>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM program ORDER BY name, slug")?;
    let mut rows = statement.query([])?;
    let mut programs = Vec::new();
    while let Some(row) = rows.next()? {
        programs.push(program(row)?);
    }
    Ok(programs)
}

/// Adds a destination, or changes the one of its id.
///
/// # Errors
/// [`StoreError::Taken`] where another one of the program has the name.
pub fn save_destination(write: &Write<'_>, destination: &Destination) -> Result<(), StoreError> {
    let id = destination.id.to_string();
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM destination WHERE program = ?1 AND name = ?2 AND id <> ?3)",
        (destination.program.to_string(), &destination.name, &id),
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "destination",
            name: destination.name.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO destination (id, program, name, kind, url, archived) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, url = excluded.url,
             archived = excluded.archived, revision = revision + 1",
        (
            id,
            destination.program.to_string(),
            &destination.name,
            destination.kind.word(),
            &destination.url,
            destination.archived,
        ),
    )?;
    Ok(())
}

/// A program's destinations, the main one first.
///
/// # Errors
/// Where the book cannot be read.
pub fn destinations(read: &Read<'_>, program: ProgramId) -> Result<Vec<Destination>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM destination WHERE program = ?1 ORDER BY kind <> 'main', name",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(destination(row)?);
    }
    Ok(found)
}

/// Takes a joining step, in place of the same step taken before.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_joining(
    write: &Write<'_>,
    program: ProgramId,
    step: &Joining,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO joining (program, step, happened_on, terms_version, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (program, step) DO UPDATE SET happened_on = excluded.happened_on,
             terms_version = excluded.terms_version, note = excluded.note",
        (
            program.to_string(),
            step.step.word(),
            step.on.to_string(),
            &step.terms_version,
            &step.note,
        ),
    )?;
    Ok(())
}

/// Takes a joining step back.
///
/// # Errors
/// Where the book cannot be written.
pub fn clear_joining(
    write: &Write<'_>,
    program: ProgramId,
    step: JoiningStep,
) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM joining WHERE program = ?1 AND step = ?2",
        (program.to_string(), step.word()),
    )?;
    Ok(())
}

/// The joining steps taken, in the order of the way in.
///
/// # Errors
/// Where the book cannot be read.
pub fn joining(read: &Read<'_>, program: ProgramId) -> Result<Vec<Joining>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM joining WHERE program = ?1")?;
    let mut rows = statement.query([program.to_string()])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(Joining {
            step: word(&col::<String>(row, "step")?, JoiningStep::parse)?,
            on: parse(&col::<String>(row, "happened_on")?)?,
            terms_version: col(row, "terms_version")?,
            note: col(row, "note")?,
        });
    }
    steps.sort_by_key(|step| step.step);
    Ok(steps)
}

fn program(row: &Row<'_>) -> Result<Program, StoreError> {
    Ok(Program {
        id: parse(&col::<String>(row, "id")?)?,
        slug: col(row, "slug")?,
        name: col(row, "name")?,
        website: col(row, "website")?,
        network: col(row, "network")?,
        builtin: col(row, "builtin")?,
        link_style: style(&col::<String>(row, "link_style")?)?,
        identity: col(row, "identity")?,
        archived: col(row, "archived")?,
        revision: col(row, "revision")?,
    })
}

fn destination(row: &Row<'_>) -> Result<Destination, StoreError> {
    Ok(Destination {
        id: parse(&col::<String>(row, "id")?)?,
        program: parse(&col::<String>(row, "program")?)?,
        name: col(row, "name")?,
        kind: word(&col::<String>(row, "kind")?, DestinationKind::parse)?,
        url: col(row, "url")?,
        archived: col(row, "archived")?,
        revision: col(row, "revision")?,
    })
}

/// Parameters and their templates as JSON.
pub(super) fn slots_json(slots: &[Slot]) -> Value {
    slots
        .iter()
        .map(
            |slot| json!({"param": slot.param, "template": slot.template, "allowed": slot.allowed}),
        )
        .collect()
}

fn style_json(style: &LinkStyle) -> Value {
    json!({
        "hosts": style.hosts,
        "tracking_hosts": style.tracking_hosts,
        "identity_param": style.identity_param,
        "sub_ids": slots_json(&style.sub_ids),
        "utm": slots_json(&style.utm),
    })
}

/// Parameters and their templates, read back; none where they are not as they were written.
pub(super) fn slots_from(value: &Value) -> Option<Vec<Slot>> {
    let slots = value.as_array().into_iter().flatten();
    slots
        .map(|slot| {
            Some(Slot {
                param: slot["param"].as_str()?.to_owned(),
                template: slot["template"].as_str()?.to_owned(),
                allowed: strings(&slot["allowed"]),
            })
        })
        .collect()
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}

fn style(text: &str) -> Result<LinkStyle, StoreError> {
    let unreadable = || StoreError::Unreadable("a program's link style".to_owned());
    let value: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
    Ok(LinkStyle {
        hosts: strings(&value["hosts"]),
        tracking_hosts: strings(&value["tracking_hosts"]),
        identity_param: value["identity_param"].as_str().map(str::to_owned),
        sub_ids: slots_from(&value["sub_ids"]).ok_or_else(unreadable)?,
        utm: slots_from(&value["utm"]).ok_or_else(unreadable)?,
    })
}
