//! What changed since last time: every import and sync until someone has looked at it.

use super::{
    MAX_PAGE, PAGE,
    import::{counts, find, instant},
};
use crate::{
    App, Failure,
    dto::{
        AfterLockRow, Amount, ById, ChangedRow, DuplicateRow, FieldChange, InboxDecide,
        InboxDetail, InboxEntry, InboxInput, InboxRow, InboxShow, Page, Refused, UnknownWord,
    },
};
use perennial_domain::{Money, ids::BatchId};
use perennial_store::table::{
    batch::{Duplicate, Short},
    inbox::{self, Changed, Entry, Which},
};
use std::collections::BTreeMap;

/// Rows of each kind that are shown where the caller does not say.
const SHOWN: u32 = 1_000;

/// The batches that wait to be looked at, newest first.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: InboxInput) -> Result<Page<InboxEntry>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after = input
        .after
        .as_deref()
        .map(|text| {
            text.parse::<BatchId>().map_err(|_| {
                Failure::refused(
                    "list.bad_cursor",
                    format!("“{text}” is not a place where a page begins."),
                )
            })
        })
        .transpose()?;
    let (mut entries, waiting) = app.read(|read| {
        Ok((
            inbox::list(read, input.all, after, limit + 1)?,
            inbox::waiting(read)?,
        ))
    })?;
    let more = entries.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        entries.pop();
    }
    let next = entries
        .last()
        .filter(|_| more)
        .map(|entry| entry.batch.id.to_string());
    Ok(Page {
        items: entries.into_iter().map(entry).collect(),
        next,
        total: (!input.all).then_some(waiting),
    })
}

/// Everything that one of them brought.
///
/// # Errors
/// Where there is no such batch.
pub fn show(app: &App, input: InboxShow) -> Result<InboxDetail, Failure> {
    let id = find(app, &input.id)?;
    let limit = input.limit.unwrap_or(SHOWN).clamp(1, MAX_PAGE);
    app.read(|read| {
        let rows = |all: Vec<Short>| all.into_iter().map(row).collect();
        let changes = |all: Vec<Changed>| all.into_iter().map(changed).collect();
        Ok(InboxDetail {
            entry: entry(inbox::entry(read, id)?),
            new: rows(inbox::new_rows(read, id, limit)?),
            changed: changes(inbox::changed(read, id, Which::Rest, limit)?),
            reversed: changes(inbox::changed(read, id, Which::Reversed, limit)?),
            vanished: rows(inbox::vanished(read, id, limit)?),
            unknown: inbox::unknown(read, id)?
                .into_iter()
                .map(|unknown| UnknownWord {
                    field: unknown.field.to_owned(),
                    word: unknown.word,
                    count: unknown.count,
                })
                .collect(),
            duplicates: inbox::duplicates(read, id, limit)?
                .into_iter()
                .map(duplicate)
                .collect(),
            after_lock: inbox::after_lock(read, id, limit)?
                .into_iter()
                .map(|late| AfterLockRow {
                    row: late.row.map(row),
                    noun: if late.noun == "payout" {
                        "payout"
                    } else {
                        "row"
                    }
                    .to_owned(),
                    native_id: late.native_id,
                    on: late.on,
                    amount: late.amount.map(Amount::from),
                    approval: late.approval,
                })
                .collect(),
            refused: inbox::refused(read, id, limit)?
                .into_iter()
                .map(|refusal| Refused {
                    line: refusal.line,
                    column: refusal.column,
                    reason: refusal.reason,
                    text: refusal.text,
                })
                .collect(),
        })
    })
}

/// Decides on rows that another source may have already.
///
/// # Errors
/// Where there is no such batch or row, or a recorded payment pays one that is to be left out; nothing is decided then.
pub fn decide(app: &App, input: InboxDecide) -> Result<InboxDetail, Failure> {
    let id = find(app, &input.batch)?;
    let all = match input.all.as_deref() {
        None => None,
        Some("take") => Some(true),
        Some("skip") => Some(false),
        Some(other) => {
            return Err(Failure::refused(
                "inbox.unknown_decision",
                format!("“{other}” is no decision."),
            )
            .hint("A row is taken (take) or left out (skip)."));
        }
    };
    app.write(|write| {
        for choice in &input.rows {
            inbox::decide(write, id, &choice.id, choice.take)?;
        }
        if let Some(take) = all {
            for row in inbox::undecided(&write.read(), id)? {
                inbox::decide(write, id, &row, take)?;
            }
        }
        Ok(())
    })?;
    show(
        app,
        InboxShow {
            id: id.to_string(),
            limit: None,
        },
    )
}

/// Notes that a batch has been looked at. Rows that nobody decided on stay in the ledger.
///
/// # Errors
/// Where there is no such batch, or it was undone.
pub fn accept(app: &App, input: ById) -> Result<InboxEntry, Failure> {
    let id = find(app, &input.id)?;
    let now = app.now();
    let accepted = app.write(|write| {
        inbox::accept(write, id, now)?;
        inbox::entry(&write.read(), id)
    })?;
    Ok(entry(accepted))
}

fn entry(entry: Entry) -> InboxEntry {
    let batch = entry.batch;
    InboxEntry {
        batch: batch.id.to_string(),
        kind: batch.kind.word().to_owned(),
        connection: batch.connection,
        file: batch.file,
        at: instant(batch.at),
        rows: counts(batch.rows),
        reversed: batch.reversed,
        vanished: batch.vanished,
        unknown: entry.unknown,
        open_duplicates: entry.open_duplicates,
        totals: batch.totals.into_iter().map(Amount::from).collect(),
        vanished_totals: entry
            .vanished_totals
            .into_iter()
            .map(Amount::from)
            .collect(),
        accepted_at: batch.accepted_at.map(instant),
        after_lock: entry.after_lock,
    }
}

fn row(row: Short) -> InboxRow {
    InboxRow {
        id: row.id,
        native_id: row.native_id,
        program: row.program,
        occurred_on: row.occurred_on,
        kind: row.kind,
        approval: row.approval,
        commission: row.commission.map(Amount::from),
    }
}

/// A known row that is different now, as it crosses the boundary.
pub(super) fn changed(changed: Changed) -> ChangedRow {
    ChangedRow {
        row: row(changed.row),
        fields: changed
            .fields
            .into_iter()
            .map(|(field, before, after)| FieldChange {
                field,
                before,
                after,
            })
            .collect(),
    }
}

/// A row that another source may have already, as it crosses the boundary.
pub(super) fn duplicate(duplicate: Duplicate) -> DuplicateRow {
    DuplicateRow {
        id: duplicate.id,
        line: duplicate.line,
        row: row(duplicate.row),
        other: row(duplicate.other),
        other_connection: duplicate.other_connection,
        reason: duplicate.reason,
        decision: duplicate.decision,
    }
}

/// Sums, one a currency. What is past the range of an amount is left out: no such sum is meant.
pub(super) fn sums(amounts: impl Iterator<Item = Money>) -> Vec<Amount> {
    let mut totals: BTreeMap<&'static str, Money> = BTreeMap::new();
    for amount in amounts {
        let total = totals
            .entry(amount.currency().code())
            .or_insert_with(|| Money::zero(amount.currency()));
        if let Ok(sum) = total.plus(amount) {
            *total = sum;
        }
    }
    totals.into_values().map(Amount::from).collect()
}
