//! Drives the real window of Perennial, as a person would: by what is written on it.
//!
//! Everything waits for a condition and none for a time; what does not come within [`PATIENCE`] fails with a picture of
//! the window and the text on it. Needs the programs named by the environment, which `cargo xtask test` sets.

#![cfg(target_os = "linux")]

mod driver;
mod error;
mod page;
mod window;

pub use driver::Home;
pub use error::{Outcome, Trouble};
pub use page::{By, Target};
pub use window::Window;

use std::time::Duration;

/// How long anything may take to come about, on a machine that is busy with other things, too.
pub const PATIENCE: Duration = Duration::from_secs(45);
