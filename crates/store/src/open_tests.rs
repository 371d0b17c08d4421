//! What happens to a file that is opened as a book.

use crate::{
    Book, StoreError,
    migrations::STEPS,
    open::{create, open},
};
use chrono::NaiveDate;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Name and bytes of everything in a folder.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn names(folder: &Path) -> Vec<String> {
    everything(folder)
        .iter()
        .map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn new_book(folder: &Path) -> PathBuf {
    let path = folder.join("book.perennial");
    drop(Book::create(&path).unwrap());
    path
}

#[test]
fn a_book_is_one_file_and_survives_being_moved_anywhere() {
    let folder = folder();
    let path = new_book(folder.path());
    assert_eq!(names(folder.path()), ["book.perennial"]);
    let away = folder.path().join("Größe & Übersicht/a b");
    fs::create_dir_all(&away).unwrap();
    let moved = away.join("mon livre 📒.perennial");
    fs::rename(path, &moved).unwrap();
    let book = Book::open(&moved, today()).unwrap();
    book.write(|write| crate::table::setting::set(write, "a", "b"))
        .unwrap();
    drop(book);
    let book = Book::open(&moved, today()).unwrap();
    assert_eq!(
        book.read(|read| crate::table::setting::get(read, "a"))
            .unwrap()
            .as_deref(),
        Some("b")
    );
}

#[test]
fn a_book_is_kept_as_safely_as_promised() {
    let folder = folder();
    let book = Book::create(&folder.path().join("book.perennial")).unwrap();
    let ask = |connection: &Connection, pragma: &str| -> String {
        connection
            .query_row(
                &format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"),
                [],
                |row| row.get(0),
            )
            .unwrap()
    };
    book.write(|write| {
        assert_eq!(ask(write.0, "journal_mode"), "wal");
        assert_eq!(ask(write.0, "synchronous"), "2");
        assert_eq!(ask(write.0, "foreign_keys"), "1");
        assert_eq!(ask(write.0, "application_id"), 0x5052_4E4C.to_string());
        Ok(())
    })
    .unwrap();
    book.read(|read| {
        assert_eq!(ask(read.0, "foreign_keys"), "1");
        assert!(
            read.0.execute("DELETE FROM setting", []).is_err(),
            "a reader cannot write"
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_new_book_never_replaces_anything() {
    let folder = folder();
    let path = new_book(folder.path());
    fs::write(folder.path().join("letter"), "dear").unwrap();
    fs::write(folder.path().join("lost-wal"), "what is left of a book").unwrap();
    let before = everything(folder.path());
    for name in ["book.perennial", "letter", "lost"] {
        assert!(
            matches!(
                Book::create(&folder.path().join(name)),
                Err(StoreError::Exists(_))
            ),
            "{name}"
        );
    }
    assert!(matches!(
        Book::create(folder.path()),
        Err(StoreError::Exists(_))
    ));
    assert_eq!(everything(folder.path()), before);
    drop(Book::open(&path, today()).unwrap());
}

#[test]
fn only_one_may_have_it_open() {
    let folder = folder();
    let path = new_book(folder.path());
    let first = Book::open(&path, today()).unwrap();
    assert!(matches!(
        Book::open(&path, today()),
        Err(StoreError::Locked(_))
    ));
    #[cfg(unix)]
    {
        let other = folder.path().join("shortcut");
        std::os::unix::fs::symlink(&path, &other).unwrap();
        assert!(
            matches!(Book::open(&other, today()), Err(StoreError::Locked(_))),
            "through a shortcut"
        );
        fs::remove_file(other).unwrap();
        let away = folder.path().join("away.perennial");
        fs::rename(&path, &away).unwrap();
        assert!(
            matches!(Book::open(&away, today()), Err(StoreError::Locked(_))),
            "moved while it is open"
        );
        fs::rename(away, &path).unwrap();
    }
    drop(first);
    fs::write(folder.path().join("book.perennial.lock"), "").unwrap();
    drop(Book::open(&path, today()).unwrap());
    assert_eq!(
        names(folder.path()),
        ["book.perennial"],
        "what a killed process left stops nobody"
    );
}

#[test]
fn a_lock_takes_no_file_of_the_user_away() {
    let folder = folder();
    let path = new_book(folder.path());
    let named_alike = folder.path().join("book.perennial.lock");
    fs::write(&named_alike, "mine").unwrap();
    drop(Book::open(&path, today()).unwrap());
    assert_eq!(fs::read(named_alike).unwrap(), b"mine");
}

#[test]
fn what_is_no_book_is_left_alone() {
    let folder = folder();
    fs::write(folder.path().join("empty"), "").unwrap();
    fs::write(folder.path().join("short"), "SQLite format 3\0").unwrap();
    fs::write(folder.path().join("text"), "a letter ".repeat(100)).unwrap();
    let other = Connection::open(folder.path().join("other")).unwrap();
    other
        .execute_batch("CREATE TABLE a (b); PRAGMA application_id = 7; PRAGMA user_version = 99;")
        .unwrap();
    drop(other);
    let before = everything(folder.path());
    for name in ["empty", "short", "text", "other"] {
        let opened = Book::open(&folder.path().join(name), today());
        assert!(matches!(opened, Err(StoreError::NotABook(_))), "{name}");
    }
    assert!(matches!(
        Book::open(folder.path(), today()),
        Err(StoreError::Folder(_))
    ));
    assert!(matches!(
        Book::open(&folder.path().join("none"), today()),
        Err(StoreError::NotFound(_))
    ));
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn a_newer_book_stays_byte_for_byte() {
    let folder = folder();
    let path = new_book(folder.path());
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 42")
        .unwrap();
    let before = everything(folder.path());
    let opened = Book::open(&path, today());
    let known = i64::try_from(STEPS.len()).unwrap();
    assert!(matches!(opened, Err(StoreError::Newer { found: 42, known: k }) if k == known));
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn a_newer_book_that_was_not_closed_stays_byte_for_byte() {
    let folder = folder();
    let path = new_book(folder.path());
    // The newer version is in the log alone, as after a crash.
    let newer = Connection::open(&path).unwrap();
    newer
        .execute_batch("PRAGMA wal_autocheckpoint = 0; CREATE TABLE more (a); PRAGMA user_version = 42; INSERT INTO more VALUES (1);")
        .unwrap();
    let crashed = folder.path().join("crashed");
    fs::create_dir(&crashed).unwrap();
    for end in ["", "-wal", "-shm"] {
        fs::copy(
            folder.path().join(format!("book.perennial{end}")),
            crashed.join(format!("book.perennial{end}")),
        )
        .unwrap();
    }
    drop(newer);
    let before = everything(&crashed);
    assert!(matches!(
        Book::open(&crashed.join("book.perennial"), today()),
        Err(StoreError::Newer { found: 42, .. })
    ));
    assert_eq!(everything(&crashed), before);
}

#[test]
fn what_a_killed_process_had_committed_is_there() {
    let folder = folder();
    let path = new_book(folder.path());
    let book = Book::open(&path, today()).unwrap();
    book.write(|write| crate::table::setting::set(write, "kept", "yes"))
        .unwrap();
    let crashed = folder.path().join("crashed");
    fs::create_dir(&crashed).unwrap();
    for end in ["", "-wal", "-shm"] {
        fs::copy(
            folder.path().join(format!("book.perennial{end}")),
            crashed.join(format!("book.perennial{end}")),
        )
        .unwrap();
    }
    let again = Book::open(&crashed.join("book.perennial"), today()).unwrap();
    assert_eq!(
        again
            .read(|read| crate::table::setting::get(read, "kept"))
            .unwrap()
            .as_deref(),
        Some("yes")
    );
}

#[test]
fn a_damaged_book_is_reported_and_never_overwritten() {
    let folder = folder();
    let path = new_book(folder.path());
    let whole = fs::read(&path).unwrap();
    let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2);
    let torn = |bytes: &mut Vec<u8>| bytes[4096..4096 * 3].fill(0xA5);
    let schema = |bytes: &mut Vec<u8>| bytes[100..400].fill(0xFF);
    let ways: [fn(&mut Vec<u8>); 3] = [cut, torn, schema];
    for (number, damage) in ways.iter().enumerate() {
        let mut bytes = whole.clone();
        damage(&mut bytes);
        fs::write(&path, &bytes).unwrap();
        let opened = Book::open(&path, today()).map(|_| ());
        assert!(
            matches!(opened, Err(StoreError::Damaged(_))),
            "way {number}: {opened:?}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes, "way {number}");
    }
}

const LATER: &str =
    "CREATE TABLE later (a TEXT NOT NULL) STRICT; INSERT INTO later SELECT value FROM setting;";

fn older_book(folder: &Path) -> PathBuf {
    let path = folder.join("book.perennial");
    let opened = create(&path, &STEPS[..1]).unwrap();
    opened
        .writer
        .execute("INSERT INTO setting (name, value) VALUES ('a', 'b')", [])
        .unwrap();
    path
}

#[test]
fn an_older_book_is_brought_up_to_date_after_a_verified_backup() {
    let folder = folder();
    let path = older_book(folder.path());
    let steps = [STEPS[0], LATER];
    let opened = open(&path, today(), &steps).unwrap();
    let text: String = opened
        .writer
        .query_row("SELECT a FROM later", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, "b");
    drop(opened);
    assert_eq!(
        names(folder.path()),
        [
            "book.perennial",
            "book.perennial.schema-1.2026-03-01.backup"
        ]
    );
    drop(open(&path, today(), &steps).unwrap());
    assert_eq!(names(folder.path()).len(), 2, "once is enough");
    let kept = Book::open(
        &folder
            .path()
            .join("book.perennial.schema-1.2026-03-01.backup"),
        today(),
    )
    .unwrap();
    assert_eq!(
        kept.read(|read| crate::table::setting::get(read, "a"))
            .unwrap()
            .as_deref(),
        Some("b")
    );
}

#[test]
fn steps_that_fail_leave_the_book_as_it_was() {
    let folder = folder();
    let path = older_book(folder.path());
    for broken in [
        "CREATE TABLE setting (a);",
        "INSERT INTO joining (program, step, happened_on) VALUES ('x', 'y', 'z');",
    ] {
        assert!(open(&path, today(), &[STEPS[0], LATER, broken]).is_err());
        let opened = open(&path, today(), &STEPS[..1]).unwrap();
        let there: bool = opened
            .writer
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'later')",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert!(!there);
    }
}

#[test]
fn a_backup_is_a_book_and_a_restored_one_has_everything() {
    let folder = folder();
    let book = Book::create(&folder.path().join("book.perennial")).unwrap();
    book.write(|write| crate::table::setting::set(write, "a", "b"))
        .unwrap();
    let backup = folder.path().join("sub.backup");
    book.backup(&backup).unwrap();
    assert!(matches!(book.backup(&backup), Err(StoreError::Exists(_))));
    let bytes = fs::read(&backup).unwrap();
    let target = folder.path().join("restored.perennial");
    let restored = Book::restore(&backup, &target, today()).unwrap();
    assert_eq!(
        restored
            .read(|read| crate::table::setting::get(read, "a"))
            .unwrap()
            .as_deref(),
        Some("b")
    );
    drop(restored);
    assert!(matches!(
        Book::restore(&backup, &target, today()),
        Err(StoreError::Exists(_))
    ));
    assert!(matches!(
        Book::restore(book.path(), &folder.path().join("x"), today()),
        Err(StoreError::Locked(_))
    ));
    assert_eq!(fs::read(&backup).unwrap(), bytes);
    drop(book);
    assert_eq!(
        names(folder.path()),
        ["book.perennial", "restored.perennial", "sub.backup"]
    );
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let folder = folder();
    let path = new_book(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..8192].fill(1);
    let backup = folder.path().join("backup");
    fs::write(&backup, bytes).unwrap();
    let restored = Book::restore(&backup, &folder.path().join("new"), today()).map(|_| ());
    assert!(
        matches!(restored, Err(StoreError::Damaged(_))),
        "{restored:?}"
    );
    assert_eq!(names(folder.path()), ["backup", "book.perennial"]);
}
