//! The driver's processes, and the home the window believes in.

use std::{
    env,
    ffi::OsStr,
    net::TcpListener,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::{Outcome, PATIENCE, Trouble};

/// A home of its own for the window: no settings, no books, and gone afterwards.
#[derive(Debug)]
pub struct Home(TempDir);

impl Home {
    /// An empty home.
    ///
    /// # Errors
    /// Where no temporary folder can be made.
    pub fn new() -> Outcome<Self> {
        Ok(Self(TempDir::with_prefix("perennial-home-")?))
    }

    /// A path in it.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(name)
    }
}

/// What the environment says.
pub(crate) fn told(name: &'static str) -> Outcome<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .ok_or(Trouble::NotSet(name))
}

/// A running driver. Dropping it ends its whole process group, the window included.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    pub(crate) async fn start(home: &Home, extra: &[(&str, &OsStr)]) -> Outcome<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let process = Command::new("dbus-run-session")
            // A bus of its own: a window that is still closing would take this one for its second start.
            .arg("--")
            .arg(told("PERENNIAL_DRIVER")?)
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            .env("HOME", home.path(""))
            .env("XDG_DATA_HOME", home.path(".local/share"))
            .env("XDG_CONFIG_HOME", home.path(".config"))
            .env("XDG_CACHE_HOME", home.path(".cache"))
            .env("TZ", "UTC")
            .env_remove("PERENNIAL_BOOK")
            .envs(extra.iter().copied())
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()?;
        let driver = Self { process, port };
        let begun = Instant::now();
        for port in [port, native] {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                if begun.elapsed() > PATIENCE {
                    return Err(Trouble::Driver(format!("nothing listens on port {port}")));
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        }
        Ok(driver)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The group may be gone already; then there is nothing to end.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.process.wait();
    }
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
