//! The order of a sync: customers, transactions, rewards, payouts.
//!
//! A sync that was cut off among the rewards goes on with the rest of them, then reads the head of the list again up to
//! where it went on. It so makes headway however often it is cut off, and in the end has seen the whole window, as a sync
//! in one piece does.

use super::{
    page::{self, LIMIT},
    parse::{self, Known},
};
use crate::{
    Landing, PageError, Plan, RefusedRecord, Run, Step,
    http::{HttpError, Request},
    json::{Json, fingerprint},
};
use chrono::{DateTime, Days, Utc};
use std::collections::HashMap;

/// Days by which a reward may follow its transaction.
const TRANSACTION_LEAD_DAYS: u64 = 35;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Customers,
    Transactions,
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
    landing: Option<Landing>,
}

impl Sync {
    /// A sync that has not asked anything yet.
    pub(super) fn new(plan: Plan) -> Self {
        let leg = plan.resume.clone().map_or(Leg::Whole, Leg::Tail);
        Self {
            known: Known::new(transactions_since(&plan)),
            plan,
            stage: Stage::Customers,
            leg,
            after: None,
            landed: HashMap::new(),
            landing: None,
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
            Stage::Customers => Stage::Transactions,
            Stage::Transactions => Stage::Rewards,
            Stage::Rewards => Stage::Payouts,
            Stage::Payouts | Stage::Done => Stage::Done,
        });
    }

    fn request(&self) -> Option<Request> {
        let (path, since) = match self.stage {
            // A customer from before the window may buy within it.
            Stage::Customers => ("/customers", None),
            Stage::Transactions => ("/transactions", transactions_since(&self.plan)),
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
                Ok(facts) => {
                    let id = format!(
                        "{}/{}",
                        facts.kind.family(),
                        facts.native_id.as_deref().unwrap_or_default()
                    );
                    if self.is_new(&id, &facts.raw_hash) {
                        landing.conversions.push(facts);
                    }
                }
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
        self.landing = Some(landing);
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
            Stage::Customers => page.items.iter().for_each(|item| self.known.customer(item)),
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

    fn failed(&mut self, error: &HttpError) -> bool {
        let HttpError::Refused { status, .. } = error else {
            return false;
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
            Stage::Customers | Stage::Transactions | Stage::Payouts if *status == 404 => {
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
