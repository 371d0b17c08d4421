//! The statement of a year.

use super::{rates, save, too_large, wrong};
use crate::{
    App, Failure,
    commands::ledger::{YearPayout, payouts_of_year, rate_failure},
    dto::{Written, YearInput},
    files::{
        self, sheet,
        year::{ConvertedLine, MonthLine, ProgramLine, ReceivedLine, TotalLine, YearStatement},
    },
};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{Currency, Money, reconcile::Rate};
use perennial_store::table::report::{self, MonthOf};
use std::{collections::BTreeMap, path::Path};

/// Writes the statement of a year as PDF, XLSX or CSV.
///
/// # Errors
/// Where the year, a rate or the file's ending does not fit; where the file cannot be written.
pub fn statement(app: &App, input: YearInput) -> Result<Written, Failure> {
    let path = Path::new(&input.path);
    let ending = sheet::ending(path);
    if !["pdf", "csv", "xlsx"].contains(&ending.as_str()) {
        return Err(sheet::wrong_ending(&ending, "pdf, .csv or .xlsx"));
    }
    let rates = rates(&input.rates, input.rate_source.as_deref())?;
    let year = of_year(app, input.year, &rates)?;
    match ending.as_str() {
        "pdf" => files::write(path, files::year::pdf(&year)?)?,
        "csv" => files::write(path, files::year::csv(&year))?,
        _ => return save::save(&input.path, &files::year::sheets(&year)),
    }
    Ok(Written {
        files: vec![input.path],
    })
}

fn of_year(app: &App, year: i32, rates: &[Rate]) -> Result<YearStatement, Failure> {
    if !(1970..=9998).contains(&year) {
        return Err(wrong("year", format!("There is no year {year} to report.")));
    }
    let today = app.today()?;
    let earned = app.read(|read| report::year(read, year))?;
    let payouts = payouts_of_year(app, year)?;
    let (programs, months, totals) = lines(&earned, &payouts)?;
    let converted = if rates.is_empty() || totals.is_empty() {
        None
    } else {
        Some(converted(&totals, rates)?)
    };
    Ok(YearStatement {
        year,
        zone: app.zone()?.name().to_owned(),
        made_on: today,
        unfinished: NaiveDate::from_ymd_opt(year, 12, 31).is_some_and(|end| today <= end),
        programs,
        months,
        received: payouts.into_iter().map(|payout| payout.line).collect(),
        totals,
        converted,
    })
}

/// Sums of one key: commissions, clawbacks, received, withheld.
#[derive(Clone, Copy)]
struct Sum {
    commissions: Money,
    clawbacks: Money,
    received: Money,
    fees: Money,
}

impl Sum {
    fn zero(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            commissions: zero,
            clawbacks: zero,
            received: zero,
            fees: zero,
        }
    }

    fn earn(&mut self, of: &MonthOf) -> Result<(), Failure> {
        self.commissions = add(self.commissions, of.commissions)?;
        self.clawbacks = add(self.clawbacks, of.clawbacks)?;
        Ok(())
    }

    fn receive(&mut self, line: &ReceivedLine) -> Result<(), Failure> {
        self.received = add(self.received, line.paid)?;
        self.fees = add(self.fees, line.fees)?;
        Ok(())
    }

    fn earned(&self) -> Result<Money, Failure> {
        add(self.commissions, self.clawbacks)
    }
}

type Lines = (Vec<ProgramLine>, Vec<MonthLine>, Vec<TotalLine>);

fn lines(earned: &[MonthOf], payouts: &[YearPayout]) -> Result<Lines, Failure> {
    let mut programs: BTreeMap<(String, Currency), Sum> = BTreeMap::new();
    let mut months: BTreeMap<(Currency, u32), Sum> = BTreeMap::new();
    let mut totals: BTreeMap<Currency, Sum> = BTreeMap::new();
    for of in earned {
        let currency = of.commissions.currency();
        let zero = Sum::zero(currency);
        programs
            .entry((of.program.clone(), currency))
            .or_insert(zero)
            .earn(of)?;
        months
            .entry((currency, of.month))
            .or_insert(zero)
            .earn(of)?;
        totals.entry(currency).or_insert(zero).earn(of)?;
    }
    for payout in payouts {
        let line = &payout.line;
        let currency = line.paid.currency();
        let zero = Sum::zero(currency);
        programs
            .entry((line.program.clone(), currency))
            .or_insert(zero)
            .receive(line)?;
        months
            .entry((currency, line.on.month()))
            .or_insert(zero)
            .receive(line)?;
        totals.entry(currency).or_insert(zero).receive(line)?;
    }
    Ok((
        programs
            .into_iter()
            .map(|((program, _), sum)| {
                Ok(ProgramLine {
                    program,
                    commissions: sum.commissions,
                    clawbacks: sum.clawbacks,
                    earned: sum.earned()?,
                    received: sum.received,
                })
            })
            .collect::<Result<_, Failure>>()?,
        months
            .into_iter()
            .map(|((_, month), sum)| {
                Ok(MonthLine {
                    month,
                    commissions: sum.commissions,
                    clawbacks: sum.clawbacks,
                    earned: sum.earned()?,
                    received: sum.received,
                })
            })
            .collect::<Result<_, Failure>>()?,
        totals
            .into_iter()
            .map(|(currency, sum)| {
                Ok(TotalLine {
                    currency,
                    commissions: sum.commissions,
                    clawbacks: sum.clawbacks,
                    earned: sum.earned()?,
                    received: sum.received,
                    fees: sum.fees,
                })
            })
            .collect::<Result<_, Failure>>()?,
    ))
}

/// One sum over all currencies, in the one that the first rate leads to.
fn converted(totals: &[TotalLine], rates: &[Rate]) -> Result<ConvertedLine, Failure> {
    let into = rates.first().map_or(Currency::USD, |rate| rate.to);
    let zero = Money::zero(into);
    let mut sum = ConvertedLine {
        earned: zero,
        received: zero,
        fees: zero,
        rates: Vec::new(),
    };
    for line in totals {
        let rate = rates
            .iter()
            .find(|rate| rate.joins(line.currency, into))
            .filter(|_| line.currency != into);
        if line.currency != into && rate.is_none() {
            return Err(Failure::refused(
                "rate.needed",
                format!(
                    "No rate joins {} and {into}, so they do not add up.",
                    line.currency
                ),
            )
            .hint(format!(
                "Give one more: `--rate {}/{into}=…@DATE`.",
                line.currency
            )));
        }
        let part = |amount: Money| -> Result<Money, Failure> {
            rate.map_or(Ok(amount), |rate| {
                rate.convert(amount).map_err(|error| rate_failure(&error))
            })
        };
        sum.earned = add(sum.earned, part(line.earned)?)?;
        sum.received = add(sum.received, part(line.received)?)?;
        sum.fees = add(sum.fees, part(line.fees)?)?;
        sum.rates.extend(rate.cloned());
    }
    Ok(sum)
}

fn add(one: Money, other: Money) -> Result<Money, Failure> {
    one.plus(other).map_err(|error| too_large(&error))
}
