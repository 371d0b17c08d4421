//! Swipes: versions, variables, what is said of a text, and two side by side.

use crate::support::Desk;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.json(&["program", "identity", "kartra", "anna"]);
    desk
}

fn link(desk: &Desk, channel: &str, label: &str) -> Value {
    desk.json(&[
        "link",
        "new",
        "--program",
        "kartra",
        "--channel",
        channel,
        "--label",
        label,
    ])
}

#[test]
fn each_save_keeps_the_version_before() {
    let desk = desk();
    desk.json(&[
        "swipe",
        "add",
        "Launch mail",
        "--subject",
        "It is here",
        "--text",
        "First words {link}",
        "--tags",
        "launch, mail",
    ]);
    let again = desk.json(&[
        "swipe",
        "edit",
        "launch mail",
        "--text",
        "Second words {link}",
    ]);
    assert_eq!(again["swipe"]["version"], 2);
    let tagged = desk.json(&["swipe", "edit", "Launch mail", "--tags", "launch"]);
    assert_eq!(
        tagged["swipe"]["version"], 2,
        "the same words are no new version"
    );
    assert_eq!(tagged["swipe"]["tags"], json!(["launch"]));

    let back = desk.json(&["swipe", "restore", "Launch mail", "1"]);
    assert_eq!(back["swipe"]["version"], 3);
    assert_eq!(back["swipe"]["body"], "First words {link}");
    let versions = desk.json(&["swipe", "versions", "Launch mail"]);
    let words: Vec<&str> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["body"].as_str().unwrap())
        .collect();
    assert_eq!(
        words,
        [
            "First words {link}",
            "Second words {link}",
            "First words {link}"
        ]
    );

    desk.json(&["book", "undo"]);
    assert_eq!(
        desk.json(&["swipe", "show", "Launch mail"])["swipe"]["body"],
        "Second words {link}"
    );
    assert_eq!(
        desk.exits(3, &["swipe", "restore", "Launch mail", "9"])["error"]["code"],
        "swipe.no_version"
    );
    assert_eq!(
        desk.exits(3, &["swipe", "add", "LAUNCH MAIL", "--text", "x"])["error"]["code"],
        "swipe.taken"
    );

    desk.json(&["swipe", "remove", "Launch mail"]);
    assert_eq!(desk.json(&["swipe", "list"])["total"], 0);
    desk.json(&["book", "undo"]);
    let found = desk.json(&["swipe", "list", "--search", "second", "--tag", "LAUNCH"]);
    assert_eq!(
        found["items"][0]["version"], 2,
        "an undone removal brings every version back"
    );
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
}

#[test]
fn variables_are_filled_for_a_link_and_what_is_missing_is_said() {
    let desk = desk();
    let made = link(&desk, "Blog", "Review");
    desk.json(&["swipe", "add", "Post", "--text", "{disclosure} Hallo {name}, ich nutze {program} für meine Seiten und das ist gut: {link} {bonus} {{contact}}"]);
    let code = made["code"].as_str().unwrap();
    let filled = desk.json(&["swipe", "fill", "Post", "--link", code]);
    let text = filled["text"].as_str().unwrap();
    assert!(text.starts_with("Wenn du über meine Links kaufst, erhalte ich eine Provision. Hallo {name}, ich nutze Kartra"), "{text}");
    assert!(text.contains(made["url"].as_str().unwrap()) && text.ends_with("{bonus} {{contact}}"));
    assert_eq!(
        (&filled["unfilled"], &filled["unknown"]),
        (&json!(["name"]), &json!(["bonus"]))
    );
    assert_eq!(
        (&filled["language"], &filled["channel"]),
        (&json!("de"), &json!("blog"))
    );
    assert_eq!(filled["findings"], json!([]));

    let whole = desk.text(&[
        "swipe",
        "fill",
        "Post",
        "--link",
        code,
        "--name",
        "Mia",
        "--set",
        "bonus=a template",
        "--language",
        "en",
        "--length",
        "label",
    ]);
    assert!(
        whole.starts_with("#ad Hallo Mia,") && whole.trim_end().ends_with("a template {{contact}}"),
        "{whole}"
    );

    desk.json(&[
        "swipe",
        "add",
        "Bare",
        "--text",
        "Get it here, it is the best tool for your pages: {link}",
    ]);
    let bare = desk.json(&["swipe", "fill", "Bare", "--link", code]);
    let rules: Vec<&str> = bare["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert!(rules.contains(&"disclosure-missing"), "{rules:?}");

    desk.json(&["link", "edit", code, "--archive", "true"]);
    assert_eq!(
        desk.json(&["swipe", "fill", "Bare", "--link", code])["warnings"],
        json!([format!("The link {code} is archived.")])
    );
    assert_eq!(
        desk.exits(3, &["swipe", "fill", "Bare", "--language", "xx"])["error"]["code"],
        "swipe.language"
    );
    assert_eq!(
        desk.exits(2, &["swipe", "fill", "Bare", "--set", "bonus"])["error"]["code"],
        "usage"
    );
}

#[test]
fn an_image_is_kept_in_the_book() {
    let desk = desk();
    let picture = desk.file("banner.png", b"\x89PNG\r\n\x1a\n and more");
    let words = desk.file("words.png", b"only words");
    let added = desk.json(&[
        "swipe",
        "add",
        "Banner",
        "--image",
        &picture,
        "--text",
        "Build pages with Kartra",
    ]);
    assert_eq!(added["swipe"]["kind"], "image");
    assert_eq!(added["swipe"]["image"].as_str().unwrap().len(), 64);
    assert_eq!(
        desk.exits(3, &["swipe", "add", "Not one", "--image", &words])["error"]["code"],
        "swipe.unknown_image"
    );
    desk.json(&["book", "undo"]);
    desk.json(&["book", "redo"]);
    assert_eq!(
        desk.json(&["swipe", "show", "Banner"])["swipe"]["image"],
        added["swipe"]["image"]
    );
}

/// Two swipes, each with a link: ten referrals came by the first, two by the second. A third was never used.
fn two_swipes(desk: &Desk) -> (String, String) {
    let (one, two) = (link(desk, "Blog", "One"), link(desk, "Blog", "Two"));
    let (one, two) = (one["code"].as_str().unwrap(), two["code"].as_str().unwrap());
    desk.json(&["swipe", "add", "Long text", "--text", "long", "--link", one]);
    desk.json(&[
        "swipe",
        "add",
        "Short text",
        "--text",
        "short",
        "--link",
        two,
    ]);
    desk.json(&["swipe", "add", "Unpublished", "--text", "x"]);
    let map = desk.file(
        "portal.toml",
        "name = 'portal'\n[columns]\nid = 'No'\ndate = 'When'\ncommission = 'Mine'\nsale = 'Price'\n\
         customer = 'Who'\nprogram = 'Program'\nkind = 'What'\nsub_id = 'Via'\n[constants]\ncurrency = 'USD'\n",
    );
    let mut rows = "No,When,Mine,Price,Who,Program,What,Via\n".to_owned();
    for number in 0..12 {
        let via = if number < 10 { one } else { two };
        writeln!(
            rows,
            "{number},2026-01-05,39.60,99.00,cus_{number},Kartra,sale,{via}"
        )
        .unwrap();
    }
    desk.json(&["import", &desk.file("rows.csv", rows), "--map", &map]);
    (one.to_owned(), two.to_owned())
}

#[test]
fn two_swipes_are_compared_only_as_far_as_the_numbers_go() {
    let desk = desk();
    let (one, two) = two_swipes(&desk);
    let (one, two) = (one.as_str(), two.as_str());

    let compare = |more: &[&str]| {
        let mut arguments = vec!["swipe", "compare", "Long text", "Short text"];
        arguments.extend(more);
        desk.json(&arguments)
    };
    let unknown = compare(&[]);
    assert_eq!(
        (&unknown["verdict"], &unknown["a"]["referrals"]),
        (&json!("unknown"), &json!(10))
    );
    assert!(
        unknown["sentence"]
            .as_str()
            .unwrap()
            .starts_with("No clicks are known")
    );

    let open = compare(&["--clicks-a", "100", "--clicks-b", "40"]);
    assert_eq!(open["verdict"], "open");
    assert!(
        open["sentence"]
            .as_str()
            .unwrap()
            .starts_with("Not enough to tell"),
        "{open:#}"
    );
    assert_eq!(
        (&open["a"]["percent"], &open["difference"]),
        (&json!("10.00"), &json!("5.00"))
    );

    let told = compare(&["--clicks-a", "100", "--clicks-b", "200"]);
    assert_eq!(
        (&told["verdict"], &told["difference"]),
        (&json!("a"), &json!("9.00"))
    );
    assert_eq!(
        compare(&["--clicks-a", "5", "--clicks-b", "200"])["verdict"],
        "unknown"
    );

    // Clicks that were noted do without, those of a content item among them.
    desk.json(&["link", "clicks", one, "--set", "60", "--on", "2026-01-05"]);
    let noted = desk.json(&[
        "link",
        "clicks",
        one,
        "--set",
        "100",
        "--on",
        "2026-01-09",
        "--so-far",
    ]);
    assert_eq!(
        (
            &noted["total"],
            &noted["days"][0]["clicks"],
            &noted["referrals"]
        ),
        (&json!(100), &json!(40), &json!(10))
    );
    desk.json(&["campaign", "new", "Winter"]);
    desk.json(&[
        "campaign",
        "item",
        "add",
        "Winter",
        "--title",
        "Story",
        "--swipe",
        "short text",
        "--link",
        two,
    ]);
    let noted = desk.json(&["link", "clicks", "--item", "Story", "--set", "200"]);
    assert_eq!(noted["code"], two);
    let by_book = compare(&[]);
    assert_eq!(
        (&by_book["verdict"], &by_book["difference"]),
        (&json!("a"), &json!("9.00"))
    );
    desk.json(&["book", "undo"]);
    assert_eq!(compare(&[])["verdict"], "unknown");

    assert_eq!(
        desk.exits(3, &["swipe", "compare", "Long text", one])["error"]["code"],
        "swipe.same_links"
    );
    assert_eq!(
        desk.exits(3, &["swipe", "compare", "Long text", "Unpublished"])["error"]["code"],
        "swipe.no_links"
    );
}
