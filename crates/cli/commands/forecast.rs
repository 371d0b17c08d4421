//! `perennial forecast`.

use crate::{
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::forecast,
    dto::{AssumptionsInput, ForecastDone},
    files::{self, forecast as documents},
};
use std::path::PathBuf;

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
    /// Kaplan–Meier survival with late entry
    Survival {
        /// Durations, observed ends and entries
        #[arg(long, value_name = "FILE")]
        durations: PathBuf,
    },
    /// What a running subscription is still worth
    Residual {
        /// Parameters, renewals made and discount
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
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
            ..
        } => {
            let app = context.open()?;
            let supposed = forecast::assumptions(app, AssumptionsInput { program, months })?;
            let basis = supposed.basis.clone();
            let result = forecast::run(app, supposed)?;
            output::answer(context, &result, || book_text(&result, &basis))?;
        }
        Command::Fit {
            observations,
            model,
        } => {
            let result = documents::fit(&files::read_text(&observations)?, model.as_deref())?;
            output::json(&result)?;
        }
        Command::Survival { durations } => {
            output::json(&documents::survival(&files::read_text(&durations)?)?)?;
        }
        Command::Residual { from } => {
            output::json(&documents::residual(&files::read_text(&from)?)?)?;
        }
    }
    Ok(Outcome::Done)
}

fn scenario_text(result: &documents::ScenarioResult) -> String {
    let mut table = Table::new(&[
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

fn book_text(result: &ForecastDone, basis: &[String]) -> String {
    let mut table = Table::new(&["Month", ">Contracted", ">Assumed", ">Net", ">Paying"]);
    for month in &result.months {
        table.row([
            &month.month,
            &month.contracted,
            &month.assumed,
            &month.net,
            &month.active_paying,
        ]);
    }
    let basis: String = basis.iter().map(|line| format!("  {line}\n")).collect();
    format!(
        "{}\nNet over all months: {} {}\nBy:\n{basis}",
        table.text(),
        result.total,
        result.currency
    )
}
