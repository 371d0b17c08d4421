//! Where each system keeps what belongs to an application.

use std::{ffi::OsString, path::PathBuf};

/// Where the book of a new user lies.
pub fn default_book() -> PathBuf {
    data_folder(&|name| std::env::var_os(name)).join("My book.perennial")
}

/// Where syncs that fetched nothing are noted: they write nothing into the book.
pub fn failed_syncs() -> PathBuf {
    data_folder(&|name| std::env::var_os(name)).join("failed-syncs")
}

/// Perennial's folder among the user's application data; the folder of work where the system names none.
fn data_folder(variable: &dyn Fn(&str) -> Option<OsString>) -> PathBuf {
    // The base directory specification says to ignore what is not absolute.
    let set = |name| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let (base, name) = if cfg!(windows) {
        (set("APPDATA"), "Perennial")
    } else if cfg!(target_os = "macos") {
        (
            set("HOME").map(|home| home.join("Library/Application Support")),
            "Perennial",
        )
    } else {
        (
            set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share"))),
            "perennial",
        )
    };
    base.unwrap_or_default().join(name)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder_follows_the_base_directory_specification() {
        let with = |pairs: &'static [(&str, &str)]| {
            data_folder(&|name| {
                pairs
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| value.into())
            })
        };
        assert_eq!(
            with(&[("HOME", "/home/ana")]),
            PathBuf::from("/home/ana/.local/share/perennial")
        );
        assert_eq!(
            with(&[("HOME", "/home/ana"), ("XDG_DATA_HOME", "/data")]),
            PathBuf::from("/data/perennial")
        );
        assert_eq!(
            with(&[("HOME", "/home/ana"), ("XDG_DATA_HOME", "data")]),
            PathBuf::from("/home/ana/.local/share/perennial")
        );
        assert_eq!(with(&[]), PathBuf::from("perennial"));
    }
}
