//! What a forecast is divided into and what is behind its parts: channels, the season, compared scenarios, the log.

use crate::support::Desk;
use serde_json::Value;
use std::fmt::Write as _;

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
    let months = desk.json(&["forecast", "run", "--months", "13", "--paths", "10"]);
    months["months"][11]["month"].as_str().unwrap().to_owned()
}

/// What channels bring adds up to the forecast, each opens to what is behind it, and a goal names them.
#[test]
fn channels_add_up_to_the_forecast_and_answer_a_goal() {
    let desk = sample();
    let run = desk.json(&[
        "forecast", "run", "--months", "9", "--paths", "50", "--by", "channel",
    ]);
    let divided = &run["by_channel"];
    let channels = divided["channels"].as_array().unwrap();
    assert!(channels.len() > 2, "{channels:?}");
    let exact =
        |value: &Value| -> i64 { value.as_str().unwrap().replace('.', "").parse().unwrap() };
    for (month, all) in divided["months"]
        .as_array()
        .unwrap()
        .iter()
        .zip(run["months"].as_array().unwrap())
    {
        assert_eq!(month["month"], all["month"]);
        let parts = month["channels"].as_array().unwrap();
        let sum: i64 = parts.iter().map(exact).sum();
        assert_eq!((parts.len(), sum), (channels.len(), exact(&all["net"])));
    }
    let sum: i64 = channels.iter().map(|one| exact(&one["net"])).sum();
    assert_eq!(sum, exact(&run["total"]));
    let supposed = desk.json(&["forecast", "run", "--months", "1", "--paths", "10"]);
    assert_eq!(
        supposed["by_channel"],
        Value::Null,
        "only where it is asked for"
    );
    for channel in channels {
        assert!(number(&channel["new_low"]) <= number(&channel["new_now"]));
        assert!(number(&channel["new_now"]) <= number(&channel["new_high"]));
    }
    let named = channels
        .iter()
        .find(|one| one["channel"].is_string())
        .unwrap();
    let name = named["channel"].as_str().unwrap();
    let behind = desk.json(&["forecast", "explain", "channel", name]);
    assert_eq!(behind["rows"]["channel"], named["channel"]);
    assert!(!behind["assumptions"].as_array().unwrap().is_empty());
    desk.exits(3, &["forecast", "explain", "channel", "Carrier pigeons"]);

    let by = next_year(&desk);
    let goal = desk.json(&[
        "forecast", "goal", "--net", "9000", "--by", &by, "--paths", "200",
    ]);
    let through = goal["channels"].as_array().unwrap();
    assert_eq!(
        through.len(),
        channels
            .iter()
            .filter(|one| number(&one["new_now"]) > 0.0)
            .count()
            .min(12)
    );
    let brought: f64 = through
        .iter()
        .map(|one| number(&one["new_now"]) * number(&one["each"]))
        .sum();
    let planned: f64 = goal["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| number(&plan["new_now"]) * number(&plan["each"]))
        .sum();
    assert!(
        (brought - planned).abs() < 0.03 * planned,
        "{brought} {planned}"
    );
    let first = &through[0];
    let more = number(&goal["missing"]) / number(&first["each"]);
    assert!((number(&first["new_needed"]) - number(&first["new_now"]) - more).abs() < 0.02 * more);
    let plan = format!("channel:{}", first["channel"].as_str().unwrap_or_default());
    let behind = desk.json(&[
        "forecast",
        "explain",
        "goal",
        &format!("{by} 9000"),
        "--plan",
        &plan,
    ]);
    assert_eq!(behind["value"], first["each"]);
    let text = desk.text(&[
        "forecast", "run", "--months", "3", "--paths", "50", "--by", "channel",
    ]);
    assert!(text.contains(name));
    desk.exits(2, &["forecast", "run", "--by", "weather"]);
}

#[test]
fn compared_scenarios_open_to_their_months_and_to_what_they_suppose_differently() {
    let desk = sample();
    let save = |name: &str, change: &str| {
        let saved = desk.json(&[
            "forecast", "scenario", "save", name, "--months", "6", "--set", change,
        ]);
        saved["id"].as_str().unwrap().to_owned()
    };
    let (more, less) = (
        save("Many back", "refund_probability=0.4"),
        save("None back", "refund_probability=0"),
    );
    let compared = desk.json(&[
        "forecast",
        "scenario",
        "compare",
        "Many back",
        "None back",
        "--paths",
        "200",
    ]);
    for (place, id) in [&more, &less].into_iter().enumerate() {
        let behind = desk.json(&["forecast", "explain", "scenario", id]);
        assert_eq!(behind["value"], compared["scenarios"][place]["total"]);
        let refund = behind["assumptions"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["key"] == "refund_probability")
            .unwrap();
        assert_eq!(refund["from"], "own");
    }
    let behind = desk.json(&["forecast", "explain", "scenario", &less, "--plan", &more]);
    let lines = behind["lines"].as_array().unwrap();
    let changed: Vec<&Value> = lines
        .iter()
        .filter(|line| line["label"].as_str().unwrap().contains("in place of"))
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["value"], "0");
    let months: f64 = lines
        .iter()
        .take(6)
        .map(|line| number(&line["value"]))
        .sum();
    assert!((months - number(&behind["value"])).abs() < 1e-6 && months > 0.0);
    let drawn = number(&compared["scenarios"][1]["difference"]);
    assert!((drawn / months - 1.0).abs() < 0.2, "{drawn} {months}");
    assert!(desk.json(&["forecast", "explain", "scenario", "book"])["rows"].is_object());
    desk.exits(3, &["forecast", "explain", "scenario", "unheard of"]);
    desk.exits(3, &["forecast", "explain", "accuracy", "3"]);
}

/// Three years in which November brings six times what another month does: the tornado says what it moves if that is
/// weaker or stronger than it seems.
#[test]
fn a_season_is_a_bar_of_what_moves_the_forecast() {
    let desk = Desk::new();
    let rest = desk.json(&["forecast", "run"])["rest"]["month"]
        .as_str()
        .unwrap()
        .to_owned();
    let (year, month) = rest.split_once('-').unwrap();
    let present: u32 = year.parse::<u32>().unwrap() * 12 + month.parse::<u32>().unwrap() - 1;
    let map = desk.file(
        "portal.toml",
        "name = 'portal'\n[columns]\nid = 'Id'\ndate = 'When'\ncommission = 'Mine'\nstatus = 'State'\ncustomer = 'Who'\nsale = 'Sale'\n\
         [constants]\ncurrency = 'USD'\nprogram = 'kartra'\n[status]\napproved = ['Cleared']\n",
    );
    let mut report = "Id,When,Mine,State,Who,Sale\n".to_owned();
    for at in present - 36..present {
        let (year, month) = (at / 12, at % 12 + 1);
        for row in 0..if month == 11 { 24 } else { 4 } {
            let id = format!("{at}-{row}");
            let day = row % 27 + 1;
            // Writing to a String cannot fail.
            let _ = writeln!(
                report,
                "{id},{year}-{month:02}-{day:02},39.60,Cleared,c{id},99.00"
            );
        }
    }
    desk.json(&["import", &desk.file("a.csv", report), "--map", &map]);
    let tornado = desk.json(&["forecast", "tornado", "--months", "8"]);
    let bars = tornado["bars"].as_array().unwrap();
    let season = bars
        .iter()
        .find(|bar| bar["key"] == "season")
        .unwrap_or_else(|| panic!("{tornado}"));
    // 1 is as it was fitted, and a season so clear is nearly that.
    let (low, high) = (number(&season["low"]), number(&season["high"]));
    assert!(
        0.5 < low && low < 1.0 && 1.0 < high && high < 1.5,
        "{season}"
    );
    let (weaker, stronger) = (number(&season["net_low"]), number(&season["net_high"]));
    assert!((number(&season["swing"]) - (weaker - stronger).abs()).abs() < 0.02);
    assert!(number(&season["swing"]) > 1.0, "{season}");
    let base = number(&tornado["base"]);
    assert!(
        (weaker - base) * (stronger - base) < 0.0,
        "the forecast lies between: {tornado}"
    );
    let behind = desk.json(&["forecast", "explain", "assumption", "season"]);
    let weights: Vec<f64> = behind["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            line["value"]
                .as_str()
                .unwrap()
                .trim_start_matches('×')
                .parse()
                .unwrap()
        })
        .collect();
    assert_eq!(weights.len(), 12);
    let others = weights.iter().enumerate().filter(|(month, _)| *month != 10);
    assert!(
        others
            .into_iter()
            .all(|(_, weight)| *weight < 0.5 * weights[10]),
        "{weights:?}"
    );
}
