//! The payout schedule of a given ledger: what each run pays, carries and still holds.
//!
//! On one day postings come first, then maturities, then the payout. A clawback dated at or before its commission's
//! maturity voids that much of it; a later one debits the balance, which may go below zero and is carried. Where nothing is
//! released before a number of sales, a commission matures no earlier than the last of them.

use super::maturity::{NOT_YET, first_run, next_run, released_on};
use crate::{Currency, Money, MoneyError, commission::after_fee, program::Rate};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;
use thiserror::Error;

/// What a posting does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingKind {
    /// Earns.
    Commission,
    /// Takes back.
    Clawback,
}

/// One line of the ledger to be scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Unique within the ledger.
    pub id: String,
    /// The day it is posted.
    pub date: NaiveDate,
    /// What it does.
    pub kind: PostingKind,
    /// Not negative; rounded to the minor unit as it is posted.
    pub amount: Money,
    /// The commission that a clawback takes back; without one it debits the balance.
    pub reference: Option<String>,
}

/// The rules that decide the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleTerms {
    /// Currency of everything.
    pub currency: Currency,
    /// Days until a commission matures.
    pub hold_days: u32,
    /// Smallest payout.
    pub minimum: Money,
    /// Day of the month of the runs, 1–31, clamped.
    pub run_day: u32,
    /// Commissions that must be there before any is released; nothing waits where 0.
    pub min_sales: u32,
    /// Taken from each payout on its way.
    pub payout_fee: Option<Rate>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// The day.
    pub run: NaiveDate,
    /// Balance after the run before.
    pub opening: Money,
    /// Matured since.
    pub released: Money,
    /// Taken from the balance since.
    pub clawback_debits: Money,
    /// Taken from what was on hold since.
    pub voided_pending: Money,
    /// Paid.
    pub payout: Money,
    /// Taken from it on its way.
    pub fee: Money,
    /// Balance after the run.
    pub closing: Money,
    /// Still on hold.
    pub pending: Money,
}

/// Every run from the first posting until everything has matured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The runs, in order.
    pub rows: Vec<ScheduleRow>,
    /// Sum of the payouts.
    pub total_paid: Money,
    /// What of it was taken on its way.
    pub total_fees: Money,
    /// Balance after the last run.
    pub closing: Money,
}

/// Why a ledger was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// Two postings share an id.
    #[error("the id “{0}” occurs twice")]
    DuplicateId(String),
    /// A clawback names a commission that is not there.
    #[error("“{id}” takes back “{reference}”, which is not a commission of this ledger")]
    UnknownReference {
        /// The clawback.
        id: String,
        /// What it names.
        reference: String,
    },
    /// A clawback dated before its commission.
    #[error("“{0}” is dated before the commission it takes back")]
    BeforeItsCommission(String),
    /// Amounts are not negative; the kind says the direction.
    #[error("the amount of “{0}” is negative")]
    Negative(String),
    /// Dates too far apart to schedule.
    #[error("the dates span more than 200 years")]
    TooLong,
    /// An amount was refused.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// One commission that may still be on hold.
struct Held {
    matures: NaiveDate,
    left: Money,
}

/// Runs the payout rules over a ledger.
///
/// # Errors
/// See [`ScheduleError`]; nothing is scheduled in part.
pub fn schedule(postings: &[Posting], terms: &ScheduleTerms) -> Result<Schedule, ScheduleError> {
    let zero = Money::zero(terms.currency);
    let mut empty = Schedule {
        rows: Vec::new(),
        total_paid: zero,
        total_fees: zero,
        closing: zero,
    };
    let mut held = held_commissions(postings, terms)?;
    let mut order: Vec<&Posting> = postings.iter().collect();
    // Commissions before clawbacks on one day, so that a same-day clawback finds what it takes back.
    order.sort_by_key(|p| (p.date, p.kind == PostingKind::Clawback));
    let (Some(first), Some(last)) = (order.first(), last_day(&order, &held)) else {
        return Ok(empty);
    };
    if last.signed_duration_since(first.date).num_days() > 200 * 366 {
        return Err(ScheduleError::TooLong);
    }

    let mut maturing: Vec<(NaiveDate, &str)> = order
        .iter()
        .filter_map(|p| held.get(p.id.as_str()).map(|h| (h.matures, p.id.as_str())))
        .collect();
    maturing.sort();
    let (mut next_posting, mut next_maturity) = (0, 0);
    let (mut balance, mut pending) = (zero, zero);
    let mut run = first_run(first.date, terms.run_day);
    while let Some(date) = run {
        let mut row = ScheduleRow {
            run: date,
            opening: balance,
            released: zero,
            clawback_debits: zero,
            voided_pending: zero,
            payout: zero,
            fee: zero,
            closing: zero,
            pending: zero,
        };
        while let Some(posting) = order.get(next_posting).filter(|p| p.date <= date) {
            next_posting += 1;
            let amount = posting.amount.posted();
            if posting.kind == PostingKind::Commission {
                pending = pending.plus(amount)?;
                continue;
            }
            let mut debit = amount;
            if let Some(target) = posting.reference.as_deref().and_then(|id| held.get_mut(id))
                && posting.date <= target.matures
            {
                let voided = if amount.amount() < target.left.amount() {
                    amount
                } else {
                    target.left
                };
                target.left = target.left.minus(voided)?;
                pending = pending.minus(voided)?;
                row.voided_pending = row.voided_pending.plus(voided)?;
                // What exceeds the commission it takes back is still owed.
                debit = amount.minus(voided)?;
            }
            balance = balance.minus(debit)?;
            row.clawback_debits = row.clawback_debits.plus(debit)?;
        }
        while let Some((_, id)) = maturing.get(next_maturity).filter(|(day, _)| *day <= date) {
            next_maturity += 1;
            if let Some(commission) = held.get(id) {
                row.released = row.released.plus(commission.left)?;
            }
        }
        pending = pending.minus(row.released)?;
        balance = balance.plus(row.released)?;
        if balance.amount() >= terms.minimum.amount() && !balance.is_negative() {
            row.payout = balance;
            row.fee = balance
                .minus(after_fee(balance, terms.payout_fee)?)?
                .posted();
            empty.total_fees = empty.total_fees.plus(row.fee)?;
            empty.total_paid = empty.total_paid.plus(balance)?;
            balance = zero;
        }
        row.closing = balance;
        row.pending = pending;
        empty.rows.push(row);
        if date >= last {
            break;
        }
        run = next_run(date, terms.run_day);
    }
    empty.closing = balance;
    Ok(empty)
}

fn held_commissions<'a>(
    postings: &'a [Posting],
    terms: &ScheduleTerms,
) -> Result<HashMap<&'a str, Held>, ScheduleError> {
    let mut held = HashMap::new();
    let mut sales: Vec<NaiveDate> = postings
        .iter()
        .filter(|posting| posting.kind == PostingKind::Commission)
        .map(|posting| posting.date)
        .collect();
    sales.sort();
    let reached = usize::try_from(terms.min_sales)
        .ok()
        .and_then(|many| sales.get(many.checked_sub(1)?).copied());
    let mut seen = std::collections::HashSet::new();
    for posting in postings {
        if !seen.insert(posting.id.as_str()) {
            return Err(ScheduleError::DuplicateId(posting.id.clone()));
        }
        if posting.amount.is_negative() {
            return Err(ScheduleError::Negative(posting.id.clone()));
        }
        if posting.amount.currency() != terms.currency {
            return Err(
                MoneyError::CurrencyMismatch(posting.amount.currency(), terms.currency).into(),
            );
        }
        if posting.kind == PostingKind::Commission {
            let matures = posting
                .date
                .checked_add_days(Days::new(u64::from(terms.hold_days)))
                .ok_or(ScheduleError::TooLong)?;
            let matures = match terms.min_sales {
                0 => matures,
                _ => released_on(matures, reached),
            };
            held.insert(
                posting.id.as_str(),
                Held {
                    matures,
                    left: posting.amount.posted(),
                },
            );
        }
    }
    let dates: HashMap<&str, NaiveDate> =
        postings.iter().map(|p| (p.id.as_str(), p.date)).collect();
    for posting in postings.iter().filter(|p| p.kind == PostingKind::Clawback) {
        let Some(reference) = &posting.reference else {
            continue;
        };
        if !held.contains_key(reference.as_str()) {
            return Err(ScheduleError::UnknownReference {
                id: posting.id.clone(),
                reference: reference.clone(),
            });
        }
        if dates
            .get(reference.as_str())
            .is_some_and(|commission| posting.date < *commission)
        {
            return Err(ScheduleError::BeforeItsCommission(posting.id.clone()));
        }
    }
    Ok(held)
}

fn last_day(order: &[&Posting], held: &HashMap<&str, Held>) -> Option<NaiveDate> {
    let posted = order.last().map(|p| p.date);
    let matures = held.values().map(|h| h.matures);
    posted.max(matures.filter(|day| *day < NOT_YET).max())
}
