//! Where the user promotes.

use crate::ids::ChannelId;

macro_rules! kinds {
    ($($name:ident = $word:literal, $label:literal);* $(;)?) => {
        /// What sort of place a channel is; compliance rules depend on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the words below are the documentation")]
        pub enum ChannelKind { $($name),* }

        impl ChannelKind {
            /// Every kind, in the order it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word of the command line and of files.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The name people read.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }

            /// The kind of a word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    Blog = "blog", "Blog";
    Email = "email", "Email";
    Youtube = "youtube", "YouTube";
    Quora = "quora", "Quora";
    Reddit = "reddit", "Reddit";
    Social = "social", "Social media";
    FacebookGroup = "facebook-group", "Facebook group";
    FacebookAds = "facebook-ads", "Facebook Ads";
    GoogleAds = "google-ads", "Google Ads";
    Funnel = "funnel", "Funnel";
    Personal = "personal", "Personal";
    Other = "other", "Other";
}

/// A place where the user promotes: a blog, a newsletter, a video channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Identity.
    pub id: ChannelId,
    /// Unique name, compared without case.
    pub name: String,
    /// The sort of place.
    pub kind: ChannelKind,
    /// No longer offered, still shown where it was used.
    pub archived: bool,
    /// Counts edits.
    pub revision: i64,
}
