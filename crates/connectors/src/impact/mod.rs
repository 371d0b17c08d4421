//! impact.com's Partner API, version 15: an affiliate's actions, what became of them, and invoices.
//!
//! Actions are asked for in windows of at most 45 days, no more than three years back. The filter on the day of change
//! does not see every approval, so the updates and the actions that lock about now are asked for as well, and an action
//! that only an update names is asked for by itself. Items are asked for where an action was changed or reversed: they say
//! why. A list goes on at the address that the network gives, followed within its own host alone.

mod client;
mod parse;

use crate::{
    Account, Ask, Connector, Depth, Form, Plan, Run,
    http::{Auth, Rate, Request},
    walk::Walk,
    windows::{AHEAD, utc},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// impact.com.
#[derive(Clone, Copy, Debug)]
pub struct Impact;

impl Connector for Impact {
    fn network(&self) -> &'static str {
        "impact"
    }

    fn title(&self) -> &'static str {
        "impact.com"
    }

    fn form(&self) -> Form {
        Form {
            about: "Actions with their states and sub-IDs, and invoices.",
            account: Some(Ask {
                label: "Account SID",
                help: "impact.com: Settings, API. It begins with IR.",
                required: true,
            }),
            key: Ask {
                label: "Auth token",
                help: "Beside the account SID. A token that may only read is enough.",
                required: true,
            },
            leads: false,
        }
    }

    fn address(&self) -> &'static str {
        "https://api.impact.com/Mediapartners/{account}"
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 120,
            whole_days: Some(1_095),
            reach_days: Some(1_094),
        }
    }

    fn rate(&self) -> Option<Rate> {
        Some(Rate {
            questions: 1_000,
            per: Duration::from_hours(1),
        })
    }

    fn probe(&self, account: &Account, now: DateTime<Utc>) -> Request {
        Request::get("/Actions")
            .with("StartDate", &utc(now - TimeDelta::days(1)))
            .with("EndDate", &utc(now + AHEAD))
            .signed(Auth::Basic(account.id.clone()))
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(client::Actions::new(plan), resume.as_deref()))
    }
}
