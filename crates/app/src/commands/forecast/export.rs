//! Chart data as CSV, for spreadsheets.

use super::{
    accuracy::accuracy,
    backtest::backtest,
    bands::bands,
    evidence::{cohorts, survival},
    months::actuals,
    run,
    scenario::refused,
    supposed,
    tornado::tornado,
    value::{residual, wall},
};
use crate::{
    App, Failure,
    dto::{
        Assumptions, AssumptionsInput, BacktestInput, BandsInput, EvidenceInput, ForecastExport,
        ResidualInput, Written,
    },
    files,
};
use std::path::Path;

/// What can be exported.
const KINDS: &[&str] = &[
    "months", "bands", "payouts", "actuals", "cohorts", "survival", "tornado", "wall", "residual",
    "accuracy", "backtest",
];

/// Writes a chart's data as CSV.
///
/// # Errors
/// `forecast.unknown_value` where there is no such chart; where the file cannot be written.
pub fn export(app: &App, input: ForecastExport) -> Result<Written, Failure> {
    if !KINDS.contains(&input.what.as_str()) {
        let message = format!("There is no chart “{}”.", input.what);
        return Err(refused("forecast.unknown_value", "what", message)
            .hint(format!("There are {}.", KINDS.join(", "))));
    }
    let mut sheet = Sheet::default();
    let (loaded, assumptions) = supposed(app, input.assumptions.clone(), input.program.as_deref())?;
    let program = Some(assumptions.program.clone());
    match input.what.as_str() {
        "months" => months(app, assumptions, &mut sheet)?,
        "bands" | "payouts" => simulated(app, &input.what, assumptions, &mut sheet)?,
        "actuals" => {
            sheet.row(["month", "plan", "net", "partial"]);
            for month in actuals(&loaded) {
                let partial = month.partial.to_string();
                sheet.row([month.month.as_str(), "", &month.net, &partial]);
                for plan in &month.plans {
                    sheet.row([month.month.as_str(), &plan.plan, &plan.net, &partial]);
                }
            }
        }
        "cohorts" | "survival" => {
            let asked = EvidenceInput {
                program,
                by: input.by.clone(),
                group: input.group.clone(),
            };
            evidence(app, &input.what, asked, &mut sheet)?;
        }
        "tornado" => {
            sheet.row(["assumption", "low", "high", "net_low", "net_high", "swing"]);
            for bar in tornado(app, assumptions)?.bars {
                sheet.row([
                    &bar.key,
                    &bar.low,
                    &bar.high,
                    &bar.net_low,
                    &bar.net_high,
                    &bar.swing,
                ]);
            }
        }
        "wall" | "residual" => value(app, &input.what, &assumptions, &mut sheet)?,
        _ => record(app, &input.what, program, &mut sheet)?,
    }
    files::write(Path::new(&input.path), sheet.0)?;
    Ok(Written {
        files: vec![input.path],
    })
}

fn months(app: &App, assumptions: Assumptions, sheet: &mut Sheet) -> Result<(), Failure> {
    sheet.row([
        "month",
        "net",
        "contracted",
        "assumed",
        "direct",
        "second_tier",
        "clawback",
        "sd",
        "active_paying",
        "currency",
    ]);
    let done = run(app, assumptions)?;
    for month in &done.months {
        sheet.row([
            &month.month,
            &month.net,
            &month.contracted,
            &month.assumed,
            &month.direct,
            &month.second_tier,
            &month.clawback,
            &month.sd,
            &month.active_paying,
            &done.currency,
        ]);
    }
    Ok(())
}

fn simulated(
    app: &App,
    what: &str,
    assumptions: Assumptions,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let input = BandsInput {
        assumptions,
        paths: None,
        seed: None,
        job: None,
    };
    let bands = bands(app, input)?;
    if what == "bands" {
        sheet.row(["month", "low", "middle", "high"]);
        for month in &bands.months {
            let band = &month.band;
            sheet.row([&month.month, &band.low, &band.middle, &band.high]);
        }
        return Ok(());
    }
    sheet.row([
        "run",
        "expected",
        "probability",
        "low",
        "middle",
        "high",
        "pending",
        "at_risk",
    ]);
    for run in &bands.payouts.runs {
        sheet.row([
            &run.run,
            &run.expected,
            &run.probability,
            &run.band.low,
            &run.band.middle,
            &run.band.high,
            &run.pending,
            &run.at_risk,
        ]);
    }
    Ok(())
}

fn evidence(app: &App, what: &str, input: EvidenceInput, sheet: &mut Sheet) -> Result<(), Failure> {
    if what == "cohorts" {
        sheet.row([
            "month", "size", "renewals", "due", "paid", "observed", "fitted",
        ]);
        for row in cohorts(app, input)?.cohorts {
            for cell in row.cells {
                sheet.row([
                    row.month.clone(),
                    row.size.to_string(),
                    cell.renewals.to_string(),
                    cell.due.to_string(),
                    cell.paid.to_string(),
                    cell.observed,
                    cell.fitted,
                ]);
            }
        }
        return Ok(());
    }
    sheet.row([
        "group", "kind", "renewals", "survival", "low", "high", "at_risk",
    ]);
    for curve in survival(app, input)?.curves {
        for (kind, points) in [("observed", curve.points), ("fitted", curve.fitted)] {
            for point in points {
                sheet.row([
                    curve.group.label.clone(),
                    kind.to_owned(),
                    point.renewals.to_string(),
                    point.survival,
                    point.low,
                    point.high,
                    point.at_risk.to_string(),
                ]);
            }
        }
    }
    Ok(())
}

fn value(
    app: &App,
    what: &str,
    assumptions: &Assumptions,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let program = Some(assumptions.program.clone());
    if what == "wall" {
        let months = Some(assumptions.months);
        sheet.row(["on", "plan", "tier", "count", "renewal", "each", "chance"]);
        for month in wall(app, AssumptionsInput { program, months })?.months {
            for row in month.rows {
                sheet.row([
                    row.on,
                    row.plan,
                    row.tier,
                    row.count.to_string(),
                    row.renewal.to_string(),
                    row.each,
                    row.chance,
                ]);
            }
        }
        return Ok(());
    }
    let asked = ResidualInput {
        program,
        discount: None,
    };
    let value = residual(app, asked)?;
    sheet.row(["by", "label", "customers", "value", "each"]);
    let parts = [
        ("plan", value.plans),
        ("campaign", value.campaigns),
        ("channel", value.channels),
    ];
    for (by, parts) in parts {
        for part in parts {
            let customers = part.customers.to_string();
            sheet.row([by, &part.label, &customers, &part.value, &part.each]);
        }
    }
    Ok(())
}

fn record(
    app: &App,
    what: &str,
    program: Option<String>,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    if what == "backtest" {
        let asked = BacktestInput {
            program,
            ..BacktestInput::default()
        };
        sheet.row([
            "origin", "month", "ahead", "expected", "low", "high", "actual",
        ]);
        for point in backtest(app, asked)?.points {
            sheet.row([
                point.origin,
                point.month,
                point.ahead.to_string(),
                point.expected,
                point.low,
                point.high,
                point.actual,
            ]);
        }
        return Ok(());
    }
    let asked = AssumptionsInput {
        program,
        months: None,
    };
    sheet.row([
        "month", "made_on", "ahead", "expected", "low", "high", "actual", "error",
    ]);
    for month in accuracy(app, asked)?.months {
        sheet.row([
            month.month,
            month.made_on,
            month.ahead.to_string(),
            month.expected,
            month.low,
            month.high,
            month.actual,
            month.error,
        ]);
    }
    Ok(())
}

/// Rows of cells, quoted where they need it.
#[derive(Default)]
struct Sheet(String);

impl Sheet {
    fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        let cells: Vec<String> = cells
            .into_iter()
            .map(|cell| quoted(cell.as_ref()))
            .collect();
        self.0 += &cells.join(",");
        self.0 += "\r\n";
    }
}

/// Numbers stay numbers; a text that a spreadsheet would take for a formula is disarmed.
fn quoted(cell: &str) -> String {
    let number = cell.parse::<rust_decimal::Decimal>().is_ok();
    let cell = if number {
        cell.to_owned()
    } else {
        files::formula_safe(cell)
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_safe_in_a_spreadsheet() {
        assert_eq!(quoted("-9.90"), "-9.90");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
