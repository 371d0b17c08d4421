//! In which ways a row does not fit, and what the user made of it.

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
    /// In which way a row does not fit.
    FindingKind {
        /// Less was reported than the terms promise, or more taken back.
        ShortPaid = "short_paid",
        /// More was reported than the terms promise; it may be taken back.
        OverPaid = "over_paid",
        /// A recruited affiliate's sale without its second tier.
        MissingSecondTier = "missing_second_tier",
        /// Due, and not paid in the payout it belongs to.
        Late = "late",
        /// Several payments in a row earn another rate than the terms say.
        RateChanged = "rate_changed",
        /// Its source no longer has it.
        Vanished = "vanished",
        /// Its commission became smaller after it was reported.
        Shrunk = "shrunk",
        /// Takes back a sale that was never reported.
        RefundWithoutSale = "refund_without_sale",
    }
}

words! {
    /// What the user made of a finding.
    State {
        /// Nothing yet.
        Open = "open",
        /// It is as it should be.
        Accepted = "accepted",
        /// The program is asked about it.
        Disputed = "disputed",
        /// There is a reason that the terms do not tell.
        Explained = "explained",
    }
}
