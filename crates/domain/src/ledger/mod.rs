//! The ledger: what was earned, what is on hold, what is due, what was paid.

mod entry;
mod maturity;
mod schedule;

pub use entry::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, StatusField, Tier};
pub use maturity::{
    NOT_YET, NextPayout, Open, first_run, matures_on, next_payout, released_on, run_date,
};
pub use schedule::{
    Posting, PostingKind, Schedule, ScheduleError, ScheduleRow, ScheduleTerms, schedule,
};
