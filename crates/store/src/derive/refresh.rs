//! Bringing derived columns up to date after what they follow from changed.

use super::{
    attribution::LinkMap,
    deriver::{Derived, Deriver, Facts, takes_back},
    inputs,
    milestone::Milestones,
};
use crate::{
    Read, StoreError, Write,
    rows::{day, instant, parse, word},
    table::setting,
};
use perennial_domain::ledger::{Approval, Kind, Payment, matures_on};
use rusqlite::{Connection, Row, types::ValueRef};
use std::collections::BTreeSet;

/// Setting that says what the derived columns were last made from.
const DERIVED_FROM: &str = "derived_from";
/// Rows looked at before their changes are written.
const CHUNK: usize = 5_000;

const SELECT: &str = "SELECT c.rowid, n.program, c.program_text, c.plan_text, c.kind, c.occurred_at, c.lock_at, c.sub_id_key,
        c.currency, c.sale, c.commission, c.approval, c.payment, p.matures_on,
        (SELECT coalesce(sum(l.amount), 0) FROM payout_line l WHERE l.conversion = c.id),
        c.program, c.plan, c.occurred_on, c.matures_on, c.earned, c.paid, c.link
     FROM conversion c JOIN connection n ON n.id = c.connection
     LEFT JOIN conversion p ON c.parent_native_id IS NOT NULL AND p.connection = c.connection AND p.family = 'conversion'
          AND p.identity = c.parent_native_id AND p.occurrence = 0 AND coalesce(p.commission, 0) >= 0";

/// Brings derived columns up to date after an edit, an undo or a redo touched these tables.
pub(crate) fn after(write: &Write<'_>, touched: &BTreeSet<String>) -> Result<(), StoreError> {
    let has = |names: &[&str]| names.iter().any(|name| touched.contains(*name));
    let empty: bool =
        write
            .0
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM conversion)", [], |row| {
                row.get(0)
            })?;
    if empty {
        return Ok(());
    }
    if has(&[
        "setting",
        "program",
        "terms_version",
        "term_value",
        "plan",
        "connection",
    ]) && current(write)?
    {
        return Ok(());
    }
    if has(&["link", "id_rule"]) {
        links(write)?;
    }
    if has(&["payout", "payout_line"]) {
        payments(write)?;
    }
    Ok(())
}

/// Makes every derived value anew where programs, terms or the time zone changed since; says whether they had.
pub(crate) fn current(write: &Write<'_>) -> Result<bool, StoreError> {
    let now = inputs::fingerprint(write.0)?;
    let stale = setting::get(&write.read(), DERIVED_FROM)?.as_deref() != Some(now.as_str());
    if stale {
        recompute_all(write)?;
        setting::set(write, DERIVED_FROM, &now)?;
    }
    Ok(stale)
}

/// The same before a batch. Where a locked period would change, everything stays as it is: a lock makes no sync fail.
pub(crate) fn current_unless_locked(write: &Write<'_>) -> Result<(), StoreError> {
    write.0.execute_batch("SAVEPOINT current")?;
    match current(write) {
        Ok(_) => write.0.execute_batch("RELEASE current")?,
        Err(StoreError::PeriodLocked { .. }) => write
            .0
            .execute_batch("ROLLBACK TO current; RELEASE current")?,
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Makes every derived value anew; says how many rows were other than they should be.
pub(crate) fn recompute_all(write: &Write<'_>) -> Result<u64, StoreError> {
    let mut deriver = Deriver::read(&write.read())?;
    let mut changed = walk(write.0, &mut deriver, &Which::All, &mut |rowid, derived| {
        put(write.0, rowid, derived)
    })?;
    changed += parents(write, None)?;
    Ok(changed)
}

/// Makes the derived values of rows anew.
pub(crate) fn rows_of(write: &Write<'_>, rowids: &[i64]) -> Result<(), StoreError> {
    let mut deriver = Deriver::read(&write.read())?;
    walk(
        write.0,
        &mut deriver,
        &Which::These(rowids),
        &mut |rowid, derived| put(write.0, rowid, derived),
    )?;
    Ok(())
}

/// Lets the rows of a program mature anew, and nothing else: the rest may belong to a locked period.
pub(super) fn maturities(write: &Write<'_>, program: &str) -> Result<(), StoreError> {
    let rowids: Vec<i64> = {
        let mut statement = write
            .0
            .prepare_cached("SELECT rowid FROM conversion WHERE program = ?1 ORDER BY rowid")?;
        let rows = statement.query_map([program], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut deriver = Deriver::read(&write.read())?;
    walk(
        write.0,
        &mut deriver,
        &Which::These(&rowids),
        &mut |rowid, derived| {
            write
                .0
                .prepare_cached(
                    "UPDATE conversion SET matures_on = ?2 WHERE rowid = ?1 AND matures_on <> ?2",
                )?
                .execute((rowid, derived.matures_on.to_string()))?;
            Ok(())
        },
    )?;
    parents(write, None)?;
    Ok(())
}

/// How many rows hold derived values other than those that their facts and the terms give. None should.
///
/// # Errors
/// Where the book cannot be read.
pub fn differences(read: &Read<'_>) -> Result<u64, StoreError> {
    let mut deriver = Deriver::with(read, Milestones::now(read)?)?;
    walk(read.0, &mut deriver, &Which::All, &mut |_, _| Ok(()))
}

/// What takes a commission back matures with it; either may have come first. Looks at one connection or at all.
///
/// What takes back is itself nothing to be taken back, so no row waits for one that waits, and one look is enough.
pub(crate) fn parents(write: &Write<'_>, connection: Option<&str>) -> Result<u64, StoreError> {
    let mut changes = Vec::new();
    {
        let mut statement = write.0.prepare_cached(
            "SELECT c.rowid, c.kind, c.commission, c.occurred_on, c.matures_on, p.matures_on
             FROM conversion c
             LEFT JOIN conversion p ON p.connection = c.connection AND p.family = 'conversion'
                  AND p.identity = c.parent_native_id AND p.occurrence = 0 AND coalesce(p.commission, 0) >= 0
             WHERE c.parent_native_id IS NOT NULL AND (?1 IS NULL OR c.connection = ?1)",
        )?;
        let mut rows = statement.query([connection])?;
        while let Some(row) = rows.next()? {
            if !takes_back(word(&row.get::<_, String>(1)?, Kind::parse)?, row.get(2)?) {
                continue;
            }
            let parent = row
                .get::<_, Option<String>>(5)?
                .as_deref()
                .map(day)
                .transpose()?;
            let then = matures_on(day(&row.get::<_, String>(3)?)?, 0, None, true, parent);
            if day(&row.get::<_, String>(4)?)? != then {
                changes.push((row.get::<_, i64>(0)?, then));
            }
        }
    }
    let mut update = write
        .0
        .prepare_cached("UPDATE conversion SET matures_on = ?2 WHERE rowid = ?1")?;
    for (rowid, day) in &changes {
        update.execute((rowid, day.to_string()))?;
    }
    Ok(changes.len() as u64)
}

/// Links were made, changed or taken away.
fn links(write: &Write<'_>) -> Result<(), StoreError> {
    let map = LinkMap::read(&write.read())?;
    let mut changes = Vec::new();
    {
        let mut statement = write.0.prepare_cached(
            "SELECT DISTINCT sub_id_key, program, link FROM conversion WHERE sub_id_key <> ''",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (key, program, now): (String, Option<String>, Option<String>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let then = map.find(&key, program.as_deref());
            if then.as_deref() != now.as_deref() {
                changes.push((key, program, now, then));
            }
        }
    }
    let mut update = write.0.prepare_cached(
        "UPDATE conversion SET link = ?4 WHERE sub_id_key = ?1 AND sub_id_key <> '' AND program IS ?2 AND link IS ?3",
    )?;
    for (key, program, now, then) in &changes {
        update.execute((key, program, now, then.as_deref()))?;
    }
    Ok(())
}

/// Recorded payments were made, changed or taken away.
fn payments(write: &Write<'_>) -> Result<(), StoreError> {
    let mut rowids = BTreeSet::new();
    for sql in [
        "SELECT c.rowid FROM conversion c JOIN (SELECT DISTINCT conversion FROM payout_line) l ON l.conversion = c.id",
        "SELECT rowid FROM conversion WHERE paid <> 0 AND payment NOT IN ('paid', 'clawed_back')",
    ] {
        let mut statement = write.0.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            rowids.insert(row.get::<_, i64>(0)?);
        }
    }
    let mut update = write.0.prepare_cached(
        "UPDATE conversion SET paid = sums.paid FROM (
             SELECT c.rowid AS row, CASE WHEN c.approval = 'other' THEN 0
                 WHEN c.payment IN ('paid', 'clawed_back') THEN coalesce(c.commission, 0)
                 ELSE (SELECT coalesce(sum(l.amount), 0) FROM payout_line l WHERE l.conversion = c.id) END AS paid
             FROM conversion c WHERE c.rowid = ?1) AS sums
         WHERE conversion.rowid = sums.row AND conversion.paid <> sums.paid",
    )?;
    for rowid in rowids {
        update.execute([rowid])?;
    }
    Ok(())
}

enum Which<'a> {
    All,
    These(&'a [i64]),
}

/// Derives rows and calls back for those that differ from what they hold; says how many did.
fn walk(
    connection: &Connection,
    deriver: &mut Deriver,
    which: &Which<'_>,
    differs: &mut dyn FnMut(i64, &Derived) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let mut count = 0;
    let mut flush = |changes: &mut Vec<(i64, Derived)>| -> Result<(), StoreError> {
        count += changes.len() as u64;
        changes
            .drain(..)
            .try_for_each(|(rowid, derived)| differs(rowid, &derived))
    };
    let mut changes = Vec::new();
    match which {
        Which::These(rowids) => {
            let mut statement = connection.prepare(&format!("{SELECT} WHERE c.rowid = ?1"))?;
            for chunk in rowids.chunks(CHUNK) {
                for rowid in chunk {
                    let mut rows = statement.query([rowid])?;
                    if let Some(row) = rows.next()? {
                        look(row, deriver, &mut changes)?;
                    }
                }
                flush(&mut changes)?;
            }
        }
        Which::All => {
            let mut statement = connection.prepare(&format!(
                "{SELECT} WHERE c.rowid > ?1 ORDER BY c.rowid LIMIT {CHUNK}"
            ))?;
            let mut last = 0;
            loop {
                let before = last;
                {
                    let mut rows = statement.query([last])?;
                    while let Some(row) = rows.next()? {
                        last = look(row, deriver, &mut changes)?;
                    }
                }
                flush(&mut changes)?;
                if last == before {
                    break;
                }
            }
        }
    }
    Ok(count)
}

fn look(
    row: &Row<'_>,
    with: &mut Deriver,
    changes: &mut Vec<(i64, Derived)>,
) -> Result<i64, StoreError> {
    let rowid: i64 = row.get(0)?;
    let maybe = |index: usize| -> Result<Option<&str>, StoreError> {
        match row.get_ref(index)? {
            ValueRef::Null => Ok(None),
            value => Ok(Some(value.as_str().map_err(rusqlite::Error::from)?)),
        }
    };
    let text = |index: usize| {
        maybe(index)?.ok_or_else(|| StoreError::Unreadable("an empty column".to_owned()))
    };
    let derived = with.derive(&Facts {
        connection_program: maybe(1)?,
        program_text: maybe(2)?,
        plan_text: maybe(3)?,
        kind: word(text(4)?, Kind::parse)?,
        occurred_at: instant(text(5)?)?,
        lock_at: maybe(6)?.map(instant).transpose()?,
        sub_id_key: text(7)?,
        currency: parse(text(8)?)?,
        sale: row.get(9)?,
        commission: row.get(10)?,
        approval: word(text(11)?, Approval::parse)?,
        payment: word(text(12)?, Payment::parse)?,
        parent_matures: maybe(13)?.map(day).transpose()?,
        allotted: row.get(14)?,
    });
    let same = maybe(15)? == derived.program.as_deref()
        && maybe(16)? == derived.plan.as_deref()
        && day(text(17)?)? == derived.occurred_on
        && day(text(18)?)? == derived.matures_on
        && row.get::<_, i64>(19)? == derived.earned
        && row.get::<_, i64>(20)? == derived.paid
        && maybe(21)? == derived.link.as_deref();
    if !same {
        changes.push((rowid, derived));
    }
    Ok(rowid)
}

fn put(connection: &Connection, rowid: i64, derived: &Derived) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE conversion SET program = ?2, plan = ?3, occurred_on = ?4, matures_on = ?5, earned = ?6, paid = ?7, link = ?8
         WHERE rowid = ?1",
    )?;
    statement.execute((
        rowid,
        derived.program.as_deref(),
        derived.plan.as_deref(),
        derived.occurred_on.to_string(),
        derived.matures_on.to_string(),
        derived.earned,
        derived.paid,
        derived.link.as_deref(),
    ))?;
    Ok(())
}
