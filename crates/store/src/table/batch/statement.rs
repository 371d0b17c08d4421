//! The statements that put a conversion in and change one, and their values.

use crate::{StoreError, derive::Derived, rows::instant_text};
use perennial_domain::{Money, ledger::ConversionFacts};
use rusqlite::{CachedStatement, params};

/// The columns of a row, in the order in which they are bound from `?1`; the first seven never change.
pub(super) const INSERT: &str = "INSERT INTO conversion (id, connection, batch, family, identity, occurrence, native_id,
     program, program_text, plan, plan_text, parent_native_id, kind, tier, occurred_at, occurred_on, click_at, order_ref,
     customer_ref, sub_ids, sub_id_key, currency, sale, commission, approval, approval_text, payment, payment_text,
     lock_at, approved_at, reversed_at, reason, source_updated_at, link, matures_on, earned, paid, raw, raw_hash)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
     ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39)
 ON CONFLICT (connection, family, identity, occurrence) DO NOTHING";
pub(super) const UPDATE: &str = "UPDATE conversion SET program = ?8, program_text = ?9, plan = ?10, plan_text = ?11,
     parent_native_id = coalesce(?12, parent_native_id), kind = ?13, tier = ?14, occurred_at = ?15, occurred_on = ?16, click_at = ?17, order_ref = ?18,
     customer_ref = ?19, sub_ids = ?20, sub_id_key = ?21, currency = ?22, sale = ?23, commission = ?24, approval = ?25,
     approval_text = ?26, payment = ?27, payment_text = ?28, lock_at = ?29, approved_at = ?30, reversed_at = ?31,
     reason = ?32, source_updated_at = ?33, link = ?34, matures_on = ?35, earned = ?36, paid = ?37, raw = ?38, raw_hash = ?39
 WHERE id = ?1";

/// What tells a record from its siblings: the source's id, else the record itself and which of several equal ones.
pub(super) fn identity(facts: &ConversionFacts) -> (&str, u32) {
    facts
        .native_id
        .as_deref()
        .map_or((facts.raw_hash.as_str(), facts.occurrence), |id| (id, 0))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one statement's values, bound in one place"
)]
pub(super) fn bind(
    statement: &mut CachedStatement<'_>,
    id: &str,
    connection: &str,
    batch: &str,
    (identity, occurrence): (&str, u32),
    facts: &ConversionFacts,
    key: &str,
    derived: &Derived,
) -> Result<bool, StoreError> {
    let sub_ids = if facts.sub_ids.is_empty() {
        "[]".to_owned()
    } else {
        serde_json::to_string(&facts.sub_ids)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?
    };
    let instant = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(instant_text);
    let changed = statement.execute(params![
        id,
        connection,
        batch,
        facts.kind.family(),
        identity,
        occurrence,
        facts.native_id,
        derived.program.as_deref(),
        facts.program_text,
        derived.plan.as_deref(),
        facts.plan_text,
        facts.parent_native_id,
        facts.kind.word(),
        facts.tier.word(),
        instant_text(facts.occurred_at),
        derived.occurred_on.to_string(),
        instant(facts.click_at),
        facts.order_ref,
        facts.customer_ref,
        sub_ids,
        key,
        facts.currency.code(),
        facts.sale.map(Money::micros),
        facts.commission.map(Money::micros),
        facts.approval.word(),
        facts.approval_text,
        facts.payment.word(),
        facts.payment_text,
        instant(facts.lock_at),
        instant(facts.approved_at),
        instant(facts.reversed_at),
        facts.reason,
        instant(facts.source_updated_at),
        derived.link.as_deref(),
        derived.matures_on.to_string(),
        derived.earned,
        derived.paid,
        facts.raw,
        facts.raw_hash,
    ])?;
    Ok(changed > 0)
}
