//! Every icon from the one drawing.

use std::fs;

use crate::{
    place,
    task::{Failed, Outcome, npm, shown},
    ui,
};

/// What the bundles use, of all that the generator makes.
const KEPT: &[&str] = &[
    "32x32.png",
    "64x64.png",
    "128x128.png",
    "128x128@2x.png",
    "icon.png",
    "icon.ico",
    "icon.icns",
];

/// Draws every size and keeps those of desktop systems; the UI gets the drawing itself.
pub fn run() -> Outcome {
    ui::install()?;
    let drawing = place::root().join("icons/perennial.svg");
    let made = place::target().join("icons");
    shown(
        npm(&["exec", "tauri", "icon", "--"])
            .arg(&drawing)
            .arg("--output")
            .arg(&made),
    )?;
    for name in KEPT {
        copy(&made.join(name), &place::root().join("icons").join(name))?;
    }
    copy(&drawing, &place::ui().join("public/favicon.svg"))
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Outcome {
    fs::copy(from, to)
        .map(|_| ())
        .map_err(|error| Failed::new(format!("{} could not be copied: {error}.", from.display())))
}
