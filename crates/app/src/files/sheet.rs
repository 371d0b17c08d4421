//! Tables as files for spreadsheets: CSV and XLSX. Numbers stay numbers and dates dates; a text is never a formula.

use crate::Failure;
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{Money, money::parse_decimal};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};
use std::path::Path;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words; made safe where a spreadsheet would take them for a formula.
    Text(String),
    /// A number with so many decimals.
    Number(Decimal, u32),
    /// A day.
    Date(NaiveDate),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text or nothing.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// An amount, without its currency.
    #[must_use]
    pub fn amount(money: Money) -> Self {
        Self::Number(
            money.amount(),
            money
                .currency()
                .minor_digits()
                .max(money.amount().normalize().scale()),
        )
    }

    /// A count.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self::Number(Decimal::from(count), 0)
    }

    /// A cell of a table that comes as text: `kind` is text, number or date. What is none of its kind stays text.
    #[must_use]
    pub fn read(text: &str, kind: &str) -> Self {
        let plain = text.trim();
        if plain.is_empty() {
            return Self::Empty;
        }
        match kind {
            "number" => parse_decimal(plain).map_or_else(
                |_| Self::text(text),
                |number| Self::Number(number, number.scale()),
            ),
            "date" => plain.parse().map_or_else(|_| Self::text(text), Self::Date),
            _ => Self::text(text),
        }
    }

    fn csv(&self) -> String {
        let text = match self {
            Self::Text(text) => super::formula_safe(text),
            Self::Number(number, digits) => {
                let mut number = *number;
                number.rescale(*digits);
                number.to_string()
            }
            Self::Date(day) => day.to_string(),
            Self::Empty => String::new(),
        };
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    }

    /// Its width in letters.
    fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().count(),
            Self::Number(number, digits) => {
                // Room for the marks between thousands.
                let whole = number.trunc().to_string().len();
                whole + whole / 3 + usize::try_from(*digits).unwrap_or(0) + 1
            }
            Self::Date(_) => 10,
            Self::Empty => 0,
        }
    }
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name: the tab in a workbook.
    pub name: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty one.
    pub fn new<T: Into<String>>(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            name: name.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// As comma-separated values, with its header.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = line(self.columns.iter().map(|name| Cell::text(name.as_str())));
        for row in &self.rows {
            text.push_str(&line(row.iter().cloned()));
        }
        text
    }
}

fn line(cells: impl Iterator<Item = Cell>) -> String {
    let mut text = cells.map(|cell| cell.csv()).collect::<Vec<_>>().join(",");
    text.push('\n');
    text
}

/// Writes tables into a file of the ending's kind: .xlsx with one tab each, .csv with the tables below each other.
///
/// # Errors
/// `file.ending` for any other ending; where the file cannot be written.
pub fn save(path: &Path, sheets: &[Sheet]) -> Result<(), Failure> {
    match ending(path).as_str() {
        "csv" => {
            let tables: Vec<String> = sheets.iter().map(Sheet::csv).collect();
            super::write(path, tables.join("\n"))
        }
        "xlsx" => super::write(path, xlsx(sheets)?),
        other => Err(wrong_ending(other, "csv or .xlsx")),
    }
}

/// The ending of a path, in lower case.
#[must_use]
pub fn ending(path: &Path) -> String {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// What to say of an ending that nothing is written for.
#[must_use]
pub fn wrong_ending(ending: &str, known: &str) -> Failure {
    Failure::refused("file.ending", format!("Nothing is written as “.{ending}”."))
        .hint(format!("Let the file's name end with .{known}."))
}

/// Tables as a workbook.
///
/// # Errors
/// Where it cannot be written.
pub fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, Failure> {
    workbook(sheets).map_err(|error| {
        Failure::refused(
            "file.workbook",
            format!("The workbook cannot be written: {error}."),
        )
        .hint("Save it as CSV.")
    })
}

fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    const LONGEST_NAME: usize = 31;
    const WIDEST: usize = 60;
    let mut book = Workbook::new();
    let heading = Format::new()
        .set_bold()
        .set_border_bottom(FormatBorder::Thin);
    let right = heading.clone().set_align(FormatAlign::Right);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let below = Color::RGB(0x00B3_261E);
    for sheet in sheets {
        let page = book.add_worksheet();
        let name: String = sheet
            .name
            .chars()
            .filter(|letter| !"[]:*?/\\'".contains(*letter))
            .take(LONGEST_NAME)
            .collect();
        page.set_name(if name.is_empty() { "Table" } else { &name })?;
        page.set_freeze_panes(1, 0)?;
        for (column, title) in (0_u16..).zip(&sheet.columns) {
            let index = usize::from(column);
            let cells = || sheet.rows.iter().filter_map(move |row| row.get(index));
            let figures = cells().any(|cell| matches!(cell, Cell::Number(..)));
            page.write_string_with_format(
                0,
                column,
                title,
                if figures { &right } else { &heading },
            )?;
            let widest = cells()
                .map(Cell::width)
                .chain([title.chars().count()])
                .max();
            let letters = u32::try_from(widest.unwrap_or(8).clamp(6, WIDEST) + 2).unwrap_or(8);
            page.set_column_width(column, letters)?;
        }
        for (line, row) in (1_u32..).zip(&sheet.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(text) => {
                        page.write_string(line, column, text)?;
                    }
                    Cell::Number(number, digits) => {
                        let decimals = "0".repeat(usize::try_from(*digits).unwrap_or(0));
                        let dot = if decimals.is_empty() { "" } else { "." };
                        let mut format =
                            Format::new().set_num_format(format!("#,##0{dot}{decimals}"));
                        if number.is_sign_negative() {
                            format = format.set_font_color(below);
                        }
                        let value = number.to_f64().unwrap_or_default();
                        page.write_number_with_format(line, column, value, &format)?;
                    }
                    Cell::Date(on) => {
                        let month = u8::try_from(on.month()).unwrap_or(1);
                        let of_month = u8::try_from(on.day()).unwrap_or(1);
                        let year = u16::try_from(on.year()).unwrap_or(1900);
                        let date = ExcelDateTime::from_ymd(year, month, of_month)?;
                        page.write_datetime_with_format(line, column, &date, &day)?;
                    }
                    Cell::Empty => {}
                }
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perennial_domain::Currency;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("Rows", ["Day", "Name", "Amount"]);
        let day = NaiveDate::from_ymd_opt(2026, 3, 15).unwrap();
        for (name, amount) in [
            ("=1+1", "-39.6"),
            ("+49 30", "1200"),
            ("-", "0"),
            ("@you", "0.005"),
            ("a, \"b\"", "1"),
        ] {
            sheet.row([Cell::Date(day), Cell::text(name), Cell::amount(usd(amount))]);
        }
        sheet
    }

    #[test]
    fn text_is_defused_and_negative_numbers_stay_numbers() {
        assert_eq!(
            sheet().csv(),
            "Day,Name,Amount\n2026-03-15,'=1+1,-39.60\n2026-03-15,'+49 30,1200.00\n2026-03-15,'-,0.00\n\
             2026-03-15,'@you,0.005\n2026-03-15,\"a, \"\"b\"\"\",1.00\n"
        );
    }

    #[test]
    fn a_workbook_holds_numbers_as_numbers_and_no_formula() {
        let bytes = xlsx(&[sheet(), Sheet::new("Empty [*]", ["None"])]).unwrap();
        let mut zip = zip_of(&bytes);
        let page = zip.remove("xl/worksheets/sheet1.xml").unwrap();
        assert!(page.contains("<v>-39.6</v>"), "{page}");
        assert!(!page.contains("<f>"), "{page}");
        // 15 March 2026 is day 46096 of a spreadsheet.
        assert!(page.contains("<v>46096</v>"), "{page}");
        assert!(zip.remove("xl/sharedStrings.xml").unwrap().contains("=1+1"));
    }

    fn zip_of(bytes: &[u8]) -> std::collections::HashMap<String, String> {
        use std::io::Read as _;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        (0..archive.len())
            .map(|index| {
                let mut file = archive.by_index(index).unwrap();
                let name = file.name().unwrap().into_owned();
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                (name, text)
            })
            .collect()
    }

    #[test]
    fn cells_that_come_as_text_keep_their_kind() {
        assert_eq!(
            Cell::read("-39.60", "number"),
            Cell::Number(Decimal::new(-3960, 2), 2)
        );
        assert_eq!(Cell::read("n/a", "number"), Cell::text("n/a"));
        assert_eq!(Cell::read("", "number"), Cell::Empty);
        assert_eq!(Cell::read("-39.60", "text"), Cell::text("-39.60"));
    }
}
