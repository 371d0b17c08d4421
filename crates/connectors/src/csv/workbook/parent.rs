//! The side that asks: it starts the reader and takes its rows for what they are, text.

use super::{FLAG, SheetError};
use crate::csv::FileError;
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

/// How workbooks begin: an archive, or the older container that encrypted ones lie in.
const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];
/// Bytes of a list of sheets.
const MAX_LIST: u64 = 1 << 20;

/// A workbook, and the program that takes it apart.
#[derive(Clone, Debug)]
pub struct Workbook {
    program: PathBuf,
    path: PathBuf,
}

impl Workbook {
    /// A workbook; `program` is an executable that calls [`super::serve`] first thing.
    pub fn new(program: PathBuf, path: PathBuf) -> Self {
        Self { program, path }
    }

    /// Whether a file looks like one, by its first bytes.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is(path: &Path) -> io::Result<bool> {
        let mut start = Vec::new();
        std::fs::File::open(path)?.take(4).read_to_end(&mut start)?;
        Ok(MAGIC.contains(&start.as_slice()))
    }

    /// The visible sheets, in their order.
    ///
    /// # Errors
    /// [`FileError::Sheet`].
    pub fn sheets(&self) -> Result<Vec<String>, FileError> {
        let mut list = String::new();
        let mut rows = self.start(None)?;
        (&mut rows).take(MAX_LIST).read_to_string(&mut list)?;
        // The end tells whether all went well.
        rows.read_to_end(&mut Vec::new())?;
        serde_json::from_str(&list)
            .map_err(|error| FileError::Sheet(SheetError::Broken(error.to_string())))
    }

    /// The rows of a sheet as comma-separated values in UTF-8; of the first visible one where none is named.
    ///
    /// # Errors
    /// Where the reader cannot be started; what is wrong with the workbook comes while reading.
    pub fn rows(&self, sheet: Option<&str>) -> Result<Rows, FileError> {
        self.start(Some(sheet.unwrap_or_default()))
    }

    fn start(&self, sheet: Option<&str>) -> Result<Rows, FileError> {
        let mut command = Command::new(&self.program);
        command
            .arg(FLAG)
            .arg(&self.path)
            .args(sheet)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        Ok(Rows {
            out: child.stdout.take(),
            child,
        })
    }
}

/// What a reader of workbooks writes. An error of its own comes in place of the end.
#[derive(Debug)]
pub struct Rows {
    child: Child,
    out: Option<ChildStdout>,
}

impl Rows {
    /// How the reader ended.
    fn end(&mut self) -> io::Result<()> {
        let mut said = String::new();
        if let Some(error) = self.child.stderr.take() {
            // What it says is told by its first words; garbage is no reason to fail otherwise.
            let _ = error.take(MAX_LIST).read_to_string(&mut said);
        }
        if self.child.wait()?.success() {
            return Ok(());
        }
        let line = said
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        Err(io::Error::other(SheetError::parse(line)))
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(out) = &mut self.out else {
            return Ok(0);
        };
        let read = out.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.out = None;
            self.end()?;
        }
        Ok(read)
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
