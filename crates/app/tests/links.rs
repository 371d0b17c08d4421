//! Care for links: checked against servers on this computer that redirect, refuse and lose things.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on fails"
)]

#[path = "../../../tests/support/loopback.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod loopback;

#[path = "links/check.rs"]
mod check;
#[path = "links/keep.rs"]
mod keep;

use chrono::{DateTime, TimeDelta, Utc};
use loopback::{Asked, Loopback, Reply};
use perennial_app::{
    App,
    commands::{book, channel, link, link_check, program},
    context::{Clock, Gateway, Limits},
    dto::{
        BookNew, ChannelAdd, LinkCheck, LinkCheckSettings, LinkNew, LinksChecked, ProgramAdd,
        ProgramUpdate,
    },
};
use perennial_secrets::MemoryStore;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A clock that a test turns.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.0.lock().unwrap();
        // Two ids are never made in the same instant.
        *now += TimeDelta::milliseconds(1);
        *now
    }
}

/// A book with a program whose hosts are on this computer.
pub struct Desk {
    /// The use cases over it.
    pub app: App,
    clock: Hand,
    dir: TempDir,
}

impl Desk {
    /// `links` is the table of a program document: hosts, tracking hosts and parameters.
    pub fn new(links: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hand(Arc::new(Mutex::new(
            "2026-03-02T08:00:00Z".parse().unwrap(),
        )));
        let limits = Limits::parse(
            "connect=20000,idle=1500,total=4000,pause=5,longest_pause=20,retry_after=50,repeats=2",
        )
        .unwrap();
        let app = App::new(Box::new(clock.clone()), Arc::new(MemoryStore::default()))
            .with_gateway(Gateway::new(limits));
        let path = dir
            .path()
            .join("book.perennial")
            .to_str()
            .unwrap()
            .to_owned();
        book::new(
            &app,
            BookNew {
                path,
                sample: false,
            },
        )
        .unwrap();
        let toml = format!(
            "name = \"Acme\"\n[links]\n{links}\n[[terms]]\nfrom = \"2024-01-01\"\n[terms.values]\n\
             currency = \"USD\"\ndirect_rate = \"40%\"\n[[plan_sets]]\nversion = \"1\"\ncurrency = \"USD\"\n\
             plans = [{{ name = \"Pro\", term = \"monthly\", price = \"19.99\" }}]\n"
        );
        program::add(&app, ProgramAdd { toml }).unwrap();
        let known = ProgramUpdate {
            id: "acme".into(),
            identity: Some("anna".into()),
            link_style: None,
            archived: None,
        };
        program::update(&app, known).unwrap();
        if !channel::list(&app, perennial_app::dto::ListInput::default())
            .unwrap()
            .items
            .iter()
            .any(|row| row.name == "Blog")
        {
            channel::add(
                &app,
                ChannelAdd {
                    name: "Blog".into(),
                    kind: "blog".into(),
                },
            )
            .unwrap();
        }
        Self { app, clock, dir }
    }

    /// A file in the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Time goes by.
    pub fn later(&self, hours: i64) {
        *self.clock.0.lock().unwrap() += TimeDelta::hours(hours);
    }

    /// A link to an address; says its code.
    pub fn link(&self, destination: &str) -> String {
        let input = LinkNew {
            program: "acme".into(),
            channels: vec!["Blog".into()],
            campaign: None,
            label: String::new(),
            destination: Some(destination.to_owned()),
            any_host: true,
        };
        link::new(&self.app, input).unwrap().links[0].code.clone()
    }

    /// Tracked addresses may be asked.
    pub fn allow(&self) {
        let settings = LinkCheckSettings {
            every_hours: None,
            tracked: vec!["acme".into()],
        };
        link_check::set(&self.app, settings).unwrap();
    }

    /// Checks everything in use.
    pub fn check(&self) -> LinksChecked {
        link_check::check(&self.app, LinkCheck::default()).unwrap()
    }
}

/// A server and what it was asked.
pub fn server(
    answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
) -> (Loopback, Arc<Mutex<Vec<String>>>) {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = Arc::clone(&asked);
    let loopback = Loopback::new(move |request| {
        seen.lock()
            .unwrap()
            .push(format!("{} {}", request.method, request.path));
        answer(request)
    });
    (loopback, asked)
}

/// An answer that leads elsewhere.
pub fn moved(to: &str) -> Reply {
    Reply::status(302).header("location", to)
}
