//! Long work on a terminal: its progress on standard error, and Ctrl-C.

use crate::context::Context;
use perennial_app::App;
use std::{
    io::{IsTerminal as _, Write as _},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Ctrl-C was pressed.
static STOP: AtomicBool = AtomicBool::new(false);

/// Work that is done sooner says nothing.
const QUIET: Duration = Duration::from_secs(1);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// Runs work under a job's name. Where it takes over a second people are told how far it is; Ctrl-C asks it to stop, so
/// that nothing half-done is left, and a second Ctrl-C ends the program at once.
pub fn watched<T>(context: &Context, app: &App, job: &str, work: impl FnOnce() -> T) -> T {
    // Where the handler cannot be set, Ctrl-C ends the program; an open transaction then never was.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| look(context, app, job, &done));
        let value = work();
        done.store(true, Ordering::SeqCst);
        value
    })
}

fn look(context: &Context, app: &App, job: &str, done: &AtomicBool) {
    let begun = Instant::now();
    let mut said = String::new();
    let live = std::io::stderr().is_terminal();
    while !done.load(Ordering::SeqCst) {
        thread::sleep(LOOK);
        let Some(job) = app.jobs.get(job) else {
            continue;
        };
        if STOP.load(Ordering::SeqCst) {
            job.cancel();
        }
        if context.json || begun.elapsed() < QUIET {
            continue;
        }
        let (read, total) = job.progress();
        let now = match (read * 100).checked_div(total) {
            Some(percent) => format!("{} %", percent.min(100)),
            None => format!("{} s", begun.elapsed().as_secs()),
        };
        if now != said {
            let (before, after) = if live { ("\r", "") } else { ("", "\n") };
            // Nobody may be there to read it.
            let _ = write!(std::io::stderr(), "{before}Reading … {now}{after}");
            said = now;
        }
    }
    if live && !said.is_empty() {
        let _ = writeln!(std::io::stderr());
    }
}
