//! `test`: every check and every test, in the order in which a mistake is found soonest.

mod count;
mod keychain;
mod steps;

use std::time::{Duration, Instant};

use crate::task::{Failed, Outcome};
use count::Count;

/// One step: its name, what it is for, and how it is done.
pub struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&mut Count) -> Outcome,
}

/// Runs all steps, or those named by `--only`; stops at the first that fails.
pub fn run(arguments: &[String]) -> Outcome {
    let chosen = chosen(arguments)?;
    if chosen.is_empty() {
        for step in steps::ALL {
            println!("{:<10} {}", step.name, step.about);
        }
        return Ok(());
    }
    let mut count = Count::default();
    let mut done: Vec<(&str, Duration, Count)> = Vec::new();
    let mut failed = None;
    for step in chosen {
        println!("\n── {}: {}", step.name, step.about);
        let begun = Instant::now();
        let before = count;
        let outcome = (step.run)(&mut count);
        if count == before {
            // A check without tests of its own counts as one.
            if outcome.is_ok() {
                count.passed += 1;
            } else {
                count.failed += 1;
            }
        }
        if outcome.is_err() && count.failed == before.failed {
            count.failed += 1;
        }
        done.push((step.name, begun.elapsed(), count.since(before)));
        if let Err(error) = outcome {
            failed = Some((step.name, error));
            break;
        }
    }
    println!("\n── summary");
    for (name, time, part) in &done {
        println!(
            "{name:<10} {:>6.1} s   {} passed, {} failed",
            time.as_secs_f64(),
            part.passed,
            part.failed
        );
    }
    let outcome = match failed {
        None => Ok(()),
        Some((name, error)) => {
            println!(
                "\nThe step “{name}” failed: {error}\nRun it alone with `cargo xtask test --only {name}`."
            );
            Err(Failed::new("Not everything is right."))
        }
    };
    println!("{} passed, {} failed", count.passed, count.failed);
    outcome
}

/// The steps the caller wants; none where they are to be listed.
fn chosen(arguments: &[String]) -> Outcome<Vec<&'static Step>> {
    let mut names = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--list" => return Ok(Vec::new()),
            "--only" => names.extend(rest.next().into_iter().flat_map(|list| list.split(','))),
            other => {
                return Err(Failed::new(format!(
                    "`test` does not know {other}; it knows --only STEP and --list."
                )));
            }
        }
    }
    for name in &names {
        if !steps::ALL.iter().any(|step| step.name == *name) {
            return Err(Failed::new(format!(
                "There is no step “{name}”; `cargo xtask test --list` names them."
            )));
        }
    }
    Ok(steps::ALL
        .iter()
        .filter(|step| names.is_empty() || names.contains(&step.name))
        .collect())
}
