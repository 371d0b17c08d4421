//! What was due and did not come with the payout it belongs to.

use super::{Finding, FindingKind, OnDay, Row, origin};
use crate::{
    Currency, Money,
    commission::{Milestone, Release, milestone, releases},
    ids::ConversionId,
    ledger::first_run,
    program::{TermKey, Terms},
};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What is unpaid, kept until all rows are seen: whether it is late depends on the balance it is part of.
#[derive(Default)]
pub(super) struct Late(Vec<Unpaid>);

struct Unpaid {
    row: ConversionId,
    program: Option<usize>,
    day: NaiveDate,
    /// The last day on which a part that is not paid became due.
    due: NaiveDate,
    earned: Money,
    paid: Money,
    open: Money,
}

impl Late {
    /// Keeps a commission that is not wholly paid.
    pub fn note(&mut self, row: &Row, terms: &Terms) {
        let Some(earned) = row.commission else { return };
        if earned.is_negative() || earned.is_zero() || row.paid.amount() >= earned.amount() {
            return;
        }
        let parts = if terms.rules.split.is_empty() {
            Ok(vec![Release {
                on: row.matures_on,
                amount: earned,
            }])
        } else {
            releases(terms, row.day, earned)
        };
        // What is paid pays the earlier parts first.
        let mut paid = row.paid.amount();
        for part in parts.unwrap_or_default() {
            let open = (part.amount.amount() - paid.max(Decimal::ZERO)).max(Decimal::ZERO);
            paid -= part.amount.amount();
            let Ok(open) = Money::new(open, earned.currency()) else {
                continue;
            };
            if !open.is_zero() {
                self.0.push(Unpaid {
                    row: row.id,
                    program: row.program,
                    day: row.day,
                    due: part.on,
                    earned: part.amount,
                    paid: row.paid,
                    open,
                });
            }
        }
    }

    /// What is late as of a day, and how much of what is due nobody can judge.
    pub fn finish(self, programs: &mut [OnDay], today: NaiveDate) -> (Vec<Finding>, u64) {
        let mut unknown = 0;
        let mut overdue: Vec<(NaiveDate, Unpaid)> = Vec::new();
        let mut sums: HashMap<(usize, Currency), Decimal> = HashMap::new();
        for unpaid in self.0 {
            let Some(index) = unpaid.program else {
                continue;
            };
            let Some(program) = programs.get_mut(index) else {
                continue;
            };
            let Some(terms) = program.terms(unpaid.day) else {
                continue;
            };
            let Some(run) = first_run(unpaid.due, terms.run_day) else {
                continue;
            };
            if expected_by(run, &terms, program.program.late_after).is_none_or(|end| end >= today) {
                continue;
            }
            if program.program.paid_until.is_none() {
                unknown += 1;
                continue;
            }
            let enough = milestone(program.program.approved_sales, terms.rules.min_sales);
            if enough != Milestone::Reached {
                continue;
            }
            *sums.entry((index, unpaid.open.currency())).or_default() += unpaid.open.amount();
            // Parts of one commission that are late are one finding, since its first part.
            match overdue
                .last_mut()
                .filter(|(_, last)| last.row == unpaid.row)
            {
                Some((_, last)) => {
                    if let (Ok(earned), Ok(open)) =
                        (last.earned.plus(unpaid.earned), last.open.plus(unpaid.open))
                    {
                        (last.earned, last.open) = (earned, open);
                    }
                }
                None => overdue.push((run, unpaid)),
            }
        }
        let findings = overdue
            .into_iter()
            .filter_map(|(run, unpaid)| {
                let index = unpaid.program?;
                let balance = *sums.get(&(index, unpaid.open.currency()))?;
                let program = programs.get_mut(index)?;
                let terms = program.terms(unpaid.day)?;
                // Below the minimum the program rightly carries it on, unless it has paid what was due later.
                let same = terms.minimum.currency() == unpaid.open.currency();
                let passed = program.program.paid_until >= Some(unpaid.due);
                if same && balance < terms.minimum.amount() && !passed {
                    return None;
                }
                let patience = program.program.late_after;
                Some(finding(&unpaid, run, today, &terms, balance, patience))
            })
            .collect();
        (findings, unknown)
    }
}

/// The last day on which a payment of a run may still arrive: the days that it takes by the terms, and the user's own
/// patience.
fn expected_by(run: NaiveDate, terms: &Terms, patience: u32) -> Option<NaiveDate> {
    let days = u64::from(terms.rules.payout_lead) + u64::from(patience);
    run.checked_add_days(Days::new(days))
}

/// Until when a payment of a run was waited for, and by whose word.
fn under_way(run: NaiveDate, terms: &Terms, patience: u32) -> String {
    let days = |count: u32| match count {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    };
    let takes = match terms.rules.payout_lead {
        0 => "The terms do not say how long a payment takes".to_owned(),
        lead => format!("By the terms a payment takes {}", days(lead)),
    };
    let by = expected_by(run, terms, patience).unwrap_or(run);
    format!(
        "{takes}, and by your settings it may take {} more, so it was waited for until {by}.",
        days(patience)
    )
}

fn finding(
    unpaid: &Unpaid,
    run: NaiveDate,
    today: NaiveDate,
    terms: &Terms,
    balance: Decimal,
    patience: u32,
) -> Finding {
    let key = if terms.rules.split.is_empty() {
        TermKey::HoldDays
    } else {
        TermKey::SplitRelease
    };
    let (words, from) = origin(terms, key);
    let currency = unpaid.open.currency();
    let computation = vec![
        words,
        format!(
            "{} of {} became due on {}.",
            unpaid.earned, unpaid.day, unpaid.due
        ),
        format!(
            "The next payout ran on {run} (day {} of the month); the smallest payout is {}, and {} {currency} were overdue together.",
            terms.run_day,
            terms.minimum,
            balance.normalize()
        ),
        under_way(run, terms, patience),
        format!(
            "Until {today} {} of it are paid, so {} are late by {} days.",
            unpaid.paid,
            unpaid.open,
            today.signed_duration_since(run).num_days()
        ),
    ];
    Finding {
        row: unpaid.row,
        program: unpaid.program,
        kind: FindingKind::Late,
        day: unpaid.day,
        expected: unpaid.open,
        reported: Money::zero(currency),
        difference: unpaid.open.negated(),
        computation,
        terms: from,
    }
}
