//! Locked periods: once every payout of one is reconciled, its figures no longer change.

use super::{payouts, reconcile::Around, wrong};
use crate::{
    App, Failure,
    commands::import::instant,
    dto::{Empty, Page, PeriodDto, PeriodLock, PeriodUnlock, PeriodUnlocked},
    files::program::date,
};
use perennial_domain::{Currency, ids::ProgramId};
use perennial_store::table::{
    payout,
    period::{self, Lock},
    program,
};

/// The locked periods.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn period_list(app: &App, _: Empty) -> Result<Page<PeriodDto>, Failure> {
    let locks = app.read(period::list)?;
    Ok(Page {
        total: u64::try_from(locks.len()).ok(),
        items: locks.into_iter().map(dto).collect(),
        next: None,
    })
}

/// Locks a program in a currency up to a day.
///
/// # Errors
/// `period.open` where a payout sent until then is not reconciled; where the day is still to come.
pub fn period_lock(app: &App, input: PeriodLock) -> Result<PeriodDto, Failure> {
    let (id, name, currency) = which(app, &input.program, &input.currency)?;
    let through = date(&input.through, "through")?;
    if through > app.today()? {
        return Err(wrong(
            "through",
            "A period is locked when it is over.".to_owned(),
        ));
    }
    let rows = app.read(|read| {
        let ids = period::payouts_through(read, id, currency, through)?;
        ids.into_iter()
            .map(|id| {
                let row = payout::get(read, id)?;
                let around = Around::read(read, &row)?;
                Ok((row, around))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let mut open = Vec::new();
    for (row, around) in &rows {
        if !around.reconciled(row)? {
            open.push(payouts::named(row));
        }
    }
    if !open.is_empty() {
        const NAMED: usize = 5;
        let more = open.len().saturating_sub(NAMED);
        open.truncate(NAMED);
        let rest = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        return Err(Failure::refused(
            "period.open",
            format!("Payouts sent until {through} are not reconciled yet: {}{rest}.", open.join(", ")),
        )
        .hint("Match each to what arrived with `perennial ledger reconcile PAYOUT --deposit AMOUNT --on DATE`, and explain what is left."));
    }
    let at = app.now();
    app.edit(
        format!("Locked {name} in {currency} up to {through}"),
        |write| period::lock(write, id, currency, through, (at, input.note.trim())),
    )?;
    let locks = app.read(period::list)?;
    locks
        .into_iter()
        .find(|lock| lock.program == id && lock.currency == currency)
        .map(dto)
        .ok_or_else(|| wrong("program", "The period is not locked.".to_owned()))
}

/// Unlocks a period, whole or after an earlier day, and takes in what sources said of it meanwhile.
///
/// # Errors
/// Where it is not locked.
pub fn period_unlock(app: &App, input: PeriodUnlock) -> Result<PeriodUnlocked, Failure> {
    let (id, name, currency) = which(app, &input.program, &input.currency)?;
    let keep = input
        .keep
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| date(text, "keep"))
        .transpose()?;
    app.edit(format!("Unlocked {name} in {currency}"), |write| {
        period::unlock(write, id, currency, keep)
    })
    .map_err(|failure| {
        if failure.code == "history.nothing" {
            Failure::refused(
                "period.unlocked",
                format!("{name} in {currency} is not locked then."),
            )
            .hint("`perennial ledger locks` lists what is locked.")
        } else {
            failure
        }
    })?;
    // Facts of networks are no edit of a person: they come in as their imports and syncs brought them.
    let taken_in = app.write(|write| period::take_in(write, id, currency))?;
    Ok(PeriodUnlocked { taken_in })
}

fn which(app: &App, slug: &str, code: &str) -> Result<(ProgramId, String, Currency), Failure> {
    let currency = Currency::parse(code).map_err(|error| wrong("currency", format!("{error}.")))?;
    let program = app.read(|read| program::get(read, slug.trim()))?;
    Ok((program.id, program.name, currency))
}

fn dto(lock: Lock) -> PeriodDto {
    PeriodDto {
        program: lock.slug,
        name: lock.name,
        currency: lock.currency.code().to_owned(),
        through: lock.through.to_string(),
        locked_at: instant(lock.locked_at),
        note: lock.note,
        waiting: lock.waiting,
    }
}
