//! Syncs that are cut off or go wrong, of every other network: the book stays whole, and the next clean one is true.

use crate::{
    desk::{Desk, SINCE, count},
    loopback::Reply,
    networks::{Kind, Network},
    partnerstack::Fault,
};

#[test]
fn a_cut_off_sync_goes_on_and_ends_at_the_same_totals() {
    for kind in Kind::ALL {
        let network = Network::with(kind, count(kind) / 4);
        let desk = Desk::with(&network);
        let whole = {
            let twin = Desk::with(&network);
            twin.sync_since().requests
        };
        let mut partial = 0;
        // Each run is stopped a little later than the one before.
        for step in 1..6 {
            network.world().asked.clear();
            let from = usize::try_from(whole * step / 6).unwrap() + 1;
            network.world().refuse_from = Some(from);
            match desk.try_sync(Some(SINCE)) {
                Ok(done) => {
                    assert!(!done.complete && done.vanished.is_empty(), "{kind:?}");
                    assert_eq!(done.error.unwrap().code, "sync.sign_in", "{kind:?}");
                    partial += 1;
                }
                Err(failure) => assert_eq!(failure.code, "sync.sign_in", "{kind:?}"),
            }
            desk.check();
        }
        assert!(partial > 0, "{kind:?}");
        network.world().refuse_from = None;
        let rest = desk.sync_since();
        assert!(
            rest.complete && rest.vanished.is_empty(),
            "{kind:?}: {:?}",
            rest.error
        );
        assert_eq!(desk.total(), network.total(), "{kind:?}");
        let again = desk.sync();
        assert_eq!(
            (again.rows.new, again.rows.changed, again.vanished.len()),
            (0, 0, 0),
            "{kind:?}"
        );
    }
}

fn bomb(mebibytes: usize) -> Reply {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    // Many members, one after the other, are one gzip stream.
    Reply::json(encoder.finish().unwrap().repeat(mebibytes)).header("content-encoding", "gzip")
}

#[test]
fn after_every_fault_the_book_is_whole_and_a_clean_sync_reaches_the_truth() {
    let bomb = bomb(40);
    let huge = Reply {
        times: 200,
        ..Reply::json(vec![b' '; 1 << 20])
    };
    let html = Reply::json("<html>Sign in</html>").header("content-type", "text/html");
    let burst: Vec<Fault> = [500, 502, 503]
        .map(|status| Fault::Say(Reply::status(status)))
        .to_vec();
    let faults: Vec<(&str, Vec<Fault>)> = vec![
        (
            "too many",
            vec![Fault::Say(Reply::status(429).header("retry-after", "1"))],
        ),
        (
            "too many for a day",
            vec![Fault::Say(
                Reply::status(429).header("retry-after", "86400"),
            )],
        ),
        ("burst", burst),
        ("reset", vec![Fault::Cut]),
        ("bomb", vec![Fault::Say(bomb)]),
        ("huge", vec![Fault::Say(huge)]),
        ("html", vec![Fault::Say(html)]),
        (
            "foreign",
            vec![Fault::Say(
                Reply::status(302).header("location", "https://example.com/"),
            )],
        ),
        (
            "circle",
            vec![Fault::Say(Reply::status(307).header("location", "?again=1")); 6],
        ),
        ("slow", vec![Fault::Drip]),
        ("shuffled", vec![Fault::Shuffle; 40]),
    ];
    for (index, kind) in Kind::ALL.into_iter().enumerate() {
        let records = if kind == Kind::Kartra { 24 } else { 240 };
        let network = Network::with(kind, records);
        let whole = Desk::with(&network).sync_since().requests;
        for (number, (name, faults)) in faults.iter().enumerate() {
            // Not every fault on every network: what guards against them is the same line.
            if (index + number) % 2 != 0 && *name != "shuffled" && *name != "reset" {
                continue;
            }
            let desk = Desk::with(&network);
            {
                let mut world = network.world();
                world.asked.clear();
                let at = usize::try_from(whole / 2).unwrap() + 1;
                world.faults = faults
                    .iter()
                    .enumerate()
                    .map(|(n, fault)| (at + n, fault.clone()))
                    .collect();
            }
            if let Err(failure) = desk.try_sync(Some(SINCE)) {
                assert!(
                    failure.code.starts_with("sync."),
                    "{kind:?}, {name}: {failure:?}"
                );
                assert!(!failure.hints.is_empty());
            }
            desk.check();
            network.world().faults.clear();
            let clean = desk.sync_since();
            assert!(
                clean.complete && clean.vanished.is_empty(),
                "{kind:?}, {name}: {:?}",
                clean.error
            );
            assert_eq!(desk.total(), network.total(), "{kind:?}, {name}");
            assert_eq!(desk.sync().rows.same, records as u64, "{kind:?}, {name}");
        }
    }
}
