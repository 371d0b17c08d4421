//! The one way out to the networks.
//!
//! [`Guarded`] does one request under guard: deadlines, a byte cap while it streams, JSON demanded, redirects only
//! within the same scheme, host and port, and the key sent nowhere else. [`Line`] adds patience: what may pass by
//! itself is asked again, with growing pauses. Everything above speaks to the [`Http`] and [`Pace`] traits, so tests
//! need neither a network nor time.

mod base;
mod body;
mod credential;
mod gateway;
mod guarded;
mod limits;
mod patience;
mod turnstile;

pub use base::Base;
pub use credential::Credential;
pub use gateway::Gateway;
pub use guarded::Guarded;
pub use limits::{Limits, LimitsError};
pub use patience::{Event, Line, Pace, SystemPace, Tally};
pub use turnstile::{Rate, Turnstile};

use std::time::Duration;
use thiserror::Error;

/// How a network wants its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// `Authorization: Basic`, the account as the user and the key as the password.
    Basic(String),
    /// A header of the network's own.
    Header(&'static str),
    /// Fields of the form, in this order; the key is these parts with `:` between them.
    Form(&'static [&'static str]),
}

/// What a POST carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A JSON document.
    Json(String),
    /// A form.
    Form(Vec<(String, String)>),
}

/// One question to a network. It never holds the key: the client adds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Below the base address: `/rewards`.
    pub path: String,
    /// Query parameters, in order.
    pub query: Vec<(&'static str, String)>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// In place of path and query: an address that the network itself gave. It is followed within the same scheme, host
    /// and port alone.
    pub reference: Option<String>,
    /// A body makes it a POST; else it is a GET. Either way it must be safe to repeat.
    pub body: Option<Body>,
    /// How the key is sent.
    pub auth: Auth,
}

impl Request {
    /// A GET with the key as a bearer token.
    pub fn get(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            reference: None,
            body: None,
            auth: Auth::Bearer,
        }
    }

    /// A GET of an address that the network itself gave, whole or as a path.
    pub fn follow(reference: &str) -> Self {
        let path = reference.split('?').next().unwrap_or_default();
        Self {
            reference: Some(reference.to_owned()),
            ..Self::get(path)
        }
    }

    /// A POST to the base address itself.
    pub fn post(body: Body) -> Self {
        Self {
            body: Some(body),
            ..Self::get("")
        }
    }

    /// The same with the key sent in another way.
    #[must_use]
    pub fn signed(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// The same with a further header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same with one more query parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.query.push((name, value.to_string()));
        self
    }
}

/// Sends one request, once.
pub trait Http: Send + Sync {
    /// The JSON text of the answer. `stop` is asked now and then; true ends the wait.
    ///
    /// # Errors
    /// See [`HttpError`].
    fn send(&self, request: &Request, stop: &dyn Fn() -> bool) -> Result<String, HttpError>;
}

/// Why there is no answer. None of these carries any part of a key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpError {
    /// The base address is not one that a key may be sent to.
    #[error("the address was refused: {0}")]
    Address(String),
    /// No connection.
    #[error("the network cannot be reached ({0})")]
    Unreachable(String),
    /// The other side could not prove who it is.
    #[error("no secure connection could be made ({0})")]
    Insecure(String),
    /// Too slow; says which deadline.
    #[error("the network took too long {0}")]
    TimedOut(&'static str),
    /// The connection ended in the middle.
    #[error("the connection broke off ({0})")]
    BrokenOff(&'static str),
    /// The key was not accepted.
    #[error("the network did not accept the key (status {0})")]
    SignIn(u16),
    /// Too many questions, or trouble on the other side.
    #[error("the network is busy or in trouble (status {status})")]
    Busy {
        /// HTTP status.
        status: u16,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// Any other refusal.
    #[error("the network refused the question (status {status}{})", if .says.is_empty() { String::new() } else { format!(": {says}") })]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it said, without anything of the key.
        says: String,
    },
    /// A redirect to another scheme, host or port; it was not followed.
    #[error("the network sent us elsewhere ({0}); that was not followed")]
    Elsewhere(String),
    /// The answer is not JSON.
    #[error("the answer is not JSON but {0}")]
    NotJson(String),
    /// The answer cannot be read.
    #[error("the answer cannot be read ({0})")]
    Unreadable(&'static str),
    /// More bytes than an answer may have.
    #[error("the answer is larger than {0} MiB")]
    TooLarge(usize),
    /// The person asked to stop.
    #[error("stopped")]
    Stopped,
}
