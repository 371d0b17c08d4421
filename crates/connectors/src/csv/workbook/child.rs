//! The process that takes a workbook apart.

use super::{FLAG, MAX_COLUMNS, MAX_ROWS, SheetError, cells};
use calamine::{Reader as _, SheetVisible, Xlsx, XlsxError};
use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

/// Bytes that all parts of a workbook may have unpacked, where the archive says how many they are.
const MAX_UNPACKED: u128 = 2 << 30;
/// Rows that tell how wide the table is.
const FIRST: usize = 25;

/// Serves as a reader of workbooks where the process was started as one. Every executable that imports calls this first
/// thing; none means that it is to go on.
pub fn serve() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != FLAG {
        return None;
    }
    let path = arguments.next().unwrap_or_default();
    let sheet = arguments.next();
    bound();
    Some(match read(Path::new(&path), sheet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody listens any more there is nobody to tell.
            let _ = writeln!(io::stderr(), "{}", error.line());
            ExitCode::FAILURE
        }
    })
}

/// Bounds memory and processor time of this process. Where the system knows no such bounds, only the sizes that the
/// archive names are checked.
#[cfg(unix)]
fn bound() {
    use rlimit::Resource;
    /// Bytes beside what the program itself takes.
    const MEMORY: u64 = 512 << 20;
    const SECONDS: u64 = 600;
    // On Linux the first number is the size of the address space now, in pages.
    let pages: u64 = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .unwrap_or(1 << 18);
    let memory = pages.saturating_mul(4096).saturating_add(MEMORY);
    // A system that does not bound one of them still bounds the others.
    let _ = Resource::AS.set(memory, memory);
    let _ = Resource::CPU.set(SECONDS, SECONDS);
    let _ = Resource::CORE.set(0, 0);
}

#[cfg(not(unix))]
fn bound() {}

fn broken(error: impl std::fmt::Display) -> SheetError {
    SheetError::Broken(error.to_string())
}

fn read(path: &Path, sheet: Option<OsString>) -> Result<(), SheetError> {
    let file = || File::open(path).map(BufReader::new).map_err(broken);
    if let Ok(archive) = zip::ZipArchive::new(file()?)
        && archive
            .decompressed_size()
            .is_some_and(|size| size > MAX_UNPACKED)
    {
        return Err(SheetError::TooLarge);
    }
    let mut workbook = Xlsx::new(file()?).map_err(refusal)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match sheet {
        None => {
            let list = serde_json::Value::from(names).to_string();
            out.write_all(list.as_bytes()).map_err(broken)?;
        }
        Some(wanted) => {
            let wanted = wanted.to_string_lossy();
            let wanted = wanted.trim();
            let chosen = names
                .iter()
                .find(|name| {
                    wanted.is_empty() || name.trim().to_lowercase() == wanted.to_lowercase()
                })
                .cloned()
                .ok_or_else(|| SheetError::NoSheet(names.clone()))?;
            rows(&mut workbook, &chosen, &mut out)?;
        }
    }
    out.flush().map_err(broken)
}

fn refusal(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Protected,
        XlsxError::FileNotFound(part) => {
            SheetError::Broken(format!("it is no Excel workbook, it has no {part}"))
        }
        other => broken(other),
    }
}

/// Writes the rows of a sheet, each on the line of its number. All of them are made as wide as the widest of the first,
/// since a sheet leaves out the empty cells at the end of a row.
fn rows(
    workbook: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    out: &mut impl Write,
) -> Result<(), SheetError> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(refusal)?;
    let mut lines = Lines {
        out,
        first: Some(Vec::new()),
        width: 0,
        written: 0,
        line: String::new(),
    };
    let (mut row, mut at): (Vec<String>, u32) = (Vec::new(), 0);
    while let Some(cell) = reader.next_cell().map_err(refusal)? {
        let (line, column) = cell.get_position();
        if column >= MAX_COLUMNS || line >= MAX_ROWS {
            return Err(SheetError::Broken(
                "a sheet has at most 1,048,576 rows and 16,384 columns".to_owned(),
            ));
        }
        if line < at {
            return Err(SheetError::Broken("its rows are not in order".to_owned()));
        }
        if line > at {
            lines.take(at, std::mem::take(&mut row))?;
            at = line;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let mut value = String::new();
        cells::text(&mut value, cell.get_value());
        if value.is_empty() {
            continue;
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = value;
        }
    }
    lines.take(at, row)?;
    lines.settle()
}

struct Lines<'a, W> {
    out: &'a mut W,
    /// The first rows, until they tell how wide the table is.
    first: Option<Vec<(u32, Vec<String>)>>,
    width: usize,
    /// Lines written so far.
    written: u32,
    line: String,
}

impl<W: Write> Lines<'_, W> {
    fn take(&mut self, at: u32, row: Vec<String>) -> Result<(), SheetError> {
        if row.is_empty() {
            return Ok(());
        }
        let Some(first) = &mut self.first else {
            return self.write(at, &row);
        };
        first.push((at, row));
        if first.len() >= FIRST {
            self.settle()?;
        }
        Ok(())
    }

    fn settle(&mut self) -> Result<(), SheetError> {
        let first = self.first.take().unwrap_or_default();
        if self.width == 0 {
            self.width = first.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        }
        first.iter().try_for_each(|(at, row)| self.write(*at, row))
    }

    fn write(&mut self, at: u32, row: &[String]) -> Result<(), SheetError> {
        self.line.clear();
        while self.written < at {
            self.line.push('\n');
            self.written += 1;
        }
        for index in 0..row.len().max(self.width) {
            if index > 0 {
                self.line.push(',');
            }
            let value = row.get(index).map_or("", String::as_str);
            if value.contains([',', '"']) {
                self.line.push('"');
                self.line.push_str(&value.replace('"', "\"\""));
                self.line.push('"');
            } else {
                self.line.push_str(value);
            }
        }
        self.line.push('\n');
        self.written += 1;
        self.out.write_all(self.line.as_bytes()).map_err(broken)
    }
}
