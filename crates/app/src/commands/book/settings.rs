//! Settings of the book, and the answers of the first run.

use crate::{
    App, Failure,
    commands::{channel as channels, program as programs},
    dto::{BookInfo, Empty, SetUp, Settings},
    privacy,
};
use chrono_tz::Tz;
use perennial_domain::{Currency, channel::Channel};
use perennial_store::table::{audit, channel, program, setting};

const APPEARANCES: &[&str] = &["system", "light", "dark"];
/// Days after which nobody waits for a payment any more.
const MOST_PATIENCE: u32 = 365;
const MARKETS: &[&str] = &["us", "uk", "eu"];

/// The book's settings.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn settings_get(app: &App, _: Empty) -> Result<Settings, Failure> {
    let time_zone = app.zone()?.name().to_owned();
    app.read(|read| {
        let get = |name, standard: &str| {
            setting::get(read, name).map(|value| value.unwrap_or_else(|| standard.to_owned()))
        };
        let markets = get("markets", "us")?;
        Ok(Settings {
            time_zone,
            appearance: get("appearance", "system")?,
            markets: markets
                .split(',')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            currency: get("currency", "USD")?,
            customers: get(privacy::CUSTOMERS, privacy::ALIAS)?,
            late_after: Some(audit::late_after(read)?),
        })
    })
}

/// Changes the book's settings.
///
/// # Errors
/// Where one of them has a value that it cannot have; then none is changed.
pub fn settings_set(app: &App, input: Settings) -> Result<Settings, Failure> {
    let zone = zone(&input.time_zone)?;
    let currency: Currency = input.currency.trim().parse().map_err(|_| {
        refused(
            "currency",
            format!("“{}” is not a currency.", input.currency),
        )
        .hint("Give its three letters, such as USD.")
    })?;
    if !APPEARANCES.contains(&input.appearance.as_str()) {
        return Err(refused(
            "appearance",
            format!("“{}” is not an appearance.", input.appearance),
        )
        .hint("Choose system, light or dark."));
    }
    if let Some(word) = input
        .markets
        .iter()
        .find(|word| !MARKETS.contains(&word.as_str()))
    {
        return Err(refused("markets", format!("“{word}” is not a market."))
            .hint("Choose among us, uk and eu."));
    }
    let customers = match input.customers.as_str() {
        "" | privacy::ALIAS => privacy::ALIAS,
        privacy::CLEAR => privacy::CLEAR,
        other => {
            return Err(refused(
                "customers",
                format!("“{other}” is not a way to keep customers."),
            )
            .hint("Choose alias or clear."));
        }
    };
    if let Some(days) = input.late_after.filter(|days| *days > MOST_PATIENCE) {
        return Err(refused(
            "late_after",
            format!("{days} days are too many to wait for a payment."),
        )
        .hint("Give 0 to 365 days."));
    }
    let markets: Vec<&str> = MARKETS
        .iter()
        .copied()
        .filter(|word| input.markets.iter().any(|chosen| chosen == word))
        .collect();
    app.edit("Changed the settings", |write| {
        setting::set(write, "time_zone", zone.name())?;
        setting::set(write, "appearance", &input.appearance)?;
        setting::set(write, "markets", &markets.join(","))?;
        setting::set(write, "currency", currency.code())?;
        if let Some(days) = input.late_after {
            setting::set(write, audit::LATE_AFTER, &days.to_string())?;
        }
        setting::set(write, privacy::CUSTOMERS, customers)
    })?;
    settings_get(app, Empty {})
}

/// Takes the answers of the first run, as one step: who the user is in the program, where they promote, and where
/// their days begin.
///
/// # Errors
/// Where the program or a kind of channel is not known, no code can be read from the link, or the zone is not known;
/// then nothing is kept.
pub fn set_up(app: &App, input: SetUp) -> Result<BookInfo, Failure> {
    let zone = input.time_zone.as_deref().map(zone).transpose()?;
    let mut row = programs::find(app, &input.program)?;
    let identity = programs::identity_of(&row, &input.identity)?;
    let there = app.read(channel::list)?;
    let mut missing = Vec::new();
    for word in &input.channels {
        let kind = channels::kind(word)?;
        let known = there
            .iter()
            .chain(&missing)
            .any(|channel| channel.kind == kind && !channel.archived);
        if !known {
            missing.push(Channel {
                id: app.id(),
                name: kind.label().to_owned(),
                kind,
                archived: false,
                revision: 1,
            });
        }
    }
    app.edit("Answered the first questions", |write| {
        if identity.is_some() {
            row.identity = identity;
            program::update(write, &row)?;
        }
        missing
            .iter()
            .try_for_each(|channel| channel::insert(write, channel))?;
        if let Some(zone) = zone {
            setting::set(write, "time_zone", zone.name())?;
        }
        setting::set(write, "set_up", "yes")
    })?;
    super::info(app)
}

fn zone(name: &str) -> Result<Tz, Failure> {
    name.trim().parse().map_err(|_| {
        refused("time_zone", format!("“{name}” is not a time zone."))
            .hint("Give its name, such as Europe/Berlin.")
    })
}

fn refused(setting: &str, message: String) -> Failure {
    Failure::refused(&format!("settings.{setting}"), message)
}
