//! The bytes of a report: those of the file, or the rows that a workbook gives.

use super::reading;
use crate::{App, Failure, dto::ImportOptions};
use perennial_connectors::csv::{Options, workbook::Workbook};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A file that is open for reading.
pub(super) struct Source {
    pub bytes: Box<dyn Read + Send>,
    /// Bytes read so far.
    pub read: Arc<AtomicU64>,
    /// Bytes in all; 0 where nobody knows.
    pub size: u64,
    /// Sheets of a workbook and the one that is read.
    pub sheets: Option<(Vec<String>, Option<String>)>,
}

/// Opens a file. How a workbook's rows come is not for the caller to say, so the options are put right.
pub(super) fn open(
    app: &App,
    path: &str,
    input: &ImportOptions,
    options: &mut Options,
) -> Result<Source, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::resource(
            "import.unreadable",
            format!("{path} cannot be read: {error}."),
        )
        .hint("Check the name and the permissions.")
    };
    let read = Arc::new(AtomicU64::new(0));
    let counted = |source: Box<dyn Read + Send>| Counted {
        source,
        read: Arc::clone(&read),
    };
    let file = File::open(path).map_err(unreadable)?;
    if !Workbook::is(Path::new(path)).map_err(unreadable)? {
        return Ok(Source {
            size: file.metadata().map_or(0, |data| data.len()),
            bytes: Box::new(counted(Box::new(file))),
            read,
            sheets: None,
        });
    }
    let name = file_name(path);
    let refused = |error| reading::failure(&error, &name);
    let workbook = Workbook::new(app.reader.clone(), PathBuf::from(path));
    let sheets = workbook.sheets().map_err(refused)?;
    let sheet = input.sheet.clone().or_else(|| sheets.first().cloned());
    let rows = workbook.rows(sheet.as_deref()).map_err(refused)?;
    options.encoding = Some("utf-8".to_owned());
    options.delimiter = Some(',');
    Ok(Source {
        size: 0,
        bytes: Box::new(counted(Box::new(rows))),
        read,
        sheets: Some((sheets, sheet)),
    })
}

pub(super) fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(
        || path.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Counts what was read, for the progress.
struct Counted {
    source: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
