//! Values kept beside the facts they follow from: a row's program, plan, day, maturity, what it earned, what of it is
//! paid, and its link. They are kept so that every list and total is one indexed read.

mod attribution;
mod deriver;
mod inputs;
mod milestone;
mod refresh;

pub(crate) use deriver::{Derived, Deriver, Facts};
pub(crate) use milestone::{reached, settle as settle_milestones};
pub use refresh::differences;
pub(crate) use refresh::{after, current, current_unless_locked, parents, rows_of};
