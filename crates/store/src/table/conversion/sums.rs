//! What rows add up to. Earned = Reserve + Due + Paid, always: Due is what is left of Earned.
//!
//! Read from the sums that are kept beside the rows (see [`crate::tally`]), so it does not matter how many rows there are.

use crate::{
    Read, StoreError,
    rows::{day, money, parse},
};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{Currency, Money, ids::ProgramId, ledger::Open};
use rusqlite::{Row, ToSql};
use std::collections::BTreeMap;

/// Sums of one key in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The key; none for what has none.
    pub key: Option<String>,
    /// The program, where the key is one of the book's.
    pub program: Option<ProgramId>,
    /// Not reversed.
    pub earned: Money,
    /// Earned and on hold.
    pub reserve: Money,
    /// Earned, matured, not yet paid; below zero where more was paid than earned.
    pub due: Money,
    /// Paid out.
    pub paid: Money,
    /// Reported with a word that is not known.
    pub unknown: Money,
}

/// What sums are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumsBy {
    /// `2026-03`.
    Month,
    /// Slug, or the source's word.
    Program,
    /// `2021/starter-monthly`.
    Plan,
    /// `direct` or `second`.
    Tier,
    /// Name of the link's channel.
    Channel,
    /// Name of the link's campaign.
    Campaign,
    /// Code of the link.
    Link,
}

impl SumsBy {
    /// Every way.
    pub const ALL: &'static [Self] = &[
        Self::Month,
        Self::Program,
        Self::Plan,
        Self::Tier,
        Self::Channel,
        Self::Campaign,
        Self::Link,
    ];

    /// The word of the command line and the window.
    pub fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Program => "program",
            Self::Plan => "plan",
            Self::Tier => "tier",
            Self::Channel => "channel",
            Self::Campaign => "campaign",
            Self::Link => "link",
        }
    }

    /// The way of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|by| by.word() == word)
    }
}

/// What is open of one program and currency, by the day it is due.
pub type OpenDay = Open;

/// Three sums in millionths.
#[derive(Clone, Copy, Default)]
struct Raw {
    earned: i64,
    reserve: i64,
    paid: i64,
}

impl Raw {
    fn add(&mut self, other: Self) {
        self.earned = self.earned.saturating_add(other.earned);
        self.reserve = self.reserve.saturating_add(other.reserve);
        self.paid = self.paid.saturating_add(other.paid);
    }

    fn less(self, other: Self) -> Self {
        Self {
            earned: self.earned.saturating_sub(other.earned),
            reserve: self.reserve.saturating_sub(other.reserve),
            paid: self.paid.saturating_sub(other.paid),
        }
    }

    fn is_zero(self) -> bool {
        self.earned == 0 && self.reserve == 0 && self.paid == 0
    }
}

type Keyed = BTreeMap<(Option<String>, String), Raw>;

fn sums((key, currency): (Option<String>, String), raw: Raw) -> Result<Sums, StoreError> {
    let due = raw
        .earned
        .saturating_sub(raw.reserve)
        .saturating_sub(raw.paid);
    Ok(Sums {
        key,
        program: None,
        earned: money(raw.earned, &currency)?,
        reserve: money(raw.reserve, &currency)?,
        due: money(due, &currency)?,
        paid: money(raw.paid, &currency)?,
        unknown: money(0, &currency)?,
    })
}

/// A key that is empty is none.
fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Runs a statement whose values are named, and hands each row on.
fn each(
    read: &Read<'_>,
    sql: &str,
    values: &[(&str, &dyn ToSql)],
    mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// What every program owes on a day, by currency, counting what had happened by then.
///
/// # Errors
/// Where the book cannot be read.
pub fn owed(
    read: &Read<'_>,
    on: NaiveDate,
    program: Option<ProgramId>,
) -> Result<Vec<Sums>, StoreError> {
    let mut found: BTreeMap<(bool, Option<String>, String), Sums> = BTreeMap::new();
    let on = on.to_string();
    let program = program.map(|id| id.to_string());
    let narrow = narrowed(program.as_ref(), "d.program");
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":today", &on)];
    if let Some(program) = &program {
        values.push((":program", program));
    }
    let mut reserves: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    each(
        read,
        &format!(
            "SELECT d.program, d.other, d.currency, sum(d.amount) FROM ledger_open d
             WHERE d.matures_on > :today AND d.occurred_on <= :today {narrow} GROUP BY 1, 2, 3"
        ),
        &values,
        |row| {
            reserves.insert((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?);
            Ok(())
        },
    )?;
    each(
        read,
        &format!(
            "SELECT d.program, d.other, d.currency, sum(d.earned), sum(d.paid), sum(d.unknown),
                 (SELECT slug FROM program p WHERE p.id = d.program)
             FROM ledger_day d WHERE d.occurred_on <= :today {narrow} GROUP BY 1, 2, 3"
        ),
        &values,
        |row| {
            let (id, other, currency): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let raw = Raw {
                earned: row.get(3)?,
                paid: row.get(4)?,
                reserve: reserves
                    .get(&(id.clone(), other.clone(), currency.clone()))
                    .copied()
                    .unwrap_or(0),
            };
            let id = some(id);
            let key = if id.is_some() {
                row.get(6)?
            } else {
                some(other)
            };
            let mut one = sums((key.clone(), currency.clone()), raw)?;
            one.unknown = money(row.get(5)?, &currency)?;
            one.program = id.as_deref().map(parse).transpose()?;
            found.insert((id.is_none(), key, currency), one);
            Ok(())
        },
    )?;
    Ok(found.into_values().collect())
}

fn narrowed(program: Option<&String>, column: &str) -> String {
    program.map_or_else(String::new, |_| format!("AND {column} = :program"))
}

/// What is open of one program in one currency, by the day it is due, counting what had happened by a day. What waits for a
/// number of sales is left out: nobody knows when it is due.
///
/// # Errors
/// Where the book cannot be read.
pub fn open_days(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    on: NaiveDate,
) -> Result<Vec<OpenDay>, StoreError> {
    let mut days = Vec::new();
    each(
        read,
        "SELECT matures_on, sum(amount) FROM ledger_open
         WHERE program = :program AND occurred_on <= :on AND currency = :currency AND amount <> 0 AND matures_on < '9999-12-31'
         GROUP BY matures_on ORDER BY 1",
        &[
            (":program", &program.to_string()),
            (":currency", &currency.code()),
            (":on", &on.to_string()),
        ],
        |row| {
            days.push(Open {
                matures_on: day(&row.get::<_, String>(0)?)?,
                amount: Money::from_micros(row.get(1)?, currency),
            });
            Ok(())
        },
    )?;
    Ok(days)
}

/// Sums by a key, of the days from `from` to `to`, standing as of `today`. By plan, tier, link, channel and campaign the
/// days are taken as whole months.
///
/// # Errors
/// Where the book cannot be read.
pub fn earnings(
    read: &Read<'_>,
    by: SumsBy,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    program: Option<ProgramId>,
    today: NaiveDate,
) -> Result<Vec<Sums>, StoreError> {
    let span = Span {
        from: from.map_or_else(|| "0000".to_owned(), |day| day.to_string()),
        to: to.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()),
        first_month: from.map_or_else(|| "0000".to_owned(), month),
        last_month: to.map_or_else(|| "9999-12".to_owned(), month),
        today: today.to_string(),
        program: program.map(|id| id.to_string()),
    };
    let found = match by {
        SumsBy::Month => span.days(read, "substr(d.occurred_on, 1, 7)")?,
        SumsBy::Program => span.days(
            read,
            "CASE d.program WHEN '' THEN d.other ELSE (SELECT slug FROM program p WHERE p.id = d.program) END",
        )?,
        SumsBy::Plan => span.with_rest(read, "plan", "d.key")?,
        SumsBy::Tier => span.with_rest(read, "tier", "d.key")?,
        SumsBy::Channel => {
            span.with_rest(read, "channel", "(SELECT name FROM channel h WHERE h.id = d.key)")?
        }
        SumsBy::Campaign => {
            span.with_rest(read, "campaign", "(SELECT name FROM campaign k WHERE k.id = d.key)")?
        }
        SumsBy::Link => span.with_rest(read, "link", "(SELECT code FROM link l WHERE l.id = d.key)")?,
    };
    found.into_iter().map(|(key, raw)| sums(key, raw)).collect()
}

fn month(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Which days, whose, and on which day they are looked at.
struct Span {
    from: String,
    to: String,
    first_month: String,
    last_month: String,
    today: String,
    program: Option<String>,
}

impl Span {
    fn values(&self) -> Vec<(&str, &dyn ToSql)> {
        let mut values: Vec<(&str, &dyn ToSql)> = vec![(":from", &self.from), (":to", &self.to)];
        if let Some(program) = &self.program {
            values.push((":program", program));
        }
        values
    }

    /// Sums of days by a key.
    fn days(&self, read: &Read<'_>, key: &str) -> Result<Keyed, StoreError> {
        let narrow = narrowed(self.program.as_ref(), "d.program");
        let mut found = Keyed::new();
        let within = format!("d.occurred_on BETWEEN :from AND :to {narrow}");
        each(
            read,
            &format!(
                "SELECT {key}, d.currency, sum(d.earned), sum(d.paid) FROM ledger_day d WHERE {within} GROUP BY 1, 2"
            ),
            &self.values(),
            |row| add_settled(&mut found, row),
        )?;
        let mut values = self.values();
        values.push((":today", &self.today));
        each(
            read,
            &format!(
                "SELECT {key}, d.currency, sum(d.amount) FROM ledger_open d
                 WHERE {within} AND d.matures_on > :today GROUP BY 1, 2"
            ),
            &values,
            |row| add_reserve(&mut found, row),
        )?;
        Ok(found)
    }

    /// Sums of a part of the months by a key; what belongs to none of its keys has no key.
    fn with_rest(&self, read: &Read<'_>, part: &str, key: &str) -> Result<Keyed, StoreError> {
        let mut months: Vec<(&str, &dyn ToSql)> = vec![
            (":part", &part),
            (":from", &self.first_month),
            (":to", &self.last_month),
        ];
        if let Some(program) = &self.program {
            months.push((":program", program));
        }
        let narrow = narrowed(self.program.as_ref(), "d.program");
        let within = format!("d.part = :part AND d.month BETWEEN :from AND :to {narrow}");
        let mut found = Keyed::new();
        // Names are looked up once a key, not once a row.
        each(
            read,
            &format!(
                "SELECT {key}, d.currency, d.earned, d.paid FROM (
                     SELECT d.key, d.currency, sum(d.earned) AS earned, sum(d.paid) AS paid
                     FROM ledger_part d WHERE {within} GROUP BY 1, 2) d"
            ),
            &months,
            |row| add_settled(&mut found, row),
        )?;
        months.push((":today", &self.today));
        each(
            read,
            &format!(
                "SELECT {key}, d.currency, d.amount FROM (
                     SELECT d.key, d.currency, sum(d.amount) AS amount
                     FROM ledger_part_open d WHERE {within} AND d.matures_on > :today GROUP BY 1, 2) d"
            ),
            &months,
            |row| add_reserve(&mut found, row),
        )?;
        let whole = Self {
            from: format!("{}-01", self.first_month),
            to: format!("{}-31", self.last_month),
            first_month: String::new(),
            last_month: String::new(),
            today: self.today.clone(),
            program: self.program.clone(),
        };
        let mut covered: BTreeMap<String, Raw> = BTreeMap::new();
        for ((_, currency), raw) in &found {
            covered.entry(currency.clone()).or_default().add(*raw);
        }
        for ((_, currency), raw) in whole.days(read, "NULL")? {
            let rest = raw.less(covered.get(&currency).copied().unwrap_or_default());
            if !rest.is_zero() {
                found.entry((None, currency)).or_default().add(rest);
            }
        }
        Ok(found)
    }
}

fn add_settled(found: &mut Keyed, row: &Row<'_>) -> Result<(), StoreError> {
    let key = row.get::<_, Option<String>>(0)?.and_then(some);
    found.entry((key, row.get(1)?)).or_default().add(Raw {
        earned: row.get(2)?,
        paid: row.get(3)?,
        reserve: 0,
    });
    Ok(())
}

fn add_reserve(found: &mut Keyed, row: &Row<'_>) -> Result<(), StoreError> {
    let key = row.get::<_, Option<String>>(0)?.and_then(some);
    found.entry((key, row.get(1)?)).or_default().add(Raw {
        reserve: row.get(2)?,
        ..Raw::default()
    });
    Ok(())
}

/// New customers and what they earned, one amount a currency: of one link, or of one campaign.
///
/// # Errors
/// Where the book cannot be read.
pub fn brought(read: &Read<'_>, part: Part, id: &str) -> Result<(u64, Vec<Money>), StoreError> {
    let (mut referrals, mut earned) = (0_u64, Vec::new());
    each(
        read,
        "SELECT currency, sum(earned), sum(referrals) FROM ledger_part WHERE part = :part AND key = :key
         GROUP BY currency ORDER BY currency",
        &[(":part", &part.word()), (":key", &id)],
        |row| {
            earned.push(money(row.get(1)?, &row.get::<_, String>(0)?)?);
            referrals += row.get::<_, u64>(2)?;
            Ok(())
        },
    )?;
    Ok((referrals, earned))
}

/// Of what [`brought`] is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A link.
    Link,
    /// A campaign, through its links.
    Campaign,
    /// A channel, through its links.
    Channel,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Campaign => "campaign",
            Self::Channel => "channel",
        }
    }
}
