//! Long work: its progress, and the wish to stop it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// One running piece of work.
#[derive(Debug, Default)]
pub struct Job {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    /// Says how far it is; a total of 0 means not known.
    pub fn report(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Whether it is to stop.
    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The sign that it is to stop, for work that looks at it from several threads.
    pub fn flag(&self) -> &AtomicBool {
        &self.cancelled
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Done so far and the total.
    pub fn progress(&self) -> (u64, u64) {
        (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        )
    }
}

/// The work that runs now, by the name its caller chose.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<String, Arc<Job>>>);

impl Jobs {
    /// Runs work under a name; without a name nobody watches it.
    pub fn run<T>(&self, name: Option<&str>, work: impl FnOnce(&Job) -> T) -> T {
        let job = Arc::new(Job::default());
        if let Some(name) = name {
            self.lock().insert(name.to_owned(), Arc::clone(&job));
        }
        let value = work(&job);
        if let Some(name) = name {
            self.lock().remove(name);
        }
        value
    }

    /// The work of a name, while it runs.
    pub fn get(&self, name: &str) -> Option<Arc<Job>> {
        self.lock().get(name).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
