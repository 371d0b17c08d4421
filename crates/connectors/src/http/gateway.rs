//! Where connections get their client from.

use super::{
    Base, Credential, Guarded, Http, HttpError, Limits, Pace, Rate, SystemPace, Turnstile,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Makes a client for a base address and a key.
type Dial = dyn Fn(Base, Credential, Limits) -> Result<Box<dyn Http>, HttpError> + Send + Sync;

/// The way out, handed in: the guarded client and real time, or a test's own.
#[derive(Clone)]
pub struct Gateway {
    /// The bounds of every request.
    pub limits: Limits,
    pace: Arc<dyn Pace>,
    dial: Arc<Dial>,
    turnstiles: Arc<Mutex<HashMap<String, Arc<Turnstile>>>>,
}

impl Gateway {
    /// The guarded client and real time.
    pub fn new(limits: Limits) -> Self {
        let dial = |base, key, limits| {
            Guarded::new(base, key, limits).map(|client| Box::new(client) as Box<dyn Http>)
        };
        Self::with(limits, Arc::new(SystemPace::default()), dial)
    }

    /// Another way out, for tests.
    pub fn with(
        limits: Limits,
        pace: Arc<dyn Pace>,
        dial: impl Fn(Base, Credential, Limits) -> Result<Box<dyn Http>, HttpError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            limits,
            pace,
            dial: Arc::new(dial),
            turnstiles: Arc::default(),
        }
    }

    /// A client that sends this key to this address alone.
    ///
    /// # Errors
    /// Where it cannot be set up.
    pub fn open(&self, base: Base, key: Credential) -> Result<Box<dyn Http>, HttpError> {
        (self.dial)(base, key, self.limits.clone())
    }

    /// The turnstile of an account at a network. It is the same each time, so that two syncs in a row do not ask more
    /// than one may.
    pub fn turnstile(&self, account: &str, rate: Rate) -> Arc<Turnstile> {
        let mut turnstiles = self
            .turnstiles
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let turnstile = turnstiles
            .entry(account.to_owned())
            .or_insert_with(|| Arc::new(Turnstile::new(rate)));
        Arc::clone(turnstile)
    }

    /// Waiting and chance.
    pub fn pace(&self) -> &dyn Pace {
        &*self.pace
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}
