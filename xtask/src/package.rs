//! Installers.

use crate::{
    place, system,
    task::{Outcome, program, shown},
    ui,
};

/// Builds the installers this system can build.
pub fn run() -> Outcome {
    system::packages(&[system::BUILD, &["rpm"]])?;
    ui::install()?;
    let bundles = if cfg!(target_os = "macos") {
        "app,dmg"
    } else if cfg!(windows) {
        "msi,nsis"
    } else {
        "deb,rpm"
    };
    // From the root: there it finds the shell and the UI both.
    let tauri = place::ui().join("node_modules/@tauri-apps/cli/tauri.js");
    shown(
        program("node")
            .arg(tauri)
            .args(["build", "--bundles", bundles]),
    )?;
    println!(
        "\nThe installers are in {}.",
        place::target().join("release/bundle").display()
    );
    Ok(())
}
