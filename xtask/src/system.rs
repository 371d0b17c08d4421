//! What has to be on the machine. On Debian and Ubuntu it is installed, elsewhere it is named.

use std::{fs, process::Command};

use crate::task::{Failed, Outcome, asked, found, program, shown};

/// Packages the build needs.
pub const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libxdo-dev",
    "libdbus-1-dev",
    "file",
];

/// Packages that show the window where there is no screen.
pub const HEADLESS: &[&str] = &["xvfb", "xauth", "dbus", "imagemagick", "fonts-dejavu-core"];

/// Packages the tests need beside these.
pub const TEST: &[&str] = &["webkit2gtk-driver", "gnome-keyring", "chromium"];

/// What other systems call it.
const ELSEWHERE: &str = "\
This system's packages are not known here. Please install what Tauri 2 needs (https://v2.tauri.app/start/prerequisites):
  Fedora:  webkit2gtk4.1-devel gtk3-devel librsvg2-devel libappindicator-gtk3-devel libxdo-devel dbus-devel gcc-c++ file
  Arch:    webkit2gtk-4.1 gtk3 librsvg libappindicator-gtk3 xdotool dbus base-devel file
  macOS:   xcode-select --install
  Windows: Microsoft C++ Build Tools (with “Desktop development with C++”); WebView2 is part of Windows 10 and later";

/// Sees to it that the packages are there.
pub fn packages(groups: &[&[&str]]) -> Outcome {
    if cfg!(not(target_os = "linux")) {
        // Both bring their web view; the compiler is what could be missing, and then Rust could not have built this.
        return Ok(());
    }
    if !is_debian() {
        if asked(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1", "gtk+-3.0"]))
            .is_none()
        {
            return Err(Failed::new(ELSEWHERE));
        }
        return Ok(());
    }
    let missing: Vec<&str> = groups
        .iter()
        .flat_map(|group| group.iter().copied())
        .filter(|name| !installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!(
        "Installing the system packages that are missing: {}",
        missing.join(" ")
    );
    let as_root = asked(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !as_root && !found("sudo") {
        return Err(Failed::new(format!(
            "These packages are missing and there is no sudo here. As root, run:\n  apt-get install {}",
            missing.join(" ")
        )));
    }
    // Package lists may be older than the packages: fetch them first, and go on with the old ones where that fails.
    if let Err(failed) = shown(privileged(as_root).args(["apt-get", "update", "-q"])) {
        println!("  {failed} Going on with the package lists that are here.");
    }
    shown(
        privileged(as_root)
            .args([
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "install",
                "-y",
                "-q",
                "--no-install-recommends",
            ])
            .args(&missing),
    )
}

/// Sees to it that Node.js is there and new enough.
pub fn node() -> Outcome {
    const NEEDED: (u32, u32) = (20, 19);
    let said = asked(Command::new("node").arg("--version"));
    let version = said.as_deref().and_then(|text| {
        let mut parts = text.trim_start_matches('v').split('.');
        Some((
            parts.next()?.parse::<u32>().ok()?,
            parts.next()?.parse::<u32>().ok()?,
        ))
    });
    match version {
        Some(version) if version >= NEEDED => Ok(()),
        _ => Err(Failed::new(format!(
            "Node.js {}.{} or newer is needed to build the window, and {} is here. Get it from https://nodejs.org.",
            NEEDED.0,
            NEEDED.1,
            said.as_deref().unwrap_or("none")
        ))),
    }
}

fn privileged(as_root: bool) -> Command {
    // `env` takes the words that follow as a command, so both ways read the same.
    let mut command = program(if as_root { "env" } else { "sudo" });
    if !as_root {
        // A password may have to be typed.
        command.stdin(std::process::Stdio::inherit());
    }
    command
}

fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .any(|value| {
            value
                .trim_matches('"')
                .split(' ')
                .any(|word| word == "debian" || word == "ubuntu")
        })
        && found("dpkg-query")
}

fn installed(package: &str) -> bool {
    let mut command = Command::new("dpkg-query");
    asked(command.args(["--show", "--showformat=${db:Status-Status}", package])).as_deref()
        == Some("installed")
}
