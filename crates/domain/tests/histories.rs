//! Ten thousand random histories of a ledger in memory: whatever is earned, taken back, paid, paid in part, received or
//! explained, nothing is lost and nothing appears.
#![allow(clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use perennial_domain::{
    Currency, Money,
    ledger::{Posting, PostingKind, ScheduleTerms, schedule},
    program::Rate,
    reconcile::{Balance, Explanation, Landed, allot, balance},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn usd(cents: i64) -> Money {
    Money::from_minor(cents, Currency::USD).unwrap()
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(offset)
}

/// A commission or, below zero, what takes one back; what of it is paid.
#[derive(Clone, Copy, Debug)]
struct Row {
    cents: i64,
    due: u64,
    paid: i64,
}

#[derive(Clone, Debug)]
enum Step {
    Earn {
        cents: i64,
        due: u64,
    },
    TakeBack {
        of: usize,
        part: i64,
        chargeback: bool,
    },
    Pay {
        day: u64,
        cents: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1_i64..50_000, 0_u64..200).prop_map(|(cents, due)| Step::Earn { cents, due }),
        2 => (0_usize..50, 1_i64..=100, any::<bool>())
            .prop_map(|(of, part, chargeback)| Step::TakeBack { of, part, chargeback }),
        3 => (0_u64..250, 1_i64..90_000).prop_map(|(day, cents)| Step::Pay { day, cents }),
    ]
}

/// What one payout paid, of how much.
struct Paid {
    cents: i64,
    lines: i64,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn earned_is_reserve_due_and_paid(steps in proptest::collection::vec(step(), 1..40), today in 0_u64..250) {
        let mut rows: Vec<Row> = Vec::new();
        let mut payouts: Vec<Paid> = Vec::new();
        for step in &steps {
            match step {
                Step::Earn { cents, due } => rows.push(Row { cents: *cents, due: *due, paid: 0 }),
                Step::TakeBack { of, part, chargeback } => {
                    if let Some(row) = rows.get(of % rows.len().max(1)).copied().filter(|row| row.cents > 0) {
                        // A chargeback may take back more than the commission was.
                        let fee = if *chargeback { 1_500 } else { 0 };
                        rows.push(Row { cents: -(row.cents * part / 100).max(1) - fee, due: row.due, paid: 0 });
                    }
                }
                Step::Pay { day, cents } => {
                    let open: Vec<usize> = (0..rows.len())
                        .filter(|index| rows[*index].due <= *day && rows[*index].cents != rows[*index].paid)
                        .collect();
                    let amounts: Vec<i64> = open.iter().map(|index| rows[*index].cents - rows[*index].paid).collect();
                    let shares = allot(&amounts, *cents);
                    for (index, part) in &shares {
                        rows[open[*index]].paid += part;
                    }
                    payouts.push(Paid { cents: *cents, lines: shares.iter().map(|(_, part)| part).sum() });
                }
            }
            let earned: i64 = rows.iter().map(|row| row.cents).sum();
            let paid: i64 = rows.iter().map(|row| row.paid).sum();
            let open = |held: bool| -> i64 {
                rows.iter().filter(|row| (row.due > today) == held).map(|row| row.cents - row.paid).sum()
            };
            let (reserve, due) = (open(true), open(false));
            prop_assert_eq!(earned, reserve + due + paid);
            let sent: i64 = payouts.iter().map(|payout| payout.cents).sum();
            let lines: i64 = payouts.iter().map(|payout| payout.lines).sum();
            prop_assert_eq!(lines, paid);
            // Payouts, what is left of the balance and what is pending are the commissions less what was taken back.
            prop_assert_eq!(sent + (due - (sent - lines)) + reserve, earned);
            // No row is paid beyond itself, and no payout shared out beyond itself.
            prop_assert!(rows.iter().all(|row| row.paid.abs() <= row.cents.abs() && row.paid * row.cents >= 0));
            prop_assert!(payouts.iter().all(|payout| payout.lines <= payout.cents));
        }
        // Every payout can be explained to nothing, whatever of it arrived.
        for payout in &payouts {
            let landed = [Landed { amount: usd(payout.cents.max(300) - 290), fee: usd(0), rate: None }];
            let of = |explained| Balance { payout: usd(payout.cents), lines: usd(payout.lines), explained, landed: &landed };
            let open = balance(&of(&[])).unwrap();
            let all = [(Explanation::Carried, open.lines), (Explanation::Fee, open.deposit.negated())];
            prop_assert!(balance(&of(&all)).unwrap().left.is_zero());
        }
    }

    #[test]
    fn runs_pay_out_what_was_earned_and_no_more(
        earned in proptest::collection::vec((0_u64..300, 1_i64..60_000), 1..25),
        taken in proptest::collection::vec((0_usize..25, 0_u64..120, 1_i64..=100), 0..10),
        hold in 0_u32..60, minimum in 0_i64..20_000, run_day in 1_u32..=31, min_sales in 0_u32..8, percent in 0_i64..=100,
    ) {
        let mut ledger: Vec<Posting> = earned
            .iter()
            .enumerate()
            .map(|(index, (on, cents))| Posting {
                id: format!("c{index}"),
                date: day(*on),
                kind: PostingKind::Commission,
                amount: usd(*cents),
                reference: None,
            })
            .collect();
        let mut clawed = 0;
        for (index, (of, later, part)) in taken.iter().enumerate() {
            let of = of % earned.len();
            let (on, cents) = earned[of];
            // One commission is taken back once.
            if taken[..index].iter().any(|(before, ..)| before % earned.len() == of) {
                continue;
            }
            let cents = (cents * part / 100).max(1);
            clawed += cents;
            ledger.push(Posting {
                id: format!("r{index}"),
                date: day(on + later),
                kind: PostingKind::Clawback,
                amount: usd(cents),
                reference: Some(format!("c{of}")),
            });
        }
        let fee = Rate::Percent(Decimal::new(percent, 2));
        let terms = ScheduleTerms {
            currency: Currency::USD, hold_days: hold, minimum: usd(minimum), run_day, min_sales, payout_fee: Some(fee),
        };
        let made = schedule(&ledger, &terms).unwrap();
        let commissions: i64 = earned.iter().map(|(_, cents)| cents).sum();
        let pending = made.rows.last().map_or(usd(0), |row| row.pending);
        let sum = made.total_paid.plus(made.closing).unwrap().plus(pending).unwrap();
        prop_assert_eq!(sum, usd(commissions - clawed));
        let enough = earned.len() >= usize::try_from(min_sales).unwrap();
        prop_assert!(enough || made.total_paid.is_zero(), "nothing is released before enough sales");
        let fees = made.rows.iter().try_fold(usd(0), |sum, row| sum.plus(row.fee)).unwrap();
        prop_assert_eq!(fees, made.total_fees);
        for row in &made.rows {
            prop_assert!(!row.fee.is_negative() && row.fee.amount() <= row.payout.amount());
            prop_assert!(row.payout.is_zero() || (row.payout.amount() >= terms.minimum.amount() && !row.payout.is_negative()));
        }
    }
}
