//! The first screen.

use super::{Amount, LedgerItem, OwedRow, dto};

dto! {
    /// Everything on the first screen, in one answer.
    pub struct Overview {
        /// Today in the book's time zone.
        pub today: String,
        /// What every program owes.
        pub owed: Vec<OwedRow>,
        /// Earned by month and currency, the last twelve months and this one.
        pub months: Vec<OverviewMonth>,
        /// Expected net commission of the next months by currency, where a forecast is possible.
        pub ahead: Vec<OverviewMonth>,
        /// Whether `ahead` is of an earlier state of the book; `overview_ahead` works it out anew.
        pub ahead_due: bool,
        /// Newest rows of the ledger.
        pub recent: Vec<LedgerItem>,
        /// What needs the user, most pressing first.
        pub attention: Vec<Attention>,
        /// Counts for the sidebar, by area.
        pub badges: Badges,
    }

    /// One month's amount.
    pub struct OverviewMonth {
        /// `2026-03`.
        pub month: String,
        /// Amount.
        pub amount: Amount,
    }

    /// Something that needs the user.
    pub struct Attention {
        /// Stable: `choose_terms`, `no_identity`, `vanished`, `unknown_words`, `sync_failed`, `checklist_open`, `refused_rows`, `reminder_due`.
        pub code: String,
        /// In a sentence.
        pub message: String,
        /// The area to go to.
        pub area: String,
        /// What to open there.
        pub target: Option<String>,
    }

    /// Counts that need attention, by area.
    pub struct Badges {
        /// Programs.
        pub programs: u32,
        /// Earnings.
        pub earnings: u32,
        /// Compliance.
        pub compliance: u32,
        /// Connections.
        pub connections: u32,
        /// Notebook: reminders that are due.
        pub notebook: u32,
    }
}
