//! What a program wrote, whom one writes to there, and what one must not forget.

use crate::ids::{CampaignId, ContactId, EntryId, LinkId, ProgramId, ReminderId, SwipeId};
use chrono::NaiveDate;
use uuid::Uuid;

/// Where an entry's words are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Written or pasted.
    Written,
    /// Read from the file of a mail.
    Mail,
}

impl Origin {
    /// The word of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Mail => "mail",
        }
    }

    /// The origin of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Written, Self::Mail]
            .into_iter()
            .find(|origin| origin.word() == word)
    }
}

/// An announcement or a mail of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Identity.
    pub id: EntryId,
    /// The program; none where it is gone.
    pub program: Option<ProgramId>,
    /// The day it was written.
    pub on: NaiveDate,
    /// Its title; of a mail its subject.
    pub title: String,
    /// Who wrote it.
    pub sender: String,
    /// Its words.
    pub body: String,
    /// Where the words are from.
    pub origin: Origin,
    /// A mail's own identity, as its headers say.
    pub message_id: Option<String>,
    /// The version of terms that it is about.
    pub terms_version: Option<Uuid>,
    /// The swipe that it is about.
    pub swipe: Option<SwipeId>,
    /// The campaign that it is about.
    pub campaign: Option<CampaignId>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Counts edits.
    pub revision: i64,
}

/// A person at a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// The program.
    pub program: ProgramId,
    /// Name.
    pub name: String,
    /// Address, or nothing.
    pub mail: String,
    /// What they do there.
    pub role: String,
    /// In the user's words.
    pub note: String,
    /// Counts edits.
    pub revision: i64,
}

/// Something to do by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Identity.
    pub id: ReminderId,
    /// What.
    pub text: String,
    /// The day it is due.
    pub due: NaiveDate,
    /// The program that it is about.
    pub program: Option<ProgramId>,
    /// The campaign that it is about.
    pub campaign: Option<CampaignId>,
    /// The link that it is about.
    pub link: Option<LinkId>,
    /// The day it was done.
    pub done: Option<NaiveDate>,
    /// Counts edits.
    pub revision: i64,
}

impl Reminder {
    /// Whether it waits on a day: it is due by then and not done.
    pub fn waits(&self, today: NaiveDate) -> bool {
        self.done.is_none() && self.due <= today
    }
}

/// Tags as they are kept: without blanks around them, each once whatever its case, sorted.
pub fn tags<T: AsRef<str>>(words: &[T]) -> Vec<String> {
    let mut tags: Vec<String> = words
        .iter()
        .flat_map(|word| word.as_ref().split(','))
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    tags.sort_by_key(|tag| tag.to_lowercase());
    tags.dedup_by_key(|tag| tag.to_lowercase());
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_waits_from_its_day_until_it_is_done() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let mut reminder = Reminder {
            id: ReminderId(Uuid::nil()),
            text: "Ask about the new terms".to_owned(),
            due: day(10),
            program: None,
            campaign: None,
            link: None,
            done: None,
            revision: 1,
        };
        assert!(!reminder.waits(day(9)));
        assert!(reminder.waits(day(10)));
        assert!(reminder.waits(day(11)));
        reminder.done = Some(day(11));
        assert!(!reminder.waits(day(12)));
    }

    #[test]
    fn tags_are_kept_once_and_in_order() {
        assert_eq!(
            tags(&[" launch, Terms", "terms", "", "a"]),
            ["a", "launch", "Terms"]
        );
    }
}
