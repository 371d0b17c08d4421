//! Care for links from the command line: health, the library, templates, rules, places and other tools' files.

use crate::support::{
    Desk,
    loopback::{Loopback, Reply},
};

fn program(desk: &Desk) {
    let file = desk.file(
        "acme.toml",
        "name = \"Acme\"\n[links]\nhosts = [\"127.0.0.1\"]\nidentity_param = \"ref\"\n\
         sub_ids = [{ param = \"sid1\", template = \"{channel}\" }]\n[[terms]]\nfrom = \"2024-01-01\"\n[terms.values]\n\
         currency = \"EUR\"\ndirect_rate = \"30%\"\n\
         [[plan_sets]]\nversion = \"1\"\ncurrency = \"EUR\"\nplans = [{ name = \"Pro\", term = \"monthly\", price = \"19.99\" }]\n",
    );
    desk.json(&["program", "add", "--from", &file]);
    desk.json(&["program", "identity", "acme", "anna"]);
}

fn link(desk: &Desk, destination: &str) -> String {
    let made = desk.json(&[
        "link",
        "new",
        "--program",
        "acme",
        "--channel",
        "Blog",
        "--destination",
        destination,
    ]);
    made["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_check_ends_with_findings_where_something_is_wrong() {
    let server = Loopback::new(|asked| {
        assert!(!asked.query.contains_key("ref"), "no click of one's own");
        if asked.path == "/gone" {
            Reply::status(404)
        } else {
            Reply::json("{}")
        }
    });
    let desk = Desk::new();
    program(&desk);
    let good = link(&desk, &format!("{}/fine", server.address));
    let done = desk.json(&["link", "check", "--all"]);
    assert_eq!(
        (done["checked"].as_u64(), done["healthy"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(done["items"][0]["code"], good.as_str());
    let bad = link(&desk, &format!("{}/gone", server.address));
    let done = desk.exits(1, &["link", "check"]);
    assert_eq!(done["failing"], 1);
    assert_eq!(
        done["items"][0]["code"],
        bad.as_str(),
        "the worst comes first"
    );
    assert_eq!(done["items"][0]["problems"][0]["kind"], "gone");
    assert_eq!(
        desk.json(&["link", "list", "--state", "healthy"])["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.json(&["link", "list", "--state", "failing"])["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(desk.json(&["link", "accept", &bad])["state"], "expected");
    desk.json(&["link", "check", &bad]);
    assert_eq!(desk.json(&["link", "digest"])["expected"], 1);
    let csv = desk.text(&["link", "check", "--format", "csv"]);
    assert!(csv.starts_with("Code,State,"), "{csv}");
    assert_eq!(
        desk.json(&["link", "check", "--due"])["checked"],
        0,
        "off until it is set"
    );
    assert_eq!(
        desk.json(&["link", "checking", "--every", "24", "--track", "kartra"])["every_hours"],
        24
    );
    assert_eq!(
        desk.exits(3, &["link", "list", "--state", "sick"])["error"]["code"],
        "link_state.unknown"
    );
}

#[test]
fn tracked_links_of_kartra_are_left_alone() {
    let desk = Desk::new();
    desk.json(&["program", "identity", "kartra", "anna"]);
    desk.json(&["link", "new", "--program", "kartra", "--channel", "Blog"]);
    let done = desk.json(&["link", "check", "--all"]);
    assert_eq!(
        (done["unverifiable"].as_u64(), done["requests"].as_u64()),
        (Some(1), Some(0))
    );
}

#[test]
fn links_are_kept_found_and_placed() {
    let desk = Desk::new();
    program(&desk);
    let (one, two) = (
        link(&desk, "http://127.0.0.1/one"),
        link(&desk, "http://127.0.0.1/two"),
    );
    desk.json(&[
        "link",
        "edit-many",
        &one,
        &two,
        "--add-tags",
        "evergreen, video",
        "--folder",
        "Launches",
    ]);
    assert_eq!(
        desk.json(&["link", "list", "--tag", "Evergreen"])["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        desk.json(&["link", "list", "--search", "launch"])["total"],
        2
    );
    let tags = desk.json(&["link", "tags", "--limit", "2"]);
    assert_eq!(tags["items"][0]["name"], "evergreen");
    assert!(tags["next"].is_string());
    desk.json(&[
        "link",
        "place",
        "add",
        &one,
        "https://blog.example/post",
        "--kind",
        "page",
    ]);
    desk.json(&["link", "edit", &one, "--expires", "2020-01-01"]);
    let places = desk.json(&["link", "place", "list", "--replace"]);
    assert_eq!(places["items"][0]["replace"], "expired");
    let place = places["items"][0]["id"].as_str().unwrap();
    assert_eq!(
        desk.json(&["link", "place", "done", place, "--by", &two])["link"],
        two.as_str()
    );
    assert!(
        desk.json(&["link", "place", "list", "--replace"])["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    desk.json(&["link", "qr-sheet", &one, &two, "--out", "sheet.pdf"]);
    assert!(
        std::fs::read(desk.path("sheet.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
    desk.json(&["book", "undo"]);
    assert!(desk.json(&["book", "check"])["ok"].as_bool().unwrap());
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told to its end")]
fn templates_rules_and_other_tools_files() {
    let desk = Desk::new();
    program(&desk);
    desk.json(&[
        "link",
        "template",
        "set",
        "--program",
        "acme",
        "--channel",
        "Blog",
        "--sub-id",
        "sid1=b-{label}",
        "--utm",
        "utm_source={channel}",
        "--label-required",
        "--label-plain",
    ]);
    let refused = desk.exits(
        3,
        &[
            "link",
            "new",
            "--program",
            "acme",
            "--channel",
            "Blog",
            "--destination",
            "http://127.0.0.1/",
        ],
    );
    assert_eq!(refused["error"]["code"], "link.naming");
    let made = desk.json(&[
        "link",
        "new",
        "--program",
        "acme",
        "--channel",
        "Blog",
        "--label",
        "one",
        "--destination",
        "http://127.0.0.1/",
    ]);
    assert_eq!(
        made["url"],
        "http://127.0.0.1/?ref=anna&sid1=b-one&utm_source=blog"
    );
    let preview = desk.json(&[
        "link",
        "template",
        "preview",
        "--program",
        "acme",
        "--sub-id",
        "sid1={label}",
        "--label",
        "try",
    ]);
    assert_eq!(preview["shows"][0]["value"], "try");
    assert_eq!(
        desk.json(&["link", "template", "list", "--limit", "1"])["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    desk.json(&[
        "link",
        "rule",
        "add",
        "yt-*",
        "--program",
        "acme",
        "--channel",
        "YouTube",
    ]);
    assert_eq!(
        desk.json(&["link", "rule", "list"])["items"][0]["channel"],
        "YouTube"
    );
    desk.json(&["link", "rule", "remove", "yt-*"]);
    let file = desk.file(
        "own.csv",
        "Target,Title\nhttp://127.0.0.1/a?ref=anna,First\nnowhere,Second\n",
    );
    let columns = [
        "--column",
        "address=Target",
        "--column",
        "label=Title",
        "--channel",
        "Blog",
    ];
    let run = |more: &[&str]| desk.json(&[&["link", "import", &file], &columns[..], more].concat());
    let planned = run(&["--dry-run"]);
    assert_eq!(
        (
            planned["new"].as_u64(),
            planned["refused"][0]["line"].as_u64()
        ),
        (Some(1), Some(3))
    );
    assert_eq!(run(&[])["new"], 1);
    assert_eq!(run(&[])["same"], 1);
    assert_eq!(
        desk.exits(3, &["link", "import", &file])["error"]["code"],
        "link.unknown_file",
        "no header is made up"
    );
    let asked = desk.json(&[
        "link",
        "asked",
        "perennial://link/new?url=http%3A%2F%2F127.0.0.1%2Fx",
    ]);
    assert_eq!(asked["program"], "acme");
}
