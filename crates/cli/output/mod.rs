//! What is printed: one JSON document, a table for people, or CSV.

mod table;

pub use table::Table;

use crate::{args::Format, context::Context};
use perennial_app::{
    Failure,
    dto::{Amount, Page},
};
use serde::Serialize;
use std::io::Write as _;

/// Prints an answer: JSON where asked for, else what `people` says.
///
/// # Errors
/// Where standard output cannot be written.
pub fn answer<T: Serialize>(
    context: &Context,
    value: &T,
    people: impl FnOnce() -> String,
) -> Result<(), Failure> {
    if context.json {
        json(value)
    } else {
        print(&people())
    }
}

/// Prints a page of a list: JSON where asked for, else a table or CSV of the rows.
///
/// # Errors
/// Where standard output cannot be written.
pub fn page<T: Serialize>(
    context: &Context,
    format: Format,
    page: &Page<T>,
    table: impl FnOnce(&[T]) -> Table,
) -> Result<(), Failure> {
    if context.json || format == Format::Json {
        return json(page);
    }
    let table = table(&page.items);
    if format == Format::Csv {
        return print(&table.csv());
    }
    print(&table.text())?;
    if let Some(next) = &page.next {
        note(&format!("More: --after {next}"));
    }
    Ok(())
}

/// Prints a document that is a list without pages: JSON where asked for, else a table or CSV.
///
/// # Errors
/// Where standard output cannot be written.
pub fn page_of<T: Serialize>(
    context: &Context,
    format: Format,
    document: &T,
    table: impl FnOnce() -> Table,
) -> Result<(), Failure> {
    if context.json || format == Format::Json {
        return json(document);
    }
    let table = table();
    print(&if format == Format::Csv {
        table.csv()
    } else {
        table.text()
    })
}

/// Prints one JSON document.
///
/// # Errors
/// Where standard output cannot be written.
pub fn json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::resource("output.json", error.to_string()))?;
    print(&text)
}

/// Prints text on standard output. A reader that has closed the pipe has seen enough.
///
/// # Errors
/// Where standard output cannot be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') || text.is_empty() {
        ""
    } else {
        "\n"
    };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::resource(
            "output.failed",
            format!("Standard output failed: {error}."),
        )),
        _ => Ok(()),
    }
}

/// Says something to people beside the answer.
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// Prints a failure: as JSON on standard output, else on standard error.
pub fn failure(failure: &Failure, json: bool) {
    #[derive(Serialize)]
    struct Document<'a> {
        error: &'a Failure,
    }
    if json {
        // Nothing more can be said where standard output fails too.
        let _ = self::json(&Document { error: failure });
        return;
    }
    eprintln!("Error: {}", failure.message);
    for hint in &failure.hints {
        eprintln!("  {hint}");
    }
}

/// An amount for people: `39.60 USD`.
pub fn amount(amount: &Amount) -> String {
    format!("{} {}", amount.amount, amount.currency)
}

/// An amount for people, a dash where there is none.
pub fn maybe_amount(amount: Option<&Amount>) -> String {
    amount.map_or_else(|| "–".to_owned(), self::amount)
}

/// A text for people, a dash where there is none.
pub fn maybe(text: Option<&str>) -> String {
    text.unwrap_or("–").to_owned()
}
