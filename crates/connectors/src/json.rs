//! JSON whose numbers stay as they were written, so that an amount never passes through a binary fraction, and a
//! canonical form in which the order of keys does not matter.

use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fmt, fmt::Write as _};
use thiserror::Error;

/// Nesting that a record may have; networks use three or four.
const DEEPEST: usize = 32;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The token as it was written: `39.60`.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Keys and values in their order; of a repeated key the last one counts.
    Object(Vec<(String, Json)>),
}

/// Text that is not JSON, or is nested too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it is not well-formed JSON")]
pub struct Malformed;

impl Json {
    /// Reads a JSON document.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|_| Malformed)?;
        read(raw, 0)
    }

    /// A field of an object; none where it is absent, null, or this is no object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        let (_, value) = fields.iter().rev().find(|(name, _)| name == key)?;
        (*value != Self::Null).then_some(value)
    }

    /// The text itself, or the token of a number; nothing else, and never an empty one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    /// The first of these fields that is a text or a number.
    pub fn text_at(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.get(key)?.text())
    }

    /// The items of a list.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The canonical form: keys sorted, no white space.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(token) => out.push_str(token),
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                let sorted: BTreeMap<&str, &Self> = fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value))
                    .collect();
                out.push('{');
                for (index, (name, value)) in sorted.into_iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    quote(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// SHA-256 of a text, hexadecimal.
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn read(raw: &RawValue, depth: usize) -> Result<Json, Malformed> {
    if depth > DEEPEST {
        return Err(Malformed);
    }
    let text = raw.get().trim();
    match text.as_bytes().first() {
        Some(b'{') => fields(text, depth).map(Json::Object),
        Some(b'[') => items(text, depth).map(Json::List),
        Some(b'"') => serde_json::from_str(text)
            .map(Json::Text)
            .map_err(|_| Malformed),
        Some(b't') => Ok(Json::Bool(true)),
        Some(b'f') => Ok(Json::Bool(false)),
        Some(b'n') => Ok(Json::Null),
        Some(b'-' | b'0'..=b'9') => Ok(Json::Number(text.to_owned())),
        _ => Err(Malformed),
    }
}

fn fields(text: &str, depth: usize) -> Result<Vec<(String, Json)>, Malformed> {
    struct Fields(usize);
    impl<'de> Visitor<'de> for Fields {
        type Value = Vec<(String, Json)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                fields.push((name, read(value, self.0 + 1).map_err(A::Error::custom)?));
            }
            Ok(fields)
        }
    }
    serde_json::Deserializer::from_str(text)
        .deserialize_map(Fields(depth))
        .map_err(|_| Malformed)
}

fn items(text: &str, depth: usize) -> Result<Vec<Json>, Malformed> {
    struct Items(usize);
    impl<'de> Visitor<'de> for Items {
        type Value = Vec<Json>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut items = Vec::new();
            while let Some(value) = seq.next_element::<&RawValue>()? {
                items.push(read(value, self.0 + 1).map_err(A::Error::custom)?);
            }
            Ok(items)
        }
    }
    serde_json::Deserializer::from_str(text)
        .deserialize_seq(Items(depth))
        .map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_every_digit() {
        let json =
            Json::parse(r#"{"amount": 0.1000000000000000055, "n": 12345678901234567890123}"#)
                .unwrap();
        assert_eq!(
            json.get("amount").unwrap().text(),
            Some("0.1000000000000000055")
        );
        assert_eq!(
            json.get("n").unwrap().text(),
            Some("12345678901234567890123")
        );
    }

    #[test]
    fn the_order_of_keys_does_not_matter() {
        let one = Json::parse(r#"{"b":[1,{"y":null,"x":"é\n"}],"a":true}"#).unwrap();
        let two = Json::parse(r#" {"a":true, "b":[1, {"x":"\u00e9\u000a","y":null}]} "#).unwrap();
        assert_eq!(one.canonical(), two.canonical());
        let other = Json::parse(r#"{"a":true,"b":[{"x":"é\n","y":null},1]}"#).unwrap();
        assert_ne!(one.canonical(), other.canonical());
        assert_eq!(
            fingerprint("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(Json::parse(&deep), Err(Malformed));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,200}") {
            let _ = Json::parse(&text);
        }

        #[test]
        fn the_canonical_form_is_json_and_stable(keys in proptest::collection::vec("[a-c\"\\\\]{1,2}", 0..5), n in any::<i64>()) {
            let object = Json::Object(keys.into_iter().map(|key| (key, Json::Number(n.to_string()))).collect());
            let once = object.canonical();
            prop_assert_eq!(Json::parse(&once).unwrap().canonical(), once);
        }
    }
}
