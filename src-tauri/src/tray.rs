//! The icon in the system's tray: a new link or a note without looking for the window first.
//!
//! It is there only where the user turned it on, which the UI keeps and says at each start. On Linux what draws it is a
//! library that need not be installed: it is looked for first, as what loads it would otherwise panic. A desktop without
//! a tray shows nothing, and the window works all the same.

use std::panic::{AssertUnwindSafe, catch_unwind};

use perennial_app::commands::link_deep::address_for;
use tauri::{
    AppHandle, Emitter, Listener, Manager, Runtime,
    async_runtime::spawn_blocking,
    menu::MenuBuilder,
    tray::{TrayIconBuilder, TrayIconEvent},
};
use tauri_plugin_clipboard_manager::ClipboardExt;

use crate::{menu, startup};

/// What the UI says where the icon is wanted (`true`) or not.
const WANTED: &str = "tray-wanted";
/// What it is told then: whether the icon could be made.
const MADE: &str = "tray-made";

/// The icon's name among those of the application.
const ICON: &str = "perennial";

const LINK: &str = "tray-link";
const NOTE: &str = "tray-note";
const OPEN: &str = "tray-open";
const QUIT: &str = "tray-quit";

/// Listens to the UI saying whether the icon is wanted.
pub fn follow<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    app.listen_any(WANTED, move |event| {
        let wanted = event.payload() == "true";
        let app = handle.clone();
        // Menus and icons are made on the window's thread alone.
        let asked = handle.run_on_main_thread(move || {
            let made = if wanted { show(&app) } else { hide(&app) };
            if let Err(error) = app.emit(MADE, made) {
                eprintln!("The window did not hear of the tray: {error}");
            }
        });
        if let Err(error) = asked {
            eprintln!("The tray was not asked: {error}");
        }
    });
}

/// Shows the icon; whether it could be made.
fn show<R: Runtime>(app: &AppHandle<R>) -> bool {
    if app.tray_by_id(ICON).is_some() {
        return true;
    }
    if !library::there() {
        return false;
    }
    // A library that is there and cannot be loaded makes its binding panic; the window goes on without the icon.
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            eprintln!("The icon could not be put into the tray: {error}");
            false
        }
        Err(_) => false,
    }
}

/// Takes the icon away; it is not there any more.
fn hide<R: Runtime>(app: &AppHandle<R>) -> bool {
    drop(app.remove_tray_by_id(ICON));
    false
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let menu = MenuBuilder::new(app)
        .text(LINK, "New link…")
        .text(NOTE, "Add to the notebook…")
        .separator()
        .text(OPEN, "Open Perennial")
        .text(QUIT, "Quit")
        .build()?;
    let mut icon = TrayIconBuilder::with_id(ICON)
        .tooltip("Perennial")
        .menu(&menu)
        // Linux tells of no clicks and always opens the menu; elsewhere a click opens the window.
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::DoubleClick { .. } = event {
                startup::bring_forward(icon.app_handle());
            }
        });
    if let Some(picture) = app.default_window_icon() {
        icon = icon.icon(picture.clone());
    }
    // The desktop reads the picture from a file: one of our own folder, not of one that all users share.
    if let Ok(folder) = app.path().app_cache_dir() {
        icon = icon.temp_dir_path(folder.join("tray"));
    }
    icon.build(app).map(drop)
}

/// Does what an entry of the icon's menu says; whether it is one of them.
pub fn chosen<R: Runtime>(app: &AppHandle<R>, entry: &str) -> bool {
    match entry {
        LINK => {
            startup::bring_forward(app);
            new_link(app);
        }
        NOTE => {
            startup::bring_forward(app);
            menu::send(app, "new-note");
        }
        OPEN => startup::bring_forward(app),
        QUIT => app.exit(0),
        _ => return false,
    }
    true
}

/// Opens the form of new links, with the address on the clipboard where there is one.
fn new_link<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    // Another program answers for the clipboard, and it may take its time.
    drop(spawn_blocking(move || {
        let copied = app.clipboard().read_text().ok();
        match copied.as_deref().and_then(address_for) {
            Some(address) => startup::hand_over(&app, &address),
            None => menu::send(&app, "new-links"),
        }
    }));
}

/// What draws the icon.
#[cfg(target_os = "linux")]
mod library {
    use std::{env, fs, path::Path};

    /// The names under which it is loaded.
    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    /// What the loader knows.
    const KNOWN: &str = "/etc/ld.so.cache";
    /// Where it looks beside that.
    const FOLDERS: [&str; 4] = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"];

    /// Whether it is on this machine.
    pub fn there() -> bool {
        let more = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let beside = env::split_paths(&more).chain(FOLDERS.iter().map(Into::into));
        listed(&fs::read(KNOWN).unwrap_or_default()) || beside.into_iter().any(|at| within(&at))
    }

    /// Whether the loader's list names it.
    fn listed(cache: &[u8]) -> bool {
        NAMES.iter().any(|name| {
            cache
                .windows(name.len())
                .any(|part| part == name.as_bytes())
        })
    }

    fn within(folder: &Path) -> bool {
        folder.is_absolute() && NAMES.iter().any(|name| folder.join(name).exists())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_loaders_list_is_searched_for_whole_names() {
            assert!(listed(
                b"\0libX11.so.6\0libayatana-appindicator3.so.1\0/usr/lib"
            ));
            assert!(listed(b"libappindicator3.so.1"));
            assert!(!listed(b"libayatana-appindicator3.so"));
            assert!(!listed(b""));
        }

        #[test]
        fn a_folder_of_ones_own_may_hold_it() {
            let folder = env::temp_dir().join("perennial-tray-library");
            fs::create_dir_all(&folder).unwrap();
            let library = folder.join(NAMES[1]);
            let _ = fs::remove_file(&library);
            assert!(!within(&folder));
            fs::write(&library, b"").unwrap();
            assert!(within(&folder));
            fs::remove_dir_all(&folder).unwrap();
            assert!(!within(Path::new("relative")));
        }
    }
}

/// What draws the icon belongs to the system.
#[cfg(not(target_os = "linux"))]
mod library {
    /// Always.
    pub fn there() -> bool {
        true
    }
}
