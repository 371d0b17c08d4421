//! Durations and their Kaplan–Meier estimate (`forecast survival --durations FILE`).

use super::document::{Json, Node, parse, refused};
use crate::Failure;
use perennial_forecast::retention::kaplan_meier::{SurvivalError, kaplan_meier};
use serde::Serialize;

/// The estimate, in the shape of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurvivalResult {
    /// One row for each event time.
    pub table: Vec<SurvivalResultRow>,
    /// The first time at which half or fewer are left.
    pub median: Option<f64>,
}

/// The estimate at one event time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SurvivalResultRow {
    /// The event time.
    pub t: f64,
    /// The share still there.
    pub survival: f64,
    /// Greenwood's standard error.
    pub standard_error: f64,
    /// Lower 95% limit, on the log-log scale.
    pub lower: f64,
    /// Upper 95% limit.
    pub upper: f64,
}

/// Reads durations and estimates survival.
///
/// # Errors
/// `forecast.unknown_key` and its like for the document, `forecast.out_of_range` for a time that cannot be,
/// `forecast.lengths` for lists that differ in length, `forecast.nothing_observed` for empty ones.
pub fn survival(text: &str) -> Result<SurvivalResult, Failure> {
    let json = parse(text)?;
    let root = Node::root(&json).object(&["durations", "observed", "entry"])?;
    let floats = |node: &Node<'_>| {
        node.list()?
            .iter()
            .map(Node::float)
            .collect::<Result<Vec<f64>, Failure>>()
    };
    let durations = floats(root.required("durations")?)?;
    let observed: Vec<bool> = root
        .required("observed")?
        .list()?
        .iter()
        .map(event)
        .collect::<Result<_, Failure>>()?;
    let entry = root.optional("entry").map(floats).transpose()?;
    let table = kaplan_meier(&durations, &observed, entry.as_deref()).map_err(survival_failure)?;
    let rows = table.rows.iter().map(|row| SurvivalResultRow {
        t: row.t,
        survival: row.survival,
        standard_error: row.standard_error,
        lower: row.lower,
        upper: row.upper,
    });
    Ok(SurvivalResult {
        table: rows.collect(),
        median: table.median,
    })
}

/// 1 or true for an event, 0 or false for a subscription still running.
fn event(node: &Node<'_>) -> Result<bool, Failure> {
    match node.value {
        Json::Bool(event) => Ok(*event),
        _ => Ok(node.whole(1)? == 1),
    }
}

fn survival_failure(error: SurvivalError) -> Failure {
    let (code, at) = match error {
        SurvivalError::Empty => ("forecast.nothing_observed", "durations".to_owned()),
        SurvivalError::Lengths => ("forecast.lengths", "observed".to_owned()),
        SurvivalError::Duration(i) => ("forecast.out_of_range", format!("durations[{i}]")),
        SurvivalError::Entry(i) => ("forecast.out_of_range", format!("entry[{i}]")),
    };
    refused(code, &at, format!("`{at}`: {error}."))
}
