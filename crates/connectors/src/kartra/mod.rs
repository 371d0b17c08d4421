//! Kartra's own API, for those whose vendor granted a key, and files of its outbound messages.
//!
//! The API serves vendors and has no word for affiliates: it answers for one lead at a time. So the connection has a list
//! of leads; their transactions are listed, each is asked for, and those whose affiliate is the account are kept. Times
//! are those of a clock in New York. Objections come with a good status and a number that says what is meant.

mod client;
mod message;
mod parse;

pub use message::{Message, MessagesError, Read, looks_like_messages, messages};

use crate::{
    Account, Ask, Connector, Depth, Form, Objection, Plan, Run,
    http::{Rate, Request},
    json::Json,
    walk::Walk,
};
use chrono::{DateTime, Utc};
use std::time::Duration;

/// Kartra.
#[derive(Clone, Copy, Debug)]
pub struct Kartra;

impl Connector for Kartra {
    fn network(&self) -> &'static str {
        "kartra"
    }

    fn title(&self) -> &'static str {
        "Kartra (vendor's key)"
    }

    fn form(&self) -> Form {
        Form {
            about: "Sales of leads that you name, where a vendor gave you a key. Kartra's own program is on PartnerStack.",
            account: Some(Ask {
                label: "Your affiliate username",
                help: "As it stands in the vendor's transactions; only those are kept.",
                required: true,
            }),
            key: Ask {
                label: "App ID, API key and API password",
                help: "All three, with a colon between them: id:key:password.",
                required: true,
            },
            leads: true,
        }
    }

    fn address(&self) -> &'static str {
        "https://app.kartra.com/api"
    }

    fn depth(&self) -> Depth {
        Depth {
            trailing_days: 400,
            whole_days: None,
            reach_days: None,
        }
    }

    fn rate(&self) -> Option<Rate> {
        Some(Rate {
            questions: 20,
            per: Duration::from_secs(1),
        })
    }

    /// A lead that is off the list today has not vanished.
    fn sees_everything(&self) -> bool {
        false
    }

    fn probe(&self, account: &Account, _: DateTime<Utc>) -> Request {
        let lead = account
            .leads
            .first()
            .map_or("nobody@example.com", String::as_str);
        client::list(lead)
    }

    fn objection(&self, answer: &str) -> Option<Objection> {
        match parse::outcome(&Json::parse(answer).ok()?) {
            parse::Outcome::Objects(objection) => Some(objection),
            parse::Outcome::Fine | parse::Outcome::Nothing => None,
        }
    }

    fn run(&self, plan: Plan) -> Box<dyn Run> {
        let resume = plan.resume.clone();
        Box::new(Walk::new(client::Leads::new(plan), resume.as_deref()))
    }
}
