//! What is planned, what campaigns and channels were worth, and the page for a partner.

use crate::support::Desk;

/// A campaign with a post that was paid for, and nothing earned yet.
fn launch(desk: &Desk) {
    desk.json(&["campaign", "new", "Launch", "--channel", "Blog"]);
    desk.json(&[
        "campaign",
        "log",
        "Launch",
        "--at",
        "2026-02-01",
        "--what",
        "Boosted the review",
        "--channel",
        "Blog",
        "--spend",
        "60.00",
        "--minutes",
        "90",
    ]);
}

#[test]
fn a_plan_is_moved_published_and_taken_back() {
    let desk = Desk::new();
    launch(&desk);
    let item = desk.json(&[
        "campaign",
        "item",
        "add",
        "Launch",
        "--title",
        "The review",
        "--kind",
        "article",
        "--channel",
        "Blog",
        "--on",
        "2026-03-10",
    ]);
    assert_eq!(
        (&item["state"], &item["planned_on"]),
        (&"idea".into(), &"2026-03-10".into())
    );
    let moved = desk.json(&[
        "campaign",
        "item",
        "move",
        "the review",
        "--on",
        "2026-03-17",
        "--state",
        "ready",
    ]);
    assert_eq!(moved["planned_on"], "2026-03-17");
    let listed = desk.json(&[
        "campaign",
        "item",
        "list",
        "--from",
        "2026-03-15",
        "--to",
        "2026-03-31",
    ]);
    assert_eq!(listed["items"][0]["title"], "The review");
    assert_eq!(listed["checklists"][0]["campaign"], "Launch");
    assert!(listed["checklists"][0]["total"].as_u64().unwrap() > 0);

    desk.json(&["book", "undo"]);
    let listed = desk.json(&["campaign", "item", "list", "Launch"]);
    assert_eq!(listed["items"][0]["planned_on"], "2026-03-10");

    let out = desk.json(&[
        "campaign",
        "item",
        "move",
        "The review",
        "--state",
        "published",
        "--on",
        "2026-02-11",
        "--url",
        "https://ana.example/review",
    ]);
    assert_eq!(out["published_on"], "2026-02-11");
    assert_eq!(out["url"], "https://ana.example/review");
    assert_eq!(
        desk.exits(
            3,
            &[
                "campaign",
                "item",
                "move",
                "The review",
                "--on",
                "2999-01-01"
            ]
        )["error"]["code"],
        "content.still_to_come"
    );
    let table = desk.text(&["campaign", "item", "list", "Launch"]);
    assert!(
        table.contains("2026-02-11  published  article  The review"),
        "{table}"
    );

    desk.json(&["campaign", "item", "remove", "The review"]);
    assert_eq!(
        desk.exits(
            3,
            &["campaign", "item", "move", "The review", "--state", "idea"]
        )["error"]["code"],
        "content_item.unknown"
    );
    for (arguments, code) in [
        (["--title", " ", "--state", "idea"], "content.no_title"),
        (["--title", "x", "--state", "later"], "content.state"),
        (["--title", "x", "--kind", "song"], "content.kind"),
        (["--title", "x", "--url", "nowhere"], "link.not_an_address"),
    ] {
        let mut all = vec!["campaign", "item", "add", "Launch"];
        all.extend(arguments);
        assert_eq!(desk.exits(3, &all)["error"]["code"], code, "{all:?}");
    }
}

/// Millionths of an amount, so that amounts can be added up here without rounding.
fn micros(value: &serde_json::Value) -> i64 {
    let text = value.as_str().unwrap();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let part: i64 = format!("{part:0<6}").parse().unwrap();
    whole.parse::<i64>().unwrap() * 1_000_000 + sign * part
}

#[test]
fn results_say_how_they_come_about() {
    let desk = Desk::new();
    desk.json(&["book", "load-sample"]);
    let compared = desk.json(&["campaign", "compare"]);
    let rows = compared["rows"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| !row["figures"].as_array().unwrap().is_empty())
    );
    for row in rows {
        let name = row["name"].as_str().unwrap();
        let shown = desk.json(&["campaign", "show", name]);
        assert_eq!(shown["figures"], row["figures"], "{name}");
        for figures in row["figures"].as_array().unwrap() {
            let of = |key: &str| micros(&figures[key]);
            assert_eq!(of("profit"), of("commission") - of("spend"), "{name}");
            assert_eq!(
                of("profit_with_to_come"),
                of("profit") + of("to_come"),
                "{name}"
            );
            let keys: Vec<&str> = figures["how"]
                .as_array()
                .unwrap()
                .iter()
                .map(|how| how["key"].as_str().unwrap())
                .collect();
            for key in figures.as_object().unwrap().keys() {
                assert!(
                    ["currency", "how"].contains(&key.as_str()) || keys.contains(&key.as_str()),
                    "{key} does not say how it comes about"
                );
            }
            let back = &figures["payback"];
            match back["state"].as_str().unwrap() {
                "reached" => assert!(of("profit") >= 0 && back["on"].is_string()),
                "nothing_spent" => assert_eq!(of("spend"), 0),
                "expected" | "not_in_sight" => assert!(of("profit") < 0),
                other => panic!("{other}"),
            }
        }
    }
    let channels = desk.json(&["campaign", "compare", "--by", "channel"]);
    let named: Vec<&str> = channels["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert!(
        named.is_sorted_by_key(|name| name.to_lowercase()),
        "{named:?}"
    );
    let csv = desk.text(&["campaign", "compare", "--by", "channel", "--format", "csv"]);
    assert!(csv.starts_with("Channel,Currency,Clicks"), "{csv}");
    assert_eq!(
        desk.exits(3, &["campaign", "compare", "--by", "month"])["error"]["code"],
        "campaign.compare_by"
    );
}

#[test]
fn spend_in_another_currency_stands_on_its_own() {
    let desk = Desk::new();
    launch(&desk);
    desk.json(&[
        "campaign",
        "log",
        "Launch",
        "--at",
        "2026-02-02",
        "--what",
        "An ad",
        "--spend",
        "10.00 EUR",
    ]);
    let row = &desk.json(&["campaign", "compare"])["rows"][0];
    let figures = row["figures"].as_array().unwrap();
    let of = |index: usize| {
        let one = &figures[index];
        [
            &one["currency"],
            &one["profit"],
            &one["hourly"],
            &one["payback"]["missing"],
        ]
        .map(|value| value.as_str().unwrap().to_owned())
    };
    assert_eq!(of(0), ["EUR", "-10.00", "-6.67", "10.00"]);
    assert_eq!(of(1), ["USD", "-60.00", "-40.00", "60.00"]);
    // The log entry in euros names no channel.
    let channels = desk.json(&["campaign", "compare", "--by", "channel"]);
    let blog = channels["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == "Blog")
        .unwrap();
    assert_eq!(blog["figures"].as_array().unwrap().len(), 1);
    assert_eq!(blog["figures"][0]["spend"], "60.00");
}

#[test]
fn the_page_for_a_partner_is_written() {
    let desk = Desk::new();
    desk.json(&["book", "load-sample"]);
    let name = desk.json(&["campaign", "list"])["items"][0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    for number in 0..3 {
        let title =
            format!("A long title of something that was published as part {number} of a series");
        desk.json(&[
            "campaign",
            "item",
            "add",
            &name,
            "--title",
            &title,
            "--state",
            "done",
            "--published",
            "2026-02-11",
        ]);
    }
    for (file, more) in [("all.pdf", None), ("partner.pdf", Some("--without-costs"))] {
        let mut arguments = vec!["campaign", "report", &name, "--out", file];
        arguments.extend(more);
        let written = desk.json(&arguments);
        assert_eq!(written["files"][0], file);
        let bytes = std::fs::read(desk.path(file)).unwrap();
        assert!(bytes.starts_with(b"%PDF"));
    }
    assert_eq!(
        desk.exits(3, &["campaign", "report", "Nothing", "--out", "x.pdf"])["error"]["code"],
        "campaign.unknown"
    );
}
