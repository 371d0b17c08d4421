//! The ledger: what stands where, why, and what is paid when.

use crate::support::Desk;
use serde_json::{Value, json};

const IMPACT: &str = include_str!("../fixtures/reports/impact.csv");
const REFERENCE: &str = include_str!("../fixtures/reference/payout-small.json");

fn imported() -> Desk {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("impact.csv", IMPACT)]);
    desk
}

#[test]
fn owed_is_earned_on_hold_due_and_paid() {
    let desk = imported();
    let owed = |on: &str| desk.json(&["ledger", "owed", "--on", on])["items"][0].clone();
    let amounts = |row: &Value| -> Vec<String> {
        ["earned", "reserve", "due", "paid"]
            .iter()
            .map(|key| row[key]["amount"].as_str().unwrap().to_owned())
            .collect()
    };
    // 39.60 and 79.60 are held 45 days; the correction of the first matures with it; the reversed and the unknown row count nowhere.
    let row = owed("2026-02-15");
    assert_eq!(
        (row["program"].as_str(), row["currency"].as_str()),
        (Some("kartra"), Some("USD"))
    );
    assert_eq!(amounts(&row), ["79.60", "79.60", "0.00", "0.00"]);
    assert_eq!(row["unknown"]["amount"], "199.60");
    assert_eq!(
        row["next_payout"],
        Value::Null,
        "79.60 does not reach 100.00"
    );
    assert_eq!(
        amounts(&owed("2026-03-07")),
        ["79.60", "0.00", "79.60", "0.00"]
    );
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-01-01",
        "minimum=50",
    ]);
    assert_eq!(
        owed("2026-02-15")["next_payout"],
        json!({"date": "2026-03-15", "amount": "79.60", "currency": "USD"})
    );
}

#[test]
fn a_row_tells_its_story_with_the_arithmetic() {
    let desk = imported();
    let row = desk.json(&["ledger", "show", "1002"]);
    let story: Vec<&str> = row["story"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap())
        .collect();
    assert!(
        story
            .iter()
            .any(|line| line.contains("40% of 199.00 USD = 79.60 USD")),
        "{story:?}"
    );
    assert!(
        story
            .iter()
            .any(|line| line.contains("2026-03-07") && line.contains("45 days")),
        "{story:?}"
    );
    assert_eq!(row["plan"], "2021/silver-monthly");
    assert!(
        row["raw"]
            .as_str()
            .unwrap()
            .contains("\"Action_Id\":\"1002\"")
    );
    assert_eq!(
        desk.json(&["ledger", "show", "1001"])["related"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.exits(3, &["ledger", "show", "nothing"])["error"]["code"],
        "ledger_row.unknown"
    );
}

#[test]
fn lists_page_and_narrow() {
    let desk = imported();
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut arguments = vec!["ledger", "list", "--limit", "2"];
        if let Some(after) = &after {
            arguments.extend(["--after", after]);
        }
        let page = desk.json(&arguments);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["occurred_on"].as_str().unwrap().to_owned()),
        );
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(
        seen,
        [
            "2026-02-02",
            "2026-02-01",
            "2026-01-22",
            "2026-01-21",
            "2026-01-20"
        ]
    );
    let count = |more: &[&str]| {
        desk.json(&[&["ledger", "list"], more].concat())["items"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count(&["--standing", "reversed"]), 1);
    assert_eq!(count(&["--standing", "unknown"]), 1);
    assert_eq!(count(&["--from", "2026-02-01"]), 2);
    assert_eq!(count(&["--search", "o-2"]), 1);
    desk.exits(3, &["ledger", "list", "--standing", "elsewhere"]);
    assert!(
        desk.text(&["ledger", "list", "--format", "csv"])
            .starts_with("Day,Id,Program")
    );
}

#[test]
fn a_recorded_payment_pays_the_longest_due_first_and_can_be_undone() {
    let desk = Desk::new();
    let awin = "id,date,commission,commission_status,currency,advertiser_name\n\
                1,2025-01-10,60.00,1,USD,Kartra\n2,2025-01-11,60.00,1,USD,Kartra\n3,2025-01-12,-20.00,1,USD,Kartra\n";
    desk.json(&["import", &desk.file("awin.csv", awin)]);
    desk.text(&[
        "ledger",
        "record",
        "kartra",
        "--amount",
        "70.00",
        "--on",
        "2025-04-15",
        "--note",
        "PayPal",
    ]);
    let owed = desk.json(&["ledger", "owed", "--on", "2025-05-01"])["items"][0].clone();
    assert_eq!(
        (
            owed["due"]["amount"].as_str(),
            owed["paid"]["amount"].as_str()
        ),
        (Some("30.00"), Some("70.00"))
    );
    assert_eq!(desk.json(&["ledger", "show", "1"])["standing"], "paid");
    let payout = desk.json(&["ledger", "payouts"])["items"][0].clone();
    assert_eq!(
        (
            payout["amount"]["amount"].as_str(),
            payout["allocated"]["amount"].as_str()
        ),
        (Some("70.00"), Some("70.00"))
    );
    let batch = desk.json(&["import", "list"])["items"][0]["batch"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        desk.exits(3, &["import", "undo", &batch])["error"]["code"],
        "batch.tied_to_payments"
    );
    desk.json(&["book", "undo"]);
    assert_eq!(desk.json(&["ledger", "show", "1"])["standing"], "due");
    desk.json(&["import", "undo", &batch]);
}

fn set(desk: &Desk, values: &[&str]) {
    let mut arguments = vec!["program", "set-terms", "kartra", "--from", "2026-01-01"];
    arguments.extend(values);
    desk.json(&arguments);
}

#[test]
fn a_fee_of_the_terms_is_off_what_arrives() {
    let desk = imported();
    set(&desk, &["minimum=50", "payout_fee=2%"]);
    let owed = || desk.json(&["ledger", "owed", "--on", "2026-02-15"])["items"][0].clone();
    assert_eq!(
        owed()["next_payout"],
        json!({"date": "2026-03-15", "amount": "79.60", "currency": "USD", "fee": "1.59", "arrives": "78.01"})
    );
    desk.text(&[
        "ledger",
        "record",
        "kartra",
        "--amount",
        "79.60",
        "--on",
        "2026-03-15",
    ]);
    let payout = desk.json(&["ledger", "payouts"])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = desk.json(&["ledger", "reconcile", &payout]);
    assert_eq!(
        shown["terms_fee"],
        json!({"amount": "1.59", "currency": "USD"})
    );
    assert_eq!(
        shown["expected"],
        json!({"amount": "78.01", "currency": "USD"})
    );
    let words = desk.text(&["ledger", "reconcile", &payout]);
    assert!(
        words.contains("a deposit of 78.01 USD is to be expected"),
        "{words}"
    );
    set(&desk, &["payout_fee=0%"]);
    let shown = desk.json(&["ledger", "reconcile", &payout]);
    assert_eq!(
        (&shown["terms_fee"], &shown["expected"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn nothing_is_due_before_enough_sales_are_approved() {
    let desk = imported();
    let row = |on: &str| desk.json(&["ledger", "owed", "--on", on])["items"][0].clone();
    let stands = |row: &Value| {
        (
            row["reserve"]["amount"].as_str().unwrap().to_owned(),
            row["due"]["amount"].as_str().unwrap().to_owned(),
        )
    };
    let (held, due) = (
        ("79.60".into(), "0.00".into()),
        ("0.00".into(), "79.60".into()),
    );
    set(&desk, &["minimum=50", "min_sales=1"]);
    assert_eq!(stands(&row("2026-03-07")), due, "one sale is approved");
    set(&desk, &["min_sales=2"]);
    let waiting = row("2026-03-07");
    assert_eq!(
        (stands(&waiting), &waiting["next_payout"]),
        (held, &Value::Null)
    );
    let by = desk.json(&[
        "report", "earnings", "--by", "program", "--from", "2026-01", "--to", "2026-12",
    ]);
    assert_eq!(
        by["rows"][0]["due"]["amount"], "0.00",
        "every report says the same: {by}"
    );
    let shown = desk.json(&["ledger", "show", "1002"]);
    assert_eq!(
        (&shown["standing"], &shown["matures_on"]),
        (&json!("reserve"), &Value::Null)
    );
    let story = shown["story"].to_string();
    assert!(
        story.contains("on hold until 2 of your sales are approved"),
        "{story}"
    );
    // A second sale is approved on 4 March: from then on the first is due.
    let second = "Action_Id,Action_Date,Payout,Sale_Amount,Currency,Status,Campaign\n\
                  2001,2026-03-04,39.60,99.00,USD,APPROVED,Kartra\n";
    desk.json(&["import", &desk.file("second.csv", second)]);
    assert_eq!(stands(&row("2026-03-07")), ("39.60".into(), "79.60".into()));
    assert_eq!(row("2026-03-03")["due"]["amount"], "0.00", "not before");
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
}

#[test]
fn a_planned_number_of_sales_says_what_it_would_hold_back() {
    let desk = imported();
    let preview = |value: &str| {
        desk.json(&[
            "program",
            "set-terms",
            "kartra",
            "--from",
            "2026-01-01",
            value,
            "--dry-run",
        ])
    };
    let none = preview("min_sales=1");
    assert_eq!(none["affected"], 0, "one sale is approved: {none:#}");
    let held = preview("min_sales=2");
    assert_eq!(held["affected"], held["open"], "{held:#}");
    for row in held["rows"].as_array().unwrap() {
        assert!(row["due_before"].is_string(), "{row}");
        assert_eq!(row["due_after"], Value::Null, "{row}");
        assert_eq!(row["before"], row["after"], "the amount stays: {row}");
    }
}

#[test]
fn settings_of_the_book_are_read_and_changed() {
    let desk = imported();
    let before = desk.json(&["book", "settings"]);
    assert_eq!(before["customers"], "alias");
    let changed = desk.json(&["book", "settings", "--late-after", "21"]);
    assert_eq!(
        (&changed["late_after"], &changed["time_zone"]),
        (&json!(21), &before["time_zone"])
    );
    desk.json(&["book", "undo"]);
    assert_eq!(desk.json(&["book", "settings"]), before);
    desk.exits(3, &["book", "settings", "--late-after", "400"]);
    let overview = desk.json(&["book", "overview"]);
    assert_eq!(overview["owed"][0]["program"], "kartra", "{overview:#}");
}

#[test]
fn a_schedule_waits_for_enough_sales_and_takes_its_fee() {
    let desk = Desk::bare();
    let ledger = desk.file(
        "ledger.json",
        r#"[{"id":"a","date":"2026-01-05","kind":"commission","amount":"200.00"},
            {"id":"b","date":"2026-03-10","kind":"commission","amount":"50.00"}]"#,
    );
    let run = |more: &str| {
        let terms =
            format!(r#"{{"currency":"USD","hold_days":10,"minimum":"10","run_day":15{more}}}"#);
        let terms = desk.file("terms.json", &terms);
        desk.json(&["ledger", "schedule", "--ledger", &ledger, "--terms", &terms])
    };
    let plain = run("");
    assert_eq!(
        (&plain["rows"][0]["payout"], &plain["rows"][0]["fee"]),
        (&json!("200.00"), &Value::Null)
    );
    let finer = run(r#","min_sales":2,"payout_fee":"2%""#);
    let of = |key: &str| -> Vec<&str> {
        finer["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row[key].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        of("run"),
        ["2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"]
    );
    assert_eq!(of("payout"), ["0.00", "0.00", "200.00", "50.00"]);
    assert_eq!(of("arrives"), ["0.00", "0.00", "196.00", "49.00"]);
    assert_eq!(
        (&finer["total_paid"], &finer["total_fees"]),
        (&json!("250.00"), &json!("5.00"))
    );
}

#[test]
fn the_payout_schedule_comes_out_to_the_cent() {
    let desk = Desk::bare();
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let terms = desk.file("terms.json", reference["terms"].to_string());
    for example in reference["examples"].as_array().unwrap() {
        let ledger = desk.file("ledger.json", example["ledger"].to_string());
        let result = desk.json(&["ledger", "schedule", "--ledger", &ledger, "--terms", &terms]);
        let rows = result["rows"].as_array().unwrap();
        let expected = example["expected"].as_array().unwrap();
        // The reference lists two years of runs; the schedule goes from the first posting until everything has matured.
        for expected in expected {
            let Some(row) = rows.iter().find(|row| row["run"] == expected["run"]) else {
                assert_eq!(expected["payout"], "0.00");
                continue;
            };
            for (key, value) in expected.as_object().unwrap() {
                assert_eq!(&row[key], value, "{key} of {}", expected["run"]);
            }
        }
        for key in ["total_paid", "closing"] {
            if !example[key].is_null() {
                assert_eq!(result[key], example[key]);
            }
        }
    }
    let odd = desk.file(
        "odd.json",
        r#"{"currency":"USD","hold_days":45,"minimum":"100","run_day":15,"colour":"red"}"#,
    );
    let ledger = desk.file("ledger.json", "[]");
    let refused = desk.exits(
        3,
        &["ledger", "schedule", "--ledger", &ledger, "--terms", &odd],
    );
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("colour")
    );
}
