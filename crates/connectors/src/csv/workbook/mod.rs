//! Excel workbooks (XLSX). They are archives of XML that a stranger wrote, so they are taken apart in a process of their
//! own that may use little memory and little time; only rows of text come back, as comma-separated values.

mod cells;
mod child;
mod parent;

pub use child::serve;
pub use parent::{Rows, Workbook};

use thiserror::Error;

/// The argument that makes an executable a reader of workbooks.
const FLAG: &str = "__read-workbook";

/// Columns of a sheet, as Excel has them.
const MAX_COLUMNS: u32 = 16_384;
/// Rows of a sheet, as Excel has them.
const MAX_ROWS: u32 = 1_048_576;

/// Why a workbook was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SheetError {
    /// Encrypted.
    #[error("the workbook is protected by a password")]
    Protected,
    /// Unpacked it is larger than any report, or reading it takes too much memory or time.
    #[error("the workbook is too large to be read safely")]
    TooLarge,
    /// No sheet of that name; those there are.
    #[error("the workbook has no such sheet")]
    NoSheet(Vec<String>),
    /// Not a workbook, or a damaged one.
    #[error("the workbook cannot be read: {0}")]
    Broken(String),
}

impl SheetError {
    /// The line that crosses from one process to the other.
    fn line(&self) -> String {
        match self {
            Self::Protected => "protected".to_owned(),
            Self::TooLarge => "too-large".to_owned(),
            Self::NoSheet(names) => format!("no-sheet {}", serde_json::Value::from(names.clone())),
            Self::Broken(why) => format!("broken {}", why.replace(['\r', '\n'], " ")),
        }
    }

    /// The error of a line; what ends without one ran into its limits.
    fn parse(line: &str) -> Self {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("protected", _) => Self::Protected,
            ("no-sheet", names) => Self::NoSheet(serde_json::from_str(names).unwrap_or_default()),
            ("broken", why) => Self::Broken(why.to_owned()),
            // It lost its way in a workbook that contradicts itself.
            ("thread", _) => Self::Broken("its parts contradict each other".to_owned()),
            _ => Self::TooLarge,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_crosses_unchanged() {
        for error in [
            SheetError::Protected,
            SheetError::TooLarge,
            SheetError::NoSheet(vec!["Jan, Feb".to_owned(), "März".to_owned()]),
            SheetError::Broken("invalid Zip archive".to_owned()),
        ] {
            assert_eq!(SheetError::parse(&error.line()), error);
        }
        for end in ["memory allocation of 5 bytes failed", ""] {
            assert_eq!(SheetError::parse(end), SheetError::TooLarge);
        }
        assert!(matches!(
            SheetError::parse("thread 'main' panicked at src/xlsx.rs:1:1:"),
            SheetError::Broken(_)
        ));
    }
}
