//! Swipes: one's own texts and images.

use super::{FindingDto, dto};
use std::collections::BTreeMap;

dto! {
    /// Which swipes.
    #[derive(Default)]
    pub struct SwipeList {
        /// Words to find in title, words, note and tags.
        #[serde(default)]
        pub search: String,
        /// text, email or image.
        #[serde(default)]
        pub kind: Option<String>,
        /// Slug; those of no program are shown too.
        #[serde(default)]
        pub program: Option<String>,
        /// With this tag.
        #[serde(default)]
        pub tag: Option<String>,
        /// Archived ones too.
        #[serde(default)]
        pub archived: bool,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A swipe as it is now.
    pub struct SwipeDto {
        /// UUID.
        pub id: String,
        /// text, email or image.
        pub kind: String,
        /// Its name.
        pub title: String,
        /// Slug of the program that it is for.
        pub program: Option<String>,
        /// In the user's words.
        pub note: String,
        /// No longer used.
        pub archived: bool,
        /// Tags, sorted.
        pub tags: Vec<String>,
        /// Subject of an email.
        pub subject: String,
        /// The words; of an image its alternative text.
        pub body: String,
        /// Hash of the image, by which `swipe_image` gives it.
        pub image: Option<String>,
        /// Number of the version, from 1.
        pub version: u32,
        /// When that version was saved.
        pub saved_at: String,
        /// Links that it is published with.
        #[ts(type = "number")]
        pub links: u64,
    }

    /// A swipe with its versions and links.
    pub struct SwipeDetail {
        /// The swipe.
        pub swipe: SwipeDto,
        /// Its versions, the newest first.
        pub versions: Vec<SwipeVersionDto>,
        /// The links that it is published with.
        pub published: Vec<SwipeLink>,
    }

    /// What a swipe said at one time.
    pub struct SwipeVersionDto {
        /// From 1.
        pub number: u32,
        /// When it was saved.
        pub saved_at: String,
        /// Subject of an email.
        pub subject: String,
        /// The words.
        pub body: String,
        /// Hash of the image.
        pub image: Option<String>,
    }

    /// A link that a swipe is published with.
    pub struct SwipeLink {
        /// Code.
        pub code: String,
        /// Label.
        pub label: String,
        /// Name of its channel.
        pub channel: String,
    }

    /// A new swipe, or what changes of one. What is null stays as it is.
    #[derive(Default)]
    pub struct SwipeSave {
        /// The swipe, by title or id; a new one where null.
        #[serde(default)]
        pub id: Option<String>,
        /// text, email or image; of a new one alone.
        #[serde(default)]
        pub kind: Option<String>,
        /// Its name.
        #[serde(default)]
        pub title: Option<String>,
        /// Slug of the program that it is for; empty for none.
        #[serde(default)]
        pub program: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: Option<String>,
        /// Tags.
        #[serde(default)]
        pub tags: Option<Vec<String>>,
        /// Subject of an email.
        #[serde(default)]
        pub subject: Option<String>,
        /// The words; of an image its alternative text.
        #[serde(default)]
        pub body: Option<String>,
        /// Path of an image to take in.
        #[serde(default)]
        pub image: Option<String>,
        /// No longer used.
        #[serde(default)]
        pub archived: Option<bool>,
        /// The links that it is published with, by code or id.
        #[serde(default)]
        pub links: Option<Vec<String>>,
    }

    /// A version to go back to.
    pub struct SwipeRestore {
        /// The swipe, by title or id.
        pub id: String,
        /// Number of the version.
        pub number: u32,
    }

    /// How a swipe is filled.
    #[derive(Default)]
    pub struct SwipeFill {
        /// The swipe, by title or id.
        pub id: String,
        /// Number of the version; the newest where null.
        #[serde(default)]
        pub number: Option<u32>,
        /// The link, by code or id.
        #[serde(default)]
        pub link: Option<String>,
        /// Name of a channel or word of a kind; that of the link where null.
        #[serde(default)]
        pub channel: Option<String>,
        /// `en`, `de`, `es`, `fr` or `pt`; that of the text where null.
        #[serde(default)]
        pub language: Option<String>,
        /// label, short or long disclosure; short where null.
        #[serde(default)]
        pub length: Option<String>,
        /// Value of `{name}`.
        #[serde(default)]
        pub name: Option<String>,
        /// Values of other variables.
        #[serde(default)]
        pub values: BTreeMap<String, String>,
    }

    /// A swipe with its variables filled.
    pub struct SwipeFilled {
        /// Subject of an email.
        pub subject: String,
        /// The words.
        pub text: String,
        /// Known variables without a value, such as `name`; they stand as they were.
        pub unfilled: Vec<String>,
        /// Words in braces that mean nothing here; they stand as they were.
        pub unknown: Vec<String>,
        /// What to know before it is used, in sentences.
        pub warnings: Vec<String>,
        /// What the text check found.
        pub findings: Vec<FindingDto>,
        /// Word of the channel's kind that it was filled and checked for.
        pub channel: String,
        /// Language of the disclosure.
        pub language: String,
    }

    /// An image of a swipe.
    pub struct SwipeImage {
        /// `image/png` and the like.
        pub media: String,
        /// Its bytes, Base64.
        pub content: String,
    }

    /// Two swipes or links to compare.
    pub struct SwipeCompare {
        /// A swipe by title or id, or a link by code.
        pub a: String,
        /// The other.
        pub b: String,
        /// Clicks of the first where the book knows none, from a dashboard or a mail tool.
        #[serde(default)]
        #[ts(type = "number | null")]
        pub clicks_a: Option<u64>,
        /// Clicks of the other.
        #[serde(default)]
        #[ts(type = "number | null")]
        pub clicks_b: Option<u64>,
    }

    /// One side of a comparison.
    pub struct SwipeSide {
        /// Its name.
        pub name: String,
        /// Codes of its links.
        pub links: Vec<String>,
        /// Clicks, where any are known.
        #[ts(type = "number | null")]
        pub clicks: Option<u64>,
        /// New customers through those links.
        #[ts(type = "number")]
        pub referrals: u64,
        /// Referrals per click in percent, two places; null where it cannot be said.
        pub percent: Option<String>,
    }

    /// Two swipes side by side.
    pub struct SwipeComparison {
        /// The first.
        pub a: SwipeSide,
        /// The second.
        pub b: SwipeSide,
        /// The first share less the second, in percentage points.
        pub difference: Option<String>,
        /// The difference is at least this, with 95% confidence.
        pub low: Option<String>,
        /// And at most this.
        pub high: Option<String>,
        /// `a` or `b` is better; `open` where it is not enough to tell; `unknown` where it cannot be compared.
        pub verdict: String,
        /// The same in a sentence.
        pub sentence: String,
    }
}
