//! Campaigns, their log and what they brought.

use super::{Amount, LinkDto, dto};

dto! {
    /// A campaign in a list.
    pub struct CampaignRow {
        /// UUID.
        pub id: String,
        /// Name.
        pub name: String,
        /// Names of its channels.
        pub channels: Vec<String>,
        /// First day.
        pub starts_on: Option<String>,
        /// Last day.
        pub ends_on: Option<String>,
        /// In the user's words.
        pub goal: String,
        /// What may be spent.
        pub budget: Option<Amount>,
        /// What it brought so far.
        pub results: CampaignResults,
        /// No longer offered.
        pub archived: bool,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// What a campaign brought so far. Amounts of two currencies never add up: one entry each.
    pub struct CampaignResults {
        /// Links it uses.
        #[ts(type = "number")]
        pub links: u64,
        /// Clicks, where any are known.
        #[ts(type = "number | null")]
        pub clicks: Option<u64>,
        /// New customers.
        #[ts(type = "number")]
        pub referrals: u64,
        /// Log entries.
        #[ts(type = "number")]
        pub entries: u64,
        /// Minutes of work.
        #[ts(type = "number")]
        pub minutes: u64,
        /// Money by currency.
        pub money: Vec<CampaignMoney>,
    }

    /// Money of one currency.
    pub struct CampaignMoney {
        /// ISO 4217.
        pub currency: String,
        /// Commission so far.
        pub commission: String,
        /// Spent so far.
        pub spend: String,
        /// Commission less spend.
        pub profit: String,
        /// What its paying customers are expected to bring still, discounted to today; null where it was not worked out.
        pub to_come: Option<String>,
        /// Profit with what is still to come; null as above.
        pub profit_with_to_come: Option<String>,
        /// Commission a click, where clicks are known.
        pub epc: Option<String>,
    }

    /// A campaign with everything.
    pub struct CampaignDetail {
        /// As in the list.
        pub campaign: CampaignRow,
        /// Newest first.
        pub log: Vec<LogEntryDto>,
        /// The links it uses.
        pub links: Vec<LinkDto>,
        /// Its results, one entry a currency, with how each number comes about.
        pub figures: Vec<CampaignFigures>,
    }

    /// Results of one currency, with how each number comes about.
    pub struct CampaignFigures {
        /// ISO 4217.
        pub currency: String,
        /// Commission so far.
        pub commission: String,
        /// What its paying customers are expected to bring still, discounted to today.
        pub to_come: String,
        /// Spent so far.
        pub spend: String,
        /// Commission less spend.
        pub profit: String,
        /// Profit with what is still to come.
        pub profit_with_to_come: String,
        /// Whether the spend came back, and when.
        pub payback: PaybackDto,
        /// Commission a click, where clicks are known.
        pub epc: Option<String>,
        /// Profit an hour of work, where work was noted.
        pub hourly: Option<String>,
        /// How each of them comes about.
        pub how: Vec<FigureHow>,
    }

    /// Whether what was spent came back.
    pub struct PaybackDto {
        /// `nothing_spent`, `reached`, `expected` or `not_in_sight`.
        pub state: String,
        /// The day; of `expected` the last of the month.
        pub on: Option<String>,
        /// What stays open, where it is not in sight.
        pub missing: Option<String>,
    }

    /// How a number comes about.
    pub struct FigureHow {
        /// The field's name: `commission`, `to_come`, `spend`, `profit`, `profit_with_to_come`, `payback`, `epc`, `hourly`.
        pub key: String,
        /// In a sentence.
        pub text: String,
    }

    /// What to compare.
    pub struct CampaignCompare {
        /// `campaign` or `channel`.
        pub by: String,
        /// Archived ones too.
        #[serde(default)]
        pub archived: bool,
    }

    /// Campaigns or channels side by side.
    pub struct CampaignComparison {
        /// `campaign` or `channel`.
        pub by: String,
        /// By name.
        pub rows: Vec<ComparedRow>,
        /// What counts for a row, in sentences.
        pub method: Vec<String>,
    }

    /// One campaign or channel.
    pub struct ComparedRow {
        /// UUID.
        pub id: String,
        /// Name.
        pub name: String,
        /// No longer offered.
        pub archived: bool,
        /// Links.
        #[ts(type = "number")]
        pub links: u64,
        /// Clicks, where any are known.
        #[ts(type = "number | null")]
        pub clicks: Option<u64>,
        /// New customers.
        #[ts(type = "number")]
        pub referrals: u64,
        /// Minutes of work.
        #[ts(type = "number")]
        pub minutes: u64,
        /// One entry a currency; amounts of two never add up.
        pub figures: Vec<CampaignFigures>,
    }

    /// A page for a partner to be written.
    pub struct CampaignReportSave {
        /// Campaign by name or id.
        pub campaign: String,
        /// The file.
        pub path: String,
        /// Leave out what is nobody else's business: spend, profit, payback and the hour's worth.
        #[serde(default)]
        pub without_costs: bool,
    }

    /// A campaign to be made or changed.
    pub struct CampaignSave {
        /// Null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Name.
        pub name: String,
        /// Channels by name or id.
        #[serde(default)]
        pub channels: Vec<String>,
        /// First day.
        #[serde(default)]
        pub starts_on: Option<String>,
        /// Last day.
        #[serde(default)]
        pub ends_on: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub goal: String,
        /// What may be spent.
        #[serde(default)]
        pub budget: Option<Amount>,
        /// No longer offered.
        #[serde(default)]
        pub archived: bool,
    }

    /// One thing done.
    pub struct LogEntryDto {
        /// UUID.
        pub id: String,
        /// The day.
        pub on: String,
        /// What was done.
        pub what: String,
        /// Name of the channel.
        pub channel: Option<String>,
        /// Where it can be seen.
        pub url: Option<String>,
        /// What it cost.
        pub spend: Option<Amount>,
        /// Minutes of work.
        pub minutes: Option<u32>,
    }

    /// A log entry to be added or changed.
    pub struct LogSave {
        /// Campaign by name or id.
        pub campaign: String,
        /// Null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// The day.
        pub on: String,
        /// What was done.
        pub what: String,
        /// Channel by name or id.
        #[serde(default)]
        pub channel: Option<String>,
        /// Where it can be seen.
        #[serde(default)]
        pub url: Option<String>,
        /// What it cost.
        #[serde(default)]
        pub spend: Option<Amount>,
        /// Minutes of work.
        #[serde(default)]
        pub minutes: Option<u32>,
    }
}
