//! Report files: delimited text in whatever encoding and dialect a network or a spreadsheet wrote it, and workbooks.
//!
//! [`peek`] looks into a file; [`Report::open`] reads it, row by row, in bounded memory. What the columns mean is said by a
//! [`Mapping`]: one of the built-in [`profiles`], or one that the user made.

mod amount;
mod bytes;
mod date;
mod dialect;
mod error;
mod lexer;
mod mapping;
mod options;
mod peek;
mod profile;
mod report;
mod row;
mod suggest;
pub mod workbook;

pub use amount::{AmountError, Decimal, Thousands, parse_amount};
pub use date::{DateOrder, NotADate, parse_instant};
pub use dialect::Dialect;
pub use error::FileError;
pub use mapping::{Field, Mapping, header_key};
pub use options::Options;
pub use peek::{Peek, peek};
pub use profile::profiles;
pub use report::{Item, MENDED_TITLE, Report};
pub use row::{Row, RowRefusal};
pub use suggest::suggest;
pub use workbook::SheetError;
