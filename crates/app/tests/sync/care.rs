//! What a person sees of a connection: its needs, its test, its log, its schedule; and that its key is seen nowhere.

use crate::{
    desk::{Desk, SINCE},
    networks::{KARTRA_KEY, Kind, Network},
    partnerstack::KEY,
};
use perennial_app::{
    commands::connection,
    dto::{ConnectionAdd, Empty, Key, ScheduleSet, SyncDueInput, SyncInput},
};
use perennial_connectors::http::Pace as _;
use std::{fmt::Write as _, fs, sync::atomic::Ordering, time::Duration};

#[test]
fn a_key_is_nowhere_but_in_the_keychain() {
    for kind in Kind::ALL {
        let network = Network::with(kind, 8);
        let desk = Desk::with(&network);
        let mut said = format!("{:?}", desk.sync());
        network.world().asked.clear();
        network.world().refuse_from = Some(1);
        let failed = desk.try_sync(None).unwrap_err();
        write!(said, "{failed:?} {:?} {:?}", desk.listed(), desk.log()).unwrap();
        for secret in KARTRA_KEY.split(':').chain([KEY]) {
            assert!(!said.contains(secret), "{kind:?}");
            for file in fs::read_dir(desk.dir.path()).unwrap() {
                let path = file.unwrap().path();
                let bytes = fs::read(&path).unwrap();
                let found = bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes());
                assert!(!found, "{kind:?}: a key is in {}", path.display());
            }
        }
    }
}

#[test]
fn several_accounts_of_one_network_do_not_mix() {
    for kind in Kind::ALL {
        // Both accounts number their records alike.
        let (mine, other) = (Network::with(kind, 30), Network::with(kind, 20));
        let desk = Desk::with(&mine);
        desk.add(kind, "second", &other.base_url()).unwrap();
        let sync = || {
            let input = SyncInput {
                names: Vec::new(),
                since: Some(SINCE.to_owned()),
                secret: None,
                job: None,
            };
            let done = connection::sync(&desk.app, input).unwrap();
            let rows: Vec<(String, u64, u64)> = done
                .connections
                .into_iter()
                .map(|one| (one.name, one.rows.new, one.rows.same))
                .collect();
            rows
        };
        let of = |name: &str, new, same| (name.to_owned(), new, same);
        assert_eq!(sync(), [of("net", 30, 0), of("second", 20, 0)], "{kind:?}");
        assert_eq!(sync(), [of("net", 0, 30), of("second", 0, 20)], "{kind:?}");
        assert_eq!(desk.total(), mine.total() + other.total(), "{kind:?}");
        desk.check();
    }
}

#[test]
fn a_failed_sync_is_in_the_log_with_its_way_out() {
    let network = Network::with(Kind::Digistore24, 5);
    let desk = Desk::with(&network);
    assert_eq!(desk.listed().health, "new");
    network.world().refuse_from = Some(1);
    assert_eq!(desk.try_sync(None).unwrap_err().code, "sync.sign_in");
    let row = desk.listed();
    assert_eq!(row.health, "failed");
    assert!(row.last_outcome.unwrap().contains("Invalid API key"));
    assert!(!row.error.unwrap().hints.is_empty());
    network.world().refuse_from = None;
    network.world().asked.clear();
    desk.sync();
    let runs = desk.log();
    let outcomes: Vec<&str> = runs.iter().map(|run| run.outcome.as_str()).collect();
    assert_eq!(outcomes, ["complete", "failed"]);
    let lines = &runs[0].lines;
    assert!(
        lines[0].text.contains("Digistore24")
            && lines
                .iter()
                .any(|line| line.text.contains("/listCommissions"))
    );
    assert_eq!(
        (desk.listed().health, desk.listed().error),
        ("good".to_owned(), None)
    );
}

#[test]
fn a_schedule_asks_when_it_is_due_and_not_before() {
    let network = Network::with(Kind::FirstPromoter, 5);
    let desk = Desk::with(&network);
    let due = || {
        connection::sync_due(
            &desk.app,
            SyncDueInput {
                secret: None,
                job: None,
            },
        )
        .unwrap()
        .connections
        .len()
    };
    assert_eq!((due(), desk.listed().next_run_at), (0, None));
    let set = |every_hours| {
        let input = ScheduleSet {
            name: "net".to_owned(),
            every_hours,
        };
        connection::schedule(&desk.app, input)
    };
    assert_eq!(set(Some(0)).unwrap_err().code, "connection.bad_schedule");
    assert_eq!(set(Some(6)).unwrap().every_hours, Some(6));
    assert_eq!((due(), due()), (1, 0));
    assert_eq!(desk.log()[0].by, "schedule");
    desk.clock.fetch_add(5 * 3_600, Ordering::Relaxed);
    assert_eq!(due(), 0);
    desk.clock.fetch_add(3_600, Ordering::Relaxed);
    network.world().refuse_from = Some(1);
    // One that fails waits for its next turn.
    assert_eq!((due(), due()), (1, 0));
    assert_eq!(desk.listed().health, "failed");
    set(None).unwrap();
    assert_eq!(desk.listed().next_run_at, None);
}

#[test]
fn a_connection_says_what_it_needs_and_is_tested_first() {
    let network = Network::with(Kind::Kartra, 3);
    let desk = Desk::with(&network);
    let test = |secret: Option<&str>| {
        let input = SyncInput {
            names: vec!["net".to_owned()],
            since: None,
            secret: secret.map(Key::from),
            job: None,
        };
        connection::test(&desk.app, input).unwrap()
    };
    assert!(test(None).ok);
    let wrong = test(Some("a:b:c"));
    assert!(
        !wrong.ok && wrong.message.contains("API key or password"),
        "{}",
        wrong.message
    );
    let networks = connection::network_list(&desk.app, Empty {}).unwrap().items;
    assert_eq!(networks.len(), 7);
    let needs: Vec<&str> = networks
        .iter()
        .filter(|one| one.needs_currency)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(needs, ["firstpromoter"]);
    let input = |network: &str, account: &str, currency: Option<&str>| ConnectionAdd {
        network: network.to_owned(),
        name: "x".to_owned(),
        account: account.to_owned(),
        program: None,
        currency: currency.map(str::to_owned),
        base_url: None,
        secret: None,
        leads: Vec::new(),
    };
    let refused = |input| connection::add(&desk.app, input).unwrap_err().code;
    assert_eq!(refused(input("impact", "", None)), "connection.no_account");
    assert_eq!(
        refused(input("firstpromoter", "a", None)),
        "connection.no_currency"
    );
    let waited = desk.pace.now();
    desk.add(Kind::Impact, "second account", &network.base_url())
        .unwrap();
    assert!(desk.pace.now().saturating_sub(waited) < Duration::from_secs(1));
}
