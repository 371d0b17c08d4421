//! Finding links: a page of those that fit, the newest first, also while one types.
//!
//! Words of three letters and more are found anywhere, shorter ones at the beginning of a word that the user wrote; all of
//! them must be there.

use super::link::{COLUMNS, LinkRow, complete, link_row};
use crate::{Read, StoreError};
use chrono::NaiveDate;
use perennial_domain::{
    ids::{CampaignId, ChannelId, LinkId, ProgramId},
    link_health::HealthState,
};
use rusqlite::{ToSql, params_from_iter};

/// Links that a search counts; more are “more than so many”.
pub const COUNTED: u64 = 1_000;

/// Which links; what is none does not narrow.
#[derive(Clone, Debug, Default)]
pub struct LinkFilter {
    /// Words to find in label, address, code, note, folder and tags.
    pub search: String,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// For this channel.
    pub channel: Option<ChannelId>,
    /// For this campaign.
    pub campaign: Option<CampaignId>,
    /// With this tag.
    pub tag: Option<String>,
    /// In this folder.
    pub folder: Option<String>,
    /// How they stand.
    pub standing: Option<Standing>,
    /// Also archived ones.
    pub archived: bool,
    /// Older than this one.
    pub before: Option<LinkId>,
}

/// How a link stands, as far as it narrows a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// By its last check.
    Health(HealthState),
    /// Failed at its last check, broken or not yet.
    Failing,
    /// Its last day was before this one.
    Expired(NaiveDate),
}

/// A statement's conditions and what they are filled with.
struct Terms {
    sql: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
    searched: bool,
}

impl Terms {
    fn of(filter: &LinkFilter) -> Self {
        let mut terms = Self {
            sql: Vec::new(),
            values: Vec::new(),
            searched: false,
        };
        terms.search(&filter.search);
        if !filter.archived {
            terms.sql.push("l.archived = 0".to_owned());
        }
        for (column, id) in [
            ("program", filter.program.map(|id| id.to_string())),
            ("channel", filter.channel.map(|id| id.to_string())),
            ("campaign", filter.campaign.map(|id| id.to_string())),
        ] {
            if let Some(id) = id {
                terms.add(&format!("l.{column} = ?"), id);
            }
        }
        if let Some(tag) = &filter.tag {
            terms.add(
                "l.id IN (SELECT link FROM link_tag WHERE tag = ?)",
                tag.clone(),
            );
        }
        if let Some(folder) = &filter.folder {
            terms.add(
                "l.id IN (SELECT link FROM link_filing WHERE folder = ? AND folder <> '')",
                folder.clone(),
            );
        }
        match filter.standing {
            None => {}
            Some(Standing::Health(HealthState::Unchecked)) => terms.sql.push(
                "NOT EXISTS (SELECT 1 FROM link_health h WHERE h.link = l.id AND h.state <> 'unchecked')".to_owned(),
            ),
            Some(Standing::Health(state)) => terms.add(
                "l.id IN (SELECT link FROM link_health WHERE state = ?)",
                state.word().to_owned(),
            ),
            Some(Standing::Failing) => terms
                .sql
                .push("l.id IN (SELECT link FROM link_health WHERE failures > 0)".to_owned()),
            Some(Standing::Expired(today)) => terms.add(
                "l.id IN (SELECT link FROM link_filing WHERE expires_on < ?)",
                today.to_string(),
            ),
        }
        terms
    }

    fn add(&mut self, sql: &str, value: String) {
        self.sql.push(sql.to_owned());
        self.values.push(Box::new(value));
    }

    /// Every word is quoted, so that nothing in it is taken for the index's own language.
    fn search(&mut self, search: &str) {
        let (mut parts, mut begins) = (Vec::new(), Vec::new());
        for word in search.split_whitespace() {
            let quoted = format!("\"{}\"", word.replace('"', "\"\""));
            if word.chars().count() >= 3 {
                parts.push(quoted);
            } else if word.chars().any(char::is_alphanumeric) {
                begins.push(format!("{quoted}*"));
            }
        }
        let ways = [("link_part", parts), ("link_word", begins)];
        let mut ways = ways.into_iter().filter(|(_, words)| !words.is_empty());
        let Some((table, words)) = ways.next() else {
            return;
        };
        self.searched = true;
        // The first way gives the order; what the second finds narrows it.
        self.add(&format!("{table} MATCH ?"), words.join(" AND "));
        self.sql
            .push(format!("s.docid = {table}.rowid AND l.id = s.link"));
        if let Some((other, words)) = ways.next() {
            self.add(
                // The plus keeps it a filter: else the first index would be asked anew for each row of the second.
                &format!("+{table}.rowid IN (SELECT rowid FROM {other} WHERE {other} MATCH ?)"),
                words.join(" AND "),
            );
        }
    }

    fn tables(&self) -> &'static str {
        match self.sql.first().filter(|_| self.searched) {
            Some(first) if first.starts_with("link_word") => {
                "link_word CROSS JOIN link_doc s CROSS JOIN "
            }
            Some(_) => "link_part CROSS JOIN link_doc s CROSS JOIN ",
            None => "",
        }
    }

    fn order(&self) -> &'static str {
        match self.sql.first().filter(|_| self.searched) {
            Some(first) if first.starts_with("link_word") => "link_word.rowid",
            Some(_) => "link_part.rowid",
            None => "l.id",
        }
    }

    fn before(&mut self, before: Option<LinkId>) {
        let Some(id) = before else { return };
        let order = self.order();
        if self.searched {
            self.add(
                &format!("{order} < (SELECT docid FROM link_doc WHERE link = ?)"),
                id.to_string(),
            );
        } else {
            self.add("l.id < ?", id.to_string());
        }
    }

    fn conditions(&self) -> String {
        if self.sql.is_empty() {
            "1".to_owned()
        } else {
            self.sql.join(" AND ")
        }
    }
}

/// A page of links, the newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(read: &Read<'_>, filter: &LinkFilter, limit: u32) -> Result<Vec<LinkRow>, StoreError> {
    let mut links = Vec::new();
    for id in ids(read, filter, Some(limit))? {
        links.push(one(read, &id)?);
    }
    complete(read, &mut links)?;
    Ok(links)
}

fn one(read: &Read<'_>, id: &str) -> Result<LinkRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE l.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    statement.query_row([id], |row| Ok(link_row(row)))?
}

/// The ids of the links that fit, as text, the newest first.
fn ids(
    read: &Read<'_>,
    filter: &LinkFilter,
    limit: Option<u32>,
) -> Result<Vec<String>, StoreError> {
    let mut terms = Terms::of(filter);
    terms.before(filter.before);
    let limit = limit.map_or_else(String::new, |limit| format!(" LIMIT {limit}"));
    let sql = format!(
        "SELECT l.id FROM {}link l WHERE {} ORDER BY {} DESC{limit}",
        terms.tables(),
        terms.conditions(),
        terms.order()
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&terms.values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every link that fits, for an edit of them all.
///
/// # Errors
/// Where the book cannot be read.
pub fn all(read: &Read<'_>, filter: &LinkFilter) -> Result<Vec<LinkId>, StoreError> {
    ids(read, filter, None)?
        .iter()
        .map(|id| crate::rows::parse(id))
        .collect()
}

/// Program, channel and address of every link that fits, to know those that are there.
///
/// # Errors
/// Where the book cannot be read.
pub fn addresses(
    read: &Read<'_>,
    filter: &LinkFilter,
) -> Result<Vec<(ProgramId, String, String)>, StoreError> {
    let terms = Terms::of(filter);
    let sql = format!(
        "SELECT l.program, l.channel, l.url FROM {}link l WHERE {}",
        terms.tables(),
        terms.conditions()
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&terms.values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let program = crate::rows::parse(&row.get::<_, String>(0)?)?;
        found.push((program, row.get(1)?, row.get(2)?));
    }
    Ok(found)
}

/// How many links a filter finds; none where a search finds more than [`COUNTED`].
///
/// # Errors
/// Where the book cannot be read.
pub fn count(read: &Read<'_>, filter: &LinkFilter) -> Result<Option<u64>, StoreError> {
    let terms = Terms::of(filter);
    let (tables, conditions) = (terms.tables(), terms.conditions());
    let sql = if terms.searched {
        let most = COUNTED + 1;
        format!(
            "SELECT count(*) FROM (SELECT 1 FROM {tables}link l WHERE {conditions} LIMIT {most})"
        )
    } else {
        format!("SELECT count(*) FROM link l WHERE {conditions}")
    };
    let mut statement = read.0.prepare_cached(&sql)?;
    let found: u64 = statement.query_row(params_from_iter(&terms.values), |row| row.get(0))?;
    Ok((!terms.searched || found <= COUNTED).then_some(found))
}

#[cfg(test)]
#[path = "link_find_tests.rs"]
mod tests;
