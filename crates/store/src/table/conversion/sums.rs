//! What rows add up to. Earned = Reserve + Due + Paid, always: Due is what is left of Earned.

use crate::{
    Read, StoreError,
    rows::{day, money, parse},
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money, ids::ProgramId, ledger::Open};
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
        self.earned += other.earned;
        self.reserve += other.reserve;
        self.paid += other.paid;
    }

    fn less(self, other: Self) -> Self {
        Self {
            earned: self.earned - other.earned,
            reserve: self.reserve - other.reserve,
            paid: self.paid - other.paid,
        }
    }

    fn is_zero(self) -> bool {
        self.earned == 0 && self.reserve == 0 && self.paid == 0
    }
}

const RAW: &str = "sum(c.earned), sum(CASE WHEN c.matures_on > :today THEN c.earned - c.paid ELSE 0 END), sum(c.paid)";

type Keyed = BTreeMap<(Option<String>, String), Raw>;

fn sums((key, currency): (Option<String>, String), raw: Raw) -> Result<Sums, StoreError> {
    Ok(Sums {
        key,
        program: None,
        earned: money(raw.earned, &currency)?,
        reserve: money(raw.reserve, &currency)?,
        due: money(raw.earned - raw.reserve - raw.paid, &currency)?,
        paid: money(raw.paid, &currency)?,
        unknown: money(0, &currency)?,
    })
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
    let (on_text, program_text) = (on.to_string(), program.map(|id| id.to_string()));
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT c.program, p.slug, CASE WHEN c.program IS NULL THEN c.program_text END AS text, c.currency, {RAW}
         FROM conversion c LEFT JOIN program p ON p.id = c.program
         WHERE c.occurred_on <= :today AND (:program IS NULL OR c.program = :program)
         GROUP BY c.program, text, c.currency"
    ))?;
    let mut rows = statement.query(&[
        (":today", &on_text as &dyn rusqlite::ToSql),
        (":program", &program_text),
    ])?;
    while let Some(row) = rows.next()? {
        let id: Option<String> = row.get(0)?;
        let key: Option<String> = if id.is_some() {
            row.get(1)?
        } else {
            row.get(2)?
        };
        let raw = Raw {
            earned: row.get(4)?,
            reserve: row.get(5)?,
            paid: row.get(6)?,
        };
        let currency: String = row.get(3)?;
        let mut one = sums((key.clone(), currency.clone()), raw)?;
        one.program = id.as_deref().map(parse).transpose()?;
        found.insert((id.is_none(), key, currency), one);
    }
    let mut statement = read.0.prepare_cached(
        "SELECT p.slug, c.program_text, c.program IS NULL, c.currency, sum(c.commission)
         FROM conversion c LEFT JOIN program p ON p.id = c.program
         WHERE c.approval = 'other' AND c.occurred_on <= :today AND (:program IS NULL OR c.program = :program)
         GROUP BY c.program, CASE WHEN c.program IS NULL THEN c.program_text END, c.currency",
    )?;
    let mut rows = statement.query(&[
        (":today", &on_text as &dyn rusqlite::ToSql),
        (":program", &program_text),
    ])?;
    while let Some(row) = rows.next()? {
        let foreign: bool = row.get(2)?;
        let key: Option<String> = if foreign { row.get(1)? } else { row.get(0)? };
        let currency: String = row.get(3)?;
        if let (Some(one), Some(micros)) = (
            found.get_mut(&(foreign, key, currency.clone())),
            row.get::<_, Option<i64>>(4)?,
        ) {
            one.unknown = money(micros, &currency)?;
        }
    }
    Ok(found.into_values().collect())
}

/// What is open of one program in one currency, by the day it is due, counting what had happened by a day.
///
/// # Errors
/// Where the book cannot be read.
pub fn open_days(
    read: &Read<'_>,
    program: ProgramId,
    currency: Currency,
    on: NaiveDate,
) -> Result<Vec<OpenDay>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT matures_on, sum(earned - paid) FROM conversion
         WHERE program = ?1 AND currency = ?2 AND occurred_on <= ?3 AND earned <> paid GROUP BY matures_on ORDER BY 1",
    )?;
    let mut rows = statement.query((program.to_string(), currency.code(), on.to_string()))?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        days.push(Open {
            matures_on: day(&row.get::<_, String>(0)?)?,
            amount: Money::from_micros(row.get(1)?, currency),
        });
    }
    Ok(days)
}

/// Sums by a key, of the days from `from` to `to`, standing as of `today`.
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
    let days = (
        from.map_or_else(|| "0000".to_owned(), |day| day.to_string()),
        to.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()),
    );
    let program = program.map(|id| id.to_string());
    let run = |key: &str, rest: &str| -> Result<Keyed, StoreError> {
        let narrow = if program.is_some() {
            "AND c.program = :program"
        } else {
            ""
        };
        let mut statement = read.0.prepare_cached(&format!(
            "SELECT {key}, c.currency, {RAW} FROM conversion c {rest} AND c.occurred_on BETWEEN :from AND :to {narrow}
             GROUP BY 1, 2"
        ))?;
        let today = today.to_string();
        let mut values: Vec<(&str, &dyn rusqlite::ToSql)> =
            vec![(":today", &today), (":from", &days.0), (":to", &days.1)];
        if program.is_some() {
            values.push((":program", &program));
        }
        let mut rows = statement.query(values.as_slice())?;
        let mut found = Keyed::new();
        while let Some(row) = rows.next()? {
            let raw = Raw {
                earned: row.get(2)?,
                reserve: row.get(3)?,
                paid: row.get(4)?,
            };
            found
                .entry((row.get(0)?, row.get(1)?))
                .or_default()
                .add(raw);
        }
        Ok(found)
    };
    let found = match by {
        SumsBy::Month => run("substr(c.occurred_on, 1, 7)", "WHERE 1")?,
        SumsBy::Plan => run("c.plan", "WHERE 1")?,
        SumsBy::Program => run(
            "CASE WHEN c.program IS NULL THEN c.program_text ELSE p.slug END",
            "LEFT JOIN program p ON p.id = c.program WHERE 1",
        )?,
        SumsBy::Channel | SumsBy::Campaign | SumsBy::Link => {
            let name = match by {
                SumsBy::Channel => {
                    "SELECT l.id, h.name FROM link l JOIN channel h ON h.id = l.channel"
                }
                SumsBy::Campaign => {
                    "SELECT l.id, k.name FROM link l LEFT JOIN campaign k ON k.id = l.campaign"
                }
                _ => "SELECT l.id, l.code FROM link l",
            };
            attributed(
                read,
                name,
                &run("c.link", "WHERE c.link IS NOT NULL")?,
                &run("NULL", "WHERE 1")?,
            )?
        }
    };
    found.into_iter().map(|(key, raw)| sums(key, raw)).collect()
}

/// Sums of links by what the links are for; the rest of everything has no key.
fn attributed(
    read: &Read<'_>,
    names: &str,
    links: &Keyed,
    all: &Keyed,
) -> Result<Keyed, StoreError> {
    let mut statement = read.0.prepare_cached(names)?;
    let mut rows = statement.query([])?;
    let mut name_of: BTreeMap<String, Option<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        name_of.insert(row.get(0)?, row.get(1)?);
    }
    let mut found = Keyed::new();
    let mut covered: BTreeMap<&str, Raw> = BTreeMap::new();
    for ((link, currency), raw) in links {
        let name = link
            .as_ref()
            .and_then(|link| name_of.get(link).cloned())
            .flatten();
        found.entry((name, currency.clone())).or_default().add(*raw);
        covered.entry(currency).or_default().add(*raw);
    }
    for ((_, currency), raw) in all {
        let rest = raw.less(covered.get(currency.as_str()).copied().unwrap_or_default());
        if !rest.is_zero() {
            found.entry((None, currency.clone())).or_default().add(rest);
        }
    }
    Ok(found)
}
