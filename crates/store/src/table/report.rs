//! What reports count beside sums: sales, refunds, clicks, days; and the statement of a year.

use super::conversion::{Sums, SumsBy};
use crate::{
    Read, StoreError,
    rows::{day, money},
};
use chrono::NaiveDate;
use perennial_domain::{Money, ids::ProgramId};
use rusqlite::ToSql;
use std::collections::BTreeMap;

/// What a report is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportBy {
    /// What sums are made by.
    Sums(SumsBy),
    /// Where the customer is, in the source's word.
    Country,
}

impl ReportBy {
    /// Every word, in the order it is offered.
    pub fn words() -> impl Iterator<Item = &'static str> {
        SumsBy::ALL
            .iter()
            .map(|by| by.word())
            .chain(std::iter::once("country"))
    }

    /// The word of the command line and the window.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sums(by) => by.word(),
            Self::Country => "country",
        }
    }

    /// The one of a word.
    pub fn parse(word: &str) -> Option<Self> {
        if word == "country" {
            return Some(Self::Country);
        }
        SumsBy::parse(word).map(Self::Sums)
    }

    /// The key of a row, and what has to be joined for it.
    fn key(self) -> (&'static str, &'static str) {
        const LINKS: &str =
            "LEFT JOIN link l ON l.id = c.link LEFT JOIN channel h ON h.id = l.channel
                             LEFT JOIN campaign k ON k.id = l.campaign";
        match self {
            Self::Country => ("c.country", ""),
            Self::Sums(SumsBy::Month) => ("substr(c.occurred_on, 1, 7)", ""),
            Self::Sums(SumsBy::Program) => (
                "CASE WHEN c.program IS NULL THEN c.program_text ELSE p.slug END",
                "LEFT JOIN program p ON p.id = c.program",
            ),
            Self::Sums(SumsBy::Plan) => ("c.plan", ""),
            Self::Sums(SumsBy::Tier) => ("c.tier", ""),
            Self::Sums(SumsBy::Channel) => ("h.name", LINKS),
            Self::Sums(SumsBy::Campaign) => ("k.name", LINKS),
            Self::Sums(SumsBy::Link) => ("l.code", LINKS),
        }
    }

    /// The key of a click; none where clicks have none.
    fn click_key(self) -> Option<&'static str> {
        match self {
            Self::Sums(SumsBy::Month) => Some("substr(d.day, 1, 7)"),
            Self::Sums(SumsBy::Program) => Some("p.slug"),
            Self::Sums(SumsBy::Channel) => Some("h.name"),
            Self::Sums(SumsBy::Campaign) => Some("k.name"),
            Self::Sums(SumsBy::Link) => Some("l.code"),
            Self::Sums(SumsBy::Plan | SumsBy::Tier) | Self::Country => None,
        }
    }
}

/// Which rows count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Of one program.
    pub program: Option<ProgramId>,
}

impl Span {
    fn texts(self) -> (String, String, Option<String>) {
        (
            self.from
                .map_or_else(|| "0000".to_owned(), |day| day.to_string()),
            self.to
                .map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()),
            self.program.map(|id| id.to_string()),
        )
    }
}

/// What is counted of one key in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// First payments, reversed ones too.
    pub sales: u64,
    /// First payments through links that were not reversed.
    pub linked_sales: u64,
    /// What rows through links earned.
    pub linked_earned: Money,
    /// First and later payments, reversed ones too.
    pub payments: u64,
    /// Payments that were reversed, refunded or charged back.
    pub refunded: u64,
    /// Days between payments and the days their commissions are due, and of how many payments.
    pub hold: (i64, u64),
    /// Days between payments and the payouts that paid them, and of how many.
    pub payout: (i64, u64),
}

/// Counts by key and currency.
pub type Counted = BTreeMap<(Option<String>, String), Counts>;

/// Counts what happened, by a key.
///
/// # Errors
/// Where the book cannot be read.
pub fn counts(read: &Read<'_>, by: ReportBy, span: Span) -> Result<Counted, StoreError> {
    let (key, joins) = by.key();
    let (from, to, program) = span.texts();
    let narrow = if program.is_some() {
        "AND c.program = :program"
    } else {
        ""
    };
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":from", &from), (":to", &to)];
    if program.is_some() {
        values.push((":program", &program));
    }
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT {key}, c.currency,
             count(*) FILTER (WHERE c.kind IN ('sale', 'second_tier')),
             count(*) FILTER (WHERE c.kind = 'sale' AND c.link IS NOT NULL AND c.approval IN ('pending', 'approved')),
             coalesce(sum(c.earned) FILTER (WHERE c.link IS NOT NULL), 0),
             count(*) FILTER (WHERE c.kind IN ('sale', 'rebill', 'second_tier')),
             count(*) FILTER (WHERE (c.kind IN ('sale', 'rebill', 'second_tier') AND c.approval = 'reversed')
                 OR (c.kind IN ('refund', 'chargeback') AND c.approval IN ('pending', 'approved') AND NOT EXISTS (
                     SELECT 1 FROM conversion o WHERE o.connection = c.connection AND o.family = 'conversion'
                         AND o.identity = c.parent_native_id AND o.occurrence = 0 AND o.approval = 'reversed'))),
             coalesce(sum(CAST(julianday(c.matures_on) - julianday(c.occurred_on) AS INTEGER))
                 FILTER (WHERE c.earned > 0 AND c.matures_on < '9999-12-31'), 0),
             count(*) FILTER (WHERE c.earned > 0 AND c.matures_on < '9999-12-31')
         FROM conversion c {joins} WHERE c.occurred_on BETWEEN :from AND :to {narrow} GROUP BY 1, 2"
    ))?;
    let mut rows = statement.query(values.as_slice())?;
    let mut found = Counted::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(1)?;
        let counts = Counts {
            sales: row.get(2)?,
            linked_sales: row.get(3)?,
            linked_earned: money(row.get(4)?, &currency)?,
            payments: row.get(5)?,
            refunded: row.get(6)?,
            hold: (row.get(7)?, row.get(8)?),
            payout: (0, 0),
        };
        found.insert((row.get(0)?, currency), counts);
    }
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT {key}, c.currency, sum(CAST(julianday(y.sent_on) - julianday(c.occurred_on) AS INTEGER)), count(*)
         FROM payout y JOIN payout_line x ON x.payout = y.id JOIN conversion c ON c.id = x.conversion {joins}
         WHERE y.sent_on IS NOT NULL AND x.amount > 0 AND c.occurred_on BETWEEN :from AND :to {narrow} GROUP BY 1, 2"
    ))?;
    let mut rows = statement.query(values.as_slice())?;
    while let Some(row) = rows.next()? {
        if let Some(counts) = found.get_mut(&(row.get(0)?, row.get(1)?)) {
            counts.payout = (row.get(2)?, row.get(3)?);
        }
    }
    Ok(found)
}

/// Clicks by a key; none where clicks have no such key.
///
/// # Errors
/// Where the book cannot be read.
pub fn clicks(
    read: &Read<'_>,
    by: ReportBy,
    span: Span,
) -> Result<Option<BTreeMap<Option<String>, u64>>, StoreError> {
    let Some(key) = by.click_key() else {
        return Ok(None);
    };
    let (from, to, program) = span.texts();
    let mut statement = read.0.prepare_cached(&format!(
        "SELECT {key}, sum(d.clicks) FROM click_day d JOIN link l ON l.id = d.link JOIN program p ON p.id = l.program
         JOIN channel h ON h.id = l.channel LEFT JOIN campaign k ON k.id = l.campaign
         WHERE d.day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR l.program = ?3) GROUP BY 1"
    ))?;
    let rows = statement.query_map((from, to, program), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}

/// Sums by the customer's country, standing as of `today`; what names none has no key.
///
/// # Errors
/// Where the book cannot be read.
pub fn by_country(read: &Read<'_>, span: Span, today: NaiveDate) -> Result<Vec<Sums>, StoreError> {
    let (from, to, program) = span.texts();
    let mut statement = read.0.prepare_cached(
        "SELECT country, currency, sum(earned), sum(CASE WHEN matures_on > ?1 THEN earned - paid ELSE 0 END), sum(paid)
         FROM conversion WHERE occurred_on BETWEEN ?2 AND ?3 AND (?4 IS NULL OR program = ?4) GROUP BY 1, 2",
    )?;
    let mut rows = statement.query((today.to_string(), from, to, program))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(1)?;
        let [earned, reserve, paid]: [i64; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
        found.push(Sums {
            key: row.get(0)?,
            program: None,
            earned: money(earned, &currency)?,
            reserve: money(reserve, &currency)?,
            due: money(earned - reserve - paid, &currency)?,
            paid: money(paid, &currency)?,
            unknown: money(0, &currency)?,
        });
    }
    Ok(found)
}

/// What one program earned in one month and currency of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthOf {
    /// Name of the program, or the source's word.
    pub program: String,
    /// 1 to 12.
    pub month: u32,
    /// Commissions that were not reversed; zero or above.
    pub commissions: Money,
    /// What was taken back of them; zero or below.
    pub clawbacks: Money,
    /// How many rows.
    pub rows: u64,
}

/// What was earned in a year, by program, month and currency.
///
/// # Errors
/// Where the book cannot be read.
pub fn year(read: &Read<'_>, year: i32) -> Result<Vec<MonthOf>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT coalesce(p.name, c.program_text, '–'), CAST(substr(c.occurred_on, 6, 2) AS INTEGER), c.currency,
             sum(max(c.earned, 0)), sum(min(c.earned, 0)), count(*)
         FROM conversion c LEFT JOIN program p ON p.id = c.program
         WHERE c.occurred_on BETWEEN ?1 AND ?2 AND c.earned <> 0 GROUP BY 1, 2, 3 ORDER BY 1, 3, 2",
    )?;
    let mut rows = statement.query((format!("{year:04}-01-01"), format!("{year:04}-12-31")))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency: String = row.get(2)?;
        found.push(MonthOf {
            program: row.get(0)?,
            month: row.get(1)?,
            commissions: money(row.get(3)?, &currency)?,
            clawbacks: money(row.get(4)?, &currency)?,
            rows: row.get(5)?,
        });
    }
    Ok(found)
}

/// The payouts received in a year, by the day the first of each arrived, else was sent; oldest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn received(read: &Read<'_>, year: i32) -> Result<Vec<(NaiveDate, String)>, StoreError> {
    let mut statement = read.0.prepare_cached(
        "SELECT coalesce((SELECT min(d.arrived_on) FROM deposit d WHERE d.payout = y.id), y.sent_on) AS received, y.id
         FROM payout y WHERE received BETWEEN ?1 AND ?2 ORDER BY 1, 2",
    )?;
    let mut rows = statement.query((format!("{year:04}-01-01"), format!("{year:04}-12-31")))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((day(&row.get::<_, String>(0)?)?, row.get(1)?));
    }
    Ok(found)
}
