use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::{Secret, SecretError, SecretStore};

/// Keeps secrets in memory until it is dropped: the double for tests, and the store for secrets of one run.
#[derive(Debug, Default)]
pub struct MemoryStore {
    kept: Mutex<BTreeMap<String, Secret>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SecretStore for MemoryStore {
    fn get(&self, account: &str) -> Result<Option<Secret>, SecretError> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(named(account)?).cloned())
    }

    fn set(&self, account: &str, secret: &Secret) -> Result<(), SecretError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(named(account)?.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<bool, SecretError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.remove(named(account)?).is_some())
    }
}

/// The account key, refused where it is empty: some keychains would match every entry then.
pub(crate) fn named(account: &str) -> Result<&str, SecretError> {
    if account.is_empty() {
        Err(SecretError::NoAccount)
    } else {
        Ok(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_replaces_and_forgets() {
        let store = MemoryStore::new();
        assert!(store.get("connection/a").unwrap().is_none());
        store.set("connection/a", &Secret::from("one")).unwrap();
        store.set("connection/a", &Secret::from("two")).unwrap();
        store.set("connection/b", &Secret::from("other")).unwrap();
        assert_eq!(store.get("connection/a").unwrap().unwrap().expose(), "two");
        assert!(store.delete("connection/a").unwrap());
        assert!(!store.delete("connection/a").unwrap());
        assert!(store.get("connection/a").unwrap().is_none());
        assert_eq!(
            store.get("connection/b").unwrap().unwrap().expose(),
            "other"
        );
    }

    #[test]
    fn an_account_without_a_name_is_refused() {
        let store = MemoryStore::new();
        assert!(matches!(
            store.set("", &Secret::from("x")),
            Err(SecretError::NoAccount)
        ));
        assert!(matches!(store.get(""), Err(SecretError::NoAccount)));
    }

    #[test]
    fn printing_the_store_shows_no_secret() {
        let store = MemoryStore::new();
        store.set("connection/a", &Secret::from("hunter2")).unwrap();
        assert!(!format!("{store:?}").contains("hunter2"));
    }
}
