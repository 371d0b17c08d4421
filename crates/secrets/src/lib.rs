//! Keys and tokens of the networks a book is connected to.
//!
//! A secret lives in the keychain of the operating system and nowhere else: not in the book, not in a log,
//! not in an error. Where there is no keychain the caller is told so by a typed error and may ask the
//! person for the secret each time; there is no fallback to a file.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod error;
mod keychain;
mod memory;
mod secret;

pub use error::SecretError;
pub use keychain::Keychain;
pub use memory::MemoryStore;
pub use secret::Secret;

/// A place that keeps one secret per account key, such as `connection/0190c2…`.
///
/// The account key is not secret: keychain viewers show it, so it should be stable and say what it is for.
/// Calls may block while the system asks the person to unlock the keychain; keep them off the UI thread.
pub trait SecretStore: Send + Sync {
    /// The secret kept for `account`, or `None` where there is none.
    ///
    /// # Errors
    /// Where the keychain is missing, locked or refuses, or what it holds is not text.
    fn get(&self, account: &str) -> Result<Option<Secret>, SecretError>;

    /// Keeps `secret` for `account`, in place of the one kept before.
    ///
    /// # Errors
    /// Where the keychain is missing, locked or refuses, or the secret is longer than it can hold.
    fn set(&self, account: &str, secret: &Secret) -> Result<(), SecretError>;

    /// Forgets the secret of `account`; says whether there was one.
    ///
    /// # Errors
    /// Where the keychain is missing, locked or refuses.
    fn delete(&self, account: &str) -> Result<bool, SecretError>;
}
