//! Filters of lists that the user keeps under a name.

use crate::{Read, StoreError, Write};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The list.
    pub place: String,
    /// Unique in it.
    pub name: String,
    /// As the window writes its address.
    pub query: String,
}

/// The views of a list, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>, place: &str) -> Result<Vec<View>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT place, name, query FROM saved_view WHERE place = ?1 ORDER BY name",
    )?;
    let rows = statement.query_map([place], |row| {
        Ok(View {
            place: row.get(0)?,
            name: row.get(1)?,
            query: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Saves a view in place of one of the same name.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, view: &View) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO saved_view (place, name, query) VALUES (?1, ?2, ?3)
         ON CONFLICT (place, name) DO UPDATE SET query = excluded.query, revision = revision + 1
             WHERE query <> excluded.query",
        (&view.place, &view.name, &view.query),
    )?;
    Ok(())
}

/// Forgets a view.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn remove(write: &Write<'_>, place: &str, name: &str) -> Result<(), StoreError> {
    let gone = write.0.execute(
        "DELETE FROM saved_view WHERE place = ?1 AND name = ?2",
        (place, name),
    )?;
    if gone == 0 {
        return Err(StoreError::NoSuch {
            noun: "view",
            name: name.to_owned(),
        });
    }
    Ok(())
}
