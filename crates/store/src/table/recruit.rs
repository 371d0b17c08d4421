//! Affiliates whom the user recruited, and the second tier's rows by the network's word for them.

use crate::{
    Read, StoreError, Write,
    rows::{day, money, parse},
};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    ids::{ProgramId, RecruitId},
};
use rusqlite::{Row, params};

/// An affiliate whom the user recruited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecruitRow {
    /// Identity.
    pub id: RecruitId,
    /// The program.
    pub program: ProgramId,
    /// Its slug.
    pub program_slug: String,
    /// What the user calls them.
    pub name: String,
    /// The network's word for them, where rows carry it.
    pub code: Option<String>,
    /// Who recruited them; the user where none.
    pub recruited_by: Option<RecruitId>,
    /// Since when.
    pub joined_on: Option<NaiveDate>,
    /// In the user's words.
    pub note: String,
    /// Whether they are put aside.
    pub archived: bool,
}

/// What second-tier rows of one affiliate and currency add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Id of the program, where it is one of the book's.
    pub program: Option<String>,
    /// The network's words for the affiliate, in lower case; none where the rows carry none.
    pub words: Vec<String>,
    /// Rows that were not reversed and take nothing back.
    pub sales: u64,
    /// What was sold, where it is known.
    pub sold: Money,
    /// What it earned.
    pub earned: Money,
    /// What is paid of it.
    pub paid: Money,
    /// First day.
    pub first_on: NaiveDate,
    /// Last day.
    pub last_on: NaiveDate,
}

/// Names of fields in which networks and reports name the affiliate whose sale it was.
const NAMED_IN: &[&str] = &[
    "transaction_affiliate",
    "sub_affiliate",
    "affiliate",
    "affiliate_name",
    "promoter",
    "partner",
];

/// The affiliates, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>, program: Option<ProgramId>) -> Result<Vec<RecruitRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT r.id, r.program, p.slug, r.name, r.code, r.recruited_by, r.joined_on, r.note, r.archived
         FROM recruit r JOIN program p ON p.id = r.program WHERE ?1 IS NULL OR r.program = ?1 ORDER BY r.name, r.id",
    )?;
    let mut rows = statement.query([program.map(|id| id.to_string())])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(recruit(row)?);
    }
    Ok(found)
}

fn recruit(row: &Row<'_>) -> Result<RecruitRow, StoreError> {
    Ok(RecruitRow {
        id: parse(&row.get::<_, String>(0)?)?,
        program: parse(&row.get::<_, String>(1)?)?,
        program_slug: row.get(2)?,
        name: row.get(3)?,
        code: row.get(4)?,
        recruited_by: row
            .get::<_, Option<String>>(5)?
            .as_deref()
            .map(parse)
            .transpose()?,
        joined_on: row
            .get::<_, Option<String>>(6)?
            .as_deref()
            .map(day)
            .transpose()?,
        note: row.get(7)?,
        archived: row.get(8)?,
    })
}

/// Adds an affiliate, or changes the one of the id.
///
/// # Errors
/// [`StoreError::Taken`] where the name or the code is another's.
pub fn save(write: &Write<'_>, recruit: &RecruitRow) -> Result<(), StoreError> {
    let taken: bool = write.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM recruit WHERE program = ?1 AND id <> ?2 AND (name = ?3 OR code = ?4))",
        params![
            recruit.program.to_string(),
            recruit.id.to_string(),
            recruit.name,
            recruit.code
        ],
        |row| row.get(0),
    )?;
    if taken {
        return Err(StoreError::Taken {
            noun: "affiliate",
            name: recruit.name.clone(),
        });
    }
    write.0.execute(
        "INSERT INTO recruit (id, program, name, code, recruited_by, joined_on, note, archived)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code, recruited_by = excluded.recruited_by,
             joined_on = excluded.joined_on, note = excluded.note, archived = excluded.archived, revision = revision + 1",
        params![
            recruit.id.to_string(),
            recruit.program.to_string(),
            recruit.name,
            recruit.code,
            recruit.recruited_by.map(|id| id.to_string()),
            recruit.joined_on.map(|day| day.to_string()),
            recruit.note,
            recruit.archived
        ],
    )?;
    Ok(())
}

/// Takes an affiliate out; rows of the ledger stay.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: RecruitId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM recruit WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// What the second tier brought, by the words that its rows carry: sub-IDs, and fields that name an affiliate.
///
/// # Errors
/// Where the book cannot be read.
pub fn brought(read: &Read<'_>, program: Option<ProgramId>) -> Result<Vec<Brought>, StoreError> {
    let named: Vec<String> = NAMED_IN
        .iter()
        .map(|key| format!("json_extract(c.raw, '$.{key}')"))
        .collect();
    // Rows are read as text: some sources' records are no JSON.
    let sql = format!(
        "SELECT program, word, keys, currency, sum(counts), sum(sold), sum(earned), sum(paid), min(day), max(day) FROM (
             SELECT c.program AS program, c.currency AS currency, c.sub_id_key AS keys,
                 CASE WHEN json_valid(c.raw) THEN lower(CAST(coalesce({}) AS TEXT)) END AS word,
                 c.kind NOT IN ('refund', 'chargeback', 'correction') AND c.approval <> 'reversed' AS counts,
                 CASE WHEN c.approval IN ('pending', 'approved') THEN coalesce(c.sale, 0) ELSE 0 END AS sold,
                 c.earned AS earned, c.paid AS paid, c.occurred_on AS day
             FROM conversion c WHERE c.tier = 'second' AND c.vanished = 0 AND c.approval <> 'other'
                 AND (?1 IS NULL OR c.program = ?1))
         GROUP BY program, word, keys, currency ORDER BY min(day)",
        named.join(", ")
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query([program.map(|id| id.to_string())])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(3)?;
        let keys: String = row.get(2)?;
        let words = row
            .get::<_, Option<String>>(1)?
            .into_iter()
            .chain(keys.split('\u{1f}').map(str::to_lowercase))
            .filter(|word| !word.is_empty() && word != "n/a")
            .collect();
        found.push(Brought {
            program: row.get(0)?,
            words,
            sales: row.get(4)?,
            sold: money(row.get(5)?, &currency)?,
            earned: money(row.get(6)?, &currency)?,
            paid: money(row.get(7)?, &currency)?,
            first_on: day(&row.get::<_, String>(8)?)?,
            last_on: day(&row.get::<_, String>(9)?)?,
        });
    }
    Ok(found)
}
