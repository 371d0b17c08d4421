//! The UI: its packages and its build.

use std::{fs, path::Path, time::SystemTime};

use crate::{
    place, system,
    task::{Failed, Outcome, npm, shown},
};

/// Installs the UI's packages where they are not those of the lock file.
pub fn install() -> Outcome {
    system::node()?;
    let ui = place::ui();
    let wanted = changed(&ui.join("package-lock.json"));
    let there = changed(&ui.join("node_modules/.package-lock.json"));
    if there.is_some() && there >= wanted {
        return Ok(());
    }
    // Not `npm ci`: npm leaves optional packages of other platforms out of a lock file (npm/cli#4828), and `ci` then
    // refuses the lock. Without saving, `install` takes the locked versions and leaves the lock file as it is.
    shown(&mut npm(&[
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
    ]))
}

/// Builds the UI where something in it is newer than what was built.
pub fn build() -> Outcome {
    let built = changed(&place::ui().join("dist/index.html"));
    if built.is_some() && built >= newest(&place::ui())? {
        return Ok(());
    }
    shown(&mut npm(&["run", "build"]))
}

/// When the newest source of the UI was changed.
fn newest(folder: &Path) -> Outcome<Option<SystemTime>> {
    let unreadable =
        |error| Failed::new(format!("{} could not be read: {error}.", folder.display()));
    let mut latest = None;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if ["node_modules", "dist", "paraglide", "tests"].contains(&name.as_str()) {
            continue;
        }
        let time = if path.is_dir() {
            newest(&path)?
        } else {
            changed(&path)
        };
        latest = latest.max(time);
    }
    Ok(latest)
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}
