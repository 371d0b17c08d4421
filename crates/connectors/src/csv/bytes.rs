//! From bytes to text, in pieces.

use super::error::FileError;
use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::Read;

/// Bytes looked at to tell encoding and dialect.
pub(super) const SAMPLE: usize = 64 * 1024;
const CHUNK: usize = 64 * 1024;

/// The start of files that are no delimited text.
const OTHER_FORMATS: &[(&[u8], bool)] = &[
    (b"PK\x03\x04", true),
    (b"\xD0\xCF\x11\xE0", true),
    (b"%PDF", false),
    (b"\x89PNG", false),
    (b"\xFF\xD8\xFF", false),
    (b"GIF8", false),
    (b"\x1F\x8B", false),
    (b"SQLite format 3", false),
    (b"\x7FELF", false),
];

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charset {
    encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    mark: usize,
    /// Told from the bytes: a later byte may show that it is another one.
    guessed: bool,
}

impl Charset {
    /// Tells the encoding from the first bytes, or takes the one that was chosen.
    pub(super) fn of(sample: &[u8], chosen: Option<&str>) -> Result<Self, FileError> {
        if let Some((_, spreadsheet)) = OTHER_FORMATS
            .iter()
            .find(|(magic, _)| sample.starts_with(magic))
        {
            return Err(FileError::NotText {
                spreadsheet: *spreadsheet,
            });
        }
        let marked = Encoding::for_bom(sample);
        if let Some(label) = chosen {
            let encoding = Encoding::for_label(label.as_bytes())
                .ok_or_else(|| FileError::UnknownEncoding(label.to_owned()))?;
            let mark = marked
                .filter(|(of, _)| *of == encoding)
                .map_or(0, |(_, length)| length);
            return Ok(Self {
                encoding,
                mark,
                guessed: false,
            });
        }
        let (encoding, mark, guessed) = match marked {
            Some((encoding, mark)) => (encoding, mark, false),
            None => (guess(sample), 0, true),
        };
        if encoding != UTF_16LE && encoding != UTF_16BE {
            let odd = sample
                .iter()
                .filter(|byte| **byte < 0x20 && !b"\t\r\n\x0c".contains(byte))
                .count();
            if odd * 50 > sample.len() {
                return Err(FileError::NotText { spreadsheet: false });
            }
        }
        Ok(Self {
            encoding,
            mark,
            guessed,
        })
    }

    /// The name that options take: `utf-8`, `windows-1252`.
    pub(super) fn name(self) -> String {
        self.encoding.name().to_ascii_lowercase()
    }
}

fn guess(sample: &[u8]) -> &'static Encoding {
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    let wide = half >= 8;
    // Without a mark only text that is mostly Latin shows: a zero in every other byte, and no control characters.
    let text = |unit: fn([u8; 2]) -> u16| {
        let units = sample
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok())
            .map(unit);
        units
            .into_iter()
            .all(|unit| unit >= 0x20 || matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d))
    };
    if wide && odd * 10 > half * 4 && even * 20 < half && text(u16::from_le_bytes) {
        return UTF_16LE;
    }
    if wide && even * 10 > half * 4 && odd * 20 < half && text(u16::from_be_bytes) {
        return UTF_16BE;
    }
    match std::str::from_utf8(sample) {
        Ok(_) => UTF_8,
        // The sample may end inside a character.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// Decodes a stream piece by piece into UTF-8.
pub(super) struct Decoder<R> {
    source: R,
    way: Way,
    chunk: Vec<u8>,
    ended: bool,
}

enum Way {
    /// Checked and passed on; what is left of a character split between two pieces waits. `strict` keeps to UTF-8 even
    /// where a byte shows that the guess was wrong.
    Utf8 {
        rest: Vec<u8>,
        strict: bool,
    },
    Other(Box<encoding_rs::Decoder>),
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(mut source: R, charset: Charset) -> Result<Self, FileError> {
        let mut mark = [0; 3];
        source.read_exact(mark.get_mut(..charset.mark).unwrap_or_default())?;
        let way = if charset.encoding == UTF_8 {
            Way::Utf8 {
                rest: Vec::new(),
                strict: !charset.guessed,
            }
        } else {
            Way::Other(Box::new(
                charset.encoding.new_decoder_without_bom_handling(),
            ))
        };
        Ok(Self {
            source,
            way,
            chunk: vec![0; CHUNK],
            ended: false,
        })
    }

    /// Appends the next piece; false at the end.
    pub(super) fn fill(&mut self, out: &mut Vec<u8>) -> std::io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let read = loop {
            match self.source.read(&mut self.chunk) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.ended = read == 0;
        let piece = self.chunk.get(..read).unwrap_or_default();
        let switched = match &mut self.way {
            Way::Utf8 { rest, strict } => utf8(rest, *strict, piece, self.ended, out),
            Way::Other(decoder) => {
                other(decoder, piece, self.ended, out);
                None
            }
        };
        if let Some(left) = switched {
            let mut decoder = WINDOWS_1252.new_decoder_without_bom_handling();
            other(&mut decoder, &left, self.ended, out);
            self.way = Way::Other(Box::new(decoder));
        }
        Ok(true)
    }
}

/// Passes UTF-8 on; gives back what is left where the guess turns out wrong.
fn utf8(
    rest: &mut Vec<u8>,
    strict: bool,
    piece: &[u8],
    last: bool,
    out: &mut Vec<u8>,
) -> Option<Vec<u8>> {
    let joined;
    let mut bytes = if rest.is_empty() {
        piece
    } else {
        rest.extend_from_slice(piece);
        joined = std::mem::take(rest);
        &joined
    };
    loop {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                out.extend_from_slice(text.as_bytes());
                return None;
            }
            Err(error) => error,
        };
        let (good, bad) = bytes.split_at(error.valid_up_to());
        out.extend_from_slice(good);
        match error.error_len() {
            None if !last => {
                rest.extend_from_slice(bad);
                return None;
            }
            _ if !strict => return Some(bad.to_vec()),
            length => {
                out.extend_from_slice("\u{FFFD}".as_bytes());
                bytes = bad.get(length.unwrap_or(bad.len())..).unwrap_or_default();
            }
        }
    }
}

fn other(decoder: &mut encoding_rs::Decoder, mut piece: &[u8], last: bool, out: &mut Vec<u8>) {
    let mut buffer = [0; 4096];
    loop {
        let (result, read, written, _) = decoder.decode_to_utf8(piece, &mut buffer, last);
        out.extend_from_slice(buffer.get(..written).unwrap_or_default());
        piece = piece.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let charset = Charset::of(bytes.get(..SAMPLE).unwrap_or(bytes), None).unwrap();
        let mut decoder = Decoder::new(bytes, charset).unwrap();
        let mut out = Vec::new();
        while decoder.fill(&mut out).unwrap() {}
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark
                .then_some(0xFEFF)
                .into_iter()
                .chain("Größe;€\r\n".encode_utf16());
            units
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        for bytes in [
            "Größe;€\r\n".as_bytes().to_vec(),
            "\u{FEFF}Größe;€\r\n".as_bytes().to_vec(),
            b"Gr\xF6\xDFe;\x80\r\n".to_vec(),
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
        ] {
            assert_eq!(text(&bytes), "Größe;€\r\n");
        }
    }

    #[test]
    fn a_late_byte_can_show_that_it_is_latin() {
        let mut bytes = "é plain text\n".as_bytes().repeat(10_000);
        bytes.extend(b"Gr\xF6\xDFe\n");
        assert!(text(&bytes).ends_with("Größe\n"));
        assert!(text(&bytes).starts_with("é plain"));
    }

    #[test]
    fn other_files_are_refused() {
        assert!(matches!(
            Charset::of(b"PK\x03\x04rest", None),
            Err(FileError::NotText { spreadsheet: true })
        ));
        assert!(matches!(
            Charset::of(&[0, 1, 2, 3, 200], None),
            Err(FileError::NotText { spreadsheet: false })
        ));
    }
}
