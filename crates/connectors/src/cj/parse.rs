//! A commission as a conversion. Pure.

use crate::{
    Objection, RefusedRecord,
    json::Json,
    record::{
        Flaw, In as _, Noun, conversion, decimal, decimal_at, id, instant, instant_at, owned, read,
        sub_ids,
    },
};
use chrono_tz::Tz;
use perennial_domain::{
    Currency,
    ledger::{Approval, ConversionFacts, Kind},
};

/// What the answer says against the question.
pub(super) fn objection(json: &Json) -> Option<Objection> {
    let errors = json.get("errors")?.list()?;
    let message = errors.first()?.text_at(&["message"]).unwrap_or("no reason");
    let said: String = message.chars().take(200).collect();
    let lower = said.to_lowercase();
    let of_key = [
        "unauthorized",
        "authenticat",
        "not authorized",
        "token",
        "forbidden",
    ];
    let of_number = ["rate limit", "too many"];
    Some(if of_key.iter().any(|word| lower.contains(word)) {
        Objection::SignIn(said)
    } else if of_number.iter().any(|word| lower.contains(word)) {
        Objection::TooMany(said)
    } else {
        Objection::Refused(said)
    })
}

/// The commission id after which an incomplete answer goes on.
pub(super) fn next(answer: &Json, records: &[Json]) -> Option<String> {
    if answer.get("payloadComplete") != Some(&Json::Bool(false)) || records.is_empty() {
        return None;
    }
    answer.text_at(&["maxCommissionId"]).map_or_else(
        || {
            let ids = records
                .iter()
                .filter_map(|record| record.text_at(&["commissionId"]));
            ids.filter_map(|id| id.parse::<u128>().ok())
                .max()
                .map(|id| id.to_string())
        },
        |id| Some(id.to_owned()),
    )
}

/// Action and commission id of an original.
pub(super) fn original(record: &Json) -> Option<(&str, &str)> {
    let original = record.get("original") == Some(&Json::Bool(true));
    let action = record.text_at(&["originalActionId"]).filter(|_| original)?;
    Some((action, record.text_at(&["commissionId"])?))
}

/// The action that a correction belongs to.
pub(super) fn corrects(record: &Json) -> Option<&str> {
    let action = record.text_at(&["originalActionId"])?;
    let correction = match record.get("original") {
        Some(original) => *original == Json::Bool(false),
        None => record
            .text_at(&AMOUNTS)
            .is_some_and(|amount| amount.starts_with('-')),
    };
    correction.then_some(action)
}

const AMOUNTS: [&str; 2] = ["pubCommissionAmountPubCurrency", "pubCommissionAmountUsd"];

/// A commission as a conversion. Amounts are the ones in dollars, or with a currency of the connection those in the
/// publisher's own.
pub(super) fn commission(
    item: &Json,
    own: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["commissionId"], |item| {
        let native_id = id(item, "commissionId")?;
        let (currency, [amount, sale]) = match own {
            Some(own) if own != Currency::USD => (
                own,
                ["pubCommissionAmountPubCurrency", "saleAmountPubCurrency"],
            ),
            _ => (Currency::USD, ["pubCommissionAmountUsd", "saleAmountUsd"]),
        };
        let token = item
            .text_at(&[amount])
            .ok_or(Flaw::Missing(amount))
            .of(amount)?;
        let commission = decimal(token, currency).of(amount)?;
        let at = instant_at(item, &["postingDate", "eventDate"], Tz::UTC).of("postingDate")?;
        let mut facts = conversion(item, native_id, at, currency);
        facts.commission = Some(commission);
        facts.sale = decimal_at(item, &[sale], currency).of(sale)?;
        facts.kind = if corrects(item).is_some() || commission.is_negative() {
            Kind::Correction
        } else {
            kind(item.text_at(&["actionType"]).unwrap_or_default())
        };
        if let Some(word) = item.text_at(&["actionStatus"]) {
            facts.approval = approval(word);
            facts.approval_text = Some(word.to_owned());
        }
        let optional = |key: &'static str| match item.text_at(&[key]) {
            Some(text) => instant(text, Tz::UTC).of(key).map(Some),
            None => Ok(None),
        };
        facts.click_at = optional("clickDate")?;
        facts.lock_at = optional("lockingDate")?;
        facts.order_ref = owned(item, &["orderId"]);
        facts.program_text = owned(item, &["advertiserName"]);
        facts.plan_text = owned(item, &["actionTrackerName"]);
        facts.reason = owned(item, &["correctionReason"]);
        facts.sub_ids = sub_ids(item, &["shopperId"]);
        Ok(facts)
    })
}

fn kind(word: &str) -> Kind {
    let word = word.to_ascii_lowercase().replace([' ', '-'], "_");
    match word.as_str() {
        "lead" | "advanced_lead" | "sim_lead" => Kind::Lead,
        "bonus" | "performance_incentive" => Kind::Bonus,
        _ => Kind::Sale,
    }
}

fn approval(word: &str) -> Approval {
    match word.to_ascii_lowercase().as_str() {
        // What is extended still waits for its decision.
        "new" | "extended" => Approval::Pending,
        "locked" | "closed" => Approval::Approved,
        _ => Approval::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perennial_domain::Money;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn three_decimals_stay_three_decimals() {
        let record = json(
            r#"{"commissionId":"77","originalActionId":"9","original":true,"actionStatus":"locked","actionType":"sale",
                "postingDate":"2026-03-01T10:00:00Z","pubCommissionAmountUsd":"12.345","pubCommissionAmountPubCurrency":"11.001",
                "saleAmountUsd":"100.000","shopperId":"blog","advertiserName":"Acme"}"#,
        );
        let facts = commission(&record, None).unwrap();
        assert_eq!(facts.commission, Money::parse("12.345", Currency::USD).ok());
        assert_eq!(
            (facts.kind, facts.approval),
            (Kind::Sale, Approval::Approved)
        );
        assert_eq!(facts.sub_ids, ["blog"]);
        let eur = Currency::parse("EUR").unwrap();
        assert_eq!(
            commission(&record, Some(eur)).unwrap().commission,
            Money::parse("11.001", eur).ok()
        );
        assert_eq!(original(&record), Some(("9", "77")));
        assert_eq!(corrects(&record), None);
    }

    #[test]
    fn a_correction_knows_its_action() {
        let record = json(
            r#"{"commissionId":"78","originalActionId":"9","original":false,"actionStatus":"new","postingDate":"2026-03-09T10:00:00Z",
                "pubCommissionAmountUsd":"-12.345","correctionReason":"RETURNED_MERCHANDISE"}"#,
        );
        assert_eq!(corrects(&record), Some("9"));
        let facts = commission(&record, None).unwrap();
        assert_eq!(
            (facts.kind, facts.reason.as_deref()),
            (Kind::Correction, Some("RETURNED_MERCHANDISE"))
        );
    }

    #[test]
    fn errors_of_graphql_are_told_apart() {
        let of =
            |text: &str| objection(&json(&format!(r#"{{"errors":[{{"message":"{text}"}}]}}"#)));
        assert!(matches!(
            of("Not authorized to view this"),
            Some(Objection::SignIn(_))
        ));
        assert!(matches!(
            of("Rate limit exceeded"),
            Some(Objection::TooMany(_))
        ));
        assert!(matches!(
            of("Unknown argument"),
            Some(Objection::Refused(_))
        ));
        assert_eq!(objection(&json(r#"{"data":{}}"#)), None);
    }
}
