//! New rows that another source may have already: a report of a program and its network's own answers tell of the same
//! sales. Nothing is left out unless someone says so.

use super::{aside, others::Others, writer::BatchWriter};
use crate::{
    StoreError,
    rows::{money, parse},
};
use perennial_domain::Money;
use rusqlite::{Connection, OptionalExtension as _};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// Rows of other sources that one row is compared with; equal prices on one day may be many.
const COMPARED: usize = 200;

/// What is to become of rows that another source may have already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Leave out all of them.
    pub skip: bool,
    /// Lines of the file, and whether the row lands; they stand before `skip`.
    pub lines: HashMap<u64, bool>,
}

impl Choices {
    /// `open`, `take` or `skip`.
    fn of(&self, line: Option<u64>) -> &'static str {
        match line.and_then(|line| self.lines.get(&line)) {
            Some(true) => "take",
            Some(false) => "skip",
            None if self.skip => "skip",
            None => "open",
        }
    }
}

/// A row of a batch that another source may have already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Its id.
    pub id: String,
    /// Its line in the file.
    pub line: Option<u64>,
    /// The row of the batch.
    pub row: Short,
    /// The row that was there.
    pub other: Short,
    /// Name of the connection that brought it.
    pub other_connection: String,
    /// `order`, `customer` or `day`.
    pub reason: String,
    /// `open`, `take` or `skip`.
    pub decision: String,
}

/// A row of the ledger in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Its id.
    pub id: String,
    /// The source's own id.
    pub native_id: Option<String>,
    /// The program's short name, else as the source says it.
    pub program: Option<String>,
    /// The day it happened.
    pub occurred_on: String,
    /// The word of its kind.
    pub kind: String,
    /// The word of its approval.
    pub approval: String,
    /// What it is worth.
    pub commission: Option<Money>,
}

/// What of a row two sources would agree on.
struct Facts {
    id: String,
    day: String,
    currency: String,
    commission: Option<i64>,
    program: Option<String>,
    program_text: Option<String>,
    order: Option<String>,
    customer: Option<String>,
    family: String,
}

impl Facts {
    fn read(connection: &Connection, rowid: i64) -> Result<Option<Self>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT id, occurred_on, currency, commission, program, program_text, order_ref, customer_ref, family
             FROM conversion WHERE rowid = ?1",
        )?;
        let facts = statement.query_row([rowid], |row| {
            Ok(Self {
                id: row.get(0)?,
                day: row.get(1)?,
                currency: row.get(2)?,
                commission: row.get(3)?,
                program: row.get(4)?,
                program_text: row.get(5)?,
                order: row.get(6)?,
                customer: row.get(7)?,
                family: row.get(8)?,
            })
        });
        Ok(facts.optional()?)
    }

    /// Why the two may be one; none where something says that they are not.
    fn same(&self, other: &Self) -> Option<&'static str> {
        let known = self.program.is_some() && self.program == other.program;
        let apart = match (&self.program, &other.program) {
            (Some(one), Some(two)) => one != two,
            (None, None) => {
                agree(self.program_text.as_ref(), other.program_text.as_ref()) == Some(false)
            }
            _ => false,
        };
        if apart || self.family != other.family || self.currency != other.currency {
            return None;
        }
        let amount = self.commission.is_some() && self.commission == other.commission;
        match agree(self.order.as_ref(), other.order.as_ref()) {
            Some(true) => return (amount || known).then_some("order"),
            Some(false) => return None,
            None => {}
        }
        if !amount || self.day != other.day {
            return None;
        }
        match agree(self.customer.as_ref(), other.customer.as_ref()) {
            Some(true) => Some("customer"),
            Some(false) => None,
            None => Some("day"),
        }
    }
}

/// Whether two texts say the same; none where one of them says nothing.
fn agree(one: Option<&String>, other: Option<&String>) -> Option<bool> {
    let (one, other) = (one?.trim(), other?.trim());
    if one.is_empty() || other.is_empty() {
        return None;
    }
    Some(one.to_lowercase() == other.to_lowercase())
}

/// How much a reason says; the better one wins.
fn weight(reason: &str) -> u8 {
    match reason {
        "order" => 2,
        "customer" => 1,
        _ => 0,
    }
}

/// Compares the rows that were worth a second look, notes those that may be duplicates and leaves out those that are to
/// be. Each row of another source stands for one row at most.
pub(super) fn decide(writer: &mut BatchWriter<'_>) -> Result<Vec<Duplicate>, StoreError> {
    let Some(others) = writer.others.take() else {
        return Ok(Vec::new());
    };
    let looked_at = std::mem::take(&mut writer.looked_at);
    let mut known: HashMap<i64, Rc<Facts>> = HashMap::new();
    let mut taken: HashSet<i64> = HashSet::new();
    let mut found = Vec::new();
    // Surer pairs first, so that a mere coincidence does not take the row that belongs to another.
    let mut pairs = Vec::new();
    for (place, (rowid, line)) in looked_at.iter().enumerate() {
        let Some(facts) = Facts::read(writer.connection, *rowid)? else {
            continue;
        };
        for other in candidates(&others, &facts) {
            let row = match known.get(&other) {
                Some(row) => Rc::clone(row),
                None => match Facts::read(writer.connection, other)? {
                    Some(row) => {
                        let row = Rc::new(row);
                        known.insert(other, Rc::clone(&row));
                        row
                    }
                    None => continue,
                },
            };
            if let Some(reason) = facts.same(&row) {
                let pair = (facts.id.clone(), row.id.clone());
                pairs.push((weight(reason), place, *rowid, *line, other, reason, pair));
            }
        }
    }
    pairs.sort_by_key(|(weight, place, ..)| (std::cmp::Reverse(*weight), *place));
    let mut done: HashSet<i64> = HashSet::new();
    for (_, place, rowid, line, other, reason, pair) in pairs {
        if done.contains(&rowid) || taken.contains(&other) {
            continue;
        }
        done.insert(rowid);
        taken.insert(other);
        found.push((place, rowid, line, reason, pair));
    }
    found.sort_by_key(|(place, ..)| *place);
    let mut duplicates = Vec::with_capacity(found.len());
    for (_, rowid, line, reason, (id, other)) in found {
        let decision = writer.choices.of(line);
        let duplicate = Duplicate {
            row: short(writer.connection, &id)?,
            other: short(writer.connection, &other)?,
            other_connection: connection_of(writer.connection, &other)?,
            id,
            line,
            reason: reason.to_owned(),
            decision: decision.to_owned(),
        };
        note(writer, &duplicate, &other)?;
        if decision == "skip" {
            let (currency, commission) = aside::lay(writer.connection, rowid)?;
            let rows = &mut writer.summary.rows;
            rows.new = rows.new.saturating_sub(1);
            rows.same += 1;
            if let Some(micros) = commission {
                let total = writer.totals.entry(parse(&currency)?).or_default();
                *total = total.saturating_sub(micros);
            }
        }
        duplicates.push(duplicate);
    }
    Ok(duplicates)
}

fn candidates(others: &Others, facts: &Facts) -> Vec<i64> {
    let order = facts.order.as_deref();
    let mut rows = others.like(&facts.day, &facts.currency, facts.commission, order);
    rows.truncate(COMPARED);
    rows
}

fn note(writer: &BatchWriter<'_>, duplicate: &Duplicate, other: &str) -> Result<(), StoreError> {
    let mut statement = writer.connection.prepare_cached(
        "INSERT INTO duplicate (batch, conversion, other, line, reason, decision) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (batch, conversion) DO NOTHING",
    )?;
    let line = duplicate
        .line
        .map(|line| i64::try_from(line).unwrap_or(i64::MAX));
    statement.execute((
        &writer.batch_text,
        &duplicate.id,
        other,
        line,
        &duplicate.reason,
        &duplicate.decision,
    ))?;
    Ok(())
}

/// What a statement must select, from `conversion c` and `program p`, for [`short_of`].
pub(in crate::table) const SHORT: &str = "c.id, c.native_id, coalesce(p.slug, c.program_text), c.occurred_on, c.kind, c.approval, c.commission, c.currency";

/// A row in short, from the columns of [`SHORT`].
pub(in crate::table) fn short_of(row: &rusqlite::Row<'_>) -> Result<Short, StoreError> {
    let currency: String = row.get(7)?;
    Ok(Short {
        id: row.get(0)?,
        native_id: row.get(1)?,
        program: row.get(2)?,
        occurred_on: row.get(3)?,
        kind: row.get(4)?,
        approval: row.get(5)?,
        commission: row
            .get::<_, Option<i64>>(6)?
            .map(|micros| money(micros, &currency))
            .transpose()?,
    })
}

/// A row in short, from the ledger or from what was set aside.
pub(in crate::table) fn short(connection: &Connection, id: &str) -> Result<Short, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {SHORT} FROM conversion c LEFT JOIN program p ON p.id = c.program WHERE c.id = ?1"
    ))?;
    let mut rows = statement.query([id])?;
    if let Some(row) = rows.next()? {
        return short_of(row);
    }
    let mut statement = connection.prepare_cached(
        "SELECT a.id, json_extract(a.row, '$.native_id'),
             coalesce(p.slug, json_extract(a.row, '$.program_text')), json_extract(a.row, '$.occurred_on'),
             json_extract(a.row, '$.kind'), json_extract(a.row, '$.approval'), json_extract(a.row, '$.commission'),
             json_extract(a.row, '$.currency')
         FROM set_aside a LEFT JOIN program p ON p.id = json_extract(a.row, '$.program') WHERE a.id = ?1",
    )?;
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => short_of(row),
        None => Err(StoreError::NoSuch {
            noun: "ledger row",
            name: id.to_owned(),
        }),
    }
}

/// Name of the connection that brought a row; empty where the row is gone.
pub(in crate::table) fn connection_of(
    connection: &Connection,
    id: &str,
) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT n.name FROM conversion c JOIN connection n ON n.id = c.connection WHERE c.id = ?1
         UNION ALL SELECT n.name FROM set_aside a JOIN connection n ON n.id = a.connection WHERE a.id = ?1",
    )?;
    let name = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(name.unwrap_or_default())
}
