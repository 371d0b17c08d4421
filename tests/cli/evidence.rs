//! Evidence from the command line: copies, what changed, the report of a campaign, the bundle for an auditor.

use crate::support::Desk;
use serde_json::Value;

const BAD: &str = "<html lang=en><body><h1>My review</h1><p>Try <a rel=sponsored href=\"https://try.kartra.com/anna\">Kartra</a> now.</p></body></html>";
const GOOD: &str = "<html lang=en><body><h1>My review</h1><p>Ad: I earn a commission if you buy through my links.</p><p>Try <a rel=sponsored href=\"https://try.kartra.com/anna\">Kartra</a> now.</p></body></html>";

/// A book with a campaign whose checklist is settled and whose terms are accepted.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.json(&["campaign", "new", "Spring", "--channel", "Blog"]);
    desk
}

fn settle(desk: &Desk) {
    desk.json(&["compliance", "accept", "kartra", "--terms", "2026"]);
    let list = desk.json(&["compliance", "checklist", "kartra", "--campaign", "Spring"]);
    let proof = desk.file("proof of it.txt", "the disclosure on my page");
    for (at, item) in list["items"].as_array().unwrap().iter().enumerate() {
        let id = item["id"].as_str().unwrap();
        let evidence = if at == 0 {
            format!("file:{proof}")
        } else {
            "text:Looked at it".to_owned()
        };
        desk.json(&[
            "compliance",
            "decide",
            "kartra",
            id,
            "--campaign",
            "Spring",
            "--evidence",
            &evidence,
        ]);
    }
}

fn keep(desk: &Desk, html: &str, status: i32) -> String {
    let page = desk.file("review.html", html);
    let args = [
        "compliance",
        "page",
        &page,
        "--campaign",
        "Spring",
        "--keep",
    ];
    desk.exits(status, &args)["copy"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn words(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect()
}

#[test]
fn copies_are_kept_compared_accepted_and_brought_back() {
    let desk = desk();
    let first = keep(&desk, BAD, 1);
    let shown = desk.json(&["compliance", "snapshot", "show", &first]);
    assert_eq!(shown["intact"], true);
    assert_eq!(
        shown["copy"]["place"], "review.html",
        "no folder of the user's is kept"
    );
    assert_eq!(shown["copy"]["terms_version"], "2026");
    assert_eq!(shown["findings"][0]["rule"], "disclosure-missing");
    assert!(shown["text"].as_str().unwrap().contains("Try Kartra now"));
    let second = keep(&desk, GOOD, 0);
    let diff = desk.json(&["compliance", "snapshot", "compare", &first, &second]);
    assert_eq!(diff["gone"][0]["rule"], "disclosure-missing");
    assert_eq!(diff["new"].as_array().unwrap().len(), 0);
    let fresh: Vec<&str> = words(&diff["lines"]);
    assert!(
        fresh
            .iter()
            .any(|line| line.contains("I earn a commission")),
        "{fresh:?}"
    );

    let excerpt = shown["findings"][0]["excerpt"].as_str().unwrap();
    let accept = |reason: &[&str]| {
        let mut args = vec![
            "compliance",
            "snapshot",
            "accept",
            &first,
            "disclosure-missing",
            "--words",
            excerpt,
        ];
        args.extend(reason);
        desk.json(&args)
    };
    let accepted = accept(&["--reason", "A draft that never went out"]);
    assert_eq!(
        (&accepted["copy"]["errors"], &accepted["copy"]["accepted"]),
        (&0.into(), &1.into())
    );
    assert_eq!(accept(&[])["copy"]["errors"], 1);
    desk.exits(
        3,
        &[
            "compliance",
            "snapshot",
            "accept",
            &first,
            "fake-review",
            "--reason",
            "x",
        ],
    );

    let picture = desk.path("shot.png");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\nrest").unwrap();
    let with = desk.json(&["compliance", "snapshot", "attach", &first, "shot.png"]);
    assert_eq!(
        (&with["copy"]["picture"], &with["intact"]),
        (&"shot.png".into(), &true.into())
    );
    let refused = desk.exits(
        3,
        &["compliance", "snapshot", "attach", &first, "review.html"],
    );
    assert_eq!(refused["error"]["code"], "snapshot.no_picture");
    let written = desk.json(&["compliance", "snapshot", "export", &first, "out"]);
    let files = written["files"].as_array().unwrap();
    assert_eq!(files.len(), 4);
    assert_eq!(
        std::fs::read_to_string(desk.path(files[0].as_str().unwrap())).unwrap(),
        BAD
    );

    desk.json(&["compliance", "snapshot", "remove", &first]);
    let list = desk.json(&["compliance", "snapshots", "--campaign", "Spring"]);
    assert_eq!(
        (list["items"].as_array().unwrap().len(), &list["total"]),
        (1, &1.into())
    );
    desk.json(&["book", "undo"]);
    let back = desk.json(&["compliance", "snapshot", "show", &first]);
    assert_eq!(
        (&back["intact"], &back["copy"]["picture"]),
        (&true.into(), &"shot.png".into())
    );
    let unknown = desk.exits(3, &["compliance", "snapshot", "show", "nothing"]);
    assert_eq!(unknown["error"]["code"], "snapshot.unknown");
    desk.json(&["book", "check"]);
}

#[test]
fn texts_and_keyword_lists_are_kept_as_well() {
    let desk = desk();
    let post = desk.file(
        "post.txt",
        "I moved my funnel here: https://try.kartra.com/anna",
    );
    desk.exits(
        1,
        &[
            "compliance",
            "text",
            &post,
            "--channel",
            "blog",
            "--keep",
            "--campaign",
            "Spring",
        ],
    );
    let keywords = desk.file("keywords.txt", "funnel builder\n[kartra pricing]\n");
    desk.exits(
        1,
        &[
            "compliance",
            "keywords",
            &keywords,
            "--keep",
            "--campaign",
            "Spring",
        ],
    );
    let list = desk.json(&["compliance", "snapshots"]);
    let kinds: Vec<&str> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["keywords", "text"]);
    let shown = desk.json(&[
        "compliance",
        "snapshot",
        "show",
        list["items"][0]["id"].as_str().unwrap(),
    ]);
    assert_eq!(shown["findings"][0]["excerpt"], "[kartra pricing]");
}

#[test]
fn the_report_says_what_stands_in_the_way_until_nothing_does() {
    let desk = desk();
    keep(&desk, BAD, 1);
    let report = desk.exits(1, &["compliance", "report", "Spring"]);
    let kinds: Vec<&str> = report["blockers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"terms_not_accepted"), "{kinds:?}");
    assert!(kinds.contains(&"item_open"));
    assert!(kinds.contains(&"check_failed"));
    settle(&desk);
    let report = desk.exits(1, &["compliance", "report", "Spring"]);
    assert_eq!(report["blockers"].as_array().unwrap().len(), 1);
    assert_eq!(report["blockers"][0]["kind"], "check_failed");
    keep(&desk, GOOD, 0);
    let report = desk.json(&["compliance", "report", "Spring"]);
    assert_eq!(
        (&report["ready"], &report["score"]),
        (&true.into(), &100.into())
    );
    assert_eq!(
        (
            &report["copies"],
            report["checks"].as_array().unwrap().len()
        ),
        (&2.into(), 1)
    );

    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-06-01",
        "hold_days=60",
    ]);
    desk.json(&["compliance", "report", "Spring"]);

    desk.json(&["compliance", "report", "Spring", "--out", "report.pdf"]);
    assert!(
        std::fs::read(desk.path("report.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
    desk.json(&["compliance", "report", "Spring", "--out", "report.md"]);
    let text = std::fs::read_to_string(desk.path("report.md")).unwrap();
    assert!(text.contains("- **Score**: 100 of 100"), "{text}");
    assert!(text.contains("review.html"));
    let refused = desk.exits(
        3,
        &["compliance", "report", "Spring", "--out", "report.doc"],
    );
    assert_eq!(refused["error"]["code"], "compliance.unknown_format");
    desk.exits(3, &["compliance", "report", "Autumn"]);
}

#[test]
fn a_bundle_is_the_same_each_time_and_betrays_every_change() {
    let desk = desk();
    settle(&desk);
    keep(&desk, GOOD, 0);
    let done = desk.json(&["compliance", "bundle", "Spring", "--out", "one.zip"]);
    desk.json(&["compliance", "bundle", "Spring", "--out", "two.zip"]);
    let bytes = std::fs::read(desk.path("one.zip")).unwrap();
    assert_eq!(bytes, std::fs::read(desk.path("two.zip")).unwrap());
    // Three forms of the report, the checklist, the terms, one file of evidence, three files of the copy.
    assert_eq!(done["files"], 9);
    let found = desk.json(&["compliance", "bundle", "verify", "one.zip"]);
    assert_eq!(
        (&found["intact"], &found["campaign"]),
        (&true.into(), &"Spring".into())
    );

    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let manifest: Value =
        serde_json::from_reader(archive.by_name("manifest.json").unwrap()).unwrap();
    let proof = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|file| file["what"].as_str().unwrap().contains("proof of it.txt"))
        .unwrap();
    assert_eq!(proof["bytes"], 25);

    let at = bytes
        .windows(9)
        .position(|part| part == b"report.md")
        .unwrap();
    let mut changed = bytes.clone();
    changed[at + 12] ^= 1;
    std::fs::write(desk.path("changed.zip"), changed).unwrap();
    let broken = desk.exits(1, &["compliance", "bundle", "verify", "changed.zip"]);
    assert_eq!(broken["intact"], false);
    let no = desk.file("no.zip", "nothing of the kind");
    assert_eq!(
        desk.exits(3, &["compliance", "bundle", "verify", &no])["error"]["code"],
        "bundle.unreadable"
    );
    desk.exits(4, &["compliance", "bundle", "verify", "none.zip"]);
}
