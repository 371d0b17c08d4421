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
