//! Pictures of every area, for the README and the guide.

use crate::{
    place, session, shell, system,
    task::{Outcome, cargo, shown},
    tools, ui,
};

/// Drives the window through every area on a sample book and keeps a picture of each.
pub fn run() -> Outcome {
    system::packages(&[system::BUILD, system::HEADLESS, system::TEST])?;
    ui::install()?;
    ui::build()?;
    let window = shell::build()?;
    let driver = tools::have(tools::TAURI_DRIVER)?;
    shown(
        session::headless()
            .arg(cargo().get_program())
            .args(["run", "-p", "perennial-e2e", "--bin", "pictures"])
            .env("PERENNIAL_WINDOW", window)
            .env("PERENNIAL_CLI", place::built("perennial"))
            .env("PERENNIAL_DRIVER", driver)
            .env("PERENNIAL_PICTURES", place::target().join("pictures"))
            .env(
                "PERENNIAL_PICTURES_LARGE",
                place::root().join("docs/images"),
            )
            .env(
                "PERENNIAL_PICTURES_SMALL",
                place::root().join("screenshots"),
            ),
    )
}
