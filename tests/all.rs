//! One binary for everything that is tested from outside: the command line, journeys, the walls between the rooms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod cli;
mod support;
mod tidy;
