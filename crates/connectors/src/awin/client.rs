//! Windows by transaction date, and by validation date.

use super::parse;
use crate::{
    PageError, Plan,
    http::Request,
    json::Json,
    walk::{Leg, Page, Tour},
    windows::{AHEAD, Deepening, Span, windows},
};
use chrono::{DateTime, TimeDelta, Utc};

/// A question covers 31 days; a day less, since whole days are counted differently by different servers.
const WINDOW: TimeDelta = TimeDelta::days(30);
/// How far back a first sync reads by validation date: what was decided earlier comes by its transaction date.
const FIRST_VALIDATED: TimeDelta = TimeDelta::days(88);
/// Before the last complete sync, as far as validations are read again.
const OVERLAP: TimeDelta = TimeDelta::days(7);

/// The date by which new transactions are found.
const TRANSACTION: &str = "transaction";

/// A window of one of the two dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct What {
    span: Span,
    date: &'static str,
}

/// A sync of Awin.
pub(super) struct Transactions {
    deepening: Option<Deepening>,
    plan: Plan,
}

impl Transactions {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            deepening: plan
                .since
                .is_none()
                .then(|| Deepening::new(plan.begun, WINDOW)),
            plan,
        }
    }

    /// From where on validations are read: since the last sync, or lately as far as the person asked.
    fn validated_since(&self) -> DateTime<Utc> {
        let begun = self.plan.begun;
        if let Some(last) = self.plan.last {
            return last.min(begun) - OVERLAP;
        }
        let lately = begun - FIRST_VALIDATED;
        self.plan
            .since
            .map_or(begun + AHEAD - WINDOW, |since| since.max(lately))
    }

    fn leg(span: Span, date: &'static str) -> Leg<What> {
        Leg {
            name: span.name(date),
            explains: false,
            what: What { span, date },
        }
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
        let deep = self.deepening.map(|deepening| deepening.from());
        let from = self.plan.since.or(deep).unwrap_or(self.plan.begun);
        let dated = |from, date: &'static str| {
            let spans = windows(from, to, WINDOW).into_iter();
            spans.map(move |span| Self::leg(span, date))
        };
        dated(from, TRANSACTION)
            .chain(dated(self.validated_since(), "validation"))
            .collect()
    }

    fn ask(&self, what: &What, _: Option<&str>) -> Request {
        question(what.span, what.date)
    }

    fn page(&mut self, what: &What, _: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        let items = json
            .list()
            .or_else(|| json.get("transactions")?.list())
            .ok_or(PageError::Missing("list of transactions"))?;
        let currency = self.plan.account.currency;
        if let (Some(deepening), TRANSACTION, false) =
            (&mut self.deepening, what.date, items.is_empty())
        {
            deepening.had_rows(what.span);
        }
        Ok(Page {
            conversions: items
                .iter()
                .map(|item| parse::transaction(item, currency))
                .collect(),
            ..Page::default()
        })
    }

    fn found(&mut self) -> Vec<Leg<What>> {
        let spans = self.deepening.as_mut().map(Deepening::more);
        let spans = spans.unwrap_or_default().into_iter();
        spans.map(|span| Self::leg(span, TRANSACTION)).collect()
    }
}
