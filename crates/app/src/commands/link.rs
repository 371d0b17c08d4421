//! Tracking links: made for many channels at once, kept, shown as QR codes.

use super::{
    MAX_PAGE, PAGE,
    link_draft::{Draft, Parts, draft_dto, dto, warnings},
};
use crate::{
    App, Failure,
    dto::{
        ById, LinkDto, LinkList, LinkNew, LinkUpdate, LinksMade, Page, PathInput, QrImage, QrInput,
        QrSave, Written,
    },
    files::{self, qr},
};
use perennial_domain::program::Program;
use perennial_store::table::{
    campaign, channel,
    link::{self, LinkFilter},
    program,
};
use std::path::Path;

/// The links, newest first.
///
/// # Errors
/// Where a name that narrows the list is not known.
pub fn list(app: &App, input: LinkList) -> Result<Page<LinkDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let (mut rows, total) = app.read(|read| {
        let filter = LinkFilter {
            program: input
                .program
                .as_deref()
                .map(|name| program::get(read, name))
                .transpose()?
                .map(|p| p.id),
            channel: input
                .channel
                .as_deref()
                .map(|name| channel::get(read, name))
                .transpose()?
                .map(|c| c.id),
            campaign: input
                .campaign
                .as_deref()
                .map(|name| campaign::get(read, name))
                .transpose()?
                .map(|c| c.id),
            before: input.after.as_deref().and_then(|text| text.parse().ok()),
            search: input.search.clone(),
            archived: input.archived,
        };
        Ok((
            link::page(read, &filter, limit + 1)?,
            link::count(read, &filter)?,
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
        items: rows.into_iter().map(dto).collect(),
        next,
        total: Some(total),
    })
}

/// A link.
///
/// # Errors
/// Where there is no such link.
pub fn show(app: &App, input: ById) -> Result<LinkDto, Failure> {
    Ok(dto(app.read(|read| link::get(read, &input.id))?))
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
    })
}

/// Changes a link's label, note or archive state; its address is out in the world and stays.
///
/// # Errors
/// Where there is no such link.
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
    app.edit(label, |write| link::update(write, &link))?;
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
    ])
    .map_err(failed)?;
    let mut after = None;
    loop {
        let page = list(
            app,
            LinkList {
                search: String::new(),
                program: None,
                channel: None,
                campaign: None,
                archived: true,
                limit: Some(MAX_PAGE),
                after,
            },
        )?;
        for row in &page.items {
            let cells = [
                row.program.as_str(),
                &row.channel,
                row.campaign.as_deref().unwrap_or_default(),
                &row.label,
                row.destination.as_deref().unwrap_or_default(),
                &row.url,
                &row.code,
                &row.note,
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
