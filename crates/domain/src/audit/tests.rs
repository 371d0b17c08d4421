use super::*;
use crate::program::Term;
use chrono::Days;
use proptest::prelude::*;
use uuid::Uuid;

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn kartra(values: &[(TermKey, &str)]) -> Program {
    let mut all = vec![
        (TermKey::Currency, "USD".to_owned()),
        (TermKey::DirectRate, "40%".to_owned()),
        (TermKey::SecondTierRate, "10%".to_owned()),
        (TermKey::HoldDays, "45".to_owned()),
        (TermKey::Minimum, "100".to_owned()),
        (TermKey::RunDay, "15".to_owned()),
        (TermKey::PlanVersion, "2021".to_owned()),
    ];
    all.extend(values.iter().map(|(key, text)| (*key, (*text).to_owned())));
    let plan = |key: &str, name: &str, price: &str| Plan {
        key: key.into(),
        name: name.into(),
        term: Term::Monthly,
        price: usd(price),
        tier: 0,
    };
    Program {
        versions: vec![TermsVersion {
            from: day("2021-04-01"),
            version: "2021".into(),
            source: "Program review".into(),
            note: String::new(),
            own: false,
            values: all,
        }],
        sets: vec![PlanSet {
            version: "2021".into(),
            source: String::new(),
            plans: vec![
                plan("starter-monthly", "Starter", "99"),
                plan("gold-monthly", "Gold", "299"),
                plan("platinum-monthly", "Platinum", "499"),
            ],
        }],
        paid_until: Some(day("2026-01-15")),
        late_after: 10,
        ..Program::default()
    }
}

fn row(number: u128, plan: &str, sale: &str, commission: &str) -> Row {
    Row {
        id: Uuid::from_u128(number).into(),
        program: Some(0),
        customer: format!("c{number}"),
        kind: Kind::Sale,
        tier: Tier::Direct,
        day: day("2026-03-05"),
        matures_on: day("2026-04-19"),
        plan: Some(format!("2021/{plan}-monthly")),
        product: None,
        currency: Currency::USD,
        sale: Some(usd(sale)),
        commission: Some(usd(commission)),
        approval: Approval::Approved,
        paid: usd("0"),
        vanished: false,
        first_reported: None,
        sale_of: SaleOf::Unnamed,
    }
}

fn found(rows: Vec<Row>) -> Audit {
    audit(rows, vec![kartra(&[])], day("2026-03-20"))
}

fn kinds(audit: &Audit) -> Vec<(&'static str, String)> {
    audit
        .findings
        .iter()
        .map(|finding| (finding.kind.word(), finding.difference.to_plain()))
        .collect()
}

#[test]
fn the_slip_of_the_platinum_plan_is_found_and_spelled_out() {
    let audit = found(vec![
        row(1, "platinum", "499", "119.60"),
        row(2, "platinum", "499", "199.60"),
    ]);
    assert_eq!(kinds(&audit), [("short_paid", "-80.00".to_owned())]);
    assert_eq!(audit.judged, 2);
    let finding = &audit.findings[0];
    assert_eq!(
        finding.computation,
        [
            "On that day the terms of version “2021” hold, in force from 2021-04-01 (Program review).",
            "The customer paid 499.00 USD (Platinum, monthly).",
            "499.00 USD × 40% = 199.60 USD.",
            "The report says 119.60 USD, which is 80.00 USD less.",
            "119.60 USD is what Gold, monthly, earns: the program may have used the wrong plan.",
        ]
    );
    assert_eq!(finding.terms.as_ref().unwrap().0, TermKey::DirectRate);
}

#[test]
fn each_way_not_to_fit_is_told_from_the_others() {
    let over = row(1, "starter", "99", "49.50");
    let mut second = row(2, "starter", "99", "0");
    (second.tier, second.kind) = (Tier::Second, Kind::SecondTier);
    let mut silent = second.clone();
    (silent.id, silent.customer, silent.commission) =
        (Uuid::from_u128(3).into(), "c3".into(), None);
    let mut gone = row(4, "gold", "299", "119.60");
    gone.vanished = true;
    let mut shrunk = row(5, "gold", "299", "100");
    shrunk.first_reported = Some(usd("119.60"));
    let mut refund = row(6, "gold", "299", "-119.60");
    refund.kind = Kind::Refund;
    refund.sale_of = SaleOf::Missing("tx-9".into());
    let audit = found(vec![over, second, silent, gone, shrunk, refund]);
    assert_eq!(
        kinds(&audit),
        [
            ("vanished", "-119.60".to_owned()),
            ("refund_without_sale", "-119.60".to_owned()),
            ("shrunk", "-19.60".to_owned()),
            ("over_paid", "9.90".to_owned()),
            ("missing_second_tier", "-9.90".to_owned()),
            ("missing_second_tier", "-9.90".to_owned()),
        ]
    );
}

#[test]
fn three_payments_at_another_rate_are_a_change_of_the_rate() {
    let rows: Vec<Row> = (1..=3).map(|n| row(n, "starter", "99", "29.70")).collect();
    let two = found(rows[..2].to_vec());
    assert!(
        two.findings
            .iter()
            .all(|one| one.kind == FindingKind::ShortPaid)
    );
    let three = found(rows);
    assert!(
        three
            .findings
            .iter()
            .all(|one| one.kind == FindingKind::RateChanged)
    );
    assert!(
        three.findings[0]
            .computation
            .last()
            .unwrap()
            .contains("30% rather than 40%")
    );
}

#[test]
fn late_is_what_a_payout_left_out() {
    let mut open = row(1, "platinum", "499", "199.60");
    open.paid = usd("50");
    let on = |today: &str, program: Program| audit([open.clone()], vec![program], day(today));
    // Matures on 19 April, runs on 15 May, and may be under way until 25 May.
    assert_eq!(on("2026-05-25", kartra(&[])).findings, []);
    let late = on("2026-05-26", kartra(&[]));
    assert_eq!(kinds(&late), [("late", "-149.60".to_owned())]);
    assert!(
        late.findings[0].computation.contains(
            &"The terms do not say how long a payment takes, and by your settings it may take 10 days more, so it was waited for until 2026-05-25."
                .to_owned()
        ),
        "{:?}",
        late.findings[0].computation
    );
    // Where the terms say that a payment takes a week, and the user waits no longer than that.
    let lead = Program {
        late_after: 0,
        ..kartra(&[(TermKey::PayoutLead, "7")])
    };
    assert_eq!(on("2026-05-22", lead.clone()).findings, []);
    let late = on("2026-05-23", lead);
    assert_eq!(kinds(&late), [("late", "-149.60".to_owned())]);
    assert!(
        late.findings[0].computation[3].starts_with("By the terms a payment takes 7 days"),
        "{:?}",
        late.findings[0].computation
    );
    let under_minimum = kartra(&[(TermKey::Minimum, "150")]);
    assert_eq!(on("2026-06-30", under_minimum).findings, []);
    let waiting = kartra(&[(TermKey::MinSales, "3")]);
    assert_eq!(on("2026-06-30", waiting).findings, []);
    let passed = Program {
        paid_until: Some(day("2026-05-15")),
        ..kartra(&[(TermKey::Minimum, "150")])
    };
    assert_eq!(
        kinds(&on("2026-06-30", passed)),
        [("late", "-149.60".to_owned())]
    );
    let silent = Program {
        paid_until: None,
        ..kartra(&[])
    };
    let unknown = on("2026-06-30", silent);
    assert_eq!((unknown.findings.len(), unknown.unpaid_unknown), (0, 1));
    // 40% at once and 60% after 60 days: by mid April only the first part was due, and 50 of its 79.84 are paid.
    let split = kartra(&[
        (TermKey::SplitRelease, "0=40%; 60=60%"),
        (TermKey::Minimum, "10"),
    ]);
    assert_eq!(
        kinds(&on("2026-04-01", split)),
        [("late", "-29.84".to_owned())]
    );
}

#[test]
fn refunds_are_held_against_their_sale() {
    let mut refund = row(2, "platinum", "250", "-150");
    refund.kind = Kind::Refund;
    refund.sale_of = SaleOf::Known {
        sale: Some(usd("499")),
        commission: Some(usd("199.60")),
        day: day("2026-02-01"),
    };
    let audit = found(vec![refund.clone()]);
    assert_eq!(kinds(&audit), [("short_paid", "-50.00".to_owned())]);
    refund.commission = Some(usd("-100"));
    assert_eq!(found(vec![refund.clone()]).findings, []);
    refund.sale_of = SaleOf::Unnamed;
    let loose = found(vec![refund]);
    assert_eq!(loose.unjudged[&Unjudged::LooseRefund], 1);
}

#[test]
fn what_cannot_be_judged_is_counted_with_its_reason() {
    let mut no_program = row(1, "starter", "99", "39.60");
    no_program.program = None;
    let mut no_price = row(2, "starter", "99", "39.60");
    (no_price.sale, no_price.plan) = (None, None);
    let mut unknown = row(3, "starter", "99", "39.60");
    unknown.approval = Approval::Other;
    let mut lead = row(4, "starter", "99", "5");
    lead.kind = Kind::Lead;
    let audit = found(vec![no_program, no_price, unknown, lead]);
    assert_eq!(audit.findings, []);
    let reasons: Vec<Unjudged> = audit.unjudged.keys().copied().collect();
    assert_eq!(
        reasons,
        [
            Unjudged::NoProgram,
            Unjudged::NoPrice,
            Unjudged::OtherKind,
            Unjudged::UnknownApproval
        ]
    );
}

#[test]
fn the_terms_of_the_day_hold_and_the_sales_of_twelve_months_decide_the_tier() {
    let mut program = kartra(&[(TermKey::SalesTiers, "0=20%; 1000=30%")]);
    program.versions[0].from = day("2024-01-01");
    program.sales = vec![
        (day("2025-03-04"), usd("5000")),
        (day("2025-03-05"), usd("999")),
        (day("2026-03-05"), usd("5000")),
    ];
    let low = audit(
        [row(1, "starter", "99", "19.80")],
        vec![program.clone()],
        day("2026-03-20"),
    );
    assert_eq!(low.findings, []);
    program.sales[1].1 = usd("1000");
    let high = audit(
        [row(1, "starter", "99", "19.80")],
        vec![program],
        day("2026-03-20"),
    );
    assert_eq!(kinds(&high), [("short_paid", "-9.90".to_owned())]);
}

#[test]
fn a_customer_older_than_the_book_is_not_judged_by_number() {
    let program = kartra(&[(TermKey::FirstPayments, "1=100%")]);
    let mut rebill = row(1, "starter", "99", "39.60");
    rebill.kind = Kind::Rebill;
    let audit = audit([rebill], vec![program], day("2026-03-20"));
    assert_eq!(audit.unjudged[&Unjudged::NoFirstPayment], 1);
}

proptest! {
    #[test]
    fn what_was_promised_is_never_a_finding_and_every_row_is_accounted_for(
        payments in proptest::collection::vec((0_usize..3, 0_u64..900, -5_000_000_i64..5_000_000, any::<bool>()), 0..40),
    ) {
        let prices = [("starter", "99"), ("gold", "299"), ("platinum", "499")];
        let mut wrong = Decimal::ZERO;
        let rows: Vec<Row> = payments
            .iter()
            .enumerate()
            .map(|(at, (plan, days, slip, second))| {
                let (plan, price) = prices[*plan];
                let mut row = row(u128::try_from(at).unwrap() + 1, plan, price, "0");
                row.day = day("2023-01-01") + Days::new(*days);
                row.matures_on = day("2027-01-01");
                let rate = if *second {
                    (row.tier, row.kind) = (Tier::Second, Kind::SecondTier);
                    Decimal::new(10, 2)
                } else {
                    Decimal::new(40, 2)
                };
                let right = usd(price).share(rate).unwrap();
                let slip = Money::from_micros(*slip, Currency::USD).posted();
                wrong += slip.amount().abs();
                row.commission = Some(right.plus(slip).unwrap());
                row
            })
            .collect();
        let many = u64::try_from(rows.len()).unwrap();
        let audit = audit(rows, vec![kartra(&[])], day("2026-03-20"));
        let stake: Decimal = audit.findings.iter().map(|one| one.at_stake().amount()).sum();
        prop_assert_eq!(stake, wrong);
        prop_assert_eq!(audit.judged + audit.unjudged.values().sum::<u64>(), many);
        prop_assert!(audit.findings.windows(2).all(|two| two[0].at_stake().amount() >= two[1].at_stake().amount()));
    }
}
