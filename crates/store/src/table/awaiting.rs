//! Open commissions that may still be taken back, and how often that happened.

use crate::{
    Read, StoreError,
    rows::{day, word},
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money, ids::ProgramId, ledger::Approval};

/// Open commissions of one amount that mature on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// The day they mature.
    pub matures_on: NaiveDate,
    /// What is open of each.
    pub amount: Money,
    /// Pending or approved.
    pub approval: Approval,
    /// How many.
    pub rows: u64,
}

/// The open commissions of a program in a currency, by a day, that its program has not approved yet, and of those it has
/// the sales since `young`. What waits for a number of sales is left out: nobody knows when it is due.
///
/// # Errors
/// Where the book cannot be read.
pub fn awaiting(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    on: NaiveDate,
    young: NaiveDate,
) -> Result<Vec<Awaiting>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT matures_on, earned - paid, approval, count(*) FROM conversion
         WHERE program = ?1 AND currency = ?2 AND occurred_on <= ?3 AND earned > paid
             AND payment NOT IN ('paid', 'clawed_back') AND matures_on < '9999-12-31'
             AND (approval = 'pending' OR (approval = 'approved' AND kind = 'sale' AND occurred_on > ?4))
         GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    )?;
    let mut rows = statement.query((
        program.to_string(),
        currency.code(),
        on.to_string(),
        young.to_string(),
    ))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (matures, approval): (String, String) = (row.get(0)?, row.get(2)?);
        found.push(Awaiting {
            matures_on: day(&matures)?,
            amount: Money::from_micros(row.get(1)?, currency),
            approval: word(&approval, Approval::parse)?,
            rows: row.get(3)?,
        });
    }
    Ok(found)
}

/// A program's days by a day, from the sums kept beside the rows: taken back, refunds, approved.
const DECIDED: &str = "SELECT coalesce(sum(back_rows), 0), coalesce(sum(refund_rows), 0), coalesce(sum(stood_rows), 0)
     FROM ledger_day WHERE program = ?1 AND occurred_on <= ?2";

/// Of a program's commissions that were decided on by a day: how many were taken back (reversed, refunded, charged back),
/// and how many stand.
///
/// # Errors
/// Where the book cannot be read.
pub fn decided(
    read: &Read<'_>,
    program: ProgramId,
    on: NaiveDate,
) -> Result<(u64, u64), StoreError> {
    let mut statement = read.0.prepare_cached(DECIDED)?;
    let counts: (u64, u64, u64) = statement
        .query_row((program.to_string(), on.to_string()), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let (reversed, refunded, approved) = counts;
    let back = reversed + refunded.min(approved);
    Ok((back, approved - refunded.min(approved)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Book;

    #[test]
    fn what_was_decided_is_asked_of_the_kept_sums_alone() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("test.perennial")).unwrap();
        let plan: Vec<String> = book
            .read(|read| {
                let mut statement = read.0.prepare(&format!("EXPLAIN QUERY PLAN {DECIDED}"))?;
                let rows = statement.query_map(["p", "2026-03-01"], |row| row.get(3))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .unwrap();
        let plan = plan.join("\n");
        assert!(
            plan.contains("SEARCH ledger_day USING PRIMARY KEY (program=? AND occurred_on<?)"),
            "{plan}"
        );
        assert!(
            !plan.contains("SCAN") && !plan.contains("conversion"),
            "{plan}"
        );
    }
}
