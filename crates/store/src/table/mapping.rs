//! Mappings of report columns that the user made.

use crate::{Read, StoreError, Write};

/// A mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingRow {
    /// Unique without case.
    pub name: String,
    /// The document.
    pub toml: String,
    /// The header it was made for, as a key.
    pub header_key: String,
}

/// Keeps a mapping, in place of one of the same name.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, row: &MappingRow) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO mapping (name, toml, header_key) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET toml = excluded.toml, header_key = excluded.header_key, revision = revision + 1",
    )?;
    statement.execute((&row.name, &row.toml, &row.header_key))?;
    Ok(())
}

/// Forgets a mapping; says whether there was one.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, name: &str) -> Result<bool, StoreError> {
    let mut statement = write
        .0
        .prepare_cached("DELETE FROM mapping WHERE name = ?1")?;
    Ok(statement.execute([name])? > 0)
}

/// Every mapping, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<MappingRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT name, toml, header_key FROM mapping ORDER BY name")?;
    let rows = statement.query_map([], |row| {
        Ok(MappingRow {
            name: row.get(0)?,
            toml: row.get(1)?,
            header_key: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
