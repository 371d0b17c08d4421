//! A report, read from its first byte to its last.

use super::{
    amount::{Decimal, Thousands},
    bytes::{Charset, Decoder, SAMPLE},
    date::DateOrder,
    dialect::{self, Dialect, Found, Numbers},
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
    /// Zone of times that name none, before the mapping's and the book's.
    pub time_zone: Option<Tz>,
    /// Physical line of the header.
    pub header_line: Option<u64>,
    /// Between thousands.
    pub thousands: Option<Thousands>,
    /// Of dates with the year at the end.
    pub date_order: Option<DateOrder>,
}

impl Options {
    /// Everything told from the file.
    pub fn detect(zone: Tz) -> Self {
        Self {
            encoding: None,
            delimiter: None,
            decimal: None,
            currency: None,
            program: None,
            zone,
            time_zone: None,
            header_line: None,
            thousands: None,
            date_order: None,
        }
    }
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

/// How rows are read: what was said, else what the first of them tell.
pub(super) fn ways(options: &Options, numbers: Numbers) -> Ways {
    Ways {
        currency: options.currency,
        program: options.program.clone(),
        decimal: numbers.decimal,
        thousands: options.thousands,
        order: numbers.order,
        chosen_zone: options.time_zone,
        zone: options.zone,
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
mod tests {
    use super::{
        super::{peek, profiles},
        *,
    };
    use perennial_domain::ledger::{Approval, Kind};
    use proptest::prelude::*;

    fn options() -> Options {
        Options::detect(Tz::UTC)
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

    #[test]
    fn what_is_cut_or_torn_costs_a_row_at_most() {
        let text = "id,date,commission,commission_status,currency\n1,2026-01-05,1.00,1,USD\n2,2026-01-06,2.00,1,USD\n";
        let outcome = |bytes: &[u8]| {
            let all = items(bytes, &options()).unwrap();
            let rows = all
                .iter()
                .filter(|item| matches!(item, Item::Row(_)))
                .count();
            let refused = all
                .iter()
                .filter(|item| matches!(item, Item::Refused(_)))
                .count();
            (rows, refused)
        };
        let wide: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(outcome(&wide), (2, 0));
        // Half a line end is left, and what it was nobody knows.
        assert_eq!(outcome(wide.get(..wide.len() - 1).unwrap()), (1, 1));
        let mut torn = text.to_owned();
        for number in 3..200 {
            torn.extend([&number.to_string(), ",2026-01-06,2.00,1,USD\n"]);
        }
        torn += "200,2026-01-06,2.\0\0,1,USD\n";
        assert_eq!(outcome(torn.as_bytes()), (199, 1));
        let mut long = text.as_bytes().to_vec();
        long.extend(vec![b'x'; 10 << 20]);
        assert_eq!(outcome(&long), (2, 1));
    }

    #[test]
    fn a_header_is_where_it_is_said_to_be() {
        let text = "id,date,commission,commission_status,currency\nid,date,commission,commission_status,currency\n1,2026-01-05,1.00,1,USD\n";
        let said = Options {
            header_line: Some(2),
            ..options()
        };
        let all = items(text.as_bytes(), &said).unwrap();
        assert!(matches!(
            &all[0],
            Item::Skipped {
                line: 1,
                kind: "title",
                ..
            }
        ));
        assert!(matches!(&all[2], Item::Row(row) if row.line == 3));
        let nowhere = Options {
            header_line: Some(3),
            ..options()
        };
        assert!(items(text.as_bytes(), &nowhere).is_err());
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
