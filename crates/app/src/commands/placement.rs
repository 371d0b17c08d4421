//! The register of places: which page, email, video or profile holds a link, and what must be replaced.

use super::{MAX_PAGE, PAGE};
use crate::{
    App, Failure,
    dto::{ById, Empty, Page, PlacementDone, PlacementDto, PlacementList, PlacementSave},
};
use chrono::NaiveDate;
use perennial_domain::{
    ids::PlacementId,
    placement::{Placement, PlacementKind, Replace},
};
use perennial_store::table::{
    link,
    placement::{self, PlacementFilter, PlacementRow},
};

/// The places, the newest first.
///
/// # Errors
/// Where there is no such link.
pub fn list(app: &App, input: PlacementList) -> Result<Page<PlacementDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let today = app.today()?;
    let mut rows = app.read(|read| {
        let link = input.link.as_deref().filter(|text| !text.is_empty());
        let filter = PlacementFilter {
            link: link
                .map(|id| link::get(read, id))
                .transpose()?
                .map(|row| row.link.id),
            search: input.search.clone(),
            replace_on: input.replace.then_some(today),
            past: input.past,
            before: input.after.as_deref().and_then(|text| text.parse().ok()),
        };
        placement::page(read, &filter, limit + 1)
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| row.placement.id.to_string());
    Ok(Page {
        items: rows.into_iter().map(|row| dto(row, today)).collect(),
        next,
        total: None,
    })
}

/// Adds or changes a place.
///
/// # Errors
/// Where the link or the place is not known, or a word or day cannot be read.
pub fn save(app: &App, input: PlacementSave) -> Result<PlacementDto, Failure> {
    let today = app.today()?;
    let (mut row, new) = if let Some(id) = &input.id {
        (app.read(|read| placement::get(read, id))?.placement, false)
    } else {
        let link = input.link.as_deref().unwrap_or_default();
        let link = app.read(|read| link::get(read, link))?.link.id;
        (
            Placement {
                id: app.id::<PlacementId>(),
                link,
                kind: PlacementKind::Page,
                place: String::new(),
                since: today,
                until: None,
                note: String::new(),
                revision: 1,
            },
            true,
        )
    };
    if let Some(word) = &input.kind {
        row.kind = PlacementKind::parse(word.trim()).ok_or_else(|| {
            let words: Vec<&str> = PlacementKind::ALL.iter().map(|kind| kind.word()).collect();
            Failure::refused(
                "placement.kind",
                format!("“{word}” is not a kind of place."),
            )
            .hint(format!("Use one of: {}.", words.join(", ")))
        })?;
    }
    if let Some(place) = &input.place {
        place.trim().clone_into(&mut row.place);
    }
    if row.place.is_empty() {
        return Err(
            Failure::refused("placement.empty", "Say where the link stands.")
                .hint("Give the address of the page, or words such as “Welcome email 3”."),
        );
    }
    if let Some(day) = &input.since {
        row.since = parse(day)?;
    }
    row.note = input.note.unwrap_or(row.note);
    let label = if new {
        format!("Noted a link at {}", short(&row.place))
    } else {
        "Changed a place".to_owned()
    };
    app.edit(label, |write| {
        if new {
            placement::insert(write, &row)
        } else {
            placement::update(write, &row)
        }
    })?;
    show(app, row.id)
}

/// Notes that a place no longer holds its link, and which link stands there now.
///
/// # Errors
/// Where the place or the link is not known.
pub fn done(app: &App, input: PlacementDone) -> Result<PlacementDto, Failure> {
    let today = app.today()?;
    let row = app.read(|read| placement::get(read, &input.id))?;
    let by = input
        .by
        .as_deref()
        .filter(|text| !text.is_empty())
        .map(|id| app.read(|read| link::get(read, id)))
        .transpose()?;
    if by
        .as_ref()
        .is_some_and(|by| by.link.id == row.placement.link)
    {
        return Err(Failure::refused(
            "placement.same_link",
            "That is the link that stands there already.",
        ));
    }
    let ended = Placement {
        until: Some(today.max(row.placement.since)),
        ..row.placement.clone()
    };
    let begun = by.map(|by| Placement {
        id: app.id(),
        link: by.link.id,
        since: today,
        until: None,
        revision: 1,
        ..row.placement
    });
    let label = if begun.is_some() {
        format!("Replaced the link at {}", short(&ended.place))
    } else {
        format!("Took the link out of {}", short(&ended.place))
    };
    app.edit(label, |write| {
        placement::update(write, &ended)?;
        begun
            .iter()
            .try_for_each(|place| placement::insert(write, place))
    })?;
    show(app, begun.map_or(ended.id, |place| place.id))
}

/// Takes a place out of the register.
///
/// # Errors
/// Where there is no such place.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| placement::get(read, &input.id))?;
    app.edit("Took a place out of the register", |write| {
        placement::remove(write, row.placement.id)
    })?;
    Ok(Empty {})
}

fn show(app: &App, id: PlacementId) -> Result<PlacementDto, Failure> {
    let today = app.today()?;
    let row = app.read(|read| placement::get(read, &id.to_string()))?;
    Ok(dto(row, today))
}

fn parse(day: &str) -> Result<NaiveDate, Failure> {
    day.trim().parse().map_err(|_| {
        Failure::refused("placement.bad_day", format!("“{day}” is not a day."))
            .hint("Write it as 2026-03-31.")
    })
}

/// A place as it stands in a sentence of the history.
fn short(place: &str) -> String {
    let mut text: String = place.chars().take(60).collect();
    if place.chars().count() > 60 {
        text.push('…');
    }
    text
}

/// A place as it crosses the boundary.
pub(super) fn dto(row: PlacementRow, today: NaiveDate) -> PlacementDto {
    let why = Replace::why(row.broken, row.expires_on, row.archived, today);
    PlacementDto {
        id: row.placement.id.to_string(),
        link: row.code,
        label: row.label,
        channel: row.channel,
        url: row.url,
        kind: row.placement.kind.word().to_owned(),
        place: row.placement.place,
        since: row.placement.since.to_string(),
        until: row.placement.until.map(|day| day.to_string()),
        note: row.placement.note,
        replace: why
            .filter(|_| row.placement.until.is_none())
            .map(|why| why.word().to_owned()),
    }
}
