//! What a connection remembers between syncs, and the window that the next one reads.
//!
//! A network without a changed-since filter is read again from some way back. A small account is read whole each
//! time; a large one from [`Depth::trailing_days`] before the last complete sync. A sync that was cut off goes on in the
//! same window from where it was.

use crate::Depth;
use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Rows up to which an account is read whole: forty requests of 250.
const SMALL: u64 = 10_000;

/// Days before the first known row from which a whole account is read where that costs by the day.
const BEFORE_FIRST_DAYS: u64 = 35;

/// Hours after which a cut-off sync begins anew, because too much may have changed under it.
const FRESH_HOURS: i64 = 24;

/// The memory of a connection; in the book it is JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cursor {
    /// When the last complete sync began, in epoch milliseconds.
    complete_at: Option<i64>,
    /// The earliest instant that complete syncs have covered; none with `complete_at` set means everything.
    floor: Option<i64>,
    /// A sync that was cut off.
    open: Option<Open>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    since: Option<i64>,
    begun: i64,
    resume: String,
}

/// What the book has of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Rows.
    pub rows: u64,
    /// When the first of them happened.
    pub first: Option<DateTime<Utc>>,
}

/// What a sync reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// From here on; everything where none.
    pub since: Option<DateTime<Utc>>,
    /// When the sync of this window began.
    pub begun: DateTime<Utc>,
    /// Where it was cut off.
    pub resume: Option<String>,
}

impl Cursor {
    /// The memory from the book's text; a text that cannot be read costs no more than reading everything again.
    pub fn read(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// As the book keeps it.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// When the last complete sync began.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        instant(self.complete_at?)
    }

    /// The window of the next sync. `since` is what the person asked for.
    pub fn window(
        &self,
        now: DateTime<Utc>,
        since: Option<DateTime<Utc>>,
        known: Known,
        depth: Depth,
    ) -> Window {
        if let Some(open) = &self.open {
            let (window_since, begun) = (
                open.since.and_then(instant),
                instant(open.begun).unwrap_or(now),
            );
            // A clock that was set back is no reason to begin anew.
            let fresh = (now - begun).abs() < TimeDelta::hours(FRESH_HOURS);
            if fresh && (since.is_none() || since == window_since) {
                return Window {
                    since: window_since,
                    begun,
                    resume: Some(open.resume.clone()),
                };
            }
        }
        let served = depth.reach_days.and_then(|days| before(now, days.into()));
        Window {
            since: since.or_else(|| self.usual(now, known, depth)).max(served),
            begun: now,
            resume: None,
        }
    }

    /// The window where the person asked for none.
    fn usual(&self, now: DateTime<Utc>, known: Known, depth: Depth) -> Option<DateTime<Utc>> {
        let last = self.last()?;
        let floor = self.floor.and_then(instant);
        let trailing = before(last, depth.trailing_days.into());
        let from = match (depth.whole_days, known.first) {
            (_, _) if known.rows > SMALL => trailing,
            (None, _) => None,
            (Some(_), None) => trailing,
            (Some(days), Some(first)) if before(now, days.into()).is_some_and(|at| first < at) => {
                trailing
            }
            (Some(_), Some(first)) => before(first, BEFORE_FIRST_DAYS).min(trailing),
        };
        // None is less than any instant, and means from the beginning.
        floor.max(from)
    }

    /// The memory after part of a window has landed.
    #[must_use]
    pub fn landed(mut self, window: &Window, resume: Option<String>) -> Self {
        self.open = resume.map(|resume| Open {
            since: window.since.map(|at| at.timestamp_millis()),
            begun: window.begun.timestamp_millis(),
            resume,
        });
        self
    }

    /// The memory after a window was read completely.
    #[must_use]
    pub fn completed(mut self, window: &Window) -> Self {
        let since = window.since.map(|at| at.timestamp_millis());
        self.floor = match (self.complete_at, self.floor, since) {
            (None, _, since) => since,
            (Some(_), Some(floor), Some(since)) => Some(floor.min(since)),
            (Some(_), _, _) => None,
        };
        self.complete_at = Some(window.begun.timestamp_millis());
        self.open = None;
        self
    }
}

fn instant(millis: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis)
}

fn before(at: DateTime<Utc>, days: u64) -> Option<DateTime<Utc>> {
    at.checked_sub_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> DateTime<Utc> {
        format!("{text}T00:00:00Z").parse().unwrap()
    }

    const DEPTH: Depth = Depth {
        trailing_days: 400,
        whole_days: None,
        reach_days: None,
    };

    fn rows(rows: u64) -> Known {
        Known { rows, first: None }
    }

    fn again(cursor: &Cursor) -> Cursor {
        Cursor::read(Some(&cursor.text()))
    }

    #[test]
    fn first_everything_then_whole_or_trailing() {
        let cursor = Cursor::read(None);
        let first = cursor.window(day("2026-03-01"), None, rows(0), DEPTH);
        assert_eq!((first.since, first.resume.clone()), (None, None));
        let cursor = again(&cursor.completed(&first));
        assert_eq!(
            cursor
                .window(day("2026-04-01"), None, rows(9_000), DEPTH)
                .since,
            None
        );
        assert_eq!(
            cursor
                .window(day("2026-04-01"), None, rows(20_000), DEPTH)
                .since,
            Some(day("2025-01-25"))
        );
        assert_eq!(
            cursor
                .window(
                    day("2026-04-01"),
                    Some(day("2020-01-01")),
                    rows(20_000),
                    DEPTH
                )
                .since,
            Some(day("2020-01-01"))
        );
    }

    #[test]
    fn what_lies_before_the_first_day_asked_for_stays_out() {
        let cursor = Cursor::default();
        let since = Some(day("2026-01-01"));
        let cursor = again(&cursor.clone().completed(&cursor.window(
            day("2026-03-01"),
            since,
            rows(0),
            DEPTH,
        )));
        assert_eq!(
            cursor
                .window(day("2026-03-02"), None, rows(10), DEPTH)
                .since,
            since
        );
        assert_eq!(
            cursor
                .window(day("2026-03-02"), None, rows(20_000), DEPTH)
                .since,
            since
        );
        let earlier = cursor.window(day("2026-03-02"), Some(day("2025-06-01")), rows(10), DEPTH);
        let cursor = again(&cursor.completed(&earlier));
        assert_eq!(
            cursor
                .window(day("2026-03-03"), None, rows(10), DEPTH)
                .since,
            Some(day("2025-06-01"))
        );
    }

    #[test]
    fn where_days_cost_a_small_account_is_read_from_its_first_row() {
        let depth = Depth {
            trailing_days: 100,
            whole_days: Some(500),
            reach_days: Some(1_000),
        };
        let cursor = Cursor::default();
        let now = day("2026-06-01");
        let first = cursor.window(now, None, rows(0), depth);
        assert_eq!(first.since, Some(day("2023-09-05")));
        let cursor = again(&cursor.completed(&first));
        let from = |first: Option<&str>, rows: u64| {
            let known = Known {
                rows,
                first: first.map(day),
            };
            cursor.window(now, None, known, depth).since
        };
        assert_eq!(from(Some("2026-01-05"), 50), Some(day("2025-12-01")));
        assert_eq!(from(Some("2026-05-20"), 50), Some(day("2026-02-21")));
        assert_eq!(from(Some("2024-01-05"), 50), Some(day("2026-02-21")));
        assert_eq!(from(Some("2026-01-05"), 50_000), Some(day("2026-02-21")));
        assert_eq!(from(None, 0), Some(day("2026-02-21")));
    }

    #[test]
    fn a_cut_off_sync_goes_on_while_it_is_fresh() {
        let cursor = Cursor::default();
        let window = cursor.window(day("2026-03-01"), Some(day("2026-01-01")), rows(0), DEPTH);
        let cursor = again(&cursor.landed(&window, Some("rwrd_7".to_owned())));
        let soon = cursor.window(day("2026-03-01"), None, rows(250), DEPTH);
        assert_eq!(
            (soon.since, soon.resume.as_deref()),
            (Some(day("2026-01-01")), Some("rwrd_7"))
        );
        assert_eq!(
            cursor
                .window(day("2026-03-03"), None, rows(250), DEPTH)
                .resume,
            None
        );
        assert_eq!(
            cursor
                .window(day("2026-03-01"), Some(day("2025-01-01")), rows(250), DEPTH)
                .resume,
            None
        );
        assert_eq!(Cursor::read(Some("not json")), Cursor::default());
    }
}
