//! Batches as a user notices them: nothing doubles, everything can be taken out again.

use super::*;
use crate::{
    Book, StoreError, derive,
    table::{conversion, program, terms},
};
use chrono::TimeZone as _;
use perennial_domain::{
    Currency,
    ids::ProgramId,
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier},
    program::{Plan, PlanSet, Program, Term, TermKey, TermsVersion},
};
use proptest::prelude::*;
use std::cell::Cell;
use tempfile::TempDir;

thread_local!(static NEXT: Cell<u128> = const { Cell::new(1) });

pub(super) fn uuid() -> Uuid {
    Uuid::from_u128(NEXT.replace(NEXT.get() + 1))
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    format!("{text}T12:00:00Z").parse().unwrap()
}

/// A book with a program that holds 45 days, and a file connection.
pub(super) fn book() -> (TempDir, Book, ConnectionId) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("test.perennial")).unwrap();
    let connection = book
        .write(|write| {
            let id = ProgramId(uuid());
            let acme = Program {
                id,
                slug: "acme".to_owned(),
                name: "Acme Tools".to_owned(),
                website: None,
                network: None,
                builtin: false,
                link_style: perennial_domain::link::LinkStyle::default(),
                identity: None,
                archived: false,
                revision: 1,
            };
            program::insert(write, &acme)?;
            let values = [
                (TermKey::Currency, "USD"),
                (TermKey::DirectRate, "40%"),
                (TermKey::HoldDays, "45"),
                (TermKey::PlanVersion, "2021"),
            ];
            let version = TermsVersion {
                from: "2020-01-01".parse().unwrap(),
                version: "1".to_owned(),
                source: String::new(),
                note: String::new(),
                own: false,
                values: values
                    .iter()
                    .map(|(key, value)| (*key, (*value).to_owned()))
                    .collect(),
            };
            terms::insert_version(write, uuid(), id, &version)?;
            let plan = Plan {
                key: "starter-monthly".to_owned(),
                name: "Starter".to_owned(),
                term: Term::Monthly,
                price: usd(99_000_000),
                tier: 0,
            };
            let set = PlanSet {
                version: "2021".to_owned(),
                source: String::new(),
                plans: vec![plan],
            };
            terms::insert_plan_set(write, id, &set)?;
            file_connection(write, "report", uuid())
        })
        .unwrap();
    (folder, book, connection)
}

pub(super) fn usd(micros: i64) -> Money {
    Money::from_micros(micros, Currency::USD)
}

pub(super) fn fact(id: &str, day: &str, commission: i64, approval: Approval) -> ConversionFacts {
    ConversionFacts {
        native_id: Some(id.to_owned()),
        occurrence: 0,
        program_text: Some("acme tools".to_owned()),
        plan_text: None,
        parent_native_id: None,
        kind: Kind::Sale,
        tier: Tier::Direct,
        occurred_at: at(day),
        click_at: None,
        order_ref: None,
        customer_ref: None,
        sub_ids: vec!["blog".to_owned()],
        currency: Currency::USD,
        sale: Some(usd(99_000_000)),
        commission: Some(usd(commission * 10_000)),
        approval,
        approval_text: None,
        payment: Payment::Unpaid,
        payment_text: None,
        lock_at: None,
        approved_at: None,
        reversed_at: None,
        reason: None,
        source_updated_at: None,
        raw: format!("{{\"id\":{id:?}}}"),
        raw_hash: format!("{id}-{day}-{commission}-{}", approval.word()),
    }
}

fn run(
    book: &Book,
    connection: ConnectionId,
    coverage: Coverage,
    facts: &[ConversionFacts],
) -> (BatchId, BatchSummary) {
    let id = BatchId(uuid());
    let new = NewBatch {
        id,
        connection,
        kind: BatchKind::Import,
        file: None,
        profile: None,
        at: at("2026-03-01"),
    };
    let summary = book
        .write(|write| {
            let mut writer = BatchWriter::begin(write, new, &uuid)?;
            for fact in facts {
                writer.add(fact)?;
            }
            writer.finish(coverage)
        })
        .unwrap();
    assert_eq!(
        book.read(derive::differences).unwrap(),
        0,
        "what a batch derives is what anyone would"
    );
    (id, summary)
}

/// Everything in the ledger but the identities made up on the way.
fn dump(book: &Book) -> Vec<String> {
    book.read(|read| {
        let mut lines = Vec::new();
        for sql in [
            "SELECT json_array(native_id, identity, occurrence, program, plan, occurred_at, occurred_on, commission,
                 approval, payment, vanished, matures_on, earned, paid, link, raw_hash) FROM conversion ORDER BY 1",
            "SELECT json_array(field, before, after) FROM status_event ORDER BY 1",
            "SELECT json_array(native_id, amount, status_text, raw_hash, revision) FROM payout ORDER BY 1",
        ] {
            let mut statement = read.0.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            lines.extend(rows.collect::<Result<Vec<String>, _>>()?);
        }
        Ok(lines)
    })
    .unwrap()
}

fn column(book: &Book, id: &str, column: &str) -> String {
    book.read(|read| {
        Ok(read.0.query_row(
            &format!("SELECT coalesce(CAST({column} AS TEXT), 'none') FROM conversion WHERE native_id = ?1"),
            [id],
            |row| row.get(0),
        )?)
    })
    .unwrap()
}

#[test]
fn the_same_file_again_brings_nothing_new() {
    let (_folder, book, connection) = book();
    let facts = [
        fact("a", "2026-01-20", 3960, Approval::Approved),
        fact("b", "2026-01-21", 990, Approval::Pending),
    ];
    let (_, first) = run(&book, connection, Coverage::File, &facts);
    assert_eq!((first.rows.read, first.rows.new), (2, 2));
    assert_eq!(first.totals, [usd(49_500_000)]);
    let before = dump(&book);
    let (_, again) = run(&book, connection, Coverage::File, &facts);
    assert_eq!(
        (again.rows.same, again.rows.new, again.rows.changed),
        (2, 0, 0)
    );
    assert!(again.totals.is_empty());
    assert_eq!(dump(&book), before);
}

#[test]
fn a_row_knows_its_program_plan_and_day_it_is_due() {
    let (_folder, book, connection) = book();
    run(
        &book,
        connection,
        Coverage::File,
        &[fact("a", "2026-01-20", 3960, Approval::Approved)],
    );
    assert_eq!(column(&book, "a", "plan"), "2021/starter-monthly");
    assert_eq!(column(&book, "a", "matures_on"), "2026-03-06");
    assert_eq!(column(&book, "a", "earned"), "39600000");
}

#[test]
fn an_unknown_word_is_kept_and_counts_nowhere() {
    let (_folder, book, connection) = book();
    let mut odd = fact("a", "2026-01-20", 3960, Approval::Other);
    odd.approval_text = Some("ON_ICE".to_owned());
    odd.payment = Payment::Paid;
    let (_, summary) = run(&book, connection, Coverage::File, &[odd]);
    assert_eq!(
        summary.unknown,
        [Unknown {
            field: "approval",
            word: "ON_ICE".to_owned(),
            count: 1
        }]
    );
    assert_eq!(
        (column(&book, "a", "earned"), column(&book, "a", "paid")),
        ("0".to_owned(), "0".to_owned())
    );
}

#[test]
fn a_change_is_an_event_and_undoing_its_batch_puts_the_row_back() {
    let (_folder, book, connection) = book();
    let (first, _) = run(
        &book,
        connection,
        Coverage::File,
        &[fact("a", "2026-01-20", 3960, Approval::Pending)],
    );
    let before = dump(&book);
    let mut paid = fact("a", "2026-01-20", 3960, Approval::Approved);
    paid.payment = Payment::Paid;
    let (second, summary) = run(&book, connection, Coverage::File, &[paid.clone()]);
    assert_eq!(summary.rows.changed, 1);
    assert!(dump(&book).contains(&r#"["approval","pending","approved"]"#.to_owned()));
    assert_eq!(column(&book, "a", "paid"), "39600000");
    let built = book.write(|write| undo(write, first, at("2026-03-02")));
    assert!(
        matches!(built, Err(StoreError::BuiltOn { batches, .. }) if batches == [second.to_string()])
    );
    let undone = book
        .write(|write| undo(write, second, at("2026-03-02")))
        .unwrap();
    assert_eq!(
        undone,
        Undone {
            removed: 0,
            restored: 1
        }
    );
    assert_eq!(dump(&book), before);
    assert!(matches!(
        book.write(|write| undo(write, second, at("2026-03-02"))),
        Err(StoreError::NothingTo(_))
    ));
    book.write(|write| undo(write, first, at("2026-03-02")))
        .unwrap();
    assert!(dump(&book).is_empty());
    let (_, afresh) = run(&book, connection, Coverage::File, &[paid]);
    assert_eq!(afresh.rows.new, 1);
}

#[test]
fn a_row_that_the_file_no_longer_has_is_flagged_and_back_when_it_returns() {
    let (_folder, book, connection) = book();
    let all = [
        fact("a", "2026-01-20", 3960, Approval::Approved),
        fact("b", "2026-01-21", 990, Approval::Approved),
        fact("c", "2026-01-22", 100, Approval::Approved),
    ];
    run(&book, connection, Coverage::File, &all);
    let before = dump(&book);
    let without = [all[0].clone(), all[2].clone()];
    let (gone, summary) = run(&book, connection, Coverage::File, &without);
    let missing = VanishedRow {
        native_id: Some("b".to_owned()),
        commission: Some(usd(9_900_000)),
    };
    assert_eq!(summary.vanished, [missing]);
    assert_eq!(column(&book, "b", "vanished"), "1");
    let (back, summary) = run(&book, connection, Coverage::File, &all);
    assert_eq!((summary.rows.same, summary.rows.changed), (2, 1));
    assert_eq!(column(&book, "b", "vanished"), "0");
    book.write(|write| undo(write, back, at("2026-03-02")))
        .unwrap();
    book.write(|write| undo(write, gone, at("2026-03-02")))
        .unwrap();
    assert_eq!(dump(&book), before);
}

#[test]
fn a_partial_sync_or_another_months_file_takes_nothing_for_vanished() {
    let (_folder, book, connection) = book();
    let january = [
        fact("a", "2026-01-20", 3960, Approval::Approved),
        fact("b", "2026-01-21", 5, Approval::Approved),
    ];
    run(&book, connection, Coverage::File, &january);
    let (_, partial) = run(&book, connection, Coverage::Partial, &january[..1]);
    assert!(partial.vanished.is_empty());
    let other = [
        fact("c", "2026-01-19", 1, Approval::Approved),
        fact("d", "2026-02-21", 1, Approval::Approved),
    ];
    let (_, other) = run(&book, connection, Coverage::File, &other);
    assert!(other.vanished.is_empty(), "it shares no row with the book");
    let window = Coverage::Window {
        from: Some(at("2026-01-21")),
        to: None,
    };
    let (_, window) = run(
        &book,
        connection,
        window,
        &[fact("d", "2026-02-21", 1, Approval::Approved)],
    );
    assert_eq!(
        window.vanished.len(),
        1,
        "only b happened in the window and did not come"
    );
}

#[test]
fn a_refund_in_the_hold_matures_with_its_sale_whichever_came_first() {
    let (_folder, book, connection) = book();
    let mut refund = fact("r", "2026-02-01", -3960, Approval::Approved);
    refund.kind = Kind::Refund;
    refund.parent_native_id = Some("a".to_owned());
    run(&book, connection, Coverage::File, &[refund.clone()]);
    assert_eq!(column(&book, "r", "matures_on"), "2026-02-01");
    let (sale, _) = run(
        &book,
        connection,
        Coverage::File,
        &[fact("a", "2026-01-20", 3960, Approval::Approved)],
    );
    assert_eq!(column(&book, "r", "matures_on"), "2026-03-06");
    book.write(|write| undo(write, sale, at("2026-03-02")))
        .unwrap();
    assert_eq!(column(&book, "r", "matures_on"), "2026-02-01");
}

#[test]
fn new_terms_move_the_days_rows_are_due() {
    let (_folder, book, connection) = book();
    run(
        &book,
        connection,
        Coverage::File,
        &[fact("a", "2026-01-20", 3960, Approval::Approved)],
    );
    let edit = crate::Edit {
        id: uuid().into(),
        at: at("2026-03-01"),
        label: "Set terms".to_owned(),
    };
    book.edit(&edit, |write| {
        let acme = program::get(&write.read(), "acme")?;
        let version = TermsVersion {
            from: "2026-01-01".parse().unwrap(),
            version: "own".to_owned(),
            source: String::new(),
            note: String::new(),
            own: true,
            values: vec![(TermKey::HoldDays, "30".to_owned())],
        };
        terms::insert_version(write, uuid(), acme.id, &version)
    })
    .unwrap();
    assert_eq!(column(&book, "a", "matures_on"), "2026-02-19");
    book.undo().unwrap();
    assert_eq!(column(&book, "a", "matures_on"), "2026-03-06");
    assert_eq!(book.read(derive::differences).unwrap(), 0);
}

#[test]
fn nothing_is_due_before_enough_sales_are_approved() {
    let (_folder, book, connection) = book();
    let rows = |count: usize| -> Vec<ConversionFacts> {
        ["a", "b", "c"]
            .iter()
            .zip(["2026-01-01", "2026-01-05", "2026-06-09"])
            .take(count)
            .map(|(id, day)| fact(id, day, 3960, Approval::Approved))
            .collect()
    };
    run(&book, connection, Coverage::Partial, &rows(2));
    assert_eq!(column(&book, "a", "matures_on"), "2026-02-15");
    let edit = crate::Edit {
        id: uuid().into(),
        at: at("2026-03-01"),
        label: "Set terms".to_owned(),
    };
    book.edit(&edit, |write| {
        let acme = program::get(&write.read(), "acme")?;
        let version = TermsVersion {
            from: "2025-01-01".parse().unwrap(),
            version: "own".to_owned(),
            source: String::new(),
            note: String::new(),
            own: true,
            values: vec![(TermKey::MinSales, "3".to_owned())],
        };
        terms::insert_version(write, uuid(), acme.id, &version)
    })
    .unwrap();
    let checked = |what: &str, a: &str, b: &str| {
        assert_eq!(
            (
                column(&book, "a", "matures_on"),
                column(&book, "b", "matures_on")
            ),
            (a.to_owned(), b.to_owned()),
            "{what}"
        );
        let today = "2026-07-01".parse().unwrap();
        let failed: Vec<_> = book
            .check(today)
            .unwrap()
            .into_iter()
            .filter(|check| !check.ok)
            .collect();
        assert_eq!(failed, [], "{what}");
        let sums = book
            .read(|read| conversion::owed(read, today, None))
            .unwrap();
        let due = sums.iter().map(|sums| sums.due.micros()).sum::<i64>();
        (
            due,
            sums.iter().map(|sums| sums.reserve.micros()).sum::<i64>(),
        )
    };
    let never = "9999-12-31";
    assert_eq!(checked("two of three", never, never), (0, 79_200_000));
    // The third sale releases the first two on its own day.
    let (batch, _) = run(&book, connection, Coverage::Partial, &rows(3));
    assert_eq!(
        checked("three", "2026-06-09", "2026-06-09"),
        (79_200_000, 39_600_000)
    );
    book.write(|write| undo(write, batch, at("2026-07-02")))
        .unwrap();
    assert_eq!(checked("the third undone", never, never), (0, 79_200_000));
    book.undo().unwrap();
    assert_eq!(
        checked("no such term", "2026-02-15", "2026-02-19"),
        (79_200_000, 0)
    );
}

#[test]
fn payouts_land_once_and_change_and_go() {
    let (_folder, book, connection) = book();
    let payout = |amount: i64| PayoutFacts {
        native_id: "p1".to_owned(),
        amount: usd(amount),
        status_text: "sent".to_owned(),
        period: None,
        sent_at: Some(Utc.with_ymd_and_hms(2026, 3, 15, 0, 0, 0).unwrap()),
        raw: String::new(),
        raw_hash: amount.to_string(),
    };
    let bring = |amount: i64| {
        let id = BatchId(uuid());
        let new = NewBatch {
            id,
            connection,
            kind: BatchKind::Sync,
            file: None,
            profile: None,
            at: at("2026-03-20"),
        };
        let done = book.write(|write| {
            let mut writer = BatchWriter::begin(write, new, &uuid)?;
            writer.add_payout(&payout(amount))?;
            writer.finish(Coverage::Partial)
        });
        (id, done.unwrap().payouts)
    };
    assert_eq!(bring(1).1.new, 1);
    let before = dump(&book);
    assert_eq!(bring(1).1.same, 1);
    let (changed, counts) = bring(2);
    assert_eq!(counts.changed, 1);
    book.write(|write| undo(write, changed, at("2026-03-21")))
        .unwrap();
    assert_eq!(dump(&book), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_repetition_do_not_matter(
        rows in prop::collection::vec((0_u8..30, 1_u32..28, -500_i64..5_000, 0_usize..4), 1..40),
        order in any::<prop::sample::Index>(),
    ) {
        let mut facts: Vec<ConversionFacts> = Vec::new();
        for (id, day, cents, approval) in rows {
            if facts.iter().all(|fact| fact.native_id != Some(id.to_string())) {
                let mut fact = fact(&id.to_string(), &format!("2026-01-{day:02}"), cents, Approval::ALL[approval]);
                if cents < 0 {
                    fact.parent_native_id = Some((id / 2).to_string());
                }
                facts.push(fact);
            }
        }
        let (_folder, one, connection) = book();
        let empty = dump(&one);
        let (batch, _) = run(&one, connection, Coverage::File, &facts);
        let mut shuffled = facts.clone();
        shuffled.reverse();
        shuffled.rotate_left(order.index(facts.len()));
        shuffled.extend(facts.iter().take(3).cloned());
        let (_folder, two, connection) = book();
        run(&two, connection, Coverage::File, &shuffled);
        let without_program = |book: &Book| {
            book.write(|write| Ok(write.0.execute("UPDATE conversion SET program = NULL", [])?)).unwrap();
            dump(book)
        };
        one.write(|write| undo(write, batch, at("2026-03-02"))).unwrap();
        prop_assert_eq!(dump(&one), empty, "undoing restores the book");
        run(&one, connection_of(&one), Coverage::File, &facts);
        prop_assert_eq!(without_program(&one), without_program(&two));
    }
}

fn connection_of(book: &Book) -> ConnectionId {
    book.write(|write| file_connection(write, "report", uuid()))
        .unwrap()
}

#[test]
fn what_takes_back_what_takes_back_counts_on_its_own_day() {
    let (_folder, book, connection) = book();
    let taken = |id: &str, day: &str, from: &str| {
        let mut fact = fact(id, day, -100, Approval::Approved);
        fact.parent_native_id = Some(from.to_owned());
        fact
    };
    let sale = fact("a", "2026-01-05", 4_000, Approval::Approved);
    // Each comes before what it takes back, so that the order of the rows cannot help.
    let rows = [
        taken("c", "2026-01-07", "b"),
        taken("b", "2026-01-06", "a"),
        sale,
    ];
    run(&book, connection, Coverage::File, &rows);
    assert_eq!(
        column(&book, "b", "matures_on"),
        column(&book, "a", "matures_on")
    );
    assert_eq!(column(&book, "c", "matures_on"), "2026-01-07");
}
