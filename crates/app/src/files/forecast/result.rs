//! The result of a scenario, in the shape of the contract.

use super::scenario::{from_assumption_error, read_scenario};
use crate::{Failure, error::Place};
use perennial_forecast::{
    Exact, Month, Scenario, Simulated, SimulationOptions, expect,
    expected::{Expected, MonthExpected},
    simulate,
};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The seed where none is given: the same file then gives the same ranges every time.
pub const DEFAULT_SEED: u64 = 1;

/// What a scenario comes to. Amounts are bare decimals in the scenario's currency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScenarioResult {
    /// One a month.
    pub months: Vec<MonthResult>,
    /// All months together.
    pub cumulative: CumulativeResult,
    /// The payout runs within the months.
    pub payouts: Vec<PayoutResult>,
    /// How it was computed.
    pub engine: Engine,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthResult {
    /// `2026-03`.
    pub month: String,
    /// Expected direct commissions before clawbacks.
    pub gross_direct: String,
    /// Expected second-tier commissions before clawbacks.
    pub gross_second_tier: String,
    /// Expected direct commissions taken back.
    pub clawback_direct: String,
    /// Expected second-tier commissions taken back.
    pub clawback_second_tier: String,
    /// Expected commissions less clawbacks.
    pub net: String,
    /// Expected customers inside a paid term at the month's end, to four decimals.
    pub active_paying: String,
    /// Expected commission a month of their terms.
    pub commission_mrr: String,
    /// Standard deviation of the net, to eight significant digits.
    pub sd: String,
    /// Simulated quantiles of the net.
    pub quantiles: BTreeMap<String, String>,
}

/// All months together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CumulativeResult {
    /// Expected net.
    pub net: String,
    /// Its standard deviation, to eight significant digits.
    pub sd: String,
    /// Simulated quantiles.
    pub quantiles: BTreeMap<String, String>,
}

/// One payout run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PayoutResult {
    /// The run day.
    pub run: String,
    /// Mean payout.
    pub expected: String,
    /// The chance that anything is paid.
    pub probability: f64,
    /// Quantiles of the payout.
    pub quantiles: BTreeMap<String, String>,
}

/// How a result was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Engine {
    /// `simulated` where quantiles or payouts were asked for, else `analytic`. Months are analytic either way.
    pub method: &'static str,
    /// Simulated paths.
    pub paths: u32,
    /// Their seed.
    pub seed: u64,
}

/// Reads and runs a scenario. Quantiles and payouts are simulated with `paths` paths (a sensible number where
/// `None`) from `seed` ([`DEFAULT_SEED`] where `None`).
///
/// # Errors
/// As [`read_scenario`]; `forecast.out_of_range` for 0 paths and `forecast.too_large` for too many.
pub fn run_scenario(
    text: &str,
    paths: Option<u32>,
    seed: Option<u64>,
) -> Result<ScenarioResult, Failure> {
    let scenario = read_scenario(text)?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let options = SimulationOptions {
        paths,
        seed: seed.unwrap_or(DEFAULT_SEED),
        threads,
        stop: None,
    };
    run(&scenario, &options)
}

/// Runs a scenario that has been read or made by hand.
///
/// # Errors
/// As [`run_scenario`]; `job.cancelled` where the options' stop sign was set on the way.
pub fn run(
    scenario: &Scenario,
    options: &SimulationOptions<'_>,
) -> Result<ScenarioResult, Failure> {
    scenario
        .check()
        .map_err(|error| from_assumption_error(&error))?;
    if options.paths == Some(0) {
        return Err(Failure::refused(
            "forecast.out_of_range",
            "0 paths say nothing; ask for 1 or more.",
        )
        .at(Place {
            key: Some("paths".to_owned()),
            ..Place::default()
        }));
    }
    let expected = expect(scenario);
    let asked = !scenario.quantiles.is_empty() || scenario.payout.is_some();
    let simulated = if asked {
        let simulated =
            simulate(scenario, options).map_err(|error| from_assumption_error(&error))?;
        Some(
            simulated
                .ok_or_else(|| Failure::refused("job.cancelled", "The forecast was cancelled."))?,
        )
    } else {
        None
    };
    Ok(Printer {
        scenario,
        digits: scenario.currency.minor_digits(),
    }
    .result(&expected, simulated.as_ref(), options))
}

struct Printer<'a> {
    scenario: &'a Scenario,
    digits: u32,
}

impl Printer<'_> {
    fn result(
        &self,
        expected: &Expected<Exact>,
        simulated: Option<&Simulated>,
        options: &SimulationOptions<'_>,
    ) -> ScenarioResult {
        let months = (0..expected.months())
            .map(|i| {
                let quantiles = simulated
                    .and_then(|s| s.months.get(i))
                    .map_or(&[][..], Vec::as_slice);
                self.month(
                    expected.start.plus(i32::try_from(i).unwrap_or(0)),
                    &expected.month(i),
                    expected.sd(i),
                    quantiles,
                )
            })
            .collect();
        let payouts = simulated.iter().flat_map(|s| &s.payouts);
        ScenarioResult {
            months,
            cumulative: CumulativeResult {
                net: self.amount(expected.total_net()),
                sd: self.sd(expected.total_sd()),
                quantiles: self.quantiles(simulated.map_or(&[][..], |s| &s.total)),
            },
            payouts: payouts
                .map(|payout| PayoutResult {
                    run: payout.run.to_string(),
                    expected: payout.expected.to_string(),
                    probability: payout.probability,
                    quantiles: self.quantiles(&payout.quantiles),
                })
                .collect(),
            engine: Engine {
                method: if simulated.is_some() {
                    "simulated"
                } else {
                    "analytic"
                },
                paths: simulated.map_or(0, |s| s.paths),
                seed: options.seed,
            },
        }
    }

    fn month(
        &self,
        month: Month,
        figures: &MonthExpected<Exact>,
        sd: f64,
        quantiles: &[i64],
    ) -> MonthResult {
        MonthResult {
            month: month.to_string(),
            gross_direct: self.amount(figures.gross_direct),
            gross_second_tier: self.amount(figures.gross_second_tier),
            clawback_direct: self.amount(figures.clawback_direct),
            clawback_second_tier: self.amount(figures.clawback_second_tier),
            net: self.amount(figures.net),
            active_paying: figures.active.decimal(4).to_string(),
            commission_mrr: self.amount(figures.mrr),
            sd: self.sd(sd),
            quantiles: self.quantiles(quantiles),
        }
    }

    fn amount(&self, minor: Exact) -> String {
        minor.minor_units(self.digits).to_string()
    }

    fn sd(&self, minor: f64) -> String {
        significant(
            minor / 10_f64.powi(i32::try_from(self.digits).unwrap_or(0)),
            8,
        )
    }

    fn quantiles(&self, values: &[i64]) -> BTreeMap<String, String> {
        let amounts = values
            .iter()
            .map(|&minor| Decimal::new(minor, self.digits).to_string());
        self.scenario
            .quantiles
            .iter()
            .map(ToString::to_string)
            .zip(amounts)
            .collect()
    }
}

/// A float as a plain decimal of so many significant digits (1 to 17); 0 is "0".
pub fn significant(value: f64, digits: u8) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let scientific = format!("{value:.*e}", usize::from(digits.saturating_sub(1)));
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let decimals = i64::from(digits) - 1 - exponent;
    if let Ok(decimals) = usize::try_from(decimals) {
        return format!("{value:.decimals$}");
    }
    let zeros = usize::try_from(-decimals).unwrap_or(0);
    format!("{}{}", mantissa.replace('.', ""), "0".repeat(zeros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_eight_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (183.456_789_123, "183.45679"),
            (0.001_234_567_891, "0.0012345679"),
            (99_999_999.6, "100000000"),
            (9.999_999_99, "10.000000"),
            (1_234_567_890.12, "1234567900"),
            (12_345_678.4, "12345678"),
        ] {
            assert_eq!(significant(value, 8), text, "{value}");
        }
    }
}
