//! What a forecast supposes by what the book says, and how sure each of it is.

use super::{
    loaded::Loaded,
    priors::{self, Common},
};
use crate::{
    Failure,
    dto::{Assumptions, Evidence, PlanAssumption},
};
use perennial_domain::ledger::Tier;
use perennial_forecast::{Month, arrivals::fit::ArrivalFit, assumptions::Retention};
use rust_decimal::{
    Decimal, RoundingStrategy, prelude::FromPrimitive as _, prelude::ToPrimitive as _,
};

/// A float as a decimal of so many digits; 0 where it is none.
pub fn decimal(value: f64, digits: u32) -> String {
    Decimal::from_f64(value)
        .unwrap_or_default()
        .round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
        .to_string()
}

/// A share in words for people: `93%`.
pub fn percent(value: f64) -> String {
    format!("{}%", decimal(value * 100.0, 1))
}

/// What a retention curve is to the window: chance of the first renewal, and how alike customers are.
pub fn parts_of(retention: Retention) -> (String, Option<String>, Option<String>) {
    let float = |value: Decimal| value.to_f64().unwrap_or(0.0);
    match retention {
        Retention::Constant { renewal } => (decimal(float(renewal), 4), None, None),
        Retention::Sbg { alpha, beta } => {
            let size = float(alpha) + float(beta);
            (decimal(float(beta) / size, 4), Some(decimal(size, 4)), None)
        }
        Retention::Bdw { a, b, c } => {
            let size = float(a) + float(b);
            let shape = Some(decimal(float(c), 4));
            (decimal(float(b) / size, 4), Some(decimal(size, 4)), shape)
        }
    }
}

impl Loaded {
    /// The first month that is forecast whole.
    pub fn next_month(&self) -> Month {
        Month::of(self.today).plus(1)
    }

    /// What a forecast would suppose by the book.
    ///
    /// # Errors
    /// `forecast.no_plans`.
    pub fn assumptions(&self, months: u32) -> Result<Assumptions, Failure> {
        let Some(current) = &self.terms.plans else {
            return Err(Failure::refused(
                "forecast.no_plans",
                format!("{} has no plans to forecast.", self.book.program.name),
            )
            .hint("Add plans to the program, or give a scenario file (--scenario)."));
        };
        let start = self.next_month();
        let mut active = vec![[0_u64; 2]; self.products.len()];
        for life in self.active() {
            if let Some(counts) = active.get_mut(life.product) {
                counts[usize::from(life.tier == Tier::Second)] += 1;
            }
        }
        let mut plans = Vec::new();
        for (index, product) in self.products.iter().enumerate() {
            let Some(plan) = self.plan(index) else {
                continue;
            };
            let [direct, second] = active.get(index).copied().unwrap_or_default();
            let version = self.version(index);
            // Plans that are no longer sold matter only as long as somebody pays for them, or still buys them.
            let bought = [false, true].iter().any(|s| self.cell(index, *s).is_some());
            if version != current.version && direct + second == 0 && !bought {
                continue;
            }
            let (renewal, concentration, shape) = parts_of(self.curve(index));
            plans.push(PlanAssumption {
                plan: product.id.clone(),
                name: plan.name.clone(),
                term: plan.term.word().to_owned(),
                vintage: self.vintage(index).map(str::to_owned),
                tier: plan.tier,
                price: plan.price.to_plain(),
                new_direct: self.level_text(index, false),
                new_second_tier: self.level_text(index, true),
                renewal,
                concentration,
                shape,
                active_direct: direct,
                active_second_tier: second,
            });
        }
        Ok(Assumptions {
            program: self.book.program.slug.clone(),
            start: start.to_string(),
            months,
            currency: self.currency().code().to_owned(),
            // Referrals are counted when they first pay, so the trial is behind them.
            trial_conversion: "1".to_owned(),
            trial_days: 0,
            refund_probability: decimal(self.refund().0, 4),
            refund_after_days: 20,
            growth: decimal(self.growth(), 4),
            season: self.season(),
            evidence: self.evidence(&plans),
            plans,
            basis: self.basis(),
        })
    }

    /// The curve that stands for a plan's renewals.
    pub fn curve(&self, product: usize) -> Retention {
        let belief = self.belief_of.get(product).copied().unwrap_or_default();
        self.curves
            .get(belief)
            .copied()
            .unwrap_or(Retention::Constant {
                renewal: Decimal::ONE,
            })
    }

    /// New referrals of an ordinary month at the start.
    fn level(&self, product: usize, second: bool) -> f64 {
        let start = self.next_month();
        let season = self.season_of(start);
        self.cell(product, second)
            .map_or(0.0, |(mix, at)| mix.mean(at, start) / season)
    }

    /// The same as the window has it.
    pub fn level_text(&self, product: usize, second: bool) -> String {
        decimal(self.level(product, second), 2)
    }

    /// The weight of a month of the year, 1 where all are alike.
    fn season_of(&self, month: Month) -> f64 {
        let Some(fit) = self.all_arrivals.as_ref().filter(|fit| fit.has_season()) else {
            return 1.0;
        };
        let factors = fit.month_factors();
        let mean = factors.iter().sum::<f64>() / 12.0;
        let index = usize::try_from(month.month().saturating_sub(1)).unwrap_or(0);
        factors.get(index).map_or(1.0, |factor| factor / mean)
    }

    /// The weight of each month of the year, January first; none where all are alike.
    pub fn season(&self) -> Vec<String> {
        if !self
            .all_arrivals
            .as_ref()
            .is_some_and(ArrivalFit::has_season)
        {
            return Vec::new();
        }
        let january = self.next_month();
        let back = 1 - i32::try_from(january.month()).unwrap_or(1);
        (0..12)
            .map(|m| decimal(self.season_of(january.plus(back + m)), 3))
            .collect()
    }

    /// Growth of new referrals from month to month over the next year.
    pub fn growth(&self) -> f64 {
        let Some(fit) = self.all_arrivals.as_ref().filter(|fit| fit.has_trend()) else {
            return 0.0;
        };
        let (now, then) = (
            fit.mean(self.next_month()),
            fit.mean(self.next_month().plus(12)),
        );
        if now > 0.0 && then > 0.0 {
            (then / now).powf(1.0 / 12.0) - 1.0
        } else {
            0.0
        }
    }

    /// The chance of a refund, with the counts of its beta distribution: refunded and not.
    pub fn refund(&self) -> (f64, f64, f64) {
        let Common { value, weight, .. } = priors::common(&self.priors, "refund");
        let (all, refunded) = self.refunds();
        let yes = f64::from(refunded) + weight * value;
        let no = f64::from(all - refunded) + weight * (1.0 - value);
        (yes / (yes + no), yes, no)
    }

    fn evidence(&self, plans: &[PlanAssumption]) -> Vec<Evidence> {
        let mut all = Vec::new();
        for plan in plans {
            let Some(index) = self.products.iter().position(|p| p.id == plan.plan) else {
                continue;
            };
            let name = self.label(index);
            all.extend(self.renewal_evidence(index, &plan.plan, &name, &plan.renewal));
            all.extend(self.arrival_evidence(index, &name, plan));
        }
        all.push(self.growth_evidence());
        all.push(self.season_evidence());
        let (chance, yes, no) = self.refund();
        let spread = 1.2816 * (chance * (1.0 - chance) / (yes + no + 1.0)).sqrt();
        let (seen, refunded) = self.refunds();
        let common = priors::common(&self.priors, "refund");
        all.push(Evidence {
            key: "refund_probability".to_owned(),
            label: "Refunds of first payments".to_owned(),
            value: decimal(chance, 4),
            low: decimal((chance - spread).max(0.0), 4),
            high: decimal((chance + spread).min(1.0), 4),
            from: from_word(f64::from(seen), common.weight),
            sentence: format!("{refunded} of {seen} first payments were refunded."),
            source: Some(common.source).filter(|_| f64::from(seen) < 10.0 * common.weight),
        });
        all
    }

    /// How sure the new referrals of a plan are, by tier.
    fn arrival_evidence(&self, index: usize, name: &str, plan: &PlanAssumption) -> Vec<Evidence> {
        let tiers = [
            (
                false,
                "new_direct",
                "new referrals a month",
                &plan.new_direct,
            ),
            (
                true,
                "new_second_tier",
                "new second-tier referrals a month",
                &plan.new_second_tier,
            ),
        ];
        let one = |(second, key, label, value): (bool, &str, &str, &String)| {
            let (mix, at) = self.cell(index, second)?;
            let months = self
                .full_months()
                .map_or(0, |(first, last)| last.since(first) + 1);
            let seen = mix.seen(at);
            let level = self.level(index, second);
            let (low, high) = mix.spread(at, self.next_month());
            let sentence = if mix.has_own(at) {
                format!("{seen} came in {months} full months, with a course of their own.")
            } else {
                let all = mix.flow().map_or(seen, |flow| flow.seen().1);
                format!(
                    "{seen} of {all} new referrals in {months} full months: that share of what is expected of all."
                )
            };
            Some(Evidence {
                key: format!("plans.{}.{key}", plan.plan),
                label: format!("{name}: {label}"),
                value: value.clone(),
                low: decimal(level * low, 2),
                high: decimal(level * high, 2),
                from: "book".to_owned(),
                sentence,
                source: None,
            })
        };
        tiers.into_iter().filter_map(one).collect()
    }

    /// How sure the growth of new referrals is.
    fn growth_evidence(&self) -> Evidence {
        let growth = self.growth();
        let fit = self.all_arrivals.as_ref();
        let (low, high) = fit.map_or((0.0, 0.0), ArrivalFit::growth_range);
        let sentence = match fit.map(|fit| (fit.seen(), fit.has_trend())) {
            None => {
                "No full month of new referrals was seen yet, so no growth is supposed.".to_owned()
            }
            Some(((months, seen), false)) => format!(
                "{seen} new referrals in {months} full months show no clear trend; a small one may be there all the same."
            ),
            Some(((months, seen), true)) => format!(
                "{seen} new referrals in {months} full months change by {} a month on average over the next year; trends fade.",
                percent(growth)
            ),
        };
        Evidence {
            key: "growth".to_owned(),
            label: "Growth of new referrals".to_owned(),
            value: decimal(growth, 4),
            low: decimal(low.min(growth), 4),
            high: decimal(high.max(growth), 4),
            from: if fit.is_some() { "book" } else { "prior" }.to_owned(),
            sentence,
            source: None,
        }
    }

    /// How sure the season of new referrals is: 1 is as it was fitted, 0 none.
    fn season_evidence(&self) -> Evidence {
        let season = self
            .all_arrivals
            .as_ref()
            .and_then(ArrivalFit::season_range);
        let (value, low, high) = season.map_or((0.0, 0.0, 0.0), |(low, high)| (1.0, low, high));
        let weights: Vec<f64> = self
            .season()
            .iter()
            .filter_map(|weight| weight.parse().ok())
            .collect();
        let end = |better: fn(&f64, &f64) -> bool| {
            let mut best: Option<(usize, f64)> = None;
            for (month, weight) in weights.iter().enumerate() {
                if best.is_none_or(|(_, so_far)| better(weight, &so_far)) {
                    best = Some((month, *weight));
                }
            }
            best
        };
        let sentence = match (end(f64::gt), end(f64::lt)) {
            (Some((most, strong)), Some((least, weak))) => format!(
                "The most come in {} (×{}), the fewest in {} (×{}).",
                month_name(most),
                decimal(strong, 2),
                month_name(least),
                decimal(weak, 2)
            ),
            _ => "All months of the year are taken alike: a season needs two years of referrals that show it clearly."
                .to_owned(),
        };
        Evidence {
            key: "season".to_owned(),
            label: "Season of new referrals".to_owned(),
            value: decimal(value, 2),
            low: decimal(low, 2),
            high: decimal(high, 2),
            from: "book".to_owned(),
            sentence,
            source: None,
        }
    }

    fn renewal_evidence(
        &self,
        index: usize,
        plan: &str,
        name: &str,
        value: &str,
    ) -> Option<Evidence> {
        let belief_index = self.belief_of.get(index).copied()?;
        let belief = self.beliefs.get(belief_index)?;
        let range = belief.renewal();
        let common = self.common_renewal(self.term(index));
        let own = belief_index > 1;
        let counts = self.counted(|life| {
            if own {
                life.product == index
            } else {
                self.term(life.product) == self.term(index)
            }
        });
        let (lost, kept) = counts.totals();
        let whose = if own {
            "of this plan".to_owned()
        } else {
            format!("of all {} plans", self.term(index).word())
        };
        Some(Evidence {
            key: format!("plans.{plan}.renewal"),
            label: format!("{name}: first renewal"),
            value: value.to_owned(),
            low: decimal(range.low, 4),
            high: decimal(range.high, 4),
            from: from_word(lost + kept, common.weight),
            sentence: format!(
                "{} of {} renewals {whose} that were due were paid.",
                decimal(kept, 0),
                decimal(lost + kept, 0)
            ),
            source: Some(common.source).filter(|_| lost + kept < 10.0 * common.weight),
        })
    }
}

/// January for 0.
pub fn month_name(index: usize) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(index).copied().unwrap_or_default().to_owned()
}

/// Whether the book speaks, a common value, or both.
fn from_word(seen: f64, weight: f64) -> String {
    if seen <= 0.0 {
        "prior"
    } else if seen < 10.0 * weight {
        "mixed"
    } else {
        "book"
    }
    .to_owned()
}
