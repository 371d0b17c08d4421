//! What the steps do.

use super::{Step, count::Count, keychain};
use crate::{
    place, session,
    shell::WHOLE,
    system,
    task::{Outcome, cargo, npm, program, read, shown},
    tools, ui,
};

/// Every step, cheapest first.
pub const ALL: &[Step] = &[
    Step {
        name: "system",
        about: "the packages of the system",
        run: packages,
    },
    Step {
        name: "format",
        about: "the Rust code is formatted",
        run: format,
    },
    Step {
        name: "ui",
        about: "the UI: lint, types, unit tests",
        run: ui_checks,
    },
    Step {
        name: "ui-build",
        about: "the UI is built",
        run: ui_build,
    },
    Step {
        name: "screens",
        about: "the UI's screens in a browser, with accessibility checks",
        run: screens,
    },
    Step {
        name: "deny",
        about: "licences, sources and duplicates of the crates",
        run: deny,
    },
    Step {
        name: "clippy",
        about: "the Rust code has no warnings",
        run: clippy,
    },
    Step {
        name: "build",
        about: "everything is built, the window included",
        run: build,
    },
    Step {
        name: "rust",
        about: "the Rust tests",
        run: rust,
    },
    Step {
        name: "keychain",
        about: "the keychain, against a real one",
        run: keychain::run,
    },
    Step {
        name: "window",
        about: "journeys in the real window",
        run: window,
    },
];

fn packages(_: &mut Count) -> Outcome {
    system::packages(&[system::BUILD, system::HEADLESS, system::TEST])?;
    system::node()
}

fn format(_: &mut Count) -> Outcome {
    shown(cargo().args(["fmt", "--all", "--", "--check"]))
}

fn ui_checks(count: &mut Count) -> Outcome {
    ui::install()?;
    shown(&mut npm(&["run", "lint"]))?;
    shown(&mut npm(&["run", "check"]))?;
    read(npm(&["test"]).env("NO_COLOR", "1"), |line| {
        count.vitest(line);
    })
}

fn ui_build(_: &mut Count) -> Outcome {
    ui::install()?;
    ui::build()
}

fn screens(count: &mut Count) -> Outcome {
    ui::install()?;
    read(npm(&["run", "test:browser"]).env("NO_COLOR", "1"), |line| {
        count.vitest(line);
    })
}

fn deny(_: &mut Count) -> Outcome {
    let tool = tools::have(tools::CARGO_DENY)?;
    // The advisory database is on the network; what is checked here has to hold without one.
    shown(program(tool).args(["--workspace", "check", "bans", "licenses", "sources"]))
}

fn clippy(_: &mut Count) -> Outcome {
    ui_build(&mut Count::default())?;
    shown(
        cargo()
            .arg("clippy")
            .args(WHOLE)
            .args(["--all-targets", "--", "-D", "warnings"]),
    )
}

fn build(_: &mut Count) -> Outcome {
    ui_build(&mut Count::default())?;
    shown(cargo().arg("build").args(WHOLE).arg("--all-targets"))
}

fn rust(count: &mut Count) -> Outcome {
    ui_build(&mut Count::default())?;
    read(cargo().arg("test").args(WHOLE), |line| count.cargo(line))
}

fn window(count: &mut Count) -> Outcome {
    build(&mut Count::default())?;
    let driver = tools::have(tools::TAURI_DRIVER)?;
    let mut command = session::headless();
    command
        .arg(cargo().get_program())
        .arg("test")
        .args(WHOLE)
        .args([
            "--test",
            "journeys",
            "--",
            "--ignored",
            "--test-threads",
            "1",
        ])
        .env("PERENNIAL_WINDOW", place::built("perennial-desktop"))
        .env("PERENNIAL_DRIVER", driver)
        .env("PERENNIAL_PICTURES", place::target().join("pictures"));
    read(&mut command, |line| count.cargo(line))
}
