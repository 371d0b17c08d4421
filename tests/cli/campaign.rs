//! Campaigns and their log.

use crate::support::Desk;

#[test]
fn a_campaign_keeps_what_was_done_and_what_it_cost() {
    let desk = Desk::new();
    desk.json(&[
        "campaign",
        "new",
        "Launch",
        "--channel",
        "Blog",
        "--channel",
        "Email",
        "--budget",
        "200.00",
        "--goal",
        "20 trials",
    ]);
    desk.json(&[
        "campaign",
        "log",
        "launch",
        "--at",
        "2026-03-01",
        "--what",
        "Wrote a review",
        "--channel",
        "Blog",
        "--url",
        "https://blog.example/kartra",
        "--spend",
        "25.50",
        "--minutes",
        "90",
    ]);
    desk.json(&[
        "campaign",
        "log",
        "Launch",
        "--at",
        "2026-03-04",
        "--what",
        "Boosted it",
        "--spend",
        "10.00 EUR",
    ]);
    let shown = desk.json(&["campaign", "show", "Launch"]);
    assert_eq!(shown["log"][0]["what"], "Boosted it", "newest first");
    let money = shown["campaign"]["results"]["money"].as_array().unwrap();
    assert_eq!(money.len(), 2, "two currencies never add up");
    assert_eq!(
        (&money[1]["currency"], &money[1]["profit"]),
        (&"USD".into(), &"-25.50".into())
    );
    assert_eq!(shown["campaign"]["results"]["minutes"], 90);

    desk.json(&["book", "undo"]);
    assert_eq!(
        desk.json(&["campaign", "show", "Launch"])["log"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.exits(3, &["campaign", "new", "LAUNCH"])["error"]["code"],
        "campaign.taken"
    );
    let refused = desk.exits(
        3,
        &[
            "campaign", "log", "Launch", "--at", "1 March", "--what", "x",
        ],
    );
    assert_eq!(refused["error"]["code"], "date.malformed");
}
