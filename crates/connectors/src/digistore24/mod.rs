//! Digistore24: an affiliate's commissions, explained by their transactions.
//!
//! Functions answer with an envelope, and may object in one whose status looks good. Lists have numbered pages. Times are
//! those of Digistore24's own clock, in Berlin.

mod client;
mod parse;

use crate::{
    Account, Ask, Connector, Depth, Form, Objection, Plan, Run, http::Request, json::Json,
    walk::Walk,
};
use chrono::{DateTime, Utc};

/// Digistore24.
#[derive(Clone, Copy, Debug)]
pub struct Digistore24;

impl Connector for Digistore24 {
    fn network(&self) -> &'static str {
        "digistore24"
    }

    fn title(&self) -> &'static str {
        "Digistore24"
    }

    fn form(&self) -> Form {
        Form {
            about: "Commissions with the day they are paid out, refunds and chargebacks.",
            account: Some(Ask {
                label: "Digistore24 ID",
                help: "For your own orientation: the key says whose account it is.",
                required: false,
            }),
            key: Ask {
                label: "API key",
                help: "Digistore24: Settings, Account access, API keys. Read access is enough.",
                required: true,
            },
            leads: false,
        }
    }

    fn address(&self) -> &'static str {
        "https://www.digistore24.com/api/call"
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 400,
            whole_days: None,
            reach_days: None,
        }
    }

    fn probe(&self, _: &Account, _: DateTime<Utc>) -> Request {
        client::question("/listCommissions", "-24h", 1, 1)
    }

    fn objection(&self, answer: &str) -> Option<Objection> {
        parse::objection(&Json::parse(answer).ok()?)
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(client::Lists::new(plan), resume.as_deref()))
    }
}
