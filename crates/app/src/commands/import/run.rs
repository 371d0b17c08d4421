//! One file, from its first byte into the book.

use super::{counts, reading};
use crate::{
    App, Failure,
    dto::{
        Amount, ImportDone, ImportInput, ImportPreview, ImportPreviewInput, MappedColumn,
        MappingField, Refused, Skipped, UnknownWord, Vanished,
    },
    jobs::Job,
};
use perennial_connectors::csv::{self, Field, FileError, Item, Report, header_key};
use perennial_domain::ids::BatchId;
use perennial_store::{
    StoreError, Write,
    table::{
        batch::{self, BatchKind, BatchSummary, BatchWriter, Coverage, NewBatch, Refusal},
        mapping::{self, MappingRow},
    },
};
use std::{cell::Cell, collections::BTreeMap, fs::File, io::Read, path::Path, rc::Rc};
use uuid::Uuid;

/// Rows between two looks at whether to stop.
const STEP: u64 = 500;
/// Lines without data that are listed; a hostile file may have millions of blank ones.
const SKIPPED: usize = 10_000;

/// Looks into a report file.
///
/// # Errors
/// Where it cannot be read, is empty or no text.
pub fn preview(app: &App, input: ImportPreviewInput) -> Result<ImportPreview, Failure> {
    let file = file_name(&input.path);
    let options = reading::options(app, &input.options)?;
    let choice = reading::choice(app, &input.options, &file)?;
    let all = reading::choice(app, &crate::dto::ImportOptions::default(), &file)?;
    let peek = csv::peek(
        open(&input.path)?,
        &options,
        &choice.mappings,
        choice.chosen,
    )
    .map_err(|error| reading::failure(&error, &file))?;
    let suggested = csv::suggest(&peek.header);
    Ok(ImportPreview {
        file,
        encoding: peek.dialect.encoding,
        delimiter: match peek.dialect.delimiter {
            '\t' => "tab".to_owned(),
            delimiter => delimiter.to_string(),
        },
        decimal: peek.dialect.decimal.mark().to_string(),
        header_line: peek.header_line,
        header: peek.header,
        rows: peek.rows,
        profile: peek.profile,
        profiles: all
            .mappings
            .into_iter()
            .map(|mapping| mapping.name)
            .collect(),
        fields: Field::ALL
            .iter()
            .map(|field| MappingField {
                name: field.word().to_owned(),
                label: field.label().to_owned(),
                required: field.required(),
            })
            .collect(),
        suggested: suggested
            .into_iter()
            .map(|(field, column)| MappedColumn {
                field: field.word().to_owned(),
                column,
            })
            .collect(),
        needs_currency: peek.needs_currency,
    })
}

/// Imports a report file, or says what would happen.
///
/// # Errors
/// Where the file is refused as a whole; nothing was written then.
pub fn run(app: &App, input: ImportInput) -> Result<ImportDone, Failure> {
    let file = file_name(&input.path);
    let options = reading::options(app, &input.options)?;
    let choice = reading::choice(app, &input.options, &file)?;
    let source = open(&input.path)?;
    let size = source.metadata().map_or(0, |data| data.len());
    let read = Rc::new(Cell::new(0));
    let source = Counted {
        source,
        read: Rc::clone(&read),
    };
    let mut report = Report::open(source, &options, &choice.mappings, choice.chosen)
        .map_err(|error| reading::failure(&error, &file))?;
    let profile = report.mapping().to_owned();
    let ids = || app.id::<Uuid>();
    let new = NewBatch {
        id: app.id::<BatchId>(),
        // Put right as soon as the connection of the profile is found or made.
        connection: app.id(),
        kind: BatchKind::Import,
        file: Some(file.clone()),
        profile: Some(profile.clone()),
        at: app.now(),
    };
    let id = new.id;
    let mut taken = Taken::default();
    let mut trouble = None;
    let done = app.jobs.run(input.job.as_deref(), |job| {
        let progress = Progress {
            job,
            read: &read,
            size,
        };
        let work = |write: &Write<'_>| {
            take(write, new, &ids, &mut report, &mut taken, &progress).map_err(|stop| match stop {
                Stop::File(error) => {
                    trouble = Some(error);
                    StoreError::Cancelled
                }
                Stop::Store(error) => error,
            })
        };
        let book = app.book()?;
        Ok::<_, Failure>(if input.dry_run {
            book.rehearse(work)?
        } else {
            book.write(work)?
        })
    });
    if let Some(error) = trouble {
        return Err(reading::failure(&error, &file));
    }
    let summary = done?;
    if let (Some(document), false) = (choice.document, input.dry_run) {
        let row = MappingRow {
            name: profile.clone(),
            toml: document,
            header_key: header_key(report.header()),
        };
        if app.read(mapping::list)?.iter().all(|known| *known != row) {
            app.edit(format!("Saved the mapping {profile}"), |write| {
                mapping::save(write, &row)
            })?;
        }
    }
    Ok(finished(
        summary,
        taken,
        (!input.dry_run).then(|| id.to_string()),
        file,
        profile,
    ))
}

/// What the rows of a file leave beside the ledger.
#[derive(Default)]
struct Taken {
    refused: Vec<Refused>,
    skipped: Vec<Skipped>,
    kinds: BTreeMap<String, u64>,
}

/// Why the work stopped.
enum Stop {
    File(FileError),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

struct Progress<'a> {
    job: &'a Job,
    read: &'a Cell<u64>,
    size: u64,
}

fn take<R: Read>(
    write: &Write<'_>,
    new: NewBatch,
    ids: &dyn Fn() -> Uuid,
    report: &mut Report<R>,
    taken: &mut Taken,
    progress: &Progress<'_>,
) -> Result<BatchSummary, Stop> {
    let profile = new.profile.clone().unwrap_or_default();
    let connection = batch::file_connection(write, &profile, ids())?;
    let mut writer = BatchWriter::begin(write, NewBatch { connection, ..new }, ids)?;
    let mut lines: u64 = 0;
    while let Some(item) = report.next_item().map_err(Stop::File)? {
        lines += 1;
        if lines.is_multiple_of(STEP) {
            progress
                .job
                .report(progress.read.get().min(progress.size), progress.size);
            if progress.job.cancelled() {
                return Err(Stop::Store(StoreError::Cancelled));
            }
        }
        match item {
            Item::Row(row) => {
                writer.add(&row.facts)?;
                if let Some(word) = row.unknown_kind {
                    *taken.kinds.entry(word).or_default() += 1;
                }
            }
            Item::Refused(row) => {
                if report.has_id() && row.native_id.is_none() {
                    writer.unidentified();
                }
                let refusal = Refusal {
                    line: Some(row.line),
                    column: row.column,
                    reason: row.reason,
                    text: row.text,
                    native_id: row.native_id,
                };
                writer.refuse(&refusal)?;
                taken.refused.push(Refused {
                    line: refusal.line,
                    column: refusal.column,
                    reason: refusal.reason,
                    text: refusal.text,
                });
            }
            Item::Skipped { line, kind, text } if taken.skipped.len() < SKIPPED => {
                taken.skipped.push(Skipped {
                    line,
                    kind: kind.to_owned(),
                    text,
                });
            }
            Item::Skipped { .. } => {}
        }
    }
    Ok(writer.finish(Coverage::File)?)
}

fn finished(
    summary: BatchSummary,
    taken: Taken,
    batch: Option<String>,
    file: String,
    profile: String,
) -> ImportDone {
    let word = |field: &str, word: String, count| UnknownWord {
        field: field.to_owned(),
        word,
        count,
    };
    let mut unknown: Vec<UnknownWord> = summary
        .unknown
        .into_iter()
        .map(|unknown| word(unknown.field, unknown.word, unknown.count))
        .collect();
    unknown.extend(
        taken
            .kinds
            .into_iter()
            .map(|(kind, count)| word("kind", kind, count)),
    );
    ImportDone {
        dry_run: batch.is_none(),
        batch,
        file,
        profile,
        rows: counts(summary.rows),
        refused: taken.refused,
        skipped: taken.skipped,
        vanished: summary
            .vanished
            .into_iter()
            .map(|row| Vanished {
                native_id: row.native_id,
                commission: row.commission.map(Amount::from),
            })
            .collect(),
        unknown,
        totals: summary.totals.into_iter().map(Amount::from).collect(),
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(
        || path.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn open(path: &str) -> Result<File, Failure> {
    File::open(path).map_err(|error| {
        Failure::resource(
            "import.unreadable",
            format!("{path} cannot be read: {error}."),
        )
        .hint("Check the name and the permissions.")
    })
}

/// Counts what was read, for the progress.
struct Counted {
    source: File,
    read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}
