use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A key or token. Printing it in any way shows dots; its memory is wiped when it is dropped.
///
/// Only [`Secret::expose`] gives the text, so every place that reads it can be found by searching for that word.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes the text over; the caller keeps no copy.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself. Hand it to the request that needs it, keep no copy, never format it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but white space in it, which no network accepts as a key.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(•••)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn no_way_of_printing_shows_the_text() {
        let secret = Secret::from("sk_live_51H");
        let nested = Some((1, secret.clone()));
        for shown in [
            format!("{secret}"),
            format!("{secret:?}"),
            format!("{secret:>40}"),
            format!("{nested:#?}"),
        ] {
            assert!(!shown.contains("sk_live"), "{shown}");
        }
        assert_eq!(secret.expose(), "sk_live_51H");
    }

    #[test]
    fn its_length_is_not_shown_either() {
        assert_eq!(
            format!("{:?}", Secret::from("a")),
            format!("{:?}", Secret::from("abcdefghij"))
        );
    }

    #[test]
    fn blank_is_recognised() {
        assert!(Secret::from(" \n").is_blank());
        assert!(!Secret::from(" k ").is_blank());
    }
}
