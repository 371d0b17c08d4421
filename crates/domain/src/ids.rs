//! Identifiers: one type per noun, so that a link's id can never be passed where a campaign's is meant.

use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// An affiliate program.
    ProgramId,
    /// A page of a program that links lead to.
    DestinationId,
    /// A place where the user promotes.
    ChannelId,
    /// A tracking link.
    LinkId,
    /// A template of links.
    LinkTemplateId,
    /// A place that holds a link.
    PlacementId,
    /// A rule for ready-made IDs.
    IdRuleId,
    /// A promotion campaign.
    CampaignId,
    /// One line of a campaign's log.
    LogEntryId,
    /// Something to be published for a campaign.
    ContentItemId,
    /// A configured source of reports.
    ConnectionId,
    /// One import or sync.
    BatchId,
    /// One row of the ledger.
    ConversionId,
    /// One payment by a program.
    PayoutId,
    /// A referred customer, as the user keeps them.
    ReferralId,
    /// Something noted of a referral.
    ReferralEventId,
    /// An affiliate whom the user recruited.
    RecruitId,
    /// A program's card, beside others.
    ScorecardId,
    /// Money that arrived on an account.
    DepositId,
    /// One statement of an account that was taken in.
    StatementId,
    /// One explained part of the difference between a payout and its deposit.
    ExplanationId,
    /// One sync of one connection.
    SyncRunId,
    /// One step in the change history.
    ChangeId,
    /// A text or image of the user's own.
    SwipeId,
    /// One version of a swipe.
    SwipeVersionId,
    /// An entry of the program notebook.
    EntryId,
    /// A person at a program.
    ContactId,
    /// A reminder.
    ReminderId,
    /// A piece of compliance evidence.
    EvidenceId,
}
