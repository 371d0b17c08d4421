//! One file, from its first byte into the book.

use super::{
    counts, messages, reading,
    source::{self, Source},
    stream::{self, Came},
};
use crate::{
    App, Failure,
    commands::inbox,
    dto::{Amount, ImportDone, ImportInput, Refused, Skipped, UnknownWord, Vanished},
    files,
    jobs::Job,
    privacy::Minimiser,
};
use perennial_connectors::csv::{FileError, Item, MENDED_TITLE, Report, header_key};
use perennial_domain::ids::BatchId;
use perennial_store::{
    StoreError, Write,
    table::{
        batch::{self, BatchKind, BatchSummary, BatchWriter, Choices, Coverage, NewBatch, Refusal},
        inbox::{self as box_of, Changed, Which},
        mapping::{self, MappingRow},
    },
};
use std::{
    io::Read,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

/// Rows between two looks at whether to stop.
const STEP: u64 = 500;
/// Lines without data that are listed; a hostile file may have millions of blank ones.
const SKIPPED: usize = 10_000;
/// Changed rows that are listed with what changed in each; the inbox has all of them.
const CHANGES: u32 = 1_000;

/// Imports a report file, or says what would happen.
///
/// # Errors
/// Where the file is refused as a whole; nothing was written then.
pub fn run(app: &App, input: ImportInput) -> Result<ImportDone, Failure> {
    let file = source::file_name(&input.path);
    let mut options = reading::options(app, &input.options)?;
    if let Some(text) = messages::text_of(&input)? {
        return messages::run(app, &input, &text, options.currency);
    }
    let choice = reading::choice(app, &input.options, &file)?;
    let Source {
        bytes, read, size, ..
    } = source::open(app, &input.path, &input.options, &mut options)?;
    let mut report = Report::open(bytes, &options, &choice.mappings, choice.chosen)
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
    let mut taken = Taken {
        mend: input.refused_file.as_ref().map(|_| String::new()),
        ..Taken::default()
    };
    let choices = Choices {
        skip: input.skip_duplicates,
        lines: input
            .decisions
            .iter()
            .map(|choice| (choice.line, choice.take))
            .collect(),
    };
    let mut trouble = None;
    let done = app.jobs.run(input.job.as_deref(), |job| {
        let progress = Progress {
            job,
            read: &read,
            size,
        };
        let stop = || job.cancelled();
        let work = |write: &Write<'_>| {
            let mut taking = Taking {
                new,
                ids: &ids,
                choices,
                stop: &stop,
            };
            taking
                .take(write, &mut report, &mut taken, &progress)
                .map_err(|stop| match stop {
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
    let refused_file = match (&input.refused_file, taken.mend.take()) {
        (Some(path), Some(rows)) if !rows.is_empty() => {
            let text = format!("{MENDED_TITLE}\n{}{rows}", report.header_as_line());
            files::write(Path::new(path), text)?;
            Some(path.clone())
        }
        _ => None,
    };
    let mut done = finished(
        summary,
        taken,
        (!input.dry_run).then(|| id.to_string()),
        file,
        profile,
    );
    done.refused_file = refused_file;
    Ok(done)
}

/// What the rows of a file leave beside the ledger.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) refused: Vec<Refused>,
    pub(super) skipped: Vec<Skipped>,
    changes: Vec<Changed>,
    /// The refused rows as they came, where they are to be saved.
    mend: Option<String>,
}

/// Why the work stopped.
enum Stop {
    File(FileError),
    Store(StoreError),
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

struct Progress<'a> {
    job: &'a Job,
    read: &'a AtomicU64,
    size: u64,
}

/// A batch about to be taken in.
struct Taking<'a> {
    new: NewBatch,
    ids: &'a dyn Fn() -> Uuid,
    choices: Choices,
    stop: &'a dyn Fn() -> bool,
}

impl Taking<'_> {
    fn take<R: Read + Send>(
        &mut self,
        write: &Write<'_>,
        report: &mut Report<R>,
        taken: &mut Taken,
        progress: &Progress<'_>,
    ) -> Result<BatchSummary, Stop> {
        let profile = self.new.profile.clone().unwrap_or_default();
        let connection = batch::file_connection(write, &profile, (self.ids)())?;
        let new = NewBatch {
            connection,
            ..self.new.clone()
        };
        let minimiser = Minimiser::of(write, (self.ids)())?;
        let mut writer = BatchWriter::begin(write, new, self.ids)?;
        writer.choose(std::mem::take(&mut self.choices));
        writer.stop_when(self.stop);
        let mut lines: u64 = 0;
        let (has_id, saving) = (report.has_id(), taken.mend.is_some());
        stream::each(report, saving, |came| {
            lines += 1;
            if lines.is_multiple_of(STEP) {
                let read = progress.read.load(Ordering::Relaxed);
                progress.job.report(read.min(progress.size), progress.size);
                if (self.stop)() {
                    return Err(Stop::Store(StoreError::Cancelled));
                }
            }
            one(&mut writer, came, has_id, &minimiser, taken)
        })?;
        // Rows that were mended and come alone say nothing of those around them.
        let coverage = if report.is_mended() {
            Coverage::Partial
        } else {
            Coverage::File
        };
        let summary = writer.finish(coverage)?;
        if summary.rows.changed > 0 {
            taken.changes = box_of::changed(&write.read(), self.new.id, Which::All, CHANGES)?;
        }
        Ok(summary)
    }
}

/// Takes one item in.
fn one(
    writer: &mut BatchWriter<'_>,
    came: Came,
    has_id: bool,
    minimiser: &Minimiser,
    taken: &mut Taken,
) -> Result<(), Stop> {
    match came.item {
        Item::Row(mut row) => {
            minimiser.minimise(&mut row.facts);
            writer.add_from(&row.facts, Some(row.line))?;
            if let Some(word) = row.unknown_kind {
                writer.unknown_kind(&word);
            }
        }
        Item::Refused(row) => {
            if has_id && row.native_id.is_none() {
                writer.unidentified();
            }
            if let (Some(mend), Some(line)) = (&mut taken.mend, came.line) {
                mend.push_str(&line);
            }
            let refusal = Refusal {
                line: Some(row.line),
                column: row.column,
                reason: minimiser.text(row.reason),
                text: minimiser.text(row.text),
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
    Ok(())
}

pub(super) fn finished(
    summary: BatchSummary,
    taken: Taken,
    batch: Option<String>,
    file: String,
    profile: String,
) -> ImportDone {
    let vanished = summary.vanished;
    ImportDone {
        dry_run: batch.is_none(),
        batch,
        file,
        profile,
        rows: counts(summary.rows),
        refused: taken.refused,
        skipped: taken.skipped,
        vanished_totals: inbox::sums(vanished.iter().filter_map(|row| row.commission)),
        vanished: vanished
            .into_iter()
            .map(|row| Vanished {
                native_id: row.native_id,
                commission: row.commission.map(Amount::from),
            })
            .collect(),
        unknown: summary
            .unknown
            .into_iter()
            .map(|unknown| UnknownWord {
                field: unknown.field.to_owned(),
                word: unknown.word,
                count: unknown.count,
            })
            .collect(),
        totals: summary.totals.into_iter().map(Amount::from).collect(),
        changes: taken.changes.into_iter().map(inbox::changed).collect(),
        reversed: summary.reversed,
        duplicates: summary
            .duplicates
            .into_iter()
            .map(inbox::duplicate)
            .collect(),
        refused_file: None,
    }
}
