//! `perennial sync`.

use super::connection::from_env;
use crate::{
    context::{Context, Outcome},
    output,
};
use clap::Args;
use perennial_app::{
    Failure,
    commands::connection,
    dto::{Key, SyncDone, SyncDueInput, SyncInput, SyncedConnection},
};
use std::fmt::Write as _;

/// Fetch what is new from the networks.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Connections; all of them where none is named
    names: Vec<String>,
    /// First day to ask for
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only what is due by schedule, for the system's own clock (cron, a timer); where nothing is, nothing happens
    #[arg(long, conflicts_with_all = ["names", "since"])]
    due: bool,
    /// Environment variable that holds the key, for this run only; nothing is stored
    #[arg(long, value_name = "VAR")]
    secret_env: Option<String>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let secret = arguments.secret_env.as_deref().map(from_env).transpose()?;
    let done = if arguments.due {
        connection::sync_due(
            app,
            SyncDueInput {
                secret: secret.map(Key::from),
                job: None,
            },
        )?
    } else {
        let input = SyncInput {
            names: arguments.names,
            since: arguments.since,
            secret: secret.map(Key::from),
            job: None,
        };
        connection::sync(app, input)?
    };
    output::answer(context, &done, || people(&done))?;
    let partial = done
        .connections
        .iter()
        .any(|connection| !connection.complete);
    Ok(if partial {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

fn people(done: &SyncDone) -> String {
    if done.connections.is_empty() {
        return "Nothing is due.".to_owned();
    }
    done.connections
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(synced: &SyncedConnection) -> String {
    let rows = synced.rows;
    let mut text = format!(
        "{}: {} new, {} changed, {} same{}",
        synced.name,
        rows.new,
        rows.changed,
        rows.same,
        if synced.complete {
            "."
        } else {
            "; not everything was fetched."
        }
    );
    // Writing into a String cannot fail.
    for refused in &synced.refused {
        let column = refused.column.as_deref().unwrap_or("record");
        let _ = write!(
            text,
            "\n  refused ({column}): {} {}",
            refused.reason, refused.text
        );
    }
    for row in &synced.vanished {
        let id = output::maybe(row.native_id.as_deref());
        let _ = write!(
            text,
            "\n  vanished at the network: {id}, {}",
            output::maybe_amount(row.commission.as_ref())
        );
    }
    for word in &synced.unknown {
        let _ = write!(
            text,
            "\n  unknown {} word “{}”, {} times",
            word.field, word.word, word.count
        );
    }
    if let Some(error) = &synced.error {
        let _ = write!(text, "\n  {}", error.message);
        for hint in &error.hints {
            let _ = write!(text, "\n  {hint}");
        }
    }
    text
}
