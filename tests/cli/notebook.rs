//! The notebook, contacts and reminders.

use crate::support::Desk;
use serde_json::json;

const MAIL: &str = "From: Mia from Kartra <mia@partners.kartra.com>\r\nTo: anna@blog.example\r\n\
    Subject: Hold becomes 45 days\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <m1@kartra.com>\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\nDear partner, from April the hold is 45 days.\r\n";

#[test]
fn an_announcement_is_found_and_tied_to_what_it_is_about() {
    let desk = Desk::new();
    desk.json(&["campaign", "new", "Spring"]);
    desk.json(&["swipe", "add", "Post", "--text", "words"]);
    let added = desk.json(&[
        "notebook",
        "add",
        "kartra",
        "--text",
        "New bonus for May\nEveryone gets 10 % more.",
        "--on",
        "2026-04-20",
        "--tags",
        "bonus",
        "--campaign",
        "spring",
        "--swipe",
        "post",
        "--terms",
        "2021",
    ]);
    let entry = &added["entry"];
    assert_eq!(
        (&entry["title"], &entry["terms_version"]),
        (&json!("New bonus for May"), &json!("2021"))
    );
    assert_eq!(
        (&entry["swipe"], &entry["campaign"]),
        (&json!("Post"), &json!("Spring"))
    );
    let id = entry["id"].as_str().unwrap();
    desk.json(&[
        "notebook",
        "edit",
        id,
        "--campaign",
        "",
        "--title",
        "Bonus in May",
    ]);
    desk.json(&[
        "notebook",
        "add",
        "kartra",
        "--text",
        "Something else",
        "--on",
        "2026-05-01",
    ]);

    let found = desk.json(&["notebook", "list", "--search", "10 % more"]);
    assert_eq!(
        (&found["total"], &found["items"][0]["title"]),
        (&json!(1), &json!("Bonus in May"))
    );
    assert_eq!(found["items"][0]["campaign"], json!(null));
    assert_eq!(
        desk.json(&["notebook", "list", "--tag", "BONUS"])["total"],
        1
    );
    let page = desk.json(&["notebook", "list", "--limit", "1"]);
    assert_eq!(
        (&page["items"][0]["title"], &page["next"]),
        (&json!("Something else"), &json!("1"))
    );
    assert!(
        desk.text(&["notebook", "show", id])
            .contains("Everyone gets 10 % more.")
    );

    desk.json(&["swipe", "remove", "Post"]);
    assert_eq!(
        desk.json(&["notebook", "show", id])["entry"]["swipe"],
        json!(null)
    );
    desk.json(&["book", "undo"]);
    assert_eq!(
        desk.json(&["notebook", "show", id])["entry"]["swipe"],
        "Post"
    );
    assert_eq!(
        desk.exits(3, &["notebook", "edit", id, "--terms", "1999"])["error"]["code"],
        "terms_version.unknown"
    );
    desk.json(&["notebook", "remove", id]);
    assert_eq!(
        desk.exits(3, &["notebook", "show", id])["error"]["code"],
        "entry.unknown"
    );
}

#[test]
fn a_mail_finds_its_program_by_the_sender_and_comes_in_once() {
    let desk = Desk::new();
    let mail = desk.file("hold.eml", MAIL);
    let taken = desk.json(&["notebook", "import", &mail, "--tags", "terms,hold"]);
    let entry = &taken["entry"];
    assert_eq!(entry["program"], "kartra");
    assert_eq!(
        (&entry["on"], &entry["title"]),
        (&json!("2026-03-02"), &json!("Hold becomes 45 days"))
    );
    assert_eq!(entry["sender"], "Mia from Kartra <mia@partners.kartra.com>");
    assert_eq!(entry["tags"], json!(["hold", "terms"]));
    assert_eq!(
        desk.exits(3, &["notebook", "import", &mail])["error"]["code"],
        "entry.already"
    );

    let other = MAIL
        .replace("partners.kartra.com", "agency.example")
        .replace("m1@", "m2@");
    let other = desk.file("agency.eml", other);
    assert_eq!(
        desk.exits(3, &["notebook", "import", &other])["error"]["code"],
        "mail.which_program"
    );
    desk.json(&[
        "contact",
        "add",
        "kartra",
        "Mia",
        "--mail",
        "Mia@agency.example",
        "--role",
        "Affiliate manager",
    ]);
    assert_eq!(
        desk.json(&["notebook", "import", &other])["entry"]["program"],
        "kartra"
    );
    let report = desk.file("report.eml", "Date,Amount\n2026-03-01,3\n");
    assert_eq!(
        desk.exits(3, &["notebook", "import", &report])["error"]["code"],
        "mail.not_a_mail"
    );
}

#[test]
fn contacts_are_kept_by_program() {
    let desk = Desk::new();
    desk.json(&[
        "contact",
        "add",
        "kartra",
        "Mia",
        "--mail",
        "mia@kartra.example",
        "--role",
        "Affiliate manager",
    ]);
    desk.json(&[
        "contact",
        "edit",
        "mia@kartra.example",
        "--note",
        "Answers on Mondays",
    ]);
    let list = desk.json(&["contact", "list", "--search", "monday"]);
    assert_eq!(
        (&list["total"], &list["items"][0]["name"]),
        (&json!(1), &json!("Mia"))
    );
    assert_eq!(
        desk.exits(3, &["contact", "add", "kartra", "Bo", "--mail", "nowhere"])["error"]["code"],
        "contact.bad_mail"
    );
    desk.json(&["contact", "add", "kartra", "Mia"]);
    assert_eq!(
        desk.exits(3, &["contact", "remove", "mia"])["error"]["code"],
        "contact.several"
    );
    desk.json(&["contact", "remove", "mia@kartra.example"]);
    assert_eq!(desk.json(&["contact", "list"])["total"], 1);
}

#[test]
fn a_reminder_waits_until_it_is_done() {
    let desk = Desk::new();
    desk.json(&["campaign", "new", "Spring"]);
    let due = desk.json(&[
        "reminder",
        "add",
        "Ask for the new banner",
        "--due",
        "2020-01-31",
        "--campaign",
        "spring",
    ]);
    let later = desk.json(&["reminder", "add", "Renew the page", "--due", "2999-01-01"]);
    assert_eq!(
        (&due["state"], &later["state"]),
        (&json!("due"), &json!("later"))
    );
    assert_eq!(due["campaign"], "Spring");
    let id = due["id"].as_str().unwrap();
    assert_eq!(desk.json(&["reminder", "done", id])["state"], "done");
    assert_eq!(desk.json(&["reminder", "list"])["total"], 1);
    assert_eq!(
        desk.json(&["reminder", "list", "--done"])["items"][1]["text"],
        "Ask for the new banner"
    );
    assert_eq!(
        desk.json(&["reminder", "done", id, "--again"])["state"],
        "due"
    );
    desk.json(&["reminder", "remove", id]);
    assert_eq!(
        desk.exits(3, &["reminder", "add", "x", "--due", "soon"])["error"]["code"],
        "notebook.bad_day"
    );
}
