//! Common values that stand in while a book says little: built in as a data file, replaced in the book.

use crate::{
    App, Failure,
    dto::{Empty, Prior, PriorSet, Priors},
    error::Place,
};
use perennial_domain::money::parse_decimal;
use perennial_store::{
    Read, StoreError,
    table::forecast::{self as table, PriorRow},
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::Deserialize;

const BUILT_IN: &str = include_str!("../../../priors/common.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    prior: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    label: String,
    value: String,
    weight: String,
    source: String,
}

/// The built-in values. The file is part of the program; a test reads it.
fn built_in() -> Vec<Prior> {
    let file: File = toml::from_str(BUILT_IN).unwrap_or(File { prior: Vec::new() });
    file.prior
        .into_iter()
        .map(|entry| Prior {
            key: entry.key,
            label: entry.label,
            value: entry.value,
            weight: entry.weight,
            source: entry.source,
            own: false,
        })
        .collect()
}

/// A common value as a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Common {
    /// The value, 0..1.
    pub value: f64,
    /// How many observations it counts as.
    pub weight: f64,
    /// Where it comes from.
    pub source: String,
}

/// The values that stand now.
pub fn standing(read: &Read<'_>) -> Result<Vec<Prior>, StoreError> {
    let own = table::priors(read)?;
    let mut all = built_in();
    for prior in &mut all {
        if let Some(row) = own.iter().find(|row| row.key == prior.key) {
            prior.value.clone_from(&row.value);
            prior.weight.clone_from(&row.weight);
            prior.source.clone_from(&row.source);
            prior.own = true;
        }
    }
    Ok(all)
}

/// One of them, by its key.
pub fn common(priors: &[Prior], key: &str) -> Common {
    let number = |text: &str| {
        text.parse::<Decimal>()
            .ok()
            .and_then(|value| value.to_f64())
    };
    let found = priors.iter().find(|prior| prior.key == key);
    Common {
        // What is kept was checked; a middle value keeps a damaged one from stopping everything.
        value: found
            .and_then(|prior| number(&prior.value))
            .unwrap_or(0.5)
            .clamp(0.001, 0.999),
        weight: found
            .and_then(|prior| number(&prior.weight))
            .unwrap_or(2.0)
            .clamp(0.1, 100_000.0),
        source: found.map(|prior| prior.source.clone()).unwrap_or_default(),
    }
}

/// The common values, the user's own in place of the built-in ones.
///
/// # Errors
/// Where the book cannot be read.
pub fn priors(app: &App, _: Empty) -> Result<Priors, Failure> {
    Ok(Priors {
        items: app.read(standing)?,
    })
}

/// Sets a common value, or goes back to the built-in one.
///
/// # Errors
/// `forecast.unknown_prior` and `forecast.out_of_range`.
pub fn prior_set(app: &App, input: PriorSet) -> Result<Priors, Failure> {
    let now = app.read(standing)?;
    let known = now
        .iter()
        .find(|prior| prior.key == input.key)
        .ok_or_else(|| {
            let keys: Vec<&str> = now.iter().map(|prior| prior.key.as_str()).collect();
            Failure::refused(
                "forecast.unknown_prior",
                format!("There is no common value “{}”.", input.key),
            )
            .hint(format!("There are {}.", keys.join(", ")))
        })?;
    let Some(value) = &input.value else {
        let label = format!("Went back to the built-in value: {}", known.label);
        app.edit(label, |write| table::set_prior(write, &input.key, None))?;
        return priors(app, Empty {});
    };
    let value = within(value, "value", Decimal::new(1, 3), Decimal::new(999, 3))?;
    let weight = input.weight.as_deref().unwrap_or(&known.weight);
    let weight = within(weight, "weight", Decimal::new(1, 1), Decimal::from(100_000))?;
    let source = input.source.as_deref().map(str::trim).unwrap_or_default();
    let row = PriorRow {
        key: input.key.clone(),
        value: value.to_string(),
        weight: weight.to_string(),
        source: if source.is_empty() {
            "Your own figure".to_owned()
        } else {
            source.to_owned()
        },
    };
    let label = format!("Set a common value: {}", known.label);
    app.edit(label, |write| {
        table::set_prior(write, &input.key, Some(&row))
    })?;
    priors(app, Empty {})
}

fn within(text: &str, key: &str, low: Decimal, high: Decimal) -> Result<Decimal, Failure> {
    let refuse = |message: String| {
        Failure::refused("forecast.out_of_range", message).at(Place {
            key: Some(key.to_owned()),
            ..Place::default()
        })
    };
    let value = parse_decimal(text).map_err(|error| refuse(format!("{error}.")))?;
    if value < low || value > high {
        return Err(refuse(format!(
            "`{key}` is {value}; it must lie between {low} and {high}."
        )));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_values_are_read() {
        let all = built_in();
        for key in ["renewal.monthly", "renewal.annual", "refund"] {
            assert!(
                all.iter()
                    .any(|prior| prior.key == key && !prior.source.is_empty()),
                "{key}"
            );
        }
        assert!((common(&all, "refund").value - 0.03).abs() < 1e-12);
    }
}
