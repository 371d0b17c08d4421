//! A commission as a conversion, a payout as a payout. Pure.

use crate::{
    RefusedRecord,
    json::Json,
    record::{
        Flaw, Flawed, In as _, Noun, conversion, currency, id, instant, instant_at, minor, owned,
        payout as payout_facts, read, sub_ids,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier},
};
use std::collections::HashMap;

/// A payment later than this after a referral became a customer is not its first.
const FIRST_PAYMENT: TimeDelta = TimeDelta::days(7);
/// The unit that is money.
const MONEY: &str = "cash";

/// When referrals became customers, by the referral's id.
#[derive(Debug, Default)]
pub(super) struct Referrals(HashMap<String, DateTime<Utc>>);

impl Referrals {
    /// Takes a referral in.
    pub(super) fn note(&mut self, item: &Json) {
        let since = instant_at(item, &["customer_since"], Tz::UTC).ok();
        if let (Some(id), Some(since)) = (item.text_at(&["id"]), since) {
            self.0.insert(id.to_owned(), since);
        }
    }

    fn pays_again(&self, referral: Option<&Json>, at: DateTime<Utc>) -> bool {
        let since = referral
            .and_then(|referral| referral.text_at(&["id"]))
            .and_then(|id| self.0.get(id));
        since.is_some_and(|since| at - since > FIRST_PAYMENT)
    }
}

/// The items of a page: a list, alone or as `data`.
pub(super) fn items(json: &Json) -> Option<&[Json]> {
    json.list().or_else(|| json.get("data")?.list())
}

/// A commission as a conversion.
pub(super) fn commission(
    item: &Json,
    referrals: &Referrals,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["id"], |item| {
        let native_id = id(item, "id")?;
        let currency = currency(item, &["currency"], fallback).of("currency")?;
        let amount = money(item, "amount", currency)?;
        let at = instant_at(item, &["created_at"], Tz::UTC).of("created_at")?;
        let mut facts = conversion(item, native_id, at, currency);
        facts.commission = Some(amount);
        if let Some(token) = item.text_at(&["sale_amount"]) {
            facts.sale = Some(minor(token, currency).of("sale_amount")?);
        }
        let referral = item.get("referral");
        let second = item
            .text_at(&["tier"])
            .and_then(|tier| tier.parse::<u32>().ok())
            .is_some_and(|tier| tier > 1);
        if second {
            facts.tier = Tier::Second;
        }
        facts.kind = if amount.is_negative() {
            Kind::Refund
        } else if second {
            Kind::SecondTier
        } else if item.text_at(&["commission_type"]) == Some("custom") {
            Kind::Bonus
        } else if referrals.pays_again(referral, at) {
            Kind::Rebill
        } else {
            Kind::Sale
        };
        facts.customer_ref = referral.and_then(|referral| owned(referral, &["uid", "id"]));
        facts.plan_text = owned(item, &["plan_id"]);
        let campaign = item.get("promoter_campaign");
        facts.program_text = campaign
            .and_then(|campaign| campaign.get("campaign"))
            .and_then(|campaign| owned(campaign, &["name"]));
        let places = [
            Some(item),
            referral,
            referral.and_then(|one| one.get("metadata")),
        ];
        facts.sub_ids = places
            .into_iter()
            .flatten()
            .map(|place| sub_ids(place, &["sub_id"]))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default();
        if let Some(word) = item.text_at(&["status"]) {
            facts.approval = approval(word);
            facts.approval_text = Some(word.to_owned());
        }
        if item.get("is_paid") == Some(&Json::Bool(true)) {
            facts.payment = Payment::Paid;
        }
        let decided = instant_at(item, &["status_updated_at"], Tz::UTC).ok();
        match facts.approval {
            Approval::Approved => facts.approved_at = decided,
            Approval::Reversed => facts.reversed_at = decided,
            _ => {}
        }
        facts.reason = owned(item, &["external_note"]);
        Ok(facts)
    })
}

/// A payout.
pub(super) fn payout(
    item: &Json,
    fallback: Option<Currency>,
) -> Result<PayoutFacts, RefusedRecord> {
    read(Noun::Payout, item, &["id"], |item| {
        let native_id = id(item, "id")?;
        let currency = currency(item, &["currency"], fallback).of("currency")?;
        let amount = money(item, "amount", currency)?;
        let mut facts = payout_facts(item, native_id, amount);
        facts.status_text = owned(item, &["status"]).unwrap_or_default();
        let days = ["period_start", "period_end"].map(|key| item.text_at(&[key]));
        if let [Some(from), Some(to)] = days {
            facts.period = Some(format!("{from} – {to}"));
        }
        facts.sent_at = item
            .text_at(&["paid_at"])
            .and_then(|text| instant(text, Tz::UTC).ok());
        Ok(facts)
    })
}

/// An amount in minor units, of the one unit that is money.
fn money(item: &Json, key: &'static str, currency: Currency) -> Result<Money, Flawed> {
    if let Some(unit) = item.text_at(&["unit"])
        && !unit.eq_ignore_ascii_case(MONEY)
    {
        return Err(Flaw::NotMoney(unit.to_owned())).of("unit");
    }
    let token = item.text_at(&[key]).ok_or(Flaw::Missing(key)).of(key)?;
    minor(token, currency).of(key)
}

fn approval(word: &str) -> Approval {
    match word.to_ascii_lowercase().as_str() {
        "pending" => Approval::Pending,
        "approved" => Approval::Approved,
        "denied" => Approval::Reversed,
        _ => Approval::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    fn eur(text: &str) -> Option<Money> {
        Money::parse(text, Currency::parse("EUR").unwrap()).ok()
    }

    fn take(text: &str) -> Result<ConversionFacts, RefusedRecord> {
        let mut referrals = Referrals::default();
        referrals.note(&json(r#"{"id":7,"customer_since":"2026-01-01T00:00:00Z"}"#));
        commission(&json(text), &referrals, Currency::parse("EUR").ok())
    }

    #[test]
    fn a_commission_is_read() {
        let facts = take(
            r#"{"id":12,"status":"approved","created_at":"2026-03-01T10:00:00.000Z","status_updated_at":"2026-03-05T10:00:00Z",
                "referral":{"id":7,"uid":"u7","email":"a@b.c"},"promoter_campaign":{"campaign":{"name":"Acme"}},
                "sale_amount":9900,"plan_id":"pro","tier":1,"unit":"cash","amount":3960,"is_paid":true,"sub_id":"blog"}"#,
        )
        .unwrap();
        assert_eq!((facts.commission, facts.sale), (eur("39.60"), eur("99.00")));
        assert_eq!(
            (facts.kind, facts.tier, facts.payment),
            (Kind::Rebill, Tier::Direct, Payment::Paid)
        );
        assert_eq!(
            (facts.program_text.as_deref(), facts.plan_text.as_deref()),
            (Some("Acme"), Some("pro"))
        );
        assert_eq!(
            (facts.customer_ref.as_deref(), facts.sub_ids),
            (Some("u7"), vec!["blog".to_owned()])
        );
        assert!(facts.approved_at.is_some());
        let second =
            take(r#"{"id":1,"created_at":"2026-01-02T00:00:00Z","tier":2,"amount":100.0}"#)
                .unwrap();
        assert_eq!(
            (second.kind, second.tier, second.commission),
            (Kind::SecondTier, Tier::Second, eur("1.00"))
        );
        let word =
            take(r#"{"id":1,"created_at":"2026-01-02T00:00:00Z","status":"limbo","amount":1}"#)
                .unwrap();
        assert_eq!(
            (word.approval, word.approval_text.as_deref()),
            (Approval::Other, Some("limbo"))
        );
    }

    #[test]
    fn points_are_no_money() {
        let refused =
            take(r#"{"id":1,"created_at":"2026-01-02T00:00:00Z","unit":"points","amount":5}"#)
                .unwrap_err();
        assert_eq!(
            (refused.field.as_str(), refused.reason.as_str()),
            ("unit", "points are no money")
        );
        let fine =
            take(r#"{"id":1,"created_at":"2026-01-02T00:00:00Z","amount":0.00001}"#).unwrap_err();
        assert_eq!(fine.field, "amount");
    }

    #[test]
    fn a_payout_is_read() {
        let facts = payout(
            &json(r#"{"id":3,"status":"completed","amount":12500,"unit":"cash","period_start":"2026-01-01","period_end":"2026-01-31","paid_at":"2026-02-15T00:00:00Z"}"#),
            Currency::parse("EUR").ok(),
        )
        .unwrap();
        assert_eq!(Some(facts.amount), eur("125"));
        assert_eq!(facts.period.as_deref(), Some("2026-01-01 – 2026-01-31"));
        assert!(facts.sent_at.is_some());
    }
}
