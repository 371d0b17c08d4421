//! The statement of a year as printed pages.

use super::{MonthLine, YearStatement, month_name};
use crate::{
    Failure,
    files::pdf::{Column, Pdf, Table},
};
use perennial_domain::{Currency, Money};

/// The pages.
///
/// # Errors
/// Where they cannot be written.
pub fn pdf(of: &YearStatement) -> Result<Vec<u8>, Failure> {
    let title = format!("Affiliate earnings {}", of.year);
    let mut page = Pdf::new(title.clone());
    page.footer(format!(
        "{title} · made with Perennial on {}",
        day(of.made_on)
    ));
    page.heading(title);
    page.facts(&[
        (
            "Period",
            format!(
                "1 January to 31 December {}{}",
                of.year,
                if of.unfinished { ", not over yet" } else { "" }
            ),
        ),
        ("Days", format!("decided in {}", of.zone)),
        ("Made on", day(of.made_on)),
    ]);
    summary(&mut page, of);
    if !of.programs.is_empty() {
        programs(&mut page, of);
        for total in &of.totals {
            months(&mut page, of, total.currency);
        }
    }
    received(&mut page, of);
    page.section("How this was worked out");
    page.list(&method(of));
    page.finish().map_err(|error| {
        Failure::refused(
            "file.pdf",
            format!("The statement cannot be written: {error}."),
        )
        .hint("Save it as XLSX or CSV.")
    })
}

fn summary(page: &mut Pdf, of: &YearStatement) {
    page.section("The year in short");
    if of.totals.is_empty() {
        page.paragraph("Nothing was earned and nothing was received in this year.");
        return;
    }
    let mut table = Table::new(vec![
        Column::text("Currency"),
        Column::figures("Commissions"),
        Column::figures("Taken back"),
        Column::figures("Earned"),
        Column::figures("Received"),
        Column::figures("Withheld"),
    ]);
    for line in &of.totals {
        table.row([
            line.currency.code().to_owned(),
            figure(line.commissions),
            figure(line.clawbacks),
            figure(line.earned),
            figure(line.received),
            figure(line.fees),
        ]);
    }
    if let Some(converted) = &of.converted {
        table.total([
            format!("All, in {}", converted.earned.currency()),
            String::new(),
            String::new(),
            figure(converted.earned),
            figure(converted.received),
            figure(converted.fees),
        ]);
    }
    page.table(table);
    if let Some(converted) = &of.converted {
        let rates: Vec<String> = converted.rates.iter().map(ToString::to_string).collect();
        page.note(format!(
            "The sum over all currencies takes these rates as you gave them: {}.",
            rates.join("; ")
        ));
    } else if of.totals.len() > 1 {
        page.note(
            "Amounts of two currencies are not added up: that takes a dated rate and its source.",
        );
    }
}

fn programs(page: &mut Pdf, of: &YearStatement) {
    page.section("By program");
    let mut table = Table::new(vec![
        Column::text("Program"),
        Column::text("Currency"),
        Column::figures("Commissions"),
        Column::figures("Taken back"),
        Column::figures("Earned"),
        Column::figures("Received"),
    ]);
    for line in &of.programs {
        table.row([
            line.program.clone(),
            line.earned.currency().code().to_owned(),
            figure(line.commissions),
            figure(line.clawbacks),
            figure(line.earned),
            figure(line.received),
        ]);
    }
    page.table(table);
}

fn months(page: &mut Pdf, of: &YearStatement, currency: Currency) {
    let lines: Vec<&MonthLine> = of
        .months
        .iter()
        .filter(|line| line.earned.currency() == currency)
        .collect();
    if lines.is_empty() {
        return;
    }
    page.section(format!("By month, in {currency}"));
    let mut table = Table::new(vec![
        Column::text("Month"),
        Column::figures("Commissions"),
        Column::figures("Taken back"),
        Column::figures("Earned"),
        Column::figures("Received"),
    ]);
    for line in lines {
        table.row([
            month_name(line.month).to_owned(),
            figure(line.commissions),
            figure(line.clawbacks),
            figure(line.earned),
            figure(line.received),
        ]);
    }
    if let Some(total) = of.totals.iter().find(|total| total.currency == currency) {
        table.total([
            of.year.to_string(),
            figure(total.commissions),
            figure(total.clawbacks),
            figure(total.earned),
            figure(total.received),
        ]);
    }
    page.table(table);
}

fn received(page: &mut Pdf, of: &YearStatement) {
    page.section("Payouts received");
    if of.received.is_empty() {
        page.paragraph("No payout was received in this year.");
        return;
    }
    let mut table = Table::new(vec![
        Column::text("Day"),
        Column::text("Program"),
        Column::text("Number"),
        Column::figures("Paid"),
        Column::figures("Withheld"),
        Column::figures("Arrived"),
    ]);
    for line in &of.received {
        let mark = match (line.arrived, line.reconciled) {
            (false, _) => " †",
            (true, false) => " *",
            (true, true) => "",
        };
        let arrived: Vec<String> = line
            .deposits
            .iter()
            .map(|deposit| with_code(*deposit))
            .collect();
        table.row([
            format!("{}{mark}", line.on),
            line.program.clone(),
            line.number.clone().unwrap_or_default(),
            with_code(line.paid),
            figure(line.fees),
            if arrived.is_empty() {
                "–".to_owned()
            } else {
                arrived.join(" + ")
            },
        ]);
    }
    page.table(table);
    let mut notes = Vec::new();
    if of.received.iter().any(|line| !line.arrived) {
        notes.push("† By the day it was sent: no deposit is matched to it.".to_owned());
    }
    if of
        .received
        .iter()
        .any(|line| line.arrived && !line.reconciled)
    {
        notes.push("* Something of it is not explained yet.".to_owned());
    }
    let mut rates: Vec<String> = of
        .received
        .iter()
        .flat_map(|line| &line.rates)
        .map(ToString::to_string)
        .collect();
    rates.sort();
    rates.dedup();
    if !rates.is_empty() {
        notes.push(format!("Exchange of deposits: {}.", rates.join("; ")));
    }
    for note in notes {
        page.note(note);
    }
}

/// How the figures came about, a sentence each.
pub(super) fn method(of: &YearStatement) -> Vec<String> {
    let mut lines = vec![
        format!(
            "Earned is what programs and networks reported for sales of the year, by the day of the sale in {}, without what was reversed; refunds and chargebacks stand on their own day.",
            of.zone
        ),
        "Received is what programs paid, by the day the money arrived, or the day it was sent where no deposit is matched.".to_owned(),
        "Withheld are fees between the program and your account, as your statements or you say.".to_owned(),
        "Amounts of different currencies are never added up without a rate, its day and its source beside the sum.".to_owned(),
        "Whether sales or receipts count for taxes differs from place to place; both are given. This is a summary of your own book, not tax advice.".to_owned(),
    ];
    if of.unfinished {
        lines.push("The year is not over: figures may still change.".to_owned());
    }
    lines
}

/// An amount with marks between thousands and a true minus sign.
fn figure(of: Money) -> String {
    let plain = of.to_plain();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("\u{2212}", digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{rest}")
    }
}

fn with_code(of: Money) -> String {
    format!("{} {}", figure(of), of.currency())
}

fn day(of: chrono::NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{} {} {}", of.day(), month_name(of.month()), of.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_keep_their_sign() {
        let figure = |text: &str, code: &str| {
            super::figure(Money::parse(text, Currency::parse(code).unwrap()).unwrap())
        };
        assert_eq!(figure("1234567.5", "USD"), "1,234,567.50");
        assert_eq!(figure("-999", "USD"), "\u{2212}999.00");
        assert_eq!(figure("1000", "JPY"), "1,000");
        assert_eq!(figure("0", "KWD"), "0.000");
    }
}
