use super::*;
use crate::{
    driver::{Trouble, drive},
    http::{Http, Limits, Line, Pace},
};
use perennial_domain::{Currency, Money, ledger::ConversionFacts};
use proptest::prelude::*;
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// An account of PartnerStack in memory: rewards newest first, in pages as small as the test wants.
struct Account {
    rewards: Vec<String>,
    customers: Vec<String>,
    sales: Vec<String>,
    payouts: Vec<String>,
    none: Vec<String>,
    page: usize,
    /// Requests answered before the connection breaks for good.
    breaks: u64,
    asked: AtomicU64,
    /// Turns each page around and repeats its first item.
    untidy: bool,
}

impl Account {
    fn with(rewards: usize) -> Self {
        let reward = |n: usize| {
            format!(
                r#"{{"key":"rwrd_{n}","amount":{},"currency":"USD","created_at":{},"status":"approved","transaction":{{"key":"tran_{n}"}}}}"#,
                1000 + n,
                1_700_000_000_000 + n * 1000
            )
        };
        let sale = |n: usize| {
            format!(
                r#"{{"key":"tran_{n}","amount":9900,"currency":"USD","customer":{{"key":"cus_{}"}},"created_at":{}}}"#,
                n % 7,
                1_700_000_000_000 + n * 1000
            )
        };
        let customer = |n: usize| {
            format!(r#"{{"key":"cus_{n}","sub_ids":["s{n}"],"created_at":1700000000000}}"#)
        };
        Self {
            rewards: (0..rewards).rev().map(reward).collect(),
            sales: (0..rewards).rev().map(sale).collect(),
            customers: (0..7).map(customer).collect(),
            payouts: vec![
                r#"{"key":"pay_1","amount":500,"currency":"USD","status":"successful"}"#.to_owned(),
            ],
            none: Vec::new(),
            page: 10,
            breaks: u64::MAX,
            asked: AtomicU64::new(0),
            untidy: false,
        }
    }
}

impl Http for Account {
    fn send(&self, request: &Request, _: &dyn Fn() -> bool) -> Result<String, HttpError> {
        if self.asked.fetch_add(1, Ordering::Relaxed) >= self.breaks {
            return Err(HttpError::SignIn(401));
        }
        let all = match request.path.as_str() {
            "/rewards" => &self.rewards,
            "/customers" => &self.customers,
            "/transactions" => &self.sales,
            "/payouts" => &self.payouts,
            _ => &self.none,
        };
        let after = request
            .query
            .iter()
            .find(|(name, _)| *name == "starting_after")
            .map(|(_, value)| value);
        let begin = match after {
            None => 0,
            Some(after) => match all
                .iter()
                .position(|item| item.contains(&format!("\"{after}\"")))
            {
                Some(at) => at + 1,
                None => {
                    return Err(HttpError::Refused {
                        status: 400,
                        says: String::new(),
                    });
                }
            },
        };
        let mut items: Vec<&str> = all
            .iter()
            .skip(begin)
            .take(self.page)
            .map(String::as_str)
            .collect();
        let more = begin + self.page < all.len();
        if self.untidy {
            items.reverse();
            items.extend(all.first().map(String::as_str).filter(|_| !more));
        }
        Ok(format!(
            r#"{{"data":{{"items":[{}],"has_more":{more}}},"message":"ok","status":200}}"#,
            items.join(",")
        ))
    }
}

struct NoTime;
impl Pace for NoTime {
    fn wait(&self, _: Duration, _: &dyn Fn() -> bool) -> bool {
        true
    }
    fn jitter(&self) -> u32 {
        0
    }
    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn plan(resume: Option<String>) -> Plan {
    Plan {
        account: crate::Account::default(),
        since: None,
        begun: "2026-06-01T00:00:00Z".parse().unwrap(),
        last: None,
        resume,
    }
}

#[derive(Default)]
struct Kept {
    rows: BTreeMap<String, ConversionFacts>,
    landed: usize,
    payouts: usize,
    refused: Vec<RefusedRecord>,
    resume: Option<String>,
}

fn sync(account: &Account, resume: Option<String>, kept: &mut Kept) -> Option<Trouble> {
    let plan = plan(resume);
    let (limits, stop) = (Limits::default(), || false);
    let mut line = Line::new(account, &NoTime, &limits, &stop);
    let ended = drive(&mut Sync::new(plan), &mut line, |landing| {
        kept.landed += landing.conversions.len();
        for facts in landing.conversions {
            kept.rows.insert(facts.native_id.clone().unwrap(), facts);
        }
        kept.payouts += landing.payouts.len();
        kept.refused.extend(landing.refused);
        kept.resume = landing.resume;
        Ok::<(), ()>(())
    });
    ended.unwrap()
}

fn total(kept: &Kept) -> i64 {
    kept.rows
        .values()
        .filter_map(|row| row.commission)
        .map(Money::micros)
        .sum()
}

#[test]
fn everything_comes_once_and_joined() {
    let account = Account::with(95);
    let mut kept = Kept::default();
    assert_eq!(sync(&account, None, &mut kept), None);
    assert_eq!((kept.rows.len(), kept.landed, kept.payouts), (95, 95, 1));
    assert_eq!(
        total(&kept),
        (0..95).map(|n| (1000 + n) * 10_000).sum::<i64>()
    );
    let row = kept.rows.get("rwrd_9").unwrap();
    assert_eq!(
        (row.sub_ids.clone(), row.sale),
        (
            vec!["s2".to_owned()],
            Money::parse("99", Currency::USD).ok()
        )
    );
    assert_eq!(
        kept.rows
            .values()
            .filter(|row| row.kind == perennial_domain::ledger::Kind::Sale)
            .count(),
        7
    );
}

#[test]
fn however_often_it_is_cut_off_it_gets_there() {
    let mut whole = Kept::default();
    sync(&Account::with(95), None, &mut whole);
    let (mut kept, mut runs) = (Kept::default(), 0);
    loop {
        // 1 page of partnerships, customers and actions each and 10 of transactions come first; two pages of rewards are
        // all it gets.
        let account = Account {
            breaks: if runs < 6 { 15 } else { u64::MAX },
            ..Account::with(95)
        };
        let resume = kept.resume.take();
        runs += 1;
        match sync(&account, resume, &mut kept) {
            None => break,
            Some(trouble) => assert_eq!(trouble, Trouble::Http(HttpError::SignIn(401))),
        }
        assert!(runs < 20);
    }
    assert_eq!(kept.rows, whole.rows);
    assert_eq!(runs, 7);
}

#[test]
fn a_refund_is_tied_to_the_reward_it_takes_back() {
    let mut account = Account::with(30);
    // Newest first: the refund of the oldest sale comes first.
    account.rewards.insert(
        0,
        r#"{"key":"rwrd_back","amount":-1000,"currency":"USD","created_at":1700000099000,"transaction":{"key":"tran_0"}}"#
            .to_owned(),
    );
    account.rewards.insert(
        0,
        r#"{"key":"rwrd_lost","amount":-5,"currency":"USD","created_at":1700000099000,"transaction":{"key":"tran_gone"}}"#
            .to_owned(),
    );
    let mut kept = Kept::default();
    assert_eq!(sync(&account, None, &mut kept), None);
    let parent = |key: &str| kept.rows.get(key).unwrap().parent_native_id.clone();
    assert_eq!(parent("rwrd_back").as_deref(), Some("rwrd_0"));
    assert_eq!(parent("rwrd_lost"), None);
    assert_eq!(kept.rows.len(), 32);
}

#[test]
fn a_place_to_go_on_that_is_gone_costs_a_fresh_start() {
    let mut kept = Kept::default();
    assert_eq!(
        sync(&Account::with(25), Some("rwrd_gone".to_owned()), &mut kept),
        None
    );
    assert_eq!(kept.rows.len(), 25);
}

#[test]
fn a_network_that_turns_in_circles_is_left() {
    let mut run = Sync::new(plan(None));
    let page = r#"{"data":{"items":[{"key":"a"}],"has_more":true}}"#;
    assert_eq!(run.page(page), Ok(()));
    assert_eq!(run.page(page), Err(PageError::NoProgress));
    assert_eq!(
        run.page(r#"{"data":{"items":[],"has_more":true}}"#),
        Err(PageError::NoProgress)
    );
    assert_eq!(run.page("<html>"), Err(PageError::Malformed));
    assert_eq!(run.page("{}"), Err(PageError::Missing("data")));
    assert_eq!(
        run.page(r#"{"data":{"has_more":false}}"#),
        Err(PageError::Missing("items"))
    );
}

#[test]
fn one_broken_record_does_not_stop_the_others() {
    let mut account = Account::with(12);
    account.rewards.insert(
        3,
        r#"{"key":"rwrd_broken","amount":"lots","currency":"USD","created_at":1}"#.to_owned(),
    );
    account.rewards.insert(8, r#"{"nothing":true}"#.to_owned());
    let mut kept = Kept::default();
    assert_eq!(sync(&account, None, &mut kept), None);
    assert_eq!((kept.rows.len(), kept.refused.len()), (12, 2));
    assert_eq!(
        kept.refused.first().unwrap().native_id.as_deref(),
        Some("rwrd_broken")
    );
}

#[test]
fn what_an_account_is_not_served_is_left_out() {
    struct Bare(Account);
    impl Http for Bare {
        fn send(&self, request: &Request, stop: &dyn Fn() -> bool) -> Result<String, HttpError> {
            if request.path == "/rewards" {
                self.0.send(request, stop)
            } else {
                Err(HttpError::Refused {
                    status: 404,
                    says: String::new(),
                })
            }
        }
    }
    let (bare, limits, stop) = (Bare(Account::with(5)), Limits::default(), || false);
    let mut line = Line::new(&bare, &NoTime, &limits, &stop);
    let mut rows = 0;
    let ended = drive(&mut Sync::new(plan(None)), &mut line, |landing| {
        rows += landing.conversions.len();
        Ok::<(), ()>(())
    });
    assert_eq!((ended, rows), (Ok(None), 5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_order_and_repetition_gives_the_same_rows(count in 1_usize..60, page in 1_usize..15, cut in 0_u64..80) {
        let mut whole = Kept::default();
        prop_assert_eq!(sync(&Account::with(count), None, &mut whole), None);
        let mut kept = Kept::default();
        let untidy = |breaks| Account { page, untidy: true, breaks, ..Account::with(count) };
        sync(&untidy(cut), None, &mut kept);
        let resume = kept.resume.take();
        prop_assert_eq!(sync(&untidy(u64::MAX), resume, &mut kept), None);
        prop_assert_eq!(&kept.rows, &whole.rows);
    }

    #[test]
    fn no_page_brings_it_down(body in ".{0,300}", stages in 0_usize..6) {
        let mut run = Sync::new(plan(None));
        for _ in 0..stages {
            let _ = run.page(r#"{"data":{"items":[]}}"#);
            let _ = run.step();
        }
        let _ = run.page(&body);
    }
}
