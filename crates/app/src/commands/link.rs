//! Tracking links: made for many channels at once, kept, shown as QR codes.

use super::{
    MAX_PAGE, PAGE,
    link_draft::{Draft, Parts, draft_dto, dto, warnings},
    link_shelf::{last_day, named, tags_of},
};
use crate::{
    App, Failure,
    dto::{
        ById, LinkDto, LinkList, LinkNew, LinkUpdate, LinksMade, Page, PathInput, QrImage, QrInput,
        QrSave, Written,
    },
    files::{self, qr},
};
use chrono::NaiveDate;
use perennial_domain::{link_health::HealthState, program::Program};
use perennial_store::{
    Read, StoreError,
    table::{
        campaign, channel, link,
        link_find::{self, LinkFilter, Standing},
        link_shelf, program,
    },
};
use std::path::Path;

/// The links, newest first.
///
/// # Errors
/// Where a name that narrows the list is not known.
pub fn list(app: &App, input: LinkList) -> Result<Page<LinkDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let today = app.today()?;
    let (mut rows, total) = app.read(|read| {
        let filter = filter(read, &input, today)?;
        Ok((
            link_find::page(read, &filter, limit + 1)?,
            link_find::count(read, &filter)?,
        ))
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| row.link.id.to_string());
    Ok(Page {
        items: rows.into_iter().map(|row| dto(row, today)).collect(),
        next,
        total,
    })
}

/// A link.
///
/// # Errors
/// Where there is no such link.
pub fn show(app: &App, input: ById) -> Result<LinkDto, Failure> {
    let today = app.today()?;
    Ok(dto(app.read(|read| link::get(read, &input.id))?, today))
}

/// What the words of a list mean in the book.
pub(super) fn filter(
    read: &Read<'_>,
    input: &LinkList,
    today: NaiveDate,
) -> Result<LinkFilter, StoreError> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let standing = match given(&input.state).as_deref() {
        None => None,
        Some("failing") => Some(Standing::Failing),
        Some("expired") => Some(Standing::Expired(today)),
        Some(word) => Some(Standing::Health(HealthState::parse(word).ok_or_else(
            || StoreError::NoSuch {
                noun: "link state",
                name: word.to_owned(),
            },
        )?)),
    };
    Ok(LinkFilter {
        program: given(&input.program)
            .map(|name| program::get(read, &name))
            .transpose()?
            .map(|program| program.id),
        channel: given(&input.channel)
            .map(|name| channel::get(read, &name))
            .transpose()?
            .map(|channel| channel.id),
        campaign: given(&input.campaign)
            .map(|name| campaign::get(read, &name))
            .transpose()?
            .map(|campaign| campaign.id),
        tag: given(&input.tag),
        folder: given(&input.folder),
        standing,
        before: input.after.as_deref().and_then(|text| text.parse().ok()),
        search: input.search.clone(),
        archived: input.archived,
    })
}

/// Shows the links that would be made.
///
/// # Errors
/// As [`new`].
pub fn preview(app: &App, input: LinkNew) -> Result<LinksMade, Failure> {
    let (program, drafts) = drafts(app, &input)?;
    let links = drafts
        .iter()
        .map(|draft| LinkDto {
            id: String::new(),
            ..draft_dto(&program, draft, app.now())
        })
        .collect();
    Ok(LinksMade {
        links,
        warnings: warnings(&program, &drafts),
        shows: drafts.first().map(Draft::shows).unwrap_or_default(),
    })
}

/// Makes links for one or many channels, in one step of the history.
///
/// # Errors
/// Where a name is not known or a link cannot be written as asked; then none is made.
pub fn new(app: &App, input: LinkNew) -> Result<LinksMade, Failure> {
    let (program, drafts) = drafts(app, &input)?;
    let now = app.now();
    let label = match drafts.as_slice() {
        [one] => format!("Made a link for {}", one.channel.name),
        many => format!("Made {} links", many.len()),
    };
    app.edit(label, |write| {
        drafts
            .iter()
            .try_for_each(|draft| link::insert(write, &draft.link, now))
    })?;
    let links = drafts
        .iter()
        .map(|draft| draft_dto(&program, draft, now))
        .collect();
    Ok(LinksMade {
        links,
        warnings: warnings(&program, &drafts),
        shows: drafts.first().map(Draft::shows).unwrap_or_default(),
    })
}

/// Changes a link's label, note, archive state and how it is kept; its address is out in the world and stays.
///
/// # Errors
/// Where there is no such link, or a tag, folder or day cannot be kept.
pub fn update(app: &App, input: LinkUpdate) -> Result<LinkDto, Failure> {
    let mut link = app.read(|read| link::get(read, &input.id))?.link;
    link.label = input.label.unwrap_or(link.label);
    link.note = input.note.unwrap_or(link.note);
    link.archived = input.archived.unwrap_or(link.archived);
    let label = match input.archived {
        Some(true) => "Archived a link",
        Some(false) => "Brought a link back",
        None => "Changed a link",
    };
    let before = app.read(|read| link_shelf::get(read, link.id))?;
    let mut edit = link_shelf::ShelfEdit {
        folder: input.folder.as_deref().map(named).transpose()?,
        expires_on: input.expires_on.as_deref().map(last_day).transpose()?,
        ..link_shelf::ShelfEdit::default()
    };
    if let Some(tags) = &input.tags {
        let tags = tags_of(tags)?;
        let has = |list: &[String], tag: &String| {
            list.iter()
                .any(|one| one.to_lowercase() == tag.to_lowercase())
        };
        edit.remove_tags = before
            .tags
            .iter()
            .filter(|tag| !has(&tags, tag))
            .cloned()
            .collect();
        edit.add_tags = tags
            .into_iter()
            .filter(|tag| !has(&before.tags, tag))
            .collect();
    }
    app.edit(label, |write| {
        link::update(write, &link)?;
        link_shelf::edit(write, &[link.id], &edit)
    })?;
    show(
        app,
        ById {
            id: link.id.to_string(),
        },
    )
}

/// A link as a QR code.
///
/// # Errors
/// Where there is no such link, or it is too long for a QR code.
pub fn qr(app: &App, input: QrInput) -> Result<QrImage, Failure> {
    let url = show(app, ById { id: input.id })?.url;
    let data = match input.format.as_str() {
        "svg" => qr::svg(&url)?,
        "png" => qr::base64(&qr::png(&url)?),
        other => return Err(qr::unknown_format(other)),
    };
    Ok(QrImage {
        format: input.format,
        data,
    })
}

/// Writes a QR code into a file.
///
/// # Errors
/// As [`qr`], or where the file cannot be written.
pub fn qr_save(app: &App, input: QrSave) -> Result<Written, Failure> {
    let url = show(app, ById { id: input.id })?.url;
    let path = Path::new(&input.out);
    let ending = path
        .extension()
        .and_then(|text| text.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let content = match ending.as_str() {
        "svg" => qr::svg(&url)?.into_bytes(),
        "png" => qr::png(&url)?,
        other => return Err(qr::unknown_format(other)),
    };
    files::write(path, content)?;
    Ok(Written {
        files: vec![input.out],
    })
}

/// Writes the links as CSV, in the form that `link bulk` reads, with the finished address beside.
///
/// # Errors
/// Where the file cannot be written.
pub fn export(app: &App, input: PathInput) -> Result<Written, Failure> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| {
        Failure::resource(
            "file.unwritable",
            format!("The links cannot be written: {error}."),
        )
    };
    out.write_record([
        "program",
        "channel",
        "campaign",
        "label",
        "destination",
        "url",
        "code",
        "note",
        "tags",
        "folder",
        "expires_on",
    ])
    .map_err(failed)?;
    let mut after = None;
    loop {
        let page = list(
            app,
            LinkList {
                archived: true,
                limit: Some(MAX_PAGE),
                after,
                ..LinkList::default()
            },
        )?;
        for row in &page.items {
            let tags = row.tags.join("; ");
            let cells = [
                row.program.as_str(),
                &row.channel,
                row.campaign.as_deref().unwrap_or_default(),
                &row.label,
                row.destination.as_deref().unwrap_or_default(),
                &row.url,
                &row.code,
                &row.note,
                &tags,
                &row.folder,
                row.expires_on.as_deref().unwrap_or_default(),
            ];
            out.write_record(cells.map(files::formula_safe))
                .map_err(failed)?;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let bytes = out
        .into_inner()
        .map_err(|error| failed(csv::Error::from(error.into_error())))?;
    files::write(Path::new(&input.path), bytes)?;
    Ok(Written {
        files: vec![input.path],
    })
}

pub use super::link_bulk::bulk;

fn drafts(app: &App, input: &LinkNew) -> Result<(Program, Vec<Draft>), Failure> {
    if input.channels.is_empty() {
        return Err(Failure::refused(
            "link.no_channel",
            "Choose at least one channel.",
        ));
    }
    let parts = Parts::load(app, &input.program)?;
    let (channels, campaign) = app.read(|read| {
        let channels: Result<Vec<_>, _> = input
            .channels
            .iter()
            .map(|name| channel::get(read, name))
            .collect();
        let name = input
            .campaign
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        Ok((
            channels?,
            name.map(|name| campaign::get(read, name)).transpose()?,
        ))
    })?;
    let drafts = channels
        .iter()
        .map(|channel| {
            let destination = input.destination.as_deref();
            parts.draft(
                app.id(),
                channel,
                campaign.as_ref(),
                &input.label,
                destination,
                input.any_host,
            )
        })
        .collect::<Result<_, _>>()?;
    Ok((parts.program, drafts))
}
