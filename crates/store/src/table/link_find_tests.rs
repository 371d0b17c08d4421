use super::*;
use crate::{Book, Edit, Write, link_texts::differences, table::link_shelf};
use chrono::DateTime;
use perennial_domain::{ids::ChangeId, link::Link};
use std::time::{Duration, Instant};
use uuid::Uuid;

const BOOK: &str = "
    INSERT INTO program (id, slug, name, builtin, link_style)
        VALUES ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme', 0, '{}');
    INSERT INTO channel (id, name, kind) VALUES ('00000000-0000-0000-0000-000000000002', 'Blog', 'blog');";

fn book() -> (tempfile::TempDir, Book) {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("book")).unwrap();
    book.write(|write| Ok(write.0.execute_batch(BOOK)?))
        .unwrap();
    (folder, book)
}

fn link(number: u128, label: &str) -> Link {
    Link {
        id: LinkId(Uuid::from_u128((1 << 100) + number)),
        program: ProgramId(Uuid::from_u128(1)),
        destination: None,
        channel: ChannelId(Uuid::from_u128(2)),
        campaign: None,
        label: label.to_owned(),
        code: format!("code{number}"),
        url: format!("https://try.acme.example/anna?sid1=blog&sid4=code{number}"),
        sub_ids: Vec::new(),
        note: String::new(),
        archived: false,
        revision: 1,
    }
}

fn edit(book: &Book, number: u128, f: impl FnOnce(&Write<'_>) -> Result<(), StoreError>) {
    let edit = Edit {
        id: ChangeId(Uuid::from_u128(number)),
        at: DateTime::UNIX_EPOCH,
        label: "An edit".to_owned(),
    };
    book.edit(&edit, f).unwrap();
}

fn found(book: &Book, search: &str) -> Vec<String> {
    let filter = LinkFilter {
        search: search.to_owned(),
        ..LinkFilter::default()
    };
    let rows = book.read(|read| page(read, &filter, 50)).unwrap();
    let count = book.read(|read| count(read, &filter)).unwrap();
    assert_eq!(count, Some(rows.len() as u64), "{search}");
    rows.into_iter().map(|row| row.link.label).collect()
}

fn sound(book: &Book) -> Vec<String> {
    book.rehearse(|write| differences(&write.read())).unwrap()
}

#[test]
fn words_are_found_anywhere_and_short_ones_where_a_word_begins() {
    let (_folder, book) = book();
    edit(&book, 1, |write| {
        for (number, label) in ["Spring review", "Autumn review", "Über uns", "50% off_now"]
            .into_iter()
            .enumerate()
        {
            super::super::link::insert(write, &link(number as u128, label), DateTime::UNIX_EPOCH)?;
        }
        Ok(())
    });
    assert_eq!(found(&book, "REVIEW"), ["Autumn review", "Spring review"]);
    assert_eq!(found(&book, "evie spri"), ["Spring review"]);
    assert_eq!(found(&book, "sp"), ["Spring review"]);
    assert_eq!(found(&book, "s"), ["Spring review"]);
    assert_eq!(found(&book, "re au"), ["Autumn review"]);
    assert_eq!(found(&book, "re autu"), ["Autumn review"]);
    assert_eq!(found(&book, "über"), ["Über uns"]);
    assert_eq!(found(&book, "off_now"), ["50% off_now"]);
    assert_eq!(found(&book, "code2"), ["Über uns"]);
    for hostile in [
        "\"",
        "a\" OR \"b",
        "NEAR(",
        "*",
        "review\" OR link_part:",
        "-",
        "' --",
    ] {
        let filter = LinkFilter {
            search: hostile.to_owned(),
            ..LinkFilter::default()
        };
        assert!(
            book.read(|read| page(read, &filter, 50)).is_ok(),
            "{hostile}"
        );
    }
}

#[test]
fn what_is_found_follows_edits_undo_and_redo() {
    let (_folder, book) = book();
    let id = link(1, "").id;
    edit(&book, 1, |write| {
        super::super::link::insert(write, &link(1, "Spring"), DateTime::UNIX_EPOCH)
    });
    edit(&book, 2, |write| {
        let shelf = link_shelf::ShelfEdit {
            add_tags: vec!["evergreen".into(), "video".into()],
            folder: Some("Launches".into()),
            ..link_shelf::ShelfEdit::default()
        };
        link_shelf::edit(write, &[id], &shelf)
    });
    assert_eq!(found(&book, "evergreen launch"), ["Spring"]);
    assert_eq!(sound(&book), Vec::<String>::new());
    book.undo().unwrap();
    assert_eq!(found(&book, "evergreen"), Vec::<String>::new());
    book.undo().unwrap();
    assert_eq!(found(&book, "spring"), Vec::<String>::new());
    assert_eq!(sound(&book), Vec::<String>::new());
    book.redo().unwrap();
    book.redo().unwrap();
    assert_eq!(found(&book, "video"), ["Spring"]);
    assert_eq!(sound(&book), Vec::<String>::new());
    book.write(|write| Ok(write.0.execute_batch("DELETE FROM link")?))
        .unwrap();
    assert_eq!(found(&book, "spring"), Vec::<String>::new());
    assert_eq!(sound(&book), Vec::<String>::new());
}

#[test]
fn a_text_that_does_not_fit_is_noticed() {
    let (_folder, book) = book();
    edit(&book, 1, |write| {
        super::super::link::insert(write, &link(1, "Spring"), DateTime::UNIX_EPOCH)
    });
    for sql in [
        "UPDATE link_doc SET words = 'other'",
        "DELETE FROM link_doc",
        "INSERT INTO link_doc (link, path, words) VALUES ('gone', '', 'gone')",
        "INSERT INTO link_part (link_part) VALUES ('delete-all')",
    ] {
        let says = book
            .rehearse(|write| {
                write.0.execute_batch(sql)?;
                differences(&write.read())
            })
            .unwrap();
        assert!(!says.is_empty(), "{sql}");
    }
}

#[test]
fn a_search_before_an_edit_is_not_taken_for_damage() {
    let (_folder, book) = book();
    for round in 0..3_u128 {
        edit(&book, round + 1, |write| {
            super::super::link::insert(write, &link(round, "Spring"), DateTime::UNIX_EPOCH)
        });
        let filter = LinkFilter {
            search: "spring re".to_owned(),
            ..LinkFilter::default()
        };
        book.read(|read| page(read, &filter, 50)).unwrap();
        edit(&book, round + 100, |write| {
            let shelf = link_shelf::ShelfEdit {
                add_tags: vec![format!("tag {round}")],
                ..link_shelf::ShelfEdit::default()
            };
            link_shelf::edit(write, &[link(round, "").id], &shelf)
        });
        let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for check in book.check(today).unwrap() {
            assert!(check.ok, "{check:?}");
        }
    }
}

#[test]
fn lists_are_narrowed_and_paged() {
    let (_folder, book) = book();
    edit(&book, 1, |write| {
        for number in 0..30 {
            super::super::link::insert(write, &link(number, "Row"), DateTime::UNIX_EPOCH)?;
        }
        let even: Vec<LinkId> = (0..30)
            .step_by(2)
            .map(|number| link(number, "").id)
            .collect();
        let shelf = link_shelf::ShelfEdit {
            add_tags: vec!["Even".into()],
            expires_on: Some(chrono::NaiveDate::from_ymd_opt(2026, 3, 1)),
            ..link_shelf::ShelfEdit::default()
        };
        link_shelf::edit(write, &even, &shelf)
    });
    let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
    let count_of = |filter: LinkFilter| book.read(|read| count(read, &filter)).unwrap();
    for (filter, expected) in [
        (
            LinkFilter {
                tag: Some("even".into()),
                ..LinkFilter::default()
            },
            15,
        ),
        (
            LinkFilter {
                standing: Some(Standing::Expired(day(2))),
                ..LinkFilter::default()
            },
            15,
        ),
        (
            LinkFilter {
                standing: Some(Standing::Expired(day(1))),
                ..LinkFilter::default()
            },
            0,
        ),
        (
            LinkFilter {
                standing: Some(Standing::Health(HealthState::Unchecked)),
                ..LinkFilter::default()
            },
            30,
        ),
        (
            LinkFilter {
                folder: Some(String::new()),
                ..LinkFilter::default()
            },
            0,
        ),
        (
            LinkFilter {
                search: "row".into(),
                tag: Some("even".into()),
                ..LinkFilter::default()
            },
            15,
        ),
    ] {
        assert_eq!(count_of(filter.clone()), Some(expected), "{filter:?}");
    }
    for search in ["", "row", "ro"] {
        let mut filter = LinkFilter {
            search: search.into(),
            ..LinkFilter::default()
        };
        let mut seen = Vec::new();
        loop {
            let rows = book.read(|read| page(read, &filter, 7)).unwrap();
            let Some(last) = rows.last() else { break };
            filter.before = Some(last.link.id);
            seen.extend(rows.iter().map(|row| row.link.code.clone()));
        }
        let expected: Vec<String> = (0..30)
            .rev()
            .map(|number| format!("code{number}"))
            .collect();
        assert_eq!(seen, expected, "{search:?}");
    }
}

/// Prints what it takes to find among a hundred thousand links. Run it with `--release -- --ignored` to see the product's
/// own figures.
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_links_are_found_as_one_types() {
    let (_folder, book) = book();
    let words = [
        "spring",
        "autumn",
        "review",
        "webinar",
        "launch",
        "funnel",
        "checklist",
        "course",
    ];
    let begun = Instant::now();
    book.write(|write| {
        for number in 0..100_000_u128 {
            let label = format!(
                "{} {} {number}",
                words[usize::try_from(number % 8).unwrap()],
                words[usize::try_from(number / 8 % 8).unwrap()]
            );
            super::super::link::insert(write, &link(number, &label), DateTime::UNIX_EPOCH)?;
        }
        Ok(())
    })
    .unwrap();
    println!("100,000 links written in {:.1?}", begun.elapsed());
    let mut worst = Duration::ZERO;
    for search in [
        "",
        "s",
        "sp",
        "spr",
        "spring",
        "spring 7",
        "acme",
        "anna",
        "code99999",
        "zzz",
        "zq",
        "pring web",
        "evie 99",
    ] {
        let filter = LinkFilter {
            search: search.into(),
            ..LinkFilter::default()
        };
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let begun = Instant::now();
            book.read(|read| Ok((page(read, &filter, 51)?.len(), count(read, &filter)?)))
                .unwrap();
            best = best.min(begun.elapsed());
        }
        println!("{search:?}: {best:.1?}");
        worst = worst.max(best);
    }
    println!("slowest: {worst:.1?}");
    assert!(worst < Duration::from_millis(30), "{worst:?}");
}
