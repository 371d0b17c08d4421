//! Programs that release nothing before a number of sales is approved: the day on which each such number was reached.
//!
//! Rows mature by what is kept of it in the settings. At the end of each transaction that is held against the rows, and
//! where it changed, the rows of those programs mature anew (see [`settle`]); so what rows hold always fits what is kept.

use super::refresh;
use crate::{Read, StoreError, Write, rows::parse, table::setting};
use chrono::NaiveDate;
use perennial_domain::{
    ledger::released_on,
    program::{TermKey, TermValue},
};
use rusqlite::OptionalExtension as _;
use std::collections::{BTreeMap, BTreeSet};

/// Setting that says which days rows mature by: a line for each program and number.
const KEPT: &str = "released_from";

/// The day on which a number of sales was reached, by program and number; none where there are too few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Milestones(BTreeMap<(String, u32), Option<NaiveDate>>);

impl Milestones {
    /// What rows mature by.
    pub(super) fn kept(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut found = Self::default();
        for line in setting::get(read, KEPT)?.unwrap_or_default().lines() {
            let unreadable = || StoreError::Unreadable(line.to_owned());
            let mut parts = line.split(' ');
            let (Some(program), Some(sales), Some(day)) =
                (parts.next(), parts.next(), parts.next())
            else {
                return Err(unreadable());
            };
            let day = match day {
                "-" => None,
                day => Some(parse(day)?),
            };
            let sales = sales.parse().map_err(|_| unreadable())?;
            found.0.insert((program.to_owned(), sales), day);
        }
        Ok(found)
    }

    /// What the terms and the rows say now.
    pub(super) fn now(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut asked: BTreeSet<(String, u32)> = BTreeSet::new();
        {
            let mut statement = read.0.prepare_cached(
                "SELECT DISTINCT v.program, t.value FROM term_value t JOIN terms_version v ON v.id = t.terms_version
                 WHERE t.key = ?1",
            )?;
            let mut rows = statement.query([TermKey::MinSales.word()])?;
            while let Some(row) = rows.next()? {
                let text: String = row.get(1)?;
                if let Ok(TermValue::Count(sales @ 1..)) = TermKey::MinSales.check(&text) {
                    asked.insert((row.get(0)?, sales));
                }
            }
        }
        let mut found = Self::default();
        for (program, sales) in asked {
            let day = reached(read, &program, sales)?;
            found.0.insert((program, sales), day);
        }
        Ok(found)
    }

    /// The day that something of a program is due which asks for so many sales first.
    pub(super) fn released(&self, program: &str, sales: u32, matures: NaiveDate) -> NaiveDate {
        if sales == 0 {
            return matures;
        }
        let reached = self.0.get(&(program.to_owned(), sales)).copied().flatten();
        released_on(matures, reached)
    }

    fn text(&self) -> String {
        let line = |((program, sales), day): (&(String, u32), &Option<NaiveDate>)| {
            let day = day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            format!("{program} {sales} {day}\n")
        };
        self.0.iter().map(line).collect()
    }

    /// Programs of which the two say something else.
    fn differing<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for (one, other) in [(self, other), (other, self)] {
            for (key, day) in &one.0 {
                if other.0.get(key) != Some(day) {
                    found.insert(key.0.as_str());
                }
            }
        }
        found
    }
}

/// The day on which a program's sale of this number was approved, counted from one; none while there are too few.
pub(crate) fn reached(
    read: &Read<'_>,
    program: &str,
    sales: u32,
) -> Result<Option<NaiveDate>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT occurred_on FROM conversion
         WHERE program = ?1 AND tier = 'direct' AND kind = 'sale' AND approval = 'approved'
         ORDER BY occurred_on LIMIT 1 OFFSET ?2 - 1",
    )?;
    let day: Option<String> = statement
        .query_row((program, sales), |row| row.get(0))
        .optional()?;
    day.as_deref().map(parse).transpose()
}

/// Lets rows mature anew whose program reached a number of sales in this transaction, or no longer has.
pub(crate) fn settle(write: &Write<'_>) -> Result<(), StoreError> {
    let (kept, now) = (
        Milestones::kept(&write.read())?,
        Milestones::now(&write.read())?,
    );
    if kept == now {
        return Ok(());
    }
    setting::set(write, KEPT, &now.text())?;
    for program in kept.differing(&now) {
        refresh::maturities(write, program)?;
    }
    Ok(())
}
