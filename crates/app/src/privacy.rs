//! What a network says of customers, kept without their personal data unless the user wants it.
//!
//! An address or a name becomes an alias: the same person has the same one in this book, and in no other, since it is
//! made with a number of the book's own. What happens to a customer can so be followed without knowing who it is.

use crate::{App, Failure};
use perennial_domain::ledger::ConversionFacts;
use perennial_store::{Read, StoreError, Write, table::setting};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use uuid::Uuid;

/// The setting that keeps what networks say of customers as it came.
pub const CUSTOMERS: &str = "customers";
/// Its value where aliases are made; any other keeps everything.
pub const ALIAS: &str = "alias";
/// Its value where everything is kept.
pub const CLEAR: &str = "clear";
/// The number that aliases of this book are made with.
const SALT: &str = "customer_salt";

/// Fields of a record whose text says who somebody is.
const PERSONAL: &[&str] = &[
    "email",
    "first_name",
    "last_name",
    "full_name",
    "customer_name",
    "buyer_name",
    "phone",
    "phone_number",
    "street",
    "address",
    "ip_address",
];

/// Makes aliases, or leaves everything as it is.
#[derive(Clone, Debug)]
pub struct Minimiser(Option<String>);

impl Minimiser {
    /// As the book's setting says; makes the book's number where there is none yet.
    ///
    /// # Errors
    /// Where the book cannot be read or written.
    pub fn of(write: &Write<'_>, new: Uuid) -> Result<Self, StoreError> {
        if is_clear(&write.read())? {
            return Ok(Self(None));
        }
        let salt = if let Some(salt) = setting::get(&write.read(), SALT)? {
            salt
        } else {
            let salt = new.to_string();
            setting::set(write, SALT, &salt)?;
            salt
        };
        Ok(Self(Some(salt)))
    }

    /// Takes personal data out of what a source said of a sale. The record's hash stays that of what came, so that a
    /// record that comes again is known again.
    pub fn minimise(&self, facts: &mut ConversionFacts) {
        let Some(salt) = &self.0 else { return };
        if let Some(customer) = &facts.customer_ref
            && is_personal(customer)
        {
            let alias = alias(salt, customer);
            // Whatever the source calls the field, the record has the same text in it, as JSON writes texts.
            let text = serde_json::Value::from(customer.trim()).to_string();
            facts.raw = facts
                .raw
                .replace(text.trim_matches('"'), &alias)
                .replace(customer.trim(), &alias);
            facts.customer_ref = Some(alias);
        }
        if let Some(raw) = redacted(salt, &facts.raw) {
            facts.raw = raw;
        }
    }

    /// The same of a text that could not be read as a record.
    #[must_use]
    pub fn text(&self, text: String) -> String {
        let clean = self.0.as_ref().and_then(|salt| redacted(salt, &text));
        clean.unwrap_or(text)
    }
}

/// Whether the user wants customers kept as networks name them.
///
/// # Errors
/// Where the book cannot be read.
pub fn is_clear(read: &Read<'_>) -> Result<bool, StoreError> {
    Ok(setting::get(read, CUSTOMERS)?.is_some_and(|value| value == CLEAR))
}

/// What to look for where somebody searches for a customer by their address.
///
/// # Errors
/// Where the book cannot be read.
pub fn searched(app: &App, search: &str) -> Result<String, Failure> {
    let search = search.trim();
    if !is_personal(search) {
        return Ok(search.to_owned());
    }
    let salt = app.read(|read| {
        Ok(if is_clear(read)? {
            None
        } else {
            setting::get(read, SALT)?
        })
    })?;
    Ok(salt.map_or_else(|| search.to_owned(), |salt| alias(&salt, search)))
}

/// Whether a text says who somebody is: an address, or several words without a number. Ids of networks do not.
#[must_use]
pub fn is_personal(text: &str) -> bool {
    let text = text.trim();
    address(text).is_some()
        || (text.contains(char::is_whitespace)
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(|c| c.is_ascii_digit()))
}

/// `customer-` and twelve digits of a hash.
fn alias(salt: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update([0x1f]);
    hash.update(text.trim().to_lowercase().as_bytes());
    let mut name = String::from("customer-");
    for byte in hash.finalize().iter().take(6) {
        // Writing into a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// A record without addresses and personal fields; none where it has none. Everything else stays letter for letter:
/// amounts are not read and written again.
fn redacted(salt: &str, raw: &str) -> Option<String> {
    let mut text = raw.to_owned();
    for key in PERSONAL {
        if raw.contains(key) {
            text = without_field(salt, &text, key);
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((begin, end)) = address(rest) {
        let (before, found) = (rest.get(..begin)?, rest.get(begin..end)?);
        out.push_str(before);
        out.push_str(&alias(salt, found));
        rest = rest.get(end..)?;
    }
    out.push_str(rest);
    (out != raw).then_some(out)
}

/// Replaces the text of each field that ends in a key, as JSON writes it.
fn without_field(salt: &str, raw: &str, key: &str) -> String {
    let mark = format!("{key}\"");
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(&mark) {
        let (before, after) = rest.split_at(at + mark.len());
        out.push_str(before);
        rest = after;
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value) = value.and_then(|value| value.strip_prefix('"')) else {
            continue;
        };
        let Some(end) = text_end(value) else { continue };
        let (text, after) = value.split_at(end);
        out.push_str(":\"");
        if !text.is_empty() {
            out.push_str(&alias(salt, text));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a JSON text ends.
fn text_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index),
            _ => {}
        }
    }
    None
}

/// Where the first address in a text begins and ends.
fn address(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte) || byte >= 0x80;
    let host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte) || byte >= 0x80;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == b'@') {
        let at = from + at;
        let before = bytes
            .get(..at)?
            .iter()
            .rev()
            .take_while(|byte| local(**byte))
            .count();
        let after = bytes
            .get(at + 1..)?
            .iter()
            .take_while(|byte| host(**byte))
            .count();
        let dotted = bytes.get(at + 1..at + 1 + after)?.contains(&b'.');
        if before > 0 && after > 2 && dotted {
            return Some((at - before, at + 1 + after));
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SALTED: &str = "0190-book";

    #[test]
    fn addresses_and_names_are_personal_and_ids_are_not() {
        for text in [
            "anna@example.com",
            "Anna Example",
            "zoë@exämple.org",
            "A. Example",
        ] {
            assert!(is_personal(text), "{text}");
        }
        for text in [
            "cus_1",
            "12345",
            "customer-0a1b2c",
            "a@b",
            "Order 12",
            "",
            "@anna",
        ] {
            assert!(!is_personal(text), "{text}");
        }
    }

    #[test]
    fn one_person_has_one_alias_in_a_book_and_another_in_another() {
        assert_eq!(
            alias(SALTED, "Anna@Example.com "),
            alias(SALTED, "anna@example.com")
        );
        assert_ne!(
            alias(SALTED, "anna@example.com"),
            alias("0190-other", "anna@example.com")
        );
        assert!(!is_personal(&alias(SALTED, "anna@example.com")));
    }

    #[test]
    fn a_record_loses_its_persons_and_nothing_else() {
        let raw = r#"{"id":"7","amount":39.60,"email":"anna@example.com","first_name" : "Anna \"A\" Ex","last_name":"","note":"from bob@example.org, thanks","n":1}"#;
        let clean = redacted(SALTED, raw).unwrap();
        for gone in ["anna", "Anna", "bob@"] {
            assert!(!clean.contains(gone), "{clean}");
        }
        for kept in [
            "\"id\":\"7\"",
            "39.60",
            "\"last_name\":\"\"",
            "from customer-",
            ", thanks",
            "\"n\":1",
        ] {
            assert!(clean.contains(kept), "{kept}: {clean}");
        }
        assert!(serde_json::from_str::<serde_json::Value>(&clean).is_ok());
        assert_eq!(
            redacted(SALTED, r#"{"id":"7","advertiser":"Acme @ home"}"#),
            None
        );
    }

    proptest! {
        #[test]
        fn no_address_is_left_and_json_stays_json(texts in proptest::collection::vec(".{0,20}", 0..4), name in "[a-zé]{1,8}") {
            let mut record = serde_json::Map::new();
            for (at, text) in texts.iter().enumerate() {
                record.insert(format!("k{at}"), format!("{text} {name}@example.com").into());
            }
            record.insert("phone".to_owned(), texts.concat().into());
            let raw = serde_json::Value::Object(record).to_string();
            let clean = redacted(SALTED, &raw).unwrap_or(raw);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&clean).is_ok(), "{}", clean);
            prop_assert!(!clean.contains("@example.com"), "{}", clean);
        }
    }
}
