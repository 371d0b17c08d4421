//! Programs: the reference table to the cent, terms from a date on, programs of one's own.

use crate::support::Desk;
use serde_json::Value;

#[test]
fn the_commission_table_comes_out_exactly() {
    let desk = Desk::new();
    let terms = desk.json(&["program", "terms", "kartra", "--on", "2022-06-01"]);
    let expected = [
        (
            "Starter", "99.00", "948.00", "39.60", "379.20", "9.90", "94.80",
        ),
        (
            "Silver", "199.00", "1788.00", "79.60", "715.20", "19.90", "178.80",
        ),
        (
            "Gold", "299.00", "2748.00", "119.60", "1099.20", "29.90", "274.80",
        ),
        (
            "Platinum", "499.00", "4548.00", "199.60", "1819.20", "49.90", "454.80",
        ),
    ];
    let plan = |name: &str, term: &str| -> Value {
        let plans = terms["plans"].as_array().unwrap();
        plans
            .iter()
            .find(|plan| plan["name"] == name && plan["term"] == term)
            .unwrap()
            .clone()
    };
    for (name, monthly, annual, direct, direct_annual, second, second_annual) in expected {
        for (term, price, own, recruited) in [
            ("monthly", monthly, direct, second),
            ("annual", annual, direct_annual, second_annual),
        ] {
            let plan = plan(name, term);
            assert_eq!(plan["price"]["amount"], price);
            assert_eq!(plan["direct"]["amount"], own);
            assert_eq!(plan["second_tier"]["amount"], recruited);
        }
    }
    let now = desk.json(&["program", "terms", "kartra", "--on", "2026-06-01"]);
    assert_eq!(now["plans"][0]["direct"]["amount"], "23.60", "40% of 59.00");
    assert_eq!(
        (now["hold_days"].as_u64(), now["run_day"].as_u64()),
        (Some(45), Some(15))
    );
}

#[test]
fn own_terms_hold_from_their_date_on_and_can_be_undone() {
    let desk = Desk::new();
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-03-01",
        "hold_days=30",
        "direct_rate=25.00 USD",
    ]);
    let on = |day: &str| desk.json(&["program", "terms", "kartra", "--on", day]);
    assert_eq!(on("2026-02-28")["hold_days"], 45);
    assert_eq!(on("2026-03-01")["hold_days"], 30);
    assert_eq!(on("2026-03-01")["plans"][0]["direct"]["amount"], "25.00");
    assert_eq!(on("2026-03-01")["sources"]["hold_days"]["own"], true);
    desk.json(&["book", "undo"]);
    assert_eq!(on("2026-03-01")["hold_days"], 45);

    let refused = desk.exits(
        3,
        &[
            "program",
            "set-terms",
            "kartra",
            "--from",
            "2026-03-01",
            "hold_days=soon",
        ],
    );
    assert_eq!(refused["error"]["where"]["key"], "hold_days");
    assert_eq!(
        desk.exits(3, &["program", "show", "nosuch"])["error"]["code"],
        "program.unknown"
    );
    desk.exits(
        2,
        &[
            "program",
            "set-terms",
            "kartra",
            "--from",
            "2026-03-01",
            "hold_days",
        ],
    );
}

#[test]
fn sources_that_disagree_are_shown_until_one_is_chosen() {
    let desk = Desk::new();
    let undecided = |desk: &Desk| {
        desk.json(&["program", "list"])["items"][0]["undecided"]
            .as_u64()
            .unwrap()
    };
    let before = undecided(&desk);
    assert!(before >= 5);
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2021-04-01",
        "cookie_days=90",
    ]);
    assert_eq!(undecided(&desk), before - 1);
}

#[test]
fn a_program_of_ones_own_comes_from_a_file() {
    let desk = Desk::new();
    let file = desk.file(
        "tool.toml",
        "name = \"Tool\"\n[links]\nhosts = [\"tool.example\"]\nidentity_param = \"ref\"\n[[destinations]]\nname = \"Home\"\nkind = \"main\"\n\
         url = \"https://tool.example/\"\n[[terms]]\nfrom = \"2024-01-01\"\n[terms.values]\ncurrency = \"EUR\"\ndirect_rate = \"30%\"\n\
         [[plan_sets]]\nversion = \"1\"\ncurrency = \"EUR\"\nplans = [{ name = \"Pro\", term = \"monthly\", price = \"19.99\" }]\n",
    );
    desk.json(&["program", "add", "--from", &file]);
    desk.json(&["program", "identity", "tool", "anna & co"]);
    let made = desk.json(&["link", "new", "--program", "tool", "--channel", "Blog"]);
    assert_eq!(made["url"], "https://tool.example/?ref=anna%20%26%20co");
    assert_eq!(
        desk.exits(3, &["program", "add", "--from", &file])["error"]["code"],
        "program.taken"
    );
}

#[test]
fn the_way_in_is_kept_step_by_step() {
    let desk = Desk::new();
    desk.json(&[
        "program",
        "joining",
        "kartra",
        "applied",
        "--on",
        "2026-01-02",
    ]);
    let shown = desk.json(&[
        "program",
        "joining",
        "kartra",
        "terms_accepted",
        "--on",
        "2026-01-03",
        "--terms",
        "2026",
    ]);
    assert_eq!(shown["joining"][1]["terms_version"], "2026");
    assert_eq!(shown["program"]["joining"], "terms_accepted");
    assert_eq!(
        desk.exits(
            3,
            &[
                "program",
                "joining",
                "kartra",
                "hired",
                "--on",
                "2026-01-02"
            ]
        )["error"]["code"],
        "joining.unknown_step"
    );
}
