//! An action as a conversion, an invoice as a payout. Pure.

use crate::{
    RefusedRecord,
    json::Json,
    record::{
        Flaw, Flawed, In as _, Noun, conversion, currency, decimal, decimal_at, id, instant,
        instant_at, owned, payout, read, sub_ids,
    },
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use perennial_domain::{
    Currency,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts},
};
use std::collections::BTreeMap;

/// What the updates say of one action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    /// The latest update.
    at: Option<DateTime<Utc>>,
    state: Option<String>,
    detail: Option<String>,
    /// Updates that are not its creation.
    changes: u32,
}

impl News {
    /// Whether its items may say why it is as it is.
    pub(super) fn needs_a_reason(&self) -> bool {
        self.state.as_deref().map(approval) == Some(Approval::Reversed) || self.changes > 1
    }
}

/// The list of this name.
pub(super) fn list<'a>(json: &'a Json, name: &str) -> Option<&'a [Json]> {
    json.get(name)?.list()
}

/// Notes what an update says. They may come in any order.
pub(super) fn update(update: &Json, news: &mut BTreeMap<String, News>) {
    let Some(action) = update.text_at(&["ActionId"]) else {
        return;
    };
    let known = news.entry(action.to_owned()).or_default();
    known.changes = known.changes.saturating_add(1);
    let at = instant_at(update, &["UpdateDate"], Tz::UTC).ok();
    if at >= known.at {
        known.at = at;
        known.state = owned(update, &["State"]);
        known.detail = owned(update, &["StateDetailDescription", "StateDetail"]);
    }
}

/// An action as a conversion.
pub(super) fn action(
    item: &Json,
    news: Option<&News>,
    items: &[Json],
    fallback: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["Id"], |item| {
        let currency = currency(item, &["Currency"], fallback).of("Currency")?;
        let at = instant_at(item, &["EventDate", "CreationDate"], Tz::UTC).of("EventDate")?;
        let optional = |key: &'static str| match item.text_at(&[key]) {
            Some(text) => instant(text, Tz::UTC).of(key).map(Some),
            None => Ok(None),
        };
        let mut facts = conversion(item, id(item, "Id")?, at, currency);
        let token = item
            .text_at(&["Payout"])
            .ok_or(Flaw::Missing("Payout"))
            .of("Payout")?;
        let commission = decimal(token, currency).of("Payout")?;
        if commission.is_negative() {
            facts.kind = Kind::Correction;
        }
        facts.commission = Some(commission);
        facts.sale = decimal_at(item, &["Amount"], currency).of("Amount")?;
        facts.lock_at = optional("LockingDate")?;
        facts.click_at = optional("ReferringDate")?;
        facts.order_ref = owned(item, &["Oid"]);
        facts.program_text = owned(item, &["CampaignName"]);
        facts.plan_text = items
            .iter()
            .find_map(|one| owned(one, &["ItemName", "Sku"]));
        facts.sub_ids = sub_ids(item, &["SubId1", "SubId2", "SubId3"]);
        if facts.sub_ids.is_empty() {
            facts.sub_ids = sub_ids(item, &["SharedId"]);
        }
        if let Some(word) = item.text_at(&["State"]) {
            facts.approval = approval(word);
            facts.approval_text = Some(word.to_owned());
        }
        if item.text_at(&["ClearedDate"]).is_some() {
            facts.payment = Payment::Scheduled;
        }
        if let Some(news) = news {
            facts.reason = items
                .iter()
                .find_map(|one| owned(one, &["AdjustmentReason"]))
                .or_else(|| news.detail.clone());
            match facts.approval {
                Approval::Approved => facts.approved_at = news.at,
                Approval::Reversed => facts.reversed_at = news.at,
                _ => {}
            }
        }
        Ok(facts)
    })
}

/// An invoice as a payout.
pub(super) fn invoice(
    item: &Json,
    fallback: Option<Currency>,
) -> Result<PayoutFacts, RefusedRecord> {
    read(Noun::Payout, item, &["Id"], |item| -> Result<_, Flawed> {
        let currency = currency(item, &["Currency"], fallback).of("Currency")?;
        let amount = decimal_at(item, &["TotalAmount"], currency)
            .and_then(|amount| amount.ok_or(Flaw::Missing("TotalAmount")))
            .of("TotalAmount")?;
        let mut facts = payout(item, id(item, "Id")?, amount);
        let lines = list(item, "LineItems").unwrap_or_default();
        let each = |key: &str| {
            let mut words: Vec<String> = lines
                .iter()
                .filter_map(|line| owned(line, &[key]))
                .collect();
            words.dedup();
            words
        };
        facts.status_text = each("Status").join(", ");
        let months = each("EventMonthYear");
        facts.period = (!months.is_empty()).then(|| {
            let months: Vec<String> = months.iter().map(|month| period(month)).collect();
            months.join(", ")
        });
        facts.sent_at = each("PaidDate")
            .iter()
            .filter_map(|text| instant(text, Tz::UTC).ok())
            .max();
        Ok(facts)
    })
}

/// `42021` is April 2021.
fn period(month_year: &str) -> String {
    match month_year.split_at_checked(month_year.len().saturating_sub(4)) {
        Some((month, year)) if matches!(month.parse(), Ok(1_u32..=12)) => {
            format!("{year}-{month:0>2}")
        }
        _ => month_year.to_owned(),
    }
}

fn approval(word: &str) -> Approval {
    match word.to_ascii_uppercase().as_str() {
        "PENDING" => Approval::Pending,
        "APPROVED" => Approval::Approved,
        "REVERSED" => Approval::Reversed,
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
    fn an_action_of_the_specification_is_read() {
        let facts = action(
            &json(
                r#"{"Id":"1000.4636.158133","CampaignId":"1000","CampaignName":"Acme Campaign","ActionTrackerName":"Sale",
                "State":"PENDING","Payout":"0.88","Amount":"21.99","Currency":"USD","EventDate":"2024-09-10T10:42:38-07:00",
                "LockingDate":"2024-09-26T00:00:00-07:00","Oid":"9217374917472","SharedId":"RT-19247423","SubId1":"blog",
                "SubId2":"","ReferringDate":"2024-09-10T09:45:07-07:00","ClearedDate":""}"#,
            ),
            None,
            &[],
            None,
        )
        .unwrap();
        assert_eq!(facts.native_id.as_deref(), Some("1000.4636.158133"));
        assert_eq!(facts.commission, Money::parse("0.88", Currency::USD).ok());
        assert_eq!(facts.sale, Money::parse("21.99", Currency::USD).ok());
        assert_eq!(facts.occurred_at.to_rfc3339(), "2024-09-10T17:42:38+00:00");
        assert_eq!(
            facts.lock_at.unwrap().to_rfc3339(),
            "2024-09-26T07:00:00+00:00"
        );
        assert_eq!(
            (facts.sub_ids, facts.payment),
            (vec!["blog".to_owned()], Payment::Unpaid)
        );
        assert_eq!(
            (facts.approval, facts.approval_text.as_deref()),
            (Approval::Pending, Some("PENDING"))
        );
    }

    #[test]
    fn what_is_broken_is_refused_with_its_field() {
        for (text, field) in [
            (
                r#"{"Payout":"1","Currency":"USD","EventDate":"2024-09-10"}"#,
                "Id",
            ),
            (
                r#"{"Id":"1","Currency":"USD","EventDate":"2024-09-10"}"#,
                "Payout",
            ),
            (
                r#"{"Id":"1","Payout":"0.0000001","Currency":"USD","EventDate":"2024-09-10"}"#,
                "Payout",
            ),
            (
                r#"{"Id":"1","Payout":"1","Amount":"lots","Currency":"USD","EventDate":"2024-09-10"}"#,
                "Amount",
            ),
            (
                r#"{"Id":"1","Payout":"1","EventDate":"2024-09-10"}"#,
                "Currency",
            ),
            (
                r#"{"Id":"1","Payout":"1","Currency":"USD","EventDate":"soon"}"#,
                "EventDate",
            ),
            (
                r#"{"Id":"1","Payout":"1","Currency":"USD","EventDate":"2024-09-10","LockingDate":"soon"}"#,
                "LockingDate",
            ),
        ] {
            let refused = action(&json(text), None, &[], None).unwrap_err();
            assert_eq!(
                (refused.field.as_str(), refused.conversion),
                (field, true),
                "{text}"
            );
        }
    }

    #[test]
    fn an_invoice_is_a_payout() {
        let facts = invoice(
            &json(
                r#"{"Id":"1924609-1","Currency":"USD","TotalAmount":"50.00","LineItems":[
                {"EventMonthYear":"12021","Status":"PAID","PaidDate":"2024-10-01T00:00:00-07:00"},
                {"EventMonthYear":"22021","Status":"PAID","PaidDate":"2024-10-02T00:00:00-07:00"}]}"#,
            ),
            None,
        )
        .unwrap();
        assert_eq!(
            (facts.status_text.as_str(), facts.period.as_deref()),
            ("PAID", Some("2021-01, 2021-02"))
        );
        assert_eq!(
            facts.sent_at.unwrap().to_rfc3339(),
            "2024-10-02T07:00:00+00:00"
        );
        assert_eq!(
            invoice(&json("{}"), None).unwrap_err().field,
            "payout.Currency"
        );
    }
}
