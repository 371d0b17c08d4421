//! A scenario file (`forecast run --scenario FILE`).

use super::document::{Json, Node, Object, parse, refused};
use crate::{Failure, error::Place};
use chrono::NaiveDate;
use perennial_domain::Currency;
use perennial_forecast::{
    AssumptionError, Month, Refusal, Scenario,
    assumptions::{
        Arrivals, MAX_MONTHS, OpeningRow, PayoutTerms, Plan, Process, Rates, Refund, Retention,
        Stream, Switching, Tier, Trial,
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::HashMap;

const KEYS: &[&str] = &[
    "start",
    "months",
    "currency",
    "plans",
    "commission",
    "trial",
    "retention",
    "refund",
    "arrivals",
    "opening_book",
    "switching",
    "payout",
    "quantiles",
];
const TIERS: &[(&str, Tier)] = &[("direct", Tier::Direct), ("second", Tier::Second)];

/// Reads a scenario and checks it.
///
/// # Errors
/// A refusal that names the key at fault: `forecast.malformed`, `.unknown_key`, `.missing_key`, `.wrong_type`,
/// `.unknown_value`, `.unknown_currency`, and those of [`from_assumption_error`].
pub fn read_scenario(text: &str) -> Result<Scenario, Failure> {
    let json = parse(text)?;
    let scenario = scenario(&json)?;
    scenario
        .check()
        .map_err(|error| from_assumption_error(&error))?;
    Ok(scenario)
}

/// A failed check of the assumptions as a refusal: `forecast.out_of_range`, `.unknown_plan`, `.duplicate`, `.months`,
/// `.fraction`, `.switching`, `.missing_retention` or `.too_large`.
pub fn from_assumption_error(error: &AssumptionError) -> Failure {
    let code = match error.refusal {
        Refusal::OutOfRange => "forecast.out_of_range",
        Refusal::UnknownPlan => "forecast.unknown_plan",
        Refusal::Duplicate => "forecast.duplicate",
        Refusal::Months => "forecast.months",
        Refusal::Fraction => "forecast.fraction",
        Refusal::Switching => "forecast.switching",
        Refusal::MissingRetention => "forecast.missing_retention",
        Refusal::TooLarge => "forecast.too_large",
    };
    Failure::refused(code, format!("{}.", error.message)).at(Place {
        key: Some(error.at.clone()),
        ..Place::default()
    })
}

/// The plans' names, to find them by.
struct Names<'a>(HashMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn of(plans: &'a [Plan]) -> Result<Self, Failure> {
        let mut names = HashMap::new();
        for (i, plan) in plans.iter().enumerate() {
            if names.insert(plan.id.as_str(), i).is_some() {
                let at = format!("plans[{i}].id");
                let message = format!("`{at}`: the plan “{}” is there twice.", plan.id);
                return Err(refused("forecast.duplicate", &at, message));
            }
        }
        Ok(Self(names))
    }

    fn index(&self, node: &Node<'_>) -> Result<usize, Failure> {
        self.find(node.text()?, &node.path)
    }

    fn find(&self, name: &str, at: &str) -> Result<usize, Failure> {
        self.0.get(name).copied().ok_or_else(|| {
            let shown: String = name.chars().take(60).collect();
            refused(
                "forecast.unknown_plan",
                at,
                format!("`{at}` names the plan “{shown}”, which is not in `plans`."),
            )
        })
    }
}

fn scenario(json: &Json) -> Result<Scenario, Failure> {
    let root = Node::root(json).object(KEYS)?;
    let code = root.required("currency")?;
    let currency = Currency::parse(code.text()?)
        .map_err(|error| refused("forecast.unknown_currency", "currency", format!("{error}.")))?;
    let plans = plans(&root)?;
    let names = Names::of(&plans)?;
    let rows = |key: &str| root.optional(key).map_or(Ok(Vec::new()), Node::list);
    Ok(Scenario {
        start: root
            .required("start")?
            .parsed("a month such as \"2026-01\"")?,
        months: months(root.required("months")?)?,
        currency,
        commission: commission(root.required("commission")?)?,
        trial: root.optional("trial").map_or(Ok(NO_TRIAL), trial)?,
        retention: root
            .optional("retention")
            .map_or(Ok(vec![None; plans.len()]), |n| retention(n, &names))?,
        refund: root.optional("refund").map_or(Ok(NO_REFUND), refund)?,
        arrivals: root
            .optional("arrivals")
            .map(|node| arrivals(node, &names))
            .transpose()?,
        opening_book: rows("opening_book")?
            .iter()
            .map(|node| opening_row(node, &names))
            .collect::<Result<_, _>>()?,
        switching: root
            .optional("switching")
            .map(|node| switching(node, &names))
            .transpose()?,
        payout: root.optional("payout").map(payout).transpose()?,
        quantiles: rows("quantiles")?
            .iter()
            .map(Node::decimal)
            .collect::<Result<_, _>>()?,
        plans,
    })
}

const NO_TRIAL: Trial = Trial {
    days: 0,
    conversion: Decimal::ONE,
};
const NO_REFUND: Refund = Refund {
    probability: Decimal::ZERO,
    after_days: 0,
};

fn months(node: &Node<'_>) -> Result<u32, Failure> {
    let value = node.decimal()?;
    let whole = value.fract().is_zero().then(|| value.to_u32()).flatten();
    whole
        .filter(|m| (1..=MAX_MONTHS).contains(m))
        .ok_or_else(|| {
            let message =
                format!("`months` is {value}; it must be a whole number from 1 to {MAX_MONTHS}.");
            refused("forecast.months", "months", message)
        })
}

fn plans(root: &Object<'_>) -> Result<Vec<Plan>, Failure> {
    let nodes = root.required("plans")?.list()?;
    nodes
        .iter()
        .map(|node| {
            let plan = node.object(&["id", "price", "term_months"])?;
            Ok(Plan {
                id: plan.required("id")?.text()?.to_owned(),
                price: plan.required("price")?.amount()?,
                term_months: plan.required("term_months")?.whole_u32()?,
            })
        })
        .collect()
}

fn commission(node: &Node<'_>) -> Result<Rates, Failure> {
    let rates = node.object(&["direct", "second_tier", "max_months"])?;
    Ok(Rates {
        direct: rates.required("direct")?.decimal()?,
        second_tier: rates
            .optional("second_tier")
            .map_or(Ok(Decimal::ZERO), Node::decimal)?,
        max_months: rates
            .optional("max_months")
            .map(Node::whole_u32)
            .transpose()?,
    })
}

fn trial(node: &Node<'_>) -> Result<Trial, Failure> {
    let trial = node.object(&["days", "conversion"])?;
    Ok(Trial {
        days: trial.required("days")?.whole_u32()?,
        conversion: trial.required("conversion")?.decimal()?,
    })
}

fn refund(node: &Node<'_>) -> Result<Refund, Failure> {
    let refund = node.object(&["probability", "after_days"])?;
    Ok(Refund {
        probability: refund.required("probability")?.decimal()?,
        after_days: refund.required("after_days")?.whole_u32()?,
    })
}

#[derive(Clone, Copy)]
enum Shape {
    Constant,
    Geometric,
    Sbg,
    Bdw,
}

const SHAPES: &[(&str, Shape)] = &[
    ("constant", Shape::Constant),
    ("sbg", Shape::Sbg),
    ("bdw", Shape::Bdw),
    ("geometric", Shape::Geometric),
];

fn retention(node: &Node<'_>, names: &Names<'_>) -> Result<Vec<Option<Retention>>, Failure> {
    let mut retention = vec![None; names.0.values().max().map_or(0, |last| last + 1)];
    for (name, entry) in node.entries()? {
        let plan = names.find(name, &entry.path)?;
        if let Some(slot) = retention.get_mut(plan) {
            *slot = Some(retention_of(&entry)?);
        }
    }
    Ok(retention)
}

fn retention_of(node: &Node<'_>) -> Result<Retention, Failure> {
    // Which keys are known depends on the model, so look at the model first.
    let entries = node.entries()?;
    let model = entries
        .iter()
        .find(|(key, _)| *key == "model")
        .map(|(_, value)| value);
    let Some(model) = model else {
        let at = format!("{}.model", node.path);
        return Err(refused(
            "forecast.missing_key",
            &at,
            format!("`{at}` is missing."),
        ));
    };
    let model = model.word(SHAPES)?;
    let decimals = |keys: &'static [&'static str]| -> Result<Vec<Decimal>, Failure> {
        let object = node.object(keys)?;
        keys.iter()
            .skip(1)
            .map(|key| object.required(key)?.decimal())
            .collect()
    };
    let number = |values: &[Decimal], i: usize| values.get(i).copied().unwrap_or_default();
    Ok(match model {
        Shape::Constant => Retention::Constant {
            renewal: number(&decimals(&["model", "renewal"])?, 0),
        },
        Shape::Geometric => {
            let theta = number(&decimals(&["model", "theta"])?, 0);
            if !(Decimal::ZERO..=Decimal::ONE).contains(&theta) {
                let at = format!("{}.theta", node.path);
                let message = format!("`{at}` is {theta}; it must lie between 0 and 1.");
                return Err(refused("forecast.out_of_range", &at, message));
            }
            Retention::Constant {
                renewal: Decimal::ONE - theta,
            }
        }
        Shape::Sbg => {
            let values = decimals(&["model", "alpha", "beta"])?;
            Retention::Sbg {
                alpha: number(&values, 0),
                beta: number(&values, 1),
            }
        }
        Shape::Bdw => {
            let values = decimals(&["model", "a", "b", "c"])?;
            Retention::Bdw {
                a: number(&values, 0),
                b: number(&values, 1),
                c: number(&values, 2),
            }
        }
    })
}

fn arrivals(node: &Node<'_>, names: &Names<'_>) -> Result<Arrivals, Failure> {
    let arrivals = node.object(&["process", "streams"])?;
    let process = arrivals
        .required("process")?
        .word(&[("fixed", Process::Fixed), ("poisson", Process::Poisson)])?;
    let streams = arrivals.required("streams")?.list()?;
    let streams = streams
        .iter()
        .map(|node| stream(node, names))
        .collect::<Result<_, _>>()?;
    Ok(Arrivals { process, streams })
}

fn stream(node: &Node<'_>, names: &Names<'_>) -> Result<Stream, Failure> {
    let stream = node.object(&["plan", "tier", "count", "from", "until", "every"])?;
    let month = |key: &str| -> Result<Option<Month>, Failure> {
        stream
            .optional(key)
            .map(|node| node.parsed("a month such as \"2026-05\""))
            .transpose()
    };
    Ok(Stream {
        plan: names.index(stream.required("plan")?)?,
        tier: stream.required("tier")?.word(TIERS)?,
        count: stream.required("count")?.decimal()?,
        from: month("from")?,
        until: month("until")?,
        every: stream.optional("every").map_or(Ok(1), Node::whole_u32)?,
    })
}

fn opening_row(node: &Node<'_>, names: &Names<'_>) -> Result<OpeningRow, Failure> {
    let row = node.object(&["plan", "tier", "count", "renewals_made", "next_due"])?;
    let day = |node: &Node<'_>| node.parsed::<NaiveDate>("a date such as \"2026-09-01\"");
    Ok(OpeningRow {
        plan: names.index(row.required("plan")?)?,
        tier: row.required("tier")?.word(TIERS)?,
        count: row
            .required("count")?
            .whole(perennial_forecast::assumptions::MAX_COUNT)?,
        renewals_made: row.required("renewals_made")?.whole_u32()?,
        next_due: row.optional("next_due").map(day).transpose()?,
    })
}

fn switching(node: &Node<'_>, names: &Names<'_>) -> Result<Switching, Failure> {
    let switching = node.object(&["plans", "matrix"])?;
    let plans = switching.required("plans")?.list()?;
    let matrix = switching.required("matrix")?.list()?;
    let row = |node: &Node<'_>| -> Result<Vec<Decimal>, Failure> {
        node.list()?.iter().map(Node::decimal).collect()
    };
    Ok(Switching {
        plans: plans
            .iter()
            .map(|node| names.index(node))
            .collect::<Result<_, _>>()?,
        matrix: matrix.iter().map(row).collect::<Result<_, _>>()?,
    })
}

fn payout(node: &Node<'_>) -> Result<PayoutTerms, Failure> {
    let payout = node.object(&["hold_days", "minimum", "run_day"])?;
    Ok(PayoutTerms {
        hold_days: payout.required("hold_days")?.whole_u32()?,
        minimum: payout.required("minimum")?.amount()?,
        run_day: payout.required("run_day")?.whole_u32()?,
        split: None,
    })
}
