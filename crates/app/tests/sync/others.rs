//! Every other network against a server that follows its specification.

use crate::{
    desk::{Desk, count},
    loopback::{Loopback, Reply},
    networks::{Kind, NOW, Network, Record},
};
use perennial_app::{commands::connection, dto::SyncInput};
use perennial_connectors::http::Pace as _;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

#[test]
fn thousands_of_records_come_once_and_to_the_cent() {
    for kind in Kind::ALL {
        let network = Network::with(kind, count(kind));
        let desk = Desk::with(&network);
        let first = desk.sync();
        assert!(first.complete, "{kind:?}: {:?}", first.error);
        let (rows, all) = (first.rows, count(kind) as u64);
        assert_eq!(
            (rows.read, rows.new, rows.refused),
            (all, all, 0),
            "{kind:?}: {:?}",
            first.refused.first()
        );
        assert_eq!(desk.total(), network.total(), "{kind:?}");
        let again = desk.sync();
        assert_eq!(
            (
                again.rows.new,
                again.rows.changed,
                again.rows.same,
                again.vanished.len()
            ),
            (0, 0, all, 0),
            "{kind:?}"
        );
        desk.check();
        assert_eq!(desk.listed().health, "good");
    }
}

#[test]
fn no_network_is_asked_more_often_than_it_allows() {
    let network = Network::with(Kind::Awin, 200);
    let desk = Desk::with(&network);
    let first = desk.try_sync(Some("2024-01-01")).unwrap();
    assert!(first.requests > 20);
    let minutes = desk.pace.now().as_secs() / 60;
    assert!(
        first.requests <= 20 * (minutes + 1),
        "{} in {minutes} minutes",
        first.requests
    );
    let waited = |line: &perennial_app::dto::LogLine| line.text.starts_with("Waited ");
    assert!(
        desk.log()[0].lines.iter().any(waited),
        "{:?}",
        desk.log()[0].lines
    );
}

#[test]
fn what_changed_or_vanished_is_told() {
    for kind in Kind::ALL {
        let network = Network::with(kind, 60);
        let desk = Desk::with(&network);
        desk.sync();
        {
            let mut world = network.world();
            world.records.remove(40);
            let row = world
                .records
                .iter_mut()
                .find(|record| record.n % 7 == 3 && record.corrects.is_none())
                .unwrap();
            row.micros += 1_000_000;
        }
        let second = desk.sync();
        assert!(second.complete, "{kind:?}: {:?}", second.error);
        assert_eq!((second.rows.new, second.rows.changed), (0, 1), "{kind:?}");
        // Kartra's list of leads is the person's: what is not asked for has not vanished.
        let vanished = usize::from(kind != Kind::Kartra);
        assert_eq!(second.vanished.len(), vanished, "{kind:?}");
        desk.check();
    }
}

#[test]
fn an_approval_that_no_date_filter_shows_is_found() {
    let network = Network::with(Kind::Impact, 40);
    let days = 86_400;
    let old = |n: usize, status| Record {
        n,
        at: NOW - 1_050 * days,
        changed: NOW - 1_050 * days,
        micros: 10_000_000,
        status,
        paid: false,
        corrects: None,
    };
    network.world().records.insert(0, old(900, "pending"));
    let desk = Desk::with(&network);
    assert_eq!(desk.sync().rows.new, 41);
    {
        let mut world = network.world();
        world.records[0].status = "reversed";
        world.updates.push((900, NOW - 1_050 * days, "PENDING"));
        world.updates.push((900, NOW - days, "REVERSED"));
        world.asked.clear();
    }
    let second = desk.sync();
    assert_eq!((second.rows.changed, second.vanished.len()), (1, 0));
    let asked = |path: &str| {
        network
            .world()
            .asked
            .iter()
            .any(|asked| asked.path.ends_with(path))
    };
    assert!(asked("/ActionUpdates") && asked("/Actions/1000.1.900/Items"));
}

#[test]
fn awin_is_asked_by_both_dates() {
    let network = Network::with(Kind::Awin, 10);
    let desk = Desk::with(&network);
    desk.try_sync(Some("2026-04-01")).unwrap();
    {
        // A sale from before the days that are read, approved yesterday.
        let mut world = network.world();
        let record = &mut world.records[0];
        record.changed = NOW - 86_400;
        record.status = "approved";
    }
    let second = desk.sync();
    assert!(second.complete);
    assert_eq!((second.rows.new, second.vanished.len()), (1, 0));
}

#[test]
fn a_clock_that_is_hours_off_loses_no_rows() {
    for off in [-9 * 3_600, 9 * 3_600] {
        for kind in Kind::ALL {
            let network = Network::with(kind, 50);
            let last = network.world().records.last().cloned().unwrap();
            network.world().records.push(Record {
                n: 77,
                at: NOW - 60,
                changed: NOW - 60,
                corrects: None,
                ..last
            });
            let desk = Desk::with(&network);
            desk.clock.store(NOW + off, Ordering::Relaxed);
            let done = desk.sync();
            assert!(done.complete, "{kind:?}: {:?}", done.error);
            assert_eq!(done.rows.new, 51, "{kind:?} {off}");
            assert_eq!(desk.sync().rows.same, 51, "{kind:?} {off}");
        }
    }
}

#[test]
fn a_next_page_on_another_host_is_not_asked_for() {
    let heard = Arc::new(AtomicI64::new(0));
    let stranger = Loopback::new({
        let heard = Arc::clone(&heard);
        move |_| {
            heard.fetch_add(1, Ordering::Relaxed);
            Reply::json("{}")
        }
    });
    let elsewhere = stranger.address.clone();
    let server = Loopback::new(move |asked| {
        let name = if asked.path.ends_with("/Actions") {
            "Actions"
        } else {
            "ActionUpdates"
        };
        Reply::json(format!(
            r#"{{"{name}":[],"@nextpageuri":"{elsewhere}/Actions?Page=2"}}"#
        ))
    });
    let network = Network::with(Kind::Impact, 0);
    let desk = Desk::with(&network);
    desk.add(Kind::Impact, "other", &server.address).unwrap();
    let input = SyncInput {
        names: vec!["other".to_owned()],
        since: None,
        secret: None,
        job: None,
    };
    let failure = connection::sync(&desk.app, input).unwrap_err();
    assert_eq!(
        (failure.code.as_str(), heard.load(Ordering::Relaxed)),
        ("sync.redirected", 0)
    );
}
