//! `perennial connection`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::connection,
    dto::{ById, ConnectionAdd, ConnectionDto, SecretSet, SyncInput},
};
use std::io::Read as _;

/// Bytes of a key at most; no network's is nearly as long.
const LONGEST_KEY: u64 = 64 * 1024;

/// Networks that commissions are fetched from.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a connection
    Add {
        /// partnerstack
        network: String,
        /// What you call it
        #[arg(long)]
        name: String,
        /// Your account at the network, where it asks for one
        #[arg(long, default_value = "")]
        account: String,
        /// Currency of amounts that come without one
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
        /// The program that everything of it belongs to
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// In place of the network's own address, path included
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Read the key from standard input and keep it in the keychain
        #[arg(long)]
        secret_stdin: bool,
    },
    /// The connections
    List(List),
    /// Ask the network one small question
    Test {
        /// The connection
        name: String,
        /// Environment variable that holds the key, for this run only
        #[arg(long, value_name = "VAR")]
        secret_env: Option<String>,
    },
    /// Keep another key in the keychain, read from standard input; an empty one forgets it
    Key {
        /// The connection
        name: String,
    },
    /// Remove a connection and its key; what it brought stays
    Remove {
        /// The connection
        name: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::Add {
            network,
            name,
            account,
            currency,
            program,
            base_url,
            secret_stdin,
        } => {
            let secret = secret_stdin.then(from_stdin).transpose()?;
            let input = ConnectionAdd {
                network,
                name,
                account,
                program,
                currency,
                base_url,
                secret,
            };
            let made = connection::add(app, input)?;
            if secret_stdin && made.secret != "yes" {
                output::note(
                    "The key was not kept: no keychain answers. Give it at each sync with --secret-env VAR.",
                );
            }
            output::answer(context, &made, || {
                format!(
                    "Added {}. Try it with: perennial connection test {}",
                    made.name, made.name
                )
            })?;
        }
        Command::List(list) => {
            let page = connection::list(app, list.input())?;
            output::page(context, list.format, &page, table)?;
        }
        Command::Test { name, secret_env } => {
            let secret = secret_env.as_deref().map(from_env).transpose()?;
            let tested = connection::test(
                app,
                SyncInput {
                    names: vec![name],
                    since: None,
                    secret,
                    job: None,
                },
            )?;
            output::answer(context, &tested, || tested.message.clone())?;
            if !tested.ok {
                return Ok(Outcome::Findings);
            }
        }
        Command::Key { name } => {
            let kept = connection::secret_set(
                app,
                SecretSet {
                    name,
                    secret: from_stdin()?,
                },
            )?;
            output::answer(context, &kept, || match kept.secret.as_str() {
                "yes" => format!("The key of {} is kept in the keychain.", kept.name),
                _ => format!("No key is kept for {}.", kept.name),
            })?;
        }
        Command::Remove { name } => {
            let done = connection::remove(app, ById { id: name.clone() })?;
            output::answer(context, &done, || {
                format!("Removed {name}; what it brought stays in the ledger.")
            })?;
        }
    }
    Ok(Outcome::Done)
}

/// The key in an environment variable.
///
/// # Errors
/// `sync.no_secret` where there is none.
pub fn from_env(name: &str) -> Result<String, Failure> {
    std::env::var(name)
        .ok()
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| {
            Failure::resource(
                "sync.no_secret",
                format!("The environment variable {name} holds no key."),
            )
            .hint(format!(
                "Set it for this run: {name}=… perennial sync --secret-env {name}"
            ))
        })
}

fn from_stdin() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(LONGEST_KEY)
        .read_to_string(&mut text)
        .map_err(|error| {
            Failure::resource(
                "secrets.unreadable",
                format!("The key could not be read from standard input: {error}."),
            )
        })?;
    Ok(text.trim().to_owned())
}

fn table(rows: &[ConnectionDto]) -> Table {
    let mut table = Table::new(&["Name", "Network", "Program", "Key", "Last run", "Outcome"]);
    for row in rows {
        table.row([
            &row.name,
            &row.network,
            &output::maybe(row.program.as_deref()),
            &row.secret,
            &output::maybe(row.last_run_at.as_deref()),
            &output::maybe(row.last_outcome.as_deref()),
        ]);
    }
    table
}
