//! The menu bar. Choosing an item sends its id to the UI as the event [`EVENT`]; what it does is decided there,
//! so that the menu, the palette and the keyboard cannot disagree.

use tauri::{
    AppHandle, Emitter, Runtime,
    menu::{Menu, MenuBuilder, MenuEvent, MenuItem, MenuItemBuilder, Submenu, SubmenuBuilder},
};

/// The event the UI listens to; its payload is the id of the chosen item.
pub const EVENT: &str = "menu";

/// An item: its id, its text and its keys. Undo and redo have no keys here but on macOS: in a text field they
/// belong to the field, and only the UI knows what has the focus.
type Item = (&'static str, &'static str, Option<&'static str>);

const FILE: &[Item] = &[
    ("book.new", "New book…", Some("CmdOrCtrl+Shift+N")),
    ("book.open", "Open book…", Some("CmdOrCtrl+O")),
    ("book.backup", "Back up book…", None),
    ("import", "Import a report…", Some("CmdOrCtrl+I")),
];
const UNDO: &[Item] = &[
    ("undo", "Undo", if cfg!(target_os = "macos") { Some("Cmd+Z") } else { None }),
    ("redo", "Redo", if cfg!(target_os = "macos") { Some("Cmd+Shift+Z") } else { None }),
];
const VIEW: &[Item] = &[
    ("go.overview", "Overview", Some("CmdOrCtrl+1")),
    ("go.programs", "Programs", Some("CmdOrCtrl+2")),
    ("go.links", "Links", Some("CmdOrCtrl+3")),
    ("go.campaigns", "Campaigns", Some("CmdOrCtrl+4")),
    ("go.earnings", "Earnings", Some("CmdOrCtrl+5")),
    ("go.forecast", "Forecast", Some("CmdOrCtrl+6")),
    ("go.compliance", "Compliance", Some("CmdOrCtrl+7")),
    ("go.connections", "Connections and imports", Some("CmdOrCtrl+8")),
    ("go.settings", "Settings", Some("CmdOrCtrl+,")),
];
const APPEARANCE: &[Item] = &[
    ("palette", "Find anything…", Some("CmdOrCtrl+K")),
    ("amounts", "Hide or show amounts", None),
];
const HELP: &[Item] = &[("help.shortcuts", "Keyboard shortcuts", None), ("help.about", "About Perennial", None)];

/// The menu bar of the window (of the screen on macOS).
pub fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let file = submenu(app, "File", &[FILE])?;
    file.append_items(&[
        &tauri::menu::PredefinedMenuItem::separator(app)?,
        &tauri::menu::PredefinedMenuItem::close_window(app, None)?,
    ])?;
    let edit = submenu(app, "Edit", &[UNDO])?;
    edit.append_items(&[
        &tauri::menu::PredefinedMenuItem::separator(app)?,
        &tauri::menu::PredefinedMenuItem::cut(app, None)?,
        &tauri::menu::PredefinedMenuItem::copy(app, None)?,
        &tauri::menu::PredefinedMenuItem::paste(app, None)?,
        &tauri::menu::PredefinedMenuItem::select_all(app, None)?,
    ])?;
    let view = submenu(app, "View", &[VIEW, APPEARANCE])?;
    let help = submenu(app, "Help", &[HELP])?;
    let bar = MenuBuilder::new(app);
    #[cfg(target_os = "macos")]
    let bar = {
        // macOS shows the first menu under the application's name and expects these there.
        let own = SubmenuBuilder::new(app, "Perennial").services().separator().hide().hide_others().separator().quit();
        bar.item(&own.build()?)
    };
    bar.items(&[&file, &edit, &view, &help]).build()
}

/// Sends what was chosen to the UI.
pub fn chosen<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    if let Err(error) = app.emit(EVENT, event.id().as_ref()) {
        eprintln!("The menu did not reach the window: {error}");
    }
}

fn submenu<R: Runtime>(app: &AppHandle<R>, title: &str, groups: &[&[Item]]) -> tauri::Result<Submenu<R>> {
    let mut menu = SubmenuBuilder::new(app, title);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            menu = menu.separator();
        }
        for entry in *group {
            menu = menu.item(&item(app, entry)?);
        }
    }
    menu.build()
}

fn item<R: Runtime>(app: &AppHandle<R>, &(id, text, keys): &Item) -> tauri::Result<MenuItem<R>> {
    let item = MenuItemBuilder::with_id(id, text);
    match keys {
        Some(keys) => item.accelerator(keys).build(app),
        None => item.build(app),
    }
}
