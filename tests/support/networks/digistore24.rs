//! Digistore24.

use super::super::loopback::Asked;
use super::{
    DAY, Record, World,
    calendar::{decimal, seconds, utc},
};
use serde_json::{Value, json};

pub(super) fn answer(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
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
