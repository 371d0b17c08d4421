//! Compliance: checks that need no book, and the checklist that does.

use crate::support::{
    Desk,
    loopback::{Loopback, Reply},
};

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
fn ready_wordings_are_listed_and_ones_own_is_checked() {
    let desk = Desk::bare();
    let ready = desk.json(&[
        "compliance",
        "wordings",
        "--channel",
        "blog",
        "--language",
        "de",
        "--length",
        "short",
    ]);
    let items = ready["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    let german = items[0]["text"].as_str().unwrap();
    assert!(german.contains("Provision"), "{german}");
    let own = desk.file("own.txt", german);
    let found = desk.json(&["compliance", "wordings", "--own", &own]);
    assert_eq!(found["findings"].as_array().unwrap().len(), 0);
    let vague = desk.file("vague.txt", "In friendly partnership with Kartra");
    let found = desk.exits(
        1,
        &[
            "compliance",
            "wordings",
            "--own",
            &vague,
            "--channel",
            "social",
        ],
    );
    assert_eq!(found["findings"][0]["rule"], "disclosure-unclear");
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
fn a_checklist_item_keeps_its_evidence_and_opens_again_for_terms_of_conduct_alone() {
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

    let list = || desk.json(&["compliance", "checklist", "kartra"]);
    desk.json(&[
        "program",
        "set-terms",
        "kartra",
        "--from",
        "2026-06-01",
        "hold_days=30",
    ]);
    let changed = list();
    assert_eq!(
        (
            &changed["items"][0]["state"],
            &changed["items"][0]["reopened"]
        ),
        (&"done".into(), &false.into()),
        "a hold asks nothing of conduct"
    );
    assert_eq!(changed["items"][0]["evidence"].as_array().unwrap().len(), 1);

    let own = "own 2026-06-01";
    desk.json(&["compliance", "accept", "kartra", "--terms", own]);
    let accepted = list();
    assert_eq!(accepted["terms_version"], own);
    assert_eq!(
        (
            &accepted["items"][0]["state"],
            &accepted["items"][0]["reopened"]
        ),
        (&"open".into(), &true.into()),
        "accepted as terms, it asks anew"
    );
    desk.exits(3, &["compliance", "accept", "kartra", "--terms", "2031"]);

    desk.json(&["book", "undo"]);
    assert_eq!(list()["done"], 1);
    desk.json(&["book", "undo"]);
    desk.json(&["book", "undo"]);
    assert_eq!(list()["done"], 0);
}

const PAGE: &str = "<!doctype html><html lang=en><body><p>My tool: <a rel=sponsored href=\"/go/kartra\">Kartra</a></p></body></html>";

fn html(body: &str) -> Reply {
    Reply::json(body).header("content-type", "text/html; charset=utf-8")
}

/// A site whose robots.txt keeps one folder to itself.
fn site() -> Loopback {
    Loopback::new(|asked| match asked.path.as_str() {
        "/robots.txt" => {
            Reply::json("User-agent: *\nDisallow: /private/\n").header("content-type", "text/plain")
        }
        "/post" | "/private/post" => html(PAGE),
        "/old" => Reply::status(301).header("location", "/post"),
        "/away" => Reply::status(302).header("location", "https://try.kartra.com/abc"),
        "/round" => Reply::status(302).header("location", "/round"),
        "/data" => Reply::json("{}"),
        "/large" => html(&format!("<p>{}", "a ".repeat(5 * 1024 * 1024))),
        _ => Reply::status(404),
    })
}

#[test]
fn a_page_is_fetched_and_kept_with_its_hash() {
    let desk = Desk::bare();
    let site = site();
    for path in ["/post", "/old"] {
        let found = desk.exits(
            1,
            &[
                "compliance",
                "page",
                &format!("{}{path}", site.address),
                "--keep",
                "copies",
            ],
        );
        assert_eq!(found["findings"][0]["rule"], "disclosure-missing");
        assert_eq!(found["address"], format!("{}/post", site.address));
        let kept = found["kept"].as_array().unwrap();
        assert_eq!(kept.len(), 3);
        let copy = std::fs::read_to_string(desk.path(kept[0].as_str().unwrap())).unwrap();
        assert_eq!(copy, PAGE);
        let manifest: serde_json::Value = serde_json::from_str(
            &std::fs::read_to_string(desk.path(kept[2].as_str().unwrap())).unwrap(),
        )
        .unwrap();
        assert_eq!(manifest["html"]["sha256"], found["sha256"]);
        assert_eq!(found["sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn what_cannot_be_fetched_is_a_failed_resource() {
    let desk = Desk::bare();
    let site = site();
    for (path, code) in [
        ("/private/post", "page.robots"),
        ("/away", "page.redirected"),
        ("/round", "page.redirected"),
        ("/data", "page.not_html"),
        ("/none", "page.status"),
        ("/large", "page.too_large"),
    ] {
        let place = format!("{}{path}", site.address);
        let failed = desk.exits(4, &["compliance", "page", &place]);
        assert_eq!(failed["error"]["code"], code, "{path}");
        assert!(!failed["error"]["hints"][0].as_str().unwrap().is_empty());
    }
    let gone = site.address.clone();
    drop(site);
    let failed = desk.exits(4, &["compliance", "page", &gone]);
    assert_eq!(failed["error"]["code"], "page.unreachable");
    let paid = desk.exits(4, &["compliance", "page", "https://try.kartra.com/abc"]);
    assert_eq!(paid["error"]["code"], "page.paid_link");
    desk.exits(4, &["compliance", "page", "none.html"]);
}

#[test]
fn a_host_of_the_users_own_pays_where_it_is_named() {
    let desk = Desk::bare();
    let page = desk.file(
        "page.html",
        "<html lang=en><body><a rel=sponsored href=\"https://go.one.example/x\">One</a> <a rel=sponsored href=\"https://go.two.example/y\">Two</a></body></html>",
    );
    desk.json(&["compliance", "page", &page]);
    let found = desk.exits(
        1,
        &[
            "compliance",
            "page",
            &page,
            "--link-host",
            "go.three.example",
            "--link-host",
            "go.two.example",
        ],
    );
    assert_eq!(found["findings"][0]["rule"], "disclosure-missing");
}

#[test]
fn the_markets_name_the_laws() {
    let desk = Desk::bare();
    let post = desk.file("post.txt", "My tool: https://try.kartra.com/anna");
    let source = |more: &[&str]| {
        let found = desk.exits(
            1,
            &[&["compliance", "text", &post, "--channel", "blog"], more].concat(),
        );
        found["findings"][0]["source"].as_str().unwrap().to_owned()
    };
    assert!(source(&[]).contains("FTC"));
    let eu = source(&["--market", "eu"]);
    assert!(eu.contains("2005/29/EC") && !eu.contains("FTC"), "{eu}");
    let both = source(&["--market", "uk,us"]);
    assert!(both.contains("CAP Code") && both.contains("FTC"), "{both}");
    let refused = desk.exits(
        3,
        &[
            "compliance",
            "text",
            &post,
            "--channel",
            "blog",
            "--market",
            "mars",
        ],
    );
    assert_eq!(refused["error"]["code"], "market.unknown");
}
