//! The payout schedule against the worked examples, and its identity on random ledgers.
#![allow(clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use perennial_domain::{
    Currency, Money,
    ledger::{Posting, PostingKind, Schedule, ScheduleTerms, schedule},
};
use proptest::prelude::*;
use serde_json::Value;

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn terms() -> ScheduleTerms {
    ScheduleTerms {
        currency: Currency::USD,
        hold_days: 45,
        minimum: usd("100.00"),
        run_day: 15,
        min_sales: 0,
        payout_fee: None,
    }
}

fn posting(row: &Value) -> Posting {
    Posting {
        id: row["id"].as_str().unwrap().to_owned(),
        date: row["date"].as_str().unwrap().parse().unwrap(),
        kind: match row["kind"].as_str().unwrap() {
            "commission" => PostingKind::Commission,
            _ => PostingKind::Clawback,
        },
        amount: usd(row["amount"].as_str().unwrap()),
        reference: row["ref"].as_str().map(str::to_owned),
    }
}

#[test]
fn the_worked_examples_come_out_to_the_cent() {
    let file = include_str!("../../../tests/fixtures/reference/payout-small.json");
    let file: Value = serde_json::from_str(file).unwrap();
    for example in file["examples"].as_array().unwrap() {
        let ledger: Vec<_> = example["ledger"]
            .as_array()
            .unwrap()
            .iter()
            .map(posting)
            .collect();
        let made = schedule(&ledger, &terms()).unwrap();
        // The example lists every run of two years; the schedule begins with the first posting and ends when
        // everything has matured, and outside that span the example has nothing on hold and nothing paid.
        for want in example["expected"].as_array().unwrap() {
            let Some(row) = made
                .rows
                .iter()
                .find(|row| row.run.to_string() == want["run"])
            else {
                assert_eq!(
                    (want["payout"].as_str(), want["pending"].as_str()),
                    (Some("0.00"), Some("0.00"))
                );
                continue;
            };
            for (have, key) in [
                (row.payout, "payout"),
                (row.closing, "closing"),
                (row.pending, "pending"),
            ] {
                assert_eq!(
                    have.to_plain(),
                    want[key].as_str().unwrap(),
                    "{key} on {}",
                    row.run
                );
            }
        }
        assert_eq!(
            made.total_paid.to_plain(),
            example["total_paid"].as_str().unwrap()
        );
        assert_eq!(
            made.closing.to_plain(),
            example["closing"].as_str().unwrap()
        );
    }
}

fn ledgers() -> impl Strategy<Value = Vec<Posting>> {
    let commission = (
        0_u64..700,
        0_i64..500_000_000,
        prop::option::of((0_u64..200, 0_i64..600_000_000)),
    );
    prop::collection::vec(commission, 0..30).prop_map(|rows| {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let mut ledger = Vec::new();
        for (index, (day, micros, clawback)) in rows.into_iter().enumerate() {
            let date = start + Days::new(day);
            let id = format!("c{index}");
            if let Some((after, taken)) = clawback {
                ledger.push(Posting {
                    id: format!("x{index}"),
                    date: date + Days::new(after),
                    kind: PostingKind::Clawback,
                    amount: Money::from_micros(taken, Currency::USD),
                    reference: (taken % 3 != 0).then(|| id.clone()),
                });
            }
            ledger.push(Posting {
                id,
                date,
                kind: PostingKind::Commission,
                amount: Money::from_micros(micros, Currency::USD),
                reference: None,
            });
        }
        ledger
    })
}

fn sum(ledger: &[Posting], kind: PostingKind) -> i64 {
    ledger
        .iter()
        .filter(|p| p.kind == kind)
        .map(|p| p.amount.posted().micros())
        .sum()
}

fn paid_out_once(made: &Schedule) -> bool {
    made.rows
        .iter()
        .all(|row| row.payout.is_zero() || row.payout.micros() >= terms().minimum.micros())
}

proptest! {
    #[test]
    fn payouts_and_what_is_left_are_what_was_earned(ledger in ledgers()) {
        let made = schedule(&ledger, &terms()).unwrap();
        let pending = made.rows.last().map_or(0, |row| row.pending.micros());
        let earned = sum(&ledger, PostingKind::Commission) - sum(&ledger, PostingKind::Clawback);
        prop_assert_eq!(made.total_paid.micros() + made.closing.micros() + pending, earned);
        prop_assert_eq!(pending, 0, "everything has matured after the last run");
        prop_assert!(paid_out_once(&made));
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(ledger in ledgers()) {
        let mut turned = ledger.clone();
        turned.reverse();
        prop_assert_eq!(schedule(&ledger, &terms()), schedule(&turned, &terms()));
    }
}
