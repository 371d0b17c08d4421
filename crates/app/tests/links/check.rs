//! Health: what is asked, what is not, and when it is said.

use super::{Desk, LinkCheck, link_check, moved, server};
use crate::loopback::Reply;
use perennial_app::dto::{ById, Empty, LinkAccept, LinkCheckSettings, PlacementSave};
use std::time::Duration;

/// The address carries the identity by itself on 127.0.0.1 (the tracking host); the program's pages are on localhost.
const TRACKING: &str = "hosts = [\"127.0.0.1\", \"localhost\"]\ntracking_hosts = [\"127.0.0.1\"]\nsub_ids = [{ param = \"sid1\", template = \"{channel}\" }]";
/// A parameter carries it.
const PARAM: &str = "hosts = [\"127.0.0.1\"]\nidentity_param = \"ref\"\nsub_ids = [{ param = \"sid1\", template = \"{channel}\" }]";

#[test]
fn a_tracked_address_is_never_asked_unless_that_is_allowed() {
    let (server, asked) = server(|_| Reply::json("{}"));
    let desk = Desk::new(TRACKING);
    desk.link(&format!("{}/anna", server.address));
    let done = desk.check();
    assert_eq!((done.checked, done.unverifiable, done.requests), (1, 1, 0));
    assert!(done.items[0].asked.is_none());
    assert!(asked.lock().unwrap().is_empty(), "no click of one's own");

    desk.allow();
    let done = desk.check();
    assert_eq!((done.healthy, done.requests), (1, 1));
    assert_eq!(*asked.lock().unwrap(), ["HEAD /anna"]);
}

#[test]
fn a_page_is_asked_without_what_names_the_affiliate_and_once_for_all_its_links() {
    let (server, asked) = server(|request| {
        assert!(!request.query.contains_key("ref") && !request.query.contains_key("sid1"));
        assert_eq!(request.query.get("plan").map(String::as_str), Some("gold"));
        Reply::json("{}")
    });
    let desk = Desk::new(PARAM);
    for _ in 0..3 {
        desk.link(&format!("{}/plans?plan=gold", server.address));
    }
    let done = desk.check();
    assert_eq!((done.checked, done.healthy, done.requests), (3, 3, 1));
    assert_eq!(*asked.lock().unwrap(), ["HEAD /plans"]);
}

#[test]
fn a_chain_stops_before_the_tracked_address_and_is_judged_there() {
    let (tracking, clicked) = server(|_| Reply::json("{}"));
    let good = format!("{}/anna?sid1=blog", tracking.address);
    let bare = format!("{}/anna", tracking.address);
    let (own, _) = server(move |request| match request.path.as_str() {
        "/go" => moved(&good),
        "/lossy" => moved(&bare),
        "/away" => moved("https://parked.invalid/"),
        "/loop" => moved("/loop"),
        _ => Reply::status(404),
    });
    // The user's own site is on localhost here, which is none of the program's hosts.
    let desk = Desk::new(
        "hosts = [\"127.0.0.1\"]\ntracking_hosts = [\"127.0.0.1\"]\nsub_ids = [{ param = \"sid1\", template = \"{channel}\" }]",
    );
    let own = own.address.replace("127.0.0.1", "localhost");
    for path in ["go", "lossy", "loop"] {
        desk.link(&format!("{own}/{path}"));
    }
    let done = desk.check();
    let of = |path: &str| {
        done.items
            .iter()
            .find(|item| item.url.contains(path))
            .unwrap()
    };
    assert_eq!(of("/go").state, "healthy", "{:?}", of("/go"));
    assert_eq!(of("/go").final_host.as_deref(), Some("127.0.0.1"));
    assert_eq!(of("/lossy").problems[0].kind, "lost_parameter");
    assert_eq!(of("/lossy").problems[0].detail, "sid1");
    assert_eq!(of("/loop").problems[0].kind, "redirects");
    assert!(clicked.lock().unwrap().is_empty(), "no click of one's own");
}

#[test]
fn a_foreign_host_and_a_look_alike_are_told_apart() {
    let (far, _) = server(|_| Reply::json("{}"));
    let far = far.address.replace("127.0.0.1", "localhost");
    let (near, _) = server(move |_| moved(&far));
    let desk = Desk::new("hosts = [\"127.0.0.1\"]\nidentity_param = \"ref\"");
    desk.link(&format!("{}/x", near.address));
    let done = desk.check();
    assert_eq!(done.items[0].problems[0].kind, "foreign_host");
    assert_eq!(done.items[0].problems[0].detail, "localhost");

    let desk = Desk::new("hosts = [\"acme.example\"]\nidentity_param = \"ref\"");
    desk.link("http://acme.example.localhost:9/x");
    let done = desk.check();
    assert!(
        done.items[0]
            .problems
            .iter()
            .any(|one| one.kind == "look_alike"),
        "{:?}",
        done.items[0]
    );
}

#[test]
fn head_is_not_the_last_word() {
    let (server, asked) =
        server(
            |request| match (request.method.as_str(), request.path.as_str()) {
                ("HEAD", "/get-only") => Reply::status(405),
                ("GET", "/get-only" | "/odd") => Reply::json("{}"),
                (_, "/kept-out") => Reply::status(403),
                _ => Reply::status(404),
            },
        );
    let desk = Desk::new(PARAM);
    for path in ["get-only", "odd", "kept-out", "gone"] {
        desk.link(&format!("{}/{path}", server.address));
    }
    let done = desk.check();
    let of = |path: &str| {
        done.items
            .iter()
            .find(|item| item.url.contains(path))
            .unwrap()
    };
    assert_eq!(of("/get-only").state, "healthy");
    assert_eq!(of("/odd").state, "healthy");
    assert_eq!(of("/kept-out").state, "unverifiable");
    assert_eq!(
        (of("/gone").problems[0].kind.as_str(), of("/gone").status),
        ("gone", Some(404))
    );
    assert!(asked.lock().unwrap().contains(&"GET /get-only".to_owned()));
}

#[test]
fn trouble_that_passes_is_asked_again_and_a_busy_site_is_left_alone() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let (server, asked) = server(move |request| match request.path.as_str() {
        "/wobbly" if times.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2 => {
            Reply::status(500)
        }
        "/wobbly" => Reply::json("{}"),
        "/busy" => Reply::status(429).header("retry-after", "0"),
        "/later" => Reply::status(429).header("retry-after", "3600"),
        _ => Reply {
            drip: Some(Duration::from_secs(1)),
            ..Reply::json("x")
        },
    });
    let desk = Desk::new(PARAM);
    for path in ["wobbly", "busy", "later"] {
        desk.link(&format!("{}/{path}", server.address));
    }
    let done = desk.check();
    let of = |path: &str| {
        done.items
            .iter()
            .find(|item| item.url.contains(path))
            .unwrap()
    };
    assert_eq!(of("/wobbly").state, "healthy", "{:?}", of("/wobbly"));
    assert_eq!(of("/busy").state, "unverifiable");
    assert_eq!(of("/later").state, "unverifiable");
    let asked = asked.lock().unwrap();
    assert_eq!(asked.iter().filter(|one| one.ends_with("/busy")).count(), 3);
    assert_eq!(
        asked.iter().filter(|one| one.ends_with("/later")).count(),
        1,
        "an hour is not waited for"
    );
}

#[test]
fn a_slow_site_is_a_failure_and_not_a_wait_without_end() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let desk = Desk::new(PARAM);
    desk.link(&format!("{address}/never"));
    let begun = std::time::Instant::now();
    let done = desk.check();
    assert_eq!(done.items[0].problems[0].kind, "slow");
    assert!(
        begun.elapsed() < Duration::from_secs(40),
        "{:?}",
        begun.elapsed()
    );
    drop(listener);
}

#[test]
fn three_failures_over_time_raise_one_quiet_alarm() {
    let (server, _) = server(|_| Reply::status(404));
    let desk = Desk::new(PARAM);
    let code = desk.link(&format!("{}/gone", server.address));
    let place = PlacementSave {
        id: None,
        link: Some(code.clone()),
        kind: Some("video".into()),
        place: Some("https://video.example/watch".into()),
        since: None,
        note: None,
    };
    perennial_app::commands::placement::save(&desk.app, place).unwrap();
    for _ in 0..4 {
        let done = desk.check();
        assert_eq!(
            (done.failing, done.broken),
            (1, 0),
            "a bad hour is one failure"
        );
    }
    let overview = || perennial_app::commands::overview::overview(&desk.app, Empty {}).unwrap();
    assert!(!overview().attention.iter().any(|item| item.area == "links"));
    desk.later(2);
    desk.check();
    desk.later(2);
    let done = desk.check();
    assert_eq!((done.failing, done.broken), (0, 1));
    let items: Vec<_> = overview()
        .attention
        .into_iter()
        .filter(|item| item.area == "links")
        .collect();
    assert_eq!(items.len(), 1);
    assert_eq!(
        items[0].message,
        "One link failed three checks in a row, and one place holds a link that must be replaced."
    );
    let health = link_check::health(&desk.app, ById { id: code.clone() }).unwrap();
    assert_eq!(
        (health.state.as_str(), health.failures, health.checks.len()),
        ("broken", 3, 1)
    );
    assert_eq!(health.checks[0].times, 6);
    assert_eq!(health.places[0].replace.as_deref(), Some("broken"));

    let accept = |accept| {
        link_check::accept(
            &desk.app,
            LinkAccept {
                id: code.clone(),
                accept,
            },
        )
        .unwrap()
    };
    assert_eq!(accept(true).state, "expected");
    assert_eq!(desk.check().expected, 1);
    assert!(!overview().attention.iter().any(|item| item.area == "links"));
    perennial_app::commands::book::undo(&desk.app, Empty {}).unwrap();
    assert_eq!(
        link_check::health(&desk.app, ById { id: code })
            .unwrap()
            .state,
        "unchecked"
    );
}

#[test]
fn a_schedule_is_off_until_it_is_set() {
    let (server, asked) = server(|_| Reply::json("{}"));
    let desk = Desk::new(PARAM);
    desk.link(&format!("{}/x", server.address));
    let due = || {
        let input = LinkCheck {
            due: true,
            ..LinkCheck::default()
        };
        link_check::check(&desk.app, input).unwrap().checked
    };
    assert_eq!(due(), 0);
    let settings = LinkCheckSettings {
        every_hours: Some(24),
        tracked: Vec::new(),
    };
    link_check::set(&desk.app, settings).unwrap();
    assert_eq!(due(), 1);
    assert_eq!(due(), 0);
    desk.later(25);
    assert_eq!(due(), 1);
    assert_eq!(asked.lock().unwrap().len(), 2);
    let wrong = LinkCheckSettings {
        every_hours: Some(0),
        tracked: Vec::new(),
    };
    assert_eq!(
        link_check::set(&desk.app, wrong).unwrap_err().code,
        "link.bad_schedule"
    );
}

#[test]
fn no_connection_at_all_is_no_links_fault() {
    let desk = Desk::new(PARAM);
    for host in ["127.0.0.1:9", "127.0.0.2:9"] {
        desk.link(&format!("http://{host}/x"));
    }
    let failure = link_check::check(&desk.app, LinkCheck::default()).unwrap_err();
    assert_eq!(failure.code, "link.offline");
    assert_eq!(
        link_check::digest(&desk.app, Empty {}).unwrap().unchecked,
        2
    );
}
