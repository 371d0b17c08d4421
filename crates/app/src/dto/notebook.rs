//! The program notebook, contacts and reminders.

use super::dto;

dto! {
    /// Which entries of the notebook.
    #[derive(Default)]
    pub struct EntryList {
        /// Words to find in title, sender, words and tags.
        #[serde(default)]
        pub search: String,
        /// Slug.
        #[serde(default)]
        pub program: Option<String>,
        /// With this tag.
        #[serde(default)]
        pub tag: Option<String>,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// An entry of the notebook, in a list.
    pub struct EntryDto {
        /// UUID.
        pub id: String,
        /// Slug of the program.
        pub program: Option<String>,
        /// The day it was written.
        pub on: String,
        /// Title; of a mail its subject.
        pub title: String,
        /// Who wrote it.
        pub sender: String,
        /// How it begins.
        pub excerpt: String,
        /// written or mail.
        pub origin: String,
        /// Tags, sorted.
        pub tags: Vec<String>,
        /// Name of the terms' version that it is about.
        pub terms_version: Option<String>,
        /// The first day of that version.
        pub terms_from: Option<String>,
        /// Title of the swipe that it is about.
        pub swipe: Option<String>,
        /// Name of the campaign that it is about.
        pub campaign: Option<String>,
    }

    /// An entry with all its words.
    pub struct EntryDetail {
        /// The entry.
        pub entry: EntryDto,
        /// Its words.
        pub body: String,
        /// What to know of what was taken in, in sentences.
        pub notes: Vec<String>,
    }

    /// A new entry, or what changes of one. What is null stays as it is; what is empty is taken away.
    #[derive(Default)]
    pub struct EntrySave {
        /// The entry; a new one where null.
        #[serde(default)]
        pub id: Option<String>,
        /// Slug of the program.
        #[serde(default)]
        pub program: Option<String>,
        /// The day; today for a new one where null.
        #[serde(default)]
        pub on: Option<String>,
        /// Title; the first line of the words where none is given.
        #[serde(default)]
        pub title: Option<String>,
        /// Who wrote it.
        #[serde(default)]
        pub sender: Option<String>,
        /// Its words.
        #[serde(default)]
        pub body: Option<String>,
        /// Tags.
        #[serde(default)]
        pub tags: Option<Vec<String>>,
        /// Name of a version of the program's terms.
        #[serde(default)]
        pub terms_version: Option<String>,
        /// Title of a swipe.
        #[serde(default)]
        pub swipe: Option<String>,
        /// Name of a campaign.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// A mail to take into the notebook.
    #[derive(Default)]
    pub struct MailImport {
        /// Path of the .eml file.
        pub path: String,
        /// Slug; told from the sender where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Tags.
        #[serde(default)]
        pub tags: Vec<String>,
    }

    /// Which contacts.
    #[derive(Default)]
    pub struct ContactList {
        /// Words to find.
        #[serde(default)]
        pub search: String,
        /// Slug.
        #[serde(default)]
        pub program: Option<String>,
    }

    /// A person at a program.
    pub struct ContactDto {
        /// UUID.
        pub id: String,
        /// Slug of the program.
        pub program: String,
        /// Name.
        pub name: String,
        /// Address, or nothing.
        pub mail: String,
        /// What they do there.
        pub role: String,
        /// In the user's words.
        pub note: String,
    }

    /// A new contact, or what changes of one. What is null stays as it is.
    #[derive(Default)]
    pub struct ContactSave {
        /// The contact, by id, address or name; a new one where null.
        #[serde(default)]
        pub id: Option<String>,
        /// Slug of the program.
        #[serde(default)]
        pub program: Option<String>,
        /// Name.
        #[serde(default)]
        pub name: Option<String>,
        /// Address.
        #[serde(default)]
        pub mail: Option<String>,
        /// What they do there.
        #[serde(default)]
        pub role: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: Option<String>,
    }

    /// Which reminders.
    #[derive(Default)]
    pub struct ReminderList {
        /// Words to find.
        #[serde(default)]
        pub search: String,
        /// Those that are done too.
        #[serde(default)]
        pub done: bool,
    }

    /// Something to do by a day.
    pub struct ReminderDto {
        /// UUID.
        pub id: String,
        /// What.
        pub text: String,
        /// The day it is due.
        pub due: String,
        /// `due` by today, `later`, or `done`.
        pub state: String,
        /// Slug of the program that it is about.
        pub program: Option<String>,
        /// Name of the campaign that it is about.
        pub campaign: Option<String>,
        /// Code of the link that it is about.
        pub link: Option<String>,
        /// The day it was done.
        pub done_on: Option<String>,
    }

    /// A new reminder, or what changes of one. What is null stays as it is; what is empty is taken away.
    #[derive(Default)]
    pub struct ReminderSave {
        /// The reminder; a new one where null.
        #[serde(default)]
        pub id: Option<String>,
        /// What.
        #[serde(default)]
        pub text: Option<String>,
        /// The day it is due.
        #[serde(default)]
        pub due: Option<String>,
        /// Slug of the program that it is about.
        #[serde(default)]
        pub program: Option<String>,
        /// Name of the campaign that it is about.
        #[serde(default)]
        pub campaign: Option<String>,
        /// Code of the link that it is about.
        #[serde(default)]
        pub link: Option<String>,
        /// Done, or open again.
        #[serde(default)]
        pub done: Option<bool>,
    }
}
