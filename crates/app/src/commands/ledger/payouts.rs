//! Payments by the programs.

use super::{reconcile::Around, wrong};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE},
    dto::{Amount, ListInput, Page, PayoutDto, PayoutRecord},
    files::program::date,
};
use perennial_domain::{Currency, Money, ids::PayoutId};
use perennial_store::table::{
    payout::{self, Arrived, PayoutRow},
    program,
};

/// Payments by the programs, newest first.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn payouts(app: &App, input: ListInput) -> Result<Page<PayoutDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after = input.after.as_deref().and_then(|text| text.parse().ok());
    let mut rows = app.read(|read| {
        let rows = payout::page(read, &input.search, after, limit + 1)?;
        rows.into_iter()
            .map(|row| {
                let around = Around::read(read, &row)?;
                Ok((row, around))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows
        .last()
        .filter(|_| more)
        .map(|(row, _)| row.id.to_string());
    Ok(Page {
        items: rows
            .into_iter()
            .map(|(row, around)| dto(row, &around))
            .collect::<Result<_, _>>()?,
        next,
        total: None,
    })
}

/// Records a payment that arrived and ties it to what was due, the longest due first.
///
/// # Errors
/// Where there is no such program, or the amount or the day does not fit.
pub fn payout_record(app: &App, input: PayoutRecord) -> Result<PayoutDto, Failure> {
    let program = app.read(|read| program::get(read, input.program.trim()))?;
    let currency = Currency::parse(&input.amount.currency)
        .map_err(|error| wrong("currency", format!("{error}.")))?;
    let amount = Money::parse(&input.amount.amount, currency)
        .map_err(|error| wrong("amount", format!("{error}.")))?;
    if amount.is_zero() || amount.is_negative() {
        return Err(wrong("amount", "A payment is above zero.".to_owned()));
    }
    let arrived = Arrived {
        id: app.id::<PayoutId>(),
        program: program.id,
        amount,
        on: date(&input.on, "on")?,
        note: input.note.trim().to_owned(),
    };
    let label = format!("Recorded a payment of {amount} by {}", program.name);
    app.edit(label, |write| payout::record(write, &arrived))?;
    let (row, around) = app.read(|read| {
        let row = payout::get(read, arrived.id)?;
        let around = Around::read(read, &row)?;
        Ok((row, around))
    })?;
    dto(row, &around)
}

/// A payment as people name it.
pub(super) fn named(row: &PayoutRow) -> String {
    let day = row
        .sent_on
        .map(|day| format!(" of {day}"))
        .unwrap_or_default();
    format!(
        "{}{day} ({})",
        row.amount,
        row.native_id.clone().unwrap_or_else(|| row.id.to_string())
    )
}

pub(super) fn dto(row: PayoutRow, around: &Around) -> Result<PayoutDto, Failure> {
    let left = if around.touched() {
        Some(around.difference(&row)?.left)
    } else {
        None
    };
    let state = if around.locked {
        "locked"
    } else if left.is_some_and(perennial_domain::Money::is_zero) {
        "reconciled"
    } else {
        "open"
    };
    Ok(PayoutDto {
        id: row.id.to_string(),
        native_id: row.native_id,
        connection: row.connection,
        program: row.program,
        amount: Amount::from(row.amount),
        status: row.status_text,
        period: row.period,
        sent_on: row.sent_on.map(|day| day.to_string()),
        note: row.note,
        allocated: Amount::from(row.allocated),
        left: left.map(Amount::from),
        state: state.to_owned(),
        arrived_on: around
            .deposits
            .iter()
            .map(|deposit| deposit.on)
            .max()
            .map(|day| day.to_string()),
    })
}
