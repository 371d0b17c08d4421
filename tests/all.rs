//! One binary for everything that is tested from outside: the command line, journeys, the walls between the rooms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::new_without_default,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test that cannot go on fails, and its helpers are nobody's library"
)]

mod cli;
mod support;
mod tidy;
