//! What changed since last time, duplicates of another source, and rows mended after a refusal.

use crate::support::Desk;
use serde_json::{Value, json};

const AWIN: &str = "id,date,commission,commission_status,currency,advertiser_name\n";
const PORTAL: &str = "name = 'portal'\n[columns]\ndate = 'When'\ncommission = 'Mine'\norder = 'Order'\n\
    customer = 'Who'\n[constants]\ncurrency = 'USD'\n";

fn counts(done: &Value) -> Vec<u64> {
    ["read", "new", "changed", "same", "refused"]
        .iter()
        .map(|key| done["rows"][key].as_u64().unwrap())
        .collect()
}

fn awin(rows: &[&str]) -> String {
    format!("{AWIN}{}\n", rows.join("\n"))
}

#[test]
fn each_batch_waits_until_it_was_looked_at() {
    let desk = Desk::new();
    let first = awin(&[
        "1,2026-03-01,10.00,0,USD,Acme",
        "2,2026-03-02,20.00,0,USD,Acme",
        "3,2026-03-03,30.00,1,USD,Acme",
        "4,2026-03-04,40.00,9,USD,Acme",
    ]);
    desk.json(&["import", &desk.file("one.csv", first)]);
    let second = awin(&[
        "1,2026-03-01,10.00,1,USD,Acme",
        "2,2026-03-02,20.00,2,USD,Acme",
        "4,2026-03-04,40.00,9,USD,Acme",
        "5,2026-03-05,5O,1,USD,Acme",
    ]);
    let would = desk.json(&["import", &desk.file("two.csv", &second), "--dry-run"]);
    assert_eq!(would["reversed"], 1);
    assert_eq!(
        would["changes"][0]["fields"],
        json!([{"field": "approval", "before": "pending", "after": "approved"}])
    );
    assert_eq!(
        would["vanished_totals"],
        json!([{"amount": "30.00", "currency": "USD"}])
    );
    desk.json(&["import", &desk.path("two.csv").to_string_lossy()]);
    let list = desk.json(&["inbox", "list"]);
    assert_eq!(list["total"], 2);
    let entry = &list["items"][0];
    assert_eq!(
        (
            entry["file"].as_str(),
            entry["reversed"].as_u64(),
            entry["vanished"].as_u64()
        ),
        (Some("two.csv"), Some(1), Some(1))
    );
    let detail = desk.json(&["inbox", "show", "two.csv"]);
    assert_eq!(detail["changed"][0]["row"]["native_id"], "1");
    assert_eq!(detail["reversed"][0]["row"]["native_id"], "2");
    assert_eq!(detail["vanished"][0]["commission"]["amount"], "30.00");
    assert_eq!(
        detail["unknown"],
        json!([{"field": "approval", "word": "9", "count": 1}])
    );
    assert_eq!(detail["refused"][0]["line"], 5);
    let batch = entry["batch"].as_str().unwrap();
    assert_ne!(
        desk.json(&["inbox", "accept", batch])["accepted_at"],
        Value::Null
    );
    assert_eq!(desk.json(&["inbox", "list"])["total"], 1);
    assert_eq!(
        desk.json(&["inbox", "list", "--all"])["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // What brings nothing does not wait.
    let same = awin(&[
        "1,2026-03-01,10.00,1,USD,Acme",
        "2,2026-03-02,20.00,2,USD,Acme",
    ]);
    desk.json(&["import", &desk.file("three.csv", same)]);
    assert_eq!(desk.json(&["inbox", "list"])["total"], 1);
    // The newest of that name that brought something.
    desk.json(&["import", &desk.path("two.csv").to_string_lossy()]);
    let refused = desk.exits(3, &["import", "undo", "one.csv"]);
    assert!(
        refused["error"]["hints"][1]
            .as_str()
            .unwrap()
            .contains("They changed 1, 2")
    );
    desk.json(&["import", "undo", "two.csv"]);
    assert_eq!(desk.json(&["ledger", "show", "2"])["approval"], "pending");
    // The first file, and the second one again: its refused row wants to be looked at.
    assert_eq!(desk.json(&["inbox", "list"])["total"], 2);
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
}

fn two_sources(desk: &Desk) -> String {
    let map = desk.file("portal.toml", PORTAL);
    let portal = desk.file(
        "portal.csv",
        "When,Mine,Order,Who\n2026-03-01,39.60,o-1,anna\n2026-03-02,10.00,,\n2026-03-02,10.00,,\n",
    );
    desk.json(&["import", &portal, "--map", &map]);
    let other = desk.file(
        "other.toml",
        "name = 'other'\n[columns]\nid = 'No'\ndate = 'Day'\ncommission = 'Earned'\norder = 'Order'\n\
         customer = 'Client'\n[constants]\ncurrency = 'USD'\n",
    );
    desk.json(&["import", "mapping", "add", "--from", &other]);
    desk.file(
        "other.csv",
        "No,Day,Earned,Order,Client\nx1,2026-03-02,39.60,O-1,\nx2,2026-03-02,10.00,,\nx3,2026-03-02,10.00,o-9,bob\n\
         x4,2026-03-02,10.00,,\nx5,2026-03-03,10.00,,\n",
    )
}

#[test]
fn rows_that_another_source_has_are_for_a_person_to_decide() {
    let desk = Desk::new();
    let other = two_sources(&desk);
    let would = desk.json(&["import", &other, "--profile", "other", "--dry-run"]);
    let found: Vec<(u64, &str, &str)> = would["duplicates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().unwrap(),
                row["reason"].as_str().unwrap(),
                row["decision"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [(2, "order", "open"), (3, "day", "open"), (4, "day", "open")]
    );
    let done = desk.json(&[
        "import",
        &other,
        "--profile",
        "other",
        "--skip-duplicates",
        "--take",
        "4",
    ]);
    assert_eq!(counts(&done), [5, 3, 0, 2, 0]);
    assert_eq!(
        done["totals"],
        json!([{"amount": "30.00", "currency": "USD"}])
    );
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    // They are known again, and stay out.
    assert_eq!(
        counts(&desk.json(&["import", &other, "--profile", "other"])),
        [5, 0, 0, 5, 0]
    );
    // One comes back, another goes.
    let detail = desk.json(&["inbox", "show", "other.csv"]);
    let id = |native: &str| {
        let rows = detail["duplicates"].as_array().unwrap();
        let row = rows
            .iter()
            .find(|row| row["row"]["native_id"] == native)
            .unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let (back, gone) = (id("x1"), id("x3"));
    desk.json(&[
        "inbox",
        "decide",
        "other.csv",
        "--take",
        &back,
        "--skip",
        &gone,
    ]);
    assert_eq!(
        desk.json(&["ledger", "show", "x1"])["commission"]["amount"],
        "39.60"
    );
    desk.exits(3, &["ledger", "show", "x3"]);
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    // Where the other source goes, what stood back for it counts again.
    desk.json(&["import", "undo", "portal.csv"]);
    assert_eq!(
        desk.json(&["ledger", "show", "x2"])["commission"]["amount"],
        "10.00"
    );
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    desk.json(&["import", "undo", "other.csv"]);
    assert_eq!(desk.json(&["ledger", "list"])["items"], json!([]));
    assert_eq!(
        counts(&desk.json(&["import", &other, "--profile", "other"]))[1],
        5
    );
}

#[test]
fn refused_rows_are_mended_and_imported_alone() {
    let desk = Desk::new();
    let text = awin(&[
        "1,2026-03-01,10.00,1,USD,Acme",
        "2,2026-03-02,1O.00,1,USD,\"Acme, Inc.\"",
        "3,2026-03-03,30.00,1,USD,Acme",
    ]);
    let out = desk.path("refused.csv");
    let out = out.to_str().unwrap();
    let done = desk.json(&["import", &desk.file("a.csv", text), "--refused", out]);
    assert_eq!(counts(&done), [3, 2, 0, 0, 1]);
    assert_eq!(done["refused_file"], out);
    let refused = std::fs::read_to_string(out).unwrap();
    assert!(refused.contains("\n2,2026-03-02,1O.00,1,USD,\"Acme, Inc.\"\n"));
    // A known row among them must not make the others look vanished.
    let mended = refused.replace("1O.00", "10.00")
        + "3,2026-03-03,31.00,1,USD,Acme\n1,2026-02-01,10.00,1,USD,Acme\n";
    let done = desk.json(&["import", &desk.file("refused.csv", mended)]);
    assert_eq!(counts(&done), [3, 1, 2, 0, 0]);
    assert_eq!(done["vanished"], json!([]));
}

#[test]
fn a_mapping_is_handed_on_as_a_file() {
    let desk = Desk::new();
    let map = desk.file("portal.toml", PORTAL);
    desk.json(&[
        "import",
        &desk.file("p.csv", "When,Mine,Order,Who\n2026-03-01,1.00,,\n"),
        "--map",
        &map,
    ]);
    let out = desk.path("out.toml");
    desk.json(&[
        "import",
        "mapping",
        "show",
        "portal",
        "--out",
        out.to_str().unwrap(),
    ]);
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(
        text.contains("header = [\"mine\", \"order\", \"when\", \"who\"]"),
        "{text}"
    );
    desk.json(&["import", "mapping", "remove", "portal"]);
    desk.json(&["import", "mapping", "add", "--from", out.to_str().unwrap()]);
    let list = desk.json(&["import", "mapping", "list"]);
    assert_eq!(
        (
            list["items"][0]["name"].as_str(),
            list["items"][0]["builtin"].as_bool()
        ),
        (Some("portal"), Some(false))
    );
    desk.exits(3, &["import", "mapping", "show", "nothing"]);
}

#[test]
fn how_a_file_is_read_can_be_put_right() {
    let desk = Desk::new();
    let text = "Report of March\nid;date;commission;commission_status;currency\n1;03/04/2026 23:30;1.234;1;EUR\n";
    let file = desk.file("a.csv", text);
    let import = |more: &[&str]| {
        desk.json(&[&["import", file.as_str(), "--dry-run"], more].concat())["totals"][0]["amount"]
            .clone()
    };
    assert_eq!(import(&[]), "1.234");
    assert_eq!(import(&["--decimal", ","]), "1234.00");
    assert_eq!(
        import(&["--header-line", "2", "--thousands", "none"]),
        "1.234"
    );
    desk.json(&[
        "import",
        &file,
        "--date-order",
        "day-first",
        "--time-zone",
        "America/New_York",
    ]);
    assert_eq!(
        desk.json(&["ledger", "show", "1"])["occurred_at"],
        "2026-04-04T03:30:00Z"
    );
    for wrong in [
        ["--thousands", "#"],
        ["--date-order", "year"],
        ["--time-zone", "Mars"],
    ] {
        let refused = desk.exits(3, &[&["import", file.as_str()], &wrong[..]].concat());
        assert_eq!(refused["error"]["code"], "import.option");
    }
}
