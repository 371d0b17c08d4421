//! Compliance: checks that need no book, and the checklist that does.

use crate::support::Desk;

#[test]
fn a_paid_link_without_a_word_about_it_is_an_error() {
    let desk = Desk::bare();
    let bare = desk.file(
        "post.txt",
        "I moved my funnel here: https://try.kartra.com/anna",
    );
    let found = desk.exits(1, &["compliance", "text", &bare, "--channel", "blog"]);
    assert_eq!(found["findings"][0]["rule"], "disclosure-missing");
    assert_eq!(found["findings"][0]["severity"], "error");
    let clear = desk.file(
        "clear.txt",
        "I earn a commission if you buy through this link.\n\nI moved my funnel here: https://try.kartra.com/anna",
    );
    let found = desk.json(&["compliance", "text", &clear, "--channel", "blog"]);
    assert!(
        found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["rule"] != "disclosure-missing")
    );
    desk.exits(3, &["compliance", "text", &clear, "--channel", "pigeon"]);
}

#[test]
fn brand_keywords_are_found_with_their_line_and_kept_out_by_negatives() {
    let desk = Desk::bare();
    let list = desk.file(
        "keywords.txt",
        "funnel builder\n[kartra pricing]\n-kartra login\n",
    );
    let found = desk.exits(
        1,
        &[
            "compliance",
            "keywords",
            &list,
            "--export-negatives",
            "negatives.txt",
        ],
    );
    let findings = found["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (&findings[0]["where"]["line"], &findings[0]["rule"]),
        (&2.into(), &"brand-keyword".into())
    );
    assert!(
        std::fs::read_to_string(desk.path("negatives.txt"))
            .unwrap()
            .contains("kartra")
    );
}

#[test]
fn a_checklist_item_keeps_its_evidence_and_opens_again_when_the_terms_change() {
    let desk = Desk::new();
    let list = desk.json(&["compliance", "checklist", "kartra"]);
    let item = list["items"][0]["id"].as_str().unwrap().to_owned();
    let proof = desk.file("proof.txt", "the disclosure on my page");
    let evidence = format!("file:{proof}");
    let done = desk.json(&[
        "compliance",
        "decide",
        "kartra",
        &item,
        "--evidence",
        &evidence,
        "--note",
        "On every page",
    ]);
    assert_eq!(done["done"], 1);
    assert_eq!(done["items"][0]["evidence"][0]["text"], "proof.txt");
    assert_eq!(
        done["items"][0]["evidence"][0]["sha256"]
            .as_str()
            .unwrap()
            .len(),
        64
    );

    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-06-01",
        "hold_days=30",
    ]);
    let changed = desk.json(&["compliance", "checklist", "kartra"]);
    assert_eq!(
        (
            &changed["items"][0]["state"],
            &changed["items"][0]["reopened"]
        ),
        (&"open".into(), &true.into())
    );

    desk.json(&["book", "undo"]);
    desk.json(&["book", "undo"]);
    assert_eq!(desk.json(&["compliance", "checklist", "kartra"])["done"], 0);
}
