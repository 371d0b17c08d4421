//! Perennial's use cases. The window and the command line call the same bodies in [`commands`]; what crosses the
//! boundary is in [`dto`]; the one list of commands is [`for_each_command`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod bindings;
mod command_list;
pub mod commands;
pub mod context;
pub mod dto;
pub mod error;
pub mod files;
pub mod jobs;
pub mod platform;
pub mod privacy;
mod tries;

pub use context::App;
pub use error::{Code, Failure};
pub use tries::Tries;

/// Serves as a reader of workbooks where the process was started as one; its exit status then. Every executable calls
/// this first thing, before it opens or shows anything.
pub fn serve() -> Option<std::process::ExitCode> {
    perennial_connectors::csv::workbook::serve()
}

/// The keychain of the operating system, for those who put an application together.
pub fn keychain() -> perennial_secrets::Keychain {
    perennial_secrets::Keychain::new()
}
