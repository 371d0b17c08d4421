//! Calendar rules, worked by hand.

use crate::scenarios::{fixed, hundredths, plain, referrals};
use perennial_forecast::assumptions::{OpeningRow, PayoutTerms, Retention, Scenario, Stream, Tier};
use perennial_forecast::expected::{Origin, expect};
use perennial_forecast::{SimulationOptions, simulate};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Net of each month, in whole units of the one commission of 40.00.
fn nets(scenario: &Scenario) -> Vec<i64> {
    scenario.check().unwrap();
    let expected = expect(scenario);
    let unit = Decimal::from(40);
    (0..expected.months())
        .map(|i| {
            (expected.month(i).net.minor_units(2) / unit)
                .to_i64()
                .unwrap()
        })
        .collect()
}

fn actives(scenario: &Scenario) -> Vec<String> {
    let expected = expect(scenario);
    (0..expected.months())
        .map(|i| expected.month(i).active.decimal(0).to_string())
        .collect()
}

fn running(renewals_made: u32, next_due: Option<&str>) -> OpeningRow {
    OpeningRow {
        plan: 0,
        tier: Tier::Direct,
        count: 1,
        renewals_made,
        next_due: next_due.map(|day| day.parse().unwrap()),
    }
}

fn one_in_january(price: i64, term: u32, months: u32) -> Scenario {
    let mut scenario = plain(price, term, months);
    scenario.arrivals = fixed(vec![referrals(1, None, Some("2026-01"))]);
    scenario
}

#[test]
fn dates_decide_when_a_trial_ends() {
    let mut scenario = one_in_january(10_000, 12, 4);
    for (days, nets_expected) in [
        (0, [1, 0, 0, 0]),
        (14, [1, 0, 0, 0]),
        (30, [1, 0, 0, 0]), // 31 January
        (31, [0, 1, 0, 0]), // 1 February
        (58, [0, 1, 0, 0]), // 28 February
        (59, [0, 0, 1, 0]), // 1 March
    ] {
        scenario.trial.days = days;
        assert_eq!(nets(&scenario), nets_expected, "{days} days");
    }
    // Referrals of January to May with 30 days: 31 January, 3 March, 31 March, 1 and 31 May.
    scenario.trial.days = 30;
    scenario.arrivals = fixed(vec![referrals(1, None, None)]);
    scenario.months = 5;
    assert_eq!(nets(&scenario), [1, 0, 2, 0, 2]);
}

#[test]
fn an_anchor_on_the_31st_pays_every_month_and_matures_by_its_own_date() {
    let mut scenario = one_in_january(10_000, 1, 4);
    scenario.trial.days = 30;
    assert_eq!(nets(&scenario), [1, 1, 1, 1]);
    // 31 January, 28 February, 31 March (not the 28th), 30 April: without a hold the runs on the 30th see them so.
    scenario.payout = Some(PayoutTerms {
        hold_days: 0,
        minimum: Decimal::ZERO,
        run_day: 30,
        split: None,
    });
    let options = SimulationOptions {
        paths: Some(1),
        seed: 1,
        threads: 1,
        stop: None,
    };
    let paid = |scenario: &Scenario| -> Vec<String> {
        let simulated = simulate(scenario, &options).unwrap().unwrap();
        simulated
            .payouts
            .iter()
            .map(|p| p.expected.to_string())
            .collect()
    };
    assert_eq!(paid(&scenario), ["0.00", "80.00", "0.00", "80.00"]);
    scenario.payout = Some(PayoutTerms {
        hold_days: 0,
        minimum: Decimal::ZERO,
        run_day: 31,
        split: None,
    });
    assert_eq!(paid(&scenario), ["40.00", "40.00", "40.00", "40.00"]);
}

#[test]
fn until_is_inclusive_and_an_early_from_keeps_its_rhythm() {
    let mut scenario = plain(10_000, 12, 8);
    scenario.arrivals = fixed(vec![Stream {
        every: 3,
        ..referrals(1, Some("2025-11"), Some("2026-05"))
    }]);
    assert_eq!(nets(&scenario), [0, 1, 0, 0, 1, 0, 0, 0]);
    scenario.arrivals = fixed(vec![referrals(1, Some("2020-01"), Some("2026-02"))]);
    assert_eq!(nets(&scenario), [1, 1, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn max_months_counts_from_the_first_payment() {
    let mut scenario = one_in_january(10_000, 1, 15);
    scenario.commission.max_months = Some(12);
    assert_eq!(
        nets(&scenario),
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]
    );
    assert!(actives(&scenario).iter().all(|active| active == "1"));
    scenario.commission.max_months = Some(0);
    assert_eq!(nets(&scenario).iter().sum::<i64>(), 1);
    // The first payment and ten renewals are made: renewals 11 and 12 earn, then no more.
    scenario.arrivals = None;
    scenario.commission.max_months = Some(12);
    scenario.opening_book = vec![running(10, None)];
    assert_eq!(nets(&scenario).iter().sum::<i64>(), 2);
    scenario.opening_book = vec![running(12, None)];
    assert_eq!(nets(&scenario).iter().sum::<i64>(), 0);
    // Annual: the second payment falls exactly 12 months after the first.
    let mut annual = plain(10_000, 12, 14);
    annual.commission.max_months = Some(12);
    annual.opening_book = vec![running(0, None)];
    assert_eq!(nets(&annual), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn an_opening_book_row_waits_for_its_due_date() {
    let mut scenario = plain(10_000, 12, 12);
    scenario.opening_book = vec![running(1, Some("2026-09-01"))];
    assert_eq!(nets(&scenario), [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    scenario.retention = vec![Some(Retention::Constant {
        renewal: Decimal::ZERO,
    })];
    assert_eq!(nets(&scenario).iter().sum::<i64>(), 0);
    assert_eq!(
        actives(&scenario),
        ["1", "1", "1", "1", "1", "1", "1", "1", "0", "0", "0", "0"]
    );
    let parts = expect(&scenario).parts;
    assert!(parts.iter().all(|part| part.origin == Origin::Contracted));
}

#[test]
fn a_refunded_customer_counts_until_the_refund_is_posted() {
    let mut scenario = one_in_january(10_000, 12, 4);
    scenario.refund.probability = Decimal::ONE;
    for (after_days, nets_expected, active) in [
        (0, [0, 0, 0, 0], ["0", "0", "0", "0"]),
        (29, [0, 0, 0, 0], ["0", "0", "0", "0"]),
        (30, [0, 0, 0, 0], ["0", "0", "0", "0"]), // posted on 31 January itself
        (31, [1, -1, 0, 0], ["1", "0", "0", "0"]),
        (70, [1, 0, -1, 0], ["1", "1", "0", "0"]),
    ] {
        scenario.refund.after_days = after_days;
        assert_eq!(nets(&scenario), nets_expected, "{after_days} days");
        assert_eq!(actives(&scenario), active, "{after_days} days");
    }
    // A monthly plan's term ends before a late refund is posted.
    let mut monthly = one_in_january(10_000, 1, 4);
    monthly.refund = scenario.refund;
    assert_eq!(nets(&monthly), [1, 0, -1, 0]);
    assert_eq!(actives(&monthly), ["1", "0", "0", "0"]);
}

#[test]
fn clawbacks_void_up_to_maturity_and_debit_after() {
    let mut scenario = one_in_january(10_000, 12, 6);
    scenario.refund.probability = Decimal::ONE;
    scenario.refund.after_days = 45;
    scenario.payout = Some(PayoutTerms {
        hold_days: 45,
        minimum: hundredths(1),
        run_day: 15,
        split: None,
    });
    let options = SimulationOptions {
        paths: Some(1),
        seed: 1,
        threads: 1,
        stop: None,
    };
    let paid = |scenario: &Scenario| -> Vec<String> {
        let simulated = simulate(scenario, &options).unwrap().unwrap();
        simulated
            .payouts
            .iter()
            .map(|p| p.expected.to_string())
            .collect()
    };
    assert_eq!(
        paid(&scenario),
        ["0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]
    );
    // Paid on 15 February, taken back on 17 March: the debt is carried, and the next customers pay it off.
    scenario.refund.after_days = 75;
    assert_eq!(
        paid(&scenario),
        ["0.00", "40.00", "0.00", "0.00", "0.00", "0.00"]
    );
    scenario.opening_book = vec![running(0, Some("2026-02-20"))];
    scenario.retention = vec![Some(Retention::Constant {
        renewal: Decimal::ONE,
    })];
    assert_eq!(
        paid(&scenario),
        ["0.00", "40.00", "0.00", "0.00", "0.00", "0.00"]
    );
}
