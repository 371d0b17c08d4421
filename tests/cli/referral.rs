//! Referrals, the second tier, and programs side by side.

use crate::support::Desk;
use serde_json::{Value, json};

const MAP: &str = "name = 'portal'\n[columns]\nid = 'No'\ndate = 'When'\ncommission = 'Mine'\nsale = 'Price'\n\
    customer = 'Who'\nprogram = 'Program'\nkind = 'What'\nsub_id = 'Via'\n[constants]\ncurrency = 'USD'\n\
    [kind]\nsecond_tier = ['jv']\n";

/// A book with customers of Kartra: one who renews, one who was refunded, one who left, and one by a name.
fn desk() -> Desk {
    let desk = Desk::new();
    let map = desk.file("portal.toml", MAP);
    let rows = "No,When,Mine,Price,Who,Program,What,Via\n\
        1,2026-01-05,39.60,99.00,anna@example.com,Kartra,sale,blog\n\
        2,2026-02-05,39.60,99.00,anna@example.com,Kartra,rebill,blog\n\
        3,2026-03-05,119.60,299.00,Anna@example.com,Kartra,rebill,blog\n\
        4,2026-01-10,39.60,99.00,cus_2,Kartra,sale,\n\
        5,2026-01-20,-39.60,-99.00,cus_2,Kartra,refund,\n\
        6,2025-10-01,39.60,99.00,Bob Example,Kartra,sale,\n\
        7,2026-03-02,9.90,99.00,cus_9,Kartra,jv,maria\n\
        8,2026-03-03,19.90,199.00,cus_8,Kartra,jv,jonas\n\
        9,2026-03-06,0.00,,cus_7,Kartra,lead,\n";
    let file = desk.file("portal.csv", rows);
    desk.json(&["import", &file, "--map", &map]);
    desk
}

fn of<'a>(list: &'a Value, stage: &str) -> Vec<&'a Value> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["stage"] == stage)
        .collect()
}

#[test]
fn a_referrals_life_follows_from_its_rows() {
    let desk = desk();
    let list = desk.json(&["referral", "list", "--program", "kartra"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 6);
    let upgraded = of(&list, "upgraded");
    assert_eq!(upgraded.len(), 1, "{list:#}");
    assert_eq!(
        upgraded[0]["earned"],
        json!([{"amount": "198.80", "currency": "USD"}])
    );
    assert_eq!(of(&list, "refunded").len(), 1);
    assert_eq!(of(&list, "cancelled").len(), 1);
    assert_eq!(of(&list, "lead").len(), 1);

    let shown = desk.json(&["referral", "show", upgraded[0]["id"].as_str().unwrap()]);
    let steps: Vec<&str> = shown["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["stage"].as_str().unwrap())
        .collect();
    assert_eq!(steps, ["paying", "upgraded"]);
    assert_eq!(shown["payments"].as_array().unwrap().len(), 3);
    // The address finds whom it stands for, although it is not kept.
    let found = desk.json(&["referral", "list", "--search", "anna@example.com"]);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);

    // Pages hold everybody once.
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut arguments = vec!["referral", "list", "--limit", "2"];
        if let Some(cursor) = &after {
            arguments.extend(["--after", cursor]);
        }
        let page = desk.json(&arguments);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].clone()),
        );
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen.len(), 6);
    assert!(
        desk.text(&["referral", "list", "--format", "csv"])
            .starts_with("Referral,Program,Stage")
    );
}

#[test]
fn nothing_personal_is_kept_unless_the_user_wants_it() {
    let desk = desk();
    desk.json(&["book", "export", "out", "--format", "json"]);
    let rows = std::fs::read_to_string(desk.path("out/conversion.json")).unwrap();
    for text in ["anna@", "Anna@", "Bob Example"] {
        assert!(!rows.contains(text), "{text} is in the book");
    }
    assert!(
        rows.contains("cus_2"),
        "a network's own id says nobody's name"
    );
    // The same file again is known, row by row.
    let map = desk.path("portal.toml");
    let again = desk.json(&[
        "import",
        &desk.path("portal.csv").to_string_lossy(),
        "--map",
        &map.to_string_lossy(),
    ]);
    assert_eq!(again["rows"]["same"], 9);
}

/// Whether a text is anywhere in the book's file or beside it, byte for byte.
fn anywhere(desk: &Desk, text: &str) -> bool {
    let book = desk.path("book.perennial");
    ["", "-wal", "-journal"].iter().any(|ending| {
        let bytes = std::fs::read(format!("{}{ending}", book.display())).unwrap_or_default();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[test]
fn no_byte_of_the_book_names_a_customer_unless_the_user_wants_it() {
    let desk = Desk::new();
    let map = desk.file(
        "shop.toml",
        "name = 'shop'\n[columns]\nid = 'No'\ndate = 'When'\ncommission = 'Mine'\nprogram = 'Program'\n\
         customer = 'Buyer'\norder = 'Order'\n[constants]\ncurrency = 'USD'\n",
    );
    let rows = "No,When,Mine,Program,Buyer,Order,First Name,Customer-Email,Comment\n\
        1,2026-01-05,39.60,Kartra,Zacharias,order of zach@example.com,Zacharias,zach@example.com,write to zoe@example.org\n\
        2,never,39.60,Kartra,quentin@example.com,7,,quentin@example.com,\n";
    let file = desk.file("shop.csv", rows);
    let statement = desk.file(
        "bank.csv",
        "Date,Amount,Who,Text\n2026-02-16,39.60,Partner Pay <pay@payer.example>,from ulrika@example.net\n",
    );
    let personal = ["zach@", "zoe@", "quentin@", "Zacharias", "pay@", "ulrika@"];
    desk.run(&["import", &file, "--map", &map]);
    desk.json(&[
        "ledger",
        "statement",
        "import",
        &statement,
        "--column",
        "date=Date",
        "--column",
        "amount=Amount",
        "--column",
        "who=Who",
        "--column",
        "reference=Text",
        "--currency",
        "USD",
    ]);
    for text in personal {
        assert!(!anywhere(&desk, text), "{text} is in the book");
    }
    assert!(anywhere(&desk, "payer.example"), "who pays is told apart");
    // Who wants them kept says so first.
    let settings = desk.json(&["book", "settings", "--customers", "clear"]);
    assert_eq!(settings["customers"], "clear");
    let rows = rows
        .replace("1,2026", "3,2026")
        .replace("2,never", "4,never");
    desk.run(&["import", &desk.file("later.csv", &rows), "--map", &map]);
    for text in ["zach@", "zoe@", "quentin@", "Zacharias"] {
        assert!(anywhere(&desk, text), "{text} is not in the book");
    }
}

#[test]
fn what_is_noted_by_hand_stands_until_a_later_row() {
    let desk = desk();
    let list = desk.json(&["referral", "list", "--stage", "upgraded"]);
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let named = desk.json(&[
        "referral",
        "note",
        &id,
        "--alias",
        "The bakery",
        "--stage",
        "cancelled",
        "--on",
        "2026-03-20",
        "--step-note",
        "wrote to me",
    ]);
    assert_eq!(named["referral"]["stage"], "cancelled");
    let shown = desk.json(&["referral", "show", "the bakery"]);
    assert_eq!(shown["steps"][2]["noted"], true);
    assert_eq!(shown["to_come"], Value::Null);
    let note = shown["steps"][2]["note_id"].as_str().unwrap().to_owned();
    let without = desk.json(&["referral", "note", "The bakery", "--remove", &note]);
    assert_ne!(without["referral"]["stage"], "cancelled");
    desk.json(&["book", "undo"]);
    assert_eq!(
        desk.json(&["referral", "show", "The bakery"])["referral"]["stage"],
        "cancelled"
    );

    let made = desk.json(&[
        "referral",
        "note",
        "--alias",
        "A friend",
        "--program",
        "kartra",
        "--stage",
        "trial",
        "--on",
        "2026-03-01",
    ]);
    assert_eq!(made["windows"][0]["what"], "trial");
    let first = desk.json(&["referral", "list"]);
    assert_eq!(first["items"][0]["alias"], "A friend");
    desk.exits(3, &["referral", "note", &id, "--stage", "happy"]);
    desk.exits(3, &["referral", "show", "nobody"]);
}

#[test]
fn the_cookie_is_counted_from_the_click() {
    let desk = Desk::new();
    let map = desk.file(
        "clicked.toml",
        MAP.replace("[constants]", "click_at = 'Clicked'\n[constants]"),
    );
    let rows = "No,When,Mine,Price,Who,Program,What,Via,Clicked\n\
        1,2026-02-20,39.60,99.00,cus_1,Kartra,sale,blog,2026-02-01\n\
        2,2026-02-20,39.60,99.00,cus_2,Kartra,sale,blog,2026-01-01\n";
    desk.json(&["import", &desk.file("clicked.csv", rows), "--map", &map]);
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-01-01",
        "cookie_days=30",
    ]);
    let window = |id: &str| {
        let shown = desk.json(&["referral", "show", id]);
        assert_eq!(shown["windows"][0]["what"], "cookie", "{shown:#}");
        shown["windows"][0].clone()
    };
    let within = window("cus_1");
    assert_eq!(
        (within["from"].as_str(), within["to"].as_str()),
        (Some("2026-02-01"), Some("2026-03-03"))
    );
    assert_eq!(
        within["sentence"],
        "They came on 2026-02-20, within the cookie of 30 days."
    );
    assert_eq!(
        window("cus_2")["sentence"],
        "The cookie of 2026-01-01 ended on 2026-01-31, before they came on 2026-02-20."
    );
    desk.json(&[
        "referral",
        "note",
        "--alias",
        "A reader",
        "--program",
        "kartra",
        "--stage",
        "click",
        "--on",
        "2026-02-25",
    ]);
    assert_eq!(
        window("A reader")["sentence"],
        "Whoever signs up until 2026-03-27 counts as yours."
    );
}

#[test]
fn recruited_affiliates_stand_in_a_tree_with_what_each_brings() {
    let desk = desk();
    let before = desk.json(&["second-tier", "list"]);
    assert_eq!(
        before["items"].as_array().unwrap().len(),
        2,
        "by the network's words"
    );
    desk.json(&[
        "second-tier",
        "add",
        "Maria",
        "--program",
        "kartra",
        "--code",
        "maria",
    ]);
    desk.json(&[
        "second-tier",
        "add",
        "Jonas",
        "--program",
        "kartra",
        "--by",
        "Maria",
        "--joined",
        "2026-02-01",
    ]);
    let tree = desk.json(&["second-tier", "tree"]);
    let items = tree["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(
        (&items[0]["name"], &items[0]["depth"]),
        (&json!("Maria"), &json!(0))
    );
    assert_eq!(
        (&items[1]["name"], &items[1]["depth"]),
        (&json!("Jonas"), &json!(1))
    );
    assert_eq!(items[0]["sums"][0]["earned"]["amount"], "9.90");
    assert_eq!(items[1]["sums"][0]["sold"]["amount"], "199.00");
    assert_eq!(
        items[0]["below"],
        json!([{"amount": "19.90", "currency": "USD"}])
    );
    assert_eq!(tree["sums"][0]["earned"]["amount"], "29.80");
    let ahead = &tree["ahead"][0];
    let part: f64 = ahead["second_tier"]["amount"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let all: f64 = ahead["total"]["amount"].as_str().unwrap().parse().unwrap();
    assert!(part > 0.0 && part < all, "{ahead}");

    let circle = desk.exits(3, &["second-tier", "edit", "Maria", "--by", "Jonas"]);
    assert_eq!(circle["error"]["code"], "second_tier.circle");
    desk.json(&["second-tier", "remove", "Maria"]);
    let left = desk.json(&["second-tier", "list", "--limit", "1"]);
    assert_eq!(left["next"], "1");
    desk.json(&["book", "undo"]);
    assert_eq!(desk.json(&["second-tier", "tree"])["items"][1]["depth"], 1);
    assert!(
        desk.exits(0, &["book", "check"])["ok"]
            .as_bool()
            .unwrap_or(true)
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told to its end")]
fn cards_hold_what_is_known_and_compute_what_a_referral_is_worth() {
    let desk = desk();
    let list = desk.json(&["scorecard", "list"]);
    let names: Vec<&str> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|card| card["program"].is_null())
        .map(|card| card["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "ClickFunnels",
            "Kajabi",
            "LearnWorlds",
            "Teachable",
            "Thinkific"
        ]
    );
    for card in list["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|card| card["program"].is_null())
    {
        assert!(
            card["fields"]
                .as_array()
                .unwrap()
                .iter()
                .all(|field| field["value"].is_null())
        );
        assert!(card["worth"]["referral"].is_null());
    }
    let set = desk.json(&[
        "scorecard",
        "set",
        "thinkific",
        "commission=30%",
        "price=100.00 USD",
        "recurring=yes",
        "months=12",
        "conversion=2%",
        "support=4",
        "--source",
        "a page",
        "--note",
        "as seen",
    ]);
    assert_eq!(set["name"], "Thinkific");
    let worth = |card: &Value, what: &str| -> f64 {
        card["worth"][what]["amount"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    };
    let referral = worth(&set, "referral");
    assert!(referral > 30.0 && referral <= 360.0, "{referral}");
    assert!((worth(&set, "clicks") - 2.0 * referral).abs() < 0.02);
    // A program that pays once pays less, and a fixed amount needs no price.
    let once = desk.json(&["scorecard", "set", "Thinkific", "recurring=no"]);
    assert!(worth(&once, "referral") <= 30.0);
    let field = set["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["key"] == "support")
        .unwrap();
    assert_eq!(
        (&field["value"], &field["source"], &field["from"]),
        (&json!("4"), &json!("a page"), &json!("user"))
    );

    let refused = desk.exits(
        3,
        &["scorecard", "set", "Thinkific", "material=3", "support=9"],
    );
    assert_eq!(refused["error"]["code"], "scorecard.value");
    let shown = desk.json(&["scorecard", "show", "Thinkific"]);
    let material = shown["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["key"] == "material")
        .unwrap();
    assert!(material["value"].is_null(), "nothing half-written");

    let side = desk.json(&["scorecard", "compare", "kartra", "Thinkific"]);
    assert_eq!(side["cards"].as_array().unwrap().len(), 2);
    let rate = &side["cards"][0]["fields"].as_array().unwrap()[2];
    assert_eq!(
        (&rate["key"], &rate["from"]),
        (&json!("commission"), &json!("terms"))
    );
    assert!(
        desk.text(&[
            "scorecard",
            "compare",
            "kartra",
            "Thinkific",
            "--format",
            "csv"
        ])
        .starts_with("What,Kartra,Thinkific")
    );
    desk.json(&["scorecard", "set", "Kajabi", "--archived", "true"]);
    let without = desk.json(&["scorecard", "list"]);
    assert!(
        without["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|card| card["name"] != "Kajabi")
    );
}
