//! The files made from the command list.

use crate::{
    place,
    task::{Outcome, cargo, shown},
};

/// Writes them where they are stale.
pub fn run() -> Outcome {
    shown(
        cargo()
            .args([
                "run",
                "--quiet",
                "-p",
                "perennial-app",
                "--example",
                "bindings",
                "--",
            ])
            .arg(place::root()),
    )
}
