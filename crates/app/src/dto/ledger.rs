//! The ledger as people read it.

use super::{Amount, dto};
use std::collections::BTreeMap;

dto! {
    /// One row of the ledger.
    pub struct LedgerItem {
        /// UUID.
        pub id: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// Name of the connection it came through.
        pub connection: String,
        /// The batch that brought it.
        pub batch: String,
        /// Slug of the program, or the source's word where it is none of the book's.
        pub program: Option<String>,
        /// `2021/starter-monthly`, or the source's word.
        pub plan: Option<String>,
        /// sale, rebill, lead, bonus, `second_tier`, refund, chargeback, correction.
        pub kind: String,
        /// direct or second.
        pub tier: String,
        /// RFC 3339 UTC.
        pub occurred_at: String,
        /// The day in the book's time zone.
        pub occurred_on: String,
        /// What the customer paid.
        pub sale: Option<Amount>,
        /// What the affiliate earns.
        pub commission: Option<Amount>,
        /// pending, approved, reversed, other.
        pub approval: String,
        /// The network's word.
        pub approval_text: Option<String>,
        /// unpaid, scheduled, paid, `clawed_back`, other.
        pub payment: String,
        /// The network's word.
        pub payment_text: Option<String>,
        /// reserve, due, paid, reversed or unknown.
        pub standing: String,
        /// The day it is due; null where its program releases nothing before more sales are approved.
        pub matures_on: Option<String>,
        /// Sub-IDs that came back.
        pub sub_ids: Vec<String>,
        /// Code of the link.
        pub link: Option<String>,
        /// Name of the link's channel.
        pub channel: Option<String>,
        /// Name of the link's campaign.
        pub campaign: Option<String>,
        /// The source no longer has it.
        pub vanished: bool,
        /// Its source says otherwise since its period was locked; it stands as it was.
        pub after_lock: bool,
    }

    /// Which rows.
    #[derive(Default)]
    pub struct LedgerList {
        /// Words to find in ids, sub-IDs, order and customer.
        #[serde(default)]
        pub search: String,
        /// Slug.
        #[serde(default)]
        pub program: Option<String>,
        /// reserve, due, paid, reversed or unknown.
        #[serde(default)]
        pub standing: Option<String>,
        /// First day.
        #[serde(default)]
        pub from: Option<String>,
        /// Last day.
        #[serde(default)]
        pub to: Option<String>,
        /// Name of a channel.
        #[serde(default)]
        pub channel: Option<String>,
        /// Name of a campaign.
        #[serde(default)]
        pub campaign: Option<String>,
        /// A batch.
        #[serde(default)]
        pub batch: Option<String>,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// One row with its story.
    pub struct LedgerDetail {
        /// The row.
        pub item: LedgerItem,
        /// Why it stands as it does, in sentences with the arithmetic.
        pub story: Vec<String>,
        /// What changed at the source.
        pub events: Vec<StatusEventDto>,
        /// What its refunds and corrections are.
        pub related: Vec<LedgerItem>,
        /// The record as it came.
        pub raw: String,
    }

    /// A change at the source.
    pub struct StatusEventDto {
        /// When it was seen, RFC 3339.
        pub at: String,
        /// What changed.
        pub field: String,
        /// Before.
        pub before: Option<String>,
        /// After.
        pub after: Option<String>,
    }

    /// Standing on a day.
    pub struct OwedInput {
        /// The day; today where null.
        #[serde(default)]
        pub on: Option<String>,
        /// Slug; all where null.
        #[serde(default)]
        pub program: Option<String>,
    }

    /// What every program owes.
    pub struct Owed {
        /// The day.
        pub on: String,
        /// One row per program and currency.
        pub items: Vec<OwedRow>,
    }

    /// What one program owes in one currency. earned = reserve + due + paid.
    pub struct OwedRow {
        /// Slug, or the source's word; null where unknown.
        pub program: Option<String>,
        /// ISO 4217.
        pub currency: String,
        /// Not reversed.
        pub earned: Amount,
        /// Earned and on hold.
        pub reserve: Amount,
        /// Earned, matured, not yet paid.
        pub due: Amount,
        /// Paid out.
        pub paid: Amount,
        /// Reported with a word that is not known, so counted nowhere.
        pub unknown: Amount,
        /// The next payment to expect.
        pub next_payout: Option<NextPayoutDto>,
    }

    /// A payment to expect.
    pub struct NextPayoutDto {
        /// The run.
        pub date: String,
        /// The whole balance of that day.
        pub amount: String,
        /// What the terms take from it on its way; null where they take nothing.
        pub fee: Option<String>,
        /// What arrives of it then; null where nothing is taken.
        pub arrives: Option<String>,
    }

    /// A payment by a program.
    pub struct PayoutDto {
        /// UUID.
        pub id: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// Name of the connection.
        pub connection: Option<String>,
        /// Slug.
        pub program: Option<String>,
        /// What was paid.
        pub amount: Amount,
        /// The network's word.
        pub status: String,
        /// Period.
        pub period: Option<String>,
        /// The day it was sent.
        pub sent_on: Option<String>,
        /// In the user's words.
        pub note: String,
        /// What of it is tied to commissions.
        pub allocated: Amount,
        /// What is left to explain of it; null where nothing arrived and nothing was explained yet.
        pub left: Option<Amount>,
        /// open, reconciled or locked.
        pub state: String,
        /// The day that the last of it arrived.
        pub arrived_on: Option<String>,
    }

    /// A payment that the user saw arrive.
    pub struct PayoutRecord {
        /// Slug.
        pub program: String,
        /// What arrived.
        pub amount: Amount,
        /// The day.
        pub on: String,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
    }

    /// Earnings by a key.
    pub struct EarningsInput {
        /// month, program, plan, channel, campaign or link.
        pub by: String,
        /// First month; from the first row where null.
        #[serde(default)]
        pub from: Option<String>,
        /// Last month; to the last row where null.
        #[serde(default)]
        pub to: Option<String>,
        /// Slug; all where null.
        #[serde(default)]
        pub program: Option<String>,
    }

    /// One row per key and currency.
    pub struct EarningsReport {
        /// The rows.
        pub rows: Vec<EarningsRow>,
    }

    /// earned = reserve + due + paid.
    pub struct EarningsRow {
        /// The key under its own name: `{"month":"2026-03"}`.
        #[serde(flatten)]
        #[ts(flatten)]
        pub key: BTreeMap<String, Option<String>>,
        /// Not reversed.
        pub earned: Amount,
        /// Earned and on hold.
        pub reserve: Amount,
        /// Earned, matured, not yet paid.
        pub due: Amount,
        /// Paid out.
        pub paid: Amount,
    }
}
