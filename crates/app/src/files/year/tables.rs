//! The statement of a year as tables.

use super::{YearStatement, month_name};
use crate::files::sheet::{Cell, Sheet};
use perennial_domain::Money;

/// One tab each: the summary, months, payouts, and how it was worked out.
#[must_use]
pub fn sheets(of: &YearStatement) -> Vec<Sheet> {
    let mut summary = Sheet::new(
        "Summary",
        [
            "Currency",
            "Commissions",
            "Taken back",
            "Earned",
            "Received",
            "Withheld",
        ],
    );
    for line in &of.totals {
        summary.row([
            Cell::text(line.currency.code()),
            Cell::amount(line.commissions),
            Cell::amount(line.clawbacks),
            Cell::amount(line.earned),
            Cell::amount(line.received),
            Cell::amount(line.fees),
        ]);
    }
    let mut programs = Sheet::new(
        "Programs",
        [
            "Program",
            "Currency",
            "Commissions",
            "Taken back",
            "Earned",
            "Received",
        ],
    );
    for line in &of.programs {
        programs.row([
            Cell::text(&line.program),
            currency(line.earned),
            Cell::amount(line.commissions),
            Cell::amount(line.clawbacks),
            Cell::amount(line.earned),
            Cell::amount(line.received),
        ]);
    }
    let mut months = Sheet::new(
        "Months",
        [
            "Month",
            "Currency",
            "Commissions",
            "Taken back",
            "Earned",
            "Received",
        ],
    );
    for line in &of.months {
        months.row([
            Cell::text(format!("{:04}-{:02}", of.year, line.month)),
            currency(line.earned),
            Cell::amount(line.commissions),
            Cell::amount(line.clawbacks),
            Cell::amount(line.earned),
            Cell::amount(line.received),
        ]);
    }
    let mut sheets = vec![summary, programs, months, payouts(of)];
    if let Some(converted) = &of.converted {
        let mut sheet = Sheet::new(
            "At rates",
            ["Currency", "Earned", "Received", "Withheld", "Rates"],
        );
        let rates: Vec<String> = converted.rates.iter().map(ToString::to_string).collect();
        sheet.row([
            currency(converted.earned),
            Cell::amount(converted.earned),
            Cell::amount(converted.received),
            Cell::amount(converted.fees),
            Cell::text(rates.join("; ")),
        ]);
        sheets.push(sheet);
    }
    let mut method = Sheet::new("Method", ["How it was worked out"]);
    for line in super::page::method(of) {
        method.row([Cell::text(line)]);
    }
    sheets.push(method);
    sheets
}

fn payouts(of: &YearStatement) -> Sheet {
    let mut sheet = Sheet::new(
        "Payouts",
        [
            "Day",
            "Arrived",
            "Program",
            "Number",
            "Paid",
            "Currency",
            "Withheld",
            "Arrived amount",
            "Arrived currency",
            "Rate",
            "Reconciled",
        ],
    );
    for line in &of.received {
        // A payout may arrive in several parts: each has a row, and its amount stands in the first alone.
        let parts = line.deposits.len().max(1);
        for part in 0..parts {
            let deposit = line.deposits.get(part).copied();
            let first = part == 0;
            sheet.row([
                Cell::Date(line.on),
                Cell::text(if line.arrived { "yes" } else { "sent" }),
                Cell::text(&line.program),
                Cell::maybe(line.number.as_deref()),
                if first {
                    Cell::amount(line.paid)
                } else {
                    Cell::Empty
                },
                currency(line.paid),
                if first {
                    Cell::amount(line.fees)
                } else {
                    Cell::Empty
                },
                deposit.map_or(Cell::Empty, Cell::amount),
                deposit.map_or(Cell::Empty, currency),
                Cell::maybe(line.rates.get(part).map(ToString::to_string)),
                Cell::text(if line.reconciled { "yes" } else { "no" }),
            ]);
        }
    }
    sheet
}

/// As one long table that every program reads: what each line is stands in its first column.
#[must_use]
pub fn csv(of: &YearStatement) -> String {
    let mut sheet = Sheet::new(
        "Year",
        [
            "part",
            "program",
            "month",
            "day",
            "number",
            "currency",
            "commissions",
            "taken_back",
            "earned",
            "received",
            "withheld",
            "arrived",
            "arrived_currency",
            "note",
        ],
    );
    csv_sums(of, &mut sheet);
    csv_payouts(of, &mut sheet);
    csv_at_rates(of, &mut sheet);
    sheet.csv()
}

fn blank() -> Cell {
    Cell::Empty
}

fn rest(cells: usize) -> impl Iterator<Item = Cell> {
    (0..cells).map(|_| blank())
}

fn csv_sums(of: &YearStatement, sheet: &mut Sheet) {
    let amounts = |commissions: Money, clawbacks: Money, earned: Money, received: Money| {
        [commissions, clawbacks, earned, received].map(Cell::amount)
    };
    for line in &of.totals {
        let mut cells = vec![
            Cell::text("total"),
            blank(),
            blank(),
            blank(),
            blank(),
            Cell::text(line.currency.code()),
        ];
        cells.extend(amounts(
            line.commissions,
            line.clawbacks,
            line.earned,
            line.received,
        ));
        cells.push(Cell::amount(line.fees));
        cells.extend(rest(3));
        sheet.row(cells);
    }
    for line in &of.programs {
        let mut cells = vec![
            Cell::text("program"),
            Cell::text(&line.program),
            blank(),
            blank(),
            blank(),
            currency(line.earned),
        ];
        cells.extend(amounts(
            line.commissions,
            line.clawbacks,
            line.earned,
            line.received,
        ));
        cells.extend(rest(4));
        sheet.row(cells);
    }
    for line in &of.months {
        let month = format!("{:04}-{:02}", of.year, line.month);
        let mut cells = vec![
            Cell::text("month"),
            blank(),
            Cell::text(month),
            blank(),
            blank(),
            currency(line.earned),
        ];
        cells.extend(amounts(
            line.commissions,
            line.clawbacks,
            line.earned,
            line.received,
        ));
        cells.extend(rest(3));
        cells.push(Cell::text(month_name(line.month)));
        sheet.row(cells);
    }
}

fn csv_payouts(of: &YearStatement, sheet: &mut Sheet) {
    for line in &of.received {
        for part in 0..line.deposits.len().max(1) {
            let deposit = line.deposits.get(part).copied();
            let first = part == 0;
            let mut cells = vec![
                Cell::text("payout"),
                Cell::text(&line.program),
                blank(),
                Cell::Date(line.on),
                Cell::maybe(line.number.as_deref()),
                currency(line.paid),
            ];
            cells.extend(rest(3));
            cells.extend([
                if first {
                    Cell::amount(line.paid)
                } else {
                    blank()
                },
                if first {
                    Cell::amount(line.fees)
                } else {
                    blank()
                },
                deposit.map_or(Cell::Empty, Cell::amount),
                deposit.map_or(Cell::Empty, currency),
                Cell::maybe(line.rates.get(part).map(ToString::to_string)),
            ]);
            sheet.row(cells);
        }
    }
}

fn csv_at_rates(of: &YearStatement, sheet: &mut Sheet) {
    if let Some(converted) = &of.converted {
        let rates: Vec<String> = converted.rates.iter().map(ToString::to_string).collect();
        let mut cells = vec![
            Cell::text("at rates"),
            blank(),
            blank(),
            blank(),
            blank(),
            currency(converted.earned),
        ];
        cells.extend(rest(2));
        cells.extend([converted.earned, converted.received, converted.fees].map(Cell::amount));
        cells.extend(rest(2));
        cells.push(Cell::text(rates.join("; ")));
        sheet.row(cells);
    }
}

fn currency(of: Money) -> Cell {
    Cell::text(of.currency().code())
}
