//! Running the built command line on books of its own.

#[path = "support/disorder.rs"]
#[allow(dead_code, reason = "shared with the tests of the use cases")]
mod disorder;
#[path = "support/loopback.rs"]
#[allow(dead_code, reason = "shared with the tests of the use cases")]
pub mod loopback;
#[path = "support/networks/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the use cases")]
pub mod networks;
#[path = "support/partnerstack.rs"]
#[allow(dead_code, reason = "shared with the tests of the use cases")]
pub mod partnerstack;
pub mod workbook;

use serde_json::Value;
use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How a watched command ended.
pub struct Ended {
    pub status: Option<i32>,
    pub printed: String,
    pub took: Duration,
    /// The most memory that it held at once.
    pub peak_kib: u64,
}

/// Runs a command to its end, or a minute long, and watches what it takes.
pub fn watch(command: &mut Command) -> Ended {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let printed = thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text).unwrap()
    });
    let mut peak_kib = 0_u64;
    while child.try_wait().unwrap().is_none() {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        peak_kib = peak_kib.max(kib.unwrap_or(0));
        if begun.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ended {
        status: child.wait().unwrap().code(),
        printed: printed.join().unwrap(),
        took: begun.elapsed(),
        peak_kib,
    }
}

/// A folder with a book in it.
pub struct Desk {
    dir: TempDir,
}

impl Desk {
    /// A new book.
    pub fn new() -> Self {
        let desk = Self::bare();
        desk.json(&["book", "new", "book.perennial"]);
        desk
    }

    /// A folder without a book.
    pub fn bare() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    /// Writes a file into the folder and says its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A command on the folder's book, not yet started. Nothing of the caller's surroundings reaches it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_perennial"));
        command
            .current_dir(self.dir())
            .env("PERENNIAL_BOOK", self.path("book.perennial"))
            .env("HOME", self.dir())
            .env("XDG_DATA_HOME", self.dir())
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// Runs a command.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must end with this exit status, and reads its one JSON document.
    pub fn exits(&self, status: i32, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            output.status.code(),
            Some(status),
            "{arguments:?}\n{text}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("not one document: {text}"))
    }

    /// Runs a command that must be done, and reads its JSON document.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.exits(0, arguments)
    }

    /// Runs a command and watches what it takes. Where the system does not say how much memory that is, it is 0.
    pub fn watched(&self, arguments: &[&str]) -> Ended {
        watch(self.command(arguments).stderr(Stdio::inherit()))
    }

    /// Runs a command for people that must be done.
    pub fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }
}
