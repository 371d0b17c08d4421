//! What only a clock of one's own can show, and what the command line does not offer.

use crate::{
    App,
    commands::book,
    context::Clock,
    dto::{BookInfo, BookNew, Empty, PathInput, SetUp, Settings},
};
use chrono::{DateTime, Utc};
use perennial_secrets::MemoryStore;
use std::sync::Arc;
use tempfile::TempDir;

struct Fixed(DateTime<Utc>);

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

fn app(now: &str) -> (TempDir, App) {
    (
        tempfile::tempdir().unwrap(),
        App::new(
            Box::new(Fixed(now.parse().unwrap())),
            Arc::new(MemoryStore::default()),
        ),
    )
}

fn new(app: &App, folder: &TempDir, sample: bool) -> BookInfo {
    let path = folder
        .path()
        .join("book.perennial")
        .to_str()
        .unwrap()
        .to_owned();
    book::new(app, BookNew { path, sample }).unwrap()
}

#[test]
fn the_sample_is_believable_on_any_day() {
    for now in [
        "2026-01-01T00:00:00Z",
        "2026-02-28T23:59:59Z",
        "2027-07-15T08:00:00Z",
        "2028-02-29T12:00:00Z",
    ] {
        let (folder, app) = app(now);
        let info = new(&app, &folder, true);
        assert!(
            (200..800).contains(&info.counts.conversions),
            "{now}: {}",
            info.counts.conversions
        );
        let report = book::check(&app, Empty {}).unwrap();
        assert!(report.ok, "{now}: {report:?}");
        book::sample_remove(&app, Empty {}).unwrap();
        let info = book::info(&app).unwrap();
        assert_eq!(
            (info.sample, info.counts.conversions, info.counts.links),
            (false, 0, 0),
            "{now}"
        );
    }
}

#[test]
fn the_first_answers_are_one_step() {
    let (folder, app) = app("2026-03-01T12:00:00Z");
    let before = new(&app, &folder, false);
    assert!(!before.set_up);
    let answers = SetUp {
        identity: "https://try.kartra.com/anna?sid=1".to_owned(),
        program: "kartra".to_owned(),
        channels: vec!["blog".to_owned(), "youtube".to_owned()],
        time_zone: Some("Pacific/Auckland".to_owned()),
    };
    let after = book::set_up(&app, answers.clone()).unwrap();
    assert!(after.set_up);
    assert_eq!(
        (after.time_zone.as_str(), after.today.as_str()),
        ("Pacific/Auckland", "2026-03-02")
    );
    let program = crate::commands::program::find(&app, "kartra").unwrap();
    assert_eq!(program.identity.as_deref(), Some("anna"));
    book::undo(&app, Empty {}).unwrap();
    let undone = book::info(&app).unwrap();
    assert_eq!((undone.set_up, undone.time_zone.as_str()), (false, "UTC"));
    for (field, code) in [
        ("program", "program.unknown"),
        ("zone", "settings.time_zone"),
        ("kind", "channel.unknown_kind"),
    ] {
        let mut wrong = answers.clone();
        match field {
            "program" => wrong.program = "none".to_owned(),
            "zone" => wrong.time_zone = Some("Mars/Base".to_owned()),
            _ => wrong.channels.push("telepathy".to_owned()),
        }
        assert_eq!(book::set_up(&app, wrong).unwrap_err().code, code);
    }
    assert!(
        !book::info(&app).unwrap().set_up,
        "a refused answer keeps nothing"
    );
}

#[test]
fn settings_are_kept_and_wrong_ones_refused() {
    let (folder, app) = app("2026-03-01T12:00:00Z");
    new(&app, &folder, false);
    let standard = book::settings_get(&app, Empty {}).unwrap();
    assert_eq!(
        (standard.appearance.as_str(), standard.currency.as_str()),
        ("system", "USD")
    );
    assert_eq!(standard.late_after, Some(10));
    let chosen = Settings {
        time_zone: "Europe/Berlin".to_owned(),
        appearance: "dark".to_owned(),
        markets: vec!["us".to_owned(), "eu".to_owned()],
        currency: "EUR".to_owned(),
        customers: "alias".to_owned(),
        late_after: Some(5),
    };
    assert_eq!(book::settings_set(&app, chosen.clone()).unwrap(), chosen);
    for wrong in [
        Settings {
            time_zone: "Berlin".to_owned(),
            ..chosen.clone()
        },
        Settings {
            appearance: "pink".to_owned(),
            ..chosen.clone()
        },
        Settings {
            markets: vec!["mars".to_owned()],
            ..chosen.clone()
        },
        Settings {
            currency: "EURO".to_owned(),
            ..chosen.clone()
        },
        Settings {
            late_after: Some(366),
            ..chosen.clone()
        },
    ] {
        assert!(book::settings_set(&app, wrong).is_err());
    }
    assert_eq!(book::settings_get(&app, Empty {}).unwrap(), chosen);
}

#[test]
fn the_window_learns_why_the_last_book_did_not_open() {
    let (folder, app) = app("2026-03-01T12:00:00Z");
    let path = folder.path().join("gone.perennial");
    app.start_with(&path);
    let status = book::status(&app, Empty {}).unwrap();
    assert!(status.book.is_none());
    assert_eq!(status.trouble.unwrap().code, "book.not_found");
    let info = new(&app, &folder, false);
    // Choosing the book that is open already is no conflict with oneself.
    assert_eq!(
        book::open(
            &app,
            PathInput {
                path: info.path.clone()
            }
        )
        .unwrap(),
        info
    );
    let status = book::status(&app, Empty {}).unwrap();
    assert!(status.trouble.is_none() && status.book.is_some());
}
