//! What the use cases work with. Clock, identities, secrets and the book are handed in here; below this point nothing
//! asks the system for them.

use crate::{
    Failure, Tries,
    commands::{audit, forecast::Memory},
    jobs::Jobs,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
pub use perennial_connectors::http::{Gateway, Limits};
use perennial_secrets::SecretStore;
use perennial_store::{Book, Edit, Read, StoreError, Write, table::setting};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use uuid::Uuid;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The system's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Everything the use cases need, and the book that is open.
pub struct App {
    clock: Box<dyn Clock>,
    /// Where keys are kept.
    pub secrets: Arc<dyn SecretStore>,
    /// Work that runs now.
    pub jobs: Jobs,
    /// What forecasts are made from, as long as the book stays as it is.
    pub(crate) forecasts: Memory,
    /// The last audit, as long as the book stays as it is.
    pub(crate) audits: audit::Memory,
    /// The way out to the networks.
    pub gateway: Gateway,
    /// Syncs that fetched nothing, and so wrote nothing into the book.
    pub(crate) tries: Tries,
    /// The executable that takes workbooks apart in a process of its own: one that calls [`crate::serve`] first thing.
    pub reader: PathBuf,
    /// An address that another program handed over and nobody has looked at yet.
    handed: Mutex<Option<String>>,
    book: RwLock<Option<Arc<Book>>>,
    trouble: RwLock<Option<(PathBuf, Failure)>>,
}

impl App {
    /// An application without a book.
    pub fn new(clock: Box<dyn Clock>, secrets: Arc<dyn SecretStore>) -> Self {
        Self {
            clock,
            secrets,
            jobs: Jobs::default(),
            forecasts: Memory::default(),
            audits: audit::Memory::default(),
            gateway: Gateway::default(),
            tries: Tries::default(),
            // Where the system does not say, workbooks cannot be read and everything else can.
            reader: std::env::current_exe().unwrap_or_default(),
            handed: Mutex::default(),
            book: RwLock::default(),
            trouble: RwLock::default(),
        }
    }

    /// The same with another way out to the networks.
    #[must_use]
    pub fn with_gateway(mut self, gateway: Gateway) -> Self {
        self.gateway = gateway;
        self
    }

    /// The same with failed syncs kept where the next process finds them.
    #[must_use]
    pub fn with_tries(mut self, tries: Tries) -> Self {
        self.tries = tries;
        self
    }

    /// Keeps an address that another program handed over until the window asks for it; a newer one takes its place.
    pub fn hand_over(&self, address: String) {
        *self.handed.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    /// Takes the address that waits.
    pub(crate) fn take_handed(&self) -> Option<String> {
        self.handed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new identity: UUIDv7, so that ids made later sort later.
    pub fn id<T: From<Uuid>>(&self) -> T {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        let stamp =
            uuid::Timestamp::from_unix(uuid::NoContext, seconds, now.timestamp_subsec_nanos());
        Uuid::new_v7(stamp).into()
    }

    /// The book's time zone: it decides on which day a sale was made.
    ///
    /// # Errors
    /// Where no book is open or it cannot be read.
    pub fn zone(&self) -> Result<Tz, Failure> {
        let name = self.read(|book| setting::get(book, "time_zone"))?;
        Ok(name.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC))
    }

    /// Today in the book's time zone.
    ///
    /// # Errors
    /// As [`App::zone`].
    pub fn today(&self) -> Result<NaiveDate, Failure> {
        Ok(self.now().with_timezone(&self.zone()?).date_naive())
    }

    /// The open book.
    ///
    /// # Errors
    /// Where none is open.
    pub fn book(&self) -> Result<Arc<Book>, Failure> {
        let open = self.book.read().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| {
            Failure::refused("book.none", "No book is open.").hint("Open one, or make a new one.")
        })
    }

    /// Whether a book is open.
    pub fn has_book(&self) -> bool {
        self.book
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Opens a book in place of the one that is open.
    ///
    /// # Errors
    /// Where it cannot be opened; the one that is open stays open.
    pub fn open(&self, path: &Path) -> Result<(), Failure> {
        self.set_book(Some(Book::open(path, self.now().date_naive())?));
        Ok(())
    }

    /// Opens the book that was open last. Where that fails, the application starts without one and [`App::trouble`]
    /// says why.
    pub fn start_with(&self, path: &Path) {
        if let Err(failure) = self.open(path) {
            *self.trouble.write().unwrap_or_else(PoisonError::into_inner) =
                Some((path.to_owned(), failure));
        }
    }

    /// The book that could not be opened at the start, and why, while none is open.
    pub fn trouble(&self) -> Option<(PathBuf, Failure)> {
        if self.has_book() {
            return None;
        }
        self.trouble
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes a book, or closes the one that is open.
    pub fn set_book(&self, book: Option<Book>) {
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = book.map(Arc::new);
    }

    /// Reads a snapshot of the book.
    ///
    /// # Errors
    /// Where no book is open, or what `f` returns.
    pub fn read<T>(
        &self,
        f: impl FnOnce(&Read<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        Ok(self.book()?.read(f)?)
    }

    /// Writes a person's edit, recorded in the history under `label` (`Made 5 links`).
    ///
    /// # Errors
    /// Where no book is open, or what `f` returns; nothing is kept then.
    pub fn edit<T>(
        &self,
        label: impl Into<String>,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        let edit = Edit {
            id: self.id(),
            at: self.now(),
            label: label.into(),
        };
        Ok(self.book()?.edit(&edit, f)?)
    }

    /// Writes what is nobody's personal edit: a batch, a cursor.
    ///
    /// # Errors
    /// As [`App::edit`].
    pub fn write<T>(
        &self,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        Ok(self.book()?.write(f)?)
    }
}
