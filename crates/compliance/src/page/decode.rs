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
        assert_eq!(decode(&[0xef, 0xbb, 0xbf, b'a']), "a");
    }
}
