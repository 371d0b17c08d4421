//! What a forecast rests on, and where it comes from.

use super::{ForecastDone, MonthActual, dto};

dto! {
    /// What the forecast of a program supposes; made from the book, changed by the user.
    pub struct Assumptions {
        /// Slug.
        pub program: String,
        /// First full month. The rest of the present month comes before it.
        pub start: String,
        /// Months ahead, 1..=600.
        pub months: u32,
        /// ISO 4217.
        pub currency: String,
        /// Share of trials that pay, 0..1 as a decimal.
        pub trial_conversion: String,
        /// Days before the first payment.
        pub trial_days: u32,
        /// Chance that a first payment is refunded.
        pub refund_probability: String,
        /// Days after the payment at which refunds are posted.
        pub refund_after_days: u32,
        /// Change of all new referrals from month to month, as a share: 0.02 is 2% more each month. Nothing is 0.
        #[serde(default)]
        pub growth: String,
        /// Weight of each month of the year, January first, 1 being ordinary. Empty where all are alike.
        #[serde(default)]
        pub season: Vec<String>,
        /// One line a plan.
        pub plans: Vec<PlanAssumption>,
        /// What was looked at to make these, in sentences.
        pub basis: Vec<String>,
        /// How sure each of them is, and what it comes from.
        #[serde(default)]
        pub evidence: Vec<Evidence>,
    }

    /// What is supposed of one plan.
    pub struct PlanAssumption {
        /// `2021/starter-monthly`.
        pub plan: String,
        /// `Starter`.
        pub name: String,
        /// `monthly` or `annual`.
        pub term: String,
        /// The version of the plans, where another has a plan of the same name and rhythm; null where the name says it all.
        #[serde(default)]
        pub vintage: Option<String>,
        /// Order among the tiers.
        pub tier: u32,
        /// Price of one payment.
        pub price: String,
        /// New referrals a month (sign-ups before the trial), own sales.
        pub new_direct: String,
        /// New referrals a month on the second tier.
        pub new_second_tier: String,
        /// Chance that a customer's first renewal is paid, 0..1 as a decimal.
        pub renewal: String,
        /// How alike customers are: α+β of the beta distribution of their chances to leave. Null where all are alike,
        /// so that every renewal has the same chance; with a number later renewals are likelier than the first.
        #[serde(default)]
        pub concentration: Option<String>,
        /// How a customer's own chance changes with age (c of the beta-discrete-Weibull); null is 1, not at all.
        #[serde(default)]
        pub shape: Option<String>,
        /// Active paying referrals now, own sales.
        #[ts(type = "number")]
        pub active_direct: u64,
        /// Active paying referrals now, second tier.
        #[ts(type = "number")]
        pub active_second_tier: u64,
    }

    /// How sure an assumption is, and what it comes from.
    pub struct Evidence {
        /// The assumption: `refund_probability`, `growth`, `plans.2021/starter-monthly.renewal`.
        pub key: String,
        /// For people: `Starter monthly: renewal`.
        pub label: String,
        /// What was taken.
        pub value: String,
        /// Nine times of ten the truth lies above this.
        pub low: String,
        /// Nine times of ten the truth lies below this.
        pub high: String,
        /// `book` (the user's own history), `mixed` (history and a common value) or `prior` (a common value alone).
        pub from: String,
        /// What was seen, in a sentence.
        pub sentence: String,
        /// Where the common value comes from; null where none was used.
        pub source: Option<String>,
    }

    /// Which assumptions.
    #[derive(Default)]
    pub struct AssumptionsInput {
        /// Slug; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Months ahead; 24 where null.
        #[serde(default)]
        pub months: Option<u32>,
    }

    /// Everything that the forecast opens with.
    pub struct ForecastOpened {
        /// What it supposes.
        pub assumptions: Assumptions,
        /// The months ahead.
        pub forecast: ForecastDone,
        /// The months behind, oldest first.
        pub actuals: Vec<MonthActual>,
        /// What the reader should know before trusting it.
        pub notices: Vec<ForecastNotice>,
        /// The day of the newest kept snapshot.
        pub snapshot: Option<String>,
    }

    /// Something that the reader should know.
    pub struct ForecastNotice {
        /// Stable: `no_history`, `little_history`, `left_out`, `late_entry`.
        pub code: String,
        /// In a sentence.
        pub message: String,
    }

    /// A common value that stands in while the book says little.
    pub struct Prior {
        /// `renewal.monthly`.
        pub key: String,
        /// For people.
        pub label: String,
        /// The value.
        pub value: String,
        /// How many observations it counts as.
        pub weight: String,
        /// Where it comes from.
        pub source: String,
        /// Whether the user set it.
        pub own: bool,
    }

    /// The common values.
    pub struct Priors {
        /// One a key.
        pub items: Vec<Prior>,
    }

    /// A common value to be set.
    pub struct PriorSet {
        /// `renewal.monthly`.
        pub key: String,
        /// The value; null goes back to the built-in one.
        #[serde(default)]
        pub value: Option<String>,
        /// How many observations it counts as; null keeps the built-in weight.
        #[serde(default)]
        pub weight: Option<String>,
        /// Where it comes from, in the user's words.
        #[serde(default)]
        pub source: Option<String>,
    }
}
