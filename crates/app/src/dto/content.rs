//! What is planned and published for campaigns.

use super::dto;

dto! {
    /// Which content items.
    #[derive(Default)]
    pub struct ContentList {
        /// Campaign by name or id; all that are not archived where null.
        #[serde(default)]
        pub campaign: Option<String>,
        /// `idea`, `draft`, `ready`, `published` or `done`.
        #[serde(default)]
        pub state: Option<String>,
        /// First day.
        #[serde(default)]
        pub from: Option<String>,
        /// Last day.
        #[serde(default)]
        pub to: Option<String>,
        /// Items at most; 500 where null.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// Content items.
    pub struct ContentItems {
        /// The latest first; those without a day before all others.
        pub items: Vec<ContentItemDto>,
        /// There are more than the limit.
        pub more: bool,
        /// Where the checklist of each campaign stands, for each program that it promotes.
        pub checklists: Vec<ContentChecklist>,
    }

    /// How far the checklist of a campaign is.
    pub struct ContentChecklist {
        /// Name of the campaign.
        pub campaign: String,
        /// Slug of the program.
        pub program: String,
        /// Items done or not applicable.
        pub done: u32,
        /// Items in all.
        pub total: u32,
    }

    /// Something to be published.
    pub struct ContentItemDto {
        /// UUID.
        pub id: String,
        /// Name of its campaign.
        pub campaign: String,
        /// Name of its channel.
        pub channel: Option<String>,
        /// Word of the channel's kind.
        pub channel_kind: Option<String>,
        /// `post`, `article`, `email`, `video`, `story`, `ad`, `podcast`, `event` or `other`.
        pub kind: String,
        /// Title.
        pub title: String,
        /// `idea`, `draft`, `ready`, `published` or `done`.
        pub state: String,
        /// The planned day.
        pub planned_on: Option<String>,
        /// The day it was published.
        pub published_on: Option<String>,
        /// Where it can be seen.
        pub url: Option<String>,
        /// The links it uses.
        pub links: Vec<ContentLink>,
        /// The swipe it is made from.
        pub swipe: Option<String>,
        /// Its title.
        pub swipe_title: Option<String>,
        /// In the user's words.
        pub note: String,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// A link that a content item uses.
    pub struct ContentLink {
        /// UUID.
        pub id: String,
        /// Its code.
        pub code: String,
        /// Its label.
        pub label: String,
    }

    /// A content item to be added or changed. What is null stays as it is; an empty text takes it away.
    #[derive(Default)]
    pub struct ContentSave {
        /// Null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Campaign by name or id; needed for a new one.
        #[serde(default)]
        pub campaign: Option<String>,
        /// Channel by name or id.
        #[serde(default)]
        pub channel: Option<String>,
        /// `post` where null.
        #[serde(default)]
        pub kind: Option<String>,
        /// Needed for a new one.
        #[serde(default)]
        pub title: Option<String>,
        /// `idea` where null.
        #[serde(default)]
        pub state: Option<String>,
        /// The planned day.
        #[serde(default)]
        pub planned_on: Option<String>,
        /// The day it was published; today where the state says that it is out and no day is known.
        #[serde(default)]
        pub published_on: Option<String>,
        /// Where it can be seen.
        #[serde(default)]
        pub url: Option<String>,
        /// All links that it uses, by code or id.
        #[serde(default)]
        pub links: Option<Vec<String>>,
        /// The swipe it is made from, by title or id.
        #[serde(default)]
        pub swipe: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: Option<String>,
    }

    /// Another state or another day.
    pub struct ContentMove {
        /// The item's id, or its title where no other has it.
        pub id: String,
        /// The state; null leaves it.
        #[serde(default)]
        pub state: Option<String>,
        /// The day it stands on: of publication where it is out, otherwise the planned one; null leaves it.
        #[serde(default)]
        pub on: Option<String>,
        /// Where it can be seen; null leaves it.
        #[serde(default)]
        pub url: Option<String>,
    }
}
