//! Sensible values to move each driver between.

use super::{Driver, Swing};
use crate::assumptions::{Retention, Scenario, Tier};
use crate::beliefs::{Beliefs, Share};
use crate::draw::Draw;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The 90% point of the standard normal distribution.
const Z: f64 = 1.281_551_565_544_600_4;
/// Draws that the limits of arrivals are taken from.
const DRAWS: u64 = 400;

/// Every driver that matters in a scenario, with a low and a high value: the 10% and 90% points where there is a
/// belief, else churn a fifth less or a quarter more, referrals and conversion a fifth and a tenth either way, half
/// or twice the refunds, prices and rates a tenth either way, a hold 15 days shorter or 30 longer, no minimum or twice
/// the minimum.
pub fn swings(scenario: &Scenario, beliefs: &Beliefs) -> Vec<Swing> {
    let mut found = Vec::new();
    let streams = || scenario.arrivals.iter().flat_map(|a| &a.streams);
    let used = |plan: usize| {
        streams().any(|stream| stream.plan == plan)
            || scenario.opening_book.iter().any(|row| row.plan == plan)
    };
    for plan in (0..scenario.plans.len()).filter(|&plan| used(plan)) {
        if scenario.switching_index(plan).is_none() {
            found.extend(renewal(scenario, beliefs, plan));
        }
        found.push(by_share(
            Driver::Price(plan),
            scenario.plans[plan].price,
            tenth(),
            None,
        ));
    }
    let mut cells: Vec<(usize, Tier)> = streams().map(|s| (s.plan, s.tier)).collect();
    cells.sort_unstable();
    cells.dedup();
    for &(plan, tier) in &cells {
        found.push(arrivals(scenario, beliefs, plan, tier));
    }
    if !cells.is_empty() {
        let refund = scenario.refund.probability;
        found.push(match beliefs.refund {
            Some(share) => by_belief(Driver::Refund, refund, share),
            None => Swing {
                driver: Driver::Refund,
                low: refund / Decimal::TWO,
                base: refund,
                high: (refund * Decimal::TWO).min(Decimal::ONE),
            },
        });
        let conversion = scenario.trial.conversion;
        found.push(match beliefs.conversion {
            Some(share) => by_belief(Driver::Conversion, conversion, share),
            None => by_share(Driver::Conversion, conversion, tenth(), Some(Decimal::ONE)),
        });
    }
    let tiers = |tier| {
        cells.iter().any(|cell| cell.1 == tier)
            || scenario.opening_book.iter().any(|row| row.tier == tier)
    };
    for (tier, rate) in [
        (Tier::Direct, scenario.commission.direct),
        (Tier::Second, scenario.commission.second_tier),
    ] {
        if tiers(tier) {
            found.push(by_share(
                Driver::Rate(tier),
                rate,
                tenth(),
                Some(Decimal::ONE),
            ));
        }
    }
    if let Some(payout) = scenario.payout {
        found.push(Swing {
            driver: Driver::Hold,
            low: Decimal::from(payout.hold_days.saturating_sub(15)),
            base: Decimal::from(payout.hold_days),
            high: Decimal::from((payout.hold_days + 30).min(crate::assumptions::MAX_DAYS)),
        });
        found.push(Swing {
            driver: Driver::Minimum,
            low: Decimal::ZERO,
            base: payout.minimum,
            high: payout
                .minimum
                .checked_mul(Decimal::TWO)
                .unwrap_or(payout.minimum),
        });
    }
    // What cannot move moves nothing.
    found.retain(|swing| swing.low != swing.high);
    found
}

fn tenth() -> Decimal {
    Decimal::new(1, 1)
}

fn by_share(driver: Driver, base: Decimal, share: Decimal, most: Option<Decimal>) -> Swing {
    let change = base.checked_mul(share).unwrap_or_default();
    let high = base.checked_add(change).unwrap_or(base);
    Swing {
        driver,
        low: base - change,
        base,
        high: most.map_or(high, |most| high.min(most)),
    }
}

fn by_belief(driver: Driver, base: Decimal, share: Share) -> Swing {
    let change = decimal(Z * share.deviation());
    Swing {
        driver,
        low: (base - change).max(Decimal::ZERO),
        base,
        high: (base + change).min(Decimal::ONE),
    }
}

/// To six decimals.
fn decimal(value: f64) -> Decimal {
    Decimal::try_from((value * 1e6).round() / 1e6).unwrap_or_default()
}

fn renewal(scenario: &Scenario, beliefs: &Beliefs, plan: usize) -> Option<Swing> {
    let base = first_renewal(scenario.retention.get(plan).copied().flatten()?);
    let (low, high) = if let Some(belief) = beliefs.retention_of(plan) {
        let believed = beliefs.retention.get(belief)?.renewal();
        let shift = |to: f64| base + decimal(to - believed.mean);
        (shift(believed.low), shift(believed.high))
    } else {
        let churn = Decimal::ONE - base;
        let stays = |factor: Decimal| Decimal::ONE - churn * factor;
        (stays(Decimal::new(125, 2)), stays(Decimal::new(8, 1)))
    };
    let within = |value: Decimal| value.clamp(Decimal::ZERO, Decimal::ONE).round_dp(9);
    Some(Swing {
        driver: Driver::Renewal(plan),
        low: within(low),
        base,
        high: within(high),
    })
}

/// The chance of the first renewal.
fn first_renewal(retention: Retention) -> Decimal {
    let share = |stay: Decimal, leave: Decimal| {
        let all = stay.checked_add(leave);
        all.and_then(|all| stay.checked_div(all))
            .unwrap_or_default()
    };
    match retention {
        Retention::Constant { renewal } => renewal,
        Retention::Sbg { alpha, beta } => share(beta, alpha).round_dp(9),
        Retention::Bdw { a, b, .. } => share(b, a).round_dp(9),
    }
}

/// The same retention with another chance of the first renewal; α+β, and c, stay as they are. A chance of 0 or 1 is
/// constant, as no sBG can give it.
pub(super) fn with_renewal(retention: Retention, renewal: Decimal) -> Retention {
    let parts = |x: Decimal, y: Decimal| {
        let all = x.checked_add(y)?;
        let stay = all.checked_mul(renewal)?.round_dp(12);
        let leave = all - stay;
        (stay > Decimal::ZERO && leave > Decimal::ZERO).then_some((leave, stay))
    };
    let moved = match retention {
        Retention::Constant { .. } => None,
        Retention::Sbg { alpha, beta } => {
            parts(alpha, beta).map(|(alpha, beta)| Retention::Sbg { alpha, beta })
        }
        Retention::Bdw { a, b, c } => parts(a, b).map(|(a, b)| Retention::Bdw { a, b, c }),
    };
    moved.unwrap_or(Retention::Constant { renewal })
}

/// Referrals of a plan and tier a month, on average over the horizon.
pub(super) fn monthly(scenario: &Scenario, plan: usize, tier: Tier) -> Decimal {
    let streams = scenario.arrivals.iter().flat_map(|a| &a.streams);
    let counts = streams
        .filter(|stream| (stream.plan, stream.tier) == (plan, tier))
        .map(|stream| {
            let months = crate::arrivals::comes_in(stream, scenario.start, scenario.months);
            stream
                .count
                .checked_mul(Decimal::from(months.count()))
                .unwrap_or_default()
        });
    let all = counts.fold(Decimal::ZERO, Decimal::saturating_add);
    (all / Decimal::from(scenario.months.max(1))).round_dp(9)
}

fn arrivals(scenario: &Scenario, beliefs: &Beliefs, plan: usize, tier: Tier) -> Swing {
    let base = monthly(scenario, plan, tier);
    let driver = Driver::Arrivals(plan, tier);
    let Some(belief) = beliefs
        .arrivals_of(plan, tier)
        .and_then(|i| beliefs.arrivals.get(i))
    else {
        return by_share(driver, base, Decimal::new(2, 1), None);
    };
    let mut factors = vec![1.0; scenario.months as usize];
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|path| {
            let mut draw = Draw::for_path(0x0005_EED5, path);
            belief
                .fit
                .draw_factors(&mut draw, scenario.start, &mut factors);
            belief.draw_share(&mut draw) * factors.iter().sum::<f64>() / factors.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |q: f64| {
        let factor = means
            .get((q * DRAWS as f64) as usize)
            .copied()
            .unwrap_or(1.0);
        decimal(base.to_f64().unwrap_or(0.0) * factor)
    };
    Swing {
        driver,
        low: at(0.1).min(base),
        base,
        high: at(0.9).max(base),
    }
}
