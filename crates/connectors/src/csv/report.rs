//! A report, read from its first byte to its last.

use super::{
    bytes::{Charset, Decoder, SAMPLE},
    dialect::{self, Dialect, Found},
    error::FileError,
    lexer::{Lexer, Record},
    mapping::Mapping,
    options::{Options, ways},
    row::{Reader, Row, RowRefusal},
};
use std::{
    collections::HashMap,
    io::{Chain, Cursor, Read},
};

/// What comes out of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A row.
    Row(Box<Row>),
    /// A row that was refused.
    Refused(RowRefusal),
    /// A line that is no data.
    Skipped {
        /// Physical line, from 1.
        line: u64,
        /// `title`, `header`, `blank` or `totals`.
        kind: &'static str,
        /// As it came, cut to a readable length.
        text: String,
    },
}

/// A report that is being read.
pub struct Report<R> {
    lexer: Lexer<Chain<Cursor<Vec<u8>>, R>>,
    record: Record,
    reader: Reader,
    dialect: Dialect,
    mapping: String,
    has_id: bool,
    delimiter: u8,
    header_line: u64,
    occurrences: HashMap<[u8; 16], u32>,
    mended: bool,
}

/// The title above rows that were refused, in the file that they are saved into.
pub const MENDED_TITLE: &str = "Perennial: rows that were refused";

/// Appends a field, quoted where it has to be.
fn quoted(line: &mut String, field: &str) {
    if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        line.push('"');
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(field);
    }
}

/// The first bytes; whether they are all.
pub(super) fn head<R: Read>(source: &mut R) -> Result<(Vec<u8>, bool), FileError> {
    let mut head = Vec::new();
    source.take(SAMPLE as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(FileError::Empty);
    }
    let complete = head.len() < SAMPLE;
    Ok((head, complete))
}

impl<R: Read> Report<R> {
    /// Opens a report. With `chosen` the first mapping is the one; else the one that fits best is taken.
    ///
    /// # Errors
    /// See [`FileError`]: the file is refused as a whole.
    pub fn open(
        mut source: R,
        options: &Options,
        mappings: &[Mapping],
        chosen: bool,
    ) -> Result<Self, FileError> {
        let (head, complete) = head(&mut source)?;
        let charset = Charset::of(&head, options.encoding.as_deref())?;
        let sample = dialect::sample(&head, charset, complete, options.delimiter, mappings)?;
        let found = dialect::find(sample, mappings, chosen, options.header_line)?;
        let numbers = dialect::numbers(&found, options.decimal, options.date_order);
        let Found {
            sample,
            header,
            mapping,
        } = found;
        let (header_line, names) = sample
            .records
            .into_iter()
            .nth(header)
            .ok_or(FileError::NoHeader)?;
        let ways = ways(options, numbers);
        Ok(Self {
            lexer: Lexer::new(
                Decoder::new(Cursor::new(head).chain(source), charset)?,
                sample.delimiter,
            ),
            record: Record::default(),
            dialect: Dialect {
                encoding: charset.name(),
                delimiter: char::from(sample.delimiter),
                decimal: numbers.decimal,
                date_order: numbers.order,
            },
            mapping: mapping.name.clone(),
            has_id: mapping.has_id(),
            reader: Reader::new(mapping, &names, ways),
            delimiter: sample.delimiter,
            header_line,
            occurrences: HashMap::new(),
            mended: false,
        })
    }

    /// The header or the row that was read last, as a line of comma-separated values for a file of its own.
    pub fn line(&self) -> String {
        let mut line = String::new();
        if self.record.problem.is_some() {
            line.push_str(&self.record.shown(self.delimiter));
        } else {
            for (index, field) in self.record.fields().enumerate() {
                if index > 0 {
                    line.push(',');
                }
                quoted(&mut line, field);
            }
        }
        line.push('\n');
        line
    }

    /// The header as a line of comma-separated values.
    pub fn header_as_line(&self) -> String {
        let mut line = String::new();
        for (index, name) in self.header().iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            quoted(&mut line, name);
        }
        line.push('\n');
        line
    }

    /// Whether it holds rows that were refused before and were mended since: then it says nothing of the rows around
    /// them. Known when the line above the header has been read.
    pub fn is_mended(&self) -> bool {
        self.mended
    }

    /// How it is written.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// Words of the row that was read last, and what each counts as.
    pub(super) fn words(&self) -> impl Iterator<Item = (&'static str, &str, Option<&'static str>)> {
        self.reader.words(&self.record)
    }

    /// Name of the mapping that it is read by.
    pub fn mapping(&self) -> &str {
        &self.mapping
    }

    /// Whether its rows have ids of the source's own.
    pub fn has_id(&self) -> bool {
        self.has_id
    }

    /// The columns.
    pub fn header(&self) -> &[String] {
        self.reader.header()
    }

    /// The next line of it; none at the end.
    ///
    /// # Errors
    /// [`FileError::NoCurrency`] at the first row of a file that does not say its currency; [`FileError::Io`].
    pub fn next_item(&mut self) -> Result<Option<Item>, FileError> {
        if !self.lexer.next(&mut self.record)? {
            return Ok(None);
        }
        let record = &self.record;
        let skipped = if record.is_blank() {
            Some("blank")
        } else if record.line < self.header_line {
            Some("title")
        } else if record.line == self.header_line || self.reader.is_header(record) {
            Some("header")
        } else if record.problem.is_none() && self.reader.is_totals(record) {
            Some("totals")
        } else {
            None
        };
        if let Some(kind) = skipped {
            self.mended |= kind == "title" && record.field(0).trim().starts_with(MENDED_TITLE);
            return Ok(Some(Item::Skipped {
                line: record.line,
                kind,
                text: record.shown(self.delimiter),
            }));
        }
        if !self.reader.has_currency() {
            return Err(FileError::NoCurrency);
        }
        Ok(Some(match self.reader.read(record, self.delimiter) {
            Ok(mut row) => {
                if row.facts.native_id.is_none() {
                    row.facts.occurrence = self.occurrence(&row.facts.raw_hash);
                }
                Item::Row(Box::new(row))
            }
            Err(refusal) => Item::Refused(refusal),
        }))
    }

    /// Which of the equal rows this one is: two equal, legitimate rows stay two.
    fn occurrence(&mut self, hash: &str) -> u32 {
        let mut key = [0; 16];
        // Half of the hash tells rows apart as well and keeps the memory of a long file small.
        for (slot, pair) in key.iter_mut().zip(hash.as_bytes().chunks(2)) {
            let digit = |byte: Option<&u8>| {
                byte.and_then(|byte| char::from(*byte).to_digit(16))
                    .unwrap_or(0)
            };
            *slot = u8::try_from(digit(pair.first()) * 16 + digit(pair.get(1))).unwrap_or(0);
        }
        let count = self.occurrences.entry(key).or_insert(0);
        let occurrence = *count;
        *count = count.saturating_add(1);
        occurrence
    }
}

#[cfg(test)]
mod tests;
