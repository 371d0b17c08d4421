//! An answer's bytes, within bounds.

use super::HttpError;
use flate2::read::MultiGzDecoder;
use std::io::Read as _;

const MIB: usize = 1024 * 1024;

/// That an answer is too large.
pub(super) fn too_large(cap: usize) -> HttpError {
    HttpError::TooLarge(cap.div_ceil(MIB))
}

/// Unpacks gzip without ever holding more than the cap.
pub(super) fn gunzip(packed: &[u8], cap: usize) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_| HttpError::Unreadable("its packing is damaged"))?;
    if bytes.len() > cap {
        Err(too_large(cap))
    } else {
        Ok(bytes)
    }
}

/// Text of an answer.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, HttpError> {
    String::from_utf8(bytes).map_err(|_| HttpError::Unreadable("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write as _;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_stopped_and_a_stump_is_noticed() {
        let bomb = pack(&vec![b' '; 8 * MIB]);
        assert!(bomb.len() < 20_000);
        assert_eq!(gunzip(&bomb, MIB), Err(HttpError::TooLarge(1)));
        let packed = pack(b"{\"a\":1}");
        assert_eq!(gunzip(&packed, 100).unwrap(), b"{\"a\":1}");
        assert!(matches!(
            gunzip(packed.get(..packed.len() - 6).unwrap(), 100),
            Err(HttpError::Unreadable(_))
        ));
    }
}
