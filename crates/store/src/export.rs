//! Everything in the book as plain files that any program reads.

use crate::{Book, Read, StoreError};
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One comma-separated file a table, UTF-8, with a header; safe to open in a spreadsheet.
    Csv,
    /// One JSON array of objects a table.
    Json,
}

impl ExportFormat {
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// Columns that hold amounts in millionths of the unit; they leave as decimals.
const AMOUNTS: &[&str] = &[
    "amount",
    "budget",
    "commission",
    "difference",
    "earned",
    "fee",
    "paid",
    "price",
    "sale",
    "spend",
    "unknown",
];

impl Book {
    /// Writes every table into a folder, one file each, and files kept as evidence beside them under `files`. Says which
    /// files were written.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where one of the files is there already; nothing half-written is left.
    pub fn export(&self, folder: &Path, format: ExportFormat) -> Result<Vec<PathBuf>, StoreError> {
        self.read(|read| {
            let made_folder = !folder.exists();
            fs::create_dir_all(folder).map_err(|error| io(folder, error))?;
            let mut export = Export {
                read,
                folder,
                format,
                written: Vec::new(),
            };
            let done = tables(read)?
                .iter()
                .try_for_each(|table| export.table(table));
            if done.is_err() {
                export
                    .written
                    .iter()
                    .for_each(|file| drop(fs::remove_file(file)));
                drop(fs::remove_dir(folder.join("files")));
                if made_folder {
                    drop(fs::remove_dir(folder));
                }
            }
            done.map(|()| export.written)
        })
    }
}

struct Export<'a> {
    read: &'a Read<'a>,
    folder: &'a Path,
    format: ExportFormat,
    written: Vec<PathBuf>,
}

impl Export<'_> {
    fn table(&mut self, table: &str) -> Result<(), StoreError> {
        let path = self
            .folder
            .join(format!("{table}.{}", self.format.ending()));
        let mut out = BufWriter::new(self.create(&path)?);
        let failed = |error| io(&path, error);
        let mut statement = self.read.0.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns: Vec<String> = statement
            .column_names()
            .iter()
            .map(ToString::to_string)
            .collect();
        let mut first = true;
        out.write_all(self.opening(&columns).as_bytes())
            .map_err(failed)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns.len());
            for (index, column) in columns.iter().enumerate() {
                cells.push(self.cell(table, row.get_ref(0)?, column, row.get_ref(index)?)?);
            }
            let line = match self.format {
                ExportFormat::Csv => csv_line(&cells),
                ExportFormat::Json => {
                    let object: Map<_, _> = columns
                        .iter()
                        .cloned()
                        .zip(cells.into_iter().map(Cell::json))
                        .collect();
                    format!(
                        "{}\n{}",
                        if first { "" } else { "," },
                        Value::Object(object)
                    )
                }
            };
            first = false;
            out.write_all(line.as_bytes()).map_err(failed)?;
        }
        if self.format == ExportFormat::Json {
            out.write_all(b"\n]\n").map_err(failed)?;
        }
        let file = out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)
    }

    fn opening(&self, columns: &[String]) -> String {
        match self.format {
            ExportFormat::Csv => {
                csv_line(&columns.iter().cloned().map(Cell::Text).collect::<Vec<_>>())
            }
            ExportFormat::Json => "[".to_owned(),
        }
    }

    fn cell(
        &mut self,
        table: &str,
        key: ValueRef<'_>,
        column: &str,
        value: ValueRef<'_>,
    ) -> Result<Cell, StoreError> {
        Ok(match value {
            ValueRef::Null => Cell::Nothing,
            ValueRef::Integer(micros) if AMOUNTS.contains(&column) => Cell::Amount(decimal(micros)),
            ValueRef::Integer(number) => Cell::Number(number),
            ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => {
                let key = key.as_str()?;
                let name = format!("{table}-{key}");
                let files = self.folder.join("files");
                fs::create_dir_all(&files).map_err(|error| io(&files, error))?;
                let path = files.join(&name);
                self.create(&path)?
                    .write_all(bytes)
                    .map_err(|error| io(&path, error))?;
                Cell::Text(format!("files/{name}"))
            }
            ValueRef::Real(_) => return Err(StoreError::Unreadable(format!("{table}.{column}"))),
        })
    }

    fn create(&mut self, path: &Path) -> Result<File, StoreError> {
        match File::create_new(path) {
            Ok(file) => {
                self.written.push(path.to_owned());
                Ok(file)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(StoreError::Exists(path.to_owned()))
            }
            Err(error) => Err(io(path, error)),
        }
    }
}

enum Cell {
    Nothing,
    Number(i64),
    /// A decimal.
    Amount(String),
    Text(String),
}

impl Cell {
    fn json(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Number(number) => number.into(),
            Self::Amount(text) | Self::Text(text) => text.into(),
        }
    }

    fn csv(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Amount(text) => text.clone(),
            Self::Text(text) => quoted(&harmless(text)),
        }
    }
}

fn csv_line(cells: &[Cell]) -> String {
    let mut line = cells.iter().map(Cell::csv).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A spreadsheet runs a text that begins like a formula; an apostrophe before it keeps it a text. A plain negative
/// number is harmless and stays one.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.strip_prefix('-').is_some_and(|digits| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.matches('.').count() <= 1
    });
    if formula && !number {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// RFC 4180.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Millionths as a decimal without idle zeros, but with two places at least: `39.60`.
fn decimal(micros: i64) -> String {
    let size = micros.unsigned_abs();
    let sign = if micros < 0 { "-" } else { "" };
    let mut places = format!("{:06}", size % 1_000_000);
    while places.len() > 2 && places.ends_with('0') {
        places.pop();
    }
    format!("{sign}{}.{places}", size / 1_000_000)
}

/// Every table but the sums kept beside the ledger's rows, which say nothing that the rows do not.
fn tables(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let mut statement = read.0.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'
             AND name NOT LIKE 'ledger\\_%' ESCAPE '\\' AND name NOT IN ('audit_state', 'forecast_kept', 'link_doc') ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn io(path: &Path, error: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_finds_no_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+1", "'-1+1"),
            ("-cmd", "'-cmd"),
            ("\t=1", "'\t=1"),
            ("-12.50", "-12.50"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("", ""),
        ] {
            assert_eq!(Cell::Text(text.to_owned()).csv(), cell, "{text:?}");
        }
    }

    #[test]
    fn amounts_leave_as_decimals() {
        assert_eq!(decimal(39_600_000), "39.60");
        assert_eq!(decimal(-1), "-0.000001");
        assert_eq!(decimal(i64::MIN), "-9223372036854.775808");
    }

    #[test]
    fn every_amount_of_the_schema_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        // Integers that are no amounts.
        let others = [
            "archived",
            "aside",
            "batch",
            "builtin",
            "bytes",
            "clicks",
            "complete",
            "count",
            "errors",
            "every_hours",
            "id",
            "known",
            "minutes",
            "number",
            "occurrence",
            "one",
            "open_rows",
            "own",
            "paid_rows",
            "position",
            "docid",
            "failures",
            "status",
            "times",
            "referrals",
            "requests",
            "retries",
            "reversed_rows",
            "revision",
            "rows_changed",
            "rows_left",
            "rows_new",
            "rows_read",
            "rows_refused",
            "rows_reversed",
            "rows_same",
            "rows_vanished",
            "sample",
            "scheduled",
            "seq",
            "through",
            "tier",
            "total_rows",
            "undone",
            "unknown_rows",
            "back_rows",
            "refund_rows",
            "stood_rows",
            "vanished",
            "version",
            "warnings",
            "line",
        ];
        book.read(|read| {
            let mut statement = read.0.prepare(
                "SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
                 WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%' AND c.type = 'INTEGER'",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
                let known = AMOUNTS.contains(&column.as_str()) || others.contains(&column.as_str());
                assert!(known, "say whether {table}.{column} is an amount");
            }
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn everything_leaves_the_book_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        book.write(|write| {
            write.0.execute_batch(
                "INSERT INTO setting (name, value) VALUES ('a', '=HYPERLINK(1)'), ('b', 'x, y');
                 INSERT INTO campaign (id, name, budget, budget_currency) VALUES ('k', 'Spring', -12500000, 'USD');
                 INSERT INTO program (id, slug, name, builtin, link_style) VALUES ('p', 'acme', 'Acme', 0, '{}');
                 INSERT INTO checklist_state (id, program, item, terms_version, state, decided_on)
                 VALUES ('s', 'p', 'i', '1', 'done', '2026-03-01');
                 INSERT INTO evidence (id, state, kind, text, content, dated_on) VALUES ('e', 's', 'file', 'a.png', x'0001', '2026-03-01');",
            )?;
            Ok(())
        })
        .unwrap();
        let out = folder.path().join("out");
        let files = book.export(&out, ExportFormat::Csv).unwrap();
        assert!(files.contains(&out.join("conversion.csv")));
        let settings = fs::read_to_string(out.join("setting.csv")).unwrap();
        assert_eq!(settings, "name,value\r\na,'=HYPERLINK(1)\r\nb,\"x, y\"\r\n");
        assert!(
            fs::read_to_string(out.join("campaign.csv"))
                .unwrap()
                .contains("-12.50,USD")
        );
        assert_eq!(fs::read(out.join("files/evidence-e")).unwrap(), [0, 1]);
        assert!(matches!(
            book.export(&out, ExportFormat::Csv),
            Err(StoreError::Exists(_))
        ));
        assert_eq!(
            fs::read_to_string(out.join("setting.csv")).unwrap(),
            settings
        );
        let out = folder.path().join("json");
        book.export(&out, ExportFormat::Json).unwrap();
        let rows: Value =
            serde_json::from_str(&fs::read_to_string(out.join("campaign.json")).unwrap()).unwrap();
        assert_eq!(rows[0]["budget"], "-12.50");
    }
}
