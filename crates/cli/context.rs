//! What the commands work with.

use crate::args::Arguments;
use crate::output;
use perennial_app::{
    App, Failure, Tries,
    commands::book,
    context::{Gateway, Limits, SystemClock},
    platform,
};
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
            app: App::new(Box::new(SystemClock), secrets)
                .with_gateway(gateway())
                .with_tries(Tries::in_folder(platform::failed_syncs())),
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

/// The way out to the networks. `PERENNIAL_HTTP_LIMITS` replaces some of its bounds, for slow lines and for tests.
fn gateway() -> Gateway {
    let Ok(text) = std::env::var("PERENNIAL_HTTP_LIMITS") else {
        return Gateway::default();
    };
    match Limits::parse(&text) {
        Ok(limits) => Gateway::new(limits),
        Err(error) => {
            output::note(&format!("PERENNIAL_HTTP_LIMITS was not used: {error}."));
            Gateway::default()
        }
    }
}
