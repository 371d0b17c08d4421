//! An account at PartnerStack, served on this computer: the Bearer key, pages by item key, the limit's bounds, the filter
//! on creation, and faults where a test wants them.

use super::disorder::Disorder;
use super::loopback::{Asked, Loopback, Reply};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard};

/// The key that the account accepts: a canary that must turn up nowhere.
pub const KEY: &str = "canary-9f3b71c2-do-not-keep";

/// The instant of the first reward, in epoch milliseconds: 2026-01-05.
pub const FIRST: i64 = 1_767_571_200_000;

/// A slip of the network.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This answer in place of the right one.
    Say(Reply),
    /// The right answer, broken off in the middle.
    Cut,
    /// The right answer, a byte at a time.
    Drip,
    /// The right answer with its items turned around and the first one twice.
    Shuffle,
}

/// What the network holds, newest first as it serves it.
#[derive(Default)]
pub struct World {
    pub rewards: Vec<Value>,
    pub customers: Vec<Value>,
    pub transactions: Vec<Value>,
    pub payouts: Vec<Value>,
    /// Which request to a path (counted from 1) goes wrong, and how.
    pub faults: Vec<(&'static str, usize, Fault)>,
    /// From this request to a path on the key is refused.
    pub refuse_from: Option<(&'static str, usize)>,
    /// Every request so far.
    pub asked: Vec<Asked>,
    /// Lists repeat what they said before.
    pub disorder: Option<Disorder>,
}

/// A running server.
pub struct PartnerStack {
    server: Loopback,
    world: Arc<Mutex<World>>,
}

impl PartnerStack {
    /// An account with seeded records: rewards of several kinds and currencies, with their transactions and customers.
    pub fn with(rewards: usize) -> Self {
        let world = Arc::new(Mutex::new(seeded(rewards)));
        let held = Arc::clone(&world);
        let server = Loopback::new(move |asked| answer(&mut held.lock().unwrap(), asked));
        Self { server, world }
    }

    /// What `--base-url` takes.
    pub fn base_url(&self) -> String {
        format!("{}/api/v2", self.server.address)
    }

    /// What the network holds, to be changed.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Serves the same records in an order of chance, many of them more than once.
    pub fn disorder(&self, seed: u64) {
        let mut world = self.world();
        let mut disorder = Disorder::new(seed);
        disorder.order(&mut world.rewards);
        disorder.order(&mut world.customers);
        disorder.order(&mut world.transactions);
        world.disorder = Some(disorder);
    }

    /// Sum of the rewards of a currency, in minor units.
    pub fn total(&self, currency: &str) -> i64 {
        let world = self.world();
        let of = world
            .rewards
            .iter()
            .filter(|reward| reward["currency"] == currency);
        of.map(|reward| reward["amount"].as_i64().unwrap()).sum()
    }
}

fn seeded(count: usize) -> World {
    let mut world = World::default();
    let mut seed = 42_u64;
    let mut chance = move |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let customers = (count / 5).max(1);
    for n in 0..customers {
        world.customers.push(json!({
            "key": format!("cus_{n}"), "created_at": FIRST, "sub_ids": [format!("k{n}")], "has_paid": true,
        }));
    }
    for n in 0..count {
        let at = FIRST + i64::try_from(n).unwrap() * 60_000;
        let cents = i64::try_from(500 + chance(20_000)).unwrap();
        let currency =
            ["USD", "USD", "USD", "EUR", "JPY", "KWD"][usize::try_from(chance(6)).unwrap()];
        let amount = if chance(12) == 0 { -cents } else { cents };
        let customer = format!("cus_{}", n % customers);
        world.transactions.push(json!({
            "key": format!("tran_{n}"), "amount": cents * 5 / 2, "currency": currency, "created_at": at - 5_000,
            "customer": {"key": customer}, "product_key": "starter-monthly",
        }));
        let paid = ["available", "in_transit", "withdrawn", "paid_externally"]
            [usize::try_from(chance(4)).unwrap()];
        let mut reward = json!({
            "key": format!("rwrd_{n}"), "amount": amount, "currency": currency, "created_at": at, "updated_at": at,
            "payment_status": paid,
            "customer": {"key": customer}, "transaction": {"key": format!("tran_{n}")},
            "description": "40% of each payment",
        });
        let field = if chance(2) == 0 {
            "status"
        } else {
            "reward_status"
        };
        reward[field] =
            json!(["pending", "hold", "approved", "declined"][usize::try_from(chance(4)).unwrap()]);
        world.rewards.push(reward);
    }
    world.payouts.push(json!({
        "key": "pay_1", "amount": 12_500, "currency": "USD", "status": "successful", "created_at": FIRST, "sent_at": FIRST,
    }));
    for list in [
        &mut world.rewards,
        &mut world.customers,
        &mut world.transactions,
    ] {
        list.reverse();
    }
    world
}

fn answer(world: &mut World, asked: &Asked) -> Reply {
    world.asked.push(asked.clone());
    let path = asked
        .path
        .strip_prefix("/api/v2")
        .unwrap_or_default()
        .to_owned();
    let nth = world
        .asked
        .iter()
        .filter(|one| one.path == asked.path)
        .count();
    if asked.headers.get("authorization").map(String::as_str) != Some(&format!("Bearer {KEY}")) {
        return Reply::status(401);
    }
    if world
        .refuse_from
        .is_some_and(|(of, from)| path == of && nth >= from)
    {
        return Reply::status(401);
    }
    let fault = world
        .faults
        .iter()
        .find(|(of, at, _)| *of == path && *at == nth)
        .map(|(_, _, fault)| fault.clone());
    match fault {
        Some(Fault::Say(reply)) => reply,
        Some(Fault::Cut) => {
            let reply = page(world, asked, &path, false);
            Reply {
                cut: Some(reply.body.len() / 2),
                ..reply
            }
        }
        Some(Fault::Drip) => Reply {
            drip: Some(std::time::Duration::from_millis(30)),
            ..page(world, asked, &path, false)
        },
        Some(Fault::Shuffle) => page(world, asked, &path, true),
        None => page(world, asked, &path, false),
    }
}

fn page(world: &mut World, asked: &Asked, path: &str, shuffle: bool) -> Reply {
    let all = match path {
        "/rewards" => &world.rewards,
        "/customers" => &world.customers,
        "/transactions" => &world.transactions,
        "/payouts" => &world.payouts,
        "/partnerships" | "/actions" => &Vec::new(),
        _ => return Reply::status(404),
    };
    let limit = asked.query.get("limit").map_or(Ok(10), |text| text.parse());
    let Some(limit) = limit.ok().filter(|limit| (1..=250).contains(limit)) else {
        return Reply::status(400);
    };
    let min: i64 = asked
        .query
        .get("min_created")
        .map_or(0, |text| text.parse().unwrap());
    let all: Vec<&Value> = all
        .iter()
        .filter(|item| item["created_at"].as_i64().is_none_or(|at| at >= min))
        .collect();
    let begin = match asked.query.get("starting_after") {
        None => 0,
        Some(after) => match all.iter().position(|item| item["key"] == after.as_str()) {
            Some(at) => at + 1,
            None => return Reply::status(400),
        },
    };
    let mut items: Vec<Value> = all
        .iter()
        .skip(begin)
        .take(limit)
        .map(|item| (*item).clone())
        .collect();
    let has_more = begin + limit < all.len();
    if shuffle {
        items.reverse();
        items.extend(items.first().cloned());
    }
    if let Some(disorder) = &mut world.disorder
        && let Some(last) = items.pop()
    {
        disorder.page(path, &mut items);
        // The next page is the one after the last item.
        items.push(last);
    }
    Reply::json(
        json!({"data": {"items": items, "has_more": has_more}, "message": "ok", "status": 200})
            .to_string(),
    )
}
