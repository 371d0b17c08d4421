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

use crate::{
    Failure,
    dto::{MappedColumn, MappedWord, MappingDraft},
    error::Place,
};
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

/// The document of a form.
///
/// # Errors
/// Where a field or a meaning is not known.
pub fn document(draft: &MappingDraft) -> Result<String, Failure> {
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for column in &draft.columns {
        columns
            .entry(&column.field)
            .or_default()
            .push(&column.column);
    }
    let mut words: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for word in &draft.words {
        let section = match word.field.as_str() {
            "approval" => "status",
            "payment" => "payment",
            "kind" => "kind",
            other => {
                return Err(refused(
                    "words",
                    format!("There are no words of “{other}”."),
                ));
            }
        };
        words
            .entry((section, &word.meaning))
            .or_default()
            .push(&word.word);
    }
    let mut text = String::new();
    // Keys are words of ours or quoted, values are written by the TOML library; writing into a String cannot fail.
    if !draft.name.trim().is_empty() {
        let name = toml::Value::from(draft.name.trim());
        let _ = writeln!(text, "name = {name}");
    }
    let mut sections: Vec<(&str, Vec<(String, toml::Value)>)> = Vec::new();
    let list = |texts: Vec<&str>| {
        if let [one] = texts.as_slice() {
            toml::Value::from(*one)
        } else {
            let texts: Vec<toml::Value> = texts.into_iter().map(Into::into).collect();
            toml::Value::from(texts)
        }
    };
    sections.push((
        "columns",
        columns
            .into_iter()
            .map(|(field, names)| (field.to_owned(), list(names)))
            .collect(),
    ));
    let some = |pairs: &[(&str, &Option<String>)]| -> Vec<(String, toml::Value)> {
        pairs
            .iter()
            .filter_map(|(key, value)| {
                let value = value.as_deref().map(str::trim)?;
                (!value.is_empty()).then(|| ((*key).to_owned(), value.into()))
            })
            .collect()
    };
    sections.push((
        "constants",
        some(&[
            ("program", &draft.program),
            ("currency", &draft.currency),
            ("kind", &draft.kind),
            ("tier", &draft.tier),
            ("approval", &draft.approval),
        ]),
    ));
    sections.push((
        "format",
        some(&[
            ("date", &draft.date_order),
            ("decimal", &draft.decimal),
            ("time_zone", &draft.time_zone),
        ]),
    ));
    for section in ["status", "payment", "kind"] {
        let meanings = words
            .iter()
            .filter(|((of, _), _)| *of == section)
            .map(|((_, meaning), texts)| {
                let texts: Vec<toml::Value> = texts.iter().map(|text| (*text).into()).collect();
                ((*meaning).to_owned(), toml::Value::from(texts))
            })
            .collect();
        sections.push((section, meanings));
    }
    for (section, lines) in sections {
        write_section(&mut text, section, lines);
    }
    Ok(text)
}

fn write_section(text: &mut String, name: &str, lines: Vec<(String, toml::Value)>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n[{name}]");
    for (key, value) in lines {
        let bare = key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let key = if bare && !key.is_empty() {
            key
        } else {
            toml::Value::from(key).to_string()
        };
        let _ = writeln!(text, "{key} = {value}");
    }
}

/// The form of a mapping: what differs from what every mapping has.
pub fn draft(mapping: &Mapping) -> MappingDraft {
    let usual = Mapping::named("");
    let mut words = Vec::new();
    let mut known = |field: &str, word: &str, meaning: &str| {
        words.push(MappedWord {
            field: field.to_owned(),
            word: word.to_owned(),
            meaning: meaning.to_owned(),
        });
    };
    for (word, meaning) in &mapping.approval_words {
        if !usual.approval_words.contains(&(word.clone(), *meaning)) {
            known("approval", word, meaning.word());
        }
    }
    for (word, meaning) in &mapping.payment_words {
        if !usual.payment_words.contains(&(word.clone(), *meaning)) {
            known("payment", word, meaning.word());
        }
    }
    for (word, meaning) in &mapping.kind_words {
        if !usual.kind_words.contains(&(word.clone(), *meaning)) {
            known("kind", word, meaning.word());
        }
    }
    words.sort_by(|one, other| (&one.field, &one.meaning).cmp(&(&other.field, &other.meaning)));
    let mut columns: Vec<MappedColumn> = mapping
        .columns
        .iter()
        .map(|(field, column)| MappedColumn {
            field: field.word().to_owned(),
            column: column.clone(),
        })
        .collect();
    // Several columns of one field keep their order.
    columns.sort_by(|one, other| one.field.cmp(&other.field));
    let other = |is: bool, word: &str| is.then(|| word.to_owned());
    MappingDraft {
        name: mapping.name.clone(),
        columns,
        program: mapping.program.clone(),
        currency: mapping.currency.map(|currency| currency.code().to_owned()),
        kind: other(mapping.kind != usual.kind, mapping.kind.word()),
        tier: other(mapping.tier != usual.tier, mapping.tier.word()),
        approval: other(mapping.approval != usual.approval, mapping.approval.word()),
        date_order: mapping.date_order.map(|order| order.word().to_owned()),
        decimal: mapping.decimal.map(|decimal| decimal.mark().to_string()),
        time_zone: mapping.zone.map(|zone| zone.name().to_owned()),
        words,
    }
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
    fn a_form_and_its_document_say_the_same() {
        let toml = "name = 'portal'\n[columns]\ndate = 'When'\ncommission = 'Mine “€”'\nsub_id = ['A', 'B']\n\
             [constants]\ncurrency = 'EUR'\nkind = 'rebill'\n[format]\ndecimal = ','\ntime_zone = 'Europe/Berlin'\n\
             [status]\napproved = ['Gut', 'bezahlt']\nreversed = ['storniert']\n";
        let mapping = read(toml, "x").unwrap();
        let again = read(&document(&draft(&mapping)).unwrap(), "x").unwrap();
        assert_eq!(draft(&again), draft(&mapping));
        assert_eq!(again.columns, mapping.columns);
        for profile in perennial_connectors::csv::profiles() {
            let again = read(&document(&draft(&profile)).unwrap(), "x").unwrap();
            assert_eq!(draft(&again), draft(&profile));
        }
    }

    #[test]
    fn a_document_that_is_handed_on_names_its_header() {
        let toml = "[columns]\ndate = 'When'\ncommission = 'Mine'\n";
        let header = ["mine".to_owned(), "when \"x\"".to_owned()];
        let text = with_header(toml, "portal", &header).unwrap();
        assert_eq!(super::header(&text).unwrap(), header);
        assert_eq!(read(&text, "x").unwrap().name, "portal");
        assert_eq!(with_header(&text, "other", &[]).unwrap(), text);
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
