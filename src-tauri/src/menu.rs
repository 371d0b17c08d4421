//! The menu bar. Choosing an item sends its id to the UI as the event [`EVENT`]; what it does is decided there,
//! so that the menu, the palette and the keyboard cannot disagree.

use tauri::{
    AppHandle, Emitter, Runtime,
    menu::{
        Menu, MenuBuilder, MenuEvent, MenuItem, MenuItemBuilder, PredefinedMenuItem, Submenu,
        SubmenuBuilder,
    },
};

use crate::tray;

/// The event the UI listens to; its payload is the id of the chosen item.
pub const EVENT: &str = "menu";

/// An item: its id, which is that of the same entry in the UI's palette, its text and its keys.
///
/// Keys the page listens for itself (undo, redo, the palette) have none here but on macOS: in a text field they belong
/// to the field, and only the page knows what has the focus.
type Item = (&'static str, &'static str, Option<&'static str>);

const FILE: &[Item] = &[
    ("new-book", "New book…", None),
    ("open-book", "Open book…", Some("CmdOrCtrl+O")),
    ("import", "Import a report…", Some("CmdOrCtrl+I")),
];
const UNDO: &[Item] = &[
    (
        "undo",
        "Undo",
        if cfg!(target_os = "macos") {
            Some("Cmd+Z")
        } else {
            None
        },
    ),
    (
        "redo",
        "Redo",
        if cfg!(target_os = "macos") {
            Some("Cmd+Shift+Z")
        } else {
            None
        },
    ),
];
const AREAS: &[Item] = &[
    ("go-overview", "Overview", Some("CmdOrCtrl+1")),
    ("go-programs", "Programs", Some("CmdOrCtrl+2")),
    ("go-links", "Links", Some("CmdOrCtrl+3")),
    ("go-campaigns", "Campaigns", Some("CmdOrCtrl+4")),
    ("go-earnings", "Earnings", Some("CmdOrCtrl+5")),
    ("go-forecast", "Forecast", Some("CmdOrCtrl+6")),
    ("go-compliance", "Compliance", Some("CmdOrCtrl+7")),
    (
        "go-connections",
        "Connections and imports",
        Some("CmdOrCtrl+8"),
    ),
    ("go-settings", "Settings", Some("CmdOrCtrl+,")),
];
const LOOK: &[Item] = &[
    ("palette", "Find anything…", None),
    ("hide", "Hide or show amounts", None),
];
const HELP: &[Item] = &[("shortcuts", "Keyboard shortcuts", None)];

/// The menu bar of the window (of the screen on macOS).
pub fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let file = submenu(app, "File", &[FILE])?;
    file.append_items(&[
        &PredefinedMenuItem::separator(app)?,
        &PredefinedMenuItem::close_window(app, Some("Close"))?,
    ])?;
    let edit = submenu(app, "Edit", &[UNDO])?;
    edit.append_items(&[
        &PredefinedMenuItem::separator(app)?,
        &PredefinedMenuItem::cut(app, None)?,
        &PredefinedMenuItem::copy(app, None)?,
        &PredefinedMenuItem::paste(app, None)?,
        &PredefinedMenuItem::select_all(app, None)?,
    ])?;
    let view = submenu(app, "View", &[AREAS, LOOK])?;
    let help = submenu(app, "Help", &[HELP])?;
    let bar = MenuBuilder::new(app);
    #[cfg(target_os = "macos")]
    let bar = {
        // macOS shows the first menu under the application's name and expects these there.
        let own = SubmenuBuilder::new(app, "Perennial")
            .services()
            .separator()
            .hide()
            .hide_others()
            .separator()
            .quit();
        bar.item(&own.build()?)
    };
    bar.items(&[&file, &edit, &view, &help]).build()
}

/// Sends what was chosen to the UI. What is in the menu of the tray is done here, as there may be no window to do it.
#[allow(clippy::needless_pass_by_value, reason = "the form that Tauri calls")]
pub fn chosen<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    let id = event.id().as_ref();
    if !tray::chosen(app, id) {
        send(app, id);
    }
}

/// Sends the id of an entry to the UI.
pub fn send<R: Runtime>(app: &AppHandle<R>, id: &str) {
    if let Err(error) = app.emit(EVENT, id) {
        eprintln!("The menu did not reach the window: {error}");
    }
}

fn submenu<R: Runtime>(
    app: &AppHandle<R>,
    title: &str,
    groups: &[&[Item]],
) -> tauri::Result<Submenu<R>> {
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
