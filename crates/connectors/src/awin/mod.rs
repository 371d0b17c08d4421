//! Awin's publisher API: transactions.
//!
//! There are no pages: a question covers at most 31 days, twenty may be asked a minute, and the time zone must be said.
//! Windows by transaction date find what is new, windows by validation date what was decided since the last sync, however
//! old it is. Amounts are JSON numbers; their tokens are read as decimals.

mod client;
mod parse;

use crate::{
    Account, Ask, Connector, Depth, Form, Plan, Run,
    http::{Rate, Request},
    walk::Walk,
    windows::Span,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// Awin.
#[derive(Clone, Copy, Debug)]
pub struct Awin;

impl Connector for Awin {
    fn network(&self) -> &'static str {
        "awin"
    }

    fn title(&self) -> &'static str {
        "Awin"
    }

    fn form(&self) -> Form {
        Form {
            about: "Transactions with their validation and payment.",
            account: Some(Ask {
                label: "Publisher ID",
                help: "The number beside your name in the Awin account.",
                required: true,
            }),
            key: Ask {
                label: "API token",
                help: "Awin: your user's menu, API credentials.",
                required: true,
            },
            leads: false,
        }
    }

    fn address(&self) -> &'static str {
        "https://api.awin.com/publishers/{account}"
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 120,
            whole_days: Some(480),
            reach_days: None,
        }
    }

    fn rate(&self) -> Option<Rate> {
        Some(Rate {
            questions: 20,
            per: Duration::from_mins(1),
        })
    }

    fn probe(&self, _: &Account, now: DateTime<Utc>) -> Request {
        let span = Span {
            from: now - TimeDelta::days(1),
            to: now,
        };
        client::question(span, "transaction")
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(
            client::Transactions::new(plan),
            resume.as_deref(),
        ))
    }
}
