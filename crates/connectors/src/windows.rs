//! A stretch of time cut into windows that a network answers for.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// How far past our clock a network is asked: a clock that is hours behind must not leave the latest rows out.
pub(crate) const AHEAD: TimeDelta = TimeDelta::days(1);

/// From one instant to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// First instant.
    pub(crate) from: DateTime<Utc>,
    /// Last instant.
    pub(crate) to: DateTime<Utc>,
}

impl Span {
    /// A name that is the same in every sync of the same window.
    pub(crate) fn name(self, list: &str) -> String {
        format!("{list}/{}", self.from.timestamp())
    }
}

/// The windows of a stretch, newest first, each no longer than `longest`. Neighbours share their border, so that nothing
/// falls between them.
pub(crate) fn windows(from: DateTime<Utc>, to: DateTime<Utc>, longest: TimeDelta) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut end = to;
    while end > from {
        let begin = end
            .checked_sub_signed(longest)
            .map_or(from, |begin| begin.max(from));
        spans.push(Span {
            from: begin,
            to: end,
        });
        end = begin;
    }
    spans
}

/// `2026-01-31T00:00:00Z`.
pub(crate) fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn windows_cover_everything_and_none_is_too_long(from in 0_i64..2_000_000_000, length in 0_i64..200_000_000, days in 1_i64..60) {
            let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
            let longest = TimeDelta::days(days);
            let spans = windows(at(from), at(from + length), longest);
            prop_assert_eq!(spans.is_empty(), length == 0);
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].from, pair[1].to);
            }
            for span in &spans {
                prop_assert!(span.to - span.from <= longest);
            }
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                prop_assert_eq!((last.from, first.to), (at(from), at(from + length)));
            }
        }
    }
}
