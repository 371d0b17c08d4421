//! Campaigns and the log of what was published.

use crate::{
    Money,
    ids::{CampaignId, ChannelId, LogEntryId},
};
use chrono::NaiveDate;

/// A promotion campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Identity.
    pub id: CampaignId,
    /// Unique name, compared without case.
    pub name: String,
    /// Where it runs.
    pub channels: Vec<ChannelId>,
    /// First day, where planned.
    pub starts_on: Option<NaiveDate>,
    /// Last day, where planned.
    pub ends_on: Option<NaiveDate>,
    /// What the user wants of it, in their words.
    pub goal: String,
    /// What may be spent.
    pub budget: Option<Money>,
    /// No longer offered, still shown where it was used.
    pub archived: bool,
    /// Counts edits.
    pub revision: i64,
}

/// One thing done for a campaign: a post, a mail, an ad, a day of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Identity.
    pub id: LogEntryId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The day it happened.
    pub on: NaiveDate,
    /// What was done, in the user's words.
    pub what: String,
    /// Where it was published.
    pub channel: Option<ChannelId>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// What it cost.
    pub spend: Option<Money>,
    /// Minutes of work.
    pub minutes: Option<u32>,
    /// Counts edits.
    pub revision: i64,
}
