//! A mapping of report columns as a TOML document.
//!
//! ```toml
//! name = "kartra-portal"            # under this name it is kept; the file's own name where left out
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

use crate::{Failure, error::Place};
use chrono_tz::Tz;
use perennial_connectors::csv::{DateOrder, Decimal, Field, Mapping};
use perennial_domain::{
    Currency,
    ledger::{Approval, Kind, Payment, Tier},
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    name: Option<String>,
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

/// Reads a mapping; `name` is its name where the document has none.
///
/// # Errors
/// Where the document does not fit, naming the key.
pub fn read(toml: &str, name: &str) -> Result<Mapping, Failure> {
    let document: Document = toml::from_str(toml).map_err(|error| {
        Failure::refused(
            "mapping.malformed",
            format!("The mapping does not fit: {}.", error.message()),
        )
        .hint("A mapping has [columns] with at least date and commission.")
    })?;
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
    for (word, texts) in said {
        let key = format!("{section}.{word}");
        let value = parse(&word)
            .ok_or_else(|| refused(&key, format!("There is no {section} “{word}”.")))?;
        for text in texts {
            // The file's own words stand before the usual ones.
            known.insert(0, (text.trim().to_lowercase(), value));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_columns_constants_and_words() {
        let mapping = read(
            "[columns]\ndate = 'When'\ncommission = 'Mine'\nsub_id = ['A', 'B']\nstatus = 'State'\n\
             [constants]\ncurrency = 'eur'\n[format]\ndecimal = ','\n[status]\napproved = ['Gut']\n",
            "portal",
        )
        .unwrap();
        assert_eq!(mapping.name, "portal");
        assert_eq!(mapping.currency.map(Currency::code), Some("EUR"));
        assert_eq!(
            mapping
                .columns
                .iter()
                .filter(|(field, _)| *field == Field::SubId)
                .count(),
            2
        );
        assert_eq!(
            mapping.approval_words[0],
            ("gut".to_owned(), Approval::Approved)
        );
    }

    #[test]
    fn says_by_name_what_does_not_fit() {
        for (toml, key) in [
            ("[columns]\ndate = 'When'\n", "columns.commission"),
            (
                "[columns]\ndate = 'W'\ncommission = 'M'\ncolour = 'C'\n",
                "columns.colour",
            ),
            (
                "[columns]\ndate = 'W'\ncommission = 'M'\n[constants]\ncurrency = 'XYX'\n",
                "constants.currency",
            ),
            (
                "[columns]\ndate = 'W'\ncommission = 'M'\n[status]\ngood = ['G']\n",
                "status.good",
            ),
        ] {
            let failure = read(toml, "x").unwrap_err();
            assert_eq!(
                failure.place.and_then(|place| place.key).as_deref(),
                Some(key)
            );
        }
        assert!(
            read("[columns]\ndate = 'W'\ncommission = 'M'\n[colour]\n", "x")
                .unwrap_err()
                .message
                .contains("colour")
        );
    }
}
