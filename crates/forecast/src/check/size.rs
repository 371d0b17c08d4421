//! What is too large to be added up, or to be worked out while somebody waits.

use super::{Checked, refuse};
use crate::assumptions::{Process, Refusal, Scenario, Tier};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// The largest sum of money, in minor units, that one path of a simulation may hold.
const MAX_TOTAL: f64 = 4e18;
/// Most steps of the exact expectation: half a minute of computing.
const MAX_STEPS: f64 = 1.5e9;

impl Scenario {
    /// Sums are counted in 64-bit minor units along each simulated path. What could run over is refused here, with
    /// room for Poisson draws far above their mean.
    pub(super) fn check_total(&self) -> Checked {
        let months = f64::from(self.months);
        let each = |plan: usize, tier: Tier| {
            let mut dearest = self.commission_minor(plan, tier) as f64;
            let mut term = self
                .plans
                .get(plan)
                .map_or(1.0, |p| f64::from(p.term_months));
            if let Some(switching) = self.switching.as_ref().filter(|s| s.plans.contains(&plan)) {
                let others = switching
                    .plans
                    .iter()
                    .map(|&p| self.commission_minor(p, tier) as f64);
                dearest = others.fold(dearest, f64::max);
                term = 1.0;
            }
            dearest * (months / term + 2.0)
        };
        let streams = self
            .arrivals
            .iter()
            .flat_map(|a| a.streams.iter().map(move |s| (a.process, s)));
        let arriving: f64 = streams
            .map(|(process, stream)| {
                let count = stream.count.to_f64().unwrap_or(f64::MAX);
                let at_most = if process == Process::Poisson {
                    2.0 * count + 50.0
                } else {
                    count
                };
                at_most * (months / f64::from(stream.every) + 1.0) * each(stream.plan, stream.tier)
            })
            .sum();
        let running: f64 = self
            .opening_book
            .iter()
            .map(|row| row.count as f64 * each(row.plan, row.tier))
            .sum();
        if arriving + running <= MAX_TOTAL {
            return Ok(());
        }
        refuse(
            Refusal::TooLarge,
            "arrivals.streams",
            "the counts and prices together are larger than a forecast can add up",
        )
    }

    /// The exact expectation adds each month of sign-up into each later one, for every plan that a customer may come to
    /// pay; with switching among many plans that grows without end.
    pub(super) fn check_work(&self) -> Checked {
        let months = f64::from(self.months);
        let among = self
            .switching
            .as_ref()
            .map_or(1.0, |switching| switching.plans.len() as f64);
        let reach = |plan: usize| {
            let switches = self
                .switching
                .as_ref()
                .is_some_and(|s| s.plans.contains(&plan));
            if switches { among } else { 1.0 }
        };
        let kernel = |plan: usize| months * (reach(plan) * reach(plan) + 4.0);
        let streams = self.arrivals.iter().flat_map(|arrivals| &arrivals.streams);
        let cells: BTreeSet<(usize, Tier)> =
            streams.map(|stream| (stream.plan, stream.tier)).collect();
        let arriving: f64 = cells
            .iter()
            .map(|&(plan, _)| kernel(plan) + 3.0 * reach(plan) * months * months)
            .sum();
        let histories: BTreeSet<(usize, Tier, u32)> = self
            .opening_book
            .iter()
            .map(|row| (row.plan, row.tier, row.renewals_made))
            .collect();
        let running: f64 = histories
            .iter()
            .map(|&(plan, ..)| kernel(plan))
            .sum::<f64>()
            + self
                .opening_book
                .iter()
                .map(|row| 5.0 * reach(row.plan) * months)
                .sum::<f64>();
        if arriving + running <= MAX_STEPS {
            return Ok(());
        }
        let place = if self.switching.is_some() {
            "switching"
        } else if running > arriving {
            "opening_book"
        } else {
            "plans"
        };
        refuse(
            Refusal::TooLarge,
            place,
            format!(
                "`{place}` is too large for {} months: it would take minutes; ask for fewer months or plans",
                self.months
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::assumptions::{
        Arrivals, Plan, Process, Rates, Refund, Refusal, Retention, Scenario, Stream, Switching,
        Tier, Trial,
    };
    use perennial_domain::Currency;
    use rust_decimal::Decimal;

    /// So many plans with a stream each, and switching between all of them where it is asked for.
    fn wide(plans: u32, months: u32, switching: bool) -> Scenario {
        let every = 0..plans as usize;
        Scenario {
            start: "2026-01".parse().unwrap(),
            months,
            currency: Currency::USD,
            plans: every
                .clone()
                .map(|plan| Plan {
                    id: format!("plan {plan}"),
                    price: Decimal::TEN,
                    term_months: 1,
                })
                .collect(),
            commission: Rates {
                direct: Decimal::new(4, 1),
                second_tier: Decimal::new(1, 1),
                max_months: None,
            },
            trial: Trial {
                days: 0,
                conversion: Decimal::ONE,
            },
            retention: every
                .clone()
                .map(|_| {
                    Some(Retention::Constant {
                        renewal: Decimal::new(9, 1),
                    })
                })
                .collect(),
            refund: Refund {
                probability: Decimal::ZERO,
                after_days: 20,
            },
            arrivals: Some(Arrivals {
                process: Process::Fixed,
                streams: every
                    .clone()
                    .map(|plan| Stream {
                        plan,
                        tier: Tier::Direct,
                        count: Decimal::ONE,
                        from: None,
                        until: None,
                        every: 1,
                    })
                    .collect(),
            }),
            opening_book: Vec::new(),
            switching: switching.then(|| Switching {
                plans: every.clone().collect(),
                matrix: every
                    .clone()
                    .map(|_| vec![Decimal::new(1, 4); plans as usize])
                    .collect(),
            }),
            payout: None,
            quantiles: Vec::new(),
        }
    }

    #[test]
    fn switching_among_many_plans_is_refused_by_name_and_among_few_is_not() {
        assert_eq!(wide(12, 600, true).check(), Ok(()));
        assert_eq!(wide(100, 60, true).check(), Ok(()));
        for plans in [100, 1_000] {
            let error = wide(plans, 600, true).check().unwrap_err();
            assert_eq!(
                (error.refusal, &*error.at),
                (Refusal::TooLarge, "switching")
            );
        }
        assert_eq!(wide(1_000, 600, false).check(), Ok(()));
    }

    #[test]
    fn so_many_quantiles_that_nobody_reads_them_are_refused() {
        let mut scenario = wide(1, 12, false);
        scenario.quantiles = vec![Decimal::new(5, 1); 1_000];
        assert_eq!(scenario.check(), Ok(()));
        scenario.quantiles.push(Decimal::ONE);
        let error = scenario.check().unwrap_err();
        assert_eq!(
            (error.refusal, &*error.at),
            (Refusal::OutOfRange, "quantiles")
        );
    }
}
