//! The forecast from the book, as the window shows it. (The file formats of the command line are in `files::forecast`.)
//!
//! Amounts are decimal strings in the currency of their document; chances and shares are decimals from 0 to 1.

mod assumptions;
mod channels;
mod evidence;
mod months;
mod question;
mod record;
mod scenario;
mod value;

pub use assumptions::*;
pub use channels::*;
pub use evidence::*;
pub use months::*;
pub use question::*;
pub use record::*;
pub use scenario::*;
pub use value::*;

use super::dto;
