//! The one shape in which every failure reaches a person: a stable code, a sentence, ways out.

use perennial_store::StoreError;
use serde::Serialize;
use ts_rs::TS;

/// What sort of failure it is; decides the exit status of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The request itself is wrong (exit 2).
    Usage,
    /// The input was refused; nothing was written (exit 3).
    Refused,
    /// A file, disk, network, keychain or sign-in failed; nothing half-written is left (exit 4).
    Resource,
}

/// Where in a file or a text the trouble is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Place {
    /// Physical line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "number", optional)]
    pub line: Option<u64>,
    /// Column's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<String>,
    /// Path of a key in a document: `retention.gold_a.alpha`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub key: Option<String>,
}

/// A failure as people and programs see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Failure {
    /// Stable, dotted: `import.malformed_row`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
    /// Where it is.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    #[ts(rename = "where", optional)]
    pub place: Option<Box<Place>>,
    #[serde(skip)]
    #[ts(skip)]
    kind: Code,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: Code, code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            hints: Vec::new(),
            place: None,
            kind,
        }
    }

    /// The input was refused.
    pub fn refused(code: &str, message: impl Into<String>) -> Self {
        Self::new(Code::Refused, code, message)
    }

    /// A resource failed.
    pub fn resource(code: &str, message: impl Into<String>) -> Self {
        Self::new(Code::Resource, code, message)
    }

    /// The same with one more way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// What sort it is.
    pub fn kind(&self) -> Code {
        self.kind
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let message = capitalised(&format!("{error}."));
        let refused = |code| Self::refused(code, &message);
        let resource = |code| Self::resource(code, &message);
        match &error {
            StoreError::NotFound(_) => {
                resource("book.not_found").hint("Make one with `perennial book new FILE`.")
            }
            StoreError::Exists(_) => refused("book.exists").hint("Choose another name."),
            StoreError::Locked(_) => resource("book.locked")
                .hint("Close the other window or wait for the other command."),
            StoreError::Folder(_) => resource("book.folder").hint("Choose the book's file in it."),
            StoreError::ReadOnly(_) => resource("book.read_only").hint(
                "Allow writing there, or copy the book to a place of your own and open it there.",
            ),
            StoreError::OldSqlite(_) => resource("book.old_sqlite").hint("Install Perennial anew."),
            StoreError::NotABook(_) => resource("book.not_a_book").hint("Choose another file."),
            StoreError::Newer { .. } => {
                resource("book.newer").hint("Open it with the newest version of Perennial.")
            }
            StoreError::Damaged(_) => resource("book.damaged")
                .hint("The file was left as it is.")
                .hint("Restore a backup with `perennial book restore BACKUP --to FILE`."),
            StoreError::NoSuch { noun, .. } => {
                refused(&format!("{}.unknown", noun.replace(' ', "_")))
            }
            StoreError::Taken { noun, .. } => refused(&format!("{}.taken", noun.replace(' ', "_"))),
            StoreError::Stale(_) => {
                refused("edit.stale").hint("Look at it again, then repeat the edit.")
            }
            StoreError::NothingTo(_) => refused("history.nothing"),
            StoreError::Entangled(_) => refused("history.entangled"),
            StoreError::BuiltOn {
                batches,
                rows,
                count,
            } => {
                let more = if *count > rows.len() as u64 {
                    format!(" and {} more", count - rows.len() as u64)
                } else {
                    String::new()
                };
                refused("batch.built_on")
                    .hint(format!(
                        "Undo these first, newest first: {}.",
                        batches.join(", ")
                    ))
                    .hint(format!("They changed {}{more}.", rows.join(", ")))
            }
            StoreError::TiedToPayments => refused("batch.tied_to_payments")
                .hint("Undo the recorded payments first, with `perennial book undo`."),
            StoreError::PeriodLocked {
                program, currency, ..
            } => refused("period.locked")
                .hint("Nothing was changed: the figures of a locked period stay as they are.")
                .hint(format!(
                    "Unlock it with `perennial ledger unlock {program} --currency {currency}`, or in the window under Earnings, Payouts."
                )),
            StoreError::Matched => refused("deposit.matched")
                .hint("Take the deposits away from their payouts first."),
            StoreError::Unreadable(_) => {
                resource("book.unreadable").hint("Run `perennial book check`.")
            }
            StoreError::Cancelled => refused("job.cancelled").hint("Nothing was changed."),
            StoreError::Io { .. } => {
                resource("book.io").hint("Check the disk and the file's permissions.")
            }
            StoreError::Sql(_) => {
                resource("book.sql").hint("Nothing was changed. Run `perennial book check`.")
            }
        }
    }
}

/// A sentence begins with a capital letter.
fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
