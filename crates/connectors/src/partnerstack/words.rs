//! PartnerStack's words. What is not in these tables is kept verbatim and shown as unknown.

use perennial_domain::ledger::{Approval, Kind, Payment};

/// Where a program's decision stands, by the words of its review list and of an affiliate's dashboard.
pub(super) fn approval(word: &str) -> Approval {
    match word.to_ascii_lowercase().as_str() {
        "new" | "pending" | "pending_approval" | "hold" | "on_hold" | "held" => Approval::Pending,
        // A reward that was "paid" in review was accepted and settled.
        "approved" | "paid" => Approval::Approved,
        "declined" | "rejected" | "reversed" => Approval::Reversed,
        _ => Approval::Other,
    }
}

/// Where the money is. `expired`, `failed` and `merging` say nothing that the ledger could count on.
pub(super) fn payment(word: &str) -> Payment {
    match word.to_ascii_lowercase().as_str() {
        "available" => Payment::Unpaid,
        "in_transit" => Payment::Scheduled,
        "withdrawn" | "paid_externally" => Payment::Paid,
        "paid_and_refunded" => Payment::ClawedBack,
        _ => Payment::Other,
    }
}

/// What a reward is for, where it says so itself.
pub(super) fn kind(word: &str) -> Option<Kind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "sale" => Kind::Sale,
        "rebill" | "renewal" | "recurring" => Kind::Rebill,
        "lead" | "signup" | "sign_up" => Kind::Lead,
        "bonus" => Kind::Bonus,
        "second_tier" => Kind::SecondTier,
        "refund" => Kind::Refund,
        "chargeback" => Kind::Chargeback,
        "correction" | "adjustment" => Kind::Correction,
        _ => return None,
    })
}
