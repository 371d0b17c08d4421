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

    /// The text without the key: a network that echoes it must not bring it into the book or a message.
    pub fn scrub(&self, text: String) -> String {
        if self.0.len() >= SHORTEST && text.contains(self.0.as_str()) {
            text.replace(self.0.as_str(), DOTS)
        } else {
            text
        }
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
    }
}
