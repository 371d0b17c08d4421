//! One row of the ledger, as its source reported it.

use crate::{Currency, Money};
use chrono::{DateTime, Utc};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the command line, of files and of the book.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The value of a word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// What happened.
    Kind {
        /// A first payment.
        Sale = "sale",
        /// A later payment of a subscription.
        Rebill = "rebill",
        /// A sign-up that pays by itself.
        Lead = "lead",
        /// A reward that belongs to no sale.
        Bonus = "bonus",
        /// A share of a recruited affiliate's sale.
        SecondTier = "second_tier",
        /// Money given back to the customer, and taken from the affiliate.
        Refund = "refund",
        /// A payment reversed by the customer's bank.
        Chargeback = "chargeback",
        /// The program's own correction.
        Correction = "correction",
    }
}

impl Kind {
    /// The family that identity is kept by: corrections of a conversion may share its native id.
    pub fn family(self) -> &'static str {
        match self {
            Self::Refund | Self::Chargeback | Self::Correction => "reversal",
            _ => "conversion",
        }
    }
}

words! {
    /// Whose sale it was.
    Tier {
        /// The user's own.
        Direct = "direct",
        /// A recruited affiliate's.
        Second = "second",
    }
}

words! {
    /// Where the program's approval stands.
    Approval {
        /// Not decided.
        Pending = "pending",
        /// Accepted.
        Approved = "approved",
        /// Taken back.
        Reversed = "reversed",
        /// A word that is not known; it is kept and shown, never guessed.
        Other = "other",
    }
}

words! {
    /// Where the program's payment stands; a separate axis from approval.
    Payment {
        /// Not paid.
        Unpaid = "unpaid",
        /// On its way.
        Scheduled = "scheduled",
        /// Paid.
        Paid = "paid",
        /// Paid, and taken back since; the taking back is a row of its own.
        ClawedBack = "clawed_back",
        /// A word that is not known; it is kept and shown, never guessed.
        Other = "other",
    }
}

words! {
    /// What a status event is about.
    StatusField {
        /// The approval word.
        Approval = "approval",
        /// The payment word.
        Payment = "payment",
        /// The commission's amount.
        Commission = "commission",
        /// The sale's amount.
        Sale = "sale",
        /// Gone from its source, or back.
        Vanished = "vanished",
        /// Anything else in the record.
        Record = "record",
    }
}

/// A conversion as a source reported it: facts only, nothing of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionFacts {
    /// The source's own id; none for a file row without one.
    pub native_id: Option<String>,
    /// Which of several equal rows without an id this is, from 0; always 0 with an id.
    pub occurrence: u32,
    /// The program's name as the source says it.
    pub program_text: Option<String>,
    /// The product or plan as the source says it.
    pub plan_text: Option<String>,
    /// The conversion that this row refunds or corrects.
    pub parent_native_id: Option<String>,
    /// What happened.
    pub kind: Kind,
    /// Whose sale it was.
    pub tier: Tier,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// When the click was.
    pub click_at: Option<DateTime<Utc>>,
    /// The merchant's order number.
    pub order_ref: Option<String>,
    /// The source's key of the customer.
    pub customer_ref: Option<String>,
    /// Sub-IDs that came back, in the source's order.
    pub sub_ids: Vec<String>,
    /// Currency of both amounts.
    pub currency: Currency,
    /// What the customer paid.
    pub sale: Option<Money>,
    /// What the affiliate earns; negative for a refund.
    pub commission: Option<Money>,
    /// Approval, and the source's word for it.
    pub approval: Approval,
    /// The source's word, verbatim.
    pub approval_text: Option<String>,
    /// Payment.
    pub payment: Payment,
    /// The source's word, verbatim.
    pub payment_text: Option<String>,
    /// When the program says it can no longer change.
    pub lock_at: Option<DateTime<Utc>>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was reversed.
    pub reversed_at: Option<DateTime<Utc>>,
    /// Why it was reversed, in the source's words.
    pub reason: Option<String>,
    /// When the source last changed it.
    pub source_updated_at: Option<DateTime<Utc>>,
    /// The record as it came.
    pub raw: String,
    /// SHA-256 of the record in canonical form, hexadecimal; a change is noticed by it.
    pub raw_hash: String,
}

/// A payment by the program, as a source reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutFacts {
    /// The source's own id.
    pub native_id: String,
    /// What was paid.
    pub amount: Money,
    /// The source's word, verbatim.
    pub status_text: String,
    /// The period it covers, in the source's words.
    pub period: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The record as it came.
    pub raw: String,
    /// SHA-256 of the record in canonical form, hexadecimal.
    pub raw_hash: String,
}
