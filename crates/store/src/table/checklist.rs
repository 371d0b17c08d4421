//! Checklists: what was decided under which version of the terms, and what shows it.

use crate::{
    Read, StoreError, Write,
    rows::{col, parse},
};
use chrono::NaiveDate;
use perennial_domain::ids::{CampaignId, EvidenceId, ProgramId};
use rusqlite::{OptionalExtension as _, Row};
use uuid::Uuid;

/// What was decided of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// Identity.
    pub id: Uuid,
    /// The item.
    pub item: String,
    /// The version of the terms it was decided under.
    pub terms_version: String,
    /// open, done or `not_applicable`.
    pub state: String,
    /// The day.
    pub decided_on: NaiveDate,
    /// In the user's words.
    pub note: String,
}

/// What shows that an item is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Identity.
    pub id: EvidenceId,
    /// text, url or file.
    pub kind: String,
    /// The text, the address or the file's name.
    pub text: String,
    /// SHA-256 of a file, hexadecimal.
    pub sha256: Option<String>,
    /// Bytes of a file.
    pub bytes: Option<u64>,
    /// The day.
    pub on: NaiveDate,
}

/// Evidence to be added.
#[derive(Clone, Debug)]
pub struct EvidenceNew {
    /// Identity.
    pub id: EvidenceId,
    /// text, url or file.
    pub kind: String,
    /// The text, the address or the file's name.
    pub text: String,
    /// The file and its SHA-256.
    pub file: Option<(Vec<u8>, String)>,
    /// The day.
    pub on: NaiveDate,
}

/// Decides an item, in place of what was decided under the same version; says the identity that stands.
///
/// # Errors
/// Where the book cannot be written.
pub fn decide(
    write: &Write<'_>,
    program: ProgramId,
    campaign: Option<CampaignId>,
    state: &StateRow,
) -> Result<Uuid, StoreError> {
    let (program, campaign) = (program.to_string(), campaign.map(|id| id.to_string()));
    let known: Option<String> = write
        .0
        .query_row(
            "SELECT id FROM checklist_state
             WHERE program = ?1 AND campaign IS ?2 AND item = ?3 AND terms_version = ?4",
            (&program, &campaign, &state.item, &state.terms_version),
            |row| row.get(0),
        )
        .optional()?;
    let decided_on = state.decided_on.to_string();
    if let Some(id) = known {
        write.0.execute(
            "UPDATE checklist_state SET state = ?2, decided_on = ?3, note = ?4, revision = revision + 1 WHERE id = ?1",
            (&id, &state.state, &decided_on, &state.note),
        )?;
        return parse(&id);
    }
    write.0.execute(
        "INSERT INTO checklist_state (id, program, campaign, item, terms_version, state, decided_on, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            state.id.to_string(),
            &program,
            &campaign,
            &state.item,
            &state.terms_version,
            &state.state,
            &decided_on,
            &state.note,
        ),
    )?;
    Ok(state.id)
}

/// Adds evidence to what was decided.
///
/// # Errors
/// Where the book cannot be written.
pub fn add_evidence(
    write: &Write<'_>,
    state: Uuid,
    evidence: &EvidenceNew,
) -> Result<(), StoreError> {
    let (content, sha256) = evidence
        .file
        .as_ref()
        .map(|(bytes, hash)| (bytes, hash))
        .unzip();
    write.0.execute(
        "INSERT INTO evidence (id, state, kind, text, content, sha256, dated_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            evidence.id.to_string(),
            state.to_string(),
            &evidence.kind,
            &evidence.text,
            content,
            sha256,
            evidence.on.to_string(),
        ),
    )?;
    Ok(())
}

/// Everything decided for a program, or for one of its campaigns; the newest version's rows last.
///
/// # Errors
/// Where the book cannot be read.
pub fn states(
    read: &Read<'_>,
    program: ProgramId,
    campaign: Option<CampaignId>,
) -> Result<Vec<StateRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT * FROM checklist_state WHERE program = ?1 AND campaign IS ?2 ORDER BY decided_on, id",
    )?;
    let mut rows = statement.query((program.to_string(), campaign.map(|id| id.to_string())))?;
    let mut states = Vec::new();
    while let Some(row) = rows.next()? {
        states.push(StateRow {
            id: parse(&col::<String>(row, "id")?)?,
            item: col(row, "item")?,
            terms_version: col(row, "terms_version")?,
            state: col(row, "state")?,
            decided_on: parse(&col::<String>(row, "decided_on")?)?,
            note: col(row, "note")?,
        });
    }
    Ok(states)
}

/// The evidence of one decision, oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn evidence(read: &Read<'_>, state: Uuid) -> Result<Vec<EvidenceRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id, kind, text, sha256, length(content) AS bytes, dated_on FROM evidence WHERE state = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([state.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(evidence_row(row)?);
    }
    Ok(found)
}

/// The file of a piece of evidence.
///
/// # Errors
/// [`StoreError::NoSuch`] where it has none.
pub fn file(read: &Read<'_>, evidence: EvidenceId) -> Result<Vec<u8>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT content FROM evidence WHERE id = ?1 AND content IS NOT NULL")?;
    statement
        .query_row([evidence.to_string()], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuch {
            noun: "file",
            name: evidence.to_string(),
        })
}

/// Every acceptance of a program's terms, the oldest first: the version and the day.
///
/// # Errors
/// Where the book cannot be read.
pub fn signatures(
    read: &Read<'_>,
    program: ProgramId,
) -> Result<Vec<(String, NaiveDate)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT version, accepted_on FROM terms_acceptance WHERE program = ?1 ORDER BY accepted_on, id",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, parse(&row.get::<_, String>(1)?)?));
    }
    Ok(found)
}

/// Notes that a version of the terms was read and accepted.
///
/// # Errors
/// Where the book cannot be written.
pub fn accept(
    write: &Write<'_>,
    id: Uuid,
    program: ProgramId,
    version: &str,
    on: NaiveDate,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO terms_acceptance (id, program, version, accepted_on) VALUES (?1, ?2, ?3, ?4)",
        (id.to_string(), program.to_string(), version, on.to_string()),
    )?;
    Ok(())
}

/// The version accepted last, and when.
///
/// # Errors
/// Where the book cannot be read.
pub fn accepted(
    read: &Read<'_>,
    program: ProgramId,
) -> Result<Option<(String, NaiveDate)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT version, accepted_on FROM terms_acceptance WHERE program = ?1 ORDER BY accepted_on DESC, id DESC LIMIT 1",
    )?;
    let found: Option<(String, String)> = statement
        .query_row([program.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(version, day)| Ok((version, parse(&day)?)))
        .transpose()
}

/// Every version that was ever accepted.
///
/// # Errors
/// Where the book cannot be read.
pub fn acceptances(read: &Read<'_>, program: ProgramId) -> Result<Vec<String>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT DISTINCT version FROM terms_acceptance WHERE program = ?1")?;
    let rows = statement.query_map([program.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn evidence_row(row: &Row<'_>) -> Result<EvidenceRow, StoreError> {
    Ok(EvidenceRow {
        id: parse(&col::<String>(row, "id")?)?,
        kind: col(row, "kind")?,
        text: col(row, "text")?,
        sha256: col(row, "sha256")?,
        bytes: col(row, "bytes")?,
        on: parse(&col::<String>(row, "dated_on")?)?,
    })
}
