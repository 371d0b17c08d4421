//! Mappings of report columns: those the user saved, and the built-in profiles.

use crate::{
    App, Failure,
    dto::{ById, Empty, MappingExport, MappingRow, MappingSave, Page, PathInput, Written},
    files,
};
use perennial_connectors::csv::{self, Mapping, header_key};
use perennial_store::{
    StoreError,
    table::mapping::{self, MappingRow as Kept},
};
use std::path::Path;

/// Saved mappings, then the built-in profiles.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, _: Empty) -> Result<Page<MappingRow>, Failure> {
    let mut items = Vec::new();
    for kept in app.read(mapping::list)? {
        // One that an older version took and this one does not cannot be shown as a form.
        if let Ok(row) = row(&kept) {
            items.push(row);
        }
    }
    for profile in csv::profiles() {
        items.push(builtin(&profile)?);
    }
    let total = u64::try_from(items.len()).ok();
    Ok(Page {
        items,
        next: None,
        total,
    })
}

/// Saves a mapping for later files.
///
/// # Errors
/// Where the document or the form does not fit.
pub fn save(app: &App, input: MappingSave) -> Result<MappingRow, Failure> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::refused(
            "mapping.refused",
            "A mapping needs a name.",
        ));
    }
    let toml = match (input.toml, &input.draft) {
        (Some(toml), _) => toml,
        (None, Some(draft)) => files::mapping::document(draft)?,
        (None, None) => {
            return Err(Failure::refused(
                "mapping.refused",
                "A mapping needs a document or a form.",
            ));
        }
    };
    files::mapping::read(&toml, &name)?;
    keep(
        app,
        Kept {
            toml,
            header_key: header_key(&input.header),
            name,
        },
    )
}

/// Saves a mapping from a TOML file; its name is the one in it, else that of the file.
///
/// # Errors
/// Where the file cannot be read or does not fit.
pub fn import(app: &App, input: PathInput) -> Result<MappingRow, Failure> {
    let path = Path::new(&input.path);
    let toml = files::read_text(path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mapping = files::mapping::read(&toml, &stem)?;
    let header: Vec<String> = files::mapping::header(&toml)?;
    keep(
        app,
        Kept {
            name: mapping.name,
            toml,
            header_key: header_key(&header),
        },
    )
}

/// Writes a mapping into a TOML file.
///
/// # Errors
/// Where there is none of that name, or the file cannot be written.
pub fn export(app: &App, input: MappingExport) -> Result<Written, Failure> {
    let row = one(app, &input.name)?;
    files::write(Path::new(&input.path), &row.toml)?;
    Ok(Written {
        files: vec![input.path],
    })
}

/// One mapping or profile by its name.
///
/// # Errors
/// Where there is none.
pub fn one(app: &App, name: &str) -> Result<MappingRow, Failure> {
    let wanted = name.trim().to_lowercase();
    let rows = list(app, Empty {})?.items;
    rows.into_iter()
        .find(|row| row.name.to_lowercase() == wanted)
        .ok_or_else(|| unknown(name))
}

/// Forgets a saved mapping. What was imported with it stays.
///
/// # Errors
/// Where there is none of that name.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let name = input.id.trim().to_owned();
    let removed = app.edit(format!("Removed the mapping {name}"), |write| {
        mapping::remove(write, &name)
    })?;
    if removed {
        Ok(Empty {})
    } else {
        Err(unknown(&name))
    }
}

fn unknown(name: &str) -> Failure {
    StoreError::NoSuch {
        noun: "mapping",
        name: name.trim().to_owned(),
    }
    .into()
}

fn keep(app: &App, kept: Kept) -> Result<MappingRow, Failure> {
    let shown = row(&kept)?;
    app.edit(format!("Saved the mapping {}", kept.name), |write| {
        mapping::save(write, &kept)
    })?;
    Ok(shown)
}

/// A saved mapping; as a document it says which header it was made for, so that it can be handed on.
fn row(kept: &Kept) -> Result<MappingRow, Failure> {
    let mapping = files::mapping::read(&kept.toml, &kept.name)?;
    let header: Vec<String> = kept
        .header_key
        .split('\u{1f}')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let mut draft = files::mapping::draft(&mapping);
    draft.name.clone_from(&kept.name);
    Ok(MappingRow {
        name: kept.name.clone(),
        builtin: false,
        toml: files::mapping::with_header(&kept.toml, &kept.name, &header)?,
        header,
        draft,
    })
}

fn builtin(profile: &Mapping) -> Result<MappingRow, Failure> {
    let draft = files::mapping::draft(profile);
    Ok(MappingRow {
        name: profile.name.clone(),
        builtin: true,
        header: Vec::new(),
        toml: files::mapping::document(&draft)?,
        draft,
    })
}
