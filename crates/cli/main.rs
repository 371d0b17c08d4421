//! `perennial`: every use case of the window, from the command line.
//!
//! Standard output carries the answer, standard error everything else. Exit status: 0 done, 1 done with findings,
//! 2 usage, 3 input refused, 4 a resource failed.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::doc_markdown,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines,
    reason = "a command line prints text piece by piece, its docs are its help, and its commands are tables of arms"
)]

mod args;
mod commands;
mod context;
mod output;
mod watch;

use args::Arguments;
use clap::Parser as _;
use context::{Context, Outcome};
use perennial_app::{Code, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = perennial_app::serve() {
        return ended;
    }
    let json = std::env::args_os().any(|argument| argument == "--json");
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, json),
    };
    let json = arguments.json;
    let context = Context::new(&arguments);
    match commands::run(arguments.command, &context) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            output::failure(&failure, json);
            exit_code(&failure)
        }
    }
}

fn exit_code(failure: &Failure) -> ExitCode {
    ExitCode::from(match failure.kind() {
        Code::Usage => 2,
        Code::Refused => 3,
        Code::Resource => 4,
    })
}

/// Help and version are answers; anything else that clap says is wrong use.
fn usage(error: &clap::Error, json: bool) -> ExitCode {
    if !error.use_stderr() {
        // Nothing can be said where standard output is closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let failure = Failure::new(Code::Usage, "usage", error.to_string().trim_end())
        .hint("Run `perennial --help`, or `--help` after a command.");
    if json {
        output::failure(&failure, true);
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}
