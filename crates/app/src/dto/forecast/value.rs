//! What is still to come from those who pay already.

use super::dto;

dto! {
    /// Which annual renewals fall when.
    pub struct RenewalWall {
        /// Soonest first.
        pub months: Vec<WallMonth>,
        /// ISO 4217.
        pub currency: String,
        /// In a sentence.
        pub sentence: String,
    }

    /// A month's annual renewals.
    pub struct WallMonth {
        /// `2026-03`.
        pub month: String,
        /// Renewals that fall in it.
        pub renewals: u32,
        /// Commission if all of them are paid.
        pub amount: String,
        /// Expected commission.
        pub expected: String,
        /// Chance that none at all is paid.
        pub none: String,
        /// By plan, tier and renewal.
        pub rows: Vec<WallRow>,
    }

    /// Renewals of one plan on one day.
    pub struct WallRow {
        /// The day.
        pub on: String,
        /// `2021/gold-annual`.
        pub plan: String,
        /// For people.
        pub name: String,
        /// `direct` or `second`.
        pub tier: String,
        /// How many.
        pub count: u32,
        /// Which renewal it is, the first being 1.
        pub renewal: u32,
        /// Commission of each.
        pub each: String,
        /// Chance of each.
        pub chance: String,
    }

    /// What is asked of the residual value.
    #[derive(Default)]
    pub struct ResidualInput {
        /// Slug; the first program with plans where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Discount a year as a decimal; 0.10 where null.
        #[serde(default)]
        pub discount: Option<String>,
    }

    /// What those who pay now will still bring, discounted to today.
    pub struct ResidualValue {
        /// In all.
        pub total: String,
        /// Customers who pay now.
        pub customers: u32,
        /// Discount a year.
        pub discount: String,
        /// ISO 4217.
        pub currency: String,
        /// By plan and tier.
        pub plans: Vec<ResidualPart>,
        /// By campaign; `key` is null for what belongs to none.
        pub campaigns: Vec<ResidualPart>,
        /// By channel.
        pub channels: Vec<ResidualPart>,
        /// How it was worked out, in a sentence.
        pub sentence: String,
    }

    /// One part of it.
    pub struct ResidualPart {
        /// The plan's id, the campaign's or the channel's name.
        pub key: Option<String>,
        /// For people.
        pub label: String,
        /// Customers.
        pub customers: u32,
        /// Still to come.
        pub value: String,
        /// A customer.
        pub each: String,
    }
}
