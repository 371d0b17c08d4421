//! Deposits: noted, confirmed, taken away, left aside.

use super::{
    data::{deposit_dto, rate_failure},
    found, reconcile_show, wrong,
};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE},
    dto::{
        ById, DepositAdd, DepositAside, DepositDto, DepositList, DepositTie, Empty, Page,
        Reconciliation,
    },
    files::program::date,
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money, ids::DepositId, money::parse_decimal, reconcile::Rate};
use perennial_store::table::deposit::{self, Deposit, Put, Which};
use uuid::Uuid;

/// Notes that money arrived for a payout. A deposit of that amount and day that is in the book already is taken for it.
///
/// # Errors
/// Where the amount, the day, the fee or the rate does not fit; where it is noted already.
pub fn deposit_add(app: &App, input: DepositAdd) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.payout)?;
    let currency = Currency::parse(&input.amount.currency)
        .map_err(|error| wrong("currency", format!("{error}.")))?;
    let amount = positive(&input.amount.amount, currency, "deposit")?;
    let fee = match input
        .fee
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        None => Money::zero(currency),
        Some(text) => {
            let fee =
                Money::parse(text, currency).map_err(|error| wrong("fee", format!("{error}.")))?;
            if fee.is_negative() {
                return Err(wrong(
                    "fee",
                    "A fee is what was withheld: zero or more.".to_owned(),
                ));
            }
            fee
        }
    };
    let on = date(&input.on, "on")?;
    let rate = rate(
        input.rate.as_deref(),
        input.rate_source.as_deref(),
        (currency, row.amount.currency()),
        on,
    )?;
    let known = app.read(|read| deposit::of_payout(read, row.id))?;
    if known.iter().any(|one| one.amount == amount && one.on == on) {
        return Err(Failure::refused(
            "deposit.taken",
            format!("A deposit of {amount} on {on} is noted for this payout already."),
        )
        .hint("Nothing was changed."));
    }
    let like = app.read(|read| deposit::like(read, amount, on))?;
    let id: DepositId = app.id();
    let label = format!("Noted that {amount} arrived on {on}");
    app.edit(label, |write| {
        if let Some(like) = &like {
            if !fee.is_zero() {
                deposit::set_fee(write, like.id, fee)?;
            }
            return deposit::tie(write, like.id, Some(row.id), rate.as_ref());
        }
        let put = deposit::put(
            write,
            &Deposit {
                id,
                statement: None,
                account: String::new(),
                identity: id.to_string(),
                occurrence: 0,
                on,
                amount,
                fee,
                who: String::new(),
                reference: input.reference.trim().to_owned(),
                raw: None,
                payout: Some(row.id),
                aside: false,
                rate: rate.clone(),
            },
        )?;
        debug_assert_eq!(put, Put::New);
        Ok(())
    })?;
    reconcile_show(
        app,
        ById {
            id: row.id.to_string(),
        },
    )
}

/// Confirms which payout a deposit is, or takes it away from it.
///
/// # Errors
/// Where there is no such deposit or payout, a rate is missing, or the period is locked.
pub fn deposit_tie(app: &App, input: DepositTie) -> Result<DepositDto, Failure> {
    let id = deposit_id(&input.deposit)?;
    let known = app.read(|read| deposit::get(read, id))?;
    let amount = known.amount;
    match input
        .payout
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        None => app.edit(
            format!("Took the deposit of {amount} away from its payout"),
            |write| deposit::tie(write, id, None, None),
        )?,
        Some(payout) => {
            let row = found(app, payout)?;
            let rate = rate(
                input.rate.as_deref(),
                input.rate_source.as_deref(),
                (amount.currency(), row.amount.currency()),
                known.on,
            )?;
            app.edit(
                format!(
                    "Matched the deposit of {amount} to a payout of {}",
                    row.amount
                ),
                |write| deposit::tie(write, id, Some(row.id), rate.as_ref()),
            )?;
        }
    }
    Ok(deposit_dto(&app.read(|read| deposit::get(read, id))?))
}

/// Leaves a deposit aside as no payout, or takes that back.
///
/// # Errors
/// Where there is no such deposit or it is a payout.
pub fn deposit_aside(app: &App, input: DepositAside) -> Result<DepositDto, Failure> {
    let id = deposit_id(&input.id)?;
    let amount = app.read(|read| deposit::get(read, id))?.amount;
    let label = if input.aside {
        format!("Left a deposit of {amount} aside")
    } else {
        format!("Took a deposit of {amount} up again")
    };
    app.edit(label, |write| deposit::set_aside(write, id, input.aside))?;
    Ok(deposit_dto(&app.read(|read| deposit::get(read, id))?))
}

/// Takes out a deposit that was entered by hand.
///
/// # Errors
/// Where there is none, or the period of its payout is locked.
pub fn deposit_remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let id = deposit_id(&input.id)?;
    let amount = app.read(|read| deposit::get(read, id))?.amount;
    app.edit(format!("Took out a deposit of {amount}"), |write| {
        deposit::remove(write, id)
    })?;
    Ok(Empty {})
}

/// The deposits, newest first.
///
/// # Errors
/// Where the filter is none.
pub fn deposit_list(app: &App, input: DepositList) -> Result<Page<DepositDto>, Failure> {
    let which = match input.which.as_deref().unwrap_or("open") {
        "" | "open" => Which::Open,
        "all" => Which::All,
        "matched" => Which::Matched,
        other => {
            return Err(wrong("which", format!("“{other}” is no list of deposits."))
                .hint("They are open, matched and all."));
        }
    };
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after = input.after.as_deref().and_then(|text| text.parse().ok());
    let mut rows = app.read(|read| deposit::page(read, which, &input.search, after, limit + 1))?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    Ok(Page {
        next: rows.last().filter(|_| more).map(|row| row.id.to_string()),
        items: rows.iter().map(deposit_dto).collect(),
        total: None,
    })
}

fn deposit_id(text: &str) -> Result<DepositId, Failure> {
    text.trim()
        .parse()
        .map_err(|_| wrong("deposit", format!("“{text}” is no deposit.")))
}

fn positive(text: &str, currency: Currency, key: &str) -> Result<Money, Failure> {
    let amount = Money::parse(text, currency).map_err(|error| wrong(key, format!("{error}.")))?;
    if amount.is_zero() || amount.is_negative() {
        return Err(wrong(key, "What arrived is above zero.".to_owned()));
    }
    Ok(amount)
}

/// The rate between a deposit's currency and its payout's; none where they are the same.
fn rate(
    text: Option<&str>,
    source: Option<&str>,
    (deposit, payout): (Currency, Currency),
    on: NaiveDate,
) -> Result<Option<Rate>, Failure> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if deposit == payout {
        return Ok(None);
    }
    let Some(text) = text else {
        return Err(Failure::refused(
            "rate.needed",
            format!("{deposit} arrived for a payout in {payout}: amounts of two currencies never add up by themselves."),
        )
        .hint(format!(
            "Say the rate and where it is from: `--rate {deposit}/{payout}=1.0858@{on} --rate-source \"my bank\"`."
        )));
    };
    let source = source.unwrap_or_default();
    let rate = match parse_decimal(text) {
        Ok(value) => Rate::new(deposit, payout, value, on, source),
        Err(_) => Rate::parse(text, source),
    }
    .map_err(|error| rate_failure(&error))?;
    if !rate.joins(deposit, payout) {
        return Err(wrong(
            "rate",
            format!("{rate} does not join {deposit} and {payout}."),
        ));
    }
    Ok(Some(rate))
}

/// A new identity for a deposit.
pub(in crate::commands::ledger) fn new_deposit(app: &App) -> DepositId {
    app.id::<Uuid>().into()
}
