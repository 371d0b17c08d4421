//! The same mapping as a form that a person fills in, and back.

use super::refused;
use crate::{
    Failure,
    dto::{MappedColumn, MappedWord, MappingDraft},
};
use perennial_connectors::csv::Mapping;
use std::{collections::BTreeMap, fmt::Write as _};

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
