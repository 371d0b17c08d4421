//! The book as a file: making, opening, checking, copying it.

use crate::{
    App, Failure,
    commands::{channel, program},
    dto::{
        BookInfo, BookNew, CheckLine, CheckReport, Counts, Empty, ExportInput, PathInput,
        RestoreInput, Status, Trouble, Written,
    },
    platform,
};
use perennial_store::{Book, ExportFormat, history, summary, table::setting};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the book of a new user lies.
pub fn default_path() -> PathBuf {
    platform::default_book()
}

/// What the window needs to know before it shows anything.
///
/// # Errors
/// Where the open book cannot be read.
pub fn status(app: &App, _: Empty) -> Result<Status, Failure> {
    Ok(Status {
        book: if app.has_book() {
            Some(info(app)?)
        } else {
            None
        },
        default_path: shown(&default_path()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        trouble: app.trouble().map(|(path, failure)| Trouble {
            path: shown(&path),
            code: failure.code,
            message: failure.message,
            hints: failure.hints,
        }),
    })
}

/// Makes a new book with the built-in programs and a channel of each kind, and opens it. Folders on the way to it are
/// made too.
///
/// # Errors
/// Where something is there already or the file cannot be written; nothing half-made is left.
pub fn new(app: &App, input: BookNew) -> Result<BookInfo, Failure> {
    let path = path(&input.path)?;
    way_to(&path)?;
    let book = Book::create(&path)?;
    let file = book.path().to_owned();
    app.set_book(Some(book));
    let filled = program::seed(app)
        .and_then(|()| channel::seed(app))
        .and_then(|()| {
            if input.sample {
                super::sample_load(app, Empty {}).map(drop)
            } else {
                Ok(())
            }
        });
    if let Err(failure) = filled {
        app.set_book(None);
        // It was made a moment ago and holds nothing of the user's.
        return Err(match fs::remove_file(&file) {
            Ok(()) => failure,
            Err(_) => failure.hint(format!("Remove {} by hand.", file.display())),
        });
    }
    info(app)
}

/// Opens a book in place of the one that is open.
///
/// # Errors
/// Where it cannot be opened; the one that is open stays open.
pub fn open(app: &App, input: PathInput) -> Result<BookInfo, Failure> {
    let path = path(&input.path)?;
    let open_already = app.book().is_ok_and(|book| {
        fs::canonicalize(&path)
            .is_ok_and(|path| fs::canonicalize(book.path()).is_ok_and(|open| open == path))
    });
    if !open_already {
        app.open(&path)?;
    }
    info(app)
}

/// Checks that everything in the book holds together.
///
/// # Errors
/// Where no book is open.
pub fn check(app: &App, _: Empty) -> Result<CheckReport, Failure> {
    let checks: Vec<CheckLine> = app
        .book()?
        .check(app.today()?)?
        .into_iter()
        .map(|check| CheckLine {
            name: check.name.to_owned(),
            ok: check.ok,
            detail: check.detail,
        })
        .collect();
    Ok(CheckReport {
        ok: checks.iter().all(|check| check.ok),
        checks,
    })
}

/// The report on a book that is too damaged to be opened; nothing for any other failure.
pub fn damaged(failure: &Failure) -> Option<CheckReport> {
    (failure.code == "book.damaged").then(|| CheckReport {
        ok: false,
        checks: vec![CheckLine {
            name: "integrity".to_owned(),
            ok: false,
            detail: [std::slice::from_ref(&failure.message), &failure.hints]
                .concat()
                .join(" "),
        }],
    })
}

/// Writes a verified copy of the book.
///
/// # Errors
/// Where something is there already or the copy cannot be written.
pub fn backup(app: &App, input: PathInput) -> Result<Written, Failure> {
    let to = path(&input.path)?;
    way_to(&to)?;
    app.book()?.backup(&to)?;
    Ok(Written {
        files: vec![shown(&to)],
    })
}

/// Makes a book from a backup and opens it.
///
/// # Errors
/// Where the backup is none or damaged, or something is there already.
pub fn restore(app: &App, input: RestoreInput) -> Result<BookInfo, Failure> {
    let (backup, to) = (path(&input.backup)?, path(&input.to)?);
    way_to(&to)?;
    let book = Book::restore(&backup, &to, app.now().date_naive())?;
    app.set_book(Some(book));
    info(app)
}

/// Writes everything as CSV or JSON.
///
/// # Errors
/// Where the format is neither, files of these names are there already, or they cannot be written.
pub fn export(app: &App, input: ExportInput) -> Result<Written, Failure> {
    let format = match input.format.as_str() {
        "csv" => ExportFormat::Csv,
        "json" => ExportFormat::Json,
        other => {
            return Err(Failure::refused(
                "export.unknown_format",
                format!("“{other}” is not a format of export."),
            )
            .hint("The formats are csv and json."));
        }
    };
    let files = app.book()?.export(&path(&input.dir)?, format)?;
    Ok(Written {
        files: files.iter().map(|file| shown(file)).collect(),
    })
}

/// What there is to know about the open book.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn info(app: &App) -> Result<BookInfo, Failure> {
    let book = app.book()?;
    let (summary, set_up, sample, (undo, redo)) = app.read(|read| {
        Ok((
            summary(read)?,
            setting::get(read, "set_up")?.is_some(),
            perennial_store::table::sample::present(read)?,
            history::ahead(read)?,
        ))
    })?;
    Ok(BookInfo {
        path: shown(book.path()),
        name: book
            .path()
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        schema: summary.schema,
        bytes: fs::metadata(book.path())
            .map(|data| data.len())
            .unwrap_or_default(),
        // A book that is already worked with has nothing left to ask.
        set_up: set_up || sample || summary.links > 0 || summary.conversions > 0,
        sample,
        counts: Counts {
            programs: summary.programs,
            links: summary.links,
            campaigns: summary.campaigns,
            conversions: summary.conversions,
        },
        time_zone: app.zone()?.name().to_owned(),
        today: app.today()?.to_string(),
        undo,
        redo,
    })
}

fn path(text: &str) -> Result<PathBuf, Failure> {
    if text.trim().is_empty() {
        return Err(Failure::refused("book.no_path", "No file is named."));
    }
    Ok(PathBuf::from(text))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Makes the folders on the way to a new file.
fn way_to(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|error| {
        Failure::resource("book.io", format!("{}: {error}.", folder.display()))
            .hint("Check the disk and the folder's permissions.")
    })
}
