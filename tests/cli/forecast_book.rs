//! The forecast from the book: ranges, goals, scenarios, the accuracy log; and what is refused.

use crate::support::Desk;
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

/// A book with the sample data.
fn sample() -> Desk {
    let desk = Desk::bare();
    desk.json(&["book", "new", "book.perennial", "--sample"]);
    desk
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn next_year(desk: &Desk) -> String {
    let months = desk.json(&["forecast", "run", "--months", "13"]);
    months["months"][11]["month"].as_str().unwrap().to_owned()
}

#[test]
fn the_book_is_forecast_with_ranges_and_payouts() {
    let desk = sample();
    let run = || {
        desk.json(&[
            "forecast", "run", "--months", "18", "--paths", "500", "--seed", "3",
        ])
    };
    let result = run();
    let months = result["months"].as_array().unwrap();
    assert_eq!(months.len(), 18);
    let bands = result["bands"]["months"].as_array().unwrap();
    for (month, band) in months.iter().zip(bands) {
        assert_eq!(month["month"], band["month"]);
        let (low, high) = (number(&band["band"]["low"]), number(&band["band"]["high"]));
        assert!(low <= number(&band["band"]["middle"]) && number(&band["band"]["middle"]) <= high);
        // The mean lies inside what holds eight of ten, give or take a lumpy month.
        assert!(number(&month["net"]) > 0.0);
        let parts = number(&month["contracted"]) + number(&month["assumed"]);
        assert!((parts - number(&month["net"])).abs() < 0.02);
        let plans: f64 = month["plans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|plan| number(&plan["contracted"]) + number(&plan["assumed"]))
            .sum();
        assert!((plans - number(&month["net"])).abs() < 0.2);
    }
    assert_eq!(result["rest"]["month"].as_str().unwrap().len(), 7);
    let payouts = &result["bands"]["payouts"];
    assert!(number(&payouts["on_hold"]) > 0.0);
    let pending: f64 = payouts["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| number(&run["pending"]))
        .sum();
    let open = number(&payouts["on_hold"]) + number(&payouts["due_now"]);
    assert!(
        (pending - open).abs() < 0.02,
        "all that is open is in some run: {pending} {open}"
    );
    assert_eq!(result, run(), "one seed gives one result");
    let text = desk
        .command(&["forecast", "run", "--months", "6"])
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(text.status.success());
    assert!(String::from_utf8(text.stdout).unwrap().contains('#'));
}

#[test]
fn a_goal_is_answered_as_what_it_takes_and_as_a_chance() {
    let desk = sample();
    let by = next_year(&desk);
    let ask = |net: &str| {
        desk.json(&[
            "forecast", "goal", "--net", net, "--by", &by, "--paths", "400", "--seed", "1",
        ])
    };
    let (little, much) = (ask("1"), ask("100000"));
    assert!(number(&little["probability"]) > 0.9);
    assert_eq!(little["missing"], "0.00");
    assert!(number(&much["probability"]) < 0.1);
    assert!(number(&much["missing"]) > 0.0);
    let plan = &much["plans"][0];
    assert!(number(&plan["new_needed"]) > number(&plan["new_now"]));
    let refused = |net: &str, by: &str| {
        desk.exits(3, &["forecast", "goal", "--net", net, "--by", by])["error"].clone()
    };
    for (net, by, key) in [
        ("-5", by.as_str(), "net"),
        ("5000", "1999-12", "by"),
        ("5000", "December", "by"),
        ("5000", "9000-01", "by"),
        ("much", by.as_str(), "net"),
    ] {
        assert_eq!(refused(net, by)["where"]["key"], key, "{net} {by}");
    }
    desk.text(&[
        "forecast", "goal", "--net", "2000", "--by", &by, "--paths", "100",
    ]);
}

#[test]
fn scenarios_are_saved_compared_shared_and_undone() {
    let desk = sample();
    let plan = desk.json(&["forecast", "run", "--months", "12"])["months"][0]["plans"][0]["plan"]
        .as_str()
        .unwrap()
        .to_owned();
    let more = format!("plans.{plan}.new_direct=9");
    let saved = desk.json(&[
        "forecast", "scenario", "save", "More", "--months", "24", "--set", &more,
    ]);
    assert_eq!(
        (&saved["name"], &saved["kind"]),
        (&json!("More"), &json!("book"))
    );
    let names = |desk: &Desk| -> Vec<String> {
        desk.json(&["forecast", "scenario", "list"])["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let compared = desk.json(&[
        "forecast", "scenario", "compare", "book", "More", "--paths", "300", "--seed", "5",
    ]);
    assert!(number(&compared["scenarios"][1]["difference"]) > 0.0);
    assert!(number(&compared["scenarios"][1]["better"]) > 0.5);
    assert_eq!(compared["scenarios"][0]["difference"], Value::Null);

    let file = desk.path("more.json").to_str().unwrap().to_owned();
    desk.json(&["forecast", "scenario", "export", "More", "--out", &file]);
    let run = desk.json(&["forecast", "run", "--scenario", &file, "--paths", "50"]);
    assert!(!run["months"].as_array().unwrap().is_empty());
    let taken = desk.json(&["forecast", "scenario", "import", &file, "--name", "Shared"]);
    assert_eq!(taken["kind"], "file");
    // Taken out again it is the same file, byte for byte.
    let again = desk.path("again.json").to_str().unwrap().to_owned();
    desk.json(&["forecast", "scenario", "export", "Shared", "--out", &again]);
    assert_eq!(
        std::fs::read(&file).unwrap(),
        std::fs::read(&again).unwrap()
    );

    desk.json(&["forecast", "scenario", "rename", "More", "Many more"]);
    desk.json(&["forecast", "scenario", "duplicate", "Many more"]);
    assert_eq!(names(&desk), ["Many more", "Many more (copy)", "Shared"]);
    desk.json(&["forecast", "scenario", "remove", "Shared"]);
    assert_eq!(names(&desk).len(), 2);
    desk.json(&["book", "undo"]);
    assert_eq!(names(&desk).len(), 3, "undo brings it back");
    assert_eq!(
        desk.exits(3, &["forecast", "scenario", "show", "Nothing"])["error"]["code"],
        "scenario.unknown"
    );
    assert_eq!(
        desk.exits(3, &["forecast", "scenario", "save", "book"])["error"]["code"],
        "scenario.name"
    );
    assert_eq!(
        desk.exits(
            3,
            &["forecast", "scenario", "save", "X", "--set", "colour=1"]
        )["error"]["code"],
        "forecast.unknown_key"
    );
    let bent = format!("plans.{plan}.renewal=1.5");
    assert_eq!(
        desk.exits(3, &["forecast", "scenario", "save", "X", "--set", &bent])["error"]["code"],
        "forecast.out_of_range"
    );
}

#[test]
fn a_forecast_is_kept_once_a_day_and_priors_can_be_replaced() {
    let desk = sample();
    desk.json(&["forecast", "run", "--months", "6", "--paths", "50"]);
    desk.json(&["forecast", "run", "--months", "6", "--paths", "50"]);
    let log = desk.json(&["forecast", "accuracy"]);
    assert_eq!(log["snapshots"].as_array().unwrap().len(), 1);
    assert!(
        log["months"].as_array().unwrap().is_empty(),
        "nothing is over yet"
    );
    let priors = desk.json(&["forecast", "priors"]);
    assert!(!priors["items"][0]["source"].as_str().unwrap().is_empty());
    let set = desk.json(&[
        "forecast",
        "priors",
        "--set",
        "refund",
        "--value",
        "0.2",
        "--source",
        "My dashboard",
    ]);
    let refund = set["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["key"] == "refund")
        .unwrap();
    assert_eq!(
        (&refund["value"], &refund["own"]),
        (&json!("0.2"), &json!(true))
    );
    desk.json(&["book", "undo"]);
    let back = desk.json(&["forecast", "priors"]);
    assert!(
        back["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|p| p["own"] == false)
    );
    assert_eq!(
        desk.exits(
            3,
            &["forecast", "priors", "--set", "refund", "--value", "2"]
        )["error"]["where"]["key"],
        "value"
    );
}

#[test]
fn what_is_still_to_come_adds_up_and_counts_for_campaigns() {
    let desk = sample();
    let worth = desk.json(&["forecast", "worth"]);
    for by in ["plans", "campaigns", "channels"] {
        let sum: f64 = worth[by]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| number(&part["value"]))
            .sum();
        assert!((sum - number(&worth["total"])).abs() < 0.5, "{by}");
    }
    let less = desk.json(&["forecast", "worth", "--discount", "0.5"]);
    assert!(number(&less["total"]) < number(&worth["total"]));
    assert_eq!(
        desk.exits(3, &["forecast", "worth", "--discount", "7"])["error"]["where"]["key"],
        "discount"
    );
    let campaigns = desk.json(&["campaign", "list"]);
    let with = campaigns["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["results"]["money"].as_array().unwrap().clone())
        .find(|money| money["to_come"].is_string())
        .expect("a campaign of the sample has paying customers");
    let sum = number(&with["profit"]) + number(&with["to_come"]);
    assert!((sum - number(&with["profit_with_to_come"])).abs() < 0.005);
}

#[test]
fn people_see_the_evidence() {
    let desk = sample();
    for command in [
        vec!["forecast", "cohorts"],
        vec!["forecast", "cohorts", "--by", "plan"],
        vec!["forecast", "cohorts", "--by", "campaign"],
        vec!["forecast", "survival"],
        vec!["forecast", "survival", "--by", "plan"],
        vec!["forecast", "tornado"],
        vec!["forecast", "wall"],
        vec!["forecast", "accuracy"],
        vec!["forecast", "worth"],
        vec!["forecast", "backtest", "--paths", "50", "--horizon", "3"],
    ] {
        assert!(!desk.text(&command).trim().is_empty(), "{command:?}");
    }
    let table = desk.json(&["forecast", "cohorts"]);
    for row in table["cohorts"].as_array().unwrap() {
        let cells = row["cells"].as_array().unwrap();
        for pair in cells.windows(2) {
            assert!(number(&pair[0]["observed"]) >= number(&pair[1]["observed"]));
        }
    }
    let tornado = desk.json(&["forecast", "tornado"]);
    let swings: Vec<f64> = tornado["bars"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bar| number(&bar["swing"]))
        .collect();
    assert!(!swings.is_empty() && swings.windows(2).all(|pair| pair[0] >= pair[1]));
    let bars = tornado["bars"].as_array().unwrap();
    assert!(
        bars.iter().any(|bar| bar["key"] == "growth"),
        "growth moves the result, too"
    );
    let curves = desk.json(&["forecast", "survival"]);
    let curve = &curves["curves"][0];
    let fitted = curve["fitted"].as_array().unwrap();
    for point in fitted {
        assert!(number(&point["low"]) <= number(&point["survival"]));
        assert!(number(&point["survival"]) <= number(&point["high"]));
    }
    assert!(!curve["points"].as_array().unwrap().is_empty());
    let text = desk
        .command(&["forecast", "survival"])
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(String::from_utf8(text.stdout).unwrap().contains("#|"));
    assert_eq!(
        desk.exits(3, &["forecast", "cohorts", "--by", "colour"])["error"]["where"]["key"],
        "by"
    );
}

#[test]
fn horizons_and_counts_past_all_measure_are_refused_or_answered_in_time() {
    let desk = sample();
    let begun = Instant::now();
    for months in ["0", "601", "4000000000"] {
        assert_eq!(
            desk.exits(3, &["forecast", "run", "--months", months])["error"]["code"],
            "forecast.months",
            "{months}"
        );
    }
    assert_eq!(
        desk.exits(3, &["forecast", "run", "--paths", "0"])["error"]["where"]["key"],
        "paths"
    );
    let plan = "plans.2021/starter-monthly.new_direct=1000000000";
    let result = desk.run(&[
        "--json", "forecast", "scenario", "save", "Huge", "--set", plan,
    ]);
    assert!(matches!(result.status.code(), Some(0 | 3)));
    if result.status.code() == Some(0) {
        desk.json(&[
            "forecast", "scenario", "compare", "book", "Huge", "--paths", "50",
        ]);
    }
    assert!(begun.elapsed() < Duration::from_mins(3));
}

#[test]
fn a_file_that_is_no_scenario_is_not_taken_in() {
    let desk = Desk::new();
    for (content, code) in [
        ("", "forecast.malformed"),
        ("[]", "forecast.wrong_type"),
        ("{\"start\":\"2026-01\"}", "forecast.missing_key"),
        ("{\"colour\":1}", "forecast.unknown_key"),
    ] {
        let path = desk.file("bad.json", content);
        let error = desk.exits(3, &["forecast", "scenario", "import", &path])["error"].clone();
        assert_eq!(error["code"], code, "{content}");
    }
    assert!(
        desk.json(&["forecast", "scenario", "list"])["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

/// What the last lines of an explanation add up to is what it explains, and what other commands say.
#[test]
fn every_number_opens_to_its_arithmetic_its_assumptions_and_its_rows() {
    let desk = sample();
    let explain = |words: &[&str]| {
        let mut all = vec!["forecast", "explain"];
        all.extend(words);
        let answer = desk.json(&all);
        assert!(!answer["sentences"].as_array().unwrap().is_empty());
        assert!(answer["rows"].is_object(), "{words:?}");
        answer
    };
    let value = |answer: &Value| number(&answer["value"]);
    let labelled = |answer: &Value, label: &str| {
        let mut lines = answer["lines"].as_array().unwrap().iter().rev();
        let found = lines.find(|line| line["label"].as_str().unwrap().starts_with(label));
        number(&found.unwrap_or_else(|| panic!("{label}: {answer}"))["value"])
    };

    let run = desk.json(&["forecast", "run", "--months", "24"]);
    let total = explain(&["total"]);
    assert_eq!(total["value"], run["total"]);
    let parts =
        labelled(&total, "From customers who pay today") + labelled(&total, "From new ones");
    assert!((parts - value(&total)).abs() < 0.2);
    assert!(!total["assumptions"].as_array().unwrap().is_empty());
    let month = run["months"][3]["month"].as_str().unwrap();
    assert_eq!(explain(&["month", month])["value"], run["months"][3]["net"]);
    assert!(explain(&["rest"])["lines"].is_array());

    let worth = desk.json(&["forecast", "worth"]);
    assert_eq!(explain(&["residual"])["value"], worth["total"]);
    let (mut plans, mut channels) = (0.0, 0.0);
    for part in worth["plans"].as_array().unwrap() {
        let second = part["label"].as_str().unwrap().ends_with("second tier");
        let tier = if second { "second" } else { "direct" };
        let key = format!("plan:{}:{tier}", part["key"].as_str().unwrap());
        let answer = explain(&["residual", &key]);
        assert_eq!(answer["value"], part["value"]);
        assert!((labelled(&answer, "Together") - value(&answer)).abs() < 1e-9);
        plans += value(&answer);
    }
    for part in worth["channels"].as_array().unwrap() {
        let key = format!("channel:{}@0.10", part["key"].as_str().unwrap_or_default());
        channels += value(&explain(&["residual", &key]));
    }
    assert!((plans - number(&worth["total"])).abs() < 0.1 && (plans - channels).abs() < 0.1);
    let undiscounted = explain(&["residual", "@0"]);
    assert!(value(&undiscounted) > number(&worth["total"]));

    let wall = desk.json(&["forecast", "wall"]);
    let first = &wall["months"][0];
    let answer = explain(&["wall", first["month"].as_str().unwrap()]);
    assert!((value(&answer) - number(&first["expected"])).abs() < 0.05);
    assert!((labelled(&answer, "If all of them pay") - number(&first["amount"])).abs() < 0.05);

    let cohorts = desk.json(&["forecast", "cohorts", "--by", "channel"]);
    let cohort = &cohorts["cohorts"][0];
    let key = format!("{} channel", cohort["month"].as_str().unwrap());
    let group = cohorts["group"]["key"].as_str().unwrap();
    let answer = explain(&["cohort", &key, "--plan", group]);
    assert_eq!(answer["value"], cohort["size"].to_string());
    assert_eq!(
        answer["lines"].as_array().unwrap().len(),
        cohort["cells"].as_array().unwrap().len()
    );

    let by = next_year(&desk);
    let goal = desk.json(&["forecast", "goal", "--net", "50000", "--by", &by]);
    let key = format!("{by} 50000");
    assert_eq!(explain(&["goal", &key])["value"], goal["missing"]);
    let plan = &goal["plans"][0];
    let answer = explain(&["goal", &key, "--plan", plan["plan"].as_str().unwrap()]);
    assert_eq!(answer["value"], plan["each"]);
    let more = labelled(&answer, "Missing") / labelled(&answer, "One more a month brings");
    let needed = number(&plan["new_now"]) + more;
    assert!((needed - number(&plan["new_needed"])).abs() < 0.02 * needed);

    let payouts = &run["bands"]["payouts"];
    let next = &payouts["runs"][0];
    let answer = explain(&["payout", next["run"].as_str().unwrap()]);
    assert_eq!(answer["value"], next["pending"]);
    assert_eq!(explain(&["at_risk"])["value"], payouts["at_risk"]);
    for key in ["growth", "season", "refund_probability"] {
        assert_eq!(explain(&["assumption", key])["assumptions"][0]["key"], key);
    }
    assert!(
        desk.text(&["forecast", "explain", "total"])
            .contains("From new ones")
    );
    let unknown = desk.exits(3, &["forecast", "explain", "colour"]);
    assert_eq!(unknown["error"]["code"], "forecast.unknown_value");
    desk.exits(3, &["forecast", "explain", "payout", "someday"]);
}

/// Open commissions that are not approved yet are taken back or stand, as often as the user's own were.
#[test]
fn what_is_not_approved_yet_lowers_the_payout_and_gives_it_a_range() {
    let desk = Desk::new();
    let rest = desk.json(&["forecast", "run"])["rest"]["month"]
        .as_str()
        .unwrap()
        .to_owned();
    let (year, month) = rest.split_once('-').unwrap();
    let (year, month): (u32, u32) = (year.parse().unwrap(), month.parse().unwrap());
    let (before, last) = if month == 1 {
        (year - 1, 12)
    } else {
        (year, month - 1)
    };
    let map = desk.file(
        "portal.toml",
        "name = 'portal'\n[columns]\nid = 'Id'\ndate = 'When'\ncommission = 'Mine'\nstatus = 'State'\n\
         [constants]\ncurrency = 'USD'\nprogram = 'kartra'\n\
         [status]\napproved = ['Cleared']\nreversed = ['Void']\npending = ['Open']\n",
    );
    let mut report = "Id,When,Mine,State\n".to_owned();
    // Writing to a String cannot fail.
    for row in 0..40 {
        let state = if row < 10 { "Void" } else { "Cleared" };
        let _ = writeln!(report, "a{row},{}-{last:02}-10,39.60,{state}", before - 1);
    }
    for row in 0..20 {
        let _ = writeln!(report, "b{row},{before}-{last:02}-25,39.60,Open");
    }
    desk.json(&["import", &desk.file("a.csv", report), "--map", &map]);
    let run = desk.json(&["forecast", "run", "--months", "6", "--paths", "4000"]);
    let payouts = &run["bands"]["payouts"];
    let runs = payouts["runs"].as_array().unwrap();
    let run = runs
        .iter()
        .find(|run| number(&run["at_risk"]) > 0.0)
        .unwrap();
    // Ten of forty were taken back; the common value of 3% counts as thirty more: 10.9 of 70.
    let risk = number(&run["at_risk"]);
    assert!((risk / (20.0 * 39.6) - 10.9 / 70.0).abs() < 0.001, "{run}");
    let expected = number(&run["pending"]) - risk;
    assert!(
        (number(&run["expected"]) / expected - 1.0).abs() < 0.02,
        "{run}"
    );
    let (low, high) = (number(&run["band"]["low"]), number(&run["band"]["high"]));
    assert!(low < expected && high > expected && high <= number(&run["pending"]));
    let behind = desk.json(&["forecast", "explain", "at_risk"]);
    assert_eq!(behind["value"], payouts["at_risk"]);
    assert_eq!(behind["rows"]["standing"], "reserve");
}
