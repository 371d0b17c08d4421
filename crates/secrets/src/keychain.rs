use std::error::Error as StdError;

use keyring::{Entry, Error};

use crate::memory::named;
use crate::{Secret, SecretError, SecretStore};

/// What keychain viewers show as the application the secrets belong to.
const SERVICE: &str = "Perennial";

/// The keychain of the operating system: Secret Service on Linux, Keychain Services on macOS,
/// the Credential Manager on Windows.
///
/// Making one touches nothing; the keychain is first asked when a secret is.
#[derive(Debug, Clone)]
pub struct Keychain {
    service: String,
}

impl Keychain {
    /// The keychain entries of Perennial.
    pub fn new() -> Self {
        Self::for_service(SERVICE)
    }

    /// The entries of another service name, so that a test never meets the secrets of a person.
    pub fn for_service(service: &str) -> Self {
        Self {
            service: service.to_owned(),
        }
    }

    /// Whether a keychain answers at all. A locked one does; it is unlocked when a secret is asked for.
    ///
    /// # Errors
    /// [`SecretError::NoKeychain`] where none does.
    pub fn available(&self) -> Result<(), SecretError> {
        match Entry::store_status() {
            Ok(()) => Ok(()),
            Err(error) => Err(SecretError::NoKeychain {
                detail: said(error),
            }),
        }
    }

    fn entry(&self, account: &str) -> Result<Entry, SecretError> {
        let account = named(account)?;
        self.available()?;
        Entry::new(&self.service, account).map_err(translate)
    }
}

impl Default for Keychain {
    fn default() -> Self {
        Self::new()
    }
}

impl SecretStore for Keychain {
    fn get(&self, account: &str) -> Result<Option<Secret>, SecretError> {
        match self.entry(account)?.get_password() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(translate(error)),
        }
    }

    fn set(&self, account: &str, secret: &Secret) -> Result<(), SecretError> {
        self.entry(account)?
            .set_password(secret.expose())
            .map_err(translate)
    }

    fn delete(&self, account: &str) -> Result<bool, SecretError> {
        match self.entry(account)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(translate(error)),
        }
    }
}

/// The keychain's error as ours. Errors that carry what was stored lose it here.
fn translate(error: Error) -> SecretError {
    match error {
        Error::NoDefaultStore => SecretError::NoKeychain {
            detail: said(&error),
        },
        Error::NoStorageAccess(cause) | Error::PlatformFailure(cause) => platform(cause.as_ref()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => SecretError::NotOurs {
            detail: "it is not text",
        },
        Error::Ambiguous(_) => SecretError::NotOurs {
            detail: "several entries have it",
        },
        Error::TooLong(_, limit) => SecretError::TooLong { limit },
        other => SecretError::Failed {
            detail: said(&other),
        },
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn platform(cause: &(dyn StdError + Send + Sync + 'static)) -> SecretError {
    use secret_service::Error as Service;

    let detail = said(cause);
    match cause.downcast_ref::<Service>() {
        // `NoResult` is what a daemon without an unlocked collection answers.
        Some(Service::Locked | Service::NoResult) => SecretError::Locked,
        Some(Service::Prompt | Service::PromptDisconnected) => SecretError::Denied { detail },
        Some(Service::Unavailable) => SecretError::NoKeychain { detail },
        _ => SecretError::Failed { detail },
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn platform(cause: &(dyn StdError + Send + Sync + 'static)) -> SecretError {
    SecretError::Denied {
        detail: said(cause),
    }
}

/// What an error and its causes say, in one line.
fn said(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_carries_what_was_stored_loses_it() {
        let error = translate(Error::BadEncoding(b"sk_live_51H\xff".to_vec()));
        let shown = format!("{error} {error:?}");
        assert!(matches!(error, SecretError::NotOurs { .. }), "{shown}");
        assert!(!shown.contains("sk_live"), "{shown}");
        assert!(!shown.contains("115"), "{shown}");
    }

    #[test]
    fn a_missing_store_is_no_keychain_and_can_be_asked_around() {
        let error = translate(Error::NoDefaultStore);
        assert!(matches!(error, SecretError::NoKeychain { .. }));
        assert!(error.can_ask_instead());
        assert!(!translate(Error::TooLong("password".into(), 2560)).can_ask_instead());
    }

    #[test]
    fn an_account_without_a_name_never_reaches_the_keychain() {
        assert!(matches!(
            Keychain::for_service("perennial-test").get(""),
            Err(SecretError::NoAccount)
        ));
    }
}
