//! Open commissions that may still be taken back: those that the program has not approved, and sales so young that they may
//! be refunded. Each is taken back or stands as a whole; how often, the user's own decided commissions say.

use super::{loaded::Loaded, priors};
use chrono::{Days, NaiveDate};
use perennial_domain::{Currency, Money, ledger::Approval};
use perennial_forecast::retention::{
    Cohorts, Model,
    posterior::{Posterior, Prior as Belief},
};
use perennial_store::table::awaiting::Awaiting;
use rust_decimal::prelude::ToPrimitive as _;

/// Days in which an approved sale may still be refunded.
pub const YOUNG: u64 = 20;

/// What may still be taken back, and how likely that is.
#[derive(Clone, Debug, Default)]
pub struct Unsure {
    /// By day, amount and approval.
    pub waiting: Vec<Awaiting>,
    /// Decided commissions that were taken back, and that stand, the common value's among them.
    pub reversed: f64,
    pub stands: f64,
    /// The same without the common value.
    pub seen: (u64, u64),
    belief: Option<Posterior>,
}

impl Unsure {
    /// The first day after which a sale is young.
    pub fn young(today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(Days::new(YOUNG)).unwrap_or(today)
    }

    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// From what is open and what was decided.
    pub fn new(waiting: Vec<Awaiting>, seen: (u64, u64), loaded: &Loaded) -> Self {
        let common = priors::common(&loaded.priors, "refund");
        let (reversed, stands) = seen;
        let prior = Belief {
            renewal: (1.0 - common.value).clamp(0.0001, 0.9999),
            weight: common.weight.clamp(0.01, 1e6),
        };
        let counts = Cohorts::from_periods(&[reversed], &[stands]).unwrap_or_default();
        let float = |count: u64| count.to_f64().unwrap_or(0.0);
        Self {
            waiting,
            reversed: float(reversed) + (1.0 - prior.renewal) * prior.weight,
            stands: float(stands) + prior.renewal * prior.weight,
            seen,
            belief: Posterior::of_model(&counts, &prior, Model::Geometric).ok(),
        }
    }

    /// The chance that one of them is taken back.
    pub fn chance(&self) -> f64 {
        let all = self.reversed + self.stands;
        if all > 0.0 { self.reversed / all } else { 0.0 }
    }

    /// How sure that chance is, as a belief on who stays.
    pub fn belief(&self) -> Option<&Posterior> {
        self.belief.as_ref()
    }

    /// What may be taken back of those that mature on days picked.
    pub fn sum(&self, currency: Currency, pick: impl Fn(NaiveDate) -> bool) -> Money {
        let picked = self.waiting.iter().filter(|one| pick(one.matures_on));
        picked.fold(Money::zero(currency), |all, one| {
            let rows = i64::try_from(one.rows).unwrap_or(i64::MAX);
            let micros = one.amount.micros().saturating_mul(rows);
            all.plus(Money::from_micros(micros, currency))
                .unwrap_or(all)
        })
    }

    /// How many are not approved yet, and how many are young sales.
    pub fn rows(&self) -> (u64, u64) {
        let of = |approval: Approval| {
            let picked = self.waiting.iter().filter(|one| one.approval == approval);
            picked.map(|one| one.rows).sum()
        };
        (of(Approval::Pending), of(Approval::Approved))
    }
}
