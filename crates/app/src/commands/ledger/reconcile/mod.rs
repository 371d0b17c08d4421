//! A payout, the commissions it paid and the money that arrived, until nothing is left to explain.

mod data;
mod deposits;
mod explained;
mod received;

pub(super) use data::{deposit_dto, sum};
pub(crate) use data::{rate_dto, rate_failure};
pub(super) use deposits::new_deposit;
pub use deposits::{deposit_add, deposit_aside, deposit_list, deposit_remove, deposit_tie};
pub use explained::{explain_add, explain_remove, payout_lines};
pub(crate) use received::{YearPayout, payouts_of_year};

use super::{owed::arrives, payouts, wrong};
use crate::{
    App, Failure,
    commands::MAX_PAGE,
    dto::{Amount, ById, DepositProposal, PayoutLineDto, Reconciliation},
};
use chrono::Days;
use data::{explanation, line, sums};
use perennial_domain::{
    Money,
    reconcile::{Arrival, Balance, Difference, Explanation, Landed, Paid, allot, balance, score},
};
use perennial_store::{
    Read, StoreError,
    table::{
        deposit::{self, Deposit, Which},
        payout::{self, PayoutRow},
        period, program,
        reconcile::{self, Explained, Line},
    },
};

/// Days before a payout was sent in which a deposit may be it.
const BEFORE: u64 = 1;
/// Days after it was sent.
const AFTER: u64 = 30;
/// Deposits proposed for one payout.
const PROPOSED: usize = 5;

/// Everything around one payout, as the book has it.
pub(super) struct Around {
    pub lines: Vec<Line>,
    pub explained: Vec<Explained>,
    pub deposits: Vec<Deposit>,
    pub locked: bool,
}

impl Around {
    pub(super) fn read(read: &Read<'_>, row: &PayoutRow) -> Result<Self, StoreError> {
        Ok(Self {
            lines: reconcile::lines(read, row.id)?,
            explained: reconcile::explained(read, row.id, row.amount.currency())?,
            deposits: deposit::of_payout(read, row.id)?,
            locked: period::has_payout(read, row.id)?,
        })
    }

    fn landed(&self) -> Vec<Landed> {
        self.deposits
            .iter()
            .map(|deposit| Landed {
                amount: deposit.amount,
                fee: deposit.fee,
                rate: deposit.rate.clone(),
            })
            .collect()
    }

    /// What is left to explain of its payout.
    pub(super) fn difference(&self, of: &PayoutRow) -> Result<Difference, Failure> {
        let explained: Vec<(Explanation, Money)> = self
            .explained
            .iter()
            .map(|one| (one.kind, one.amount))
            .collect();
        balance(&Balance {
            payout: of.amount,
            lines: sum(
                of.amount.currency(),
                self.lines.iter().map(|line| line.amount),
            )?,
            explained: &explained,
            landed: &self.landed(),
        })
        .map_err(sums)
    }

    /// Whether anything was done about it yet.
    pub(super) fn touched(&self) -> bool {
        !self.deposits.is_empty() || !self.explained.is_empty()
    }

    pub(super) fn reconciled(&self, of: &PayoutRow) -> Result<bool, Failure> {
        Ok(self.touched() && self.difference(of)?.left.is_zero())
    }
}

/// A payout with both of its sides and what is proposed.
///
/// # Errors
/// Where there is no such payout.
pub fn reconcile_show(app: &App, input: ById) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.id)?;
    let (around, carried, candidates, open) = app.read(|read| {
        let around = Around::read(read, &row)?;
        let carried = reconcile::carried_in(read, row.id, row.amount.currency())?;
        let candidates = if around.lines.is_empty() {
            reconcile::candidates(read, row.id)?
        } else {
            Vec::new()
        };
        let open = match row.sent_on {
            Some(sent) => deposit::open_between(
                read,
                sent.checked_sub_days(Days::new(BEFORE)).unwrap_or(sent),
                sent.checked_add_days(Days::new(AFTER)).unwrap_or(sent),
            )?,
            None => deposit::page(read, Which::Open, "", None, MAX_PAGE)?,
        };
        Ok((around, carried, candidates, open))
    })?;
    let expected = expected(app, &row)?;
    show(row, &around, carried, &candidates, open, expected)
}

/// What should arrive of a payout after the fee that its program's terms take; none where they take nothing.
fn expected(app: &App, row: &PayoutRow) -> Result<Option<Money>, Failure> {
    let Some(slug) = row.program.as_deref() else {
        return Ok(None);
    };
    let program = app.read(|read| program::get(read, slug))?;
    let day = match row.sent_on {
        Some(day) => day,
        None => app.today()?,
    };
    arrives(app, program.id, row.amount, day)
}

fn show(
    row: PayoutRow,
    around: &Around,
    carried: Money,
    candidates: &[Line],
    open: Vec<Deposit>,
    expected: Option<Money>,
) -> Result<Reconciliation, Failure> {
    let currency = row.amount.currency();
    let difference = around.difference(&row)?;
    let proposal = proposed(&row, carried, candidates);
    let mut deposits: Vec<DepositProposal> = if around.locked || difference.deposit.is_zero() {
        Vec::new()
    } else {
        open.into_iter()
            .filter_map(|one| propose(&row, expected, one))
            .collect()
    };
    deposits.sort_by_key(|deposit| std::cmp::Reverse(deposit.points));
    deposits.truncate(PROPOSED);
    let in_payout = |part: fn(&Deposit) -> Landed| -> Result<Money, Failure> {
        let mut total = Money::zero(currency);
        for deposit in &around.deposits {
            let landed = part(deposit).gross_in(currency).map_err(sums)?;
            total = total.plus(landed).map_err(|error| sums(error.into()))?;
        }
        Ok(total)
    };
    let gross = in_payout(|deposit| Landed {
        amount: deposit.amount,
        fee: deposit.fee,
        rate: deposit.rate.clone(),
    })?;
    let fees = in_payout(|deposit| Landed {
        amount: deposit.fee,
        fee: Money::zero(deposit.fee.currency()),
        rate: deposit.rate.clone(),
    })?;
    let minus = |one: Money, other: Money| one.minus(other).map_err(|error| sums(error.into()));
    Ok(Reconciliation {
        lines: around.lines.iter().map(line).collect(),
        lines_total: Amount::from(sum(currency, around.lines.iter().map(|line| line.amount))?),
        explanations: around.explained.iter().map(explanation).collect(),
        deposits: around.deposits.iter().map(deposit_dto).collect(),
        arrived: Amount::from(minus(gross, fees)?),
        fees: Amount::from(fees),
        terms_fee: expected
            .map(|expected| minus(row.amount, expected))
            .transpose()?
            .map(Amount::from),
        expected: expected.map(Amount::from),
        lines_difference: Amount::from(difference.lines),
        difference: Amount::from(difference.deposit),
        left: Amount::from(difference.left),
        reconciled: around.reconciled(&row)?,
        locked: around.locked,
        carried_in: Amount::from(carried),
        line_proposal_total: Amount::from(sum(
            currency,
            proposal.iter().map(|(_, amount)| *amount),
        )?),
        line_proposal: proposal
            .iter()
            .map(|(candidate, amount)| PayoutLineDto {
                amount: Amount::from(*amount),
                ..line(candidate)
            })
            .collect(),
        deposit_proposals: deposits,
        payout: payouts::dto(row, around)?,
    })
}

/// What a payout most likely paid: the longest due first, as far as it goes with the balance carried in.
fn proposed<'a>(row: &PayoutRow, carried: Money, candidates: &'a [Line]) -> Vec<(&'a Line, Money)> {
    let open: Vec<i64> = candidates.iter().map(|line| line.amount.micros()).collect();
    let paid = row.amount.micros().saturating_sub(carried.micros());
    let mut shares = allot(&open, paid);
    shares.sort_unstable();
    shares
        .into_iter()
        .filter_map(|(index, part)| {
            let line = candidates.get(index)?;
            Some((line, Money::from_micros(part, row.amount.currency())))
        })
        .collect()
}

fn propose(row: &PayoutRow, expected: Option<Money>, deposit: Deposit) -> Option<DepositProposal> {
    let names: Vec<&str> = [row.program.as_deref(), row.connection.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let text = format!("{} {}", deposit.who, deposit.reference);
    let score = score(
        &Paid {
            amount: row.amount,
            after_fee: expected,
            on: row.sent_on,
            number: row.native_id.as_deref(),
            names: &names,
        },
        &Arrival {
            amount: deposit.amount,
            fee: deposit.fee,
            on: deposit.on,
            text: &text,
        },
        deposit.rate.as_ref(),
    )?;
    Some(DepositProposal {
        deposit: deposit_dto(&deposit),
        points: score.points,
        reasons: score
            .reasons
            .iter()
            .map(|reason| reason.word().to_owned())
            .collect(),
    })
}

/// A payout by its id or the network's own.
pub(super) fn found(app: &App, name: &str) -> Result<PayoutRow, Failure> {
    app.read(|read| payout::find(read, name))
        .map_err(|failure| {
            if failure.code == "payout.unknown" {
                failure.hint("`perennial ledger payouts` lists them with their ids.")
            } else {
                failure
            }
        })
}

/// How many of these deposits are likely to be one of the newest payouts.
pub(super) fn likely(
    app: &App,
    payouts: Vec<PayoutRow>,
    deposits: &[Deposit],
) -> Result<usize, Failure> {
    /// Points from which a proposal is likely.
    const LIKELY: u8 = 60;
    let payouts = payouts
        .into_iter()
        .map(|row| Ok((expected(app, &row)?, row)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let fits = |deposit: &Deposit| {
        payouts
            .iter()
            .filter_map(|(expected, row)| propose(row, *expected, deposit.clone()))
            .any(|proposal| proposal.points >= LIKELY)
    };
    Ok(deposits.iter().filter(|deposit| fits(deposit)).count())
}
