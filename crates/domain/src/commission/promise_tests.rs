use super::{Payment, Unjudged, promise, promise_of_plan};
use crate::{
    Currency, Money,
    ledger::Tier,
    program::{Plan, Term, TermKey, Terms, TermsVersion, terms_on},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn terms(values: &[(TermKey, &str)]) -> Terms {
    let mut all = vec![
        (TermKey::Currency, "USD".to_owned()),
        (TermKey::DirectRate, "40%".to_owned()),
        (TermKey::SecondTierRate, "10%".to_owned()),
    ];
    all.extend(values.iter().map(|(key, text)| (*key, (*text).to_owned())));
    let version = TermsVersion {
        from: "2020-01-01".parse().unwrap(),
        version: "1".into(),
        source: String::new(),
        note: String::new(),
        own: false,
        values: all,
    };
    terms_on(&[version], &[], "2026-01-01".parse().unwrap()).unwrap()
}

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn payment(paid: &str, number: u32, day: &str) -> Payment<'static> {
    Payment {
        day: day.parse().unwrap(),
        tier: Tier::Direct,
        plan: None,
        product: None,
        paid: Some(usd(paid)),
        number: Some(number),
        first: Some("2026-01-15".parse().unwrap()),
        volume: None,
        changed: None,
    }
}

fn amount(terms: &Terms, payment: &Payment<'_>) -> String {
    promise(terms, payment, true)
        .unwrap()
        .promise
        .amount
        .to_plain()
}

#[test]
fn the_narrower_rule_decides() {
    let all = terms(&[
        (TermKey::TrialPrice, "1"),
        (TermKey::TrialRate, "0.50 USD"),
        (TermKey::FirstPayments, "1=100%; 2=50%"),
        (TermKey::MaxMonths, "12"),
        (TermKey::SalesTiers, "0=20%; 1000=30%"),
    ]);
    assert_eq!(amount(&all, &payment("1", 1, "2026-01-15")), "0.50");
    assert_eq!(amount(&all, &payment("99", 1, "2026-01-15")), "99.00");
    assert_eq!(amount(&all, &payment("99", 2, "2026-02-15")), "49.50");
    let mut third = payment("99", 3, "2026-03-15");
    third.volume = Some(Decimal::from(1000));
    assert_eq!(amount(&all, &third), "29.70");
    third.volume = Some(Decimal::from(999));
    assert_eq!(amount(&all, &third), "19.80");
    assert_eq!(amount(&all, &payment("99", 14, "2027-02-15")), "0.00");
    let vip = terms(&[(TermKey::Level, "VIP"), (TermKey::LevelRates, "vip=55.5%")]);
    assert_eq!(amount(&vip, &payment("99", 1, "2026-01-15")), "54.95");
}

#[test]
fn the_second_tier_has_its_base() {
    let mut second = payment("99", 1, "2026-01-15");
    second.tier = Tier::Second;
    assert_eq!(amount(&terms(&[]), &second), "9.90");
    let of_commission = terms(&[(TermKey::SecondTierBase, "commission")]);
    assert_eq!(amount(&of_commission, &second), "3.96");
    let words = promise(&of_commission, &second, true).unwrap().steps;
    assert_eq!(
        words,
        [
            "The customer paid 99.00 USD.",
            "99.00 USD × 40% = 39.60 USD.",
            "The second tier earns 10% of the first affiliate's commission.",
            "39.60 USD × 10% = 3.96 USD.",
        ]
    );
}

#[test]
fn without_a_sale_the_plan_and_its_proration_stand_in() {
    let plan = Plan {
        key: "gold-monthly".into(),
        name: "Gold".into(),
        term: Term::Monthly,
        price: usd("299"),
        tier: 2,
    };
    let mut bought = payment("1", 2, "2026-02-01");
    bought.paid = None;
    assert_eq!(promise(&terms(&[]), &bought, false), Err(Unjudged::NoPrice));
    bought.plan = Some(&plan);
    bought.changed = Some((usd("99"), 15, 30));
    assert_eq!(amount(&terms(&[]), &bought), "119.60");
    let daily = terms(&[(TermKey::Proration, "daily")]);
    assert_eq!(amount(&daily, &bought), "99.80");
    let own = terms(&[(TermKey::PlanRates, "gold=50%")]);
    assert_eq!(amount(&own, &bought), "149.50");
    assert_eq!(
        promise_of_plan(&own, &plan, Tier::Direct),
        Ok(Some(usd("149.50")))
    );
}

#[test]
fn what_is_not_known_is_said_rather_than_guessed() {
    let mut later = payment("99", 3, "2026-03-15");
    (later.number, later.first) = (None, None);
    let first = terms(&[(TermKey::FirstPayments, "1=100%")]);
    assert_eq!(
        promise(&first, &later, false),
        Err(Unjudged::NoFirstPayment)
    );
    let capped = terms(&[(TermKey::MaxMonths, "12")]);
    assert_eq!(
        promise(&capped, &later, false),
        Err(Unjudged::NoFirstPayment)
    );
    later.paid = Some(Money::parse("99", Currency::parse("EUR").unwrap()).unwrap());
    let fixed = terms(&[
        (TermKey::PlanRates, "none"),
        (TermKey::DirectRate, "25 USD"),
    ]);
    assert_eq!(promise(&fixed, &later, false), Err(Unjudged::OtherCurrency));
}

proptest! {
    #[test]
    fn a_share_never_earns_more_than_was_paid(cents in 0_i64..1_000_000_000, percent in 0_u32..=100, number in 1_u32..50) {
        let terms = terms(&[(TermKey::DirectRate, &format!("{percent}%"))]);
        let mut paid = payment("1", number, "2026-02-01");
        paid.paid = Some(Money::from_minor(cents, Currency::USD).unwrap());
        let found = promise(&terms, &paid, false).unwrap().promise;
        prop_assert!(!found.amount.is_negative() && found.amount.amount() <= found.base.amount());
        prop_assert_eq!(found.amount, found.amount.posted());
    }
}
