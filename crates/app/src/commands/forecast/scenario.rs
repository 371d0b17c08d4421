//! From the window's assumptions to a scenario of the engine.
//!
//! Each plan becomes two, one a tier, priced at the commission that its program's rules give and earning the whole of it.
//! So every rule (a percentage, a fixed amount, a second tier of the commission) is the domain's, and no rule is
//! written twice.
//!
//! The scenario begins with the month of the ledger's newest row, so that renewals which are not known yet are forecast
//! rather than taken for paid or lost; only the months from the present one on are shown.

use super::{lives::Life, loaded::Loaded, parts::Parts};
use crate::{
    Failure,
    dto::Assumptions,
    error::Place,
    files::{forecast::from_assumption_error, program::date},
};
use chrono::{Days, NaiveDate};
use perennial_domain::{Currency, ledger::Tier as LedgerTier, money::parse_decimal};
use perennial_forecast::{
    Beliefs, Month, Scenario,
    assumptions::{
        Arrivals, MAX_MONTHS, OpeningRow, PayoutTerms, Plan, Process, Rates, Refund, Retention,
        Tier, Trial,
    },
    beliefs::Share,
};
use rust_decimal::{Decimal, prelude::FromPrimitive as _};
use std::collections::BTreeMap;

/// A checked scenario, and what its parts are.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The scenario.
    pub scenario: Scenario,
    /// What is believed of the assumptions that were left as the book has them.
    pub beliefs: Beliefs,
    /// Plans in the order they are shown.
    pub plans: Vec<String>,
    /// Months of the scenario before the present one.
    pub lead: usize,
    /// Months of the scenario before the first that is shown whole.
    pub skip: usize,
}

impl Prepared {
    /// Makes and checks it.
    ///
    /// # Errors
    /// Where a value is out of its range, by name.
    pub fn new(loaded: &Loaded, input: &Assumptions) -> Result<Self, Failure> {
        Self::starting(loaded, input, Month::of(loaded.known))
    }

    /// The same with what is open now as commissions of their own, so that payouts begin with them. It begins early
    /// enough for every open commission to lie inside.
    ///
    /// # Errors
    /// As [`Prepared::new`].
    pub fn with_payouts(loaded: &Loaded, input: &Assumptions) -> Result<Self, Failure> {
        let terms = &loaded.terms;
        let hold = Days::new(u64::from(terms.hold_days));
        let oldest = loaded.today.checked_sub_days(hold).unwrap_or(loaded.today);
        let start = Month::of(oldest.min(loaded.known));
        let mut prepared = Self::starting(loaded, input, start)?;
        prepared.scenario.payout = Some(PayoutTerms {
            hold_days: terms.hold_days,
            minimum: terms.minimum.amount().max(Decimal::ZERO),
            run_day: terms.run_day,
            split: None,
        });
        if terms.max_months != Some(0) {
            prepared.add_open(loaded, hold);
        }
        prepared.check()?;
        Ok(prepared)
    }

    /// What is open as commissions that are paid once: certain ones by the day they mature, and those that may still be taken
    /// back one by one.
    fn add_open(&mut self, loaded: &Loaded, hold: Days) {
        for open in &loaded.open {
            let unsure = loaded
                .unsure
                .sum(open.amount.currency(), |day| day == open.matures_on);
            let certain = open.amount.amount() - unsure.amount();
            let renewal = Decimal::ONE;
            self.add_once(loaded, hold, (open.matures_on, certain, 1), renewal, None);
        }
        let stands = Decimal::from_f64(1.0 - loaded.unsure.chance())
            .unwrap_or(Decimal::ONE)
            .round_dp(6)
            .clamp(Decimal::ZERO, Decimal::ONE);
        let belief = loaded.unsure.belief().map(|belief| {
            self.beliefs.retention.push(belief.clone());
            self.beliefs.retention.len() - 1
        });
        for one in &loaded.unsure.waiting {
            let each = (one.matures_on, one.amount.amount(), one.rows);
            self.add_once(loaded, hold, each, stands, belief);
        }
    }

    /// So many commissions that mature on a day, each of which stands with this chance.
    fn add_once(
        &mut self,
        loaded: &Loaded,
        hold: Days,
        (matures_on, amount, count): (NaiveDate, Decimal, u64),
        renewal: Decimal,
        belief: Option<usize>,
    ) {
        if amount <= Decimal::ZERO || count == 0 {
            return;
        }
        // One payment each, and no more: the next one falls past every horizon, or past the cap on months.
        let (term_months, renewals_made) = match loaded.terms.max_months {
            None => (MAX_MONTHS, 0),
            Some(most) => (1, most.saturating_sub(1)),
        };
        // What has matured waits for the next run: as if it matured today.
        let matures = matures_on.max(loaded.today);
        let dated = matures.checked_sub_days(hold).unwrap_or(matures);
        let scenario = &mut self.scenario;
        scenario.opening_book.push(OpeningRow {
            plan: scenario.plans.len(),
            tier: Tier::Direct,
            count,
            renewals_made,
            next_due: Some(dated.max(scenario.start.day(1))),
        });
        scenario.plans.push(Plan {
            id: format!("open {matures} {}", scenario.plans.len()),
            price: amount,
            term_months,
        });
        scenario
            .retention
            .push(Some(Retention::Constant { renewal }));
        self.beliefs.plans.resize(scenario.plans.len() - 1, None);
        self.beliefs.plans.push(belief);
    }

    fn check(&self) -> Result<(), Failure> {
        self.scenario
            .check()
            .map_err(|error| from_assumption_error(&error))
    }

    fn starting(loaded: &Loaded, input: &Assumptions, begin: Month) -> Result<Self, Failure> {
        let terms = &loaded.terms;
        let asked = Month::of(date(&format!("{}-01", input.start.trim()), "start")?);
        let shown = asked.max(loaded.next_month());
        let begin = begin.min(Month::of(loaded.today));
        if !(1..=MAX_MONTHS).contains(&input.months) {
            let message = format!(
                "`months` is {}; it must be a whole number from 1 to {MAX_MONTHS}.",
                input.months
            );
            return Err(refused("forecast.months", "months", message));
        }
        let skip = u32::try_from(shown.since(begin)).unwrap_or(0);
        let currency = Currency::parse(&input.currency)
            .map_err(|error| bad("currency", format!("{error}.")))?;
        let mut parts = Parts::new(loaded, input, begin, shown)?;
        for supposed in &input.plans {
            parts.add(supposed)?;
        }
        let ids: Vec<String> = input.plans.iter().map(|plan| plan.plan.clone()).collect();
        let refund = share(&input.refund_probability, "refund_probability")?;
        let scenario = Scenario {
            start: begin,
            // The longest horizon is one of the engine's; the months before it are taken from its end.
            months: (skip + input.months).min(MAX_MONTHS.max(skip + 1)),
            currency,
            opening_book: opening(loaded, &ids, begin.day(1), |_| true),
            plans: parts.plans,
            commission: Rates {
                direct: Decimal::ONE,
                second_tier: Decimal::ONE,
                max_months: terms.max_months,
            },
            trial: Trial {
                days: input.trial_days,
                conversion: share(&input.trial_conversion, "trial_conversion")?,
            },
            retention: parts.retention,
            refund: Refund {
                probability: refund,
                after_days: input.refund_after_days,
            },
            arrivals: Some(Arrivals {
                process: Process::Poisson,
                streams: parts.streams,
            }),
            switching: None,
            payout: None,
            quantiles: Vec::new(),
        };
        let (chance, yes, no) = loaded.refund();
        let as_in_book = input.refund_probability == super::assume::decimal(chance, 4);
        let prepared = Self {
            scenario,
            beliefs: Beliefs {
                retention: loaded.beliefs.clone(),
                plans: parts.beliefs,
                arrivals: parts.arrivals,
                conversion: None,
                refund: as_in_book.then_some(Share { yes, no }),
            },
            plans: ids,
            lead: usize::try_from(Month::of(loaded.today).since(begin)).unwrap_or(0),
            skip: usize::try_from(skip).unwrap_or(0),
        };
        prepared.check()?;
        Ok(prepared)
    }

    /// The plan that a plan of the scenario is; none for what is open already.
    pub fn plan_of(&self, index: usize) -> Option<&str> {
        self.plans.get(index / 2).map(String::as_str)
    }
}

/// Those of the customers picked who pay now, gathered by plan, tier, renewals and day.
pub fn opening(
    loaded: &Loaded,
    plans: &[String],
    start: NaiveDate,
    take: impl Fn(&Life) -> bool,
) -> Vec<OpeningRow> {
    let place: Vec<Option<usize>> = loaded
        .products
        .iter()
        .map(|product| plans.iter().position(|plan| *plan == product.id))
        .collect();
    let mut rows: BTreeMap<(usize, bool, u32, NaiveDate), u64> = BTreeMap::new();
    for life in loaded.active().filter(|life| take(life)) {
        let Some(index) = place.get(life.product).copied().flatten() else {
            continue;
        };
        let second = life.tier == LedgerTier::Second;
        // One that is overdue may still come: on the first day.
        let key = (
            index * 2 + usize::from(second),
            second,
            life.paid.min(perennial_forecast::assumptions::MAX_RENEWALS),
            life.due.max(start),
        );
        *rows.entry(key).or_default() += 1;
    }
    let row = |((plan, second, renewals_made, due), count)| OpeningRow {
        plan,
        tier: if second { Tier::Second } else { Tier::Direct },
        count,
        renewals_made,
        next_due: Some(due),
    };
    rows.into_iter().map(row).collect()
}

/// A number that the window sent.
pub fn number(text: &str, key: &str) -> Result<Decimal, Failure> {
    parse_decimal(text).map_err(|error| bad(key, format!("{error}.")))
}

/// A chance that the window sent.
pub fn share(text: &str, key: &str) -> Result<Decimal, Failure> {
    let share = number(text, key)?;
    if share < Decimal::ZERO || share > Decimal::ONE {
        return Err(bad(key, format!("“{text}” is not between 0 and 1.")));
    }
    Ok(share)
}

/// A refusal that names a key.
pub fn refused(code: &str, key: &str, message: String) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}

/// A value out of its range.
pub fn bad(key: &str, message: String) -> Failure {
    refused("forecast.out_of_range", key, message)
}
