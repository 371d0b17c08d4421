//! Stopping an import: soon, whole, and wherever it is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use perennial_app::{
    App, Failure,
    commands::{book, import},
    context::SystemClock,
    dto::{Empty, ImportDone, ImportInput, ImportOptions, ListInput},
};
use perennial_secrets::MemoryStore;
use perennial_store::Book;
use std::{
    fmt::Write as _,
    fs,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

const ROWS: u64 = 20_000;
/// A wish to stop is heard sooner than this.
const SOON: Duration = Duration::from_millis(200);

fn desk(dir: &Path) -> App {
    let app = App::new(Box::new(SystemClock), Arc::new(MemoryStore::new()));
    app.set_book(Some(Book::create(&dir.join("book.perennial")).unwrap()));
    let mut text = "id,date,commission,commission_status,currency,click_ref\n".to_owned();
    for n in 0..ROWS {
        let day = n % 28 + 1;
        writeln!(text, "{n},2026-01-{day:02},{}.25,1,USD,blog", n % 90 + 1).unwrap();
    }
    fs::write(dir.join("big.csv"), text).unwrap();
    app
}

fn run(app: &App, dir: &Path) -> Result<ImportDone, Failure> {
    let input = ImportInput {
        path: dir.join("big.csv").to_str().unwrap().to_owned(),
        options: ImportOptions::default(),
        dry_run: false,
        job: Some("import".to_owned()),
        skip_duplicates: false,
        decisions: Vec::new(),
        refused_file: None,
    };
    import::run(app, input)
}

/// Stops an import once so many bytes of the file are read; how long that took, or none where it was done before.
fn stopped_at(app: &App, dir: &Path, part: u64) -> Option<Duration> {
    thread::scope(|scope| {
        let import = scope.spawn(|| run(app, dir));
        let job = loop {
            match app.jobs.get("import") {
                Some(job) if job.progress().0 * 100 >= job.progress().1.max(1) * part => break job,
                _ if import.is_finished() => break Arc::default(),
                _ => thread::sleep(Duration::from_millis(1)),
            }
        };
        let begun = Instant::now();
        job.cancel();
        let ended = import.join().unwrap();
        let took = begun.elapsed();
        match ended {
            Err(failure) => {
                assert_eq!(failure.code, "job.cancelled");
                Some(took)
            }
            Ok(done) => {
                let id = perennial_app::dto::ById {
                    id: done.batch.unwrap(),
                };
                import::batch_undo(app, id).unwrap();
                None
            }
        }
    })
}

#[test]
fn an_import_stops_within_a_blink_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let app = desk(dir.path());
    for part in [1, 30, 70, 95] {
        // The machine may be busy with something else just then; not eight times in a row.
        let mut tries = Vec::new();
        let soon = |took: &Option<Duration>| took.is_some_and(|took| took < SOON);
        while tries.len() < 8 && !tries.last().is_some_and(soon) {
            tries.push(stopped_at(&app, dir.path(), part));
        }
        assert!(tries.last().is_some_and(soon), "at {part} %: {tries:?}");
        let rows =
            perennial_app::commands::ledger::list(&app, perennial_app::dto::LedgerList::default())
                .unwrap();
        assert!(rows.items.is_empty(), "at {part} %");
        assert!(book::check(&app, Empty {}).unwrap().ok);
    }
    let done = run(&app, dir.path()).unwrap();
    assert_eq!((done.rows.new, done.rows.changed), (ROWS, 0));
    let batches = import::batch_list(&app, ListInput::default()).unwrap();
    assert!(
        batches
            .items
            .iter()
            .any(|row| row.rows.new == ROWS && row.undone_at.is_none())
    );
}
