//! Report files: every row accounted for, nothing twice, everything undone whole.

use crate::support::Desk;
use serde_json::{Value, json};

const IMPACT: &str = include_str!("../fixtures/reports/impact.csv");
const AMAZON: &str = include_str!("../fixtures/reports/amazon.csv");

fn rows(done: &Value) -> Vec<u64> {
    ["read", "new", "changed", "same", "refused"]
        .iter()
        .map(|key| done["rows"][key].as_u64().unwrap())
        .collect()
}

#[test]
fn every_row_of_a_file_is_accounted_for() {
    let desk = Desk::new();
    let file = desk.file("impact.csv", IMPACT);
    let would = desk.json(&["import", &file, "--dry-run"]);
    assert_eq!(
        (would["batch"].clone(), rows(&would)),
        (Value::Null, vec![7, 5, 0, 0, 2])
    );
    assert_eq!(
        desk.json(&["ledger", "list"])["items"]
            .as_array()
            .unwrap()
            .len(),
        0
    );

    let done = desk.json(&["import", &file]);
    assert_eq!(rows(&done), [7, 5, 0, 0, 2]);
    assert_eq!(done["refused"][0]["line"], 7);
    assert_eq!(done["refused"][0]["column"], "Payout");
    assert_eq!(done["refused"][1]["line"], 8);
    assert!(
        done["refused"][1]["text"]
            .as_str()
            .unwrap()
            .contains("1006")
    );
    assert_eq!(
        done["skipped"],
        json!([{"line": 1, "kind": "header", "text": IMPACT.lines().next()}])
    );
    assert_eq!(
        done["totals"],
        json!([{"amount": "398.80", "currency": "USD"}])
    );
    assert_eq!(done["unknown"][0]["word"], "ON_ICE");

    let again = desk.json(&["import", &file]);
    assert_eq!(rows(&again), [7, 0, 0, 5, 2]);
    assert_eq!(again["vanished"], json!([]));
}

#[test]
fn a_changed_row_is_an_event_and_a_missing_one_is_flagged() {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("one.csv", IMPACT)]);
    let later: Vec<String> = IMPACT
        .lines()
        .filter(|line| !line.contains(",1003,"))
        .map(|line| line.replace("1002,o-2,Kartra,PENDING", "1002,o-2,Kartra,APPROVED"))
        .take(4)
        .collect();
    let done = desk.json(&["import", &desk.file("two.csv", later.join("\n"))]);
    assert_eq!(rows(&done), [3, 0, 1, 2, 0]);
    assert_eq!(
        done["vanished"],
        json!([{"native_id": "1003", "commission": {"amount": "119.60", "currency": "USD"}}])
    );
    let row = desk.json(&["ledger", "show", "1002"]);
    assert_eq!(row["approval"], "approved");
    assert_eq!(row["events"][0]["before"], "pending");
    assert_eq!(desk.json(&["ledger", "show", "1003"])["vanished"], true);

    let first = desk.json(&["import", "list"])["items"][1]["batch"]
        .as_str()
        .unwrap()
        .to_owned();
    let refused = desk.exits(3, &["import", "undo", &first]);
    assert_eq!(refused["error"]["code"], "batch.built_on");
    desk.json(&["import", "undo", "two.csv"]);
    assert_eq!(
        desk.json(&["ledger", "show", "1002"])["approval"],
        "pending"
    );
    assert_eq!(desk.json(&["ledger", "show", "1003"])["vanished"], false);
    desk.json(&["import", "undo", &first]);
    assert_eq!(desk.json(&["ledger", "list"])["items"], json!([]));
    assert_eq!(
        rows(&desk.json(&["import", &desk.path("one.csv").to_string_lossy()]))[1],
        5,
        "it comes in afresh"
    );
}

#[test]
fn equal_rows_without_a_number_stay_two() {
    let desk = Desk::new();
    let done = desk.json(&["import", &desk.file("amazon.csv", AMAZON)]);
    assert_eq!(done["profile"], "amazon-us-fee-earnings");
    assert_eq!(rows(&done), [3, 3, 0, 0, 0]);
    let kinds: Vec<&str> = done["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["title", "header", "blank", "totals"]);
    assert_eq!(done["totals"][0]["amount"], "-44.10");
    assert_eq!(
        rows(&desk.json(&["import", &desk.file("again.csv", AMAZON)])),
        [3, 0, 0, 3, 0]
    );
    let item = &desk.json(&["ledger", "list"])["items"][0];
    assert_eq!(
        (item["kind"].as_str(), item["native_id"].clone()),
        (Some("correction"), Value::Null)
    );
    assert_eq!(item["commission"]["amount"], "-45.90");
}

#[test]
fn encodings_and_decimal_commas_do_not_matter() {
    let text = "id;date;commission;commission_status;currency;click_ref\n7;31.01.2026;1.234,50;1;EUR;größe\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        latin,
        wide,
    ] {
        let desk = Desk::new();
        desk.json(&["import", &desk.file("awin.csv", bytes)]);
        let row = desk.json(&["ledger", "show", "7"]);
        assert_eq!(
            row["commission"],
            json!({"amount": "1234.50", "currency": "EUR"})
        );
        assert_eq!(
            (row["sub_ids"][0].as_str(), row["approval"].as_str()),
            (Some("größe"), Some("approved"))
        );
        assert_eq!(row["occurred_on"], "2026-01-31");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_refused_as_a_whole() {
    let desk = Desk::new();
    let awin = "id,date,commission,commission_status\n";
    let code = |content: &[u8], more: &[&str]| -> (String, Value) {
        let file = desk.file("report.csv", content);
        let refused = desk.exits(3, &[&["import", &file], more].concat());
        (
            refused["error"]["code"].as_str().unwrap().to_owned(),
            refused["error"].clone(),
        )
    };
    assert_eq!(code(b"", &[]).0, "import.empty");
    assert_eq!(code(&[0, 159, 146, 150], &[]).0, "import.not_text");
    assert!(
        code(b"PK\x03\x04 sheet", &[]).1["hints"][0]
            .as_str()
            .unwrap()
            .contains("CSV")
    );
    assert_eq!(code(b"1,2026-01-05,3.00,1\n", &[]).0, "import.no_header");
    let (missing, error) = code(
        b"Action_Id,Action_Date,Status\n1,2026-01-05,APPROVED\n",
        &["--profile", "impact-action-listing"],
    );
    assert_eq!(
        (missing.as_str(), error["where"]["column"].as_str()),
        ("import.missing_column", Some("Payout"))
    );
    let (none, error) = code(format!("{awin}1,2026-01-05,3.00,1\n").as_bytes(), &[]);
    assert_eq!(none, "import.no_currency");
    assert!(error["hints"][0].as_str().unwrap().contains("--currency"));
    assert_eq!(
        code(awin.as_bytes(), &["--currency", "XYX"]).0,
        "import.unknown_currency"
    );
    assert_eq!(
        desk.json(&["import", "list"])["items"],
        json!([]),
        "nothing was written"
    );
    let header = desk.json(&["import", &desk.file("empty.csv", awin)]);
    assert_eq!(rows(&header), [0, 0, 0, 0, 0]);
    desk.exits(4, &["import", "nowhere.csv"]);
    desk.exits(2, &["import"]);
}

#[test]
fn a_mapping_is_made_once_and_recognised_later() {
    let desk = Desk::new();
    let map = desk.file(
        "portal.toml",
        "name = 'portal'\n[columns]\ndate = 'When'\ncommission = 'Mine'\nstatus = 'State'\nsub_id = 'Tag'\n\
         [constants]\ncurrency = 'USD'\nprogram = 'kartra'\n[status]\napproved = ['Cleared']\n",
    );
    let file = desk.file("a.csv", "When,Mine,State,Tag\n03/15/2026,39.60,Cleared,x\n");
    assert_eq!(
        desk.exits(3, &["import", &file])["error"]["code"],
        "import.no_profile"
    );
    assert_eq!(
        desk.json(&["import", &file, "--map", &map])["profile"],
        "portal"
    );
    let next = desk.file(
        "b.csv",
        "State,When,Tag,Mine\nCleared,03/16/2026,x,9.90\nOdd,03/17/2026,x,9.90\n",
    );
    let done = desk.json(&["import", &next]);
    assert_eq!(
        (done["profile"].as_str(), rows(&done)),
        (Some("portal"), vec![2, 2, 0, 0, 0])
    );
    let item = &desk.json(&["ledger", "list", "--program", "kartra"])["items"][1];
    assert_eq!(
        (item["approval"].as_str(), item["approval_text"].as_str()),
        (Some("approved"), Some("Cleared"))
    );
}

#[test]
fn a_hundred_thousand_columns_and_endless_quotes_cost_one_row() {
    let desk = Desk::new();
    let mut text =
        "id,date,commission,commission_status,currency\n1,2026-01-05,1.00,1,USD\n".to_owned();
    text += &",".repeat(100_000);
    text += "\n2,2026-01-06,1.00,1,USD\n\"3,2026-01-06,1.00,1,USD\n4,2026-01-06,1.00,1,USD\n";
    let done = desk.json(&["import", &desk.file("odd.csv", text)]);
    assert_eq!(rows(&done), [5, 3, 0, 0, 2]);
}

#[test]
fn kartra_messages_are_known_by_what_they_are() {
    let desk = Desk::new();
    let form = |id: u32, affiliate: &str, kind: &str| {
        format!(
            "transaction_id={id}&transaction_type={kind}&transaction_full_amount=199.00&commission=79.60&\
             transaction_date=2026-01-05+10%3A00%3A00&transaction_affiliate={affiliate}&parent_id=N%2FA"
        )
    };
    let lines = [
        form(1, "ann", "sale"),
        form(2, "ann", "rebill"),
        form(3, "ann", "failed"),
        form(4, "N%2FA", "sale"),
    ];
    let file = desk.file("messages.txt", lines.join("\n"));
    assert_eq!(
        desk.exits(3, &["import", &file])["error"]["code"],
        "import.no_currency"
    );
    let done = desk.json(&["import", &file, "--currency", "USD"]);
    assert_eq!(
        (&done["rows"]["read"], &done["rows"]["new"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(done["skipped"].as_array().unwrap().len(), 2);
    assert_eq!(done["totals"][0]["amount"], "159.20");
    let again = desk.json(&["import", &file, "--currency", "USD"]);
    assert_eq!(again["rows"]["same"], 2);
}
