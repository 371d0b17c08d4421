//! What happens when Perennial is started: which book is meant, and what a second start does.
//!
//! The window comes first. The book is opened beside it, and commands wait for that where they arrive earlier.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use perennial_app::{App, Tries, commands::book, context::SystemClock, dto::Empty, platform};
use tauri::{AppHandle, Emitter, Manager, Runtime, async_runtime::spawn_blocking};

/// The event that asks the UI to open another book; its payload is the path.
const OPEN_BOOK: &str = "open-book";

/// The event that tells the UI of an address that was handed over; it asks for the address itself.
const LINK_ASKED: &str = "link-asked";

/// Addresses that the system hands over begin so.
const SCHEME: &str = "perennial://";

/// The file that remembers which book was open, in the folder of settings.
const LAST_BOOK: &str = "last-book";

/// The application as the commands share it.
pub type Shared = Arc<Started>;

/// The application, and the book it opens first.
pub struct Started {
    app: App,
    book: Option<PathBuf>,
    opened: OnceLock<()>,
}

impl Started {
    /// The application with its first book open, or with the reason why it is not.
    pub fn ready(&self) -> &App {
        self.opened.get_or_init(|| {
            if let Some(book) = &self.book {
                self.app.start_with(book);
            }
        });
        &self.app
    }
}

/// Begins to open the book, and gives what the commands work with.
pub fn begin<R: Runtime>(handle: &AppHandle<R>) -> Shared {
    let secrets = Arc::new(perennial_app::keychain());
    let shared = Arc::new(Started {
        app: App::new(Box::new(SystemClock), secrets)
            .with_tries(Tries::in_folder(platform::failed_syncs())),
        book: asked_for().or_else(|| last(handle)).or_else(usual),
        opened: OnceLock::new(),
    });
    if let Some(address) = env::args().skip(1).find(|argument| is_address(argument)) {
        shared.app.hand_over(address);
    }
    let opening = Shared::clone(&shared);
    drop(spawn_blocking(move || {
        opening.ready();
    }));
    shared
}

/// Remembers which book is open, for the next start.
pub fn remember<R: Runtime>(handle: &AppHandle<R>) {
    let (Some(shared), Ok(folder)) = (handle.try_state::<Shared>(), handle.path().app_config_dir())
    else {
        return;
    };
    let Ok(status) = book::status(&shared.app, Empty {}) else {
        return;
    };
    let Some(open) = status.book else { return };
    let written =
        fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(LAST_BOOK), open.path));
    if let Err(error) = written {
        eprintln!("The next start will not know which book was open: {error}");
    }
}

/// A second start brings the window forward and hands it the book that was asked for.
#[allow(clippy::needless_pass_by_value, reason = "the form that Tauri calls")]
pub fn second_start<R: Runtime>(handle: &AppHandle<R>, arguments: Vec<String>, folder: String) {
    bring_forward(handle);
    let given = || {
        arguments
            .iter()
            .skip(1)
            .filter(|argument| !argument.starts_with('-'))
    };
    if let Some(address) = given().find(|argument| is_address(argument)) {
        hand_over(handle, address);
    } else if let Some(book) = given().next() {
        open(handle, &Path::new(&folder).join(book));
    }
}

/// Brings the window forward.
pub fn bring_forward<R: Runtime>(handle: &AppHandle<R>) {
    if let Some(window) = handle.get_webview_window("main") {
        // A window system may refuse any of them; the window is there all the same.
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Hands an address to the UI, which lets the application look at it before anything is filled in.
pub fn hand_over<R: Runtime>(handle: &AppHandle<R>, address: &str) {
    let Some(shared) = handle.try_state::<Shared>() else {
        return;
    };
    shared.app.hand_over(address.to_owned());
    if let Err(error) = handle.emit(LINK_ASKED, ()) {
        eprintln!("An address did not reach the window: {error}");
    }
}

/// Whether an argument is an address of ours rather than a book.
pub fn is_address(argument: &str) -> bool {
    argument
        .get(..SCHEME.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(SCHEME))
}

/// Asks the UI to open a book: it knows what is unsaved and says what went wrong.
pub fn open<R: Runtime>(handle: &AppHandle<R>, book: &Path) {
    if let Err(error) = handle.emit(OPEN_BOOK, book) {
        eprintln!(
            "The book {} did not reach the window: {error}",
            book.display()
        );
    }
}

/// The book named by the first argument or by `PERENNIAL_BOOK`.
fn asked_for() -> Option<PathBuf> {
    let argument = env::args_os().skip(1).find(|argument| {
        let text = argument.to_string_lossy();
        !text.starts_with('-') && !is_address(&text)
    });
    let named = argument
        .or_else(|| env::var_os("PERENNIAL_BOOK"))
        .filter(|path| !path.is_empty())?;
    Some(std::path::absolute(&named).unwrap_or_else(|_| named.into()))
}

/// The book that was open last. Where it is gone, the window says so rather than showing another one.
fn last<R: Runtime>(handle: &AppHandle<R>) -> Option<PathBuf> {
    let path = fs::read_to_string(handle.path().app_config_dir().ok()?.join(LAST_BOOK)).ok()?;
    Some(PathBuf::from(path.trim_end())).filter(|path| path.is_absolute())
}

/// The book of a user who never chose a place, once there is one.
fn usual() -> Option<PathBuf> {
    Some(book::default_path()).filter(|path| path.exists())
}
