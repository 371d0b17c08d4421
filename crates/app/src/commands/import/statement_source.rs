//! The file of a statement, opened as a report's is.

use super::{reading, source};
use crate::{App, Failure, dto::ImportOptions};
use perennial_connectors::csv::{FileError, Options};
use perennial_domain::Currency;
use std::io::Read;

/// A statement's file, open for reading.
pub(crate) struct Opened {
    pub bytes: Box<dyn Read + Send>,
    pub options: Options,
    /// Its name.
    pub file: String,
}

/// Opens one.
pub(crate) fn open(app: &App, path: &str, currency: Option<Currency>) -> Result<Opened, Failure> {
    let input = ImportOptions {
        currency: currency.map(|currency| currency.code().to_owned()),
        ..ImportOptions::default()
    };
    let mut options = reading::options(app, &input)?;
    let opened = source::open(app, path, &input, &mut options)?;
    Ok(Opened {
        bytes: opened.bytes,
        options,
        file: source::file_name(path),
    })
}

/// What to say of a file that was refused as a whole.
pub(crate) fn failure(error: &FileError, file: &str) -> Failure {
    reading::failure(error, file)
}
