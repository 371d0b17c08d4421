//! The forecast from the book, as the window shows it. (The file formats of the command line are in `files::forecast`.)

use super::dto;

dto! {
    /// What the forecast of a program supposes; made from the book, changed by the user.
    pub struct Assumptions {
        /// Slug.
        pub program: String,
        /// First month.
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
        /// One line a plan.
        pub plans: Vec<PlanAssumption>,
        /// What was looked at to make these, in sentences.
        pub basis: Vec<String>,
    }

    /// What is supposed of one plan.
    pub struct PlanAssumption {
        /// `2021/starter-monthly`.
        pub plan: String,
        /// `Starter`.
        pub name: String,
        /// `monthly` or `annual`.
        pub term: String,
        /// Order among the tiers.
        pub tier: u32,
        /// Price of one payment.
        pub price: String,
        /// New referrals a month (sign-ups before the trial), own sales.
        pub new_direct: String,
        /// New referrals a month on the second tier.
        pub new_second_tier: String,
        /// Chance that a renewal is paid, 0..1 as a decimal.
        pub renewal: String,
        /// Active paying referrals now, own sales.
        #[ts(type = "number")]
        pub active_direct: u64,
        /// Active paying referrals now, second tier.
        #[ts(type = "number")]
        pub active_second_tier: u64,
    }

    /// Which assumptions.
    pub struct AssumptionsInput {
        /// Slug; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Months ahead; 24 where null.
        #[serde(default)]
        pub months: Option<u32>,
    }

    /// The months ahead.
    pub struct ForecastDone {
        /// The months.
        pub months: Vec<ForecastMonth>,
        /// Sum of all months, net.
        pub total: String,
        /// ISO 4217.
        pub currency: String,
    }

    /// One month.
    pub struct ForecastMonth {
        /// `2026-03`.
        pub month: String,
        /// Expected net commission.
        pub net: String,
        /// Of it, from referrals that pay today.
        pub contracted: String,
        /// Of it, from referrals still to come.
        pub assumed: String,
        /// Standard deviation of net.
        pub sd: String,
        /// Expected paying referrals at the month's end.
        pub active_paying: String,
        /// By plan.
        pub plans: Vec<ForecastPlanMonth>,
    }

    /// One plan's part of a month.
    pub struct ForecastPlanMonth {
        /// `2021/starter-monthly`.
        pub plan: String,
        /// Net from referrals that pay today.
        pub contracted: String,
        /// Net from referrals still to come.
        pub assumed: String,
    }
}
