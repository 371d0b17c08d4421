//! A report, read from its first byte to its last.

use super::{
    amount::Decimal,
    bytes::{Charset, Decoder, SAMPLE},
    dialect::{self, Dialect, Found, Sample},
    error::FileError,
    lexer::{Lexer, Record},
    mapping::Mapping,
    row::{Reader, Row, RowRefusal, Ways},
};
use chrono_tz::Tz;
use perennial_domain::Currency;
use std::{
    collections::HashMap,
    io::{Chain, Cursor, Read},
};

/// Rows shown of a file that is looked into.
const PEEKED: usize = 50;

/// How a file is to be read; what is none is told from the file.
#[derive(Clone, Debug)]
pub struct Options {
    /// Label of an encoding.
    pub encoding: Option<String>,
    /// Between fields.
    pub delimiter: Option<char>,
    /// Before decimals.
    pub decimal: Option<Decimal>,
    /// Currency of a file that names none.
    pub currency: Option<Currency>,
    /// Program that every row belongs to.
    pub program: Option<String>,
    /// The book's time zone: times that name none are of it.
    pub zone: Tz,
}

/// What is in a file, before anything is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peek {
    /// How it is written.
    pub dialect: Dialect,
    /// Line of the header, from 1; 0 where none was found.
    pub header_line: u64,
    /// The columns.
    pub header: Vec<String>,
    /// The first rows under it.
    pub rows: Vec<Vec<String>>,
    /// Name of the mapping that fits.
    pub profile: Option<String>,
    /// The file does not say its currency.
    pub needs_currency: bool,
}

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
}

/// The first bytes; whether they are all.
fn head<R: Read>(source: &mut R) -> Result<(Vec<u8>, bool), FileError> {
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
        let found = dialect::find(sample, mappings, chosen)?;
        let (decimal, order) = dialect::numbers(&found, options.decimal);
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
        let ways = Ways {
            currency: options.currency,
            program: options.program.clone(),
            decimal,
            order,
            zone: options.zone,
        };
        Ok(Self {
            lexer: Lexer::new(
                Decoder::new(Cursor::new(head).chain(source), charset)?,
                sample.delimiter,
            ),
            record: Record::default(),
            dialect: Dialect {
                encoding: charset.name(),
                delimiter: char::from(sample.delimiter),
                decimal,
                date_order: order,
            },
            mapping: mapping.name.clone(),
            has_id: mapping.has_id(),
            reader: Reader::new(mapping, &names, ways),
            delimiter: sample.delimiter,
            header_line,
            occurrences: HashMap::new(),
        })
    }

    /// How it is written.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
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

/// Looks into a file: what it is, how it is written, which mapping fits.
///
/// # Errors
/// Where it is empty, no text, or has no header; a file that no mapping fits is no error here.
pub fn peek<R: Read>(
    mut source: R,
    options: &Options,
    mappings: &[Mapping],
    chosen: bool,
) -> Result<Peek, FileError> {
    let (head, complete) = head(&mut source)?;
    let charset = Charset::of(&head, options.encoding.as_deref())?;
    let sample = dialect::sample(&head, charset, complete, options.delimiter, mappings)?;
    let delimiter = char::from(sample.delimiter);
    let records = sample.records.clone();
    let look = dialect::header_by_look(&sample);
    let shown = |at: usize, decimal, date_order, profile, needs_currency| {
        let (header_line, header) = records.get(at).cloned().unwrap_or_default();
        Peek {
            dialect: Dialect {
                encoding: charset.name(),
                delimiter,
                decimal,
                date_order,
            },
            header_line,
            header: header.iter().map(|name| name.trim().to_owned()).collect(),
            rows: records
                .iter()
                .skip(at + 1)
                .take(PEEKED)
                .map(|(_, fields)| fields.clone())
                .collect(),
            profile,
            needs_currency,
        }
    };
    match dialect::find(sample, mappings, chosen) {
        Ok(found) => {
            let (decimal, order) = dialect::numbers(&found, options.decimal);
            let header = records
                .get(found.header)
                .map(|(_, names)| names.as_slice())
                .unwrap_or_default();
            let ways = Ways {
                currency: options.currency,
                program: None,
                decimal,
                order,
                zone: options.zone,
            };
            let needs_currency = !Reader::new(found.mapping.clone(), header, ways).has_currency();
            Ok(shown(
                found.header,
                decimal,
                order,
                Some(found.mapping.name),
                needs_currency,
            ))
        }
        Err(FileError::NoProfile { .. } | FileError::MissingColumn { .. }) if look.is_some() => {
            let at = look.unwrap_or(0);
            let found = Found {
                sample: Sample {
                    delimiter: 0,
                    records: records.clone(),
                },
                header: at,
                mapping: guessed(
                    records
                        .get(at)
                        .map(|(_, names)| names.as_slice())
                        .unwrap_or_default(),
                ),
            };
            let (decimal, order) = dialect::numbers(&found, options.decimal);
            let named = found
                .mapping
                .column(super::mapping::Field::Currency)
                .is_some();
            Ok(shown(
                at,
                decimal,
                order,
                None,
                !named && options.currency.is_none(),
            ))
        }
        Err(error) => Err(error),
    }
}

/// A mapping from what the columns sound like, to tell decimal marks and dates by.
fn guessed(header: &[String]) -> Mapping {
    Mapping {
        columns: super::suggest::suggest(header),
        ..Mapping::named("")
    }
}

#[cfg(test)]
mod tests {
    use super::{super::profiles, *};
    use perennial_domain::ledger::{Approval, Kind};
    use proptest::prelude::*;

    fn options() -> Options {
        Options {
            encoding: None,
            delimiter: None,
            decimal: None,
            currency: None,
            program: None,
            zone: Tz::UTC,
        }
    }

    fn items(bytes: &[u8], options: &Options) -> Result<Vec<Item>, FileError> {
        let mut report = Report::open(bytes, options, &profiles(), false)?;
        let mut items = Vec::new();
        while let Some(item) = report.next_item()? {
            items.push(item);
        }
        Ok(items)
    }

    fn rows(bytes: &str) -> Vec<Row> {
        let all = items(bytes.as_bytes(), &options()).unwrap();
        all.into_iter()
            .filter_map(|item| {
                if let Item::Row(row) = item {
                    Some(*row)
                } else {
                    None
                }
            })
            .collect()
    }

    const AMAZON: &str = "Fee-Earnings reports from 2026-01-01 to 2026-01-31\n\
        Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),Device Type Group\n\
        Books,\"Bread, a history\",B01,Amazon,blog-20,01/05/2026,19.99,1,0,19.99,0.90,DESKTOP\n\
        Books,\"Bread, a history\",B01,Amazon,blog-20,01/05/2026,19.99,1,0,19.99,0.90,DESKTOP\n\
        Books,Pans,B02,Amazon,blog-20,01/25/2026,19.99,-1,1,-19.99,-0.90,PHONE\n\
        \n\
        Total,,,,,,,,,19.99,0.90,\n";

    #[test]
    fn amazon_has_a_title_equal_rows_and_totals() {
        let rows = rows(AMAZON);
        assert_eq!(
            rows.iter()
                .map(|row| row.facts.occurrence)
                .collect::<Vec<_>>(),
            [0, 1, 0]
        );
        assert_eq!(rows[0].line, 3);
        assert_eq!(rows[0].facts.commission.unwrap().to_string(), "0.90 USD");
        assert_eq!(rows[0].facts.sub_ids, ["blog-20"]);
        assert_eq!(
            (
                rows[2].facts.kind,
                rows[2].facts.occurred_at.to_rfc3339().get(..10)
            ),
            (Kind::Correction, Some("2026-01-25"))
        );
        let kinds: Vec<_> = items(AMAZON.as_bytes(), &options())
            .unwrap()
            .into_iter()
            .filter_map(|item| {
                if let Item::Skipped { line, kind, .. } = item {
                    Some((line, kind))
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(
            kinds,
            [(1, "title"), (2, "header"), (6, "blank"), (7, "totals")]
        );
    }

    #[test]
    fn the_order_of_columns_does_not_make_another_row() {
        let one = rows("id,date,commission,commission_status,currency\n7,2026-01-05,1.50,1,GBP\n");
        let two =
            rows("currency;commission;date;id;commission_status;note\nGBP;1,50;2026-01-05;7;1;\n");
        assert_eq!(one[0].facts.approval, Approval::Approved);
        assert_eq!(one[0].facts.commission, two[0].facts.commission);
        let three =
            rows("commission,currency,date,id,commission_status,note\n1.50,GBP,2026-01-05,7,1,\n");
        assert_eq!(one[0].facts.raw_hash, three[0].facts.raw_hash);
    }

    #[test]
    fn rows_that_cannot_be_read_say_why() {
        let text = "id,date,commission,commission_status,currency\n1,2026-01-05,1.5O,1,GBP\n2,2026-13-05,1,1,GBP\n\
                    3,2026-01-05,1,1\n4,2026-01-05,0.0000001,1,GBP\n5,2026-01-05,1,1,XYX\n,2026-01-05,1,1,GBP\n";
        let refused: Vec<_> = items(text.as_bytes(), &options())
            .unwrap()
            .into_iter()
            .filter_map(|item| {
                if let Item::Refused(row) = item {
                    Some((row.line, row.column, row.native_id))
                } else {
                    None
                }
            })
            .collect();
        let row = |line, column: Option<&str>, id: Option<&str>| {
            (line, column.map(str::to_owned), id.map(str::to_owned))
        };
        assert_eq!(
            refused,
            [
                row(2, Some("commission"), Some("1")),
                row(3, Some("date"), Some("2")),
                row(4, None, None),
                row(5, Some("commission"), Some("4")),
                row(6, Some("currency"), Some("5")),
                row(7, Some("id"), None),
            ]
        );
    }

    #[test]
    fn whole_files_are_refused_for_a_reason() {
        let fails = |bytes: &[u8]| items(bytes, &options()).unwrap_err();
        assert!(matches!(fails(b""), FileError::Empty));
        assert!(matches!(fails(b"\xEF\xBB\xBF\n \n"), FileError::Empty));
        assert!(matches!(
            fails(b"\x00\x01\x02\x03"),
            FileError::NotText { .. }
        ));
        assert!(matches!(
            fails(b"1,2026-01-05,3.00,1\n2,2026-01-06,4.00,1\n"),
            FileError::NoHeader
        ));
        assert!(matches!(
            fails(b"Colour,Shape\nred,round\n"),
            FileError::NoProfile { .. }
        ));
        let missing = fails(b"id,date,commission\n1,2026-01-05,3.00\n");
        assert!(
            matches!(missing, FileError::MissingColumn { column, .. } if column == "commission_status")
        );
        let none = fails(b"id,date,commission,commission_status\n1,2026-01-05,3.00,1\n");
        assert!(matches!(none, FileError::NoCurrency));
        assert_eq!(
            items(b"id,date,commission,commission_status\n", &options())
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn a_correction_shares_its_number_and_names_what_it_corrects() {
        let rows =
            rows("Action_Id,Action_Date,Payout,Status,Currency\n9,2026-01-05,-3.00,APPROVED,USD\n");
        assert_eq!(rows[0].facts.kind, Kind::Correction);
        assert_eq!(rows[0].facts.parent_native_id.as_deref(), Some("9"));
        assert_eq!(
            rows[0].facts.raw,
            r#"{"Action_Id":"9","Action_Date":"2026-01-05","Payout":"-3.00","Status":"APPROVED","Currency":"USD"}"#
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
            let _ = items(&bytes, &options());
            let _ = peek(&bytes[..], &options(), &profiles(), false);
        }

        #[test]
        fn no_text_under_a_header_makes_it_panic(text in "(\\PC|[,;\"\n\r\t0-9.-])*") {
            let text = format!("id,date,commission,commission_status,currency\n{text}");
            let all = items(text.as_bytes(), &options()).unwrap();
            prop_assert!(!all.is_empty());
        }
    }
}
