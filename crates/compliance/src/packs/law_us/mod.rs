//! United States: the FTC's rules on endorsements and reviews, and CAN-SPAM.

pub mod disclosure_not_prominent;
pub mod disclosure_unclear;
pub mod fake_review;
pub mod income_claim;
mod income_frame;
mod review_deal;
pub mod spam_misleading_subject;
pub mod spam_no_opt_out;
pub mod spam_no_postal_address;
