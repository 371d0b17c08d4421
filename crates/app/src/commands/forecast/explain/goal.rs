//! Behind what a goal takes.

use super::{Asked, Explanation, ExplanationLine, line};
use crate::{
    App, Failure,
    commands::forecast::{
        assume::{decimal, percent},
        bands::{commission_of, minor},
        goal::goal,
    },
    dto::{Goal, GoalChannel, GoalInput, GoalPlan},
};
use perennial_domain::ledger::Tier;

/// Paths that the chances beside it are taken from.
const PATHS: u32 = 200;

/// The arithmetic of one channel.
fn through(channel: &GoalChannel) -> Vec<ExplanationLine> {
    let mut lines = vec![
        line("One more a month brings", channel.each.clone()),
        line("New referrals a month as supposed", channel.new_now.clone()),
    ];
    if let Some(needed) = &channel.new_needed {
        lines.push(line("New referrals a month that it takes", needed.clone()));
    }
    lines
}

impl Asked<'_> {
    /// Key: the month and the net, `2026-12 5000`; plan: one plan alone, with ` second` behind it for its second tier, or
    /// `channel:NAME`.
    pub(super) fn goal(&self, app: &App) -> Result<Explanation, Failure> {
        let (month, net) = self.key.split_once(' ').ok_or_else(|| self.unknown())?;
        let answer = goal(
            app,
            GoalInput {
                assumptions: Some(self.assumptions.clone()),
                program: None,
                net: net.to_owned(),
                by: month.to_owned(),
                paths: Some(PATHS),
                seed: None,
                job: None,
            },
        )?;
        let mut lines = vec![
            line(
                format!("Expected of {month} as things are"),
                answer.expected.clone(),
            ),
            line("Wanted", answer.wanted.clone()),
            line("Missing", answer.missing.clone()),
        ];
        let Some(asked) = self.plan else {
            let mut sentences = answer.sentences.clone();
            sentences.push(
                "With a factor on all new referrals, everything that they bring to that month grows by the same factor."
                    .to_owned(),
            );
            if let Some(mix) = &answer.mix {
                lines.push(line(
                    "The factor on every plan's new referrals",
                    mix.factor.clone(),
                ));
                lines.push(line(
                    "New referrals a month in all, with it",
                    mix.new_needed.clone(),
                ));
            }
            return Ok(Explanation {
                title: format!("What it takes by {month}"),
                value: answer.missing.clone(),
                sentences,
                lines,
                rows: Some(self.learned()),
                assumptions: self.evidence(),
                method: "goal".to_owned(),
            });
        };
        if let Some(name) = asked.strip_prefix("channel:") {
            return self.goal_through(name, month, &answer, lines);
        }
        let (id, second) = match asked.strip_suffix(" second") {
            Some(id) => (id, true),
            None => (asked, false),
        };
        let plan = answer
            .plans
            .iter()
            .find(|plan| plan.plan == id && (plan.tier == "second") == second)
            .ok_or_else(|| self.unknown())?;
        lines.extend(self.of_plan(plan, second));
        let of_plan = Asked {
            plan: Some(id),
            ..*self
        };
        Ok(Explanation {
            title: format!("{} alone, by {month}", plan.name),
            value: plan.each.clone(),
            sentences: vec![
                format!(
                    "The value is what one new referral more each month brings to {month}: the commission of a payment, times the \
                     payments that fall in that month of all those who came until then and are still there."
                ),
                "What is missing, divided by that, is how many more a month it takes.".to_owned(),
            ],
            lines,
            rows: Some(of_plan.learned()),
            assumptions: of_plan.evidence(),
            method: "goal".to_owned(),
        })
    }

    /// One channel alone; an empty name stands for none.
    fn goal_through(
        &self,
        name: &str,
        month: &str,
        answer: &Goal,
        mut lines: Vec<ExplanationLine>,
    ) -> Result<Explanation, Failure> {
        let name = Some(name).filter(|name| !name.is_empty());
        let channel = answer
            .channels
            .iter()
            .find(|channel| channel.channel.as_deref() == name)
            .ok_or_else(|| self.unknown())?;
        lines.extend(through(channel));
        let behind = Asked {
            key: name.unwrap_or_default(),
            plan: None,
            ..*self
        };
        Ok(Explanation {
            title: format!("{} alone, by {month}", name.unwrap_or("No channel")),
            value: channel.each.clone(),
            sentences: vec![
                format!(
                    "The value is what one new referral more each month through this channel brings to {month}, in the mix of \
                     plans that come through it."
                ),
                "What is missing, divided by that, is how many more a month it takes.".to_owned(),
            ],
            lines,
            rows: Some(behind.through_channel()),
            assumptions: behind.evidence(),
            method: "goal".to_owned(),
        })
    }

    fn of_plan(&self, plan: &GoalPlan, second: bool) -> Vec<ExplanationLine> {
        let tier = if second { Tier::Second } else { Tier::Direct };
        let product = self.loaded.products.iter().position(|p| p.id == plan.plan);
        let currency = self.loaded.currency();
        let earned = product.and_then(|product| commission_of(self.loaded, product, tier));
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        let stands = 1.0 - number(&self.assumptions.refund_probability);
        let mut lines = Vec::new();
        if let Some(earned) = earned {
            let scale = 10_f64.powi(i32::try_from(currency.minor_digits()).unwrap_or(2));
            let each = minor(earned, currency) / scale * stands;
            lines.push(line("Commission of a payment", earned.to_plain()));
            lines.push(line(
                "The chance that a first payment stands",
                percent(stands),
            ));
            if each > 0.0 {
                lines.push(line(
                    "Payments in that month of one more a month",
                    decimal(number(&plan.each) / each, 3),
                ));
            }
        }
        lines.push(line("One more a month brings", plan.each.clone()));
        lines.push(line(
            "New referrals a month as supposed",
            plan.new_now.clone(),
        ));
        if let Some(needed) = &plan.new_needed {
            lines.push(line("New referrals a month that it takes", needed.clone()));
        }
        lines
    }
}
