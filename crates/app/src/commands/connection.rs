//! Connections to networks. The key of a connection is kept in the keychain alone, under `connection/` and its id; where
//! there is no keychain everything else still works and the key is asked for at each sync.

mod journal;
mod land;
mod log;
mod schedule;
mod sync;
mod trouble;

pub use log::log;
pub use schedule::{due, schedule, sync_due};
pub use sync::sync;

use crate::{
    App, Failure,
    dto::{
        ById, ConnectionAdd, ConnectionDto, ConnectionTested, Empty, FieldHelp, Key, LeadsSet,
        ListInput, NetworkDto, Page, SecretSet, SyncInput,
    },
};
use chrono::{DateTime, Utc};
use perennial_connectors::{
    Account, Ask, Connector, address, by_name,
    http::{Base, Credential, Http, Line},
    networks,
};
use perennial_domain::{Currency, ids::ProgramId};
use perennial_secrets::{Secret, SecretError};
use perennial_store::table::{
    connection::{self, ConnectionRow},
    program,
    sync_run::RunOutcome,
};

/// Leads of a connection at most; each costs questions at every sync.
const MOST_LEADS: usize = 10_000;

/// The networks that a connection can be made to.
///
/// # Errors
/// None.
pub fn network_list(_: &App, _: Empty) -> Result<Page<NetworkDto>, Failure> {
    let field = |ask: Ask| FieldHelp {
        label: ask.label.to_owned(),
        help: ask.help.to_owned(),
        required: ask.required,
    };
    let items: Vec<NetworkDto> = networks()
        .map(|network| {
            let form = network.form();
            NetworkDto {
                name: network.network().to_owned(),
                title: network.title().to_owned(),
                about: form.about.to_owned(),
                address: network.address().to_owned(),
                account: form.account.map(field),
                key: field(form.key),
                needs_currency: network.needs_currency(),
                leads: form.leads,
            }
        })
        .collect();
    Ok(Page {
        total: Some(items.len() as u64),
        items,
        next: None,
    })
}

/// The connections.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<ConnectionDto>, Failure> {
    let search = input.search.to_lowercase();
    let rows = app.read(connection::list)?;
    let shown = rows.into_iter().filter(|row| {
        (input.archived || !row.archived)
            && (row.name.to_lowercase().contains(&search) || row.network.contains(&search))
    });
    let shown = shown
        .map(|row| dto(app, row))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(super::whole(shown, &input))
}

/// Adds a connection. One that was removed is taken up again where name, network and account are the same, so that its
/// rows are known and come no second time.
///
/// # Errors
/// Where the network is not known, the name is empty or in use, the address may not be used, or a currency is needed or
/// not known. Trouble with the keychain is no error: the answer's `secret` says that the key is not kept.
pub fn add(app: &App, input: ConnectionAdd) -> Result<ConnectionDto, Failure> {
    let network = connector(input.network.trim().to_lowercase().as_str())?;
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::refused(
            "connection.no_name",
            "A connection needs a name.",
        ));
    }
    let currency = given(input.currency.as_deref())
        .map(|code| {
            Currency::parse(code).map_err(|error| {
                Failure::refused("connection.bad_currency", format!("{error}."))
                    .hint("Give a code such as USD.")
            })
        })
        .transpose()?;
    if network.needs_currency() && currency.is_none() {
        let message = format!(
            "{} names no currency, so the connection must.",
            network.title()
        );
        return Err(
            Failure::refused("connection.no_currency", message).hint("Add --currency CODE.")
        );
    }
    let base_url = given(input.base_url.as_deref()).map(str::to_owned);
    let account = input.account.trim().to_owned();
    // An address of one's own may hold the account.
    if let Some(ask) = network.form().account.filter(|ask| ask.required)
        && account.is_empty()
        && base_url.is_none()
    {
        let message = format!("{} asks for the {}.", network.title(), ask.label);
        return Err(Failure::refused("connection.no_account", message)
            .hint(format!("Add --account ID. {}", ask.help)));
    }
    let leads = leads(&input.leads)?;
    if let Some(own) = &base_url {
        Base::parse(&address(own, &account))
            .map_err(|error| trouble::failure(network.title(), &error.into()))?;
    }
    let mut row = ConnectionRow {
        id: app.id(),
        account,
        program: program_of(app, input.program.as_deref(), network.network())?,
        program_slug: None,
        network: network.network().to_owned(),
        name: name.clone(),
        currency,
        base_url,
        cursor: None,
        last_run_at: None,
        last_outcome: None,
        archived: false,
        every_hours: None,
    };
    let before = app.read(|read| connection::find(read, &name))?;
    let again = before
        .filter(|old| old.archived && old.network == row.network && old.account == row.account);
    if let Some(old) = &again {
        row.id = old.id;
    }
    app.edit(format!("Added the connection {name}"), |write| {
        match again {
            Some(_) => connection::update(write, &row)?,
            None => connection::insert(write, &row)?,
        }
        if leads.is_empty() {
            Ok(())
        } else {
            connection::set_leads(write, row.id, &leads)
        }
    })
    .map_err(|failure| match failure.code.as_str() {
        "connection.taken" => failure
            .hint("Choose another name. A removed connection keeps its name for its account."),
        _ => failure,
    })?;
    if let Some(secret) = input
        .secret
        .map(Secret::from)
        .filter(|secret| !secret.is_blank())
    {
        // The connection stands without it; the answer says whether the key is kept.
        let _ = app.secrets.set(&key_name(&row), &secret);
    }
    dto(app, find(app, &name)?)
}

/// Removes a connection and its key. What it brought stays in the ledger.
///
/// # Errors
/// Where there is no such connection.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let mut row = find(app, &input.id)?;
    row.archived = true;
    app.edit(format!("Removed the connection {}", row.name), |write| {
        connection::update(write, &row)
    })?;
    app.tries.forget(row.id);
    // Where the keychain does not answer there is no key to forget, or none that could be reached.
    let _ = app.secrets.delete(&key_name(&row));
    Ok(Empty {})
}

/// Asks the network one small question, to see that address and key are right.
///
/// # Errors
/// Where there is no such connection, or no key. That the network did not accept it is an answer.
pub fn test(app: &App, input: SyncInput) -> Result<ConnectionTested, Failure> {
    let name = input.names.first().map(String::as_str).unwrap_or_default();
    let row = find(app, name)?;
    let network = connector(&row.network)?;
    let http = open(app, &row, network, input.secret.as_ref().map(Key::expose))?;
    let request = network.probe(&account(app, &row)?, app.now());
    let answer = app.jobs.run(input.job.as_deref(), |job| {
        let stop = || job.cancelled();
        Line::new(&*http, app.gateway.pace(), &app.gateway.limits, &stop)
            .paced(turnstile(app, &row, network))
            .ask(&request)
    });
    let objection = answer
        .as_ref()
        .ok()
        .and_then(|text| network.objection(text));
    Ok(match answer {
        Ok(_) if objection.is_some() => ConnectionTested {
            ok: false,
            message: objection
                .map(|objection| trouble::objected(network.title(), &objection).message)
                .unwrap_or_default(),
        },
        Ok(_) => ConnectionTested {
            ok: true,
            message: format!("{} answered: the key works.", network.title()),
        },
        Err(error) => ConnectionTested {
            ok: false,
            message: trouble::failure(network.title(), &error.into()).message,
        },
    })
}

/// Keeps a key in the keychain; an empty one forgets the key that is kept.
///
/// # Errors
/// Where there is no such connection or the keychain fails.
pub fn secret_set(app: &App, input: SecretSet) -> Result<ConnectionDto, Failure> {
    let row = find(app, &input.name)?;
    let secret = Secret::from(input.secret);
    let kept = if secret.is_blank() {
        app.secrets.delete(&key_name(&row)).map(|_| ())
    } else {
        app.secrets.set(&key_name(&row), &secret)
    };
    kept.map_err(|error| {
        Failure::resource("secrets.failed", format!("The key was not kept: {error}."))
            .hint("Syncs work without a keychain: give the key each time, with --secret-env VAR.")
    })?;
    dto(app, row)
}

/// The connection of a name.
fn find(app: &App, name: &str) -> Result<ConnectionRow, Failure> {
    app.read(|read| connection::get(read, name))
        .map_err(|failure| match failure.code.as_str() {
            "connection.unknown" => failure.hint("See `perennial connection list`."),
            _ => failure,
        })
}

fn connector(network: &str) -> Result<&'static dyn Connector, Failure> {
    by_name(network).ok_or_else(|| {
        let known: Vec<&str> = networks().map(Connector::network).collect();
        Failure::refused(
            "connection.unknown_network",
            format!("There is no connection to “{network}” yet."),
        )
        .hint(format!("The networks are: {}.", known.join(", ")))
        .hint("Reports of any other can be imported as a file.")
    })
}

/// The program that everything of the connection belongs to: the one named, or else the only built-in one there.
fn program_of(app: &App, named: Option<&str>, network: &str) -> Result<Option<ProgramId>, Failure> {
    if let Some(slug) = given(named) {
        return Ok(Some(super::program::find(app, slug)?.id));
    }
    let programs = app.read(program::list)?;
    let mut there = programs
        .iter()
        .filter(|row| row.builtin && row.network.as_deref() == Some(network));
    Ok(match (there.next(), there.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    })
}

/// A client for a connection, with the key of this run or the one in the keychain.
fn open(
    app: &App,
    row: &ConnectionRow,
    network: &dyn Connector,
    secret: Option<&str>,
) -> Result<Box<dyn Http>, Failure> {
    let key = match given(secret) {
        Some(text) => Credential::new(text),
        None => match app.secrets.get(&key_name(row)) {
            Ok(Some(secret)) if !secret.is_blank() => Credential::new(secret.expose()),
            Ok(_) => return Err(no_secret(row, None)),
            Err(error) => return Err(no_secret(row, Some(&error))),
        },
    };
    let template = row.base_url.as_deref().unwrap_or_else(|| network.address());
    Base::parse(&address(template, &row.account))
        .and_then(|base| app.gateway.open(base, key))
        .map_err(|error| trouble::failure(network.title(), &error.into()))
}

fn no_secret(row: &ConnectionRow, error: Option<&SecretError>) -> Failure {
    let why = error.map(|error| format!(": {error}")).unwrap_or_default();
    Failure::resource("sync.no_secret", format!("There is no key for “{}”{why}.", row.name))
        .hint("Give it for this run alone: put it into an environment variable and name that with --secret-env VAR.")
        .hint(format!("Or keep it in the keychain: perennial connection key {}.", row.name))
}

fn account(app: &App, row: &ConnectionRow) -> Result<Account, Failure> {
    Ok(Account {
        id: row.account.clone(),
        currency: row.currency,
        leads: app.read(|read| connection::leads(read, row.id))?,
    })
}

/// What keeps the questions of an account below what its network allows.
fn turnstile(
    app: &App,
    row: &ConnectionRow,
    network: &dyn Connector,
) -> Option<std::sync::Arc<perennial_connectors::http::Turnstile>> {
    let whose = format!("{}/{}", row.network, row.account);
    Some(app.gateway.turnstile(&whose, network.rate()?))
}

/// Replaces the leads that a connection asks for.
///
/// # Errors
/// Where there is no such connection, its network takes no leads, or there are too many.
pub fn leads_set(app: &App, input: LeadsSet) -> Result<ConnectionDto, Failure> {
    let row = find(app, &input.name)?;
    if !connector(&row.network)?.form().leads {
        let message = format!(
            "“{}” asks for everything of the account; it takes no leads.",
            row.name
        );
        return Err(Failure::refused("connection.no_leads", message));
    }
    let leads = leads(&input.leads)?;
    app.edit(format!("Set the leads of {}", row.name), |write| {
        connection::set_leads(write, row.id, &leads)
    })?;
    dto(app, find(app, &input.name)?)
}

/// Leads, each once, in their order.
fn leads(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut seen = std::collections::HashSet::new();
    let leads: Vec<String> = given
        .iter()
        .map(|lead| lead.trim())
        .filter(|lead| !lead.is_empty() && seen.insert(lead.to_lowercase()))
        .map(str::to_owned)
        .collect();
    if leads.len() > MOST_LEADS {
        return Err(Failure::refused(
            "connection.too_many_leads",
            format!("A connection asks for {MOST_LEADS} leads at most."),
        ));
    }
    Ok(leads)
}

fn key_name(row: &ConnectionRow) -> String {
    format!("connection/{}", row.id)
}

fn dto(app: &App, row: ConnectionRow) -> Result<ConnectionDto, Failure> {
    let secret = match app.secrets.get(&key_name(&row)) {
        Ok(Some(_)) => "yes",
        Ok(None) => "no",
        Err(_) => "no keychain",
    };
    let (rows, leads) = app.read(|read| {
        Ok((
            connection::known(read, row.id)?.0,
            connection::leads(read, row.id)?,
        ))
    })?;
    let last = log::last(app, &row)?;
    let failed = last
        .as_ref()
        .filter(|run| run.outcome == RunOutcome::Failed);
    let title = by_name(&row.network).map(Connector::title);
    Ok(ConnectionDto {
        id: row.id.to_string(),
        title: title.map_or_else(|| row.network.clone(), str::to_owned),
        health: log::health(&row, last.as_ref()).to_owned(),
        error: last.as_ref().and_then(log::error),
        every_hours: row.every_hours,
        next_run_at: schedule::next_run(app, &row, app.now()).map(instant),
        rows,
        leads,
        name: row.name,
        network: row.network,
        account: row.account,
        program: row.program_slug,
        currency: row.currency.map(|currency| currency.code().to_owned()),
        base_url: row.base_url,
        secret: secret.to_owned(),
        last_run_at: failed
            .map(|run| run.begun_at)
            .or(row.last_run_at)
            .map(instant),
        last_outcome: failed.map(|run| run.summary.clone()).or(row.last_outcome),
    })
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A text that says something.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
