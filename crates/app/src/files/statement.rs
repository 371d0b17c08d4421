//! A mapping of a bank statement's columns as a TOML document.
//!
//! ```toml
//! name = "my bank"
//! header = ["Date", "Text", "Credit"]   # the columns it was made for; such a file is recognised by them
//!
//! [columns]
//! date = "Date"                         # needed
//! amount = "Credit"                     # needed: what arrived, after fees
//! gross = "Gross"                       # before fees; the fee is what lies between
//! id = "Reference"                      # without one a row is known by all that is in it
//! currency = "Currency"
//! who = "Name"                          # who sent it
//! reference = "Text"                    # what they wrote
//! status = "State"
//! kind = "Type"
//!
//! [constants]
//! currency = "EUR"
//!
//! [format]                              # told from the file where left out
//! date = "day-first"
//! decimal = ","
//!
//! [status]
//! completed = ["Booked"]                # rows of any other status are left out
//! ```

use crate::{Failure, dto::StatementColumn};
use perennial_connectors::csv::{DateOrder, Decimal, Field, Mapping, header_key};
use perennial_domain::{Currency, ledger::Approval};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the built-in mapping of `PayPal`'s activity download.
pub const PAYPAL: &str = "paypal";

/// Fields of a statement and where the reader of reports puts them.
const FIELDS: &[(&str, Field)] = &[
    ("date", Field::Date),
    ("amount", Field::Commission),
    ("gross", Field::Sale),
    ("id", Field::Id),
    ("currency", Field::Currency),
    ("who", Field::Program),
    ("reference", Field::Plan),
    ("status", Field::Status),
    ("kind", Field::Kind),
];

/// Kinds of rows that are no payment of anybody, as parts of words.
const NOT_PAYMENTS: &[&str] = &[
    "currency conversion",
    "transfer",
    "withdrawal",
    "deposit to pp account",
];

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    header: Vec<String>,
    columns: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Constants::is_empty")]
    constants: Constants,
    #[serde(default, skip_serializing_if = "Format::is_empty")]
    format: Format,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    status: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Constants {
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

impl Constants {
    fn is_empty(&self) -> bool {
        self.currency.is_none()
    }
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Format {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decimal: Option<String>,
}

impl Format {
    fn is_empty(&self) -> bool {
        self.date.is_none() && self.decimal.is_none()
    }
}

/// How `PayPal`'s activity download is read: what counts is the net amount of completed payments.
#[must_use]
pub fn paypal() -> Mapping {
    let columns = [
        (Field::Date, "Date"),
        (Field::Commission, "Net"),
        (Field::Sale, "Gross"),
        (Field::Id, "Transaction ID"),
        (Field::Currency, "Currency"),
        (Field::Program, "Name"),
        (Field::Plan, "Subject"),
        (Field::Plan, "Note"),
        (Field::Plan, "Item Title"),
        (Field::Plan, "From Email Address"),
        (Field::Status, "Status"),
        (Field::Kind, "Type"),
    ];
    Mapping {
        columns: columns
            .map(|(field, column)| (field, column.to_owned()))
            .to_vec(),
        required: vec![
            Field::Date,
            Field::Commission,
            Field::Id,
            Field::Currency,
            Field::Status,
        ],
        approval_words: vec![("completed".to_owned(), Approval::Approved)],
        kind_words: Vec::new(),
        ..Mapping::named(PAYPAL)
    }
}

/// Whether a word for what a row is says that nobody paid anything.
#[must_use]
pub fn is_no_payment(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    NOT_PAYMENTS.iter().any(|word| kind.contains(word))
}

/// The mapping of a document; `name` where it has none of its own.
///
/// # Errors
/// Where a key, a field or a value is not known, or a needed column is not named.
pub fn read(text: &str, name: &str) -> Result<Mapping, Failure> {
    let document: Document = toml::from_str(text)
        .map_err(|error| refused(format!("The mapping does not fit: {}.", error.message())))?;
    let name = document.name.as_deref().unwrap_or(name).trim();
    if name.is_empty() || name.eq_ignore_ascii_case(PAYPAL) {
        return Err(refused(format!(
            "“{name}” cannot be the name of a mapping."
        )));
    }
    let mut mapping = Mapping {
        approval_words: Vec::new(),
        kind_words: Vec::new(),
        required: vec![Field::Date],
        ..Mapping::named(name)
    };
    for (word, column) in &document.columns {
        let Some((_, field)) = FIELDS.iter().find(|(known, _)| known == word) else {
            let words: Vec<&str> = FIELDS.iter().map(|(word, _)| *word).collect();
            return Err(refused(format!("“{word}” is no field of a statement."))
                .hint(format!("There are {}.", words.join(", "))));
        };
        mapping.columns.push((*field, column.clone()));
    }
    for (word, field) in [("date", Field::Date), ("amount", Field::Commission)] {
        if mapping.column(field).is_none() {
            return Err(refused(format!("The mapping names no column for {word}.")));
        }
    }
    if let Some(code) = &document.constants.currency {
        mapping.currency =
            Some(Currency::parse(code).map_err(|error| refused(format!("{error}.")))?);
    }
    if let Some(word) = &document.format.date {
        mapping.date_order = Some(
            DateOrder::parse(word)
                .ok_or_else(|| refused(format!("“{word}” is no order of dates.")))?,
        );
    }
    if let Some(word) = &document.format.decimal {
        mapping.decimal = Some(
            Decimal::parse(word).ok_or_else(|| refused(format!("“{word}” is no decimal mark.")))?,
        );
    }
    for (word, texts) in &document.status {
        if word != "completed" {
            return Err(refused(format!("“{word}” is no status of a statement."))
                .hint("There is completed; rows of any other status are left out."));
        }
        mapping.approval_words.extend(
            texts
                .iter()
                .map(|text| (text.trim().to_lowercase(), Approval::Approved)),
        );
    }
    if mapping.column(Field::Status).is_some() && mapping.approval_words.is_empty() {
        mapping
            .approval_words
            .push(("completed".to_owned(), Approval::Approved));
    }
    if !document.header.is_empty() {
        mapping.header_key = Some(header_key(&document.header));
    }
    Ok(mapping)
}

/// The document of a form.
///
/// # Errors
/// As [`read`].
pub fn document(
    name: &str,
    columns: &[StatementColumn],
    currency: Option<&str>,
    header: &[String],
) -> Result<String, Failure> {
    let document = Document {
        name: Some(name.trim().to_owned()),
        header: header.to_vec(),
        columns: columns
            .iter()
            .filter(|column| !column.column.trim().is_empty())
            .map(|column| (column.field.clone(), column.column.clone()))
            .collect(),
        constants: Constants {
            currency: currency.map(str::to_owned),
        },
        format: Format::default(),
        status: BTreeMap::new(),
    };
    let text = toml::to_string(&document)
        .map_err(|error| refused(format!("The mapping cannot be written: {error}.")))?;
    read(&text, name)?;
    Ok(text)
}

/// Columns that look like fields of a statement.
#[must_use]
pub fn suggest(header: &[String]) -> Vec<StatementColumn> {
    const WORDS: &[(&str, &[&str])] = &[
        (
            "date",
            &[
                "booking date",
                "date",
                "buchungstag",
                "buchungsdatum",
                "value date",
                "valuta",
                "datum",
                "fecha",
                "completed date",
            ],
        ),
        (
            "amount",
            &[
                "net", "credit", "amount", "betrag", "money in", "paid in", "importe", "montant",
                "haben",
            ],
        ),
        ("gross", &["gross", "brutto"]),
        (
            "id",
            &[
                "transaction id",
                "reference number",
                "id",
                "transaction reference",
            ],
        ),
        (
            "currency",
            &["currency", "währung", "ccy", "devise", "moneda"],
        ),
        (
            "who",
            &[
                "name",
                "counterparty",
                "payer",
                "auftraggeber",
                "sender",
                "from",
            ],
        ),
        (
            "reference",
            &[
                "reference",
                "description",
                "verwendungszweck",
                "details",
                "memo",
                "text",
                "note",
                "concepto",
                "libellé",
            ],
        ),
        ("status", &["status", "state"]),
    ];
    let mut found = Vec::new();
    for (field, words) in WORDS {
        let column = words.iter().find_map(|word| {
            header
                .iter()
                .find(|name| name.trim().to_lowercase() == *word)
                .or_else(|| {
                    header
                        .iter()
                        .find(|name| word.len() > 4 && name.to_lowercase().contains(word))
                })
        });
        if let Some(column) = column
            && !found
                .iter()
                .any(|known: &StatementColumn| known.column == *column)
        {
            found.push(StatementColumn {
                field: (*field).to_owned(),
                column: column.clone(),
            });
        }
    }
    found
}

fn refused(message: String) -> Failure {
    Failure::refused("statement.mapping", message)
        .hint("A mapping has [columns] with at least date and amount.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_a_document_and_reads_back() {
        let header: Vec<String> = ["Buchungstag", "Verwendungszweck", "Betrag"]
            .map(str::to_owned)
            .to_vec();
        let columns = suggest(&header);
        let fields: Vec<&str> = columns.iter().map(|column| column.field.as_str()).collect();
        assert_eq!(fields, ["date", "amount", "reference"]);
        let text = document("Sparkasse", &columns, Some("EUR"), &header).unwrap();
        let mapping = read(&text, "else").unwrap();
        assert_eq!(mapping.name, "Sparkasse");
        assert_eq!(mapping.column(Field::Commission), Some("Betrag"));
        assert_eq!(mapping.header_key, Some(header_key(&header)));
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        for text in [
            "",
            "[columns]\ndate = \"Date\"",
            "[columns]\ndate = \"Date\"\namount = \"A\"\ncolour = \"C\"",
            "[columns]\ndate = \"Date\"\namount = \"A\"\n[status]\ndone = [\"x\"]",
            "[columns]\ndate = \"Date\"\namount = \"A\"\n[constants]\ncurrency = \"XXQ\"",
            "name = \"PayPal\"\n[columns]\ndate = \"Date\"\namount = \"A\"",
        ] {
            assert_eq!(
                read(text, "bank").unwrap_err().code,
                "statement.mapping",
                "{text}"
            );
        }
    }
}
