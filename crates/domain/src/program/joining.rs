//! The way into a program, from application to approval.

use chrono::NaiveDate;

/// One step of joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JoiningStep {
    /// The form is sent.
    Applied,
    /// The terms are read and accepted.
    TermsAccepted,
    /// The question how one will promote is answered.
    Questionnaire,
    /// Waiting for the program's decision.
    Waiting,
    /// In.
    Approved,
    /// Turned down.
    Declined,
}

impl JoiningStep {
    /// Every step, in order; the last two are the two ends.
    pub const ALL: &'static [Self] = &[
        Self::Applied,
        Self::TermsAccepted,
        Self::Questionnaire,
        Self::Waiting,
        Self::Approved,
        Self::Declined,
    ];

    /// The word of the command line and of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::TermsAccepted => "terms_accepted",
            Self::Questionnaire => "questionnaire",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }

    /// The step of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.word() == word)
    }
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Which step.
    pub step: JoiningStep,
    /// The day it was taken.
    pub on: NaiveDate,
    /// For accepted terms: which version.
    pub terms_version: Option<String>,
    /// In the user's words.
    pub note: String,
}
