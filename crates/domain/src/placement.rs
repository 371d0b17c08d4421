//! Where a link stands in the world: which page, email, video or profile holds it, and since when.

use crate::ids::{LinkId, PlacementId};
use chrono::NaiveDate;

/// What holds a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlacementKind {
    /// A page of a site.
    Page,
    /// An email, or a sequence of them.
    Email,
    /// A video's description.
    Video,
    /// A profile.
    Bio,
    /// A post or an answer.
    Post,
    /// An advertisement.
    Ad,
    /// Something printed.
    Print,
    /// Anything else.
    Other,
}

impl PlacementKind {
    /// Every kind, in the order it is offered.
    pub const ALL: &'static [Self] = &[
        Self::Page,
        Self::Email,
        Self::Video,
        Self::Bio,
        Self::Post,
        Self::Ad,
        Self::Print,
        Self::Other,
    ];

    /// The word of the command line and of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Email => "email",
            Self::Video => "video",
            Self::Bio => "bio",
            Self::Post => "post",
            Self::Ad => "ad",
            Self::Print => "print",
            Self::Other => "other",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// One place that holds a link, or held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Identity.
    pub id: PlacementId,
    /// The link.
    pub link: LinkId,
    /// What holds it.
    pub kind: PlacementKind,
    /// The address, or the user's words for it.
    pub place: String,
    /// First day.
    pub since: NaiveDate,
    /// The day it was taken out or replaced; still there where none.
    pub until: Option<NaiveDate>,
    /// In the user's words.
    pub note: String,
    /// Counts edits.
    pub revision: i64,
}

/// Why what is in a place must be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Replace {
    /// The link no longer leads where it should.
    Broken,
    /// The link is past its last day.
    Expired,
    /// The link is no longer used.
    Archived,
}

impl Replace {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Expired => "expired",
            Self::Archived => "archived",
        }
    }

    /// Why a link that still stands somewhere must be replaced there; none where it may stay. The most pressing reason.
    pub fn why(
        broken: bool,
        expires_on: Option<NaiveDate>,
        archived: bool,
        today: NaiveDate,
    ) -> Option<Self> {
        if broken {
            Some(Self::Broken)
        } else if expires_on.is_some_and(|day| day < today) {
            Some(Self::Expired)
        } else {
            archived.then_some(Self::Archived)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_on_its_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let why = |today| Replace::why(false, Some(day(10)), false, day(today));
        assert_eq!(why(10), None);
        assert_eq!(why(11), Some(Replace::Expired));
        assert_eq!(
            Replace::why(true, Some(day(1)), true, day(2)),
            Some(Replace::Broken)
        );
        assert_eq!(
            Replace::why(false, None, true, day(2)),
            Some(Replace::Archived)
        );
    }

    #[test]
    fn every_word_is_read_back() {
        for kind in PlacementKind::ALL {
            assert_eq!(PlacementKind::parse(kind.word()), Some(*kind));
        }
    }
}
