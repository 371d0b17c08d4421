//! What is behind a number: the rows of the ledger, the arithmetic, the assumptions.

mod channel;
mod goal;
mod paid;
mod record;
mod still;

use super::{
    assume::{decimal, month_name, percent},
    goal::name_of,
    loaded::Loaded,
    methods,
    months::{actuals, done},
    scenario::{Prepared, refused},
    supposed,
    tornado::value_of,
};
use crate::{
    App, Failure,
    dto::{
        Assumptions, Evidence, ExplainInput, Explanation, ExplanationLine, ForecastMonth,
        LedgerList,
    },
};
use chrono::NaiveDate;
use perennial_forecast::Month;

/// Behind one number: how it was worked out, line by line, on which rows and which assumptions it rests.
///
/// # Errors
/// `forecast.unknown_value` where there is no such number.
pub fn explain(app: &App, input: ExplainInput) -> Result<Explanation, Failure> {
    let (loaded, assumptions) = supposed(app, input.assumptions.clone(), input.program.as_deref())?;
    let asked = Asked {
        loaded: &loaded,
        assumptions: &assumptions,
        key: input.key.trim(),
        plan: input.plan.as_deref(),
    };
    let explanation = match input.what.as_str() {
        "month" | "rest" | "total" => asked.months(&input.what)?,
        "payout" => asked.payout()?,
        "actual" => asked.actual()?,
        "assumption" => asked.assumption()?,
        "at_risk" => asked.at_risk(),
        "residual" => asked.residual()?,
        "wall" => asked.wall(app)?,
        "cohort" => asked.cohort(app)?,
        "goal" => asked.goal(app)?,
        "channel" => asked.channel()?,
        "accuracy" => asked.accuracy(app)?,
        "scenario" => asked.scenario(app)?,
        other => {
            return Err(refused(
                "forecast.unknown_value",
                "what",
                format!("There is no number “{other}” to explain."),
            )
            .hint(
                "There are month, rest, total, payout, at_risk, actual, assumption, residual, wall, cohort, goal, channel, \
                 accuracy and scenario.",
            ));
        }
    };
    debug_assert!(methods::known(&explanation.method));
    Ok(explanation)
}

struct Asked<'a> {
    loaded: &'a Loaded,
    assumptions: &'a Assumptions,
    key: &'a str,
    plan: Option<&'a str>,
}

fn line(label: impl Into<String>, value: impl Into<String>) -> ExplanationLine {
    ExplanationLine {
        label: label.into(),
        value: value.into(),
    }
}

impl Asked<'_> {
    fn unknown(&self) -> Failure {
        refused(
            "forecast.unknown_value",
            "key",
            format!("The forecast has no “{}”.", self.key),
        )
    }

    /// Rows of the program, of some days.
    fn rows(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> LedgerList {
        let rows = LedgerList {
            program: Some(self.loaded.book.program.slug.clone()),
            from: from.map(|day| day.to_string()),
            to: to.map(|day| day.to_string()),
            ..LedgerList::default()
        };
        match self.plan {
            // The search finds a plan by its id.
            Some(plan) => LedgerList {
                search: plan.to_owned(),
                ..rows
            },
            None => rows,
        }
    }

    /// A plan's name for people.
    fn label(&self, plan: &str) -> String {
        let product = self.loaded.products.iter().position(|p| p.id == plan);
        product.map_or_else(|| plan.to_owned(), |product| self.loaded.label(product))
    }

    /// The rows that a forecast learned from.
    fn learned(&self) -> LedgerList {
        self.rows(None, Some(self.loaded.known))
    }

    /// The assumptions, as they stand now, of the plan asked for or of all.
    fn evidence(&self) -> Vec<Evidence> {
        let all = self
            .loaded
            .assumptions(self.assumptions.months)
            .map(|a| a.evidence)
            .unwrap_or_default();
        all.into_iter()
            .filter(|evidence| {
                let mine = self.plan.is_none_or(|plan| {
                    !evidence.key.starts_with("plans.")
                        || evidence.key.starts_with(&format!("plans.{plan}."))
                });
                let used = value_of(self.assumptions, &evidence.key);
                mine && used.is_some()
            })
            .map(|mut evidence| {
                let now = value_of(self.assumptions, &evidence.key).unwrap_or_default();
                if now != evidence.value {
                    evidence.sentence = format!(
                        "You set {now} in place of the book's {}. {}",
                        evidence.value, evidence.sentence
                    );
                    evidence.value = now;
                    "own".clone_into(&mut evidence.from);
                }
                evidence
            })
            .collect()
    }

    fn months(&self, what: &str) -> Result<Explanation, Failure> {
        let forecast = done(&Prepared::new(self.loaded, self.assumptions)?);
        let code = &forecast.currency;
        if what == "total" {
            let mut lines: Vec<ExplanationLine> = forecast
                .months
                .iter()
                .map(|month| line(month.month.clone(), month.net.clone()))
                .collect();
            let sum = |part: fn(&ForecastMonth) -> &String| {
                let months = forecast.months.iter();
                months.fold("0".to_owned(), |all, month| super::sum(&all, part(month)))
            };
            lines.push(line("From customers who pay today", sum(|m| &m.contracted)));
            lines.push(line("From new ones", sum(|m| &m.assumed)));
            lines.push(line("All months", forecast.total.clone()));
            return Ok(Explanation {
                title: format!("Net of {} months", forecast.months.len()),
                value: forecast.total.clone(),
                sentences: vec!["The expected net of every full month, added up.".to_owned()],
                lines,
                rows: Some(self.learned()),
                assumptions: self.evidence(),
                method: "months".to_owned(),
            });
        }
        let month = if what == "rest" {
            forecast.rest.as_ref()
        } else {
            forecast.months.iter().find(|month| month.month == self.key)
        };
        let month = month.ok_or_else(|| self.unknown())?;
        let (value, lines) = self.lines(month);
        Ok(Explanation {
            title: if what == "rest" {
                format!("Still expected of {}", month.month)
            } else {
                format!("Net of {}", month.month)
            },
            value,
            sentences: vec![
                format!(
                    "{} {code} come from referrals that pay today, {} {code} from referrals still to come.",
                    month.contracted, month.assumed
                ),
                format!(
                    "About {} referrals pay at the month's end; {} {code} are taken off for refunds.",
                    month.active_paying, month.clawback
                ),
            ],
            lines,
            rows: Some(self.learned()),
            assumptions: self.evidence(),
            method: "months".to_owned(),
        })
    }

    /// What was counted for an assumption.
    fn assumption_lines(&self, key: &str) -> Vec<ExplanationLine> {
        let loaded = self.loaded;
        let count = |number: f64| decimal(number, 0);
        if key.ends_with(".renewal") {
            let Some(product) = loaded
                .products
                .iter()
                .position(|p| Some(p.id.as_str()) == self.plan)
            else {
                return Vec::new();
            };
            let own = loaded
                .belief_of
                .get(product)
                .is_some_and(|belief| *belief > 1);
            let counts = loaded.counted(|life| {
                if own {
                    life.product == product
                } else {
                    loaded.term(life.product) == loaded.term(product)
                }
            });
            let mut lines: Vec<ExplanationLine> = counts
                .each()
                .take(24)
                .map(|(renewal, paid, due)| {
                    line(
                        format!("Renewal {renewal}: paid of those due"),
                        format!("{paid} of {due}"),
                    )
                })
                .collect();
            let common = loaded.common_renewal(loaded.term(product));
            lines.push(line(
                format!("The common value counts as {} more", count(common.weight)),
                percent(common.value),
            ));
            return lines;
        }
        if key == "refund_probability" {
            let (seen, refunded) = loaded.refunds();
            let common = super::priors::common(&loaded.priors, "refund");
            return vec![
                line("First payments seen", seen.to_string()),
                line("Refunded", refunded.to_string()),
                line(
                    format!("The common value counts as {} more", count(common.weight)),
                    percent(common.value),
                ),
            ];
        }
        if key == "season" {
            return loaded
                .season()
                .iter()
                .enumerate()
                .map(|(month, weight)| line(month_name(month), format!("×{weight}")))
                .collect();
        }
        let second = key.ends_with(".new_second_tier");
        let product = loaded
            .products
            .iter()
            .position(|p| Some(p.id.as_str()) == self.plan);
        let monthly = loaded.arrivals_by_month(product.map(|product| (product, second)));
        monthly
            .into_iter()
            .rev()
            .take(24)
            .map(|(month, count)| line(month.to_string(), count.to_string()))
            .collect()
    }

    fn lines(&self, month: &ForecastMonth) -> (String, Vec<ExplanationLine>) {
        let mut lines = Vec::new();
        let mut own = None;
        for plan in &month.plans {
            if self.plan.is_some_and(|asked| asked != plan.plan) {
                continue;
            }
            let supposed = self.assumptions.plans.iter().find(|p| p.plan == plan.plan);
            let name = supposed.map_or_else(|| plan.plan.clone(), name_of);
            let paying = supposed.map_or(0, |p| p.active_direct + p.active_second_tier);
            lines.push(line(
                format!("{name}: contracted, {paying} pay today"),
                plan.contracted.clone(),
            ));
            lines.push(line(format!("{name}: assumed"), plan.assumed.clone()));
            own = Some(super::sum(&plan.contracted, &plan.assumed));
        }
        let value = match (self.plan, own) {
            (Some(_), Some(own)) => own,
            _ => month.net.clone(),
        };
        lines.push(line("Together", value.clone()));
        (value, lines)
    }

    fn actual(&self) -> Result<Explanation, Failure> {
        let month: Month = self.key.parse().map_err(|_| self.unknown())?;
        let found = actuals(self.loaded)
            .into_iter()
            .find(|row| row.month == self.key)
            .ok_or_else(|| self.unknown())?;
        let mine = |plan: &str| self.plan.is_none_or(|asked| asked == plan);
        let lines: Vec<ExplanationLine> = found
            .plans
            .iter()
            .filter(|plan| mine(&plan.plan))
            .map(|plan| line(self.label(&plan.plan), plan.net.clone()))
            .collect();
        let value = self
            .plan
            .and_then(|_| lines.first().map(|line| line.value.clone()))
            .unwrap_or(found.net);
        Ok(Explanation {
            title: format!("Net of {month}"),
            value,
            sentences: vec![
                "What the ledger has of that month, with what was taken back already off."
                    .to_owned(),
            ],
            lines,
            rows: Some(self.rows(Some(month.day(1)), Some(month.day(31)))),
            assumptions: Vec::new(),
            method: "months".to_owned(),
        })
    }

    fn assumption(&self) -> Result<Explanation, Failure> {
        let evidence = self
            .evidence()
            .into_iter()
            .find(|evidence| evidence.key == self.key)
            .ok_or_else(|| self.unknown())?;
        let share = |text: &str| {
            text.parse::<f64>()
                .map_or_else(|_| text.to_owned(), percent)
        };
        let is_share = matches!(
            evidence.key.as_str(),
            "refund_probability" | "growth" | "season"
        ) || evidence.key.ends_with(".renewal");
        let shown = |text: &str| {
            if is_share {
                share(text)
            } else {
                text.to_owned()
            }
        };
        let mut sentences = vec![evidence.sentence.clone()];
        if evidence.low != evidence.high {
            sentences.push(format!(
                "Eight times of ten the truth lies between {} and {}.",
                shown(&evidence.low),
                shown(&evidence.high)
            ));
        }
        sentences.extend(
            evidence
                .source
                .iter()
                .map(|source| format!("The common value: {source}")),
        );
        let plan = evidence
            .key
            .strip_prefix("plans.")
            .and_then(|rest| rest.rsplit_once('.'))
            .map(|(plan, _)| plan.to_owned());
        let asked = Asked {
            plan: plan.as_deref(),
            ..*self
        };
        let rows = asked.learned();
        Ok(Explanation {
            title: evidence.label.clone(),
            value: evidence.value.clone(),
            sentences,
            lines: asked.assumption_lines(&evidence.key),
            rows: Some(rows),
            method: if evidence.key.ends_with(".renewal") {
                "retention"
            } else if evidence.key == "refund_probability" {
                "priors"
            } else {
                "arrivals"
            }
            .to_owned(),
            assumptions: vec![evidence],
        })
    }
}
