//! Looking through a whole book: does it hold together?

use crate::{
    Book, Read, StoreError, derive, link_texts,
    migrations::{self, STEPS},
    table::conversion::find,
    tally,
};
use chrono::NaiveDate;
use perennial_domain::{Currency, Money};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Findings said of one check; the rest is counted.
const SAID: usize = 5;

/// One check of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Whether it holds.
    pub ok: bool,
    /// What was found, for people.
    pub detail: String,
}

impl Book {
    /// Looks through everything: SQLite's own checks, the schema, references, accounting identities, the totals of
    /// batches, and values kept beside the facts they follow from. Changes nothing.
    ///
    /// # Errors
    /// Where the book cannot be read at all.
    pub fn check(&self, today: NaiveDate) -> Result<Vec<Check>, StoreError> {
        let mut checks = self.read(|read| {
            Ok(vec![
                said("integrity", "every page is whole", integrity(read)),
                said(
                    "schema",
                    "every table is as this version makes it",
                    schema(read),
                ),
                said(
                    "foreign_keys",
                    "every reference leads somewhere",
                    foreign_keys(read),
                ),
                said(
                    "identity",
                    "paid, due and reserve add up to commissions less clawbacks",
                    identity(read, today),
                ),
                said(
                    "payouts",
                    "no payout is shared out beyond its amount",
                    payouts(read),
                ),
                said(
                    "batch_totals",
                    "every import and sync has the rows and sums it noted",
                    batch_totals(read),
                ),
                said(
                    "derived",
                    "every derived value follows from its facts",
                    derived(read),
                ),
                said(
                    "sums",
                    "every sum kept beside the ledger is that of its rows",
                    tally::differences(read),
                ),
            ])
        })?;
        // SQLite's own look at a text index counts as a write; nothing of it is kept.
        checks.push(said(
            "search",
            "every link and every row is found by its own words",
            self.rehearse(|write| {
                let mut found = link_texts::differences(&write.read())?;
                found.extend(find::differences(&write.read())?);
                Ok(found)
            }),
        ));
        Ok(checks)
    }
}

type Findings = Result<Vec<String>, StoreError>;

/// What cannot even be read is a finding too.
fn said(name: &'static str, good: &str, findings: Findings) -> Check {
    let mut findings = findings.unwrap_or_else(|error| vec![error.to_string()]);
    let ok = findings.is_empty();
    let more = findings.len().saturating_sub(SAID);
    findings.truncate(SAID);
    let mut detail = if ok {
        good.to_owned()
    } else {
        findings.join("; ")
    };
    if more > 0 {
        detail.push_str("; and ");
        detail.push_str(&more.to_string());
        detail.push_str(" more");
    }
    Check { name, ok, detail }
}

fn integrity(read: &Read<'_>) -> Findings {
    link_texts::wake(read)?;
    find::wake(read)?;
    let found = texts(read.0, "PRAGMA integrity_check(100)")?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

fn schema(read: &Read<'_>) -> Findings {
    const OBJECTS: &str = "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'";
    let mut fresh = Connection::open_in_memory()?;
    migrations::run(&mut fresh, STEPS)?;
    let expected: BTreeSet<String> = texts(&fresh, OBJECTS)?.into_iter().collect();
    let found: BTreeSet<String> = texts(read.0, OBJECTS)?.into_iter().collect();
    let short = |object: &String| object.split(':').next().unwrap_or_default().to_owned();
    Ok(expected
        .symmetric_difference(&found)
        .map(|object| format!("{} is not as it should be", short(object)))
        .collect())
}

fn foreign_keys(read: &Read<'_>) -> Findings {
    texts(
        read.0,
        "SELECT count(*) || ' rows of ' || \"table\" || ' refer to a ' || parent || ' that is not there'
         FROM pragma_foreign_key_check GROUP BY \"table\", parent",
    )
}

/// Per program and currency: what is paid by the facts and by recorded payments, and what is kept as due and reserve,
/// add up to the commissions less the clawbacks of the facts.
fn identity(read: &Read<'_>, today: NaiveDate) -> Findings {
    let mut statement = read.0.prepare(
        "SELECT coalesce(p.slug, v.program_text, '–'), v.currency, sum(v.commissions), sum(v.clawbacks), sum(v.settled),
             sum(v.due), sum(v.reserve)
         FROM (SELECT c.program, CASE WHEN c.program IS NULL THEN c.program_text END AS program_text, c.currency,
                   CASE WHEN approval IN ('pending', 'approved') THEN max(coalesce(commission, 0), 0) ELSE 0 END AS commissions,
                   CASE WHEN approval IN ('pending', 'approved') THEN -min(coalesce(commission, 0), 0) ELSE 0 END AS clawbacks,
                   CASE WHEN approval = 'other' THEN 0 WHEN payment IN ('paid', 'clawed_back') THEN coalesce(commission, 0)
                        ELSE (SELECT coalesce(sum(l.amount), 0) FROM payout_line l WHERE l.conversion = c.id) END AS settled,
                   CASE WHEN matures_on <= ?1 THEN earned - paid ELSE 0 END AS due,
                   CASE WHEN matures_on > ?1 THEN earned - paid ELSE 0 END AS reserve
               FROM conversion c) v
         LEFT JOIN program p ON p.id = v.program GROUP BY v.program, v.program_text, v.currency",
    )?;
    let mut rows = statement.query([today.to_string()])?;
    let mut findings = Vec::new();
    while let Some(row) = rows.next()? {
        let [commissions, clawbacks, settled, due, reserve]: [i128; 5] = [
            row.get::<_, i64>(2)?.into(),
            row.get::<_, i64>(3)?.into(),
            row.get::<_, i64>(4)?.into(),
            row.get::<_, i64>(5)?.into(),
            row.get::<_, i64>(6)?.into(),
        ];
        let (left, right) = (settled + due + reserve, commissions - clawbacks);
        if left != right {
            let (program, currency): (String, String) = (row.get(0)?, row.get(1)?);
            findings.push(format!(
                "{program}: paid, due and reserve are {}, commissions less clawbacks {}",
                amount(left, &currency),
                amount(right, &currency)
            ));
        }
    }
    Ok(findings)
}

fn payouts(read: &Read<'_>) -> Findings {
    let mut statement = read.0.prepare(
        // What was paid net of a fee or a balance carried in pays more than its amount, and says so.
        "SELECT coalesce(p.native_id, p.id), p.currency,
             p.amount + (SELECT coalesce(-sum(min(e.amount, 0)), 0) FROM explanation e WHERE e.payout = p.id),
             sum(l.amount), count(*) FILTER (WHERE c.currency <> p.currency)
         FROM payout p JOIN payout_line l ON l.payout = p.id JOIN conversion c ON c.id = l.conversion GROUP BY p.id",
    )?;
    let mut rows = statement.query([])?;
    let mut findings = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, currency): (String, String) = (row.get(0)?, row.get(1)?);
        let (paid, shared, foreign): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        if foreign > 0 {
            findings.push(format!(
                "payout {name} pays {foreign} commissions of another currency"
            ));
        } else if shared.unsigned_abs() > paid.unsigned_abs() {
            findings.push(format!(
                "payout {name} of {} is shared out as {}",
                amount(paid.into(), &currency),
                amount(shared.into(), &currency)
            ));
        }
    }
    Ok(findings)
}

/// What a batch brought, taken from the rows themselves: as they were before any later batch changed them.
fn batch_totals(read: &Read<'_>) -> Findings {
    let mut findings = texts(
        read.0,
        "SELECT 'batch ' || id || ' noted ' || rows_read || ' rows and accounts for ' ||
                (rows_new + rows_changed + rows_same + rows_refused)
         FROM batch WHERE rows_read <> rows_new + rows_changed + rows_same + rows_refused",
    )?;
    findings.extend(texts(
        read.0,
        "SELECT 'batch ' || b.id || ' noted ' || b.rows_new || ' new rows and has ' || count(c.id)
         FROM batch b LEFT JOIN conversion c ON c.batch = b.id
         WHERE b.undone_at IS NULL GROUP BY b.id HAVING b.rows_new <> count(c.id)",
    )?);
    let mut statement = read.0.prepare(
        "WITH changed AS (
             SELECT c.batch, c.currency, c.commission,
                 (SELECT k.row FROM batch_before k JOIN batch t ON t.id = k.batch
                  WHERE k.id = c.id AND k.noun = 'conversion' ORDER BY t.rowid LIMIT 1) AS first
             FROM conversion c WHERE c.id IN (SELECT id FROM batch_before WHERE noun = 'conversion')),
         both AS (
             SELECT batch, currency AS code, coalesce(sum(commission), 0) AS has, 0 AS noted FROM conversion GROUP BY 1, 2
             UNION ALL
             SELECT batch, currency, -coalesce(commission, 0), 0 FROM changed
             UNION ALL
             SELECT batch, json_extract(first, '$.currency'), coalesce(json_extract(first, '$.commission'), 0), 0 FROM changed
             UNION ALL
             SELECT t.batch, t.currency, 0, t.amount FROM batch_total t JOIN batch b ON b.id = t.batch WHERE b.undone_at IS NULL)
         SELECT batch, code, sum(has), sum(noted) FROM both GROUP BY 1, 2 HAVING sum(has) <> sum(noted)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (batch, code): (String, String) = (row.get(0)?, row.get(1)?);
        let (has, noted): (i64, i64) = (row.get(2)?, row.get(3)?);
        findings.push(format!(
            "batch {batch} noted {} and brought {}",
            amount(noted.into(), &code),
            amount(has.into(), &code)
        ));
    }
    Ok(findings)
}

fn derived(read: &Read<'_>) -> Findings {
    let other = derive::differences(read)?;
    Ok(if other == 0 {
        Vec::new()
    } else {
        vec![format!(
            "{other} rows hold values other than their facts give"
        )]
    })
}

fn texts(connection: &Connection, sql: &str) -> Findings {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An amount for people.
fn amount(micros: i128, code: &str) -> String {
    match (i64::try_from(micros), Currency::parse(code)) {
        (Ok(micros), Ok(currency)) => Money::from_micros(micros, currency).to_string(),
        _ => format!("{micros} millionths {code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "
        INSERT INTO connection (id, name, network) VALUES ('00000000-0000-0000-0000-000000000001', 'Acme', 'file');
        INSERT INTO batch (id, connection, kind, at, complete, rows_read, rows_new)
            VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'import', '', 1, 2, 2);
        INSERT INTO batch_total VALUES ('00000000-0000-0000-0000-000000000002', 'USD', 29700000);
        INSERT INTO conversion (id, connection, batch, family, identity, occurrence, kind, tier, occurred_at, occurred_on,
            sub_ids, sub_id_key, currency, commission, approval, payment, matures_on, earned, raw, raw_hash)
        VALUES ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001',
                '00000000-0000-0000-0000-000000000002', 'conversion', '1', 0, 'sale', 'direct', '2026-01-01T00:00:00.000Z',
                '2026-01-01', '[]', '', 'USD', 39600000, 'approved', 'unpaid', '2026-01-01', 39600000, '{}', 'a'),
               ('00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-000000000001',
                '00000000-0000-0000-0000-000000000002', 'reversal', '1', 0, 'refund', 'direct', '2026-01-02T00:00:00.000Z',
                '2026-01-02', '[]', '', 'USD', -9900000, 'approved', 'unpaid', '2026-01-02', -9900000, '{}', 'b');
        INSERT INTO ledger_stale VALUES ('', '2026-01');";

    /// Which checks of the book do not hold after these statements.
    fn findings(sql: &str) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        book.write(|write| {
            write.0.execute_batch(BOOK)?;
            Ok(())
        })
        .unwrap();
        book.write(|write| {
            write.0.execute_batch("PRAGMA defer_foreign_keys = ON")?;
            Ok(write.0.execute_batch(sql)?)
        })
        .unwrap();
        let checks = book
            .check(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
            .unwrap();
        checks
            .into_iter()
            .filter(|check| !check.ok)
            .map(|check| check.name)
            .collect()
    }

    #[test]
    fn a_sound_book_has_no_findings() {
        assert_eq!(findings(""), Vec::<&str>::new());
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        for check in book
            .check(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
            .unwrap()
        {
            assert!(check.ok, "{check:?}");
        }
    }

    #[test]
    fn what_was_tampered_with_is_found() {
        for (sql, found) in [
            (
                "UPDATE conversion SET earned = earned + 1",
                &["identity", "derived"][..],
            ),
            (
                "UPDATE conversion SET commission = commission + 1, earned = earned + 1",
                &["batch_totals"],
            ),
            ("UPDATE batch_total SET amount = 1", &["batch_totals"]),
            ("UPDATE batch SET rows_new = 3", &["batch_totals"]),
            (
                "UPDATE conversion SET matures_on = '2030-01-01'",
                &["derived"],
            ),
            ("DROP INDEX conversion_by_day", &["schema"]),
            (
                "INSERT INTO link_doc (link, path, words) VALUES ('gone', '', 'gone')",
                &["search"],
            ),
            ("UPDATE ledger_day SET earned = earned + 1", &["sums"]),
            ("DELETE FROM ledger_open", &["sums"]),
            ("UPDATE ledger_part SET referrals = 7", &["sums"]),
            (
                "INSERT INTO ledger_part_open VALUES ('plan', '', '2026-01', '2026-01-01', 'gold', 'USD', 1)",
                &["sums"],
            ),
            (
                "INSERT INTO payout (id, amount, currency) VALUES ('p', 1, 'USD');
                 INSERT INTO payout_line VALUES ('p', '00000000-0000-0000-0000-000000000003', 2);
                 UPDATE conversion SET paid = 2 WHERE identity = '1' AND family = 'conversion';",
                &["payouts"],
            ),
        ] {
            assert_eq!(findings(sql), found, "{sql}");
        }
    }

    #[test]
    fn a_dangling_reference_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        let path = book.path().to_owned();
        drop(book);
        let raw = Connection::open(&path).unwrap();
        raw.execute_batch(
            "PRAGMA foreign_keys = OFF; INSERT INTO joining (program, step, happened_on) VALUES ('gone', 'applied', '2026-01-01');",
        )
        .unwrap();
        drop(raw);
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let checks = Book::open(&path, today).unwrap().check(today).unwrap();
        let bad: Vec<_> = checks.iter().filter(|check| !check.ok).collect();
        assert_eq!(bad.len(), 1);
        assert_eq!(
            bad[0].detail,
            "1 rows of joining refer to a program that is not there"
        );
    }
}
