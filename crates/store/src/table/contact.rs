//! Whom one writes to at a program.

use crate::{
    Read, StoreError, Write,
    rows::{col, parse},
};
use perennial_domain::{
    ids::{ContactId, ProgramId},
    notebook::Contact,
};
use rusqlite::{OptionalExtension as _, Row};

/// Adds a contact, or changes the one of its id.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, contact: &Contact) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO contact (id, program, name, mail, role, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET program = excluded.program, name = excluded.name, mail = excluded.mail,
             role = excluded.role, note = excluded.note, revision = revision + 1",
        (
            contact.id.to_string(),
            contact.program.to_string(),
            &contact.name,
            &contact.mail,
            &contact.role,
            &contact.note,
        ),
    )?;
    Ok(())
}

/// Takes a contact out.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: ContactId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM contact WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// The contacts of an id, an address, or a name (without case): one, unless several share the name or address.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn named(read: &Read<'_>, id_or_name: &str) -> Result<Vec<Contact>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM contact WHERE id = ?1 OR (mail = ?1 AND mail <> '') OR name = ?1 COLLATE NOCASE ORDER BY id",
    )?;
    let mut rows = statement.query([id_or_name.trim()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(contact(row)?);
    }
    if found.is_empty() {
        return Err(StoreError::NoSuch {
            noun: "contact",
            name: id_or_name.to_owned(),
        });
    }
    Ok(found)
}

/// The contacts by name: of one program or of all, those that some words are found in.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(
    read: &Read<'_>,
    program: Option<ProgramId>,
    search: &str,
) -> Result<Vec<Contact>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM contact WHERE (?1 IS NULL OR program = ?1)
             AND (name LIKE ?2 ESCAPE '\\' OR mail LIKE ?2 ESCAPE '\\' OR role LIKE ?2 ESCAPE '\\' OR note LIKE ?2 ESCAPE '\\')
         ORDER BY name COLLATE NOCASE, id",
    )?;
    let program = program.map(|id| id.to_string());
    let mut rows = statement.query((program, super::link::like(search)))?;
    let mut contacts = Vec::new();
    while let Some(row) = rows.next()? {
        contacts.push(contact(row)?);
    }
    Ok(contacts)
}

/// The program whose contact has this address; none where nobody or people of several programs have it.
///
/// # Errors
/// Where the book cannot be read.
pub fn program_of(read: &Read<'_>, mail: &str) -> Result<Option<ProgramId>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT min(program) FROM contact WHERE mail = ?1 AND mail <> '' HAVING count(DISTINCT program) = 1",
    )?;
    let found: Option<String> = statement
        .query_row([mail.trim()], |row| row.get(0))
        .optional()?;
    found.as_deref().map(parse).transpose()
}

fn contact(row: &Row<'_>) -> Result<Contact, StoreError> {
    Ok(Contact {
        id: parse(&col::<String>(row, "id")?)?,
        program: parse(&col::<String>(row, "program")?)?,
        name: col(row, "name")?,
        mail: col(row, "mail")?,
        role: col(row, "role")?,
        note: col(row, "note")?,
        revision: col(row, "revision")?,
    })
}
