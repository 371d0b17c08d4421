//! Running a program, and saying clearly what went wrong.

use std::{
    ffi::OsStr,
    fmt,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// What went wrong, in words for the person who ran the task.
#[derive(Debug)]
pub struct Failed(String);

/// How a task ended.
pub type Outcome<T = ()> = Result<T, Failed>;

impl Failed {
    /// A failure with these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A program to run, from the root of the repository unless said otherwise.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(super::place::root())
        .stdin(Stdio::null());
    command
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Inherited from `cargo run`, these would make the inner cargo rebuild what depends on them.
    for name in [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PKG_NAME",
        "CARGO_PKG_VERSION",
    ] {
        command.env_remove(name);
    }
    command
}

/// npm, in the UI's folder.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(super::place::ui()).args(arguments);
    command
}

/// Runs it with its output shown as it comes.
pub fn shown(command: &mut Command) -> Outcome {
    let words = said(command);
    println!("  $ {words}");
    let status = command
        .status()
        .map_err(|error| Failed::new(format!("`{words}` could not be started: {error}.")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failed::new(format!("`{words}` failed ({status}).")))
    }
}

/// Runs it, shows every line of its standard output and gives it to `line` as well.
pub fn read(command: &mut Command, mut line: impl FnMut(&str)) -> Outcome {
    let words = said(command);
    println!("  $ {words}");
    let not_started = |error| Failed::new(format!("`{words}` could not be started: {error}."));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    if let Some(output) = child.stdout.take() {
        for bytes in BufReader::new(output).split(b'\n') {
            let Ok(bytes) = bytes else { break };
            let text = String::from_utf8_lossy(&bytes);
            println!("{text}");
            line(&text);
        }
    }
    let status = child.wait().map_err(not_started)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failed::new(format!("`{words}` failed ({status}).")))
    }
}

/// What it prints, trimmed; `None` where it cannot be run or fails.
pub fn asked(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program can be found.
pub fn found(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| runnable(&folder.join(name))))
}

fn runnable(path: &Path) -> bool {
    path.is_file()
        || (cfg!(windows)
            && ["exe", "cmd"]
                .iter()
                .any(|ending| path.with_extension(ending).is_file()))
}

/// The command as a person would type it.
fn said(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words =
        std::iter::once(name)
            .chain(command.get_args())
            .map(|word| match word.to_string_lossy() {
                // A script that is handed over whole would hide what is done.
                text if text.contains('\n') => "…".into(),
                text => text,
            });
    words.collect::<Vec<_>>().join(" ")
}
