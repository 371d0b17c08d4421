//! A scenario as a file, in the form that [`super::read_scenario`] reads.

use perennial_forecast::{
    Scenario,
    assumptions::{OpeningRow, Process, Retention, Stream, Tier},
};
use serde_json::{Map, Value, json};

/// The scenario's file. Reading it again gives the same scenario.
pub fn write_scenario(scenario: &Scenario) -> String {
    let plan = |index: usize| {
        let plan = scenario.plans.get(index);
        plan.map(|plan| plan.id.clone()).unwrap_or_default()
    };
    let plans = scenario.plans.iter().map(|plan| {
        json!({"id": plan.id, "price": plan.price.to_string(), "term_months": plan.term_months})
    });
    let mut retention = Map::new();
    for (index, curve) in scenario.retention.iter().enumerate() {
        if let Some(curve) = curve {
            retention.insert(plan(index), self::retention(*curve));
        }
    }
    let mut document = json!({
        "start": scenario.start.to_string(),
        "months": scenario.months,
        "currency": scenario.currency.code(),
        "plans": plans.collect::<Vec<_>>(),
        "commission": {
            "direct": scenario.commission.direct.to_string(),
            "second_tier": scenario.commission.second_tier.to_string(),
            "max_months": scenario.commission.max_months,
        },
        "trial": {
            "days": scenario.trial.days,
            "conversion": scenario.trial.conversion.to_string(),
        },
        "retention": retention,
        "refund": {
            "probability": scenario.refund.probability.to_string(),
            "after_days": scenario.refund.after_days,
        },
        "opening_book": scenario
            .opening_book
            .iter()
            .map(|row| opening_row(row, &plan(row.plan)))
            .collect::<Vec<_>>(),
        "switching": scenario.switching.as_ref().map(|switching| json!({
            "plans": switching.plans.iter().map(|index| plan(*index)).collect::<Vec<_>>(),
            "matrix": switching
                .matrix
                .iter()
                .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>())
                .collect::<Vec<_>>(),
        })),
        "quantiles": scenario.quantiles.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    let mut put = |key: &str, value: Value| {
        if let Some(map) = document.as_object_mut() {
            map.insert(key.to_owned(), value);
        }
    };
    if let Some(arrivals) = &scenario.arrivals {
        let streams: Vec<Value> = arrivals
            .streams
            .iter()
            .map(|row| stream(row, &plan(row.plan)))
            .collect();
        let process = match arrivals.process {
            Process::Fixed => "fixed",
            Process::Poisson => "poisson",
        };
        put("arrivals", json!({"process": process, "streams": streams}));
    }
    if let Some(payout) = scenario.payout {
        let minimum = payout.minimum.to_string();
        put(
            "payout",
            json!({"hold_days": payout.hold_days, "minimum": minimum, "run_day": payout.run_day}),
        );
    }
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Direct => "direct",
        Tier::Second => "second",
    }
}

fn retention(curve: Retention) -> Value {
    match curve {
        Retention::Constant { renewal } => {
            json!({"model": "constant", "renewal": renewal.to_string()})
        }
        Retention::Sbg { alpha, beta } => {
            json!({"model": "sbg", "alpha": alpha.to_string(), "beta": beta.to_string()})
        }
        Retention::Bdw { a, b, c } => {
            json!({"model": "bdw", "a": a.to_string(), "b": b.to_string(), "c": c.to_string()})
        }
    }
}

fn stream(row: &Stream, plan: &str) -> Value {
    let mut value = json!({"plan": plan, "tier": tier(row.tier), "count": row.count.to_string(), "every": row.every});
    let months = [("from", row.from), ("until", row.until)];
    for (key, month) in months {
        if let (Some(month), Some(map)) = (month, value.as_object_mut()) {
            map.insert(key.to_owned(), json!(month.to_string()));
        }
    }
    value
}

fn opening_row(row: &OpeningRow, plan: &str) -> Value {
    let mut value = json!({
        "plan": plan, "tier": tier(row.tier), "count": row.count, "renewals_made": row.renewals_made,
    });
    if let (Some(due), Some(map)) = (row.next_due, value.as_object_mut()) {
        map.insert("next_due".to_owned(), json!(due.to_string()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::read_scenario;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_reference_scenario_is_read_again_as_it_was() {
        let text = include_str!("../../../../../tests/fixtures/reference/scenario-constant.json");
        let file: Value = serde_json::from_str(text).unwrap();
        let scenario = read_scenario(&file["scenario"].to_string()).unwrap();
        assert_eq!(read_scenario(&write_scenario(&scenario)).unwrap(), scenario);
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_and_read_again(
            price in 0_u32..1_000_000, count in 0_u32..1_000_000, paid in 0_u32..100, months in 1_u32..600, day in 1_u32..28,
            model in 0_u8..3, poisson in any::<bool>(), cap in prop::option::of(0_u32..60), until in any::<bool>(),
        ) {
            let retention = match model {
                0 => json!({"model": "constant", "renewal": "0.95"}),
                1 => json!({"model": "sbg", "alpha": "0.668", "beta": "3.806"}),
                _ => json!({"model": "bdw", "a": "0.7", "b": "3", "c": "1.2"}),
            };
            let mut stream = json!({"plan": "a", "tier": "second", "count": count, "every": 2, "from": "2026-02"});
            if until {
                stream["until"] = json!("2027-02");
            }
            let document = json!({
                "start": "2026-01", "months": months, "currency": "USD",
                "plans": [{"id": "a", "price": format!("{}.{:02}", price / 100, price % 100), "term_months": 1}],
                "commission": {"direct": "0.40", "second_tier": "0.10", "max_months": cap},
                "trial": {"days": 14, "conversion": "0.60"}, "retention": {"a": retention},
                "refund": {"probability": "0.03", "after_days": 20},
                "arrivals": {"process": if poisson { "poisson" } else { "fixed" }, "streams": [stream]},
                "opening_book": [{"plan": "a", "tier": "direct", "count": count, "renewals_made": paid, "next_due": format!("2026-01-{day:02}")}],
                "payout": {"hold_days": 45, "minimum": "100.00", "run_day": 15}, "quantiles": ["0.05", "0.5"],
            });
            let scenario = read_scenario(&document.to_string()).unwrap();
            prop_assert_eq!(read_scenario(&write_scenario(&scenario)).unwrap(), scenario);
        }

        #[test]
        fn nothing_makes_the_reader_panic(text in "\\PC{0,200}") {
            drop(read_scenario(&text));
        }
    }
}
