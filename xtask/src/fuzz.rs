//! `fuzz`: arbitrary bytes for every parser, guided by which code they reach.
//!
//! The compiler that builds everything else builds this too: coverage is a pass of its code generator that needs no
//! special version. A build of its own folder keeps it from the others.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    place,
    task::{Failed, Outcome, asked, cargo, shown},
};

/// Seconds for each target where none are given.
const SECONDS: &str = "60";
/// Memory that one input may need, in MB; the reader of files promises far less.
const MEMORY: &str = "1024";
/// Seconds that one input may take, by the clock on the wall: the machine may be busy with something else. All targets
/// need less than one.
const PATIENCE: &str = "60";
/// Longest input, in bytes.
const LENGTH: &str = "8192";

/// What makes the program tell which code an input reached.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions=yes -Coverflow-checks=yes";

/// Runs all targets, or those named, one after the other; stops at the first that fails.
pub fn run(arguments: &[String]) -> Outcome {
    let known = targets()?;
    let mut seconds = SECONDS.to_owned();
    let mut named = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seconds" => {
                let given = rest.next().filter(|text| text.parse::<u32>().is_ok());
                seconds.clone_from(
                    given.ok_or_else(|| Failed::new("`--seconds` needs a whole number."))?,
                );
            }
            name if known.iter().any(|target| target == name) => named.push(name.to_owned()),
            other => {
                return Err(Failed::new(format!(
                    "`fuzz` does not know {other}; its targets are {}.",
                    known.join(", ")
                )));
            }
        }
    }
    let folder = place::target().join("fuzz");
    let program = build(&folder)?;
    for target in if named.is_empty() { &known } else { &named } {
        println!("\n── {target}");
        one(&program, &folder, target, &seconds)?;
    }
    Ok(())
}

/// The names in the table of targets, so that they are written once.
fn targets() -> Outcome<Vec<String>> {
    let path = place::root().join("tests/fuzz/src/main.rs");
    let text = fs::read_to_string(&path)
        .map_err(|error| Failed::new(format!("{}: {error}.", path.display())))?;
    Ok(text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("(\"")?.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect())
}

fn build(folder: &Path) -> Outcome<PathBuf> {
    let host = host()?;
    shown(
        cargo()
            .args(["build", "--release", "-p", "perennial-fuzz", "--target-dir"])
            .arg(folder)
            // Naming the target keeps the flags from what only helps to build, which has no fuzzer to link with.
            .args(["--target", &host])
            .env("RUSTFLAGS", COVERAGE)
            // One unit a crate and no link-time optimisation: the counters of each stay together, the build short.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_STRIP", "none"),
    )?;
    Ok(folder
        .join(host)
        .join("release")
        .join(format!("perennial-fuzz{}", std::env::consts::EXE_SUFFIX)))
}

/// The compiler's name for this machine.
fn host() -> Outcome<String> {
    asked(Command::new("rustc").arg("-vV"))
        .and_then(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("host: "))
                .map(str::to_owned)
        })
        .ok_or_else(|| Failed::new("`rustc -vV` does not name this machine."))
}

fn one(program: &Path, folder: &Path, target: &str, seconds: &str) -> Outcome {
    let corpus = folder.join("corpus").join(target);
    let found = folder.join("found");
    for new in [&corpus, &found] {
        fs::create_dir_all(new)
            .map_err(|error| Failed::new(format!("{}: {error}.", new.display())))?;
    }
    let prefix = format!("-artifact_prefix={}/{target}-", found.display());
    // A target's own examples, and files that somebody once had.
    let own = place::root().join("tests/fuzz/seeds").join(target);
    let seeds = place::root().join("tests/fixtures");
    shown(
        Command::new(program)
            .current_dir(folder)
            .env("PERENNIAL_FUZZ", target)
            .args([corpus.as_os_str(), seeds.as_os_str()])
            .args(own.is_dir().then_some(own.as_os_str()))
            .arg(&prefix)
            .args([
                format!("-max_total_time={seconds}"),
                format!("-rss_limit_mb={MEMORY}"),
                format!("-timeout={PATIENCE}"),
                format!("-max_len={LENGTH}"),
                "-print_final_stats=1".to_owned(),
                "-verbosity=1".to_owned(),
            ]),
    )
}
