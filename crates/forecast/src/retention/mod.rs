//! Who stays: survival curves, and their fits to what was observed.

pub mod bdw;
pub mod cohorts;
mod curve;
pub mod geometric;
pub mod kaplan_meier;
pub mod posterior;
pub mod sbg;
pub mod select;

pub use cohorts::{CohortError, Cohorts};
pub use curve::conditional_survival;
pub use posterior::{CountPrediction, CredibleMean, Posterior, PosteriorError, Prior};
pub use select::{Choice, Fit, Model, Parameters, fit};
