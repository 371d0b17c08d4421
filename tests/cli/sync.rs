//! `perennial connection` and `perennial sync` as other programs see them.

use crate::support::{
    Desk,
    loopback::{Loopback, Reply},
    networks::{ACCOUNT, KARTRA_KEY, Kind, LEADS, Network},
    partnerstack::{Fault, KEY, PartnerStack},
    watch,
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Stdio};

/// Short deadlines: a network that misbehaves costs a test less than a second.
const HURRY: &str = "connect=20000,idle=1500,total=4000,pause=1,longest_pause=5,retry_after=1500";

struct Run {
    status: i32,
    json: Value,
    printed: String,
}

/// Runs a command with the key in its environment and no keychain.
fn run(desk: &Desk, key: &str, arguments: &[&str]) -> Run {
    let output = desk
        .command(&[&["--json"], arguments].concat())
        .env("PERENNIAL_HTTP_LIMITS", HURRY)
        .env("PS_KEY", key)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let json = serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("{arguments:?}: not one document: {text}"));
    Run {
        status: output.status.code().unwrap(),
        json,
        printed: text + &String::from_utf8_lossy(&output.stderr),
    }
}

fn sync(desk: &Desk) -> Run {
    run(desk, KEY, &["sync", "--secret-env", "PS_KEY"])
}

fn connected(base_url: &str) -> Desk {
    let desk = Desk::new();
    desk.json(&[
        "connection",
        "add",
        "partnerstack",
        "--name",
        "PS",
        "--account",
        "me",
        "--base-url",
        base_url,
    ]);
    desk
}

fn holds(dir: &Path, text: &str) -> bool {
    fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, text);
        }
        fs::read(&path)
            .unwrap()
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

#[test]
fn a_sync_is_complete_then_idempotent_and_keeps_no_key() {
    let network = PartnerStack::with(600);
    let desk = connected(&network.base_url());
    let first = sync(&desk);
    assert_eq!(first.status, 0, "{}", first.printed);
    let one = &first.json["connections"][0];
    assert_eq!(one["name"], "PS");
    assert_eq!(
        one["rows"],
        json!({"read": 600, "new": 600, "changed": 0, "same": 0, "refused": 0})
    );
    assert_eq!(
        (&one["refused"], &one["vanished"], &one["unknown"]),
        (&json!([]), &json!([]), &json!([]))
    );
    assert_eq!(
        (&one["requests"], &one["retries"], &one["complete"]),
        (&json!(10), &json!(0), &json!(true))
    );

    network.world().rewards.remove(5);
    let again = sync(&desk);
    assert_eq!(again.status, 0);
    let one = &again.json["connections"][0];
    assert_eq!(
        (
            &one["rows"]["new"],
            &one["rows"]["changed"],
            &one["rows"]["same"]
        ),
        (&json!(0), &json!(0), &json!(599))
    );
    assert_eq!(one["vanished"][0]["native_id"], "rwrd_594");
    assert!(one["vanished"][0]["commission"]["currency"].is_string());

    assert!(!first.printed.contains(KEY) && !again.printed.contains(KEY));
    assert!(!holds(desk.dir(), KEY));
}

#[test]
fn a_partial_sync_ends_with_1_and_a_fruitless_one_with_4() {
    let network = PartnerStack::with(600);
    let desk = connected(&network.base_url());
    network.world().refuse_from = Some(("/rewards", 3));
    let partial = sync(&desk);
    assert_eq!(partial.status, 1, "{}", partial.printed);
    let one = &partial.json["connections"][0];
    assert_eq!(
        (&one["complete"], &one["rows"]["new"], &one["vanished"]),
        (&json!(false), &json!(500), &json!([]))
    );
    assert_eq!(one["error"]["code"], "sync.sign_in");

    let wrong = run(
        &desk,
        "another-key",
        &["sync", "PS", "--secret-env", "PS_KEY"],
    );
    assert_eq!(wrong.status, 4);
    assert_eq!(wrong.json["error"]["code"], "sync.sign_in");
    assert!(wrong.json["error"]["hints"][0].is_string());

    network.world().refuse_from = None;
    let rest = sync(&desk);
    assert_eq!(
        (rest.status, &rest.json["connections"][0]["rows"]["new"]),
        (0, &json!(100))
    );
}

#[test]
fn without_a_key_or_a_keychain_it_says_what_to_do() {
    let network = PartnerStack::with(1);
    let desk = connected(&network.base_url());
    let listed = desk.json(&["connection", "list"]);
    assert_eq!(listed["items"][0]["secret"], "no keychain");
    let none = run(&desk, KEY, &["sync"]);
    assert_eq!(
        (none.status, &none.json["error"]["code"]),
        (4, &json!("sync.no_secret"))
    );
    assert!(
        none.json["error"]["hints"][0]
            .as_str()
            .unwrap()
            .contains("--secret-env")
    );
    let unset = run(&desk, "", &["sync", "--secret-env", "PS_KEY"]);
    assert_eq!(
        (unset.status, &unset.json["error"]["code"]),
        (4, &json!("sync.no_secret"))
    );
}

#[test]
fn faults_that_pass_are_counted_as_retries() {
    let network = PartnerStack::with(300);
    network.world().faults = vec![
        ("/customers", 1, Fault::Say(Reply::status(503))),
        (
            "/rewards",
            1,
            Fault::Say(Reply::status(429).header("retry-after", "1")),
        ),
        ("/rewards", 3, Fault::Cut),
    ];
    let desk = connected(&network.base_url());
    let done = sync(&desk);
    assert_eq!(done.status, 0, "{}", done.printed);
    let one = &done.json["connections"][0];
    assert_eq!(
        (&one["retries"], &one["rows"]["new"]),
        (&json!(3), &json!(300))
    );
}

#[test]
fn a_connection_is_added_tested_and_removed() {
    let network = PartnerStack::with(1);
    let desk = connected(&network.base_url());
    let listed = desk.json(&["connection", "list"]);
    assert_eq!(listed["items"][0]["program"], "kartra");
    assert_eq!(
        run(
            &desk,
            KEY,
            &["connection", "test", "PS", "--secret-env", "PS_KEY"]
        )
        .json["ok"],
        true
    );
    assert_eq!(
        run(
            &desk,
            "wrong-key",
            &["connection", "test", "PS", "--secret-env", "PS_KEY"]
        )
        .status,
        1
    );
    desk.exits(
        3,
        &[
            "connection",
            "add",
            "partnerstack",
            "--name",
            "ps",
            "--account",
            "other",
        ],
    );
    desk.exits(
        3,
        &[
            "connection",
            "add",
            "geocities",
            "--name",
            "x",
            "--account",
            "me",
        ],
    );
    let plain = [
        "connection",
        "add",
        "partnerstack",
        "--name",
        "x",
        "--base-url",
        "http://example.com/",
    ];
    assert_eq!(
        desk.exits(3, &plain)["error"]["code"],
        "connection.bad_address"
    );
    desk.json(&["connection", "remove", "PS"]);
    assert_eq!(desk.json(&["connection", "list"])["items"], json!([]));
    assert_eq!(
        desk.exits(3, &["sync", "PS"])["error"]["code"],
        "connection.unknown"
    );
}

#[test]
fn a_page_of_another_kind_is_no_answer() {
    let server = Loopback::new(|_| Reply::json("<html>").header("content-type", "text/html"));
    let desk = connected(&server.address);
    let failed = sync(&desk);
    assert_eq!(
        (failed.status, &failed.json["error"]["code"]),
        (4, &json!("sync.not_json"))
    );
}

/// A book with a connection to a served network, and the arguments of its sync.
fn joined(network: &Network) -> Desk {
    let desk = Desk::new();
    let base = network.base_url();
    let kind = network.world().kind;
    let mut arguments = vec!["connection", "add", kind.name(), "--name", "net"];
    arguments.extend([
        "--account",
        ACCOUNT,
        "--currency",
        "USD",
        "--base-url",
        &base,
    ]);
    if kind == Kind::Kartra {
        let leads: Vec<String> = (0..LEADS).map(|n| format!("lead{n}@example.com")).collect();
        let file = desk.file("leads.txt", leads.join("\n"));
        desk.json(&[&arguments[..], &["--leads", &file]].concat());
    } else {
        desk.json(&arguments);
    }
    desk
}

#[test]
fn every_network_comes_over_the_command_line() {
    for kind in Kind::ALL {
        let network = Network::with(kind, 60);
        let desk = joined(&network);
        let arguments = [
            "sync",
            "net",
            "--since",
            "2025-07-01",
            "--secret-env",
            "PS_KEY",
        ];
        let first = run(&desk, kind.key(), &arguments);
        assert_eq!(first.status, 0, "{kind:?}: {}", first.printed);
        let rows = &first.json["connections"][0]["rows"];
        assert_eq!(
            (&rows["read"], &rows["new"]),
            (&json!(60), &json!(60)),
            "{kind:?}"
        );
        let again = run(&desk, kind.key(), &["sync", "--secret-env", "PS_KEY"]);
        let rows = &again.json["connections"][0]["rows"];
        assert_eq!(
            (again.status, &rows["new"], &rows["changed"], &rows["same"]),
            (0, &json!(0), &json!(0), &json!(60)),
            "{kind:?}: {}",
            again.printed
        );
        let log = desk.json(&["connection", "log", "net"]);
        assert_eq!(log["items"][0]["outcome"], "complete");
        for secret in KARTRA_KEY.split(':').chain([KEY]) {
            assert!(
                !first.printed.contains(secret) && !holds(desk.dir(), secret),
                "{kind:?}"
            );
        }
        assert_eq!(desk.json(&["book", "check"])["ok"], true);
    }
}

#[test]
fn a_schedule_is_set_and_asked_for() {
    let network = Network::with(Kind::FirstPromoter, 4);
    let desk = joined(&network);
    let due = ["sync", "--due", "--secret-env", "PS_KEY"];
    assert_eq!(run(&desk, KEY, &due).json["connections"], json!([]));
    let set = desk.json(&["connection", "schedule", "net", "--every", "6"]);
    assert_eq!(set["every_hours"], 6);
    let done = run(&desk, KEY, &due);
    assert_eq!(
        (done.status, &done.json["connections"][0]["complete"]),
        (0, &json!(true))
    );
    assert_eq!(run(&desk, KEY, &due).json["connections"], json!([]));
    assert_eq!(
        desk.exits(3, &["connection", "schedule", "net", "--every", "0"])["error"]["code"],
        "connection.bad_schedule"
    );
    assert_eq!(
        desk.json(&["connection", "schedule", "net", "--off"])["next_run_at"],
        Value::Null
    );
    let networks = desk.json(&["connection", "networks"]);
    assert_eq!(networks["items"].as_array().unwrap().len(), 7);
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_without_end_costs_little_memory() {
    let bomb = {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
        // Many members, one after the other, are one gzip stream.
        Reply::json(encoder.finish().unwrap().repeat(400)).header("content-encoding", "gzip")
    };
    let huge = Reply {
        times: 200,
        ..Reply::json(vec![b' '; 1 << 20])
    };
    for reply in [bomb, huge] {
        let network = Network::with(Kind::Awin, 40);
        let desk = joined(&network);
        network.world().faults = [(3, Fault::Say(reply))].into();
        let ended = watch(
            desk.command(&["--json", "sync", "--secret-env", "PS_KEY"])
                .env("PERENNIAL_HTTP_LIMITS", HURRY)
                .env("PS_KEY", KEY)
                .stderr(Stdio::null()),
        );
        let peak = ended.peak_kib;
        assert_eq!(ended.status, Some(1), "what landed before is kept");
        assert!(peak > 0 && peak < 300 * 1024, "{peak} KiB");
    }
}

#[test]
fn a_sync_that_fetches_nothing_leaves_the_book_byte_for_byte() {
    let network = PartnerStack::with(30);
    let desk = connected(&network.base_url());
    assert_eq!(sync(&desk).status, 0);
    let book = || fs::read(desk.path("book.perennial")).unwrap();
    let before = book();
    let wrong = ["sync", "--secret-env", "PS_KEY"];
    for _ in 0..2 {
        assert_eq!(run(&desk, "another-key", &wrong).status, 4);
        assert!(book() == before, "the book was written to");
    }
    desk.json(&["connection", "schedule", "PS", "--every", "6"]);
    let before = book();

    // Yet it is known, to the next process too: the last error with its way out, and the log.
    let row = &desk.json(&["connection", "list"])["items"][0];
    assert_eq!(
        (&row["health"], &row["error"]["code"]),
        (&json!("failed"), &json!("sync.sign_in"))
    );
    assert!(row["error"]["hints"][0].is_string());
    let outcomes = || -> Vec<String> {
        let log = desk.json(&["connection", "log", "PS"]);
        let runs = log["items"].as_array().unwrap().iter();
        runs.map(|run| run["outcome"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(outcomes(), ["failed", "failed", "complete"]);
    // A schedule waits for its next turn.
    assert_eq!(
        run(&desk, KEY, &["sync", "--due", "--secret-env", "PS_KEY"]).json["connections"],
        json!([])
    );
    assert!(book() == before, "the book was written to");

    assert_eq!(sync(&desk).status, 0);
    assert_eq!(outcomes(), ["complete", "failed", "failed", "complete"]);
    assert!(!holds(desk.dir(), "another-key"));
    let row = &desk.json(&["connection", "list"])["items"][0];
    assert_eq!(
        (&row["health"], &row["error"]),
        (&json!("good"), &Value::Null)
    );
}
