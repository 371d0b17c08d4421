//! What a connection remembers between syncs, and the window that the next one reads.
//!
//! A network without a changed-since filter is read again from some way back. A small account is read whole each
//! time; a large one from [`Connector::trailing_days`](crate::Connector::trailing_days) before the last complete sync.
//! A sync that was cut off goes on in the same window from where it was.

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Rows up to which an account is read whole: forty requests of 250.
const SMALL: u64 = 10_000;

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

    /// The window of the next sync. `since` is what the person asked for, `rows` what the book has of this connection.
    pub fn window(
        &self,
        now: DateTime<Utc>,
        since: Option<DateTime<Utc>>,
        rows: u64,
        trailing_days: u32,
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
        Window {
            since: since.or_else(|| self.usual(rows, trailing_days)),
            begun: now,
            resume: None,
        }
    }

    /// The window where the person asked for none.
    fn usual(&self, rows: u64, trailing_days: u32) -> Option<DateTime<Utc>> {
        let last = instant(self.complete_at?)?;
        let floor = self.floor.and_then(instant);
        if rows <= SMALL {
            return floor;
        }
        let trailing = last.checked_sub_days(Days::new(u64::from(trailing_days)))?;
        Some(floor.map_or(trailing, |floor| floor.max(trailing)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> DateTime<Utc> {
        format!("{text}T00:00:00Z").parse().unwrap()
    }

    fn again(cursor: &Cursor) -> Cursor {
        Cursor::read(Some(&cursor.text()))
    }

    #[test]
    fn first_everything_then_whole_or_trailing() {
        let cursor = Cursor::read(None);
        let first = cursor.window(day("2026-03-01"), None, 0, 400);
        assert_eq!((first.since, first.resume.clone()), (None, None));
        let cursor = again(&cursor.completed(&first));
        assert_eq!(
            cursor.window(day("2026-04-01"), None, 9_000, 400).since,
            None
        );
        assert_eq!(
            cursor.window(day("2026-04-01"), None, 20_000, 400).since,
            Some(day("2025-01-25"))
        );
        assert_eq!(
            cursor
                .window(day("2026-04-01"), Some(day("2020-01-01")), 20_000, 400)
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
            0,
            400,
        )));
        assert_eq!(cursor.window(day("2026-03-02"), None, 10, 400).since, since);
        assert_eq!(
            cursor.window(day("2026-03-02"), None, 20_000, 400).since,
            since
        );
        let earlier = cursor.window(day("2026-03-02"), Some(day("2025-06-01")), 10, 400);
        let cursor = again(&cursor.completed(&earlier));
        assert_eq!(
            cursor.window(day("2026-03-03"), None, 10, 400).since,
            Some(day("2025-06-01"))
        );
    }

    #[test]
    fn a_cut_off_sync_goes_on_while_it_is_fresh() {
        let cursor = Cursor::default();
        let window = cursor.window(day("2026-03-01"), Some(day("2026-01-01")), 0, 400);
        let cursor = again(&cursor.landed(&window, Some("rwrd_7".to_owned())));
        let soon = cursor.window(day("2026-03-01"), None, 250, 400);
        assert_eq!(
            (soon.since, soon.resume.as_deref()),
            (Some(day("2026-01-01")), Some("rwrd_7"))
        );
        assert_eq!(
            cursor.window(day("2026-03-03"), None, 250, 400).resume,
            None
        );
        assert_eq!(
            cursor
                .window(day("2026-03-01"), Some(day("2025-01-01")), 250, 400)
                .resume,
            None
        );
        assert_eq!(Cursor::read(Some("not json")), Cursor::default());
    }
}
