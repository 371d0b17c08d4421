//! Bytes to text, as a browser would: a byte order mark, UTF-8, or else Windows-1252.

/// The text of a page's bytes. Never fails; what is no text becomes replacement characters.
pub fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return wide(rest, u16::from_be_bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let head =
                String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
            // A page that says UTF-8, or broke off within a character, is UTF-8 with a flaw.
            if head.contains("charset=utf-8")
                || head.contains("charset=\"utf-8")
                || error.error_len().is_none()
            {
                String::from_utf8_lossy(bytes).into_owned()
            } else {
                bytes.iter().map(|b| western(*b)).collect()
            }
        }
    }
}

/// The text of bytes whose charset a server names, which counts more than what the page says of itself.
pub fn decode_as(bytes: &[u8], charset: Option<&str>) -> String {
    let marked = [&[0xef_u8, 0xbb, 0xbf][..], &[0xff, 0xfe], &[0xfe, 0xff]]
        .iter()
        .any(|mark| bytes.starts_with(mark));
    match charset.map(str::to_ascii_lowercase).as_deref() {
        _ if marked => decode(bytes),
        Some("utf-8" | "utf8") => String::from_utf8_lossy(bytes).into_owned(),
        Some("iso-8859-1" | "latin1" | "windows-1252" | "cp1252" | "us-ascii") => {
            bytes.iter().map(|b| western(*b)).collect()
        }
        Some("utf-16" | "utf-16le") => wide(bytes, u16::from_le_bytes),
        Some("utf-16be") => wide(bytes, u16::from_be_bytes),
        _ => decode(bytes),
    }
}

fn wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_read() {
        assert_eq!(decode("für".as_bytes()), "für");
        assert_eq!(decode(b"f\xfcr 5 \x80"), "für 5 €");
        assert_eq!(decode(&[0xff, 0xfe, b'a', 0, b'b', 0]), "ab");
        assert_eq!(decode_as(b"f\xfcr", Some("ISO-8859-1")), "für");
        assert_eq!(decode_as("für".as_bytes(), Some("utf-8")), "für");
        assert_eq!(decode(&[0xef, 0xbb, 0xbf, b'a']), "a");
    }
}
