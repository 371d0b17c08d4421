//! The audit: what the terms promise against what was reported, and what the user makes of it.

use crate::support::Desk;
use serde_json::Value;

/// The first row is the slip of the source: Platinum monthly at 119.60 in place of 199.60.
const REPORT: &str = "\
Action_Id,Action_Date,Payout,Sale_Amount,Currency,Status,Campaign\n\
p-1,2022-03-05,119.60,499.00,USD,APPROVED,Kartra\n\
p-2,2022-03-06,199.60,499.00,USD,APPROVED,Kartra\n\
p-3,2022-03-07,45.00,99.00,USD,APPROVED,Kartra\n\
p-4,2022-03-08,10.00,,USD,APPROVED,Kartra\n";

fn imported() -> Desk {
    let desk = Desk::new();
    desk.json(&["import", &desk.file("report.csv", REPORT)]);
    desk
}

fn audit(desk: &Desk, status: i32, more: &[&str]) -> Value {
    let mut arguments = vec!["ledger", "audit"];
    arguments.extend(more);
    desk.exits(status, &arguments)
}

#[test]
fn the_slip_is_found_with_its_arithmetic_and_the_terms_that_hold() {
    let desk = imported();
    let page = audit(&desk, 1, &["--kind", "short_paid"]);
    let item = &page["items"][0];
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
    assert_eq!(item["native_id"], "p-1");
    assert_eq!(item["expected"]["amount"], "199.60");
    assert_eq!(item["reported"]["amount"], "119.60");
    assert_eq!(item["difference"]["amount"], "-80.00");
    assert_eq!(item["terms"]["version"], "2021");
    assert_eq!(item["state"], "open");
    let words: Vec<&str> = item["computation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step.as_str().unwrap())
        .collect();
    assert!(
        words.contains(&"499.00 USD × 40% = 199.60 USD."),
        "{words:?}"
    );
    assert!(
        words.iter().any(|step| step.contains("Gold, monthly")),
        "{words:?}"
    );
    let summary = &page["summary"];
    assert_eq!(summary["judged"], 3);
    assert_eq!(summary["unjudged"][0]["reason"], "no_price");
    assert_eq!(summary["unjudged"][0]["count"], 1);
}

#[test]
fn findings_come_by_size_and_page_by_page() {
    let desk = imported();
    let all = audit(&desk, 1, &[]);
    let kinds: Vec<&str> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["short_paid", "over_paid"]);
    let first = audit(&desk, 1, &["--limit", "1"]);
    let next = first["next"].as_str().unwrap();
    let second = audit(&desk, 1, &["--limit", "1", "--after", next]);
    assert_eq!(second["items"][0]["kind"], "over_paid");
    assert_eq!(second["next"], Value::Null);
    let printed = desk.run(&["ledger", "audit", "--format", "csv"]);
    assert_eq!(printed.status.code(), Some(1));
    let csv = String::from_utf8(printed.stdout).unwrap();
    assert!(csv.lines().nth(1).unwrap().contains("short paid"), "{csv}");
    desk.exits(3, &["ledger", "audit", "--kind", "cheap"]);
}

#[test]
fn what_was_decided_outlives_a_new_import_and_can_be_undone() {
    let desk = imported();
    let id = audit(&desk, 1, &[])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let detail = desk.json(&[
        "ledger",
        "finding",
        "dispute",
        &id,
        "--note",
        "Asked Kartra",
        "--deadline",
        "2026-04-01",
    ]);
    assert_eq!(detail["finding"]["state"], "disputed");
    desk.json(&[
        "ledger",
        "finding",
        "letter",
        &id,
        "Please look.",
        "--on",
        "2026-03-10",
    ]);
    let batch = desk.json(&["import", "list"])["items"][0]["batch"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.json(&["import", "undo", &batch]);
    assert_eq!(audit(&desk, 0, &[])["items"], Value::Array(Vec::new()));
    desk.json(&["import", &desk.file("again.csv", REPORT)]);
    let again = audit(&desk, 1, &["--state", "disputed"])["items"][0].clone();
    assert_eq!(again["note"], "Asked Kartra");
    assert_eq!(again["deadline"], "2026-04-01");
    let id = again["id"].as_str().unwrap();
    let shown = desk.json(&["ledger", "finding", "show", id]);
    assert_eq!(shown["letters"][0]["text"], "Please look.");
    desk.json(&["ledger", "finding", "accept", id]);
    desk.json(&["book", "undo"]);
    assert_eq!(
        desk.json(&["ledger", "finding", "show", id])["finding"]["state"],
        "disputed"
    );
}

#[test]
fn what_is_settled_leaves_no_finding_to_exit_for() {
    let desk = imported();
    for item in audit(&desk, 1, &[])["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        desk.json(&["ledger", "finding", "accept", id]);
    }
    let settled = audit(&desk, 0, &[]);
    assert_eq!(settled["summary"]["open"], 0);
    assert_eq!(settled["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_dispute_becomes_a_document() {
    let desk = imported();
    let id = audit(&desk, 1, &[])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.json(&[
        "ledger",
        "finding",
        "dispute",
        &id,
        "--deadline",
        "2026-04-01",
    ]);
    desk.json(&[
        "ledger",
        "finding",
        "letter",
        &id,
        "We are looking at it.",
        "--from",
        "program",
    ]);
    let paper = |name: &str| desk.path(name).display().to_string();
    desk.json(&["ledger", "finding", "dossier", &id, "--out", &paper("d.md")]);
    let text = std::fs::read_to_string(desk.path("d.md")).unwrap();
    for part in [
        "Commission below the terms: 80.00 USD",
        "499.00 USD × 40% = 199.60 USD.",
        "**Please answer by:** 2026-04-01",
        "**In force from:** 2021-04-01",
        "We are looking at it.",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    desk.json(&[
        "ledger",
        "finding",
        "dossier",
        &id,
        "--out",
        &paper("d.pdf"),
    ]);
    let pdf = std::fs::read(desk.path("d.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 5_000);
    let refused = desk.exits(
        3,
        &[
            "ledger",
            "finding",
            "dossier",
            &id,
            "--out",
            &paper("d.doc"),
        ],
    );
    assert_eq!(refused["error"]["code"], "dossier.format");
    assert!(!desk.path("d.doc").exists());
}

#[test]
fn a_document_names_the_click_and_the_link_behind_the_sale() {
    let desk = Desk::new();
    desk.json(&["program", "identity", "kartra", "anna"]);
    let link = desk.json(&["link", "new", "--program", "kartra", "--channel", "Blog"]);
    let code = link["code"].as_str().unwrap();
    let map = desk.file(
        "clicked.toml",
        "name = 'clicked'\n[columns]\nid = 'No'\ndate = 'When'\ncommission = 'Mine'\nsale = 'Price'\n\
         program = 'Program'\nsub_id = 'Via'\nclick_at = 'Clicked'\n[constants]\ncurrency = 'USD'\n",
    );
    let report = format!(
        "No,When,Mine,Price,Program,Via,Clicked\n\
         p-1,2022-03-05,119.60,499.00,Kartra,{code},2022-03-01T08:15:00Z\n"
    );
    let report = desk.file("clicked.csv", &report);
    desk.json(&["import", &report, "--map", &map]);
    let id = audit(&desk, 1, &[])["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = desk.json(&["ledger", "finding", "show", &id]);
    let clicked = shown["click_at"].as_str().unwrap();
    assert!(clicked.starts_with("2022-03-01T08:15:00"), "{clicked}");
    let began = shown["story"][0].as_str().unwrap();
    assert!(
        began.starts_with("It began with a click on 2022-03-01"),
        "{began}"
    );
    let out = desk.path("d.md").display().to_string();
    desk.json(&["ledger", "finding", "dossier", &id, "--out", &out]);
    let text = std::fs::read_to_string(desk.path("d.md")).unwrap();
    for part in [
        "## Where the sale came from".to_owned(),
        format!("**Click:** {clicked}"),
        format!("**Sub-IDs that came back:** {code}"),
        "**Link:** https://try.kartra.com/anna".to_owned(),
    ] {
        assert!(text.contains(&part), "{part} in {text}");
    }
}

#[test]
fn the_sample_has_something_to_find() {
    let desk = Desk::bare();
    let book = desk.path("sample.perennial").display().to_string();
    desk.json(&["book", "new", &book, "--sample"]);
    let page = desk.exits(1, &["--book", &book, "ledger", "audit"]);
    let kinds: Vec<&str> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["kind"].as_str().unwrap())
        .collect();
    for kind in ["short_paid", "vanished", "late"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    assert!(kinds.len() < 8, "{kinds:?}");
}

#[test]
fn terms_are_compared_and_a_change_says_what_it_would_do() {
    let desk = imported();
    let diff = desk.json(&[
        "program",
        "terms",
        "kartra",
        "--diff",
        "2025-12-31",
        "--on",
        "2026-01-01",
    ]);
    assert_eq!(diff["changes"][0]["key"], "plan_version");
    assert_eq!(diff["changes"][0]["before"]["value"], "2021");
    assert_eq!(diff["changes"][0]["after"]["value"], "2026");
    assert!(
        diff["plans"]
            .as_array()
            .unwrap()
            .iter()
            .any(|plan| plan["name"] == "Starter"
                && plan["before"]["amount"] == "39.60"
                && plan["after"]["amount"] == "47.60"),
        "{diff}"
    );
    let alone = desk.json(&["program", "terms", "kartra", "--diff"]);
    assert_eq!(alone["before"], "2025-12-31");
    let done = desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2022-03-06",
        "--dry-run",
        "direct_rate=30%",
    ]);
    assert_eq!(
        (done["open"].as_u64(), done["affected"].as_u64()),
        (Some(3), Some(2))
    );
    assert_eq!(done["sums"][0]["before"]["amount"], "239.20");
    assert_eq!(done["sums"][0]["after"]["amount"], "179.40");
    assert_eq!(done["rows"][0]["native_id"], "p-2");
    let year = |key: &str| done["forecast"][key]["amount"].as_str().map(str::to_owned);
    assert!(
        year("year_before").is_some() && year("two_after").is_some(),
        "{done}"
    );
    let terms = desk.json(&["program", "terms", "kartra", "--on", "2022-06-01"]);
    assert_eq!(terms["direct_rate"], "40%", "nothing was kept");
}

#[test]
fn the_finer_rules_are_set_and_judged() {
    let desk = imported();
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2022-03-05",
        "plan_rates=platinum-monthly=119.60 USD",
    ]);
    let page = audit(&desk, 1, &[]);
    let ids: Vec<&str> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["native_id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        ["p-2", "p-3"],
        "p-1 now fits, p-2 is above its own rate"
    );
    for (key, value) in [
        ("first_payments", "1=100%; 3=50%"),
        ("sales_tiers", "0=20%; 1000=30%"),
        ("level_rates", "vip=50%"),
        ("split_release", "0=40%; 60=60%"),
        ("hold_until_day", "15"),
        ("payout_fee", "2%"),
        ("min_sales", "3"),
        ("payout_lead_days", "5"),
    ] {
        let pair = format!("{key}={value}");
        desk.json(&[
            "program",
            "set-terms",
            "kartra",
            "--from",
            "2026-01-01",
            &pair,
        ]);
    }
    let tier = desk.json(&["program", "terms", "kartra", "--on", "2022-03-07"]);
    assert_eq!(tier["sales_tier"], Value::Null, "no tiers held then");
    let tier = desk.json(&["program", "terms", "kartra", "--on", "2026-01-01"]);
    assert_eq!(tier["sales_tier"]["rate"], "20%");
    assert_eq!(tier["sales_tier"]["missing"]["amount"], "1000.00");
    let refused = desk.exits(
        3,
        &[
            "program",
            "set-terms",
            "kartra",
            "--from",
            "2026-01-01",
            "split_release=0=40%; 60=70%",
        ],
    );
    assert_eq!(refused["error"]["code"], "terms.bad_value");
}
