//! Clicks that a person noted.

use super::dto;

dto! {
    /// Of which link, named by itself or by a content item that uses it.
    #[derive(Default)]
    pub struct ClickList {
        /// Code or id of the link.
        #[serde(default)]
        pub link: Option<String>,
        /// A content item by id or title: its link, where it uses one alone.
        #[serde(default)]
        pub item: Option<String>,
    }

    /// The clicks of a link.
    pub struct Clicks {
        /// UUID of the link.
        pub link: String,
        /// Its code.
        pub code: String,
        /// By day, the latest first.
        pub days: Vec<ClicksOn>,
        /// Of all days.
        #[ts(type = "number")]
        pub total: u64,
        /// New customers through the link.
        #[ts(type = "number")]
        pub referrals: u64,
    }

    /// The clicks of a day.
    pub struct ClicksOn {
        /// The day.
        pub on: String,
        /// How many.
        #[ts(type = "number")]
        pub clicks: u64,
    }

    /// How many clicks a link had.
    #[derive(Default)]
    pub struct ClickSave {
        /// Code or id of the link.
        #[serde(default)]
        pub link: Option<String>,
        /// A content item by id or title: its link, where it uses one alone.
        #[serde(default)]
        pub item: Option<String>,
        /// The day; today where null.
        #[serde(default)]
        pub on: Option<String>,
        /// How many on that day, in place of what was noted for it.
        #[ts(type = "number")]
        pub clicks: u64,
        /// It is how many there were up to that day in all; what was noted for earlier days is taken off.
        #[serde(default)]
        pub so_far: bool,
    }

    /// A day of a link.
    pub struct ClickRemove {
        /// Code or id of the link.
        pub link: String,
        /// The day.
        pub on: String,
    }
}
