//! Records of delimited text: quotes, embedded line ends, physical lines; bounded whatever comes.

use super::bytes::Decoder;
use std::io::Read;

/// Bytes that a record may have.
const MAX_RECORD: usize = 1 << 20;
/// Columns that a record may have.
const MAX_COLUMNS: usize = 10_000;
/// Bytes of records already taken that may stay in the buffer: moving it for each record would cost more than reading.
const KEPT: usize = 1 << 18;
/// Characters shown of a record that was refused.
pub(super) const SHOWN: usize = 500;

/// Why a record could not be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// A quote is never closed.
    Unclosed,
    /// More bytes than a row may have.
    TooLong,
    /// More columns than a row may have.
    TooManyColumns,
}

impl Problem {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Unclosed => "a quote is opened and never closed",
            Self::TooLong => "the row is longer than a megabyte",
            Self::TooManyColumns => "the row has more than 10,000 columns",
        }
    }
}

/// One record; used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Physical line of its start, from 1.
    pub line: u64,
    /// Why it has no fields.
    pub problem: Option<Problem>,
    text: String,
    ends: Vec<usize>,
    /// As it came, cut to a readable length; only where there is a problem.
    shown: String,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The fields, as they stand.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| self.text.get(start..*end).unwrap_or_default())
    }

    /// One field; empty where there is none.
    pub(super) fn field(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.text.get(start..*end).unwrap_or_default()
    }

    /// Nothing but space.
    pub(super) fn is_blank(&self) -> bool {
        self.problem.is_none() && self.text.trim().is_empty()
    }

    /// The record for people, cut to a readable length.
    pub(super) fn shown(&self, delimiter: u8) -> String {
        if self.problem.is_some() {
            return self.shown.clone();
        }
        let mut shown = String::new();
        for (index, field) in self.fields().enumerate() {
            if index > 0 {
                shown.push(char::from(delimiter));
            }
            shown.push_str(field);
            if shown.len() > SHOWN * 4 {
                break;
            }
        }
        cut(&shown)
    }
}

fn cut(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// Takes records out of decoded text.
pub(super) struct Lexer<R> {
    source: Decoder<R>,
    delimiter: u8,
    buffer: Vec<u8>,
    at: usize,
    line: u64,
}

impl<R: Read> Lexer<R> {
    pub(super) fn new(source: Decoder<R>, delimiter: u8) -> Self {
        Self {
            source,
            delimiter,
            buffer: Vec::new(),
            at: 0,
            line: 1,
        }
    }

    /// The next record; false at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> std::io::Result<bool> {
        if self.at > KEPT {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        record.line = self.line;
        record.problem = None;
        record.ends.clear();
        let mut text = std::mem::take(&mut record.text).into_bytes();
        text.clear();
        let found = self.fields(&mut text, &mut record.ends)?;
        match found {
            Found::End => {
                return Ok(false);
            }
            Found::Record => {}
            Found::Problem(problem) => {
                record.problem = Some(problem);
                record.ends.clear();
                text.clear();
                let rest = self.buffer.get(self.at..).unwrap_or_default();
                let first = rest
                    .split(|byte| matches!(byte, b'\r' | b'\n'))
                    .next()
                    .unwrap_or_default();
                let first = first.get(..first.len().min(SHOWN * 4)).unwrap_or(first);
                record.shown = cut(&String::from_utf8_lossy(first));
                self.skip_line()?;
            }
        }
        // Fields end at ASCII bytes of valid UTF-8, so this only fails where the decoder is wrong.
        record.text = String::from_utf8(text)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(true)
    }

    fn fields(&mut self, text: &mut Vec<u8>, ends: &mut Vec<usize>) -> std::io::Result<Found> {
        let (mut at, mut state, mut lines) = (self.at, State::Start, 0);
        loop {
            let Some(&byte) = self.buffer.get(at) else {
                if self.source.fill(&mut self.buffer)? {
                    continue;
                }
                if at == self.at {
                    return Ok(Found::End);
                }
                if state == State::Quoted {
                    return Ok(Found::Problem(Problem::Unclosed));
                }
                ends.push(text.len());
                self.at = at;
                self.line += lines;
                return Ok(Found::Record);
            };
            if at - self.at > MAX_RECORD {
                let problem = if state == State::Quoted {
                    Problem::Unclosed
                } else {
                    Problem::TooLong
                };
                return Ok(Found::Problem(problem));
            }
            match state {
                State::Quoted => match byte {
                    b'"' => {
                        state = State::QuoteInQuoted;
                        at += 1;
                    }
                    b'\r' | b'\n' => {
                        let Some(length) = self.line_end(at)? else {
                            continue;
                        };
                        lines += 1;
                        text.extend_from_slice(
                            self.buffer.get(at..at + length).unwrap_or_default(),
                        );
                        at += length;
                    }
                    _ => at += self.plain_run(at, text, false),
                },
                State::QuoteInQuoted if byte == b'"' => {
                    text.push(b'"');
                    state = State::Quoted;
                    at += 1;
                }
                State::Start if byte == b'"' => {
                    state = State::Quoted;
                    at += 1;
                }
                _ if byte == self.delimiter => {
                    ends.push(text.len());
                    if ends.len() > MAX_COLUMNS {
                        return Ok(Found::Problem(Problem::TooManyColumns));
                    }
                    state = State::Start;
                    at += 1;
                }
                _ if matches!(byte, b'\r' | b'\n') => {
                    let Some(length) = self.line_end(at)? else {
                        continue;
                    };
                    ends.push(text.len());
                    self.at = at + length;
                    self.line += lines + 1;
                    return Ok(Found::Record);
                }
                _ => {
                    state = State::Plain;
                    at += self.plain_run(at, text, true);
                }
            }
        }
    }

    /// Copies the bytes that mean nothing special; says how many.
    fn plain_run(&self, at: usize, text: &mut Vec<u8>, outside: bool) -> usize {
        let rest = self.buffer.get(at..).unwrap_or_default();
        let special = |byte: &u8| {
            matches!(byte, b'\r' | b'\n')
                || if outside {
                    *byte == self.delimiter
                } else {
                    *byte == b'"'
                }
        };
        let length = rest.iter().position(special).unwrap_or(rest.len());
        text.extend_from_slice(rest.get(..length).unwrap_or_default());
        length
    }

    /// How many bytes end the line here; none where the answer needs more input, which is now there.
    fn line_end(&mut self, at: usize) -> std::io::Result<Option<usize>> {
        if self.buffer.get(at) == Some(&b'\n') {
            return Ok(Some(1));
        }
        match self.buffer.get(at + 1).copied() {
            Some(b'\n') => Ok(Some(2)),
            None if self.source.fill(&mut self.buffer)? => Ok(None),
            _ => Ok(Some(1)),
        }
    }

    /// Goes on behind the physical line, holding no more of it than needed.
    fn skip_line(&mut self) -> std::io::Result<()> {
        self.line += 1;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if let Some(length) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                self.at += length;
                if let Some(end) = self.line_end(self.at)? {
                    self.at += end;
                    return Ok(());
                }
                continue;
            }
            self.buffer.clear();
            self.at = 0;
            if !self.source.fill(&mut self.buffer)? {
                return Ok(());
            }
        }
    }
}

enum Found {
    Record,
    End,
    Problem(Problem),
}

#[cfg(test)]
mod tests {
    use super::{super::bytes::Charset, *};
    use proptest::prelude::*;

    fn records(text: &[u8]) -> Vec<(u64, Result<Vec<String>, Problem>)> {
        let Ok(charset) = Charset::of(text, Some("utf-8")) else {
            return Vec::new();
        };
        let mut lexer = Lexer::new(Decoder::new(text, charset).unwrap(), b',');
        let (mut record, mut all) = (Record::default(), Vec::new());
        while lexer.next(&mut record).unwrap() {
            let fields = record.fields().map(str::to_owned).collect();
            all.push((record.line, record.problem.map_or(Ok(fields), Err)));
        }
        all
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Result<Vec<String>, Problem>) {
        (
            line,
            Ok(fields.iter().map(|field| (*field).to_owned()).collect()),
        )
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        let text = b"a,\"b, \"\"c\"\"\r\nd\",e\r\n\r\n1,,\"\"\rx";
        assert_eq!(
            records(text),
            [
                row(1, &["a", "b, \"c\"\r\nd", "e"]),
                row(3, &[""]),
                row(4, &["1", "", ""]),
                row(5, &["x"])
            ]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        assert_eq!(
            records(b"a,b\n\"c,d\ne,f\ng,h"),
            [
                row(1, &["a", "b"]),
                (2, Err(Problem::Unclosed)),
                row(3, &["e", "f"]),
                row(4, &["g", "h"])
            ]
        );
    }

    #[test]
    fn giants_are_refused_and_the_next_row_is_read() {
        let mut text = b"a,b\n".to_vec();
        text.extend(vec![b','; 10_000_000]);
        text.extend(b"\n\"");
        text.extend(vec![b'x'; 3 << 20]);
        text.extend(b"\"\n");
        text.extend(vec![b'y'; 3 << 20]);
        text.extend(b"\nc,d\n");
        assert_eq!(
            records(&text),
            [
                row(1, &["a", "b"]),
                (2, Err(Problem::TooManyColumns)),
                (3, Err(Problem::Unclosed)),
                (4, Err(Problem::TooLong)),
                row(5, &["c", "d"])
            ]
        );
    }

    proptest! {
        #[test]
        fn what_was_quoted_comes_back(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n é]{0,6}", 1..4), 1..6)) {
            let quoted: Vec<String> = rows
                .iter()
                .map(|row| row.iter().map(|f| format!("\"{}\"", f.replace('"', "\"\""))).collect::<Vec<_>>().join(","))
                .collect();
            let read: Vec<Vec<String>> =
                records(quoted.join("\n").as_bytes()).into_iter().map(|(_, row)| row.unwrap()).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            records(&bytes);
        }
    }
}
