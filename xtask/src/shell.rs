//! The desktop binary.

use std::path::PathBuf;

use crate::{
    place,
    task::{Outcome, cargo, shown},
};

/// Serves the built UI from inside the binary.
pub const FEATURES: &str = "perennial-desktop/custom-protocol";

/// Builds the window and the command line as a person runs them; gives the path of the window's binary.
pub fn build() -> Outcome<PathBuf> {
    shown(cargo().args([
        "build",
        "-p",
        "perennial-desktop",
        "-p",
        "perennial",
        "--features",
        FEATURES,
    ]))?;
    Ok(place::built("perennial-desktop"))
}
