//! Rules for ready-made IDs. Each has a link of its own, archived from the start, that stands for its channel and campaign:
//! so everything that is told apart by link, channel or campaign counts what the rule means.

use crate::{
    Read, StoreError, Write,
    rows::{col, parse},
};
use perennial_domain::ids::{IdRuleId, LinkId, ProgramId};
use rusqlite::{OptionalExtension as _, Row};

/// A rule with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdRuleRow {
    /// Identity.
    pub id: IdRuleId,
    /// Rules are tried in this order.
    pub position: i64,
    /// The IDs it means; see `perennial_domain::attribution::IdPattern`.
    pub pattern: String,
    /// Only rows of this program.
    pub program: Option<String>,
    /// The link that stands for it.
    pub link: LinkId,
    /// That link's code.
    pub code: String,
    /// Name of the channel.
    pub channel: String,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// Rows of the ledger that it speaks for now.
    pub rows: u64,
}

const SELECT: &str =
    "SELECT r.*, p.slug AS program_slug, l.code, c.name AS channel_name, k.name AS campaign_name,
        (SELECT count(*) FROM conversion v WHERE v.link = r.link) AS speaks_for
    FROM id_rule r JOIN link l ON l.id = r.link JOIN channel c ON c.id = l.channel
    LEFT JOIN campaign k ON k.id = l.campaign LEFT JOIN program p ON p.id = r.program";

/// Adds a rule after the others.
///
/// # Errors
/// Where the book cannot be written.
pub fn insert(
    write: &Write<'_>,
    id: IdRuleId,
    pattern: &str,
    program: Option<ProgramId>,
    link: LinkId,
) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO id_rule (id, position, pattern, program, link)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM id_rule), ?2, ?3, ?4)",
        (
            id.to_string(),
            pattern,
            program.map(|id| id.to_string()),
            link.to_string(),
        ),
    )?;
    Ok(())
}

/// Takes a rule out, with the link that stood for it.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, rule: &IdRuleRow) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM id_rule WHERE id = ?1", [rule.id.to_string()])?;
    write
        .0
        .execute("DELETE FROM link WHERE id = ?1", [rule.link.to_string()])?;
    Ok(())
}

/// A rule by its id or its pattern.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id_or_pattern: &str) -> Result<IdRuleRow, StoreError> {
    let sql = format!("{SELECT} WHERE r.id = ?1 OR r.pattern = ?1 ORDER BY r.position LIMIT 1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([id_or_pattern.trim()], |row| Ok(rule_row(row)))
        .optional()?;
    found.ok_or_else(|| StoreError::NoSuch {
        noun: "rule",
        name: id_or_pattern.to_owned(),
    })?
}

/// Every rule, in the order they are tried.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<IdRuleRow>, StoreError> {
    let sql = format!("{SELECT} ORDER BY r.position");
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut rules = Vec::new();
    while let Some(row) = rows.next()? {
        rules.push(rule_row(row)?);
    }
    Ok(rules)
}

/// Sub-IDs of the ledger that no link and no rule speaks for, with how many rows have them, the most frequent first.
///
/// # Errors
/// Where the book cannot be read.
pub fn unassigned(read: &Read<'_>, limit: u32) -> Result<Vec<(Vec<String>, u64)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT sub_id_key, count(*) AS times FROM conversion WHERE sub_id_key <> '' AND link IS NULL
         GROUP BY sub_id_key ORDER BY times DESC, sub_id_key LIMIT ?1",
    )?;
    let mut rows = statement.query([limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let key: String = col(row, "sub_id_key")?;
        found.push((
            key.split('\u{1f}').map(str::to_owned).collect(),
            col(row, "times")?,
        ));
    }
    Ok(found)
}

fn rule_row(row: &Row<'_>) -> Result<IdRuleRow, StoreError> {
    Ok(IdRuleRow {
        id: parse(&col::<String>(row, "id")?)?,
        position: col(row, "position")?,
        pattern: col(row, "pattern")?,
        program: col(row, "program_slug")?,
        link: parse(&col::<String>(row, "link")?)?,
        code: col(row, "code")?,
        channel: col(row, "channel_name")?,
        campaign: col(row, "campaign_name")?,
        rows: col(row, "speaks_for")?,
    })
}
