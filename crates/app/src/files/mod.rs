//! The file formats that people and programs hand in: read strictly, refused by name.

pub mod bundle;
pub mod compliance_report;
pub mod forecast;
pub mod mail;
pub mod mapping;
pub mod pdf;
pub mod program;
pub mod qr;
pub mod schedule;
pub mod sheet;
pub mod statement;
pub mod year;

use crate::Failure;
use std::path::Path;

/// Largest text document that is read whole.
const MAX_TEXT_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a UTF-8 text document; a byte-order mark is dropped.
///
/// # Errors
/// Where it cannot be read, is no UTF-8 or is unreasonably large.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let text = String::from_utf8(read_bytes(path)?).map_err(|_| {
        Failure::refused(
            "file.not_text",
            format!("{} is not UTF-8 text.", path.display()),
        )
        .hint("Save it as UTF-8 and try again.")
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// Reads a document.
///
/// # Errors
/// Where it cannot be read or is unreasonably large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::resource(
            "file.unreadable",
            format!("{} cannot be read: {error}.", path.display()),
        )
        .hint("Check the name and the permissions.")
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MAX_TEXT_BYTES {
        return Err(Failure::refused(
            "file.too_large",
            format!("{} is larger than 64 MB.", path.display()),
        ));
    }
    std::fs::read(path).map_err(failed)
}

/// The text of bytes whose encoding nobody says: UTF-8 or UTF-16 by their marks, else UTF-8, else Latin-1.
pub fn decode(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| unit(*pair))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes).map_or_else(
            |_| bytes.iter().map(|byte| char::from(*byte)).collect(),
            str::to_owned,
        ),
    }
}

/// Writes a document.
///
/// # Errors
/// Where it cannot be written.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    std::fs::write(path, content).map_err(|error| {
        Failure::resource(
            "file.unwritable",
            format!("{} cannot be written: {error}.", path.display()),
        )
        .hint("Choose another place, or check the permissions.")
    })
}

/// A text cell that a spreadsheet would take for a formula gets an apostrophe.
pub fn formula_safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
