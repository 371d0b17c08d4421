//! What a batch changes in rows that are known: the row before is kept whole, and each changed field is an event.

use crate::StoreError;
use perennial_domain::{
    Currency, Money,
    ledger::{Approval, ConversionFacts, Payment, StatusField},
};
use rusqlite::{Connection, params};

/// Columns of a conversion that a batch may change; everything else is identity or follows from these.
pub(super) const CONVERSION: &[&str] = &[
    "program_text",
    "plan_text",
    "parent_native_id",
    "kind",
    "tier",
    "occurred_at",
    "click_at",
    "order_ref",
    "customer_ref",
    "sub_ids",
    "sub_id_key",
    "currency",
    "sale",
    "commission",
    "approval",
    "approval_text",
    "payment",
    "payment_text",
    "lock_at",
    "approved_at",
    "reversed_at",
    "reason",
    "source_updated_at",
    "vanished",
    "raw",
    "raw_hash",
];
/// Columns of a payout that a batch may change.
pub(super) const PAYOUT: &[&str] = &[
    "program",
    "amount",
    "currency",
    "status_text",
    "period",
    "sent_on",
    "raw",
    "raw_hash",
    "revision",
];

/// Which batch saw a change, and when.
pub(super) struct Stamp<'a> {
    pub batch: &'a str,
    pub at: &'a str,
}

/// Keeps a conversion as it was before the batch, once.
pub(super) fn keep_conversion(
    connection: &Connection,
    batch: &str,
    rowid: i64,
) -> Result<(), StoreError> {
    keep(connection, batch, "conversion", CONVERSION, rowid)
}

/// Keeps a payout as it was before the batch, once.
pub(super) fn keep_payout(
    connection: &Connection,
    batch: &str,
    rowid: i64,
) -> Result<(), StoreError> {
    keep(connection, batch, "payout", PAYOUT, rowid)
}

fn keep(
    connection: &Connection,
    batch: &str,
    noun: &str,
    columns: &[&str],
    rowid: i64,
) -> Result<(), StoreError> {
    let pairs: Vec<String> = columns
        .iter()
        .map(|name| format!("'{name}', {name}"))
        .collect();
    let mut statement = connection.prepare_cached(&format!(
        "INSERT OR IGNORE INTO batch_before (batch, noun, id, row)
         SELECT ?1, '{noun}', id, json_object({}) FROM {noun} WHERE rowid = ?2",
        pairs.join(", ")
    ))?;
    statement.execute((batch, rowid))?;
    Ok(())
}

/// Puts back every row of a noun as it was before the batch; says how many.
pub(super) fn restore(
    connection: &Connection,
    batch: &str,
    noun: &str,
    columns: &[&str],
) -> Result<usize, StoreError> {
    let set: Vec<String> = columns
        .iter()
        .map(|name| format!("{name} = json_extract(kept.row, '$.{name}')"))
        .collect();
    let sql = format!(
        "UPDATE {noun} SET {} FROM batch_before kept WHERE kept.batch = ?1 AND kept.noun = '{noun}' AND kept.id = {noun}.id",
        set.join(", ")
    );
    Ok(connection.execute(&sql, [batch])?)
}

/// Flags a row as gone from its source, or as back.
pub(super) fn flag(
    connection: &Connection,
    stamp: &Stamp<'_>,
    rowid: i64,
    id: &str,
    gone: bool,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE conversion SET vanished = ?2 WHERE rowid = ?1")?;
    statement.execute((rowid, gone))?;
    let (before, after) = if gone {
        ("there", "gone")
    } else {
        ("gone", "there")
    };
    event(
        connection,
        stamp,
        id,
        StatusField::Vanished,
        Some(before),
        Some(after),
    )
}

/// What of a known row people see change.
pub(super) struct Seen {
    approval: Option<String>,
    payment: Option<String>,
    sale: Option<i64>,
    pub commission: Option<i64>,
    pub currency: String,
    /// What recorded payments allot to it.
    pub allotted: i64,
}

impl Seen {
    /// The same of a row that is not in the ledger yet.
    pub(super) fn of(
        approval: Option<String>,
        payment: Option<String>,
        sale: Option<i64>,
        commission: Option<i64>,
        currency: String,
    ) -> Self {
        Self {
            approval,
            payment,
            sale,
            commission,
            currency,
            allotted: 0,
        }
    }

    /// Whether it was reversed already.
    pub(super) fn is_reversed(&self) -> bool {
        self.approval.as_deref() == Some("reversed")
    }

    pub(super) fn read(connection: &Connection, rowid: i64) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT CASE approval WHEN 'other' THEN approval_text ELSE approval END,
                    CASE payment WHEN 'other' THEN payment_text ELSE payment END, sale, commission, currency,
                    (SELECT coalesce(sum(amount), 0) FROM payout_line WHERE conversion = conversion.id)
             FROM conversion WHERE rowid = ?1",
        )?;
        Ok(statement.query_row([rowid], |row| {
            Ok(Self {
                approval: row.get(0)?,
                payment: row.get(1)?,
                sale: row.get(2)?,
                commission: row.get(3)?,
                currency: row.get(4)?,
                allotted: row.get(5)?,
            })
        })?)
    }
}

/// Notes each field that a known row changed in; a change in anything else is one of the record.
pub(super) fn events(
    connection: &Connection,
    stamp: &Stamp<'_>,
    id: &str,
    before: &Seen,
    after: &ConversionFacts,
) -> Result<(), StoreError> {
    let word = |other: bool, word: &'static str, text: &Option<String>| {
        if other {
            text.clone()
        } else {
            Some(word.to_owned())
        }
    };
    let after = Seen::of(
        word(
            after.approval == Approval::Other,
            after.approval.word(),
            &after.approval_text,
        ),
        word(
            after.payment == Payment::Other,
            after.payment.word(),
            &after.payment_text,
        ),
        after.sale.map(Money::micros),
        after.commission.map(Money::micros),
        after.currency.code().to_owned(),
    );
    events_between(connection, stamp, id, before, &after)
}

/// Notes each field in which two states of a row differ.
pub(super) fn events_between(
    connection: &Connection,
    stamp: &Stamp<'_>,
    id: &str,
    before: &Seen,
    after: &Seen,
) -> Result<(), StoreError> {
    let amount = |micros: Option<i64>, code: &str| -> Option<String> {
        let micros = micros?;
        Currency::parse(code)
            .ok()
            .map(|currency| Money::from_micros(micros, currency).to_string())
    };
    let fields = [
        (
            StatusField::Approval,
            before.approval.clone(),
            after.approval.clone(),
        ),
        (
            StatusField::Payment,
            before.payment.clone(),
            after.payment.clone(),
        ),
        (
            StatusField::Commission,
            amount(before.commission, &before.currency),
            amount(after.commission, &after.currency),
        ),
        (
            StatusField::Sale,
            amount(before.sale, &before.currency),
            amount(after.sale, &after.currency),
        ),
    ];
    let mut any = false;
    for (field, was, is) in fields {
        if was != is {
            event(connection, stamp, id, field, was.as_deref(), is.as_deref())?;
            any = true;
        }
    }
    if !any {
        event(connection, stamp, id, StatusField::Record, None, None)?;
    }
    Ok(())
}

fn event(
    connection: &Connection,
    stamp: &Stamp<'_>,
    id: &str,
    field: StatusField,
    before: Option<&str>,
    after: Option<&str>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO status_event (conversion, batch, at, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        id,
        stamp.batch,
        stamp.at,
        field.word(),
        before,
        after
    ])?;
    Ok(())
}
