//! `perennial forecast`.

mod chart;
mod scenario;
mod text;

use crate::{
    context::{Context, Outcome},
    output,
};
use chart::Bar;
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::forecast,
    dto::{
        AssumptionsInput, BacktestInput, BandsInput, Empty, EvidenceInput, ExplainInput,
        ForecastBands, ForecastChannels, ForecastDone, GoalInput, PriorSet, ResidualInput,
    },
    files::{self, forecast as documents},
};
use serde::Serialize;
use std::path::PathBuf;
pub use text::months;

/// The months ahead.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Forecast a scenario file, or the book without one
    Run {
        /// The scenario; without it the book's own referrals
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// Simulated paths, for quantiles and payouts
        #[arg(long, value_name = "N")]
        paths: Option<u32>,
        /// One seed gives one result
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Without a scenario: the program
        #[arg(long, value_name = "ID", conflicts_with = "scenario")]
        program: Option<String>,
        /// Without a scenario: months ahead
        #[arg(long, value_name = "N", conflicts_with = "scenario")]
        months: Option<u32>,
        /// Without a scenario: what each channel brings, too
        #[arg(long, value_name = "WHAT", value_parser = ["channel"], conflicts_with = "scenario")]
        by: Option<String>,
    },
    /// Fit retention to observed cohorts
    Fit {
        /// The survivors of each cohort
        #[arg(long, value_name = "FILE")]
        observations: PathBuf,
        /// auto, sbg, bdw or geometric
        #[arg(long)]
        model: Option<String>,
    },
    /// Kaplan–Meier survival with late entry: of a file, or of the book's own customers beside what was fitted
    Survival {
        /// Durations, observed ends and entries; without it the book's own customers
        #[arg(long, value_name = "FILE")]
        durations: Option<PathBuf>,
        /// Without a file: the program
        #[arg(long, value_name = "ID", conflicts_with = "durations")]
        program: Option<String>,
        /// Without a file: term, plan, tier, channel or campaign
        #[arg(long, value_name = "WHAT", conflicts_with = "durations")]
        by: Option<String>,
    },
    /// What a running subscription is still worth
    Residual {
        /// Parameters, renewals made and discount
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// What it takes to reach so much a month by a month
    Goal {
        /// Net commission of that month, such as 5000
        #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
        net: String,
        /// The month, such as 2026-12
        #[arg(long, value_name = "MONTH")]
        by: String,
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Simulated paths
        #[arg(long, value_name = "N")]
        paths: Option<u32>,
        /// One seed gives one result
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// What is behind a number: its arithmetic, its assumptions, the rows it rests on
    Explain {
        /// month, rest, total, payout, `at_risk`, actual, assumption, residual, wall, cohort, goal, channel,
        /// accuracy or scenario
        what: String,
        /// The month, the run day, the assumption's key, "2026-03 channel" of a cohort, "2026-12 5000" of a goal,
        /// a channel's name, months ahead of the accuracy, a scenario's id
        #[arg(default_value = "")]
        key: String,
        /// One plan's part alone; of a cohort its group; of a goal `channel:NAME`; of a scenario what it is compared with
        #[arg(long, value_name = "ID")]
        plan: Option<String>,
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
    },
    /// The forecast taken back to earlier months, against what came
    Backtest {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Months ahead at each origin, 1 to 24
        #[arg(long, value_name = "N")]
        horizon: Option<u32>,
        /// Simulated paths at each origin
        #[arg(long, value_name = "N")]
        paths: Option<u32>,
        /// One seed gives one result
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// Saved scenarios
    #[command(subcommand)]
    Scenario(scenario::Command),
    /// Which annual renewals fall when
    Wall {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Months ahead
        #[arg(long, value_name = "N")]
        months: Option<u32>,
    },
    /// What those who pay now will still bring, discounted
    Worth {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Discount a year, such as 0.10
        #[arg(long, value_name = "SHARE")]
        discount: Option<String>,
    },
    /// Your own customers by the month in which they began: observed against fitted
    Cohorts {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// term, plan, tier, channel or campaign
        #[arg(long)]
        by: Option<String>,
        /// One group
        #[arg(long)]
        group: Option<String>,
    },
    /// What moves the forecast most, in money
    Tornado {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Months ahead
        #[arg(long, value_name = "N")]
        months: Option<u32>,
    },
    /// Kept forecasts against what came
    Accuracy {
        /// The program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
    },
    /// Common values that stand in while the book says little
    Priors {
        /// Set this one, such as `renewal.monthly`
        #[arg(long, value_name = "KEY")]
        set: Option<String>,
        /// Its value; without one the built-in value comes back
        #[arg(long, requires = "set")]
        value: Option<String>,
        /// How many observations it counts as
        #[arg(long, requires = "value")]
        weight: Option<String>,
        /// Where it comes from
        #[arg(long, requires = "value")]
        source: Option<String>,
    },
}

/// The forecast from the book with its ranges.
#[derive(Serialize)]
struct FromBook {
    #[serde(flatten)]
    forecast: ForecastDone,
    bands: ForecastBands,
    basis: Vec<String>,
    /// Where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_channel: Option<ForecastChannels>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Run {
            scenario: Some(path),
            paths,
            seed,
            ..
        } => {
            let result = documents::run_scenario(&files::read_text(&path)?, paths, seed)?;
            output::answer(context, &result, || scenario_text(&result))?;
        }
        Command::Run {
            scenario: None,
            program,
            months,
            paths,
            seed,
            by,
        } => {
            let input = AssumptionsInput { program, months };
            let result = from_book(context, input, paths, seed, by.is_some())?;
            output::answer(context, &result, || book_text(&result))?;
        }
        Command::Fit {
            observations,
            model,
        } => {
            let result = documents::fit(&files::read_text(&observations)?, model.as_deref())?;
            output::json(&result)?;
        }
        Command::Survival {
            durations: Some(file),
            ..
        } => {
            output::json(&documents::survival(&files::read_text(&file)?)?)?;
        }
        Command::Residual { from } => {
            output::json(&documents::residual(&files::read_text(&from)?)?)?;
        }
        Command::Scenario(command) => return scenario::run(command, context),
        command => on_book(command, context)?,
    }
    Ok(Outcome::Done)
}

/// What is asked of the book.
fn on_book(command: Command, context: &Context) -> Result<(), Failure> {
    let app = context.open()?;
    match command {
        Command::Goal {
            net,
            by,
            program,
            paths,
            seed,
        } => {
            let input = GoalInput {
                assumptions: None,
                program,
                net,
                by,
                paths,
                seed,
                job: None,
            };
            let goal = forecast::goal(app, input)?;
            output::answer(context, &goal, || text::goal(&goal))
        }
        Command::Explain {
            what,
            key,
            plan,
            program,
        } => {
            let input = ExplainInput {
                assumptions: None,
                program,
                what,
                key,
                plan,
            };
            let explanation = forecast::explain(app, input)?;
            output::answer(context, &explanation, || text::explanation(&explanation))
        }
        Command::Backtest {
            program,
            horizon,
            paths,
            seed,
        } => {
            let input = BacktestInput {
                program,
                horizon,
                paths,
                seed,
                job: None,
            };
            let backtest = forecast::backtest(app, input)?;
            output::answer(context, &backtest, || text::backtest(&backtest))
        }
        Command::Wall { program, months } => {
            let wall = forecast::wall(app, AssumptionsInput { program, months })?;
            output::answer(context, &wall, || text::wall(&wall))
        }
        Command::Worth { program, discount } => {
            let worth = forecast::residual(app, ResidualInput { program, discount })?;
            output::answer(context, &worth, || text::worth(&worth))
        }
        Command::Survival { program, by, .. } => {
            let input = EvidenceInput {
                program,
                by,
                group: None,
            };
            let curves = forecast::survival(app, input)?;
            output::answer(context, &curves, || text::survival(&curves))
        }
        Command::Cohorts { program, by, group } => {
            let table = forecast::cohorts(app, EvidenceInput { program, by, group })?;
            output::answer(context, &table, || text::cohorts(&table))
        }
        Command::Tornado { program, months } => {
            let supposed = forecast::assumptions(app, AssumptionsInput { program, months })?;
            let tornado = forecast::tornado(app, supposed)?;
            output::answer(context, &tornado, || text::tornado(&tornado))
        }
        Command::Accuracy { program } => {
            let input = AssumptionsInput {
                program,
                months: None,
            };
            let log = forecast::accuracy(app, input)?;
            output::answer(context, &log, || text::accuracy(&log))
        }
        Command::Priors {
            set,
            value,
            weight,
            source,
        } => {
            let priors = match set {
                None => forecast::priors(app, Empty {})?,
                Some(key) => {
                    let input = PriorSet {
                        key,
                        value,
                        weight,
                        source,
                    };
                    forecast::prior_set(app, input)?
                }
            };
            output::answer(context, &priors, || text::priors(&priors))
        }
        // The others need no book and were answered above.
        _ => Ok(()),
    }
}

fn from_book(
    context: &Context,
    input: AssumptionsInput,
    paths: Option<u32>,
    seed: Option<u64>,
    channels: bool,
) -> Result<FromBook, Failure> {
    let app = context.open()?;
    let supposed = forecast::assumptions(app, input)?;
    let basis = supposed.basis.clone();
    let program = supposed.program.clone();
    let done = forecast::run(app, supposed.clone())?;
    let by_channel = channels
        .then(|| forecast::channels(app, supposed.clone()))
        .transpose()?;
    let bands = forecast::bands(
        app,
        BandsInput {
            assumptions: supposed,
            paths,
            seed,
            job: None,
        },
    )?;
    forecast::keep(app, &program)?;
    Ok(FromBook {
        forecast: done,
        bands,
        basis,
        by_channel,
    })
}

fn scenario_text(result: &documents::ScenarioResult) -> String {
    let mut table = output::Table::new(&[
        "Month",
        ">Direct",
        ">Second tier",
        ">Net",
        ">Paying",
        ">MRR",
    ]);
    for month in &result.months {
        table.row([
            month.month.clone(),
            month.gross_direct.clone(),
            month.gross_second_tier.clone(),
            month.net.clone(),
            month.active_paying.clone(),
            month.commission_mrr.clone(),
        ]);
    }
    format!(
        "{}\nNet over all months: {}\n",
        table.text(),
        result.cumulative.net
    )
}

fn book_text(result: &FromBook) -> String {
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    let bars: Vec<Bar> = result
        .bands
        .months
        .iter()
        .map(|month| Bar {
            label: month.month.clone(),
            range: [
                number(&month.band.low),
                number(&month.band.middle),
                number(&month.band.high),
            ],
            value: format!("{} to {}", month.band.low, month.band.high),
        })
        .collect();
    let basis: String = result
        .basis
        .iter()
        .map(|line| format!("  {line}\n"))
        .collect();
    let channels = result.by_channel.as_ref().map(text::channels);
    format!(
        "{}\n{}Eight times of ten a month ends within its range:\n{}\n{}By:\n{basis}",
        months(&result.forecast),
        channels.unwrap_or_default(),
        chart::ranges(&bars, chart::fine()),
        text::payouts(&result.bands.payouts),
    )
}
