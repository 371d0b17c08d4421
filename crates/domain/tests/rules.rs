//! What each rule of a program's terms keeps, whatever it is given.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::{Days, NaiveDate};
use perennial_domain::{
    Currency, Money,
    commission::{
        Milestone, charged_back, direct, earns_on, first_payments_rate, is_trial_payment,
        level_rate, milestone, plan_rate, promise_of_plan, second_tier,
    },
    ledger::Tier,
    program::{Plan, Rate, Term, TermKey, Terms, TermsVersion, terms_on},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

fn usd(cents: i64) -> Money {
    Money::from_minor(cents, Currency::USD).unwrap()
}

fn day() -> NaiveDate {
    "2026-01-31".parse().unwrap()
}

fn terms(values: Vec<(TermKey, String)>) -> Terms {
    let mut all = vec![(TermKey::Currency, "USD".to_owned())];
    all.extend(values);
    let version = TermsVersion {
        from: day(),
        version: "1".to_owned(),
        source: String::new(),
        note: String::new(),
        own: false,
        values: all,
    };
    terms_on(&[version], &[], day()).unwrap()
}

fn percent(rate: u32) -> Rate {
    Rate::Percent(Decimal::new(rate.into(), 2))
}

fn plan(key: &str, cents: i64) -> Plan {
    Plan {
        key: key.to_owned(),
        name: key.to_owned(),
        term: Term::Monthly,
        price: usd(cents),
        tier: 0,
    }
}

proptest! {
    #[test]
    fn first_payments_have_the_rate_of_the_nearest_step(
        steps in proptest::collection::btree_map(1_u32..40, 0_u32..=100, 0..5),
        number in 1_u32..60,
    ) {
        let rates: Vec<(u32, Rate)> = steps.iter().map(|(last, rate)| (*last, percent(*rate))).collect();
        let expected = steps.range(number..).next().map(|(_, rate)| percent(*rate));
        prop_assert_eq!(first_payments_rate(&rates, number), expected);
    }

    #[test]
    fn a_level_is_found_in_any_case_and_no_other(
        rates in proptest::collection::btree_map("[a-z]{1,6}", 0_u32..=100, 0..5),
        level in "[A-Za-z]{1,6}",
    ) {
        let list: Vec<(String, Rate)> = rates.iter().map(|(name, rate)| (name.clone(), percent(*rate))).collect();
        let expected = rates.get(&level.to_lowercase()).map(|rate| percent(*rate));
        prop_assert_eq!(level_rate(&list, Some(&level)), expected);
        prop_assert_eq!(level_rate(&list, None), None);
    }

    #[test]
    fn a_milestone_says_exactly_how_many_sales_are_missing(approved in 0_u32..1000, minimum in 0_u32..1000) {
        match milestone(approved, minimum) {
            Milestone::Reached => prop_assert!(approved >= minimum),
            Milestone::Missing(missing) => prop_assert_eq!(approved + missing, minimum),
        }
    }

    #[test]
    fn a_plan_has_its_own_rate_by_key_before_any_text(
        rates in proptest::collection::btree_map("[a-z]{3,6}", 0_u32..=100, 1..5),
        pick in any::<prop::sample::Index>(),
    ) {
        let list: Vec<(String, Rate)> = rates.iter().map(|(name, rate)| (name.clone(), percent(*rate))).collect();
        let (key, rate) = &list[pick.index(list.len())];
        prop_assert_eq!(plan_rate(&list, Some(&plan(key, 100)), Some("0")), Some(*rate));
        let loud = format!("The {} plan", key.to_uppercase());
        prop_assert!(plan_rate(&list, None, Some(&loud)).is_some());
        prop_assert_eq!(plan_rate(&list, Some(&plan("0", 100)), Some("0")), None);
        prop_assert_eq!(plan_rate(&[], Some(&plan(key, 100)), Some(key)), None);
    }

    #[test]
    fn only_a_first_payment_of_the_trials_price_is_a_trial(price in 0_i64..500, paid in 0_i64..500, number in 1_u32..4) {
        let trial = is_trial_payment(Some(usd(price)), usd(paid), Some(number));
        prop_assert_eq!(trial, price == paid && number == 1);
        prop_assert!(!is_trial_payment(None, usd(paid), Some(number)));
    }

    #[test]
    fn a_referral_earns_without_gaps_until_its_months_are_over(offset in 0_u64..2000, months in 1_u32..48) {
        let paid = day() + Days::new(offset);
        let earns = earns_on(day(), paid, Some(months));
        if earns && offset > 0 {
            prop_assert!(earns_on(day(), paid - Days::new(1), Some(months)));
        }
        prop_assert!(!earns || earns_on(day(), paid, Some(months + 1)));
        prop_assert!(earns_on(day(), paid, None));
    }

    #[test]
    fn a_chargeback_takes_the_commission_and_its_fee(commission in 0_i64..10_000_000, fee in 0_i64..10_000) {
        let back = charged_back(usd(commission), Some(usd(fee))).unwrap();
        prop_assert_eq!(back, usd(-commission - fee));
        prop_assert_eq!(charged_back(usd(commission), None).unwrap(), usd(-commission));
    }

    #[test]
    fn a_dearer_plan_never_earns_less(price in 0_i64..1_000_000, more in 0_i64..1_000_000, rate in 0_u32..=100, second in 0_u32..=100) {
        for base in ["price", "commission"] {
            let terms = terms(vec![
                (TermKey::DirectRate, format!("{rate}%")),
                (TermKey::SecondTierRate, format!("{second}%")),
                (TermKey::SecondTierBase, base.to_owned()),
            ]);
            let amount = |cents| direct(&terms, usd(cents)).unwrap().amount();
            prop_assert!(amount(price) <= amount(price + more));
            let tier = |cents| second_tier(&terms, usd(cents)).unwrap().unwrap();
            prop_assert!(tier(price).amount() <= tier(price + more).amount());
            // Without finer rules the price list says what the plain rules say.
            prop_assert_eq!(promise_of_plan(&terms, &plan("a", price), Tier::Direct), direct(&terms, usd(price)).map(Some));
            prop_assert_eq!(promise_of_plan(&terms, &plan("a", price), Tier::Second), second_tier(&terms, usd(price)));
        }
    }

    #[test]
    fn every_list_reads_back_as_it_is_written(rates in proptest::collection::btree_map(1_u32..50, 0_u32..=100, 1..5)) {
        let text = |rates: &BTreeMap<u32, u32>| {
            let pairs: Vec<String> = rates.iter().map(|(key, rate)| format!("{key}={rate}%")).collect();
            pairs.join("; ")
        };
        let terms = terms(vec![
            (TermKey::DirectRate, "40%".to_owned()),
            (TermKey::FirstPayments, text(&rates)),
            (TermKey::SalesTiers, text(&rates)),
        ]);
        let expected: Vec<(u32, Rate)> = rates.iter().map(|(key, rate)| (*key, percent(*rate))).collect();
        prop_assert_eq!(&terms.rules.first_payments, &expected);
        let volumes: Vec<(Decimal, Rate)> = expected.iter().map(|(key, rate)| ((*key).into(), *rate)).collect();
        prop_assert_eq!(&terms.rules.sales_tiers, &volumes);
    }
}
