//! CJ's commission detail interface (GraphQL): a publisher's commissions and their corrections.
//!
//! Commissions are asked for by posting date in windows of a month; within a window an answer that is not complete goes on
//! after its highest commission id. Amounts are decimal texts of up to three places. A correction is a row of its own,
//! tied to its original by the action's id.

mod client;
mod parse;

use crate::{Account, Ask, Connector, Depth, Form, Plan, Run, http::Request, walk::Walk};
use chrono::{DateTime, TimeDelta, Utc};

/// CJ.
#[derive(Clone, Copy, Debug)]
pub struct Cj;

impl Connector for Cj {
    fn network(&self) -> &'static str {
        "cj"
    }

    fn title(&self) -> &'static str {
        "CJ"
    }

    fn form(&self) -> Form {
        Form {
            about: "Commissions with their corrections, by posting date.",
            account: Some(Ask {
                label: "Publisher ID",
                help: "Your company's number (CID), at the top of the CJ account.",
                required: true,
            }),
            key: Ask {
                label: "Personal access token",
                help: "developers.cj.com: Account, Personal access tokens.",
                required: true,
            },
            leads: false,
        }
    }

    fn address(&self) -> &'static str {
        "https://commissions.api.cj.com/query"
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 120,
            whole_days: Some(480),
            reach_days: None,
        }
    }

    fn probe(&self, account: &Account, now: DateTime<Utc>) -> Request {
        client::question(account, now - TimeDelta::days(1), now, None)
    }

    fn objection(&self, answer: &str) -> Option<crate::Objection> {
        let json = crate::json::Json::parse(answer).ok()?;
        parse::objection(&json)
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(client::Commissions::new(plan), resume.as_deref()))
    }
}
