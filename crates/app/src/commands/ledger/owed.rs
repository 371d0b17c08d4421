//! Sums: what is owed, and earnings by a key.

use super::{program_id, terms_of, wrong};
use crate::{
    App, Failure,
    dto::{
        Amount, EarningsInput, EarningsReport, EarningsRow, NextPayoutDto, Owed, OwedInput, OwedRow,
    },
    files::program::date,
};
use chrono::{Months, NaiveDate};
use perennial_domain::{Money, commission::after_fee, ids::ProgramId, ledger::next_payout};
use perennial_store::table::conversion::{self, Sums, SumsBy};
use std::collections::BTreeMap;

/// Earned, Reserve, Due and Paid by program and currency, with the next payout.
///
/// # Errors
/// Where the day is no date or there is no such program.
pub fn owed(app: &App, input: OwedInput) -> Result<Owed, Failure> {
    let on = match input.on.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => date(text, "on")?,
        None => app.today()?,
    };
    let program = program_id(app, input.program.as_deref())?;
    Ok(Owed {
        on: on.to_string(),
        items: owed_on(app, on, program)?,
    })
}

/// What every program, or one, owes on a day.
pub(crate) fn owed_on(
    app: &App,
    on: NaiveDate,
    program: Option<ProgramId>,
) -> Result<Vec<OwedRow>, Failure> {
    let sums = app.read(|read| conversion::owed(read, on, program))?;
    sums.into_iter()
        .map(|sums| {
            Ok(OwedRow {
                next_payout: next(app, &sums, on)?,
                program: sums.key,
                currency: sums.earned.currency().code().to_owned(),
                earned: Amount::from(sums.earned),
                reserve: Amount::from(sums.reserve),
                due: Amount::from(sums.due),
                paid: Amount::from(sums.paid),
                unknown: Amount::from(sums.unknown),
            })
        })
        .collect()
}

/// The next payment by the program's own rules; none where no terms are known or the balance never reaches the minimum.
fn next(app: &App, sums: &Sums, on: NaiveDate) -> Result<Option<NextPayoutDto>, Failure> {
    let Some(program) = sums.program else {
        return Ok(None);
    };
    let currency = sums.earned.currency();
    let Some(terms) = terms_of(app, program, on)?.filter(|terms| terms.currency == currency) else {
        return Ok(None);
    };
    let open = app.read(|read| conversion::open_days(read, program, currency, on))?;
    let next = next_payout(&open, on, terms.run_day, terms.minimum).map_err(|error| {
        Failure::refused(
            "ledger.sums",
            format!("The ledger does not add up: {error}."),
        )
        .hint("Run `perennial book check`.")
    })?;
    let Some(next) = next else {
        return Ok(None);
    };
    let arrives = arrives(app, program, next.amount, next.date)?;
    Ok(Some(NextPayoutDto {
        date: next.date.to_string(),
        amount: next.amount.to_plain(),
        fee: arrives
            .and_then(|arrives| next.amount.minus(arrives).ok())
            .map(Money::to_plain),
        arrives: arrives.map(Money::to_plain),
    }))
}

/// What arrives of a payout after the fee of its day's terms; none where they take nothing from it.
pub(super) fn arrives(
    app: &App,
    program: ProgramId,
    payout: Money,
    day: NaiveDate,
) -> Result<Option<Money>, Failure> {
    let fee = terms_of(app, program, day)?
        .filter(|terms| terms.currency == payout.currency())
        .and_then(|terms| terms.rules.payout_fee);
    // A fixed fee of another currency says nothing of what arrives.
    let left = fee.and_then(|fee| after_fee(payout, Some(fee)).ok());
    Ok(left.map(Money::posted).filter(|left| *left != payout))
}

/// Earnings by month, program, plan, channel, campaign or link.
///
/// # Errors
/// Where the key or a month is not known.
pub fn earnings(app: &App, input: EarningsInput) -> Result<EarningsReport, Failure> {
    let by = SumsBy::parse(&input.by).ok_or_else(|| {
        let words: Vec<&str> = SumsBy::ALL.iter().map(|by| by.word()).collect();
        wrong(
            "by",
            format!("Earnings are not reported by “{}”.", input.by),
        )
        .hint(format!("They are by {}.", words.join(", ")))
    })?;
    let month = |text: &Option<String>, key: &str| {
        text.as_deref()
            .filter(|text| !text.is_empty())
            .map(|text| month_start(text, key))
            .transpose()
    };
    let from = month(&input.from, "from")?;
    let to = month(&input.to, "to")?;
    let to = to.and_then(|to| to.checked_add_months(Months::new(1))?.pred_opt());
    let program = program_id(app, input.program.as_deref())?;
    let today = app.today()?;
    let sums = app.read(|read| conversion::earnings(read, by, (from, to), program, today))?;
    let rows = sums
        .into_iter()
        .map(|sums| EarningsRow {
            key: BTreeMap::from([(by.word().to_owned(), sums.key)]),
            earned: Amount::from(sums.earned),
            reserve: Amount::from(sums.reserve),
            due: Amount::from(sums.due),
            paid: Amount::from(sums.paid),
        })
        .collect();
    Ok(EarningsReport { rows })
}

fn month_start(text: &str, key: &str) -> Result<NaiveDate, Failure> {
    let text = text.trim();
    let whole = text.len() == 7;
    let day = format!("{text}-01").parse().ok().filter(|_| whole);
    day.ok_or_else(|| {
        wrong(key, format!("“{text}” is not a month."))
            .hint("Write it as YYYY-MM, such as 2026-03.")
    })
}
