//! Referred customers: whom the ledger's rows tell of, and what the user keeps of them.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, instant, money, parse, word},
};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    ids::{ReferralEventId, ReferralId},
    ledger::{Kind, Tier},
    referral::Stage,
};
use rusqlite::{OptionalExtension as _, Row, params};

/// Rows of one customer that are read at most; somebody who pays each month for 80 years has fewer.
const ROWS: u32 = 1_000;

/// A customer whom a source reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Id of the connection.
    pub connection: String,
    /// Its name.
    pub connection_name: String,
    /// As the source, or the book in place of it, names the customer.
    pub customer: String,
    /// The day of the newest row.
    pub last_on: NaiveDate,
    /// Id of the newest row; with the day it is where the next page begins.
    pub last_row: String,
}

/// A row of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Id in the ledger.
    pub id: String,
    /// Id of the program, where it is one of the book's.
    pub program: Option<String>,
    /// What happened.
    pub kind: Kind,
    /// Whose sale.
    pub tier: Tier,
    /// The day.
    pub on: NaiveDate,
    /// The day of the click.
    pub clicked: Option<NaiveDate>,
    /// `2021/starter-monthly`, or the source's word.
    pub plan: Option<String>,
    /// What was sold.
    pub sale: Option<Money>,
    /// What it earned; zero where it was reversed.
    pub earned: Money,
    /// What of it is paid.
    pub paid: Money,
    /// Whether the program took it back before paying.
    pub reversed: bool,
    /// Code of the link.
    pub link: Option<String>,
}

/// What the user keeps of a referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralRow {
    /// Identity.
    pub id: ReferralId,
    /// Slug of the program.
    pub program: Option<String>,
    /// Id of the connection and the customer there; none for one noted by hand alone.
    pub customer: Option<(String, String)>,
    /// What the user calls them.
    pub alias: String,
    /// In the user's words.
    pub note: String,
}

/// Something noted of a referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Identity.
    pub id: ReferralEventId,
    /// What was reached.
    pub stage: Stage,
    /// The day.
    pub on: NaiveDate,
    /// The plan.
    pub plan: Option<String>,
    /// In the user's words.
    pub note: String,
}

/// Customers, the one heard of last first; each at its newest row.
///
/// # Errors
/// Where the book cannot be read.
pub fn customers(
    read: &Read<'_>,
    program: Option<&str>,
    search: &str,
    after: Option<(&str, &str)>,
    limit: u32,
) -> Result<Vec<Customer>, StoreError> {
    let (day, id) = after.unwrap_or(("9999-12-31", "~"));
    let mut statement = read.0.prepare_cached(
        "SELECT c.connection, n.name, c.customer_ref, c.occurred_on, c.id
         FROM conversion c INDEXED BY conversion_by_customer_day CROSS JOIN connection n ON n.id = c.connection
         WHERE c.customer_ref IS NOT NULL AND (c.occurred_on, c.id) < (?1, ?2) AND (?3 IS NULL OR c.program = ?3)
             AND (?4 = '' OR c.customer_ref LIKE ?5 ESCAPE '\\'
                  OR EXISTS (SELECT 1 FROM referral r WHERE r.connection = c.connection AND r.customer = c.customer_ref
                             AND (r.alias LIKE ?5 ESCAPE '\\' OR r.note LIKE ?5 ESCAPE '\\')))
             AND NOT EXISTS (SELECT 1 FROM conversion d WHERE d.connection = c.connection
                 AND d.customer_ref = c.customer_ref AND (d.occurred_on, d.id) > (c.occurred_on, c.id)
                 AND (?3 IS NULL OR d.program = ?3))
         ORDER BY c.occurred_on DESC, c.id DESC LIMIT ?6",
    )?;
    let search = search.trim();
    let mut rows = statement.query(params![
        day,
        id,
        program,
        search,
        super::link::like(search),
        limit
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Customer {
            connection: row.get(0)?,
            connection_name: row.get(1)?,
            customer: row.get(2)?,
            last_on: self::day(&row.get::<_, String>(3)?)?,
            last_row: row.get(4)?,
        });
    }
    Ok(found)
}

/// A customer of a connection, by the name the ledger has for them; none where no row has it.
///
/// # Errors
/// Where the book cannot be read.
pub fn customer(
    read: &Read<'_>,
    connection: Option<&str>,
    customer: &str,
) -> Result<Vec<Customer>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT n.id, n.name, c.customer_ref, max(c.occurred_on), max(c.id)
         FROM connection n JOIN conversion c ON c.connection = n.id AND c.customer_ref = ?2
         WHERE ?1 IS NULL OR n.id = ?1 GROUP BY n.id ORDER BY n.id",
    )?;
    let mut rows = statement.query(params![connection, customer])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Customer {
            connection: row.get(0)?,
            connection_name: row.get(1)?,
            customer: row.get(2)?,
            last_on: day(&row.get::<_, String>(3)?)?,
            last_row: row.get(4)?,
        });
    }
    Ok(found)
}

/// A customer's rows, the earliest first. Rows that vanished or whose status is not known are left out.
///
/// # Errors
/// Where the book cannot be read.
pub fn rows_of(
    read: &Read<'_>,
    connection: &str,
    customer: &str,
) -> Result<Vec<CustomerRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT c.id, c.program, c.kind, c.tier, c.occurred_on, c.click_at, coalesce(c.plan, c.plan_text) AS plan, c.sale,
             c.earned, c.paid, c.currency, c.approval, (SELECT code FROM link l WHERE l.id = c.link) AS link
         FROM conversion c
         WHERE c.connection = ?1 AND c.customer_ref = ?2 AND c.vanished = 0 AND c.approval <> 'other'
         ORDER BY c.occurred_on, c.id LIMIT ?3",
    )?;
    let mut rows = statement.query(params![connection, customer, ROWS])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = col(row, "currency")?;
        let clicked: Option<String> = col(row, "click_at")?;
        found.push(CustomerRow {
            id: col(row, "id")?,
            program: col(row, "program")?,
            kind: word(&col::<String>(row, "kind")?, Kind::parse)?,
            tier: word(&col::<String>(row, "tier")?, Tier::parse)?,
            on: day(&col::<String>(row, "occurred_on")?)?,
            clicked: clicked
                .map(|text| instant(&text).map(|at| at.date_naive()))
                .transpose()?,
            plan: col(row, "plan")?,
            sale: col::<Option<i64>>(row, "sale")?
                .map(|micros| money(micros, &currency))
                .transpose()?,
            earned: money(col(row, "earned")?, &currency)?,
            paid: money(col(row, "paid")?, &currency)?,
            reversed: col::<String>(row, "approval")? == "reversed",
            link: col(row, "link")?,
        });
    }
    Ok(found)
}

/// Until which day the rows of a connection speak.
///
/// # Errors
/// Where the book cannot be read.
pub fn known_until(
    read: &Read<'_>,
    program: Option<&str>,
) -> Result<Option<NaiveDate>, StoreError> {
    let last: Option<String> = read
        .0
        .prepare_cached("SELECT max(occurred_on) FROM ledger_day WHERE program = ?1")?
        .query_row([program.unwrap_or_default()], |row| row.get(0))?;
    last.as_deref().map(day).transpose()
}

const KEPT: &str = "SELECT r.id, p.slug, r.connection, r.customer, r.alias, r.note
     FROM referral r LEFT JOIN program p ON p.id = r.program";

fn kept(row: &Row<'_>) -> Result<ReferralRow, StoreError> {
    let connection: Option<String> = row.get(2)?;
    Ok(ReferralRow {
        id: parse(&row.get::<_, String>(0)?)?,
        program: row.get(1)?,
        customer: connection.zip(row.get::<_, Option<String>>(3)?),
        alias: row.get(4)?,
        note: row.get(5)?,
    })
}

/// What the user keeps of a customer.
///
/// # Errors
/// Where the book cannot be read.
pub fn of_customer(
    read: &Read<'_>,
    connection: &str,
    customer: &str,
) -> Result<Option<ReferralRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{KEPT} WHERE r.connection = ?1 AND r.customer = ?2"
    ))?;
    let found = statement
        .query_row([connection, customer], |row| Ok(kept(row)))
        .optional()?;
    found.transpose()
}

/// A referral by its id or the name the user gave.
///
/// # Errors
/// Where the book cannot be read.
pub fn find(read: &Read<'_>, id_or_alias: &str) -> Result<Option<ReferralRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{KEPT} WHERE r.id = ?1 OR r.alias = ?1 COLLATE NOCASE ORDER BY r.id = ?1 DESC, r.id LIMIT 1"
    ))?;
    let found = statement
        .query_row([id_or_alias.trim()], |row| Ok(kept(row)))
        .optional()?;
    found.transpose()
}

/// Those noted by hand alone, the newest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn by_hand(
    read: &Read<'_>,
    program: Option<&str>,
    search: &str,
) -> Result<Vec<ReferralRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{KEPT} WHERE r.connection IS NULL AND (?1 IS NULL OR r.program = ?1)
             AND (r.alias LIKE ?2 ESCAPE '\\' OR r.note LIKE ?2 ESCAPE '\\') ORDER BY r.id DESC"
    ))?;
    let mut rows = statement.query(params![program, super::link::like(search)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(kept(row)?);
    }
    Ok(found)
}

/// What was noted of a referral, the earliest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn events(read: &Read<'_>, referral: ReferralId) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT id, stage, happened_on, plan, note FROM referral_event WHERE referral = ?1 ORDER BY happened_on, id",
    )?;
    let mut rows = statement.query([referral.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(EventRow {
            id: parse(&row.get::<_, String>(0)?)?,
            stage: word(&row.get::<_, String>(1)?, Stage::parse)?,
            on: day(&row.get::<_, String>(2)?)?,
            plan: row.get(3)?,
            note: row.get(4)?,
        });
    }
    Ok(found)
}

/// Keeps a referral, or changes what is kept under its id; `program` is an id.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(
    write: &Write<'_>,
    referral: &ReferralRow,
    program: Option<&str>,
) -> Result<(), StoreError> {
    let (connection, customer) = referral.customer.clone().unzip();
    write.0.execute(
        "INSERT INTO referral (id, program, connection, customer, alias, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET program = excluded.program, alias = excluded.alias, note = excluded.note,
             revision = revision + 1",
        params![
            referral.id.to_string(),
            program,
            connection,
            customer,
            referral.alias,
            referral.note
        ],
    )?;
    Ok(())
}

/// Forgets what is kept of a referral; rows of the ledger stay.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: ReferralId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM referral WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// Notes something of a referral.
///
/// # Errors
/// Where the book cannot be written.
pub fn note(write: &Write<'_>, referral: ReferralId, event: &EventRow) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO referral_event (id, referral, stage, happened_on, plan, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            event.id.to_string(),
            referral.to_string(),
            event.stage.word(),
            event.on.to_string(),
            event.plan,
            event.note
        ],
    )?;
    Ok(())
}

/// Takes a note out; says whether there was one.
///
/// # Errors
/// Where the book cannot be written.
pub fn unnote(write: &Write<'_>, event: &str) -> Result<bool, StoreError> {
    Ok(write
        .0
        .execute("DELETE FROM referral_event WHERE id = ?1", [event.trim()])?
        > 0)
}
