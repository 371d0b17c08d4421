//! Which index finds the rows of a filter soonest. The sums kept beside the rows tell how many there are and on which
//! days, so that a page never looks through days on which there is nothing to find.

use super::{
    find::{self, Among},
    list::{Filter, Standing},
};
use crate::{Read, StoreError};
use rusqlite::ToSql;

/// So many rows of chosen links are fetched and sorted; more are sooner met by going through the days.
const SORTED: u64 = 20_000;

/// So many rows are looked through for words inside their texts; for more of them, the index of words is asked first.
const LEAFED: u64 = 5_000;

/// A way to the rows of a filter.
pub(super) struct Way {
    /// The index to go by; none where SQLite finds the rows by their ids.
    pub index: Option<&'static str>,
    /// Rows that may have the words that were searched for.
    pub among: Among,
    /// First and last day on which there can be any.
    pub days: Option<(String, String)>,
    /// Rows that it may meet.
    pub rows: u64,
}

impl Way {
    /// The clause of a statement.
    pub(super) fn indexed(&self) -> String {
        self.index
            .map(|index| format!("INDEXED BY {index}"))
            .unwrap_or_default()
    }
}

/// The way to a filter's rows; none where there are none.
pub(super) fn to(read: &Read<'_>, filter: &Filter) -> Result<Option<Way>, StoreError> {
    let mut way = Way {
        index: Some("conversion_by_day"),
        among: Among::Any,
        days: None,
        rows: 0,
    };
    let Some((rows, days)) = days(read, filter)? else {
        return Ok(None);
    };
    (way.rows, way.days) = (rows, days);
    let searched = !filter.search.trim().is_empty();
    if filter.batch.is_some() {
        // Its rows are counted in their index, without looking at one of them.
        way.index = Some("conversion_by_batch");
        way.rows = if searched { rows } else { 0 };
    } else if filter.channel.is_some() || filter.campaign.is_some() {
        let Some((rows, first, last)) = through(read, filter)? else {
            return Ok(None);
        };
        way.rows = rows;
        way.days = Some(match way.days.take() {
            Some((from, to)) => (from.max(first), to.min(last)),
            None => (first, last),
        });
        if rows <= SORTED {
            way.index = Some("conversion_by_link");
        }
    } else if filter.standing.is_some() {
        way.index = Some("conversion_by_standing");
    } else if filter.program.is_some() {
        way.index = Some("conversion_sums");
    }
    if searched && way.rows > LEAFED {
        way.among = find::among(read, filter.search.trim())?;
        match &way.among {
            Among::Rows(rows) => {
                way.index = None;
                way.rows = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            }
            // Counting them would take looking at every day.
            Among::Found(_) | Among::Any => {}
        }
    }
    Ok(Some(way))
}

/// How many rows a filter leaves, where the kept sums say so.
pub(super) fn counted(read: &Read<'_>, filter: &Filter) -> Result<Option<u64>, StoreError> {
    let narrow = filter.batch.is_some() || !filter.search.trim().is_empty();
    let whole = filter.program.is_none()
        && filter.standing.is_none()
        && filter.from.is_none()
        && filter.to.is_none();
    Ok(match (&filter.channel, &filter.campaign) {
        _ if narrow => None,
        (None, None) => Some(days(read, filter)?.map_or(0, |(rows, _)| rows)),
        (Some(_), None) | (None, Some(_)) if whole => {
            Some(through(read, filter)?.map_or(0, |(rows, ..)| rows))
        }
        _ => None,
    })
}

type Days = Option<(u64, Option<(String, String)>)>;

/// Rows by program, days and standing, with the first and the last of their days.
fn days(read: &Read<'_>, filter: &Filter) -> Result<Days, StoreError> {
    let (table, count, dated) = match filter.standing {
        None => ("ledger_day", "total_rows", ""),
        Some((Standing::Paid, _)) => ("ledger_day", "paid_rows", ""),
        Some((Standing::Reversed, _)) => ("ledger_day", "reversed_rows", ""),
        Some((Standing::Unknown, _)) => ("ledger_day", "unknown_rows", ""),
        Some((Standing::Reserve, _)) => ("ledger_open", "open_rows", "AND matures_on > :today"),
        Some((Standing::Due, _)) => ("ledger_open", "open_rows", "AND matures_on <= :today"),
    };
    let program = filter.program.map(|id| id.to_string());
    let from = filter
        .from
        .map_or_else(|| "0000".to_owned(), |day| day.to_string());
    let to = filter
        .to
        .map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    let today = filter.standing.map(|(_, day)| day.to_string());
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":from", &from), (":to", &to)];
    if let Some(program) = &program {
        values.push((":program", program));
    }
    if !dated.is_empty() {
        values.push((":today", &today));
    }
    let narrow = if program.is_some() {
        "AND program = :program"
    } else {
        ""
    };
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT sum({count}), min(occurred_on), max(occurred_on) FROM {table}
         WHERE {count} > 0 AND occurred_on BETWEEN :from AND :to {narrow} {dated}"
    ))?;
    let found: (Option<u64>, Option<String>, Option<String>) = statement
        .query_row(values.as_slice(), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    Ok(match found {
        (Some(rows), Some(first), Some(last)) => Some((rows, Some((first, last)))),
        _ => None,
    })
}

/// Rows through links for a channel and a campaign, with the first and the last day of their months.
fn through(read: &Read<'_>, filter: &Filter) -> Result<Option<(u64, String, String)>, StoreError> {
    let mut narrowest: Option<(u64, String, String)> = None;
    for (part, table, name) in [
        ("channel", "channel", &filter.channel),
        ("campaign", "campaign", &filter.campaign),
    ] {
        let Some(name) = name else { continue };
        let mut statement = read.0.prepare_cached(&format!(
            "SELECT sum(total_rows), min(month), max(month) FROM ledger_part
             WHERE part = ?1 AND key = (SELECT id FROM {table} WHERE name = ?2)"
        ))?;
        let found: (Option<u64>, Option<String>, Option<String>) = statement
            .query_row((part, name), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let (Some(rows), Some(first), Some(last)) = found else {
            return Ok(None);
        };
        if narrowest.as_ref().is_none_or(|(fewest, ..)| rows < *fewest) {
            narrowest = Some((rows, format!("{first}-01"), format!("{last}-31")));
        }
    }
    Ok(narrowest)
}
