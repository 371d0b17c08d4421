//! Looking at a file before SQLite touches it: SQLite would create, recover and remove files beside a book, and a book
//! of a newer version is to be left byte for byte as it is.

use crate::{StoreError, lock::beside, migrations::APPLICATION_ID};
use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::Path,
};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Bytes of the database's header, at the start of its first page.
const HEADER: usize = 100;

/// Reads which schema a book has; `newest` is the newest that this program knows.
pub(crate) fn look(path: &Path, newest: i64) -> Result<i64, StoreError> {
    let io = |error| StoreError::Io {
        path: path.to_owned(),
        error,
    };
    let mut file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => StoreError::ReadOnly(path.to_owned()),
        _ => io(error),
    })?;
    let length = file.metadata().map_err(io)?.len();
    let mut header = [0; HEADER];
    match file.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(StoreError::NotABook(path.to_owned()));
        }
        Err(error) => return Err(io(error)),
    }
    if !header.starts_with(MAGIC) {
        return Err(StoreError::NotABook(path.to_owned()));
    }
    // The newest committed first page may still lie in the write-ahead log.
    let logged = logged_header(path)?;
    let current = logged.as_ref().unwrap_or(&header);
    if word(current, 68) != APPLICATION_ID.cast_unsigned() {
        return Err(StoreError::NotABook(path.to_owned()));
    }
    let version = i64::from(word(current, 60).cast_signed());
    if version > newest {
        return Err(StoreError::Newer {
            found: version,
            known: newest,
        });
    }
    if version < 1 {
        return Err(StoreError::Damaged(format!(
            "schema {version} never existed"
        )));
    }
    let pages = u64::from(word(&header, 28)) * page_size(&header);
    if logged.is_none() && word(&header, 24) == word(&header, 92) && pages > length {
        return Err(StoreError::Damaged(format!(
            "{length} bytes are left of {pages}"
        )));
    }
    Ok(version)
}

/// The header in the last committed first page of the write-ahead log, where there is one.
/// Form of the log: <https://sqlite.org/fileformat2.html#walformat>.
fn logged_header(book: &Path) -> Result<Option<[u8; HEADER]>, StoreError> {
    let path = beside(book, "-wal");
    let io = |error| StoreError::Io {
        path: path.clone(),
        error,
    };
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    let mut log = BufReader::with_capacity(1 << 16, file);
    let mut start = [0; 32];
    if !fill(&mut log, &mut start).map_err(io)? {
        return Ok(None);
    }
    let big = match word(&start, 0) {
        0x377F_0682 => false,
        0x377F_0683 => true,
        _ => return Ok(None),
    };
    let size = word(&start, 8);
    let mut sum = checksum((0, 0), &start[..24], big);
    if sum != (word(&start, 24), word(&start, 28)) || !(512..=65536).contains(&size) {
        return Ok(None);
    }
    let mut frame = [0; 24];
    let mut page = vec![0; usize::try_from(size).unwrap_or_default()];
    let (mut waiting, mut committed) = (None, None);
    while fill(&mut log, &mut frame).map_err(io)? && fill(&mut log, &mut page).map_err(io)? {
        sum = checksum(checksum(sum, &frame[..8], big), &page, big);
        if frame[8..16] != start[16..24] || sum != (word(&frame, 16), word(&frame, 20)) {
            break;
        }
        if word(&frame, 0) == 1 {
            waiting = page.first_chunk().copied();
        }
        if word(&frame, 4) != 0 {
            committed = waiting.or(committed);
        }
    }
    Ok(committed)
}

/// The running checksum of the log; `bytes` come in pairs of words.
fn checksum((mut a, mut b): (u32, u32), bytes: &[u8], big: bool) -> (u32, u32) {
    let read = |bytes: &[u8]| {
        let four = bytes.first_chunk().copied().unwrap_or_default();
        if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    for pair in bytes.chunks_exact(8) {
        a = a.wrapping_add(read(pair)).wrapping_add(b);
        b = b.wrapping_add(read(&pair[4..])).wrapping_add(a);
    }
    (a, b)
}

/// Fills the buffer; false where the file ends before it is full.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn page_size(header: &[u8; HEADER]) -> u64 {
    match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    }
}

/// A big-endian word; 0 past the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |four| u32::from_be_bytes(*four))
}
