//! A commission as a conversion. Pure.

use crate::{
    Objection, RefusedRecord,
    json::{Json, fingerprint},
    record::{
        Flaw, In as _, Noun, conversion, currency, decimal, id, instant, instant_at, owned, read,
        sub_ids,
    },
};
use chrono_tz::{Europe::Berlin, Tz};
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment, Tier},
};
use std::collections::HashMap;

/// The network's clock.
pub(super) const CLOCK: Tz = Berlin;

/// What commissions need of their transactions.
#[derive(Debug, Default)]
pub(super) struct Transactions(HashMap<String, Transaction>);

#[derive(Debug, Default)]
struct Transaction {
    /// The fields that are joined to a commission, so that a change there is noticed too.
    joined: Vec<(String, Json)>,
}

/// Fields of a transaction that say something of its commission.
const JOINED: [&str; 12] = [
    "transaction_type",
    "type",
    "billing_type",
    "pay_sequence_no",
    "amount",
    "currency",
    "product_name",
    "main_product_name",
    "product_id",
    "parent_transaction_id",
    "custom",
    "campaignkey",
];

impl Transactions {
    /// Takes a transaction in.
    pub(super) fn note(&mut self, item: &Json) {
        let Some(id) = item.text_at(&["id", "transaction_id"]) else {
            return;
        };
        let joined = JOINED
            .iter()
            .filter_map(|key| {
                let text = item.text_at(&[key])?;
                Some(((*key).to_owned(), Json::Text(text.to_owned())))
            })
            .collect();
        self.0.insert(id.to_owned(), Transaction { joined });
    }
}

/// The items of a list: a list, or an object with a list or numbered entries.
pub(super) fn items(data: &Json) -> Option<Vec<&Json>> {
    let items = ["items", "transaction_list", "commissions", "transactions"]
        .iter()
        .find_map(|key| data.get(key))
        .unwrap_or(data);
    match items {
        Json::List(items) => Some(items.iter().collect()),
        // PHP writes a list with gaps as an object.
        Json::Object(fields) if fields.iter().all(|(key, _)| key.parse::<u64>().is_ok()) => {
            Some(fields.iter().map(|(_, value)| value).collect())
        }
        _ => None,
    }
}

/// What the envelope says against the question.
pub(super) fn objection(json: &Json) -> Option<Objection> {
    let result = json.text_at(&["result"])?;
    if result.eq_ignore_ascii_case("success") {
        return None;
    }
    let said: String = json
        .text_at(&["message", "error_message"])
        .unwrap_or(result)
        .chars()
        .take(200)
        .collect();
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    Some(
        if has(&[
            "api key",
            "api-key",
            "apikey",
            "access",
            "permission",
            "log in",
        ]) {
            Objection::SignIn(said)
        } else if has(&["too many", "rate limit", "quota"]) {
            Objection::TooMany(said)
        } else {
            Objection::Refused(said)
        },
    )
}

/// A commission as a conversion.
pub(super) fn commission(
    item: &Json,
    transactions: &Transactions,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["id", "commission_id"], |item| {
        let native_id = match item.text_at(&["commission_id"]) {
            Some(id) => id,
            None => id(item, "id")?,
        };
        let currency = currency(item, &["currency"], fallback).of("currency")?;
        let token = item
            .text_at(&["amount"])
            .ok_or(Flaw::Missing("amount"))
            .of("amount")?;
        let commission = decimal(token, currency).of("amount")?;
        let at = instant_at(item, &["created_at"], CLOCK).of("created_at")?;
        let order = owned(item, &["transaction_id"]);
        let joined = order
            .as_ref()
            .and_then(|order| transactions.0.get(order))
            .filter(|transaction| !transaction.joined.is_empty())
            .map(|transaction| Json::Object(transaction.joined.clone()));
        let said = |keys: &[&str]| {
            item.text_at(keys)
                .or_else(|| joined.as_ref().and_then(|joined| joined.text_at(keys)))
        };
        let mut facts = conversion(item, native_id, at, currency);
        facts.commission = Some(commission);
        facts.kind = kind(&said, commission);
        let reason = item.text_at(&["reason"]).unwrap_or_default();
        if reason.to_ascii_lowercase().contains("second") {
            facts.tier = Tier::Second;
            if facts.kind == Kind::Sale || facts.kind == Kind::Rebill {
                facts.kind = Kind::SecondTier;
            }
        }
        // What is listed is credited; a word that says otherwise is read.
        (facts.approval, facts.approval_text) = match item.text_at(&["status"]) {
            Some(word) => (approval(word), Some(word.to_owned())),
            None => (Approval::Approved, None),
        };
        if let Some(text) = item.text_at(&["schedule_payout_at"]) {
            facts.lock_at = Some(instant(text, CLOCK).of("schedule_payout_at")?);
            facts.payment = Payment::Scheduled;
        }
        if item
            .text_at(&["paid_at", "payout_at", "paid_out_at"])
            .is_some()
        {
            facts.payment = Payment::Paid;
        }
        facts.plan_text =
            said(&["main_product_name", "product_name", "product_id"]).map(str::to_owned);
        facts.customer_ref = owned(item, &["purchase_id"]);
        facts.parent_native_id = owned(item, &["parent_id", "parent_commission_id"]);
        facts.sub_ids = match &joined {
            Some(joined) => sub_ids(joined, &["campaignkey", "custom"]),
            None => sub_ids(item, &["campaignkey", "custom"]),
        };
        facts.sale = joined.as_ref().and_then(|joined| sale(joined, currency));
        facts.order_ref = order;
        if let Some(joined) = joined {
            facts.raw = Json::Object(vec![
                ("commission".to_owned(), item.clone()),
                ("joined".to_owned(), joined),
            ])
            .canonical();
            facts.raw_hash = fingerprint(&facts.raw);
        }
        Ok(facts)
    })
}

/// What the customer paid, where it is in the commission's currency.
fn sale(transaction: &Json, currency: Currency) -> Option<Money> {
    let same = transaction
        .text_at(&["currency"])
        .is_none_or(|code| code.eq_ignore_ascii_case(currency.code()));
    let token = transaction.text_at(&["amount"]).filter(|_| same)?;
    decimal(token, currency).ok()
}

fn kind<'a>(said: &impl Fn(&[&str]) -> Option<&'a str>, commission: Money) -> Kind {
    let word = said(&["transaction_type", "type"]).unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "chargeback" => Kind::Chargeback,
        "refund" => Kind::Refund,
        _ if commission.is_negative() => Kind::Refund,
        _ => {
            let sequence = said(&["pay_sequence_no"]).and_then(|text| text.parse::<u32>().ok());
            if sequence.is_some_and(|number| number > 1) {
                Kind::Rebill
            } else {
                Kind::Sale
            }
        }
    }
}

fn approval(word: &str) -> Approval {
    match word.to_ascii_lowercase().as_str() {
        "approved" | "completed" | "paid" | "active" => Approval::Approved,
        "pending" | "unconfirmed" => Approval::Pending,
        "cancelled" | "canceled" | "reversed" | "refunded" => Approval::Reversed,
        _ => Approval::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn a_commission_is_joined_with_its_transaction() {
        let mut transactions = Transactions::default();
        transactions.note(&json(r#"{"id":98765,"transaction_type":"payment","pay_sequence_no":2,"amount":"99.00","currency":"EUR","main_product_name":"Starter"}"#));
        let facts = commission(
            &json(r#"{"id":1234567,"created_at":"2019-03-07 17:49:40","amount":12.34,"currency":"EUR","reason":"affiliate_share","schedule_payout_at":"2019-03-21","transaction_id":98765,"purchase_id":"ABC1234"}"#),
            &transactions,
            None,
        )
        .unwrap();
        let eur = Currency::parse("EUR").unwrap();
        assert_eq!(
            (facts.commission, facts.sale),
            (
                Money::parse("12.34", eur).ok(),
                Money::parse("99", eur).ok()
            )
        );
        assert_eq!(
            (facts.kind, facts.payment, facts.approval),
            (Kind::Rebill, Payment::Scheduled, Approval::Approved)
        );
        assert_eq!(facts.occurred_at.to_rfc3339(), "2019-03-07T16:49:40+00:00");
        assert_eq!(
            (facts.plan_text.as_deref(), facts.order_ref.as_deref()),
            (Some("Starter"), Some("98765"))
        );
        assert!(facts.raw.contains("Starter") && facts.raw.contains("affiliate_share"));
    }

    #[test]
    fn objections_come_with_a_good_status() {
        let of = |message: &str| {
            objection(&json(&format!(
                r#"{{"result":"error","message":"{message}"}}"#
            )))
        };
        assert!(matches!(of("Invalid API key"), Some(Objection::SignIn(_))));
        assert!(matches!(
            of("Too many requests"),
            Some(Objection::TooMany(_))
        ));
        assert!(matches!(of("from is no date"), Some(Objection::Refused(_))));
        assert_eq!(objection(&json(r#"{"result":"success","data":{}}"#)), None);
    }
}
