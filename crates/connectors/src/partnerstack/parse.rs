//! A reward as a conversion, a payout as a payout. Pure.

use super::{
    fields::{amounts, product, refers, refers_text, sub_ids},
    known::{Known, Sale},
    words,
};
use crate::{
    RefusedRecord,
    json::{Json, fingerprint},
    record::{self, Flaw, Flawed, In as _, Noun, conversion as blank, currency, id, minor, read},
};
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier},
};

const CURRENCY: [&str; 2] = ["currency", "currency_iso"];

/// What of a reward came from elsewhere: it belongs to the record, so that a change there is noticed too.
#[derive(Default)]
struct Joined(Vec<(String, Json)>);

impl Joined {
    fn note(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), Json::Text(value.to_owned())));
    }
}

/// A reward as a conversion.
pub(super) fn conversion(
    item: &Json,
    known: &Known,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, RefusedRecord> {
    read(Noun::Conversion, item, &["key"], |item| {
        reward(item, known, fallback)
    })
}

fn reward(
    item: &Json,
    known: &Known,
    fallback: Option<Currency>,
) -> Result<ConversionFacts, Flawed> {
    let key = id(item, "key")?;
    let currency = currency(item, &CURRENCY, fallback).of("currency")?;
    let commission = amount(item, currency)?;
    let occurred_at = record::millis(item, "created_at").of("created_at")?;

    let mut joined = Joined::default();
    let embedded = item
        .get("transaction")
        .filter(|value| matches!(value, Json::Object(_)));
    let order = refers(item, "transaction", "transaction_key");
    let sale = order.as_ref().and_then(|order| known.sales.get(order));
    let action = refers(item, "action", "action_key");
    let customer = customer_of(item, embedded, sale, action.as_deref(), known, &mut joined);

    let mut facts = blank(item, key, occurred_at, currency);
    (facts.approval, facts.approval_text) = approval(item);
    (facts.payment, facts.payment_text) = payment(item);
    facts.program_text = program(item, known);
    facts.plan_text = plan(embedded, sale, &mut joined);
    facts.parent_native_id = parent(item);
    facts.kind = kind(
        item,
        commission,
        customer.as_deref(),
        order.as_deref(),
        action.as_deref(),
        known,
    );
    if facts.kind == Kind::SecondTier {
        facts.tier = Tier::Second;
    }
    facts.sub_ids = all_sub_ids(
        item,
        embedded,
        sale,
        customer.as_deref(),
        known,
        &mut joined,
    );
    facts.sale = sale_amount(embedded, sale, currency, &mut joined);
    facts.order_ref = order;
    facts.customer_ref = customer;
    facts.commission = Some(commission);
    facts.reason = record::owned(item, &["decline_reason", "declined_reason"]);
    facts.source_updated_at = record::millis(item, "updated_at").ok();
    if !joined.0.is_empty() {
        facts.raw = Json::Object(vec![
            ("joined".to_owned(), Json::Object(joined.0)),
            ("reward".to_owned(), item.clone()),
        ])
        .canonical();
        facts.raw_hash = fingerprint(&facts.raw);
    }
    Ok(facts)
}

/// The reward that this one takes back, where it says so itself.
fn parent(item: &Json) -> Option<String> {
    refers(item, "parent", "parent_key")
        .or_else(|| refers(item, "original_reward", "original_reward_key"))
        .or_else(|| refers(item, "refunded_reward", "refunded_reward_key"))
}

fn amount(item: &Json, currency: Currency) -> Result<Money, Flawed> {
    let token = item
        .text_at(&["amount"])
        .ok_or(Flaw::Missing("amount"))
        .of("amount")?;
    minor(token, currency).of("amount")
}

/// A payout.
pub(super) fn payout(
    item: &Json,
    fallback: Option<Currency>,
) -> Result<PayoutFacts, RefusedRecord> {
    read(Noun::Payout, item, &["key"], |item| {
        let key = id(item, "key")?;
        let currency = currency(item, &CURRENCY, fallback).of("currency")?;
        let mut facts = record::payout(item, key, amount(item, currency)?);
        facts.status_text = record::owned(item, &["status"]).unwrap_or_default();
        facts.period = record::owned(item, &["period"]);
        facts.sent_at = record::millis(item, "sent_at")
            .or_else(|_| record::millis(item, "withdrawal_date"))
            .ok();
        Ok(facts)
    })
}

/// A negative reward takes back. Else a reward says itself what it is for, or it follows from what it belongs to.
fn kind(
    item: &Json,
    commission: Money,
    customer: Option<&str>,
    order: Option<&str>,
    action: Option<&str>,
    known: &Known,
) -> Kind {
    let said = item
        .text_at(&["type", "kind", "reward_type"])
        .and_then(words::kind);
    let takes_back = |kind: &Kind| kind.family() == Kind::Refund.family();
    if commission.is_negative() {
        return said.filter(takes_back).unwrap_or(Kind::Refund);
    }
    if let Some(said) = said {
        return said;
    }
    match (order, customer) {
        (Some(order), Some(customer)) if !known.is_first(customer, order) => Kind::Rebill,
        (None, _) if action.is_some() => Kind::Lead,
        (None, None) => Kind::Bonus,
        _ => Kind::Sale,
    }
}

fn approval(item: &Json) -> (Approval, Option<String>) {
    if let Some(word) = item.text_at(&["status", "reward_status"]) {
        return (words::approval(word), Some(word.to_owned()));
    }
    // Without a word of its own: what can be withdrawn, or was, has been approved.
    let payable = item.text_at(&["payment_status"]).map(words::payment);
    let approved = matches!(
        payable,
        Some(Payment::Unpaid | Payment::Scheduled | Payment::Paid)
    );
    (
        if approved {
            Approval::Approved
        } else {
            Approval::Pending
        },
        None,
    )
}

fn payment(item: &Json) -> (Payment, Option<String>) {
    match item.text_at(&["payment_status"]) {
        Some(word) => (words::payment(word), Some(word.to_owned())),
        None => (Payment::Unpaid, None),
    }
}

fn customer_of(
    item: &Json,
    embedded: Option<&Json>,
    sale: Option<&Sale>,
    action: Option<&str>,
    known: &Known,
    joined: &mut Joined,
) -> Option<String> {
    let own = refers(item, "customer", "customer_key").or_else(|| {
        embedded.and_then(|transaction| refers(transaction, "customer", "customer_key"))
    });
    let name = own.or_else(|| {
        let of_action = || known.actions.get(action?).cloned();
        let named = sale
            .and_then(|sale| sale.customer.clone())
            .or_else(of_action);
        if let Some(named) = &named {
            joined.note("customer", named);
        }
        named
    })?;
    // A customer may be named by the program's key or by the network's; one name stands for both.
    Some(
        known
            .customers
            .get(&name)
            .map_or(name, |customer| customer.key.clone()),
    )
}

fn plan(embedded: Option<&Json>, sale: Option<&Sale>, joined: &mut Joined) -> Option<String> {
    embedded.and_then(product).or_else(|| {
        let product = sale?.product.clone()?;
        joined.note("product", &product);
        Some(product)
    })
}

fn all_sub_ids(
    item: &Json,
    embedded: Option<&Json>,
    sale: Option<&Sale>,
    customer: Option<&str>,
    known: &Known,
    joined: &mut Joined,
) -> Vec<String> {
    let own = [
        item.get("customer"),
        Some(item),
        embedded,
        embedded.and_then(|transaction| transaction.get("customer")),
    ];
    if let Some(found) = own
        .into_iter()
        .flatten()
        .map(sub_ids)
        .find(|ids| !ids.is_empty())
    {
        return found;
    }
    let customer = customer
        .and_then(|key| known.customers.get(key))
        .map(|customer| &customer.sub_ids);
    let elsewhere = [customer, sale.map(|sale| &sale.sub_ids)];
    let found = elsewhere
        .into_iter()
        .flatten()
        .find(|ids| !ids.is_empty())
        .cloned()
        .unwrap_or_default();
    if !found.is_empty() {
        joined.0.push((
            "sub_ids".to_owned(),
            Json::List(found.iter().cloned().map(Json::Text).collect()),
        ));
    }
    found
}

/// What the customer paid, in the reward's own currency; another currency stays in the raw record.
fn sale_amount(
    embedded: Option<&Json>,
    sale: Option<&Sale>,
    currency: Currency,
    joined: &mut Joined,
) -> Option<Money> {
    let own = embedded
        .map(amounts)
        .filter(|amounts| amounts.amount.is_some());
    let (amounts, foreign) = match (own, sale) {
        (Some(own), _) => (own, false),
        (None, Some(sale)) => (sale.amounts.clone(), true),
        (None, None) => return None,
    };
    let alike = amounts
        .currency
        .as_deref()
        .is_none_or(|code| code.eq_ignore_ascii_case(currency.code()));
    let token = if alike {
        amounts.amount
    } else {
        amounts.usd.filter(|_| currency == Currency::USD)
    }?;
    if foreign {
        joined.note("sale", &token);
    }
    minor(&token, currency).ok()
}

fn program(item: &Json, known: &Known) -> Option<String> {
    let company = item
        .get("company")
        .or_else(|| item.get("partnership")?.get("company"));
    let named = company.and_then(|company| company.text_at(&["name"]));
    if let Some(name) = named {
        return Some(name.to_owned());
    }
    // A key alone says little; the partnership that it belongs to has the name.
    let keys = [
        company.and_then(|company| company.text_at(&["key"]).or_else(|| company.text())),
        item.text_at(&["company_key"]),
        refers_text(item, "partnership", "partnership_key"),
    ];
    let name = keys
        .iter()
        .flatten()
        .find_map(|key| known.programs.get(*key));
    name.cloned()
        .or_else(|| keys.iter().flatten().next().map(|key| (*key).to_owned()))
}

#[cfg(test)]
mod tests;
