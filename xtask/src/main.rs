//! `cargo xtask …`: everything that is done with the repository, from a fresh machine to a package.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task runner prints"
)]

mod bench;
mod bindings;
mod fuzz;
mod icons;
mod package;
mod place;
mod run;
mod screenshots;
mod session;
mod shell;
mod system;
mod task;
mod test;
mod tools;
mod ui;

use std::{env, process::ExitCode};

use task::{Failed, Outcome};

const USAGE: &str = "\
cargo xtask run [--headless] [BOOK]   install what is missing, build, and open the window
cargo xtask test [--only STEP]…       every check and test; `--list` names the steps
cargo xtask bench [forecast]          start-up and memory beside a bare window; or the engine beside numpy
cargo xtask bench slider              how long the forecast in the window takes to follow a slider
cargo xtask bench import              a million rows beside the sqlite3 shell, ten thousand links
cargo xtask fuzz [TARGET]…            arbitrary bytes for every parser; `--seconds N` for each, 60 else
cargo xtask package                   installers for this system, into target/release/bundle
cargo xtask bindings                  the files made from the command list
cargo xtask screenshots               pictures of every area, into docs/images
cargo xtask icons                     every icon size from icons/perennial.svg";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("run") => run::run(rest),
        Some("test") => test::run(rest),
        Some("bench") => bench::run(rest),
        Some("fuzz") => fuzz::run(rest),
        Some("package") => package::run(),
        Some("bindings") => bindings::run(),
        Some("screenshots") => screenshots::run(),
        Some("icons") => icons::run(),
        // What these start inside the session they made.
        Some("__picture") => run::picture(rest),
        Some("__bench") => bench::measure(rest),
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failed::new(format!("Which task?\n\n{USAGE}"))),
    };
    report(outcome)
}

fn report(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("\n{failed}");
            ExitCode::FAILURE
        }
    }
}
