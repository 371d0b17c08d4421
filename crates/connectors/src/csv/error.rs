//! Why a whole file was refused.

use super::workbook::SheetError;
use thiserror::Error;

/// Why a file was refused; nothing of it was taken.
#[derive(Debug, Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not text, or text in no encoding that is known.
    #[error("the file is not a text file{}", if *spreadsheet { ": it is a spreadsheet" } else { "" })]
    NotText {
        /// A spreadsheet's own format.
        spreadsheet: bool,
    },
    /// No line that names columns.
    #[error("the file has no header row")]
    NoHeader,
    /// No profile fits.
    #[error("no profile or saved mapping fits the columns {}", columns.join(", "))]
    NoProfile {
        /// The columns of the file.
        columns: Vec<String>,
    },
    /// A column that the profile needs.
    #[error("the file has no column “{column}”, which {profile} needs")]
    MissingColumn {
        /// The profile or mapping.
        profile: String,
        /// The column.
        column: String,
        /// Line of the header.
        line: u64,
    },
    /// No currency, in the file or chosen.
    #[error("the file does not say in which currency its amounts are")]
    NoCurrency,
    /// An encoding that is not known.
    #[error("there is no encoding “{0}”")]
    UnknownEncoding(String),
    /// A workbook that cannot be read.
    #[error("{0}")]
    Sheet(SheetError),
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Io(std::io::Error),
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        match error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<SheetError>())
        {
            Some(sheet) => Self::Sheet(sheet.clone()),
            None => Self::Io(error),
        }
    }
}
