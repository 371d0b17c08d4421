//! The rules, one a file, grouped by what they come from: a program's terms, a market's law, or good practice.

pub mod kartra;
pub mod law_us;
pub mod search_engines;
