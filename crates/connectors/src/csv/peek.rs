//! A look into a report before anything of it is taken.

use super::{
    amount::Thousands,
    bytes::Charset,
    dialect::{self, Dialect, Found, Sample},
    error::FileError,
    mapping::{Field, Mapping},
    options::{Options, ways},
    report::{Item, Report, head},
    row::{Reader, Row, RowRefusal},
    suggest,
};
use chrono_tz::Tz;
use perennial_domain::Currency;
use std::io::Read;

/// Rows shown of a file that is looked into.
const PEEKED: usize = 50;

/// What is in a file, before anything is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peek {
    /// How it is written.
    pub dialect: Dialect,
    /// Between thousands in the first rows.
    pub thousands: Thousands,
    /// The order of dates was said, or the first rows prove it.
    pub date_proven: bool,
    /// Zone of times that name none.
    pub zone: Tz,
    /// Line of the header, from 1; 0 where none was found.
    pub header_line: u64,
    /// The columns.
    pub header: Vec<String>,
    /// The first rows under it.
    pub rows: Vec<Vec<String>>,
    /// Name of the mapping that fits.
    pub profile: Option<String>,
    /// That mapping, or a guess.
    pub mapping: Mapping,
    /// The file does not say its currency.
    pub needs_currency: bool,
    /// The first rows as they are read; in a currency of no meaning where the file needs one.
    pub sample: Vec<Result<Row, RowRefusal>>,
    /// Field, word, what it counts as, and how often it came in the first rows.
    pub words: Vec<(&'static str, String, Option<&'static str>, u64)>,
}

/// Looks into a file: what it is, how it is written, which mapping fits, and how its first rows read.
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
    let delimiter = sample.delimiter;
    let records = sample.records.clone();
    let look = dialect::header_by_look(&sample, options.header_line);
    let (found, fits) = match dialect::find(sample, mappings, chosen, options.header_line) {
        Ok(found) => (found, true),
        Err(FileError::NoProfile { .. } | FileError::MissingColumn { .. }) if look.is_some() => {
            let header = look.unwrap_or(0);
            let names = records.get(header).map(|(_, names)| names.as_slice());
            let mapping = guessed(names.unwrap_or_default());
            let sample = Sample {
                delimiter,
                records: records.clone(),
            };
            let found = Found {
                sample,
                header,
                mapping,
            };
            (found, false)
        }
        Err(error) => return Err(error),
    };
    let numbers = dialect::numbers(&found, options.decimal, options.date_order);
    let (header_line, names) = records.get(found.header).cloned().unwrap_or_default();
    let reader = Reader::new(found.mapping.clone(), &names, ways(options, numbers));
    let needs_currency = !reader.has_currency();
    let zone = reader.zone();
    let (sample, words) = read_first(
        &head,
        complete,
        options,
        found.mapping.clone(),
        (header_line, needs_currency),
    );
    Ok(Peek {
        dialect: Dialect {
            encoding: charset.name(),
            delimiter: char::from(delimiter),
            decimal: numbers.decimal,
            date_order: numbers.order,
        },
        thousands: options.thousands.unwrap_or(numbers.thousands),
        date_proven: numbers.proven,
        zone,
        header_line,
        header: names.iter().map(|name| name.trim().to_owned()).collect(),
        rows: records
            .iter()
            .skip(found.header + 1)
            .take(PEEKED)
            .map(|(_, fields)| fields.clone())
            .collect(),
        profile: fits.then(|| found.mapping.name.clone()),
        mapping: found.mapping,
        needs_currency,
        sample,
        words,
    })
}

type Words = Vec<(&'static str, String, Option<&'static str>, u64)>;

/// The first rows as they are read. A guess without date and commission reads nothing.
fn read_first(
    head: &[u8],
    complete: bool,
    options: &Options,
    mapping: Mapping,
    (header_line, needs_currency): (u64, bool),
) -> (Vec<Result<Row, RowRefusal>>, Words) {
    let (mut rows, mut words) = (Vec::new(), Words::new());
    let options = Options {
        header_line: Some(header_line),
        currency: if needs_currency {
            Some(Currency::USD)
        } else {
            options.currency
        },
        ..options.clone()
    };
    let Ok(mut report) = Report::open(head, &options, &[mapping], true) else {
        return (rows, words);
    };
    while let Ok(Some(item)) = report.next_item() {
        rows.push(match item {
            Item::Row(row) => Ok(*row),
            Item::Refused(refusal) => Err(refusal),
            Item::Skipped { .. } => continue,
        });
        if rows.len() > PEEKED {
            break;
        }
        for (field, word, meaning) in report.words() {
            match words
                .iter_mut()
                .find(|(of, known, ..)| *of == field && known == word)
            {
                Some((.., count)) => *count += 1,
                None => words.push((field, word.to_owned(), meaning, 1)),
            }
        }
    }
    if !complete || rows.len() > PEEKED {
        // The last one may be cut.
        rows.pop();
    }
    (rows, words)
}

/// A mapping from what the columns sound like, to tell decimal marks and dates by.
fn guessed(header: &[String]) -> Mapping {
    let mut mapping = Mapping {
        columns: suggest::suggest(header),
        ..Mapping::named("")
    };
    mapping
        .required
        .retain(|field| *field == Field::Date || *field == Field::Commission);
    mapping
}

#[cfg(test)]
mod tests {
    use super::{super::profiles, *};

    fn look(text: &str, options: &Options) -> Peek {
        peek(text.as_bytes(), options, &profiles(), false).unwrap()
    }

    #[test]
    fn a_file_that_nobody_knows_is_guessed_and_shown_as_it_would_land() {
        let text = "Export vom 31.03.\nDatum;Provision;Status;Sub ID 1;Sub ID 2\n\
            03.04.2026;1.234,50;offen;a;b\n04.04.2026;zwei;approved;a;\n";
        let peek = look(text, &Options::detect(Tz::Europe__Berlin));
        assert_eq!((peek.header_line, peek.profile.as_deref()), (2, None));
        assert!(peek.needs_currency);
        let mapped = Mapping {
            columns: vec![
                (Field::Date, "Datum".to_owned()),
                (Field::Commission, "Provision".to_owned()),
                (Field::Status, "Status".to_owned()),
                (Field::SubId, "Sub ID 1".to_owned()),
                (Field::SubId, "Sub ID 2".to_owned()),
            ],
            ..Mapping::named("portal")
        };
        let peek = super::peek(
            text.as_bytes(),
            &Options::detect(Tz::Europe__Berlin),
            &[mapped],
            true,
        )
        .unwrap();
        assert_eq!(
            (peek.thousands.word(), peek.dialect.decimal.mark()),
            (".", ',')
        );
        let first = peek.sample[0].as_ref().unwrap();
        assert_eq!(first.facts.commission.unwrap().to_plain(), "1234.50");
        assert_eq!(first.facts.sub_ids, ["a", "b"]);
        assert_eq!(
            first.facts.occurred_at.to_rfc3339(),
            "2026-04-02T22:00:00+00:00"
        );
        assert_eq!(
            peek.sample[1].as_ref().unwrap_err().column.as_deref(),
            Some("Provision")
        );
        assert_eq!(
            peek.words,
            [
                ("approval", "offen".to_owned(), None, 1),
                ("approval", "approved".to_owned(), Some("approved"), 1)
            ]
        );
    }

    #[test]
    fn an_order_of_dates_that_nothing_proves_is_said_to_be_a_guess() {
        let awin = |date: &str| {
            let text = format!("id,date,commission,commission_status,currency\n1,{date},1,1,USD\n");
            look(&text, &Options::detect(Tz::UTC)).date_proven
        };
        assert!(!awin("03/04/2026"));
        assert!(awin("03/14/2026"));
        assert!(awin("2026-03-04"));
        let said = Options {
            date_order: Some(super::super::DateOrder::DayFirst),
            ..Options::detect(Tz::UTC)
        };
        let text = "id,date,commission,commission_status,currency\n1,03/04/2026,1,1,USD\n";
        assert!(look(text, &said).date_proven);
    }

    #[test]
    fn the_mapping_made_for_a_header_stands_before_a_built_in_one() {
        let text = "id,date,commission,commission_status,currency\n1,2026-03-04,1,1,USD\n";
        let own = Mapping {
            columns: vec![
                (Field::Date, "date".to_owned()),
                (Field::Commission, "commission".to_owned()),
            ],
            header_key: Some(super::super::header_key(
                &["ID", "currency", "date", "commission", "commission_status"].map(str::to_owned),
            )),
            ..Mapping::named("mine")
        };
        let mut all = profiles();
        all.push(own);
        let peek = peek(text.as_bytes(), &Options::detect(Tz::UTC), &all, false).unwrap();
        assert_eq!(peek.profile.as_deref(), Some("mine"));
    }
}
