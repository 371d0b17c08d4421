//! FirstPromoter, version 2.

use super::super::loopback::Asked;
use super::{
    DAY, NOW, SPREAD, World,
    calendar::{seconds, utc},
};
use serde_json::{Value, json};

pub(super) fn answer(world: &World, asked: &Asked, path: &str) -> Result<Value, u16> {
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
