//! Undo and redo over many tables.

use crate::{Book, Edit, StoreError, Write, history};
use chrono::{TimeZone as _, Utc};
use perennial_domain::ids::ChangeId;
use proptest::prelude::*;
use rusqlite::{Connection, types::ValueRef};
use std::{cell::Cell, fmt::Write as _};
use tempfile::TempDir;
use uuid::Uuid;

/// A book with a program, a channel and a campaign, none of them in the history.
fn book() -> (TempDir, Book) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("test.perennial")).unwrap();
    book.write(|write| {
        run(
            write,
            "INSERT INTO program (id, slug, name, builtin, link_style) VALUES ('@p', 'acme', 'Acme', 0, '{}');
             INSERT INTO channel (id, name, kind) VALUES ('@c', 'Blog', 'blog');
             INSERT INTO campaign (id, name) VALUES ('@k', 'Spring');
             INSERT INTO connection (id, name, network) VALUES ('@n', 'Acme', 'file');",
        )
    })
    .unwrap();
    (folder, book)
}

/// Runs statements in which `'@name'` stands for an identity.
fn run(write: &Write<'_>, sql: &str) -> Result<(), StoreError> {
    let mut parts = sql.split("'@");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('\'').unwrap();
        let id = name
            .bytes()
            .fold(0, |id: u128, byte| id << 8 | u128::from(byte));
        write!(text, "'{}'{rest}", Uuid::from_u128(id)).unwrap();
    }
    Ok(write.0.execute_batch(&text)?)
}

fn edit(book: &Book, label: &str, sql: &str) -> Result<(), StoreError> {
    thread_local!(static NEXT: Cell<u128> = const { Cell::new(1) });
    let id = ChangeId(Uuid::from_u128(NEXT.replace(NEXT.get() + 1)));
    let at = Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap();
    book.edit(
        &Edit {
            id,
            at,
            label: label.to_owned(),
        },
        |write| run(write, sql),
    )
}

/// Every row of every table but the history's own, as text.
fn dump(book: &Book) -> String {
    book.read(|read| Ok(dump_of(read.0))).unwrap()
}

fn dump_of(connection: &Connection) -> String {
    let mut text = String::new();
    let mut tables = connection
        // A count of changes goes on counting where one is taken back; how a word index lies on its pages is its own affair.
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'change%' AND name <> 'ledger_state'
                 AND name NOT LIKE '%\\_data' ESCAPE '\\' AND name NOT LIKE '%\\_idx' ESCAPE '\\' ORDER BY name",
        )
        .unwrap();
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in names {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM \"{name}\""))
            .unwrap();
        // The number under which a text lies in the word index is the index's own affair, too.
        let shown: Vec<usize> = statement
            .column_names()
            .iter()
            .enumerate()
            .filter_map(|(column, name)| (*name != "docid").then_some(column))
            .collect();
        let mut rows = statement.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let mut line = String::new();
            for &column in &shown {
                match row.get_ref(column).unwrap() {
                    ValueRef::Null => line.push('∅'),
                    ValueRef::Integer(number) => write!(line, "{number}").unwrap(),
                    ValueRef::Real(_) => panic!("{name} holds a floating-point number"),
                    ValueRef::Text(text) => {
                        write!(line, "{:?}", String::from_utf8_lossy(text)).unwrap();
                    }
                    ValueRef::Blob(bytes) => write!(line, "{bytes:?}").unwrap(),
                }
                line.push('|');
            }
            // A note of which terms the derived columns follow from; it is nobody's edit.
            if !line.starts_with("\"derived_from\"") {
                lines.push(line);
            }
        }
        lines.sort();
        writeln!(text, "{name}\n{}", lines.join("\n")).unwrap();
    }
    text
}

const LINK: &str = "INSERT INTO link (id, program, channel, code, url, sub_ids, sub_id_key, created_at)
    VALUES ('@l', '@p', '@c', 'abc', 'https://acme.example/', '[]', '', '2026-03-01T12:00:00.000Z');";
const EVIDENCE: &str =
    "INSERT INTO checklist_state (id, program, campaign, item, terms_version, state, decided_on)
        VALUES ('@s', '@p', '@k', 'disclosure', '1', 'done', '2026-03-01');
    INSERT INTO evidence (id, state, kind, text, content, dated_on)
        VALUES ('@e', '@s', 'file', 'it''s “it”.png', x'00FF0A27225C00', '2026-03-01');";
const SALE: &str = "INSERT INTO batch (id, connection, kind, at, complete) VALUES ('@b', '@n', 'import', '', 1);
    INSERT INTO conversion (id, connection, batch, family, identity, occurrence, kind, tier, occurred_at, occurred_on,
        sub_ids, sub_id_key, currency, commission, approval, payment, link, matures_on, earned, raw, raw_hash)
    VALUES ('@v', '@n', '@b', 'sale', '1', 1, 'sale', 'direct', '2026-01-01T00:00:00.000Z', '2026-01-01', '[\"abc\"]',
        'abc', 'USD', 39600000, 'approved', 'unpaid', NULL, '2026-01-01', 39600000, '{}', 'h');";

#[test]
fn an_edit_of_many_rows_and_tables_is_one_step() {
    let (_folder, book) = book();
    let before = dump(&book);
    edit(
        &book,
        "Set everything up",
        &format!("{LINK}{EVIDENCE}UPDATE program SET name = 'Ácme', revision = 2;"),
    )
    .unwrap();
    let after = dump(&book);
    assert_ne!(before, after);
    assert_eq!(book.undo().unwrap().label, "Set everything up");
    assert_eq!(dump(&book), before);
    assert!(!book.redo().unwrap().undone);
    assert_eq!(dump(&book), after, "a file's bytes come back too");
}

#[test]
fn rows_that_go_along_with_another_come_back_with_it() {
    let (_folder, book) = book();
    edit(&book, "Noted", EVIDENCE).unwrap();
    edit(&book, "Logged", "INSERT INTO log_entry (id, campaign, happened_on, what) VALUES ('@g', '@k', '2026-03-01', 'x');")
        .unwrap();
    let full = dump(&book);
    edit(
        &book,
        "Removed the campaign",
        "DELETE FROM campaign WHERE id = '@k';",
    )
    .unwrap();
    let bare = dump(&book);
    assert!(!bare.contains("disclosure"));
    book.undo().unwrap();
    assert_eq!(dump(&book), full);
    book.redo().unwrap();
    assert_eq!(dump(&book), bare);
}

#[test]
fn an_edit_that_fails_or_changes_nothing_leaves_no_trace() {
    let (_folder, book) = book();
    let before = dump(&book);
    edit(&book, "Nothing", "UPDATE program SET name = name;").unwrap();
    edit(&book, "Twice", "INSERT INTO channel (id, name, kind) VALUES ('@d', 'New', 'blog'), ('@e', 'BLOG', 'blog');")
        .unwrap_err();
    assert_eq!(dump(&book), before);
    assert!(matches!(book.undo(), Err(StoreError::NothingTo("undo"))));
    assert!(matches!(book.redo(), Err(StoreError::NothingTo("redo"))));
}

#[test]
fn what_was_changed_again_since_is_not_undone_and_stays_as_it_was() {
    let (_folder, book) = book();
    edit(
        &book,
        "Renamed two",
        "UPDATE program SET name = 'New'; UPDATE channel SET name = 'New';",
    )
    .unwrap();
    book.write(|write| run(write, "UPDATE program SET name = 'Other'"))
        .unwrap();
    let before = dump(&book);
    assert!(matches!(book.undo(), Err(StoreError::Entangled(label)) if label == "Renamed two"));
    assert_eq!(dump(&book), before);
    let steps = book.read(|read| history::page(read, "", None, 10)).unwrap();
    assert!(steps.len() == 1 && !steps[0].undone);
}

#[test]
fn what_a_sync_wrote_beside_it_stays() {
    let (_folder, book) = book();
    edit(
        &book,
        "Renamed",
        "UPDATE connection SET name = 'New', revision = revision + 1;",
    )
    .unwrap();
    book.write(|write| {
        run(
            write,
            "UPDATE connection SET cursor = '7', revision = revision + 1;",
        )
    })
    .unwrap();
    book.undo().unwrap();
    assert!(dump(&book).contains("\"Acme\"|\"file\"|\"\"|∅|∅|∅|\"7\""));
}

#[test]
fn what_was_taken_out_aside_does_not_bar_the_way_back() {
    let (_folder, book) = book();
    edit(&book, "Renamed", "UPDATE channel SET name = 'New';").unwrap();
    edit(
        &book,
        "Changed the campaign",
        "UPDATE campaign SET goal = 'More';",
    )
    .unwrap();
    book.write(|write| history::aside(write, |write| run(write, "DELETE FROM campaign;")))
        .unwrap();
    assert_eq!(book.undo().unwrap().label, "Renamed");
    assert!(book.undo().is_err());
}

#[test]
fn undo_never_takes_what_a_batch_brought() {
    let (_folder, book) = book();
    edit(
        &book,
        "Made a connection",
        "INSERT INTO connection (id, name, network) VALUES ('@m', 'Mine', 'file');",
    )
    .unwrap();
    book.write(|write| run(write, &SALE.replace("'@n'", "'@m'")))
        .unwrap();
    let before = dump(&book);
    assert!(
        matches!(book.undo(), Err(StoreError::Entangled(_))),
        "its rows still refer to it"
    );
    assert_eq!(dump(&book), before);
}

#[test]
fn undo_never_takes_rows_along_that_it_could_not_bring_back() {
    let (_folder, book) = book();
    edit(&book, "Made a link", LINK).unwrap();
    book.write(|write| {
        run(
            write,
            "INSERT INTO click_day (day, link, clicks) VALUES ('2026-03-02', '@l', 7)",
        )
    })
    .unwrap();
    let before = dump(&book);
    assert!(
        matches!(book.undo(), Err(StoreError::Entangled(_))),
        "clicks would be lost"
    );
    assert_eq!(dump(&book), before);
}

#[test]
fn a_batch_and_an_edit_do_not_disturb_each_other() {
    let (_folder, book) = book();
    edit(
        &book,
        "Renamed",
        "UPDATE program SET name = 'New' WHERE id = '@p';",
    )
    .unwrap();
    book.write(|write| run(write, SALE)).unwrap();
    let before = dump(&book);
    book.undo().unwrap();
    assert_eq!(dump(&book), before.replace("\"New\"", "\"Acme\""));
    book.write(|write| run(write, "DELETE FROM conversion; DELETE FROM batch;"))
        .unwrap();
    book.redo().unwrap();
    assert!(dump(&book).contains("\"New\""));
}

#[test]
fn something_new_ends_what_could_be_redone() {
    let (_folder, book) = book();
    edit(&book, "One", "UPDATE program SET name = 'One';").unwrap();
    book.undo().unwrap();
    edit(&book, "Two", "UPDATE program SET name = 'Two';").unwrap();
    assert!(matches!(book.redo(), Err(StoreError::NothingTo(_))));
    assert_eq!(book.undo().unwrap().label, "Two");
}

/// One small edit; some of them cannot be done in some states, and then nothing must happen.
fn statement() -> impl Strategy<Value = String> {
    let id = 0..4_u8;
    let text = prop_oneof![
        "[a-c'\"\\\\]{0,4}",
        Just("é “ü” \u{1F343}\n\t".to_owned()),
        Just("NULL".to_owned())
    ]
    .prop_map(|text| format!("'{}'", text.replace('\'', "''")));
    let bytes = proptest::collection::vec(any::<u8>(), 0..6).prop_map(|bytes| {
        format!(
            "x'{}'",
            bytes
                .iter()
                .fold(String::new(), |hex, byte| format!("{hex}{byte:02X}"))
        )
    });
    (0..14_u8, id.clone(), id, text, bytes, any::<i32>()).prop_map(|(which, a, b, text, bytes, number)| match which {
        0 => format!("INSERT OR REPLACE INTO setting (name, value) VALUES ('s{a}', {text});"),
        1 => format!("DELETE FROM setting WHERE name LIKE 's%' AND name <> 's{a}';"),
        2 => format!("INSERT INTO campaign (id, name, goal) VALUES ('@k{a}', 'K{b}', {text});"),
        3 => format!("UPDATE campaign SET goal = {text}, budget = {number}, budget_currency = 'USD' WHERE id >= '@k{a}';"),
        4 => format!("DELETE FROM campaign WHERE id = '@k{a}';"),
        5 => format!("INSERT OR IGNORE INTO campaign_channel (campaign, channel) SELECT id, '@c' FROM campaign WHERE id >= '@k{a}';"),
        6 => format!(
            "INSERT INTO log_entry (id, campaign, happened_on, what, minutes) VALUES ('@g{a}', '@k{b}', '2026-01-01', {text}, {number});"
        ),
        7 => format!(
            "INSERT INTO checklist_state (id, program, campaign, item, terms_version, state, decided_on)
             VALUES ('@s{a}', '@p', '@k{b}', 'i{a}', '1', 'done', '2026-01-01');"
        ),
        8 => format!(
            "INSERT INTO evidence (id, state, kind, text, content, dated_on) VALUES ('@e{a}', '@s{b}', 'file', {text}, {bytes}, '2026-01-01');"
        ),
        9 => format!("UPDATE evidence SET content = {bytes}, text = {text};"),
        10 => format!("DELETE FROM checklist_state WHERE id = '@s{a}';"),
        11 => format!(
            "INSERT INTO link (id, program, channel, campaign, code, url, sub_ids, sub_id_key, created_at)
             VALUES ('@l{a}', '@p', '@c', (SELECT id FROM campaign WHERE id = '@k{b}'), 'x{a}', {text}, '[]', '', '');"
        ),
        12 => format!("DELETE FROM link WHERE id = '@l{a}' OR campaign = '@k{b}';"),
        _ => format!("UPDATE channel SET name = {text}, revision = revision + 1;"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn undoing_everything_leads_back_and_redoing_leads_forth(
        edits in proptest::collection::vec(proptest::collection::vec(statement(), 1..4), 1..12)
    ) {
        let (_folder, book) = book();
        let mut states = vec![dump(&book)];
        for statements in edits {
            let done = edit(&book, "Edit", &statements.concat());
            let state = dump(&book);
            let steps = book.read(|read| history::page(read, "", None, 100)).unwrap().len();
            if steps == states.len() {
                states.push(state);
            } else {
                prop_assert_eq!(Some(&state), states.last(), "no step, so no change: {:?}", done);
            }
        }
        for state in states.iter().rev().skip(1) {
            book.undo().unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
        prop_assert!(book.undo().is_err());
        for state in states.iter().skip(1) {
            book.redo().unwrap();
            prop_assert_eq!(&dump(&book), state);
        }
        prop_assert!(book.redo().is_err());
    }
}
