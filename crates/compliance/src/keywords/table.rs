//! Rows and cells of a list: delimiters, quotation marks, physical lines.

/// The character between the columns: the one that most of the first lines share.
pub(super) fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(20)
        .collect();
    ['\t', ';', ',']
        .into_iter()
        .map(|candidate| {
            (
                lines.iter().filter(|line| line.contains(candidate)).count(),
                candidate,
            )
        })
        .rev()
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0)
        .map_or('\t', |(_, candidate)| candidate)
}

/// Rows with the physical line where each begins, the raw text and the cells.
pub(super) fn rows(text: &str, delimiter: char) -> Vec<(usize, String, Vec<String>)> {
    let mut rows = Vec::new();
    let mut row = (1, String::new(), Vec::new());
    let mut cell = String::new();
    let mut quoted = false;
    let mut line = 1;
    let mut chars = text.chars().peekable();
    // Quotation marks are columns' quoting only where the quoted cell ends at a delimiter or line end.
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.1.push_str("\"\"");
                cell.push('"');
            }
            '"' if quoted => {
                row.1.push('"');
                quoted = false;
            }
            '"' if cell.trim().is_empty() && closes(chars.clone(), delimiter) => {
                row.1.push('"');
                quoted = true;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                row.2.push(std::mem::take(&mut cell));
                line += 1;
                rows.push(std::mem::replace(
                    &mut row,
                    (line, String::new(), Vec::new()),
                ));
            }
            c if c == delimiter && !quoted => {
                row.1.push(c);
                row.2.push(std::mem::take(&mut cell));
            }
            c => {
                if c == '\n' {
                    line += 1;
                }
                row.1.push(c);
                cell.push(c);
            }
        }
    }
    row.2.push(cell);
    rows.push(row);
    rows
}

/// Whether a quotation mark that opens a cell is closed before a delimiter, within reason.
pub(super) fn closes(rest: impl Iterator<Item = char>, delimiter: char) -> bool {
    let mut rest = rest.take(2000).peekable();
    while let Some(c) = rest.next() {
        if c == '"' {
            match rest.peek() {
                Some('"') => {
                    rest.next();
                }
                None | Some('\n' | '\r') => return true,
                Some(next) => return *next == delimiter,
            }
        }
    }
    false
}
