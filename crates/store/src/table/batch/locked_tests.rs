//! Locked periods as a user notices them: their figures stay, nothing fails, and unlocking takes in what came.

use super::{tests::*, *};
use crate::{
    Book, Edit, StoreError,
    table::{
        conversion, deposit, inbox,
        payout::{self, Arrived},
        period, reconcile, setting,
    },
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency,
    ids::{ConnectionId, DepositId, PayoutId, ProgramId},
    ledger::{Approval, ConversionFacts, Kind, PayoutFacts},
    reconcile::Explanation,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn program(book: &Book) -> ProgramId {
    book.read(|read| Ok(crate::table::program::get(read, "acme")?.id))
        .unwrap()
}

fn edit<T>(
    book: &Book,
    label: &str,
    f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let edit = Edit {
        id: uuid().into(),
        at: at("2026-06-01"),
        label: label.to_owned(),
    };
    book.edit(&edit, f)
}

fn lock(book: &Book, through: &str) {
    let acme = program(book);
    edit(book, "Locked", |write| {
        period::lock(
            write,
            acme,
            Currency::USD,
            day(through),
            (at("2026-06-01"), ""),
        )
    })
    .unwrap();
}

fn unlock(book: &Book) -> u64 {
    let acme = program(book);
    edit(book, "Unlocked", |write| {
        period::unlock(write, acme, Currency::USD, None)
    })
    .unwrap();
    book.write(|write| period::take_in(write, acme, Currency::USD))
        .unwrap()
}

fn take(
    book: &Book,
    connection: ConnectionId,
    facts: &[ConversionFacts],
) -> (BatchId, BatchSummary) {
    let ids = uuid;
    let new = NewBatch {
        id: uuid().into(),
        connection,
        kind: BatchKind::Sync,
        file: None,
        profile: None,
        at: at("2026-06-02"),
    };
    let id = new.id;
    let summary = book
        .write(|write| {
            let mut writer = BatchWriter::begin(write, new, &ids)?;
            for one in facts {
                writer.add(one)?;
            }
            writer.finish(Coverage::Partial)
        })
        .unwrap();
    (id, summary)
}

fn earned(book: &Book) -> i64 {
    book.read(|read| {
        Ok(conversion::owed(read, day("2026-12-31"), None)?
            .iter()
            .map(|sums| sums.earned.micros())
            .sum())
    })
    .unwrap()
}

fn sound(book: &Book) {
    for check in book.check(day("2026-12-31")).unwrap() {
        assert!(check.ok, "{check:?}");
    }
}

fn locked(result: Result<impl std::fmt::Debug, StoreError>) {
    match result {
        Err(StoreError::PeriodLocked {
            program,
            currency,
            through,
        }) => {
            assert_eq!(
                (program.as_str(), currency.as_str(), through.as_str()),
                ("acme", "USD", "2026-01-31")
            );
        }
        other => panic!("not refused: {other:?}"),
    }
}

/// Two sales in January, one in February, January locked.
fn january() -> (tempfile::TempDir, Book, ConnectionId, BatchId) {
    let (folder, book, connection) = book();
    let (first, _) = take(
        &book,
        connection,
        &[
            fact("a", "2026-01-10", 3960, Approval::Approved),
            fact("b", "2026-01-31", 3960, Approval::Pending),
            fact("c", "2026-02-01", 3960, Approval::Approved),
        ],
    );
    lock(&book, "2026-01-31");
    (folder, book, connection, first)
}

/// Puts a row of a locked day in, as no batch would.
fn slip_in(write: &Write<'_>) -> Result<usize, StoreError> {
    let columns = "connection, batch, family, occurrence, program, kind, tier, occurred_at, occurred_on, sub_ids, sub_id_key,
        currency, commission, approval, payment, matures_on, earned, raw, raw_hash";
    Ok(write.0.execute(
        &format!(
            "INSERT INTO conversion (id, identity, {columns})
             SELECT '00000000-0000-0000-0000-0000000000ff', 'elsewhere', {columns} FROM conversion
             WHERE occurred_on = '2026-01-10'"
        ),
        [],
    )?)
}

#[test]
fn new_rows_are_guarded_again_after_a_batch() {
    // The first rows came while nothing was locked, the others while January was.
    let (_folder, book, connection, _) = january();
    locked(book.write(slip_in));
    take(
        &book,
        connection,
        &[fact("d", "2026-02-03", 100, Approval::Approved)],
    );
    locked(book.write(slip_in));
    sound(&book);
}

#[test]
fn a_row_that_lands_in_a_locked_period_within_a_batch_is_noticed_before_it_is_kept() {
    let (_folder, book, connection, _) = january();
    let before = earned(&book);
    let batch = || NewBatch {
        id: uuid().into(),
        connection,
        kind: BatchKind::Sync,
        file: None,
        profile: None,
        at: at("2026-06-02"),
    };
    let ids = uuid;
    // However the batch ends: at its end, laid aside, or left where it was.
    for end in 0..3 {
        let slipped = |write: &Write<'_>| -> Result<(), StoreError> {
            let mut writer = BatchWriter::begin(write, batch(), &ids)?;
            writer.add(&fact("d", "2026-02-03", 100, Approval::Approved))?;
            assert_eq!(slip_in(write)?, 1, "the batch has no trigger beside it");
            match end {
                0 => drop(writer.finish(Coverage::Partial)?),
                1 => drop(writer.pause()?),
                _ => drop(writer),
            }
            Ok(())
        };
        locked(book.write(slipped));
        locked(book.rehearse(slipped));
        assert_eq!(earned(&book), before);
        locked(book.write(slip_in));
    }
    sound(&book);
}

#[test]
fn a_sync_never_fails_and_changes_no_locked_figure() {
    let (_folder, book, connection, _) = january();
    let came = [
        fact("a", "2026-01-10", 3960, Approval::Reversed),
        fact("b", "2026-01-31", 3960, Approval::Approved),
        fact("c", "2026-02-01", 1980, Approval::Approved),
        fact("late", "2026-01-20", 500, Approval::Approved),
        fact("new", "2026-02-02", 700, Approval::Approved),
    ];
    let (batch, summary) = take(&book, connection, &came);
    // Approval alone changes no figure: what is pending is earned already.
    assert_eq!(
        (
            summary.rows.new,
            summary.rows.changed,
            summary.rows.same,
            summary.after_lock
        ),
        (1, 2, 2, 2)
    );
    assert_eq!(earned(&book), (3960 + 3960 + 1980 + 700) * 10_000);
    let late = book
        .read(|read| inbox::after_lock(read, batch, 10))
        .unwrap();
    let told: Vec<(bool, Option<&str>)> = late
        .iter()
        .map(|row| (row.row.is_some(), row.approval.as_deref()))
        .collect();
    assert_eq!(told, [(true, Some("reversed")), (false, Some("approved"))]);
    let flagged = book.read(|read| conversion::get(read, "a")).unwrap();
    assert!(flagged.after_lock && flagged.approval == "approved");
    assert_eq!(
        book.read(inbox::waiting).unwrap(),
        2,
        "it waits to be looked at"
    );
    sound(&book);
    // The same again is no news.
    let (_, again) = take(&book, connection, &came);
    assert_eq!((again.rows.same, again.after_lock), (5, 0));
    // Unlocking takes both in, as their batch brought them.
    assert_eq!(unlock(&book), 2);
    assert_eq!(earned(&book), (3960 + 1980 + 500 + 700) * 10_000);
    assert!(
        !book
            .read(|read| conversion::get(read, "a"))
            .unwrap()
            .after_lock
    );
    sound(&book);
    let (_, after) = take(&book, connection, &came);
    assert_eq!(after.rows.same, 5);
}

#[test]
fn what_goes_back_to_what_it_was_waits_no_more() {
    let (_folder, book, connection, _) = january();
    take(
        &book,
        connection,
        &[fact("a", "2026-01-10", 100, Approval::Approved)],
    );
    take(
        &book,
        connection,
        &[fact("a", "2026-01-10", 3960, Approval::Approved)],
    );
    assert_eq!(unlock(&book), 0);
    assert_eq!(earned(&book), 3 * 3960 * 10_000);
    sound(&book);
}

#[test]
fn a_row_does_not_slip_out_of_or_into_a_locked_period() {
    let (_folder, book, connection, _) = january();
    let (_, summary) = take(
        &book,
        connection,
        &[
            fact("a", "2026-02-10", 3960, Approval::Approved),
            fact("c", "2026-01-31", 3960, Approval::Approved),
        ],
    );
    assert_eq!((summary.rows.same, summary.after_lock), (2, 2));
    assert_eq!(unlock(&book), 2);
    let on = |id: &str| {
        book.read(|read| Ok(conversion::get(read, id)?.occurred_on.to_string()))
            .unwrap()
    };
    assert_eq!(
        (on("a"), on("c")),
        ("2026-02-10".to_owned(), "2026-01-31".to_owned())
    );
    sound(&book);
}

#[test]
fn edits_and_undo_that_would_change_it_are_refused_by_name() {
    let (_folder, book, connection, first) = january();
    locked(book.write(|write| undo(write, first, at("2026-06-03"))));
    // In this time zone the sale of the 31st at noon is one of February.
    locked(edit(&book, "Zone", |write| {
        setting::set(write, "time_zone", "Pacific/Kiritimati")
    }));
    let acme = program(&book);
    let pays = |on: &str| Arrived {
        id: uuid().into(),
        program: acme,
        amount: usd(39_600_000),
        on: day(on),
        note: String::new(),
    };
    locked(edit(&book, "Paid", |write| {
        payout::record(write, &pays("2026-01-31"))
    }));
    // A payment sent later may pay what was earned before: it is an event of its own day.
    edit(&book, "Paid", |write| {
        payout::record(write, &pays("2026-04-15"))
    })
    .unwrap();
    assert_eq!(earned(&book), 3 * 3960 * 10_000);
    // A batch of later rows can be undone.
    let (later, _) = take(
        &book,
        connection,
        &[fact("d", "2026-03-01", 100, Approval::Approved)],
    );
    book.write(|write| undo(write, later, at("2026-06-03")))
        .unwrap();
    sound(&book);
    assert_eq!(unlock(&book), 0);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told to its end")]
fn a_locked_payout_keeps_its_lines_its_deposits_and_its_explanations() {
    let (_folder, book, connection, _) = january();
    let acme = program(&book);
    edit(&book, "Unlocked", |write| {
        period::unlock(write, acme, Currency::USD, None)
    })
    .unwrap();
    // Due before the payout was sent, so there is a line.
    take(
        &book,
        connection,
        &[fact("old", "2025-12-01", 3960, Approval::Approved)],
    );
    let id: PayoutId = uuid().into();
    edit(&book, "Paid", |write| {
        payout::record(
            write,
            &Arrived {
                id,
                program: acme,
                amount: usd(39_600_000),
                on: day("2026-01-31"),
                note: String::new(),
            },
        )
    })
    .unwrap();
    let put = |id: DepositId, payout: Option<PayoutId>| deposit::Deposit {
        id,
        statement: None,
        account: String::new(),
        identity: id.to_string(),
        occurrence: 0,
        on: day("2026-02-02"),
        amount: usd(37_600_000),
        fee: usd(0),
        who: String::new(),
        reference: String::new(),
        raw: None,
        payout,
        aside: false,
        rate: None,
    };
    let tied: DepositId = uuid().into();
    let free: DepositId = uuid().into();
    edit(&book, "Arrived", |write| {
        deposit::put(write, &put(tied, Some(id)))?;
        deposit::put(write, &put(free, None))
    })
    .unwrap();
    lock(&book, "2026-01-31");
    locked(edit(&book, "Away", |write| {
        deposit::tie(write, tied, None, None)
    }));
    locked(edit(&book, "More", |write| {
        deposit::tie(write, free, Some(id), None)
    }));
    locked(edit(&book, "Fee", |write| {
        deposit::set_fee(write, tied, usd(2_000_000))
    }));
    locked(edit(&book, "Lines", |write| {
        reconcile::set_lines(write, id, &[])
    }));
    locked(edit(&book, "Explained", |write| {
        let explained = reconcile::Explained {
            id: uuid().into(),
            kind: Explanation::Fee,
            amount: usd(-2_000_000),
            note: String::new(),
        };
        reconcile::explain(write, id, &explained)
    }));
    edit(&book, "Aside", |write| {
        deposit::set_aside(write, free, true)
    })
    .unwrap();
    // The lock itself is a step that can be taken back, and then everything before it.
    book.undo().unwrap();
    assert_eq!(book.undo().unwrap().label, "Locked");
    edit(&book, "Away", |write| deposit::tie(write, tied, None, None)).unwrap();
    // What the network says of a payout of a locked period waits as well.
    lock(&book, "2026-01-31");
    let facts = PayoutFacts {
        native_id: "po_1".to_owned(),
        amount: usd(50_000_000),
        status_text: "sent".to_owned(),
        period: None,
        sent_at: Some(at("2026-01-15")),
        raw: "{}".to_owned(),
        raw_hash: "po_1".to_owned(),
    };
    let count = |book: &Book| {
        book.read(|read| Ok(payout::page(read, "", None, 10)?.len()))
            .unwrap()
    };
    book.write(|write| {
        write
            .0
            .execute("UPDATE connection SET program = ?1", [acme.to_string()])?;
        Ok(())
    })
    .unwrap();
    let ids = uuid;
    let new = NewBatch {
        id: uuid().into(),
        connection,
        kind: BatchKind::Sync,
        file: None,
        profile: None,
        at: at("2026-06-02"),
    };
    let summary = book
        .write(|write| {
            let mut writer = BatchWriter::begin(write, new, &ids)?;
            writer.add_payout(&facts)?;
            writer.finish(Coverage::Partial)
        })
        .unwrap();
    assert_eq!((summary.payouts.same, count(&book)), (1, 1));
    assert_eq!(unlock(&book), 1);
    assert_eq!(count(&book), 2);
    sound(&book);
}

#[test]
fn a_lock_moves_on_and_back_by_name_alone() {
    let (_folder, book, _, _) = january();
    let acme = program(&book);
    locked(edit(&book, "Earlier", |write| {
        period::lock(
            write,
            acme,
            Currency::USD,
            day("2026-01-15"),
            (at("2026-06-01"), ""),
        )
    }));
    edit(&book, "Back", |write| {
        period::unlock(write, acme, Currency::USD, Some(day("2026-01-15")))
    })
    .unwrap();
    let through = book
        .read(|read| period::through(read, acme, Currency::USD))
        .unwrap();
    assert_eq!(through, Some(day("2026-01-15")));
    assert!(matches!(
        edit(&book, "None", |write| period::unlock(
            write,
            acme,
            Currency::parse("EUR").unwrap(),
            None
        )),
        Err(StoreError::NothingTo("unlock"))
    ));
}

#[test]
fn a_refund_that_waited_matures_with_the_sale_that_waited() {
    let (_folder, book, connection, _) = january();
    let refund = ConversionFacts {
        kind: Kind::Refund,
        parent_native_id: Some("waits".to_owned()),
        ..fact("r", "2026-01-05", -100, Approval::Approved)
    };
    // The refund is dated before its sale, so it is taken in first.
    take(
        &book,
        connection,
        &[
            refund,
            fact("waits", "2026-01-20", 3960, Approval::Approved),
        ],
    );
    assert_eq!(unlock(&book), 2);
    let matures = |id: &str| {
        book.read(|read| Ok(conversion::get(read, id)?.matures_on))
            .unwrap()
    };
    assert_eq!(matures("r"), matures("waits"));
    sound(&book);
}

#[test]
fn undoing_a_lock_takes_in_what_came_meanwhile() {
    let (_folder, book, connection) = book();
    let sale = fact("s1", "2026-01-20", 5_000, Approval::Approved);
    lock(&book, "2026-01-31");
    assert_eq!(
        take(&book, connection, std::slice::from_ref(&sale))
            .1
            .after_lock,
        1
    );
    assert_eq!(earned(&book), 0);
    book.undo().unwrap();
    assert_eq!(earned(&book), 50_000_000);
    let reversed = ConversionFacts {
        raw_hash: "reversed".to_owned(),
        approval: Approval::Reversed,
        ..sale
    };
    take(&book, connection, &[reversed]);
    assert_eq!(earned(&book), 0);
    // The lock stands again, and nothing waits twice.
    book.redo().unwrap();
    assert_eq!(unlock(&book), 0);
    sound(&book);
}
