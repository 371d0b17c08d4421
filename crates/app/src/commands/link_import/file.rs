//! A comma-separated file as rows of text.

use super::super::link_bulk::{delimiter, malformed};
use crate::{Failure, files};
use std::path::Path;

/// The rows of a file, with the line each begins on.
pub(super) struct Rows {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Line and cells; blank rows are left out.
    pub records: Vec<(u64, Vec<String>)>,
}

impl Rows {
    /// Reads a file whole.
    pub(super) fn open(path: &str) -> Result<Self, Failure> {
        let text = files::decode(&files::read_bytes(Path::new(path))?);
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err(Failure::refused("link.empty_file", "The file is empty."));
        }
        if text.contains('\0') {
            return Err(
                Failure::refused("link.malformed_file", "The file is no text.")
                    .hint("Save it as CSV first."),
            );
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .map_err(|error| malformed(&error))?
            .iter()
            .map(str::to_owned)
            .collect();
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| malformed(&error))?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            let line = record.position().map_or(0, csv::Position::line);
            records.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(Self { header, records })
    }
}
