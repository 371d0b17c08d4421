//! The key of a connection, on its way to the network it belongs to.

use std::fmt;
use zeroize::Zeroizing;

/// What stands where a key was.
const DOTS: &str = "•••";

/// Shorter ones occur by chance in ordinary text, and no network hands out such keys.
const SHORTEST: usize = 8;

/// A key. Printing it shows dots; its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Credential(Zeroizing<String>);

impl Credential {
    /// Takes a key; white space around it is a slip of copying.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// The key itself, for the one header that needs it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// The parts of a key that has several.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0
            .split(|c: char| c == ':' || c.is_whitespace())
            .filter(|part| !part.is_empty())
    }

    /// The text without the key or any part of it: a network that echoes it must not bring it into the book or a message.
    pub fn scrub(&self, text: String) -> String {
        let mut text = text;
        for secret in std::iter::once(self.0.as_str()).chain(self.parts()) {
            if secret.len() >= SHORTEST && text.contains(secret) {
                text = text.replace(secret, DOTS);
            }
        }
        text
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({DOTS})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_neither_printed_nor_echoed() {
        let key = Credential::new(" sk_live_51H\n");
        assert_eq!(key.expose(), "sk_live_51H");
        assert!(!format!("{key:?}").contains("sk_live"));
        assert_eq!(key.scrub("bad key sk_live_51H.".to_owned()), "bad key •••.");
        assert_eq!(Credential::new("USD").scrub("10 USD".to_owned()), "10 USD");
        let parts = Credential::new("app12345:keykeykey: passpass1");
        assert_eq!(
            parts.parts().collect::<Vec<_>>(),
            ["app12345", "keykeykey", "passpass1"]
        );
        assert_eq!(parts.scrub("with keykeykey".to_owned()), "with •••");
    }
}
