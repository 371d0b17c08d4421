//! A transaction as a conversion. Pure.

use crate::{
    Objection, RefusedRecord,
    json::Json,
    record::{
        Flawed, In as _, Noun, conversion, currency, decimal_at, id, instant_at, owned, read,
    },
};
use chrono_tz::{Tz, US::Eastern};
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Tier},
};

/// The network's clock.
const CLOCK: Tz = Eastern;
/// What stands for nothing.
const NOTHING: &str = "N/A";
/// Nesting that is looked through for a transaction.
const DEEPEST: usize = 8;

/// What an envelope says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is an answer in it.
    Fine,
    /// There is nothing to answer with: no such lead, no transaction.
    Nothing,
    /// It objects.
    Objects(Objection),
}

/// What an envelope says.
pub(super) fn outcome(json: &Json) -> Outcome {
    let Some(envelope) = find(json, DEEPEST, &|item| {
        item.text_at(&["status"])
            .is_some_and(|status| status.eq_ignore_ascii_case("error"))
    }) else {
        return Outcome::Fine;
    };
    let message: String = envelope
        .text_at(&["message"])
        .unwrap_or("no reason")
        .chars()
        .take(200)
        .collect();
    let number = envelope.text_at(&["type"]).unwrap_or_default();
    let with = |what: &str| format!("{what}; type {number}, “{message}”");
    match number {
        "242" | "243" | "247" | "248" => Outcome::Nothing,
        "203" | "233" => {
            Outcome::Objects(Objection::SignIn(with("the API key or password is wrong")))
        }
        "238" | "239" | "240" => Outcome::Objects(Objection::SignIn(with(
            "the app ID is wrong, or the app is not active",
        ))),
        "262" => Outcome::Objects(Objection::SignIn(with(
            "the key may not read this; ask the vendor for the permission",
        ))),
        "201" => Outcome::Objects(Objection::Refused(with("it wants https"))),
        _ => Outcome::Objects(Objection::Refused(with("an error"))),
    }
}

/// Everything in an answer that has a transaction's id.
pub(super) fn transactions(json: &Json) -> Vec<&Json> {
    let mut found = Vec::new();
    collect(json, DEEPEST, &mut found);
    found
}

fn collect<'a>(json: &'a Json, depth: usize, found: &mut Vec<&'a Json>) {
    if depth == 0 {
        return;
    }
    match json {
        Json::Object(_) if json.text_at(&["transaction_id"]).is_some() => found.push(json),
        Json::Object(fields) => {
            for (_, value) in fields {
                collect(value, depth - 1, found);
            }
        }
        Json::List(items) => {
            for item in items {
                collect(item, depth - 1, found);
            }
        }
        _ => {}
    }
}

fn find<'a>(json: &'a Json, depth: usize, fits: &dyn Fn(&Json) -> bool) -> Option<&'a Json> {
    if depth == 0 {
        return None;
    }
    match json {
        Json::Object(fields) => {
            if fits(json) {
                return Some(json);
            }
            fields
                .iter()
                .find_map(|(_, value)| find(value, depth - 1, fits))
        }
        Json::List(items) => items.iter().find_map(|item| find(item, depth - 1, fits)),
        _ => None,
    }
}

/// The same without what stands for nothing.
pub(super) fn cleaned(item: &Json) -> Json {
    match item {
        Json::Object(fields) => Json::Object(
            fields
                .iter()
                .filter(|(_, value)| !says_nothing(value))
                .map(|(name, value)| (name.clone(), cleaned(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn says_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Text(text) => text.trim().is_empty() || text.trim() == NOTHING,
        _ => false,
    }
}

/// A transaction's details, and what the list said beyond them.
pub(super) fn joined(details: &Json, listed: Option<&Json>) -> Json {
    let (Json::Object(mut fields), Some(Json::Object(listed))) = (cleaned(details), listed) else {
        return cleaned(details);
    };
    for (name, value) in listed {
        if fields.iter().all(|(known, _)| known != name) {
            fields.push((name.clone(), value.clone()));
        }
    }
    Json::Object(fields)
}

/// Whose a transaction is.
fn tier(item: &Json, me: Option<&str>) -> Option<Tier> {
    let is = |key: &str| {
        let name = item.text_at(&[key]);
        match me {
            Some(me) => name.is_some_and(|name| name.eq_ignore_ascii_case(me.trim())),
            None => name.is_some(),
        }
    };
    if is("transaction_affiliate") {
        Some(Tier::Direct)
    } else if is("transaction_jv") {
        Some(Tier::Second)
    } else {
        None
    }
}

/// A transaction as a conversion; none where it is another's, or moved no money.
pub(super) fn transaction(
    item: &Json,
    me: Option<&str>,
    fallback: Option<Currency>,
) -> Option<Result<ConversionFacts, RefusedRecord>> {
    let tier = tier(item, me)?;
    let word = item
        .text_at(&["transaction_type", "type"])
        .unwrap_or_default()
        .to_ascii_lowercase();
    if moves_nothing(&word) {
        return None;
    }
    Some(read(Noun::Conversion, item, &["transaction_id"], |item| {
        facts(item, tier, &word, fallback)
    }))
}

/// Whether a transaction of this kind is no money.
pub(super) fn moves_nothing(word: &str) -> bool {
    matches!(word, "cancellation" | "failed" | "cancelled")
}

fn facts(
    item: &Json,
    tier: Tier,
    word: &str,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, Flawed> {
    let native_id = id(item, "transaction_id")?;
    let currency = currency(
        item,
        &["transaction_currency", "currency", "product_currency"],
        fallback,
    )
    .of("currency")?;
    let at = instant_at(
        item,
        &[
            "transaction_date",
            "transaction_created_at",
            "transaction_time",
            "created_at",
            "date",
        ],
        CLOCK,
    )
    .of("transaction_date")?;
    let mut facts = conversion(item, native_id, at, currency);
    facts.tier = tier;
    let known = kind(word);
    facts.kind = match (known, tier) {
        (Some(Kind::Sale | Kind::Rebill), Tier::Second) => Kind::SecondTier,
        (Some(kind), _) => kind,
        (None, _) => {
            // A word that is not known is shown, and counts in no sum.
            facts.approval = Approval::Other;
            facts.approval_text = Some(word.to_owned());
            Kind::Sale
        }
    };
    let signed = |amount: Money| {
        if facts.kind.family() == Kind::Refund.family() && !amount.is_negative() {
            amount.negated()
        } else {
            amount
        }
    };
    // Kartra says what the customer paid; what of it is the affiliate's, it rarely says.
    facts.sale = decimal_at(
        item,
        &[
            "transaction_full_amount",
            "full_amount",
            "transaction_amount",
            "amount",
            "transaction_base_amount",
            "base_amount",
        ],
        currency,
    )
    .of("amount")?
    .map(signed);
    facts.commission = decimal_at(
        item,
        &["affiliate_commission", "commission_amount", "commission"],
        currency,
    )
    .of("commission")?
    .map(signed);
    facts.parent_native_id = owned(item, &["transaction_parent_id", "parent_id"]);
    facts.order_ref = owned(item, &["subscription_id", "transaction_subscription_id"]);
    facts.customer_ref = owned(item, &["lead_id", "lead_email"]);
    facts.plan_text = owned(
        item,
        &[
            "product_name",
            "transaction_product",
            "product",
            "product_price_point",
            "product_id",
        ],
    );
    Ok(facts)
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word {
        "sale" => Kind::Sale,
        "rebill" => Kind::Rebill,
        "refund" | "partial_refund" => Kind::Refund,
        "chargeback" => Kind::Chargeback,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn a_transaction_of_mine_is_read_in_new_york_time() {
        let item = json(
            r#"{"transaction_id":"77","transaction_type":"refund","transaction_full_amount":"99.00","transaction_date":"2024-07-01 23:30:00",
                "transaction_affiliate":"Ann","parent_id":"70","product_name":"Starter","lead_id":"5"}"#,
        );
        let facts = transaction(&item, Some("ann"), Some(Currency::USD))
            .unwrap()
            .unwrap();
        assert_eq!(facts.kind, Kind::Refund);
        assert_eq!(facts.sale, Money::parse("-99", Currency::USD).ok());
        assert_eq!(facts.commission, None);
        assert_eq!(facts.occurred_at.to_rfc3339(), "2024-07-02T03:30:00+00:00");
        assert_eq!(facts.parent_native_id.as_deref(), Some("70"));
        assert!(transaction(&item, Some("bob"), Some(Currency::USD)).is_none());
    }

    #[test]
    fn objections_say_what_is_meant() {
        let of = |number: u16| {
            outcome(&json(&format!(
                r#"{{"status":"Error","message":"no","type":"{number}"}}"#
            )))
        };
        assert_eq!(of(243), Outcome::Nothing);
        assert!(
            matches!(of(203), Outcome::Objects(Objection::SignIn(why)) if why.contains("password"))
        );
        assert!(
            matches!(of(262), Outcome::Objects(Objection::SignIn(why)) if why.contains("permission"))
        );
        assert!(matches!(of(999), Outcome::Objects(Objection::Refused(_))));
        assert_eq!(outcome(&json(r#"{"status":"Success"}"#)), Outcome::Fine);
        let nested = json(
            r#"{"status":"Success","actions":[{"x":{"status":"Error","type":247,"message":"none"}}]}"#,
        );
        assert_eq!(outcome(&nested), Outcome::Nothing);
    }
}
