//! The other networks, served on this computer as their specifications say: paging, windows and limits, which are
//! enforced with 400s, and faults where a test wants them.

use super::{
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
        Kind::Impact => impact(world, asked, path),
        Kind::FirstPromoter => firstpromoter(world, asked, path),
        Kind::Cj => cj(world, asked),
        Kind::Awin => awin(world, asked, path),
        Kind::Digistore24 => digistore24(world, asked, path),
        Kind::Kartra => kartra(world, asked),
    };
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

fn utc(at: i64) -> String {
    let days = at.div_euclid(DAY);
    let (hour, minute, second) = (
        at.rem_euclid(DAY) / 3600,
        at.rem_euclid(3600) / 60,
        at.rem_euclid(60),
    );
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Days since 1970 as a date.
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Seconds since 1970 of `2026-01-31`, with or without a time in UTC.
fn seconds(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let years = if month <= 2 { year - 1 } else { year };
    let era = years.div_euclid(400);
    let year_of_era = years.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    let time = if text.len() >= 19 {
        number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?
    } else {
        0
    };
    Some(days * DAY + time)
}

fn decimal(micros: i64, places: usize) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, fine) = (micros.abs() / 1_000_000, micros.abs() % 1_000_000);
    format!("{sign}{whole}.{}", &format!("{fine:06}")[..places])
}

/// A window of two dates, no longer than so many days.
fn window(asked: &Asked, from: &str, to: &str, days: i64) -> Result<Option<(i64, i64)>, u16> {
    match (asked.query.get(from), asked.query.get(to)) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => {
            let (from, to) = (seconds(from).ok_or(400_u16)?, seconds(to).ok_or(400_u16)?);
            if from > to || to - from > days * DAY {
                return Err(400);
            }
            Ok(Some((from, to)))
        }
        _ => Err(400),
    }
}

fn action(record: &Record) -> Value {
    json!({
        "Id": format!("1000.1.{}", record.n), "CampaignId": 1000, "CampaignName": "Acme", "ActionTrackerName": "Sale",
        "State": match record.status { "approved" => "APPROVED", "reversed" => "REVERSED", "pending" => "PENDING", other => other },
        "Payout": decimal(record.micros, 2), "Amount": decimal(record.micros * 2, 2), "Currency": "USD",
        "EventDate": utc(record.at), "LockingDate": utc(record.at + 40 * DAY), "ReferringDate": utc(record.at - 60),
        "Oid": format!("o{}", record.n), "SubId1": "blog", "SubId2": "", "ClearedDate": "",
        "Uri": format!("/Mediapartners/IRme/Actions/1000.1.{}", record.n),
    })
}

fn impact(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
    let served = world.now - 1_095 * DAY;
    let number = |id: &str| id.rsplit('.').next().and_then(|n| n.parse::<usize>().ok());
    let find = |id: &str| {
        let n = number(id).ok_or(404_u16)?;
        world
            .records
            .iter()
            .find(|record| record.n == n)
            .ok_or(404_u16)
    };
    let changed = window(asked, "StartDate", "EndDate", 45)?;
    if changed.is_some_and(|(from, _)| from < served) {
        return Err(400);
    }
    let locking = window(asked, "LockingDateStart", "LockingDateEnd", 45)?;
    let within =
        |span: Option<(i64, i64)>, at: i64| span.is_none_or(|(from, to)| (from..=to).contains(&at));
    let (name, items): (&str, Vec<Value>) = match path {
        "/Actions" => {
            let changed = if changed.is_none() && locking.is_none() {
                Some((world.now - 7 * DAY, world.now))
            } else {
                changed
            };
            let fits = |record: &&Record| {
                within(changed, record.changed) && within(locking, record.at + 40 * DAY)
            };
            (
                "Actions",
                world
                    .records
                    .iter()
                    .rev()
                    .filter(fits)
                    .map(action)
                    .collect(),
            )
        }
        "/ActionUpdates" => {
            let updates = world
                .updates
                .iter()
                .filter(|(_, at, _)| within(changed, *at));
            let update = |(n, at, state): &(usize, i64, &str)| {
                json!({"Id": format!("1000.1.{n}.{at}"), "ActionId": format!("1000.1.{n}"), "State": state,
                    "StateDetailDescription": "Reviewed", "UpdateDate": utc(*at), "DeltaPayout": "0.00"})
            };
            ("ActionUpdates", updates.map(update).collect())
        }
        "/Invoices" => {
            let invoice = json!({"Id": "77-1", "Currency": "USD", "TotalAmount": "50.00",
                "LineItems": [{"EventMonthYear": "12026", "Status": "PAID", "PaidDate": utc(NOW - 90 * DAY)}]});
            ("Invoices", vec![invoice])
        }
        _ => {
            let id = path.strip_prefix("/Actions/").ok_or(404_u16)?;
            return match id.strip_suffix("/Items") {
                Some(id) => find(id).map(|_| {
                    json!({"ActionItems": [{"Sku": "1", "ItemName": "Starter", "AdjustmentReason": "ITEM_RETURNED"}]})
                }),
                None => find(id).map(action),
            };
        }
    };
    let page: usize = asked
        .query
        .get("Page")
        .map_or(1, |page| page.parse().unwrap());
    let more = items.len() > page * 100;
    let items: Vec<Value> = items.into_iter().skip((page - 1) * 100).take(100).collect();
    let next = if more {
        let query: Vec<String> = asked
            .query
            .iter()
            .filter(|(key, _)| *key != "Page")
            .map(|(key, value)| format!("{key}={}", value.replace(':', "%3A")))
            .collect();
        format!("{}?Page={}&{}", asked.path, page + 1, query.join("&"))
    } else {
        String::new()
    };
    Ok(json!({"@page": page.to_string(), "@nextpageuri": next, name: items}))
}

fn firstpromoter(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
    let page: usize = asked
        .query
        .get("page")
        .map_or(Ok(1), |page| page.parse())
        .map_err(|_| 422_u16)?;
    let size: usize = asked
        .query
        .get("per_page")
        .map_or(Ok(20), |size| size.parse())
        .map_err(|_| 422_u16)?;
    if !(1..=100).contains(&size) {
        return Err(400);
    }
    let cut = |items: Vec<Value>| -> Vec<Value> {
        items
            .into_iter()
            .skip((page - 1) * size)
            .take(size)
            .collect()
    };
    match path {
        "/commissions" => {
            let from = asked
                .query
                .get("filters[created_at][from]")
                .and_then(|day| seconds(day))
                .unwrap_or(0);
            let rows = world.records.iter().filter(|record| record.at >= from).map(|record| {
                let status = if record.status == "reversed" { "denied" } else { record.status };
                json!({"id": record.n + 1, "status": status, "created_at": utc(record.at), "unit": "cash", "tier": 1,
                    "amount": record.micros / 10_000, "sale_amount": record.micros / 5_000, "is_paid": record.paid,
                    "referral": {"id": record.n % 9, "uid": format!("u{}", record.n % 9)}, "plan_id": "starter",
                    "promoter_campaign": {"campaign": {"name": "Acme"}}})
            });
            Ok(Value::Array(cut(rows.collect())))
        }
        "/referrals" => {
            let rows = (0..9).map(|n| json!({"id": n, "customer_since": utc(NOW - SPREAD * DAY)}));
            Ok(Value::Array(cut(rows.collect())))
        }
        "/payouts" => {
            let rows = vec![
                json!({"id": 1, "status": "completed", "amount": 12_500, "unit": "cash", "paid_at": utc(NOW)}),
            ];
            Ok(json!({"data": cut(rows), "meta": {}}))
        }
        _ => Err(404),
    }
}

fn cj(world: &World, asked: &Asked) -> Result<Value, u16> {
    let body: Value = serde_json::from_str(&asked.body).map_err(|_| 400_u16)?;
    let query = body["query"].as_str().ok_or(400_u16)?.to_owned();
    let argument = |name: &str| {
        let after = query.split(&format!("{name}: \"")).nth(1)?;
        after.split('"').next().map(str::to_owned)
    };
    let from = argument("sincePostingDate")
        .and_then(|at| seconds(&at))
        .ok_or(400_u16)?;
    let to = argument("beforePostingDate")
        .and_then(|at| seconds(&at))
        .ok_or(400_u16)?;
    if to - from > 31 * DAY || !query.contains("forPublishers: [\"IRme\"]") {
        return Ok(json!({"errors": [{"message": "the window is longer than 31 days"}]}));
    }
    let after: usize = argument("sinceCommissionId")
        .map_or(Ok(0), |id| id.parse())
        .map_err(|_| 400_u16)?;
    let mut rows: Vec<&Record> = world
        .records
        .iter()
        .filter(|record| (from..to).contains(&record.at) && record.n + 1 > after)
        .collect();
    let complete = rows.len() <= 150;
    rows.truncate(150);
    let records: Vec<Value> = rows.iter().map(|record| {
        let amount = decimal(record.micros, 3);
        json!({"commissionId": (record.n + 1).to_string(), "originalActionId": format!("a{}", record.corrects.unwrap_or(record.n)),
            "original": record.corrects.is_none(), "actionStatus": if record.status == "approved" { "locked" } else { "new" },
            "actionType": "sale", "postingDate": utc(record.at), "eventDate": utc(record.at), "pubCommissionAmountUsd": amount,
            "pubCommissionAmountPubCurrency": amount, "saleAmountUsd": "100.000", "shopperId": "blog", "advertiserName": "Acme"})
    }).collect();
    Ok(
        json!({"data": {"publisherCommissions": {"count": records.len(), "payloadComplete": complete,
        "maxCommissionId": rows.last().map(|record| (record.n + 1).to_string()), "records": records}}}),
    )
}

fn awin(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
    if path != "/transactions/" || asked.query.get("timezone").map(String::as_str) != Some("UTC") {
        return Err(400);
    }
    let (from, to) = window(asked, "startDate", "endDate", 31)?.ok_or(400_u16)?;
    let by_validation = asked.query.get("dateType").map(String::as_str) == Some("validation");
    let fits = |record: &&Record| {
        let at = if by_validation {
            record.changed
        } else {
            record.at
        };
        (from..=to).contains(&at)
    };
    let rows = world.records.iter().filter(fits).map(|record| {
        let amount: Value = serde_json::from_str(&decimal(record.micros, 2)).unwrap();
        let status = if record.status == "reversed" { "declined" } else { record.status };
        json!({"id": record.n + 1, "advertiserId": 7, "siteName": "Mine", "commissionStatus": status,
            "commissionAmount": {"amount": amount, "currency": "USD"}, "saleAmount": {"amount": 100.5, "currency": "USD"},
            "clickRefs": {"clickRef": "blog"}, "transactionDate": utc(record.at).trim_end_matches('Z'),
            "validationDate": Value::Null, "paidToPublisher": record.paid})
    });
    Ok(Value::Array(rows.collect()))
}

fn digistore24(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
    let number = |name: &str| {
        asked
            .query
            .get(name)
            .and_then(|text| text.parse::<usize>().ok())
            .ok_or(400_u16)
    };
    let (page, size) = (number("page_no")?, number("page_size")?);
    let from = asked.query.get("from").ok_or(400_u16)?;
    // An hour or two of Berlin do not matter to a day's margin of the tests.
    let from = if from == "start" {
        0
    } else {
        seconds(from).unwrap_or(0) - 2 * 3600
    };
    let rows: Vec<&Record> = world
        .records
        .iter()
        .filter(|record| record.at >= from)
        .collect();
    let items: Vec<Value> = rows.iter().skip((page - 1) * size).take(size).map(|record| if path == "/listTransactions" { json!({"id": record.n + 9_000, "transaction_type": "payment", "pay_sequence_no": 1,
    "amount": "99.00", "currency": "USD", "main_product_name": "Starter"}) } else {
        let amount: Value = serde_json::from_str(&decimal(record.micros, 2)).unwrap();
        json!({"id": record.n + 1, "created_at": utc(record.at).replace('T', " ").trim_end_matches('Z'), "amount": amount,
            "currency": "USD", "reason": "affiliate_share", "schedule_payout_at": &utc(record.at + 30 * DAY)[..10],
            "transaction_id": record.n + 9_000, "purchase_id": format!("P{}", record.n)})
    }).collect();
    Ok(
        json!({"api_version": "1.0", "result": "success", "data": {"page_no": page, "page_size": size,
        "item_count": rows.len(), "page_count": rows.len().div_ceil(size.max(1)), "items": items}}),
    )
}

fn kartra(world: &World, asked: &Asked) -> Result<Value, u16> {
    let fields = form(&asked.body);
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let objection =
        |number: u16| json!({"status": "Error", "message": "no", "type": number.to_string()});
    let lead: usize = match field("lead[email]")
        .strip_prefix("lead")
        .and_then(|rest| rest.strip_suffix("@example.com"))
    {
        Some(number) => number.parse().map_err(|_| 400_u16)?,
        None => return Ok(objection(243)),
    };
    let of = |record: &&Record| record.n % LEADS == lead;
    match field("actions[0][cmd]") {
        "retrieve_transactions_from_lead" => {
            let list: Vec<Value> = world.records.iter().filter(of).map(|record| {
                json!({"transaction_id": record.n + 1, "lead_id": lead, "transaction_type": "sale"})
            }).collect();
            if list.is_empty() {
                return Ok(objection(247));
            }
            Ok(
                json!({"status": "Success", "actions": [{"retrieve_transactions_from_lead": {"status": "Success", "transactions": list}}]}),
            )
        }
        "get_transaction_details" => {
            let id: usize = field("actions[0][transaction_id]")
                .parse()
                .map_err(|_| 400_u16)?;
            let Some(record) = world.records.iter().find(|record| record.n + 1 == id) else {
                return Ok(objection(247));
            };
            let local = utc(record.at).replace('T', " ");
            Ok(
                json!({"status": "Success", "transaction_details": {"transaction_id": id, "transaction_affiliate": "irme",
                "transaction_jv": "N/A", "transaction_full_amount": "99.00", "commission": decimal(record.micros, 2),
                "transaction_date": local.trim_end_matches('Z'), "product_name": "Starter"}}),
            )
        }
        _ => Ok(objection(999)),
    }
}
