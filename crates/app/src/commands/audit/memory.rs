//! The last audit, kept as long as the ledger and the terms stay as they are.

use crate::{App, Failure};
use chrono::NaiveDate;
use perennial_domain::{
    audit::{Audit, Auditor},
    ids::ProgramId,
};
use perennial_store::table::audit;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What is kept between two questions: by the book's file, its state and the day.
#[derive(Default)]
pub struct Memory(Mutex<Option<Kept>>);

struct Kept {
    path: PathBuf,
    commits: u64,
    today: NaiveDate,
    audited: Arc<Audited>,
}

/// An audit, and which programs its numbers stand for.
pub struct Audited {
    /// The programs, in the order of their numbers.
    pub programs: Vec<ProgramId>,
    /// What was found.
    pub audit: Audit,
}

/// The audit of the open book, from memory where it is fresh.
pub fn load(app: &App) -> Result<Arc<Audited>, Failure> {
    let today = app.today()?;
    let book = app.book()?;
    let (path, commits) = (book.path().to_owned(), book.commits());
    if let Some(kept) = lock(app).as_ref()
        && kept.path == path
        && kept.commits == commits
        && kept.today == today
    {
        return Ok(Arc::clone(&kept.audited));
    }
    let audited = Arc::new(app.read(|read| {
        let (ids, programs) = audit::programs(read)?;
        let mut auditor = Auditor::new(programs, today);
        audit::rows(read, &ids, None, |row| auditor.row(row))?;
        Ok(Audited {
            programs: ids,
            audit: auditor.finish(),
        })
    })?);
    *lock(app) = Some(Kept {
        path,
        commits,
        today,
        audited: Arc::clone(&audited),
    });
    Ok(audited)
}

/// Writes what changes neither the ledger nor the terms: the audit stays fresh through it.
pub fn through<T>(app: &App, write: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let book = app.book()?;
    let before = book.commits();
    let done = write()?;
    let after = book.commits();
    if let Some(kept) = lock(app).as_mut()
        && kept.path == book.path()
        && kept.commits == before
        && after == before + 1
    {
        kept.commits = after;
    }
    Ok(done)
}

fn lock(app: &App) -> MutexGuard<'_, Option<Kept>> {
    app.audits.0.lock().unwrap_or_else(PoisonError::into_inner)
}
