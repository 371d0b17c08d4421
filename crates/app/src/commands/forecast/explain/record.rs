//! Behind what the log of kept forecasts and the comparison of scenarios say.

use super::{Asked, Explanation, line};
use crate::{
    App, Failure,
    commands::forecast::{
        HORIZON, accuracy::accuracy, assume::percent, loaded::load, months::done,
        saved::scenario_show, scenario::Prepared, tornado::value_of,
    },
    dto::{Assumptions, AssumptionsInput, ById, ExplanationLine, ForecastDone},
};
use perennial_domain::program::Program;
use perennial_forecast::Month;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A scenario with its months; what it supposes is known where it stands on the book.
struct Named {
    name: String,
    forecast: ForecastDone,
    supposed: Option<Assumptions>,
}

impl Asked<'_> {
    /// Key: how many months ahead.
    pub(super) fn accuracy(&self, app: &App) -> Result<Explanation, Failure> {
        let ahead: u32 = self.key.parse().map_err(|_| self.unknown())?;
        let log = accuracy(
            app,
            AssumptionsInput {
                program: Some(self.assumptions.program.clone()),
                months: None,
            },
        )?;
        let summary = log
            .by_distance
            .iter()
            .find(|one| one.ahead == ahead)
            .ok_or_else(|| self.unknown())?;
        let months: Vec<_> = log.months.iter().filter(|one| one.ahead == ahead).collect();
        let mut lines: Vec<ExplanationLine> = months
            .iter()
            .map(|one| {
                let within = if one.within { "within" } else { "outside" };
                line(
                    format!(
                        "{}, forecast on {}: {} came, {} expected, {within} {} to {}",
                        one.month, one.made_on, one.actual, one.expected, one.low, one.high
                    ),
                    one.error.clone(),
                )
            })
            .collect();
        lines.push(line("Their mean", summary.bias.clone()));
        lines.push(line(
            "The mean of their sizes, without signs",
            summary.mean_error.clone(),
        ));
        let inside = months.iter().filter(|one| one.within).count();
        lines.push(line(
            "Came within their range",
            format!("{inside} of {}", months.len()),
        ));
        // The rows of the months that came.
        let spanned: BTreeSet<Month> = months
            .iter()
            .filter_map(|one| one.month.parse().ok())
            .collect();
        let rows = self.rows(
            spanned.first().map(|month| month.day(1)),
            spanned.last().map(|month| month.day(31)),
        );
        Ok(Explanation {
            title: if ahead == 1 {
                "Forecasts of one month ahead".to_owned()
            } else {
                format!("Forecasts of {ahead} months ahead")
            },
            value: summary.mean_error.clone(),
            sentences: vec![
                "Of each month that is over: what came, less what was expected.".to_owned(),
                format!(
                    "{inside} of {} came within the range that should hold eight of ten: {}.",
                    months.len(),
                    percent(summary.within.parse().unwrap_or(0.0))
                ),
            ],
            lines,
            rows: Some(rows),
            // Each forecast was made from what was supposed on its day.
            assumptions: Vec::new(),
            method: "accuracy".to_owned(),
        })
    }

    /// Key: the id of a saved scenario, or `book`; plan: another one that it is compared with.
    pub(super) fn scenario(&self, app: &App) -> Result<Explanation, Failure> {
        let one = self.named(app, self.key)?;
        if let Some(other) = self.plan {
            let other = self.named(app, other)?;
            return Ok(self.against(&one, &other));
        }
        let months = one.forecast.months.iter();
        let mut lines: Vec<ExplanationLine> = months
            .map(|month| line(month.month.clone(), month.net.clone()))
            .collect();
        lines.push(line("All months", one.forecast.total.clone()));
        let sentences = vec![if one.supposed.is_some() {
            "The expected net of every full month, added up, under what the scenario supposes and with the book as it is today."
                .to_owned()
        } else {
            "The expected net of every month, added up. The scenario came as a file, so nothing of the book is in it."
                .to_owned()
        }];
        let (rows, assumptions) = match &one.supposed {
            None => (None, Vec::new()),
            Some(supposed) => {
                let loaded = load(app, self.program(app, supposed)?)?;
                let own = Asked {
                    loaded: &loaded,
                    assumptions: supposed,
                    key: self.key,
                    plan: None,
                };
                (Some(own.learned()), own.evidence())
            }
        };
        Ok(Explanation {
            title: format!("{}: net of {} months", one.name, one.forecast.months.len()),
            value: one.forecast.total,
            sentences,
            lines,
            rows,
            assumptions,
            method: "months".to_owned(),
        })
    }

    fn program(&self, app: &App, supposed: &Assumptions) -> Result<Program, Failure> {
        if supposed.program == self.loaded.book.program.slug {
            return Ok(self.loaded.book.program.clone());
        }
        crate::commands::program::find(app, &supposed.program)
    }

    fn named(&self, app: &App, id: &str) -> Result<Named, Failure> {
        if id == "book" {
            let supposed = self.loaded.assumptions(HORIZON)?;
            return Ok(Named {
                name: "As the book is".to_owned(),
                forecast: done(&Prepared::new(self.loaded, &supposed)?),
                supposed: Some(supposed),
            });
        }
        let detail = scenario_show(app, ById { id: id.to_owned() })?;
        Ok(Named {
            name: detail.scenario.name,
            forecast: detail.forecast,
            supposed: detail.assumptions,
        })
    }

    fn against(&self, one: &Named, other: &Named) -> Explanation {
        let read = |text: &str| text.parse::<Decimal>().unwrap_or_default();
        let mut lines = Vec::new();
        let mut total = Decimal::ZERO;
        for month in &one.forecast.months {
            let theirs = other
                .forecast
                .months
                .iter()
                .find(|theirs| theirs.month == month.month);
            // Months that only one of them has are compared with nothing.
            let less = theirs.map_or(Decimal::ZERO, |theirs| read(&theirs.net));
            let difference = read(&month.net) - less;
            total += difference;
            lines.push(line(month.month.clone(), difference.to_string()));
        }
        for month in &other.forecast.months {
            let mine = |ours: &crate::dto::ForecastMonth| ours.month == month.month;
            if !one.forecast.months.iter().any(mine) {
                total -= read(&month.net);
                lines.push(line(month.month.clone(), (-read(&month.net)).to_string()));
            }
        }
        lines.push(line("All months", total.to_string()));
        if let (Some(ours), Some(theirs)) = (&one.supposed, &other.supposed) {
            for evidence in self
                .loaded
                .assumptions(HORIZON)
                .iter()
                .flat_map(|all| &all.evidence)
            {
                let (mine, other) = (
                    value_of(ours, &evidence.key),
                    value_of(theirs, &evidence.key),
                );
                if let (Some(mine), Some(other)) = (mine, other)
                    && mine != other
                {
                    lines.push(line(
                        format!("{}, in place of {other}", evidence.label),
                        mine,
                    ));
                }
            }
        }
        Explanation {
            title: format!("{} against {}", one.name, other.name),
            value: total.to_string(),
            sentences: vec![
                "What each month is expected to bring, less what the other scenario expects of it; below them what they suppose \
                 differently."
                    .to_owned(),
                "The comparison shows the mean of futures played through with the same luck in both, so it may differ by a little."
                    .to_owned(),
            ],
            lines,
            rows: Some(self.learned()),
            assumptions: Vec::new(),
            method: "bands".to_owned(),
        }
    }
}
