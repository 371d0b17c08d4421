use std::{fmt, path::PathBuf};

use thiserror::Error;

/// What went wrong while driving the window.
#[derive(Error)]
pub enum Trouble {
    /// The environment does not say where a program is.
    #[error("{0} is not set; run these with `cargo xtask test --only window`")]
    NotSet(&'static str),
    /// Something did not come about in time.
    #[error("waited in vain for {what}\n  picture: {}\n  on the window:\n{text}", picture.display())]
    InVain {
        /// What was waited for.
        what: String,
        /// Where a picture of the window is.
        picture: PathBuf,
        /// The text on the window.
        text: String,
    },
    /// The driver did not start or did not answer.
    #[error("the driver: {0}")]
    Driver(String),
    /// The window refused a command.
    #[error(transparent)]
    Window(#[from] fantoccini::error::CmdError),
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
}

impl fmt::Debug for Trouble {
    /// The same words: it is what a test that fails prints.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How a step ended.
pub type Outcome<T = ()> = Result<T, Trouble>;
