//! Arbitrary bytes for every parser: whatever comes in, an answer or a refusal comes out, and nothing panics.
//!
//! `cargo xtask fuzz` builds this with coverage and runs one target after the other. The target is named by
//! `PERENNIAL_FUZZ`; one program for all of them links once.
#![no_main]

mod conduct;
mod documents;
mod networks;
mod reports;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

/// What is done with the bytes.
type Target = fn(&[u8]);

/// Every target by its name. `cargo xtask fuzz` reads the names from here.
const TARGETS: &[(&str, Target)] = &[
    ("report", reports::report),
    ("cells", reports::cells),
    ("networks", networks::pages),
    ("json", networks::json),
    ("messages", networks::messages),
    ("scenario", documents::scenario),
    ("fit", documents::fit),
    ("survival", documents::survival),
    ("residual", documents::residual),
    ("schedule", documents::schedule),
    ("mapping", documents::mapping),
    ("program", documents::program),
    ("address", documents::address),
    ("mail", documents::mail),
    ("book", documents::book),
    ("text", conduct::text),
    ("keywords", conduct::keywords),
    ("page", conduct::page),
];

fn chosen() -> Target {
    static CHOSEN: OnceLock<Target> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let name = std::env::var("PERENNIAL_FUZZ").unwrap_or_default();
        TARGETS
            .iter()
            .find(|(target, _)| *target == name)
            .map(|(_, target)| *target)
            .unwrap_or_else(|| panic!("PERENNIAL_FUZZ names no target: {name:?}"))
    })
}

fuzz_target!(|data: &[u8]| chosen()(data));

/// Splits the bytes at zeros: targets that take several texts are given them so.
fn parts(data: &[u8]) -> impl Iterator<Item = String> {
    data.split(|byte| *byte == 0)
        .map(|part| String::from_utf8_lossy(part).into_owned())
}
