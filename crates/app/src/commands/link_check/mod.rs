//! The health of links: checked without a click of one's own, kept dated, said quietly.

mod run;
mod says;

pub use run::check;

use super::{link_draft::instant, placement::dto as place_dto, program::find};
use crate::{
    App, Failure,
    dto::{ById, Empty, LinkAccept, LinkCheckDto, LinkCheckSettings, LinkDigest, LinkHealth},
};
use chrono::{DateTime, TimeDelta, Utc};
use perennial_domain::link_health::ALARM;
use perennial_store::table::{
    link, link_health,
    placement::{self, PlacementFilter},
    program, setting,
};

/// Setting: hours between checks.
const EVERY: &str = "link_check_every_hours";
/// Thirty days.
const LONGEST_HOURS: u32 = 720;
/// Places shown beside a link.
const PLACES: u32 = 500;

/// How a link stands and what led to it.
///
/// # Errors
/// Where there is no such link.
pub fn health(app: &App, input: ById) -> Result<LinkHealth, Failure> {
    let today = app.today()?;
    let (row, health, checks, accepted, allowed, places) = app.read(|read| {
        let row = link::get(read, &input.id)?;
        let id = row.link.id;
        let filter = PlacementFilter {
            link: Some(id),
            ..PlacementFilter::default()
        };
        Ok((
            row,
            link_health::get(read, id)?.unwrap_or_default(),
            link_health::checks(read, id)?,
            link_health::accepted(read, id)?,
            link_health::allowed(read)?,
            placement::page(read, &filter, PLACES)?,
        ))
    })?;
    let tracked_allowed = allowed.contains(&row.link.program);
    Ok(LinkHealth {
        id: row.link.id.to_string(),
        code: row.link.code,
        state: health.health.state.word().to_owned(),
        failures: health.health.failures,
        failing_since: health.health.failing_since.map(instant),
        checked_at: health.health.checked_at.map(instant),
        says: says::stands(&health, tracked_allowed),
        problems: says::problems(&health.problems),
        asked: health.asked,
        status: health.status,
        final_host: health.last_host,
        accepted_on: accepted.map(|(_, day)| day),
        tracked_allowed,
        checks: checks
            .into_iter()
            .map(|row| LinkCheckDto {
                first_at: instant(row.first_at),
                last_at: instant(row.last_at),
                times: row.times,
                chain: row.chain,
                says: row.outcome,
            })
            .collect(),
        places: places
            .into_iter()
            .map(|row| place_dto(row, today))
            .collect(),
    })
}

/// Accepts what a link answers now as fine, or takes that back. How it stands follows at once.
///
/// # Errors
/// Where there is no such link, or there is nothing to accept.
pub fn accept(app: &App, input: LinkAccept) -> Result<LinkHealth, Failure> {
    let today = app.today()?;
    let (id, row) = app.read(|read| {
        let id = link::get(read, &input.id)?.link.id;
        Ok((id, link_health::get(read, id)?.unwrap_or_default()))
    })?;
    if input.accept && (row.fingerprint.is_empty() || row.fingerprint == "fine") {
        return Err(Failure::refused(
            "link.nothing_to_accept",
            "There is nothing to accept: no check found fault with this link.",
        )
        .hint("Check it first."));
    }
    let label = if input.accept {
        "Accepted how a link answers"
    } else {
        "Took back how a link may answer"
    };
    app.edit(label, |write| {
        let accepted = input.accept.then_some(row.fingerprint.as_str());
        link_health::accept(write, id, accepted, today)
    })?;
    health(app, ById { id: id.to_string() })
}

/// How links are checked.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn settings(app: &App, _: Empty) -> Result<LinkCheckSettings, Failure> {
    app.read(|read| {
        let allowed = link_health::allowed(read)?;
        let mut tracked: Vec<String> = program::list(read)?
            .into_iter()
            .filter(|row| allowed.contains(&row.id))
            .map(|row| row.slug)
            .collect();
        tracked.sort();
        Ok(LinkCheckSettings {
            every_hours: setting::get(read, EVERY)?.and_then(|text| text.parse().ok()),
            tracked,
        })
    })
}

/// Changes how links are checked.
///
/// # Errors
/// Where a program is not known or the hours are not between 1 and 720.
pub fn set(app: &App, input: LinkCheckSettings) -> Result<LinkCheckSettings, Failure> {
    if input
        .every_hours
        .is_some_and(|hours| !(1..=LONGEST_HOURS).contains(&hours))
    {
        return Err(Failure::refused(
            "link.bad_schedule",
            format!("Links are checked every 1 to {LONGEST_HOURS} hours, or not at all."),
        ));
    }
    let tracked = input
        .tracked
        .iter()
        .map(|slug| find(app, slug).map(|row| row.id))
        .collect::<Result<Vec<_>, _>>()?;
    let before = app.read(link_health::allowed)?;
    app.edit("Changed how links are checked", |write| {
        let hours = input
            .every_hours
            .map_or_else(String::new, |hours| hours.to_string());
        setting::set(write, EVERY, &hours)?;
        for id in before.iter().filter(|id| !tracked.contains(id)) {
            link_health::allow(write, *id, false)?;
        }
        for id in &tracked {
            link_health::allow(write, *id, true)?;
        }
        Ok(())
    })?;
    settings(app, Empty {})
}

/// How all links in use stand.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn digest(app: &App, _: Empty) -> Result<LinkDigest, Failure> {
    let today = app.today()?;
    let (found, to_replace) = app.read(|read| {
        Ok((
            link_health::digest(read, today)?,
            placement::to_replace(read, today)?,
        ))
    })?;
    Ok(LinkDigest {
        links: found.links,
        healthy: found.healthy,
        expected: found.expected,
        unverifiable: found.unverifiable,
        unchecked: found.unchecked,
        broken: found.broken,
        failing: found.failing,
        to_replace,
        checked_at: found.last.map(instant),
        next_at: next(app, found.last)?.map(instant),
    })
}

/// When the schedule checks next: at once where it never did. A last check in the future is one of a clock that was wrong.
fn next(app: &App, last: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(hours) = settings(app, Empty {})?.every_hours else {
        return Ok(None);
    };
    let now = app.now();
    Ok(match last.filter(|last| *last <= now) {
        Some(last) => last.checked_add_signed(TimeDelta::hours(hours.into())),
        None => Some(now),
    })
}

/// What of links needs their owner, in a sentence; none where nothing does.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub(super) fn attention(app: &App) -> Result<Option<String>, Failure> {
    let today = app.today()?;
    let (broken, places) = app.read(|read| {
        Ok((
            link_health::broken(read)?,
            placement::to_replace(read, today)?,
        ))
    })?;
    let broken = match broken {
        0 => None,
        1 => Some("One link failed three checks in a row".to_owned()),
        count => Some(format!("{count} links failed {ALARM} checks in a row")),
    };
    let places = match places {
        0 => None,
        1 => Some("one place holds a link that must be replaced".to_owned()),
        count => Some(format!("{count} places hold a link that must be replaced")),
    };
    Ok(match (broken, places) {
        (None, None) => None,
        (Some(broken), None) => Some(format!("{broken}.")),
        (Some(broken), Some(places)) => Some(format!("{broken}, and {places}.")),
        (None, Some(places)) => Some(says::sentence(&places)),
    })
}
