//! What the first lines of a file tell: delimiter, header, decimal mark, order of dates.

use super::{
    amount::{Decimal, Thousands},
    bytes::{Charset, Decoder},
    date::{self, DateOrder},
    error::FileError,
    lexer::{Lexer, Record},
    mapping::{Field, Mapping, header_key, same},
};
use chrono_tz::Tz;
use perennial_domain::Currency;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at.
const LOOKED_AT: usize = 200;
/// More than a mapping can have columns in common with a header.
const MADE_FOR: usize = 1_000_000;
/// Records among which the header is.
const HEADER_WITHIN: usize = 25;

/// How a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252` …
    pub encoding: String,
    /// Between fields.
    pub delimiter: char,
    /// Before decimals.
    pub decimal: Decimal,
    /// Of dates with the year at the end.
    pub date_order: DateOrder,
}

/// The first records of a file, taken apart.
pub(super) struct Sample {
    pub delimiter: u8,
    /// Line and fields; a record that could not be taken apart has none.
    pub records: Vec<(u64, Vec<String>)>,
}

/// What was found in a sample.
pub(super) struct Found {
    pub sample: Sample,
    /// Which record is the header.
    pub header: usize,
    /// What its columns mean.
    pub mapping: Mapping,
}

/// Takes the first records apart with one delimiter.
fn take_apart(
    head: &[u8],
    charset: Charset,
    complete: bool,
    delimiter: u8,
) -> Result<Sample, FileError> {
    let mut lexer = Lexer::new(Decoder::new(head, charset)?, delimiter);
    let (mut record, mut records) = (Record::default(), Vec::new());
    let mut ended = false;
    while records.len() < LOOKED_AT {
        if !lexer.next(&mut record)? {
            ended = true;
            break;
        }
        records.push((record.line, record.fields().map(str::to_owned).collect()));
    }
    if ended && !complete {
        // The sample ends inside it.
        records.pop();
    }
    Ok(Sample { delimiter, records })
}

/// The first records under the chosen or the most fitting delimiter.
pub(super) fn sample(
    head: &[u8],
    charset: Charset,
    complete: bool,
    delimiter: Option<char>,
    mappings: &[Mapping],
) -> Result<Sample, FileError> {
    let chosen = delimiter.and_then(|chosen| u8::try_from(chosen).ok());
    let candidates: Vec<u8> = chosen.map_or_else(|| DELIMITERS.to_vec(), |chosen| vec![chosen]);
    let mut best: Option<(usize, Sample)> = None;
    for delimiter in candidates {
        let sample = take_apart(head, charset, complete, delimiter)?;
        let score = score(&sample, mappings);
        if best.as_ref().is_none_or(|(of, _)| score > *of) {
            best = Some((score, sample));
        }
    }
    let (_, sample) = best.ok_or(FileError::Empty)?;
    let blank = sample
        .records
        .iter()
        .all(|(_, fields)| fields.iter().all(|field| field.trim().is_empty()));
    if blank && complete {
        return Err(FileError::Empty);
    }
    Ok(sample)
}

/// How well a delimiter fits: a known header decides; else how many records have as many fields as the first row of several.
fn score(sample: &Sample, mappings: &[Mapping]) -> usize {
    let rows = sample.records.iter().take(HEADER_WITHIN);
    let known = rows
        .flat_map(|(_, fields)| mappings.iter().map(|mapping| mapping.known(fields)))
        .max()
        .unwrap_or(0);
    let width = sample
        .records
        .iter()
        .map(|(_, fields)| fields.len())
        .find(|width| *width > 1)
        .unwrap_or(0);
    let alike = sample
        .records
        .iter()
        .filter(|(_, fields)| width > 1 && fields.len() == width)
        .count();
    known.min(1_000) * 1_000_000 + alike * 1_000 + width.min(999)
}

/// The header and the mapping that fits it; the header is searched for, or stands in a given line.
pub(super) fn find(
    sample: Sample,
    mappings: &[Mapping],
    chosen: bool,
    header_line: Option<u64>,
) -> Result<Found, FileError> {
    let mut whole: Option<(usize, usize, &Mapping)> = None;
    let mut part: Option<(usize, usize, &Mapping)> = None;
    let within = if header_line.is_some() {
        LOOKED_AT
    } else {
        HEADER_WITHIN
    };
    for (index, (line, fields)) in sample.records.iter().enumerate().take(within) {
        if header_line.is_some_and(|wanted| wanted != *line) {
            continue;
        }
        for mapping in mappings {
            let missing = mapping.missing(fields).len();
            // A saved mapping stands before others for the very header that it was made for.
            let made_for = mapping
                .header_key
                .as_ref()
                .is_some_and(|key| *key == header_key(fields));
            let known = mapping.known(fields) + if made_for { MADE_FOR } else { 0 };
            let best = if missing == 0 && known > 0 {
                &mut whole
            } else if known > 0 && (chosen || (known > 1 && missing * 2 <= mapping.required.len()))
            {
                &mut part
            } else {
                continue;
            };
            if best.is_none_or(|(of, _, _)| known > of) {
                *best = Some((known, index, mapping));
            }
        }
    }
    if let Some((_, header, mapping)) = whole {
        let mapping = mapping.clone();
        return Ok(Found {
            sample,
            header,
            mapping,
        });
    }
    if let Some((_, index, mapping)) = part
        && let Some((line, fields)) = sample.records.get(index)
    {
        let column = mapping
            .missing(fields)
            .first()
            .copied()
            .unwrap_or_default()
            .to_owned();
        return Err(FileError::MissingColumn {
            profile: mapping.name.clone(),
            column,
            line: *line,
        });
    }
    match header_by_look(&sample, header_line) {
        Some(index) => {
            let columns = sample
                .records
                .get(index)
                .map(|(_, fields)| fields.clone())
                .unwrap_or_default();
            match mappings.first().filter(|_| chosen) {
                Some(mapping) => Err(FileError::MissingColumn {
                    profile: mapping.name.clone(),
                    column: mapping
                        .missing(&columns)
                        .first()
                        .copied()
                        .unwrap_or_default()
                        .to_owned(),
                    line: sample.records.get(index).map_or(1, |(line, _)| *line),
                }),
                None => Err(FileError::NoProfile { columns }),
            }
        }
        None => Err(FileError::NoHeader),
    }
}

/// The first row of several fields, if it has names only: no amounts, no dates, nothing twice.
pub(super) fn header_by_look(sample: &Sample, header_line: Option<u64>) -> Option<usize> {
    if let Some(line) = header_line {
        return sample.records.iter().position(|(at, _)| *at == line);
    }
    let index = sample
        .records
        .iter()
        .take(HEADER_WITHIN)
        .position(|(_, fields)| fields.len() > 1)?;
    let (_, fields) = sample.records.get(index)?;
    let data = |field: &String| {
        let field = field.trim();
        field.bytes().all(|byte| byte.is_ascii_digit())
            || super::amount::parse_amount(field, Decimal::Point, Currency::USD).is_ok()
            || super::amount::parse_amount(field, Decimal::Comma, Currency::USD).is_ok()
            || date::parse_instant(field, DateOrder::DayFirst, Tz::UTC).is_ok()
            || date::parse_instant(field, DateOrder::MonthFirst, Tz::UTC).is_ok()
    };
    let named: Vec<&String> = fields
        .iter()
        .filter(|field| !field.trim().is_empty())
        .collect();
    (named.len() > 1 && !named.iter().any(|field| data(field))).then_some(index)
}

/// How the numbers and dates of a file are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub decimal: Decimal,
    /// What stands between thousands in the first rows.
    pub thousands: Thousands,
    pub order: DateOrder,
    /// The order was said, or the first rows prove it.
    pub proven: bool,
}

/// What the rows under the header tell of amounts and dates, where it is not said.
pub(super) fn numbers(
    found: &Found,
    decimal: Option<Decimal>,
    order: Option<DateOrder>,
) -> Numbers {
    let mapping = &found.mapping;
    let values = |fields: &'static [Field]| {
        let names = found
            .sample
            .records
            .get(found.header)
            .map(|(_, names)| names.as_slice())
            .unwrap_or_default();
        let columns: Vec<usize> = mapping
            .columns
            .iter()
            .filter(|(field, _)| fields.contains(field))
            .filter_map(|(_, column)| names.iter().position(|name| same(name, column)))
            .collect();
        found
            .sample
            .records
            .iter()
            .skip(found.header + 1)
            .flat_map(move |(_, row)| {
                columns
                    .clone()
                    .into_iter()
                    .filter_map(|column| row.get(column))
            })
            .map(String::as_str)
    };
    let amounts = || values(&[Field::Commission, Field::Sale]);
    let dates = || {
        values(&[
            Field::Date,
            Field::ClickAt,
            Field::LockAt,
            Field::ApprovedAt,
        ])
    };
    let decimal = decimal
        .or(mapping.decimal)
        .unwrap_or_else(|| Decimal::of(amounts()));
    let said = order
        .or(mapping.date_order)
        .or_else(|| DateOrder::of(dates()));
    // Dates that begin with the year can be read in one way only.
    let plain = dates().filter(|text| !text.trim().is_empty()).all(|text| {
        text.trim()
            .bytes()
            .take(4)
            .all(|byte| byte.is_ascii_digit())
    });
    Numbers {
        decimal,
        thousands: Thousands::of(amounts(), decimal),
        order: said.unwrap_or(mapping.date_order_else),
        proven: said.is_some() || plain,
    }
}
