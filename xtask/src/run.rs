//! `run`: from a fresh machine to the open window.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use crate::{
    place, session, shell, system,
    task::{Failed, Outcome, program, shown},
    ui,
};

/// How long the window may take to show itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// Builds what is needed and opens the window on a book.
pub fn run(arguments: &[String]) -> Outcome {
    let headless = arguments.iter().any(|argument| argument == "--headless");
    let book = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"));
    if let Some(unknown) = arguments
        .iter()
        .find(|argument| argument.starts_with("--") && *argument != "--headless")
    {
        return Err(Failed::new(format!(
            "`run` does not know {unknown}; it knows --headless and the path of a book."
        )));
    }
    if !headless && !session::has_display() {
        return Err(Failed::new(
            "There is no display here to open a window on.\n\
             `cargo xtask run --headless` opens it on a screen in memory, with sample data, and writes a picture of it.",
        ));
    }
    system::packages(if headless {
        &[system::BUILD, system::HEADLESS]
    } else {
        &[system::BUILD]
    })?;
    ui::install()?;
    ui::build()?;
    let window = shell::build()?;
    // The path is the caller's, who need not stand in the root of the repository.
    let book = book.map(|path| std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path)));
    if headless {
        in_memory(&window, book)
    } else {
        on_screen(&window, book)
    }
}

fn on_screen(window: &Path, book: Option<PathBuf>) -> Outcome {
    println!("\nOpening the window. It ends with the window, or with Ctrl-C.");
    shown(program(window).args(book))
}

fn in_memory(window: &Path, book: Option<PathBuf>) -> Outcome {
    let folder = place::target().join("headless");
    fs::create_dir_all(&folder)
        .map_err(|error| Failed::new(format!("{}: {error}.", folder.display())))?;
    let book = match book {
        Some(book) => book,
        None => sample(&folder.join("sample.perennial"))?,
    };
    let picture = folder.join("window.png");
    let this = std::env::current_exe()
        .map_err(|error| Failed::new(format!("Where is this program? {error}.")))?;
    shown(
        session::headless()
            .arg(this)
            .arg("__picture")
            .args([window.as_os_str(), book.as_os_str(), picture.as_os_str()])
            // A person's own settings and books stay out of it.
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_DATA_HOME", folder.join("data")),
    )?;
    println!(
        "\nThe window was opened on {} and a picture of it written to\n  {}",
        book.display(),
        picture.display()
    );
    Ok(())
}

/// A book with sample data, made anew.
fn sample(path: &Path) -> Outcome<PathBuf> {
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut name = OsString::from(path);
        name.push(ending);
        // Nothing is there the first time.
        let _ = fs::remove_file(name);
    }
    shown(
        program(place::built("perennial"))
            .args(["book", "new"])
            .arg(path)
            .arg("--sample"),
    )?;
    Ok(path.to_owned())
}

/// Inside the session: opens the window, waits until what it shows stands still, keeps a picture, closes it.
pub fn picture(arguments: &[String]) -> Outcome {
    let [window, book, picture] = arguments else {
        return Err(Failed::new(
            "A picture needs the window, the book and where to put it.",
        ));
    };
    let mut child = Command::new(window)
        .arg(book)
        .spawn()
        .map_err(|error| Failed::new(format!("The window could not be started: {error}.")))?;
    let outcome = settled(&mut child, Path::new(picture));
    // It may have ended by itself; then there is nothing to end.
    let _ = child.kill();
    let _ = child.wait();
    outcome
}

fn settled(child: &mut Child, picture: &Path) -> Outcome {
    let begun = Instant::now();
    let mut last = Vec::new();
    while begun.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(700));
        if let Ok(Some(status)) = child.try_wait() {
            return Err(Failed::new(format!(
                "The window closed by itself ({status})."
            )));
        }
        let taken = Command::new("import")
            .args(["-window", "root"])
            .arg(picture)
            .status();
        if !taken.is_ok_and(|status| status.success()) {
            continue;
        }
        let now = fs::read(picture).unwrap_or_default();
        // An empty screen and an empty page compress to next to nothing.
        if now.len() > 12_000 && now == last {
            return Ok(());
        }
        last = now;
    }
    Err(Failed::new(format!(
        "The window did not come to rest within {} seconds.",
        PATIENCE.as_secs()
    )))
}
