//! The other networks, served on this computer as their specifications say: paging, windows and limits, which are
//! enforced with 400s, and faults where a test wants them.

mod awin;
mod calendar;
mod cj;
mod digistore24;
mod firstpromoter;
mod impact;
mod kartra;

use super::{
    disorder::Disorder,
    loopback::{Asked, Loopback, Reply, form},
    partnerstack::{Fault, KEY},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

/// The account of every server.
pub const ACCOUNT: &str = "IRme";
/// `IRme` and the key as basic authentication has them.
const BASIC: &str = "Basic SVJtZTpjYW5hcnktOWYzYjcxYzItZG8tbm90LWtlZXA=";
/// What the servers' clock shows: 2026-06-01T12:00:00Z.
pub const NOW: i64 = 1_780_315_200;
const DAY: i64 = 86_400;
/// Records are spread over so many days before that.
const SPREAD: i64 = 300;
/// The key of Kartra has three parts.
pub const KARTRA_KEY: &str = "app-4711-canary:canary-9f3b71c2-do-not-keep:canary-password-1";
/// Leads that Kartra knows.
pub const LEADS: usize = 40;

/// A network to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Impact,
    FirstPromoter,
    Cj,
    Awin,
    Digistore24,
    Kartra,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Impact,
        Self::FirstPromoter,
        Self::Cj,
        Self::Awin,
        Self::Digistore24,
        Self::Kartra,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Impact => "impact",
            Self::FirstPromoter => "firstpromoter",
            Self::Cj => "cj",
            Self::Awin => "awin",
            Self::Digistore24 => "digistore24",
            Self::Kartra => "kartra",
        }
    }

    pub fn key(self) -> &'static str {
        if self == Self::Kartra {
            KARTRA_KEY
        } else {
            KEY
        }
    }

    fn base(self) -> &'static str {
        match self {
            Self::Impact => "/Mediapartners/IRme",
            Self::FirstPromoter => "/api/v2/affiliate",
            Self::Cj => "/query",
            Self::Awin => "/publishers/IRme",
            Self::Digistore24 => "/api/call",
            Self::Kartra => "/api",
        }
    }
}

/// One record, in millionths and seconds; each network writes it in its own way.
#[derive(Clone, Debug)]
pub struct Record {
    pub n: usize,
    pub at: i64,
    /// The day that impact's `StartDate` and Awin's validation date look at.
    pub changed: i64,
    pub micros: i64,
    pub status: &'static str,
    pub paid: bool,
    /// The record that this one corrects.
    pub corrects: Option<usize>,
}

/// What a network holds.
pub struct World {
    pub kind: Kind,
    pub records: Vec<Record>,
    /// impact's updates: action and instant.
    pub updates: Vec<(usize, i64, &'static str)>,
    /// Which request (counted from 1) goes wrong, and how.
    pub faults: BTreeMap<usize, Fault>,
    /// From this request on the key is refused.
    pub refuse_from: Option<usize>,
    pub asked: Vec<Asked>,
    pub now: i64,
    /// Lists come in an order of this chance, and repeat what they said before.
    pub disorder: Option<Disorder>,
}

/// A running server.
pub struct Network {
    server: Loopback,
    world: Arc<Mutex<World>>,
}

impl Network {
    /// A network with so many seeded records.
    pub fn with(kind: Kind, count: usize) -> Self {
        let world = Arc::new(Mutex::new(World {
            kind,
            records: seeded(kind, count),
            updates: Vec::new(),
            faults: BTreeMap::new(),
            refuse_from: None,
            asked: Vec::new(),
            now: NOW,
            disorder: None,
        }));
        let held = Arc::clone(&world);
        let server = Loopback::new(move |asked| answer(&mut held.lock().unwrap(), asked));
        Self { server, world }
    }

    /// What `--base-url` takes.
    pub fn base_url(&self) -> String {
        let kind = self.world().kind;
        format!("{}{}", self.server.address, kind.base())
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Serves the same records in an order of chance, many of them more than once.
    pub fn disorder(&self, seed: u64) {
        let mut world = self.world();
        let mut disorder = Disorder::new(seed);
        disorder.order(&mut world.records);
        world.disorder = Some(disorder);
    }

    /// Sum of everything, in millionths.
    pub fn total(&self) -> i64 {
        self.world()
            .records
            .iter()
            .map(|record| record.micros)
            .sum()
    }
}

fn seeded(kind: Kind, count: usize) -> Vec<Record> {
    let mut seed = 7_u64;
    let mut chance = move |below: i64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % u64::try_from(below).unwrap()).unwrap()
    };
    let step = SPREAD * DAY / i64::try_from(count.max(1)).unwrap();
    (0..count)
        .map(|n| {
            let at = NOW - SPREAD * DAY + i64::try_from(n).unwrap() * step;
            let corrects = (kind == Kind::Cj && n > 0 && chance(10) == 0).then(|| n - 1);
            // CJ counts in tenths of a cent, the others in cents.
            let unit = if kind == Kind::Cj { 1_000 } else { 10_000 };
            let micros = (100 + chance(20_000)) * unit;
            Record {
                n,
                at,
                changed: at,
                micros: if corrects.is_some() { -micros } else { micros },
                status: ["pending", "approved", "reversed"][usize::try_from(chance(3)).unwrap()],
                paid: chance(2) == 0,
                corrects,
            }
        })
        .collect()
}

fn answer(world: &mut World, asked: &Asked) -> Reply {
    world.asked.push(asked.clone());
    let nth = world.asked.len();
    if !signed(world.kind, asked) || world.refuse_from.is_some_and(|from| nth >= from) {
        return match world.kind {
            // These object with a good status.
            Kind::Digistore24 => {
                Reply::json(json!({"result": "error", "message": "Invalid API key"}).to_string())
            }
            Kind::Kartra => Reply::json(
                json!({"status": "Error", "message": "bad password", "type": "233"}).to_string(),
            ),
            _ => Reply::status(401),
        };
    }
    let Some(path) = asked.path.strip_prefix(world.kind.base()) else {
        return Reply::status(404);
    };
    let mut body = match world.kind {
        Kind::Impact => impact::answer(world, asked, path),
        Kind::FirstPromoter => firstpromoter::answer(world, asked, path),
        Kind::Cj => cj::answer(world, asked),
        Kind::Awin => awin::answer(world, asked, path),
        Kind::Digistore24 => digistore24::answer(world, asked, path),
        Kind::Kartra => kartra::answer(world, asked),
    };
    if let (Some(disorder), Ok(body)) = (&mut world.disorder, &mut body) {
        let lead = form(&asked.body).remove("lead[email]");
        disorder.lists(&format!("{path}{lead:?}"), body);
    }
    let fault = world.faults.get(&nth).cloned();
    if let (Some(Fault::Shuffle), Ok(body)) = (&fault, &mut body) {
        shuffle(body);
    }
    let reply = match body {
        Ok(body) => Reply::json(body.to_string()),
        Err(status) => Reply::status(status),
    };
    match fault {
        Some(Fault::Say(fault)) => fault,
        Some(Fault::Cut) => Reply {
            cut: Some(reply.body.len() / 2),
            ..reply
        },
        Some(Fault::Drip) => Reply {
            drip: Some(Duration::from_millis(30)),
            ..reply
        },
        Some(Fault::Shuffle) | None => reply,
    }
}

fn signed(kind: Kind, asked: &Asked) -> bool {
    let header = |name: &str| asked.headers.get(name).map_or("", String::as_str);
    match kind {
        Kind::Impact => header("authorization") == BASIC,
        Kind::FirstPromoter => {
            header("authorization") == format!("Bearer {KEY}") && header("account-id") == ACCOUNT
        }
        Kind::Cj | Kind::Awin => header("authorization") == format!("Bearer {KEY}"),
        Kind::Digistore24 => header("x-ds-api-key") == KEY,
        Kind::Kartra => {
            let fields = form(&asked.body);
            let parts = ["app_id", "api_key", "api_password"]
                .map(|name| fields.get(name).map_or_else(String::new, ToOwned::to_owned));
            parts.join(":") == KARTRA_KEY
        }
    }
}

/// Turns every list of records around and repeats its first one.
fn shuffle(value: &mut Value) {
    match value {
        Value::Array(items) if items.iter().all(Value::is_object) => {
            items.reverse();
            items.extend(items.first().cloned());
        }
        Value::Object(fields) => fields.values_mut().for_each(shuffle),
        _ => {}
    }
}
