//! Where things lie.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub fn root() -> &'static Path {
    // The folder of this crate is one below it.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// The folder of the UI.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Where tools that tests need are installed, so that the machine's own are left alone.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// A program of this repository, as the development profile builds it.
pub fn built(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
