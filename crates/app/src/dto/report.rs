//! Reports as people read them.

use super::{Amount, LedgerList, RateDto, dto};
use std::collections::BTreeMap;

dto! {
    /// What to report.
    #[derive(Default)]
    pub struct ReportInput {
        /// month, program, plan, tier, channel, campaign, link or country.
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
        /// First month of the period to compare with.
        #[serde(default)]
        pub before_from: Option<String>,
        /// Last month of it.
        #[serde(default)]
        pub before_to: Option<String>,
        /// Also counts, clicks, EPC, rates and days.
        #[serde(default)]
        pub measures: bool,
        /// Dated rates, `EUR/USD=1.08@2026-01-01`, for one sum over all currencies.
        #[serde(default)]
        pub rates: Vec<String>,
        /// Who says so; needed with rates.
        #[serde(default)]
        pub rate_source: Option<String>,
    }

    /// A report: one row per key and currency. earned = reserve + due + paid in every row and every sum.
    pub struct Report {
        /// What it is by.
        pub by: String,
        /// First month asked for.
        pub from: Option<String>,
        /// Last month asked for.
        pub to: Option<String>,
        /// The rows.
        pub rows: Vec<ReportRow>,
        /// One sum a currency.
        pub totals: Vec<ReportRow>,
        /// One sum over all currencies, where the rates given join them.
        pub converted: Option<Converted>,
    }

    /// One key in one currency.
    pub struct ReportRow {
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
        /// How it went, where asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub measures: Option<Measures>,
        /// What was earned in the period compared with; where one was asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub before: Option<Amount>,
        /// What was earned more than then.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub change: Option<Amount>,
        /// That as a share of what was earned then, such as `0.125`; null where nothing was.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub change_share: Option<String>,
    }

    /// How sales went. What nothing is known of is null.
    pub struct Measures {
        /// Sales, reversed ones too.
        #[ts(type = "number")]
        pub sales: u64,
        /// Sales that were refunded, charged back or reversed.
        #[ts(type = "number")]
        pub refunded: u64,
        /// refunded ÷ sales.
        pub refund_rate: Option<String>,
        /// Clicks on links, of keys that clicks are known of.
        #[ts(type = "number | null")]
        pub clicks: Option<u64>,
        /// sales ÷ clicks.
        pub conversion: Option<String>,
        /// What was earned a click.
        pub epc: Option<Amount>,
        /// Days between a sale and the day its commission is due, on average.
        pub hold_days: Option<String>,
        /// Days between a sale and the payout that paid it, on average.
        pub payout_days: Option<String>,
    }

    /// Sums of several currencies in one, with the rates beside them.
    pub struct Converted {
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
        /// The rates it took.
        pub rates: Vec<RateDto>,
    }

    /// Writes a report into a file.
    pub struct ReportSave {
        /// The report.
        pub report: ReportInput,
        /// The file: .csv or .xlsx.
        pub path: String,
    }

    /// The statement of a year.
    pub struct YearInput {
        /// Four digits.
        pub year: i32,
        /// Dated rates for one sum over all currencies.
        #[serde(default)]
        pub rates: Vec<String>,
        /// Who says so; needed with rates.
        #[serde(default)]
        pub rate_source: Option<String>,
        /// The file: .pdf, .csv or .xlsx.
        pub path: String,
    }

    /// Writes rows of the ledger into a file.
    pub struct LedgerSave {
        /// Which rows.
        pub filter: LedgerList,
        /// The file: .csv or .xlsx.
        pub path: String,
    }

    /// Writes a table that the window shows into a file.
    pub struct TableSave {
        /// What stands above it.
        pub title: String,
        /// Its columns.
        pub columns: Vec<TableColumn>,
        /// Its rows; as many cells each.
        pub rows: Vec<Vec<String>>,
        /// The file: .csv or .xlsx.
        pub path: String,
    }

    /// A column.
    pub struct TableColumn {
        /// What stands above it.
        pub name: String,
        /// text, number or date.
        pub kind: String,
    }

    /// A list's filters under a name.
    pub struct SavedView {
        /// The list: `ledger`.
        pub place: String,
        /// Unique in its list.
        pub name: String,
        /// As the window writes its address.
        #[serde(default)]
        pub query: String,
    }
}
