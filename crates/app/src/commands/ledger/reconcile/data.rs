//! From the book's rows to what crosses the boundary, and what to say of sums and rates that do not fit.

use crate::{
    Failure,
    dto::{Amount, DepositDto, ExplanationDto, PayoutLineDto, RateDto},
};
use perennial_domain::{
    Currency, Money,
    reconcile::{Rate, RateError},
};
use perennial_store::table::{
    deposit::Deposit,
    reconcile::{Explained, Line},
};

/// What to say of a rate that was refused.
pub(crate) fn rate_failure(error: &RateError) -> Failure {
    let failure = Failure::refused("rate.refused", format!("The rate does not fit: {error}."));
    match error {
        RateError::NoSource(_) => failure.hint("Say where it is from with `--rate-source`."),
        _ => failure.hint(
            "Write it as EUR/USD=1.0858@2026-01-15: one euro was 1.0858 dollars on that day.",
        ),
    }
}

pub(super) fn sums(error: RateError) -> Failure {
    Failure::refused(
        "ledger.sums",
        format!("The payout does not add up: {error}."),
    )
    .hint("Run `perennial book check`.")
}

pub(in crate::commands::ledger) fn sum(
    currency: Currency,
    amounts: impl Iterator<Item = Money>,
) -> Result<Money, Failure> {
    let mut total = Money::zero(currency);
    for amount in amounts {
        total = total.plus(amount).map_err(|error| sums(error.into()))?;
    }
    Ok(total)
}

pub(super) fn line(line: &Line) -> PayoutLineDto {
    PayoutLineDto {
        id: line.conversion.to_string(),
        native_id: line.native_id.clone(),
        program: line.program.clone(),
        kind: line.kind.clone(),
        occurred_on: line.on.to_string(),
        amount: Amount::from(line.amount),
        commission: Amount::from(line.commission),
    }
}

pub(super) fn explanation(of: &Explained) -> ExplanationDto {
    ExplanationDto {
        id: of.id.to_string(),
        kind: of.kind.word().to_owned(),
        amount: Amount::from(of.amount),
        note: of.note.clone(),
    }
}

pub(in crate::commands::ledger) fn deposit_dto(of: &Deposit) -> DepositDto {
    DepositDto {
        id: of.id.to_string(),
        on: of.on.to_string(),
        amount: Amount::from(of.amount),
        fee: Amount::from(of.fee),
        who: of.who.clone(),
        reference: of.reference.clone(),
        account: of.account.clone(),
        statement: of.statement.map(|id| id.to_string()),
        payout: of.payout.map(|id| id.to_string()),
        aside: of.aside,
        rate: of.rate.as_ref().map(rate_dto),
    }
}

/// A rate as people read it.
pub(crate) fn rate_dto(rate: &Rate) -> RateDto {
    RateDto {
        from: rate.from.code().to_owned(),
        to: rate.to.code().to_owned(),
        value: rate.value.to_string(),
        on: rate.on.to_string(),
        source: rate.source.clone(),
    }
}
