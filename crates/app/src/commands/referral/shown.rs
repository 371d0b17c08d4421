//! A referral as it is shown: its line, its steps, its payments, its windows, and what is still to come.

use super::Whole;
use crate::{
    App, Failure,
    commands::forecast,
    dto::{Amount, ReferralItem, ReferralPayment, ReferralStep, ReferralWindow},
};
use chrono::{Days, NaiveDate};
use perennial_domain::{
    Money,
    referral::{Stage, Step},
};
use perennial_store::table::referral::CustomerRow;
use std::collections::BTreeMap;

pub(super) fn item(whole: &Whole) -> ReferralItem {
    let life = &whole.life;
    let last = life.steps.last();
    ReferralItem {
        id: whole.id.clone(),
        alias: whole.alias.clone(),
        program: whole
            .program
            .as_ref()
            .map(|(_, slug)| slug.clone())
            .filter(|slug| !slug.is_empty()),
        connection: whole.connection.clone(),
        stage: life.stage().unwrap_or(Stage::Lead).word().to_owned(),
        since: last.map(|step| step.on.to_string()),
        tier: whole.tier().word().to_owned(),
        plan: whole
            .plan_id()
            .map(str::to_owned)
            .or_else(|| whole.rows.iter().rev().find_map(|row| row.plan.clone()))
            .or_else(|| {
                whole
                    .events
                    .iter()
                    .rev()
                    .find_map(|event| event.plan.clone())
            }),
        paying_since: life.paying_since.map(|day| day.to_string()),
        next_due: life.due.map(|day| day.to_string()),
        renewals: life.renewals,
        // Sums that are past the book's range are said where they are shown one by one.
        earned: sums(whole.rows.iter().map(|row| row.earned)).unwrap_or_default(),
        months_left: whole
            .terms
            .as_ref()
            .and_then(|terms| life.months_left(terms.max_months)),
        noted: whole.kept.is_some(),
    }
}

pub(super) fn sums(amounts: impl Iterator<Item = Money>) -> Result<Vec<Amount>, Failure> {
    let mut by: BTreeMap<String, Money> = BTreeMap::new();
    for amount in amounts {
        let code = amount.currency().code().to_owned();
        let sum = match by.get(&code) {
            Some(sum) => sum.plus(amount).map_err(|error| {
                Failure::refused(
                    "ledger.sums",
                    format!("The ledger does not add up: {error}."),
                )
            })?,
            None => amount,
        };
        by.insert(code, sum);
    }
    Ok(by.into_values().map(Amount::from).collect())
}

pub(super) fn step(whole: &Whole, step: &Step) -> ReferralStep {
    let event = step
        .noted
        .then(|| {
            whole
                .events
                .iter()
                .find(|event| event.on == step.on && event.stage == step.stage)
        })
        .flatten();
    ReferralStep {
        on: step.on.to_string(),
        stage: step.stage.word().to_owned(),
        plan: step.plan.clone(),
        noted: step.noted,
        note_id: event.map(|event| event.id.to_string()),
        note: event.map(|event| event.note.clone()).unwrap_or_default(),
    }
}

pub(super) fn payment(row: &CustomerRow) -> ReferralPayment {
    ReferralPayment {
        id: row.id.clone(),
        on: row.on.to_string(),
        kind: row.kind.word().to_owned(),
        plan: row.plan.clone(),
        sale: row.sale.map(Amount::from),
        earned: Amount::from(row.earned),
    }
}

/// The cookie's days from the click, and the trial's from its beginning, by the terms of the first day.
pub(super) fn windows(whole: &Whole) -> Vec<ReferralWindow> {
    let Some(terms) = &whole.terms else {
        return Vec::new();
    };
    let mut windows = Vec::new();
    let mut add =
        |what: &str, from: NaiveDate, days: u32, sentence: &dyn Fn(NaiveDate) -> String| {
            if let Some(to) = from.checked_add_days(Days::new(days.into())) {
                windows.push(ReferralWindow {
                    what: what.to_owned(),
                    from: from.to_string(),
                    to: to.to_string(),
                    sentence: sentence(to),
                });
            }
        };
    let clicked = whole.clicked.or_else(|| {
        whole
            .life
            .steps
            .iter()
            .find(|step| step.stage == Stage::Click)
            .map(|step| step.on)
    });
    if let Some(clicked) = clicked {
        let came = whole
            .life
            .steps
            .iter()
            .find(|step| step.stage > Stage::Click)
            .map(|step| step.on);
        add("cookie", clicked, terms.cookie_days, &|to| match came {
            Some(came) if came > to => {
                format!("The cookie of {clicked} ended on {to}, before they came on {came}.")
            }
            Some(came) => format!(
                "They came on {came}, within the cookie of {} days.",
                terms.cookie_days
            ),
            None => format!("Whoever signs up until {to} counts as yours."),
        });
    }
    if let Some(trial) = whole.life.trial_on {
        let paid = whole.life.paying_since;
        add("trial", trial, terms.trial_days, &|to| match paid {
            Some(paid) => format!("The trial began on {trial}; the first payment came on {paid}."),
            None => format!("The trial ends on {to}."),
        });
    }
    windows
}

pub(super) fn to_come(
    app: &App,
    whole: &Whole,
    yearly: f64,
) -> Result<(Option<Amount>, String), Failure> {
    let nothing = |why: &str| Ok((None, why.to_owned()));
    let Some(slug) = item(whole).program else {
        return nothing("No program of the book is known for them, so nothing can be expected.");
    };
    if !whole.life.is_paying() {
        return nothing("They do not pay now, so nothing is expected.");
    }
    let (Some(plan), Some(due)) = (whole.plan_id(), whole.life.due) else {
        return nothing("Their plan is not known, so nothing can be expected.");
    };
    forecast::customer_worth(
        app,
        &slug,
        plan,
        whole.tier(),
        whole.life.renewals,
        due,
        yearly,
    )
}
