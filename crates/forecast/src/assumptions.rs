//! What a forecast is made from.
//!
//! Build a [`Scenario`] by hand or from a file, then [`Scenario::check`] it: the engines take only checked ones.

use crate::calendar::Month;
use chrono::NaiveDate;
use perennial_domain::Currency;
use rust_decimal::Decimal;
use thiserror::Error;

/// Most months a forecast may span.
pub const MAX_MONTHS: u32 = 600;
/// Most referrals a month of one stream, and most customers in one row of the opening book.
pub const MAX_COUNT: u64 = 1_000_000_000_000;
/// Most plans in one scenario.
pub const MAX_PLANS: usize = 1_000;
/// Most streams, and most rows of the opening book.
pub const MAX_ROWS: usize = 100_000;
/// Most quantiles of one scenario.
pub const MAX_QUANTILES: usize = 1_000;
/// Most days of a trial, of a hold, or before a refund.
pub const MAX_DAYS: u32 = 3_660;
/// Most months in a plan's term.
pub const MAX_TERM: u32 = 600;
/// Most renewals that a row of the opening book may have paid.
pub const MAX_RENEWALS: u32 = 10_000;
/// The range of retention parameters (α, β, a, b, c); past it the curve is a limit that a simpler model gives.
pub const SHAPES: (f64, f64) = (1e-9, 1e9);

/// Everything a forecast rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The first month.
    pub start: Month,
    /// How many months, 1..=600.
    pub months: u32,
    /// The currency of every amount.
    pub currency: Currency,
    /// The plans that can be sold.
    pub plans: Vec<Plan>,
    /// What a payment earns.
    pub commission: Rates,
    /// From referral to first payment.
    pub trial: Trial,
    /// Who renews, in the order of `plans`; `None` where no referral needs it.
    pub retention: Vec<Option<Retention>>,
    /// Refunds of first payments.
    pub refund: Refund,
    /// New referrals; `None` where only the opening book pays.
    pub arrivals: Option<Arrivals>,
    /// Customers who are paying already.
    pub opening_book: Vec<OpeningRow>,
    /// Moves between plans, month by month.
    pub switching: Option<Switching>,
    /// How commissions become payouts; `None` where payouts are not asked for.
    pub payout: Option<PayoutTerms>,
    /// The quantiles asked for, each in 0..=1.
    pub quantiles: Vec<Decimal>,
}

/// A plan and its price for one term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name within the scenario.
    pub id: String,
    /// The price of one term, in the scenario's currency.
    pub price: Decimal,
    /// Months that one payment covers, 1 or more.
    pub term_months: u32,
}

/// Who referred the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The affiliate.
    Direct,
    /// An affiliate whom the affiliate brought in.
    Second,
}

/// Commission rates, both of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Rate on direct referrals, 0..=1.
    pub direct: Decimal,
    /// Rate on second-tier referrals, 0..=1.
    pub second_tier: Decimal,
    /// A payment earns nothing when it falls more than so many months after the first; `None` is for life.
    pub max_months: Option<u32>,
}

/// The trial before the first payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Days from sign-up to first payment.
    pub days: u32,
    /// The probability that a referral becomes a customer.
    pub conversion: Decimal,
}

/// Refunds of first payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The probability that a first payment is refunded.
    pub probability: Decimal,
    /// Days from that payment to the posting of its refund.
    pub after_days: u32,
}

/// The chance that a customer is still there after so many renewals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// The same chance at each renewal: s(j) = renewal^j.
    Constant {
        /// The chance of one renewal, 0..=1.
        renewal: Decimal,
    },
    /// Shifted beta-geometric: s(j) = B(α, β+j)/B(α, β). Fader & Hardie 2007.
    Sbg {
        /// α > 0.
        alpha: Decimal,
        /// β > 0.
        beta: Decimal,
    },
    /// Beta-discrete-Weibull: s(j) = B(a, b+j^c)/B(a, b). Fader, Hardie, Liu, Davin & Steenburgh 2018.
    Bdw {
        /// a > 0.
        a: Decimal,
        /// b > 0.
        b: Decimal,
        /// c > 0; at 1 this is sBG.
        c: Decimal,
    },
}

/// New referrals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrivals {
    /// How the counts are meant.
    pub process: Process,
    /// The streams.
    pub streams: Vec<Stream>,
}

/// How a stream's count is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    /// Exactly that many, so a whole number.
    Fixed,
    /// That many on average, Poisson distributed.
    Poisson,
}

/// Referrals that come month after month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Index into the scenario's plans.
    pub plan: usize,
    /// Direct or second tier.
    pub tier: Tier,
    /// Referrals in each month of the stream.
    pub count: Decimal,
    /// The first month; `None` is the scenario's first. One before the start keeps its rhythm.
    pub from: Option<Month>,
    /// The last month, inclusive; `None` is the scenario's last.
    pub until: Option<Month>,
    /// Months from one to the next, counted from `from`; 1 is every month.
    pub every: u32,
}

/// Customers who are paying already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningRow {
    /// Index into the scenario's plans.
    pub plan: usize,
    /// Direct or second tier.
    pub tier: Tier,
    /// How many.
    pub count: u64,
    /// Renewals each has paid; 0 where only the first payment was made.
    pub renewals_made: u32,
    /// The day of the next renewal, not before the start; `None` is the first day of the first month.
    pub next_due: Option<NaiveDate>,
}

/// Moves between plans: once a month, from a customer's second month on, before that month's payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switching {
    /// Indices into the scenario's plans; all paid monthly.
    pub plans: Vec<usize>,
    /// Row by row, from each plan to each; what a row lacks to 1 is churn.
    pub matrix: Vec<Vec<Decimal>>,
}

/// How commissions become payouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayoutTerms {
    /// Days from a commission to its maturity.
    pub hold_days: u32,
    /// The least balance that is paid.
    pub minimum: Decimal,
    /// The day of the month on which payouts run, 1..=31, clamped to the month's end.
    pub run_day: u32,
    /// Commissions released in two parts; `None` where the whole matures at once.
    pub split: Option<SplitRelease>,
}

/// A commission that is released in two parts: a share after the hold, the rest later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitRelease {
    /// The share released after the hold, 0..=1, rounded to the minor unit; the rest is what is left of the commission.
    pub first: Decimal,
    /// Days from a commission to the maturity of the rest, at least the hold.
    pub rest_after_days: u32,
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A value outside its range.
    OutOfRange,
    /// A plan that the scenario does not have.
    UnknownPlan,
    /// Two plans of one name, or one plan twice in the switching.
    Duplicate,
    /// `months` outside 1..=600.
    Months,
    /// A fraction of a customer where customers are whole.
    Fraction,
    /// A switching row of more than 1, or a matrix of the wrong shape.
    Switching,
    /// A plan in use without retention.
    MissingRetention,
    /// More rows, or larger sums, than can be answered.
    TooLarge,
}

/// A scenario that cannot be answered, and where it fails.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct AssumptionError {
    /// What kind of fault.
    pub refusal: Refusal,
    /// The place, as in `arrivals.streams[0].count`.
    pub at: String,
    /// A sentence for people.
    pub message: String,
}

impl OpeningRow {
    /// The day of the next renewal.
    pub fn due_day(&self, start: Month) -> NaiveDate {
        self.next_due.unwrap_or_else(|| start.day(1))
    }

    /// The month of the next renewal, counted from the start.
    pub(crate) fn due_month(&self, start: Month) -> u32 {
        Month::of(self.due_day(start))
            .since(start)
            .max(0)
            .unsigned_abs()
    }
}

impl Scenario {
    /// Months that one payment of a plan covers.
    pub(crate) fn term(&self, plan: usize) -> u32 {
        self.plans.get(plan).map_or(1, |p| p.term_months.max(1))
    }

    /// The posted commission of one payment, in minor units.
    pub(crate) fn commission_minor(&self, plan: usize, tier: Tier) -> i64 {
        let rate = match tier {
            Tier::Direct => self.commission.direct,
            Tier::Second => self.commission.second_tier,
        };
        let digits = self.currency.minor_digits();
        let price = self.plans.get(plan).map_or(Decimal::ZERO, |p| p.price);
        let exact = price.checked_mul(rate).unwrap_or(Decimal::MAX);
        let posted = perennial_domain::money::round_posted(exact, self.currency);
        minor_units(posted, digits)
    }

    /// The position of a plan within the switching matrix.
    pub(crate) fn switching_index(&self, plan: usize) -> Option<usize> {
        let switching = self.switching.as_ref()?;
        switching.plans.iter().position(|&p| p == plan)
    }
}

/// A posted amount in minor units. Saturates; the checks keep amounts far below.
pub(crate) fn minor_units(posted: Decimal, digits: u32) -> i64 {
    let scale = Decimal::from(10_u64.pow(digits));
    posted
        .checked_mul(scale)
        .and_then(|minor| i64::try_from(minor.trunc()).ok())
        .unwrap_or(i64::MAX)
}
