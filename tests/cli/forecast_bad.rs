//! What forecasts refuse, by name and with exit 3, and what they answer in bounded time and memory.

use crate::support::Desk;
use serde_json::{Value, json};
use std::time::Duration;

fn sound() -> Value {
    let path = format!(
        "{}/tests/fixtures/reference/scenario-constant.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file["scenario"].clone()
}

/// The sound scenario with one value replaced; the place as a JSON pointer.
fn bent(place: &str, value: &Value) -> String {
    let mut scenario = sound();
    let (object, key) = place.rsplit_once('/').unwrap();
    match scenario.pointer_mut(object).unwrap() {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
        Value::Object(keys) => {
            keys.insert(key.to_owned(), value.clone());
        }
        other => panic!("{place}: {other}"),
    }
    scenario.to_string()
}

/// Runs a forecast command on a file; says the code and the key of its refusal.
fn refusal(desk: &Desk, arguments: &[&str], text: &str) -> (String, String) {
    let path = desk.file("in.json", text);
    let error = desk.exits(3, &[&["forecast"], arguments, &[&path]].concat())["error"].clone();
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (said(&error["code"]), said(&error["where"]["key"]))
}

const SCENARIO: &[&str] = &["run", "--scenario"];
const FIT: &[&str] = &["fit", "--observations"];
const SURVIVAL: &[&str] = &["survival", "--durations"];
const RESIDUAL: &[&str] = &["residual", "--from"];

#[test]
fn every_part_of_a_scenario_is_refused_by_its_name() {
    let desk = Desk::bare();
    let first = sound()["plans"][0]["id"].as_str().unwrap().to_owned();
    let retention = format!("/retention/{first}");
    let cases = [
        (
            "/plans/0/colour",
            json!("red"),
            "forecast.unknown_key",
            "plans[0].colour",
        ),
        (
            "/arrivals/streams/0/x",
            json!(1),
            "forecast.unknown_key",
            "arrivals.streams[0].x",
        ),
        ("/months", json!(0), "forecast.months", "months"),
        ("/months", json!(601), "forecast.months", "months"),
        (
            "/refund/probability",
            json!("-0.01"),
            "forecast.out_of_range",
            "refund.probability",
        ),
        (
            "/refund/probability",
            json!(1.01),
            "forecast.out_of_range",
            "refund.probability",
        ),
        (
            "/commission/direct",
            json!("NaN"),
            "forecast.wrong_type",
            "commission.direct",
        ),
        (
            "/arrivals/streams/0/count",
            json!("-1"),
            "forecast.out_of_range",
            "arrivals.streams[0].count",
        ),
        (
            "/arrivals/streams/0/count",
            json!("1.5"),
            "forecast.fraction",
            "arrivals.streams[0].count",
        ),
        (
            "/arrivals/streams/0/every",
            json!(0),
            "forecast.out_of_range",
            "arrivals.streams[0].every",
        ),
        (
            "/payout/run_day",
            json!(32),
            "forecast.out_of_range",
            "payout.run_day",
        ),
        (
            "/quantiles",
            json!(["1.1"]),
            "forecast.out_of_range",
            "quantiles[0]",
        ),
        (
            "/quantiles",
            json!(vec!["0.5"; 1_001]),
            "forecast.out_of_range",
            "quantiles",
        ),
        (
            "/switching",
            json!({"plans": [first], "matrix": [["1.01"]]}),
            "forecast.out_of_range",
            "switching.matrix[0][0]",
        ),
    ];
    for (place, value, code, key) in cases {
        let said = refusal(&desk, SCENARIO, &bent(place, &value));
        assert_eq!(said, (code.to_owned(), key.to_owned()), "{place} = {value}");
    }
    let (_, key) = refusal(
        &desk,
        SCENARIO,
        &bent(&retention, &json!({"model": "constant", "renewal": "1.2"})),
    );
    assert_eq!(key, format!("retention.{first}.renewal"));
    for number in ["1e400", "NaN", "-Infinity"] {
        let text =
            sound()
                .to_string()
                .replacen("\"months\":", &format!("\"months\":{number},\"x\":"), 1);
        assert_eq!(
            refusal(&desk, SCENARIO, &text).0,
            "forecast.malformed",
            "{number}"
        );
    }
}

#[test]
fn a_row_that_sums_to_more_than_one_is_refused_by_its_place() {
    let desk = Desk::bare();
    let mut scenario = sound();
    let mut other = scenario["plans"][0].clone();
    other["id"] = json!("other");
    other["term_months"] = json!(1);
    scenario["plans"]
        .as_array_mut()
        .unwrap()
        .push(other.clone());
    other["id"] = json!("third");
    scenario["plans"].as_array_mut().unwrap().push(other);
    scenario["switching"] =
        json!({"plans": ["other", "third"], "matrix": [["0.9", "0.1"], ["0.2", "0.9"]]});
    let said = refusal(&desk, SCENARIO, &scenario.to_string());
    assert_eq!(
        said,
        (
            "forecast.switching".to_owned(),
            "switching.matrix[1]".to_owned()
        )
    );
}

#[test]
fn observations_that_cannot_be_are_refused() {
    let desk = Desk::bare();
    for (text, key) in [
        (r#"{"survivors":[[10,5,6]]}"#, "survivors[0][2]"),
        (r#"{"survivors":[[10,-5]]}"#, "survivors[0][1]"),
        (r#"{"survivors":[[10,5],[]]}"#, "survivors[1]"),
        (r#"{"survivors":[[10,5],[0,0]]}"#, "survivors[1]"),
        (r#"{"survivors":[]}"#, "survivors"),
        (r#"{"survivors":[[10]]}"#, "survivors"),
        (r#"{"survivors":[[10,5]],"shape":1}"#, "shape"),
        (r#"{"survivors":[[1e30,5]]}"#, "survivors[0][0]"),
        (r#"{"survivors":[[10,5]],"model":"magic"}"#, "model"),
    ] {
        assert_eq!(refusal(&desk, FIT, text).1, key, "{text}");
    }
    for (text, key) in [
        (r#"{"durations":[],"observed":[]}"#, "durations"),
        (r#"{"durations":[3,5],"observed":[1]}"#, "observed"),
        (r#"{"durations":[-3],"observed":[1]}"#, "durations[0]"),
        (r#"{"durations":[3],"observed":[2]}"#, "observed[0]"),
        (
            r#"{"durations":[3],"observed":[1],"entry":[3]}"#,
            "entry[0]",
        ),
        (r#"{"durations":[3],"observed":[1],"died":1}"#, "died"),
    ] {
        assert_eq!(refusal(&desk, SURVIVAL, text).1, key, "{text}");
    }
    for (change, key) in [
        (r#""alpha":0,"beta":1"#, "alpha"),
        (r#""alpha":1,"beta":-1"#, "beta"),
        (r#""alpha":1,"beta":1,"c":50"#, "c"),
        (r#""alpha":1,"beta":1,"colour":1"#, "colour"),
    ] {
        let text = format!(r#"{{{change},"renewals_made":7,"discount_per_period":"0.1"}}"#);
        assert_eq!(refusal(&desk, RESIDUAL, &text).1, key, "{text}");
    }
    let endless = r#"{"alpha":1,"beta":1,"renewals_made":0,"discount_per_period":"0"}"#;
    assert_eq!(
        refusal(&desk, RESIDUAL, endless).0,
        "forecast.infinite_life"
    );
}

#[test]
fn no_fit_says_what_is_no_number() {
    let desk = Desk::bare();
    for survivors in [
        json!([[10, 10, 10, 10]]),
        json!([[10, 0, 0]]),
        json!([[100, 95, 80, 50, 10]]),
        json!([[
            1_000_000_000_000_u64,
            600_000_000_000_u64,
            500_000_000_000_u64
        ]]),
    ] {
        for model in ["auto", "sbg", "bdw", "geometric"] {
            let text = json!({"survivors": survivors, "model": model}).to_string();
            let path = desk.file("in.json", text);
            // A document with NaN or infinity would not be JSON.
            let fit = desk.json(&["forecast", "fit", "--observations", &path]);
            assert_eq!(
                fit["survival"].as_array().unwrap().len(),
                61,
                "{survivors} {model}"
            );
            if fit["finite"] == json!(false) {
                assert_eq!(fit["model"], "geometric", "{survivors} {model}");
            }
        }
    }
}

#[test]
fn a_thousand_million_referrals_take_no_longer_than_ten() {
    let desk = Desk::bare();
    for process in ["fixed", "poisson"] {
        let mut scenario = sound();
        scenario["arrivals"]["process"] = json!(process);
        scenario["arrivals"]["streams"][0]["count"] = json!("1000000000");
        let path = desk.file("many.json", scenario.to_string());
        let ended = desk.watched(&[
            "--json",
            "forecast",
            "run",
            "--scenario",
            &path,
            "--paths",
            "500",
        ]);
        assert_eq!(ended.status, Some(0), "{process}");
        assert!(
            ended.took < Duration::from_secs(20),
            "{process}: {:?}",
            ended.took
        );
        assert!(ended.peak_kib < 300_000, "{process}: {} kB", ended.peak_kib);
        let result: Value = serde_json::from_str(&ended.printed).unwrap();
        let net = result["cumulative"]["net"].as_str().unwrap();
        assert!(net.parse::<f64>().unwrap() > 1e9, "{process}: {net}");
    }
}

#[test]
fn switching_among_a_hundred_plans_for_fifty_years_is_refused_and_not_begun() {
    let desk = Desk::bare();
    let plans: Vec<String> = (0..100).map(|plan| format!("plan {plan}")).collect();
    let mut scenario = sound();
    scenario["months"] = json!(600);
    scenario["opening_book"] = json!([]);
    scenario["retention"] = json!({});
    scenario["plans"] = plans
        .iter()
        .map(|id| json!({"id": id, "price": "10", "term_months": 1}))
        .collect();
    scenario["arrivals"]["streams"] = plans
        .iter()
        .map(|plan| json!({"plan": plan, "tier": "direct", "count": "1"}))
        .collect();
    scenario["switching"] = json!({"plans": plans, "matrix": vec![vec!["0.009"; 100]; 100]});
    let (code, key) = refusal(&desk, SCENARIO, &scenario.to_string());
    assert_eq!((&*code, &*key), ("forecast.too_large", "switching"));
}
