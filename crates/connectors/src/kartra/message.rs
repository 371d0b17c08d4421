//! Files of Kartra's outbound messages: one form or JSON document a message, one or many in a file.
//!
//! The vendor's Kartra sends them, unsigned; whoever receives them keeps them. A value that is empty arrives as "N/A".

use super::parse;
use crate::{RefusedRecord, json::Json};
use perennial_domain::{Currency, ledger::ConversionFacts};
use thiserror::Error;

/// Messages in a file at most.
const MOST: usize = 1_000_000;

/// A file that holds no messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MessagesError {
    /// Nothing in it has a transaction's id.
    #[error("the file holds no message of Kartra")]
    None,
    /// More than anyone receives.
    #[error("the file holds more than a million messages")]
    TooMany,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A conversion.
    Conversion(Box<ConversionFacts>),
    /// It cannot be taken in.
    Refused(RefusedRecord),
    /// It is another's, or moved no money; says which.
    Skipped(&'static str),
}

/// A message and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Physical line of its start, from 1.
    pub line: u64,
    /// What became of it.
    pub read: Read,
}

/// Whether the beginning of a file looks like messages.
pub fn looks_like_messages(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with(['{', '[']) {
        return head.contains("\"transaction_id\"") || head.contains("\"transaction_affiliate\"");
    }
    let line = head.lines().next().unwrap_or_default();
    let form = line.contains('&') && line.contains('=');
    form && (line.contains("transaction_id") || line.contains("transaction_affiliate"))
}

/// The messages of a file. `me` is the affiliate's username; without it every message that names an affiliate is taken.
///
/// # Errors
/// [`MessagesError`] where the file as a whole holds none.
pub fn messages(
    text: &str,
    me: Option<&str>,
    currency: Option<Currency>,
) -> Result<Vec<Message>, MessagesError> {
    let text = text.trim_start_matches('\u{feff}');
    let documents = documents(text);
    let mut messages = Vec::new();
    let mut any = false;
    for (line, document) in &documents {
        for item in parse::transactions(document) {
            any = true;
            if messages.len() >= MOST {
                return Err(MessagesError::TooMany);
            }
            messages.push(Message {
                line: *line,
                read: one(&parse::cleaned(item), me, currency),
            });
        }
    }
    if any {
        Ok(messages)
    } else {
        Err(MessagesError::None)
    }
}

fn one(item: &Json, me: Option<&str>, currency: Option<Currency>) -> Read {
    match parse::transaction(item, me, currency) {
        Some(Ok(facts)) => Read::Conversion(Box::new(facts)),
        Some(Err(refused)) => Read::Refused(refused),
        None => {
            let word = item
                .text_at(&["transaction_type", "type"])
                .unwrap_or_default();
            Read::Skipped(if parse::moves_nothing(&word.to_ascii_lowercase()) {
                "a cancelled or failed transaction moves no money"
            } else {
                "another affiliate's, or nobody's"
            })
        }
    }
}

/// The documents of a file, each with the line it begins on.
fn documents(text: &str) -> Vec<(u64, Json)> {
    if let Ok(whole) = Json::parse(text.trim()) {
        return match whole {
            Json::List(items) => items.into_iter().map(|item| (1, item)).collect(),
            one => vec![(1, one)],
        };
    }
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let document = Json::parse(line.trim()).unwrap_or_else(|_| form(line.trim()));
            (index as u64 + 1, document)
        })
        .collect()
}

/// A form as flat fields. `action_details[transaction_details][transaction_id]` is a `transaction_id`.
fn form(line: &str) -> Json {
    let mut fields: Vec<(String, Json)> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(line.as_bytes()) {
        let inner = name
            .trim_end_matches(']')
            .rsplit('[')
            .next()
            .unwrap_or_default()
            .to_owned();
        if fields.iter().all(|(known, _)| *known != inner) {
            fields.push((inner, Json::Text(value.into_owned())));
        }
    }
    Json::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORM: &str = "action=sale&action_details%5Btransaction_details%5D%5Btransaction_id%5D=71&transaction_type=sale&\
        transaction_full_amount=199.00&transaction_date=2026-01-05+10%3A00%3A00&transaction_affiliate=ann&transaction_jv=N%2FA&\
        parent_id=N%2FA&product_name=Silver+Monthly";

    #[test]
    fn forms_and_documents_are_read_alike() {
        assert!(looks_like_messages(FORM));
        let json = r#"[{"action_details":{"transaction_details":{"transaction_id":"71","transaction_type":"sale",
            "transaction_full_amount":"199.00","transaction_date":"2026-01-05 10:00:00","transaction_affiliate":"ann",
            "transaction_jv":"N/A","parent_id":"N/A","product_name":"Silver Monthly"}}},
            {"transaction_id":"72","transaction_type":"cancellation","transaction_affiliate":"ann"},
            {"transaction_id":"73","transaction_type":"sale","transaction_affiliate":"bob"},
            {"transaction_id":"74","transaction_type":"sale","transaction_affiliate":"ann","transaction_full_amount":"x","transaction_date":"2026-01-05"}]"#;
        assert!(looks_like_messages(json));
        let usd = Some(Currency::USD);
        let of_form = messages(FORM, Some("ann"), usd).unwrap();
        let of_json = messages(json, Some("ann"), usd).unwrap();
        let (Read::Conversion(one), Read::Conversion(two)) = (&of_form[0].read, &of_json[0].read)
        else {
            panic!("{of_form:?} {of_json:?}");
        };
        assert_eq!(
            (&one.native_id, one.sale, &one.plan_text, one.occurred_at),
            (&two.native_id, two.sale, &two.plan_text, two.occurred_at)
        );
        assert_eq!(one.parent_native_id, None);
        assert!(matches!(of_json[1].read, Read::Skipped(why) if why.contains("money")));
        assert!(matches!(of_json[2].read, Read::Skipped(why) if why.contains("another")));
        assert!(matches!(&of_json[3].read, Read::Refused(refused) if refused.field == "amount"));
        let two_lines = format!("{FORM}\n\n{FORM}");
        assert_eq!(messages(&two_lines, None, usd).unwrap()[1].line, 3);
        assert_eq!(
            messages("a,b,c\n1,2,3", None, usd),
            Err(MessagesError::None)
        );
        assert!(!looks_like_messages("id,date\n1,2"));
    }

    proptest! {
        #[test]
        fn no_file_brings_it_down(text in ".{0,300}") {
            let _ = messages(&text, None, Some(Currency::USD));
            let _ = looks_like_messages(&text);
        }
    }
}
