//! One module for each noun.

pub mod channel;
pub mod program;

use crate::{
    args::Command,
    context::{Context, Outcome},
};
use perennial_app::Failure;

/// Runs a command.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Program(command) => program::run(command, context),
        Command::Channel(command) => channel::run(command, context),
    }
}
