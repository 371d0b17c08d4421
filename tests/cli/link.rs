//! Links: what is written, what is refused, many at once.

use crate::support::Desk;
use std::fmt::Write as _;

fn with_code() -> Desk {
    let desk = Desk::new();
    desk.json(&["program", "identity", "kartra", "anna"]);
    desk
}

#[test]
fn one_destination_makes_links_for_many_channels_in_one_step() {
    let desk = with_code();
    desk.json(&["campaign", "new", "Spring Launch", "--channel", "Blog"]);
    let channels = ["Blog", "Email", "YouTube", "Quora", "Reddit"];
    let mut arguments = vec![
        "link",
        "new",
        "--program",
        "kartra",
        "--campaign",
        "spring launch",
        "--label",
        "Review",
    ];
    for channel in channels {
        arguments.extend(["--channel", channel]);
    }
    let made = desk.json(&arguments);
    assert_eq!(made["links"].as_array().unwrap().len(), 5);
    let first = &made["links"][0];
    let url = first["url"].as_str().unwrap();
    let code = first["code"].as_str().unwrap();
    assert_eq!(
        url,
        format!("https://try.kartra.com/anna?sid1=blog&sid2=spring-launch&sid3=review&sid4={code}")
    );

    assert_eq!(
        desk.json(&["link", "list", "--channel", "youtube"])["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    desk.json(&["book", "undo"]);
    assert!(
        desk.json(&["link", "list"])["items"]
            .as_array()
            .unwrap()
            .is_empty(),
        "one step back takes all five"
    );
}

#[test]
fn what_no_link_can_be_is_refused_with_a_way_out() {
    let desk = Desk::new();
    let new = |destination: &str| {
        desk.exits(
            3,
            &[
                "link",
                "new",
                "--program",
                "kartra",
                "--channel",
                "Blog",
                "--destination",
                destination,
            ],
        )
    };
    for (destination, code) in [
        ("javascript:alert(1)", "link.scheme"),
        ("https://", "link.not_an_address"),
        ("https://kartra.com.evil.example/", "link.foreign_host"),
        ("https://kartra.com@evil.example/", "link.credentials"),
        ("https://try.kartra.com/{identity}", "link.no_identity"),
    ] {
        let refused = new(destination);
        assert_eq!(refused["error"]["code"], code, "{destination}");
        assert!(!refused["error"]["hints"].as_array().unwrap().is_empty());
    }
    let made = desk.json(&[
        "link",
        "new",
        "--program",
        "kartra",
        "--channel",
        "Blog",
        "--destination",
        "https://kartra.com/pricing?a=1#b",
    ]);
    assert!(
        made["url"]
            .as_str()
            .unwrap()
            .starts_with("https://kartra.com/pricing?a=1&sid1=blog")
    );
    assert!(made["url"].as_str().unwrap().ends_with("#b"));
    assert_eq!(
        made["warnings"].as_array().unwrap().len(),
        1,
        "a link without a code earns nothing"
    );
}

#[test]
fn ten_thousand_links_come_from_one_file_with_every_row_accounted_for() {
    let desk = with_code();
    let mut file = "program;channel;label\n".to_owned();
    for row in 0..10_000 {
        writeln!(file, "kartra;Blog;Post {row}").unwrap();
    }
    file += "nosuch;Blog;x\nkartra;Nowhere;y\n";
    let path = desk.file("links.csv", file);
    let dry = desk.json(&["link", "bulk", "--from", &path, "--dry-run"]);
    assert_eq!(
        (dry["read"].as_u64(), dry["new"].as_u64()),
        (Some(10_002), Some(10_000))
    );
    assert!(
        desk.json(&["link", "list"])["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let done = desk.json(&["link", "bulk", "--from", &path]);
    assert_eq!(done["refused"][0]["line"], 10_002);
    assert_eq!(done["refused"][1]["column"], "channel");
    let page = desk.json(&["link", "list", "--limit", "7"]);
    assert_eq!(
        (
            page["items"].as_array().unwrap().len(),
            page["total"].as_u64()
        ),
        (7, Some(10_000))
    );
    let next = page["next"].as_str().unwrap();
    assert_eq!(
        desk.json(&["link", "list", "--limit", "7", "--after", next])["items"]
            .as_array()
            .unwrap()
            .len(),
        7
    );

    let out = desk.path("out.csv");
    desk.json(&["link", "export", "--out", out.to_str().unwrap()]);
    assert_eq!(
        std::fs::read_to_string(&out).unwrap().lines().count(),
        10_001
    );
}

#[test]
fn a_link_becomes_a_picture_that_can_be_opened() {
    let desk = with_code();
    let made = desk.json(&["link", "new", "--program", "kartra", "--channel", "Email"]);
    let id = made["id"].as_str().unwrap();
    desk.json(&["link", "qr", id, "--out", "code.svg"]);
    desk.json(&["link", "qr", id, "--out", "code.png"]);
    assert!(
        std::fs::read_to_string(desk.path("code.svg"))
            .unwrap()
            .contains("<svg")
    );
    assert_eq!(
        &std::fs::read(desk.path("code.png")).unwrap()[..8],
        b"\x89PNG\r\n\x1a\n"
    );
    assert_eq!(
        desk.exits(3, &["link", "qr", id, "--out", "code.gif"])["error"]["code"],
        "link.qr_format"
    );
}
