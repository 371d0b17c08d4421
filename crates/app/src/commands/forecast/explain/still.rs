//! Behind what is still to come: the residual value, the annual renewals, the cohorts.

use super::{Asked, Explanation, line};
use crate::{
    App, Failure,
    commands::forecast::{
        assume::{decimal, percent},
        evidence::cohorts,
        lives::{Life, later},
        months::money,
        value::{at_renewal, exact_discount, wall, worths},
    },
    dto::{AssumptionsInput, EvidenceInput, LedgerList},
};
use chrono::NaiveDate;
use perennial_domain::ledger::Tier;
use perennial_forecast::{Month, assumptions::MAX_MONTHS};
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

/// Lines of arithmetic that are told one by one; the rest together.
const LINES: usize = 24;

/// `plan:2021/starter-monthly:direct`, `campaign:Name`, `channel:Name`, or all; `@0.10` behind it is the discount.
struct Part<'a> {
    kind: &'a str,
    name: &'a str,
    discount: Option<&'a str>,
}

impl<'a> Part<'a> {
    fn parse(key: &'a str) -> Self {
        let (part, discount) = match key.rsplit_once('@') {
            Some((part, discount)) => (part, Some(discount)),
            None => (key, None),
        };
        let (kind, name) = part.split_once(':').unwrap_or(("", ""));
        Self {
            kind,
            name,
            discount,
        }
    }
}

fn tier_words(tier: Tier) -> &'static str {
    match tier {
        Tier::Direct => "own sales",
        Tier::Second => "second tier",
    }
}

impl Asked<'_> {
    fn is_of(&self, part: &Part<'_>, life: &Life) -> bool {
        let (channel, campaign) = self.loaded.place(life);
        match part.kind {
            "plan" => {
                let (id, tier) = part.name.rsplit_once(':').unwrap_or((part.name, ""));
                let product = self.loaded.products.get(life.product);
                product.is_some_and(|product| product.id == id)
                    && (tier.is_empty() || life.tier.word() == tier)
            }
            "campaign" => campaign.unwrap_or_default() == part.name,
            "channel" => channel.unwrap_or_default() == part.name,
            _ => true,
        }
    }

    pub(super) fn residual(&self) -> Result<Explanation, Failure> {
        let part = Part::parse(self.key);
        if !matches!(part.kind, "" | "plan" | "campaign" | "channel") {
            return Err(self.unknown());
        }
        let discount = exact_discount(part.discount)?;
        let yearly = discount.to_f64().unwrap_or(0.0);
        let loaded = self.loaded;
        let digits = loaded.currency().minor_digits();
        let mut groups: BTreeMap<(usize, bool, u32), (u32, f64)> = BTreeMap::new();
        for (life, value) in worths(loaded, yearly) {
            if self.is_of(&part, &life) {
                let key = (life.product, life.tier == Tier::Second, life.paid);
                let group = groups.entry(key).or_default();
                group.0 += 1;
                group.1 += value;
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
        let customers: u32 = groups.iter().map(|(_, (count, _))| count).sum();
        let total: f64 = groups.iter().map(|(_, (_, value))| value).sum();
        let mut lines: Vec<_> = groups
            .iter()
            .take(LINES)
            .map(|((product, second, paid), (count, value))| {
                let tier = if *second { Tier::Second } else { Tier::Direct };
                let (each, _) = at_renewal(loaded, *product, tier, *paid, yearly);
                line(
                    format!(
                        "{}, {}, {paid} renewals paid: {count} who bring {} a payment",
                        loaded.label(*product),
                        tier_words(tier),
                        money(each, digits)
                    ),
                    money(*value, digits),
                )
            })
            .collect();
        if groups.len() > LINES {
            let rest: f64 = groups.iter().skip(LINES).map(|(_, (_, value))| value).sum();
            lines.push(line(
                format!("{} other groups", groups.len() - LINES),
                money(rest, digits),
            ));
        }
        lines.push(line(
            format!("Together, {customers} customers"),
            money(total, digits),
        ));
        let plans: Vec<&str> = groups
            .iter()
            .filter_map(|((product, ..), _)| loaded.products.get(*product))
            .map(|product| product.id.as_str())
            .collect();
        let rows = LedgerList {
            campaign: (part.kind == "campaign" && !part.name.is_empty())
                .then(|| part.name.to_owned()),
            channel: (part.kind == "channel" && !part.name.is_empty())
                .then(|| part.name.to_owned()),
            ..self.rows(None, Some(loaded.known))
        };
        let rows = if part.kind == "plan" {
            LedgerList {
                search: plans.first().copied().unwrap_or_default().to_owned(),
                ..rows
            }
        } else {
            rows
        };
        Ok(Explanation {
            title: "What is still to come".to_owned(),
            value: money(total, digits),
            sentences: vec![
                "For each customer who pays now: the commission of a payment, times the chance of each renewal still to come, \
                 added up."
                    .to_owned(),
                format!(
                    "The chance follows from how your own customers on that plan have stayed, after as many renewals. What comes \
                     a year later counts {} less; at most {MAX_MONTHS} months are counted.",
                    percent(yearly)
                ),
            ],
            lines,
            rows: Some(rows),
            assumptions: self.renewals_of(&plans),
            method: "residual".to_owned(),
        })
    }

    /// The renewal assumptions of some plans.
    fn renewals_of(&self, plans: &[&str]) -> Vec<crate::dto::Evidence> {
        self.evidence()
            .into_iter()
            .filter(|one| {
                plans
                    .iter()
                    .any(|plan| one.key == format!("plans.{plan}.renewal"))
            })
            .collect()
    }

    pub(super) fn wall(&self, app: &App) -> Result<Explanation, Failure> {
        let input = AssumptionsInput {
            program: Some(self.loaded.book.program.slug.clone()),
            months: Some(MAX_MONTHS),
        };
        let months = wall(app, input)?.months;
        // A month, or one day of it, or everything.
        let all: Vec<_> = months
            .iter()
            .flat_map(|month| &month.rows)
            .filter(|row| row.on.starts_with(self.key))
            .filter(|row| self.plan.is_none_or(|plan| row.plan == plan))
            .collect();
        if all.is_empty() {
            return Err(self.unknown());
        }
        let digits = self.loaded.currency().minor_digits();
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        let scale = 10_f64.powi(i32::try_from(digits).unwrap_or(2));
        let (mut expected, mut whole, mut none) = (0.0, 0.0, 1.0);
        let mut lines = Vec::new();
        for row in &all {
            let amount = f64::from(row.count) * number(&row.each);
            let chance = number(&row.chance);
            expected += amount * chance;
            whole += amount;
            none *= (1.0 - chance).powf(f64::from(row.count));
            lines.push(line(
                format!(
                    "{}: {}, renewal {}: {} × {} × {}",
                    row.on,
                    row.name,
                    row.renewal,
                    row.count,
                    row.each,
                    percent(chance)
                ),
                money(amount * chance * scale, digits),
            ));
        }
        lines.push(line("Expected", money(expected * scale, digits)));
        lines.push(line("If all of them pay", money(whole * scale, digits)));
        lines.push(line("The chance that none pays", percent(none)));
        let mut plans: Vec<&str> = all.iter().map(|row| row.plan.as_str()).collect();
        plans.sort_unstable();
        plans.dedup();
        let days: Vec<NaiveDate> = all.iter().filter_map(|row| row.on.parse().ok()).collect();
        let year_before = |day: Option<&NaiveDate>| {
            day.and_then(|day| day.checked_sub_months(chrono::Months::new(12)))
        };
        let rows = self.rows(
            year_before(days.iter().min()),
            year_before(days.iter().max()),
        );
        let rows = match plans.as_slice() {
            [only] => LedgerList {
                search: (*only).to_owned(),
                ..rows
            },
            _ => rows,
        };
        Ok(Explanation {
            title: if self.key.is_empty() {
                "Annual renewals".to_owned()
            } else {
                format!("Annual renewals of {}", self.key)
            },
            value: money(expected * scale, digits),
            sentences: vec![
                "Who paid for a year decides again a year later. Each renewal counts with its commission times its chance."
                    .to_owned(),
                "The rows are the payments of the year before, which come up for renewal now.".to_owned(),
            ],
            lines,
            rows: Some(rows),
            assumptions: self.renewals_of(&plans),
            method: "wall".to_owned(),
        })
    }

    /// Key: the month and by what customers are grouped; plan: the group.
    pub(super) fn cohort(&self, app: &App) -> Result<Explanation, Failure> {
        let (month, by) = self.key.split_once(' ').unwrap_or((self.key, "term"));
        let table = cohorts(
            app,
            EvidenceInput {
                program: Some(self.loaded.book.program.slug.clone()),
                by: Some(by.to_owned()),
                group: self.plan.map(str::to_owned),
            },
        )?;
        let row = table.cohorts.iter().find(|row| row.month == month);
        let (Some(row), Some(group)) = (row, &table.group) else {
            return Err(self.unknown());
        };
        let begun: Month = month.parse().map_err(|_| self.unknown())?;
        let share = |text: &str| {
            text.parse::<f64>()
                .map_or_else(|_| text.to_owned(), percent)
        };
        let lines = row
            .cells
            .iter()
            .map(|cell| {
                line(
                    format!(
                        "After {} renewals: {} of {} that were due paid",
                        cell.renewals, cell.paid, cell.due
                    ),
                    format!("{} ({} fitted)", share(&cell.observed), share(&cell.fitted)),
                )
            })
            .collect();
        let name = group.key.rsplit_once('.').map_or("", |(name, _)| name);
        let named = |wanted: &str| (by == wanted && !name.is_empty()).then(|| name.to_owned());
        let plan = (by == "plan").then_some(group.key.as_str());
        let unfiltered = Asked { plan, ..*self };
        let end = later(begun.day(1), 1).pred_opt();
        let rows = LedgerList {
            channel: named("channel"),
            campaign: named("campaign"),
            ..unfiltered.rows(Some(begun.day(1)), end)
        };
        Ok(Explanation {
            title: format!("{}: began in {month}", group.label),
            value: decimal(f64::from(row.size), 0),
            sentences: vec![
                format!(
                    "{} customers first paid in {month} and were not refunded. The share still there is the product of those who \
                     paid of those due, renewal by renewal.",
                    row.size
                ),
                table.fit.clone(),
            ],
            lines,
            rows: Some(rows),
            assumptions: unfiltered
                .evidence()
                .into_iter()
                .filter(|one| one.key.ends_with(".renewal"))
                .collect(),
            method: "survival".to_owned(),
        })
    }
}
