//! How good forecasts were: kept snapshots against what came, and the backtest.

use super::dto;

dto! {
    /// Forecasts that were kept, against what came.
    pub struct Accuracy {
        /// Newest first.
        pub snapshots: Vec<SnapshotRow>,
        /// Every month that is over and was forecast, newest first.
        pub months: Vec<AccuracyMonth>,
        /// By how far ahead it was.
        pub by_distance: Vec<AccuracySummary>,
        /// ISO 4217.
        pub currency: String,
        /// In a sentence.
        pub sentence: String,
    }

    /// A kept forecast.
    pub struct SnapshotRow {
        /// The day it was made.
        pub made_on: String,
        /// Its first month.
        pub start: String,
        /// Its months.
        pub months: u32,
        /// Net over its months.
        pub total: String,
        /// How many of its months are over.
        pub over: u32,
    }

    /// A month as it was forecast and as it came.
    pub struct AccuracyMonth {
        /// When it was forecast.
        pub made_on: String,
        /// `2026-03`.
        pub month: String,
        /// Months ahead.
        pub ahead: u32,
        /// What was expected.
        pub expected: String,
        /// Lower end of eight times of ten.
        pub low: String,
        /// Upper end.
        pub high: String,
        /// What came.
        pub actual: String,
        /// What came less what was expected.
        pub error: String,
        /// Whether it came within.
        pub within: bool,
    }

    /// All months so far ahead together.
    pub struct AccuracySummary {
        /// Months ahead.
        pub ahead: u32,
        /// Months compared.
        pub count: u32,
        /// Mean of the errors: below zero where too much was expected.
        pub bias: String,
        /// Mean size of the errors.
        pub mean_error: String,
        /// Share that came within the range; 0.8 is what it should be.
        pub within: String,
    }

    /// What a backtest is made of.
    #[derive(Default)]
    pub struct BacktestInput {
        /// Slug; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Months ahead at each origin; 6 where null.
        #[serde(default)]
        pub horizon: Option<u32>,
        /// Simulated paths at each origin.
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

    /// The forecast as it would have been, month after month of the past, against what came.
    pub struct Backtest {
        /// Slug.
        pub program: String,
        /// ISO 4217.
        pub currency: String,
        /// Months from which it forecast.
        pub origins: u32,
        /// Months ahead at each.
        pub horizon: u32,
        /// This forecast, then the simple ones it has to beat.
        pub models: Vec<BacktestModel>,
        /// Each month that was forecast by this forecast.
        pub points: Vec<BacktestPoint>,
        /// In sentences.
        pub sentences: Vec<String>,
    }

    /// How one way of forecasting did.
    pub struct BacktestModel {
        /// `perennial`, `naive`, `seasonal_naive` or `constant_churn`.
        pub key: String,
        /// For people.
        pub label: String,
        /// Months compared.
        pub count: u32,
        /// Mean of what was expected less what came, in money: above zero where too much was expected.
        pub bias: String,
        /// Continuous ranked probability score, in money; smaller is better.
        pub crps: Option<String>,
        /// Mean pinball loss over the 5%, 10%, 50%, 90% and 95% points, in money; smaller is better.
        pub pinball: Option<String>,
        /// Mean absolute scaled error: below 1 beats “next month as this month”.
        pub mase: Option<String>,
        /// Share of months within the range of eight times of ten.
        pub coverage_80: Option<String>,
        /// Share of months within the range of nine times of ten.
        pub coverage_90: Option<String>,
    }

    /// One month as it would have been forecast.
    pub struct BacktestPoint {
        /// The last month that was known.
        pub origin: String,
        /// The month forecast.
        pub month: String,
        /// Months ahead.
        pub ahead: u32,
        /// The middle of what was expected.
        pub expected: String,
        /// 5%.
        pub low: String,
        /// 95%.
        pub high: String,
        /// What came.
        pub actual: String,
    }
}
