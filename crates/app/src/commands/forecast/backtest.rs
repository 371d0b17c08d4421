//! The forecast taken back to earlier months of the user's own history, against what came.

use super::{
    assume::{decimal, percent},
    bands::{cancelled, commission_of, minor, threads},
    chosen,
    lives::End,
    loaded::Loaded,
    months::money,
    scenario::refused,
};
use crate::{
    App, Failure,
    dto::{Backtest, BacktestInput, BacktestModel, BacktestPoint},
    files::forecast::DEFAULT_SEED,
};
use perennial_domain::{ledger::Tier as LedgerTier, program::Term};
use perennial_forecast::{
    Month,
    assumptions::Tier,
    backtest::{
        self as engine, BacktestError, BacktestOptions, MAX_AHEAD, Method, MethodScores, Series,
    },
    history::{End as Ended, History, HistoryPlan, Referral},
    retention::posterior::Prior,
};
use rust_decimal::prelude::ToPrimitive as _;

/// Months ahead where nobody says.
const AHEAD: u32 = 6;
/// Months that the first origin has behind it.
const LEAST: u32 = 6;
/// Origins at most.
const ORIGINS: u32 = 24;
/// Paths at each origin where nobody says.
const PATHS: u32 = 300;

/// Forecasts the past from what was known then.
///
/// # Errors
/// `forecast.too_little` where the history is too short; where a value is out of its range; `job.cancelled`.
pub fn backtest(app: &App, input: BacktestInput) -> Result<Backtest, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let horizon = input.horizon.unwrap_or(AHEAD);
    let paths = input.paths.unwrap_or(PATHS);
    for (key, value, most) in [("horizon", horizon, MAX_AHEAD), ("paths", paths, 10_000)] {
        if value == 0 || value > most {
            let message =
                format!("`{key}` is {value}; it must be a whole number from 1 to {most}.");
            return Err(refused("forecast.out_of_range", key, message));
        }
    }
    let history = history(&loaded)?;
    let priors: Vec<Prior> = [Term::Monthly, Term::Annual]
        .map(|term| {
            let common = loaded.common_renewal(term);
            Prior {
                renewal: common.value,
                weight: common.weight,
            }
        })
        .to_vec();
    let done = app.jobs.run(input.job.as_deref(), |job| {
        let options = BacktestOptions {
            ahead: horizon,
            origins: ORIGINS,
            least_history: LEAST,
            currency: loaded.currency(),
            max_months: loaded.terms.max_months,
            priors: &priors,
            paths,
            seed: input.seed.unwrap_or(DEFAULT_SEED),
            threads: threads(),
            stop: Some(job.flag()),
        };
        engine::backtest(&history, &options)
    });
    let done = done
        .map_err(|error| failed(&error))?
        .ok_or_else(cancelled)?;
    let origins = u32::try_from(done.origins.len()).unwrap_or(u32::MAX);
    Ok(shown(&loaded, &done, origins, horizon))
}

fn too_little(message: String) -> Failure {
    Failure::refused("forecast.too_little", message)
        .hint("Import more of your past reports: the forecast learns from them, too.")
}

fn failed(error: &BacktestError) -> Failure {
    match error {
        BacktestError::TooShort { .. } => too_little(format!("{}.", capital(&error.to_string()))),
        other => refused("forecast.out_of_range", "backtest", format!("{other}.")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The book as the engine's history: full months only, with what the ledger has of each.
fn history(loaded: &Loaded) -> Result<History, Failure> {
    let (first, last) = loaded
        .full_months()
        .ok_or_else(|| too_little("The book has no full month to look back on yet.".to_owned()))?;
    let currency = loaded.currency();
    let mut plans = Vec::with_capacity(2 * loaded.products.len());
    for (index, product) in loaded.products.iter().enumerate() {
        for (ledger, tier) in [
            (LedgerTier::Direct, Tier::Direct),
            (LedgerTier::Second, Tier::Second),
        ] {
            let earned = commission_of(loaded, index, ledger).map_or(0.0, |m| minor(m, currency));
            plans.push(HistoryPlan {
                id: product.id.clone(),
                term_months: product.term,
                commission: earned.round().to_i64().unwrap_or(0),
                tier,
                group: usize::from(loaded.term(index) == Term::Annual),
            });
        }
    }
    let present = Month::of(loaded.today).max(last);
    let referrals = loaded
        .lives
        .all
        .iter()
        // Who moved to another rhythm goes on in the life that begins there.
        .filter(|life| life.end != End::Moved && Month::of(life.first) <= present)
        .map(|life| Referral {
            plan: 2 * life.product + usize::from(life.tier == LedgerTier::Second),
            first: life.first,
            entry: life.entry,
            paid: life.paid,
            end: match life.end {
                End::Lost => Ended::Lost,
                End::Refunded(on) => Ended::Refunded { on },
                End::Paying | End::Moved => Ended::Paying,
            },
        })
        .collect();
    let unfit = |error: perennial_forecast::history::HistoryError| {
        refused("forecast.out_of_range", "history", format!("{error}."))
    };
    let months = usize::try_from(present.since(first) + 1).unwrap_or(1);
    let mut net = vec![0_i64; months];
    let scale = 10_i64.pow(6_u32.saturating_sub(currency.minor_digits()));
    for ((day, _), micros) in &loaded.monthly {
        let at = usize::try_from(Month::of(*day).since(first)).ok();
        if let Some(slot) = at.and_then(|at| net.get_mut(at)) {
            *slot = slot.saturating_add(micros / scale);
        }
    }
    let whole = History::new(first, present, plans, referrals)
        .and_then(|history| history.with_net(net))
        .map_err(unfit)?;
    whole
        .as_of(last)
        .ok_or_else(|| too_little("The book has no full month to look back on yet.".to_owned()))
}

fn shown(loaded: &Loaded, done: &engine::Backtest, origins: u32, horizon: u32) -> Backtest {
    let digits = loaded.currency().minor_digits();
    let net = done
        .series
        .iter()
        .find(|series| series.series == Series::Net);
    let models: Vec<BacktestModel> = net
        .iter()
        .flat_map(|series| &series.methods)
        .map(|method| model(method, digits))
        .collect();
    let points = net
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| BacktestPoint {
            origin: point.origin.to_string(),
            month: point.month.to_string(),
            ahead: u32::try_from(point.month.since(point.origin)).unwrap_or(0),
            expected: money(point.median, digits),
            low: money(point.low, digits),
            high: money(point.high, digits),
            actual: money(point.actual, digits),
        })
        .collect();
    Backtest {
        program: loaded.book.program.slug.clone(),
        currency: loaded.currency().code().to_owned(),
        origins,
        horizon,
        sentences: sentences(
            net.map_or(&[], |series| series.methods.as_slice()),
            digits,
            loaded,
            origins,
        ),
        models,
        points,
    }
}

fn model(method: &MethodScores, digits: u32) -> BacktestModel {
    let (key, label) = words(method.method);
    let scores = &method.scores;
    let covered = |level: f64| {
        let found = scores
            .coverage
            .iter()
            .find(|(l, _)| (l - level).abs() < 1e-9);
        found.map(|(_, share)| decimal(*share, 4))
    };
    let pinball: Vec<f64> = scores.pinball.iter().map(|(_, loss)| *loss).collect();
    let count = pinball.len().to_f64().unwrap_or(0.0);
    BacktestModel {
        key: key.to_owned(),
        label: label.to_owned(),
        count: u32::try_from(scores.count).unwrap_or(u32::MAX),
        bias: money(scores.mean_error, digits),
        crps: Some(money(scores.crps, digits)),
        pinball: (count > 0.0).then(|| money(pinball.iter().sum::<f64>() / count, digits)),
        mase: scores.mase.map(|mase| decimal(mase, 3)),
        coverage_80: covered(0.8),
        coverage_90: covered(0.9),
    }
}

fn words(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::Perennial => ("perennial", "This forecast"),
        Method::LastValue => ("naive", "Next month as this month"),
        Method::SeasonalNaive => ("seasonal_naive", "As in the same month last year"),
        Method::ConstantChurn => (
            "constant_churn",
            "Average new referrals, one constant churn",
        ),
    }
}

fn sentences(methods: &[MethodScores], digits: u32, loaded: &Loaded, origins: u32) -> Vec<String> {
    let of = |wanted: Method| methods.iter().find(|method| method.method == wanted);
    let Some(own) = of(Method::Perennial) else {
        return Vec::new();
    };
    let code = loaded.currency().code();
    let mut sentences = vec![format!(
        "From {origins} earlier months {} months were forecast with what was known then.",
        own.scores.count
    )];
    if let Some((_, share)) = own.scores.coverage.first() {
        sentences.push(format!(
            "{} of them came within the range that should hold 80%.",
            percent(*share)
        ));
    }
    let others = [Method::LastValue, Method::ConstantChurn];
    for other in others.into_iter().filter_map(of) {
        let (ours, theirs) = (own.scores.crps, other.scores.crps);
        let word = if ours <= theirs { "better" } else { "worse" };
        sentences.push(format!(
            "It was {word} than “{}”: it missed by {} {code} against {} {code} (CRPS).",
            words(other.method).1,
            money(ours, digits),
            money(theirs, digits)
        ));
    }
    sentences
}
