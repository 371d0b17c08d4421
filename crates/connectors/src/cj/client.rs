//! Windows by posting date, each followed by commission id.

use super::parse;
use crate::{
    Account, PageError, Plan,
    http::{Body, Request},
    json::{Json, quoted},
    walk::{Leg, Page, Tour},
    windows::{AHEAD, Deepening, Span, utc, windows},
};
use chrono::{DateTime, TimeDelta, Utc};
use perennial_domain::ledger::ConversionFacts;
use std::collections::HashMap;

/// A window of a month.
const WINDOW: TimeDelta = TimeDelta::days(31);

/// What is asked of each commission.
const FIELDS: &str = "commissionId actionStatus actionTrackerName actionType advertiserId advertiserName aid clickDate \
     correctionReason eventDate lockingDate orderId original originalActionId postingDate pubCommissionAmountPubCurrency \
     pubCommissionAmountUsd reviewedStatus saleAmountPubCurrency saleAmountUsd shopperId validationStatus websiteName";

/// A sync of CJ.
pub(super) struct Commissions {
    deepening: Option<Deepening>,
    plan: Plan,
    /// Commission id of each original, by its action.
    originals: HashMap<String, String>,
    /// Corrections whose original has not come yet, with its action.
    waiting: Vec<(String, ConversionFacts)>,
}

impl Commissions {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            deepening: plan
                .since
                .is_none()
                .then(|| Deepening::new(plan.begun, WINDOW)),
            plan,
            originals: HashMap::new(),
            waiting: Vec::new(),
        }
    }

    fn leg(span: Span) -> Leg<Span> {
        Leg {
            name: span.name("posted"),
            explains: false,
            what: span,
        }
    }
}

/// A question for a window.
pub(super) fn question(
    account: &Account,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    after: Option<&str>,
) -> Request {
    let after = after
        .map(|id| format!(", sinceCommissionId: {}", quoted(id)))
        .unwrap_or_default();
    let query = format!(
        "{{ publisherCommissions(forPublishers: [{}], sincePostingDate: {}, beforePostingDate: {}{after}) \
         {{ count payloadComplete maxCommissionId records {{ {FIELDS} }} }} }}",
        quoted(&account.id),
        quoted(&utc(from)),
        quoted(&utc(to)),
    );
    Request::post(Body::Json(format!("{{\"query\":{}}}", quoted(&query))))
}

impl Tour for Commissions {
    type What = Span;

    fn legs(&self) -> Vec<Leg<Span>> {
        let begun = self.plan.begun;
        let deep = self.deepening.map(|deepening| deepening.from());
        let from = self.plan.since.or(deep).unwrap_or(begun);
        let spans = windows(from, begun + AHEAD, WINDOW).into_iter();
        spans.map(Self::leg).collect()
    }

    fn ask(&self, span: &Span, place: Option<&str>) -> Request {
        question(&self.plan.account, span.from, span.to, place)
    }

    fn page(&mut self, span: &Span, place: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        if let Some(objection) = parse::objection(&json) {
            return Err(objection.into());
        }
        let answer = json
            .get("data")
            .and_then(|data| data.get("publisherCommissions"))
            .ok_or(PageError::Missing("publisherCommissions"))?;
        let records = answer
            .get("records")
            .and_then(Json::list)
            .ok_or(PageError::Missing("records"))?;
        let next = parse::next(answer, records);
        if next.is_some() && next.as_deref() == place {
            return Err(PageError::NoProgress);
        }
        if let (Some(deepening), false) = (&mut self.deepening, records.is_empty()) {
            deepening.had_rows(*span);
        }
        for record in records {
            if let Some((action, id)) = parse::original(record) {
                self.originals.insert(action.to_owned(), id.to_owned());
            }
        }
        let mut page = Page {
            next,
            ..Page::default()
        };
        for record in records {
            let read = parse::commission(record, self.plan.account.currency);
            match (read, parse::corrects(record)) {
                (Ok(mut facts), Some(action)) => match self.originals.get(action) {
                    Some(id) => {
                        facts.parent_native_id = Some(id.clone());
                        page.conversions.push(Ok(facts));
                    }
                    None => self.waiting.push((action.to_owned(), facts)),
                },
                (read, _) => page.conversions.push(read),
            }
        }
        Ok(page)
    }

    fn found(&mut self) -> Vec<Leg<Span>> {
        let spans = self.deepening.as_mut().map(Deepening::more);
        spans
            .unwrap_or_default()
            .into_iter()
            .map(Self::leg)
            .collect()
    }

    fn held(&mut self) -> Page {
        let conversions = std::mem::take(&mut self.waiting)
            .into_iter()
            .map(|(action, mut facts)| {
                // One from before the days that are read is not known; a tie that the book has stays.
                facts.parent_native_id = self.originals.get(&action).cloned();
                Ok(facts)
            })
            .collect();
        Page {
            conversions,
            ..Page::default()
        }
    }
}
