//! The keychain tests, each group in a session of its own: with an unlocked keychain, a locked one, and none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::count::Count;
use crate::{
    place,
    task::{Failed, Outcome, cargo, program, read},
};

/// Runs the three groups.
pub fn run(count: &mut Count) -> Outcome {
    // The daemon stays in the foreground, so that it ends with the session; its first words come when it listens.
    group(
        count,
        "open_",
        Some("printf password | gnome-keyring-daemon --foreground --unlock --components=secrets"),
    )?;
    group(
        count,
        "locked_",
        Some("gnome-keyring-daemon --foreground --components=secrets </dev/null"),
    )?;
    group(count, "absent_", None)
}

fn group(count: &mut Count, name: &str, daemon: Option<&str>) -> Outcome {
    let home = place::target().join("keychain").join(name);
    let runtime = fresh(&home)?;
    let mut command = if let Some(daemon) = daemon {
        let mut command = program("dbus-run-session");
        command
            .args(["--", "bash", "-c", &script(daemon), "bash"])
            .arg(cargo().get_program());
        command
    } else {
        let mut command = cargo();
        command.env(
            "DBUS_SESSION_BUS_ADDRESS",
            format!("unix:path={}", runtime.join("no-bus").display()),
        );
        command
    };
    inherit_homes(&mut command);
    command
        .arg("test")
        .args(crate::shell::WHOLE)
        .args(["--test", "keychain", "--", "--ignored"])
        .arg(name)
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &runtime);
    let before = count.passed;
    read(&mut command, |line| count.cargo(line))?;
    if count.passed == before {
        return Err(Failed::new(format!(
            "No keychain test is named {name}…: the group would be skipped unseen."
        )));
    }
    Ok(())
}

/// Starts the daemon, waits until it answers on the bus, runs the rest, and ends the daemon.
fn script(daemon: &str) -> String {
    format!(
        "({daemon}) >/dev/null & daemon=$!\n\
         for try in $(seq 100); do\n\
           gdbus_ok=$(dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
             org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -c 'boolean true')\n\
           [ \"$gdbus_ok\" = 1 ] && break\n\
           [ \"$try\" = 100 ] && echo 'The keychain daemon did not start.' >&2 && kill $daemon && exit 1\n\
           sleep 0.1\n\
         done\n\
         \"$@\"; status=$?\n\
         kill $daemon 2>/dev/null\n\
         exit $status"
    )
}

/// An empty home, and the runtime folder in it, which the daemon wants closed to others.
fn fresh(home: &Path) -> Outcome<PathBuf> {
    let cannot = |error: std::io::Error| Failed::new(format!("{}: {error}.", home.display()));
    if home.exists() {
        fs::remove_dir_all(home).map_err(cannot)?;
    }
    let runtime = home.join("run");
    fs::create_dir_all(&runtime).map_err(cannot)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).map_err(cannot)?;
    }
    Ok(runtime)
}

/// Cargo and rustup look into the home unless told where they are.
fn inherit_homes(command: &mut Command) {
    let Some(home) = std::env::home_dir() else {
        return;
    };
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(name).is_none() && home.join(folder).is_dir() {
            command.env(name, home.join(folder));
        }
    }
}
