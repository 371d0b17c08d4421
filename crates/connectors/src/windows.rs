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

/// Windows that a first sync reads at once, and then again as long as there are rows in the oldest ones.
const AT_ONCE: i32 = 17;
const MORE: i32 = 6;
/// No network has been there for longer.
const DEEPEST: TimeDelta = TimeDelta::days(30 * 365);

/// How far back a first sync reads where every window costs a question: a year and a half at once, and from there on as
/// long as half a year has rows. So a new account is read quickly, and an old one whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deepening {
    longest: TimeDelta,
    from: DateTime<Utc>,
    oldest_row: Option<DateTime<Utc>>,
    floor: DateTime<Utc>,
}

impl Deepening {
    /// A first sync that begins now, in windows no longer than `longest`.
    pub(crate) fn new(begun: DateTime<Utc>, longest: TimeDelta) -> Self {
        Self {
            longest,
            from: begun + AHEAD - longest * AT_ONCE,
            oldest_row: None,
            floor: begun - DEEPEST,
        }
    }

    /// From where it reads at once.
    pub(crate) fn from(&self) -> DateTime<Utc> {
        self.from
    }

    /// Notes a window that had rows.
    pub(crate) fn had_rows(&mut self, span: Span) {
        let oldest = self
            .oldest_row
            .map_or(span.from, |known| known.min(span.from));
        self.oldest_row = Some(oldest);
    }

    /// The windows to read next; none where what was read last was empty.
    pub(crate) fn more(&mut self) -> Vec<Span> {
        let recent = self.from + self.longest * MORE;
        if self.from <= self.floor || self.oldest_row.is_none_or(|oldest| oldest >= recent) {
            return Vec::new();
        }
        let to = self.from;
        self.from = to - self.longest * MORE;
        windows(self.from, to, self.longest)
    }
}

/// `2026-01-31T00:00:00Z`.
pub(crate) fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_old_account_is_read_to_its_first_row_and_a_new_one_no_further() {
        let begun = "2026-06-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let first = "2021-03-05T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let mut old = Deepening::new(begun, TimeDelta::days(30));
        let mut spans = windows(old.from(), begun + AHEAD, TimeDelta::days(30));
        assert_eq!(spans.len(), 17);
        while !spans.is_empty() {
            for span in spans.iter().filter(|span| span.to > first) {
                old.had_rows(*span);
            }
            spans = old.more();
        }
        assert!(old.from() < first && first - old.from() < TimeDelta::days(400));
        assert!(Deepening::new(begun, TimeDelta::days(30)).more().is_empty());
    }

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
