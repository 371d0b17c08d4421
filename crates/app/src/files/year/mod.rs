//! The statement of a year: what was earned by program and month, what was received, and how it was worked out.
//!
//! Two views stand side by side: what was earned (by the day of the sale) and what was received (by the day it arrived).
//! Which of them counts for taxes differs from place to place, so both are given and neither is called income.

mod page;
mod tables;

pub use page::pdf;
pub use tables::{csv, sheets};

use chrono::NaiveDate;
use perennial_domain::{Currency, Money, reconcile::Rate};

/// Everything in the statement of a year.
#[derive(Clone, Debug)]
pub struct YearStatement {
    /// The year.
    pub year: i32,
    /// The time zone that decides days.
    pub zone: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The year is not over yet.
    pub unfinished: bool,
    /// One line a program and currency.
    pub programs: Vec<ProgramLine>,
    /// One line a month and currency, without those in which nothing was.
    pub months: Vec<MonthLine>,
    /// What was received, oldest first.
    pub received: Vec<ReceivedLine>,
    /// What was received, by the currency it was paid in.
    pub totals: Vec<TotalLine>,
    /// One sum over all currencies, where the user gave rates.
    pub converted: Option<ConvertedLine>,
}

/// What one program earned and paid in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramLine {
    /// Its name.
    pub program: String,
    /// Commissions of the year.
    pub commissions: Money,
    /// What was taken back; zero or below.
    pub clawbacks: Money,
    /// Both together.
    pub earned: Money,
    /// What of its payouts was received in the year.
    pub received: Money,
}

/// What a month earned in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthLine {
    /// 1 to 12.
    pub month: u32,
    /// Commissions.
    pub commissions: Money,
    /// What was taken back; zero or below.
    pub clawbacks: Money,
    /// Both together.
    pub earned: Money,
    /// What was received.
    pub received: Money,
}

/// A payout that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLine {
    /// The day it arrived, else the day it was sent.
    pub on: NaiveDate,
    /// Whether that is the day it arrived.
    pub arrived: bool,
    /// The program or the connection.
    pub program: String,
    /// The network's own number.
    pub number: Option<String>,
    /// What the program says it paid.
    pub paid: Money,
    /// What was withheld on the way, in the payout's currency.
    pub fees: Money,
    /// What arrived, each in its own currency.
    pub deposits: Vec<Money>,
    /// The rates of deposits in another currency.
    pub rates: Vec<Rate>,
    /// Nothing of it is left to explain.
    pub reconciled: bool,
}

/// What was earned and received in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalLine {
    /// The currency.
    pub currency: Currency,
    /// Commissions of the year.
    pub commissions: Money,
    /// What was taken back; zero or below.
    pub clawbacks: Money,
    /// Both together.
    pub earned: Money,
    /// Payouts received.
    pub received: Money,
    /// What was withheld of them.
    pub fees: Money,
}

/// One sum over all currencies at the user's rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertedLine {
    /// What was earned.
    pub earned: Money,
    /// What was received.
    pub received: Money,
    /// What was withheld.
    pub fees: Money,
    /// The rates it took.
    pub rates: Vec<Rate>,
}

/// A month's name.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month)
        .ok()
        .and_then(|month| NAMES.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or("–")
}
