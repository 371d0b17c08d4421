//! PartnerStack's Partner API, version 2: an affiliate's rewards, customers, transactions and payouts.
//!
//! Lists come newest first, up to 250 items a page, and go on after the key of an item. Amounts are whole minor units
//! with a currency beside them, instants epoch milliseconds. There is a filter on the day of creation and none on the
//! day of change, so a later sync reads a trailing window again: 400 days hold a yearly renewal with its refund.
//! Customers and transactions are read first: a reward may name them by key alone, and they hold the sub-IDs, the
//! product and the sale's amount.

mod client;
mod fields;
mod known;
mod page;
mod parse;
mod words;

use crate::{Account, Ask, Connector, Depth, Form, Plan, Run, http::Request};
use chrono::{DateTime, Utc};

/// PartnerStack.
#[derive(Clone, Copy, Debug)]
pub struct PartnerStack;

impl Connector for PartnerStack {
    fn network(&self) -> &'static str {
        "partnerstack"
    }

    fn title(&self) -> &'static str {
        "PartnerStack"
    }

    fn address(&self) -> &'static str {
        "https://api.partnerstack.com/api/v2"
    }

    fn form(&self) -> Form {
        Form {
            about: "Rewards of every program you promote there, with customers, transactions and payouts. Kartra's program is here.",
            account: Some(Ask {
                label: "Your name there",
                help: "For your own orientation, and to tell two accounts apart: the key says whose account it is.",
                required: false,
            }),
            key: Ask {
                label: "API key",
                help: "PartnerStack: Settings, Integrations, API keys.",
                required: true,
            },
            leads: false,
        }
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 400,
            whole_days: None,
            reach_days: None,
        }
    }

    fn probe(&self, _: &Account, _: DateTime<Utc>) -> Request {
        Request::get("/rewards").with("limit", &1)
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        Box::new(client::Sync::new(plan))
    }
}
