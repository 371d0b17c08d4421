//! The ledger as the audit reads it: customer by customer, in one pass.

use crate::{
    Read, StoreError, derive,
    rows::{parse, word},
    table::{program, setting, terms},
};
use chrono::{Months, NaiveDate};
use perennial_domain::{
    Currency, Money,
    audit::{Program, Row, SaleOf},
    ids::ProgramId,
    ledger::{Approval, Kind, Tier},
};
use std::collections::HashMap;

/// Every program with what the audit needs of it, in one order with their ids.
///
/// # Errors
/// Where the book cannot be read.
pub fn programs(read: &Read<'_>) -> Result<(Vec<ProgramId>, Vec<Program>), StoreError> {
    let late_after = late_after(read)?;
    let (mut ids, mut programs) = (Vec::new(), Vec::new());
    for row in program::list(read)? {
        programs.push(Program {
            versions: terms::versions(read, row.id)?,
            sets: terms::plan_sets(read, row.id)?,
            sales: sales(read, row.id)?,
            approved_sales: approved(read, row.id)?,
            paid_until: paid_until(read, row.id)?,
            late_after,
        });
        ids.push(row.id);
    }
    Ok((ids, programs))
}

/// Setting with the days that a payment may take beyond those of the terms.
pub const LATE_AFTER: &str = "late_after";

/// Days that a payment may take beyond those of the terms before it is late, where the user said nothing else.
pub const PATIENCE: u32 = 10;

/// Days that a payment may take beyond those that the terms say, before it counts as late.
///
/// # Errors
/// Where the book cannot be read.
pub fn late_after(read: &Read<'_>) -> Result<u32, StoreError> {
    let kept = setting::get(read, LATE_AFTER)?;
    Ok(kept.and_then(|text| text.parse().ok()).unwrap_or(PATIENCE))
}

/// Own sales by day and currency, of a program whose terms have tiers by them; of others nobody asks.
fn sales(read: &Read<'_>, program: ProgramId) -> Result<Vec<(NaiveDate, Money)>, StoreError> {
    let tiered: bool = read.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM terms_version v JOIN term_value t ON t.terms_version = v.id
         WHERE v.program = ?1 AND t.key = 'sales_tiers')",
        [program.to_string()],
        |row| row.get(0),
    )?;
    if !tiered {
        return Ok(Vec::new());
    }
    let mut statement = read.0.prepare_cached(
        "SELECT occurred_on, currency, sum(sale) FROM conversion
         WHERE program = ?1 AND tier = 'direct' AND kind IN ('sale', 'rebill') AND approval IN ('pending', 'approved')
             AND sale IS NOT NULL GROUP BY occurred_on, currency ORDER BY occurred_on",
    )?;
    let mut rows = statement.query([program.to_string()])?;
    let mut sales = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: Currency = parse(&row.get::<_, String>(1)?)?;
        let amount = Money::from_micros(row.get(2)?, currency);
        sales.push((parse(&row.get::<_, String>(0)?)?, amount));
    }
    Ok(sales)
}

fn approved(read: &Read<'_>, program: ProgramId) -> Result<u32, StoreError> {
    let asked: bool = read.0.query_row(
        "SELECT EXISTS (SELECT 1 FROM terms_version v JOIN term_value t ON t.terms_version = v.id
         WHERE v.program = ?1 AND t.key = 'min_sales')",
        [program.to_string()],
        |row| row.get(0),
    )?;
    if !asked {
        return Ok(0);
    }
    Ok(read.0.query_row(
        "SELECT count(*) FROM conversion WHERE program = ?1 AND tier = 'direct' AND kind = 'sale' AND approval = 'approved'",
        [program.to_string()],
        |row| row.get(0),
    )?)
}

/// The day on which a program's sale of this number was approved, counted from one; none while there are too few.
///
/// # Errors
/// Where the book cannot be read.
pub fn reached(
    read: &Read<'_>,
    program: ProgramId,
    sales: u32,
) -> Result<Option<NaiveDate>, StoreError> {
    derive::reached(read, &program.to_string(), sales)
}

/// How far payments of the program reach that the user recorded or a network names.
fn paid_until(read: &Read<'_>, program: ProgramId) -> Result<Option<NaiveDate>, StoreError> {
    let newest: Option<String> = read.0.query_row(
        "SELECT max(day) FROM (
             SELECT max(sent_on) AS day FROM payout WHERE program = ?1
             UNION ALL
             SELECT max(matures_on) FROM conversion WHERE program = ?1 AND paid > 0 AND matures_on < '9999-12-31')",
        [program.to_string()],
        |row| row.get(0),
    )?;
    newest.as_deref().map(parse).transpose()
}

/// The own sales of a program in the twelve months before a day, the day itself left out.
///
/// # Errors
/// Where the book cannot be read.
pub fn volume(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    day: NaiveDate,
) -> Result<Money, StoreError> {
    let from = day
        .checked_sub_months(Months::new(12))
        .unwrap_or(NaiveDate::MIN);
    let micros: i64 = read.0.query_row(
        "SELECT coalesce(sum(sale), 0) FROM conversion
         WHERE program = ?1 AND currency = ?2 AND occurred_on >= ?3 AND occurred_on < ?4
             AND tier = 'direct' AND kind IN ('sale', 'rebill') AND approval IN ('pending', 'approved')",
        (
            program.to_string(),
            currency.code(),
            from.to_string(),
            day.to_string(),
        ),
        |row| row.get(0),
    )?;
    Ok(Money::from_micros(micros, currency))
}

/// Every row of the ledger, or of one program: those of one customer together, in the order of their days.
///
/// # Errors
/// Where the book cannot be read.
pub fn rows(
    read: &Read<'_>,
    programs: &[ProgramId],
    only: Option<ProgramId>,
    mut each: impl FnMut(&Row),
) -> Result<(), StoreError> {
    let index: HashMap<String, usize> = programs
        .iter()
        .enumerate()
        .map(|(index, id)| (id.to_string(), index))
        .collect();
    let mut statement = read.0.prepare_cached(
        "SELECT c.id, c.program, c.connection || ' ' || coalesce(c.customer_ref, c.parent_native_id, c.native_id, c.id) AS customer,
                c.kind, c.tier, c.occurred_on, c.matures_on, c.plan, c.plan_text, c.currency, c.sale, c.commission, c.approval,
                c.paid, c.vanished, c.parent_native_id, p.id, p.sale, p.commission, p.occurred_on, p.currency,
                (SELECT e.before FROM status_event e WHERE e.conversion = c.id AND e.field = 'commission' ORDER BY e.id LIMIT 1)
         FROM conversion c
         LEFT JOIN conversion p ON c.family = 'reversal' AND c.parent_native_id IS NOT NULL
             AND p.connection = c.connection AND p.family = 'conversion' AND p.identity = c.parent_native_id AND p.occurrence = 0
         WHERE ?1 IS NULL OR c.program = ?1
         ORDER BY c.program, customer, c.tier, c.occurred_on, c.rowid",
    )?;
    let mut rows = statement.query([only.map(|id| id.to_string())])?;
    let mut known = Known::default();
    while let Some(row) = rows.next()? {
        each(&read_row(row, &index, &mut known)?);
    }
    Ok(())
}

/// The currency of the row before: a ledger has few, and reading a code takes longer than comparing it.
#[derive(Default)]
struct Known(Option<(String, Currency)>);

impl Known {
    fn currency(&mut self, code: &str) -> Result<Currency, StoreError> {
        if let Some((known, currency)) = &self.0
            && known == code
        {
            return Ok(*currency);
        }
        let currency = parse(code)?;
        self.0 = Some((code.to_owned(), currency));
        Ok(currency)
    }
}

fn read_row(
    row: &rusqlite::Row<'_>,
    index: &HashMap<String, usize>,
    known: &mut Known,
) -> Result<Row, StoreError> {
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
    let currency = known.currency(text(9)?)?;
    let amount = |column: usize| -> Result<Option<Money>, StoreError> {
        Ok(row
            .get::<_, Option<i64>>(column)?
            .map(|micros| Money::from_micros(micros, currency)))
    };
    let sale_of = match (maybe(15)?, maybe(16)?) {
        (Some(_), Some(_)) => {
            let theirs: Currency = known.currency(text(20)?)?;
            let of = |column: usize| -> Result<Option<Money>, StoreError> {
                Ok(row
                    .get::<_, Option<i64>>(column)?
                    .map(|micros| Money::from_micros(micros, theirs)))
            };
            SaleOf::Known {
                sale: of(17)?,
                commission: of(18)?,
                day: parse(text(19)?)?,
            }
        }
        (Some(id), None) => SaleOf::Missing(id.to_owned()),
        (None, _) => SaleOf::Unnamed,
    };
    Ok(Row {
        id: parse(text(0)?)?,
        program: maybe(1)?.and_then(|id| index.get(id).copied()),
        customer: text(2)?.to_owned(),
        kind: word(text(3)?, Kind::parse)?,
        tier: word(text(4)?, Tier::parse)?,
        day: parse(text(5)?)?,
        matures_on: parse(text(6)?)?,
        plan: maybe(7)?.map(str::to_owned),
        product: maybe(8)?.map(str::to_owned),
        currency,
        sale: amount(10)?,
        commission: amount(11)?,
        approval: word(text(12)?, Approval::parse)?,
        paid: amount(13)?.unwrap_or_else(|| Money::zero(currency)),
        vanished: row.get(14)?,
        first_reported: maybe(21)?.and_then(|text| first(text, currency)),
        sale_of,
    })
}

/// The amount of a change as the journal of changes writes it, such as `39.60 USD`.
fn first(text: &str, currency: Currency) -> Option<Money> {
    let (amount, code) = text.split_once(' ').unwrap_or((text, currency.code()));
    (code == currency.code())
        .then(|| Money::parse(amount, currency).ok())
        .flatten()
}
