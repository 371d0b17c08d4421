//! What each method forecasts from one origin.

use super::{BacktestOptions, Method, Series, floats};
use crate::arrivals::fit::{ArrivalFit, fit_arrivals};
use crate::assumptions::{Process, Retention, Scenario};
use crate::beliefs::Beliefs;
use crate::book::{BookError, BookOptions, from_history};
use crate::draw::Draw;
use crate::history::{End, History};
use crate::sample::poisson;
use crate::score::Forecast;
use crate::simulate::{Paths, SimulationOptions, draw_paths};
use crate::special::normal_quantile;
use rust_decimal::Decimal;

/// Months that the customary forecast takes its average from.
const RECENT: usize = 6;
/// Points that a normal forecast is told by.
const NORMAL_POINTS: u32 = 99;

/// Everything that is forecast from one origin.
pub(super) struct Origin {
    net: Vec<f64>,
    arrivals: Vec<f64>,
    renewals: Vec<f64>,
    ours: Simulated,
    customary: Simulated,
    fit: Option<ArrivalFit>,
    recent: f64,
    start: crate::calendar::Month,
    paths: u32,
}

struct Simulated {
    net: Paths,
    /// Payments by those who were paying at the origin, each counted as one.
    renewals: Paths,
}

impl Origin {
    /// `None` where stopped.
    pub(super) fn new(
        past: &History,
        ahead: usize,
        options: &BacktestOptions<'_>,
    ) -> Result<Option<Self>, BookError> {
        let start = past.last().plus(1);
        let book = from_history(
            past,
            &BookOptions {
                start,
                months: ahead as u32,
                currency: options.currency,
                max_months: options.max_months,
                payout: None,
                quantiles: Vec::new(),
                priors: options.priors.to_vec(),
            },
        )?;
        let Some(ours) = simulated(&book.scenario, &book.beliefs, options)? else {
            return Ok(None);
        };
        let customary = customary(past, &book.scenario);
        let Some(customary) = simulated(&customary, &Beliefs::default(), options)? else {
            return Ok(None);
        };
        let counts = past.arrivals(|_| true);
        let arrivals = floats(&counts);
        let last = arrivals.iter().rev().take(RECENT);
        Ok(Some(Self {
            net: past.net().iter().map(|&net| net as f64).collect(),
            renewals: floats(&past.renewals(|_| true)),
            recent: last.clone().sum::<f64>() / last.len().max(1) as f64,
            arrivals,
            ours,
            customary,
            fit: fit_arrivals(past.first(), &counts).ok(),
            start,
            paths: options.paths,
        }))
    }

    /// What a method says of the month `ahead` months after the origin, 1 or more.
    pub(super) fn forecast(&self, series: Series, method: Method, ahead: usize) -> Forecast {
        let past = match series {
            Series::Net => &self.net,
            Series::Arrivals => &self.arrivals,
            Series::Renewals => &self.renewals,
        };
        match (method, series) {
            (Method::LastValue, _) => last_value(past, ahead),
            (Method::SeasonalNaive, _) => seasonal(past, ahead),
            (Method::Perennial, Series::Arrivals) => self.arrivals(ahead),
            (Method::ConstantChurn, Series::Arrivals) => {
                let draws = (0..self.paths).map(|path| {
                    poisson(&mut Draw::for_path(11, u64::from(path)), self.recent) as f64
                });
                Forecast::from_draws(draws.collect())
            }
            (Method::Perennial, _) => self.ours.of(series, ahead),
            (Method::ConstantChurn, _) => self.customary.of(series, ahead),
        }
    }

    fn arrivals(&self, ahead: usize) -> Forecast {
        let Some(fit) = &self.fit else {
            return last_value(&self.arrivals, ahead);
        };
        let counts = fit.counts(self.start.plus(ahead as i32 - 1));
        Forecast::from_draws(floats(&counts))
    }
}

impl Simulated {
    fn of(&self, series: Series, ahead: usize) -> Forecast {
        let paths = if series == Series::Renewals {
            &self.renewals
        } else {
            &self.net
        };
        let nets = paths.nets(ahead - 1);
        Forecast::from_draws(nets.iter().map(|&net| net as f64).collect())
    }
}

fn simulated(
    scenario: &Scenario,
    beliefs: &Beliefs,
    options: &BacktestOptions<'_>,
) -> Result<Option<Simulated>, BookError> {
    let draw = |scenario: &Scenario| {
        draw_paths(
            scenario,
            beliefs,
            &SimulationOptions {
                paths: Some(options.paths),
                seed: options.seed,
                threads: options.threads,
                stop: options.stop,
            },
        )
    };
    let Some(net) = draw(scenario)? else {
        return Ok(None);
    };
    let mut running = scenario.clone();
    running.arrivals = None;
    let one = Decimal::new(1, scenario.currency.minor_digits());
    for plan in &mut running.plans {
        plan.price = one;
    }
    Ok(draw(&running)?.map(|renewals| Simulated { net, renewals }))
}

/// The scenario as it is customary: one average churn a period for all plans of a term, the last months' average of
/// referrals, both certain.
fn customary(past: &History, scenario: &Scenario) -> Scenario {
    let mut customary = scenario.clone();
    for (plan, slot) in past.plans().iter().zip(&mut customary.retention) {
        let (mut paid, mut due) = (0_u64, 0_u64);
        for referral in past.referrals() {
            let refunded = matches!(referral.end, End::Refunded { .. });
            if past.plans()[referral.plan].term_months == plan.term_months && !refunded {
                let renewed = u64::from(referral.paid - referral.entry);
                paid += renewed;
                due += renewed + u64::from(referral.end == End::Lost);
            }
        }
        let renewal = Decimal::from(paid)
            .checked_div(Decimal::from(due))
            .unwrap_or(Decimal::ONE);
        *slot = Some(Retention::Constant {
            renewal: renewal.round_dp(9),
        });
    }
    if let Some(arrivals) = &mut customary.arrivals {
        arrivals.process = Process::Poisson;
        arrivals.streams.clear();
        for (plan, known) in past.plans().iter().enumerate() {
            let counts = past.arrivals(|referral| referral.plan == plan);
            let recent = counts.iter().rev().take(RECENT);
            let months = Decimal::from(recent.len().max(1));
            arrivals.streams.push(crate::assumptions::Stream {
                plan,
                tier: known.tier,
                count: (Decimal::from(recent.sum::<u64>()) / months).round_dp(9),
                from: None,
                until: None,
                every: 1,
            });
        }
    }
    customary
}

fn normal(mean: f64, deviation: f64) -> Forecast {
    let points = (1..=NORMAL_POINTS).map(|i| {
        let q = f64::from(i) / f64::from(NORMAL_POINTS + 1);
        mean + deviation * normal_quantile(q)
    });
    Forecast::from_draws(points.collect())
}

/// The root mean square of changes over `lag` months.
fn change(past: &[f64], lag: usize) -> f64 {
    let changes = past
        .iter()
        .skip(lag)
        .zip(past)
        .map(|(now, then)| (now - then).powi(2));
    let count = past.len().saturating_sub(lag).max(1) as f64;
    (changes.sum::<f64>() / count).sqrt()
}

fn last_value(past: &[f64], ahead: usize) -> Forecast {
    let last = past.last().copied().unwrap_or(0.0);
    normal(last, change(past, 1) * (ahead as f64).sqrt())
}

fn seasonal(past: &[f64], ahead: usize) -> Forecast {
    if past.len() < 13 {
        return last_value(past, ahead);
    }
    let back = 12 * ahead.div_ceil(12) - ahead + 1;
    let value = past.len().checked_sub(back).and_then(|i| past.get(i));
    let years = (ahead.div_ceil(12) as f64).sqrt();
    normal(value.copied().unwrap_or(0.0), change(past, 12) * years)
}
