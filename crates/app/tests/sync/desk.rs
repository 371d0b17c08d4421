//! A book with a connection to a served network, a clock that ticks and waits that are short.

use crate::networks::{ACCOUNT, Kind, LEADS, NOW, Network};
use chrono::{DateTime, Utc};
use perennial_app::{
    App, Failure,
    commands::{book, connection},
    context::{Clock, Gateway, Limits},
    dto::{
        ConnectionAdd, ConnectionDto, Empty, ListInput, SyncInput, SyncRunDto, SyncedConnection,
    },
};
use perennial_connectors::http::{Guarded, Http, Pace};
use perennial_secrets::MemoryStore;
use perennial_store::{Book, table::batch};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::Duration,
};
use tempfile::TempDir;

const HURRY: &str = "connect=20000,idle=1500,total=4000,pause=1,longest_pause=5,retry_after=1500";

/// A day before the first record of every network, so that a sync asks for no years without any.
pub const SINCE: &str = "2025-07-01";

/// A clock that goes a second forward each time it is looked at.
struct Ticking(Arc<AtomicI64>);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.fetch_add(1, Ordering::Relaxed), 0).unwrap()
    }
}

/// Waits no longer than a blink, and counts what it should have waited.
#[derive(Default)]
pub struct Blink(Mutex<Duration>);

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

/// A folder for a book. What is tried here is what networks say, not the disk, so it lies in memory where the system has
/// a place for that: a book waits for the disk at each commit.
pub fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

pub struct Desk {
    pub app: App,
    pub clock: Arc<AtomicI64>,
    pub pace: Arc<Blink>,
    pub dir: TempDir,
}

impl Desk {
    pub fn with(network: &Network) -> Self {
        let clock = Arc::new(AtomicI64::new(NOW));
        let pace = Arc::new(Blink::default());
        let gateway = Gateway::with(
            Limits::parse(HURRY).unwrap(),
            Arc::clone(&pace) as Arc<dyn Pace>,
            |base, key, limits| {
                Guarded::new(base, key, limits).map(|client| Box::new(client) as Box<dyn Http>)
            },
        );
        let dir = folder();
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

    pub fn add(&self, kind: Kind, name: &str, base_url: &str) -> Result<ConnectionDto, Failure> {
        connection::add(
            &self.app,
            ConnectionAdd {
                network: kind.name().to_owned(),
                name: name.to_owned(),
                account: ACCOUNT.to_owned(),
                program: None,
                currency: Some("USD".to_owned()),
                base_url: Some(base_url.to_owned()),
                secret: Some(kind.key().into()),
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

    pub fn try_sync(&self, since: Option<&str>) -> Result<SyncedConnection, Failure> {
        let input = SyncInput {
            names: vec!["net".to_owned()],
            since: since.map(str::to_owned),
            secret: None,
            job: None,
        };
        connection::sync(&self.app, input).map(|mut done| done.connections.remove(0))
    }

    /// Fetches everything there is, in fewer questions than [`Desk::sync`].
    pub fn sync_since(&self) -> SyncedConnection {
        self.try_sync(Some(SINCE)).unwrap()
    }

    pub fn sync(&self) -> SyncedConnection {
        self.try_sync(None).unwrap()
    }

    /// Sum of what the batches brought, in millionths.
    pub fn total(&self) -> i64 {
        let batches = self
            .app
            .read(|read| batch::list(read, "", None, 1_000))
            .unwrap();
        let sums = batches.into_iter().flat_map(|batch| batch.totals);
        sums.map(perennial_domain::Money::micros).sum()
    }

    pub fn check(&self) {
        let report = book::check(&self.app, Empty {}).unwrap();
        assert!(report.ok, "{report:?}");
    }

    pub fn listed(&self) -> ConnectionDto {
        let page = connection::list(&self.app, ListInput::default()).unwrap();
        page.items
            .into_iter()
            .find(|row| row.name == "net")
            .unwrap()
    }

    pub fn log(&self) -> Vec<SyncRunDto> {
        let input = ListInput {
            search: "net".to_owned(),
            ..ListInput::default()
        };
        connection::log(&self.app, input).unwrap().items
    }
}

pub fn count(kind: Kind) -> usize {
    // Kartra is asked for one transaction at a time.
    if kind == Kind::Kartra { 120 } else { 2_000 }
}
