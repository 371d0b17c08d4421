//! The sample data: what was put in is noted, so that exactly that can be taken out again.

use crate::{
    Read, StoreError, Write, derive, history,
    table::{batch, setting},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::ids::{BatchId, CampaignId, ConnectionId, LinkId, LogEntryId, ProgramId};
use std::collections::BTreeSet;
use uuid::Uuid;

const SETTING: &str = "sample";

/// What the sample data is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleRows {
    /// The program whose code was set, and the code.
    pub identity: Option<(ProgramId, String)>,
    /// Batches, oldest first.
    pub batches: Vec<BatchId>,
    /// Links.
    pub links: Vec<LinkId>,
    /// Campaigns.
    pub campaigns: Vec<CampaignId>,
    /// Entries of their logs.
    pub entries: Vec<LogEntryId>,
    /// Decided items of the checklist.
    pub states: Vec<Uuid>,
}

/// An item of the checklist that is done, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleState {
    /// Identity of the decision.
    pub id: Uuid,
    /// Identity of the evidence.
    pub evidence: Uuid,
    /// The program.
    pub program: ProgramId,
    /// The item.
    pub item: String,
    /// Version of the terms.
    pub terms_version: String,
    /// The day of both.
    pub on: NaiveDate,
    /// A short note; also the text of the evidence.
    pub note: String,
}

/// Whether sample data is in the book.
///
/// # Errors
/// Where the book cannot be read.
pub fn present(read: &Read<'_>) -> Result<bool, StoreError> {
    Ok(setting::get(read, SETTING)?.is_some())
}

/// Puts sample data in with `f` and notes which rows it is made of. No step of the history.
///
/// # Errors
/// [`StoreError::Taken`] where there is sample data already, or what `f` returns.
pub fn load(
    write: &Write<'_>,
    f: impl FnOnce(&Write<'_>) -> Result<SampleRows, StoreError>,
) -> Result<(), StoreError> {
    if present(&write.read())? {
        return Err(StoreError::Taken {
            noun: "sample",
            name: "data".to_owned(),
        });
    }
    history::aside(write, |write| {
        let rows = f(write)?;
        mark(write, "link", &rows.links)?;
        mark(write, "campaign", &rows.campaigns)?;
        setting::set(write, SETTING, &json(&rows))
    })
}

/// The connection that the sample's rows come through.
///
/// # Errors
/// Where the book cannot be written.
pub fn connection(
    write: &Write<'_>,
    program: ProgramId,
    new: Uuid,
) -> Result<ConnectionId, StoreError> {
    let id = batch::file_connection(write, CONNECTION, new)?;
    write.0.execute(
        "UPDATE connection SET program = ?2 WHERE id = ?1",
        (id.to_string(), program.to_string()),
    )?;
    Ok(id)
}

/// Notes clicks of a day.
///
/// # Errors
/// Where the book cannot be written.
pub fn clicks(
    write: &Write<'_>,
    link: LinkId,
    day: NaiveDate,
    clicks: u32,
) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(
        "INSERT INTO click_day (day, link, clicks) VALUES (?1, ?2, ?3)
         ON CONFLICT (link, day) DO UPDATE SET clicks = clicks + excluded.clicks",
    )?;
    statement.execute((day.to_string(), link.to_string(), clicks))?;
    Ok(())
}

/// Adds an item of the checklist that is done. Says whether it was open before; what the user decided stays.
///
/// # Errors
/// Where the book cannot be written.
pub fn done(write: &Write<'_>, state: &SampleState) -> Result<bool, StoreError> {
    let added = write.0.execute(
        "INSERT INTO checklist_state (id, program, item, terms_version, state, decided_on, note)
         SELECT ?1, ?2, ?3, ?4, 'done', ?5, ?6 WHERE NOT EXISTS (
             SELECT 1 FROM checklist_state WHERE program = ?2 AND campaign IS NULL AND item = ?3 AND terms_version = ?4)",
        (
            state.id.to_string(),
            state.program.to_string(),
            &state.item,
            &state.terms_version,
            state.on.to_string(),
            &state.note,
        ),
    )?;
    if added == 1 {
        write.0.execute(
            "INSERT INTO evidence (id, state, kind, text, dated_on) VALUES (?1, ?2, 'text', ?3, ?4)",
            (state.evidence.to_string(), state.id.to_string(), &state.note, state.on.to_string()),
        )?;
    }
    Ok(added == 1)
}

/// Takes the sample data out. What is the user's stays, and so does a sample campaign that something of theirs belongs
/// to. No step of the history.
///
/// # Errors
/// [`StoreError::NothingTo`] where there is none; [`StoreError::TiedToPayments`] where the user recorded a payment of
/// sample commissions.
pub fn remove(write: &Write<'_>, at: DateTime<Utc>) -> Result<(), StoreError> {
    let noted = setting::get(&write.read(), SETTING)?.ok_or(StoreError::NothingTo("take out"))?;
    let rows = read_json(&noted)?;
    history::aside(write, |write| {
        for id in rows.batches.iter().rev() {
            match batch::undo(write, *id, at) {
                // Undone by the user already.
                Ok(_) | Err(StoreError::NothingTo(_)) => {}
                Err(error) => return Err(error),
            }
            batch::purge(write, *id)?;
        }
        each(
            write,
            "DELETE FROM checklist_state WHERE id = ?1 AND revision = 1",
            &rows.states,
        )?;
        each(write, "DELETE FROM log_entry WHERE id = ?1", &rows.entries)?;
        each(write, "DELETE FROM link WHERE id = ?1", &rows.links)?;
        each(
            write,
            "DELETE FROM campaign WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM link WHERE campaign = ?1)
                 AND NOT EXISTS (SELECT 1 FROM log_entry WHERE campaign = ?1)
                 AND NOT EXISTS (SELECT 1 FROM checklist_state WHERE campaign = ?1)
                 AND NOT EXISTS (SELECT 1 FROM notebook WHERE campaign = ?1)
                 AND NOT EXISTS (SELECT 1 FROM reminder WHERE campaign = ?1)",
            &rows.campaigns,
        )?;
        each(
            write,
            "UPDATE campaign SET sample = 0 WHERE id = ?1",
            &rows.campaigns,
        )?;
        if let Some((program, code)) = &rows.identity {
            write.0.execute(
                "UPDATE program SET identity = NULL WHERE id = ?1 AND identity = ?2",
                (program.to_string(), code),
            )?;
        }
        write.0.execute(
            "DELETE FROM connection WHERE network = 'file' AND account = ?1
                 AND NOT EXISTS (SELECT 1 FROM batch WHERE connection = connection.id)",
            [CONNECTION],
        )?;
        // Forecasts that were kept meanwhile were of the sample data.
        write.0.execute("DELETE FROM forecast_snapshot", [])?;
        write
            .0
            .execute("DELETE FROM setting WHERE name = ?1", [SETTING])?;
        Ok(())
    })?;
    derive::after(write, &BTreeSet::from(["link".to_owned()]))
}

/// Name of that connection.
const CONNECTION: &str = "Sample data";

fn mark<T: ToString>(write: &Write<'_>, table: &str, ids: &[T]) -> Result<(), StoreError> {
    each(
        write,
        &format!("UPDATE {table} SET sample = 1 WHERE id = ?1"),
        ids,
    )
}

fn each<T: ToString>(write: &Write<'_>, sql: &str, ids: &[T]) -> Result<(), StoreError> {
    let mut statement = write.0.prepare_cached(sql)?;
    for id in ids {
        statement.execute([id.to_string()])?;
    }
    Ok(())
}

fn json(rows: &SampleRows) -> String {
    fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
        ids.iter().map(ToString::to_string).collect()
    }
    serde_json::json!({
        "identity": rows.identity.as_ref().map(|(program, code)| [program.to_string(), code.clone()]),
        "batches": texts(&rows.batches),
        "links": texts(&rows.links),
        "campaigns": texts(&rows.campaigns),
        "entries": texts(&rows.entries),
        "states": texts(&rows.states),
    })
    .to_string()
}

fn read_json(text: &str) -> Result<SampleRows, StoreError> {
    let unreadable = || StoreError::Unreadable("the note of the sample data".to_owned());
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| unreadable())?;
    let identity = match value
        .get("identity")
        .and_then(|pair| pair.as_array())
        .map(Vec::as_slice)
    {
        Some([program, code]) => {
            let parse = || Some((program.as_str()?.parse().ok()?, code.as_str()?.to_owned()));
            Some(parse().ok_or_else(unreadable)?)
        }
        _ => None,
    };
    let rows = || {
        Some(SampleRows {
            identity,
            batches: ids(&value, "batches")?,
            links: ids(&value, "links")?,
            campaigns: ids(&value, "campaigns")?,
            entries: ids(&value, "entries")?,
            states: ids(&value, "states")?,
        })
    };
    rows().ok_or_else(unreadable)
}

fn ids<T: std::str::FromStr>(value: &serde_json::Value, name: &str) -> Option<Vec<T>> {
    value
        .get(name)?
        .as_array()?
        .iter()
        .map(|id| id.as_str()?.parse().ok())
        .collect()
}
