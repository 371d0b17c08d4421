//! The months ahead, the months behind, and the payouts.

use super::{Assumptions, dto};

dto! {
    /// The months ahead.
    pub struct ForecastDone {
        /// The months, full ones.
        pub months: Vec<ForecastMonth>,
        /// What is still expected of the present month, from tomorrow to its end.
        pub rest: Option<ForecastMonth>,
        /// Sum of all full months, net.
        pub total: String,
        /// Standard deviation of that sum.
        pub total_sd: String,
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
        /// Of the net, own sales.
        pub direct: String,
        /// Of the net, the second tier.
        pub second_tier: String,
        /// Expected commissions taken back, already out of the net.
        pub clawback: String,
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

    /// A month that has been, as the ledger has it.
    pub struct MonthActual {
        /// `2026-03`.
        pub month: String,
        /// Net commission.
        pub net: String,
        /// Whether the month is not over yet.
        pub partial: bool,
        /// By plan; what has no plan is in the net alone.
        pub plans: Vec<PlanActual>,
    }

    /// One plan's part of such a month.
    pub struct PlanActual {
        /// `2021/starter-monthly`.
        pub plan: String,
        /// Net commission.
        pub net: String,
    }

    /// Ranges to be simulated.
    pub struct BandsInput {
        /// What is supposed.
        pub assumptions: Assumptions,
        /// Simulated paths; a number that takes well under a second where null.
        #[serde(default)]
        pub paths: Option<u32>,
        /// One seed gives one result; 1 where null.
        #[serde(default)]
        #[ts(type = "number | null")]
        pub seed: Option<u64>,
        /// A name to cancel it by.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// Where an amount will lie: below `low` one time of ten, above `high` one time of ten.
    pub struct Band {
        /// 10%.
        pub low: String,
        /// 50%.
        pub middle: String,
        /// 90%.
        pub high: String,
    }

    /// The ranges.
    pub struct ForecastBands {
        /// The full months, as in the forecast.
        pub months: Vec<BandMonth>,
        /// The sum of all full months.
        pub total: Band,
        /// The payouts.
        pub payouts: PayoutCalendar,
        /// Paths drawn.
        pub paths: u32,
        /// Their seed.
        #[ts(type = "number")]
        pub seed: u64,
        /// How it was worked out.
        pub method: String,
    }

    /// One month's range.
    pub struct BandMonth {
        /// `2026-03`.
        pub month: String,
        /// The range of its net.
        pub band: Band,
    }

    /// When money arrives.
    pub struct PayoutCalendar {
        /// The runs, soonest first; none where the program's terms have no payout day.
        pub runs: Vec<PayoutRun>,
        /// Earned, matured and not yet paid: it waits for the next run.
        pub due_now: String,
        /// Earned and still on hold.
        pub on_hold: String,
        /// Of what is on hold, how much refunds are expected to take back.
        pub at_risk: String,
        /// The smallest amount that is paid.
        pub minimum: String,
        /// Days on hold.
        pub hold_days: u32,
        /// ISO 4217.
        pub currency: String,
    }

    /// One run.
    pub struct PayoutRun {
        /// The day.
        pub run: String,
        /// Expected payout: the mean of what is paid, nothing counting where the minimum is missed.
        pub expected: String,
        /// The chance that anything is paid.
        pub probability: String,
        /// Its range.
        pub band: Band,
        /// Earned already and maturing for this run.
        pub pending: String,
        /// Of it, how much refunds are expected to take back.
        pub at_risk: String,
    }
}
