//! Subscriptions as the ledger shows them: what each customer paid, when, and for which plan.

use crate::{
    Read, StoreError,
    rows::{col, parse, word},
};
use chrono::NaiveDate;
use perennial_domain::{
    ids::ProgramId,
    ledger::{Kind, Tier},
};

/// One payment or reversal of a customer, in the order of the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// The customer as the source knows them; a row without one stands for itself.
    pub customer: String,
    /// Whose sale it was.
    pub tier: Tier,
    /// What happened.
    pub kind: Kind,
    /// The day.
    pub on: NaiveDate,
    /// `2021/starter-monthly`, where recognised.
    pub plan: Option<String>,
}

/// Every payment and reversal of a program's customers, customer by customer, oldest first. Rows that the program took
/// back before paying, that vanished, or whose word is not known, are left out.
///
/// # Errors
/// What `each` returns, or where the book cannot be read.
pub fn payments(
    read: &Read<'_>,
    program: ProgramId,
    mut each: impl FnMut(PaymentRow),
) -> Result<(), StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT connection || ' ' || coalesce(customer_ref, parent_native_id, native_id, id) AS customer,
             tier, kind, occurred_on, plan
         FROM conversion
         WHERE program = ?1 AND vanished = 0 AND approval IN ('pending', 'approved')
             AND kind IN ('sale', 'rebill', 'second_tier', 'refund', 'chargeback')
         ORDER BY customer, tier, occurred_on",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    while let Some(row) = rows.next()? {
        each(PaymentRow {
            customer: col(row, "customer")?,
            tier: word(&col::<String>(row, "tier")?, Tier::parse)?,
            kind: word(&col::<String>(row, "kind")?, Kind::parse)?,
            on: parse(&col::<String>(row, "occurred_on")?)?,
            plan: col(row, "plan")?,
        });
    }
    Ok(())
}
