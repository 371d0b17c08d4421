//! Tools the tests need that cargo can install; they go below the target folder.

use std::path::PathBuf;

use crate::{
    place,
    task::{Outcome, cargo, shown},
};

/// Translates between a browser driver and the window.
pub const TAURI_DRIVER: (&str, &str) = ("tauri-driver", "^2");

/// Checks licences, sources and duplicate crates.
pub const CARGO_DENY: (&str, &str) = ("cargo-deny", "^0.20");

/// The tool's path, installing it where it is not there yet.
pub fn have((name, version): (&str, &str)) -> Outcome<PathBuf> {
    let tool = place::tools()
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !tool.is_file() {
        // A debug build is compiled in a third of the time, and these tools wait for others anyway.
        shown(
            cargo()
                .args([
                    "install",
                    name,
                    "--version",
                    version,
                    "--locked",
                    "--debug",
                    "--quiet",
                    "--root",
                ])
                .arg(place::tools())
                .env("CARGO_TARGET_DIR", place::tools().join("build")),
        )?;
    }
    Ok(tool)
}
