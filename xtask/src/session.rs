//! A desktop session where there is none: a message bus and a screen in memory.

use std::{path::Path, process::Command};

use crate::task::program;

/// The size of the screen in memory, and of the window on it.
pub const SCREEN: (u32, u32) = (1280, 800);

/// Whether there is a screen to open a window on.
pub fn has_display() -> bool {
    if cfg!(not(target_os = "linux")) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A command that runs what is added to it inside a session of its own, which ends with it.
pub fn headless() -> Command {
    session("")
}

/// The same, with what is on the screen kept in a file below a folder.
pub fn headless_on(folder: &Path) -> Command {
    session(&format!(" -fbdir {}", folder.display()))
}

fn session(more: &str) -> Command {
    let mut command = program("dbus-run-session");
    command.args([
        "--",
        "xvfb-run",
        "-a",
        "-s",
        &format!("-screen 0 {}x{}x24{more}", SCREEN.0, SCREEN.1),
    ]);
    // The session must not meet the one it was started from, and nobody listens to its screen reader bus.
    command.env("NO_AT_BRIDGE", "1");
    command
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS");
    command
}
