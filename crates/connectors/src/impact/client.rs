//! The order of a sync: updates, actions by the day of their last change, actions by the day they lock, invoices; then
//! what only an update named, and the items of what was changed or reversed.

use super::parse::{self, News};
use crate::{
    PageError, Plan,
    http::{Auth, HttpError, Request},
    json::Json,
    walk::{Leg, Page, Tour},
    windows::{AHEAD, Span, utc, windows},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, HashSet};

/// A window may have 45 days; a day less, since whole days are counted differently by different servers.
const WINDOW: TimeDelta = TimeDelta::days(44);
/// Before the last complete sync, as far as updates are read again.
const OVERLAP: TimeDelta = TimeDelta::days(7);
/// A first sync reads the updates of one window, which ends ahead of our clock.
const FIRST: TimeDelta = TimeDelta::days(43);
/// Three years less a day.
const REACH: TimeDelta = TimeDelta::days(1_094);
/// Actions of one sync whose items are asked for: each costs a question of an hour's thousand.
const ITEMS: usize = 100;
/// Actions of one sync that are asked for one by one.
const SINGLES: usize = 200;

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Updates(Span),
    Changed(Span),
    Locking(Span),
    Invoices,
    Single(String),
    Items(String),
}

/// A sync of impact.com.
pub(super) struct Actions {
    plan: Plan,
    /// What updates say of an action, by its id.
    news: BTreeMap<String, News>,
    seen: HashSet<String>,
    /// Actions that wait for their items.
    waiting: BTreeMap<String, Json>,
    items: BTreeMap<String, Vec<Json>>,
}

impl Actions {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            news: BTreeMap::new(),
            seen: HashSet::new(),
            waiting: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }

    fn first(&self) -> DateTime<Utc> {
        let served = self.plan.begun - REACH;
        self.plan.since.map_or(served, |since| since.max(served))
    }

    /// From where on updates and locking dates are read.
    fn lately(&self) -> DateTime<Utc> {
        let begun = self.plan.begun;
        let from = self
            .plan
            .last
            .map_or(begun - FIRST, |last| last.min(begun) - OVERLAP);
        from.max(begun - REACH)
    }

    fn leg(what: What) -> Leg<What> {
        let (name, explains) = match &what {
            What::Updates(span) => (span.name("updates"), true),
            What::Changed(span) => (span.name("changed"), false),
            What::Locking(span) => (span.name("locking"), false),
            What::Invoices => ("invoices".to_owned(), false),
            What::Single(id) => (format!("action/{id}"), false),
            What::Items(id) => (format!("items/{id}"), false),
        };
        Leg {
            name,
            explains,
            what,
        }
    }

    fn actions(&mut self, actions: &[Json]) -> Page {
        let mut page = Page::default();
        for action in actions {
            let id = action.text_at(&["Id"]).unwrap_or_default().to_owned();
            let news = self.news.get(&id);
            let explained = self.items.len() + self.waiting.len() < ITEMS;
            if explained && news.is_some_and(News::needs_a_reason) {
                self.waiting.insert(id.clone(), action.clone());
            } else {
                page.conversions
                    .push(parse::action(action, news, &[], self.plan.account.currency));
            }
            self.seen.insert(id);
        }
        page
    }
}

impl Tour for Actions {
    type What = What;

    fn legs(&self) -> Vec<Leg<What>> {
        let to = self.plan.begun + AHEAD;
        let lately = windows(self.lately(), to, WINDOW);
        let updates = lately.iter().copied().map(What::Updates);
        let changed = windows(self.first(), to, WINDOW)
            .into_iter()
            .map(What::Changed);
        let locking = lately.iter().copied().map(What::Locking);
        updates
            .chain(changed)
            .chain(locking)
            .chain([What::Invoices])
            .map(Self::leg)
            .collect()
    }

    fn ask(&self, what: &What, place: Option<&str>) -> Request {
        let dated = |path: &str, from: &'static str, to: &'static str, span: &Span| {
            Request::get(path)
                .with(from, &utc(span.from))
                .with(to, &utc(span.to))
        };
        let request = match (place, what) {
            (Some(place), _) => Request::follow(place),
            (None, What::Updates(span)) => dated("/ActionUpdates", "StartDate", "EndDate", span),
            (None, What::Changed(span)) => dated("/Actions", "StartDate", "EndDate", span),
            (None, What::Locking(span)) => {
                dated("/Actions", "LockingDateStart", "LockingDateEnd", span)
            }
            (None, What::Invoices) => Request::get("/Invoices"),
            (None, What::Single(id)) => Request::get(&format!("/Actions/{id}")),
            (None, What::Items(id)) => Request::get(&format!("/Actions/{id}/Items")),
        };
        request.signed(Auth::Basic(self.plan.account.id.clone()))
    }

    fn page(&mut self, what: &What, _: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        let list = |name: &'static str| parse::list(&json, name).ok_or(PageError::Missing(name));
        let page = match what {
            What::Updates(_) => {
                for update in list("ActionUpdates")? {
                    parse::update(update, &mut self.news);
                }
                Page::default()
            }
            What::Changed(_) | What::Locking(_) => self.actions(list("Actions")?),
            What::Single(_) => {
                if json.text_at(&["Id"]).is_none() {
                    return Err(PageError::Missing("Id"));
                }
                self.actions(std::slice::from_ref(&json))
            }
            What::Items(id) => {
                let items = parse::list(&json, "ActionItems")
                    .or_else(|| parse::list(&json, "Items"))
                    .ok_or(PageError::Missing("ActionItems"))?;
                self.items
                    .entry(id.clone())
                    .or_default()
                    .extend(items.iter().cloned());
                Page::default()
            }
            What::Invoices => Page {
                payouts: list("Invoices")?
                    .iter()
                    .map(|invoice| parse::invoice(invoice, self.plan.account.currency))
                    .collect(),
                ..Page::default()
            },
        };
        Ok(Page {
            next: json.text_at(&["@nextpageuri"]).map(str::to_owned),
            ..page
        })
    }

    fn found(&mut self) -> Vec<Leg<What>> {
        let unseen: Vec<String> = self
            .news
            .keys()
            .filter(|id| !self.seen.contains(*id))
            .take(SINGLES)
            .cloned()
            .collect();
        self.seen.extend(unseen.iter().cloned());
        let singles = unseen.into_iter().map(What::Single);
        let items: Vec<String> = self
            .waiting
            .keys()
            .filter(|id| !self.items.contains_key(*id))
            .cloned()
            .collect();
        for id in &items {
            self.items.insert(id.clone(), Vec::new());
        }
        singles
            .chain(items.into_iter().map(What::Items))
            .map(Self::leg)
            .collect()
    }

    fn held(&mut self) -> Page {
        let conversions = std::mem::take(&mut self.waiting)
            .iter()
            .map(|(id, action)| {
                let items = self.items.get(id).map_or(&[][..], Vec::as_slice);
                parse::action(action, self.news.get(id), items, self.plan.account.currency)
            })
            .collect();
        Page {
            conversions,
            ..Page::default()
        }
    }

    fn goes_on_without(&mut self, what: &What, error: &HttpError) -> bool {
        let optional = matches!(
            what,
            What::Updates(_) | What::Invoices | What::Single(_) | What::Items(_)
        );
        let absent = match error {
            HttpError::Refused { status, .. } => matches!(status, 404 | 405 | 410),
            // A token that may not read one list may still read the others.
            HttpError::SignIn(status) => *status == 403,
            _ => false,
        };
        optional && absent
    }
}
