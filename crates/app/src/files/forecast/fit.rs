//! Retention observations and their fit (`forecast fit --observations FILE`).

use super::document::{Node, parse, refused};
use crate::Failure;
use perennial_forecast::retention::{
    Choice, CohortError, Cohorts, Fit, Model, cohorts::MAX_CUSTOMERS, fit as fit_cohorts,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A fitted model, in the shape of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FitResult {
    /// `sbg`, `bdw` or `geometric`: the model of the parameters given.
    pub model: &'static str,
    /// By name.
    pub parameters: Named,
    /// By name; null where the likelihood is too flat to say.
    pub standard_errors: Option<Named>,
    /// The maximum of the log-likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// False where the model asked for has no finite maximum and the geometric fit stands in.
    pub finite: bool,
    /// From 1.0, to period 60.
    pub survival: Vec<f64>,
}

/// Parameters with their names, in the model's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Named(pub Vec<(&'static str, f64)>);

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Reads observations and fits them. `model` (`auto`, `sbg`, `bdw`, `geometric`) wins over the file's; without either
/// it is `auto`.
///
/// # Errors
/// `forecast.unknown_key` and its like for the document; `forecast.empty_cohort`, `forecast.growing_survivors`,
/// `forecast.nothing_observed` and `forecast.out_of_range` for the counts; `forecast.unknown_value` for the model.
pub fn fit(text: &str, model: Option<&str>) -> Result<FitResult, Failure> {
    let json = parse(text)?;
    let root = Node::root(&json).object(&["survivors", "model"])?;
    let from_file = root
        .optional("model")
        .map(|node| node.word(MODELS))
        .transpose()?;
    let choice = match model {
        Some(name) => Some(Choice::from_name(name).ok_or_else(|| {
            refused(
                "forecast.unknown_value",
                "model",
                format!("“{name}” is not a model of retention."),
            )
            .hint("Known here: “auto”, “sbg”, “bdw”, “geometric”.")
        })?),
        None => from_file,
    };
    let survivors = root.required("survivors")?.list()?;
    let survivors = survivors
        .iter()
        .map(|cohort| {
            cohort
                .list()?
                .iter()
                .map(|count| count.whole(MAX_CUSTOMERS))
                .collect()
        })
        .collect::<Result<Vec<Vec<u64>>, Failure>>()?;
    let cohorts = Cohorts::new(&survivors).map_err(cohort_failure)?;
    Ok(result(&fit_cohorts(
        &cohorts,
        choice.unwrap_or(Choice::Auto),
    )))
}

const MODELS: &[(&str, Choice)] = &[
    ("auto", Choice::Auto),
    ("sbg", Choice::Only(Model::Sbg)),
    ("bdw", Choice::Only(Model::Bdw)),
    ("geometric", Choice::Only(Model::Geometric)),
];

fn cohort_failure(error: CohortError) -> Failure {
    let (code, at) = match error {
        CohortError::Empty { cohort } => ("forecast.empty_cohort", format!("survivors[{cohort}]")),
        CohortError::Grows { cohort, period } => (
            "forecast.growing_survivors",
            format!("survivors[{cohort}][{period}]"),
        ),
        CohortError::TooLarge { cohort } => {
            ("forecast.out_of_range", format!("survivors[{cohort}]"))
        }
        CohortError::NothingObserved => ("forecast.nothing_observed", "survivors".to_owned()),
    };
    refused(code, &at, format!("`{at}`: {error}."))
}

fn result(fit: &Fit) -> FitResult {
    let named = |values: &Vec<f64>| {
        Named(
            fit.model
                .keys()
                .iter()
                .copied()
                .zip(values.iter().copied())
                .collect(),
        )
    };
    FitResult {
        model: fit.model.name(),
        parameters: named(&fit.parameters),
        standard_errors: fit.standard_errors.as_ref().map(named),
        log_likelihood: fit.log_likelihood,
        aic: fit.aic,
        finite: fit.finite,
        survival: fit.survival.clone(),
    }
}
