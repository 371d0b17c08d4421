//! A JSON document read strictly: each value knows its path, so whatever is wrong is refused by name.

use crate::{Failure, error::Place};
use perennial_domain::money::parse_decimal;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::{fmt, str::FromStr};

/// A JSON value; numbers keep their decimal text and objects their order. A key given twice is refused.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        // Shortest form without exponent: 0.4 stays 0.4.
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object: Vec<(String, Json)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("the key `{key}` is there twice")));
            }
            object.push((key, value));
        }
        Ok(Json::Object(object))
    }
}

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Json, Failure> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let line = u64::try_from(error.line()).ok().filter(|&line| line > 0);
        Failure::refused(
            "forecast.malformed",
            format!("This is not the JSON that is expected: {error}."),
        )
        .at(Place {
            line,
            ..Place::default()
        })
    })
}

/// A refusal at a path.
pub(super) fn refused(code: &str, at: &str, message: impl Into<String>) -> Failure {
    let key = (!at.is_empty()).then(|| at.to_owned());
    Failure::refused(code, message).at(Place {
        key,
        ..Place::default()
    })
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub value: &'a Json,
    pub path: String,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Json) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    fn wrong(&self, expected: &str) -> Failure {
        let place = if self.path.is_empty() {
            "The document".to_owned()
        } else {
            format!("`{}`", self.path)
        };
        refused(
            "forecast.wrong_type",
            &self.path,
            format!("{place} must be {expected}."),
        )
    }

    fn child(&self, key: &str, value: &'a Json) -> Self {
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        Self { value, path }
    }

    /// The entries of an object, whatever their keys.
    pub(super) fn entries(&self) -> Result<Vec<(&'a str, Node<'a>)>, Failure> {
        let Json::Object(entries) = self.value else {
            return Err(self.wrong("an object"));
        };
        Ok(entries
            .iter()
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
            .collect())
    }

    /// An object that has no keys but these.
    pub(super) fn object(&self, known: &'static [&'static str]) -> Result<Object<'a>, Failure> {
        let entries = self.entries()?;
        if let Some((key, node)) = entries.iter().find(|(key, _)| !known.contains(key)) {
            let known = known
                .iter()
                .map(|k| format!("`{k}`"))
                .collect::<Vec<_>>()
                .join(", ");
            return Err(refused(
                "forecast.unknown_key",
                &node.path,
                format!("The key `{key}` is not known here."),
            )
            .hint(format!("Known here: {known}.")));
        }
        Ok(Object {
            node: self.clone(),
            entries,
        })
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Result<Vec<Node<'a>>, Failure> {
        let Json::List(items) = self.value else {
            return Err(self.wrong("a list"));
        };
        let path = |i| format!("{}[{i}]", self.path);
        Ok(items
            .iter()
            .enumerate()
            .map(|(i, value)| Node {
                value,
                path: path(i),
            })
            .collect())
    }

    /// A text.
    pub(super) fn text(&self) -> Result<&'a str, Failure> {
        match self.value {
            Json::Text(text) => Ok(text),
            _ => Err(self.wrong("a text in quotes")),
        }
    }

    /// A decimal, as text or number.
    pub(super) fn decimal(&self) -> Result<Decimal, Failure> {
        let text = match self.value {
            Json::Text(text) => text.trim(),
            Json::Number(text) => text.as_str(),
            _ => return Err(self.wrong("a decimal number")),
        };
        // Past 28 digits a probability or a parameter is taken to 28.
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
        parse_decimal(text)
            .ok()
            .or_else(|| Decimal::from_str(text).ok().filter(|_| plain))
            .ok_or_else(|| {
                let shown: String = text.chars().take(40).collect();
                let looks_like_one = plain && text.bytes().any(|b| b.is_ascii_digit());
                let (code, what) = if looks_like_one {
                    ("forecast.out_of_range", "is out of range")
                } else {
                    ("forecast.wrong_type", "is not a decimal number")
                };
                refused(
                    code,
                    &self.path,
                    format!("`{}`: “{shown}” {what}.", self.path),
                )
            })
    }

    /// An amount of money: a decimal in quotes.
    pub(super) fn amount(&self) -> Result<Decimal, Failure> {
        match self.value {
            Json::Text(_) => self.decimal(),
            // A whole number cannot have been bent by floating point on its way here.
            Json::Number(text) if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
                self.decimal()
            }
            _ => Err(self.wrong("an amount in quotes, such as \"99.00\"")),
        }
    }

    /// A decimal as a float.
    pub(super) fn float(&self) -> Result<f64, Failure> {
        let value = match self.value {
            Json::Number(text) => text.parse().ok(),
            Json::Text(text) => f64::from_str(text.trim())
                .ok()
                .filter(|_| self.decimal().is_ok()),
            _ => None,
        };
        value
            .filter(|v: &f64| v.is_finite())
            .ok_or_else(|| self.wrong("a decimal number"))
    }

    /// A whole number from 0 to `most`.
    pub(super) fn whole(&self, most: u64) -> Result<u64, Failure> {
        let value = self.decimal()?;
        if !value.fract().is_zero() {
            return Err(refused(
                "forecast.fraction",
                &self.path,
                format!("`{}` is {value}; it must be a whole number.", self.path),
            ));
        }
        value.to_u64().filter(|&v| v <= most).ok_or_else(|| {
            let message = format!(
                "`{}` is {value}; it must lie between 0 and {most}.",
                self.path
            );
            refused("forecast.out_of_range", &self.path, message)
        })
    }

    /// A whole number that fits 32 bits.
    pub(super) fn whole_u32(&self) -> Result<u32, Failure> {
        Ok(u32::try_from(self.whole(u64::from(u32::MAX))?).unwrap_or(u32::MAX))
    }

    /// A text that parses.
    pub(super) fn parsed<T: FromStr>(&self, expected: &str) -> Result<T, Failure> {
        self.text()?
            .trim()
            .parse()
            .map_err(|_| self.wrong(expected))
    }

    /// One of several words.
    pub(super) fn word<T>(&self, words: &[(&str, T)]) -> Result<T, Failure>
    where
        T: Copy,
    {
        let text = self.text()?;
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|&(_, value)| value)
            .ok_or_else(|| {
                let shown: String = text.chars().take(40).collect();
                let known = words
                    .iter()
                    .map(|(word, _)| format!("“{word}”"))
                    .collect::<Vec<_>>()
                    .join(", ");
                refused(
                    "forecast.unknown_value",
                    &self.path,
                    format!("`{}`: “{shown}” is not known.", self.path),
                )
                .hint(format!("Known here: {known}."))
            })
    }
}

/// An object whose keys are all known.
pub(super) struct Object<'a> {
    node: Node<'a>,
    entries: Vec<(&'a str, Node<'a>)>,
}

impl<'a> Object<'a> {
    /// A value that may be missing or null.
    pub(super) fn optional(&self, key: &str) -> Option<&Node<'a>> {
        let (_, node) = self.entries.iter().find(|(k, _)| *k == key)?;
        (*node.value != Json::Null).then_some(node)
    }

    /// A value that must be there.
    pub(super) fn required(&self, key: &str) -> Result<&Node<'a>, Failure> {
        self.optional(key).ok_or_else(|| {
            let path = if self.node.path.is_empty() {
                key.to_owned()
            } else {
                format!("{}.{key}", self.node.path)
            };
            refused(
                "forecast.missing_key",
                &path,
                format!("`{path}` is missing."),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, read: impl Fn(&Node<'_>) -> Result<(), Failure>) -> String {
        let json = parse(text).unwrap();
        read(&Node::root(&json)).unwrap_err().code
    }

    #[test]
    fn numbers_keep_their_decimals() {
        for text in ["0.4", "\"0.4\"", "\" 0.40 \""] {
            let json = parse(text).unwrap();
            assert_eq!(
                Node::root(&json).decimal().unwrap(),
                Decimal::new(4, 1),
                "{text}"
            );
        }
        let json = parse("1e-7").unwrap();
        assert_eq!(Node::root(&json).decimal().unwrap(), Decimal::new(1, 7));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(
            code("{\"b\":1}", |n| n.object(&["a"]).map(drop)),
            "forecast.unknown_key"
        );
        assert_eq!(
            code("{}", |n| n.object(&["a"])?.required("a").map(drop)),
            "forecast.missing_key"
        );
        assert_eq!(
            code("{\"a\":null}", |n| n
                .object(&["a"])?
                .required("a")
                .map(drop)),
            "forecast.missing_key"
        );
        assert_eq!(code("1.5", |n| n.whole(9).map(drop)), "forecast.fraction");
        assert_eq!(
            code("-1", |n| n.whole(9).map(drop)),
            "forecast.out_of_range"
        );
        assert_eq!(
            code("1e300", |n| n.decimal().map(drop)),
            "forecast.out_of_range"
        );
        assert_eq!(
            code("\"1e3\"", |n| n.decimal().map(drop)),
            "forecast.wrong_type"
        );
        assert_eq!(code("0.1", |n| n.amount().map(drop)), "forecast.wrong_type");
        assert_eq!(
            parse("{\"a\":1,\"a\":2}").unwrap_err().code,
            "forecast.malformed"
        );
        assert_eq!(parse("{\n\"a\":").unwrap_err().place.unwrap().line, Some(2));
    }
}
