//! Where folded text quotes somebody.

use std::ops::Range;

/// Pairs of quotation marks within one block.
pub(crate) fn quotes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut double = None;
    let mut single: Option<usize> = None;
    for (i, &b) in bytes.iter().enumerate() {
        let previous = i.checked_sub(1).map_or(b' ', |p| bytes[p]);
        let next = bytes.get(i + 1).copied().unwrap_or(b' ');
        match b {
            b'\n' => {
                double = None;
                single = None;
            }
            b'"' => match double.take() {
                Some(start) => found.push(start..i + 1),
                None => double = Some(i),
            },
            b'\''
                if single.is_none()
                    && matches!(previous, b' ' | b'(' | b'\n' | b':')
                    && next.is_ascii_alphanumeric() =>
            {
                single = Some(i);
            }
            b'\'' if !next.is_ascii_alphanumeric() && previous != b's' => {
                if let Some(start) = single.take() {
                    found.push(start..i + 1);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|range| range.start);
    // A quotation inside another adds nothing, and `quoted` looks at the nearest start only.
    let mut outer: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        if outer.last().is_none_or(|last| last.end < range.end) {
            outer.push(range);
        }
    }
    outer
}
