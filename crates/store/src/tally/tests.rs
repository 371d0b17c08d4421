//! Whatever happens to a book, its sums are those of its rows.

use super::differences;
use crate::{
    Book, Edit, StoreError,
    table::{
        awaiting,
        batch::{self, BatchKind, BatchWriter, Coverage, NewBatch, file_connection},
        conversion::{self, SumsBy},
        payout::{self, Arrived},
    },
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use perennial_domain::{
    Currency, Money,
    ids::{BatchId, ChangeId, ConnectionId, PayoutId, ProgramId},
    ledger::{Approval, ConversionFacts, Kind, Payment, Tier},
};
use proptest::prelude::*;
use rusqlite::named_params;
use std::{cell::Cell, collections::BTreeMap};
use tempfile::TempDir;
use uuid::Uuid;

thread_local!(static NEXT: Cell<u128> = const { Cell::new(1) });

fn uuid() -> Uuid {
    Uuid::from_u128(NEXT.replace(NEXT.get() + 1))
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 11, 20).unwrap()
}

/// A book with two programs, a channel, a campaign, and the connection of a report.
fn book() -> (TempDir, Book, ConnectionId) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("test.perennial")).unwrap();
    let connection = book
        .write(|write| {
            for (at, name) in [(1_u128, "acme"), (2, "bolt")] {
                let id = Uuid::from_u128(at << 64).to_string();
                let terms = Uuid::from_u128((at << 64) + 1).to_string();
                write.0.execute_batch(&format!(
                    "INSERT INTO program (id, slug, name, builtin, link_style) VALUES ('{id}', '{name}', '{name}', 0, '{{}}');
                     INSERT INTO terms_version (id, program, seq, valid_from, version, source, own)
                         VALUES ('{terms}', '{id}', 1, '2020-01-01', '1', '', 0);
                     INSERT INTO term_value VALUES ('{terms}', 'currency', 'USD'), ('{terms}', 'direct_rate', '40%'),
                         ('{terms}', 'hold_days', '30'), ('{terms}', 'plan_version', '1');
                     INSERT INTO plan VALUES ('{id}', '1', 'gold', 0, 'Gold', 'monthly', 0, 99000000, 'USD', ''),
                         ('{id}', '1', 'silver', 1, 'Silver', 'monthly', 0, 49000000, 'USD', '');"
                ))?;
            }
            write.0.execute_batch(
                "INSERT INTO channel (id, name, kind) VALUES ('00000000-0000-0000-0009-000000000001', 'Blog', 'blog'),
                     ('00000000-0000-0000-0009-000000000002', 'Mail', 'email');
                 INSERT INTO campaign (id, name) VALUES ('00000000-0000-0000-0009-000000000003', 'Spring');",
            )?;
            file_connection(write, "report", uuid())
        })
        .unwrap();
    (folder, book, connection)
}

fn program(second: bool) -> ProgramId {
    ProgramId(Uuid::from_u128((1 + u128::from(second)) << 64))
}

/// One row of a report, made of small numbers.
#[derive(Clone, Debug)]
struct Line {
    id: u8,
    day: u8,
    program: u8,
    amount: i16,
    plan: bool,
    second: bool,
    sub: u8,
    approval: u8,
    payment: u8,
    parent: Option<u8>,
    euro: bool,
}

fn line() -> impl Strategy<Value = Line> {
    (
        (0..12_u8, 0..70_u8, 0..4_u8, -60..200_i16),
        (any::<bool>(), any::<bool>(), 0..4_u8, 0..6_u8, 0..5_u8),
        (proptest::option::weighted(0.2, 0..12_u8), 0..8_u8),
    )
        .prop_map(
            |(
                (id, day, program, amount),
                (plan, second, sub, approval, payment),
                (parent, euro),
            )| Line {
                id,
                day,
                program,
                amount,
                plan,
                second,
                sub,
                approval,
                payment,
                parent,
                euro: euro == 0,
            },
        )
}

fn fact(line: &Line) -> ConversionFacts {
    let day = first_day() + Days::new(line.day.into());
    let currency = if line.euro {
        Currency::parse("EUR").unwrap()
    } else {
        Currency::USD
    };
    let at = |day: NaiveDate| -> DateTime<Utc> { format!("{day}T23:30:00Z").parse().unwrap() };
    let money = |micros: i64| Money::from_micros(micros, currency);
    let kind = match line.amount {
        ..0 => Kind::Refund,
        _ if line.second => Kind::SecondTier,
        _ => Kind::Sale,
    };
    ConversionFacts {
        native_id: Some(format!("n{}", line.id)),
        occurrence: 0,
        program_text: [Some("acme"), Some("bolt"), Some("Elsewhere"), None]
            [usize::from(line.program)]
        .map(str::to_owned),
        plan_text: line.plan.then(|| "Gold".to_owned()),
        parent_native_id: line.parent.map(|id| format!("n{id}")),
        kind,
        tier: if line.second {
            Tier::Second
        } else {
            Tier::Direct
        },
        occurred_at: at(day),
        click_at: None,
        order_ref: None,
        customer_ref: None,
        sub_ids: vec![format!("sub-{}", line.sub)],
        currency,
        sale: Some(money(if line.plan { 99_000_000 } else { 49_000_000 })),
        commission: (line.amount != 13).then(|| money(i64::from(line.amount) * 1_000_000)),
        approval: [
            Approval::Pending,
            Approval::Approved,
            Approval::Approved,
            Approval::Approved,
            Approval::Reversed,
            Approval::Other,
        ][usize::from(line.approval)],
        approval_text: None,
        payment: [
            Payment::Unpaid,
            Payment::Unpaid,
            Payment::Scheduled,
            Payment::Paid,
            Payment::ClawedBack,
        ][usize::from(line.payment)],
        payment_text: None,
        lock_at: (line.sub == 3).then(|| at(day + Days::new(100))),
        approved_at: None,
        reversed_at: None,
        reason: None,
        source_updated_at: None,
        raw: "{}".to_owned(),
        raw_hash: format!("{line:?}"),
    }
}

/// What may happen to a book.
#[derive(Clone, Debug)]
enum Happening {
    /// A report comes in; where it covers its days, what it leaves out has vanished.
    Report(Vec<Line>, bool),
    UndoBatch(u8),
    /// A payment of so many units arrives on a day.
    Payment(u8, u8, bool),
    /// A link for a sub-ID is made, on a channel, in the campaign or not.
    Link(u8, bool, bool),
    /// A link goes to the other channel.
    Move(u8),
    RemoveLinks,
    /// Terms are edited: other days of hold.
    Hold(u8, bool),
    /// Terms are edited: so many sales before anything is released.
    Sales(u8, bool),
    /// A program gets another name, so that rows of that word belong to it.
    Rename(bool),
    Zone(u8),
    Undo,
    Redo,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        5 => (proptest::collection::vec(line(), 1..10), any::<bool>()).prop_map(|(lines, all)| Happening::Report(lines, all)),
        1 => (0..4_u8).prop_map(Happening::UndoBatch),
        2 => (1..200_u8, 0..120_u8, any::<bool>()).prop_map(|(amount, day, second)| Happening::Payment(amount, day, second)),
        2 => (0..4_u8, any::<bool>(), any::<bool>()).prop_map(|(sub, mail, campaign)| Happening::Link(sub, mail, campaign)),
        1 => (0..4_u8).prop_map(Happening::Move),
        1 => Just(Happening::RemoveLinks),
        1 => (0..90_u8, any::<bool>()).prop_map(|(days, second)| Happening::Hold(days, second)),
        1 => (0..6_u8, any::<bool>()).prop_map(|(sales, second)| Happening::Sales(sales, second)),
        1 => any::<bool>().prop_map(Happening::Rename),
        1 => (0..3_u8).prop_map(Happening::Zone),
        2 => Just(Happening::Undo),
        1 => Just(Happening::Redo),
    ]
}

fn edit(book: &Book, sql: &str) {
    let done = book.edit(&step(), |write| Ok(write.0.execute_batch(sql)?));
    // What cannot be (a second link of a sub-ID's code) is refused, and changes nothing.
    drop(done);
}

fn step() -> Edit {
    Edit {
        id: ChangeId(uuid()),
        at: "2026-03-01T12:00:00Z".parse().unwrap(),
        label: "An edit".to_owned(),
    }
}

fn happen(book: &Book, connection: ConnectionId, batches: &mut Vec<BatchId>, what: &Happening) {
    match what {
        Happening::Report(lines, all) => {
            let id = BatchId(uuid());
            let new = NewBatch {
                id,
                connection,
                kind: BatchKind::Import,
                file: None,
                profile: None,
                at: "2026-03-01T12:00:00Z".parse().unwrap(),
            };
            book.write(|write| {
                let mut writer = BatchWriter::begin(write, new, &uuid)?;
                for line in lines {
                    writer.add(&fact(line))?;
                }
                writer.finish(if *all { Coverage::File } else { Coverage::Partial })
            })
            .unwrap();
            batches.push(id);
        }
        Happening::UndoBatch(back) => {
            let Some(id) = batches.iter().rev().nth(usize::from(*back)) else {
                return;
            };
            let at = "2026-03-02T12:00:00Z".parse().unwrap();
            // One that others build on, that payments pay or that is undone already is refused.
            drop(book.write(|write| batch::undo(write, *id, at)));
        }
        Happening::Payment(amount, day, second) => {
            let arrived = Arrived {
                id: PayoutId(uuid()),
                program: program(*second),
                amount: Money::from_micros(i64::from(*amount) * 1_000_000, Currency::USD),
                on: first_day() + Days::new((*day).into()),
                note: String::new(),
            };
            book.edit(&step(), |write| payout::record(write, &arrived)).unwrap();
        }
        Happening::Link(sub, mail, campaign) => edit(
            book,
            &format!(
                "INSERT INTO link (id, program, channel, campaign, code, url, sub_ids, sub_id_key, created_at)
                 VALUES ('{}', '{}', '00000000-0000-0000-0009-00000000000{}', {}, 'sub-{sub}', '', '[]', 'sub-{sub}', '')",
                uuid(),
                program(false),
                1 + u8::from(*mail),
                if *campaign { "'00000000-0000-0000-0009-000000000003'" } else { "NULL" },
            ),
        ),
        Happening::Move(sub) => edit(
            book,
            &format!(
                "UPDATE link SET channel = '00000000-0000-0000-0009-000000000002', campaign = NULL WHERE code = 'sub-{sub}'"
            ),
        ),
        Happening::RemoveLinks => edit(book, "DELETE FROM link"),
        Happening::Hold(days, second) => edit(
            book,
            &format!(
                "UPDATE term_value SET value = '{days}' WHERE key = 'hold_days' AND terms_version IN
                     (SELECT id FROM terms_version WHERE program = '{}')",
                program(*second)
            ),
        ),
        Happening::Sales(sales, second) => edit(
            book,
            &format!(
                "INSERT INTO term_value SELECT id, 'min_sales', '{sales}' FROM terms_version WHERE program = '{}'
                     ON CONFLICT (terms_version, key) DO UPDATE SET value = excluded.value",
                program(*second)
            ),
        ),
        Happening::Rename(there) => edit(
            book,
            &format!(
                "UPDATE program SET name = '{}' WHERE slug = 'bolt'",
                if *there { "Elsewhere" } else { "bolt" }
            ),
        ),
        Happening::Zone(zone) => edit(
            book,
            &format!(
                "INSERT INTO setting VALUES ('time_zone', '{}') ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                ["UTC", "Pacific/Auckland", "America/New_York"][usize::from(*zone)]
            ),
        ),
        // Nothing to undo, or its rows were changed since.
        Happening::Undo => drop(book.undo()),
        Happening::Redo => drop(book.redo()),
    }
}

/// Key and currency: earned, reserve, paid.
type Plain = BTreeMap<(Option<String>, String), (i64, i64, i64)>;

/// The sums of rows, straight from the rows.
fn plain(book: &Book, by: SumsBy, program: Option<ProgramId>, today: NaiveDate) -> Plain {
    let key = match by {
        SumsBy::Month => "substr(c.occurred_on, 1, 7)",
        SumsBy::Program => "coalesce(p.slug, c.program_text)",
        SumsBy::Plan => "c.plan",
        SumsBy::Tier => "c.tier",
        SumsBy::Channel => "h.name",
        SumsBy::Campaign => "k.name",
        SumsBy::Link => "l.code",
    };
    book.read(|read| {
        let mut statement = read.0.prepare(&format!(
            "SELECT {key}, c.currency, sum(c.earned), sum(iif(c.matures_on > :today, c.earned - c.paid, 0)), sum(c.paid)
             FROM conversion c LEFT JOIN program p ON p.id = c.program LEFT JOIN link l ON l.id = c.link
             LEFT JOIN channel h ON h.id = l.channel LEFT JOIN campaign k ON k.id = l.campaign
             WHERE :program IS NULL OR c.program = :program GROUP BY 1, 2"
        ))?;
        let mut rows = statement.query(named_params! {
            ":today": today.to_string(),
            ":program": program.map(|id| id.to_string()),
        })?;
        let mut found = Plain::new();
        while let Some(row) = rows.next()? {
            found.insert(
                (row.get(0)?, row.get(1)?),
                (row.get(2)?, row.get(3)?, row.get(4)?),
            );
        }
        Ok(found)
    })
    .unwrap()
}

fn kept(book: &Book, by: SumsBy, program: Option<ProgramId>, today: NaiveDate) -> Plain {
    let sums = book
        .read(|read| conversion::earnings(read, by, (None, None), program, today))
        .unwrap();
    sums.into_iter()
        .map(|sums| {
            let due = sums.due.micros();
            let (earned, reserve, paid) = (
                sums.earned.micros(),
                sums.reserve.micros(),
                sums.paid.micros(),
            );
            assert_eq!(earned, reserve + due + paid);
            (
                (sums.key, sums.earned.currency().code().to_owned()),
                (earned, reserve, paid),
            )
        })
        .collect()
}

fn without_nothing(mut sums: Plain) -> Plain {
    sums.retain(|(key, _), sums| key.is_some() || *sums != (0, 0, 0));
    sums
}

/// What was decided of a program by a day, counted from its rows.
fn decided(book: &Book, program: ProgramId, on: NaiveDate) -> (u64, u64) {
    let counts: (u64, u64, u64) = book
        .read(|read| {
            Ok(read.0.query_row(
                "SELECT count(*) FILTER (WHERE approval = 'reversed' AND kind IN ('sale', 'rebill', 'second_tier')),
                     count(*) FILTER (WHERE approval <> 'reversed' AND kind IN ('refund', 'chargeback')),
                     count(*) FILTER (WHERE approval = 'approved' AND kind IN ('sale', 'rebill', 'second_tier'))
                 FROM conversion WHERE program = ?1 AND occurred_on <= ?2",
                (program.to_string(), on.to_string()),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?)
        })
        .unwrap();
    let (reversed, refunded, approved) = counts;
    let taken = refunded.min(approved);
    (reversed + taken, approved - taken)
}

fn holds(book: &Book) -> Result<(), TestCaseError> {
    let found = book.read(differences).unwrap();
    prop_assert!(found.is_empty(), "{found:?}");
    for (second, day) in [(false, 35), (true, 35), (false, 200)] {
        let (program, on) = (program(second), first_day() + Days::new(day));
        let kept = book
            .read(|read| awaiting::decided(read, program, on))
            .unwrap();
        prop_assert_eq!(kept, decided(book, program, on));
    }
    for day in [0, 35, 75, 200] {
        let today = first_day() + Days::new(day);
        for by in SumsBy::ALL {
            for program in [None, Some(program(false))] {
                prop_assert_eq!(
                    without_nothing(kept(book, *by, program, today)),
                    without_nothing(plain(book, *by, program, today)),
                    "{:?} on {}",
                    by,
                    today
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sums_are_those_of_the_rows_after_any_history(history in proptest::collection::vec(happening(), 1..14)) {
        let (_folder, book, connection) = book();
        let mut batches = Vec::new();
        for what in &history {
            happen(&book, connection, &mut batches, what);
        }
        holds(&book)?;
    }
}

#[test]
fn what_is_rolled_back_leaves_no_sums() {
    let (_folder, book, connection) = book();
    let lines = [Line {
        id: 1,
        day: 1,
        program: 0,
        amount: 40,
        plan: true,
        second: false,
        sub: 0,
        approval: 1,
        payment: 0,
        parent: None,
        euro: false,
    }];
    let cancelled: Result<(), StoreError> = book.write(|write| {
        let new = NewBatch {
            id: BatchId(uuid()),
            connection,
            kind: BatchKind::Import,
            file: None,
            profile: None,
            at: "2026-03-01T12:00:00Z".parse().unwrap(),
        };
        let mut writer = BatchWriter::begin(write, new, &uuid)?;
        writer.add(&fact(&lines[0]))?;
        Err(StoreError::Cancelled)
    });
    assert!(cancelled.is_err());
    assert!(kept(&book, SumsBy::Month, None, first_day()).is_empty());
    happen(
        &book,
        connection,
        &mut Vec::new(),
        &Happening::Report(lines.to_vec(), false),
    );
    assert_eq!(kept(&book, SumsBy::Month, None, first_day()).len(), 1);
    holds(&book).unwrap();
}

#[test]
fn a_book_of_an_earlier_version_gets_its_sums() {
    let (folder, book, connection) = book();
    let line = Line {
        id: 1,
        day: 1,
        program: 2,
        amount: 40,
        plan: false,
        second: true,
        sub: 0,
        approval: 1,
        payment: 0,
        parent: None,
        euro: false,
    };
    happen(
        &book,
        connection,
        &mut Vec::new(),
        &Happening::Report(vec![line], false),
    );
    let path = folder.path().join("test.perennial");
    // As the step of the schema leaves it.
    book.write(|write| {
        Ok(write.0.execute_batch(
            "DELETE FROM ledger_day; DELETE FROM ledger_open; DELETE FROM ledger_part; DELETE FROM ledger_part_open;",
        )?)
    })
    .unwrap();
    drop(book);
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch(
            "INSERT INTO ledger_stale SELECT DISTINCT coalesce(program, ''), substr(occurred_on, 1, 7) FROM conversion",
        )
        .unwrap();
    let book = Book::open(&path, first_day()).unwrap();
    holds(&book).unwrap();
    assert_eq!(kept(&book, SumsBy::Tier, None, first_day()).len(), 1);
}
