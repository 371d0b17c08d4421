//! How a file is to be read: options, mappings, and what to say where it cannot be.

use crate::{App, Failure, dto::ImportOptions, error::Place, files};
use chrono_tz::Tz;
use perennial_connectors::csv::{
    self, DateOrder, Decimal, FileError, Mapping, Options, SheetError, Thousands,
};
use perennial_domain::Currency;
use perennial_store::table::mapping;
use std::path::Path;

/// Which mappings may fit, and whether the first one was chosen.
pub(super) struct Choice {
    pub mappings: Vec<Mapping>,
    pub chosen: bool,
    /// A document that came with the request, kept once it has worked.
    pub document: Option<String>,
}

/// The user's saved mappings. One that no longer fits is left out: it was refused when it was saved, unless an older
/// version took it.
fn saved(app: &App) -> Result<Vec<Mapping>, Failure> {
    let rows = app.read(mapping::list)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let mut mapping = files::mapping::read(&row.toml, &row.name).ok()?;
            mapping.header_key = Some(row.header_key).filter(|key| !key.is_empty());
            Some(mapping)
        })
        .collect())
}

pub(super) fn choice(app: &App, options: &ImportOptions, file: &str) -> Result<Choice, Failure> {
    let drafted = options
        .draft
        .as_ref()
        .map(files::mapping::document)
        .transpose()?;
    if let Some(document) = options.map.as_ref().or(drafted.as_ref()) {
        let stem = Path::new(file).file_stem().map_or_else(
            || file.to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let mapping = files::mapping::read(document, &stem)?;
        return Ok(Choice {
            mappings: vec![mapping],
            chosen: true,
            document: Some(document.clone()),
        });
    }
    let mut mappings = saved(app)?;
    mappings.extend(csv::profiles());
    let Some(name) = &options.profile else {
        return Ok(Choice {
            mappings,
            chosen: false,
            document: None,
        });
    };
    let names: Vec<String> = mappings
        .iter()
        .map(|mapping| mapping.name.clone())
        .collect();
    let chosen = mappings
        .into_iter()
        .find(|mapping| mapping.name.eq_ignore_ascii_case(name.trim()));
    let mapping = chosen.ok_or_else(|| {
        Failure::refused(
            "import.unknown_profile",
            format!("There is no profile or saved mapping “{name}”."),
        )
        .hint(format!("There are {}.", names.join(", ")))
    })?;
    Ok(Choice {
        mappings: vec![mapping],
        chosen: true,
        document: None,
    })
}

pub(super) fn options(app: &App, input: &ImportOptions) -> Result<Options, Failure> {
    let currency = input
        .currency
        .as_deref()
        .map(Currency::parse)
        .transpose()
        .map_err(|error| {
            Failure::refused("import.unknown_currency", format!("{error}."))
                .hint("Give an ISO 4217 code, such as USD.")
        })?;
    let unknown = |what: &str, text: &str| {
        Failure::refused("import.option", format!("“{text}” is no {what}."))
    };
    let delimiter = match input.delimiter.as_deref() {
        None => None,
        Some("tab" | "\t" | "\\t") => Some('\t'),
        Some(text) => Some(
            text.chars()
                .next()
                .filter(|c| {
                    text.chars().count() == 1 && c.is_ascii() && !c.is_alphanumeric() && *c != '"'
                })
                .ok_or_else(|| unknown("delimiter", text))?,
        ),
    };
    let decimal = input
        .decimal
        .as_deref()
        .map(|text| Decimal::parse(text).ok_or_else(|| unknown("decimal mark", text)))
        .transpose()?;
    let thousands = input
        .thousands
        .as_deref()
        .map(|text| Thousands::parse(text).ok_or_else(|| unknown("mark between thousands", text)))
        .transpose()?;
    let date_order = input
        .date_order
        .as_deref()
        .map(|text| DateOrder::parse(text).ok_or_else(|| unknown("order of dates", text)))
        .transpose()?;
    let time_zone = input
        .time_zone
        .as_deref()
        .map(|text| {
            text.trim()
                .parse::<Tz>()
                .map_err(|_| unknown("time zone", text))
        })
        .transpose()?;
    Ok(Options {
        encoding: input.encoding.clone(),
        delimiter,
        decimal,
        currency,
        program: input
            .program
            .clone()
            .filter(|program| !program.trim().is_empty()),
        time_zone,
        header_line: input.header_line,
        thousands,
        date_order,
        ..Options::detect(app.zone()?)
    })
}

/// What to say of a file that was refused as a whole.
pub(super) fn failure(error: &FileError, file: &str) -> Failure {
    let message = format!("{file}: {error}.");
    match error {
        FileError::Empty => Failure::refused("import.empty", message).hint("Nothing was imported."),
        FileError::NotText { spreadsheet: true } => Failure::refused("import.not_text", message)
            .hint("Open it in your spreadsheet program, save it as XLSX or CSV and import that."),
        FileError::NotText { spreadsheet: false } => {
            Failure::refused("import.not_text", message).hint("Reports come in as CSV or other delimited text.")
        }
        FileError::NoHeader => Failure::refused("import.no_header", message)
            .hint("The first row under a title must name the columns."),
        FileError::NoProfile { .. } => Failure::refused("import.no_profile", message)
            .hint("Name one with `--profile NAME`, or say what the columns mean with `--map FILE.toml`."),
        FileError::MissingColumn { column, line, .. } => Failure::refused("import.missing_column", message)
            .hint("Export the report with this column, or say what its columns mean with `--map FILE.toml`.")
            .at(Place { line: Some(*line), column: Some(column.clone()), key: None }),
        FileError::NoCurrency => {
            Failure::refused("import.no_currency", message).hint("Say it with `--currency CODE`.")
        }
        FileError::UnknownEncoding(_) => Failure::refused("import.unknown_encoding", message)
            .hint("Try utf-8, utf-16le, utf-16be or windows-1252."),
        FileError::Sheet(error) => {
            let code = match error {
                SheetError::Protected => "import.workbook_protected",
                SheetError::TooLarge => "import.workbook_too_large",
                SheetError::NoSheet(_) => "import.no_sheet",
                SheetError::Broken(_) => "import.workbook_broken",
            };
            let failure = Failure::refused(code, message);
            match error {
                SheetError::Protected => failure.hint("Save it without a password and import that."),
                SheetError::NoSheet(names) => failure.hint(format!("There are {}.", names.join(", "))),
                _ => failure.hint("Save the sheet as CSV and import that."),
            }
        }
        FileError::Io(_) => Failure::resource("import.unreadable", message).hint("Check the name and the permissions."),
    }
}
