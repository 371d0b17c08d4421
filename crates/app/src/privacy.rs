//! What a network says of customers, kept without their personal data unless the user wants it.
//!
//! An address or a name becomes an alias: the same person has the same one in this book, and in no other, since it is
//! made with a number of the book's own. What happens to a customer can so be followed without knowing who it is.

use crate::{App, Failure};
use perennial_domain::ledger::{ConversionFacts, PayoutFacts};
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

/// How names of fields end whose text says who somebody is, in small letters with `_` between words.
const PERSONAL: &[&str] = &[
    "email",
    "e_mail",
    "first_name",
    "firstname",
    "given_name",
    "last_name",
    "lastname",
    "family_name",
    "surname",
    "full_name",
    "fullname",
    "customer_name",
    "customername",
    "buyer_name",
    "client_name",
    "contact_name",
    "lead_name",
    "phone",
    "phone_number",
    "mobile",
    "street",
    "address",
    "ip",
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

    /// Takes personal data out of what a source said of a sale, whichever field it stands in. The record's hash stays that
    /// of what came, so that a record that comes again is known again.
    pub fn minimise(&self, facts: &mut ConversionFacts) {
        let Some(salt) = &self.0 else { return };
        if let Some(customer) = &facts.customer_ref
            && names_somebody(customer)
        {
            let alias = alias(salt, customer);
            // Whatever the source calls the field, the record has the same text in it, as JSON writes texts.
            let text = serde_json::Value::from(customer.trim()).to_string();
            facts.raw = if is_personal(customer) {
                facts
                    .raw
                    .replace(text.trim_matches('"'), &alias)
                    .replace(customer.trim(), &alias)
            } else {
                // A single word may stand elsewhere for something else.
                facts.raw.replace(&text, &format!("\"{alias}\""))
            };
            facts.customer_ref = Some(alias);
        }
        if let Some(raw) = redacted(salt, &facts.raw) {
            facts.raw = raw;
        }
        for text in [
            &mut facts.native_id,
            &mut facts.parent_native_id,
            &mut facts.order_ref,
            &mut facts.program_text,
            &mut facts.plan_text,
            &mut facts.reason,
        ]
        .into_iter()
        .flatten()
        .chain(&mut facts.sub_ids)
        {
            if let Some(clean) = without_addresses(salt, text) {
                *text = clean;
            }
        }
    }

    /// The same of a payout, whose record may name the account that it went to.
    pub fn minimise_payout(&self, facts: &mut PayoutFacts) {
        let clean = self.0.as_ref().and_then(|salt| redacted(salt, &facts.raw));
        if let Some(raw) = clean {
            facts.raw = raw;
        }
    }

    /// The same of who sent money: of an address its domain stays, which tells one payer from another.
    #[must_use]
    pub fn payer(&self, who: String) -> String {
        let mut who = who;
        while let Some((begin, end)) = self.0.as_ref().and_then(|_| address(&who)) {
            let domain = who
                .get(begin..end)
                .and_then(|found| found.split_once('@'))
                .map(|(_, domain)| domain.to_owned())
                .unwrap_or_default();
            who.replace_range(begin..end, &domain);
        }
        who
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

/// Whether the text that a source tells customers apart by says who somebody is: also a single name.
fn names_somebody(customer: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || "'’.".contains(c);
    is_personal(customer) || (!customer.trim().is_empty() && customer.trim().chars().all(letters))
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
    let text = without_fields(salt, raw);
    let clean = without_addresses(salt, text.as_deref().unwrap_or(raw));
    clean.or(text)
}

/// A text without addresses; none where it has none.
fn without_addresses(salt: &str, text: &str) -> Option<String> {
    let mut rest = text;
    let mut out: Option<String> = None;
    while let Some((begin, end)) = address(rest) {
        let out = out.get_or_insert_default();
        out.push_str(rest.get(..begin)?);
        out.push_str(&alias(salt, rest.get(begin..end)?));
        rest = rest.get(end..)?;
    }
    out.map(|out| out + rest)
}

/// Replaces the text of each personal field, as JSON writes it; none where there is none.
fn without_fields(salt: &str, raw: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(open) = raw.get(at..).and_then(|rest| rest.find('"')) {
        let begin = at + open + 1;
        let Some(length) = raw.get(begin..).and_then(text_end) else {
            break;
        };
        let name = raw.get(begin..begin + length)?;
        at = begin + length + 1;
        let value = raw.get(at..)?.trim_start().strip_prefix(':');
        let Some(value) = value.and_then(|value| value.trim_start().strip_prefix('"')) else {
            continue;
        };
        let Some(length) = text_end(value) else {
            break;
        };
        let from = raw.len() - value.len();
        at = from + length + 1;
        if length > 0 && is_field(name) {
            let out = out.get_or_insert_default();
            out.push_str(raw.get(copied..from)?);
            out.push_str(&alias(salt, value.get(..length)?));
            copied = from + length;
        }
    }
    Some(out? + raw.get(copied..)?)
}

/// Whether a field of this name says who somebody is, however it is written: `First Name`, `customer-email`.
fn is_field(name: &str) -> bool {
    PERSONAL.iter().any(|ending| {
        let mut letters = name.trim().bytes().rev();
        let same = ending.bytes().rev().all(|wanted| {
            letters.next().is_some_and(|letter| {
                let letter = match letter {
                    b' ' | b'-' | b'.' => b'_',
                    other => other.to_ascii_lowercase(),
                };
                letter == wanted
            })
        });
        // A short ending is a word of its own: `ip`, not `tip`.
        same && (ending.len() > 2
            || letters
                .next()
                .is_none_or(|before| !before.is_ascii_alphanumeric()))
    })
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
    fn a_payer_keeps_a_domain_and_no_address() {
        let minimiser = Minimiser(Some(SALTED.to_owned()));
        let who = minimiser.payer("Pay <pay@partnerstack.com>, a@b@c.example".to_owned());
        assert!(
            who.contains("partnerstack.com") && !who.contains("pay@"),
            "{who}"
        );
        assert_eq!(minimiser.payer("Kartra Inc".to_owned()), "Kartra Inc");
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
    fn a_field_is_personal_however_its_name_is_written() {
        for name in [
            "email",
            "Email",
            "Customer Email",
            "First Name",
            "last-name",
            "customer.name",
            "IP",
            "ip_address",
        ] {
            assert!(is_field(name), "{name}");
        }
        for name in [
            "tip",
            "name",
            "program_name",
            "Plan name",
            "amount",
            "trip",
            "",
        ] {
            assert!(!is_field(name), "{name}");
        }
        let raw = r#"{"Id":"7","Customer Name":"Anna","Tip":"0.10","Plan Name":"Starter"}"#;
        let clean = redacted(SALTED, raw).unwrap();
        assert!(!clean.contains("Anna"), "{clean}");
        assert!(
            clean.contains(r#""Tip":"0.10","Plan Name":"Starter"}"#),
            "{clean}"
        );
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
