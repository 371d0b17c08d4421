//! impact.com, version 15.

use super::super::loopback::Asked;
use super::{
    DAY, NOW, Record, World,
    calendar::{decimal, utc, window},
};
use serde_json::{Value, json};

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

pub(super) fn answer(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
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
