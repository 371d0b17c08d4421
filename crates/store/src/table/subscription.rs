//! Subscriptions as the ledger shows them: what each customer paid, when, and for which plan.

use crate::{
    Read, StoreError,
    rows::{instant, parse, word},
};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{
    Currency,
    ids::ProgramId,
    ledger::{Kind, Tier},
};
use std::collections::{BTreeMap, HashMap};

/// One payment or reversal of a customer. Texts are borrowed: a large book has very many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentRow<'a> {
    /// Whether another customer (or the same one on another tier) begins with this row.
    pub first: bool,
    /// Whose sale it was.
    pub tier: Tier,
    /// What happened.
    pub kind: Kind,
    /// The day.
    pub on: NaiveDate,
    /// `2021/starter-monthly`, where recognised.
    pub plan: Option<&'a str>,
    /// Id of the link it came through.
    pub link: Option<&'a str>,
    /// The day of the click, where reported.
    pub clicked: Option<NaiveDate>,
}

/// Every payment and reversal of a program's customers, customer by customer, oldest first. Rows that the program took
/// back before paying, that vanished, or whose word is not known, are left out. The customer is the one whom the source
/// knows; a row without one stands for itself.
///
/// # Errors
/// Where the book cannot be read.
pub fn payments(
    read: &Read<'_>,
    program: ProgramId,
    mut each: impl FnMut(PaymentRow<'_>),
) -> Result<(), StoreError> {
    // Word for word the index `conversion_lives`: read in its order, and from it alone.
    let mut statement = read.0.prepare_cached(
        "SELECT connection, coalesce(customer_ref, parent_native_id, native_id, id), tier, occurred_on, kind, plan, link, click_at
         FROM conversion INDEXED BY conversion_lives
         WHERE program = ?1 AND vanished = 0 AND approval IN ('pending', 'approved')
             AND kind IN ('sale', 'rebill', 'second_tier', 'refund', 'chargeback')
         ORDER BY connection, coalesce(customer_ref, parent_native_id, native_id, id), tier, occurred_on",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    let mut before: [String; 3] = Default::default();
    while let Some(row) = rows.next()? {
        let text = |column: usize| -> Result<&str, StoreError> {
            row.get_ref(column)?
                .as_str()
                .map_err(|_| StoreError::Unreadable("a row of the ledger".to_owned()))
        };
        let maybe = |column: usize| -> Result<Option<&str>, StoreError> {
            row.get_ref(column)?
                .as_str_or_null()
                .map_err(|_| StoreError::Unreadable("a row of the ledger".to_owned()))
        };
        let mut first = false;
        for (column, known) in before.iter_mut().enumerate() {
            let now = text(column)?;
            if known != now {
                first = true;
                known.clear();
                known.push_str(now);
            }
        }
        each(PaymentRow {
            first,
            tier: word(text(2)?, Tier::parse)?,
            on: parse(text(3)?)?,
            kind: word(text(4)?, Kind::parse)?,
            plan: maybe(5)?,
            link: maybe(6)?,
            clicked: maybe(7)?
                .map(|text| instant(text).map(|at| at.date_naive()))
                .transpose()?,
        });
    }
    Ok(())
}

/// Where links belong: name of the channel and of the campaign, by the link's id.
///
/// # Errors
/// Where the book cannot be read.
pub fn links(
    read: &Read<'_>,
    program: ProgramId,
) -> Result<HashMap<String, (String, Option<String>)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT l.id, h.name, k.name FROM link l JOIN channel h ON h.id = l.channel
         LEFT JOIN campaign k ON k.id = l.campaign WHERE l.program = ?1",
    )?;
    let rows = statement.query_map([program.to_string()], |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a program's rows earned by month (its first day) and plan, in millionths. Rows without a plan have none.
pub type Monthly = BTreeMap<(NaiveDate, Option<String>), i64>;

/// What a program's rows of one currency earned, reversals taken off, by month and plan, up to a day.
///
/// # Errors
/// Where the book cannot be read.
pub fn monthly(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    until: NaiveDate,
) -> Result<Monthly, StoreError> {
    // Kept sums are of whole months; the month of the day is read from its rows.
    let mut sums = Monthly::new();
    let begins = format!("{:04}-{:02}", until.year(), until.month());
    let mut statement = read.0.prepare_cached(
        "SELECT month, nullif(key, ''), sum(earned) FROM (
             SELECT month, key, earned FROM ledger_part
             WHERE part = 'plan' AND program = ?1 AND currency = ?2 AND month < ?4
             UNION ALL
             SELECT substr(occurred_on, 1, 7), '', earned FROM ledger_day
             WHERE program = ?1 AND currency = ?2 AND occurred_on < ?4
             UNION ALL
             SELECT month, '', -earned FROM ledger_part
             WHERE part = 'plan' AND program = ?1 AND currency = ?2 AND month < ?4
             UNION ALL
             SELECT ?4, coalesce(plan, ''), earned FROM conversion
             WHERE program = ?1 AND currency = ?2 AND occurred_on BETWEEN ?4 || '-01' AND ?3)
         GROUP BY 1, 2",
    )?;
    let mut rows = statement.query((
        program.to_string(),
        currency.code(),
        until.to_string(),
        begins,
    ))?;
    while let Some(row) = rows.next()? {
        let (month, plan): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let amount: i64 = row.get(2)?;
        if plan.is_some() || amount != 0 {
            sums.insert((parse(&format!("{month}-01"))?, plan), amount);
        }
    }
    Ok(sums)
}
