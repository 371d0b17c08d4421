//! Content items: what is planned for a campaign, channel by channel, until it is published.

use crate::ids::{CampaignId, ChannelId, ContentItemId, LinkId, SwipeId};
use chrono::NaiveDate;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All of them, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the command line and of the book.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// What a word means.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What a content item is.
    ContentKind {
        /// A post or an answer.
        Post = "post",
        /// An article or a page.
        Article = "article",
        /// An email.
        Email = "email",
        /// A video.
        Video = "video",
        /// A story that is gone after a day.
        Story = "story",
        /// An advertisement.
        Ad = "ad",
        /// An episode to listen to.
        Podcast = "podcast",
        /// A webinar or another meeting.
        Event = "event",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How far a content item is.
    ContentState {
        /// Thought of.
        Idea = "idea",
        /// Being written.
        Draft = "draft",
        /// Ready to be published.
        Ready = "ready",
        /// Out in the world.
        Published = "published",
        /// Out, and nothing is left to do for it.
        Done = "done",
    }
}

impl ContentState {
    /// Whether it is out in the world.
    #[must_use]
    pub fn is_out(self) -> bool {
        matches!(self, Self::Published | Self::Done)
    }
}

/// Something to be published for a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentItem {
    /// Identity.
    pub id: ContentItemId,
    /// The campaign.
    pub campaign: CampaignId,
    /// Where it goes.
    pub channel: Option<ChannelId>,
    /// What it is.
    pub kind: ContentKind,
    /// What the user calls it.
    pub title: String,
    /// How far it is.
    pub state: ContentState,
    /// The day it is planned for.
    pub planned_on: Option<NaiveDate>,
    /// The day it was published; there is one exactly where the state says that it is out.
    pub published_on: Option<NaiveDate>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// Links it uses.
    pub links: Vec<LinkId>,
    /// The text or image of the swipe library it is made from.
    pub swipe: Option<SwipeId>,
    /// In the user's words.
    pub note: String,
    /// Counts edits.
    pub revision: i64,
}

/// A day that a content item cannot have been published on, since it is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is still to come, so nothing was published on it")]
pub struct StillToCome(pub NaiveDate);

impl ContentItem {
    /// The day it stands on in a calendar: that of its publication, otherwise the planned one.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.published_on.or(self.planned_on)
    }

    /// Puts it into another state. What comes out is published today where no day is known; what is taken back has no
    /// day of publication any more.
    pub fn move_to(&mut self, state: ContentState, today: NaiveDate) {
        self.state = state;
        self.published_on = if state.is_out() {
            self.published_on.or(Some(today))
        } else {
            None
        };
    }

    /// Puts it on another day: the day of publication of what is out, the planned day of everything else.
    ///
    /// # Errors
    /// [`StillToCome`] where something that is out would have been published after today.
    pub fn move_on(&mut self, day: NaiveDate, today: NaiveDate) -> Result<(), StillToCome> {
        if self.state.is_out() {
            if day > today {
                return Err(StillToCome(day));
            }
            self.published_on = Some(day);
        } else {
            self.planned_on = Some(day);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn item() -> ContentItem {
        ContentItem {
            id: Uuid::nil().into(),
            campaign: Uuid::nil().into(),
            channel: None,
            kind: ContentKind::Video,
            title: "Review".to_owned(),
            state: ContentState::Draft,
            planned_on: Some(day("2026-03-10")),
            published_on: None,
            url: None,
            links: Vec::new(),
            swipe: None,
            note: String::new(),
            revision: 1,
        }
    }

    #[test]
    fn what_comes_out_has_a_day_and_what_is_taken_back_has_none() {
        let mut item = item();
        item.move_to(ContentState::Published, day("2026-03-12"));
        assert_eq!(item.day(), Some(day("2026-03-12")));
        item.move_to(ContentState::Done, day("2026-04-01"));
        assert_eq!(item.day(), Some(day("2026-03-12")), "the day stays");
        item.move_to(ContentState::Draft, day("2026-04-02"));
        assert_eq!(item.day(), Some(day("2026-03-10")), "the plan is back");
    }

    #[test]
    fn a_day_is_the_plan_of_what_is_not_out_and_the_publication_of_what_is() {
        let mut item = item();
        let today = day("2026-03-12");
        item.move_on(day("2026-05-01"), today).unwrap();
        assert_eq!(item.planned_on, Some(day("2026-05-01")));
        item.move_to(ContentState::Published, today);
        item.move_on(day("2026-03-11"), today).unwrap();
        assert_eq!(item.published_on, Some(day("2026-03-11")));
        assert!(item.move_on(day("2026-03-13"), today).is_err());
        assert_eq!(item.published_on, Some(day("2026-03-11")));
    }

    #[test]
    fn words_are_read_back() {
        for kind in ContentKind::ALL {
            assert_eq!(ContentKind::parse(kind.word()), Some(*kind));
        }
        for state in ContentState::ALL {
            assert_eq!(ContentState::parse(state.word()), Some(*state));
        }
        assert_eq!(ContentState::parse("later"), None);
    }
}
