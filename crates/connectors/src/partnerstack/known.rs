//! What explains rewards: customers, transactions, actions and partnerships, by key. Pure.

use super::fields::{Amounts, amounts, millis, product, refers, sub_ids};
use crate::json::Json;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// A customer, as far as rewards need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Customer {
    pub(super) key: String,
    created_at: Option<i64>,
    pub(super) sub_ids: Vec<String>,
}

/// A transaction, as far as rewards need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sale {
    pub(super) amounts: Amounts,
    pub(super) product: Option<String>,
    pub(super) customer: Option<String>,
    pub(super) sub_ids: Vec<String>,
}

/// Customers and transactions that rewards refer to by key.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) customers: HashMap<String, Customer>,
    pub(super) sales: HashMap<String, Sale>,
    /// The first transaction of each customer: instant and key, so that the order of pages does not matter.
    first: HashMap<String, (i64, String)>,
    /// The customer of each action.
    pub(super) actions: HashMap<String, String>,
    /// Names of programs, by the key of the partnership and of the company.
    pub(super) programs: HashMap<String, String>,
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

    /// Takes an action in, such as a sign-up.
    pub(super) fn action(&mut self, item: &Json) {
        let customer = refers(item, "customer", "customer_key");
        if let (Some(key), Some(customer)) = (item.text_at(&["key"]), customer) {
            self.actions.insert(key.to_owned(), customer);
        }
    }

    /// Takes a partnership in: it names the program.
    pub(super) fn partnership(&mut self, item: &Json) {
        let company = item.get("company");
        let Some(name) = company
            .and_then(|company| company.text_at(&["name"]))
            .or_else(|| item.text_at(&["company_name"]))
        else {
            return;
        };
        let keys = [
            item.text_at(&["key"]),
            item.text_at(&["company_key"]),
            company.and_then(|company| company.text_at(&["key"])),
        ];
        for key in keys.into_iter().flatten() {
            self.programs.insert(key.to_owned(), name.to_owned());
        }
    }

    /// Whether a transaction is its customer's first; a customer from before the window has bought before.
    pub(super) fn is_first(&self, customer: &str, sale: &str) -> bool {
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
