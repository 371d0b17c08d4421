//! Reports: earned = reserve + due + paid, by every key.

use crate::support::Desk;
use serde_json::Value;

const IMPACT: &str = include_str!("../fixtures/reports/impact.csv");

fn rows(desk: &Desk, arguments: &[&str]) -> Vec<(String, String)> {
    let by = arguments[0];
    let report = desk.json(&[&["report", "earnings", "--by"], arguments].concat());
    let rows = report["rows"].as_array().unwrap();
    for row in rows {
        let amount = |key: &str| -> i64 {
            row[key]["amount"]
                .as_str()
                .unwrap()
                .replace('.', "")
                .parse()
                .unwrap()
        };
        assert_eq!(
            amount("earned"),
            amount("reserve") + amount("due") + amount("paid")
        );
    }
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    rows.iter()
        .map(|row| (text(&row[by]), text(&row["earned"]["amount"])))
        .collect()
}

fn pair(key: &str, amount: &str) -> (String, String) {
    (key.to_owned(), amount.to_owned())
}

#[test]
fn earnings_add_up_by_every_key() {
    let desk = Desk::new();
    desk.json(&["channel", "add", "My blog", "--kind", "blog"]);
    desk.json(&["import", &desk.file("impact.csv", IMPACT)]);
    assert_eq!(
        rows(&desk, &["month"]),
        [pair("2026-01", "119.20"), pair("2026-02", "-39.60")]
    );
    assert_eq!(
        rows(&desk, &["month", "--from", "2026-02", "--to", "2026-02"]),
        [pair("2026-02", "-39.60")]
    );
    assert_eq!(rows(&desk, &["program"]), [pair("kartra", "79.60")]);
    assert!(rows(&desk, &["plan"]).contains(&pair("2021/silver-monthly", "79.60")));
    assert_eq!(rows(&desk, &["channel"]), [pair("none", "79.60")]);
    assert_eq!(rows(&desk, &["campaign"]), [pair("none", "79.60")]);
    assert_eq!(rows(&desk, &["link"]), [pair("none", "79.60")]);
    desk.exits(3, &["report", "earnings", "--by", "colour"]);
    desk.exits(
        3,
        &["report", "earnings", "--by", "month", "--from", "March"],
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told to its end")]
fn measures_comparison_and_rates_stand_beside_the_sums() {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("impact.csv", IMPACT)]);
    let report = desk.json(&[
        "report",
        "earnings",
        "--by",
        "month",
        "--from",
        "2026-02",
        "--to",
        "2026-02",
        "--before-from",
        "2026-01",
        "--before-to",
        "2026-01",
        "--measures",
    ]);
    let row = &report["rows"][0];
    assert_eq!(
        (row["month"].as_str(), row["before"]["amount"].as_str()),
        (Some("2026-02"), Some("119.20"))
    );
    assert_eq!(row["change"]["amount"], "-158.80");
    let january = desk.json(&[
        "report",
        "earnings",
        "--by",
        "month",
        "--from",
        "2026-01",
        "--to",
        "2026-01",
        "--measures",
    ]);
    let measures = &january["rows"][0]["measures"];
    assert_eq!(measures["hold_days"], "45");
    assert_eq!(
        measures["refunded"], 1,
        "the one that was reversed: {measures}"
    );
    assert_eq!(rows(&desk, &["tier"]), [pair("direct", "79.60")]);
    assert_eq!(rows(&desk, &["country"]), [pair("none", "79.60")]);
    // Two currencies add up at a dated rate alone.
    let euros =
        "Date,Commission,Country\n2026-01-05,10.00,de\n2026-01-06,20.00,DE\n2026-01-07,5.00,FR\n";
    let map = desk.file(
        "map.toml",
        "[columns]\ndate = \"Date\"\ncommission = \"Commission\"\n",
    );
    desk.json(&[
        "import",
        &desk.file("euros.csv", euros),
        "--map",
        &map,
        "--currency",
        "EUR",
    ]);
    assert_eq!(
        rows(&desk, &["country"]),
        [
            pair("none", "79.60"),
            pair("DE", "30.00"),
            pair("FR", "5.00")
        ]
    );
    let plain = desk.json(&["report", "earnings", "--by", "program"]);
    assert_eq!(plain["converted"], Value::Null);
    assert_eq!(plain["totals"].as_array().unwrap().len(), 2);
    let rate = [
        "report",
        "earnings",
        "--by",
        "program",
        "--rate",
        "EUR/USD=1.08@2026-01-01",
    ];
    assert_eq!(desk.exits(3, &rate)["error"]["code"], "rate.refused");
    let sum = desk.json(&[&rate[..], &["--rate-source", "ECB"]].concat());
    assert_eq!(sum["converted"]["earned"]["amount"], "117.40");
    assert_eq!(sum["converted"]["rates"][0]["source"], "ECB");
    let file = desk.path("report.csv");
    desk.json(&[
        "report",
        "earnings",
        "--by",
        "country",
        "--out",
        file.to_str().unwrap(),
    ]);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        text.starts_with("country,currency,earned,reserve,due,paid\n"),
        "{text}"
    );
    desk.exits(
        3,
        &[
            "report",
            "earnings",
            "--by",
            "country",
            "--out",
            "report.odt",
        ],
    );
}

#[test]
fn the_statement_of_a_year_is_written_in_three_forms() {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("impact.csv", IMPACT)]);
    let payout = desk.json(&[
        "ledger",
        "record",
        "kartra",
        "--amount",
        "79.60",
        "--on",
        "2026-03-15",
    ]);
    let id = payout["id"].as_str().unwrap();
    desk.json(&[
        "ledger",
        "reconcile",
        id,
        "--deposit",
        "77.60",
        "--fee",
        "2.00",
        "--on",
        "2026-03-16",
    ]);
    for ending in ["pdf", "csv", "xlsx"] {
        let file = desk.path(&format!("year.{ending}"));
        let path = file.to_str().unwrap();
        let done = desk.json(&["report", "statement", "--year", "2026", "--out", path]);
        assert_eq!(done["files"][0], path);
        let bytes = std::fs::read(&file).unwrap();
        match ending {
            "pdf" => assert!(bytes.starts_with(b"%PDF-")),
            "xlsx" => assert!(bytes.starts_with(b"PK")),
            _ => {
                let text = String::from_utf8(bytes).unwrap();
                assert!(
                    text.contains("total,,,,,USD,119.20,-39.60,79.60,79.60,2.00"),
                    "{text}"
                );
                assert!(
                    text.contains("month,,2026-02,,,USD,0.00,-39.60,-39.60,0.00"),
                    "{text}"
                );
                assert!(
                    text.contains("payout,Kartra,,2026-03-16,,USD,,,,79.60,2.00,77.60,USD"),
                    "{text}"
                );
            }
        }
    }
    desk.exits(
        3,
        &["report", "statement", "--year", "2026", "--out", "year.odt"],
    );
    desk.exits(2, &["report", "statement", "--out", "year.pdf"]);
}
