//! What moves the result most: each assumption at the ends of what is likely, the others staying.

use super::{
    assume::decimal,
    months::money,
    of_program,
    scenario::{Prepared, refused},
};
use crate::{
    App, Failure,
    dto::{Assumptions, Tornado, TornadoBar},
};
use perennial_forecast::expected::expect_fast;

/// Bars that are shown.
const BARS: usize = 16;
/// The strength of the season, which has no number of its own among the assumptions.
const SEASON: &str = "season";

/// What moves the total most, in money.
///
/// # Errors
/// Where a value is out of its range, by name.
pub fn tornado(app: &App, input: Assumptions) -> Result<Tornado, Failure> {
    let loaded = of_program(app, &input.program)?;
    let total = |input: &Assumptions| -> Result<f64, Failure> {
        let prepared = Prepared::new(&loaded, input)?;
        let expected = expect_fast(&prepared.scenario);
        let months = prepared.skip..expected.months();
        Ok(months.map(|month| expected.month(month).net).sum())
    };
    let base = total(&input)?;
    let digits = loaded.currency().minor_digits();
    let mut bars: Vec<(f64, TornadoBar)> = Vec::new();
    for evidence in loaded.assumptions(input.months)?.evidence {
        // Where the user set the value, the range keeps its distance to it.
        let Some(now) = value_of(&input, &evidence.key) else {
            continue;
        };
        let book = evidence.value.clone();
        let ends =
            [&evidence.low, &evidence.high].map(|end| moved(&now, &book, end, &evidence.key));
        let [low, high] = ends;
        let at = |end: &str| -> Result<f64, Failure> {
            let mut changed = input.clone();
            set(&mut changed, &evidence.key, end);
            total(&changed)
        };
        let (net_low, net_high) = (at(&low)?, at(&high)?);
        let swing = (net_high - net_low).abs();
        // Less than a minor unit is nothing.
        if swing >= 1.0 {
            bars.push((
                swing,
                TornadoBar {
                    key: evidence.key,
                    label: evidence.label,
                    low,
                    high,
                    net_low: money(net_low, digits),
                    net_high: money(net_high, digits),
                    swing: money(swing, digits),
                },
            ));
        }
    }
    bars.sort_by(|a, b| b.0.total_cmp(&a.0));
    bars.truncate(BARS);
    Ok(Tornado {
        base: money(base, digits),
        bars: bars.into_iter().map(|(_, bar)| bar).collect(),
        currency: loaded.currency().code().to_owned(),
    })
}

/// An end of the book's range, moved along with the value.
fn moved(now: &str, book: &str, end: &str, key: &str) -> String {
    let read = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap_or_default();
    let moved = read(end) + read(now) - read(book);
    if key == "growth" {
        // What shrinks to nothing is no growth any more.
        let least = rust_decimal::Decimal::new(-9, 1);
        return moved.max(least).normalize().to_string();
    }
    let moved = moved.max(rust_decimal::Decimal::ZERO);
    let share = key == "refund_probability" || key.ends_with(".renewal");
    if share {
        moved
            .min(rust_decimal::Decimal::ONE)
            .normalize()
            .to_string()
    } else {
        moved.normalize().to_string()
    }
}

/// The place of an assumption by its key.
fn slot<'a>(input: &'a mut Assumptions, key: &str) -> Option<&'a mut String> {
    if key == "refund_probability" {
        return Some(&mut input.refund_probability);
    }
    if key == "growth" {
        return Some(&mut input.growth);
    }
    let (plan, name) = key.strip_prefix("plans.")?.rsplit_once('.')?;
    let plan = input.plans.iter_mut().find(|p| p.plan == plan)?;
    match name {
        "renewal" => Some(&mut plan.renewal),
        "concentration" => plan.concentration.as_mut(),
        "new_direct" => Some(&mut plan.new_direct),
        "new_second_tier" => Some(&mut plan.new_second_tier),
        _ => None,
    }
}

/// Changes one assumption: `plans.2021/starter-monthly.new_direct=5`.
///
/// # Errors
/// `forecast.unknown_key` where there is no such assumption. The value itself is checked when it is used.
pub fn change(input: &mut Assumptions, text: &str) -> Result<(), Failure> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let (key, value) = (key.trim(), value.trim());
    let keys: Vec<String> = input
        .plans
        .iter()
        .take(1)
        .flat_map(|plan| {
            ["renewal", "concentration", "new_direct", "new_second_tier"]
                .map(|name| format!("plans.{}.{name}", plan.plan))
        })
        .chain(["refund_probability".to_owned(), "growth".to_owned()])
        .collect();
    let place = slot(input, key).ok_or_else(|| {
        refused(
            "forecast.unknown_key",
            key,
            format!("There is no assumption “{key}”."),
        )
        .hint(format!(
            "There are {} and the same of the other plans.",
            keys.join(", ")
        ))
    })?;
    value.clone_into(place);
    Ok(())
}

/// The value of an assumption by its key; of the season its strength, 1 as it stands and 0 without one.
pub fn value_of(input: &Assumptions, key: &str) -> Option<String> {
    if key == SEASON {
        return Some(if input.season.is_empty() { "0" } else { "1" }.to_owned());
    }
    slot(&mut input.clone(), key).map(|text| text.clone())
}

/// A season so many times as strong: its weights to that power.
fn strengthen(season: &mut [String], strength: &str) {
    let strength: f64 = strength.parse().unwrap_or(1.0);
    let read = |text: &String| text.parse::<f64>().unwrap_or(1.0).max(1e-6);
    let raised: Vec<f64> = season.iter().map(|w| read(w).powf(strength)).collect();
    let count = f64::from(u32::try_from(raised.len().max(1)).unwrap_or(12));
    let mean = raised.iter().sum::<f64>() / count;
    for (slot, weight) in season.iter_mut().zip(raised) {
        *slot = decimal((weight / mean).min(100.0), 6);
    }
}

fn set(input: &mut Assumptions, key: &str, value: &str) {
    if key == SEASON {
        return strengthen(&mut input.season, value);
    }
    if let Some(slot) = slot(input, key) {
        value.clone_into(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_season_grows_weaker_and_stronger_around_the_same_mean() {
        let season: Vec<String> = ["0.5", "1", "1.5"]
            .repeat(4)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let at = |strength: &str| -> Vec<f64> {
            let mut season = season.clone();
            strengthen(&mut season, strength);
            let mean: f64 = season
                .iter()
                .map(|w| w.parse::<f64>().unwrap())
                .sum::<f64>()
                / 12.0;
            assert!((mean - 1.0).abs() < 1e-6, "{strength}: {mean}");
            season
                .iter()
                .map(|weight| weight.parse().unwrap())
                .collect()
        };
        assert!(at("0").iter().all(|weight| (weight - 1.0).abs() < 1e-9));
        let (as_is, weak, strong) = (at("1"), at("0.5"), at("2"));
        assert!((as_is[0] - 0.5).abs() < 1e-6 && (as_is[2] - 1.5).abs() < 1e-6);
        assert!(as_is[0] < weak[0] && strong[0] < as_is[0]);
        assert!(weak[2] < as_is[2] && as_is[2] < strong[2]);
        // A month that brings nobody stays a number.
        let mut none = vec!["0".to_owned(), "2".to_owned()];
        strengthen(&mut none, "1.4");
        assert!(
            none.iter()
                .all(|weight| weight.parse::<f64>().is_ok_and(f64::is_finite))
        );
    }
}
