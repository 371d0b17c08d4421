//! Reports: sums by a key, how sales went, two periods compared, one sum over currencies at dated rates.

mod measures;
mod save;
mod year;

pub use save::{ledger_save, report_save, table_save};
pub use year::statement;

use crate::{
    App, Failure,
    commands::ledger::{rate_dto, rate_failure},
    dto::{Amount, Converted, Measures, Report, ReportInput, ReportRow},
    error::Place,
};
use chrono::{Datelike as _, Months, NaiveDate};
use perennial_domain::{Currency, Money, MoneyError, reconcile::Rate};
use perennial_store::table::{
    conversion::{self, Sums},
    program,
    report::{self, ReportBy, Span},
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A report.
///
/// # Errors
/// Where the key, a month, the program or a rate does not fit.
pub fn show(app: &App, input: ReportInput) -> Result<Report, Failure> {
    let by = ReportBy::parse(input.by.trim()).ok_or_else(|| {
        let words: Vec<&str> = ReportBy::words().collect();
        wrong(
            "by",
            format!("Earnings are not reported by “{}”.", input.by),
        )
        .hint(format!("They are by {}.", words.join(", ")))
    })?;
    let rates = rates(&input.rates, input.rate_source.as_deref())?;
    let span = span(
        app,
        (&input.from, "from"),
        (&input.to, "to"),
        input.program.as_deref(),
    )?;
    let before = match (&input.before_from, &input.before_to) {
        (None, None) => None,
        (from, to) => Some(self::span(
            app,
            (from, "before_from"),
            (to, "before_to"),
            input.program.as_deref(),
        )?),
    };
    let today = app.today()?;
    let sums = sums(app, by, span, today)?;
    let earlier = before
        .map(|before| {
            let shift = shift(by, span, before)?;
            Ok::<_, Failure>(aligned(self::sums(app, by, before, today)?, shift))
        })
        .transpose()?;
    let mut found = if input.measures {
        measures::all(app, by, span)?
    } else {
        BTreeMap::new()
    };
    let keyed = keyed(sums, earlier)?;
    let totals = totals(&keyed)?;
    let converted = if rates.is_empty() {
        None
    } else {
        Some(converted(&totals, &rates)?)
    };
    let mut rows = Vec::with_capacity(keyed.len());
    for ((key, currency), entry) in keyed {
        let measures = input
            .measures
            .then(|| found.remove(&(key.clone(), currency.code().to_owned())))
            .flatten();
        rows.push(row(by, key, &entry, measures)?);
    }
    Ok(Report {
        by: by.word().to_owned(),
        from: input.from,
        to: input.to,
        rows,
        totals: totals
            .iter()
            .map(|entry| row(by, None, entry, None))
            .collect::<Result<_, _>>()?,
        converted,
    })
}

fn sums(app: &App, by: ReportBy, span: Span, today: NaiveDate) -> Result<Vec<Sums>, Failure> {
    app.read(|read| match by {
        ReportBy::Sums(by) => {
            conversion::earnings(read, by, (span.from, span.to), span.program, today)
        }
        ReportBy::Country => report::by_country(read, span, today),
    })
}

/// Sums of one key, and what was earned in the period compared with.
pub(super) struct Entry {
    sums: Sums,
    before: Option<Money>,
}

type Keyed = BTreeMap<(Option<String>, Currency), Entry>;

fn keyed(now: Vec<Sums>, before: Option<Vec<Sums>>) -> Result<Keyed, Failure> {
    let compared = before.is_some();
    let mut keyed = Keyed::new();
    for sums in now {
        let currency = sums.earned.currency();
        keyed.insert(
            (sums.key.clone(), currency),
            Entry {
                before: compared.then(|| Money::zero(currency)),
                sums,
            },
        );
    }
    for old in before.unwrap_or_default() {
        let currency = old.earned.currency();
        let zero = Money::zero(currency);
        let entry = keyed
            .entry((old.key.clone(), currency))
            .or_insert_with(|| Entry {
                sums: Sums {
                    key: old.key.clone(),
                    program: None,
                    earned: zero,
                    reserve: zero,
                    due: zero,
                    paid: zero,
                    unknown: zero,
                },
                before: None,
            });
        let sum = entry.before.unwrap_or(zero).plus(old.earned);
        entry.before = Some(sum.map_err(|error| too_large(&error))?);
    }
    Ok(keyed)
}

/// One sum a currency.
fn totals(keyed: &Keyed) -> Result<Vec<Entry>, Failure> {
    let mut totals: BTreeMap<Currency, Entry> = BTreeMap::new();
    for ((_, currency), entry) in keyed {
        let zero = Money::zero(*currency);
        let total = totals.entry(*currency).or_insert_with(|| Entry {
            sums: Sums {
                key: None,
                program: None,
                earned: zero,
                reserve: zero,
                due: zero,
                paid: zero,
                unknown: zero,
            },
            before: entry.before.map(|_| zero),
        });
        let add = |one: Money, other: Money| one.plus(other).map_err(|error| too_large(&error));
        total.sums.earned = add(total.sums.earned, entry.sums.earned)?;
        total.sums.reserve = add(total.sums.reserve, entry.sums.reserve)?;
        total.sums.due = add(total.sums.due, entry.sums.due)?;
        total.sums.paid = add(total.sums.paid, entry.sums.paid)?;
        if let (Some(sum), Some(more)) = (total.before, entry.before) {
            total.before = Some(add(sum, more)?);
        }
    }
    Ok(totals.into_values().collect())
}

fn row(
    by: ReportBy,
    key: Option<String>,
    entry: &Entry,
    measures: Option<Measures>,
) -> Result<ReportRow, Failure> {
    let change = entry
        .before
        .map(|before| entry.sums.earned.minus(before))
        .transpose()
        .map_err(|error| too_large(&error))?;
    Ok(ReportRow {
        key: BTreeMap::from([(by.word().to_owned(), key)]),
        earned: Amount::from(entry.sums.earned),
        reserve: Amount::from(entry.sums.reserve),
        due: Amount::from(entry.sums.due),
        paid: Amount::from(entry.sums.paid),
        measures,
        before: entry.before.map(Amount::from),
        change: change.map(Amount::from),
        change_share: match (change, entry.before) {
            (Some(change), Some(before)) if !before.is_zero() => {
                share(change.amount(), before.amount().abs())
            }
            _ => None,
        },
    })
}

/// A quotient to four places; none where there is nothing to divide by.
pub(super) fn share(part: Decimal, of: Decimal) -> Option<String> {
    const PLACES: u32 = 4;
    Some(
        part.checked_div(of)?
            .round_dp(PLACES)
            .normalize()
            .to_string(),
    )
}

/// One sum over all currencies; the parts add up to what was earned.
fn converted(totals: &[Entry], rates: &[Rate]) -> Result<Converted, Failure> {
    let into = rates.first().map_or(Currency::USD, |rate| rate.to);
    let mut used: Vec<&Rate> = Vec::new();
    let zero = Money::zero(into);
    let (mut reserve, mut due, mut paid) = (zero, zero, zero);
    for entry in totals {
        let currency = entry.sums.earned.currency();
        let rate = rates.iter().find(|rate| rate.joins(currency, into));
        if currency != into {
            let rate = rate.ok_or_else(|| {
                Failure::refused(
                    "rate.needed",
                    format!("No rate joins {currency} and {into}, so they do not add up."),
                )
                .hint(format!("Give one more: `--rate {currency}/{into}=…@DATE`."))
            })?;
            used.push(rate);
        }
        let add = |sum: Money, part: Money| -> Result<Money, Failure> {
            let part = match rate {
                Some(rate) if currency != into => {
                    rate.convert(part).map_err(|error| rate_failure(&error))?
                }
                _ => part,
            };
            sum.plus(part).map_err(|error| too_large(&error))
        };
        reserve = add(reserve, entry.sums.reserve)?;
        due = add(due, entry.sums.due)?;
        paid = add(paid, entry.sums.paid)?;
    }
    let earned = reserve
        .plus(due)
        .and_then(|sum| sum.plus(paid))
        .map_err(|error| too_large(&error))?;
    Ok(Converted {
        currency: into.code().to_owned(),
        earned: Amount::from(earned),
        reserve: Amount::from(reserve),
        due: Amount::from(due),
        paid: Amount::from(paid),
        rates: used.into_iter().map(rate_dto).collect(),
    })
}

/// The rates that were given; all of one source.
pub(super) fn rates(texts: &[String], source: Option<&str>) -> Result<Vec<Rate>, Failure> {
    texts
        .iter()
        .map(|text| {
            Rate::parse(text, source.unwrap_or_default()).map_err(|error| rate_failure(&error))
        })
        .collect()
}

fn span(
    app: &App,
    (from, from_key): (&Option<String>, &str),
    (to, to_key): (&Option<String>, &str),
    slug: Option<&str>,
) -> Result<Span, Failure> {
    let month = |text: &Option<String>, key: &str| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| month_start(text, key))
            .transpose()
    };
    let slug = slug.map(str::trim).filter(|slug| !slug.is_empty());
    Ok(Span {
        from: month(from, from_key)?,
        to: month(to, to_key)?.and_then(|to| to.checked_add_months(Months::new(1))?.pred_opt()),
        program: slug
            .map(|slug| Ok::<_, Failure>(app.read(|read| program::get(read, slug))?.id))
            .transpose()?,
    })
}

pub(super) fn month_start(text: &str, key: &str) -> Result<NaiveDate, Failure> {
    let whole = text.len() == 7;
    let day = format!("{text}-01").parse().ok().filter(|_| whole);
    day.ok_or_else(|| {
        wrong(key, format!("“{text}” is not a month."))
            .hint("Write it as YYYY-MM, such as 2026-03.")
    })
}

/// How many months later the period is than the one it is compared with: months are compared one after the other.
fn shift(by: ReportBy, now: Span, before: Span) -> Result<Option<i32>, Failure> {
    if by.word() != "month" {
        return Ok(None);
    }
    let (Some(now), Some(before)) = (now.from, before.from) else {
        return Err(wrong(
            "before_from",
            "Months are compared from a first month on; name that of both periods.".to_owned(),
        ));
    };
    let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
    Ok(Some(months(now) - months(before)))
}

/// The months of the earlier period under those that they are compared with.
fn aligned(sums: Vec<Sums>, shift: Option<i32>) -> Vec<Sums> {
    let Some(shift) = shift else { return sums };
    sums.into_iter()
        .map(|mut sums| {
            sums.key = sums.key.and_then(|month| {
                let start: NaiveDate = format!("{month}-01").parse().ok()?;
                let by = Months::new(shift.unsigned_abs());
                let day = if shift < 0 {
                    start.checked_sub_months(by)?
                } else {
                    start.checked_add_months(by)?
                };
                Some(day.format("%Y-%m").to_string())
            });
            sums
        })
        .collect()
}

pub(super) fn too_large(error: &MoneyError) -> Failure {
    Failure::refused(
        "report.sums",
        format!("The report does not add up: {error}."),
    )
    .hint("Run `perennial book check`.")
}

pub(super) fn wrong(key: &str, message: String) -> Failure {
    Failure::refused("report.filter", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
