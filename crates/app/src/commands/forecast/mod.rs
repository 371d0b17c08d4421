//! The forecast from the book: what it supposes, and the months ahead.

mod history;
mod scenario;

use super::{program::find, terms_view::Book};
use crate::{
    App, Failure,
    dto::{
        Amount, Assumptions, AssumptionsInput, ForecastDone, ForecastMonth, ForecastPlanMonth,
        ListInput, OverviewMonth,
    },
    files::forecast::significant,
};
use history::History;
use perennial_domain::program::Program;
use perennial_forecast::{
    Exact, Expected, expect,
    expected::{Origin, Part},
};
use perennial_store::table::program;
use rust_decimal::Decimal;
use scenario::Prepared;

/// Months ahead where the caller does not say.
const HORIZON: u32 = 24;

/// What the forecast of a program supposes, from the book: paying referrals now, new ones a month, renewals, refunds.
///
/// # Errors
/// Where there is no such program, or none with plans.
pub fn assumptions(app: &App, input: AssumptionsInput) -> Result<Assumptions, Failure> {
    let row = choose(app, input.program.as_deref())?;
    let today = app.today()?;
    let book = Book::load(app, row)?;
    let history = History::read(app, &book, today)?;
    history.assumptions(&book, today, input.months.unwrap_or(HORIZON))
}

/// The months ahead under given assumptions: exact expectations, contracted renewals apart from new referrals.
///
/// # Errors
/// Where a value is out of its range, by name.
pub fn run(app: &App, input: Assumptions) -> Result<ForecastDone, Failure> {
    let row = find(app, &input.program)?;
    let today = app.today()?;
    let book = Book::load(app, row)?;
    let history = History::read(app, &book, today)?;
    let prepared = Prepared::new(&book, &history, &input, today)?;
    Ok(done(&prepared, &expect(&prepared.scenario)))
}

/// The expected net of the coming months, for the first screen: by program, where a forecast is possible.
///
/// # Errors
/// Where the book cannot be read.
pub fn ahead(app: &App) -> Result<Vec<OverviewMonth>, Failure> {
    let mut months: Vec<OverviewMonth> = Vec::new();
    let programs = super::program::list(app, ListInput::default())?;
    for row in programs.items {
        let book = Book::load(app, find(app, &row.id)?)?;
        let today = app.today()?;
        let history = History::read(app, &book, today)?;
        if !history.has_rows() {
            continue;
        }
        let supposed = history.assumptions(&book, today, 12)?;
        let prepared = Prepared::new(&book, &history, &supposed, today)?;
        for month in done(&prepared, &expect(&prepared.scenario)).months {
            let currency = supposed.currency.clone();
            let known = months
                .iter_mut()
                .find(|known| known.month == month.month && known.amount.currency == currency);
            match known {
                Some(known) => known.amount.amount = sum(&known.amount.amount, &month.net),
                None => months.push(OverviewMonth {
                    amount: Amount {
                        amount: month.net,
                        currency,
                    },
                    month: month.month,
                }),
            }
        }
    }
    Ok(months)
}

/// The sum of two amounts of one currency that this module wrote itself.
fn sum(one: &str, other: &str) -> String {
    let read = |text: &str| text.parse::<Decimal>().unwrap_or_default();
    (read(one) + read(other)).to_string()
}

fn choose(app: &App, name: Option<&str>) -> Result<Program, Failure> {
    if let Some(name) = name {
        return find(app, name);
    }
    let today = app.today()?;
    for row in app
        .read(program::list)?
        .into_iter()
        .filter(|row| !row.archived)
    {
        let book = Book::load(app, row)?;
        if book.on(today)?.plans.is_some() {
            return Ok(book.program);
        }
    }
    Err(Failure::refused(
        "forecast.no_plans",
        "No program in the book has plans to forecast.",
    )
    .hint("Add plans to a program, or give a scenario file (--scenario)."))
}

fn done(prepared: &Prepared, expected: &Expected<Exact>) -> ForecastDone {
    let digits = prepared.scenario.currency.minor_digits();
    let money = |value: Exact| value.minor_units(digits).to_string();
    let net = |part: &Part<Exact>, month: usize| {
        let at = |figures: &[Exact]| figures.get(month).copied().unwrap_or_default();
        at(&part.gross) - at(&part.clawback)
    };
    let months = (0..expected.months()).map(|index| {
        let total = expected.month(index);
        let of = |origin: Origin, plan: Option<&str>| {
            let mut sum = Exact::default();
            for part in &expected.parts {
                let mine = plan.is_none_or(|plan| prepared.plan_of(part.plan) == Some(plan));
                if part.origin == origin && mine {
                    sum += net(part, index);
                }
            }
            money(sum)
        };
        let plans = prepared.plans.iter().map(|plan| ForecastPlanMonth {
            plan: plan.clone(),
            contracted: of(Origin::Contracted, Some(plan)),
            assumed: of(Origin::Assumed, Some(plan)),
        });
        let offset = i32::try_from(index).unwrap_or(i32::MAX);
        ForecastMonth {
            month: prepared.scenario.start.plus(offset).to_string(),
            net: money(total.net),
            contracted: of(Origin::Contracted, None),
            assumed: of(Origin::Assumed, None),
            direct: money(total.gross_direct - total.clawback_direct),
            second_tier: money(total.gross_second_tier - total.clawback_second_tier),
            clawback: money(total.clawback_direct + total.clawback_second_tier),
            sd: significant(expected.sd(index) / minor_scale(digits), 8),
            active_paying: total.active.decimal(4).to_string(),
            plans: plans.collect(),
        }
    });
    ForecastDone {
        months: months.collect(),
        rest: None,
        total: money(expected.total_net()),
        total_sd: significant(expected.total_sd() / minor_scale(digits), 8),
        currency: prepared.scenario.currency.code().to_owned(),
    }
}

/// Minor units in one unit, for the standard deviation, which is a statistic and no amount.
fn minor_scale(digits: u32) -> f64 {
    10_f64.powi(i32::try_from(digits).unwrap_or_default())
}
