//! A reward as a conversion, a payout as a payout. Pure.

use super::words;
use crate::{
    RefusedRecord,
    json::{Json, fingerprint},
};
use chrono::{DateTime, Utc};
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier},
    money::parse_decimal,
};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Characters kept of a refused record.
const SHOWN: usize = 1_000;

/// A customer, as far as rewards need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Customer {
    key: String,
    created_at: Option<i64>,
    sub_ids: Vec<String>,
}

/// A transaction, as far as rewards need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sale {
    amounts: Amounts,
    product: Option<String>,
    customer: Option<String>,
    sub_ids: Vec<String>,
}

/// What a transaction says it was worth, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Amounts {
    amount: Option<String>,
    currency: Option<String>,
    usd: Option<String>,
}

/// Customers and transactions that rewards refer to by key.
#[derive(Debug, Default)]
pub(super) struct Known {
    customers: HashMap<String, Customer>,
    sales: HashMap<String, Sale>,
    /// The first transaction of each customer: instant and key, so that the order of pages does not matter.
    first: HashMap<String, (i64, String)>,
    /// Transactions before this instant were not asked for.
    since: Option<i64>,
}

impl Known {
    /// Nothing yet; transactions are read from `since` on.
    pub(super) fn new(since: Option<DateTime<Utc>>) -> Self {
        Self {
            since: since.map(|at| at.timestamp_millis()),
            ..Self::default()
        }
    }

    /// Takes a customer in; one without a key helps nobody.
    pub(super) fn customer(&mut self, item: &Json) {
        let (key, own) = (item.text_at(&["key"]), item.text_at(&["customer_key"]));
        let Some(name) = key.or(own) else { return };
        let customer = Customer {
            key: name.to_owned(),
            created_at: millis(item, "created_at"),
            sub_ids: sub_ids(item),
        };
        for name in [own, key].into_iter().flatten() {
            self.customers.insert(name.to_owned(), customer.clone());
        }
    }

    /// Takes a transaction in.
    pub(super) fn sale(&mut self, item: &Json) {
        let Some(key) = item.text_at(&["key"]) else {
            return;
        };
        let customer = refers(item, "customer", "customer_key");
        if let (Some(customer), Some(at)) = (&customer, millis(item, "created_at")) {
            let this = (at, key.to_owned());
            let first = self
                .first
                .entry(customer.clone())
                .or_insert_with(|| this.clone());
            if this < *first {
                *first = this;
            }
        }
        let sale = Sale {
            amounts: amounts(item),
            product: product(item),
            customer,
            sub_ids: sub_ids(item),
        };
        self.sales.insert(key.to_owned(), sale);
    }

    /// Whether a transaction is its customer's first; a customer from before the window has bought before.
    fn is_first(&self, customer: &str, sale: &str) -> bool {
        let created = self
            .customers
            .get(customer)
            .and_then(|customer| customer.created_at);
        if let (Some(created), Some(since)) = (created, self.since)
            && created < since
        {
            return false;
        }
        self.first
            .get(customer)
            .is_none_or(|(_, first)| first == sale)
    }
}

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
    let refused = |field: &str, reason: String| refusal(item, true, field, reason);
    let key = item
        .text_at(&["key"])
        .ok_or_else(|| refused("key", "the reward has no key".to_owned()))?;
    let currency = currency(item, fallback).map_err(|reason| refused("currency", reason))?;
    let token = item
        .text_at(&["amount"])
        .ok_or_else(|| refused("amount", "the reward has no amount".to_owned()))?;
    let commission = minor(token, currency).map_err(|reason| refused("amount", reason))?;
    let occurred_at =
        instant(item, "created_at").map_err(|reason| refused("created_at", reason))?;

    let mut joined = Joined::default();
    let embedded = item
        .get("transaction")
        .filter(|value| matches!(value, Json::Object(_)));
    let order = refers(item, "transaction", "transaction_key");
    let sale = order.as_ref().and_then(|order| known.sales.get(order));
    let customer = customer_of(item, embedded, sale, known, &mut joined);

    let (approval, approval_text) = approval(item);
    let (payment, payment_text) = payment(item);
    let facts = ConversionFacts {
        native_id: Some(key.to_owned()),
        occurrence: 0,
        program_text: program(item),
        plan_text: plan(embedded, sale, &mut joined),
        parent_native_id: None,
        kind: kind(
            item,
            commission,
            customer.as_deref(),
            order.as_deref(),
            known,
        ),
        tier: Tier::Direct,
        occurred_at,
        click_at: None,
        sub_ids: all_sub_ids(
            item,
            embedded,
            sale,
            customer.as_deref(),
            known,
            &mut joined,
        ),
        order_ref: order,
        customer_ref: customer,
        currency,
        sale: sale_amount(embedded, sale, currency, &mut joined),
        commission: Some(commission),
        approval,
        approval_text,
        payment,
        payment_text,
        lock_at: None,
        approved_at: None,
        reversed_at: None,
        reason: item
            .text_at(&["decline_reason", "declined_reason"])
            .map(str::to_owned),
        source_updated_at: instant(item, "updated_at").ok(),
        raw: String::new(),
        raw_hash: String::new(),
    };
    let tier = if facts.kind == Kind::SecondTier {
        Tier::Second
    } else {
        Tier::Direct
    };
    let raw = if joined.0.is_empty() {
        item.canonical()
    } else {
        Json::Object(vec![
            ("joined".to_owned(), Json::Object(joined.0)),
            ("reward".to_owned(), item.clone()),
        ])
        .canonical()
    };
    Ok(ConversionFacts {
        tier,
        raw_hash: fingerprint(&raw),
        raw,
        ..facts
    })
}

/// A payout.
pub(super) fn payout(
    item: &Json,
    fallback: Option<Currency>,
) -> Result<PayoutFacts, RefusedRecord> {
    let refused =
        |field: &str, reason: String| refusal(item, false, &format!("payout.{field}"), reason);
    let key = item
        .text_at(&["key"])
        .ok_or_else(|| refused("key", "the payout has no key".to_owned()))?;
    let currency = currency(item, fallback).map_err(|reason| refused("currency", reason))?;
    let token = item
        .text_at(&["amount"])
        .ok_or_else(|| refused("amount", "the payout has no amount".to_owned()))?;
    let raw = item.canonical();
    Ok(PayoutFacts {
        native_id: key.to_owned(),
        amount: minor(token, currency).map_err(|reason| refused("amount", reason))?,
        status_text: item.text_at(&["status"]).unwrap_or_default().to_owned(),
        period: item.text_at(&["period"]).map(str::to_owned),
        sent_at: instant(item, "sent_at")
            .or_else(|_| instant(item, "withdrawal_date"))
            .ok(),
        raw_hash: fingerprint(&raw),
        raw,
    })
}

/// A record that cannot be taken in.
fn refusal(item: &Json, conversion: bool, field: &str, reason: String) -> RefusedRecord {
    RefusedRecord {
        conversion,
        native_id: item.text_at(&["key"]).map(str::to_owned),
        field: field.to_owned(),
        reason,
        text: item.canonical().chars().take(SHOWN).collect(),
    }
}

/// A negative reward takes back. Else a reward says itself what it is for, or it follows from what it belongs to.
fn kind(
    item: &Json,
    commission: Money,
    customer: Option<&str>,
    order: Option<&str>,
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
        (None, _) if item.get("action").is_some() => Kind::Lead,
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
    known: &Known,
    joined: &mut Joined,
) -> Option<String> {
    let own = refers(item, "customer", "customer_key").or_else(|| {
        embedded.and_then(|transaction| refers(transaction, "customer", "customer_key"))
    });
    let name = own.or_else(|| {
        let named = sale.and_then(|sale| sale.customer.clone());
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

fn amounts(item: &Json) -> Amounts {
    let text = |name: &str| item.text_at(&[name]).map(str::to_owned);
    Amounts {
        amount: text("amount"),
        currency: text("currency"),
        usd: text("amount_usd"),
    }
}

fn product(item: &Json) -> Option<String> {
    let object = item
        .get("product")
        .and_then(|product| product.text_at(&["name", "key"]));
    object
        .or_else(|| {
            item.text_at(&[
                "product",
                "product_name",
                "product_key",
                "plan",
                "category_key",
            ])
        })
        .map(str::to_owned)
}

fn program(item: &Json) -> Option<String> {
    let company = item
        .get("company")
        .or_else(|| item.get("partnership")?.get("company"))?;
    company
        .text_at(&["name", "key"])
        .or_else(|| company.text())
        .map(str::to_owned)
}

fn sub_ids(item: &Json) -> Vec<String> {
    let listed: Vec<String> = match item.get("sub_ids") {
        Some(Json::List(items)) => items
            .iter()
            .filter_map(Json::text)
            .map(str::to_owned)
            .collect(),
        Some(one) => one.text().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    };
    if !listed.is_empty() {
        return listed;
    }
    let keys = [
        "sid", "sid1", "sid2", "sid3", "sid4", "sid5", "sid6", "sid7", "sid8", "sid9",
    ];
    let found: Vec<String> = keys
        .iter()
        .filter_map(|name| item.text_at(&[name]))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        item.text_at(&["shared_id"])
            .map(str::to_owned)
            .into_iter()
            .collect()
    } else {
        found
    }
}

/// The key of something that an item refers to, by key or by carrying it.
fn refers(item: &Json, name: &str, key_name: &str) -> Option<String> {
    let carried = item
        .get(name)
        .and_then(|value| value.text().or_else(|| value.text_at(&["key", key_name])));
    carried
        .or_else(|| item.text_at(&[key_name]))
        .map(str::to_owned)
}

fn currency(item: &Json, fallback: Option<Currency>) -> Result<Currency, String> {
    match (item.text_at(&["currency", "currency_iso"]), fallback) {
        (Some(code), _) => Currency::parse(code).map_err(|error| error.to_string()),
        (None, Some(fallback)) => Ok(fallback),
        (None, None) => Err("it names no currency; the connection can name one".to_owned()),
    }
}

/// An amount of minor units: cents, yen, fils.
fn minor(token: &str, currency: Currency) -> Result<Money, String> {
    let units = parse_decimal(token).map_err(|error| error.to_string())?;
    let exact = units
        .checked_mul(Decimal::new(1, currency.minor_digits()))
        .ok_or("the amount is too large")?;
    Money::new(exact, currency).map_err(|error| error.to_string())
}

fn millis(item: &Json, name: &str) -> Option<i64> {
    item.text_at(&[name])?.parse().ok()
}

/// An instant in epoch milliseconds.
fn instant(item: &Json, name: &str) -> Result<DateTime<Utc>, String> {
    let text = item
        .text_at(&[name])
        .ok_or_else(|| format!("it has no {name}"))?;
    let at = text.parse().ok().and_then(DateTime::from_timestamp_millis);
    // The book's instants are text, ordered as such: years of four digits.
    at.filter(|at| (1970..=9999).contains(&chrono::Datelike::year(at)))
        .ok_or_else(|| {
            format!(
                "“{}” is not an instant in epoch milliseconds",
                text.chars().take(40).collect::<String>()
            )
        })
}

#[cfg(test)]
mod tests;
