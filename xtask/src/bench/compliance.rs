//! `bench compliance`: how long the checks take, in a process and on the command line.

use std::{fmt::Write as _, fs, process::Command, time::Instant};

use crate::{
    place,
    task::{Failed, Outcome, cargo, read, shown},
};

/// Runs of the command line; the first warms the caches and is not counted.
const RUNS: usize = 10;
/// The command line is to answer on a small text within this many milliseconds.
const AIM: u128 = 300;

/// Builds, measures, and prints the table.
pub fn run() -> Outcome {
    let mut table = String::from("\n| What | Aim | Median |\n|---|---|---|\n");
    read(
        cargo().args([
            "bench",
            "--quiet",
            "-p",
            "perennial-compliance",
            "--bench",
            "speed",
        ]),
        |line| {
            let cells: Vec<&str> = line.split('\t').collect();
            if let ["job", name, took, aim] = cells[..] {
                let _ = writeln!(table, "| {name} | under {} ms | {} ms |", ms(aim), ms(took));
            }
        },
    )?;
    shown(cargo().args(["build", "--quiet", "--release", "-p", "perennial"]))?;
    let folder = place::target().join("bench");
    let text = folder.join("compliance.txt");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&text, "I moved my pages: https://try.kartra.com/abc\n"))
        .map_err(|error| Failed::new(format!("{} cannot be written: {error}.", text.display())))?;
    let binary = place::target().join("release").join("perennial");
    let mut took = Vec::new();
    for _ in 0..=RUNS {
        let start = Instant::now();
        Command::new(&binary)
            .args(["--json", "compliance", "text"])
            .arg(&text)
            .args(["--channel", "blog"])
            .output()
            .map_err(|error| {
                Failed::new(format!("{} does not start: {error}.", binary.display()))
            })?;
        took.push(start.elapsed());
    }
    took.remove(0);
    took.sort_unstable();
    if let Some(median) = took.get(RUNS / 2) {
        println!(
            "{table}| `perennial compliance text` on a small file | under {AIM} ms | {} ms |",
            median.as_millis()
        );
    }
    Ok(())
}

/// Microseconds as milliseconds with one digit.
fn ms(micros: &str) -> String {
    let micros: u64 = micros.parse().unwrap_or_default();
    if micros.is_multiple_of(1000) {
        (micros / 1000).to_string()
    } else {
        format!("{}.{}", micros / 1000, micros % 1000 / 100)
    }
}
