//! What the first screen says of the audit.

use crate::{
    App,
    commands::{audit, book, overview},
    context::Clock,
    dto::{AuditDecide, AuditInput, BookNew, Empty},
};
use chrono::{DateTime, Utc};
use perennial_secrets::MemoryStore;
use std::sync::Arc;

struct Fixed(DateTime<Utc>);

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

#[test]
fn the_first_screen_tells_of_open_findings_until_each_is_decided() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(
        Box::new(Fixed("2026-03-01T12:00:00Z".parse().unwrap())),
        Arc::new(MemoryStore::default()),
    );
    let path = folder.path().join("book.perennial").display().to_string();
    book::new(&app, BookNew { path, sample: true }).unwrap();
    let said = || {
        let overview = overview::overview(&app, Empty {}).unwrap();
        let found = overview.attention.into_iter();
        found
            .filter(|item| item.code == "audit_findings")
            .collect::<Vec<_>>()
    };
    let page = audit::list(&app, AuditInput::default()).unwrap();
    assert!(page.summary.open > 1 && page.next.is_none());
    let first = said();
    assert_eq!(first.len(), 1);
    assert_eq!(
        (first[0].area.as_str(), first[0].target.as_deref()),
        ("earnings", Some("audit"))
    );
    assert!(
        first[0].message.starts_with(&format!(
            "{} commissions do not fit their terms: ",
            page.summary.open
        )),
        "{}",
        first[0].message
    );
    for item in page.items {
        audit::decide(
            &app,
            AuditDecide {
                id: item.id,
                state: "accepted".to_owned(),
                note: None,
                deadline: None,
            },
        )
        .unwrap();
    }
    assert_eq!(said(), [], "nothing is left to look at");
    book::undo(&app, Empty {}).unwrap();
    assert!(
        said()[0]
            .message
            .starts_with("One commission does not fit its terms: ")
    );
}
