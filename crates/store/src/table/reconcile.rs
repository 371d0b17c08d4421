//! What stands around a payout: the commissions it paid and what the user explained.

use crate::{
    Read, StoreError, Write,
    rows::{day, money, parse, word},
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money,
    ids::{ConversionId, ExplanationId, PayoutId},
    reconcile::Explanation,
};

/// A commission that a payout paid, or may have paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row of the ledger.
    pub conversion: ConversionId,
    /// The source's own id.
    pub native_id: Option<String>,
    /// Slug, or the source's word.
    pub program: Option<String>,
    /// What it is.
    pub kind: String,
    /// Its day.
    pub on: NaiveDate,
    /// The day it was due.
    pub matures_on: NaiveDate,
    /// What of it the payout paid; of a candidate, what is open of it.
    pub amount: Money,
    /// The whole commission.
    pub commission: Money,
}

/// A part of the difference that the user explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Identity.
    pub id: ExplanationId,
    /// What it is.
    pub kind: Explanation,
    /// With its sign, in the payout's currency.
    pub amount: Money,
    /// In the user's words.
    pub note: String,
}

const LINE: &str =
    "c.id, c.native_id, coalesce(p.slug, c.program_text), c.kind, c.occurred_on, c.matures_on";

/// The commissions that a payout paid, oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn lines(read: &Read<'_>, payout: PayoutId) -> Result<Vec<Line>, StoreError> {
    collect(
        read,
        &format!(
            "SELECT {LINE}, l.amount, coalesce(c.commission, 0), c.currency FROM payout_line l
             JOIN conversion c ON c.id = l.conversion LEFT JOIN program p ON p.id = c.program
             WHERE l.payout = ?1 ORDER BY c.occurred_on, c.id"
        ),
        payout,
    )
}

/// What a payout may have paid, the longest due first: rows of its program or its connection that were due when it was
/// sent and that no payout pays yet, by what is open of each. What a network says is paid counts too, while no payout
/// is known to pay it.
///
/// # Errors
/// Where the book cannot be read.
pub fn candidates(read: &Read<'_>, payout: PayoutId) -> Result<Vec<Line>, StoreError> {
    collect(
        read,
        &format!(
            "SELECT {LINE},
                 CASE WHEN c.payment IN ('paid', 'clawed_back') THEN coalesce(c.commission, 0) ELSE c.earned END
                     - (SELECT coalesce(sum(l.amount), 0) FROM payout_line l WHERE l.conversion = c.id) AS open,
                 coalesce(c.commission, 0), c.currency
             FROM payout y JOIN conversion c ON c.currency = y.currency
                 AND (c.program = y.program OR (y.program IS NULL AND c.connection = y.connection))
                 AND (y.connection IS NULL OR c.connection = y.connection)
             LEFT JOIN program p ON p.id = c.program
             WHERE y.id = ?1 AND c.approval IN ('pending', 'approved')
                 AND c.matures_on <= coalesce(y.sent_on, '9999-12-31') AND open <> 0
             ORDER BY c.matures_on, c.occurred_on, c.rowid LIMIT 20000"
        ),
        payout,
    )
}

fn collect(read: &Read<'_>, sql: &str, payout: PayoutId) -> Result<Vec<Line>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let mut rows = statement.query([payout.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(8)?;
        found.push(Line {
            conversion: parse(&row.get::<_, String>(0)?)?,
            native_id: row.get(1)?,
            program: row.get(2)?,
            kind: row.get(3)?,
            on: day(&row.get::<_, String>(4)?)?,
            matures_on: day(&row.get::<_, String>(5)?)?,
            amount: money(row.get(6)?, &currency)?,
            commission: money(row.get(7)?, &currency)?,
        });
    }
    Ok(found)
}

/// Ties commissions to a payout, in place of those that were.
///
/// # Errors
/// [`StoreError::PeriodLocked`].
pub fn set_lines(
    write: &Write<'_>,
    payout: PayoutId,
    lines: &[(ConversionId, Money)],
) -> Result<(), StoreError> {
    let payout = payout.to_string();
    write
        .0
        .execute("DELETE FROM payout_line WHERE payout = ?1", [&payout])?;
    let mut insert = write.0.prepare_cached(
        "INSERT INTO payout_line (payout, conversion, amount) VALUES (?1, ?2, ?3)",
    )?;
    for (conversion, amount) in lines {
        insert.execute((&payout, conversion.to_string(), amount.micros()))?;
    }
    Ok(())
}

/// What was explained of a payout.
///
/// # Errors
/// Where the book cannot be read.
pub fn explained(
    read: &Read<'_>,
    payout: PayoutId,
    currency: Currency,
) -> Result<Vec<Explained>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id, kind, amount, note FROM explanation WHERE payout = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([payout.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Explained {
            id: parse(&row.get::<_, String>(0)?)?,
            kind: word(&row.get::<_, String>(1)?, Explanation::parse)?,
            amount: Money::from_micros(row.get(2)?, currency),
            note: row.get(3)?,
        });
    }
    Ok(found)
}

/// Adds an explanation.
///
/// # Errors
/// [`StoreError::PeriodLocked`].
pub fn explain(
    write: &Write<'_>,
    payout: PayoutId,
    explained: &Explained,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO explanation (id, payout, kind, amount, note) VALUES (?1, ?2, ?3, ?4, ?5)",
        (
            explained.id.to_string(),
            payout.to_string(),
            explained.kind.word(),
            explained.amount.micros(),
            &explained.note,
        ),
    )?;
    Ok(())
}

/// Takes an explanation out; says of which payout it was.
///
/// # Errors
/// [`StoreError::NoSuch`]; [`StoreError::PeriodLocked`].
pub fn unexplain(write: &Write<'_>, id: ExplanationId) -> Result<PayoutId, StoreError> {
    use rusqlite::OptionalExtension as _;
    let payout: Option<String> = write
        .0
        .query_row(
            "DELETE FROM explanation WHERE id = ?1 RETURNING payout",
            [id.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    payout.map_or_else(
        || {
            Err(StoreError::NoSuch {
                noun: "explanation",
                name: id.to_string(),
            })
        },
        |payout| parse(&payout),
    )
}

/// The balance that earlier payouts of the same program and currency carried on and no payout has taken up: below zero
/// where more was paid than earned.
///
/// # Errors
/// Where the book cannot be read.
pub fn carried_in(
    read: &Read<'_>,
    payout: PayoutId,
    currency: Currency,
) -> Result<Money, StoreError> {
    let micros: i64 = read
        .0
        .prepare_cached(
            "SELECT coalesce(-sum(e.amount), 0) FROM payout y JOIN payout o ON o.currency = y.currency
                 AND o.program IS y.program AND (y.program IS NOT NULL OR o.connection IS y.connection)
                 AND (coalesce(o.sent_on, ''), o.id) < (coalesce(y.sent_on, ''), y.id)
             JOIN explanation e ON e.payout = o.id AND e.kind = 'carried' WHERE y.id = ?1",
        )?
        .query_row([payout.to_string()], |row| row.get(0))?;
    Ok(Money::from_micros(micros, currency))
}
