//! Answers about the forecast as tables for people.

use super::chart::{self, Bar};
use crate::output::{self, Table};
use perennial_app::dto::{
    Accuracy, Backtest, CohortTable, Explanation, ForecastChannels, ForecastDone, Goal,
    PayoutCalendar, Priors, RenewalWall, ResidualValue, SurvivalCurves, Tornado,
};

/// Runs and months that are listed at most.
const ROWS: usize = 36;

fn lines(sentences: &[String]) -> String {
    sentences.iter().map(|line| format!("{line}\n")).collect()
}

/// A share as people read it: 0.459 as 45.9%.
fn percent(text: &str) -> String {
    rounded(text, 1)
}

/// The same to whole percents, for wide tables.
fn whole_percent(text: &str) -> String {
    rounded(text, 0)
}

fn rounded(text: &str, digits: usize) -> String {
    text.parse::<f64>().map_or_else(
        |_| text.to_owned(),
        |share| format!("{:.digits$}%", 100.0 * share),
    )
}

fn maybe_percent(text: Option<&str>) -> String {
    text.map_or_else(|| output::maybe(None), percent)
}

/// The months ahead.
pub fn months(result: &ForecastDone) -> String {
    let mut table = Table::new(&["Month", ">Contracted", ">Assumed", ">Net", ">Paying"]);
    for month in &result.months {
        table.row([
            &month.month,
            &month.contracted,
            &month.assumed,
            &month.net,
            &month.active_paying,
        ]);
    }
    let rest = result.rest.as_ref().map_or_else(String::new, |rest| {
        format!(
            "Still expected of {}: {} {}\n",
            rest.month, rest.net, result.currency
        )
    });
    format!(
        "{}\n{rest}Net over all months: {} {}\n",
        table.text(),
        result.total,
        result.currency
    )
}

/// When money arrives.
pub fn payouts(calendar: &PayoutCalendar) -> String {
    if calendar.runs.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        "Payout",
        ">Expected",
        ">Low",
        ">High",
        ">Chance",
        ">Earned already",
        ">At risk",
    ]);
    for run in calendar.runs.iter().take(ROWS) {
        table.row([
            &run.run,
            &run.expected,
            &run.band.low,
            &run.band.high,
            &percent(&run.probability),
            &run.pending,
            &run.at_risk,
        ]);
    }
    format!("{}\n", table.text())
}

/// What a goal takes.
pub fn goal(goal: &Goal) -> String {
    let mut table = Table::new(&[
        "Plan alone",
        "Tier",
        ">New a month now",
        ">Needed",
        ">One more brings",
        ">Chance",
    ]);
    for plan in &goal.plans {
        table.row([
            plan.name.clone(),
            plan.tier.clone(),
            plan.new_now.clone(),
            output::maybe(plan.new_needed.as_deref()),
            plan.each.clone(),
            maybe_percent(plan.probability.as_deref()),
        ]);
    }
    let mut channels = Table::new(&[
        "Channel alone",
        ">New a month now",
        ">Needed",
        ">One more brings",
        ">Chance",
    ]);
    for channel in &goal.channels {
        channels.row([
            named(channel.channel.as_deref()),
            channel.new_now.clone(),
            output::maybe(channel.new_needed.as_deref()),
            channel.each.clone(),
            maybe_percent(channel.probability.as_deref()),
        ]);
    }
    let through = if goal.channels.len() > 1 {
        format!("\n{}", channels.text())
    } else {
        String::new()
    };
    format!("{}\n{}{through}", lines(&goal.sentences), table.text())
}

fn named(channel: Option<&str>) -> String {
    channel.unwrap_or("No channel").to_owned()
}

/// What each channel brings.
pub fn channels(result: &ForecastChannels) -> String {
    let mut table = Table::new(&[
        "Channel",
        ">New a month",
        ">Paying now",
        ">Contracted",
        ">Assumed",
        ">Net",
    ]);
    for one in &result.channels {
        table.row([
            named(one.channel.as_deref()),
            one.new_now.clone(),
            one.active.to_string(),
            one.contracted.clone(),
            one.assumed.clone(),
            one.net.clone(),
        ]);
    }
    format!("{}\n", table.text())
}

/// Annual renewals.
pub fn wall(wall: &RenewalWall) -> String {
    let mut table = Table::new(&[
        "Month",
        ">Renewals",
        ">If all pay",
        ">Expected",
        ">None pays",
    ]);
    for month in &wall.months {
        table.row([
            month.month.clone(),
            month.renewals.to_string(),
            month.amount.clone(),
            month.expected.clone(),
            percent(&month.none),
        ]);
    }
    format!("{}\n{}\n", wall.sentence, table.text())
}

/// What is still to come.
pub fn worth(worth: &ResidualValue) -> String {
    let mut table = Table::new(&["Of", ">Customers", ">Still to come", ">Each"]);
    for part in worth.plans.iter().chain(&worth.campaigns) {
        table.row([
            part.label.clone(),
            part.customers.to_string(),
            part.value.clone(),
            part.each.clone(),
        ]);
    }
    format!(
        "Still to come: {} {}\n{}\n\n{}",
        worth.total,
        worth.currency,
        worth.sentence,
        table.text()
    )
}

/// Observed against fitted.
pub fn cohorts(cohorts: &CohortTable) -> String {
    let longest = cohorts
        .cohorts
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0)
        .min(13);
    let mut heading = vec!["Began".to_owned(), ">Customers".to_owned()];
    heading.extend((0..longest).map(|renewal| format!(">{renewal}")));
    let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
    let mut table = Table::new(&heading);
    let mut add = |name: String, size: String, shares: Vec<String>| {
        let mut cells = vec![name, size];
        cells.extend(shares.into_iter().take(longest));
        cells.resize(longest + 2, String::new());
        table.row(cells);
    };
    for row in &cohorts.cohorts {
        let shares = row.cells.iter().map(|cell| whole_percent(&cell.observed));
        add(row.month.clone(), row.size.to_string(), shares.collect());
    }
    if longest > 0 {
        let fitted = cohorts.fitted.iter().map(|share| whole_percent(share));
        add("Fitted".to_owned(), String::new(), fitted.collect());
    }
    let name = cohorts.group.as_ref().map_or_else(String::new, |group| {
        format!(
            "{}: share still there after so many renewals\n",
            group.label
        )
    });
    format!(
        "{name}{}\n{}\n{}",
        table.text(),
        cohorts.fit,
        lines(&cohorts.notes)
    )
}

/// Who stays: a chart of each group's fitted curve with its limits, and beside it what was observed.
pub fn survival(curves: &SurvivalCurves) -> String {
    let mut text = String::new();
    for curve in &curves.curves {
        let observed = |renewals: u32| curve.points.iter().find(|point| point.renewals == renewals);
        let last = curve.points.last().map_or(0, |point| point.renewals);
        // As far as was seen, and a few renewals on.
        let shown = (last + 6).clamp(6, 24);
        let bars: Vec<Bar> = curve
            .fitted
            .iter()
            .filter(|point| point.renewals <= shown)
            .map(|point| {
                let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
                let seen = observed(point.renewals).map_or_else(String::new, |seen| {
                    format!(
                        "; seen {}, {} at risk",
                        percent(&seen.survival),
                        seen.at_risk
                    )
                });
                Bar {
                    label: point.renewals.to_string(),
                    range: [
                        number(&point.low),
                        number(&point.survival),
                        number(&point.high),
                    ],
                    value: format!("{}{seen}", percent(&point.survival)),
                }
            })
            .collect();
        text += &format!(
            "{} ({} customers): still there after so many renewals\n{}{}\n\n",
            curve.group.label,
            curve.group.customers,
            chart::ranges(&bars, chart::fine()),
            curve.sentence
        );
    }
    if curves.curves.is_empty() {
        text += "There are no customers yet.\n";
    }
    format!(
        "{text}Solid to the lower 95% limit, light to the upper one; the mark between them is the fitted curve.\n{}",
        lines(&curves.notes)
    )
}

/// What is behind a number.
pub fn explanation(explanation: &Explanation) -> String {
    let mut table = Table::new(&["Arithmetic", ">"]);
    for line in &explanation.lines {
        table.row([&line.label, &line.value]);
    }
    let assumptions: String = explanation
        .assumptions
        .iter()
        .map(|one| format!("  {}: {}. {}\n", one.label, one.value, one.sentence))
        .collect();
    let rows = explanation.rows.as_ref().map_or_else(String::new, |rows| {
        let of = |name: &str, value: &Option<String>| {
            value
                .as_ref()
                .map_or_else(String::new, |value| format!(" {name} {value}"))
        };
        let search = (!rows.search.is_empty()).then(|| rows.search.clone());
        format!(
            "\nRows of the ledger:{}{}{}{}{}{}\n",
            of("from", &rows.from),
            of("to", &rows.to),
            of("with", &search),
            of("of channel", &rows.channel),
            of("of campaign", &rows.campaign),
            of("standing", &rows.standing),
        )
    });
    let supposed = if assumptions.is_empty() {
        String::new()
    } else {
        format!("\nAssumptions:\n{assumptions}")
    };
    format!(
        "{}: {}\n{}\n{}{supposed}{rows}",
        explanation.title,
        explanation.value,
        lines(&explanation.sentences),
        table.text()
    )
}

/// What moves it most.
pub fn tornado(tornado: &Tornado) -> String {
    let mut table = Table::new(&[
        "Assumption",
        ">Low",
        ">High",
        ">Net at low",
        ">Net at high",
        ">Swing",
    ]);
    for bar in &tornado.bars {
        table.row([
            &bar.label,
            &bar.low,
            &bar.high,
            &bar.net_low,
            &bar.net_high,
            &bar.swing,
        ]);
    }
    format!(
        "Net over all months: {} {}\n\n{}",
        tornado.base,
        tornado.currency,
        table.text()
    )
}

/// Kept forecasts against what came.
pub fn accuracy(log: &Accuracy) -> String {
    let mut table = Table::new(&[
        "Month",
        "Made on",
        ">Expected",
        ">Low",
        ">High",
        ">Came",
        ">Error",
        "Within",
    ]);
    for month in log.months.iter().take(ROWS) {
        table.row([
            month.month.as_str(),
            month.made_on.as_str(),
            month.expected.as_str(),
            month.low.as_str(),
            month.high.as_str(),
            month.actual.as_str(),
            month.error.as_str(),
            if month.within { "yes" } else { "no" },
        ]);
    }
    let months = if log.months.is_empty() {
        String::new()
    } else {
        format!("\n{}", table.text())
    };
    format!("{}\n{months}", log.sentence)
}

/// Common values.
pub fn priors(priors: &Priors) -> String {
    let mut table = Table::new(&["Key", "What", ">Value", ">Counts as", "Own", "Source"]);
    for prior in &priors.items {
        table.row([
            prior.key.as_str(),
            prior.label.as_str(),
            prior.value.as_str(),
            prior.weight.as_str(),
            if prior.own { "yes" } else { "no" },
            prior.source.as_str(),
        ]);
    }
    table.text()
}

/// The past forecast.
pub fn backtest(backtest: &Backtest) -> String {
    let mut table = Table::new(&[
        "Forecast",
        ">Months",
        ">CRPS",
        ">Pinball",
        ">MASE",
        ">Within 80%",
        ">Within 90%",
        ">Bias",
    ]);
    for model in &backtest.models {
        table.row([
            model.label.clone(),
            model.count.to_string(),
            output::maybe(model.crps.as_deref()),
            output::maybe(model.pinball.as_deref()),
            output::maybe(model.mase.as_deref()),
            maybe_percent(model.coverage_80.as_deref()),
            maybe_percent(model.coverage_90.as_deref()),
            model.bias.clone(),
        ]);
    }
    format!("{}\n{}", lines(&backtest.sentences), table.text())
}
