//! From a row's fields to what happened.

use super::{
    amount::{Decimal, Thousands, parse_amount},
    date::{DateOrder, parse_instant},
    lexer::Record,
    mapping::{Field, Mapping, same},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Kind, Payment, Tier},
};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Physical line of its start, from 1.
    pub line: u64,
    /// What it says.
    pub facts: ConversionFacts,
    /// A word for what happened that is not known; the row then counts as a sale, or a correction where negative.
    pub unknown_kind: Option<String>,
}

/// A row that was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowRefusal {
    /// Physical line of its start, from 1.
    pub line: u64,
    /// The column at fault.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
    /// The row as it came, cut to a readable length.
    pub text: String,
    /// The source's own id where it could be read.
    pub native_id: Option<String>,
}

/// A mapping, bound to a header.
pub(super) struct Reader {
    mapping: Mapping,
    header: Vec<String>,
    /// Column names as JSON strings, each one unique.
    keys: Vec<String>,
    /// Columns in the order of their names, which the file's own order does not change.
    canonical: Vec<(usize, String)>,
    columns: Vec<(Field, usize)>,
    currency: Option<Currency>,
    program: Option<String>,
    decimal: Decimal,
    thousands: Option<Thousands>,
    order: DateOrder,
    zone: Tz,
}

/// What options and the file's look decide.
pub(super) struct Ways {
    pub currency: Option<Currency>,
    pub program: Option<String>,
    pub decimal: Decimal,
    /// Said by the user; anything that reports write is accepted where none.
    pub thousands: Option<Thousands>,
    pub order: DateOrder,
    /// Said by the user; stands before the mapping's.
    pub chosen_zone: Option<Tz>,
    /// The book's.
    pub zone: Tz,
}

/// What is wrong with a field.
type Fault = (Option<usize>, String);

impl Reader {
    pub(super) fn new(mapping: Mapping, header: &[String], ways: Ways) -> Self {
        let mut names: Vec<String> = Vec::with_capacity(header.len());
        for (index, name) in header.iter().enumerate() {
            let name = name.trim();
            let name = if name.is_empty() {
                format!("column {}", index + 1)
            } else {
                name.to_owned()
            };
            let again = names.iter().filter(|known| **known == name).count();
            names.push(if again == 0 {
                name
            } else {
                format!("{name} ({})", index + 1)
            });
        }
        let mut canonical: Vec<(usize, String)> = names
            .iter()
            .enumerate()
            .map(|(index, name)| (index, name.to_lowercase()))
            .collect();
        canonical.sort_by(|one, other| one.1.cmp(&other.1));
        let columns = mapping
            .columns
            .iter()
            .filter_map(|(field, column)| {
                Some((*field, header.iter().position(|name| same(name, column))?))
            })
            .collect();
        Self {
            keys: names
                .iter()
                .map(|name| serde_json::Value::from(name.as_str()).to_string())
                .collect(),
            header: header.iter().map(|name| name.trim().to_owned()).collect(),
            canonical,
            columns,
            currency: ways.currency.or(mapping.currency),
            program: ways.program,
            decimal: ways.decimal,
            thousands: ways.thousands,
            order: ways.order,
            zone: ways.chosen_zone.or(mapping.zone).unwrap_or(ways.zone),
            mapping,
        }
    }

    pub(super) fn zone(&self) -> Tz {
        self.zone
    }

    /// Words of a row that the mapping may know, each with what it counts as.
    pub(super) fn words<'a>(
        &self,
        record: &'a Record,
    ) -> impl Iterator<Item = (&'static str, &'a str, Option<&'static str>)> {
        let approval = self.text(record, Field::Status).map(|(_, word)| {
            let known = find(&self.mapping.approval_words, word);
            ("approval", word, known.map(Approval::word))
        });
        let payment = self.text(record, Field::Payment).map(|(_, word)| {
            let known = find(&self.mapping.payment_words, word);
            ("payment", word, known.map(Payment::word))
        });
        let kind = self.text(record, Field::Kind).map(|(_, word)| {
            let known = find(&self.mapping.kind_words, word);
            ("kind", word, known.map(Kind::word))
        });
        [approval, payment, kind].into_iter().flatten()
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Whether rows can say their currency at all.
    pub(super) fn has_currency(&self) -> bool {
        self.currency.is_some() || self.index(Field::Currency).is_some()
    }

    /// Whether a row adds others up instead of being one.
    pub(super) fn is_totals(&self, record: &Record) -> bool {
        const WORDS: &[&str] = &[
            "total",
            "totals",
            "grand total",
            "sub total",
            "subtotal",
            "sum",
            "summe",
            "gesamt",
            "gesamtsumme",
        ];
        let first = record
            .fields()
            .map(str::trim)
            .find(|field| !field.is_empty())
            .unwrap_or_default();
        let first = first.trim_end_matches(':').trim().to_lowercase();
        let says = WORDS.contains(&first.as_str())
            || first.starts_with("total ")
            || first.starts_with("grand total");
        let date = self
            .index(Field::Date)
            .map_or("", |index| record.field(index))
            .trim();
        says && parse_instant(date, self.order, self.zone).is_err()
    }

    /// Whether a row is the header over again, as files pasted together have it.
    pub(super) fn is_header(&self, record: &Record) -> bool {
        record.len() == self.header.len()
            && record
                .fields()
                .zip(&self.header)
                .all(|(field, name)| field.trim() == name)
    }

    pub(super) fn read(&self, record: &Record, delimiter: u8) -> Result<Row, RowRefusal> {
        self.facts(record).map_err(|(column, reason)| RowRefusal {
            line: record.line,
            column: column.and_then(|index| self.header.get(index)).cloned(),
            reason,
            text: record.shown(delimiter),
            native_id: self
                .native_id(record)
                .filter(|_| record.len() == self.header.len()),
        })
    }

    fn index(&self, field: Field) -> Option<usize> {
        self.columns
            .iter()
            .find(|(of, _)| *of == field)
            .map(|(_, index)| *index)
    }

    /// The first column of a field that says something.
    fn text<'a>(&self, record: &'a Record, field: Field) -> Option<(usize, &'a str)> {
        let columns = self.columns.iter().filter(|(of, _)| *of == field);
        columns
            .map(|(_, index)| (*index, record.field(*index).trim()))
            .find(|(_, text)| !is_nothing(text))
    }

    fn owned(&self, record: &Record, field: Field) -> Option<String> {
        self.text(record, field).map(|(_, text)| text.to_owned())
    }

    fn native_id(&self, record: &Record) -> Option<String> {
        self.owned(record, Field::Id)
    }

    fn instant(&self, record: &Record, field: Field) -> Result<Option<DateTime<Utc>>, Fault> {
        self.text(record, field)
            .map(|(index, text)| {
                parse_instant(text, self.order, self.zone)
                    .map_err(|why| (Some(index), why.to_string()))
            })
            .transpose()
    }

    fn amount(
        &self,
        record: &Record,
        field: Field,
        currency: Currency,
    ) -> Result<Option<Money>, Fault> {
        self.text(record, field)
            .map(|(index, text)| {
                if let Some(thousands) = self.thousands
                    && !thousands.allows(text, self.decimal)
                {
                    let why = format!("“{text}” has another mark between its thousands");
                    return Err((Some(index), why));
                }
                parse_amount(text, self.decimal, currency)
                    .map_err(|why| (Some(index), why.to_string()))
            })
            .transpose()
    }

    fn facts(&self, record: &Record) -> Result<Row, Fault> {
        if let Some(problem) = record.problem {
            return Err((None, problem.reason().to_owned()));
        }
        if record.len() != self.header.len() {
            let reason = format!(
                "the row has {} columns where the header has {}",
                record.len(),
                self.header.len()
            );
            return Err((None, reason));
        }
        if let Some(index) = record.fields().position(|field| field.contains('\0')) {
            return Err((Some(index), "holds a NUL character".to_owned()));
        }
        // Other columns must be there, but may say nothing in a row.
        for field in [Field::Id, Field::Date, Field::Commission] {
            if self.mapping.required.contains(&field)
                && self.index(field).is_some()
                && self.text(record, field).is_none()
            {
                return Err((self.index(field), "is empty".to_owned()));
            }
        }
        let currency = match self.text(record, Field::Currency) {
            Some((index, code)) => {
                Currency::parse(code).map_err(|error| (Some(index), error.to_string()))?
            }
            None => self
                .currency
                .ok_or_else(|| (self.index(Field::Currency), "names no currency".to_owned()))?,
        };
        let occurred_at = self
            .instant(record, Field::Date)?
            .ok_or_else(|| (self.index(Field::Date), "is empty".to_owned()))?;
        let commission = self.amount(record, Field::Commission, currency)?;
        let native_id = self.native_id(record);
        let (kind, unknown_kind) = self.kind(record, commission);
        let (approval, approval_text) = self.approval(record);
        let (payment, payment_text) = self.payment(record);
        let tier = match self
            .text(record, Field::Tier)
            .map(|(_, text)| text.to_lowercase())
        {
            Some(text) if matches!(text.as_str(), "second" | "2" | "second tier" | "tier 2") => {
                Tier::Second
            }
            Some(_) => Tier::Direct,
            None if kind == Kind::SecondTier => Tier::Second,
            None => self.mapping.tier,
        };
        let parent = self.owned(record, Field::Parent);
        let parent = parent.or_else(|| native_id.clone().filter(|_| kind.family() == "reversal"));
        let sub_ids = self.columns.iter().filter(|(of, _)| *of == Field::SubId);
        let facts = ConversionFacts {
            program_text: self
                .program
                .clone()
                .or_else(|| self.owned(record, Field::Program))
                .or_else(|| self.mapping.program.clone()),
            plan_text: self.owned(record, Field::Plan),
            parent_native_id: parent,
            occurrence: 0,
            kind,
            tier,
            occurred_at,
            click_at: self.instant(record, Field::ClickAt)?,
            order_ref: self.owned(record, Field::Order),
            customer_ref: self.owned(record, Field::Customer),
            sub_ids: sub_ids
                .map(|(_, index)| record.field(*index).trim())
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect(),
            currency,
            sale: self.amount(record, Field::Sale, currency)?,
            commission,
            approval,
            approval_text,
            payment,
            payment_text,
            lock_at: self.instant(record, Field::LockAt)?,
            approved_at: self.instant(record, Field::ApprovedAt)?,
            reversed_at: self.instant(record, Field::ReversedAt)?,
            reason: self.owned(record, Field::Reason),
            source_updated_at: self.instant(record, Field::UpdatedAt)?,
            raw: self.raw(record),
            raw_hash: self.hash(record),
            native_id,
        };
        Ok(Row {
            line: record.line,
            facts,
            unknown_kind,
        })
    }

    /// What happened. A negative amount is a correction unless the report says what it takes back.
    fn kind(&self, record: &Record, commission: Option<Money>) -> (Kind, Option<String>) {
        let negative = commission.is_some_and(Money::is_negative);
        let said = self
            .text(record, Field::Kind)
            .map(|(_, word)| (word, find(&self.mapping.kind_words, word)));
        let (kind, unknown) = match said {
            Some((_, Some(kind))) => (kind, None),
            Some((word, None)) => (self.mapping.kind, Some(word.to_owned())),
            None => (self.mapping.kind, None),
        };
        let kind = if negative && kind.family() != "reversal" {
            Kind::Correction
        } else {
            kind
        };
        (kind, unknown)
    }

    fn approval(&self, record: &Record) -> (Approval, Option<String>) {
        if self.index(Field::Status).is_none() {
            return (self.mapping.approval, None);
        }
        match self.text(record, Field::Status) {
            Some((_, word)) => (
                find(&self.mapping.approval_words, word).unwrap_or(Approval::Other),
                Some(word.to_owned()),
            ),
            None => (Approval::Other, None),
        }
    }

    fn payment(&self, record: &Record) -> (Payment, Option<String>) {
        match self.text(record, Field::Payment) {
            Some((_, word)) => (
                find(&self.mapping.payment_words, word).unwrap_or(Payment::Other),
                Some(word.to_owned()),
            ),
            None => (Payment::Unpaid, None),
        }
    }

    /// The row as a JSON object of column and text, in the file's order.
    fn raw(&self, record: &Record) -> String {
        let mut raw = String::with_capacity(256);
        for (key, field) in self.keys.iter().zip(record.fields()) {
            raw.push(if raw.is_empty() { '{' } else { ',' });
            raw.push_str(key);
            raw.push(':');
            quote(&mut raw, field);
        }
        raw.push('}');
        raw
    }

    /// The row's fingerprint: its columns by name, so that neither their order nor empty columns change it.
    fn hash(&self, record: &Record) -> String {
        let mut hash = Sha256::new();
        for (index, name) in &self.canonical {
            let value = record.field(*index).trim();
            if !value.is_empty() {
                hash.update(name);
                hash.update([0x1f]);
                hash.update(value);
                hash.update([0x1e]);
            }
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

/// What reports write where there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "–")
        || text.eq_ignore_ascii_case("n/a")
        || text.eq_ignore_ascii_case("null")
}

fn find<T: Copy>(words: &[(String, T)], word: &str) -> Option<T> {
    let word = word.to_lowercase();
    words
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, value)| *value)
}

/// Appends a JSON string. What needs no escape is copied in one piece.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        // What is escaped is ASCII, so it stands between whole characters.
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut special = special.chars();
        match special.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some(c) => {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            None => {}
        }
        rest = special.as_str();
    }
    out.push_str(rest);
    out.push('"');
}
