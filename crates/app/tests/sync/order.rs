//! Any order and repetition of what a network serves gives the same book.

use crate::{
    desk,
    networks::{Kind, Network},
    partnerstack::{FIRST, PartnerStack},
};
use perennial_store::{Book, ExportFormat};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::fs;

/// Seeds that are tried of each network; other ones each time.
const SEEDS: u32 = 3;
/// What names the run that brought a row, or is drawn by chance for it; and what may be an alias of the book's own, which
/// the record's hash stands for.
const OF_THE_RUN: [&str; 10] = [
    "id",
    "batch",
    "connection",
    "conversion",
    "program",
    "at",
    "seq",
    "seen_at",
    "customer_ref",
    "raw",
];

/// What the book holds of the network, row by row, in an order of its own.
fn held(book: &Book) -> Vec<(&'static str, Vec<String>)> {
    let dir = desk::folder();
    let folder = dir.path().join("out");
    book.export(&folder, ExportFormat::Json).unwrap();
    ["conversion", "payout", "status_event"]
        .map(|table| {
            let text = fs::read_to_string(folder.join(format!("{table}.json"))).unwrap();
            let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
            let mut rows: Vec<String> = rows
                .into_iter()
                .map(|mut row| {
                    let fields = row.as_object_mut().unwrap();
                    for name in OF_THE_RUN {
                        fields.remove(name);
                    }
                    row.to_string()
                })
                .collect();
            rows.sort();
            (table, rows)
        })
        .into()
}

fn same(truth: &[(&str, Vec<String>)], book: &Book) -> Result<(), TestCaseError> {
    for ((table, wanted), (_, found)) in truth.iter().zip(held(book)) {
        let other = wanted
            .iter()
            .zip(&found)
            .find(|(wanted, found)| wanted != found);
        prop_assert_eq!(other, None, "{}", table);
        prop_assert_eq!(wanted.len(), found.len(), "{}", table);
    }
    Ok(())
}

fn seeds(test: impl Fn(u64) -> Result<(), TestCaseError>) {
    let config = ProptestConfig {
        cases: SEEDS,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    };
    TestRunner::new(config).run(&any::<u64>(), test).unwrap();
}

#[test]
fn any_order_and_repetition_gives_the_same_book_of_every_network() {
    for kind in Kind::ALL {
        let count = if kind == Kind::Kartra { 40 } else { 230 };
        let truth = {
            let network = Network::with(kind, count);
            let desk = desk::Desk::with(&network);
            assert_eq!(desk.sync_since().rows.new, count as u64, "{kind:?}");
            held(&desk.app.book().unwrap())
        };
        seeds(|seed| {
            let network = Network::with(kind, count);
            network.disorder(seed);
            let desk = desk::Desk::with(&network);
            let done = desk.sync_since();
            prop_assert!(done.complete, "{:?}: {:?}", kind, done.error);
            prop_assert_eq!(done.rows.new, count as u64, "{:?}", kind);
            desk.check();
            same(&truth, &desk.app.book().unwrap())
        });
    }
}

/// Rewards that belong together: two of one transaction, and a refund that names only the transaction.
fn entangled() -> PartnerStack {
    let network = PartnerStack::with(700);
    let mut world = network.world();
    for n in (0..700).step_by(9) {
        let at = FIRST + i64::from(n) * 60_000;
        let reward = |key: String, later: i64, amount: i64| {
            json!({"key": key, "amount": amount, "currency": "USD", "created_at": at + later, "status": "approved",
                "customer": {"key": format!("cus_{}", n % 140)}, "transaction": {"key": format!("tran_{n}")}})
        };
        world
            .rewards
            .push(reward(format!("rwrd_second_{n}"), 30_000, 1_200));
        if n % 2 == 0 {
            world
                .rewards
                .push(reward(format!("rwrd_back_{n}"), 9_000_000, -1_200));
        }
    }
    world
        .rewards
        .sort_by_key(|reward| std::cmp::Reverse(reward["created_at"].as_i64()));
    drop(world);
    network
}

#[test]
fn any_order_and_repetition_of_entangled_rewards_gives_the_same_book() {
    let network = entangled();
    let count = network.world().rewards.len() as u64;
    let truth = {
        let desk = crate::Desk::with(&network.base_url());
        assert_eq!(desk.sync().rows.new, count);
        held(&desk.app.book().unwrap())
    };
    assert!(
        truth[0]
            .1
            .iter()
            .any(|row| row.contains("\"parent_native_id\":\"rwrd_")),
        "a refund knows what it takes back"
    );
    seeds(|seed| {
        let network = entangled();
        network.disorder(seed);
        let desk = crate::Desk::with(&network.base_url());
        let done = desk.sync();
        prop_assert!(done.complete, "{:?}", done.error);
        prop_assert_eq!(done.rows.new, count);
        same(&truth, &desk.app.book().unwrap())
    });
}
