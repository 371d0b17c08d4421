//! What is searched for is found in a large ledger as in a small one, whatever happened to its rows since.

use super::{tests::*, *};
use crate::table::conversion::{
    self, Filter,
    find::{self, Among},
};
use perennial_domain::ledger::{Approval, ConversionFacts};
use proptest::prelude::*;

/// A row whose texts are these.
fn said(id: &str, texts: &[String; 3]) -> ConversionFacts {
    ConversionFacts {
        order_ref: Some(texts[0].clone()),
        customer_ref: Some(texts[1].clone()),
        plan_text: Some(texts[2].clone()),
        raw_hash: format!("{id} {texts:?}"),
        ..fact(id, "2026-01-10", 3960, Approval::Approved)
    }
}

fn import(book: &crate::Book, connection: ConnectionId, rows: &[ConversionFacts]) -> BatchId {
    let id = BatchId(uuid());
    let new = NewBatch {
        id,
        connection,
        kind: BatchKind::Import,
        file: None,
        profile: None,
        at: at("2026-03-01"),
    };
    book.write(|write| {
        let mut writer = BatchWriter::begin(write, new, &uuid)?;
        for row in rows {
            writer.add(row)?;
        }
        writer.finish(Coverage::Partial)
    })
    .unwrap();
    id
}

/// Rows that a text is in, looked for one by one.
fn plainly(book: &crate::Book, search: &str) -> Vec<i64> {
    book.read(|read| {
        let mut statement = read.0.prepare(
            "SELECT rowid FROM conversion WHERE coalesce(native_id, '') LIKE ?1 ESCAPE '\\' OR order_ref LIKE ?1 ESCAPE '\\'
                 OR customer_ref LIKE ?1 ESCAPE '\\' OR plan_text LIKE ?1 ESCAPE '\\' OR sub_id_key LIKE ?1 ESCAPE '\\'",
        )?;
        let like = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let rows = statement.query_map([format!("%{like}%")], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
    .unwrap()
}

fn checked(book: &crate::Book) {
    for check in book.check("2026-04-01".parse().unwrap()).unwrap() {
        assert!(check.ok, "{check:?}");
    }
}

#[test]
fn a_rare_word_is_found_among_many_rows_and_no_longer_where_it_is_gone() {
    let (_folder, book, connection) = book();
    let many: Vec<ConversionFacts> = (0..5_200)
        .map(|number| {
            let word = if number == 77 { "Needle-77" } else { "straw" };
            said(
                &format!("row-{number:05}"),
                &[
                    word.to_owned(),
                    format!("cus_{number}"),
                    "Starter".to_owned(),
                ],
            )
        })
        .collect();
    import(&book, connection, &many);
    let found = |search: &str| {
        let filter = Filter {
            search: search.to_owned(),
            ..Filter::default()
        };
        book.read(|read| {
            let rows = conversion::page(read, &filter, None, 10)?;
            let ids: Vec<String> = rows.into_iter().filter_map(|row| row.native_id).collect();
            Ok((ids, conversion::count(read, &filter)?))
        })
        .unwrap()
    };
    let needle = (vec!["row-00077".to_owned()], Some(1));
    assert_eq!(found("eedle-7"), needle, "inside of a word, in any case");
    assert_eq!(found("NEEDLE"), needle);
    assert_eq!(found("row-00077"), needle);
    assert_eq!(
        found("needle 77"),
        (Vec::new(), Some(0)),
        "as it is written"
    );
    assert_eq!(found("straw").0.len(), 10, "a common word fills its page");
    let mut changed = many[77].clone();
    changed.order_ref = Some("straw".to_owned());
    changed.raw_hash = "changed".to_owned();
    import(&book, connection, &[changed]);
    assert_eq!(found("needle"), (Vec::new(), Some(0)));
    checked(&book);
}

#[test]
fn a_check_tells_of_a_row_that_would_not_be_found() {
    let (_folder, book, connection) = book();
    let texts = ["one", "two", "three"].map(str::to_owned);
    import(&book, connection, &[said("a", &texts)]);
    checked(&book);
    book.write(|write| {
        write.0.execute(
            "INSERT INTO ledger_find (ledger_find, rowid, order_ref) VALUES ('delete', 1, 'one')",
            [],
        )?;
        Ok(())
    })
    .unwrap();
    let search = book
        .check("2026-04-01".parse().unwrap())
        .unwrap()
        .into_iter()
        .find(|check| check.name == "search")
        .unwrap();
    assert!(!search.ok, "{search:?}");
}

fn texts() -> impl Strategy<Value = [String; 3]> {
    let text = || prop_oneof!["[a-c_%\" ]{0,5}", "\\PC{0,4}"];
    [text(), text(), text()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_index_leaves_no_row_out(
        reports in proptest::collection::vec(proptest::collection::vec((0_u8..8, texts()), 1..8), 1..5),
        undone in proptest::collection::vec(0_usize..5, 0..3),
        search in prop_oneof!["[a-c_%\" ]{3,5}", "\\PC{3,4}"],
    ) {
        let (_folder, book, connection) = book();
        let mut batches = Vec::new();
        for report in &reports {
            let rows: Vec<ConversionFacts> = report.iter().map(|(id, texts)| said(&format!("id{id}"), texts)).collect();
            batches.push(import(&book, connection, &rows));
        }
        for back in &undone {
            if let Some(batch) = batches.get(*back) {
                // One that others build on is refused.
                drop(book.write(|write| undo(write, *batch, at("2026-03-02"))));
            }
        }
        let among = book.read(|read| find::among(read, search.trim())).unwrap();
        if let Among::Rows(among) = among {
            for row in plainly(&book, search.trim()) {
                prop_assert!(among.contains(&row), "{search:?}");
            }
        }
        checked(&book);
    }
}
