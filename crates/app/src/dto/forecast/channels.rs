//! What each channel brings of the months ahead.

use super::dto;

dto! {
    /// The months ahead, divided by the channel that customers came through. Everything adds up to the forecast.
    pub struct ForecastChannels {
        /// The channels, those that bring the most first.
        pub channels: Vec<ForecastChannel>,
        /// The full months, as in the forecast.
        pub months: Vec<ForecastChannelMonth>,
        /// Sum of all channels: the forecast's.
        pub total: String,
        /// ISO 4217.
        pub currency: String,
    }

    /// One channel.
    pub struct ForecastChannel {
        /// Its name; null for customers who came through none.
        pub channel: Option<String>,
        /// New referrals of the first full month.
        pub new_now: String,
        /// Eight times of ten they are on average at least so many.
        pub new_low: String,
        /// And at most so many.
        pub new_high: String,
        /// Customers who pay today.
        #[ts(type = "number")]
        pub active: u64,
        /// Net of all full months from those who pay today.
        pub contracted: String,
        /// Net of all full months from referrals still to come.
        pub assumed: String,
        /// Both.
        pub net: String,
        /// What the book says of it.
        pub sentence: String,
    }

    /// One month.
    pub struct ForecastChannelMonth {
        /// `2026-03`.
        pub month: String,
        /// Expected net by channel, in the order of the channels.
        pub channels: Vec<String>,
    }
}
