//! The forecast from the book: what it supposes, the months ahead, and what is asked of them.

mod accuracy;
mod assume;
mod backtest;
mod bands;
mod basis;
mod channels;
mod compare;
mod evidence;
mod explain;
mod export;
mod flows;
mod goal;
mod kept;
mod lives;
mod loaded;
mod methods;
mod months;
mod open;
mod parts;
mod priors;
mod saved;
mod scenario;
mod snapshot;
mod tornado;
mod under;
mod value;

pub use accuracy::accuracy;
pub use backtest::backtest;
pub use bands::bands;
pub use channels::channels;
pub use compare::scenario_compare;
pub use evidence::{cohorts, survival};
pub use explain::explain;
pub use export::export;
pub use flows::Flow;
pub use goal::goal;
pub use kept::{ahead, flows, overview_ahead, own_customers, second_tier_ahead, to_come};
pub use loaded::Memory;
pub use methods::methods;
pub use priors::{prior_set, priors};
pub use saved::{
    scenario_duplicate, scenario_export, scenario_id, scenario_import, scenario_list,
    scenario_remove, scenario_save, scenario_show,
};
pub use tornado::{change, tornado};
pub(crate) use under::under;
pub use value::{Own, customer_worth, discount, residual, wall};

use super::{program::find, terms_view::Book};
use crate::{
    App, Failure,
    dto::{Assumptions, AssumptionsInput, ForecastDone, ForecastOpened},
};
use loaded::{Loaded, load};
use perennial_domain::program::Program;
use perennial_store::table::program;
use rust_decimal::Decimal;
use scenario::Prepared;
use std::sync::Arc;

/// Months ahead where the caller does not say.
const HORIZON: u32 = 24;

/// What the forecast of a program supposes, from the book: paying referrals now, new ones a month, renewals, refunds.
///
/// # Errors
/// Where there is no such program, or none with plans.
pub fn assumptions(app: &App, input: AssumptionsInput) -> Result<Assumptions, Failure> {
    chosen(app, input.program.as_deref())?.assumptions(input.months.unwrap_or(HORIZON))
}

/// The months ahead under given assumptions: expectations, contracted renewals apart from new referrals. Analytic, so
/// fast enough to follow a slider.
///
/// # Errors
/// Where a value is out of its range, by name.
pub fn run(app: &App, input: Assumptions) -> Result<ForecastDone, Failure> {
    let loaded = of_program(app, &input.program)?;
    Ok(months::done(&Prepared::new(&loaded, &input)?))
}

/// Everything that the forecast of a program opens with. The forecast of the day is kept, to be compared with what comes.
///
/// # Errors
/// As [`assumptions`].
pub fn open(app: &App, input: AssumptionsInput) -> Result<ForecastOpened, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let assumptions = loaded.assumptions(input.months.unwrap_or(HORIZON))?;
    let forecast = months::done(&Prepared::new(&loaded, &assumptions)?);
    let snapshot = snapshot::keep(app, &loaded)?;
    Ok(ForecastOpened {
        actuals: months::actuals(&loaded),
        notices: loaded.notices(),
        assumptions,
        forecast,
        snapshot,
    })
}

/// Keeps the forecast of the day, as [`open`] does, for one that was run from the command line.
///
/// # Errors
/// Where the book cannot be read or written.
pub fn keep(app: &App, program: &str) -> Result<(), Failure> {
    let loaded = of_program(app, program)?;
    snapshot::keep(app, &loaded).map(drop)
}

/// The sum of two amounts of one currency that this module wrote itself.
fn sum(one: &str, other: &str) -> String {
    let read = |text: &str| text.parse::<Decimal>().unwrap_or_default();
    (read(one) + read(other)).to_string()
}

fn of_program(app: &App, name: &str) -> Result<Arc<Loaded>, Failure> {
    load(app, find(app, name)?)
}

/// The program asked for, or the first one with plans.
fn chosen(app: &App, name: Option<&str>) -> Result<Arc<Loaded>, Failure> {
    load(app, choose(app, name)?)
}

/// What was supposed, or what the book says of the program.
fn supposed(
    app: &App,
    given: Option<Assumptions>,
    program: Option<&str>,
) -> Result<(Arc<Loaded>, Assumptions), Failure> {
    if let Some(given) = given {
        return Ok((of_program(app, &given.program)?, given));
    }
    let loaded = chosen(app, program)?;
    let assumptions = loaded.assumptions(HORIZON)?;
    Ok((loaded, assumptions))
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
