//! From a book's history to a scenario and what is believed of it, in one step.

use crate::arrivals::mix::ArrivalMix;
use crate::assumptions::{
    Arrivals, AssumptionError, PayoutTerms, Plan, Process, Rates, Refund, Retention, Scenario,
    Stream, Trial,
};
use crate::beliefs::{Beliefs, Share};
use crate::calendar::Month;
use crate::history::{End, History};
use crate::retention::{Posterior, PosteriorError, Prior};
use perennial_domain::Currency;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use thiserror::Error;

/// First payments that the prior of refunds counts as, and how many of them were refunded.
const REFUNDS: (f64, f64) = (30.0, 0.9);
/// Days until a refund where none was seen.
const REFUND_DAYS: u32 = 20;

/// How to make a forecast of a book.
#[derive(Clone, Debug, PartialEq)]
pub struct BookOptions {
    /// The first month of the forecast.
    pub start: Month,
    /// How many months, 1..=600.
    pub months: u32,
    /// The currency of the book's amounts.
    pub currency: Currency,
    /// Months after the first payment in which payments still earn; `None` is for life.
    pub max_months: Option<u32>,
    /// How commissions become payouts.
    pub payout: Option<PayoutTerms>,
    /// The quantiles to ask for.
    pub quantiles: Vec<Decimal>,
    /// What is supposed of renewals, by the plans' groups; [`Prior::FLAT`] past the end.
    pub priors: Vec<Prior>,
}

/// A forecast made from a book.
#[derive(Clone, Debug, PartialEq)]
pub struct BookForecast {
    /// The values, all of them the means of what is believed.
    pub scenario: Scenario,
    /// What is believed.
    pub beliefs: Beliefs,
    /// How referrals come, by the plans of the history.
    pub arrivals: Option<ArrivalMix>,
}

/// Why no forecast can be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BookError {
    /// A prior out of its range.
    #[error(transparent)]
    Prior(#[from] PosteriorError),
    /// The scenario that came of it.
    #[error(transparent)]
    Assumption(#[from] AssumptionError),
}

/// The forecast of a book as its history stands.
///
/// Each plan of the history becomes one of the scenario, priced at its commission and earning the whole of it;
/// referrals are counted from their first payment, so the trial is behind them. The chance of a refund begins with
/// 3% worth 30 first payments.
///
/// # Errors
/// [`BookError`] for a prior, or a scenario, out of range.
pub fn from_history(history: &History, options: &BookOptions) -> Result<BookForecast, BookError> {
    let mut beliefs = Beliefs::default();
    let mut groups = BTreeMap::<usize, usize>::new();
    let mut retention: Vec<Option<Retention>> = Vec::new();
    for plan in history.plans() {
        let periods = (options.months / plan.term_months.max(1)).max(2) as usize + 12;
        let index = if let Some(&index) = groups.get(&plan.group) {
            index
        } else {
            let prior = options
                .priors
                .get(plan.group)
                .copied()
                .unwrap_or(Prior::FLAT);
            let of_group = history.cohorts(|r| history.plans()[r.plan].group == plan.group);
            let posterior = match of_group {
                Ok(cohorts) => Posterior::chosen(&cohorts, &prior)?,
                Err(_) => Posterior::of_prior(&prior)?,
            };
            beliefs.retention.push(posterior);
            groups.insert(plan.group, beliefs.retention.len() - 1);
            beliefs.retention.len() - 1
        };
        beliefs.plans.push(Some(index));
        retention.push(Some(beliefs.retention[index].equivalent(periods)));
    }
    let mut streams: Vec<Stream> = Vec::new();
    let cells: Vec<Vec<u64>> = (0..history.plans().len())
        .map(|plan| history.arrivals(|referral| referral.plan == plan))
        .collect();
    let arrivals = ArrivalMix::new(history.first(), &cells).ok();
    for (plan, known) in history.plans().iter().enumerate() {
        let Some(mix) = &arrivals else { continue };
        let Some(belief) = mix.belief(plan, plan, known.tier) else {
            continue;
        };
        streams.extend(mix.streams(plan, plan, known.tier, options.start, options.months));
        beliefs.arrivals.push(belief);
    }
    let (refunded, paid) = history.refunds(|_| true);
    let share = Share {
        yes: refunded as f64 + REFUNDS.1,
        no: (paid - refunded) as f64 + REFUNDS.0 - REFUNDS.1,
    };
    beliefs.refund = Some(share);
    let scenario = Scenario {
        start: options.start,
        months: options.months,
        currency: options.currency,
        plans: plans(history, options.currency),
        commission: Rates {
            direct: Decimal::ONE,
            second_tier: Decimal::ONE,
            max_months: options.max_months,
        },
        trial: Trial {
            days: 0,
            conversion: Decimal::ONE,
        },
        retention,
        refund: Refund {
            probability: Decimal::try_from((share.mean() * 1e6).round() / 1e6).unwrap_or_default(),
            after_days: refund_days(history),
        },
        arrivals: Some(Arrivals {
            process: Process::Poisson,
            streams,
        }),
        opening_book: history.opening(options.start),
        switching: None,
        payout: options.payout,
        quantiles: options.quantiles.clone(),
    };
    scenario.check()?;
    Ok(BookForecast {
        scenario,
        beliefs,
        arrivals,
    })
}

fn plans(history: &History, currency: Currency) -> Vec<Plan> {
    let plans = history.plans().iter().enumerate();
    plans
        .map(|(i, plan)| Plan {
            // Two plans of one name are told apart by their place.
            id: format!("{} #{i}", plan.id),
            price: Decimal::new(plan.commission, currency.minor_digits()),
            term_months: plan.term_months,
        })
        .collect()
}

/// The median of the days until a refund.
fn refund_days(history: &History) -> u32 {
    let days = history.referrals().iter().filter_map(|referral| {
        let End::Refunded { on } = referral.end else {
            return None;
        };
        u32::try_from(on.signed_duration_since(referral.first).num_days()).ok()
    });
    let mut days: Vec<u32> = days.collect();
    days.sort_unstable();
    let median = days.get(days.len() / 2).copied().unwrap_or(REFUND_DAYS);
    median.min(crate::assumptions::MAX_DAYS)
}
