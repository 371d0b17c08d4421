//! FirstPromoter's affiliate API, version 2: commissions, payouts and referrals.
//!
//! Lists come in pages of at most 100, oldest first as we ask for them. Amounts are minor units of a unit, of which only
//! `cash` is money, and name no currency: the connection does.

mod client;
mod parse;

use crate::{Account, Ask, Connector, Depth, Form, Plan, Run, http::Request, walk::Walk};
use chrono::{DateTime, Utc};

/// FirstPromoter.
#[derive(Clone, Copy, Debug)]
pub struct FirstPromoter;

impl Connector for FirstPromoter {
    fn network(&self) -> &'static str {
        "firstpromoter"
    }

    fn title(&self) -> &'static str {
        "FirstPromoter"
    }

    fn form(&self) -> Form {
        Form {
            about: "Commissions of both tiers and payouts of one company's program.",
            account: Some(Ask {
                label: "Account ID",
                help: "The company's account, sent along with every question as Account-ID.",
                required: true,
            }),
            key: Ask {
                label: "Access token",
                help: "From the promoter portal. It expires; make a new one when the sync asks you to sign in again.",
                required: true,
            },
            leads: false,
        }
    }

    fn address(&self) -> &'static str {
        "https://api.firstpromoter.com/api/v2/affiliate"
    }

    fn needs_currency(&self) -> bool {
        true
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 400,
            whole_days: None,
            reach_days: None,
        }
    }

    fn probe(&self, account: &Account, _: DateTime<Utc>) -> Request {
        client::page("/commissions", account, 1, 1)
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(client::Lists::new(plan), resume.as_deref()))
    }
}
