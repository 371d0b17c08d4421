//! Journeys in the real window. They need a display and a driver, which `cargo xtask test --only window` gives them.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(target_os = "linux")]

mod dispute;
mod first_run;
mod main_job;
mod settle;
