//! A transaction as a conversion. Pure.

use crate::{
    RefusedRecord,
    json::Json,
    record::{
        Flaw, Flawed, In as _, Noun, conversion, currency, decimal, id, instant, instant_at, owned,
        read, sub_ids,
    },
};
use chrono_tz::Tz;
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment},
};

const CLICK_REFS: [&str; 6] = [
    "clickRef",
    "clickRef2",
    "clickRef3",
    "clickRef4",
    "clickRef5",
    "clickRef6",
];

/// A transaction as a conversion. Its instants are in the zone that was asked for: UTC.
pub(super) fn transaction(
    item: &Json,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["id"], |item| {
        let native_id = id(item, "id")?;
        let commission = money(item, "commissionAmount", fallback)?
            .ok_or(Flaw::Missing("commissionAmount"))
            .of("commissionAmount")?;
        let at = instant_at(item, &["transactionDate"], Tz::UTC).of("transactionDate")?;
        let mut facts = conversion(item, native_id, at, commission.currency());
        facts.commission = Some(commission);
        // A sale in another currency stays in the raw record.
        facts.sale = money(item, "saleAmount", Some(commission.currency()))?
            .filter(|sale| sale.currency() == commission.currency());
        facts.kind = if commission.is_negative() {
            Kind::Correction
        } else {
            match item
                .text_at(&["type"])
                .map(str::to_ascii_lowercase)
                .as_deref()
            {
                Some("bonus") => Kind::Bonus,
                Some("lead") => Kind::Lead,
                _ => Kind::Sale,
            }
        };
        if let Some(word) = item.text_at(&["commissionStatus"]) {
            facts.approval = approval(word);
            facts.approval_text = Some(word.to_owned());
        }
        if matches!(item.get("paidToPublisher"), Some(Json::Bool(true)))
            || item.text_at(&["paidToPublisher"]) == Some("true")
        {
            facts.payment = Payment::Paid;
        }
        let optional = |key: &'static str| match item.text_at(&[key]) {
            Some(text) => instant(text, Tz::UTC).of(key).map(Some),
            None => Ok(None),
        };
        facts.click_at = optional("clickDate")?;
        let decided = optional("validationDate")?;
        match facts.approval {
            Approval::Approved => facts.approved_at = decided,
            Approval::Reversed => facts.reversed_at = decided,
            _ => {}
        }
        facts.reason = owned(item, &["declineReason", "amendReason"]);
        facts.order_ref = owned(item, &["orderRef"]);
        facts.program_text =
            owned(item, &["advertiserName", "siteName"]).or_else(|| owned(item, &["advertiserId"]));
        let refs = item.get("clickRefs").unwrap_or(item);
        facts.sub_ids = sub_ids(refs, &CLICK_REFS);
        Ok(facts)
    })
}

/// `{"amount": 5.59, "currency": "GBP"}`, or the amount alone.
fn money(
    item: &Json,
    key: &'static str,
    fallback: Option<Currency>,
) -> Result<Option<Money>, Flawed> {
    let Some(value) = item.get(key) else {
        return Ok(None);
    };
    let Some(token) = value.text_at(&["amount"]).or_else(|| value.text()) else {
        return Ok(None);
    };
    let currency = currency(value, &["currency"], fallback).of(key)?;
    decimal(token, currency).of(key).map(Some)
}

fn approval(word: &str) -> Approval {
    match word.to_ascii_lowercase().as_str() {
        "pending" => Approval::Pending,
        "approved" => Approval::Approved,
        "declined" | "deleted" => Approval::Reversed,
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
    fn a_number_is_read_as_it_is_written() {
        let facts = transaction(
            &json(
                r#"{"id":259630312,"siteName":"My site","advertiserId":7052,"commissionStatus":"approved",
                "commissionAmount":{"amount":0.1000,"currency":"GBP"},"saleAmount":{"amount":55.96,"currency":"GBP"},
                "clickRefs":{"clickRef":"12345","clickRef2":"22222"},"clickDate":"2017-01-23T12:18:00",
                "transactionDate":"2017-02-20T22:04:00","validationDate":"2017-03-01T00:00:00","orderRef":"111",
                "paidToPublisher":true,"declineReason":null}"#,
            ),
            None,
        )
        .unwrap();
        let gbp = Currency::parse("GBP").unwrap();
        assert_eq!(facts.commission, Money::parse("0.1", gbp).ok());
        assert_eq!(
            (facts.payment, facts.approval),
            (Payment::Paid, Approval::Approved)
        );
        assert_eq!(facts.sub_ids, ["12345", "22222"]);
        assert_eq!(facts.occurred_at.to_rfc3339(), "2017-02-20T22:04:00+00:00");
        assert!(facts.approved_at.is_some());
    }

    #[test]
    fn binary_dust_is_refused_and_not_rounded() {
        let refused = transaction(
            &json(
                r#"{"id":1,"commissionAmount":{"amount":0.1000000000000000055,"currency":"GBP"},"transactionDate":"2017-02-20T22:04:00"}"#,
            ),
            None,
        )
        .unwrap_err();
        assert_eq!(refused.field, "commissionAmount");
        assert!(refused.reason.contains("finer than a millionth"));
    }
}
