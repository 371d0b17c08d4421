//! Windows by transaction date, and by validation date.

use super::parse;
use crate::{
    PageError, Plan,
    http::Request,
    json::Json,
    walk::{Leg, Page, Tour},
    windows::{AHEAD, Span, windows},
};
use chrono::{DateTime, TimeDelta, Utc};

/// A question covers 31 days; a day less, since whole days are counted differently by different servers.
const WINDOW: TimeDelta = TimeDelta::days(30);
/// How far back a first sync reads.
const FIRST: TimeDelta = TimeDelta::days(1_080);
/// Before the last complete sync, as far as validations are read again.
const OVERLAP: TimeDelta = TimeDelta::days(7);

/// A window of one of the two dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct What {
    span: Span,
    date: &'static str,
}

/// A sync of Awin.
pub(super) struct Transactions {
    plan: Plan,
}

impl Transactions {
    pub(super) fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// From where on validations are read: since the last sync, as far as the person asked, or lately. What was validated
    /// earlier and happened within the window comes by its transaction date.
    fn validated_since(&self) -> DateTime<Utc> {
        let begun = self.plan.begun;
        let last = self.plan.last.map(|last| last.min(begun) - OVERLAP);
        last.or(self.plan.since).unwrap_or(begun + AHEAD - WINDOW)
    }
}

/// A question for a window.
pub(super) fn question(span: Span, date: &str) -> Request {
    let local = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%S").to_string();
    Request::get("/transactions/")
        .with("startDate", &local(span.from))
        .with("endDate", &local(span.to))
        .with("timezone", "UTC")
        .with("dateType", date)
}

impl Tour for Transactions {
    type What = What;

    fn legs(&self) -> Vec<Leg<What>> {
        let to = self.plan.begun + AHEAD;
        let from = self.plan.since.unwrap_or(self.plan.begun - FIRST);
        let dated = |from, date: &'static str| {
            windows(from, to, WINDOW).into_iter().map(move |span| Leg {
                name: span.name(date),
                explains: false,
                what: What { span, date },
            })
        };
        dated(from, "transaction")
            .chain(dated(self.validated_since(), "validation"))
            .collect()
    }

    fn ask(&self, what: &What, _: Option<&str>) -> Request {
        question(what.span, what.date)
    }

    fn page(&mut self, _: &What, _: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        let items = json
            .list()
            .or_else(|| json.get("transactions")?.list())
            .ok_or(PageError::Missing("list of transactions"))?;
        let currency = self.plan.account.currency;
        Ok(Page {
            conversions: items
                .iter()
                .map(|item| parse::transaction(item, currency))
                .collect(),
            ..Page::default()
        })
    }
}
