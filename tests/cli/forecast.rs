//! Forecasts from files, exact to the cent, and refused by name.

use crate::support::Desk;
use serde_json::{Value, json};

fn reference(name: &str) -> Value {
    let path = format!(
        "{}/tests/fixtures/reference/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_reference_scenario_comes_out_to_the_cent() {
    let desk = Desk::bare();
    let file = reference("scenario-constant.json");
    let path = desk.file("scenario.json", file["scenario"].to_string());
    let result = desk.json(&[
        "forecast",
        "run",
        "--scenario",
        &path,
        "--paths",
        "50",
        "--seed",
        "7",
    ]);
    let expected = file["expected"]["months"].as_array().unwrap();
    let months = result["months"].as_array().unwrap();
    assert_eq!(months.len(), expected.len());
    for (month, want) in months.iter().zip(expected) {
        for (key, value) in want.as_object().unwrap() {
            assert_eq!(&month[key], value, "{key} in {}", want["month"]);
        }
    }
    assert_eq!(result["cumulative"]["net"], file["expected"]["total_net"]);
    let again = desk.json(&[
        "forecast",
        "run",
        "--scenario",
        &path,
        "--paths",
        "50",
        "--seed",
        "7",
    ]);
    assert_eq!(result, again, "one seed gives one result");
}

#[test]
fn the_reference_segment_is_fitted_as_published() {
    let desk = Desk::bare();
    let file = reference("retention-regular.json");
    let path = desk.file("observations.json", file["observations"].to_string());
    let fit = desk.json(&["forecast", "fit", "--observations", &path]);
    for key in ["alpha", "beta"] {
        let want: f64 = file["expected"][key].as_str().unwrap().parse().unwrap();
        let have = fit["parameters"][key].as_f64().unwrap();
        assert!((have / want - 1.0).abs() < 1e-6, "{key}: {have}");
    }
}

#[test]
fn what_a_scenario_cannot_say_is_refused_by_name() {
    let desk = Desk::bare();
    let sound = reference("scenario-constant.json")["scenario"].clone();
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut scenario = sound.clone();
        change(&mut scenario);
        let path = desk.file("bent.json", scenario.to_string());
        desk.exits(3, &["forecast", "run", "--scenario", &path])["error"].clone()
    };
    assert_eq!(
        refused(&|s| s["colour"] = json!(1))["where"]["key"],
        "colour"
    );
    assert_eq!(
        refused(&|s| s["months"] = json!(601))["code"],
        "forecast.months"
    );
    assert_eq!(
        refused(&|s| s["arrivals"]["streams"][0]["plan"] = json!("nosuch"))["code"],
        "forecast.unknown_plan"
    );
    assert_eq!(
        refused(&|s| s["trial"]["conversion"] = json!("1.5"))["where"]["key"],
        "trial.conversion"
    );
}

#[test]
fn without_a_file_the_book_speaks_and_says_on_what_it_rests() {
    let desk = Desk::new();
    let result = desk.json(&["forecast", "run", "--months", "24"]);
    assert_eq!(result["months"].as_array().unwrap().len(), 24);
    assert_eq!(result["total"], "0.00", "an empty book promises nothing");
    assert!(
        desk.text(&["forecast", "run"])
            .contains("no commissions of this program yet")
    );
}
