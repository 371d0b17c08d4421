//! The rows of a report, read and understood on a thread of their own while those before them are written.

use perennial_connectors::csv::{FileError, Item, Report};
use std::{
    io::Read,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// Rows that cross at once.
const CHUNK: usize = 256;
/// Chunks that may wait: what is read ahead stays small.
const AHEAD: usize = 8;

/// An item, and the row as it came where it was refused and is to be saved.
pub(super) struct Came {
    pub item: Item,
    pub line: Option<String>,
}

/// What reading ends with: nothing, or why it broke off.
type Chunk = Result<Vec<Came>, FileError>;

/// Reads a report while `take` is given its items in their order. Where `take` breaks off, reading stops.
pub(super) fn each<R: Read + Send, E: From<FileError>>(
    report: &mut Report<R>,
    lines: bool,
    mut take: impl FnMut(Came) -> Result<(), E>,
) -> Result<(), E> {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (out, chunks): (SyncSender<Chunk>, Receiver<Chunk>) = sync_channel(AHEAD);
        let stopped = &stop;
        scope.spawn(move || read(report, lines, &out, stopped));
        let mut work = || {
            for chunk in &chunks {
                for came in chunk? {
                    take(came)?;
                }
            }
            Ok(())
        };
        let done = work();
        // A reader that waits for room, or that is about to read more, goes no further.
        stop.store(true, Ordering::Relaxed);
        drop(chunks);
        done
    })
}

fn read<R: Read>(report: &mut Report<R>, lines: bool, out: &SyncSender<Chunk>, stop: &AtomicBool) {
    let mut chunk = Vec::with_capacity(CHUNK);
    while !stop.load(Ordering::Relaxed) {
        let item = match report.next_item() {
            Ok(Some(item)) => item,
            Ok(None) => {
                // Nobody listens any more where this fails.
                let _ = out.send(Ok(chunk));
                return;
            }
            Err(error) => {
                if out.send(Ok(chunk)).is_ok() {
                    let _ = out.send(Err(error));
                }
                return;
            }
        };
        let line = (lines && matches!(item, Item::Refused(_))).then(|| report.line());
        chunk.push(Came { item, line });
        if chunk.len() >= CHUNK {
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            if out.send(Ok(full)).is_err() {
                return;
            }
        }
    }
}
