//! The files against the reference documents, and against whatever else may be handed in.
#![allow(
    clippy::cast_precision_loss,
    clippy::too_many_lines,
    reason = "tables of cases"
)]

use super::*;
use crate::Failure;
use proptest::prelude::*;
use serde_json::{Value, json};

const REFERENCE: &str =
    include_str!("../../../../../tests/fixtures/reference/scenario-constant.json");
const REGULAR: &str =
    include_str!("../../../../../tests/fixtures/reference/retention-regular.json");

fn reference() -> (Value, Value) {
    let document: Value = serde_json::from_str(REFERENCE).unwrap();
    (document["scenario"].clone(), document["expected"].clone())
}

fn run_json(scenario: &Value, paths: u32) -> Value {
    serde_json::to_value(run_scenario(&scenario.to_string(), Some(paths), Some(7)).unwrap())
        .unwrap()
}

fn refusal(scenario: &Value) -> Failure {
    run_scenario(&scenario.to_string(), Some(1), None).unwrap_err()
}

fn code_and_key(failure: Failure) -> (String, String) {
    (
        failure.code,
        failure
            .place
            .and_then(|place| place.key)
            .unwrap_or_default(),
    )
}

/// The reference scenario with one change at a JSON pointer.
fn changed(pointer: &str, value: Value) -> Value {
    let (mut scenario, _) = reference();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match scenario.pointer_mut(parent).unwrap() {
        Value::Object(object) => {
            object.insert(key.to_owned(), value);
        }
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to change at {pointer}"),
    }
    scenario
}

#[test]
fn the_reference_scenario_comes_out_to_the_cent() {
    let (scenario, expected) = reference();
    let result = run_json(&scenario, 200);
    for (ours, theirs) in result["months"]
        .as_array()
        .unwrap()
        .iter()
        .zip(expected["months"].as_array().unwrap())
    {
        for (key, value) in theirs.as_object().unwrap() {
            assert_eq!(&ours[key], value, "{} of {}", key, theirs["month"]);
        }
    }
    assert_eq!(result["months"].as_array().unwrap().len(), 24);
    assert_eq!(result["cumulative"]["net"], expected["total_net"]);
    assert_eq!(
        result["engine"],
        json!({"method": "simulated", "paths": 200, "seed": 7})
    );
    assert_eq!(result["payouts"].as_array().unwrap().len(), 24);
    assert_eq!(result["payouts"][2]["run"], "2026-03-15");
}

#[test]
fn months_do_not_depend_on_the_paths() {
    let (mut scenario, _) = reference();
    let strip = |mut result: Value| {
        for month in result["months"].as_array_mut().unwrap() {
            month["quantiles"] = Value::Null;
        }
        result["months"].clone()
    };
    let few = strip(run_json(&scenario, 1));
    assert_eq!(few, strip(run_json(&scenario, 300)));
    scenario["quantiles"] = json!([]);
    scenario["payout"] = Value::Null;
    let none =
        serde_json::to_value(run_scenario(&scenario.to_string(), None, None).unwrap()).unwrap();
    assert_eq!(none["engine"]["method"], "analytic");
    assert_eq!(few, strip(none));
}

#[test]
fn a_certain_scenario_has_no_range() {
    let scenario = json!({
        "start": "2026-01", "months": 6, "currency": "USD",
        "plans": [{"id": "m", "price": "99", "term_months": 1}],
        "commission": {"direct": "0.40"}, "trial": {"days": 14, "conversion": 1},
        "retention": {"m": {"model": "constant", "renewal": "1"}},
        "arrivals": {"process": "fixed", "streams": [{"plan": "m", "tier": "direct", "count": 1}]},
        "payout": {"hold_days": 45, "minimum": "100.00", "run_day": 15}, "quantiles": ["0.05", "0.95"]
    });
    let result = run_json(&scenario, 3);
    for (i, month) in result["months"].as_array().unwrap().iter().enumerate() {
        let net = format!("{:.2}", 39.6 * (i + 1) as f64);
        assert_eq!((&month["net"], &month["sd"]), (&json!(net), &json!("0")));
        assert_eq!(month["quantiles"], json!({"0.05": net, "0.95": net}));
    }
    // 15 January + 45 days is 1 March, 15 February + 45 is 1 April: 39.60 waits for the next 79.20.
    let paid: Vec<&str> = result["payouts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["expected"].as_str().unwrap())
        .collect();
    assert_eq!(paid, ["0.00", "0.00", "0.00", "118.80", "118.80", "158.40"]);
    assert_eq!(result["payouts"][3]["probability"], json!(1.0));
}

#[test]
fn ties_are_rounded_away_from_zero() {
    // 10 × 0.50 × 0.95 × 1.39 = 6.6025, 3 × 0.5 × 0.01 = 0.015: halves of a cent that floats miss.
    let scenario = json!({
        "start": "2026-01", "months": 2, "currency": "USD",
        "plans": [{"id": "a", "price": "1.39", "term_months": 1}, {"id": "b", "price": "0.01", "term_months": 1}],
        "commission": {"direct": "1"}, "trial": {"days": 0, "conversion": "0.50"},
        "retention": {"a": {"model": "constant", "renewal": "0.95"}, "b": {"model": "constant", "renewal": "0.1"}},
        "arrivals": {"process": "fixed", "streams": [
            {"plan": "b", "tier": "direct", "count": 3, "until": "2026-01"},
            {"plan": "a", "tier": "second", "count": 10}]}
    });
    let result = run_json(&scenario, 1);
    assert_eq!(result["months"][0]["gross_direct"], "0.02");
    assert_eq!(result["months"][0]["active_paying"], "6.5000");
    assert_eq!(result["months"][1]["gross_direct"], "0.00");
}

#[test]
fn a_thousand_million_referrals_are_answered_exactly() {
    let mut scenario = changed("/arrivals/streams/0/count", json!("1000000000"));
    scenario["months"] = json!(3);
    scenario["arrivals"]["streams"] = json!([scenario["arrivals"]["streams"][0]]);
    let result = run_json(&scenario, 50);
    // 10^9 × 0.6 × 39.60, then × (1 + 0.97 × 0.95) less the refunds of January.
    assert_eq!(result["months"][0]["net"], "23760000000.00");
    assert_eq!(result["months"][1]["net"], "44942040000.00");
    let low: f64 = result["months"][1]["quantiles"]["0.05"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((low / 44_942_040_000.0 - 1.0).abs() < 1e-3, "{low}");
}

#[test]
fn other_currencies_keep_their_minor_unit() {
    let mut scenario = changed("/currency", json!("JPY"));
    scenario["payout"]["minimum"] = json!("100");
    let result = run_json(&scenario, 10);
    assert_eq!(result["months"][0]["clawback_direct"], "0");
    assert!(
        result["cumulative"]["quantiles"]["0.5"]
            .as_str()
            .unwrap()
            .parse::<i64>()
            .is_ok()
    );
}

#[test]
fn everything_wrong_is_refused_by_name() {
    let cases = [
        ("/colour", json!(1), "forecast.unknown_key", "colour"),
        ("/trial/day", json!(1), "forecast.unknown_key", "trial.day"),
        (
            "/arrivals/streams/2/tiers",
            json!(1),
            "forecast.unknown_key",
            "arrivals.streams[2].tiers",
        ),
        (
            "/retention/gold_a/alpha",
            json!(1),
            "forecast.unknown_key",
            "retention.gold_a.alpha",
        ),
        (
            "/retention/nope",
            json!({"model": "constant"}),
            "forecast.unknown_plan",
            "retention.nope",
        ),
        (
            "/arrivals/streams/0/plan",
            json!("nope"),
            "forecast.unknown_plan",
            "arrivals.streams[0].plan",
        ),
        ("/months", json!(0), "forecast.months", "months"),
        ("/months", json!(601), "forecast.months", "months"),
        ("/months", json!(-3), "forecast.months", "months"),
        ("/months", json!("1.5"), "forecast.months", "months"),
        ("/start", json!("2026-1"), "forecast.wrong_type", "start"),
        (
            "/currency",
            json!("USX"),
            "forecast.unknown_currency",
            "currency",
        ),
        (
            "/trial/conversion",
            json!("1.01"),
            "forecast.out_of_range",
            "trial.conversion",
        ),
        (
            "/refund/probability",
            json!(-0.1),
            "forecast.out_of_range",
            "refund.probability",
        ),
        (
            "/commission/direct",
            json!("2"),
            "forecast.out_of_range",
            "commission.direct",
        ),
        (
            "/plans/0/price",
            json!("-1"),
            "forecast.out_of_range",
            "plans[0].price",
        ),
        (
            "/plans/0/price",
            json!("0.0000001"),
            "forecast.out_of_range",
            "plans[0].price",
        ),
        (
            "/plans/0/price",
            json!(9.99),
            "forecast.wrong_type",
            "plans[0].price",
        ),
        (
            "/plans/0/term_months",
            json!(0),
            "forecast.out_of_range",
            "plans[0].term_months",
        ),
        (
            "/plans/1/id",
            json!("starter_m"),
            "forecast.duplicate",
            "plans[1].id",
        ),
        (
            "/retention/gold_a",
            json!({"model": "weibull"}),
            "forecast.unknown_value",
            "retention.gold_a.model",
        ),
        (
            "/retention/gold_a",
            json!({"model": "sbg", "alpha": 1}),
            "forecast.missing_key",
            "retention.gold_a.beta",
        ),
        (
            "/retention/gold_a",
            json!({"model": "sbg", "alpha": 0, "beta": 1}),
            "forecast.out_of_range",
            "retention.gold_a.alpha",
        ),
        (
            "/arrivals/streams/0/count",
            json!("0.5"),
            "forecast.fraction",
            "arrivals.streams[0].count",
        ),
        (
            "/arrivals/streams/0/count",
            json!(-1),
            "forecast.out_of_range",
            "arrivals.streams[0].count",
        ),
        (
            "/arrivals/streams/0/every",
            json!(0),
            "forecast.out_of_range",
            "arrivals.streams[0].every",
        ),
        (
            "/arrivals/process",
            json!("hawkes"),
            "forecast.unknown_value",
            "arrivals.process",
        ),
        (
            "/quantiles",
            json!(["1.5"]),
            "forecast.out_of_range",
            "quantiles[0]",
        ),
        (
            "/payout/run_day",
            json!(32),
            "forecast.out_of_range",
            "payout.run_day",
        ),
        (
            "/switching",
            json!({"plans": ["gold_a"], "matrix": [["1"]]}),
            "forecast.switching",
            "switching.plans[0]",
        ),
        (
            "/switching",
            json!({"plans": ["starter_m", "silver_m"], "matrix": [["0.9", "0.2"], ["0", "1"]]}),
            "forecast.switching",
            "switching.matrix[0]",
        ),
        (
            "/switching",
            json!({"plans": ["starter_m"], "matrix": []}),
            "forecast.switching",
            "switching.matrix",
        ),
        (
            "/opening_book",
            json!([{"plan": "gold_a", "tier": "direct", "count": 1, "renewals_made": 0, "next_due": "2025-12-31"}]),
            "forecast.out_of_range",
            "opening_book[0].next_due",
        ),
        (
            "/opening_book",
            json!([{"plan": "gold_a", "tier": "direct", "count": 1.5, "renewals_made": 0}]),
            "forecast.fraction",
            "opening_book[0].count",
        ),
        (
            "/retention",
            json!({}),
            "forecast.missing_retention",
            "retention.starter_m",
        ),
    ];
    for (pointer, value, code, key) in cases {
        let failure = refusal(&changed(pointer, value.clone()));
        assert_eq!(failure.kind(), crate::Code::Refused);
        assert_eq!(
            code_and_key(failure),
            (code.to_owned(), key.to_owned()),
            "{pointer} = {value}"
        );
    }
    let paths = run_scenario(&reference().0.to_string(), Some(0), None).unwrap_err();
    assert_eq!(
        code_and_key(paths),
        ("forecast.out_of_range".to_owned(), "paths".to_owned())
    );
}

#[test]
fn the_published_retention_comes_out() {
    let document: Value = serde_json::from_str(REGULAR).unwrap();
    let fit = fit(&document["observations"].to_string(), None).unwrap();
    let number = |value: &Value| {
        value
            .as_f64()
            .or_else(|| value.as_str()?.parse().ok())
            .unwrap()
    };
    let expected = &document["expected"];
    assert_eq!(
        (fit.model, fit.finite, fit.survival.len()),
        ("sbg", true, 61)
    );
    for (name, value) in &fit.parameters.0 {
        assert!(
            (value / number(&expected[name]) - 1.0).abs() < 1e-9,
            "{name}"
        );
    }
    for (name, value) in &fit.standard_errors.as_ref().unwrap().0 {
        assert!(
            (value / number(&expected["standard_errors"][name]) - 1.0).abs() < 1e-6,
            "{name}"
        );
    }
    assert!((fit.log_likelihood - number(&expected["log_likelihood"])).abs() < 1e-8);
    for (ours, theirs) in fit
        .survival
        .iter()
        .zip(expected["survival"].as_array().unwrap())
    {
        assert!((ours - number(theirs)).abs() < 1e-10);
    }
}

#[test]
fn fits_choose_and_refuse_by_name() {
    let regular = "{\"survivors\":[[1000,631,468,382,326,289,262,241]],\"model\":\"sbg\"}";
    assert_eq!(fit(regular, Some("geometric")).unwrap().model, "geometric");
    assert_eq!(fit(regular, Some("bdw")).unwrap().parameters.0.len(), 3);
    for (text, code, key) in [
        (
            "{\"survivors\":[[10,11]]}",
            "forecast.growing_survivors",
            "survivors[0][1]",
        ),
        (
            "{\"survivors\":[[10,9],[]]}",
            "forecast.empty_cohort",
            "survivors[1]",
        ),
        (
            "{\"survivors\":[[0,0]]}",
            "forecast.empty_cohort",
            "survivors[0]",
        ),
        (
            "{\"survivors\":[[10]]}",
            "forecast.nothing_observed",
            "survivors",
        ),
        (
            "{\"survivors\":[[10,-1]]}",
            "forecast.out_of_range",
            "survivors[0][1]",
        ),
        (
            "{\"survivors\":[[10,9.5]]}",
            "forecast.fraction",
            "survivors[0][1]",
        ),
        (
            "{\"survivors\":[[10,9]],\"model\":\"x\"}",
            "forecast.unknown_value",
            "model",
        ),
        (
            "{\"survivors\":[[10,9]],\"cohorts\":1}",
            "forecast.unknown_key",
            "cohorts",
        ),
        ("{}", "forecast.missing_key", "survivors"),
    ] {
        assert_eq!(
            code_and_key(fit(text, None).unwrap_err()),
            (code.to_owned(), key.to_owned()),
            "{text}"
        );
    }
    assert_eq!(
        fit(regular, Some("weibull")).unwrap_err().code,
        "forecast.unknown_value"
    );
}

#[test]
fn survival_and_residual_read_their_files() {
    let table =
        survival("{\"durations\":[2,\"5\",6],\"observed\":[1,true,0],\"entry\":[0,1,2]}").unwrap();
    assert_eq!((table.table.len(), table.median), (2, Some(2.0)));
    for text in [
        "{\"durations\":[1],\"observed\":[2]}",
        "{\"durations\":[1],\"observed\":[1,0]}",
        "{\"durations\":[],\"observed\":[]}",
        "{\"durations\":[1],\"observed\":[1],\"entry\":[1]}",
    ] {
        assert!(survival(text).is_err(), "{text}");
    }
    let worth = |rest: &str| {
        residual(&format!(
            "{{\"alpha\":\"0.668\",\"beta\":3.806,\"renewals_made\":7,{rest}}}"
        ))
    };
    let ours = worth("\"c\":null,\"discount_per_period\":\"0.10\"").unwrap();
    assert!((ours.before_renewal / ours.after_payment - 1.1).abs() < 1e-12);
    assert_eq!(
        worth("\"discount_per_period\":\"0\"").unwrap_err().code,
        "forecast.infinite_life"
    );
    assert!(worth("\"discount_per_period\":0,\"horizon\":12").is_ok());
    let key = code_and_key(worth("\"discount_per_period\":\"1.5\"").unwrap_err());
    assert_eq!(
        key,
        (
            "forecast.out_of_range".to_owned(),
            "discount_per_period".to_owned()
        )
    );
}

/// Any JSON at all.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "0.5",
            "2026-01",
            "-1",
            "1e9",
            "99999999999999999999",
            "starter_m",
            "nan"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,10}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Every place in a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.push(format!("{at}/{key}"));
                pointers(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (i, value) in list.iter().enumerate() {
                found.push(format!("{at}/{i}"));
                pointers(value, &format!("{at}/{i}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_that_is_handed_in_panics(text in "\\PC{0,80}", value in any_json()) {
        for text in [text, value.to_string()] {
            let _ = run_scenario(&text, Some(2), Some(1));
            let _ = fit(&text, None);
            let _ = survival(&text);
            let _ = residual(&text);
        }
    }

    #[test]
    fn a_bent_scenario_is_answered_or_refused(at in any::<prop::sample::Index>(), value in any_json()) {
        let mut all = Vec::new();
        pointers(&reference().0, "", &mut all);
        let place: &String = at.get(&all);
        let scenario = changed(place, value);
        if let Err(failure) = run_scenario(&scenario.to_string(), Some(2), Some(1)) {
            prop_assert!(failure.code.starts_with("forecast."), "{}", failure.code);
        }
    }
}
