//! Affiliate programs, their plans and their dated terms.

mod diff;
mod joining;
mod plan;
mod rate;
mod rules;
mod term_value;
mod terms;

pub use diff::{Change, differences};
pub use joining::{Joining, JoiningStep};
pub use plan::{Plan, PlanSet, Term, plan_on, recognise};
pub use rate::{Rate, RateError};
pub use rules::{Proration, RefundRule, Rules};
pub use term_value::TermValue;
pub use terms::{Provenance, SecondTierBase, TermError, TermKey, Terms, TermsVersion, terms_on};

use crate::{
    ids::{DestinationId, ProgramId},
    link::LinkStyle,
};

/// A company's affiliate program, as the user knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Identity.
    pub id: ProgramId,
    /// Short unique name for the command line and files, such as `kartra`.
    pub slug: String,
    /// Name that people read.
    pub name: String,
    /// Home page of the program.
    pub website: Option<String>,
    /// The network that runs it, in lower case (`partnerstack`), where known.
    pub network: Option<String>,
    /// Whether it came with the application (its facts are then refreshed by upgrades).
    pub builtin: bool,
    /// How its tracking links are written.
    pub link_style: LinkStyle,
    /// The affiliate's code or user name in this program.
    pub identity: Option<String>,
    /// No longer offered, still shown where it was used.
    pub archived: bool,
    /// Counts edits.
    pub revision: i64,
}

/// What a destination is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DestinationKind {
    /// The front page.
    Main,
    /// The page where a trial starts.
    Trial,
    /// A landing page.
    Landing,
    /// One step of a funnel.
    Funnel,
    /// Anything else.
    Other,
}

impl DestinationKind {
    /// Every kind, in the order it is offered.
    pub const ALL: &'static [Self] = &[
        Self::Main,
        Self::Trial,
        Self::Landing,
        Self::Funnel,
        Self::Other,
    ];

    /// The word of the command line and of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Trial => "trial",
            Self::Landing => "landing",
            Self::Funnel => "funnel",
            Self::Other => "other",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// A page of a program that links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Identity.
    pub id: DestinationId,
    /// The program.
    pub program: ProgramId,
    /// Name that people read.
    pub name: String,
    /// What it is for.
    pub kind: DestinationKind,
    /// The address; `{identity}` stands for the affiliate's code.
    pub url: String,
    /// No longer offered.
    pub archived: bool,
    /// Counts edits.
    pub revision: i64,
}
