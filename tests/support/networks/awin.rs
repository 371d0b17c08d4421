//! Awin's transactions.

use super::super::loopback::Asked;
use super::{
    Record, World,
    calendar::{decimal, utc, window},
};
use serde_json::{Value, json};

pub(super) fn answer(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
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
