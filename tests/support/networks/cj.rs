//! CJ's commissions.

use super::super::loopback::Asked;
use super::{
    DAY, Record, World,
    calendar::{decimal, seconds, utc},
};
use serde_json::{Value, json};

pub(super) fn answer(world: &World, asked: &Asked) -> Result<Value, u16> {
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
    rows.sort_by_key(|record| record.n);
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
