//! The order of a sync: each lead's list of transactions, then each of these.

use super::parse::{self, Outcome};
use crate::{
    PageError, Plan,
    http::{Auth, Body, Request},
    json::Json,
    walk::{Leg, Page, Tour},
};
use std::collections::BTreeMap;

/// The parts of a key, as the form calls them.
const KEY: &[&str] = &["app_id", "api_key", "api_password"];

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    List(String),
    Details { id: String, lead: String },
}

/// A sync of Kartra.
pub(super) struct Leads {
    plan: Plan,
    /// Transactions that were listed: their lead, and what the list says of them.
    listed: BTreeMap<String, (String, Json)>,
    asked: bool,
}

impl Leads {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            listed: BTreeMap::new(),
            asked: false,
        }
    }
}

/// The question for a lead's transactions.
pub(super) fn list(lead: &str) -> Request {
    question(lead, "retrieve_transactions_from_lead", None)
}

fn question(lead: &str, command: &str, transaction: Option<&str>) -> Request {
    let lead_field = if lead.contains('@') {
        "lead[email]"
    } else {
        "lead[id]"
    };
    let mut form = vec![
        (lead_field.to_owned(), lead.to_owned()),
        ("actions[0][cmd]".to_owned(), command.to_owned()),
    ];
    form.extend(transaction.map(|id| ("actions[0][transaction_id]".to_owned(), id.to_owned())));
    Request::post(Body::Form(form)).signed(Auth::Form(KEY))
}

impl Tour for Leads {
    type What = What;

    fn legs(&self) -> Vec<Leg<What>> {
        let leads = self.plan.account.leads.iter();
        leads
            .map(|lead| Leg {
                name: format!("lead/{lead}"),
                explains: true,
                what: What::List(lead.clone()),
            })
            .collect()
    }

    fn ask(&self, what: &What, _: Option<&str>) -> Request {
        match what {
            What::List(lead) => list(lead),
            What::Details { id, lead } => question(lead, "get_transaction_details", Some(id)),
        }
    }

    fn page(&mut self, what: &What, _: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        match parse::outcome(&json) {
            Outcome::Objects(objection) => return Err(objection.into()),
            Outcome::Nothing => return Ok(Page::default()),
            Outcome::Fine => {}
        }
        let mut page = Page::default();
        match what {
            What::List(lead) => {
                for item in parse::transactions(&json) {
                    if let Some(id) = item.text_at(&["transaction_id"]) {
                        self.listed
                            .insert(id.to_owned(), (lead.clone(), parse::cleaned(item)));
                    }
                }
            }
            What::Details { id, .. } => {
                let details = parse::transactions(&json)
                    .into_iter()
                    .next()
                    .ok_or(PageError::Missing("transaction_id"))?;
                let listed = self.listed.get(id).map(|(_, item)| item);
                let whole = parse::joined(details, listed);
                let me = Some(self.plan.account.id.as_str()).filter(|me| !me.is_empty());
                if let Some(read) = parse::transaction(&whole, me, self.plan.account.currency) {
                    page.conversions.push(read);
                }
            }
        }
        Ok(page)
    }

    fn found(&mut self) -> Vec<Leg<What>> {
        if std::mem::replace(&mut self.asked, true) {
            return Vec::new();
        }
        self.listed
            .iter()
            .map(|(id, (lead, _))| Leg {
                name: format!("transaction/{id}"),
                explains: false,
                what: What::Details {
                    id: id.clone(),
                    lead: lead.clone(),
                },
            })
            .collect()
    }
}
