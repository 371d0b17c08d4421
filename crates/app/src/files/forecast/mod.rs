//! The forecast's JSON files: scenarios, retention observations, durations and residual values.
//!
//! Every key is known or refused by its path, and every number is checked before it is used. Amounts are bare
//! decimal strings; the document's `currency` says which.

mod document;
mod fit;
mod residual;
mod result;
mod scenario;
mod survival;
#[cfg(test)]
mod tests;
mod write;

pub use fit::{FitResult, fit};
pub use residual::{ResidualResult, residual};
pub use result::{
    CumulativeResult, DEFAULT_SEED, Engine, MonthResult, PayoutResult, ScenarioResult, run,
    run_scenario, significant,
};
pub use scenario::{from_assumption_error, read_scenario};
pub use survival::{SurvivalResult, SurvivalResultRow, survival};
pub use write::write_scenario;
