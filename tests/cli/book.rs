//! `perennial book`: the file, its history, its copies, its sample data.

use crate::support::Desk;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    path::Path,
    time::Duration,
};

/// Where the header keeps `PRAGMA user_version`.
const USER_VERSION: std::ops::Range<usize> = 60..64;

#[test]
fn a_new_book_has_the_built_in_program_and_a_channel_of_each_kind() {
    let desk = Desk::bare();
    let made = desk.json(&["book", "new", "Ana’s books/my book.perennial"]);
    assert!(
        made["path"]
            .as_str()
            .unwrap()
            .ends_with("my book.perennial")
    );
    let book = ["--book", "Ana’s books/my book.perennial"];
    let info = desk.json(&[&book[..], &["book", "info"]].concat());
    assert_eq!(
        (info["counts"]["programs"].as_u64(), info["name"].as_str()),
        (Some(1), Some("my book"))
    );
    assert_eq!(
        (&info["undo"], &info["redo"], &info["set_up"]),
        (&Value::Null, &Value::Null, &Value::Bool(false))
    );
    let channels = desk.json(&[&book[..], &["channel", "list"]].concat());
    assert_eq!(channels["items"].as_array().unwrap().len(), 12);
    assert_eq!(
        desk.json(&[&book[..], &["book", "check"]].concat())["ok"],
        true
    );
}

#[test]
fn a_book_opens_where_it_was_moved() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "Podcast", "--kind", "other"]);
    fs::create_dir(desk.path("ä b")).unwrap();
    fs::rename(
        desk.path("book.perennial"),
        desk.path("ä b/moved.perennial"),
    )
    .unwrap();
    let undone = desk.json(&["--book", "ä b/moved.perennial", "book", "undo"]);
    assert_eq!(undone["label"], "Added the channel Podcast");
}

#[test]
fn what_cannot_be_opened_says_why_and_stays_as_it_is() {
    let desk = Desk::new();
    desk.file("letter.txt", "dear ".repeat(200));
    let mut newer = fs::read(desk.path("book.perennial")).unwrap();
    newer[USER_VERSION].copy_from_slice(&99_u32.to_be_bytes());
    desk.file("newer.perennial", &newer);
    let mut damaged = fs::read(desk.path("book.perennial")).unwrap();
    damaged[8192..20480].fill(0x5A);
    desk.file("damaged.perennial", &damaged);
    let before = files(desk.dir());
    for (name, code) in [
        ("none", "book.not_found"),
        (".", "book.folder"),
        ("letter.txt", "book.not_a_book"),
        ("newer.perennial", "book.newer"),
        ("damaged.perennial", "book.damaged"),
    ] {
        let failed = desk.exits(4, &["--book", name, "program", "list"]);
        assert_eq!(failed["error"]["code"], code);
        assert!(
            !failed["error"]["hints"].as_array().unwrap().is_empty(),
            "{name}"
        );
    }
    for name in ["book.perennial", "letter.txt"] {
        assert_eq!(
            desk.exits(3, &["book", "new", name])["error"]["code"],
            "book.exists"
        );
    }
    assert_eq!(files(desk.dir()), before);
}

#[test]
fn a_check_finds_damage() {
    let desk = Desk::new();
    let mut bytes = fs::read(desk.path("book.perennial")).unwrap();
    bytes[8192..20480].fill(0x5A);
    desk.file("book.perennial", &bytes);
    let report = desk.exits(1, &["book", "check"]);
    assert_eq!(
        (&report["ok"], &report["checks"][0]["ok"]),
        (&Value::Bool(false), &Value::Bool(false))
    );
    assert_eq!(fs::read(desk.path("book.perennial")).unwrap(), bytes);
}

#[test]
fn a_second_process_is_refused_until_the_first_is_done() {
    let desk = Desk::new();
    let other = File::create(desk.path("book.perennial.lock")).unwrap();
    other.lock().unwrap();
    let failed = desk.exits(4, &["book", "info"]);
    assert_eq!(failed["error"]["code"], "book.locked");
    drop(other);
    desk.json(&["book", "info"]);
}

#[test]
fn edits_are_listed_undone_and_redone() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "Podcast", "--kind", "other"]);
    desk.json(&["program", "identity", "kartra", "anna"]);
    let listed = desk.json(&["book", "undo", "--list", "--limit", "1"]);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let rest = desk.json(&[
        "book",
        "undo",
        "--list",
        "--after",
        listed["next"].as_str().unwrap(),
    ]);
    assert_eq!(rest["items"][0]["label"], "Added the channel Podcast");
    assert_eq!(rest["next"], Value::Null);
    desk.json(&["book", "undo"]);
    let undone = desk.json(&["book", "undo"]);
    assert_eq!(
        (&undone["label"], &undone["undo"]),
        (&rest["items"][0]["label"], &Value::Null)
    );
    assert_eq!(
        desk.exits(3, &["book", "undo"])["error"]["code"],
        "history.nothing"
    );
    assert_eq!(
        desk.json(&["book", "redo"])["label"],
        "Added the channel Podcast"
    );
    assert!(
        desk.text(&["book", "undo", "--list", "--format", "csv"])
            .starts_with("When,What,Undone\r\n")
    );
}

#[test]
fn a_backup_brings_everything_back() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "Podcast", "--kind", "other"]);
    desk.json(&["book", "backup", "copies/a.backup"]);
    assert_eq!(
        desk.exits(3, &["book", "backup", "copies/a.backup"])["error"]["code"],
        "book.exists"
    );
    desk.json(&[
        "book",
        "restore",
        "copies/a.backup",
        "--to",
        "again.perennial",
    ]);
    assert_eq!(
        tables(&desk, "book.perennial", "one"),
        tables(&desk, "again.perennial", "two")
    );
    assert_eq!(
        desk.exits(
            3,
            &[
                "book",
                "restore",
                "copies/a.backup",
                "--to",
                "again.perennial"
            ]
        )["error"]["code"],
        "book.exists"
    );
    let mut bytes = fs::read(desk.path("copies/a.backup")).unwrap();
    bytes[8192..20480].fill(1);
    desk.file("copies/b.backup", bytes);
    let failed = desk.exits(
        4,
        &["book", "restore", "copies/b.backup", "--to", "b.perennial"],
    );
    assert_eq!(failed["error"]["code"], "book.damaged");
    assert!(!desk.path("b.perennial").exists());
}

#[test]
fn an_export_is_plain_and_replaces_nothing() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "=cmd()", "--kind", "other"]);
    let written = desk.json(&["book", "export", "out", "--format", "csv"]);
    assert!(written["files"].as_array().unwrap().len() > 20);
    assert!(
        fs::read_to_string(desk.path("out/channel.csv"))
            .unwrap()
            .contains(",'=cmd(),other,")
    );
    assert!(
        fs::read_to_string(desk.path("out/plan.csv"))
            .unwrap()
            .contains(",99.00,USD,")
    );
    assert_eq!(
        desk.exits(3, &["book", "export", "out", "--format", "csv"])["error"]["code"],
        "book.exists"
    );
    assert_eq!(
        desk.exits(2, &["book", "export", "out", "--format", "xml"])["error"]["code"],
        "usage"
    );
}

#[test]
fn sample_data_is_whole_and_leaves_without_a_trace() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "Podcast", "--kind", "other"]);
    let before = tables(&desk, "book.perennial", "before");
    let info = desk.json(&["book", "load-sample"]);
    assert_eq!(
        (&info["sample"], &info["counts"]["links"]),
        (&Value::Bool(true), &12.into())
    );
    let rows = info["counts"]["conversions"].as_u64().unwrap();
    assert!((250..700).contains(&rows), "{rows}");
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    assert_eq!(
        desk.exits(3, &["book", "load-sample"])["error"]["code"],
        "sample.present"
    );
    let full = tables(&desk, "book.perennial", "full");
    let conversions = full["conversion"].as_array().unwrap();
    let some = |column: &str, value: &Value| conversions.iter().any(|row| &row[column] == value);
    for (column, value) in [
        ("kind", "second_tier"),
        ("kind", "refund"),
        ("kind", "rebill"),
        ("approval", "pending"),
        ("approval", "other"),
        ("approval", "reversed"),
        ("payment", "paid"),
        ("payment", "unpaid"),
    ] {
        assert!(some(column, &value.into()), "{column} {value}");
    }
    assert!(some("vanished", &1.into()));
    assert!(
        conversions
            .iter()
            .all(|row| !row["program"].is_null() && !row["plan"].is_null())
    );
    assert!(
        conversions
            .iter()
            .filter(|row| !row["link"].is_null())
            .count()
            > 100
    );
    assert!(full["payout"].as_array().unwrap().len() > 8);
    // What the user did meanwhile stays, and can still be undone.
    desk.json(&["channel", "add", "Radio", "--kind", "other"]);
    desk.json(&["book", "remove-sample"]);
    assert_eq!(
        desk.json(&["book", "undo"])["label"],
        "Added the channel Radio"
    );
    assert_eq!(tables(&desk, "book.perennial", "after"), before);
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    assert_eq!(
        desk.json(&["book", "undo"])["label"],
        "Added the channel Podcast"
    );
}

#[test]
fn a_new_book_can_begin_with_sample_data() {
    let desk = Desk::bare();
    let made = desk.json(&["book", "new", "book.perennial", "--sample"]);
    assert_eq!(made["sample"], true);
    assert_eq!(desk.json(&["book", "info"])["counts"]["campaigns"], 3);
}

#[cfg(unix)]
#[test]
fn a_killed_import_leaves_a_sound_book() {
    let desk = Desk::new();
    let mut report = "id,date,commission,commission_status,currency\n".to_owned();
    for row in 0..40_000 {
        writeln!(
            report,
            "{row},2026-01-{:02}T10:00:00,{}.25,1,USD",
            row % 28 + 1,
            row % 90
        )
        .unwrap();
    }
    let file = desk.file("report.csv", report);
    for delay in [30, 120, 300, 600, 1000] {
        let mut child = desk
            .command(&["import", &file, "--profile", "awin-transactions"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        let report = desk.json(&["book", "check"]);
        assert_eq!(report["ok"], true, "{report}");
        let rows = desk.json(&["book", "info"])["counts"]["conversions"]
            .as_u64()
            .unwrap();
        assert!(rows == 0 || rows == 40_000, "all or nothing, not {rows}");
    }
    let done = desk.json(&["import", &file, "--profile", "awin-transactions"]);
    assert_eq!(
        done["rows"]["new"].as_u64().unwrap() + done["rows"]["same"].as_u64().unwrap(),
        40_000
    );
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
}

/// Name and bytes of every file in a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// Every table of a book, as it leaves in an export; without the history and notes of how values were derived.
fn tables(desk: &Desk, book: &str, out: &str) -> BTreeMap<String, Value> {
    desk.json(&["--book", book, "book", "export", out, "--format", "json"]);
    files(&desk.path(out))
        .into_iter()
        .map(|(name, bytes)| {
            (
                name.trim_end_matches(".json").to_owned(),
                serde_json::from_slice(&bytes).unwrap(),
            )
        })
        .filter(|(name, _)| !name.starts_with("change"))
        .map(|(name, mut rows): (String, Value)| {
            if let Some(rows) = rows.as_array_mut() {
                rows.retain(|row| row["name"] != "derived_from");
                rows.iter_mut()
                    .filter_map(Value::as_object_mut)
                    .for_each(|row| drop(row.remove("revision")));
            }
            (name, rows)
        })
        .collect()
}
