//! Syncs against an account that is served on this computer: totals, repeats, changes, faults, and going on after a cut.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

#[path = "sync/care.rs"]
mod care;
#[path = "sync/desk.rs"]
mod desk;
#[path = "../../../tests/support/disorder.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod disorder;
#[path = "sync/faults.rs"]
mod faults;
#[path = "../../../tests/support/loopback.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod loopback;
#[path = "../../../tests/support/networks/mod.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod networks;
#[path = "sync/order.rs"]
mod order;
#[path = "sync/others.rs"]
mod others;
#[path = "sync/panics.rs"]
mod panics;
#[path = "../../../tests/support/partnerstack.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod partnerstack;

use loopback::{Loopback, Reply};
use partnerstack::{FIRST, Fault, KEY, PartnerStack};
use perennial_app::{
    App, Failure,
    commands::connection,
    context::{Gateway, Limits, SystemClock},
    dto::{ById, ConnectionAdd, Key, ListInput, SyncInput, SyncedConnection},
};
use perennial_domain::ids::BatchId;
use perennial_secrets::MemoryStore;
use perennial_store::{Book, table::batch};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Short enough that a silent network costs a test a few seconds, and long enough that a busy machine is not taken for one.
const HURRY: &str = "connect=20000,idle=1500,total=4000,pause=1,longest_pause=5,retry_after=1500";

struct Desk {
    app: App,
    dir: TempDir,
}

impl Desk {
    fn with(base_url: &str) -> Self {
        let dir = desk::folder();
        let gateway = Gateway::new(Limits::parse(HURRY).unwrap());
        let app =
            App::new(Box::new(SystemClock), Arc::new(MemoryStore::new())).with_gateway(gateway);
        app.set_book(Some(
            Book::create(&dir.path().join("book.perennial")).unwrap(),
        ));
        let desk = Self { app, dir };
        desk.add("ps", base_url).unwrap();
        desk
    }

    fn add(&self, name: &str, base_url: &str) -> Result<(), Failure> {
        let input = ConnectionAdd {
            network: "partnerstack".to_owned(),
            name: name.to_owned(),
            account: "me".to_owned(),
            program: None,
            currency: None,
            base_url: Some(base_url.to_owned()),
            secret: Some(KEY.into()),
            leads: Vec::new(),
        };
        connection::add(&self.app, input).map(|_| ())
    }

    fn try_sync(&self, since: Option<&str>) -> Result<SyncedConnection, Failure> {
        let input = SyncInput {
            names: vec!["ps".to_owned()],
            since: since.map(str::to_owned),
            secret: None,
            job: None,
        };
        connection::sync(&self.app, input).map(|mut done| done.connections.remove(0))
    }

    fn sync(&self) -> SyncedConnection {
        self.try_sync(None).unwrap()
    }

    /// Sums of what the batches that stand brought, by currency: plain amounts.
    fn totals(&self) -> BTreeMap<String, i64> {
        let mut totals = BTreeMap::new();
        for batch in self
            .app
            .read(|read| batch::list(read, "", None, 1_000))
            .unwrap()
        {
            for sum in batch.totals {
                *totals.entry(sum.currency().code().to_owned()).or_default() += sum.micros();
            }
        }
        totals
    }

    fn assert_true(&self, network: &PartnerStack) {
        for (currency, digits) in [("USD", 4), ("EUR", 4), ("JPY", 6), ("KWD", 3)] {
            let micros = network.total(currency) * 10_i64.pow(digits);
            assert_eq!(
                self.totals().get(currency).copied().unwrap_or_default(),
                micros,
                "{currency}"
            );
        }
    }
}

#[test]
fn thousands_of_rewards_come_once_and_to_the_cent() {
    let network = PartnerStack::with(3_000);
    let desk = Desk::with(&network.base_url());
    let first = desk.sync();
    assert!(first.complete && first.error.is_none());
    assert_eq!(
        (first.rows.read, first.rows.new, first.rows.refused),
        (3_000, 3_000, 0)
    );
    assert!(first.refused.is_empty() && first.vanished.is_empty() && first.unknown.is_empty());
    // 600 customers, 3,000 transactions and rewards, one payout, 250 a page; no partnership, no action.
    assert_eq!(
        (first.requests, first.retries),
        (1 + 3 + 12 + 1 + 12 + 1, 0)
    );
    desk.assert_true(&network);

    let again = desk.sync();
    assert_eq!(
        (again.rows.new, again.rows.changed, again.rows.same),
        (0, 0, 3_000)
    );
    assert!(again.complete && again.vanished.is_empty());
    let batches = desk
        .app
        .read(|read| batch::list(read, "", None, 10))
        .unwrap();
    assert_eq!(batches.len(), 2, "one batch a sync");
    assert!(batches.iter().all(|batch| batch.complete));
}

#[test]
fn what_changed_or_vanished_at_the_source_is_told() {
    let network = PartnerStack::with(600);
    let desk = Desk::with(&network.base_url());
    desk.sync();
    {
        let mut world = network.world();
        let gone = world.rewards.remove(300);
        assert_eq!(gone["key"], "rwrd_299");
        let row = &mut world.rewards[10];
        row.as_object_mut().unwrap().remove("reward_status");
        row["status"] = json!("limbo");
        row["payment_status"] = json!("merging");
        let other = &mut world.rewards[598];
        other["amount"] = json!(other["amount"].as_i64().unwrap() * 2);
        world.rewards.insert(0, json!({"key": "rwrd_new", "amount": 700, "currency": "USD", "created_at": FIRST + 999_000_000, "status": "new"}));
    }
    let second = desk.sync();
    assert_eq!(
        (second.rows.new, second.rows.changed, second.rows.same),
        (1, 2, 597)
    );
    assert_eq!(second.vanished.len(), 1);
    let vanished = second.vanished.first().unwrap();
    assert_eq!(vanished.native_id.as_deref(), Some("rwrd_299"));
    assert!(vanished.commission.is_some());
    let mut words: Vec<(&str, &str, u64)> = second
        .unknown
        .iter()
        .map(|word| (word.field.as_str(), word.word.as_str(), word.count))
        .collect();
    words.sort_unstable();
    assert_eq!(words, [("approval", "limbo", 1), ("payment", "merging", 1)]);
    let third = desk.sync();
    assert_eq!(
        (third.rows.new, third.rows.changed, third.vanished.len()),
        (0, 0, 0)
    );
}

#[test]
fn a_broken_record_is_refused_and_not_taken_for_vanished() {
    let network = PartnerStack::with(20);
    let desk = Desk::with(&network.base_url());
    desk.sync();
    network.world().rewards[4]["amount"] = json!("plenty");
    let second = desk.sync();
    assert!(second.complete);
    assert_eq!(
        (second.rows.read, second.rows.same, second.rows.refused),
        (20, 19, 1)
    );
    assert_eq!(
        second.refused.first().unwrap().column.as_deref(),
        Some("amount")
    );
    assert!(second.refused.first().unwrap().text.contains("plenty"));
    assert!(second.vanished.is_empty());
}

#[test]
fn a_sync_that_is_cut_off_keeps_whole_pages_and_goes_on() {
    let network = PartnerStack::with(1_500);
    let desk = Desk::with(&network.base_url());
    network.world().refuse_from = Some(("/rewards", 4));
    let cut = desk.sync();
    assert!(!cut.complete);
    assert_eq!((cut.rows.new, cut.vanished.len()), (750, 0));
    assert_eq!(cut.error.unwrap().code, "sync.sign_in");
    {
        let mut world = network.world();
        world.refuse_from = None;
        world.asked.clear();
    }
    let rest = desk.sync();
    assert!(rest.complete);
    assert_eq!(
        (rest.rows.new, rest.rows.same, rest.rows.changed),
        (750, 750, 0)
    );
    let first_page = network
        .world()
        .asked
        .iter()
        .find(|asked| asked.path == "/api/v2/rewards")
        .cloned()
        .unwrap();
    assert_eq!(
        first_page.query.get("starting_after").map(String::as_str),
        Some("rwrd_750")
    );
    desk.assert_true(&network);
    assert_eq!(desk.sync().rows.same, 1_500);
}

#[test]
fn faults_that_pass_do_not_show_in_the_books() {
    let html = Reply::json("<html>Sign in to the Wi-Fi</html>").header("content-type", "text/html");
    let network = PartnerStack::with(1_100);
    network.world().faults = vec![
        ("/customers", 1, Fault::Say(Reply::status(503))),
        (
            "/transactions",
            1,
            Fault::Say(Reply::status(429).header("retry-after", "1")),
        ),
        ("/transactions", 3, Fault::Cut),
        ("/rewards", 1, Fault::Say(Reply::status(500))),
        ("/rewards", 2, Fault::Say(Reply::status(502))),
        ("/rewards", 3, Fault::Say(Reply::status(503))),
        ("/rewards", 5, Fault::Cut),
        ("/rewards", 7, Fault::Say(html)),
        ("/rewards", 9, Fault::Say(Reply::json("{\"data\":"))),
        ("/payouts", 1, Fault::Drip),
    ];
    let desk = Desk::with(&network.base_url());
    let begun = Instant::now();
    let done = desk.sync();
    assert!(done.complete, "{:?}", done.error);
    assert_eq!((done.rows.new, done.retries), (1_100, 10));
    assert!(
        begun.elapsed() >= Duration::from_secs(1),
        "Retry-After was not honoured"
    );
    desk.assert_true(&network);
    assert_eq!(desk.sync().rows.same, 1_100);
}

#[test]
fn shuffled_and_repeated_pages_change_nothing() {
    let network = PartnerStack::with(800);
    network.world().faults = (1..40)
        .map(|nth| ("/rewards", nth, Fault::Shuffle))
        .collect();
    let desk = Desk::with(&network.base_url());
    let first = desk.sync();
    assert_eq!(
        (first.complete, first.rows.read, first.rows.new),
        (true, 800, 800)
    );
    desk.assert_true(&network);
    network.world().faults.clear();
    assert_eq!(desk.sync().rows.same, 800);
}

#[test]
fn where_nothing_can_be_fetched_nothing_is_written() {
    let bomb = {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..40 {
            encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        Reply::json(encoder.finish().unwrap()).header("content-encoding", "gzip")
    };
    let big = Reply {
        cut: Some(10),
        ..Reply::json(vec![b' '; 17 << 20])
    };
    let html = Reply::json("<html>").header("content-type", "text/html");
    let foreign = Reply::status(302).header("location", "http://127.0.0.2:9/api/v2/customers");
    let circle = Reply::status(307).header("location", "/api/v2/customers");
    for (reply, code) in [
        (bomb, "sync.too_large"),
        (big, "sync.too_large"),
        (html, "sync.not_json"),
        (foreign, "sync.redirected"),
        (circle, "sync.unreadable"),
        (Reply::status(401), "sync.sign_in"),
        (Reply::status(403), "sync.sign_in"),
        (Reply::status(400), "sync.refused"),
        (Reply::status(500), "sync.network_trouble"),
        (
            Reply::status(429).header("retry-after", "86400"),
            "sync.rate_limited",
        ),
        (
            Reply {
                drip: Some(Duration::from_millis(20)),
                ..Reply::json(vec![b' '; 10_000])
            },
            "sync.timed_out",
        ),
        (
            Reply {
                drip: Some(Duration::from_secs(5)),
                ..Reply::json("{}")
            },
            "sync.timed_out",
        ),
        (
            Reply {
                cut: Some(3),
                ..Reply::json(r#"{"data":{"items":[]}}"#)
            },
            "sync.broken_off",
        ),
        (
            Reply::json(r#"{"message":"all is well"}"#),
            "sync.unreadable",
        ),
    ] {
        let server = Loopback::new(move |_| reply.clone());
        let desk = Desk::with(&format!("{}/api/v2", server.address));
        let begun = Instant::now();
        let failure = desk.try_sync(None).unwrap_err();
        assert_eq!(failure.code, code);
        assert!(!failure.hints.is_empty());
        assert!(
            begun.elapsed() < Duration::from_secs(40),
            "{code} took {:?}",
            begun.elapsed()
        );
        assert!(
            desk.app
                .read(|read| batch::list(read, "", None, 10))
                .unwrap()
                .is_empty()
        );
    }
}

#[test]
fn the_key_goes_to_its_own_network_alone() {
    let heard = Arc::new(Mutex::new(0));
    let stranger = Loopback::new({
        let heard = Arc::clone(&heard);
        move |_| {
            *heard.lock().unwrap() += 1;
            Reply::json("{}")
        }
    });
    let elsewhere = format!("{}/api/v2/customers", stranger.address);
    let server = Loopback::new(move |_| Reply::status(302).header("location", &elsewhere));
    let desk = Desk::with(&server.address);
    assert_eq!(desk.try_sync(None).unwrap_err().code, "sync.redirected");
    assert_eq!(*heard.lock().unwrap(), 0);
    let failure = desk
        .add("plain", "http://api.partnerstack.com/api/v2")
        .unwrap_err();
    assert_eq!(failure.code, "connection.bad_address");
}

#[test]
fn a_key_that_the_network_echoes_stays_out_of_the_book() {
    let network = PartnerStack::with(3);
    network.world().rewards[1]["description"] = json!(format!("for {KEY}"));
    network.world().rewards[2]["amount"] = json!(format!("bad {KEY}"));
    let desk = Desk::with(&network.base_url());
    let done = desk.sync();
    assert!(!serde_json::to_string(&done).unwrap().contains(KEY));
    assert_eq!(done.rows.refused, 1);
    drop(desk.app.book().unwrap());
    for file in fs::read_dir(desk.dir.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes
            .windows(KEY.len())
            .any(|window| window == KEY.as_bytes());
        assert!(!found, "the key is in {}", path.display());
    }
}

#[test]
fn only_the_days_asked_for_are_read_and_judged() {
    let network = PartnerStack::with(4_000);
    let desk = Desk::with(&network.base_url());
    desk.try_sync(Some("2026-01-01")).unwrap();
    network.world().rewards.pop();
    let later = desk.try_sync(Some("2026-01-07")).unwrap();
    assert!(later.complete && later.rows.read < 4_000 && later.rows.read > 0);
    assert!(
        later.vanished.is_empty(),
        "what was not asked for cannot be missing"
    );
    assert_eq!(desk.sync().vanished.len(), 1);
}

#[test]
fn a_sync_can_be_stopped_within_a_blink() {
    // The machine may be busy with something else just then; not five times in a row.
    let soon = |took: &Duration| *took < Duration::from_millis(400);
    let mut tries = Vec::new();
    while tries.len() < 5 && !tries.last().is_some_and(soon) {
        tries.push(stopped());
    }
    assert!(tries.last().is_some_and(soon), "{tries:?}");
}

/// Stops a sync while the network drips an answer that would take minutes, and goes on after; how long the stop took.
fn stopped() -> Duration {
    let network = PartnerStack::with(300);
    network.world().faults = vec![(
        "/rewards",
        2,
        Fault::Say(Reply {
            drip: Some(Duration::from_millis(50)),
            ..Reply::json(vec![b' '; 5_000])
        }),
    )];
    let desk = Desk::with(&network.base_url());
    let app = &desk.app;
    let took = thread::scope(|scope| {
        let sync = scope.spawn(|| {
            let input = SyncInput {
                names: Vec::new(),
                since: None,
                secret: None,
                job: Some("sync".to_owned()),
            };
            connection::sync(app, input).unwrap().connections.remove(0)
        });
        while app.jobs.get("sync").is_none_or(|job| job.progress().0 == 0) {
            assert!(!sync.is_finished());
            thread::sleep(Duration::from_millis(1));
        }
        let begun = Instant::now();
        app.jobs.get("sync").unwrap().cancel();
        let done = sync.join().unwrap();
        let took = begun.elapsed();
        assert_eq!(
            (
                done.complete,
                done.rows.new,
                done.error.unwrap().code.as_str()
            ),
            (false, 250, "job.cancelled")
        );
        took
    });
    assert_eq!(desk.sync().rows.new, 50);
    took
}

#[test]
fn a_removed_connection_is_taken_up_again_with_its_rows() {
    let network = PartnerStack::with(30);
    let desk = Desk::with(&network.base_url());
    assert_eq!(
        desk.add("PS", &network.base_url()).unwrap_err().code,
        "connection.taken"
    );
    desk.sync();
    connection::remove(
        &desk.app,
        ById {
            id: "ps".to_owned(),
        },
    )
    .unwrap();
    let list = || {
        connection::list(
            &desk.app,
            ListInput {
                search: String::new(),
                limit: None,
                after: None,
                archived: false,
            },
        )
    };
    assert!(list().unwrap().items.is_empty());
    assert_eq!(desk.try_sync(None).unwrap_err().code, "connection.unknown");
    desk.add("ps", &network.base_url()).unwrap();
    assert_eq!(desk.sync().rows.same, 30);
    let listed = list().unwrap().items.remove(0);
    assert_eq!(
        (listed.secret.as_str(), listed.network.as_str()),
        ("yes", "partnerstack")
    );
    assert!(
        listed
            .last_outcome
            .unwrap()
            .starts_with("Complete: 0 new, 0 changed, 30 same")
    );
}

#[test]
fn an_undone_sync_comes_again_whole() {
    let network = PartnerStack::with(40);
    let desk = Desk::with(&network.base_url());
    let id: BatchId = desk.sync().batch.unwrap().parse().unwrap();
    desk.app
        .write(|write| batch::undo(write, id, desk.app.now()))
        .unwrap();
    assert_eq!(desk.sync().rows.new, 40);
}

#[test]
fn a_connection_is_tested_before_it_is_used() {
    let network = PartnerStack::with(1);
    let desk = Desk::with(&network.base_url());
    let test = |secret: Option<&str>| {
        let input = SyncInput {
            names: vec!["ps".to_owned()],
            since: None,
            secret: secret.map(Key::from),
            job: None,
        };
        connection::test(&desk.app, input).unwrap()
    };
    assert!(test(None).ok);
    let wrong = test(Some("not-the-right-key"));
    assert!(
        !wrong.ok
            && wrong.message.contains("sign in again")
            && !wrong.message.contains("not-the-right")
    );
}
