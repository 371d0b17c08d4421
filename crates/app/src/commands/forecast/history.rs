//! What the ledger says of a program's subscriptions: who pays now, who came, who renewed, who was refunded.

use super::super::terms_view::Book;
use crate::{
    App, Failure,
    dto::{Assumptions, PlanAssumption},
};
use chrono::{Datelike, Days, Months, NaiveDate};
use perennial_domain::{
    ledger::{Kind, Tier},
    program::{Plan, Term, plan_on},
};
use perennial_store::table::subscription::{self, PaymentRow};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Days after a renewal was due in which a report may still be on its way.
const GRACE: u64 = 15;
/// Full months that the rate of new referrals is taken from.
const LOOK_BACK: u32 = 6;

/// One paying customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Active {
    /// `2021/starter-monthly`.
    pub plan: String,
    /// Whose sale.
    pub tier: Tier,
    /// Renewals paid so far.
    pub renewals: u32,
    /// The day of the next renewal.
    pub due: NaiveDate,
}

/// Renewals that were due, and how many were paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Renewals {
    due: u32,
    paid: u32,
}

/// What the ledger says.
#[derive(Debug, Default)]
pub struct History {
    /// Who pays now.
    pub active: Vec<Active>,
    new: BTreeMap<(String, Tier), u32>,
    months: u32,
    renewals: BTreeMap<String, Renewals>,
    first_payments: u32,
    refunds: u32,
    rows: u32,
    unplanned: u32,
}

impl History {
    /// Reads it.
    ///
    /// # Errors
    /// Where the book cannot be read.
    pub fn read(app: &App, book: &Book, today: NaiveDate) -> Result<Self, Failure> {
        let mut customers: Vec<Vec<PaymentRow>> = Vec::new();
        app.read(|read| {
            subscription::payments(read, book.program.id, |row| match customers.last_mut() {
                Some(rows)
                    if rows.last().is_some_and(|last| {
                        last.customer == row.customer && last.tier == row.tier
                    }) =>
                {
                    rows.push(row);
                }
                _ => customers.push(vec![row]),
            })
        })?;
        let mut history = Self::default();
        let this_month = today.with_day(1).unwrap_or(today);
        let oldest = customers.iter().flatten().map(|row| row.on).min();
        let wanted = this_month
            .checked_sub_months(Months::new(LOOK_BACK))
            .unwrap_or(this_month);
        // A book younger than the look-back has fewer full months to speak from.
        let from = oldest
            .and_then(|day| day.with_day(1))
            .map_or(wanted, |first| first.max(wanted));
        history.months = months_between(from, this_month);
        for rows in &customers {
            history.take(book, rows, today, from, this_month);
        }
        Ok(history)
    }

    /// Whether the ledger says anything of this program.
    pub fn has_rows(&self) -> bool {
        self.rows > 0
    }

    fn take(
        &mut self,
        book: &Book,
        rows: &[PaymentRow],
        today: NaiveDate,
        from: NaiveDate,
        this_month: NaiveDate,
    ) {
        let takes_back = |row: &&PaymentRow| matches!(row.kind, Kind::Refund | Kind::Chargeback);
        let payments: Vec<&PaymentRow> = rows.iter().filter(|row| !takes_back(row)).collect();
        let (Some(first), Some(last)) = (payments.first(), payments.last()) else {
            return;
        };
        self.rows += 1;
        let Some((id, plan)) = last
            .plan
            .as_deref()
            .and_then(|id| Some((id, plan_on(&book.sets, id)?)))
        else {
            self.unplanned += 1;
            return;
        };
        self.first_payments += 1;
        let refunded = rows.iter().filter(takes_back).any(|row| row.on >= last.on);
        if refunded {
            self.refunds += 1;
        }
        if first.kind != Kind::Rebill && first.on >= from && first.on < this_month {
            let plan = first.plan.clone().unwrap_or_else(|| id.to_owned());
            *self.new.entry((plan, first.tier)).or_default() += 1;
        }
        let renewals = u32::try_from(payments.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let due = last
            .on
            .checked_add_months(Months::new(plan.term.months()))
            .unwrap_or(NaiveDate::MAX);
        let late = due
            .checked_add_days(Days::new(GRACE))
            .unwrap_or(NaiveDate::MAX)
            < today;
        if refunded {
            return;
        }
        let seen = self.renewals.entry(term_word(plan).to_owned()).or_default();
        seen.paid += renewals;
        seen.due += renewals + u32::from(late);
        if !late {
            self.active.push(Active {
                plan: id.to_owned(),
                tier: last.tier,
                renewals,
                due,
            });
        }
    }

    /// What a forecast would suppose by this.
    ///
    /// # Errors
    /// Where the program has no plans or its terms do not hold together.
    pub fn assumptions(
        &self,
        book: &Book,
        today: NaiveDate,
        months: u32,
    ) -> Result<Assumptions, Failure> {
        let terms = book.on(today)?;
        let Some(current) = &terms.plans else {
            return Err(Failure::refused(
                "forecast.no_plans",
                format!("{} has no plans to forecast.", book.program.name),
            )
            .hint("Add plans to the program, or give a scenario file (--scenario)."));
        };
        let mut plans = Vec::new();
        for set in &book.sets {
            for plan in &set.plans {
                let id = set.id(plan);
                let active = |tier| {
                    self.active
                        .iter()
                        .filter(|a| a.plan == id && a.tier == tier)
                        .count()
                };
                let new = |tier| {
                    self.new
                        .get(&(id.clone(), tier))
                        .copied()
                        .unwrap_or_default()
                };
                let seen = active(Tier::Direct) + active(Tier::Second);
                // Plans that are no longer sold matter only as long as somebody pays for them.
                if set.version != current.version
                    && seen == 0
                    && new(Tier::Direct) + new(Tier::Second) == 0
                {
                    continue;
                }
                plans.push(PlanAssumption {
                    plan: id.clone(),
                    name: plan.name.clone(),
                    term: plan.term.word().to_owned(),
                    tier: plan.tier,
                    price: plan.price.to_plain(),
                    new_direct: self.a_month(new(Tier::Direct)),
                    new_second_tier: self.a_month(new(Tier::Second)),
                    renewal: self.renewal(plan.term),
                    concentration: None,
                    shape: None,
                    active_direct: u64::try_from(active(Tier::Direct)).unwrap_or(u64::MAX),
                    active_second_tier: u64::try_from(active(Tier::Second)).unwrap_or(u64::MAX),
                });
            }
        }
        let start = today
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .unwrap_or(today);
        Ok(Assumptions {
            program: book.program.slug.clone(),
            start: start.format("%Y-%m").to_string(),
            months,
            currency: terms.currency.code().to_owned(),
            trial_conversion: "1".to_owned(),
            trial_days: 0,
            refund_probability: self.refund(),
            refund_after_days: 20,
            growth: "0".to_owned(),
            season: Vec::new(),
            evidence: Vec::new(),
            plans,
            basis: self.basis(),
        })
    }

    /// New referrals a month, to two decimals.
    fn a_month(&self, count: u32) -> String {
        let months = Decimal::from(self.months.max(1));
        rounded(Decimal::from(count) / months, 2)
    }

    /// The chance of a renewal: what was seen, held towards a common value as long as little was seen. The prior counts
    /// as 20 renewals of 95% for monthly plans and 5 of 70% for annual ones.
    fn renewal(&self, term: Term) -> String {
        let seen = self.renewals.get(term.word()).copied().unwrap_or_default();
        let (weight, prior) = match term {
            Term::Monthly => (Decimal::from(20), Decimal::new(95, 2)),
            Term::Annual => (Decimal::from(5), Decimal::new(70, 2)),
        };
        rounded(
            (Decimal::from(seen.paid) + weight * prior) / (Decimal::from(seen.due) + weight),
            4,
        )
    }

    /// The chance that a first payment is refunded; the prior counts as 30 payments of which 3% were.
    fn refund(&self) -> String {
        let (weight, prior) = (Decimal::from(30), Decimal::new(3, 2));
        let seen = Decimal::from(self.first_payments) + weight;
        rounded((Decimal::from(self.refunds) + weight * prior) / seen, 4)
    }

    fn basis(&self) -> Vec<String> {
        if self.rows == 0 {
            return vec![
                "There are no commissions of this program yet, so nothing is known about your referrals: set new referrals a \
                 month yourself. Renewals start from common values, 95% a month and 70% a year."
                    .to_owned(),
            ];
        }
        let new: u32 = self.new.values().sum();
        let mut lines = vec![
            format!(
                "{} referrals pay now; their renewals are the contracted part.",
                self.active.len()
            ),
            format!(
                "{new} new referrals first paid in the last {} full months.",
                self.months
            ),
            "New referrals are counted when they first pay, so the trial is already behind them."
                .to_owned(),
        ];
        for (term, seen) in &self.renewals {
            lines.push(format!(
                "{} of {} {term} renewals that were due were paid; with so much seen, the common value still counts as {}.",
                seen.paid,
                seen.due,
                if term == "monthly" { "20 renewals of 95%" } else { "5 renewals of 70%" }
            ));
        }
        lines.push(format!(
            "{} of {} first payments were refunded.",
            self.refunds, self.first_payments
        ));
        if self.unplanned > 0 {
            lines.push(format!(
                "{} referrals are left out: their plan could not be recognised from price or name.",
                self.unplanned
            ));
        }
        lines
    }
}

fn term_word(plan: &Plan) -> &'static str {
    plan.term.word()
}

fn rounded(value: Decimal, digits: u32) -> String {
    value
        .round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
        .to_string()
}

fn months_between(from: NaiveDate, until: NaiveDate) -> u32 {
    let count = (until.year() - from.year()) * 12
        + i32::try_from(until.month0()).unwrap_or_default()
        - i32::try_from(from.month0()).unwrap_or_default();
    u32::try_from(count).unwrap_or_default()
}
