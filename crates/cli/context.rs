//! What the commands work with.

use crate::args::Arguments;
use perennial_app::{App, Failure, commands::book, context::SystemClock};
use std::{path::PathBuf, sync::Arc};

/// How a command ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and there is something to look at.
    Findings,
}

/// The application, and what the caller asked for in general.
pub struct Context {
    /// The use cases.
    pub app: App,
    /// One JSON document on standard output.
    pub json: bool,
    book: Option<PathBuf>,
}

impl Context {
    /// The application without a book: commands open it when they need it.
    pub fn new(arguments: &Arguments) -> Self {
        let secrets = Arc::new(perennial_app::keychain());
        Self {
            app: App::new(Box::new(SystemClock), secrets),
            json: arguments.json,
            book: arguments.book.clone(),
        }
    }

    /// The application with the caller's book open.
    ///
    /// # Errors
    /// Where the book cannot be opened.
    pub fn open(&self) -> Result<&App, Failure> {
        if !self.app.has_book() {
            self.app.open(&self.book_path())?;
        }
        Ok(&self.app)
    }

    /// Where the caller's book lies.
    pub fn book_path(&self) -> PathBuf {
        self.book.clone().unwrap_or_else(book::default_path)
    }
}
