//! Payout, deposit, difference, lock: from the first payment to a closed period.

use crate::support::Desk;
use serde_json::{Value, json};

const IMPACT: &str = include_str!("../fixtures/reports/impact.csv");

/// `PayPal`'s activity download, with the columns that it has by default.
const PAYPAL: &str = "\u{feff}\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Reference Txn ID\",\"Balance\",\"Subject\",\"Note\",\"Balance Impact\"
\"03/16/2026\",\"09:00:00\",\"PDT\",\"PartnerStack Inc\",\"Mass Pay Payment\",\"Completed\",\"USD\",\"79.60\",\"-1.60\",\"78.00\",\"pay@partnerstack.com\",\"me@example.com\",\"1AB\",\"\",\"78.00\",\"Kartra payout\",\"=cmd\",\"Credit\"
\"03/17/2026\",\"09:00:00\",\"PDT\",\"Hosting Ltd\",\"Payment\",\"Completed\",\"USD\",\"-12.00\",\"0.00\",\"-12.00\",\"me@example.com\",\"host@example.com\",\"2AB\",\"\",\"66.00\",\"\",\"\",\"Debit\"
\"03/18/2026\",\"09:00:00\",\"PDT\",\"\",\"General Currency Conversion\",\"Completed\",\"EUR\",\"60.00\",\"0.00\",\"60.00\",\"\",\"\",\"3AB\",\"\",\"60.00\",\"\",\"\",\"Credit\"
\"03/19/2026\",\"09:00:00\",\"PDT\",\"A Friend\",\"Payment\",\"Pending\",\"USD\",\"1,250.00\",\"0.00\",\"1,250.00\",\"f@example.com\",\"me@example.com\",\"4AB\",\"\",\"66.00\",\"\",\"\",\"Credit\"
\"03/20/2026\",\"09:00:00\",\"PDT\",\"A Friend\",\"Payment\",\"Completed\",\"USD\",\"1,250.00\",\"0.00\",\"1,250.00\",\"f@example.com\",\"me@example.com\",\"5AB\",\"\",\"1,316.00\",\"\",\"\",\"Credit\"
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("impact.csv", IMPACT)]);
    desk
}

/// Records a payment of what is due on a day and says its id.
fn paid(desk: &Desk, amount: &str, on: &str) -> String {
    let done = desk.json(&["ledger", "record", "kartra", "--amount", amount, "--on", on]);
    done["id"].as_str().unwrap().to_owned()
}

fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [arguments, more].concat()
}

fn amount(value: &Value) -> &str {
    value["amount"].as_str().unwrap()
}

#[test]
fn the_difference_counts_to_zero_and_the_period_locks() {
    let desk = desk();
    let payout = paid(&desk, "79.60", "2026-03-15");
    let refused = desk.exits(3, &["ledger", "lock", "kartra", "--through", "2026-03-31"]);
    assert_eq!(refused["error"]["code"], "period.open");
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("79.60 USD")
    );

    let state = desk.json(&[
        "ledger",
        "reconcile",
        &payout,
        "--deposit",
        "76.00",
        "--on",
        "2026-03-16",
    ]);
    assert_eq!(
        (amount(&state["difference"]), amount(&state["left"])),
        ("3.60", "3.60")
    );
    assert_eq!(amount(&state["lines_total"]), "79.60");
    assert_eq!(state["reconciled"], false);
    let state = desk.json(&[
        "ledger",
        "reconcile",
        &payout,
        "--explain",
        "fee=-3.00",
        "--note",
        "wire",
    ]);
    assert_eq!(amount(&state["left"]), "0.60");
    let state = desk.json(&[
        "ledger",
        "reconcile",
        &payout,
        "--explain",
        "exchange=-0.60",
    ]);
    assert_eq!(
        (amount(&state["left"]), state["reconciled"].as_bool()),
        ("0.00", Some(true))
    );

    let locked = desk.json(&[
        "ledger",
        "lock",
        "kartra",
        "--through",
        "2026-03-31",
        "--note",
        "first quarter",
    ]);
    assert_eq!(
        (locked["program"].as_str(), locked["through"].as_str()),
        (Some("kartra"), Some("2026-03-31"))
    );
    let refused = desk.exits(
        3,
        &["ledger", "reconcile", &payout, "--explain", "fee=-1.00"],
    );
    assert_eq!(refused["error"]["code"], "period.locked");
    let hints = refused["error"]["hints"].to_string();
    assert!(
        hints.contains("ledger unlock kartra --currency USD"),
        "{hints}"
    );
    desk.exits(
        3,
        &[
            "ledger",
            "record",
            "kartra",
            "--amount",
            "5",
            "--on",
            "2026-03-20",
        ],
    );
    let batch = desk.json(&["import", "list"])["items"][0]["batch"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        desk.exits(3, &["import", "undo", &batch])["error"]["code"],
        "batch.tied_to_payments"
    );
    assert_eq!(
        desk.json(&["ledger", "payouts"])["items"][0]["state"],
        "locked"
    );

    // The lock is a step of the history like any other.
    desk.json(&["book", "undo"]);
    assert_eq!(desk.json(&["ledger", "locks"])["items"], json!([]));
    let state = desk.json(&["ledger", "reconcile", &payout, "--explain", "fee=-1.00"]);
    assert_eq!(amount(&state["left"]), "1.00");
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
}

#[test]
fn an_import_never_fails_because_of_a_lock() {
    let desk = desk();
    desk.json(&["ledger", "lock", "kartra", "--through", "2026-01-31"]);
    // The sale of the 21st is reversed now, one of the 19th is new, and February goes on.
    let later = IMPACT.replace("1002,o-2,Kartra,PENDING", "1002,o-2,Kartra,REVERSED")
        + "2026-01-04T10:00:00Z,2026-01-19T09:30:00Z,,2001,o-9,Kartra,APPROVED,99.00,USD,39.60,blog,,,\n\
           2026-01-04T10:00:00Z,2026-02-19T09:30:00Z,,2002,o-9,Kartra,APPROVED,99.00,USD,39.60,blog,,,\n";
    let done = desk.json(&["import", &desk.file("impact-2.csv", later)]);
    assert_eq!(done["rows"]["new"], 1, "{done}");
    assert_eq!(done["rows"]["changed"], 0);
    let earned =
        |desk: &Desk| amount(&desk.json(&["ledger", "owed"])["items"][0]["earned"]).to_owned();
    assert_eq!(earned(&desk), "119.20");
    let entry = desk.json(&["inbox", "show", done["batch"].as_str().unwrap()]);
    assert_eq!(entry["entry"]["after_lock"], 2, "{entry}");
    assert_eq!(entry["after_lock"][0]["native_id"], "2001");
    assert_eq!(desk.json(&["ledger", "show", "1002"])["after_lock"], true);
    assert_eq!(desk.json(&["ledger", "locks"])["items"][0]["waiting"], 2);
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    let unlocked = desk.json(&["ledger", "unlock", "kartra"]);
    assert_eq!(unlocked["taken_in"], 2);
    assert_eq!(earned(&desk), "79.20");
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    assert_eq!(
        desk.exits(3, &["ledger", "unlock", "kartra"])["error"]["code"],
        "period.unlocked"
    );
}

#[test]
fn a_paypal_statement_brings_deposits_once_and_proposes_the_payout() {
    let desk = desk();
    let payout = paid(&desk, "79.60", "2026-03-15");
    let file = desk.file("Download.CSV", PAYPAL);
    let would = desk.json(&["ledger", "statement", "import", &file, "--dry-run"]);
    assert_eq!(would["statement"], Value::Null);
    assert_eq!(
        desk.json(&["ledger", "statement", "list"])["items"],
        json!([])
    );
    let done = desk.json(&["ledger", "statement", "import", &file]);
    assert_eq!(done["mapping"], "paypal");
    assert_eq!(
        done["rows"],
        json!({"read": 5, "new": 2, "same": 0, "left": 3, "refused": 0})
    );
    assert_eq!(done["proposed"], 1);
    let again = desk.json(&["ledger", "statement", "import", &file]);
    assert_eq!(
        (
            again["rows"]["new"].as_u64(),
            again["rows"]["same"].as_u64()
        ),
        (Some(0), Some(2))
    );
    assert_eq!(again["statement"], Value::Null);

    let state = desk.json(&["ledger", "reconcile", &payout]);
    let proposal = &state["deposit_proposals"][0];
    assert_eq!(amount(&proposal["deposit"]["amount"]), "78.00");
    assert_eq!(amount(&proposal["deposit"]["fee"]), "1.60");
    assert_eq!(
        proposal["reasons"],
        json!(["amount_with_fee", "days_few", "name"])
    );
    assert_eq!(state["deposit_proposals"].as_array().unwrap().len(), 1);
    let state = desk.json(&[
        "ledger",
        "reconcile",
        &payout,
        "--take",
        proposal["deposit"]["id"].as_str().unwrap(),
    ]);
    assert_eq!(
        (amount(&state["left"]), amount(&state["fees"])),
        ("0.00", "1.60")
    );
    let story = desk.json(&["ledger", "show", "1002"])["story"].to_string();
    assert!(
        story.contains("The money arrived on 2026-03-16: 78.00 USD after a fee of 1.60 USD"),
        "{story}"
    );

    let statement = done["statement"].as_str().unwrap();
    assert_eq!(
        desk.exits(3, &["ledger", "statement", "undo", statement])["error"]["code"],
        "deposit.matched"
    );
    let deposit = state["deposits"][0]["id"].as_str().unwrap();
    desk.json(&["ledger", "reconcile", &payout, "--give-back", deposit]);
    assert_eq!(
        desk.json(&["ledger", "statement", "undo", statement])["removed"],
        2
    );
    assert_eq!(
        desk.json(&["ledger", "deposits", "--which", "all"])["items"],
        json!([])
    );
}

#[test]
fn any_bank_is_mapped_once_and_known_again() {
    let desk = desk();
    let march = "Buchungstag;Name;Verwendungszweck;Betrag\n16.03.2026;IMPACT TECH;Kartra Auszahlung;72,10\n\
                 17.03.2026;Miete;Wohnung;-800,00\n16.03.2026;IMPACT TECH;Kartra Auszahlung;72,10\n";
    let file = desk.file("march.csv", march);
    let refused = desk.exits(3, &["ledger", "statement", "import", &file]);
    assert_eq!(refused["error"]["code"], "statement.no_mapping");
    let done = desk.json(&[
        "ledger",
        "statement",
        "import",
        &file,
        "--column",
        "date=Buchungstag",
        "--column",
        "amount=Betrag",
        "--column",
        "reference=Verwendungszweck",
        "--column",
        "who=Name",
        "--name",
        "My bank",
        "--currency",
        "EUR",
    ]);
    // Two equal rows are two deposits.
    assert_eq!(
        done["rows"],
        json!({"read": 3, "new": 2, "same": 0, "left": 1, "refused": 0})
    );
    assert_eq!(
        done["totals"],
        json!([{"amount": "144.20", "currency": "EUR"}])
    );
    let april = march.to_owned() + "02.04.2026;IMPACT TECH;Kartra Auszahlung;10,00\n";
    let again = desk.json(&[
        "ledger",
        "statement",
        "import",
        &desk.file("april.csv", april),
    ]);
    assert_eq!(again["mapping"], "My bank");
    assert_eq!(
        (
            again["rows"]["new"].as_u64(),
            again["rows"]["same"].as_u64()
        ),
        (Some(1), Some(2))
    );
}

#[test]
fn another_currency_takes_a_dated_rate_with_its_source() {
    let desk = desk();
    let payout = paid(&desk, "79.60", "2026-03-15");
    let deposit: [&str; 9] = [
        "ledger",
        "reconcile",
        &payout,
        "--deposit",
        "72.10",
        "--on",
        "2026-03-16",
        "--currency",
        "EUR",
    ];
    assert_eq!(desk.exits(3, &deposit)["error"]["code"], "rate.needed");
    assert_eq!(
        desk.exits(3, &with(&deposit, &["--rate", "1.104"]))["error"]["code"],
        "rate.refused"
    );
    let state = desk.json(&with(
        &deposit,
        &["--rate", "1.104", "--rate-source", "my bank"],
    ));
    assert_eq!(amount(&state["left"]), "0.00", "72.10 × 1.104 is 79.60");
    assert_eq!(
        state["deposits"][0]["rate"],
        json!({"from": "EUR", "to": "USD", "value": "1.104", "on": "2026-03-16", "source": "my bank"})
    );
    assert_eq!(
        desk.exits(
            3,
            &with(&deposit, &["--rate", "1.104", "--rate-source", "x"])
        )["error"]["code"],
        "deposit.taken"
    );
    desk.exits(
        3,
        &[
            "ledger",
            "reconcile",
            "nobody",
            "--deposit",
            "1",
            "--on",
            "2026-03-16",
        ],
    );
    desk.exits(2, &["ledger", "reconcile", &payout, "--deposit", "1"]);
}
