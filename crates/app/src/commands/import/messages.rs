//! A file of Kartra's outbound messages: forms or JSON documents in place of rows and columns.

use super::{
    run::{Taken, finished},
    source,
};
use crate::{
    App, Failure,
    dto::{ImportDone, ImportInput, Refused, Skipped},
    files,
    privacy::Minimiser,
};
use perennial_connectors::kartra::{self, Message, Read as Came};
use perennial_domain::{Currency, ids::BatchId};
use perennial_store::{
    StoreError, Write,
    table::{
        batch::{self, BatchKind, BatchSummary, BatchWriter, Coverage, NewBatch, Refusal},
        connection,
    },
};
use std::{fs::File, io::Read as _, path::Path};
use uuid::Uuid;

/// The name that stands where a profile's would.
const PROFILE: &str = "kartra-messages";
/// Bytes that tell what a file is.
const HEAD: u64 = 4_096;

/// The text of a file of messages; none where it is anything else, or a profile was chosen for it.
pub(super) fn text_of(input: &ImportInput) -> Result<Option<String>, Failure> {
    let chosen = input
        .options
        .profile
        .as_deref()
        .filter(|name| *name != PROFILE);
    if chosen.is_some() || input.options.map.is_some() {
        return Ok(None);
    }
    let mut head = Vec::new();
    let read = File::open(&input.path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    // What cannot be read is told where reports are read.
    if read.is_err() || !kartra::looks_like_messages(&String::from_utf8_lossy(&head)) {
        return Ok(None);
    }
    files::read_text(Path::new(&input.path)).map(Some)
}

/// Imports messages, or says what would happen.
///
/// # Errors
/// Where the file holds none, or no currency is known; nothing was written then.
pub(super) fn run(
    app: &App,
    input: &ImportInput,
    text: &str,
    currency: Option<Currency>,
) -> Result<ImportDone, Failure> {
    let file = source::file_name(&input.path);
    // Where a connection says who the affiliate is, others' messages are left out.
    let mine = app.read(connection::list)?;
    let me = mine
        .iter()
        .find(|row| row.network == "kartra" && !row.archived && !row.account.is_empty());
    let messages = kartra::messages(text, me.map(|row| row.account.as_str()), currency)
        .map_err(|error| Failure::refused("import.no_header", format!("{file}: {error}.")))?;
    let nameless = |message: &Message| matches!(&message.read, Came::Refused(record) if record.field == "currency");
    if currency.is_none() && messages.iter().any(nameless) {
        let message = format!("{file}: the messages name no currency.");
        return Err(
            Failure::refused("import.no_currency", message).hint("Say it with `--currency CODE`.")
        );
    }
    let ids = || app.id::<Uuid>();
    let id: BatchId = app.id();
    let mut taken = Taken::default();
    let work = |write: &Write<'_>| {
        let new = NewBatch {
            id,
            connection: batch::file_connection(write, PROFILE, ids())?,
            kind: BatchKind::Import,
            file: Some(file.clone()),
            profile: Some(PROFILE.to_owned()),
            at: app.now(),
        };
        land(write, new, &ids, &messages, &mut taken)
    };
    let book = app.book()?;
    let summary = if input.dry_run {
        book.rehearse(work)?
    } else {
        book.write(work)?
    };
    let batch = (!input.dry_run).then(|| id.to_string());
    Ok(finished(
        summary,
        taken,
        batch,
        file.clone(),
        PROFILE.to_owned(),
    ))
}

/// A message says nothing of those that are not in the file, so nothing vanishes.
fn land(
    write: &Write<'_>,
    new: NewBatch,
    ids: &dyn Fn() -> Uuid,
    messages: &[Message],
    taken: &mut Taken,
) -> Result<BatchSummary, StoreError> {
    let minimiser = Minimiser::of(write, ids())?;
    let mut writer = BatchWriter::begin(write, new, ids)?;
    for message in messages {
        match &message.read {
            Came::Conversion(facts) => {
                let mut facts = facts.clone();
                minimiser.minimise(&mut facts);
                writer.add_from(&facts, Some(message.line))?;
            }
            Came::Refused(record) => {
                writer.refuse(&Refusal {
                    line: Some(message.line),
                    column: Some(record.field.clone()),
                    reason: minimiser.text(record.reason.clone()),
                    text: minimiser.text(record.text.clone()),
                    native_id: record.native_id.clone(),
                })?;
                taken.refused.push(Refused {
                    line: Some(message.line),
                    column: Some(record.field.clone()),
                    reason: record.reason.clone(),
                    text: record.text.clone(),
                });
            }
            Came::Skipped(why) => taken.skipped.push(Skipped {
                line: message.line,
                kind: "message".to_owned(),
                text: (*why).to_owned(),
            }),
        }
    }
    writer.finish(Coverage::Partial)
}
