//! A key on its way in.

use perennial_secrets::Secret;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A key that a person typed or a program handed in. Printing it shows dots, also within what it is a part of, so it is in
/// no log and in no message of a panic; its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Key(Secret);

impl Key {
    /// The text itself, for the keychain or the one request that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self(Secret::new(text))
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self(Secret::from(text))
    }
}

impl From<Key> for Secret {
    fn from(key: Key) -> Self {
        key.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Key {
    /// Writes dots: a key only ever comes in.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use crate::dto::{ConnectionAdd, SecretSet, SyncDueInput, SyncInput};

    const CANARY: &str = "canary-51H";

    #[test]
    fn what_carries_a_key_shows_dots_however_it_is_printed() {
        fn shown<T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug>(json: &str) {
            let value: T = serde_json::from_str(&json.replace("KEY", CANARY)).unwrap();
            let text = format!(
                "{value:?} {value:#?} {}",
                serde_json::to_string(&value).unwrap()
            );
            assert!(!text.contains(CANARY) && text.contains("•••"), "{text}");
        }
        shown::<ConnectionAdd>(r#"{"network": "awin", "name": "a", "secret": "KEY"}"#);
        shown::<SecretSet>(r#"{"name": "a", "secret": "KEY"}"#);
        shown::<SyncInput>(r#"{"secret": "KEY"}"#);
        shown::<SyncDueInput>(r#"{"secret": "KEY"}"#);
    }
}
