//! What changed since last time.

use super::{Amount, Refused, RowCounts, UnknownWord, dto};

dto! {
    /// Which batches.
    #[derive(Default)]
    pub struct InboxInput {
        /// Also those that were accepted.
        #[serde(default)]
        pub all: bool,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// An import or a sync that brought something, and in short what.
    pub struct InboxEntry {
        /// UUID.
        pub batch: String,
        /// `import`, `sync` or `sample`.
        pub kind: String,
        /// Name of the connection.
        pub connection: String,
        /// Name of the file.
        pub file: Option<String>,
        /// When, RFC 3339.
        pub at: String,
        /// Its rows.
        pub rows: RowCounts,
        /// Known rows that are reversed now.
        #[ts(type = "number")]
        pub reversed: u64,
        /// Rows that its source no longer has.
        #[ts(type = "number")]
        pub vanished: u64,
        /// Different words that are not known.
        #[ts(type = "number")]
        pub unknown: u64,
        /// Rows that another source may have already, and that nobody has decided yet.
        #[ts(type = "number")]
        pub open_duplicates: u64,
        /// Sums of the new rows' commissions.
        pub totals: Vec<Amount>,
        /// Sums of the vanished rows' commissions.
        pub vanished_totals: Vec<Amount>,
        /// When it was accepted; null while it waits.
        pub accepted_at: Option<String>,
        /// Rows and payouts of locked periods that came otherwise and wait until they are unlocked.
        #[ts(type = "number")]
        pub after_lock: u64,
    }

    /// A batch to be looked at.
    pub struct InboxShow {
        /// Its id.
        pub id: String,
        /// Rows of each kind at most.
        #[serde(default)]
        #[ts(optional = nullable)]
        pub limit: Option<u32>,
    }

    /// Everything that an import or a sync brought, each list cut at the limit; the entry has the numbers.
    pub struct InboxDetail {
        /// In short.
        pub entry: InboxEntry,
        /// New rows, newest first.
        pub new: Vec<InboxRow>,
        /// Known rows that are different now, reversed ones left out.
        pub changed: Vec<ChangedRow>,
        /// Known rows that are reversed now.
        pub reversed: Vec<ChangedRow>,
        /// Rows that the source no longer has.
        pub vanished: Vec<InboxRow>,
        /// Words that are not known.
        pub unknown: Vec<UnknownWord>,
        /// Rows that another source may have already.
        pub duplicates: Vec<DuplicateRow>,
        /// Records that did not land.
        pub refused: Vec<Refused>,
        /// What changed after its period was locked; the ledger stays as it was.
        pub after_lock: Vec<AfterLockRow>,
    }

    /// What a source says of a locked period since.
    pub struct AfterLockRow {
        /// The row as the ledger has it; null where it is new, or a payment.
        pub row: Option<InboxRow>,
        /// row or payout.
        pub noun: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// Its day.
        pub on: Option<String>,
        /// What the source says the commission or the payment is.
        pub amount: Option<Amount>,
        /// What it says of its approval.
        pub approval: Option<String>,
    }

    /// A row of the ledger in short.
    pub struct InboxRow {
        /// UUID in the ledger.
        pub id: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// The program, as far as known.
        pub program: Option<String>,
        /// The day it happened.
        pub occurred_on: String,
        /// sale, rebill, lead …
        pub kind: String,
        /// pending, approved, reversed, other.
        pub approval: String,
        /// What it is worth.
        pub commission: Option<Amount>,
    }

    /// A known row that is different now.
    pub struct ChangedRow {
        /// The row as it is now.
        pub row: InboxRow,
        /// What changed, before and after.
        pub fields: Vec<FieldChange>,
    }

    /// One field of it.
    pub struct FieldChange {
        /// `approval`, `payment`, `commission`, `sale`, `vanished` or `record` (something else in the record).
        pub field: String,
        /// As it was.
        pub before: Option<String>,
        /// As it is.
        pub after: Option<String>,
    }

    /// A row that another source may have already.
    pub struct DuplicateRow {
        /// UUID of the row of this batch; in a dry run it says nothing.
        pub id: String,
        /// Its line in the file; null for a sync.
        #[ts(type = "number | null")]
        pub line: Option<u64>,
        /// The row of this batch.
        pub row: InboxRow,
        /// The row that the ledger had already.
        pub other: InboxRow,
        /// Name of the connection that the other row came through.
        pub other_connection: String,
        /// Why they may be one: `order` (the same order number), `customer` (the same day, amount and customer), `day`
        /// (the same day and amount).
        pub reason: String,
        /// `open`, `take` (both stay) or `skip` (the row of this batch is left out).
        pub decision: String,
    }

    /// Decisions on rows of a batch that another source may have already.
    pub struct InboxDecide {
        /// The batch.
        pub batch: String,
        /// The decisions; empty for `all`.
        #[serde(default)]
        pub rows: Vec<RowChoice>,
        /// One decision for all that are still open: `take` or `skip`.
        #[serde(default)]
        pub all: Option<String>,
    }

    /// A decision on one row.
    pub struct RowChoice {
        /// UUID of the row of this batch.
        pub id: String,
        /// Whether it stays in the ledger.
        pub take: bool,
    }
}
