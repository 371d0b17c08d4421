//! Checking links.

use crate::{
    args::Format,
    context::{Context, Outcome},
    output::{self, Table},
    watch::watched,
};
use clap::Args;
use perennial_app::{
    App, Failure,
    commands::link_check,
    dto::{CheckedLink, Empty, LinkCheck, LinkCheckSettings, LinkHealth, LinksChecked},
};
use std::fmt::Write as _;

/// The name under which the terminal watches it.
const JOB: &str = "link-check";

/// Check where links lead, without a click of one's own
#[derive(Debug, Args)]
pub struct Arguments {
    /// Their codes or ids; all in use where none is named
    ids: Vec<String>,
    /// Also archived ones and those past their last day
    #[arg(long)]
    all: bool,
    /// Only where the schedule says so, for the system's own clock (cron, a timer)
    #[arg(long, conflicts_with_all = ["ids", "all"])]
    due: bool,
    /// Results printed at most, the worst first
    #[arg(long)]
    limit: Option<u32>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// When links are checked, and for which programs also the tracked address
#[derive(Debug, Args)]
pub struct Checking {
    /// Check every so many hours, 1 to 720
    #[arg(long, value_name = "HOURS", conflicts_with = "off")]
    every: Option<u32>,
    /// No longer by schedule
    #[arg(long)]
    off: bool,
    /// Ask tracked addresses of this program too; that can count as clicks of your own
    #[arg(long = "track", value_name = "PROGRAM")]
    track: Vec<String>,
    /// No longer ask tracked addresses of this program
    #[arg(long = "no-track", value_name = "PROGRAM")]
    no_track: Vec<String>,
}

/// Runs it. A scheduled run is quiet about what has not failed often enough.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context, app: &App) -> Result<Outcome, Failure> {
    let input = LinkCheck {
        ids: arguments.ids,
        all: arguments.all,
        due: arguments.due,
        limit: arguments.limit,
        job: Some(JOB.to_owned()),
    };
    let done = watched(context, app, JOB, || link_check::check(app, input))?;
    if context.json || arguments.format == Format::Json {
        output::json(&done)?;
    } else if arguments.format == Format::Csv {
        output::print(&table(&done.items).csv())?;
    } else {
        output::print(&people(&done))?;
    }
    let findings = done.broken > 0 || (done.failing > 0 && !arguments.due) || done.stopped;
    Ok(if findings {
        Outcome::Findings
    } else {
        Outcome::Done
    })
}

fn people(done: &LinksChecked) -> String {
    let mut text = format!(
        "{} links checked with {} requests: {} healthy, {} as accepted, {} that nobody can tell, {} broken, {} failing.\n",
        done.checked,
        done.requests,
        done.healthy,
        done.expected,
        done.unverifiable,
        done.broken,
        done.failing
    );
    for item in done.items.iter().filter(|item| !item.problems.is_empty()) {
        let _ = writeln!(text, "{} {}\n  {}", item.code, item.url, item.says);
    }
    if done.stopped {
        text.push_str("Stopped before the end; what was checked is kept.\n");
    }
    text
}

fn table(items: &[CheckedLink]) -> Table {
    let mut table = Table::new(&[
        "Code",
        "State",
        ">Failures",
        ">Status",
        "Final host",
        "Says",
        "Address",
    ]);
    for item in items {
        table.row([
            item.code.clone(),
            item.state.clone(),
            item.failures.to_string(),
            item.status
                .map_or_else(|| "–".to_owned(), |status| status.to_string()),
            output::maybe(item.final_host.as_deref()),
            item.says.clone(),
            item.url.clone(),
        ]);
    }
    table
}

/// How a link stands.
///
/// # Errors
/// Where standard output cannot be written.
pub fn health(context: &Context, health: &LinkHealth) -> Result<(), Failure> {
    output::answer(context, health, || {
        let mut text = format!("{}: {}\n{}\n", health.code, health.state, health.says);
        if let Some(day) = &health.accepted_on {
            let _ = writeln!(text, "Accepted on {day}");
        }
        for check in &health.checks {
            let _ = writeln!(
                text,
                "  {} – {}, {} times: {}",
                check.first_at, check.last_at, check.times, check.says
            );
        }
        for place in &health.places {
            let _ = writeln!(
                text,
                "  {} {} since {}",
                place.kind, place.place, place.since
            );
        }
        text
    })
}

/// How all links in use stand.
///
/// # Errors
/// What the use case says.
pub fn digest(context: &Context, app: &App) -> Result<(), Failure> {
    let found = link_check::digest(app, Empty {})?;
    output::answer(context, &found, || {
        format!(
            "{} links in use: {} healthy, {} as accepted, {} that nobody can tell, {} not checked, {} broken, {} failing.\n{} places hold a link that must be replaced.\nLast check: {}\nNext check: {}\n",
            found.links,
            found.healthy,
            found.expected,
            found.unverifiable,
            found.unchecked,
            found.broken,
            found.failing,
            found.to_replace,
            output::maybe(found.checked_at.as_deref()),
            output::maybe(found.next_at.as_deref()),
        )
    })
}

/// Shows or changes how links are checked.
///
/// # Errors
/// What the use case says.
pub fn checking(checking: Checking, context: &Context, app: &App) -> Result<(), Failure> {
    let mut settings = link_check::settings(app, Empty {})?;
    let before = settings.clone();
    if checking.off {
        settings.every_hours = None;
    } else if checking.every.is_some() {
        settings.every_hours = checking.every;
    }
    settings
        .tracked
        .retain(|slug| !checking.no_track.contains(slug));
    settings.tracked.extend(checking.track);
    settings.tracked.sort();
    settings.tracked.dedup();
    if settings != before {
        settings = link_check::set(app, settings)?;
    }
    output::answer(context, &settings, || text(&settings))
}

fn text(settings: &LinkCheckSettings) -> String {
    let when = match settings.every_hours {
        Some(hours) => format!("Links are checked every {hours} hours."),
        None => "Links are checked only when you ask.".to_owned(),
    };
    let tracked = if settings.tracked.is_empty() {
        "No tracked address is asked.".to_owned()
    } else {
        format!(
            "Tracked addresses of {} are asked.",
            settings.tracked.join(", ")
        )
    };
    format!("{when}\n{tracked}\n")
}
