use thiserror::Error;

/// Why a secret could not be read, kept or forgotten. None of these carries any part of a secret.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// There is no keychain on this machine, or nothing answers for it (no D-Bus session, no Secret Service).
    #[error("this computer has no keychain that answers ({detail})")]
    NoKeychain {
        /// What the system said.
        detail: String,
    },
    /// The keychain is there but locked, and was not unlocked when asked.
    #[error("the keychain is locked")]
    Locked,
    /// The system, or the person it asked, refused access.
    #[error("the keychain refused access ({detail})")]
    Denied {
        /// What the system said.
        detail: String,
    },
    /// The keychain cannot hold a secret this long (Windows: 2,560 bytes).
    #[error("the secret is longer than the {limit} characters this keychain can hold")]
    TooLong {
        /// The limit the system named, in its own characters.
        limit: u32,
    },
    /// What stands under the account key was not put there by Perennial: it is not text, or there are several.
    #[error("the keychain holds something else under this name ({detail})")]
    NotOurs {
        /// What was found instead, never its content.
        detail: &'static str,
    },
    /// An account key must have a name.
    #[error("a secret needs an account name to be kept under")]
    NoAccount,
    /// Anything else the keychain reported.
    #[error("the keychain failed ({detail})")]
    Failed {
        /// What the system said.
        detail: String,
    },
}

impl SecretError {
    /// Whether asking the person for the secret, for this run alone, is a way on.
    pub fn can_ask_instead(&self) -> bool {
        matches!(
            self,
            Self::NoKeychain { .. } | Self::Locked | Self::Denied { .. } | Self::Failed { .. }
        )
    }
}
