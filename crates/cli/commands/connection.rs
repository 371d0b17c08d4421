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
    dto::{
        ById, ConnectionAdd, ConnectionDto, Empty, Key, LeadsSet, NetworkDto, ScheduleSet,
        SecretSet, SyncInput, SyncRunDto,
    },
};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

/// Bytes of a key at most; no network's is nearly as long.
const LONGEST_KEY: u64 = 64 * 1024;

/// Networks that commissions are fetched from.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a connection
    Add {
        /// partnerstack, impact, firstpromoter, cj, awin, digistore24 or kartra
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
        /// File of leads to ask for, one a line (kartra)
        #[arg(long, value_name = "FILE")]
        leads: Option<PathBuf>,
    },
    /// The networks, and what a connection to each needs
    Networks(List),
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
    /// Ask a connection by itself every so many hours; see `perennial sync --due`
    Schedule {
        /// The connection
        name: String,
        /// Hours, 1 to 720
        #[arg(long, value_name = "HOURS", required_unless_present = "off")]
        every: Option<u32>,
        /// Ask only when told to
        #[arg(long, conflicts_with = "every")]
        off: bool,
    },
    /// Replace the leads to ask for (kartra)
    Leads {
        /// The connection
        name: String,
        /// File with one lead a line: an e-mail address or Kartra's number
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// What came of the latest syncs, to be read or sent; there is no key in it
    Log {
        /// The connection
        name: String,
        #[command(flatten)]
        list: List,
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
            leads,
        } => {
            let secret = secret_stdin.then(from_stdin).transpose()?;
            let leads = leads.as_deref().map(lines).transpose()?.unwrap_or_default();
            let input = ConnectionAdd {
                network,
                name,
                account,
                program,
                currency,
                base_url,
                secret: secret.map(Key::from),
                leads,
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
                    secret: secret.map(Key::from),
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
                    secret: from_stdin()?.into(),
                },
            )?;
            output::answer(context, &kept, || match kept.secret.as_str() {
                "yes" => format!("The key of {} is kept in the keychain.", kept.name),
                _ => format!("No key is kept for {}.", kept.name),
            })?;
        }
        Command::Networks(list) => {
            let page = connection::network_list(app, Empty {})?;
            output::page(context, list.format, &page, networks)?;
        }
        Command::Schedule { name, every, off } => {
            let every_hours = every.filter(|_| !off);
            let set = connection::schedule(app, ScheduleSet { name, every_hours })?;
            output::answer(context, &set, || match set.every_hours {
                Some(hours) => format!(
                    "{} is asked every {hours} hours, while the window is open or where the system calls `perennial sync --due`.",
                    set.name
                ),
                None => format!("{} is asked only when told to.", set.name),
            })?;
        }
        Command::Leads { name, from } => {
            let leads = lines(&from)?;
            let set = connection::leads_set(app, LeadsSet { name, leads })?;
            output::answer(context, &set, || {
                format!("{} asks for {} leads.", set.name, set.leads.len())
            })?;
        }
        Command::Log { name, list } => {
            let mut input = list.input();
            input.search = name;
            let page = connection::log(app, input)?;
            if matches!(list.format, crate::args::Format::Table) && !context.json {
                println!("{}", log(&page.items));
            } else {
                output::page(context, list.format, &page, log_table)?;
            }
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

/// The lines of a file that say something.
fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let message = format!("{} cannot be read: {error}.", path.display());
        Failure::resource("file.unreadable", message).hint("Check the name and the permissions.")
    })?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn networks(rows: &[NetworkDto]) -> Table {
    let mut table = Table::new(&["Name", "Network", "--account", "Key", "--currency"]);
    for row in rows {
        let account = row.account.as_ref().map(|field| field.label.as_str());
        let currency = if row.needs_currency { "needed" } else { "–" };
        table.row([
            &row.name,
            &row.title,
            &output::maybe(account),
            &row.key.label,
            currency,
        ]);
    }
    table
}

fn log(runs: &[SyncRunDto]) -> String {
    if runs.is_empty() {
        return "No sync yet.".to_owned();
    }
    let one = |run: &SyncRunDto| {
        let by = if run.by == "schedule" {
            ", by schedule"
        } else {
            ""
        };
        let mut text = format!("{} to {}, {}{by}", run.begun_at, run.ended_at, run.outcome);
        for line in &run.lines {
            text = text + "\n  " + &line.at + "  " + &line.text;
        }
        text
    };
    runs.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn log_table(runs: &[SyncRunDto]) -> Table {
    let mut table = Table::new(&["Begun", "Outcome", "By", "Requests", "Retries", "Summary"]);
    for run in runs {
        table.row([
            &run.begun_at,
            &run.outcome,
            &run.by,
            &run.requests.to_string(),
            &run.retries.to_string(),
            &run.summary,
        ]);
    }
    table
}

fn table(rows: &[ConnectionDto]) -> Table {
    let mut table = Table::new(&[
        "Name", "Network", "Program", "Key", "Health", "Next run", "Last run", "Outcome",
    ]);
    for row in rows {
        table.row([
            &row.name,
            &row.network,
            &output::maybe(row.program.as_deref()),
            &row.secret,
            &row.health,
            &output::maybe(row.next_run_at.as_deref()),
            &output::maybe(row.last_run_at.as_deref()),
            &output::maybe(row.last_outcome.as_deref()),
        ]);
    }
    table
}
