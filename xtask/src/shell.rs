//! The desktop binary.

use std::path::PathBuf;

use crate::{
    place,
    task::{Outcome, cargo, shown},
};

/// Serves the built UI from inside the binary.
const FEATURES: &str = "perennial-desktop/custom-protocol";

/// The whole workspace. Who checks and tests always takes these packages and features, so that cargo builds each crate
/// once.
pub const WHOLE: [&str; 3] = ["--workspace", "--features", FEATURES];

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
