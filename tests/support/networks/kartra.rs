//! Kartra: one lead, one transaction at a time.

use super::super::loopback::{Asked, form};
use super::{
    LEADS, Record, World,
    calendar::{decimal, utc},
};
use serde_json::{Value, json};

pub(super) fn answer(world: &World, asked: &Asked) -> Result<Value, u16> {
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
