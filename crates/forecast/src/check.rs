//! The checks that a scenario must pass before an engine takes it. Every refusal names the place.

mod size;

use crate::assumptions::{
    AssumptionError, MAX_COUNT, MAX_DAYS, MAX_MONTHS, MAX_PLANS, MAX_QUANTILES, MAX_RENEWALS,
    MAX_ROWS, MAX_TERM, Process, Refusal, Retention, SHAPES, Scenario,
};
use perennial_domain::Money;
use rust_decimal::{Decimal, prelude::ToPrimitive};

type Checked = Result<(), AssumptionError>;

fn refuse(refusal: Refusal, at: impl Into<String>, message: impl Into<String>) -> Checked {
    Err(AssumptionError {
        refusal,
        at: at.into(),
        message: message.into(),
    })
}

fn probability(value: Decimal, at: &str) -> Checked {
    if (Decimal::ZERO..=Decimal::ONE).contains(&value) {
        return Ok(());
    }
    refuse(
        Refusal::OutOfRange,
        at,
        format!("`{at}` is {value}; it must lie between 0 and 1"),
    )
}

fn between(value: u64, low: u64, high: u64, at: &str) -> Checked {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    refuse(
        Refusal::OutOfRange,
        at,
        format!("`{at}` is {value}; it must lie between {low} and {high}"),
    )
}

fn shape(value: Decimal, at: &str) -> Checked {
    let number = value.to_f64().unwrap_or(0.0);
    if (SHAPES.0..=SHAPES.1).contains(&number) {
        return Ok(());
    }
    refuse(
        Refusal::OutOfRange,
        at,
        format!("`{at}` is {value}; it must be above 0 and at most a thousand million"),
    )
}

impl Scenario {
    /// Refuses what the engines could not answer, naming the place as a file would write it.
    ///
    /// # Errors
    /// [`AssumptionError`] for the first fault found.
    pub fn check(&self) -> Checked {
        if !(1..=MAX_MONTHS).contains(&self.months) {
            let message = format!(
                "`months` is {}; it must lie between 1 and {MAX_MONTHS}",
                self.months
            );
            return refuse(Refusal::Months, "months", message);
        }
        self.check_plans()?;
        probability(self.commission.direct, "commission.direct")?;
        probability(self.commission.second_tier, "commission.second_tier")?;
        between(
            u64::from(self.trial.days),
            0,
            u64::from(MAX_DAYS),
            "trial.days",
        )?;
        probability(self.trial.conversion, "trial.conversion")?;
        probability(self.refund.probability, "refund.probability")?;
        between(
            u64::from(self.refund.after_days),
            0,
            u64::from(MAX_DAYS),
            "refund.after_days",
        )?;
        self.check_retention()?;
        self.check_switching()?;
        self.check_streams()?;
        self.check_opening_book()?;
        self.check_payout()?;
        between(
            self.quantiles.len() as u64,
            0,
            MAX_QUANTILES as u64,
            "quantiles",
        )?;
        for (i, &quantile) in self.quantiles.iter().enumerate() {
            probability(quantile, &format!("quantiles[{i}]"))?;
        }
        self.check_total()?;
        self.check_work()
    }

    fn check_plans(&self) -> Checked {
        between(self.plans.len() as u64, 0, MAX_PLANS as u64, "plans")?;
        for (i, plan) in self.plans.iter().enumerate() {
            let at = format!("plans[{i}]");
            if self.plans.iter().take(i).any(|other| other.id == plan.id) {
                let message = format!("the plan “{}” is there twice", plan.id);
                return refuse(Refusal::Duplicate, format!("{at}.id"), message);
            }
            if plan.price < Decimal::ZERO {
                let message = format!("`{at}.price` is {}; a price is not below 0", plan.price);
                return refuse(Refusal::OutOfRange, format!("{at}.price"), message);
            }
            if let Err(error) = Money::new(plan.price, self.currency) {
                return refuse(
                    Refusal::OutOfRange,
                    format!("{at}.price"),
                    format!("`{at}.price`: {error}"),
                );
            }
            between(
                u64::from(plan.term_months),
                1,
                u64::from(MAX_TERM),
                &format!("{at}.term_months"),
            )?;
        }
        Ok(())
    }

    fn check_retention(&self) -> Checked {
        for (plan, retention) in self.plans.iter().zip(&self.retention) {
            let at = |key: &str| format!("retention.{}.{key}", plan.id);
            match *retention {
                None => {}
                Some(Retention::Constant { renewal }) => probability(renewal, &at("renewal"))?,
                Some(Retention::Sbg { alpha, beta }) => {
                    shape(alpha, &at("alpha"))?;
                    shape(beta, &at("beta"))?;
                }
                Some(Retention::Bdw { a, b, c }) => {
                    shape(a, &at("a"))?;
                    shape(b, &at("b"))?;
                    let number = c.to_f64().unwrap_or(0.0);
                    if !(1e-3..=20.0).contains(&number) {
                        let message =
                            format!("`{}` is {c}; it must lie between 0.001 and 20", at("c"));
                        return refuse(Refusal::OutOfRange, at("c"), message);
                    }
                }
            }
        }
        Ok(())
    }

    fn check_switching(&self) -> Checked {
        let Some(switching) = &self.switching else {
            return Ok(());
        };
        let size = switching.plans.len();
        for (i, &plan) in switching.plans.iter().enumerate() {
            let at = format!("switching.plans[{i}]");
            let Some(known) = self.plans.get(plan) else {
                return refuse(
                    Refusal::UnknownPlan,
                    at,
                    "the switching names a plan that is not there",
                );
            };
            if switching.plans.iter().take(i).any(|&other| other == plan) {
                return refuse(
                    Refusal::Duplicate,
                    at,
                    format!("the plan “{}” is there twice", known.id),
                );
            }
            if known.term_months != 1 {
                let message = format!(
                    "“{}” is not paid monthly; switching acts between monthly plans",
                    known.id
                );
                return refuse(Refusal::Switching, at, message);
            }
        }
        if switching.matrix.len() != size {
            let message = format!(
                "the matrix has {} rows for {size} plans",
                switching.matrix.len()
            );
            return refuse(Refusal::Switching, "switching.matrix", message);
        }
        for (i, row) in switching.matrix.iter().enumerate() {
            let at = format!("switching.matrix[{i}]");
            if row.len() != size {
                return refuse(
                    Refusal::Switching,
                    &*at,
                    format!("`{at}` has {} entries for {size} plans", row.len()),
                );
            }
            for (j, &entry) in row.iter().enumerate() {
                probability(entry, &format!("{at}[{j}]"))?;
            }
            let sum: Decimal = row.iter().sum();
            if sum > Decimal::ONE {
                return refuse(
                    Refusal::Switching,
                    &*at,
                    format!("`{at}` sums to {sum}, which is more than 1"),
                );
            }
        }
        Ok(())
    }

    fn check_plan_in_use(&self, plan: usize, at: &str) -> Checked {
        let Some(known) = self.plans.get(plan) else {
            return refuse(
                Refusal::UnknownPlan,
                at,
                format!("`{at}` names a plan that is not there"),
            );
        };
        let retained = self.retention.get(plan).is_some_and(Option::is_some);
        if retained || self.switching_index(plan).is_some() {
            return Ok(());
        }
        let place = format!("retention.{}", known.id);
        refuse(
            Refusal::MissingRetention,
            place,
            format!("`{at}` needs retention for the plan “{}”", known.id),
        )
    }

    fn check_streams(&self) -> Checked {
        let Some(arrivals) = &self.arrivals else {
            return Ok(());
        };
        between(
            arrivals.streams.len() as u64,
            0,
            MAX_ROWS as u64,
            "arrivals.streams",
        )?;
        for (i, stream) in arrivals.streams.iter().enumerate() {
            let at = format!("arrivals.streams[{i}]");
            self.check_plan_in_use(stream.plan, &format!("{at}.plan"))?;
            let count = stream.count;
            let place = format!("{at}.count");
            if count < Decimal::ZERO || count > Decimal::from(MAX_COUNT) {
                let message =
                    format!("`{place}` is {count}; it must lie between 0 and {MAX_COUNT}");
                return refuse(Refusal::OutOfRange, place, message);
            }
            if arrivals.process == Process::Fixed && !count.fract().is_zero() {
                let message = format!(
                    "`{place}` is {count}; a fixed process has whole customers (“poisson” takes fractions)"
                );
                return refuse(Refusal::Fraction, place, message);
            }
            between(u64::from(stream.every), 1, 1_200, &format!("{at}.every"))?;
        }
        Ok(())
    }

    fn check_opening_book(&self) -> Checked {
        between(
            self.opening_book.len() as u64,
            0,
            MAX_ROWS as u64,
            "opening_book",
        )?;
        let first_day = self.start.day(1);
        for (i, row) in self.opening_book.iter().enumerate() {
            let at = format!("opening_book[{i}]");
            self.check_plan_in_use(row.plan, &format!("{at}.plan"))?;
            between(row.count, 0, MAX_COUNT, &format!("{at}.count"))?;
            between(
                u64::from(row.renewals_made),
                0,
                u64::from(MAX_RENEWALS),
                &format!("{at}.renewals_made"),
            )?;
            if let Some(due) = row.next_due.filter(|&due| due < first_day) {
                let place = format!("{at}.next_due");
                let message = format!(
                    "`{place}` is {due}; it must not lie before the forecast's start {first_day}"
                );
                return refuse(Refusal::OutOfRange, place, message);
            }
        }
        Ok(())
    }

    fn check_payout(&self) -> Checked {
        let Some(payout) = &self.payout else {
            return Ok(());
        };
        between(
            u64::from(payout.hold_days),
            0,
            u64::from(MAX_DAYS),
            "payout.hold_days",
        )?;
        between(u64::from(payout.run_day), 1, 31, "payout.run_day")?;
        if let Some(split) = payout.split {
            probability(split.first, "payout.split.first")?;
            between(
                u64::from(split.rest_after_days),
                u64::from(payout.hold_days),
                u64::from(MAX_DAYS),
                "payout.split.rest_after_days",
            )?;
        }
        let minimum = payout.minimum;
        if minimum < Decimal::ZERO {
            let message = format!("`payout.minimum` is {minimum}; it must not be below 0");
            return refuse(Refusal::OutOfRange, "payout.minimum", message);
        }
        match Money::new(minimum, self.currency) {
            Ok(_) => Ok(()),
            Err(error) => refuse(
                Refusal::OutOfRange,
                "payout.minimum",
                format!("`payout.minimum`: {error}"),
            ),
        }
    }
}
