//! Pictures of every area, for the README and the guide.

use crate::{
    place, session,
    shell::WHOLE,
    system,
    task::{Outcome, cargo, shown},
    tools, ui,
};

/// Drives the window through every area on a sample book and keeps a picture of each.
pub fn run() -> Outcome {
    system::packages(&[system::BUILD, system::HEADLESS, system::TEST])?;
    ui::install()?;
    ui::build()?;
    shown(cargo().arg("build").args(WHOLE))?;
    let driver = tools::have(tools::TAURI_DRIVER)?;
    shown(
        session::headless()
            .arg(place::built("pictures"))
            .env("PERENNIAL_WINDOW", place::built("perennial-desktop"))
            .env("PERENNIAL_CLI", place::built("perennial"))
            .env("PERENNIAL_DRIVER", driver)
            // Without the composer the driver waits for a picture in vain.
            .env("PERENNIAL_PAINTING", "composed")
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
