//! A mapping of report columns as a TOML document.
//!
//! ```toml
//! name = "kartra-portal"            # under this name it is kept; the file's own name where left out
//! header = ["Date", "Commission"]   # the columns of the report it was made for; such a file is recognised by them
//!
//! [columns]                         # fields of the ledger and the columns they are read from
//! date = "Date"                     # needed
//! commission = "Commission"         # needed
//! id = "Transaction"                # without an id a row is known by all that is in it
//! status = "State"
//! sub_id = ["Sub 1", "Sub 2"]       # a field may be read from several columns
//!
//! [constants]                       # what every row is, where no column says it
//! program = "kartra"
//! currency = "USD"
//! kind = "rebill"
//! tier = "direct"
//! approval = "pending"
//!
//! [format]                          # told from the file where left out
//! date = "day-first"                # or "month-first", for dates such as 05/03/2026
//! decimal = ","
//! time_zone = "America/New_York"    # of times that name none; the book's where left out
//!
//! [status]                          # the file's own words
//! approved = ["Cleared", "Paid out"]
//! [payment]
//! paid = ["Sent"]
//! [kind]
//! rebill = ["Recurring"]
//! ```

mod form;

pub use form::{document, draft};

use crate::{Failure, error::Place};
use chrono_tz::Tz;
use perennial_connectors::csv::{DateOrder, Decimal, Field, Mapping, header_key};
use perennial_domain::{
    Currency,
    ledger::{Approval, Kind, Payment, Tier},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    name: Option<String>,
    /// The columns of the report that it was made for.
    #[serde(default)]
    header: Vec<String>,
    columns: BTreeMap<String, Columns>,
    #[serde(default)]
    constants: Constants,
    #[serde(default)]
    format: Format,
    #[serde(default)]
    status: Words,
    #[serde(default)]
    payment: Words,
    #[serde(default)]
    kind: Words,
}

type Words = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(untagged)]
enum Columns {
    One(String),
    Several(Vec<String>),
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Constants {
    program: Option<String>,
    currency: Option<String>,
    kind: Option<String>,
    tier: Option<String>,
    approval: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Format {
    date: Option<String>,
    decimal: Option<String>,
    time_zone: Option<String>,
}

/// The header that a document says it was made for; empty where it says nothing.
///
/// # Errors
/// As [`read`].
pub fn header(toml: &str) -> Result<Vec<String>, Failure> {
    Ok(parse(toml)?.header)
}

/// A document that names itself and its header, so that it can be handed on.
///
/// # Errors
/// As [`read`].
pub fn with_header(toml: &str, name: &str, header: &[String]) -> Result<String, Failure> {
    let document = parse(toml)?;
    let mut lines = String::new();
    if document.name.is_none() {
        let _ = writeln!(lines, "name = {}", toml::Value::from(name));
    }
    if document.header.is_empty() && !header.is_empty() {
        let names: Vec<toml::Value> = header.iter().map(|name| name.as_str().into()).collect();
        let _ = writeln!(lines, "header = {}", toml::Value::from(names));
    }
    lines.push_str(toml);
    Ok(lines)
}

fn parse(toml: &str) -> Result<Document, Failure> {
    toml::from_str(toml).map_err(|error| {
        Failure::refused(
            "mapping.malformed",
            format!("The mapping does not fit: {}.", error.message()),
        )
        .hint("A mapping has [columns] with at least date and commission.")
    })
}

/// Reads a mapping; `name` is its name where the document has none.
///
/// # Errors
/// Where the document does not fit, naming the key.
pub fn read(toml: &str, name: &str) -> Result<Mapping, Failure> {
    let document = parse(toml)?;
    let mut mapping = Mapping::named(
        document
            .name
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .unwrap_or(name),
    );
    for (word, columns) in document.columns {
        let key = format!("columns.{word}");
        let field = Field::parse(&word)
            .ok_or_else(|| refused(&key, format!("There is no field “{word}”.")).hint(fields()))?;
        let columns = match columns {
            Columns::One(column) => vec![column],
            Columns::Several(columns) => columns,
        };
        mapping
            .columns
            .extend(columns.into_iter().map(|column| (field, column)));
    }
    for field in Field::ALL.iter().filter(|field| field.required()) {
        if mapping.column(*field).is_none() {
            let key = format!("columns.{}", field.word());
            return Err(refused(
                &key,
                format!("The mapping names no column for {}.", field.word()),
            ));
        }
    }
    // What a mapping names must be in the file: a column that is not there is a slip, or another file.
    mapping.required = mapping.columns.iter().map(|(field, _)| *field).collect();
    mapping.required.dedup();
    if !document.header.is_empty() {
        mapping.header_key = Some(header_key(&document.header));
    }
    let constants = document.constants;
    mapping.program = constants.program;
    mapping.currency = constants
        .currency
        .map(|code| {
            Currency::parse(&code)
                .map_err(|error| refused("constants.currency", format!("{error}.")))
        })
        .transpose()?;
    mapping.kind = known(constants.kind, "constants.kind", Kind::parse)?.unwrap_or(mapping.kind);
    mapping.tier = known(constants.tier, "constants.tier", Tier::parse)?.unwrap_or(mapping.tier);
    mapping.approval = known(constants.approval, "constants.approval", Approval::parse)?
        .unwrap_or(mapping.approval);
    let format = document.format;
    mapping.date_order = known(format.date, "format.date", DateOrder::parse)?;
    mapping.decimal = known(format.decimal, "format.decimal", Decimal::parse)?;
    mapping.zone = known(format.time_zone, "format.time_zone", |name| {
        name.parse::<Tz>().ok()
    })?;
    words(
        &mut mapping.approval_words,
        document.status,
        "status",
        Approval::parse,
    )?;
    words(
        &mut mapping.payment_words,
        document.payment,
        "payment",
        Payment::parse,
    )?;
    words(&mut mapping.kind_words, document.kind, "kind", Kind::parse)?;
    Ok(mapping)
}

fn refused(key: &str, message: String) -> Failure {
    Failure::refused("mapping.refused", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}

fn fields() -> String {
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
    format!("The fields are {}.", names.join(", "))
}

fn known<T>(
    text: Option<String>,
    key: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Failure> {
    text.map(|text| {
        parse(&text).ok_or_else(|| refused(key, format!("“{text}” does not fit {key}.")))
    })
    .transpose()
}

fn words<T: Copy>(
    known: &mut Vec<(String, T)>,
    said: Words,
    section: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<(), Failure> {
    let mut own = Vec::new();
    for (word, texts) in said {
        let key = format!("{section}.{word}");
        let value = parse(&word)
            .ok_or_else(|| refused(&key, format!("There is no {section} “{word}”.")))?;
        own.extend(
            texts
                .into_iter()
                .map(|text| (text.trim().to_lowercase(), value)),
        );
    }
    // The file's own words stand before the usual ones.
    known.splice(0..0, own);
    Ok(())
}

#[cfg(test)]
mod tests;
