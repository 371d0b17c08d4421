//! Reconciliation as people read it.

use super::{Amount, PayoutDto, dto};

dto! {
    /// A payout with its commissions on one side and what arrived on the other.
    pub struct Reconciliation {
        /// The payout.
        pub payout: PayoutDto,
        /// The commissions it paid, clawbacks below zero.
        pub lines: Vec<PayoutLineDto>,
        /// What they add up to.
        pub lines_total: Amount,
        /// What the user explained.
        pub explanations: Vec<ExplanationDto>,
        /// What arrived for it.
        pub deposits: Vec<DepositDto>,
        /// What arrived, in the payout's currency.
        pub arrived: Amount,
        /// What was withheld of it before, in the payout's currency.
        pub fees: Amount,
        /// What the terms take from the payout on its way; null where they take nothing.
        pub terms_fee: Option<Amount>,
        /// The deposit to expect after it; null where they take nothing.
        pub expected: Option<Amount>,
        /// Payout less its commissions and what explains them: not yet tied to commissions.
        pub lines_difference: Amount,
        /// Payout less what arrived and what explains the rest: above zero where money is missing.
        pub difference: Amount,
        /// Both without their signs; zero when everything is explained.
        pub left: Amount,
        /// Nothing is left to explain and something arrived.
        pub reconciled: bool,
        /// The period is locked: nothing of it changes.
        pub locked: bool,
        /// The balance that earlier payouts carried on, below zero for a debt.
        pub carried_in: Amount,
        /// The commissions that it most likely paid, where none are tied to it.
        pub line_proposal: Vec<PayoutLineDto>,
        /// What they add up to.
        pub line_proposal_total: Amount,
        /// Deposits that may be it, the likeliest first.
        pub deposit_proposals: Vec<DepositProposal>,
    }

    /// A commission that a payout paid.
    pub struct PayoutLineDto {
        /// The row of the ledger.
        pub id: String,
        /// The source's own id.
        pub native_id: Option<String>,
        /// Slug, or the source's word.
        pub program: Option<String>,
        /// sale, rebill, refund …
        pub kind: String,
        /// Its day.
        pub occurred_on: String,
        /// What of it this payout paid.
        pub amount: Amount,
        /// The whole commission.
        pub commission: Amount,
    }

    /// A part of the difference that was explained.
    pub struct ExplanationDto {
        /// UUID.
        pub id: String,
        /// missing, carried, fee or exchange.
        pub kind: String,
        /// With its sign.
        pub amount: Amount,
        /// In the user's words.
        pub note: String,
    }

    /// Money that arrived.
    pub struct DepositDto {
        /// UUID.
        pub id: String,
        /// The day.
        pub on: String,
        /// What arrived.
        pub amount: Amount,
        /// What was withheld before.
        pub fee: Amount,
        /// Who sent it.
        pub who: String,
        /// What they wrote.
        pub reference: String,
        /// Name of the account's mapping; empty where it was entered by hand.
        pub account: String,
        /// The statement that has it.
        pub statement: Option<String>,
        /// The payout that it is.
        pub payout: Option<String>,
        /// It is no payout.
        pub aside: bool,
        /// The rate between its currency and the payout's.
        pub rate: Option<RateDto>,
    }

    /// A dated exchange rate with its source.
    pub struct RateDto {
        /// One unit of this …
        pub from: String,
        /// … is so many units of this.
        pub to: String,
        /// A decimal.
        pub value: String,
        /// The day.
        pub on: String,
        /// Who says so.
        pub source: String,
    }

    /// A deposit that may be a payout's.
    pub struct DepositProposal {
        /// The deposit.
        pub deposit: DepositDto,
        /// 0 to 100.
        pub points: u8,
        /// Why: amount, `amount_with_fee`, `amount_after_fee`, `amount_nearly`, `amount_at_rate`, `other_currency`, `days_few`, `days_some`,
        /// `days_many`, number, name.
        pub reasons: Vec<String>,
    }

    /// Which deposits.
    #[derive(Default)]
    pub struct DepositList {
        /// all, open or matched; open where null.
        #[serde(default)]
        pub which: Option<String>,
        /// Words to find.
        #[serde(default)]
        pub search: String,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A deposit that the user saw.
    pub struct DepositAdd {
        /// The payout that it is: its id or the network's own.
        pub payout: String,
        /// What arrived.
        pub amount: Amount,
        /// What was withheld before, in the same currency.
        #[serde(default)]
        pub fee: Option<String>,
        /// The day.
        pub on: String,
        /// Who sent it and what they wrote.
        #[serde(default)]
        pub reference: String,
        /// `EUR/USD=1.0858@2026-01-15`, or the number alone for the day it arrived; needed for another currency.
        #[serde(default)]
        pub rate: Option<String>,
        /// Who says so; needed with a rate.
        #[serde(default)]
        pub rate_source: Option<String>,
    }

    /// Says which payout a deposit is.
    pub struct DepositTie {
        /// The deposit.
        pub deposit: String,
        /// The payout; null takes the deposit away from the one it is.
        #[serde(default)]
        pub payout: Option<String>,
        /// As in `DepositAdd`.
        #[serde(default)]
        pub rate: Option<String>,
        /// Who says so.
        #[serde(default)]
        pub rate_source: Option<String>,
    }

    /// Leaves a deposit aside as no payout, or takes that back.
    pub struct DepositAside {
        /// The deposit.
        pub id: String,
        /// Whether it is none.
        pub aside: bool,
    }

    /// Which commissions a payout paid.
    pub struct PayoutLinesSet {
        /// The payout.
        pub payout: String,
        /// The rows and what of each was paid; null takes the proposal.
        #[serde(default)]
        pub lines: Option<Vec<PayoutLineSet>>,
    }

    /// One commission of a payout.
    pub struct PayoutLineSet {
        /// The row of the ledger.
        pub id: String,
        /// What of it was paid; a decimal of the payout's currency.
        pub amount: String,
    }

    /// Explains a part of the difference.
    pub struct ExplainAdd {
        /// The payout.
        pub payout: String,
        /// missing, carried, fee or exchange.
        pub kind: String,
        /// With its sign, a decimal of the payout's currency; a fee is below zero.
        pub amount: String,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
    }

    /// A locked period.
    pub struct PeriodDto {
        /// Slug.
        pub program: String,
        /// Name of the program.
        pub name: String,
        /// ISO 4217.
        pub currency: String,
        /// The last locked day.
        pub through: String,
        /// When it was locked, RFC 3339.
        pub locked_at: String,
        /// In the user's words.
        pub note: String,
        /// Rows that came otherwise since and wait.
        #[ts(type = "number")]
        pub waiting: u64,
    }

    /// Locks a period.
    pub struct PeriodLock {
        /// Slug.
        pub program: String,
        /// ISO 4217.
        pub currency: String,
        /// The last day.
        pub through: String,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
    }

    /// Unlocks a period.
    pub struct PeriodUnlock {
        /// Slug.
        pub program: String,
        /// ISO 4217.
        pub currency: String,
        /// What stays locked: up to and with this day; nothing where null.
        #[serde(default)]
        pub keep: Option<String>,
    }

    /// What unlocking did.
    pub struct PeriodUnlocked {
        /// Rows that had changed at their source meanwhile and were taken in.
        #[ts(type = "number")]
        pub taken_in: u64,
    }

    /// A statement to take in.
    #[derive(Default)]
    pub struct StatementImport {
        /// The file.
        pub path: String,
        /// Name of a saved mapping, or `paypal`; told from the header where null.
        #[serde(default)]
        pub mapping: Option<String>,
        /// A mapping as a TOML document; kept under its name once it has worked.
        #[serde(default)]
        pub map: Option<String>,
        /// A mapping as a form: fields and columns.
        #[serde(default)]
        pub columns: Vec<StatementColumn>,
        /// Name that the form is kept under.
        #[serde(default)]
        pub name: Option<String>,
        /// Currency of a file that names none.
        #[serde(default)]
        pub currency: Option<String>,
        /// Says what would happen and writes nothing.
        #[serde(default)]
        pub dry_run: bool,
    }

    /// A field of a statement and the column it is read from.
    pub struct StatementColumn {
        /// date, amount, gross, id, currency, who, reference, status or kind.
        pub field: String,
        /// Name of the column.
        pub column: String,
    }

    /// What is in a statement's file.
    pub struct StatementPreview {
        /// Its columns.
        pub header: Vec<String>,
        /// Its first rows.
        pub rows: Vec<Vec<String>>,
        /// The mapping that knows it, or null.
        pub mapping: Option<String>,
        /// Columns that look right where none does.
        pub columns: Vec<StatementColumn>,
    }

    /// What taking a statement in did.
    pub struct StatementDone {
        /// The statement; null where nothing was written.
        pub statement: Option<String>,
        /// Name of the file.
        pub file: String,
        /// Name of the mapping.
        pub mapping: String,
        /// Rows; read is the sum of the others.
        pub rows: StatementRows,
        /// What the new deposits add up to, by currency.
        pub totals: Vec<Amount>,
        /// The new deposits.
        pub deposits: Vec<DepositDto>,
        /// Rows that could not be read.
        pub refused: Vec<super::Refused>,
        /// New deposits that are most likely payouts.
        #[ts(type = "number")]
        pub proposed: u64,
    }

    /// Rows of a statement by what became of them.
    pub struct StatementRows {
        /// In all.
        #[ts(type = "number")]
        pub read: u64,
        /// New deposits.
        #[ts(type = "number")]
        pub new: u64,
        /// Known already.
        #[ts(type = "number")]
        pub same: u64,
        /// No money that came in.
        #[ts(type = "number")]
        pub left: u64,
        /// Not read.
        #[ts(type = "number")]
        pub refused: u64,
    }

    /// A statement that was taken in.
    pub struct StatementDto {
        /// UUID.
        pub id: String,
        /// Name of the file.
        pub file: String,
        /// Name of its mapping.
        pub mapping: String,
        /// When, RFC 3339.
        pub at: String,
        /// Its rows.
        pub rows: StatementRows,
        /// How many of its deposits are payouts.
        #[ts(type = "number")]
        pub matched: u64,
    }

    /// What undoing a statement did.
    pub struct StatementUndone {
        /// Deposits taken out.
        #[ts(type = "number")]
        pub removed: u64,
    }
}
