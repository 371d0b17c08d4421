//! The order of a sync: partnerships, customers, transactions and actions, which explain rewards; rewards; payouts.
//!
//! A refund names the transaction that it takes back, not the reward; and rewards come newest first, so it comes before
//! the one it belongs to. It is held back until all rewards are there: of several of one transaction it belongs to the
//! first, whatever order they come in.
//!
//! A sync that was cut off among the rewards goes on with the rest of them, then reads the head of the list again up to
//! where it went on. It so makes headway however often it is cut off, and in the end has seen the whole window, as a sync
//! in one piece does.

use super::{
    known::Known,
    page::{self, LIMIT},
    parse,
};
use crate::{
    Landing, PageError, Plan, RefusedRecord, Run, Step,
    http::{HttpError, Request},
    json::{Json, fingerprint},
};
use chrono::{DateTime, Days, Utc};
use perennial_domain::ledger::{ConversionFacts, Kind, Tier};
use std::collections::HashMap;

/// Days by which a reward may follow its transaction.
const TRANSACTION_LEAD_DAYS: u64 = 35;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Partnerships,
    Customers,
    Transactions,
    Actions,
    Rewards,
    Payouts,
    Done,
}

/// Which part of the rewards is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Leg {
    /// All of them, from the newest on.
    Whole,
    /// What follows the item where an earlier sync was cut off.
    Tail(String),
    /// What comes before that item.
    Head(String),
}

/// One sync.
pub(super) struct Sync {
    plan: Plan,
    stage: Stage,
    leg: Leg,
    after: Option<String>,
    known: Known,
    /// Fingerprint of each record landed, so that a repeated one lands once.
    landed: HashMap<String, String>,
    /// The reward of each transaction that pays.
    earned: HashMap<String, String>,
    /// What takes back a transaction, while its rewards may still come.
    waiting: Vec<(String, ConversionFacts)>,
    /// Where to go on from, as it was last said.
    said: Option<String>,
    landing: Option<Landing>,
}

impl Sync {
    /// A sync that has not asked anything yet.
    pub(super) fn new(plan: Plan) -> Self {
        let leg = plan.resume.clone().map_or(Leg::Whole, Leg::Tail);
        Self {
            known: Known::new(transactions_since(&plan)),
            stage: Stage::Partnerships,
            leg,
            after: None,
            landed: HashMap::new(),
            earned: HashMap::new(),
            waiting: Vec::new(),
            said: plan.resume.clone(),
            landing: None,
            plan,
        }
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.after = match (&self.leg, stage) {
            (Leg::Tail(from), Stage::Rewards) => Some(from.clone()),
            _ => None,
        };
    }

    fn next_stage(&mut self) {
        self.enter(match self.stage {
            Stage::Partnerships => Stage::Customers,
            Stage::Customers => Stage::Transactions,
            Stage::Transactions => Stage::Actions,
            Stage::Actions => Stage::Rewards,
            Stage::Rewards => Stage::Payouts,
            Stage::Payouts | Stage::Done => Stage::Done,
        });
    }

    fn request(&self) -> Option<Request> {
        let (path, since) = match self.stage {
            Stage::Partnerships => ("/partnerships", None),
            // A customer from before the window may buy within it.
            Stage::Customers => ("/customers", None),
            Stage::Transactions => ("/transactions", transactions_since(&self.plan)),
            Stage::Actions => ("/actions", transactions_since(&self.plan)),
            Stage::Rewards => ("/rewards", self.plan.since),
            Stage::Payouts => ("/payouts", self.plan.since),
            Stage::Done => return None,
        };
        let mut request = Request::get(path).with("limit", &LIMIT);
        if let Some(since) = since {
            request = request.with("min_created", &since.timestamp_millis());
        }
        if let Some(after) = &self.after {
            request = request.with("starting_after", after);
        }
        Some(request)
    }

    /// Whether this record has not landed yet in this form.
    fn is_new(&mut self, id: &str, hash: &str) -> bool {
        self.landed
            .insert(id.to_owned(), hash.to_owned())
            .is_none_or(|before| before != hash)
    }

    fn refuse(&mut self, landing: &mut Landing, refused: RefusedRecord) {
        let hash = fingerprint(&refused.text);
        let id = format!("refused/{}", refused.native_id.as_deref().unwrap_or(&hash));
        if self.is_new(&id, &hash) {
            landing.refused.push(refused);
        }
    }

    fn rewards(&mut self, items: &[Json], next: Option<String>) {
        let mut landing = Landing::default();
        for item in items {
            match parse::conversion(item, &self.known, self.plan.account.currency) {
                Ok(facts) => self.take(facts, &mut landing),
                Err(refused) => self.refuse(&mut landing, refused),
            }
        }
        let reached = |until: &str| {
            items
                .iter()
                .any(|item| page::key(item).as_deref() == Some(until))
        };
        match (&self.leg, next) {
            (Leg::Head(until), _) if reached(until) => self.next_stage(),
            (_, Some(next)) => {
                landing.resume = Some(next.clone());
                self.after = Some(next);
            }
            (Leg::Tail(from), None) => {
                self.leg = Leg::Head(from.clone());
                self.after = None;
            }
            (_, None) => self.next_stage(),
        }
        if self.stage != Stage::Rewards {
            self.join(&mut landing);
        }
        self.said.clone_from(&landing.resume);
        self.landing = Some(landing);
    }

    /// Keeps a reward for this landing; one that takes back waits until all are there.
    fn take(&mut self, facts: ConversionFacts, landing: &mut Landing) {
        let id = facts.native_id.clone().unwrap_or_default();
        if !self.is_new(&format!("{}/{id}", facts.kind.family()), &facts.raw_hash) {
            return;
        }
        let takes_back = facts.kind.family() == Kind::Refund.family();
        match &facts.order_ref {
            Some(order) if takes_back && facts.parent_native_id.is_none() => {
                self.waiting.push((order.clone(), facts));
            }
            Some(order) if !takes_back && facts.tier == Tier::Direct => {
                // Of several rewards of one transaction the first by key, so that the order of pages does not matter.
                let earned = self
                    .earned
                    .entry(order.clone())
                    .or_insert_with(|| id.clone());
                if id < *earned {
                    *earned = id;
                }
                landing.conversions.push(facts);
            }
            _ => landing.conversions.push(facts),
        }
    }

    /// Lands what waited, with what it takes back as far as that is known.
    fn join(&mut self, landing: &mut Landing) {
        for (order, mut facts) in std::mem::take(&mut self.waiting) {
            facts.parent_native_id = self.earned.get(&order).cloned();
            landing.conversions.push(facts);
        }
    }

    fn payouts(&mut self, items: &[Json]) {
        let mut landing = Landing::default();
        for item in items {
            match parse::payout(item, self.plan.account.currency) {
                Ok(facts) => {
                    if self.is_new(&format!("payout/{}", facts.native_id), &facts.raw_hash) {
                        landing.payouts.push(facts);
                    }
                }
                Err(refused) => self.refuse(&mut landing, refused),
            }
        }
        self.landing = Some(landing);
    }
}

impl Run for Sync {
    fn step(&mut self) -> Step {
        if let Some(landing) = self.landing.take() {
            return Step::Land(landing);
        }
        self.request().map_or(Step::Done, Step::Ask)
    }

    fn page(&mut self, body: &str) -> Result<(), PageError> {
        let page = page::read(body, self.after.as_deref())?;
        match self.stage {
            Stage::Rewards => {
                self.rewards(&page.items, page.next);
                return Ok(());
            }
            Stage::Partnerships => page
                .items
                .iter()
                .for_each(|item| self.known.partnership(item)),
            Stage::Customers => page.items.iter().for_each(|item| self.known.customer(item)),
            Stage::Actions => page.items.iter().for_each(|item| self.known.action(item)),
            Stage::Transactions => page.items.iter().for_each(|item| self.known.sale(item)),
            Stage::Payouts => self.payouts(&page.items),
            Stage::Done => {}
        }
        match page.next {
            Some(next) => self.after = Some(next),
            None => self.next_stage(),
        }
        Ok(())
    }

    fn abandoned(&mut self) -> Option<Landing> {
        let mut landing = Landing {
            resume: self.said.clone(),
            ..Landing::default()
        };
        self.join(&mut landing);
        (!landing.conversions.is_empty()).then_some(landing)
    }

    fn failed(&mut self, error: &HttpError) -> bool {
        let status = match error {
            HttpError::Refused { status, .. } => status,
            // A key that may not read one list may still read the others; one that is wrong may read none.
            HttpError::SignIn(status) if *status == 403 => status,
            _ => return false,
        };
        match self.stage {
            // The item to go on after is gone: all of them, then.
            Stage::Rewards
                if matches!(self.leg, Leg::Tail(_)) && matches!(status, 400 | 404 | 422) =>
            {
                self.leg = Leg::Whole;
                self.after = None;
                true
            }
            // Not every account is served these; rewards stand without them.
            Stage::Partnerships
            | Stage::Customers
            | Stage::Transactions
            | Stage::Actions
            | Stage::Payouts
                if matches!(status, 403 | 404 | 405 | 410) =>
            {
                self.next_stage();
                true
            }
            _ => false,
        }
    }
}

fn transactions_since(plan: &Plan) -> Option<DateTime<Utc>> {
    plan.since?
        .checked_sub_days(Days::new(TRANSACTION_LEAD_DAYS))
}

#[cfg(test)]
mod tests;
