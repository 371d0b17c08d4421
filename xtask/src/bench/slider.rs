//! `bench slider`: how long the forecast in the real window takes to follow a slider, and its ranges after it.

use std::fs;

use crate::{
    place, session, system,
    task::{Failed, Outcome, cargo, shown},
    tools, ui,
};

/// Builds the window as it is shipped, moves a slider in it, and prints the table.
pub fn run() -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err(Failed::new(
            "The driver there is for the window works on Linux; run it there.",
        ));
    }
    system::packages(&[system::BUILD, system::HEADLESS, system::TEST])?;
    ui::install()?;
    ui::build()?;
    shown(cargo().args([
        "build",
        "--release",
        "-p",
        "perennial-desktop",
        "-p",
        "perennial",
        "-p",
        "perennial-e2e",
        "--features",
        "perennial-desktop/custom-protocol",
    ]))?;
    let driver = tools::have(tools::TAURI_DRIVER)?;
    let folder = place::target().join("bench");
    let result = folder.join("slider.md");
    let unwritten = |error: std::io::Error| Failed::new(format!("{}: {error}.", result.display()));
    fs::create_dir_all(&folder).map_err(unwritten)?;
    let release = place::target().join("release");
    shown(
        session::headless()
            .arg(release.join("slider"))
            .env("PERENNIAL_WINDOW", release.join("perennial-desktop"))
            .env("PERENNIAL_CLI", release.join("perennial"))
            .env("PERENNIAL_DRIVER", driver)
            .env("PERENNIAL_PICTURES", place::target().join("pictures"))
            .env("PERENNIAL_RESULT", &result),
    )?;
    let table = fs::read_to_string(&result).map_err(unwritten)?;
    print!("\n{table}");
    Ok(())
}
