//! Dated terms, plan sets, and what sources say against each other.

use crate::{
    Read, StoreError, Write,
    rows::{col, money, parse, word},
};
use perennial_domain::{
    ids::ProgramId,
    program::{Plan, PlanSet, Term, TermKey, TermsVersion},
};
use uuid::Uuid;

/// What one source says of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// The term.
    pub key: TermKey,
    /// A value that the term takes.
    pub value: String,
    /// In words.
    pub says: String,
    /// The source.
    pub source: String,
}

/// Adds a version of terms; of two versions from one day the later written stands.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert_version(
    write: &Write<'_>,
    id: Uuid,
    program: ProgramId,
    version: &TermsVersion,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO terms_version (id, program, seq, valid_from, version, source, note, own)
         VALUES (?1, ?2, (SELECT coalesce(max(seq), 0) + 1 FROM terms_version WHERE program = ?2), ?3, ?4, ?5, ?6, ?7)",
        (
            id.to_string(),
            program.to_string(),
            version.from.to_string(),
            &version.version,
            &version.source,
            &version.note,
            version.own,
        ),
    )?;
    let mut statement = write.0.prepare_cached(
        "INSERT OR REPLACE INTO term_value (terms_version, key, value) VALUES (?1, ?2, ?3)",
    )?;
    for (key, value) in &version.values {
        statement.execute((id.to_string(), key.word(), value))?;
    }
    Ok(())
}

/// A program's versions, in the order of their days, then of their writing.
///
/// # Errors
/// Where the book cannot be read.
pub fn versions(read: &Read<'_>, program: ProgramId) -> Result<Vec<TermsVersion>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT t.seq, t.valid_from, t.version, t.source, t.note, t.own, v.key, v.value
         FROM terms_version t LEFT JOIN term_value v ON v.terms_version = t.id
         WHERE t.program = ?1 ORDER BY t.valid_from, t.seq, v.key",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    let mut versions: Vec<TermsVersion> = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let seq: i64 = col(row, "seq")?;
        if last != Some(seq) {
            last = Some(seq);
            versions.push(TermsVersion {
                from: parse(&col::<String>(row, "valid_from")?)?,
                version: col(row, "version")?,
                source: col(row, "source")?,
                note: col(row, "note")?,
                own: col(row, "own")?,
                values: Vec::new(),
            });
        }
        let key: Option<String> = col(row, "key")?;
        if let (Some(key), Some(version)) = (key, versions.last_mut()) {
            version.values.push((
                word(&key, |text| TermKey::parse(text).ok())?,
                col(row, "value")?,
            ));
        }
    }
    Ok(versions)
}

/// Adds a plan set.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert_plan_set(
    write: &Write<'_>,
    program: ProgramId,
    set: &PlanSet,
) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO plan (program, version, key, position, name, term, tier, price, currency, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (position, plan) in set.plans.iter().enumerate() {
        statement.execute((
            program.to_string(),
            &set.version,
            &plan.key,
            i64::try_from(position).unwrap_or(i64::MAX),
            &plan.name,
            plan.term.word(),
            plan.tier,
            plan.price.micros(),
            plan.price.currency().code(),
            &set.source,
        ))?;
    }
    Ok(())
}

/// A program's plan sets, by version.
///
/// # Errors
/// Where the book cannot be read.
pub fn plan_sets(read: &Read<'_>, program: ProgramId) -> Result<Vec<PlanSet>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM plan WHERE program = ?1 ORDER BY version, position")?;
    let mut rows = statement.query([program.to_string()])?;
    let mut sets: Vec<PlanSet> = Vec::new();
    while let Some(row) = rows.next()? {
        let version: String = col(row, "version")?;
        if sets.last().is_none_or(|set| set.version != version) {
            sets.push(PlanSet {
                version,
                source: col(row, "source")?,
                plans: Vec::new(),
            });
        }
        let plan = Plan {
            key: col(row, "key")?,
            name: col(row, "name")?,
            term: word(&col::<String>(row, "term")?, Term::parse)?,
            price: money(col(row, "price")?, &col::<String>(row, "currency")?)?,
            tier: col(row, "tier")?,
        };
        if let Some(set) = sets.last_mut() {
            set.plans.push(plan);
        }
    }
    Ok(sets)
}

/// Adds what sources say of a program's terms, in order.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert_claims(
    write: &Write<'_>,
    program: ProgramId,
    claims: &[ClaimRow],
) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO term_claim (program, key, position, value, says, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, claim) in claims.iter().enumerate() {
        statement.execute((
            program.to_string(),
            claim.key.word(),
            i64::try_from(position).unwrap_or(i64::MAX),
            &claim.value,
            &claim.says,
            &claim.source,
        ))?;
    }
    Ok(())
}

/// What sources say of a program's terms.
///
/// # Errors
/// Where the book cannot be read.
pub fn claims(read: &Read<'_>, program: ProgramId) -> Result<Vec<ClaimRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM term_claim WHERE program = ?1 ORDER BY position")?;
    let mut rows = statement.query([program.to_string()])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push(ClaimRow {
            key: word(&col::<String>(row, "key")?, |text| {
                TermKey::parse(text).ok()
            })?,
            value: col(row, "value")?,
            says: col(row, "says")?,
            source: col(row, "source")?,
        });
    }
    Ok(claims)
}
