//! Why nothing can be said of a row.

use crate::MoneyError;

/// Why nothing can be said of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unjudged {
    /// The program is not known.
    NoProgram,
    /// The program's terms do not hold together on that day.
    NoTerms,
    /// Neither the sale nor the plan is known.
    NoPrice,
    /// The terms depend on the number of the payment, and the customer's first one is not in the book.
    NoFirstPayment,
    /// The currency is not that of the terms.
    OtherCurrency,
    /// Terms say nothing of leads, bonuses and corrections.
    OtherKind,
    /// The source does not say what was earned.
    NoCommission,
    /// The source's word for its approval is not known.
    UnknownApproval,
    /// A refund that names neither its sale nor its customer.
    LooseRefund,
    /// An amount is past what the book can hold.
    TooLarge,
}

impl Unjudged {
    /// Its stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoProgram => "no_program",
            Self::NoTerms => "no_terms",
            Self::NoPrice => "no_price",
            Self::NoFirstPayment => "no_first_payment",
            Self::OtherCurrency => "other_currency",
            Self::OtherKind => "other_kind",
            Self::NoCommission => "no_commission",
            Self::UnknownApproval => "unknown_approval",
            Self::LooseRefund => "loose_refund",
            Self::TooLarge => "too_large",
        }
    }

    /// Why, in words.
    pub fn why(self) -> &'static str {
        match self {
            Self::NoProgram => "the row names no program that is in the book",
            Self::NoTerms => "the program's terms do not say enough for that day",
            Self::NoPrice => "neither the sale's amount nor its plan is known",
            Self::NoFirstPayment => {
                "the terms depend on the number of the payment, and the customer's first one is not in the book"
            }
            Self::OtherCurrency => "the row's currency is not that of the terms",
            Self::OtherKind => "the terms promise nothing for leads, bonuses and corrections",
            Self::NoCommission => "the report does not say what was earned",
            Self::UnknownApproval => "the program's word for its state is not known",
            Self::LooseRefund => "the refund names neither its sale nor its customer",
            Self::TooLarge => "an amount is larger than the book can hold",
        }
    }
}

impl From<MoneyError> for Unjudged {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch(..) => Self::OtherCurrency,
            _ => Self::TooLarge,
        }
    }
}
