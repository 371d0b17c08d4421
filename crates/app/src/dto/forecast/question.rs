//! Questions to a forecast: what moves it, what a goal takes, what is behind a number.

use super::{Assumptions, dto};
use crate::dto::LedgerList;

dto! {
    /// What moves the result most.
    pub struct Tornado {
        /// Net over all months under the assumptions as they are.
        pub base: String,
        /// The longest first.
        pub bars: Vec<TornadoBar>,
        /// ISO 4217.
        pub currency: String,
    }

    /// One assumption at its low and its high end, the others staying.
    pub struct TornadoBar {
        /// `plans.2021/starter-monthly.renewal`.
        pub key: String,
        /// For people.
        pub label: String,
        /// Its low end.
        pub low: String,
        /// Its high end.
        pub high: String,
        /// Net over all months at the low end.
        pub net_low: String,
        /// Net over all months at the high end.
        pub net_high: String,
        /// The difference, without a sign.
        pub swing: String,
    }

    /// A goal: so much net in a month.
    pub struct GoalInput {
        /// What is supposed; made from the book where null.
        #[serde(default)]
        pub assumptions: Option<Assumptions>,
        /// Slug, where the assumptions are null.
        #[serde(default)]
        pub program: Option<String>,
        /// Net commission of that month.
        pub net: String,
        /// `2026-12`.
        pub by: String,
        /// Simulated paths.
        #[serde(default)]
        pub paths: Option<u32>,
        /// One seed gives one result.
        #[serde(default)]
        #[ts(type = "number | null")]
        pub seed: Option<u64>,
        /// A name to cancel it by.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// What a goal takes.
    pub struct Goal {
        /// Slug.
        pub program: String,
        /// `2026-12`.
        pub month: String,
        /// The net that is wanted.
        pub wanted: String,
        /// What is expected of that month as things are.
        pub expected: String,
        /// What is missing; 0 where nothing is.
        pub missing: String,
        /// The chance to reach it as things are.
        pub probability: String,
        /// ISO 4217.
        pub currency: String,
        /// By plan: what it would take from this plan alone.
        pub plans: Vec<GoalPlan>,
        /// By channel: what it would take through this channel alone, its mix of plans staying.
        pub channels: Vec<GoalChannel>,
        /// Every plan's new referrals raised alike; null where there are none to raise.
        pub mix: Option<GoalMix>,
        /// In sentences.
        pub sentences: Vec<String>,
    }

    /// What a goal takes from one plan alone.
    pub struct GoalPlan {
        /// `2021/starter-monthly`.
        pub plan: String,
        /// For people.
        pub name: String,
        /// `direct` or `second`.
        pub tier: String,
        /// New referrals a month as supposed.
        pub new_now: String,
        /// New referrals a month that the goal takes, so that it is expected; null where it is out of reach.
        pub new_needed: Option<String>,
        /// What one more a month adds to the goal's month.
        pub each: String,
        /// The chance to reach it with so many; null where it was not worked out.
        pub probability: Option<String>,
    }

    /// What a goal takes through one channel alone.
    pub struct GoalChannel {
        /// Its name; null for customers who came through none.
        pub channel: Option<String>,
        /// New referrals a month as supposed, on average until the goal's month.
        pub new_now: String,
        /// New referrals a month that the goal takes, so that it is expected; null where it is out of reach.
        pub new_needed: Option<String>,
        /// What one more a month adds to the goal's month.
        pub each: String,
        /// The chance to reach it with so many; null where it was not worked out.
        pub probability: Option<String>,
    }

    /// What a goal takes from all plans alike.
    pub struct GoalMix {
        /// The factor on every plan's new referrals.
        pub factor: String,
        /// New referrals a month in all, with it.
        pub new_needed: String,
        /// The chance to reach it so.
        pub probability: String,
        /// The factor that reaches it eight times of ten; null where none was found.
        pub factor_sure: Option<String>,
    }

    /// A number of the forecast.
    pub struct ExplainInput {
        /// What is supposed; made from the book where null.
        #[serde(default)]
        pub assumptions: Option<Assumptions>,
        /// Slug, where the assumptions are null.
        #[serde(default)]
        pub program: Option<String>,
        /// `month`, `rest`, `total`, `payout`, `at_risk`, `actual`, `assumption`, `residual`, `wall`, `cohort`, `goal`,
        /// `channel`, `accuracy` or `scenario`.
        pub what: String,
        /// The month, the run day, the assumption's key; of residual `plan:ID:direct`, `campaign:NAME` or `channel:NAME`, with `@0.10`
        /// for the discount; of a cohort its month and what groups it (`2026-03 channel`); of a goal `2026-12 5000`; of a channel
        /// its name, empty for none; of accuracy the months ahead; of a scenario its id, or `book`.
        #[serde(default)]
        pub key: String,
        /// One plan's part alone; of a cohort its group; of a goal a plan (` second` behind it for its second tier) or
        /// `channel:NAME`; of a channel a month; of a scenario another one that it is compared with.
        #[serde(default)]
        pub plan: Option<String>,
    }

    /// What is behind a number.
    pub struct Explanation {
        /// `Net of March 2026`.
        pub title: String,
        /// The number; an amount without its currency.
        pub value: String,
        /// How it was worked out, in sentences.
        pub sentences: Vec<String>,
        /// The arithmetic, line by line.
        pub lines: Vec<ExplanationLine>,
        /// The rows of the ledger behind it; null where there are none.
        pub rows: Option<LedgerList>,
        /// The assumptions behind it.
        pub assumptions: Vec<super::Evidence>,
        /// The method's key.
        pub method: String,
    }

    /// One line of arithmetic.
    pub struct ExplanationLine {
        /// What.
        pub label: String,
        /// How much.
        pub value: String,
    }

    /// How the numbers are worked out.
    pub struct Methods {
        /// One a method.
        pub items: Vec<Method>,
    }

    /// One method.
    pub struct Method {
        /// `months`, `bands`, `payouts`, `retention`, `survival`, `arrivals`, `tornado`, `goal`, `residual`, `wall`,
        /// `backtest`, `accuracy`, `priors`.
        pub key: String,
        /// For people.
        pub title: String,
        /// In a few sentences anybody understands.
        pub short: String,
        /// The method for those who want to know, with its source.
        pub long: String,
    }

    /// Chart data to be written as CSV.
    pub struct ForecastExport {
        /// `months`, `bands`, `payouts`, `actuals`, `cohorts`, `survival`, `tornado`, `wall`, `residual`, `accuracy` or
        /// `backtest`.
        pub what: String,
        /// The path.
        pub path: String,
        /// What is supposed; made from the book where null.
        #[serde(default)]
        pub assumptions: Option<Assumptions>,
        /// Slug, where the assumptions are null.
        #[serde(default)]
        pub program: Option<String>,
        /// Of cohorts and survival: what makes a group.
        #[serde(default)]
        pub by: Option<String>,
        /// Of cohorts: the group.
        #[serde(default)]
        pub group: Option<String>,
    }
}
