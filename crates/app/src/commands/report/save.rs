//! Tables into files for spreadsheets.

use super::{show, wrong};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, ledger},
    dto::{Amount, LedgerList, LedgerSave, Report, ReportRow, ReportSave, TableSave, Written},
    files::sheet::{self, Cell, Sheet},
};
use std::path::Path;

/// Rows of a workbook's sheet at most; the format ends there.
const MAX_ROWS: usize = 1_000_000;

/// Writes a report as CSV or XLSX.
///
/// # Errors
/// As [`show`]; where the file cannot be written.
pub fn report_save(app: &App, input: ReportSave) -> Result<Written, Failure> {
    let report = show(app, input.report)?;
    save(&input.path, &sheets(&report))
}

/// Writes the rows that a filter leaves as CSV or XLSX.
///
/// # Errors
/// Where a filter does not fit or the file cannot be written.
pub fn ledger_save(app: &App, input: LedgerSave) -> Result<Written, Failure> {
    let mut sheet = Sheet::new(
        "Ledger",
        [
            "Day",
            "Id",
            "Program",
            "Plan",
            "Kind",
            "Tier",
            "Sale",
            "Commission",
            "Currency",
            "Approval",
            "Payment",
            "Standing",
            "Due on",
            "Link",
            "Channel",
            "Campaign",
            "Sub-IDs",
            "Connection",
        ],
    );
    let mut after = None;
    loop {
        let page = ledger::list(
            app,
            LedgerList {
                limit: Some(MAX_PAGE),
                after,
                ..input.filter.clone()
            },
        )?;
        for row in page.items {
            let currency = row
                .commission
                .as_ref()
                .or(row.sale.as_ref())
                .map(|amount| amount.currency.clone());
            sheet.row([
                Cell::read(&row.occurred_on, "date"),
                Cell::text(row.native_id.unwrap_or(row.id)),
                Cell::maybe(row.program),
                Cell::maybe(row.plan),
                Cell::text(row.kind),
                Cell::text(row.tier),
                amount(row.sale.as_ref()),
                amount(row.commission.as_ref()),
                Cell::maybe(currency),
                Cell::text(row.approval_text.unwrap_or(row.approval)),
                Cell::text(row.payment_text.unwrap_or(row.payment)),
                Cell::text(row.standing),
                match &row.matures_on {
                    Some(day) => Cell::read(day, "date"),
                    None => Cell::Empty,
                },
                Cell::maybe(row.link),
                Cell::maybe(row.channel),
                Cell::maybe(row.campaign),
                Cell::text(row.sub_ids.join(" ")),
                Cell::text(row.connection),
            ]);
        }
        if sheet.rows.len() > MAX_ROWS {
            return Err(
                wrong("filter", "These are more than a million rows.".to_owned())
                    .hint("Narrow them by program or days, or use `perennial book export`."),
            );
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    save(&input.path, &[sheet])
}

/// Writes a table that the window shows as CSV or XLSX.
///
/// # Errors
/// Where a row has other cells than there are columns, or the file cannot be written.
pub fn table_save(_: &App, input: TableSave) -> Result<Written, Failure> {
    let mut sheet = Sheet::new(
        input.title,
        input.columns.iter().map(|column| column.name.clone()),
    );
    for row in input.rows {
        if row.len() != input.columns.len() {
            return Err(wrong(
                "rows",
                "A row has other cells than there are columns.".to_owned(),
            ));
        }
        sheet.row(
            row.iter()
                .zip(&input.columns)
                .map(|(cell, column)| Cell::read(cell, &column.kind)),
        );
    }
    save(&input.path, &[sheet])
}

pub(super) fn save(path: &str, sheets: &[Sheet]) -> Result<Written, Failure> {
    sheet::save(Path::new(path), sheets)?;
    Ok(Written {
        files: vec![path.to_owned()],
    })
}

/// A report as tables: its rows, its sums, and the rates beside the sum that took them.
pub(crate) fn sheets(report: &Report) -> Vec<Sheet> {
    let compared = report.rows.iter().any(|row| row.before.is_some());
    let measured = report.rows.iter().any(|row| row.measures.is_some());
    let mut columns = vec![
        report.by.as_str(),
        "currency",
        "earned",
        "reserve",
        "due",
        "paid",
    ];
    if compared {
        columns.extend(["before", "change", "change_share"]);
    }
    if measured {
        columns.extend([
            "sales",
            "refunded",
            "refund_rate",
            "clicks",
            "conversion",
            "epc",
            "hold_days",
            "payout_days",
        ]);
    }
    let mut rows = Sheet::new("Report", columns.clone());
    for row in &report.rows {
        rows.row(cells(row, compared, measured));
    }
    let mut totals = Sheet::new("Totals", columns);
    for row in &report.totals {
        let mut cells = cells(row, compared, measured);
        if let Some(first) = cells.first_mut() {
            *first = Cell::text("total");
        }
        totals.row(cells);
    }
    let mut sheets = vec![rows, totals];
    if let Some(converted) = &report.converted {
        let mut sheet = Sheet::new(
            "At rates",
            ["currency", "earned", "reserve", "due", "paid", "rates"],
        );
        let rates: Vec<String> = converted
            .rates
            .iter()
            .map(|rate| {
                format!(
                    "1 {} = {} {} on {} ({})",
                    rate.from, rate.value, rate.to, rate.on, rate.source
                )
            })
            .collect();
        sheet.row([
            Cell::text(&converted.currency),
            amount(Some(&converted.earned)),
            amount(Some(&converted.reserve)),
            amount(Some(&converted.due)),
            amount(Some(&converted.paid)),
            Cell::text(rates.join("; ")),
        ]);
        sheets.push(sheet);
    }
    sheets
}

fn cells(row: &ReportRow, compared: bool, measured: bool) -> Vec<Cell> {
    let number =
        |text: Option<&String>| text.map_or(Cell::Empty, |text| Cell::read(text, "number"));
    let mut cells = vec![
        Cell::maybe(row.key.values().next().cloned().flatten()),
        Cell::text(&row.earned.currency),
        amount(Some(&row.earned)),
        amount(Some(&row.reserve)),
        amount(Some(&row.due)),
        amount(Some(&row.paid)),
    ];
    if compared {
        cells.extend([
            amount(row.before.as_ref()),
            amount(row.change.as_ref()),
            number(row.change_share.as_ref()),
        ]);
    }
    if measured {
        let taken = row.measures.as_ref();
        let count = |count: Option<u64>| count.map_or(Cell::Empty, Cell::count);
        cells.extend([
            count(taken.map(|of| of.sales)),
            count(taken.map(|of| of.refunded)),
            number(taken.and_then(|of| of.refund_rate.as_ref())),
            count(taken.and_then(|of| of.clicks)),
            number(taken.and_then(|of| of.conversion.as_ref())),
            amount(taken.and_then(|of| of.epc.as_ref())),
            number(taken.and_then(|of| of.hold_days.as_ref())),
            number(taken.and_then(|of| of.payout_days.as_ref())),
        ]);
    }
    cells
}

fn amount(amount: Option<&Amount>) -> Cell {
    amount.map_or(Cell::Empty, |amount| Cell::read(&amount.amount, "number"))
}
