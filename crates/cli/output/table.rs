//! Plain tables: aligned for people, quoted for spreadsheets.

use unicode_width::UnicodeWidthStr as _;

/// Rows under a heading. A heading that begins with `>` stands for a column of numbers, which is aligned right.
pub struct Table {
    heading: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(heading: &[&str]) -> Self {
        Self {
            heading: heading
                .iter()
                .map(|name| name.trim_start_matches('>').to_owned())
                .collect(),
            right: heading.iter().map(|name| name.starts_with('>')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// For people; says so where there is nothing.
    pub fn text(&self) -> String {
        if self.rows.is_empty() {
            return "Nothing yet.\n".to_owned();
        }
        let mut widths: Vec<usize> = self.heading.iter().map(|cell| cell.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(shown(cell).width());
            }
        }
        let mut out = String::new();
        for row in std::iter::once(&self.heading).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, width), right) in row.iter().zip(&widths).zip(&self.right) {
                let cell = shown(cell);
                let gap = " ".repeat(width.saturating_sub(cell.width()));
                line += &if *right {
                    format!("{gap}{cell}  ")
                } else {
                    format!("{cell}{gap}  ")
                };
            }
            out += line.trim_end();
            out.push('\n');
        }
        out
    }

    /// For spreadsheets: text that a spreadsheet would take for a formula gets an apostrophe, numbers stay numbers.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        for row in std::iter::once(&self.heading).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
            out += &cells.join(",");
            out += "\r\n";
        }
        out
    }
}

/// Control characters would move the cursor or end the line.
fn shown(cell: &str) -> String {
    cell.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn csv_cell(cell: &str) -> String {
    let number = !cell.is_empty()
        && cell
            .strip_prefix('-')
            .unwrap_or(cell)
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.');
    let risky = !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if risky {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_formulas_are_disarmed() {
        let mut table = Table::new(&["Name", ">Amount"]);
        table.row(["Ä", "-9.90"]);
        table.row(["=SUM(A1)", "100.00"]);
        assert_eq!(
            table.text(),
            "Name      Amount\nÄ          -9.90\n=SUM(A1)  100.00\n"
        );
        assert_eq!(
            table.csv(),
            "Name,Amount\r\nÄ,-9.90\r\n'=SUM(A1),100.00\r\n"
        );
    }
}
