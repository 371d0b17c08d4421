//! Every other network against a server that follows its specification.

use crate::{
    loopback::{Loopback, Reply},
    networks::{ACCOUNT, KARTRA_KEY, Kind, LEADS, NOW, Network, Record},
    partnerstack::{Fault, KEY},
};
use chrono::{DateTime, Utc};
use perennial_app::{
    App, Failure,
    commands::{book, connection},
    context::{Clock, Gateway, Limits},
    dto::{
        ConnectionAdd, ConnectionDto, Empty, ListInput, ScheduleSet, SyncDueInput, SyncInput,
        SyncRunDto, SyncedConnection,
    },
};
use perennial_connectors::http::{Guarded, Http, Pace};
use perennial_secrets::MemoryStore;
use perennial_store::{Book, table::batch};
use std::{
    fmt::Write as _,
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

const HURRY: &str = "connect=2000,idle=400,total=1500,pause=1,longest_pause=5,retry_after=1500";

/// A clock that goes a second forward each time it is looked at.
struct Ticking(Arc<AtomicI64>);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.fetch_add(1, Ordering::Relaxed), 0).unwrap()
    }
}

/// Waits no longer than a blink, and counts what it should have waited.
#[derive(Default)]
struct Blink(Mutex<Duration>);

impl Pace for Blink {
    fn wait(&self, time: Duration, stop: &dyn Fn() -> bool) -> bool {
        *self.0.lock().unwrap() += time;
        thread::sleep(time.min(Duration::from_millis(1)));
        !stop()
    }

    fn jitter(&self) -> u32 {
        0
    }

    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

struct Desk {
    app: App,
    clock: Arc<AtomicI64>,
    pace: Arc<Blink>,
    dir: TempDir,
}

impl Desk {
    fn with(network: &Network) -> Self {
        let clock = Arc::new(AtomicI64::new(NOW));
        let pace = Arc::new(Blink::default());
        let gateway = Gateway::with(
            Limits::parse(HURRY).unwrap(),
            Arc::clone(&pace) as Arc<dyn Pace>,
            |base, key, limits| {
                Guarded::new(base, key, limits).map(|client| Box::new(client) as Box<dyn Http>)
            },
        );
        let dir = tempfile::tempdir().unwrap();
        let app = App::new(
            Box::new(Ticking(Arc::clone(&clock))),
            Arc::new(MemoryStore::new()),
        )
        .with_gateway(gateway);
        app.set_book(Some(
            Book::create(&dir.path().join("book.perennial")).unwrap(),
        ));
        let desk = Self {
            app,
            clock,
            pace,
            dir,
        };
        let kind = network.world().kind;
        desk.add(kind, "net", &network.base_url()).unwrap();
        desk
    }

    fn add(&self, kind: Kind, name: &str, base_url: &str) -> Result<ConnectionDto, Failure> {
        connection::add(
            &self.app,
            ConnectionAdd {
                network: kind.name().to_owned(),
                name: name.to_owned(),
                account: ACCOUNT.to_owned(),
                program: None,
                currency: Some("USD".to_owned()),
                base_url: Some(base_url.to_owned()),
                secret: Some(kind.key().to_owned()),
                leads: if kind == Kind::Kartra {
                    (0..LEADS + 2)
                        .map(|n| format!("lead{n}@example.com"))
                        .collect()
                } else {
                    Vec::new()
                },
            },
        )
    }

    fn try_sync(&self, since: Option<&str>) -> Result<SyncedConnection, Failure> {
        let input = SyncInput {
            names: vec!["net".to_owned()],
            since: since.map(str::to_owned),
            secret: None,
            job: None,
        };
        connection::sync(&self.app, input).map(|mut done| done.connections.remove(0))
    }

    fn sync(&self) -> SyncedConnection {
        self.try_sync(None).unwrap()
    }

    /// Sum of what the batches brought, in millionths.
    fn total(&self) -> i64 {
        let batches = self
            .app
            .read(|read| batch::list(read, "", None, 1_000))
            .unwrap();
        let sums = batches.into_iter().flat_map(|batch| batch.totals);
        sums.map(perennial_domain::Money::micros).sum()
    }

    fn check(&self) {
        let report = book::check(&self.app, Empty {}).unwrap();
        assert!(report.ok, "{report:?}");
    }

    fn listed(&self) -> ConnectionDto {
        let page = connection::list(&self.app, ListInput::default()).unwrap();
        page.items
            .into_iter()
            .find(|row| row.name == "net")
            .unwrap()
    }

    fn log(&self) -> Vec<SyncRunDto> {
        let input = ListInput {
            search: "net".to_owned(),
            ..ListInput::default()
        };
        connection::log(&self.app, input).unwrap().items
    }
}

fn count(kind: Kind) -> usize {
    // Kartra is asked for one transaction at a time.
    if kind == Kind::Kartra { 120 } else { 2_000 }
}

#[test]
fn thousands_of_records_come_once_and_to_the_cent() {
    for kind in Kind::ALL {
        let network = Network::with(kind, count(kind));
        let desk = Desk::with(&network);
        let first = desk.sync();
        assert!(first.complete, "{kind:?}: {:?}", first.error);
        let (rows, all) = (first.rows, count(kind) as u64);
        assert_eq!(
            (rows.read, rows.new, rows.refused),
            (all, all, 0),
            "{kind:?}: {:?}",
            first.refused.first()
        );
        assert_eq!(desk.total(), network.total(), "{kind:?}");
        let again = desk.sync();
        assert_eq!(
            (
                again.rows.new,
                again.rows.changed,
                again.rows.same,
                again.vanished.len()
            ),
            (0, 0, all, 0),
            "{kind:?}"
        );
        desk.check();
        assert_eq!(desk.listed().health, "good");
    }
}

#[test]
fn no_network_is_asked_more_often_than_it_allows() {
    let network = Network::with(Kind::Awin, 200);
    let desk = Desk::with(&network);
    let first = desk.try_sync(Some("2024-01-01")).unwrap();
    assert!(first.requests > 20);
    let minutes = desk.pace.now().as_secs() / 60;
    assert!(
        first.requests <= 20 * (minutes + 1),
        "{} in {minutes} minutes",
        first.requests
    );
    let waited = |line: &perennial_app::dto::LogLine| line.text.starts_with("Waited ");
    assert!(
        desk.log()[0].lines.iter().any(waited),
        "{:?}",
        desk.log()[0].lines
    );
}

#[test]
fn what_changed_or_vanished_is_told() {
    for kind in Kind::ALL {
        let network = Network::with(kind, 60);
        let desk = Desk::with(&network);
        desk.sync();
        {
            let mut world = network.world();
            world.records.remove(40);
            let row = world
                .records
                .iter_mut()
                .find(|record| record.n % 7 == 3 && record.corrects.is_none())
                .unwrap();
            row.micros += 1_000_000;
        }
        let second = desk.sync();
        assert!(second.complete, "{kind:?}: {:?}", second.error);
        assert_eq!((second.rows.new, second.rows.changed), (0, 1), "{kind:?}");
        // Kartra's list of leads is the person's: what is not asked for has not vanished.
        let vanished = usize::from(kind != Kind::Kartra);
        assert_eq!(second.vanished.len(), vanished, "{kind:?}");
        desk.check();
    }
}

#[test]
fn a_cut_off_sync_goes_on_and_ends_at_the_same_totals() {
    for kind in Kind::ALL {
        let network = Network::with(kind, count(kind) / 2);
        let desk = Desk::with(&network);
        let whole = {
            let twin = Desk::with(&network);
            twin.sync().requests
        };
        let mut partial = 0;
        // Each run is stopped a little later than the one before.
        for step in 1..6 {
            network.world().asked.clear();
            let from = usize::try_from(whole * step / 6).unwrap() + 1;
            network.world().refuse_from = Some(from);
            match desk.try_sync(None) {
                Ok(done) => {
                    assert!(!done.complete && done.vanished.is_empty(), "{kind:?}");
                    assert_eq!(done.error.unwrap().code, "sync.sign_in", "{kind:?}");
                    partial += 1;
                }
                Err(failure) => assert_eq!(failure.code, "sync.sign_in", "{kind:?}"),
            }
            desk.check();
        }
        assert!(partial > 0, "{kind:?}");
        network.world().refuse_from = None;
        let rest = desk.sync();
        assert!(
            rest.complete && rest.vanished.is_empty(),
            "{kind:?}: {:?}",
            rest.error
        );
        assert_eq!(desk.total(), network.total(), "{kind:?}");
        let again = desk.sync();
        assert_eq!(
            (again.rows.new, again.rows.changed, again.vanished.len()),
            (0, 0, 0),
            "{kind:?}"
        );
    }
}

fn bomb(mebibytes: usize) -> Reply {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    // Many members, one after the other, are one gzip stream.
    Reply::json(encoder.finish().unwrap().repeat(mebibytes)).header("content-encoding", "gzip")
}

#[test]
fn after_every_fault_the_book_is_whole_and_a_clean_sync_reaches_the_truth() {
    let bomb = bomb(40);
    let huge = Reply {
        times: 200,
        ..Reply::json(vec![b' '; 1 << 20])
    };
    let html = Reply::json("<html>Sign in</html>").header("content-type", "text/html");
    let burst: Vec<Fault> = [500, 502, 503]
        .map(|status| Fault::Say(Reply::status(status)))
        .to_vec();
    let faults: Vec<(&str, Vec<Fault>)> = vec![
        (
            "too many",
            vec![Fault::Say(Reply::status(429).header("retry-after", "1"))],
        ),
        (
            "too many for a day",
            vec![Fault::Say(
                Reply::status(429).header("retry-after", "86400"),
            )],
        ),
        ("burst", burst),
        ("reset", vec![Fault::Cut]),
        ("bomb", vec![Fault::Say(bomb)]),
        ("huge", vec![Fault::Say(huge)]),
        ("html", vec![Fault::Say(html)]),
        (
            "foreign",
            vec![Fault::Say(
                Reply::status(302).header("location", "https://example.com/"),
            )],
        ),
        (
            "circle",
            vec![Fault::Say(Reply::status(307).header("location", "?again=1")); 6],
        ),
        ("slow", vec![Fault::Drip]),
        ("shuffled", vec![Fault::Shuffle; 40]),
    ];
    for (index, kind) in Kind::ALL.into_iter().enumerate() {
        let records = if kind == Kind::Kartra { 24 } else { 240 };
        let network = Network::with(kind, records);
        let whole = Desk::with(&network).sync().requests;
        for (number, (name, faults)) in faults.iter().enumerate() {
            // Not every fault on every network: what guards against them is the same line.
            if (index + number) % 2 != 0 && *name != "shuffled" && *name != "reset" {
                continue;
            }
            let desk = Desk::with(&network);
            {
                let mut world = network.world();
                world.asked.clear();
                let at = usize::try_from(whole / 2).unwrap() + 1;
                world.faults = faults
                    .iter()
                    .enumerate()
                    .map(|(n, fault)| (at + n, fault.clone()))
                    .collect();
            }
            if let Err(failure) = desk.try_sync(None) {
                assert!(
                    failure.code.starts_with("sync."),
                    "{kind:?}, {name}: {failure:?}"
                );
                assert!(!failure.hints.is_empty());
            }
            desk.check();
            network.world().faults.clear();
            let clean = desk.sync();
            assert!(
                clean.complete && clean.vanished.is_empty(),
                "{kind:?}, {name}: {:?}",
                clean.error
            );
            assert_eq!(desk.total(), network.total(), "{kind:?}, {name}");
            assert_eq!(desk.sync().rows.same, records as u64, "{kind:?}, {name}");
        }
    }
}

#[test]
fn an_approval_that_no_date_filter_shows_is_found() {
    let network = Network::with(Kind::Impact, 40);
    let days = 86_400;
    let old = |n: usize, status| Record {
        n,
        at: NOW - 1_050 * days,
        changed: NOW - 1_050 * days,
        micros: 10_000_000,
        status,
        paid: false,
        corrects: None,
    };
    network.world().records.insert(0, old(900, "pending"));
    let desk = Desk::with(&network);
    assert_eq!(desk.sync().rows.new, 41);
    {
        let mut world = network.world();
        world.records[0].status = "reversed";
        world.updates.push((900, NOW - 1_050 * days, "PENDING"));
        world.updates.push((900, NOW - days, "REVERSED"));
        world.asked.clear();
    }
    let second = desk.sync();
    assert_eq!((second.rows.changed, second.vanished.len()), (1, 0));
    let asked = |path: &str| {
        network
            .world()
            .asked
            .iter()
            .any(|asked| asked.path.ends_with(path))
    };
    assert!(asked("/ActionUpdates") && asked("/Actions/1000.1.900/Items"));
}

#[test]
fn awin_is_asked_by_both_dates() {
    let network = Network::with(Kind::Awin, 10);
    let desk = Desk::with(&network);
    desk.try_sync(Some("2026-04-01")).unwrap();
    {
        // A sale from before the days that are read, approved yesterday.
        let mut world = network.world();
        let record = &mut world.records[0];
        record.changed = NOW - 86_400;
        record.status = "approved";
    }
    let second = desk.sync();
    assert!(second.complete);
    assert_eq!((second.rows.new, second.vanished.len()), (1, 0));
}

#[test]
fn a_clock_that_is_hours_off_loses_no_rows() {
    for off in [-9 * 3_600, 9 * 3_600] {
        for kind in Kind::ALL {
            let network = Network::with(kind, 50);
            let last = network.world().records.last().cloned().unwrap();
            network.world().records.push(Record {
                n: 77,
                at: NOW - 60,
                changed: NOW - 60,
                corrects: None,
                ..last
            });
            let desk = Desk::with(&network);
            desk.clock.store(NOW + off, Ordering::Relaxed);
            let done = desk.sync();
            assert!(done.complete, "{kind:?}: {:?}", done.error);
            assert_eq!(done.rows.new, 51, "{kind:?} {off}");
            assert_eq!(desk.sync().rows.same, 51, "{kind:?} {off}");
        }
    }
}

#[test]
fn a_next_page_on_another_host_is_not_asked_for() {
    let heard = Arc::new(AtomicI64::new(0));
    let stranger = Loopback::new({
        let heard = Arc::clone(&heard);
        move |_| {
            heard.fetch_add(1, Ordering::Relaxed);
            Reply::json("{}")
        }
    });
    let elsewhere = stranger.address.clone();
    let server = Loopback::new(move |asked| {
        let name = if asked.path.ends_with("/Actions") {
            "Actions"
        } else {
            "ActionUpdates"
        };
        Reply::json(format!(
            r#"{{"{name}":[],"@nextpageuri":"{elsewhere}/Actions?Page=2"}}"#
        ))
    });
    let network = Network::with(Kind::Impact, 0);
    let desk = Desk::with(&network);
    desk.add(Kind::Impact, "other", &server.address).unwrap();
    let input = SyncInput {
        names: vec!["other".to_owned()],
        since: None,
        secret: None,
        job: None,
    };
    let failure = connection::sync(&desk.app, input).unwrap_err();
    assert_eq!(
        (failure.code.as_str(), heard.load(Ordering::Relaxed)),
        ("sync.redirected", 0)
    );
}

#[test]
fn a_key_is_nowhere_but_in_the_keychain() {
    for kind in Kind::ALL {
        let network = Network::with(kind, 8);
        let desk = Desk::with(&network);
        let mut said = format!("{:?}", desk.sync());
        network.world().asked.clear();
        network.world().refuse_from = Some(1);
        let failed = desk.try_sync(None).unwrap_err();
        write!(said, "{failed:?} {:?} {:?}", desk.listed(), desk.log()).unwrap();
        for secret in KARTRA_KEY.split(':').chain([KEY]) {
            assert!(!said.contains(secret), "{kind:?}");
            for file in fs::read_dir(desk.dir.path()).unwrap() {
                let path = file.unwrap().path();
                let bytes = fs::read(&path).unwrap();
                let found = bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes());
                assert!(!found, "{kind:?}: a key is in {}", path.display());
            }
        }
    }
}

#[test]
fn a_failed_sync_is_in_the_log_with_its_way_out() {
    let network = Network::with(Kind::Digistore24, 5);
    let desk = Desk::with(&network);
    assert_eq!(desk.listed().health, "new");
    network.world().refuse_from = Some(1);
    assert_eq!(desk.try_sync(None).unwrap_err().code, "sync.sign_in");
    let row = desk.listed();
    assert_eq!(row.health, "failed");
    assert!(row.last_outcome.unwrap().contains("Invalid API key"));
    assert!(!row.error.unwrap().hints.is_empty());
    network.world().refuse_from = None;
    network.world().asked.clear();
    desk.sync();
    let runs = desk.log();
    let outcomes: Vec<&str> = runs.iter().map(|run| run.outcome.as_str()).collect();
    assert_eq!(outcomes, ["complete", "failed"]);
    let lines = &runs[0].lines;
    assert!(
        lines[0].text.contains("Digistore24")
            && lines
                .iter()
                .any(|line| line.text.contains("/listCommissions"))
    );
    assert_eq!(
        (desk.listed().health, desk.listed().error),
        ("good".to_owned(), None)
    );
}

#[test]
fn a_schedule_asks_when_it_is_due_and_not_before() {
    let network = Network::with(Kind::FirstPromoter, 5);
    let desk = Desk::with(&network);
    let due = || {
        connection::sync_due(
            &desk.app,
            SyncDueInput {
                secret: None,
                job: None,
            },
        )
        .unwrap()
        .connections
        .len()
    };
    assert_eq!((due(), desk.listed().next_run_at), (0, None));
    let set = |every_hours| {
        let input = ScheduleSet {
            name: "net".to_owned(),
            every_hours,
        };
        connection::schedule(&desk.app, input)
    };
    assert_eq!(set(Some(0)).unwrap_err().code, "connection.bad_schedule");
    assert_eq!(set(Some(6)).unwrap().every_hours, Some(6));
    assert_eq!((due(), due()), (1, 0));
    assert_eq!(desk.log()[0].by, "schedule");
    desk.clock.fetch_add(5 * 3_600, Ordering::Relaxed);
    assert_eq!(due(), 0);
    desk.clock.fetch_add(3_600, Ordering::Relaxed);
    network.world().refuse_from = Some(1);
    // One that fails waits for its next turn.
    assert_eq!((due(), due()), (1, 0));
    assert_eq!(desk.listed().health, "failed");
    set(None).unwrap();
    assert_eq!(desk.listed().next_run_at, None);
}

#[test]
fn a_connection_says_what_it_needs_and_is_tested_first() {
    let network = Network::with(Kind::Kartra, 3);
    let desk = Desk::with(&network);
    let test = |secret: Option<&str>| {
        let input = SyncInput {
            names: vec!["net".to_owned()],
            since: None,
            secret: secret.map(str::to_owned),
            job: None,
        };
        connection::test(&desk.app, input).unwrap()
    };
    assert!(test(None).ok);
    let wrong = test(Some("a:b:c"));
    assert!(
        !wrong.ok && wrong.message.contains("API key or password"),
        "{}",
        wrong.message
    );
    let networks = connection::network_list(&desk.app, Empty {}).unwrap().items;
    assert_eq!(networks.len(), 7);
    let needs: Vec<&str> = networks
        .iter()
        .filter(|one| one.needs_currency)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(needs, ["firstpromoter"]);
    let input = |network: &str, account: &str, currency: Option<&str>| ConnectionAdd {
        network: network.to_owned(),
        name: "x".to_owned(),
        account: account.to_owned(),
        program: None,
        currency: currency.map(str::to_owned),
        base_url: None,
        secret: None,
        leads: Vec::new(),
    };
    let refused = |input| connection::add(&desk.app, input).unwrap_err().code;
    assert_eq!(refused(input("impact", "", None)), "connection.no_account");
    assert_eq!(
        refused(input("firstpromoter", "a", None)),
        "connection.no_currency"
    );
    let begun = Instant::now();
    desk.add(Kind::Impact, "second account", &network.base_url())
        .unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1));
}
