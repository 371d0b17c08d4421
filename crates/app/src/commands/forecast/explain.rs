//! What is behind a number: the rows of the ledger, the arithmetic, the assumptions.

use super::{
    assume::percent,
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
use perennial_domain::Money;
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
        "residual" => asked.plain(
            "What is still to come",
            "residual",
            vec![format!(
                "{} customers pay now; each renewal still expected of them is counted with its chance and its commission.",
                loaded.active().count()
            )],
        ),
        "wall" => asked.plain(
            "Annual renewals",
            "wall",
            vec!["Every annual plan that pays now comes up for renewal a year after its last payment.".to_owned()],
        ),
        "cohort" => asked.plain(
            "Cohorts",
            "survival",
            vec!["Customers are grouped by the month of their first payment.".to_owned()],
        ),
        other => {
            return Err(refused(
                "forecast.unknown_value",
                "what",
                format!("There is no number “{other}” to explain."),
            )
            .hint("There are month, rest, total, payout, actual, assumption, residual, wall and cohort."));
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
            lines.push(line("All months", forecast.total.clone()));
            return Ok(Explanation {
                title: format!("Net of {} months", forecast.months.len()),
                value: format!("{} {code}", forecast.total),
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
            value: format!("{value} {code}"),
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

    fn lines(&self, month: &ForecastMonth) -> (String, Vec<ExplanationLine>) {
        let mut lines = Vec::new();
        let mut own = None;
        for plan in &month.plans {
            if self.plan.is_some_and(|asked| asked != plan.plan) {
                continue;
            }
            let supposed = self.assumptions.plans.iter().find(|p| p.plan == plan.plan);
            let name = supposed.map_or(plan.plan.clone(), |p| format!("{} {}", p.name, p.term));
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

    fn payout(&self) -> Result<Explanation, Failure> {
        let run: NaiveDate = self.key.parse().map_err(|_| self.unknown())?;
        let terms = &self.loaded.terms;
        let before = Month::of(run).plus(-1).day(terms.run_day);
        let open: Vec<_> = self
            .loaded
            .open
            .iter()
            .filter(|open| {
                open.matures_on <= run && (open.matures_on > before || before < self.loaded.today)
            })
            .collect();
        let currency = self.loaded.currency();
        let pending = open.iter().fold(Money::zero(currency), |all, open| {
            all.plus(open.amount).unwrap_or(all)
        });
        let hold = chrono::Days::new(u64::from(terms.hold_days));
        let day = |day: NaiveDate| day.checked_sub_days(hold).unwrap_or(day);
        Ok(Explanation {
            title: format!("Payout of {run}"),
            value: format!("{} {}", pending.to_plain(), currency.code()),
            sentences: vec![
                format!(
                    "A commission matures {} days after its day; what has matured by {run} is paid then if it comes to at least \
                     {} {}.",
                    terms.hold_days,
                    terms.minimum.to_plain(),
                    currency.code()
                ),
                "The value is what is earned already; what is still to come is in the simulated payout beside it.".to_owned(),
            ],
            lines: open
                .iter()
                .map(|open| line(format!("Matures {}", open.matures_on), open.amount.to_plain()))
                .collect(),
            rows: Some(self.rows(
                Some(if before < self.loaded.today {
                    self.loaded.lives.oldest.unwrap_or(day(before))
                } else {
                    day(before).succ_opt().unwrap_or(before)
                }),
                Some(day(run)),
            )),
            assumptions: Vec::new(),
            method: "payouts".to_owned(),
        })
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
            .map(|plan| line(plan.plan.clone(), plan.net.clone()))
            .collect();
        let value = self
            .plan
            .and_then(|_| lines.first().map(|line| line.value.clone()))
            .unwrap_or(found.net);
        Ok(Explanation {
            title: format!("Net of {month}"),
            value: format!("{value} {}", self.loaded.currency().code()),
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
        let is_share = evidence.key == "refund_probability" || evidence.key.ends_with(".renewal");
        let shown = |text: &str| {
            if is_share {
                share(text)
            } else {
                text.to_owned()
            }
        };
        let mut sentences = vec![
            evidence.sentence.clone(),
            format!(
                "Eight times of ten the truth lies between {} and {}.",
                shown(&evidence.low),
                shown(&evidence.high)
            ),
        ];
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
            value: shown(&evidence.value),
            sentences,
            lines: Vec::new(),
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

    fn plain(&self, title: &str, method: &str, sentences: Vec<String>) -> Explanation {
        Explanation {
            title: title.to_owned(),
            value: String::new(),
            sentences,
            lines: Vec::new(),
            rows: Some(self.learned()),
            assumptions: self.evidence(),
            method: method.to_owned(),
        }
    }
}
